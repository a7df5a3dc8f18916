"""The tables and all that is known of the designer's packages, as data, and what loads them."""
