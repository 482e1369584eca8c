"""What an operator reads: the example of all settings, and the commands' excuses."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from storefront import cli
from storefront.config import Settings
from storefront.platform import ROOT

EXAMPLE = (ROOT / ".env.example").read_text()


def test_every_setting_is_explained_by_example() -> None:
    explained = re.findall(r"^#([A-Z_]+)=", EXAMPLE, flags=re.MULTILINE)
    assert sorted(explained) == sorted(name.upper() for name in Settings.model_fields)


def test_the_examples_of_numbers_are_the_defaults() -> None:
    for name, value in re.findall(r"^#([A-Z_]+)=(\d+)$", EXAMPLE, flags=re.MULTILINE):
        default = Settings.model_fields[name.lower()].default
        assert float(value) == float(default), name


def test_every_command_says_what_it_does() -> None:
    for name in cli.COMMANDS:
        answer = CliRunner().invoke(cli.storefront, [name, "--help"])
        assert answer.exit_code == 0, answer.output
        assert "Usage:" in answer.output


def test_all_commands_are_listed_and_no_others_are_known() -> None:
    listed = CliRunner().invoke(cli.storefront, ["--help"]).output
    assert all(f"  {name} " in listed for name in cli.COMMANDS)
    assert CliRunner().invoke(cli.storefront, ["dance"]).exit_code == 2


def test_a_command_without_a_shop_says_how_to_get_one(
    var: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["storefront", "orders"])
    monkeypatch.setenv("STOREFRONT_VAR", str(var))
    monkeypatch.delenv("DATABASE_URL", raising=False)

    with pytest.raises(SystemExit, match="1"):
        cli.main()

    assert capsys.readouterr().err.startswith(
        f"storefront: No shop runs from {var}: start it with `make run`"
    )
