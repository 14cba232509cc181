"""git clone, remote, fetch, pull, push, ls-remote: between repositories."""

from dataclasses import dataclass

from checkpoint.core.sim.commands.git import progress
from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.commands.git.branching import follow
from checkpoint.core.sim.commands.git.hooks import bypassed, run_hook
from checkpoint.core.sim.commands.git.joining import merged, refuse_unmerged
from checkpoint.core.sim.commands.git.rebasing import rebased
from checkpoint.core.sim.commands.git.status import state_of
from checkpoint.core.sim.events import GuardrailActed
from checkpoint.core.sim.parts.files import Folder
from checkpoint.core.sim.parts.forge.branches import is_exempt
from checkpoint.core.sim.parts.forge.noticing import told_of_push
from checkpoint.core.sim.parts.git import config, objects
from checkpoint.core.sim.parts.git import repository as repositories
from checkpoint.core.sim.parts.git.events import Pushed
from checkpoint.core.sim.parts.git.history import ancestors, files_at, is_ancestor, reachable
from checkpoint.core.sim.parts.git.hosting import (
    Protection,
    Server,
    Update,
    project_of,
    refusal,
    rule_about,
    shown_url,
)
from checkpoint.core.sim.parts.git.objects import Oid
from checkpoint.core.sim.parts.git.repository import GitError, Repository, found_at
from checkpoint.core.sim.parts.git.revisions import find, full_name, peeled
from checkpoint.core.sim.parts.git.worktree import check_out
from checkpoint.core.sim.parts.secrets.in_commits import leaking
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args

_DENIED = (
    "fatal: Could not read from remote repository.\n\n"
    "Please make sure you have the correct access rights\nand the repository exists."
)


@dataclass(slots=True)
class Remote:
    """The other side: its repository, how it is called, and where it leads."""

    name: str
    url: str
    repo: Repository
    project: str

    @property
    def shown(self) -> str:
        return shown_url(self.url)


def _server(git: Git) -> Server:
    process = git.process

    def change(world: object) -> None:
        process.world = world  # type: ignore[assignment]

    return Server(lambda: process.world, change)


def reached(git: Git, url: str, name: str = "") -> Remote:
    """The repository behind a URL; git's complaint where there is none."""
    for one in git.settings():
        if one.key.startswith("url.") and one.key.endswith(".insteadof") and url.startswith(one.value):
            url = one.key[len("url.") : -len(".insteadof")] + url[len(one.value) :]
    project = project_of(url)
    if project:
        repo = _server(git).repository(project)
        if repo is None:
            if url.startswith("http"):
                raise GitError(f"remote: Repository not found.\nfatal: repository '{url}' not found")
            raise GitError(f"ERROR: Repository not found.\n{_DENIED}")
        return Remote(name, url, repo, project)
    path = git.process.path(url.removeprefix("file://"))
    repo = found_at(git.process, path) if git.process.files.is_folder(path) else None
    if repo is None or not path.startswith((repo.work_tree or repo.folder).rstrip("/")):
        raise GitError(f"fatal: '{url}' does not appear to be a git repository\n{_DENIED}")
    return Remote(name, url, repo, "")


def remote_named(git: Git, name: str) -> Remote:
    """A configured remote, or one given by its URL."""
    url = git.repo.setting(f"remote.{name}.url")
    if url:
        return reached(git, url, name)
    if "/" not in name and ":" not in name:
        raise GitError(f"fatal: '{name}' does not appear to be a git repository\n{_DENIED}")
    return reached(git, name)


def copied(source: Repository, goal: Repository, wanted: list[Oid]) -> int:
    """Bring over what `wanted` needs; the number of new objects."""
    count = 0
    have = goal.names()
    for oid in sorted(reachable(source, [one for one in wanted if one not in have])):
        if oid not in have:
            goal.keep(oid, *source.read(oid))
            count += 1
    return count


def default_branch(remote: Repository) -> str:
    return remote.branch if remote.head else ""


# --- clone --------------------------------------------------------------------


def clone(process: Process, args: Args) -> int:
    git = Git(process)
    if not args.rest:
        raise GitError(
            "fatal: You must specify a repository to clone.\n\n"
            "usage: git clone [<options>] [--] <repo> [<dir>]",
            129,
        )
    url = args.rest[0]
    name = args.rest[1] if len(args.rest) > 1 else url.rstrip("/").rpartition("/")[2].rpartition(":")[2]
    name = name.removesuffix(".git") if len(args.rest) < 2 else name
    bare = args.has("--bare") or args.has("--mirror")
    folder = process.path(name + (".git" if bare and len(args.rest) < 2 else "")).rstrip("/")
    node = process.files.get(folder)
    if node is not None and not (isinstance(node, Folder) and not node.entries):
        raise GitError(f"fatal: destination path '{name}' already exists and is not an empty directory.")
    quiet = args.has("--quiet")
    if not project_of(url) and not process.files.is_folder(process.path(url.removeprefix("file://"))):
        raise GitError(f"fatal: repository '{url}' does not exist")
    if not quiet:
        process.error(f"Cloning into {'bare repository ' if bare else ''}'{name}'...")
    local = "" if project_of(url) else process.path(url)
    remote = reached(git, local or url, args.value("--origin", "origin"))
    remote.url = local or url
    process.files = process.files.make_folders(folder, time=process.clock)
    inner = folder if bare else f"{folder}/.git"
    branch = args.value("--branch") or default_branch(remote.repo) or remote.repo.branch
    made = repositories.made(process, inner, None if bare else folder, branch)
    if args.has("--branch") and not remote.repo.ref(f"refs/heads/{branch}"):
        process.files = process.files.remove(folder)
        raise GitError(f"fatal: Remote branch {branch} not found in upstream origin")
    mirror = args.has("--mirror")
    _filled(Git(process, made), remote, branch, bare=bare, mirror=mirror, quiet=quiet)
    if local and not quiet:
        process.error("done.")
    return 0


