"""gh api: a branch's protection, read and changed, as the forge documents it.

Source: docs.github.com/rest/branches/branch-protection. Changing it is for administrators; for others the
address isn't there.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from checkpoint.core.sim.commands.gh import querying
from checkpoint.core.sim.commands.gh.base import Gh
from checkpoint.core.sim.errors import Told
from checkpoint.core.sim.parts.forge import Forge, Rules, rules_from
from checkpoint.core.sim.parts.forge.events import RulesChanged
from checkpoint.core.sim.parts.git.hosting import Hosting

Given = Mapping[str, Any]
"""The fields of a request: lists of texts, or what a JSON body says."""
_DOCS = "https://docs.github.com/rest"
_MOST_APPROVALS = 6


def refused(gh: Gh, message: str, code: int = 404) -> Told:
    body = {"message": message, "documentation_url": _DOCS, "status": str(code)}
    gh.process.out(querying.go_json(body) + ("\n" if gh.process.tty else ""))
    return Told(f"gh: {message} (HTTP {code})")


def is_protected(gh: Gh, name: str) -> bool:
    rules = gh.forge.rules
    hosted = gh.process.world.part(Hosting).protections.get(gh.name, ())
    ruled = bool(rules.approvals or rules.contexts)
    return any(name in one.branches for one in hosted) or (name == gh.forge.base and ruled)


# --- reading ------------------------------------------------------------------------------


def told(gh: Gh, name: str, part: list[str]) -> Any:
    """A branch's protection, or a part of it; None for an address that isn't simulated."""
    if not is_protected(gh, name):
        raise refused(gh, "Branch not protected")
    whole = facts(gh.forge.rules)
    match part:
        case []:
            return whole
        case ["enforce_admins" | "required_pull_request_reviews" | "required_status_checks" as key]:
            return whole[key]
        case ["required_status_checks", "contexts"]:
            return list(gh.forge.rules.contexts)
    return None


def facts(rules: Rules) -> dict[str, Any]:
    return {
        "required_pull_request_reviews": {
            "required_approving_review_count": rules.approvals,
            "dismiss_stale_reviews": rules.dismiss_stale,
            "require_code_owner_reviews": rules.code_owners,
        },
        "required_status_checks": {"strict": rules.strict, "contexts": list(rules.contexts)},
        "enforce_admins": {"enabled": rules.enforce_admins},
    }


def as_rows(gh: Gh, name: str) -> list[dict[str, Any]]:
    """The same as a list of rules, as newer addresses give it."""
    rules = gh.forge.rules
    if not is_protected(gh, name):
        return []
    rows: list[dict[str, Any]] = [{"type": "deletion"}, {"type": "non_fast_forward"}]
    count = {"required_approving_review_count": rules.approvals}
    rows.append({"type": "pull_request", "parameters": count})
    if rules.contexts:
        checks = [{"context": one} for one in rules.contexts]
        strict = {"required_status_checks": checks, "strict_required_status_checks_policy": rules.strict}
        rows.append({"type": "required_status_checks", "parameters": strict})
    return rows


# --- changing -----------------------------------------------------------------------------


def changed(gh: Gh, name: str, method: str, part: list[str], given: Given) -> Any:
    """The answer to a change; None for an address that isn't simulated, "" for an empty answer."""
    if gh.forge.permission != "ADMIN":
        raise refused(gh, "Not Found")
    if name != gh.forge.base or (not is_protected(gh, name) and part):
        raise refused(gh, "Branch not protected")
    match (method, part):
        case ("PUT", []):
            return _kept(gh, name, _whole(gh, given), facts)
        case ("DELETE", []):
            return _unprotected(gh, name)
        case ("POST" | "DELETE", ["enforce_admins"]):
            made = replace(gh.forge.rules, enforce_admins=method == "POST")
            return _kept(gh, name, made, lambda now: {"enabled": True} if now.enforce_admins else "")
        case (_, ["required_status_checks", *below]):
            return _checks_changed(gh, name, method, below, given)
        case (_, ["required_pull_request_reviews"]):
            return _reviews_changed(gh, name, method, given)
        case (_, ["enforce_admins", *_]):
            raise refused(gh, "Not Found")
    return None


