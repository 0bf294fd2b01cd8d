"""The page where someone who works with families makes a link, a square to scan and paper."""