_OFFERED = ("refs/heads/", "refs/tags/")
"""What a clone asks for; a forge has more, such as the heads of its pull requests."""


def _filled(git: Git, remote: Remote, branch: str, *, bare: bool, mirror: bool, quiet: bool) -> None:
    repo, name = git.repo, remote.name
    repo.set_setting(f"remote.{name}.url", remote.url)
    if not bare:
        repo.set_setting(f"remote.{name}.fetch", f"+refs/heads/*:refs/remotes/{name}/*")
    there = {ref: oid for ref, oid in remote.repo.refs().items() if mirror or ref.startswith(_OFFERED)}
    wanted = [
        (remote.repo.find(oid) or ("", b""), oid) for oid in sorted(reachable(remote.repo, there.values()))
    ]
    if wanted:
        pack = objects.packed([found for found, _ in wanted if found[0]])
        repo.put(f"objects/pack/pack-{objects.name_of('blob', pack)}.pack", pack, 0o444)
        if git.process.tty and not quiet:
            for line in progress.cloned(progress.counted(remote.repo, {oid for _, oid in wanted})):
                git.error(line)
    else:
        git.error("warning: You appear to have cloned an empty repository.")
    for ref, oid in there.items():
        if ref.startswith("refs/heads/") and not bare:
            repo.put_text(f"refs/remotes/{name}/{ref.removeprefix('refs/heads/')}", oid + "\n")
        elif ref.startswith("refs/tags/") or bare:
            repo.put_text(ref, oid + "\n")
    if bare:
        return
    head = default_branch(remote.repo)
    if head:
        repo.put_text(f"refs/remotes/{name}/HEAD", f"ref: refs/remotes/{name}/{head}\n")
    start = remote.repo.ref(f"refs/heads/{branch}")
    repo.set_setting(f"branch.{branch}.remote", name)
    repo.set_setting(f"branch.{branch}.merge", f"refs/heads/{branch}")
    if start:
        repo.set_ref(f"refs/heads/{branch}", start, git.me(), f"clone: from {remote.shown}")
        check_out(repo, files_at(repo, start))


# --- remote -------------------------------------------------------------------


def remote(process: Process, args: Args) -> int:
    git = Git(process)
    repo = git.repo
    rest = list(args.rest)
    word = rest.pop(0) if rest else ""
    if not word:
        for name in repo.remotes():
            if args.has("--verbose"):
                url = repo.setting(f"remote.{name}.url")
                git.line(f"{name}\t{url} (fetch)")
                git.line(f"{name}\t{repo.setting(f'remote.{name}.pushurl') or url} (push)")
            else:
                git.line(name)
        return 0
    acts = {
        "add": _remote_added,
        "remove": _remote_removed,
        "rm": _remote_removed,
        "rename": _remote_renamed,
        "set-url": _remote_moved,
        "get-url": _remote_url,
        "show": _remote_shown,
        "prune": _remote_pruned,
        "set-head": _remote_head,
        "update": _remote_updated,
    }
    if word not in acts:
        raise GitError(f"error: unknown subcommand: `{word}'\nusage: git remote [-v | --verbose]", 129)
    if word == "show" and not rest:
        return remote(process, Args(args.options))
    return acts[word](git, args, rest)


def _known(git: Git, name: str, colon: str = ":") -> None:
    if name not in git.repo.remotes():
        raise GitError(f"error: No such remote{colon} '{name}'", 2)


def _remote_added(git: Git, args: Args, rest: list[str]) -> int:
    if len(rest) != 2:
        raise GitError("usage: git remote add [<options>] <name> <url>", 129)
    name, url = rest
    if name in git.repo.remotes():
        raise GitError(f"error: remote {name} already exists.", 3)
    git.repo.set_setting(f"remote.{name}.url", url)
    git.repo.set_setting(f"remote.{name}.fetch", f"+refs/heads/*:refs/remotes/{name}/*")
    return 0


def _remote_removed(git: Git, args: Args, rest: list[str]) -> int:
    if not rest:
        raise GitError("usage: git remote remove <name>", 129)
    _known(git, rest[0])
    repo = git.repo
    text = config.without_section(repo.text("config"), f"remote.{rest[0]}")
    for name in {
        one.key.split(".", 1)[1].rpartition(".")[0]
        for one in repo.settings()
        if one.key.startswith("branch.")
    }:
        if repo.setting(f"branch.{name}.remote") == rest[0]:
            text = config.without_section(text, f"branch.{name}")
    repo.put_text("config", text)
    repo.drop(f"refs/remotes/{rest[0]}")
    return 0


def _remote_renamed(git: Git, args: Args, rest: list[str]) -> int:
    if len(rest) != 2:
        raise GitError("usage: git remote rename [--[no-]progress] <old> <new>", 129)
    _known(git, rest[0])
    old, new = rest
    repo = git.repo
    text = repo.text("config").replace(f'[remote "{old}"]', f'[remote "{new}"]')
    text = text.replace(f"refs/remotes/{old}/", f"refs/remotes/{new}/").replace(
        f"remote = {old}\n", f"remote = {new}\n"
    )
    repo.put_text("config", text)
    for ref, oid in repo.refs(f"refs/remotes/{old}/").items():
        goal = repo.symbolic(ref)
        made = ref.replace(f"/{old}/", f"/{new}/", 1)
        repo.put_text(made, f"ref: {goal.replace(f'/{old}/', f'/{new}/', 1)}\n" if goal else oid + "\n")
    repo.drop(f"refs/remotes/{old}")
    return 0