def _checks_changed(gh: Gh, name: str, method: str, below: list[str], given: Given) -> Any:
    rules = gh.forge.rules
    match (method, below):
        case ("POST" | "PUT" | "DELETE", ["contexts"]):
            made = replace(rules, contexts=_contexts(gh, method, given))
            return _kept(gh, name, made, lambda now: list(now.contexts))
        case ("PATCH", []):
            wanted = _listed(given, "contexts")
            made = replace(rules, strict=_flag(given, "strict", rules.strict))
            made = replace(made, contexts=rules.contexts if wanted is None else tuple(wanted))
            return _kept(gh, name, made, lambda now: facts(now)["required_status_checks"])
        case ("DELETE", []):
            return _kept(gh, name, replace(rules, contexts=(), strict=False))
    raise refused(gh, "Not Found")


def _contexts(gh: Gh, method: str, given: Given) -> tuple[str, ...]:
    """POST adds, DELETE takes away, PUT sets."""
    wanted, now = _listed(given, "contexts"), gh.forge.rules.contexts
    if wanted is None:
        raise refused(gh, 'Invalid request. "contexts" wasn\'t supplied.', 422)
    if method == "DELETE":
        return tuple(one for one in now if one not in wanted)
    return tuple(dict.fromkeys((*now, *wanted) if method == "POST" else wanted))


def _reviews_changed(gh: Gh, name: str, method: str, given: Given) -> Any:
    rules = gh.forge.rules
    if method == "DELETE":
        return _kept(gh, name, replace(rules, approvals=0, dismiss_stale=False, code_owners=False))
    if method != "PATCH":
        raise refused(gh, "Not Found")
    count = str(_last(given, "required_approving_review_count", rules.approvals))
    if not count.isdecimal() or int(count[:3]) > _MOST_APPROVALS:
        raise refused(gh, "Validation Failed", 422)
    made = replace(
        rules,
        approvals=int(count),
        dismiss_stale=_flag(given, "dismiss_stale_reviews", rules.dismiss_stale),
        code_owners=_flag(given, "require_code_owner_reviews", rules.code_owners),
    )
    return _kept(gh, name, made, lambda now: facts(now)["required_pull_request_reviews"])


_WHOLE = ("required_status_checks", "enforce_admins", "required_pull_request_reviews", "restrictions")


def _whole(gh: Gh, given: Given) -> Rules:
    """All at once, from a JSON body; each of these has to be named, null switches it off."""
    missing = [name for name in _WHOLE if name not in given]
    if missing:
        names = ", ".join(f'"{name}"' for name in missing)
        raise refused(gh, f"Invalid request. {names} weren't supplied.", 422)
    enforced = {"enabled": given["enforce_admins"] in (True, ["true"])}
    return rules_from({**given, "enforce_admins": enforced})


def _unprotected(gh: Gh, name: str) -> str:
    hosting = gh.process.world.part(Hosting)
    own = tuple(one for one in hosting.protections.get(gh.name, ()) if name not in one.branches)
    made = replace(hosting, protections=hosting.protections.set(gh.name, own))
    gh.process.world = gh.process.world.having(made)
    _kept(gh, name, Rules())
    return ""


def _kept(gh: Gh, name: str, rules: Rules, answer: Callable[[Rules], Any] | None = None) -> Any:
    """The new rules in force; checks that were made before know whether they are required now."""
    forge: Forge = replace(gh.forge, rules=rules)
    for pull in forge.pulls:
        checks = tuple(replace(one, required=one.name in rules.contexts) for one in pull.checks)
        forge = forge.having(replace(pull, checks=checks))
    gh.forge = forge
    gh.process.happened(
        RulesChanged(name, gh.forge.viewer, rules.contexts, rules.approvals, rules.enforce_admins)
    )
    return answer(rules) if answer else ""


# --- fields -------------------------------------------------------------------------------


def _listed(given: Given, name: str) -> list[str] | None:
    found = given.get(f"{name}[]", given.get(name))
    if found is None:
        return None
    return [str(one) for one in found] if isinstance(found, list) else [str(found)]


def _last(given: Given, name: str, otherwise: Any) -> Any:
    found = given.get(name, otherwise)
    return found[-1] if isinstance(found, list) and found else found


def _flag(given: Given, name: str, otherwise: bool) -> bool:
    found = _last(given, name, otherwise)
    return found if isinstance(found, bool) else str(found) == "true"
