"""The voice of families: did it help, in one press; and a box for their ideas, kept apart from who they are."""
