"""Each power has one home, and every file keeps the house rules."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from storefront.platform import ROOT

CODE = sorted((ROOT / "storefront").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

LOCKS = {
    "cart/carts.py",
    "catalog/locks.py",
    "inventory/stock.py",
    "orders/record.py",
    "shop/actions.py",
}
"""One file per domain may lock rows; each takes its rows in the order of DESIGN 5."""

MOST_LINES = {"storefront": 260, "templates": 120, "tests": 420}
LONGEST_FUNCTION = 45  # lines; a state table or a query may take them, a decision may not


@dataclass(frozen=True)
class Power:
    """Something only certain files may do."""

    name: str
    mark: str
    homes: frozenset[str]


def power(name: str, mark: str, *homes: str) -> Power:
    return Power(name, mark, frozenset(homes))


POWERS = [
    power("commits", r"\.commit\(", "platform/db.py"),
    power("locks rows", r"with_for_update|FOR (NO KEY )?UPDATE", *LOCKS),
    power("reads the environment", r"os\.environ|os\.getenv|from os import .*environ", "config.py"),
    power("knows htmx's headers", r"\bHX-", "platform/http.py"),
    power("asks for the time", r"datetime\.(now|utcnow|today)\(|date\.today\(", "platform/clock.py"),
    power("sends mail", r"\bsmtplib\b", "platform/mail.py"),
    power("opens a database of its own", r"\bcreate_engine\(", "office/verify.py"),
    power("calls a string safe HTML", r"\bMarkup\(", "platform/prose.py", "platform/i18n.py"),
    power("sets cookies", r"\.(set|delete)_cookie\(", "platform/http.py"),
    power("caches in a way that stores errors and ignores queries", r"@\w*\.?(cached|memoize)\b\("),
    power("locks the key too, which waits for every foreign key", r"with_for_update\((?!.*key_share)"),
    power("locks the key too", r"FOR UPDATE"),
    power("writes an address by hand", r"redirect\(f?[\"']/|Location\"\] = f?\"/"),
]
FLASK_HOMES = re.compile(
    r"^(__init__|config|routes)\.py$|^platform/"
    r"|(^|/)(views|admin|api|jobs|commands|forms|\w+_(views|admin|forms|api))\.py$"
)
FLASK = re.compile(r"^\s*(from|import) (flask|werkzeug)\b", re.MULTILINE)

BANNED_NAMES = {"utils", "util", "helpers", "helper", "constants", "common", "misc", "base", "manager"}
ROOT_FORMS = {"forms.py", "views.py", "services.py", "repositories.py"}

IN_TEMPLATES = {
    "says that text is safe HTML": (r"\|\s*safe\b", frozenset[str]()),
    "needs eval, which the content policy forbids": (r"\bhx-on\b|\bjs:|javascript:", frozenset[str]()),
    # Mail programs know no other way.
    "styles inline, which the content policy drops": (r"\sstyle=|<style", frozenset({"mail/letter.html"})),
    "runs a script inline": (
        r"<script(?![^>]*(?:\bsrc=|type=\"application/ld\+json\"))|\son[a-z]+=[\"']",
        frozenset[str](),
    ),
    "writes an address by hand": (
        r"\b(href|action|src|srcset|formaction|hx-(get|post|put|patch|delete|push-url))=[\"']/",
        frozenset[str](),
    ),
    "includes inside a loop": (r"{%-? for (?:(?!endfor).)*{%-? include", frozenset[str]()),
}

RENDERED = re.compile(r"\brender\(\s*\"([\w/.]+)\",\s*\"([\w/.]+)\"")
# mypy allows a reason only as a comment of its own; one after a noqa speaks for both.
REASON = re.compile(r"# noqa: [A-Z]+\d+(, [A-Z]+\d+)* - \S|# type: ignore\[[a-z, -]+\]  # (?!noqa)\S")
IGNORE = re.compile(r"#\s*(noqa|type: ignore)")


def inside(path: Path, folder: str) -> str:
    return path.relative_to(ROOT / folder).as_posix()


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def without_prose(path: Path) -> str:
    """A module's code, its comments and docstrings blanked out line by line."""
    lines = path.read_text().splitlines()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            for number in range(node.lineno - 1, node.end_lineno or node.lineno):
                lines[number] = ""
    return "\n".join(re.sub(r"(^|\s)#.*$", "", line) for line in lines)


