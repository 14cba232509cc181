"""Events as sentences, for `explain`, debriefs and incident notes."""

from collections.abc import Callable, Mapping
from typing import Any

from checkpoint.core.sim.events import Event, Other
from checkpoint.core.sim.parts.files import legible

Teller = Callable[[Any], str]


def told_in_words(event: Event, names: Mapping[str, str] | None = None) -> str:
    """A sentence, or nothing where the event says nothing to a reader.

    `names`: how people are shown, by the name under which they act.
    """
    who = "You"
    if isinstance(event, Other):
        known = {**_MACHINES, **(names or {})}
        who, event = known.get(event.actor, event.actor.capitalize()), event.event
    if event.kind in DONE:
        told = DONE[event.kind](event)
        return _ended(f"{who} {told}") if told else ""
    return _ended(HAPPENED[event.kind](event)) if event.kind in HAPPENED else ""


def _ended(told: str) -> str:
    """With a full stop, unless what somebody wrote ends the sentence already."""
    return legible(told if not told or told.endswith((".”", "?”", "!”")) else f"{told}.")


_MACHINES = {"runner": "The forge's runner"}
"""How actors are shown that are nobody."""


def _short(oid: str) -> str:
    return oid[:7]


def _listed(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown


def _object(name: str) -> str:
    """`deployment/web` for `deployment.apps/web`: the group says nothing to a reader."""
    kind, _, own = name.partition("/")
    return f"{kind.partition('.')[0]}/{own}"


def _ref(name: str) -> str:
    return name.removeprefix("refs/heads/").removeprefix("refs/tags/")


# --- what somebody did: the predicate ----------------------------------------


def _committed(event: Any) -> str:
    hooks = {
        "ran": "the hooks ran",
        "bypassed": "the hooks were bypassed",
        "absent": "no hook was installed",
        "off": "the hooks are switched off",
    }[event.hooks]
    secret = f"; {_listed(event.secrets)} holds a secret in clear" if event.secrets else ""
    what = f"{_listed(event.files) or 'nothing'} to {event.branch} ({_short(event.commit)})"
    return f"committed {what}: {hooks}{secret}"


def _pushed(event: Any) -> str:
    forced = " by force" if event.forced else ""
    if event.result == "accepted":
        return f"pushed {_ref(event.ref)} to {event.url}{forced}"
    if event.result == "up-to-date":
        return ""
    return f"tried to push {_ref(event.ref)}{forced}, which was refused: {event.reason or 'no reason given'}"


def _applied(event: Any) -> str:
    counts = f"{event.add} added, {event.change} changed, {event.destroy} destroyed"
    done = {
        "applied": f"applied to {event.state}: {counts}",
        "stale": "tried to apply a plan that the state has moved away from",
        "other-lineage": "tried to apply a plan of another state",
        "declined": "was asked whether to apply, and said no",
        "refused": "tried to apply, which was refused",
    }[event.result]
    return done + (_leave(event) if event.result == "applied" else "")


def _leave(event: Any) -> str:
    """By whose leave something was applied."""
    if event.via == "pipeline":
        return (
            ", and nobody was asked"
            if event.approval == "nobody"
            else f", approved by {event.approval.capitalize()}"
        )
    return ", without any approval" if event.approval == "auto" else ""


def _planned(event: Any) -> str:
    drift = f"; {event.drift} had changed outside Terraform" if event.drift else ""
    return (
        f"planned {event.add} to add, {event.change} to change, {event.destroy} to destroy "
        f"at serial {event.serial}{drift}"
    )


def _unlocked(event: Any) -> str:
    if event.result == "unlocked":
        return f"removed the lock that {event.holder} held on {event.state}"
    return f"tried to remove a lock of {event.state}"


def _wrote(event: Any) -> str:
    if not event.changed or event.path != "direct":
        return ""
    verb = {"create": "created", "update": "changed", "delete": "deleted"}.get(event.verb, event.verb)
    guarded = " through the guard" if event.guarded else " directly"
    return f"{verb} {_object(event.object)} in {event.namespace or 'the cluster'} of {event.cluster}{guarded}"


def _merged(event: Any) -> str:
    if event.result != "merged":
        why = _listed(tuple(one.rstrip(".") for one in event.lacking)) or "refused"
        return f"tried to merge pull request {event.number}: {why}"
    around = ", past the rules as an administrator" if event.bypassed else ""
    plural = "" if event.approvals == 1 else "s"
    return f"merged pull request {event.number} with {event.approvals} approval{plural}{around}"


def _reviewed(event: Any) -> str:
    done = {"APPROVED": "approved", "CHANGES_REQUESTED": "asked for changes in", "COMMENTED": "commented on"}
    told = f"{done.get(event.state, 'reviewed')} pull request {event.number}"
    return told if event.accepted else f"tried to review pull request {event.number}, which was refused"


def _ruled(event: Any) -> str:
    checks = _listed(event.contexts) or "none"
    admins = "administrators included" if event.enforce_admins else "administrators left out"
    plural = "" if event.approvals == 1 else "s"
    asks = f"{event.approvals} approval{plural}, required checks: {checks}"
    return f"changed the rules of {event.branch} ({asks}; {admins})"


def _encrypted(event: Any) -> str:
    count = len(event.recipients)
    return f"encrypted {event.path} for {count} recipient{'' if count == 1 else 's'}"


def _decrypted(event: Any) -> str:
    return f"decrypted {event.path}" + (f" into {event.into}" if event.into else " on the screen")


def _deployment(event: Any) -> str:
    done = {"approved": "approved", "rejected": "rejected"}.get(event.result, "tried to approve")
    return f"{done} the job of run {event.run} that waits for {event.environment}"


def _edited(event: Any) -> str:
    return f"opened {event.path} in the editor"


DONE: dict[str, Teller] = {
    "edit": _edited,
    "forge.cancel": lambda event: f"cancelled run {event.run}",
    "forge.comment": lambda event: f"commented on pull request {event.number}",
    "forge.deployment": _deployment,
    "forge.fork": lambda event: f"copied the repository to {event.project}",
    "forge.looked": lambda event: f"looked at the {event.what} of {event.number}",
    "forge.merge": _merged,
    "forge.opened": lambda event: (
        f"opened pull request {event.number} from {event.head}: {_listed(event.files)}"
    ),
    "forge.review": _reviewed,
    "forge.rules": _ruled,
    "forge.run": lambda event: f"started {event.workflow} (run {event.run})",
    "git.commit": _committed,
    "git.push": _pushed,
    "git.rewrite": lambda event: f"rewrote history ({event.by})",
    "hint": lambda event: f"read hint {event.number} of {event.goal}",
    "kube.write": _wrote,
    "secret.decrypted": _decrypted,
    "secret.encrypted": _encrypted,
    "secret.issued": lambda event: (
        f"had {event.name} issued anew" + (f" into {event.into}" if event.into else "")
    ),
    "secret.key-made": lambda event: f"made an age key in {event.path or 'the terminal'}",
    "secret.revoked": lambda event: f"revoked {event.name} ({event.credential})",
    "secret.session-ended": lambda event: (
        f"ended the session that was opened with {event.name} from {event.source}"
    ),
    "secret.used": lambda event: (
        f"used {event.name} from {event.source}"
        if event.result == "accepted"
        else f"tried to use {event.name} from {event.source}, and it was refused"
    ),
    "secret.rotated": lambda event: f"rotated the {event.what} of {event.path}",
    "terraform.apply": _applied,
    "terraform.force-unlock": _unlocked,
    "terraform.plan": _planned,
    "terraform.state": lambda event: f"changed the state by hand ({event.how}): {_listed(event.addresses)}",
    "flux.suspend": lambda event: (
        f"{'suspended' if event.suspended else 'resumed'} {event.object} on {event.cluster}"
    ),
}
"""By the event's kind: what the sentence says after whoever did it."""


# --- what happened by itself: a whole sentence without its full stop ----------


def _guardrail(event: Any) -> str:
    about = f" ({event.about})" if event.about else ""
    done = {
        "caught": "caught it",
        "passed": "looked and let it pass",
        "bypassed": "was bypassed",
        "off": "was switched off, so nothing looked",
    }.get(event.result, event.result)
    return f"The guardrail {event.guardrail} {done}{about}"


_WAITS = ("DependencyNotReady", "Progressing", "ProgressingWithRetry")
"""Reasons for which Flux is only not done yet."""


def _reconciled(event: Any) -> str:
    if event.reason in _WAITS:
        return ""
    corrected = f" and put back {_listed(tuple(map(_object, event.corrected)))}" if event.corrected else ""
    if event.by == "flux" and not event.corrected and event.ready:
        return ""
    branch, at, commit = event.revision.partition("@sha1:")
    what = f"{branch} at {_short(commit)}" if at else event.revision
    done = f"applied {what}{corrected}" if event.ready else "could not apply what Git says"
    return f"Flux reconciled {event.object} on {event.cluster}: {done}"


def _chosen(event: Any) -> str:
    return f"The image policy {event.policy} on {event.cluster} now selects {event.image}"


def _image_commit(event: Any) -> str:
    what = _listed(tuple(one.rpartition("/")[2] for one in event.images)) or "images"
    return f"Flux's {event.automation} wrote {what} into {_listed(event.files)} ({_short(event.commit)})"


def _refused(event: Any) -> str:
    return f"{event.cluster} refused {event.user} to {event.verb} {event.resource} in {event.namespace}"


_SHUT = {
    "no-decryption": "it configures no decryption",
    "no-key": "the cluster has no key",
    "wrong-key": "the cluster's key is another one",
    "damaged": "what Git holds was changed after it was encrypted",
}


def _kept_shut(event: Any) -> str:
    why = _SHUT.get(event.why, event.why)
    return f"Flux could not open {event.secret or 'the secrets'} of {event.object} on {event.cluster}: {why}"


def _delivered(event: Any) -> str:
    how = "which stands encrypted in Git" if event.encrypted else "which stands in clear in Git"
    return f"Flux brought the Secret {event.namespace}/{event.name} to {event.cluster}, {how}"


HAPPENED: dict[str, Teller] = {
    "flux.decrypt-failed": _kept_shut,
    "flux.image": _chosen,
    "flux.image-commit": _image_commit,
    "flux.image-refused": lambda event: (
        f"The git server refused {event.automation} to push to {event.branch}: {event.reason}"
    ),
    "flux.image-scan": lambda event: f"The registry has {event.tags} tags of {event.image} by now",
    "flux.secret": _delivered,
    "flux.reconcile": _reconciled,
    "forge.head": lambda event: (
        f"Pull request {event.number} has a new head"
        + (f"; the approval of {_listed(event.dismissed)} fell" if event.dismissed else "")
    ),
    "forge.waiting": lambda event: f"Run {event.run} waits for a reviewer of {event.environment}",
    "git.commit-refused": lambda event: f"The {event.hook} hook stopped the commit",
    "guardrail": _guardrail,
    "kube.refused": _refused,
    "message": lambda event: f"{event.who.capitalize()} wrote: “{event.text.rstrip()}”",
    "secret.exposed": lambda event: f"A secret stands in clear in {event.path} ({event.where})",
    "terraform.lock-refused": lambda event: f"The state is locked by {event.holder} ({event.operation})",
    "unsupported": lambda event: f"The simulator doesn't do {event.what}; nothing changed",
}