def _remote_moved(git: Git, args: Args, rest: list[str]) -> int:
    if len(rest) < 2:
        raise GitError("usage: git remote set-url [--push] <name> <newurl> [<oldurl>]", 129)
    _known(git, rest[0], "")
    git.repo.set_setting(f"remote.{rest[0]}.{'pushurl' if args.has('--push') else 'url'}", rest[1])
    return 0


def _remote_url(git: Git, args: Args, rest: list[str]) -> int:
    _known(git, rest[0] if rest else "", "")
    git.line(git.repo.setting(f"remote.{rest[0]}.url"))
    return 0


def _remote_head(git: Git, args: Args, rest: list[str]) -> int:
    """`git remote set-head origin -a`: the branch that `origin` alone stands for."""
    name = rest[0] if rest else ""
    if args.has("--delete"):
        git.repo.delete_ref(f"refs/remotes/{name}/HEAD")
        return 0
    branch = default_branch(remote_named(git, name).repo) if args.has("--auto") else (rest[1:] or [""])[0]
    if not git.repo.ref(f"refs/remotes/{name}/{branch}"):
        raise GitError(f"error: Not a valid ref: refs/remotes/{name}/{branch}", 1)
    git.repo.put_text(f"refs/remotes/{name}/HEAD", f"ref: refs/remotes/{name}/{branch}\n")
    if args.has("--auto"):
        git.line(f"{name}/HEAD set to {branch}")
    return 0


def _remote_updated(git: Git, args: Args, rest: list[str]) -> int:
    for name in rest or git.repo.remotes():
        fetched(git, remote_named(git, name), [], args)
    return 0


def _remote_pruned(git: Git, args: Args, rest: list[str]) -> int:
    other = remote_named(git, rest[0] if rest else "origin")
    for ref in _gone(git, other):
        git.repo.delete_ref(ref)
        git.line(f" * [pruned] {ref.removeprefix('refs/remotes/')}")
    return 0


def _remote_shown(git: Git, args: Args, rest: list[str]) -> int:
    name = rest[0] if rest else "origin"
    other = remote_named(git, name)
    repo, there = git.repo, other.repo
    lines = [f"* remote {name}", f"  Fetch URL: {other.url}", f"  Push  URL: {other.url}"]
    lines.append(f"  HEAD branch: {default_branch(there) or '(unknown)'}")
    names = [ref.removeprefix("refs/heads/") for ref in there.refs("refs/heads/")]
    stale = [ref.removeprefix("refs/remotes/") for ref in _gone(git, other)]
    rows = [
        (
            one,
            "tracked"
            if repo.ref(f"refs/remotes/{name}/{one}")
            else "new (next fetch will store in remotes/" + name + ")",
        )
        for one in names
    ]
    rows += [(f"refs/remotes/{one}", "stale (use 'git remote prune' to remove)") for one in stale]
    if rows:
        width = max(len(one) for one, _ in rows)
        lines.append(f"  Remote branch{'es' if len(rows) > 1 else ''}:")
        lines += [f"    {one:<{width}} {told}" for one, told in sorted(rows)]
    local = [
        (branch, repo.setting(f"branch.{branch}.merge").removeprefix("refs/heads/"))
        for branch in sorted(_followers(repo, name))
    ]
    if local:
        width = max(len(one) for one, _ in local)
        lines.append(f"  Local branch{'es' if len(local) > 1 else ''} configured for 'git pull':")
        lines += [f"    {one:<{width}} merges with remote {goal}" for one, goal in local]
    pushed = [one for one in names if repo.ref(f"refs/heads/{one}")]
    if pushed:
        width = max(map(len, pushed))
        lines.append(f"  Local ref{'s' if len(pushed) > 1 else ''} configured for 'git push':")
        lines += [
            f"    {one:<{width}} pushes to {one:<{width}} ({_stand(git, other, one)})" for one in pushed
        ]
    git.process.out("\n".join(lines) + "\n")
    return 0


def _followers(repo: Repository, name: str) -> list[str]:
    branches = {
        one.key.split(".", 1)[1].rpartition(".")[0]
        for one in repo.settings()
        if one.key.startswith("branch.")
    }
    return [branch for branch in branches if repo.setting(f"branch.{branch}.remote") == name]


def _stand(git: Git, other: Remote, branch: str) -> str:
    mine, theirs = git.repo.ref(f"refs/heads/{branch}"), other.repo.ref(f"refs/heads/{branch}")
    if mine == theirs:
        return "up to date"
    if theirs and mine and git.repo.find(theirs) and is_ancestor(git.repo, theirs, mine):
        return "fast-forwardable"
    return "local out of date"


# --- fetch --------------------------------------------------------------------


def fetch(process: Process, args: Args) -> int:
    git = Git(process)
    names = git.repo.remotes() if args.has("--all") else args.rest[:1]
    name = git.repo.setting(f"branch.{git.repo.branch}.remote") or default_remote(git.repo)
    if not names and not git.repo.remotes():
        return 0
    for one in names or [name]:
        fetched(git, remote_named(git, one), args.rest[1:], args)
    return 0


