"""What stands below a field in our code, as what the document says of it; read when the document is made.

Pydantic would read it with each model's class, from the files themselves, and that was a fifth of a start.
"""

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from storefront.platform.json_api.kinds import Shape, Told


class Described(GenerateJsonSchema):
    """Writes schemas as pydantic does, each field of ours with its sentence."""

    def model_schema(self, schema: Any) -> dict[str, Any]:
        """The schema of one model."""
        made = super().model_schema(schema)
        said = sentences(schema["cls"])
        for name, field in made.get("properties", {}).items():
            if name in said:
                field.setdefault("description", said[name])
        return made


def sentences(model: type[BaseModel]) -> dict[str, str]:
    """The sentence below each field that has one, also of fields that it has from another model."""
    found: dict[str, str] = {}
    for one in reversed(model.__mro__):
        if not issubclass(one, Shape | Told):
            continue
        if not one.__pydantic_generic_metadata__["origin"]:  # Else it is Slice[…], which is written nowhere.
            for name in vars(one).get("__annotations__", {}):
                found.pop(name, None)
            found |= _written(one.__module__).get(one.__qualname__, {})
    return found


@cache
def _written(module: str) -> dict[str, dict[str, str]]:
    """The same for each class of a file, of its own fields alone."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {part.name: dict(_of(part)) for part in tree.body if isinstance(part, ast.ClassDef)}


def _of(part: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(part.body):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
            and isinstance(below.value.value, str)
        ):
            yield field.target.id, inspect.cleandoc(below.value.value)
