"""The JSON Schemas say what the loader accepts."""

import json

from checkpoint.core.content.schemas import KINDS, schema_files
from checkpoint.core.content.types import LessonFacts


def test_every_kind_of_file_has_a_schema() -> None:
    assert set(schema_files()) == {f"{kind}.schema.json" for kind in KINDS}


def test_a_schema_refuses_unknown_keys_and_knows_the_required_ones() -> None:
    schema = json.loads(schema_files()["lesson.schema.json"])
    assert schema["additionalProperties"] is False
    assert set(schema["properties"]) == set(LessonFacts.model_fields)
    assert {"title", "kind", "minutes"} <= set(schema["required"])


def test_a_schema_explains_keys_to_authors() -> None:
    schema = json.loads(schema_files()["lesson.schema.json"])
    assert schema["properties"]["number"]["description"] == 'In quotes, as "01"; empty for the checkpoint.'
