"""The shop of the races stands for the trials, too."""

from tests.races.conftest import _lawful_town, town

__all__ = ["_lawful_town", "town"]
