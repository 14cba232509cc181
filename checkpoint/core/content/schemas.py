"""JSON Schemas of the content types, by which editors help authors with keys and values."""

import ast
import inspect
import json
from itertools import pairwise
from textwrap import dedent
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

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
    described = kind.model_json_schema(schema_generator=_Described)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


class _Described(GenerateJsonSchema):
    """Describes each key by the text under its field.

    Pydantic can do so too (`use_attribute_docstrings`), but reads the sources whenever a type is made: a
    tenth of a start, for what editors alone need.
    """

    def model_schema(self, schema: Any) -> JsonSchemaValue:
        made = super().model_schema(schema)
        for kind in reversed(schema["cls"].__mro__):
            if issubclass(kind, Value):
                for name, text in _texts(kind).items():
                    made["properties"][name]["description"] = text
        return made


def _texts(kind: type[Value]) -> dict[str, str]:
    """The text under each field of a type's own."""
    (made,) = ast.parse(dedent(inspect.getsource(kind))).body
    texts = {}
    for field, said in pairwise(made.body if isinstance(made, ast.ClassDef) else ()):
        match field, said:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                texts[name] = inspect.cleandoc(text)
    return texts
