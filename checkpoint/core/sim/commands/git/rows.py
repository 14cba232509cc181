"""The table of git's commands."""

from collections.abc import Iterable
from dataclasses import replace

from checkpoint.core.sim.commands.git import (
    bisecting,
    branching,
    exchanging,
    filter_repo,
    joining,
    looking,
    plumbing,
    rebasing,
    rewriting,
    snapshot,
    stashing,
    status,
    tagging,
)
from checkpoint.core.sim.commands.git.described import described
from checkpoint.core.sim.commands.git.filtering import Argparse
from checkpoint.core.sim.table import Command, Option, Run


def flags(*names: str) -> tuple[Option, ...]:
    """Options without an argument, as `-n|--dry-run`."""
    return tuple(Option(tuple(name.split("|"))) for name in names)


def values(*names: str) -> tuple[Option, ...]:
    """Options with an argument."""
    return tuple(Option(tuple(name.split("|")), "VALUE") for name in names)


def maybe(*names: str) -> tuple[Option, ...]:
    """Options whose argument may be left out."""
    return tuple(Option(tuple(name.split("|")), "VALUE", optional=True) for name in names)


def till_end(*names: str) -> tuple[Option, ...]:
    """Options whose argument may be left out where nothing follows."""
    return tuple(Option(tuple(name.split("|")), "VALUE", at_end=True) for name in names)


def not_here(*names: str) -> tuple[Option, ...]:
    """Real options that aren't simulated."""
    return tuple(Option(tuple(name.split("|")), simulated=False) for name in names)


def row(
    name: str,
    help_: str,
    run: Run,
    usage: str = "",
    *options: Iterable[Option],
    numbers: str = "",
    stops: bool | None = None,
) -> Command:
    every = tuple(option for group in options for option in group)
    return described(Command(f"git {name}", help_, run, usage, every, numbers=numbers, stops=stops))


_QUIET = ("-q|--quiet",)
_SHOWN = (
    *flags(
        "-p|-u|--patch", "--stat", "--shortstat", "--name-only", "--name-status", "--summary", "-s|--no-patch"
    ),
    *flags("--oneline", "--graph", "--all", "--decorate", "--no-decorate", "--abbrev-commit", "--reverse"),
    *flags(
        "--merges", "--no-merges", "--branches", "--remotes", "--topo-order", "--date-order", "--no-color"
    ),
    *flags(
        "-g|--walk-reflogs", "-i|--regexp-ignore-case", "--first-parent", "--no-renames", "-M", "--follow"
    ),
    *values("-n|--max-count", "--skip", "--author", "--grep", "-S", "-G", "--date", "--format"),
    *values("--diff-filter"),
    *maybe("--pretty", "--color", "-U|--unified", "--tags"),
    *values("--since|--after", "--until|--before"),
    *flags("--numstat", "--left-right"),
    *not_here("-L", "--word-diff", "--cc", "-c", "-m", "--merge", "--cherry-pick", "--boundary"),
    *not_here("--ancestry-path", "--show-signature", "--submodule", "--color-words", "-w", "-z", "--check"),
)