def fetched(git: Git, other: Remote, wanted: list[str], args: Args) -> list[Oid]:
    """Bring the other side's branches over; what `FETCH_HEAD` names, the branch to merge first."""
    repo, there = git.repo, other.repo
    rows: list[str] = []
    if args.has("--prune") and other.name and not wanted:
        for ref in _gone(git, other):
            repo.delete_ref(ref)
            rows.append(_row("-", "[deleted]", "(none)", ref.removeprefix("refs/remotes/")))
    branches = {ref.removeprefix("refs/heads/"): oid for ref, oid in there.refs("refs/heads/").items()}
    specs = [one.partition(":") for one in wanted]
    named = [(source.removeprefix("+") or "HEAD", goal) for source, _, goal in specs]
    for source, _ in named:
        if _there(there, source) is None:
            raise GitError(f"fatal: couldn't find remote ref {source}")
    tips = list(branches.values()) if not wanted else [_there(there, s) or "" for s, _ in named]
    if git.process.tty and not args.has("--quiet"):
        new = reachable(there, tips) - repo.names()
        for line in progress.fetched(progress.counted(there, new)) if new else ():
            git.error(line)
    copied(there, repo, tips)
    for source, goal in named:
        oid = _there(there, source) or ""
        kind = "tag" if there.ref(f"refs/tags/{source}") else "branch"
        if there.ref(f"refs/{source}"):
            source = f"refs/{source}"
        if goal:
            rows += _stored(git, source, goal, oid, kind)
        else:
            rows.append(_row("*", kind, source, "FETCH_HEAD"))
    chosen = [source for source, _ in named if source in branches] if wanted else list(branches)
    verbose = args.has("--verbose")
    rows += [
        row
        for branch in chosen
        if other.name
        for row in _tracked(git, other, branch, branches[branch], verbose=verbose)
    ]
    if not wanted or args.has("--tags"):
        rows += _tags(git, there, every=args.has("--tags"))
    if rows and not args.has("--quiet"):
        git.error(f"From {other.shown.removesuffix('.git')}")
        for row in rows:
            git.error(row)
    merge = repo.setting(f"branch.{repo.branch}.merge").removeprefix("refs/heads/")
    found = [_there(there, source) or "" for source, _ in named] or (
        [branches[merge]] if merge in branches else []
    )
    repo.put_text("FETCH_HEAD", "".join(f"{oid}\t\tbranch of {other.shown}\n" for oid in found))
    return found


def _there(there: Repository, source: str) -> Oid | None:
    if source == "HEAD":
        return there.head
    if len(source) == _NAME and there.find(source) is not None:
        return source  # a forge gives out any commit by its name, whether or not anything leads to it
    places = (source, f"refs/{source}", f"refs/tags/{source}", f"refs/heads/{source}")
    return next((oid for oid in map(there.ref, places) if oid), None)


_NAME = 40
"""Letters of a whole object name."""


def _gone(git: Git, other: Remote) -> list[str]:
    prefix = f"refs/remotes/{other.name}/"
    there = {ref.removeprefix("refs/heads/") for ref in other.repo.refs("refs/heads/")}
    return [
        ref
        for ref in git.repo.refs(prefix)
        if ref.removeprefix(prefix) not in there and not git.repo.symbolic(ref)
    ]


def _stored(git: Git, source: str, goal: str, oid: Oid, kind: str) -> list[str]:
    """A fetch into a branch of one's own, `git fetch origin main:copy`."""
    repo = git.repo
    ref = full_name(repo, goal) or (goal if goal.startswith("refs/") else f"refs/heads/{goal}")
    old = repo.ref(ref)
    if old == oid:
        return []
    repo.set_ref(ref, oid, git.me(), "fetch: storing head")
    kind = "ref" if source.startswith("refs/pull/") else kind
    told = f"[new {kind}]" if old is None else f"{git.short(old)}..{git.short(oid)}"
    return [_row("*" if old is None else " ", told, source, goal)]


def _tracked(git: Git, other: Remote, branch: str, oid: Oid, *, verbose: bool = False) -> list[str]:
    repo = git.repo
    ref = f"refs/remotes/{other.name}/{branch}"
    old = repo.ref(ref)
    short = f"{other.name}/{branch}"
    if old == oid:
        return [_row("=", "[up to date]", branch, short)] if verbose else []
    repo.set_ref(ref, oid, git.me(), "fetch")
    if old is None:
        return [_row("*", "[new branch]", branch, short)]
    if is_ancestor(repo, old, oid):
        return [_row(" ", f"{git.short(old)}..{git.short(oid)}", branch, short)]
    return [_row("+", f"{git.short(old)}...{git.short(oid)}", branch, short) + "  (forced update)"]


def _tags(git: Git, there: Repository, *, every: bool) -> list[str]:
    """Tags that point into what is here now."""
    rows = []
    have = git.repo.names()
    for ref, oid in there.refs("refs/tags/").items():
        found = there.read(oid)
        goal = objects.tag_of(found[1]).target if found[0] == "tag" else oid
        if git.repo.ref(ref) or not (every or goal in have):
            continue
        copied(there, git.repo, [oid])
        git.repo.set_ref(ref, oid)
        name = ref.removeprefix("refs/tags/")
        rows.append(_row("*", "[new tag]", name, name))
    return rows


def _row(mark: str, what: str, source: str, goal: str) -> str:
    return f" {mark} {what:<17} {source:<10} -> {goal}"


# --- pull ---------------------------------------------------------------------


def default_remote(repo: Repository) -> str:
    """Where git goes when nobody says: to the only remote, or to origin."""
    remotes = repo.remotes()
    return remotes[0] if len(remotes) == 1 else "origin"


