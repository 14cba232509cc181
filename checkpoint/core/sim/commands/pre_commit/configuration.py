"""Reading `.pre-commit-config.yaml`: the framework's own rules, and its words for what breaks one.

Source: pre_commit/clientlib.py of 4.7.0, whose messages were compared with the real program's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from checkpoint.core.sim import expressions, yaml_text
from checkpoint.core.sim.commands.pre_commit.identity import TAGS
from checkpoint.core.sim.commands.pre_commit.known import KNOWN
from checkpoint.core.sim.errors import SimError

CONFIG = ".pre-commit-config.yaml"
VERSION = "4.7.0"
TYPES = (
    *("commit-msg", "post-checkout", "post-commit", "post-merge", "post-rewrite"),
    *("pre-commit", "pre-merge-commit", "pre-push", "pre-rebase", "prepare-commit-msg"),
)
"""Hooks of git that can be installed."""
STAGES = (*TYPES, "manual")
_LANGUAGES = (
    *("conda", "coursier", "dart", "docker", "docker_image", "dotnet", "fail", "golang", "haskell", "julia"),
    *("lua", "node", "perl", "pygrep", "python", "r", "ruby", "rust", "swift", "unsupported"),
    "unsupported_script",
)
_OLDER_LANGUAGES = {"system": "unsupported", "script": "unsupported_script"}
_OLDER_STAGES = {"commit": "pre-commit", "push": "pre-push", "merge-commit": "pre-merge-commit"}
_HOOK_KEYS = (
    *("minimum_pre_commit_version", "id", "name", "entry", "language", "alias", "files", "exclude", "types"),
    *("types_or", "exclude_types", "additional_dependencies", "args", "always_run", "fail_fast"),
    *("pass_filenames", "description", "language_version", "log_file", "require_serial", "stages", "verbose"),
)
_ROOT_KEYS = (
    *("minimum_pre_commit_version", "repos", "default_install_hook_types", "default_language_version"),
    *("default_stages", "files", "exclude", "fail_fast", "ci"),
)
_META: dict[str, dict[str, Any]] = {
    "check-hooks-apply": {
        "name": "Check hooks apply to the repository",
        "files": r"^\.pre-commit-config\.yaml$",
    },
    "check-useless-excludes": {"name": "Check for useless excludes", "files": r"^\.pre-commit-config\.yaml$"},
    "identity": {"name": "identity", "verbose": True},
}


class BadConfig(SimError):
    """`message` is what stands behind `InvalidConfigError: `."""


@dataclass(frozen=True, slots=True)
class Hook:
    """One hook of the configuration, with what its repository says about it filled in."""

    id: str
    name: str
    entry: str
    language: str
    repo: str
    alias: str = ""
    args: tuple[str, ...] = ()
    files: str = ""
    exclude: str = "^$"
    types: tuple[str, ...] = ("file",)
    types_or: tuple[str, ...] = ()
    exclude_types: tuple[str, ...] = ()
    stages: tuple[str, ...] = STAGES
    pass_filenames: bool = True
    always_run: bool = False
    fail_fast: bool = False
    verbose: bool = False
    require_serial: bool = False


@dataclass(frozen=True, slots=True)
class Configuration:
    """A configuration that keeps the rules; `warnings` are what the framework says about it all the same."""

    hooks: tuple[Hook, ...] = ()
    install_types: tuple[str, ...] = ("pre-commit",)
    files: str = ""
    exclude: str = "^$"
    fail_fast: bool = False
    warnings: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def read(text: str, name: str) -> Configuration:
    """The configuration in a text. Raises BadConfig, or SimError for a hook that isn't simulated."""
    reader = _Reader([f"File {name}"])
    try:
        told = yaml_text.document(text)
    except SimError as error:
        raise reader.bad(_as_libyaml(error.message)) from None
    return reader.root(told)


_NO_SEQUENCE = "block sequence entries are not allowed in this context"


def _as_libyaml(told: str) -> str:
    """The complaint of the reader in C, which the framework uses."""
    told = told.replace(
        "mapping values are not allowed here", "mapping values are not allowed in this context"
    )
    told = told.replace("sequence entries are not allowed here", _NO_SEQUENCE)
    told = told.replace("found character '\\t' that cannot", "found character that cannot")
    told = told.replace("expected <block end>, but found", "did not find expected key\0")
    told = told.replace("expected the node content, but found", "did not find expected node content\0")
    told = told.replace("expected ',' or ']', but got", "did not find expected ',' or ']'\0")
    told = told.replace("expected ',' or '}', but got", "did not find expected ',' or '}'\0")
    return "\n".join(line.partition("\0")[0] for line in told.split("\n"))


