"""What each component of grading is worth: `python -m script.fit_grading.ablation --answers FILE`.

Takes one component after the other out of the grader and grades again: labelled answers, the rubrics' own
marked answers (each by the rubric without it) and the attacks made from the rubrics. Prints a table.
"""

import argparse
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

Change = tuple[str, Any]
"""A dotted name below checkpoint.core.grading, and what stands there instead."""


def nothing(value: Any) -> Callable[..., Any]:
    """A component that always finds the same."""
    return lambda *_, **__: value


def _subject(_search: Any, subject: Any, _rest: Any) -> Any:
    return subject


def _guess(guess: Any, *_: Any) -> Any:
    return guess


def _itself(_thesaurus: Any, phrase: Any) -> Any:
    return (phrase,)


def _as_it_stands(text: Any) -> list[float]:
    return [float(token.sentence) for token in text.tokens]


def _plain(*_: Any) -> Any:
    from checkpoint.core.grading.attitude import Attitudes

    return Attitudes()


def _believed(*_: Any) -> Any:
    from checkpoint.core.grading.modality import Imagined

    return Imagined()


def _affirming(*_: Any) -> Any:
    from checkpoint.core.grading.stance import Stances

    return Stances()


COMPONENTS: Mapping[str, Sequence[Change]] = {
    "speech to the grader, copied sentences": [
        ("gates.speaks_to_grader", nothing(False)),
        ("gates.is_copied", nothing(False)),
    ],
    "… talk about answers": [("address.talks_of_answers", nothing(False))],
    "echoes of the prompt": [("gates.echoes", nothing(False))],
    "nonsense: lists, glue, shuffles": [("gates.nonsense", nothing(frozenset()))],
    "nonsense in good grammar": [("usage.Usage.is_odd", nothing(False))],
    "sentences that only name things": [("gates.only_names", nothing(False))],
    "repeated sentences": [("gates._repeated", nothing(frozenset()))],
    "other languages": [("gates.language_of", nothing(""))],
    "signs as words": [("text.read_as_words", nothing(()))],
    "stance: negation, guesses, reports": [("reading.stances", _affirming)],
    "… negations": [("stance_reading.read_negations", nothing(None))],
    "… a negated verb's whole clause": [("negations.denied_clause", nothing(range(0)))],
    "… two negations": [("negations._doubled", nothing(0))],
    "… words that hold a negation": [
        ("negations.leaves_undone", nothing(0)),
        ("attitude.leaves_undone", nothing(0)),
        ("negations.lacked_by", nothing(frozenset())),
    ],
    "… what is taken back": [
        ("stance_reading._taken_back", nothing(None)),
        ("stance_reading.read_denials_after", nothing(None)),
    ],
    "… what is followed by its own opposite": [
        ("stance_reading._opposites", nothing(None)),
        ("by_ways._beside", nothing(False)),
        ("by_ways._said_twice", nothing(False)),
    ],
    "… what is said with its opposite": [
        ("by_ways.in_one_breath", nothing(frozenset())),
        ("by_ways.denied_elsewhere", nothing(False)),
    ],
    "… what stands beside a wrong idea that contradicts it": [
        ("lexical.LexicalGrader._weigh", nothing(None)),
    ],
    "… guesses": [("stance_reading._hedges", nothing(None))],
    "… reports": [("stance_reading._reports", nothing(None))],
    "… what would be, if": [("stance_reading.imagined", _believed)],
    "… what is only played with": [("stance_reading.daydreams", nothing(frozenset()))],
    "frames around statements": [("stance_reading.attitudes", _plain)],
    "… the catalogue of phrases": [("attitude.FRAMES", ())],
    "… opinions by kinds of words": [("attitude.opinion_of", nothing(None))],
    "… hearsay by kinds of words": [("attitude.hearsay_of", nothing(None))],
    "… remarks behind a statement": [("attitude.remark_of", nothing(None))],
    "… statements in quotation marks": [("attitude.quotations", nothing(()))],
    "who acts upon whom": [("usage.Usage.is_exchanged", nothing(False))],
    "what fills the places of a verb": [("usage.Usage.misplaced", nothing(frozenset()))],
    "what comes before what in right sentences": [("usage.Usage.is_reversed", nothing(False))],
    "sides": [("reading.sides_of", nothing({}))],
    "order": [("lexical.apply_order", nothing({}))],
    "… its words, only the place": [("order.ranks", _as_it_stands)],
    "typing mistakes": [("vocabulary.Vocabulary.corrected", nothing(""))],
    "pronouns": [("matchers.Search._carried", _subject)],
    "authors' synonyms": [("thesaurus.Thesaurus.variants", _itself)],
    "other words for a concept": [("terms.Terms._unfolded", None)],
    "second look": [("second.looked_again", nothing(None)), ("semantic.looked_again", nothing(None))],
    "… its stems": [("portrait.STEMS", 0.0), ("second.SAID", -9.0)],
    "… its rules on negation and frames": [("second._allowed", _guess)],
    "… its rule on opposites": [("portrait.Space.turned", nothing(False))],
    "… its rule on sides": [("second._on_another_side", nothing(False))],
    "… that a concept stands there": [("second._has_concept", nothing(True))],
    "… its meeting outright": [("second.SURE", 2.0)],
    "… its leaving must-haves to a person": [("second.UNSURE", 2.0)],
    "… its choice of what is encoded": [("second.SAID", -9.0)],
    "… its passing over what says something else": [("second._done", nothing(frozenset()))],
}
"""What can be taken out, by its name in the table."""