def pull(process: Process, args: Args) -> int:
    git = Git(process)
    repo = git.tree()
    if repo.has_file("MERGE_HEAD") and not args.rest:
        refuse_unmerged(git, "Pulling")
        raise GitError(
            "error: You have not concluded your merge (MERGE_HEAD exists).\n"
            "hint: Please, commit your changes before merging.\nfatal: Exiting because of unfinished merge."
        )
    refuse_unmerged(git, "Pulling")
    rebase = _rebasing(git, args)
    if rebase:
        _clean_for_rebase(git)
    name = args.rest[0] if args.rest else repo.setting(f"branch.{repo.branch}.remote")
    if not name and not repo.remotes():
        return _nothing_to_pull(git, "<remote>")
    name = name or default_remote(repo)
    try:
        found = fetched(git, remote_named(git, name), args.rest[1:], args)
    except GitError as error:  # pull ends with 1 where its fetch ends with 128
        raise GitError(error.message, 1) from None
    if not found:
        return _nothing_to_pull(git, name)
    head = repo.head
    goal = found[0]
    apart = head and not is_ancestor(repo, head, goal) and not is_ancestor(repo, goal, head)
    decided = any(args.has(key) for key in ("--no-rebase", "--ff-only", "--no-ff")) or _configured(git)
    if apart and not rebase and not decided:
        _diverged(git)
        return 128
    if rebase and head:
        if is_ancestor(repo, goal, head):
            up = "Already up to date." if goal == head else f"Current branch {repo.branch} is up to date."
            git.line(up)
            return 0
        if is_ancestor(repo, head, goal):
            return merged(git, goal, goal, args, logged="pull --rebase: Fast-forward")
        return rebased(git, goal, goal, goal)
    options = dict(args.options)
    if args.has("--ff-only") or git.setting("pull.ff") == "only":
        options["--ff-only"] = [""]
    label = _pulled_name(git, name, args)
    if apart and "--ff-only" in options:
        raise GitError("fatal: Not possible to fast-forward, aborting.")
    message = _pulled_message(git, name, label)
    return merged(git, goal, goal, Args(options, [goal]), logged="pull: Fast-forward", message=message)


def _pulled_name(git: Git, name: str, args: Args) -> str:
    branch = args.rest[1] if len(args.rest) > 1 else git.repo.setting(f"branch.{git.repo.branch}.merge")
    return branch.removeprefix("refs/heads/")


def _pulled_message(git: Git, name: str, branch: str) -> str:
    """The message of the merge that a pull makes."""
    url = shown_url(git.repo.setting(f"remote.{name}.url") or name).removesuffix(".git")
    into = git.repo.branch
    return f"Merge branch '{branch}' of {url}" + ("" if into in ("main", "master") else f" into {into}")


def _rebasing(git: Git, args: Args) -> bool:
    if args.has("--no-rebase"):
        return False
    if args.has("--rebase"):
        return args.value("--rebase") not in ("false", "no")
    return git.setting("pull.rebase") in ("true", "yes", "merges", "interactive")


def _configured(git: Git) -> bool:
    return bool(git.setting("pull.rebase") or git.setting("pull.ff"))


def _clean_for_rebase(git: Git) -> None:
    state = state_of(git)
    lines = []
    if state.unstaged:
        lines.append("error: cannot pull with rebase: You have unstaged changes.")
    if state.staged:
        lead = "additionally, your" if state.unstaged else "cannot pull with rebase: Your"
        lines.append(f"error: {lead} index contains uncommitted changes.")
    if lines:
        raise GitError("\n".join([*lines, "error: Please commit or stash them."]))


def _diverged(git: Git) -> None:
    for line in (
        "You have divergent branches and need to specify how to reconcile them.",
        "You can do so by running one of the following commands sometime before",
        "your next pull:",
        "",
        "  git config pull.rebase false  # merge",
        "  git config pull.rebase true   # rebase",
        "  git config pull.ff only       # fast-forward only",
        "",
        'You can replace "git config" with "git config --global" to set a default',
        "preference for all repositories. You can also pass --rebase, --no-rebase,",
        "or --ff-only on the command line to override the configured default per",
        "invocation.",
    ):
        git.error(f"hint: {line}")
    git.error("fatal: Need to specify how to reconcile divergent branches.")


def _nothing_to_pull(git: Git, name: str) -> int:
    repo = git.repo
    if not repo.head_ref:
        git.error("You are not currently on a branch.\nPlease specify which branch you want to merge with.")
        git.error("See git-pull(1) for details.\n\n    git pull <remote> <branch>\n")
        return 1
    merge = repo.setting(f"branch.{repo.branch}.merge").removeprefix("refs/heads/")
    if merge:
        git.error(f"Your configuration specifies to merge with the ref 'refs/heads/{merge}'")
        git.error("from the remote, but no such ref was fetched.")
        return 1
    git.error("There is no tracking information for the current branch.")
    git.error("Please specify which branch you want to merge with.")
    git.error("See git-pull(1) for details.\n\n    git pull <remote> <branch>\n")
    git.error("If you wish to set tracking information for this branch you can do so with:\n")
    git.error(f"    git branch --set-upstream-to={name}/<branch> {repo.branch}\n")
    return 1


# --- push ---------------------------------------------------------------------


@dataclass(slots=True)
class _Spec:
    """One ref to push. `source` is empty for a deletion."""

    source: str
    goal: str
    forced: bool
    oid: Oid | None = None
    result: str = ""
    summary: str = ""
    reason: str = ""


def push(process: Process, args: Args) -> int:
    git = Git(process)
    repo = git.repo
    name = args.rest[0] if args.rest else repo.setting(f"branch.{repo.branch}.remote") or default_remote(repo)
    if not args.rest and not repo.remotes():
        raise GitError(
            "fatal: No configured push destination.\n"
            "Either specify the URL from the command-line or configure a remote repository using\n\n"
            "    git remote add <name> <url>\n\nand then push using the remote name\n\n    git push <name>\n"
        )
    specs = _specs(git, args, name)
    other = remote_named(git, name)
    for spec in specs:
        if spec.source:
            spec.oid = find(repo, spec.source)
            if spec.oid is None:
                git.error(f"error: src refspec {spec.source} does not match any")
                git.error(f"error: failed to push some refs to '{other.shown}'")
                return 1
    if args.has("--no-verify"):
        bypassed(git, "pre-push")
    elif _hook_refuses(git, other, specs):
        git.error(f"error: failed to push some refs to '{other.shown}'")
        return 1
    return _sent(git, args, other, specs)


