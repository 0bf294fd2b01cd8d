"""Speed as ratios against a named peer in the same run; never asserted in tests."""
