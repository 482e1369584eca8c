"""The merchant's facts and content pages."""
