"""PostgreSQL and Valkey from PyPI wheels, for `make run` and the tests."""
