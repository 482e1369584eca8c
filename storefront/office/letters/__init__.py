"""The mail of the shop, to be looked after."""