ROWS: tuple[Command, ...] = (
    row(
        "add",
        "stage files",
        snapshot.add,
        "[<options>] [--] <pathspec>...",
        flags("-A|--all", "-u|--update", "-f|--force", "-n|--dry-run", "-v|--verbose", "-p|--patch"),
        flags("-i|--interactive"),
        not_here("-N|--intent-to-add", "--chmod", "--renormalize"),
    ),
    row(
        "blame",
        "who wrote each line",
        looking.blame,
        "[<options>] [<rev>] [--] <file>",
        flags("-s", "-p|--porcelain"),
        values("-L"),
        not_here(
            "-w", "-C", "-M", "-e|--show-email", "--line-porcelain", "--since", "--date", "-l", "-f", "-n"
        ),
    ),
    row(
        "branch",
        "list, make or delete branches",
        branching.branch,
        "[<options>] [<branch>] [<start>]",
        flags(
            "-d|--delete", "-D", "-m|--move", "-M", "-f|--force", "-a|--all", "-r|--remotes", "-v|--verbose"
        ),
        flags("--list", "-l", "--show-current", "--unset-upstream", "--no-track", "-t|--track"),
        values("-u|--set-upstream-to", "--format"),
        till_end("--merged", "--no-merged", "--contains", "--no-contains", "--points-at"),
        flags(*_QUIET),
        flags("-c|--copy", "-C"),
        not_here("--sort", "--edit-description"),
    ),
    row(
        "cat-file",
        "show an object",
        plumbing.cat_file,
        "(-t | -s | -p | -e | <type>) <object>",
        flags("-t", "-s", "-p", "-e"),
        not_here("--batch", "--batch-check", "--batch-all-objects"),
    ),
    row(
        "check-ignore",
        "say which files are ignored",
        plumbing.check_ignore,
        "[<options>] <pathname>...",
        flags("-v|--verbose", *_QUIET),
        not_here("--stdin", "-n|--non-matching"),
    ),
    row(
        "checkout",
        "switch branches or restore files",
        branching.checkout,
        "[<options>] [<branch>] [--] [<file>...]",
        values("-b", "-B", "--orphan"),
        flags("-f|--force", "-d|--detach", "-t|--track", "--no-track"),
        flags("-2|--ours", "-3|--theirs", *_QUIET),
        not_here("-p|--patch", "-m|--merge"),
    ),
    row(
        "cherry-pick",
        "apply what a commit changed",
        joining.cherry_pick,
        "[<options>] <commit>...",
        flags("--continue", "--abort", "--skip", "-x", "-n|--no-commit", "--allow-empty", "-s|--signoff"),
        values("-m|--mainline"),
        flags("--quit"),
        not_here("-e|--edit", "-X|--strategy-option"),
    ),
    row(
        "clean",
        "remove untracked files",
        stashing.clean,
        "[-d] [-f] [-n] [-x] [--] [<pathspec>...]",
        flags("-f|--force", "-d", "-n|--dry-run", "-x", *_QUIET),
        not_here("-i|--interactive", "-X", "-e|--exclude"),
    ),
    row(
        "clone",
        "copy a repository",
        exchanging.clone,
        "[<options>] [--] <repo> [<dir>]",
        flags("--bare", "--mirror", "--single-branch", "--no-tags", *_QUIET),
        values("-b|--branch", "-o|--origin"),
        not_here(
            "--depth", "--recurse-submodules", "--shallow-since", "--filter", "-n|--no-checkout", "--sparse"
        ),
    ),
    row(
        "commit",
        "record what is staged",
        snapshot.commit,
        "[<options>] [--] [<pathspec>...]",
        values("-m|--message", "-F|--file", "-C|--reuse-message", "--author", "--date"),
        flags("-a|--all", "--amend", "--no-edit", "-n|--no-verify", "--allow-empty", "--allow-empty-message"),
        flags(
            "-s|--signoff",
            "--reset-author",
            "-p|--patch",
            "-v|--verbose",
            "--no-gpg-sign",
            "--verify",
            *_QUIET,
        ),
        values("--fixup", "--squash"),
        flags("--dry-run", "-e|--edit"),
        not_here(
            "-S|--gpg-sign", "-t|--template", "-c|--reedit-message", "--trailer", "-i|--include", "-o|--only"
        ),
    ),
    row(
        "config",
        "read and write settings",
        plumbing.configure,
        "[<options>]",
        flags("--global", "--local", "-l|--list", "--bool", "--add"),
        values("--get", "--get-all", "--get-regexp", "--unset", "--unset-all"),
        not_here(
            "--system",
            "-e|--edit",
            "--replace-all",
            "--rename-section",
            "--remove-section",
            "--type",
            "--worktree",
            "-f|--file",
            "--show-origin",
        ),
    ),
    row(
        "count-objects",
        "count loose objects",
        plumbing.count_objects,
        "[-v] [-H]",
        flags("-v|--verbose", "-H"),
    ),
    row(
        "describe",
        "name a commit by a tag",
        plumbing.describe,
        "[<options>] [<commit-ish>...]",
        flags("--tags", "--always", "--long", "--dirty", "--all"),
        values("--abbrev"),
        not_here("--match", "--contains"),
    ),
    row(
        "diff",
        "show changes",
        looking.diff,
        "[<options>] [<commit>] [<commit>] [--] [<path>...]",
        flags(
            "--cached",
            "--staged",
            "--stat",
            "--shortstat",
            "--numstat",
            "--name-only",
            "--name-status",
            "--summary",
            "--quiet",
        ),
        flags(
            "--exit-code", "--no-renames", "-M", "-p|-u|--patch", "--no-color", "--no-ext-diff", "--no-prefix"
        ),
        values("--diff-filter"),
        maybe("-U|--unified", "--color"),
        not_here(
            "--word-diff", "--color-words", "-w|--ignore-all-space", "--check", "--no-index", "--merge-base"
        ),
    ),
    row(
        "fetch",
        "bring over what others pushed",
        exchanging.fetch,
        "[<options>] [<repository> [<refspec>...]]",
        flags("--all", "-p|--prune", "-t|--tags", "-f|--force", "-v|--verbose", *_QUIET),
        not_here("--depth", "--dry-run", "--unshallow"),
    ),
    row(
        "filter-branch",
        "rewrite branches",
        rewriting.filter_branch,
        "[<filter>...] [--] [<rev-list options>...]",
        values("--index-filter", "--tree-filter", "--msg-filter", "--tag-name-filter"),
        flags("-f|--force", "--prune-empty", "--all"),
        not_here(
            "--env-filter", "--parent-filter", "--commit-filter", "--subdirectory-filter", "-d", "--setup"
        ),
    ),
    row("bisect", "find the commit that brought a fault", bisecting.bisect, "<subcommand>", stops=True),
    replace(
        row(
            "filter-repo",
            "rewrite the whole history",
            filter_repo.filter_repo,
            "[<options>]",
            values("--path-match|--path", "--path-glob", "--path-regex", "--paths-from-file"),
            values("--path-rename", "--subdirectory-filter", "--to-subdirectory-filter"),
            values("--replace-text", "--replace-message", "--strip-blobs-bigger-than"),
            flags("--invert-paths", "--use-base-name", "-f|--force", "--quiet"),
            flags("--sensitive-data-removal|--sdr"),
            not_here("--analyze", "--dry-run", "--partial", "--no-fetch", "--no-gc", "--debug", "--stdin"),
            not_here("--mailmap", "--refs", "--message-callback", "--blob-callback", "--email-callback"),
            not_here("--filename-callback", "--name-callback", "--commit-callback", "--file-info-callback"),
        ),
        style=Argparse(),
    ),
    row(
        "for-each-ref",
        "list refs",
        plumbing.for_each_ref,
        "[<options>] [<pattern>...]",
        values("--format", "--sort", "--count"),
        not_here("--points-at", "--merged", "--contains", "--shell"),
    ),
    row(
        "fsck",
        "check the objects",
        plumbing.fsck,
        "[<options>] [<object>...]",
        flags("--unreachable", "--lost-found", "--no-reflogs", "--full", "--no-dangling", "--dangling"),
    ),
    row(
        "gc",
        "pack and clean up",
        plumbing.collect,
        "[<options>]",
        maybe("--prune"),
        flags("--aggressive", "--auto", "--force", *_QUIET),
    ),
    row(
        "grep",
        "look for a pattern in tracked files",
        looking.grep,
        "[<options>] <pattern> [<rev>...] [--] [<path>...]",
        flags(
            "-i|--ignore-case",
            "-n|--line-number",
            "-l|--files-with-matches",
            "-c|--count",
            "-v|--invert-match",
        ),
        flags("-E|--extended-regexp", "-F|--fixed-strings", "--cached", "-h", *_QUIET),
        values("-e|--regexp"),
        not_here("-P|--perl-regexp", "-w|--word-regexp", "-A", "-B", "-C", "--untracked"),
    ),
    row(
        "hash-object",
        "name of a content",
        plumbing.hash_object,
        "[-w] [--stdin] [<file>...]",
        flags("-w", "--stdin"),
    ),
    row(
        "init",
        "make a repository",
        snapshot.init,
        "[<options>] [<directory>]",
        flags("--bare", *_QUIET),
        values("-b|--initial-branch"),
        not_here("--template", "--shared", "--separate-git-dir"),
    ),
    row(
        "log",
        "show commits",
        looking.log,
        "[<options>] [<revision-range>] [[--] <path>...]",
        _SHOWN,
        numbers="--max-count",
    ),
    row(
        "ls-files",
        "list tracked files",
        plumbing.ls_files,
        "[<options>] [<file>...]",
        flags("-o|--others", "-m|--modified", "-d|--deleted", "-s|--stage", "-c|--cached", "-u|--unmerged"),
        flags("--exclude-standard", "--error-unmatch"),
        not_here("-z", "-i|--ignored", "-t", "-v"),
    ),
    row(
        "ls-remote",
        "list refs of a remote",
        exchanging.ls_remote,
        "[<options>] [<repository> [<refs>...]]",
        flags("-h|--heads", "-t|--tags", "--refs", *_QUIET),
        not_here("--exit-code", "--get-url", "--symref", "--sort"),
    ),
    row(
        "ls-tree",
        "list a tree",
        plumbing.ls_tree,
        "[<options>] <tree-ish> [<path>...]",
        flags("-r", "--name-only", "-t", "-d"),
        not_here("-l|--long", "-z", "--format"),
    ),
    row(
        "merge",
        "join another branch",
        joining.merge,
        "[<options>] [<commit>...]",
        flags(
            "--no-ff", "--ff", "--ff-only", "--abort", "--continue", "--squash", "--no-commit", "--no-edit"
        ),
        flags("--allow-unrelated-histories", "--no-verify", "--stat", *_QUIET),
        values("-m|--message", "-s|--strategy", "-X|--strategy-option"),
        flags("--quit", "-e|--edit"),
        not_here("-S|--gpg-sign", "--log", "--autostash", "--signoff", "-F|--file", "--verify-signatures"),
    ),
    row(
        "merge-base",
        "find common ancestors",
        plumbing.merge_base,
        "[-a | --all] <commit> <commit>...",
        flags("-a|--all", "--is-ancestor"),
        not_here("--fork-point", "--octopus", "--independent"),
    ),
    row(
        "mv",
        "move or rename a tracked file",
        snapshot.move,
        "[<options>] <source>... <destination>",
        flags("-f|--force", "-v|--verbose", "-k", "-n|--dry-run"),
    ),
    row(
        "prune",
        "drop unreachable objects",
        plumbing.prune,
        "[<options>]",
        flags("-n|--dry-run", "-v|--verbose"),
    ),
    row(
        "pull",
        "fetch and join",
        exchanging.pull,
        "[<options>] [<repository> [<refspec>...]]",
        maybe("-r|--rebase"),
        flags("--no-rebase", "--ff-only", "--no-ff", "--ff", "-p|--prune", "--no-edit", *_QUIET),
        flags("-v|--verbose", "-t|--tags"),
        not_here("--autostash", "--squash", "--depth", "-X|--strategy-option"),
    ),
    row(
        "push",
        "send commits to a remote",
        exchanging.push,
        "[<options>] [<repository> [<refspec>...]]",
        flags("-u|--set-upstream", "-f|--force", "-d|--delete", "--all", "--mirror", "--tags", "--no-verify"),
        flags("-n|--dry-run", "-v|--verbose", "--verify", "--follow-tags", *_QUIET),
        maybe("--force-with-lease"),
        not_here("--atomic", "-o|--push-option", "--signed", "--prune", "--force-if-includes", "--porcelain"),
    ),
    row(
        "rebase",
        "put commits on top of another one",
        rebasing.rebase,
        "[<options>] [<upstream> [<branch>]]",
        flags("--continue", "--abort", "--skip", "--quit", "-i|--interactive", *_QUIET),
        flags("--autosquash", "--root"),
        values("--onto", "-x|--exec"),
        not_here(
            "--autostash",
            "-r|--rebase-merges",
            "--edit-todo",
            "--keep-base",
        ),
    ),
    row(
        "reflog",
        "where HEAD and branches have been",
        plumbing.reflog,
        "[show | expire] [<options>] [<ref>]",
        values("-n|--max-count", "--expire", "--expire-unreachable", "--date"),
        flags("--all", "--no-decorate"),
        numbers="--max-count",
    ),
    row(
        "remote",
        "manage remotes",
        exchanging.remote,
        "[-v | --verbose] [add | remove | rename | set-url | get-url | set-head | show | prune | update]",
        flags("-v|--verbose", "--push", "-n"),
        flags("-a|--auto", "-d|--delete"),
        not_here("-f", "-t", "-m", "--add", "--all"),
    ),
    row(
        "reset",
        "move HEAD, or unstage",
        branching.reset,
        "[--soft | --mixed | --hard] [<commit>] [--] [<path>...]",
        flags("--soft", "--mixed", "--hard", "--keep", "--merge", *_QUIET),
        not_here("-p|--patch", "-N|--intent-to-add"),
    ),
    row(
        "restore",
        "restore files",
        branching.restore,
        "[<options>] [--source=<tree>] <pathspec>...",
        flags("-S|--staged", "-W|--worktree", "-p|--patch", "--ignore-unmerged", *_QUIET),
        values("-s|--source"),
        not_here("--ours", "--theirs", "-m|--merge"),
    ),
    row(
        "rev-list",
        "list commits",
        plumbing.rev_list,
        "[<options>] <commit>... [--] [<path>...]",
        flags("--all", "--count", "--objects", "--reverse"),
        values("-n|--max-count"),
        flags("--left-right"),
        not_here("--since", "--author", "--branches", "--tags", "--no-merges", "--merges", "--first-parent"),
        numbers="--max-count",
    ),
    row(
        "rev-parse",
        "turn names into object names",
        plumbing.rev_parse,
        "[<options>] <arg>...",
        flags(
            "--show-toplevel", "--git-dir", "--show-prefix", "--is-inside-work-tree", "--is-bare-repository"
        ),
        flags("--show-cdup", "--verify", "--abbrev-ref", "--symbolic-full-name", *_QUIET),
        maybe("--short"),
        not_here("--absolute-git-dir", "--git-path", "--parseopt"),
    ),
    row(
        "revert",
        "undo a commit by a new one",
        joining.revert,
        "[<options>] <commit>...",
        flags(
            "--continue", "--abort", "--skip", "-n|--no-commit", "--no-edit", "--allow-empty", "-s|--signoff"
        ),
        values("-m|--mainline"),
        flags("--quit", "-e|--edit"),
        not_here("-X|--strategy-option"),
    ),
    row(
        "rm",
        "remove tracked files",
        snapshot.remove,
        "[<options>] [--] <file>...",
        flags("--cached", "-f|--force", "-r", "-n|--dry-run", "--ignore-unmatch", *_QUIET),
    ),
    row(
        "shortlog",
        "commits by author",
        looking.shortlog,
        "[<options>] [<revision-range>]",
        flags("-s|--summary", "-n|--numbered", "-e|--email", "--all"),
    ),
    row(
        "show",
        "show a commit or object",
        looking.show,
        "[<options>] [<object>...]",
        _SHOWN,
        numbers="--max-count",
    ),
    row(
        "show-ref",
        "list refs",
        plumbing.show_ref,
        "[<options>] [<pattern>...]",
        flags("--heads", "--tags", *_QUIET),
    ),
    row(
        "stash",
        "set changes aside",
        stashing.stash,
        "[push | list | pop | apply | drop | clear | show]",
        flags("-u|--include-untracked", "-p|--patch", "--index", *_QUIET),
        values("-m|--message"),
        flags("-k|--keep-index"),
        flags("-a|--all", "--stat", "--name-only", "--name-status"),
        not_here("-S|--staged"),
    ),
    row(
        "status",
        "show what differs",
        status.status,
        "[<options>] [--] [<pathspec>...]",
        flags("-s|--short", "-b|--branch", "--long", "--ignored", "-v|--verbose"),
        maybe("--porcelain", "-u|--untracked-files"),
        flags("-z"),
        not_here("--column", "--show-stash", "--ahead-behind", "--renames"),
    ),
    row(
        "switch",
        "switch branches",
        branching.switch,
        "[<options>] [<branch>]",
        values("-c|--create", "-C|--force-create", "--orphan"),
        flags(
            "-d|--detach",
            "-f|--force",
            "--discard-changes",
            "-t|--track",
            "--no-track",
            "--no-guess",
            *_QUIET,
        ),
        not_here("-m|--merge"),
    ),
    row(
        "symbolic-ref",
        "read or set a symbolic ref",
        plumbing.symbolic_ref,
        "<name> [<ref>]",
        flags("--short", *_QUIET),
        values("-m"),
        not_here("-d|--delete"),
    ),
    row(
        "tag",
        "list, make or delete tags",
        tagging.tag,
        "[<options>] [<tagname>] [<head>]",
        flags("-a|--annotate", "-d|--delete", "-f|--force", "-l|--list"),
        values("-m|--message"),
        values("-F|--file", "--sort"),
        maybe("-n"),
        till_end("--contains", "--points-at", "--merged"),
        not_here(
            "-s|--sign",
            "-u|--local-user",
            "-v|--verify",
            "-e|--edit",
            "--format",
            "--no-contains",
            "--no-merged",
        ),
    ),
    row(
        "update-ref",
        "move a ref",
        plumbing.update_ref,
        "[<options>] <refname> <new-oid> [<old-oid>]",
        flags("-d|--delete", "--no-deref", "--create-reflog"),
        values("-m"),
        not_here("--stdin"),
    ),
    row("version", "print git's version", plumbing.version),
)

ABSENT = frozenset(
    {
        "am",
        "apply",
        "archive",
        "bundle",
        "bugreport",
        "cherry",
        "citool",
        "diff-files",
        "diff-index",
    }
    | {
        "diff-tree",
        "difftool",
        "fast-export",
        "fast-import",
        "format-patch",
        "gui",
        "maintenance",
        "mergetool",
    }
    | {"notes", "range-diff", "read-tree", "repack", "replace", "request-pull", "rerere", "send-email"}
    | {"show-branch", "sparse-checkout", "submodule", "svn", "verify-commit", "verify-tag", "whatchanged"}
    | {"worktree", "write-tree", "update-index", "commit-tree", "mktree", "var", "name-rev", "instaweb"}
    | {"check-attr", "check-mailmap", "check-ref-format", "credential", "fmt-merge-msg", "get-tar-commit-id"}
    | {"interpret-trailers", "mailinfo", "mailsplit", "merge-file", "merge-index", "merge-tree"}
    | {"pack-objects", "pack-refs", "patch-id", "prune-packed", "show-index", "stripspace", "unpack-objects"}
)
"""Commands that git has and this terminal hasn't."""
