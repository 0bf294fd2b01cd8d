"""The team: roles, invitations, the log of actions; nobody else reaches what a feature keeps for staff."""
