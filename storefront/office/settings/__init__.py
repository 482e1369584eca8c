"""The merchant describes the shop: who, where, how it sells, what the state takes, and when it is closed."""
