"""Checks that each question's rubric is whole: ids, weights, stages, and marked answers everywhere."""

from checkpoint.core.content.course import QuestionDraft
from checkpoint.core.content.known import Known
from checkpoint.core.content.parse import near
from checkpoint.core.content.reader import KeyPath

_WANTED = ("id", "title", "sits", "model_answer", "lessons", "stages")
"""What a question of the course needs, though one from outside may do without."""


def check_questions(known: Known) -> None:
    """Every problem of the course's questions, alone and among each other."""
    ids: dict[str, str] = {}
    for draft in known.draft.questions:
        _check_facts(known, draft)
        _check_names(known, draft)
        _check_ids(known, draft, ids)
        _check_weights(known, draft)
        _check_examples(known, draft)
    _check_slugs_once(known)


def _check_slugs_once(known: Known) -> None:
    """Two lessons may not hold questions of the same slug: they would have one address."""
    seen: dict[str, QuestionDraft] = {}
    for draft in known.draft.questions:
        first = seen.setdefault(draft.slug, draft)
        if first is not draft:
            what = f"the question `{draft.slug}` is already in {first.document.path}"
            known.report(draft.document, ("slug",), what, "rename one of them")


def _check_facts(known: Known, draft: QuestionDraft) -> None:
    question, document = draft.question, draft.document
    if question.slug != draft.slug:
        what = f"the slug `{question.slug}` differs from the file's name"
        known.report(document, ("slug",), what, f"write `slug: {draft.slug}` or rename the file")
    for key in _WANTED:
        if not getattr(question, key):
            known.report(document, (key,), f"the question has no `{key}`", "add it")
    if not question.criteria:
        known.report(
            document, ("criteria",), "the question has no criteria", "say what an answer should contain"
        )


def _check_names(known: Known, draft: QuestionDraft) -> None:
    question, document = draft.question, draft.document
    known.check_names(document, ("stages",), "stage", question.stages)
    known.check_names(document, ("lessons",), "lesson", question.lessons)
    for number, criterion in enumerate(question.criteria):
        known.check_names(document, ("criteria", number, "stages"), "stage", criterion.stages)


def _check_ids(known: Known, draft: QuestionDraft, ids: dict[str, str]) -> None:
    """Ids are stored with every attempt, so they are unique in the whole course."""
    question, document = draft.question, draft.document
    places: list[tuple[KeyPath, str]] = [(("id",), question.id)]
    places += [(("criteria", number, "id"), item.id) for number, item in enumerate(question.criteria)]
    places += [
        (("misconceptions", number, "id"), item.id) for number, item in enumerate(question.misconceptions)
    ]
    for path, name in places:
        place = f"{document.path}:{document.line(path)}"
        if name and name in ids:
            known.report(
                document, path, f"the id `{name}` is already at {ids[name]}", "give this one another"
            )
        ids.setdefault(name, place)
        if len(path) > 1 and question.id and not name.startswith(f"{question.id}."):
            known.report(document, path, f"the id `{name}` doesn't begin with `{question.id}.`", "rename it")
    _check_references(known, draft)


def _check_references(known: Known, draft: QuestionDraft) -> None:
    criteria = {criterion.id for criterion in draft.question.criteria}
    for number, item in enumerate(draft.question.misconceptions):
        for key, names in (("excused_by", item.excused_by), ("raised_by", filter(None, [item.raised_by]))):
            for name in names:
                if name not in criteria:
                    path = ("misconceptions", number, key)
                    known.report(
                        draft.document, path, f"there is no criterion `{name}`", near(name, criteria)
                    )


def _check_weights(known: Known, draft: QuestionDraft) -> None:
    required, document = draft.question.required, draft.document
    given = [criterion.weight for criterion in required if criterion.weight is not None]
    if given and len(given) < len(required):
        what = f"{len(given)} of {len(required)} required criteria have a `weight`"
        known.report(document, ("criteria",), what, "give one to each of them, or to none")
    elif given and abs(sum(given) - 100) > 0.01:
        known.report(
            document, ("criteria",), f"the weights add up to {sum(given):g}", "make them add up to 100"
        )
    for number, criterion in enumerate(draft.question.criteria):
        if criterion.bonus and (criterion.must or criterion.weight):
            what = f"the bonus criterion `{criterion.id}` has a weight or is a must"
            known.report(
                document, ("criteria", number), what, "a bonus adds to no score: delete `weight` and `must`"
            )
    if required and not any(criterion.must for criterion in required):
        known.report(
            document, ("criteria",), "no criterion is a must", "mark the essential ones with `must: true`"
        )


def _check_examples(known: Known, draft: QuestionDraft) -> None:
    """Marked answers are a rubric's own tests: at least one that meets a criterion, one that doesn't."""
    for number, criterion in enumerate(draft.question.criteria):
        path = ("criteria", number, "examples")
        examples = criterion.examples
        if not examples.met:
            what = f"the criterion `{criterion.id}` has no marked answer that meets it"
            known.report(draft.document, path, what, "write some under `examples:` `met:`")
        if not (examples.missing or examples.partial or examples.contradicted):
            what = f"the criterion `{criterion.id}` has no marked answer that fails it"
            known.report(
                draft.document, path, what, "write some under `examples:` `missing:` or `contradicted:`"
            )
