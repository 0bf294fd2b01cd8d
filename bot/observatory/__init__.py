"""What families ask for, in numbers: counted in memory, kept sealed for a month, published once with nothing small."""
