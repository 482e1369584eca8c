"""Schemathesis over the whole API, whoever calls: see tests/api/fuzzing/README.md."""

import os
import subprocess
import sys

import pytest

from storefront.platform import ROOT

EXAMPLES = os.environ.get("TRIAL_EXAMPLES", "100")
pytestmark = [pytest.mark.trial, pytest.mark.processes]


def test_nothing_is_found_whoever_calls() -> None:
    fuzz = [sys.executable, "-m", "tests.api.fuzzing", "--as", "all", "--examples", EXAMPLES]
    assert subprocess.run(fuzz, cwd=ROOT, check=False).returncode == 0
