"""The sheet to take home: the cards of one family on paper, in French and in its own language."""
