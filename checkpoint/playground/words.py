"""What became of a change, in sentences."""

from django.contrib.humanize.templatetags.humanize import apnumber

from checkpoint.core.content.library import Library
from checkpoint.core.sim.sending.change import Change
from checkpoint.core.sim.sending.sent import Act, Sent
from checkpoint.playground.sendings import Result

DID = {
    "passed": "Let it pass",
    "unasked": "Not asked",
    "off": "Switched off",
    "caught": "Caught it",
    "unreached": "Not reached",
}


class Words:
    """The sentences about one result, with the course's names."""

    def __init__(self, library: Library, change: Change, result: Result) -> None:
        self.library, self.change, self.result = library, change, result
        self.sent = result.sent
        self.it = f"The {change.title[:1].lower()}{change.title[1:]}"

    def name(self, guardrail: str) -> str:
        return self.library.guardrails[guardrail].facts.short

    def stage(self, slug: str) -> str:
        return self.library.stages[slug].title

    def headline(self) -> str:
        """How far it came and who caught it."""
        sent, by = self.sent, self.sent.caught_by
        if sent.arrived:
            return f"{self.it} {_came(sent)}. {self._nobody()}"
        if not by:
            return f"No guardrail caught the {self.it.partition(' ')[2]}. {self._own_check()} stopped it."
        name = self.name(by)
        if sent.undone:
            return f"{self.it} reached the {self.stage(sent.reached)}{_around(sent)}. {name} put it back."
        if self.result.harmless:
            return (
                f"{self.it} went as far as {self.stage(sent.reached)}, and did no harm. {name} saw to that."
            )
        if sent.reached == next(iter(self.library.stages)):
            return f"{self.it} didn’t leave the {self.stage(sent.reached)}. {name} caught it."
        return f"{self.it} got as far as {self.stage(sent.reached)}. {name} caught it."

    def _nobody(self) -> str:
        if not self.sent.off:
            return f"None of the {apnumber(len(self.library.guardrails))} guardrails catches it."
        if len(self.sent.off) == len(self.library.guardrails):
            return "No guardrail was on."
        return "No guardrail that is on caught it."

    def _own_check(self) -> str:
        return self.change.stopped_by or "A tool’s own check"

    def rest(self) -> str:
        """What it has done; or what is left if the one that caught it were off, too."""
        sent = self.sent
        if sent.arrived:
            return f"{self.change.harm} {self.change.left}{self._missed()}"
        if not sent.caught_by:
            return f"It said “{sent.stopped}”. Nothing else is left.{self._missed()}"
        return f"{self._missed().strip()} {self._if_off()}".strip()

    def _missed(self) -> str:
        count = len(self.result.missed_by)
        if not count:
            return ""
        when = " earlier" if self.sent.caught_by else ""
        noun = "guardrail that is off would" if count == 1 else "guardrails that are off would"
        return f" {str(apnumber(count)).capitalize()} {noun} have caught it{when}."

    def _if_off(self) -> str:
        result = self.result
        if result.next_ones:
            names = [self.name(slug) for slug in result.next_ones]
            then = ", then ".join(names)
            return f"If it were off, {then} would catch it.{self._in_the_end(' If none did,')}"
        if result.last.arrived:
            return "It is the last one: if it were off, nothing on the line would be left."
        return f"If it were off, only {_lowered(self._own_check())} would be left."

    def _in_the_end(self, lead: str) -> str:
        last = self.result.last
        left = "nothing on the line" if last.arrived else f"only {_lowered(self._own_check())}"
        return f"{lead} {left} would be left."

    # --- each guardrail ------------------------------------------------------

    def why(self, act: Act) -> str:
        """Why a guardrail did what it did; an empty text where `said` says it."""
        if act.did == "off":
            return self._would(self.result.otherwise[act.guardrail])
        blind = self.change.blind.get(act.guardrail, "")
        if act.did == "caught":
            return "" if act.said else self._silently(act)
        if act.around:
            return f"Gone around by `{act.about}`. {blind}".strip()
        if act.did == "passed":
            return blind or "It looked, and had nothing to object to."
        if act.did == "unreached":
            return "The change was stopped before it."
        return blind or "Nothing in this change asks it."

    def _silently(self, act: Act) -> str:
        if self.sent.undone and act.guardrail == self.sent.caught_by:
            return f"Put back: {act.about}." if " " not in act.about else act.about
        if act.guardrail == self.sent.caught_by and not act.refused:
            return "It refused nothing. It made the change harmless, and so what went on did no harm."
        return f"{act.about[:1].upper()}{act.about[1:]}." if act.about else "It said no."

    def _would(self, act: Act) -> str:
        if act.did == "caught":
            return "Would have caught it."
        if act.did == "passed":
            return "Would have let it pass."
        return "Would have changed nothing."


def _came(sent: Sent) -> str:
    return "went around the line and arrived" if sent.around else "arrived"


def _around(sent: Sent) -> str:
    return " around the line" if sent.around else ""


def _lowered(text: str) -> str:
    """In the middle of a sentence; names keep their capital."""
    return text[:1].lower() + text[1:] if text.startswith(("A ", "The ")) else text
