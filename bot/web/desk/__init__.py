"""The lookup desk for staff: search, the whole situation as one form, cards in full, a basket. Nothing is kept."""
