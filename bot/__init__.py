"""The running service: channels, store, outreach, relay, settings and commands."""
