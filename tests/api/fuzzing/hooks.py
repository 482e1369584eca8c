"""What no schema says of a good request: rows that are there, new one-time keys, ETags of this moment."""

import atexit
import json
import os
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any
from uuid import uuid4
from zlib import crc32

import schemathesis
from schemathesis.core.parameters import ParameterLocation

from tests.api.fuzzing.rows import PIXEL, Rows
from tests.api.fuzzing.sense import sensible

TOLD: dict[str, Any] = json.loads(os.environ["FUZZING"])
"""What tests.api.fuzzing knows of the shop and of who calls."""
ROWS = Rows(TOLD["api"], TOLD["rows_key"], TOLD["customer"])
ANSWERS: dict[str, Counter[int]] = defaultdict(Counter)
MADE_FOR_IT = {
    "cancel": lambda: ROWS.fresh("order_id"),
    "record_payment": lambda: ROWS.fresh("order_id"),
    "record_refund": ROWS.paid_and_off,
    "write_review": ROWS.delivered_product,
}
BEFORE = {"ready": "packed", "shipped": "packed", "delivered": "ready", "returned": "delivered"}
"""Where goods are before they are somewhere; else they wait."""
SHARED = ("make_variant", "upload_image", "make_address", "change_customer", "change_level")
"""Changes that leave their row as good as it was for whoever comes next."""


if TOLD["shown"]:

    @schemathesis.auth(refresh_interval=None)
    class Shown:
        """The key or token of whoever calls; one that is logged out with is not the one that goes on."""

        def get(self, case: Any, _context: Any) -> str:
            logs_out = (
                case.operation.definition.raw["operationId"] == "log_out" and TOLD["name"] == "customer"
            )
            return ROWS.token(TOLD["credentials"]) if logs_out else str(TOLD["shown"])

        def set(self, case: Any, shown: str, _context: Any) -> None:
            case.headers["Authorization"] = f"Bearer {shown}"


@schemathesis.hook  # type: ignore[untyped-decorator]  # It is not read by mypy.
def before_call(_context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Whatever is meant to be right is made right; what is meant to be wrong stays as it is."""
    if case.meta is None or case.method.upper() != case.operation.method.upper():
        return
    name = _name(case)
    if name not in TOLD["may"]:
        return
    if _meant_right(case, ParameterLocation.PATH) and case.path_parameters and _likely(case):
        case.path_parameters = {kind: _row(name, kind, case) for kind in case.path_parameters}
    if _meant_right(case, ParameterLocation.BODY) and isinstance(case.body, dict) and _likely(case):
        _follow(name, case, kwargs)
    if case.meta.generation.mode.is_positive:
        _of_this_moment(case)


@schemathesis.hook  # type: ignore[untyped-decorator]  # As above.
def after_call(_context: Any, case: Any, response: Any) -> None:
    """Note what came of it."""
    ANSWERS[_name(case)][response.status_code] += 1


def _follow(name: str, case: Any, kwargs: dict[str, Any]) -> None:
    """Put a body right; a picture goes past the case, which would call edited bytes invalid."""
    if name == "upload_image":
        kwargs |= {"files": {"file": ("kettle.png", PIXEL)}, "data": {"alt": case.body.get("alt")}}
        return
    case.body = sensible(name, case.body, case.path_parameters or {}, ROWS, TOLD["credentials"])


def _name(case: Any) -> str:
    return str(case.operation.definition.raw["operationId"])


def _meant_right(case: Any, where: Any) -> bool:
    data = case.meta.phase.data
    if case.meta.phase.name.value == "stateful" and where == ParameterLocation.PATH:
        return False  # It follows a link, which is what is tried.
    tried_here = case.meta.phase.name.value == "coverage" and data.parameter_location == where
    return not tried_here and not case.meta.is_negative_at(where)


def _likely(case: Any) -> bool:
    """Three of four; the same case is always treated alike."""
    return crc32(repr((case.path_parameters, case.query, case.body)).encode()) % 4 > 0


def _row(name: str, kind: str, case: Any) -> int:
    if name in MADE_FOR_IT:
        return MADE_FOR_IT[name]()
    if name == "move_goods":
        state = case.body.get("state") if isinstance(case.body, dict) else None
        return ROWS.order_at(BEFORE.get(str(state), "waiting"))
    if kind == "variant_id" and "level" in name:
        return ROWS.some("stocked_id")
    lasting = case.method.upper() == "GET" or name in SHARED
    return ROWS.some(kind) if lasting else ROWS.fresh(kind)


def _of_this_moment(case: Any) -> None:
    headers = case.headers
    if "Idempotency-Key" in headers:
        headers["Idempotency-Key"] = str(uuid4())
    if "If-Match" in headers:
        headers["If-Match"] = ROWS.etag(case.formatted_path.removeprefix("/api/v1")) or headers["If-Match"]


@atexit.register
def _tell() -> None:
    Path(TOLD["report"]).write_text(json.dumps(ANSWERS))
