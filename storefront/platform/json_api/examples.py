"""An example of what a schema describes, put together from the examples of its parts."""

from typing import Any


def example_of(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    """Something that the schema holds for right."""
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    for said in ("example", "const", "default"):
        if said in schema:
            return schema[said]
    for said in ("examples", "enum"):
        if schema.get(said):
            return schema[said][0]
    for said in ("anyOf", "oneOf", "allOf"):
        if said in schema:
            return example_of(schema[said][0], schemas)
    return _by_kind(schema, schemas)


def _by_kind(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    match schema.get("type"):
        case "object":
            return {name: example_of(part, schemas) for name, part in schema.get("properties", {}).items()}
        case "array":
            return [example_of(schema["items"], schemas)] if "items" in schema else []
        case "string":
            return "2026-05-04T09:30:00Z" if schema.get("format") == "date-time" else "text"
        case "integer":
            return max(1, schema.get("minimum", 1))
        case "boolean":
            return True
        case _:
            return None
