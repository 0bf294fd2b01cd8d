"""Trains the encoder that reads whole sentences (``make encoder``); nothing of it is imported by the product."""
