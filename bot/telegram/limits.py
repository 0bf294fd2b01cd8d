"""What Telegram allows, each limit with its source; nothing here is a choice of ours unless it says so.

Sources: Bot API 10.3, https://core.telegram.org/bots/api, and https://core.telegram.org/bots/faq.
"""

MESSAGE_UNITS = 4096
"""UTF-16 units of a message once its tags are read (#sendmessage)."""

CALLBACK_BYTES = 64
"""Bytes, not characters, of what a button sends back (#inlinekeyboardbutton)."""

BUTTON_TEXT = 64
"""Characters of a button. Telegram documents none; a choice: phones cut a line well before."""

ROW_BUTTONS = 8
KEYBOARD_BUTTONS = 100
"""Buttons in a row and in a keyboard; undocumented, observed: github tginfo/Telegram-Limits, issue 228."""

ROW_COLUMNS = 38
"""Letters on the buttons of one row, with their edges; a choice: what a phone of 360 points shows."""

DELETE_IDS = 100
"""Message ids in one deletion (#deletemessages)."""

CHAT_INTERVAL = 1.0
"""Seconds between two messages to one chat (faq, "limits": short bursts are tolerated)."""

CHAT_BURST = 3
"""Messages to one chat that may leave together; a choice within what the faq tolerates."""

OVERALL_MESSAGES = 30
"""Calls that reach chats in any second, for the whole bot (faq, "limits")."""

UNASKED_MESSAGES = 25
"""Those of them that messages nobody waits for may take; a choice: answers always find room beside them."""

POLL_SECONDS = 30
"""How long an empty getUpdates waits; a choice: the server stops at 50 (tdlib/telegram-bot-api)."""

WEBHOOK_CONNECTIONS = 40
"""Requests that Telegram may make at a time; its own default (#setwebhook)."""

WEBHOOK_PORTS = (443, 80, 88, 8443)
"""Ports that Telegram calls (#setwebhook)."""

WEBHOOK_BYTES = 1_000_000
"""A choice: an update is a few thousand bytes; a message has at most 4096 characters."""
