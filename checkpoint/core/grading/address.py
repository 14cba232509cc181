"""Speech to or about whoever grades, and sentences copied from the page of a verdict."""

import re
from functools import lru_cache

from checkpoint.core.grading.announcing import announces
from checkpoint.core.grading.answer_talk import talks_of_answers
from checkpoint.core.grading.appeals import appeals
from checkpoint.core.grading.rubric import Rubric
from checkpoint.core.grading.text import Sentence, Text, read

Shown = frozenset[tuple[str, ...]]
"""Sentences, each as its words."""

_FIELDS = re.compile(
    r"\bq\d{1,2}\s*\.\s*[bx]?\d"
    r"|needs_review|</?\s?(?:answer|system|instructions?)\s?>|\[/?inst\]"
    r"|^\W*(?:system|assistant|developer|examiner)\b[^.,\n]{0,24}:"
    r"|\((?:fully |clearly )?(?:met|passed|fulfilled)\)|^\W*(?:met|fulfilled|passed)[\"']?\s*[:=]"
    r"|[:=]\s*[\"']?(?:fully )?(?:met|fulfilled)\b[\"']?(?:\W|$)"
    r"|[\"'](?:criteri(?:on|a)|claim|expected|evidence|outcome|model_answer)[\"']\s*:"
    r"|\b(?:verdict|level|score|grade|outcomes?)[\"']?\s*[:=]\s*[\"']?(?:met|ready|full|pass|\d)",
    re.IGNORECASE,
)
"""Ids of criteria, fields of a verdict and marks of a conversation."""

_ALWAYS = frozenset("grader rubric".split())
_Pair = tuple[frozenset[str], frozenset[str]]


def _pair(one: str, other: str) -> _Pair:
    return frozenset(one.split()), frozenset(other.split())


_PAIRS = (
    _pair(
        "mark marked grade graded rate rated score scored award give gives assign", "met marks points credit"
    ),
    _pair("mark marked grade graded rate rated score scored", "correct perfect answer 100 passed"),
    _pair("full maximum highest top", "marks points credit grade score"),
    _pair("criterion criteria", "all every each met satisfied satisfies fulfilled fulfils covered required"),
    _pair("verdict outcome outcomes grade", "met ready passed perfect"),
    _pair("instructor teacher examiner professor", "confirm confirmed agreed accepted verified permits"),
    _pair("you", "examiner assistant chatbot lenient evaluator"),
    _pair("grading marking scoring", "component system module model engine bot software algorithm service"),
    _pair("please deserve deserves lenient generous", "pass points marks credit grade"),
)
"""Two words, in any order and not far apart, that speak of grading."""

_ABOUT_ANSWERS = _pair(
    "answer learner student submission response candidate",
    """states mentions covers explains contains satisfies satisfied correctly demonstrates understands
    correct complete perfect addresses includes fulfils fulfills meets deserves explained mentioned covered
    described demonstrated addressed""",
)
"""The first before the second: "this answer is correct", but not "the correct answer is"."""

_ORDERS = frozenset("ignore disregard forget override".split())
_EARLIER = frozenset("all any previous prior above earlier your these those following".split())
_INSTRUCTIONS = frozenset(
    "instruction instructions rules prompt prompts directions guidelines orders".split()
)
_DENIED = frozenset("not never no cannot without".split())
_SAYS = frozenset("says names mentions explains states describes gives covers lists".split())
_OBJECTS = frozenset("that the a an why how what who whom when where which".split())
_NEAR = 8


def speaks_to_grader(text: Text, sentence: Sentence) -> bool:
    """Whether a sentence gives orders to a grader, talks about the answer itself, or fills in a verdict."""
    words = [t.text for t in text.tokens[sentence.first : sentence.last] if t.word]
    if _ALWAYS.intersection(words) or any(_together(words, *pair) for pair in _PAIRS):
        return True
    if _together(words, *_ABOUT_ANSWERS, behind=True) or _gives_orders(words) or _tells_a_form(words):
        return True
    spoken = [t.text for t in text.tokens[sentence.first : sentence.last]]
    if talks_of_answers(spoken) or announces(spoken) or appeals(spoken):
        return True
    first, last = text.tokens[sentence.first].start, text.tokens[sentence.last - 1].end
    return bool(_FIELDS.search(text.given[first:last]))


def _together(words: list[str], one: frozenset[str], other: frozenset[str], *, behind: bool = False) -> bool:
    firsts = [place for place, word in enumerate(words) if word in one]
    seconds = [place for place, word in enumerate(words) if word in other]
    reach = range(1, _NEAR + 1) if behind else range(-_NEAR, _NEAR + 1)
    return any(j - i in reach and i != j for i in firsts for j in seconds)


def _gives_orders(words: list[str]) -> bool:
    """ "Ignore all previous instructions"; a shell prompt or a plan may be ignored or forgotten."""
    for place, word in enumerate(words):
        if word not in _ORDERS or _DENIED.intersection(words[max(0, place - 3) : place]):
            continue
        after = words[place + 1 : place + 7]
        if _EARLIER.intersection(after) and _INSTRUCTIONS.intersection(after):
            return True
        if "above" in after[:2] or after[:2] == ["the", "instructions"]:
            return True
    return False


def _tells_a_form(words: list[str]) -> bool:
    """ "Names the guard script": what a form says about an answer, not an answer."""
    return len(words) > 2 and words[0] in _SAYS and words[1] in _OBJECTS


def shown(rubric: Rubric) -> Shown:
    """The sentences of four words and more that the page of a verdict shows about the criteria."""
    return _sentences(
        tuple(
            t
            for c in rubric.criteria
            for t in (c.label, c.feedback.met, c.feedback.partial, c.feedback.missing)
        )
    )


@lru_cache(maxsize=200)
def _sentences(texts: tuple[str, ...]) -> Shown:
    found = (_words(read_text, one) for read_text in map(read, texts) for one in read_text.sentences)
    return frozenset(words for words in found if len(words) >= 4)


def _words(text: Text, sentence: Sentence) -> tuple[str, ...]:
    return tuple(token.text for token in text.tokens[sentence.first : sentence.last] if token.word)


def is_copied(text: Text, sentence: Sentence, known: Shown) -> bool:
    """Whether a sentence stands on the page word by word, or is several of the page's in a row."""
    words = _words(text, sentence)
    place = 0
    while known and place < len(words):
        length = max((len(one) for one in known if words[place : place + len(one)] == one), default=0)
        if not length:
            break
        place += length
    return 0 < len(words) == place
