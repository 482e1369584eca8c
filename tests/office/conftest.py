"""The shop with other settings stands for the operator's tests, too."""

from tests.platform.conftest import another_app

__all__ = ["another_app"]
