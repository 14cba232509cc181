"""The pipeline as far as sending needs it: stages, and where each guardrail's gate stands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """Stages in the order in which a change travels, and guardrails in line order with the stage that their
    gate stands in front of."""

    stages: tuple[str, ...]
    gates: tuple[tuple[str, str], ...]

    @property
    def guardrails(self) -> tuple[str, ...]:
        return tuple(slug for slug, _ in self.gates)

    def stands_behind(self, guardrail: str, catcher: str, reached: str) -> bool:
        """Whether a change that was caught never came to a guardrail: its gate is farther down the line."""
        order, gate = self.guardrails, dict(self.gates)[guardrail]
        return order.index(guardrail) > order.index(catcher) and (
            self.stages.index(gate) > self.stages.index(reached)
        )

    def without(self, *guardrails: str) -> tuple[str, ...]:
        """All guardrails but these."""
        return tuple(slug for slug in self.guardrails if slug not in guardrails)
