"""The JSON form described: a JSON Schema in which every part and every value says what it means."""

import inspect
import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Any

from models.obligation import Outcome, State, Timeliness
from models.plan import RequirementKind
from models.recommendation import RecommendationStatus
from models.summary import Summary
from models.unit import Level
from rules.words import KINDS, LEVELS, OUTCOMES, RECOMMENDATIONS, STATES, TIMELINESS

TERMS = Path(__file__).parent / "terms.toml"

_WORDS: dict[type[StrEnum], dict[Any, str]] = {
    State: STATES,
    Timeliness: TIMELINESS,
    RequirementKind: KINDS,
    Outcome: OUTCOMES,
    RecommendationStatus: RECOMMENDATIONS,
    Level: LEVELS,
}
"""Values that people see as words, with these words."""


def summary_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `reports.as_json` writes; all values are always there."""
    described = Summary.model_json_schema(mode="serialization")
    terms = tomllib.loads(TERMS.read_text(encoding="utf-8"))
    words = {kind.__name__: table for kind, table in _WORDS.items()}
    for name, part in parts(described).items():
        if "description" in part:
            part["description"] = " ".join(inspect.cleandoc(part["description"]).split())
        if name in words:
            told = "; ".join(f"{value} = {text}" for value, text in words[name].items())
            part["description"] = ". ".join(filter(None, (part.get("description", "").rstrip("."), told)))
        if "properties" in part:
            part["required"] = list(part["properties"])
            part.pop("additionalProperties", None)  # a later report may have more
        for key, value in part.get("properties", {}).items():
            meaning = terms.get(name, {}).get(key) or terms["any"].get(key)
            if meaning:
                value["description"] = meaning
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}


def parts(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The parts of a schema by name, the whole first."""
    return {schema["title"]: schema, **schema["$defs"]}
