"""JSON Schemas of the content types, by which editors help authors with keys and values."""

import json

from checkpoint.core.content.types import (
    Course,
    Glossary,
    GuardrailFacts,
    LessonFacts,
    Pipeline,
    Question,
    Skills,
)
from checkpoint.core.grading.rubric import Words
from checkpoint.core.sim.scenario.material import BaseWorld
from checkpoint.core.sim.scenario.types import Scenario
from checkpoint.core.sim.sending.change import Change
from checkpoint.core.values import Value

KINDS: dict[str, type[Value]] = {
    "course": Course,
    "pipeline": Pipeline,
    "glossary": Glossary,
    "lesson": LessonFacts,
    "guardrail": GuardrailFacts,
    "question": Question,
    "scenario": Scenario,
    "skills": Skills,
    "world": BaseWorld,
    "change": Change,
    "words": Words,
}


def schema_files() -> dict[str, str]:
    """File name -> text of each schema, in a stable form."""
    return {f"{name}.schema.json": _schema(kind) for name, kind in KINDS.items()}


def _schema(kind: type[Value]) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **kind.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
