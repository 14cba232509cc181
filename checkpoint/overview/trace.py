"""The trace: the pipeline in miniature, for lists, empty states and errors."""

from collections.abc import Sequence
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

WIDTH, EDGE, MIDDLE = 152.0, 8.0, 9.0
DEFAULT_STAGES = ("workstation", "git", "ci", "review", "flux", "cluster")


@lru_cache(maxsize=512)
def trace_svg(
    label: str,
    stages: Sequence[str],
    at: Sequence[str] = (),
    reached: str = "",
    caught: bool = False,
    around: bool = False,
) -> SafeString:
    """`at` are filled places; a flow goes to `reached`, and a closed gate follows it if caught.

    `around`: from the first place to the last beside the line, where it does harm.
    """
    if around:
        return _around(label, len(stages))
    step = (WIDTH - 2 * EDGE) / max(len(stages) - 1, 1)
    last = stages.index(reached) if reached in stages else -1
    end = EDGE + last * step + (12 if caught else 0)
    flow = f'<path class="t-flow" d="M8 9H{end:.1f}" stroke-width="4" fill="none"/>' if last >= 0 else ""
    circles = "".join(
        f'<circle class="{"t-on" if stage in at or place <= last else ""}" '
        f'cx="{EDGE + place * step:.1f}" cy="{MIDDLE:.0f}" r="4.4" stroke-width="1.8"/>'
        for place, stage in enumerate(stages)
    )
    gate = f'<path class="t-gate" d="M{end - 0.6:.1f} 1h4v16h-4z"/>' if caught else ""
    drawn = (
        '<path class="t-tube" d="M8 9H144" stroke-width="6" fill="none"/>'
        f'<path class="t-bore" d="M8 9H144" stroke-width="4" fill="none"/>{flow}{circles}{gate}'
    )
    return format_html(
        '<svg class="trace" viewBox="0 0 152 18" role="img" aria-label="{}">{}</svg>',
        label,
        mark_safe(drawn),  # noqa: S308  (numbers only)
    )


def _around(label: str, count: int) -> SafeString:
    step = (WIDTH - 2 * EDGE) / max(count - 1, 1)
    kinds = ["t-on", *[""] * (count - 2), "t-hit"]
    circles = "".join(
        f'<circle class="{kind}" cx="{EDGE + place * step:.1f}" cy="7" r="4.4" stroke-width="1.8"/>'
        for place, kind in enumerate(kinds)
    )
    drawn = (
        '<path class="t-tube" d="M8 7H144" stroke-width="6" fill="none"/>'
        '<path class="t-bore" d="M8 7H144" stroke-width="4" fill="none"/>'
        f'{circles}<path class="t-by" d="M8 12V16.5H144V12" fill="none" stroke-width="1.8"/>'
    )
    return format_html(
        '<svg class="trace" viewBox="0 0 152 18" role="img" aria-label="{}">{}</svg>',
        label,
        mark_safe(drawn),  # noqa: S308  (numbers only)
    )
