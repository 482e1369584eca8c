"""Who works at the shop, what they may do, and where they are signed in."""
