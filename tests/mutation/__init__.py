"""Changes the conditions of every card on purpose: its examples and the golden families must notice."""
