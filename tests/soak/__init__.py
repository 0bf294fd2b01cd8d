"""Many people, at random, with everything that can go wrong: ``make soak``, and less of it in ``make test``."""
