"""What stories about accounts stand on."""

from pathlib import Path

import pytest

from tests.post import Post


@pytest.fixture
def post(database: None, outbox: Path) -> Post:
    """Everybody's mailbox."""
    return Post(outbox)
