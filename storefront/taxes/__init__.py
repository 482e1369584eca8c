"""Tax classes and rates, and pure calculation with them."""
