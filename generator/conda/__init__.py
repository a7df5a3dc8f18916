"""The conda file beside an entry script: what is known of its packages, its requirements, and the rules for them."""
