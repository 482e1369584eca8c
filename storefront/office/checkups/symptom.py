"""What one look at the shop tells: how something is, and the remedy if it is not well."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Symptom:
    """What the doctor says of one subject; without a remedy all is well."""

    says: str
    remedy: str | None = None
