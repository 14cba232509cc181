"""Checks synonyms and antonyms, of the course and of its questions: no word means two things."""

from checkpoint.core.content.known import Known
from checkpoint.core.content.reader import Document
from checkpoint.core.grading.rubric import Words


def check_words(known: Known) -> None:
    """Every word that is in two groups, or in one group with its opposite."""
    course = known.draft.words[1] if known.draft.words else Words()
    if known.draft.words:
        _check(known, *known.draft.words, Words())
    for draft in known.draft.questions:
        _check(known, draft.document, _own(draft.document), course)


def _own(document: Document) -> Words:
    """What a question's file adds to the words of the course."""
    data = document.data if isinstance(document.data, dict) else {}
    return Words.model_validate({key: data[key] for key in Words.model_fields if key in data})


def _check(known: Known, document: Document, own: Words, course: Words) -> None:
    _check_groups(known, document, own)
    groups = [_plain(group) for group in (*course.synonyms, *own.synonyms)]
    for number, pair in enumerate(own.antonyms):
        if any(_plain(pair) <= group for group in groups) or len(_plain(pair)) < 2:
            what = f"`{pair[0]}` and `{pair[1]}` mean the same and the opposite"
            known.report(document, ("antonyms", number), what, "keep them as synonyms or as antonyms")
    for number, group in enumerate(own.synonyms):
        if any(_plain(pair) <= _plain(group) for pair in course.antonyms):
            what = "two words of this group are opposites in words.yaml"
            known.report(document, ("synonyms", number), what, "keep them as synonyms or as antonyms")


def _check_groups(known: Known, document: Document, own: Words) -> None:
    """One word, one group of a file; a question adds to a group of the course by naming one of its words."""
    seen: dict[str, int] = {}
    for number, group in enumerate(own.synonyms):
        for name in group:
            path = ("synonyms", number)
            if name.lower() in seen:
                what = f"the word `{name}` is in the group on line {seen[name.lower()]} already"
                known.report(document, path, what, "join the two groups, or keep it in one")
            seen[name.lower()] = document.line(path)


def _plain(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)
