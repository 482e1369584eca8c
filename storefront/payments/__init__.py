"""Money in and money back, through providers."""
