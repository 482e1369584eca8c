"""What a visitor means to buy, and what is wrong with it right now."""
