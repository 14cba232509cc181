"""Statements turned round by rule, and clauses whose verb is negated."""

from collections.abc import Callable

import pytest

from checkpoint.core.grading.negating import negations


@pytest.mark.parametrize(
    ("statement", "negated"),
    [
        ("The guard checks the cluster.", "The guard does not check the cluster."),
        ("The guard checks the cluster.", "The guard no longer checks the cluster."),
        ("The policy applies the regex.", "The policy fails to apply the regex."),
        ("The plan is stale.", "The plan is by no means stale."),
        ("The key must be revoked.", "The key must never be revoked."),
        ("Rotate the key.", "Do not rotate the key."),
        ("We compare the serials.", "We don't compare the serials."),
        ("Run it before each write.", "Instead of running it before each write, we wait."),
    ],
)
def test_a_negation_stands_where_grammar_wants_it(statement: str, negated: str) -> None:
    assert negated in negations(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "The lock does not prevent it.",
        "It only helps if you run it.",
        "Is the plan stale?",
        "cluster, namespace, then go",
        "The guard checks it and the runner applies it.",
        "First rotate the key. Then tell the owner.",
    ],
)
def test_what_is_no_single_plain_statement_is_left_alone(statement: str) -> None:
    assert negations(statement) == ()


@pytest.mark.parametrize(
    "answer",
    [
        "It is by no means the plan guard which is there and refuses it.",
        "Instead of letting the plan guard refuse it, we wait.",
        "We never let the plan guard look at what somebody else refuses.",
        "With the plan guard in place it is by no means refused.",
    ],
)
def test_the_clause_of_a_negated_verb_is_no_evidence(outcome: Callable[[str, str], str], answer: str) -> None:
    assert outcome("guard", answer) != "met"


@pytest.mark.parametrize(
    "answer",
    [
        "It does not merge, the plan guard refuses it.",
        "A person does not look at it and the plan guard refuses it.",
        "The plan guard refuses what is not fresh.",
        "Not a person but the plan guard refuses it.",
    ],
)
def test_what_stands_beside_it_is(outcome: Callable[[str, str], str], answer: str) -> None:
    assert outcome("guard", answer) == "met"
