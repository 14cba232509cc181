"""pre-commit run, and what an installed hook does: which hooks look at which files, and what is printed."""

import shlex
from collections.abc import Iterable
from dataclasses import replace

from checkpoint.core.sim import expressions
from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.commands.pre_commit import order
from checkpoint.core.sim.commands.pre_commit.base import Unexpected, configured, ending
from checkpoint.core.sim.commands.pre_commit.configuration import CONFIG, Configuration, Hook
from checkpoint.core.sim.commands.pre_commit.identity import tags_of
from checkpoint.core.sim.commands.pre_commit.unstaged import put_aside
from checkpoint.core.sim.events import GuardrailActed
from checkpoint.core.sim.expressions import Expression
from checkpoint.core.sim.parts.files import File, Link
from checkpoint.core.sim.parts.git.history import ancestors, files_at
from checkpoint.core.sim.parts.git.objects import NONE, Oid
from checkpoint.core.sim.parts.git.repository import GitError
from checkpoint.core.sim.parts.git.revisions import commit_named
from checkpoint.core.sim.parts.git.worktree import conflicts, index_files, standing
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args

WIDTH = 80
NO_FILES = "(no files to check)"
_WITHOUT_FILES = ("post-checkout", "post-commit", "post-merge", "post-rewrite", "pre-rebase")
_MESSAGE = ("commit-msg", "prepare-commit-msg")
_CALLED = "called by git"


def run(process: Process, args: Args) -> int:
    return ending(process, lambda: _run(process, args))


def _run(process: Process, args: Args) -> int:
    git = Git(process)
    git.tree()
    kind, name = args.value("--hook-stage", "pre-commit"), args.value("--config", CONFIG)
    stays = args.has("--all-files") or args.has("--files")
    problem = _problem(git, args, kind, name, stays)
    if problem:
        process.line(f"[ERROR] {problem}")
        return 1
    source = {"MSG_SOURCE": args.value("--prepare-commit-message-source")}
    source["OBJECT_NAME"] = args.value("--commit-object-name")
    _exposed(process, {f"PRE_COMMIT_COMMIT_{name}": value for name, value in source.items()})
    if args.has("--from-ref"):
        refs = {"FROM_REF": args.value("--from-ref"), "TO_REF": args.value("--to-ref")}
        _exposed(process, {f"PRE_COMMIT_{key}": value for key, value in refs.items()})
    return _session(git, args, kind, name, stays)


def _problem(git: Git, args: Args, kind: str, name: str, stays: bool) -> str:
    if not stays and conflicts(git.repo):
        return "Unmerged files.  Resolve before committing."
    if args.has("--from-ref") != args.has("--to-ref"):
        return "Specify both --from-ref and --to-ref."
    path = git.inside(name)
    fact = index_files(git.repo).get(path)
    if not stays and fact and path in standing(git.repo) and standing(git.repo)[path] != fact:
        return f"Your pre-commit configuration is unstaged.\n`git add {name}` to fix this."
    if kind in _MESSAGE and not args.has("--commit-msg-filename"):
        return f"`--commit-msg-filename` is required for `--hook-stage {kind}`"
    return ""


def _exposed(process: Process, facts: dict[str, str]) -> None:
    kept = {name: value for name, value in facts.items() if value}
    process.environment = {**process.environment, **kept, "PRE_COMMIT": "1"}


def _session(git: Git, args: Args, kind: str, name: str, stays: bool) -> int:
    """Everything with the unstaged changes put aside."""
    aside = None if stays else put_aside(git)
    try:
        config = configured(git, name)
        wanted = args.rest[0] if args.rest else ""
        hooks = [one for one in config.hooks if wanted in ("", one.id, one.alias) and kind in one.stages]
        if wanted and not hooks:
            git.process.line(f"No hook with id `{wanted}` in stage `{kind}`")
            return 1
        return _run_hooks(git, config, hooks, _files(git, args, kind), args)
    finally:
        if aside:
            aside.restored()


def _files(git: Git, args: Args, kind: str) -> list[str]:
    if kind in _WITHOUT_FILES:
        return []
    if kind in _MESSAGE:
        return [args.value("--commit-msg-filename")]
    if args.has("--from-ref"):
        return changed_between(git, args.value("--from-ref"), args.value("--to-ref"))
    if args.has("--files"):
        return [git.inside(path) for path in args.values("--files")]
    if args.has("--all-files"):
        return sorted(index_files(git.repo))
    return staged(git)


def staged(git: Git) -> list[str]:
    """What is staged and not deleted."""
    old, new = files_at(git.repo, git.repo.head), index_files(git.repo)
    return sorted(path for path in new if old.get(path) != new[path])


