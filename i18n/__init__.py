"""How Passerelle says things in each language: catalogs, formats, direction, plain French."""
