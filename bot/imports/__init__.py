"""Imports of public data sets into the file of imported places: parsers (pure), matching, the file itself."""
