"""Checks that each bad change is whole: names, stages, events, scripts and variants."""

from collections.abc import Collection, Iterator, Mapping

from checkpoint.core.content.known import Known
from checkpoint.core.content.parse import near
from checkpoint.core.content.reader import KeyPath
from checkpoint.core.content.scenarios import ChangeDraft, WorldDraft
from checkpoint.core.content.types import Problem
from checkpoint.core.sim.scenario.matching import Match, unknown_in
from checkpoint.core.sim.scenario.script import LEARNER, ScriptError, steps_of
from checkpoint.core.sim.scenario.variants import names_in


def check_changes(known: Known) -> None:
    """Every problem of the course's bad changes."""
    worlds = {draft.slug: draft for draft in known.draft.worlds}
    seen: dict[str, ChangeDraft] = {}
    for draft in known.draft.changes:
        first = seen.setdefault(draft.slug, draft)
        if first is not draft:
            what = f"the change `{draft.slug}` is already in {first.document.path}"
            known.report(draft.document, ("slug",), what, "rename one of them")
        _Check(known, draft, worlds).all()


class _Check:
    def __init__(self, known: Known, draft: ChangeDraft, worlds: Mapping[str, WorldDraft]) -> None:
        self.known, self.draft, self.worlds = known, draft, worlds
        self.change, self.document = draft.change, draft.document

    def all(self) -> None:
        if self.change.slug != self.draft.slug:
            what = f"the slug `{self.change.slug}` differs from the file's name"
            self.report(("slug",), what, f"write `slug: {self.draft.slug}` or rename the file")
        self.names()
        for path, match in self.matches():
            self.match(path, match)
        for path, text in self.scripts():
            self.script(path, text)
        self.variants()

    def report(self, path: KeyPath, what: str, cure: str) -> None:
        self.known.report(self.document, path, what, cure)

    def names(self) -> None:
        known, change, document = self.known, self.change, self.document
        if change.start.base:
            self.one_of(("start", "base"), "world", change.start.base, self.worlds)
        known.check_names(document, ("lessons",), "lesson", change.lessons)
        known.check_names(document, ("guardrails",), "guardrail", change.guardrails)
        for kind, slug in (("question", change.question), ("scenario", change.scenario)):
            if slug:
                known.check_name(document, (kind,), kind, slug)
        for slug in change.blind:
            known.check_name(document, ("blind", slug), "guardrail", slug)
        for number, leg in enumerate(change.legs):
            known.check_name(document, ("legs", number, "at"), "stage", leg.at)
            if leg.without:
                known.check_name(document, ("legs", number, "without"), "guardrail", leg.without)
        people = [one.name for one in change.people]
        for number, act in enumerate(change.meanwhile):
            self.one_of(("meanwhile", number, "who"), "person", act.who, people)

    def one_of(self, path: KeyPath, kind: str, name: str, there: Collection[str]) -> None:
        if name not in there and "@" not in name:
            self.report(path, f"there is no {kind} `{name}`", near(name, there))

    def matches(self) -> Iterator[tuple[KeyPath, Match]]:
        for number, condition in enumerate(self.change.arrived):
            yield from ((("arrived", number), match) for match in condition.matches())
        for number, act in enumerate(self.change.meanwhile):
            if act.when is not None:
                yield ("meanwhile", number, "when"), act.when

    def match(self, path: KeyPath, match: Match) -> None:
        found = unknown_in(match)
        if found is not None:
            name, there = found
            what = f"no event has `{name}`" if name in match else f"there is no kind of event `{name}`"
            self.report(path, what, near(name, there))

    def scripts(self) -> Iterator[tuple[KeyPath, str]]:
        yield ("before",), self.change.before
        for number, leg in enumerate(self.change.legs):
            yield ("legs", number, "does"), leg.does
        for number, act in enumerate(self.change.meanwhile):
            yield ("meanwhile", number, "does"), act.does

    def script(self, path: KeyPath, text: str) -> None:
        try:
            steps_of(text)
        except ScriptError as error:
            line = self.document.line(path) + error.line
            self.known.problems.append(Problem(self.document.path, line, error.what, error.cure))

    def variants(self) -> None:
        """Every `@name@` has a value."""
        lists = [layer.variants for layer in self.draft.sendable(self.worlds).below]
        names = {LEARNER} | {name for one in lists for name in one}
        names |= {
            key
            for one in lists
            for entries in one.values()
            for entry in entries
            if isinstance(entry, dict)
            for key in entry
        }
        for path, text in self.document.texts():
            for name in sorted(names_in(text) - names):
                self.report(path, f"no variant gives `@{name}@`", near(name, names - {LEARNER}))
