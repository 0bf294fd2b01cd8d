"""The web channel: a conversation in plain server-rendered pages, for a browser that runs no script."""
