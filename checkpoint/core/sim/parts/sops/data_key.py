"""The key of a secret file's values, out of its wrappings: one for each recipient."""

from collections.abc import Callable, Iterable

from checkpoint.core.sim.parts.sops import age
from checkpoint.core.sim.parts.sops.age import AgeError, Identity
from checkpoint.core.sim.parts.sops.tree import SopsError

_NARROW, _WIDE = 60, 75


def unlocked(
    people: Iterable[tuple[str, str]], known: list[Identity], told_as: Callable[[str], str]
) -> bytes:
    """The key, by the first of the `people` (recipient, wrapped key) whose identity is known.

    Raises SopsError with exit code 128 and a report on every recipient; `told_as` ends each reason.
    """
    failures = []
    for recipient, wrapped_key in people:
        try:
            if not known:
                raise AgeError("failed to load age identities")
            return _unwrapped(wrapped_key, known)
        except AgeError as error:
            failures.append((recipient, told_as(error.message)))
    raise SopsError(_failure(failures), 128)


def _unwrapped(wrapped: str, known: list[Identity]) -> bytes:
    lead = "failed to create reader for decrypting sops data key with age: "
    try:
        return age.decrypted(wrapped.encode("utf-8", "replace"), known)
    except age.NoMatch:
        one = "identity did not match any of the recipients: incorrect identity for recipient block"
        raise AgeError(
            lead + (one if len(known) == 1 else "no identity matched any of the recipients")
        ) from None
    except AgeError as error:
        raise AgeError(lead + error.message) from None


def _failure(told: list[tuple[str, str]]) -> str:
    blocks = []
    for recipient, why in told:
        rows = wrapped(why, _NARROW)
        first, *rest = [f"    - | {rows[0]}", *(f"      | {row}" for row in rows[1:])]
        blocks.append("\n".join([f"  {recipient}: FAILED", first, *rest]))
    end = (
        "Recovery failed because no master key was able to decrypt the file. In order for SOPS to recover"
        " the file, at least one key has to be successful, but none were."
    )
    return "\n".join(
        [
            "Failed to get the data key required to decrypt the SOPS file.",
            "",
            "Group 0: FAILED",
            "\n  \n".join(blocks),
            "",
            *wrapped(end, _WIDE),
        ]
    )


def wrapped(text: str, width: int) -> list[str]:
    """Cut at blanks only; a longer word stands alone."""
    rows = [""]
    for word in text.split(" "):
        if rows[-1] and len(rows[-1]) + 1 + len(word) > width:
            rows.append(word)
        else:
            rows[-1] = f"{rows[-1]} {word}" if rows[-1] else word
    return rows
