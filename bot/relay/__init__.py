"""A family and a worker talk through the bot: who is on duty, how a relay goes, what is kept of it.

``model`` and ``machine`` are pure; ``roster`` and ``templates`` read files; ``table`` keeps; ``desk`` puts an event
into a relay; ``feature`` is the family's side, ``room`` the workers', ``post`` delivers and watches the time.
No module here knows Telegram: ``port`` says what is asked of it.
"""
