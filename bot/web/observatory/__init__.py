"""The pages of the observatory: the numbers of a month, the needs without an answer, what families suggest."""
