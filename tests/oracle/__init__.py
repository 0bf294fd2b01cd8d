"""The cards against openfisca-france (AGPL, an oracle for development only) on thousands of households."""
