"""Where SOPS finds keys: identities of the learner, recipients of a file's creation rule."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from checkpoint.core.sim import expressions, yaml_text
from checkpoint.core.sim.parts.files import FileError
from checkpoint.core.sim.parts.sops import age
from checkpoint.core.sim.parts.sops.age import AgeError, Identity
from checkpoint.core.sim.parts.sops.data_key import unlocked
from checkpoint.core.sim.parts.sops.tree import SELECTORS, SopsError
from checkpoint.core.sim.process import Process

NO_KEYS = "config file not found, or has no creation rules, and no keys provided through command line options"
_SOURCES = ("SOPS_AGE_KEY", "SOPS_AGE_KEY_FILE", "SOPS_AGE_KEY_CMD")


def drawn(process: Process, purpose: str) -> bytes:
    made, process.world = process.world.draw(purpose)
    return made


def now(process: Process) -> str:
    return f"{datetime.fromtimestamp(process.clock, UTC):%Y-%m-%dT%H:%M:%SZ}"


# --- identities ----------------------------------------------------------------------


@dataclass(slots=True)
class Found:
    """`unused`: places without a key; `errors`: places that couldn't be read."""

    identities: list[Identity] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def identities(process: Process) -> Found:
    """Every key that SOPS would try."""
    found = Found()
    given = process.environment
    home = given.get("HOME", process.world.shell.home)
    if "SOPS_AGE_SSH_PRIVATE_KEY_FILE" not in given:
        found.unused.append("SOPS_AGE_SSH_PRIVATE_KEY_FILE")
    found.unused += [f"{home}/.ssh/{name}" for name in ("id_ed25519", "id_rsa")]
    texts: list[tuple[str, str]] = []
    for name in _SOURCES:
        if name not in given:
            found.unused.append(name)
        elif name == "SOPS_AGE_KEY":
            texts.append((name, given[name]))
        elif name == "SOPS_AGE_KEY_FILE":
            _read(process, given[name], name, texts, found)
    usual = given.get("XDG_CONFIG_HOME", f"{home}/.config") + "/sops/age/keys.txt"
    if process.files.is_file(usual):
        texts.append((usual, process.read(usual)))
    elif not texts:
        found.unused.append(usual)
    for name, text in texts:
        _parsed(name, text, found)
    return found


def _read(process: Process, path: str, name: str, texts: list[tuple[str, str]], found: Found) -> None:
    try:
        if not path:
            raise FileError("", _absent())
        texts.append((name, process.read(path)))
    except FileError as error:
        found.errors.append(f"failed to open {name} file: open {path}: {error.why.value.lower()}")


def _absent() -> Any:
    from checkpoint.core.sim.parts.files import Why

    return Why.ABSENT


def _parsed(name: str, text: str, found: Found) -> None:
    lines = "\n".join(line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    if not lines:
        found.unused.append(name)
        return
    try:
        found.identities += age.identities_of(lines)
    except AgeError as error:
        why = error.message.partition(": ")[2] or error.message
        found.errors.append(f"failed to parse '{name}' age identities: {why}")


def data_key(process: Process, people: list[tuple[str, str]]) -> bytes:
    """The key that opens a file's values; exit code 128 where nobody's key fits."""
    found = identities(process)
    return unlocked(people, found.identities, lambda why: _reason(why, found))


def _reason(why: str, found: Found) -> str:
    if found.errors:
        why += ". Errors while loading age identities: " + "; ".join(found.errors)
    quoted = [f"'{place}'" for place in found.unused]
    if len(quoted) == 1:
        return f"{why}. Did not find keys in location {quoted[0]}."
    if len(quoted) == 2:
        return f"{why}. Did not find keys in locations {' and '.join(quoted)}."
    return f"{why}. Did not find keys in locations {', '.join(quoted[:-1])}, and {quoted[-1]}."


# --- creation rules --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule:
    """What `.sops.yaml` says about a file."""

    recipients: tuple[str, ...] = ()
    selector: tuple[str, str] | None = None
    mac_only_encrypted: bool = False


def config_path(process: Process) -> str:
    """The nearest `.sops.yaml` from the working directory upwards, empty where there is none."""
    folder = process.cwd.rstrip("/")
    for _ in range(40):
        if process.files.is_file(f"{folder}/.sops.yaml"):
            return f"{folder}/.sops.yaml"
        if not folder:
            return ""
        folder = folder.rpartition("/")[0]
    return ""


def rule_for(process: Process, path: str, config: str = "") -> Rule | None:
    """The first rule that fits a file; None where there is no configuration with rules."""
    config = config or config_path(process)
    if not config:
        return None
    try:
        told = yaml_text.document(process.read(config))
    except FileError as error:
        shown = config.removeprefix(f"{process.cwd}/")
        why = f"open {shown}: {error.why.value.lower()}"
        raise SopsError(f"could not read config file: {why}", 1) from None
    except yaml_text.BadYaml as error:
        why = (
            f"Could not unmarshal config file: yaml: line {max(1, error.line - 1)}: {_problem(error.problem)}"
        )
        raise SopsError(f"error loading config: {why}", 1) from None
    rules = told.get("creation_rules") if isinstance(told, dict) else None
    if rules is None:
        return None
    name = path.removeprefix(config.rpartition("/")[0] + "/")
    for one in rules if isinstance(rules, list) else []:
        if isinstance(one, dict) and _fits(str(one.get("path_regex") or ""), name):
            return _rule(one)
    raise SopsError("error loading config: no matching creation rules found", 1)


def _problem(text: str) -> str:
    return (
        "did not find expected node content"
        if text.startswith("expected the node content")
        else (text.replace("expected <block end>", "did not find expected key"))
    )


def _fits(regex: str, name: str) -> bool:
    try:
        return not regex or expressions.compiled(regex).search(name) is not None
    except expressions.BadExpression as error:
        why = f"can not compile regexp: error parsing regexp: {error.message}"
        why += f": `{regex}`" if "`" not in why else ""
        raise SopsError(why, 1) from None


def _rule(one: dict[str, Any]) -> Rule:
    groups = one.get("key_groups")
    people: list[str] = []
    for told in [one, *(groups if isinstance(groups, list) else [])]:
        given = told.get("age") if isinstance(told, dict) else None
        people += split(",".join(map(str, given)) if isinstance(given, list) else str(given or ""))
    chosen = [(rule, str(one[rule])) for rule in SELECTORS if one.get(rule)]
    if len(chosen) > 1:
        raise SopsError(
            "error loading config: cannot use more than one of encrypted_suffix, unencrypted_suffix,"
            " encrypted_regex, unencrypted_regex, encrypted_comment_regex, or unencrypted_comment_regex"
            " for the same rule",
            1,
        )
    return Rule(tuple(people), chosen[0] if chosen else None, bool(one.get("mac_only_encrypted")))


def split(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def checked(recipients: list[str]) -> list[bytes]:
    keys = []
    for word in recipients:
        try:
            keys.append(age.recipient_of(word))
        except AgeError as error:
            why = f'unknown recipient type: "{word}"' if not word.startswith("age1") else error.message
            raise SopsError(f"failed to parse input, {why}", 1) from None
    return keys


def wrapped_for(process: Process, key: bytes, recipients: list[str]) -> list[tuple[str, str]]:
    """The data key, once for each recipient."""
    public = checked(recipients)
    return [
        (word, age.armored(age.encrypted(key, [one], lambda purpose: drawn(process, purpose))))
        for word, one in zip(recipients, public, strict=True)
    ]
