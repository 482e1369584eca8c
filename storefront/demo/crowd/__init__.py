"""A crowd of invented products for tests of load: as many as asked for, the same ones every time."""