def _specs(git: Git, args: Args, name: str) -> list[_Spec]:
    repo = git.repo
    forced = args.has("--force") or args.has("--force-with-lease")
    found: list[_Spec] = []
    if args.has("--all") or args.has("--mirror"):
        found += [_Spec(ref, ref, forced or args.has("--mirror")) for ref in repo.refs("refs/heads/")]
    if args.has("--tags") or args.has("--mirror"):
        found += [_Spec(ref, ref, forced) for ref in repo.refs("refs/tags/")]
    for text in args.rest[1:]:
        source, colon, goal = text.removeprefix("+").partition(":")
        if args.has("--delete"):
            source, colon, goal = "", ":", source
        if colon and not source:
            found.append(_Spec("", _full_goal(repo, goal, ""), forced))
            continue
        full = full_name(repo, source)
        if source in ("HEAD", "@") and not colon and repo.head_ref:
            full = goal = repo.head_ref
        found.append(
            _Spec(source, _full_goal(repo, goal or full or source, full), forced or text.startswith("+"))
        )
    if found or args.has("--tags") or len(args.rest) > 1:
        return found
    return [_current(git, args, name, forced)]


def _full_goal(repo: Repository, goal: str, source: str) -> str:
    if goal.startswith("refs/"):
        return goal
    if source.startswith("refs/tags/") or (not source and repo.ref(f"refs/tags/{goal}")):
        return f"refs/tags/{goal}"
    return f"refs/heads/{goal}"


def _current(git: Git, args: Args, name: str, forced: bool) -> _Spec:
    repo = git.repo
    if not repo.head_ref:
        raise GitError(
            "fatal: You are not currently on a branch.\n"
            "To push the history leading to the current (detached HEAD)\nstate now, use\n\n"
            f"    git push {name} HEAD:<name-of-remote-branch>\n"
        )
    branch = repo.branch
    merge = repo.setting(f"branch.{branch}.merge")
    mine = repo.setting(f"branch.{branch}.remote") or (repo.remotes()[:1] or ["origin"])[0]
    if args.has("--set-upstream") or git.setting("push.autoSetupRemote") == "true" or name != mine:
        return _Spec(branch, f"refs/heads/{branch}", forced)
    if not merge:
        raise GitError(
            f"fatal: The current branch {branch} has no upstream branch.\n"
            "To push the current branch and set the remote as upstream, use\n\n"
            f"    git push --set-upstream {name} {branch}\n\n"
            "To have this happen automatically for branches without a tracking\n"
            "upstream, see 'push.autoSetupRemote' in 'git help config'.\n"
        )
    if merge != f"refs/heads/{branch}" and git.setting("push.default") not in ("upstream", "current"):
        short = merge.removeprefix("refs/heads/")
        raise GitError(
            "fatal: The upstream branch of your current branch does not match\n"
            "the name of your current branch.  To push to the upstream branch\non the remote, use\n\n"
            f"    git push {name} HEAD:{short}\n\n"
            "To push to the branch of the same name on the remote, use\n\n"
            f"    git push {name} HEAD\n\n"
            "To choose either option permanently, see push.default in 'git help config'.\n\n"
            "To avoid automatically configuring an upstream branch when its name\n"
            "won't match the local branch, see option 'simple' of branch.autoSetupMerge\n"
            "in 'git help config'.\n"
        )
    return _Spec(branch, merge, forced)


def _hook_refuses(git: Git, other: Remote, specs: list[_Spec]) -> bool:
    lines = ""
    for spec in specs:
        there = other.repo.ref(spec.goal) or objects.NONE
        source = full_name(git.repo, spec.source) if spec.source else "(delete)"
        lines += f"{source or spec.source} {spec.oid or objects.NONE} {spec.goal} {there}\n"
    return bool(run_hook(git, "pre-push", other.name or other.url, other.url, stdin=lines))