def changed_between(git: Git, old: str, new: str) -> list[str]:
    """What `old...new` changed and didn't delete."""
    try:
        named = [commit_named(git.repo, name) for name in (old, new)]
    except GitError:
        raise Unexpected(_NO_RANGE.format(f"{old}..{new}")) from None
    before = files_at(git.repo, _common(git, named[0], named[1]))
    after = files_at(git.repo, named[1])
    return sorted(path for path in after if before.get(path) != after[path])


_NO_RANGE = (
    "CalledProcessError: command: ('/usr/bin/git', 'diff', '--name-only', '--no-ext-diff', '-z', '{0}')\n"
    "return code: 128\nstdout: (none)\nstderr:\n"
    "    fatal: ambiguous argument '{0}': unknown revision or path not in the working tree.\n"
    "    Use '--' to separate paths from revisions, like this:\n"
    "    'git <command> [<revision>...] -- [<file>...]'"
)


def _common(git: Git, one: Oid, other: Oid) -> Oid:
    there = set(ancestors(git.repo, [one]))
    return next((oid for oid in ancestors(git.repo, [other]) if oid in there), one)


# --- what git calls ---------------------------------------------------------------------


def hooked(process: Process, config: str, kind: str, skips: bool, rest: list[str], stdin: str) -> int:
    """Run the hooks of a kind as git asked for them, with the words and the input that git gave."""
    return ending(process, lambda: _hooked(process, config, kind, skips, rest, stdin))


def _hooked(process: Process, config: str, kind: str, skips: bool, rest: list[str], stdin: str) -> int:
    git = Git(process)
    legacy = f"{git.repo.folder}/hooks/{kind}.legacy"
    code = process.spawn(process, (legacy, *rest), stdin) if process.files.is_file(legacy) else 0
    if not process.files.is_file(f"{git.repo.work_tree}/{config}"):
        return _no_configuration(process, config, skips, code)
    args = Args({_CALLED: [""]})
    if kind in _MESSAGE:
        args.options["--commit-msg-filename"] = rest[:1]
        source = {"PRE_COMMIT_COMMIT_MSG_SOURCE": rest[1:2], "PRE_COMMIT_COMMIT_OBJECT_NAME": rest[2:3]}
        _exposed(process, {name: "".join(value) for name, value in source.items()})
    if kind == "pre-push" and not _pushed(git, args, rest, stdin):
        return code
    stays = args.has("--all-files")
    problem = _problem(git, args, kind, config, stays)
    if problem:
        process.line(f"[ERROR] {problem}")
        return 1
    return code or _session(git, args, kind, config, stays)


def _no_configuration(process: Process, config: str, skips: bool, code: int) -> int:
    if skips or process.environment.get("PRE_COMMIT_ALLOW_NO_CONFIG"):
        process.line(f"`{config}` config file not found. Skipping `pre-commit`.")
        return code
    process.line(f"No {config} file was found")
    process.line("- To temporarily silence this, run `PRE_COMMIT_ALLOW_NO_CONFIG=1 git ...`")
    process.line("- To permanently silence this, install pre-commit with the --allow-missing-config option")
    process.line("- To uninstall pre-commit run `pre-commit uninstall`")
    return 1


def _pushed(git: Git, args: Args, rest: list[str], stdin: str) -> bool:
    """Find the range of the first ref that is pushed; False where nothing is."""
    for line in stdin.splitlines():
        local, new, remote, old = (line.rsplit(maxsplit=3) + [""] * 4)[:4]
        if not new or new == NONE:
            continue
        facts = {"LOCAL_BRANCH": local, "REMOTE_BRANCH": remote}
        facts |= {"REMOTE_NAME": "".join(rest[:1]), "REMOTE_URL": "".join(rest[1:2])}
        start = old if old != NONE and git.repo.find(old) is not None else _start(git, new, "".join(rest[:1]))
        if start is None:
            continue
        _exposed(git.process, {f"PRE_COMMIT_{name}": value for name, value in facts.items()})
        if start == "":
            args.options["--all-files"] = [""]
        else:
            args.options |= {"--from-ref": [start], "--to-ref": [new]}
            _exposed(git.process, {"PRE_COMMIT_FROM_REF": start, "PRE_COMMIT_TO_REF": new})
        return True
    return False


def _start(git: Git, new: Oid, remote: str) -> str | None:
    """Before the first commit that the remote hasn't; empty for everything, None for nothing to push."""
    prefix = f"refs/remotes/{remote}/"
    known = [oid for name, oid in git.repo.refs().items() if name.startswith(prefix)]
    there = set(ancestors(git.repo, known))
    own = [oid for oid in ancestors(git.repo, [new]) if oid not in there]
    if not own:
        return None
    parents = git.repo.commit(own[-1]).parents
    return parents[0] if parents else ""


# --- the hooks ----------------------------------------------------------------------------


