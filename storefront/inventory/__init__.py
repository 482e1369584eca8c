"""Units on hand, reserved and available, and the ledger that explains them."""
