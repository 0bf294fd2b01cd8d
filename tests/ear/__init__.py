"""Trains the second ear of danger, and measures it on authors it was not trained on: ``make ear``."""