def _run_hooks(git: Git, config: Configuration, hooks: list[Hook], files: list[str], args: Args) -> int:
    process = git.process
    skipped = {one.strip() for one in process.environment.get("SKIP", "").split(",") if one.strip()}
    environments(git, [one for one in hooks if not {one.id, one.alias} & skipped])
    width = max([WIDTH, *(len(one.name) + 3 + len(NO_FILES) + 1 + len("Skipped") for one in hooks)])
    chosen = [path for path in files if _named(config.files, config.exclude, path) and _there(git, path)]
    for one in hooks if args.has(_CALLED) else ():
        if {one.id, one.alias} & skipped:
            process.happened(GuardrailActed("pre-commit", "git", "bypassed", f"SKIP={one.id}"))
    code = 0
    for one in hooks:
        process.budget.step()
        made = _run_one(git, one, chosen, skipped, width, verbose=args.has("--verbose"))
        code = code or made
        if made and (config.fail_fast or one.fail_fast or args.has("--fail-fast")):
            break
    changed = standing(git.repo) != index_files(git.repo)
    if code and args.has("--show-diff-on-failure") and changed:
        _show_difference(process, args)
    return code


def _show_difference(process: Process, args: Args) -> None:
    if args.has("--all-files"):
        process.line(
            "pre-commit hook(s) made changes.\nIf you are seeing this message in CI, reproduce locally with:"
            " `pre-commit run --all-files`.\nTo run `pre-commit` as part of git workflow, use"
            " `pre-commit install`."
        )
    process.line("All changes made by hooks:")
    process.spawn(process, ("git", "--no-pager", "diff", "--no-ext-diff", "--color=never"), "")


def environments(git: Git, hooks: Iterable[Hook]) -> None:
    """The lines printed the first time that a hosted repository's hooks are run on this machine."""
    process = git.process
    for url in dict.fromkeys(one.repo for one in hooks if one.repo not in ("local", "meta")):
        mark = f"{process.world.shell.home}/.cache/pre-commit/{url.rstrip('/').rpartition('/')[2]}"
        if process.files.get(mark) is None:
            process.line(f"[INFO] Initializing environment for {url}.")
            process.line(f"[INFO] Installing environment for {url}.")
            process.line("[INFO] Once installed this environment will be reused.")
            process.line("[INFO] This may take a few minutes...")
            process.files = process.files.make_folders(mark, time=process.clock)


def _named(files: str, exclude: str, path: str) -> bool:
    if files and not expressions.compiled(files).search(path):
        return False
    return not expressions.compiled(exclude).search(path)


def _there(git: Git, path: str) -> bool:
    return git.process.files.get(f"{git.repo.work_tree}/{path}", follow=False) is not None


def fits(git: Git, one: Hook, path: str) -> bool:
    """Whether a hook looks at a file."""
    node = git.process.files.get(f"{git.repo.work_tree}/{path}", follow=False)
    if isinstance(node, Link):
        tags = frozenset({"symlink"})
    elif isinstance(node, File):
        tags = tags_of(path, node)
    else:
        return False
    either = not one.types_or or bool(tags & set(one.types_or))
    kinds = tags >= set(one.types) and either and not tags & set(one.exclude_types)
    return kinds and _named(one.files, one.exclude, path)


def _dotted(name: str, note: str, result: str, width: int) -> str:
    return name + "." * (width - len(name) - len(note) - len(result) - 1) + note + result


def _run_one(git: Git, one: Hook, files: list[str], skipped: set[str], width: int, *, verbose: bool) -> int:
    process, talks = git.process, verbose or one.verbose
    if {one.id, one.alias} & skipped:
        _printed(process, [_dotted(one.name, "", "Skipped", width), *([f"- hook id: {one.id}"] * talks)])
        return 0
    chosen = [path for path in files if fits(git, one, path)]
    if not chosen and not one.always_run:
        lines = [_dotted(one.name, NO_FILES, "Skipped", width), *([f"- hook id: {one.id}"] * talks)]
        _printed(process, lines)
        return 0
    before = standing(git.repo)
    code, text = _output(git, one, chosen if one.pass_filenames else [])
    modified = standing(git.repo) != before
    lines = [_dotted(one.name, "", "Failed" if code or modified else "Passed", width)]
    if code or modified or talks:
        lines.append(f"- hook id: {one.id}")
        lines += [f"- duration: {_took(one)}"] if talks else []
        lines += [f"- exit code: {code}"] if code else []
        lines += ["- files were modified by this hook"] if modified else []
        lines += ["", text.strip(), ""] if text.strip() else []
    _printed(process, lines)
    return 1 if code or modified else 0


def _took(one: Hook) -> str:
    """About as long as such a program takes."""
    program = _words(one, "")[:1]
    if program == ["terraform"]:
        return "0.2s"
    started = one.language == "pygrep" or one.repo not in ("local", "meta")  # Python has to start
    return "0.06s" if started else "0s"


