"""What a schema cannot say of a good request: a one-time key is new, and If-Match is of this moment."""

import os
from typing import Any
from uuid import uuid4

import requests
import schemathesis


@schemathesis.hook  # type: ignore[untyped-decorator]  # It is run by a tool that lives apart.
def before_call(_context: Any, case: Any, _kwargs: dict[str, Any]) -> None:
    """Whatever is meant to be right is made right; what is meant to be wrong stays as it is."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    headers = case.headers if case.headers is not None else {}
    if "Idempotency-Key" in headers:
        headers["Idempotency-Key"] = str(uuid4())
    if "If-Match" in headers:
        shown = {"Authorization": os.environ["AUTH"]} if "AUTH" in os.environ else {}
        address = case.operation.base_url.rstrip("/") + case.formatted_path
        answer = requests.get(address, headers=shown, timeout=10)
        headers["If-Match"] = answer.headers.get("ETag", headers["If-Match"])
    case.headers = headers
