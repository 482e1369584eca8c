"""Each alert fires when it should, asks for numbers that there are, and has its entry in the runbook."""

import json
import re
import shutil
import subprocess
from typing import Any

import pytest
import yaml

from storefront.office import watch
from storefront.platform import ROOT, metrics
from tests.characters import a_kettle
from tests.deploy.front import DEPLOY
from tests.inspecting import InspectingClient
from tests.shopping import an_order

PROMETHEUS = DEPLOY / "prometheus"
RULES = [
    rule
    for group in yaml.safe_load((PROMETHEUS / "rules.yml").read_text())["groups"]
    for rule in group["rules"]
]
CASES = yaml.safe_load((PROMETHEUS / "rules_test.yml").read_text())["tests"]
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text()
NAME = re.compile(r"\bstorefront_\w+")


def run(program: str, *words: object) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"NOT SEEN: there is no {program} here (Debian: apt-get install prometheus)")
    done = subprocess.run(
        [program, *map(str, words)], cwd=PROMETHEUS, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_rule_fires_and_is_silent_before() -> None:
    run("promtool", "check", "rules", "rules.yml")
    run("promtool", "test", "rules", "rules_test.yml")


def test_prometheus_and_alertmanager_understand_what_they_are_told() -> None:
    run("promtool", "check", "config", "--syntax-only", "prometheus.yml")
    run("amtool", "check-config", DEPLOY / "alertmanager" / "alertmanager.yml")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_each_rule_is_tried_and_explained(rule: dict[str, Any]) -> None:
    name = str(rule["alert"])
    checks = [check for case in CASES for check in case["alert_rule_test"] if check["alertname"] == name]
    assert any(check["exp_alerts"] for check in checks), "never fires"
    assert any(not check["exp_alerts"] for check in checks), "is never silent"
    assert rule["labels"] in ({"severity": "page"}, {"severity": "ticket"})
    assert rule["annotations"]["runbook"] == f"docs/runbook.md#{name.lower()}"
    entry = RUNBOOK.partition(f"### {name}\n")[2].partition("\n### ")[0]
    for part in ("**Means.**", "**Look.**", "**Do.**"):
        assert part in entry, f"the entry of {name} lacks {part}"


def test_what_rules_and_dashboards_ask_for_is_there(
    client: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "_seen", dict.fromkeys(meanings(), 1.0))
    client.get("/products")
    an_order((a_kettle(3), 1))
    metrics.jobs_done.labels("a", "done").inc(0)
    lines = client.get("/metrics").text.splitlines()
    told = {line.split()[2] for line in lines if line.startswith("# TYPE")}
    # These are said by what a test has not: four weeks of orders, and a second place.
    told |= {"storefront_usual_order_gap_seconds", "storefront_last_archived_timestamp_seconds"}
    told |= {f"{name}_bucket" for name in ("storefront_request_seconds", "storefront_sql_seconds")}
    assert asked() - told == set()


def meanings() -> list[str]:
    return [
        "storefront_violations",
        "storefront_verified_timestamp_seconds",
        "storefront_certificate_expires_timestamp_seconds",
    ]


def asked() -> set[str]:
    """The names of all numbers that a rule or a picture asks for."""
    found = {name for rule in RULES for name in NAME.findall(rule["expr"])}
    for path in (DEPLOY / "grafana" / "dashboards").glob("*.json"):
        for panel in json.loads(path.read_text())["panels"]:
            found |= {name for target in panel["targets"] for name in NAME.findall(target["expr"])}
    return found
