"""Who buys here, with an account or without, and what they bought."""
