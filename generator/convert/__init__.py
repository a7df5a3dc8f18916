"""A model in an open form: made of the designer's, scored by numpy alone, and proven to give the same answers."""