def _printed(process: Process, lines: list[str]) -> None:
    process.out("\n".join(lines) + "\n")


def _output(git: Git, one: Hook, files: list[str]) -> tuple[int, str]:
    """Exit code and text of a hook's program, run in the top folder."""
    process = git.process
    said, kept = len(process.chunks), process.cwd
    _stand(process, git.repo.work_tree or "/")
    code = _played(git, one, files)
    _stand(process, kept)
    text = "".join(chunk.text for chunk in process.chunks[said:])
    del process.chunks[said:]
    process.budget.output += len(text)
    return code, text


def _stand(process: Process, folder: str) -> None:
    process.world = replace(process.world, shell=replace(process.world.shell, cwd=folder))


def _played(git: Git, one: Hook, files: list[str]) -> int:
    process = git.process
    if one.repo == "meta":
        return _meta(git, one, files)
    if one.language == "fail":
        process.out(f"{one.entry}\n\n" + "".join(path + "\n" for path in files))
        return 1
    if one.language == "pygrep":
        return _pygrep(process, one, files)
    words = _words(one, git.repo.work_tree or "")
    missing = _missing(process, words[0] if words else one.entry)
    if missing:
        process.line(missing)
        return 1
    code = 0
    given = files if one.require_serial else order.shuffled(files)
    for part in [given] if one.require_serial else order.parts(given):
        made = process.spawn(process, (*words, *part), "")
        code = made if abs(made) > abs(code) else code
    return code


def _words(one: Hook, top: str) -> list[str]:
    """An entry cut as a shell cuts words, nothing in it expanded; then its arguments."""
    try:
        words = shlex.split(one.entry)
    except ValueError:
        words = one.entry.split()
    if one.language == "unsupported_script" and words:
        words[0] = f"{top}/{words[0]}"
    return [*words, *one.args]


def _missing(process: Process, name: str) -> str:
    """Why a program can't be run, empty where it can."""
    shown = process.path(name) if name.startswith("./") or "/./" in name else name
    if "/" in name:
        node = process.files.get(process.path(name))
        if not isinstance(node, File):
            return f"Executable `{shown}` {'not found' if node is None else 'is a directory'}"
        return "" if node.mode & 0o100 else f"Executable `{shown}` is not executable"
    said = len(process.chunks)
    found = process.spawn(process, ("type", "-P", name), "") == 0
    del process.chunks[said:]
    return "" if found else f"Executable `{name}` not found"


def _pygrep(process: Process, one: Hook, files: list[str]) -> int:
    """As `pre_commit/languages/pygrep.py` has it: by line or at once, and what is found or what isn't."""
    ignore = "-i" in one.args or "--ignore-case" in one.args
    whole, negate = "--multiline" in one.args, "--negate" in one.args
    expression = expressions.compiled(f"(?ms){one.entry}" if whole else one.entry, ignore_case=ignore)
    code = 0
    for path in order.shuffled(files):
        text = process.read(path)
        found = _found_at_once(expression, text) if whole else _found_by_line(expression, text)
        if negate and not found:
            process.line(path)
        elif not negate:
            for number, line in found:
                process.line(f"{path}:{number}:{line}")
        code |= bool(found) != negate
    return code


def _found_by_line(expression: Expression, text: str) -> list[tuple[int, str]]:
    lines = enumerate(text.splitlines(), start=1)
    return [(number, line) for number, line in lines if expression.search(line)]


def _found_at_once(expression: Expression, text: str) -> list[tuple[int, str]]:
    match = expression.search(text)
    if match is None:
        return []
    above = text[: match.start()].count("\n")
    lines = (match.group() or "").split("\n")
    lines[0] = text.split("\n")[above]
    return [(above + 1, "\n".join(lines))]


def _meta(git: Git, one: Hook, files: list[str]) -> int:
    """The hooks that the framework brings itself."""
    if one.id == "identity":
        git.process.out("".join(path + "\n" for path in order.shuffled(files)))
        return 0
    code = 0
    every = sorted(index_files(git.repo))
    for hook in configured(git, CONFIG, quiet=True).hooks:
        told = _useless(git, hook, every, one.id)
        if told:
            git.process.line(told)
            code = 1
    return code


def _useless(git: Git, hook: Hook, every: list[str], asked: str) -> str:
    """What a meta hook says about another hook, if anything."""
    if asked == "check-hooks-apply":
        idle = hook.repo == "meta" or hook.always_run or hook.language == "fail"
        if not idle and not any(fits(git, hook, path) for path in every):
            return f"{hook.id} does not apply to this repository"
        return ""
    excluded = expressions.compiled(hook.exclude)
    if hook.exclude != "^$" and not any(excluded.search(path) for path in every):
        return f"The exclude pattern {hook.exclude!r} for {hook.id} does not match any files"
    return ""
