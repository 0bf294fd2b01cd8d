"""Going towards families: links, squares to scan, and paper that lead them to a subject."""