def _sent(git: Git, args: Args, other: Remote, specs: list[_Spec]) -> int:
    refused: list[Protection] = []
    for spec in specs:
        _judged(git, args, other, spec)
    remote_lines: list[str] = []
    for spec in specs:
        if spec.result == "ok":
            world, update = git.process.world, _update(other, spec)
            rule = refusal(world, other.project, update, world.shell.user)
            rule = None if is_exempt(world, other.project) else rule
            around = rule_about(world, other.project, update) if rule is None else None
            if around:
                remote_lines += _bypass_told(spec, around)
                git.process.happened(GuardrailActed(around.guardrail, "git", "bypassed", spec.goal))
            if rule:
                refused.append(rule)
                remote_lines += _refusal_told(other, spec, rule)
                spec.result, spec.reason = "remote rejected", _declined(rule)
                git.process.happened(GuardrailActed(rule.guardrail, "git", "caught", spec.goal))
        if spec.goal.startswith("refs/pull/") and other.project:
            spec.result, spec.reason = "remote rejected", "deny updating a hidden ref"
    for spec in specs:
        taken = _in_its_place(other, spec) if spec.result == "ok" and spec.source else ""
        if taken:
            spec.result, spec.reason = "remote rejected", "failed to update ref"
            told = f"cannot lock ref '{spec.goal}': '{taken}' exists; cannot create '{spec.goal}'"
            remote_lines.append(f"error: {told}")
    for spec in specs:
        if spec.result == "ok" and not other.repo.bare and other.repo.head_ref == spec.goal:
            spec.result, spec.reason = "remote rejected", "branch is currently checked out"
            remote_lines += [
                f"error: refusing to update checked out branch: {spec.goal}",
                *_CHECKED_OUT.splitlines(),
            ]
    moving = [spec for spec in specs if spec.result == "ok"]
    happened = [_event(git, other, spec) for spec in specs]
    if moving and git.process.tty and not args.has("--quiet"):
        _progress(git, other, moving)
    for spec in moving:
        if not args.has("--dry-run"):
            _moved(git, other, spec)
    for line in remote_lines:
        git.error(f"remote: {line}        ")
    _told(git, args, other, specs)
    failed = any(spec.result in ("rejected", "remote rejected") for spec in specs)
    for event in happened:
        git.process.happened(event)
    if moving and not args.has("--dry-run"):
        git.process.world, came_of_it = told_of_push(git.process.world, other.project)
        for one in came_of_it:
            git.process.happened(one)
    if failed:
        git.error(f"error: failed to push some refs to '{other.shown}'")
        _hints(git, specs)
        return 1
    if args.has("--set-upstream") or git.setting("push.autoSetupRemote") == "true":
        for spec in specs:
            if spec.source and spec.goal.startswith("refs/heads/"):
                source = spec.source if spec.source not in ("HEAD", "@") else git.repo.branch
                branch = full_name(git.repo, source).removeprefix("refs/heads/")
                goal = f"{other.name}/{spec.goal.removeprefix('refs/heads/')}"
                follow(git, branch or source, goal, quiet=args.has("--quiet"))
    return 0


_CHECKED_OUT = """\
error: By default, updating the current branch in a non-bare repository
is denied, because it will make the index and work tree inconsistent
with what you pushed, and will require 'git reset --hard' to match
the work tree to HEAD.

You can set the 'receive.denyCurrentBranch' configuration variable
to 'ignore' or 'warn' in the remote repository to allow pushing into
its current branch; however, this is not recommended unless you
arranged to update its work tree to match what you pushed in some
other way.

To squelch this message and still keep the default behaviour, set
'receive.denyCurrentBranch' configuration variable to 'refuse'.\
"""


def _in_its_place(other: Remote, spec: _Spec) -> str:
    """A ref that keeps another from being made: a branch can't be a folder of branches too."""
    return next(
        (
            ref
            for ref in other.repo.refs()
            if ref.startswith(spec.goal + "/") or spec.goal.startswith(ref + "/")
        ),
        "",
    )


def _update(other: Remote, spec: _Spec) -> Update:
    return Update(spec.goal, other.repo.ref(spec.goal), spec.oid, spec.forced)


def _judged(git: Git, args: Args, other: Remote, spec: _Spec) -> None:
    """Whether a ref may move, before the server is asked."""
    repo = git.repo
    old = other.repo.ref(spec.goal)
    if not spec.source:
        if old is None:
            name = spec.goal.removeprefix("refs/heads/")
            raise GitError(
                f"error: unable to delete '{name}': remote ref does not exist\n"
                f"error: failed to push some refs to '{other.shown}'",
                1,
            )
        spec.result, spec.summary = "ok", "[deleted]"
        return
    oid = spec.oid or ""
    if old == oid:
        spec.result = "up to date"
    elif old is None:
        spec.result = "ok"
        spec.summary = "[new tag]" if spec.goal.startswith("refs/tags/") else "[new branch]"
    elif args.has("--force-with-lease") and not args.has("--force") and _lease_broken(git, other, spec, old):
        spec.result, spec.reason = "rejected", "stale info"
    elif spec.goal.startswith("refs/tags/") and not spec.forced:
        spec.result, spec.reason = "rejected", "already exists"
    elif spec.goal.startswith("refs/tags/"):
        spec.result, spec.summary = "ok", f"{git.short(old)}...{git.short(oid)}"
    elif repo.find(old) is not None and is_ancestor(repo, old, oid):
        spec.result, spec.summary = "ok", f"{git.short(old)}..{git.short(oid)}"
    elif spec.forced:
        spec.result, spec.summary = "ok", f"{git.short(old)}...{git.short(oid)}"
    else:
        spec.result, spec.reason = "rejected", "fetch first" if repo.find(old) is None else "non-fast-forward"


def _lease_broken(git: Git, other: Remote, spec: _Spec, old: Oid) -> bool:
    known = git.repo.ref(f"refs/remotes/{other.name}/{spec.goal.removeprefix('refs/heads/')}")
    return known != old


def _moved(git: Git, other: Remote, spec: _Spec) -> None:
    branch = spec.goal.removeprefix("refs/heads/")
    ref = f"refs/remotes/{other.name}/{branch}"
    if spec.oid is None:
        other.repo.delete_ref(spec.goal)
        if git.repo.ref(ref):
            git.repo.delete_ref(ref)
        return
    copied(git.repo, other.repo, [spec.oid])
    other.repo.put_text(spec.goal, spec.oid + "\n")
    if other.name and spec.goal.startswith("refs/heads/"):
        git.repo.set_ref(ref, spec.oid, git.me(), "update by push")


def _declined(rule: Protection) -> str:
    return (
        "push declined due to repository rule violations"
        if rule.ruleset
        else "protected branch hook declined"
    )


def _bypass_told(spec: _Spec, rule: Protection) -> list[str]:
    """What GitHub says to somebody whom a rule doesn't bind; the push goes through."""
    return [f"Bypassed rule violations for {spec.goal}:", "", *(f"- {one}" for one in rule.reasons), ""]