@pytest.fixture(scope="module")
def code() -> dict[str, str]:
    return {inside(path, "storefront"): without_prose(path) for path in CODE}


@pytest.mark.parametrize("rule", POWERS, ids=lambda rule: rule.name)
def test_each_power_has_its_home(rule: Power, code: dict[str, str]) -> None:
    using = {name for name, text in code.items() if re.search(rule.mark, text)}
    assert using <= rule.homes, f"{sorted(using - rule.homes)} {rule.name}"


@pytest.mark.parametrize("rule", POWERS, ids=lambda rule: rule.name)
def test_no_home_stands_empty(rule: Power, code: dict[str, str]) -> None:
    assert all(re.search(rule.mark, code[home]) for home in rule.homes)


def test_only_pages_know_flask(code: dict[str, str]) -> None:
    knowing = [name for name, text in code.items() if FLASK.search(text) and not FLASK_HOMES.search(name)]
    assert knowing == []


@pytest.mark.parametrize("fault", IN_TEMPLATES)
def test_no_template_does_what_it_must_not(fault: str) -> None:
    mark, exceptions = IN_TEMPLATES[fault]
    guilty = {inside(path, "templates") for path in TEMPLATES if re.search(mark, path.read_text(), re.DOTALL)}
    assert guilty <= exceptions, f"{sorted(guilty - exceptions)} {fault}"


def test_every_partial_says_what_it_takes() -> None:
    silent = [
        inside(path, "templates")
        for path in TEMPLATES
        if not re.match(r"{# takes: .+#}" if is_partial(path) else r"{# .+#}", path.read_text())
    ]
    assert silent == []


def is_partial(path: Path) -> bool:
    """A file that pages include; one that only holds macros names the arguments of each instead."""
    return path.name.startswith("_") and "{% macro" not in path.read_text()


def test_every_module_opens_with_a_sentence() -> None:
    silent = []
    for path in [*CODE, *TESTS]:
        tree = ast.parse(path.read_text())
        sentence = (ast.get_docstring(tree) or "").split("\n\n")[0].strip()
        if tree.body and not sentence.endswith((".", "?", ":")):
            silent.append(name_of(path))
    assert silent == []


def test_no_file_is_named_for_nothing() -> None:
    vague = [name_of(path) for path in [*CODE, *TESTS] if path.stem in BANNED_NAMES]
    vague += [name_of(path) for path in CODE if inside(path, "storefront") in ROOT_FORMS]
    assert vague == []


def test_no_file_needs_scrolling_to_know_what_it_is_about() -> None:
    sizes = {name_of(path): len(path.read_text().splitlines()) for path in [*CODE, *TESTS, *TEMPLATES]}
    assert {name: lines for name, lines in sizes.items() if lines > MOST_LINES[name.partition("/")[0]]} == {}


def test_no_function_needs_scrolling() -> None:
    long = {f"{name_of(path)}: {name}": lines for path in CODE for name, lines in functions(path)}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FUNCTION} == {}


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


def test_every_lint_ignore_has_its_reason() -> None:
    bare = [
        f"{name_of(path)}:{number}"
        for path in [*CODE, *TESTS]
        if path != Path(__file__)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if IGNORE.search(line) and not REASON.search(line)
    ]
    assert bare == []


def test_the_house_is_watched_at_all() -> None:
    assert len(CODE) > 50
    assert len(TEMPLATES) > 20


def test_every_fragment_stands_in_its_page() -> None:
    pairs = {pair for path in CODE for pair in re.findall(RENDERED, path.read_text())}
    apart = [f"{page} without {fragment}" for page, fragment in pairs if fragment not in parts_of(page)]
    assert apart == []
    assert len(pairs) >= 3


def parts_of(name: str) -> set[str]:
    """Every template that a page includes, and what those include."""
    found = set(
        re.findall(r"{%-? (?:include|extends) \"([\w/.]+)\"", (ROOT / "templates" / name).read_text())
    )
    return found.union(*(parts_of(part) for part in found))
