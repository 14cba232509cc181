"""Sentences that only list names, beside short ones that say something."""

import pytest

from checkpoint.core.grading.naming import only_names
from checkpoint.core.grading.text import read


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("It is all about the guard, the context and the namespace.", True),
        ("The guard, the context and the namespace are involved.", True),
        ("Key topics are rotation, sessions, incident and audit.", True),
        ("It has to do with the context, the namespace and the guard.", True),
        ("It is about revoking the key, killing sessions and telling the owners.", False),
        ("The context, the namespace and the cluster are checked, which matters.", False),
        ("It involves the guard, the context and the namespace, which it compares.", False),
        ("Clones, logs and history hold a copy.", False),
    ],
)
def test_only_names(answer: str, expected: bool) -> None:
    text = read(answer)
    assert only_names(text, text.sentences[0]) is expected
