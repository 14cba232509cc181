"""Every question of the course grades its own marked answers, and no attack earns anything."""

import pytest

from checkpoint.core.content.types import Question
from checkpoint.core.grading.grade import grade
from checkpoint.core.grading.verdict import Level, Outcome
from checkpoint.library import get_grader, get_library
from checkpoint.selfcheck.checks import rubric_test

SLUGS = ["context-verification", "stale-plan", "leaked-secret", "image-selection", "no-verify-bypass"]
WEIGHTS = {
    "Q1": {"Q1.1": 30, "Q1.2": 20, "Q1.3": 20, "Q1.4": 10, "Q1.5": 20},
    "Q2": {"Q2.1": 25, "Q2.2": 20, "Q2.3": 25, "Q2.4": 15, "Q2.5": 15},
    "Q3": {"Q3.1": 30, "Q3.2": 10, "Q3.3": 15, "Q3.4": 10, "Q3.5": 15, "Q3.6": 10, "Q3.7": 10},
    "Q4": {"Q4.1": 15, "Q4.2": 10, "Q4.3": 25, "Q4.4": 20, "Q4.5": 15, "Q4.6": 15},
    "Q5": {"Q5.1": 35, "Q5.2": 15, "Q5.3": 30, "Q5.4": 20},
}
MUSTS = {
    "Q1": {"Q1.1", "Q1.2"},
    "Q2": {"Q2.1", "Q2.2", "Q2.3"},
    "Q3": {"Q3.1", "Q3.5"},
    "Q4": {"Q4.1", "Q4.3", "Q4.4"},
    "Q5": {"Q5.1", "Q5.3", "Q5.4"},
}
BONUSES = {"Q1": 3, "Q2": 4, "Q3": 3, "Q4": 4, "Q5": 4}
CRITICAL = {
    "Q1": {"Q1.X1"},
    "Q2": {"Q2.X1"},
    "Q3": {"Q3.X1", "Q3.X5"},
    "Q4": {"Q4.X1", "Q4.X2"},
    "Q5": {"Q5.X2", "Q5.X3"},
}


@pytest.fixture(params=SLUGS)
def question(request: pytest.FixtureRequest) -> Question:
    return get_library().questions[request.param]


def test_the_course_has_its_five_questions_in_order() -> None:
    assert list(get_library().questions) == SLUGS


def test_a_rubric_passes_its_own_test(question: Question) -> None:
    assert rubric_test(question, get_library().questions.values()).failures == ()


def test_ids_weights_and_musts_are_those_agreed(question: Question) -> None:
    assert {c.id: c.weight for c in question.required} == WEIGHTS[question.id]
    assert {c.id for c in question.criteria if c.must} == MUSTS[question.id]
    assert len(question.bonus) == BONUSES[question.id]
    assert {m.id for m in question.misconceptions if m.critical} == CRITICAL[question.id]
    assert [m.id for m in question.misconceptions] == [
        f"{question.id}.X{n}" for n in range(1, len(question.misconceptions) + 1)
    ]


def test_every_criterion_has_marked_answers_on_both_sides(question: Question) -> None:
    for criterion in question.criteria:
        marked = criterion.examples
        enough = 2 if criterion.bonus else 4
        assert len(marked.met) >= enough, criterion.id
        assert len(marked.partial) + len(marked.missing) + len(marked.contradicted) >= enough, criterion.id


def test_what_learners_read_is_written(question: Question) -> None:
    for criterion in question.criteria:
        assert criterion.label and criterion.read and criterion.stages, criterion.id
        assert criterion.feedback.met and criterion.feedback.missing, criterion.id
    for misconception in question.misconceptions:
        assert misconception.feedback and misconception.why and misconception.read, misconception.id


ORDER = [
    ("Rotate the key at the provider first, then clean the history.", "met"),
    ("Clean the history, then rotate the key at the provider.", "partial"),
    ("Tell security and open an incident. After that rotate the key.", "partial"),
    ("Tell security, and immediately rotate the key.", "met"),
]


@pytest.mark.parametrize(("answer", "expected"), ORDER)
def test_a_leaked_credential_is_rotated_first(answer: str, expected: str) -> None:
    question = get_library().questions["leaked-secret"]
    verdict = grade(get_grader(), question, answer)
    assert next(c.outcome.value for c in verdict.criteria if c.id == "Q3.1") == expected
    assert ("Q3.X2" in {m.id for m in verdict.misconceptions}) == answer.startswith("Clean")


def test_branch_protection_alone_is_half_an_answer_to_the_bypass() -> None:
    question = get_library().questions["no-verify-bypass"]
    verdict = grade(get_grader(), question, "Branch protection catches it.")
    assert next(c.outcome for c in verdict.criteria if c.id == "Q5.1") is Outcome.PARTIAL


CALIBRATION = [
    (
        "context-verification",
        "On my workstation, before any kubectl write, with guard-kube-context.sh checking cluster and "
        "namespace; "
        "and again in the plan review where an environment mismatch stops us.",
        Level.READY,
        set(),
    ),
    ("context-verification", "Flux checks the context in the cluster.", Level.REVISIT, {"Q1.X1"}),
    (
        "stale-plan",
        "A stale plan was made before the state changed, e.g. another pipeline applied meanwhile. A fresh "
        "one comes "
        "from the current state and was reviewed now. Applying the stale one can replace things nobody "
        "agreed to, "
        "even with locking, so re-plan and review.",
        Level.READY,
        set(),
    ),
    ("stale-plan", "A stale plan is older than an hour; locking takes care of it.", Level.REVISIT, {"Q2.X1"}),
    (
        "leaked-secret",
        "Rotate the key at the provider now, kill sessions, find where it leaked (history, logs, clones), "
        "tell the "
        "owners, ship the new value encrypted with SOPS via Flux, then audit and harden; reverting isn't "
        "enough.",
        Level.READY,
        set(),
    ),
    ("leaked-secret", "git revert, then encrypt it with sops.", Level.REVISIT, {"Q3.X1", "Q3.X5"}),
    (
        "image-selection",
        "Each env has an ImagePolicy with a regex for its tag prefix and picks the newest timestamp; "
        "automation "
        "commits that tag into the env's overlay and Flux applies it; production tags exist only after "
        "promotion "
        "from staging.",
        Level.READY,
        set(),
    ),
    (
        "image-selection",
        "It watches the branch of each environment and takes latest.",
        Level.REVISIT,
        {"Q4.X2", "Q4.X4"},
    ),
    (
        "no-verify-bypass",
        "CI on the PR re-runs the checks. But someone can push directly to main or kubectl apply, so "
        "review/approval "
        "and finally cluster admission still matter.",
        Level.READY,
        set(),
    ),
    ("no-verify-bypass", "CI, and after CI it's safe.", Level.REVISIT, {"Q5.X3"}),
]


@pytest.mark.parametrize(("slug", "answer", "level", "ideas"), CALIBRATION)
def test_the_scale_is_where_instructors_put_it(slug: str, answer: str, level: Level, ideas: set[str]) -> None:
    verdict = grade(get_grader(), get_library().questions[slug], answer)
    assert verdict.level is level
    assert {found.id for found in verdict.misconceptions} == ideas
