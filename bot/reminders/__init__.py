"""Reminders: what a family asked to be told, when its date comes; ended in one tap, forgotten by themselves."""