def _only_its_name(original: Callable[..., Iterator[str]]) -> Callable[..., Iterator[str]]:
    """Of a concept's terms only the first that is no other concept."""

    def unfolded(terms: Any, given: Any, seen: set[str]) -> Iterator[str]:
        yield from list(original(terms, given, seen))[:1]

    return unfolded


@dataclass(frozen=True, slots=True)
class Sums:
    """How a grader does; counts of right ones of how many."""

    exact: tuple[int, int]
    kappa: float
    called_met: tuple[int, int]
    levels: tuple[int, int]
    ideas: float
    reviewed: int
    marked: tuple[int, int]
    marked_met: int
    """Marked answers that earn nothing and are called met."""
    earning: int
    """Attacks that earn what they must not."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=Path, help="labelled answers as JSON lines")
    parser.add_argument("--only", nargs="*", choices=COMPONENTS, help="some components", default=COMPONENTS)
    parser.add_argument("--attacks", type=int, default=1, metavar="N", help="take every Nth attack")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "checkpoint.settings")
    import django

    django.setup()
    print(HEAD)
    print(line("everything", sums(options.answers, options.attacks)), flush=True)
    for name in options.only:
        with without(COMPONENTS[name]):
            print(line(f"without {name}", sums(options.answers, options.attacks)), flush=True)


@contextmanager
def without(changes: Sequence[Change]) -> Iterator[None]:
    """Something else in the place of a component, for a while."""
    with ExitStack() as stack:
        for name, value in changes:
            stack.enter_context(_replaced(name, value))
        yield


@contextmanager
def _replaced(name: str, value: Any) -> Iterator[None]:
    owner, attribute = _owner(name)
    original = getattr(owner, attribute)
    setattr(owner, attribute, _only_its_name(original) if value is None else value)
    try:
        yield
    finally:
        setattr(owner, attribute, original)


def _owner(name: str) -> tuple[Any, str]:
    module, *path = name.split(".")
    owner: Any = import_module(f"checkpoint.core.grading.{module}")
    for part in path[:-1]:
        owner = getattr(owner, part)
    return owner, path[-1]


def sums(answers: Path | None, every: int) -> Sums:
    """Everything graded by a grader that has met no rubric yet."""
    from checkpoint.core.grading.report import marked, report
    from checkpoint.core.grading.selftest import earned_by
    from checkpoint.library import get_library, make_grader
    from checkpoint.rubrics.labels import read_labelled

    grader = make_grader(_encoder())
    questions = get_library().questions.values()
    own = [report(grader, q, marked(q)) for q in questions]
    told = [report(grader, q, read_labelled(answers, q)) for q in questions] if answers else []
    tried = [(q, attack) for q in questions for attack in _attacks(q.slug)[::every]]
    return _summed(told, own, sum(bool(earned_by(grader, q, attack)) for q, attack in tried))


@cache
def _attacks(slug: str) -> Any:
    """The same for all: they are made with what is taken out."""
    from checkpoint.core.grading.attacks import attacks
    from checkpoint.library import get_library

    question = get_library().questions[slug]
    return attacks(question, question.model_answer)


@cache
def _encoder() -> Any:
    """One for all: a text is encoded once, whatever is taken out."""
    from checkpoint.library import make_encoder
    from checkpoint.sentences.remembering import RememberingEncoder

    return RememberingEncoder(make_encoder())


def _summed(told: Sequence[Any], own: Sequence[Any], earning: int) -> Sums:
    from checkpoint.core.grading.report import added

    whole, marked = added(one.whole for one in told), added(one.whole for one in own)
    ideas = [idea for one in told for idea in one.ideas]
    found, wrong = sum(i.found for i in ideas), sum(i.false + i.missed for i in ideas)
    return Sums(
        (whole.right, whole.total),
        kappa(whole.counts),
        (whole.called_met, whole.not_earned),
        (sum(one.levels[0] for one in told), sum(one.levels[1] for one in told)),
        2 * found / (2 * found + wrong) if found + wrong else 0.0,
        sum(one.reviewed for one in told),
        (marked.right, marked.total),
        marked.called_met,
        earning,
    )


def kappa(counts: Mapping[tuple[Any, Any], int]) -> float:
    """Quadratic weighted kappa of what was graded beside the labels, as a verdict scores."""
    worth = {"missing": 0, "contradicted": 0, "partial": 1, "met": 2}
    table = [[0] * 3 for _ in range(3)]
    for (label, got), count in counts.items():
        table[worth[label.value]][worth[got.value]] += count
    rows, columns = [sum(row) for row in table], [sum(row[i] for row in table) for i in range(3)]
    cells = [(i, j) for i in range(3) for j in range(3)]
    seen = sum((i - j) ** 2 * table[i][j] for i, j in cells)
    chance = sum((i - j) ** 2 * rows[i] * columns[j] / max(1, sum(rows)) for i, j in cells)
    return 1 - seen / chance if chance else 1.0


HEAD = """| | exact | kappa | called met | level | misconceptions | review | marked | called met | attacks |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"""


def line(name: str, one: Sums) -> str:
    """A row of the table."""
    told = [
        f"{one.exact[0] / max(1, one.exact[1]):.3f}",
        f"{one.kappa:.3f}",
        f"{one.called_met[0]} of {one.called_met[1]}",
        f"{one.levels[0]} of {one.levels[1]}",
        f"{one.ideas:.3f}",
        f"{one.reviewed}",
    ]
    told += [f"{one.marked[0] / one.marked[1]:.3f}", f"{one.marked_met}", f"{one.earning}"]
    return "| " + " | ".join([name, *told]) + " |"


if __name__ == "__main__":
    main()