class _Reader:
    def __init__(self, place: list[str]) -> None:
        self.place = place
        self.warnings: list[str] = []

    def bad(self, why: str) -> BadConfig:
        return BadConfig("".join(f"\n==> {one}" for one in self.place) + f"\n=====> {why}")

    def at(self, *place: str) -> "_Inside":
        return _Inside(self, place)

    # --- the parts ----------------------------------------------------------------

    def root(self, told: Any) -> Configuration:
        if not isinstance(told, dict):
            raise self.bad(f"Expected a Config map but got a {type(told).__name__}")
        with self.at("At Config()"):
            self.version(told)
            self.required(told, "repos")
            with self.at("At key: repos"):
                repos = self.array(told["repos"])
                hooks = [hook for one in repos for hook in self.repo(one, told)]
            self.each_of(told, "default_install_hook_types", TYPES)
            self.stages_of(told, "default_stages")
            self.regex(told, "files")
            self.regex(told, "exclude")
            self.flag(told, "fail_fast")
        extra = [str(key) for key in told if key not in _ROOT_KEYS]
        if extra:
            self.warnings.append(f"Unexpected key(s) present at root: {', '.join(extra)}")
        return Configuration(
            tuple(hooks),
            tuple(told.get("default_install_hook_types", ("pre-commit",))),
            told.get("files", ""),
            told.get("exclude", "^$"),
            told.get("fail_fast", False),
            tuple(self.warnings),
        )

    def repo(self, told: Any, root: dict[str, Any]) -> list[Hook]:
        if not isinstance(told, dict):
            raise self.bad(f"Expected a Repository map but got a {type(told).__name__}")
        with self.at(
            f"At Repository(repo={told['repo']!r})" if "repo" in told else "At Repository(repo=MISSING)"
        ):
            self.required(told, "repo")
            hosted = told["repo"] not in ("local", "meta")
            self.required(told, "hooks")
            with self.at("At key: hooks"):
                hooks = self.array(told["hooks"])
                found = [self.hook(one, str(told["repo"]), root) for one in hooks]
            if hosted:
                self.required(told, "rev")
            elif "rev" in told:
                lead = "Expected rev to be absent when repo is any of ('local', 'meta'), found rev:"
                raise self.bad(f"{lead} {told['rev']!r}")
        self.movable(told, hosted)
        return found

    def movable(self, told: dict[str, Any], hosted: bool) -> None:
        rev = str(told.get("rev", ""))
        if hosted and "." not in rev and not (rev and all(char in "0123456789abcdefABCDEF" for char in rev)):
            self.warnings.append(
                f"The 'rev' field of repo {told['repo']!r} appears to be a mutable reference (moving tag /"
                " branch).  Mutable references are never updated after first install and are not supported."
                "  See https://pre-commit.com/#using-the-latest-version-for-a-repository for more details."
                "  Hint: `pre-commit autoupdate` often fixes this."
            )

    def hook(self, told: Any, repo: str, root: dict[str, Any]) -> Hook:
        if not isinstance(told, dict):
            raise self.bad(f"Expected a Hook map but got a {type(told).__name__}")
        with self.at(f"At Hook(id={told['id']!r})" if "id" in told else "At Hook(id=MISSING)"):
            self.version(told)
            for key in ("id", "name", "entry", "language") if repo == "local" else ("id",):
                self.required(told, key)
                self.word(told, key)
            self.checked(told)
        facts = self.facts(told, repo)
        extra = [str(key) for key in told if key not in _HOOK_KEYS]
        if extra:
            self.warnings.append(f"Unexpected key(s) present on {repo} => {told['id']}: {', '.join(extra)}")
        older = [str(one) for one in told.get("stages", ()) if one in _OLDER_STAGES]
        if older:
            self.warnings.append(
                f"hook id `{told['id']}` uses deprecated stage names ({', '.join(older)}) which will be"
                " removed in a future version.  run: `pre-commit migrate-config` to automatically fix this."
            )
        stages = facts.get("stages") or root.get("default_stages") or STAGES
        return Hook(
            id=told["id"],
            name=str(facts.get("name", told["id"])),
            entry=str(facts.get("entry", told["id"])),
            language=_OLDER_LANGUAGES.get(facts.get("language", ""), facts.get("language", "unsupported")),
            repo=repo,
            alias=facts.get("alias", ""),
            args=tuple(facts.get("args", ())),
            files=facts.get("files", ""),
            exclude=facts.get("exclude", "^$"),
            types=tuple(facts.get("types", ("file",))),
            types_or=tuple(facts.get("types_or", ())),
            exclude_types=tuple(facts.get("exclude_types", ())),
            stages=tuple(_OLDER_STAGES.get(one, one) for one in stages),
            pass_filenames=facts.get("pass_filenames", True),
            always_run=facts.get("always_run", False),
            fail_fast=facts.get("fail_fast", False),
            verbose=facts.get("verbose", False),
            require_serial=facts.get("require_serial", False),
        )

    def facts(self, told: dict[str, Any], repo: str) -> dict[str, Any]:
        known: dict[str, Any] = {}
        if repo == "meta":
            if told["id"] not in _META:
                with self.at(f"At Hook(id={told['id']!r})", "At key: id"):
                    raise self.bad(f"Expected one of {', '.join(sorted(_META))} but got: {told['id']!r}")
            known = dict(_META[told["id"]])
        elif repo != "local":
            known = dict(KNOWN.get(told["id"], {}))
            if not known:
                raise SimError(
                    f"simulator: the hook `{told['id']}` of {repo} is not simulated; nothing was done", 2
                )
        return known | told

    def checked(self, told: dict[str, Any]) -> None:
        self.word(told, "language")
        if "language" in told:
            self.one_of(
                told, "language", _OLDER_LANGUAGES.get(told["language"], told["language"]), _LANGUAGES
            )
        for key in ("name", "entry", "alias", "description", "language_version", "log_file"):
            self.word(told, key)
        for key in ("files", "exclude"):
            self.regex(told, key)
        for key in ("types", "types_or", "exclude_types"):
            self.tags(told, key)
        for key in ("additional_dependencies", "args"):
            self.each(told, key, self.text)
        for key in ("always_run", "fail_fast", "pass_filenames", "require_serial", "verbose"):
            self.flag(told, key)
        self.stages_of(told, "stages")

    # --- single values --------------------------------------------------------------

    def required(self, told: dict[str, Any], key: str) -> None:
        if key not in told:
            raise self.bad(f"Missing required key: {key}")

    def array(self, told: Any) -> list[Any]:
        if not isinstance(told, list):
            raise self.bad(f"Expected array but got {type(told).__name__!r}")
        return told

    def text(self, value: Any) -> None:
        if not isinstance(value, str):
            raise self.bad(f"Expected string got {type(value).__name__}")

    def word(self, told: dict[str, Any], key: str) -> None:
        if key in told:
            with self.at(f"At key: {key}"):
                self.text(told[key])

    def flag(self, told: dict[str, Any], key: str) -> None:
        if key in told and not isinstance(told[key], bool):
            with self.at(f"At key: {key}"):
                raise self.bad(f"Expected bool got {type(told[key]).__name__}")

    def regex(self, told: dict[str, Any], key: str) -> None:
        self.word(told, key)
        if key in told:
            try:
                expressions.compiled(told[key])
            except expressions.BadExpression:
                with self.at(f"At key: {key}"):
                    raise self.bad(f"{told[key]!r} is not a valid python regex") from None

    def each(self, told: dict[str, Any], key: str, check: Callable[[Any], None]) -> None:
        if key in told:
            with self.at(f"At key: {key}"):
                for place, one in enumerate(self.array(told[key])):
                    with self.at(f"At index {place}"):
                        check(one)

    def one_of(self, told: dict[str, Any], key: str, value: Any, allowed: tuple[str, ...]) -> None:
        if value not in allowed:
            with self.at(f"At key: {key}"):
                raise self.bad(f"Expected one of {', '.join(sorted(allowed))} but got: {told[key]!r}")

    def each_of(self, told: dict[str, Any], key: str, allowed: tuple[str, ...]) -> None:
        def check(one: Any) -> None:
            if one not in allowed:
                raise self.bad(f"Expected one of {', '.join(sorted(allowed))} but got: {one!r}")

        self.each(told, key, check)

    def stages_of(self, told: dict[str, Any], key: str) -> None:
        self.each_of(
            {key: [_OLDER_STAGES.get(one, one) if isinstance(one, str) else one for one in told[key]]}
            if isinstance(told.get(key), list)
            else told,
            key,
            STAGES,
        )

    def tags(self, told: dict[str, Any], key: str) -> None:
        def check(one: Any) -> None:
            if not isinstance(one, str) or one not in TAGS:
                raise self.bad(f"Type tag {one!r} is not recognized.  Try upgrading identify and pre-commit?")

        self.each(told, key, check)

    def version(self, told: dict[str, Any]) -> None:
        wanted = str(told.get("minimum_pre_commit_version", "0"))
        if _numbers(wanted) > _numbers(VERSION):
            with self.at("At key: minimum_pre_commit_version"):
                raise self.bad(
                    f"pre-commit version {wanted} is required but version {VERSION} is installed.  "
                    "Perhaps run `pip install --upgrade pre-commit`."
                )


def _numbers(version: str) -> list[int]:
    return [int(part[:6]) for part in version.split(".") if part.isdecimal()]


class _Inside:
    """Names a place while something in it is read."""

    def __init__(self, reader: _Reader, place: tuple[str, ...]) -> None:
        self.reader, self.place = reader, place

    def __enter__(self) -> None:
        self.reader.place += self.place

    def __exit__(self, *_: object) -> None:
        del self.reader.place[-len(self.place) :]
