"""What a question looks for: criteria, the wrong ideas it knows, and marked answers."""

import hashlib
from typing import Annotated, Literal, Self

from pydantic import Field

from checkpoint.core.grading.thesaurus import Thesaurus, joined, thesaurus
from checkpoint.core.values import Value


class Examples(Value):
    """Learner-style answers marked for one criterion; they are the rubric's own tests."""

    met: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()


class Feedback(Value):
    """What the learner reads for each verdict; empty ones fall back to a general sentence."""

    met: str = ""
    partial: str = ""
    missing: str = ""
    contradicted: str = ""


class Way(Value):
    """One way of saying an idea: concepts that stand together in the learner's text.

    Each entry of `all` is the name of a concept (of the rubric's `concepts`, or one of the
    general ones in `lexicon.py`), or a word or short phrase itself. Every entry has to be found
    in the same stretch of text. A list of strings is the short form: `[before, cluster-write]`.
    """

    all: tuple[str, ...] = Field(min_length=1)
    within: Literal["clause", "sentence", "passage", "answer"] = "sentence"
    """How far the concepts may stand apart. A clause ends at `;`, `but`, `while`, `because` …;
    a passage is a sentence and the next one."""
    denied: bool = False
    """The idea is said by denying these words: "the lock does not prevent it". Affirming them
    ("the lock prevents it") then contradicts the criterion."""
    partial: bool = False
    """Says only a part of the idea: worth partial, never met."""
    side: str = ""
    """Counts only where the text speaks about this side (see `Rubric.sides`)."""
    unless: tuple[str, ...] = ()
    """Concepts or terms beside which these words mean something else (looked for in the clause)."""
    unless_anywhere: tuple[str, ...] = ()
    """Concepts or terms that must not stand anywhere in the answer."""
    near: int = Field(default=0, ge=0)
    """How many words may stand between the first and the last concept; 0 for the usual number."""
    ordered: bool = False
    """The concepts stand in this order."""
    opening: bool = False
    """Counts only in the answer's first sentence, where the prompt's subject is understood."""
    firm: bool = False
    """Denying these words says nothing about the idea ("CI cannot see it" is no denial of "CI")."""


WayLike = Way | tuple[str, ...]

Name = Annotated[str, Field(min_length=1)]
Word = Annotated[str, Field(pattern=r"^[^\W_]+(?:['-][^\W_]+)*$")]

Group = Annotated[tuple[Name, ...], Field(min_length=2)]
Pair = Annotated[tuple[Word, ...], Field(min_length=2, max_length=2)]


class Words(Value):
    """words.yaml: words that mean the same, and words that are opposites, in every question of a course."""

    synonyms: tuple[Group, ...] = ()
    """Groups of words and short phrases of which one may stand for the other, whatever is spoken about:
    `[environment, env]`, `[pull request, PR]`. What means the same only beside other words belongs into a
    question's `concepts`."""
    antonyms: tuple[Pair, ...] = ()
    """Pairs of single words of which the one in the place of the other turns a sentence round:
    `[stale, fresh]`."""


class Criterion(Value):
    """One idea an answer should contain.

    `claim` is a reference answer in one positive sentence; `label` names the idea on the
    verdict page as an observable act. `weight` None means an equal share of 100 among the
    required criteria.
    """

    id: str
    claim: str
    label: str = ""
    weight: float | None = Field(default=None, ge=0)
    must: bool = False
    bonus: bool = False
    stages: tuple[str, ...] = ()
    read: str = ""
    phrasings: tuple[str, ...] = ()
    """The claim from other angles: formal, terse, everyday words, with and without the tool's name."""
    ways: tuple[WayLike, ...] = ()
    """Combinations of concepts, each of which says the idea. Without any, the words of the claim
    and the phrasings decide."""
    against: tuple[WayLike, ...] = ()
    """Combinations of concepts that assert the opposite of the claim."""
    counter_examples: tuple[str, ...] = ()
    """Sentences near the claim that do not say it: its negation, the nearest wrong idea."""
    before: tuple[str, ...] = ()
    """Criterion ids and concept names that may not come before this step. Out of order it is
    partial, unless the answer says that it comes first or at once."""
    never_before: tuple[str, ...] = ()
    """Like `before`, but saying "at once" does not excuse it."""
    examples: Examples = Examples()
    feedback: Feedback = Feedback()

    @property
    def heading(self) -> str:
        return self.label or self.claim


class Misconception(Value):
    """A wrong idea the rubric knows; a critical one keeps an answer from being ready."""

    id: str
    claim: str
    critical: bool = False
    excused_by: tuple[str, ...] = ()
    """Criterion ids; with one of them met the misconception is shown but not critical."""
    why: str = ""
    feedback: str = ""
    read: str = ""
    phrasings: tuple[str, ...] = ()
    ways: tuple[WayLike, ...] = ()
    """Combinations of concepts that assert the wrong idea."""
    raised_by: str = ""
    """Id of the criterion whose order rule, when broken, raises this misconception."""
    counter_examples: tuple[str, ...] = ()
    """Right sentences near the wrong idea, which must not raise it."""


class Rubric(Words):
    """Everything grading needs about one question."""

    prompt: str
    criteria: tuple[Criterion, ...]
    misconceptions: tuple[Misconception, ...] = ()
    concepts: dict[str, tuple[str, ...]] = {}
    """Named groups of words and short phrases that mean the same here. Words are compared by
    their stem and may be mistyped; a term in `backticks` is an identifier and matched exactly.
    Another concept's name in <angle brackets> includes its words."""
    sides: dict[str, tuple[str, ...]] = {}
    """The things a question contrasts (stale, fresh), each with its names. What is said about one
    does not count for the other."""

    deeds: tuple[Name, ...] = ()
    """Plain sentences of who does what to what, and what comes before what: "The automation commits the tag
    to Git." They are no answers; what an answer says is held against them, so that the same words with the
    roles exchanged, or in another order, are noticed."""

    @property
    def thesaurus(self) -> Thesaurus:
        """General English with this rubric's own synonyms and antonyms."""
        return thesaurus(self.synonyms, self.antonyms)

    def with_words(self, words: Words) -> Self:
        """The same rubric, knowing these words beside its own; groups with a word in common become one."""
        synonyms = joined((*words.synonyms, *self.synonyms))
        antonyms = tuple(dict.fromkeys((*words.antonyms, *self.antonyms)))
        return self.model_copy(update={"synonyms": synonyms, "antonyms": antonyms})

    @property
    def required(self) -> tuple[Criterion, ...]:
        return tuple(criterion for criterion in self.criteria if not criterion.bonus)

    @property
    def bonus(self) -> tuple[Criterion, ...]:
        return tuple(criterion for criterion in self.criteria if criterion.bonus)

    def fingerprint(self) -> str:
        """Changes exactly when something that can change a verdict changes."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]