def _refusal_told(other: Remote, spec: _Spec, rule: Protection) -> list[str]:
    if not rule.ruleset:
        head = f"error: GH006: Protected branch update failed for {spec.goal}."
        return [head, *(f"error: {reason}" for reason in rule.reasons)]
    url = f"https://github.com/{other.project}/rules?ref={spec.goal.replace('/', '%2F')}"
    lines = [
        f"error: GH013: Repository rule violations found for {spec.goal}.",
        f"Review all repository rules at {url}",
        "",
    ]
    for reason in rule.reasons:
        lines += [f"- {reason}", ""]
    return lines


def _told(git: Git, args: Args, other: Remote, specs: list[_Spec]) -> None:
    shown = [spec for spec in specs if spec.result != "up to date" or args.has("--verbose")]
    if not shown:
        if not args.has("--quiet"):
            git.error("Everything up-to-date")
        return
    if args.has("--quiet") and all(spec.result == "ok" for spec in shown):
        return
    if args.has("--verbose"):
        git.error(f"Pushing to {other.shown}")
    git.error(f"To {other.shown}")
    for spec in shown:
        goal = spec.goal.removeprefix("refs/heads/").removeprefix("refs/tags/")
        source = spec.source.removeprefix("refs/heads/").removeprefix("refs/tags/")
        if spec.result == "ok" and not spec.source:
            git.error(f" - {spec.summary:<17} {goal}")
        elif spec.result == "ok":
            mark = "+" if "..." in spec.summary else "*" if spec.summary.startswith("[") else " "
            tail = " (forced update)" if mark == "+" else ""
            git.error(f" {mark} {spec.summary:<17} {source} -> {goal}{tail}")
        elif spec.result == "up to date":
            git.error(f" = {'[up to date]':<17} {source} -> {goal}")
        else:
            git.error(
                f" ! {'[' + spec.result + ']':<17} {source or goal} -> {goal} ({spec.reason})"
                if source
                else f" ! {'[' + spec.result + ']':<17} {goal} ({spec.reason})"
            )


def _hints(git: Git, specs: list[_Spec]) -> None:
    reasons = {spec.reason for spec in specs}
    behind = [spec for spec in specs if spec.reason == "non-fast-forward"]
    current = any(spec.goal == git.repo.head_ref for spec in behind)
    lines: tuple[str, ...] = ()
    if "fetch first" in reasons:
        lines = (
            "Updates were rejected because the remote contains work that you do",
            "not have locally. This is usually caused by another repository pushing",
            "to the same ref. You may want to first integrate the remote changes",
            "(e.g., 'git pull ...') before pushing again.",
            "See the 'Note about fast-forwards' in 'git push --help' for details.",
        )
    elif "non-fast-forward" in reasons:
        lead = (
            ("Updates were rejected because the tip of your current branch is behind",)
            if current
            else ("Updates were rejected because a pushed branch tip is behind its remote",)
        )
        rest = (
            (
                "its remote counterpart. Integrate the remote changes (e.g.",
                "'git pull ...') before pushing again.",
            )
            if current
            else (
                "counterpart. Check out this branch and integrate the remote changes",
                "(e.g. 'git pull ...') before pushing again.",
            )
        )
        lines = (*lead, *rest, "See the 'Note about fast-forwards' in 'git push --help' for details.")
    elif "already exists" in reasons:
        lines = ("Updates were rejected because the tag already exists in the remote.",)
    for line in lines:
        git.error(f"hint: {line}")


def _progress(git: Git, other: Remote, specs: list[_Spec]) -> None:
    new = reachable(git.repo, [spec.oid for spec in specs if spec.oid]) - other.repo.names()
    if new:
        for line in progress.sent(progress.counted(git.repo, new)):
            git.error(line)


def _event(git: Git, other: Remote, spec: _Spec) -> Pushed:
    """Asked before anything moves, for it tells what the other side had."""
    result = {"ok": "accepted", "up to date": "up-to-date"}.get(spec.result, "rejected")
    old = other.repo.ref(spec.goal) or ""
    tip = peeled(git.repo, spec.oid, "commit") if spec.oid else None
    new = [oid for oid in ancestors(git.repo, [tip] if tip else []) if other.repo.find(oid) is None]
    leaks = leaking(git.repo, new[:_LOOKED_AT])
    return Pushed(other.url, spec.goal, result, spec.reason, spec.forced, old, spec.oid or "", leaks)


_LOOKED_AT = 50
"""Commits of a push that are searched for secrets, the newest first."""


def ls_remote(process: Process, args: Args) -> int:
    git = Git(process)
    if args.rest:
        other = remote_named(git, args.rest[0]) if git.look() else reached(git, args.rest[0])
    else:
        other = remote_named(
            git, git.repo.setting(f"branch.{git.repo.branch}.remote") or default_remote(git.repo)
        )
        if not args.has("--quiet"):
            git.error(f"From {other.url}")
    rows = []
    for ref, oid in other.repo.refs().items():
        rows.append((ref, oid))
        goal = peeled(other.repo, oid, "")
        if ref.startswith("refs/tags/") and goal and goal != oid and not args.has("--refs"):
            rows.append((f"{ref}^{{}}", goal))
    if other.repo.head and not (args.has("--heads") or args.has("--tags")):
        rows.insert(0, ("HEAD", other.repo.head))
    for ref, oid in rows:
        if args.has("--heads") and not ref.startswith("refs/heads/"):
            continue
        if args.has("--tags") and not ref.startswith("refs/tags/"):
            continue
        if not args.rest[1:] or any(ref == one or ref.endswith("/" + one) for one in args.rest[1:]):
            git.line(f"{oid}\t{ref}")
    return 0
