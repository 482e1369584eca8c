"""Money that went back to customers by hand, and whoever says that it did."""
