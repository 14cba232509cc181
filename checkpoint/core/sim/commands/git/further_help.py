"""Options on which the usage texts are silent: what each is for, after git's manual pages.

The names of a command's options are separated by spaces where one meaning belongs to several of them.
"""


def _spread(told: dict[str, str]) -> dict[str, str]:
    return {name: meaning for names, meaning in told.items() for name in names.split()}


_DIFF = _spread(
    {
        "-p -u --patch": "show what changed, line by line",
        "--stat": "show how many lines changed in each file",
        "--shortstat": "show only the last line of --stat",
        "--numstat": "show added and deleted lines as numbers, for machines",
        "--name-only": "show only the names of changed files",
        "--name-status": "show names and kind of change (A, M, D, R)",
        "--summary": "show created, deleted and renamed files and changed modes",
        "--no-renames": "show a rename as a deletion and an addition",
        "-M": "find renames",
        "--diff-filter": "only files that were added (A), modified (M), deleted (D), renamed (R)",
        "-U --unified": "so many lines of context instead of three",
        "--color": "always, never or auto",
        "--no-color": "no colours",
    }
)
_LIMITS = _spread(
    {
        "--all": "begin at every ref and HEAD",
        "--branches": "begin at every branch",
        "--remotes": "begin at every remote-tracking branch",
        "--tags": "begin at every tag",
        "-n --max-count": "at most so many commits",
        "--reverse": "oldest first",
        "--left-right": "mark from which side of A...B a commit is",
        "--merges": "only merge commits",
        "--no-merges": "no merge commits",
        "--first-parent": "follow only the first parent of a merge",
        "--since --after": "only commits after a date",
        "--until --before": "only commits before a date",
        "--author": "only commits whose author matches",
    }
)
_LOG = _DIFF | _LIMITS
_LOG |= _spread(
    {
        "-s --no-patch": "show no change",
        "--oneline": "one line each: short name and subject",
        "--graph": "draw the history in front",
        "--no-decorate": "don't show which refs point to a commit",
        "--abbrev-commit": "show short names",
        "--topo-order": "no parent before all its children, lines of history together",
        "--date-order": "no parent before all its children, otherwise by date",
        "-g --walk-reflogs": "walk where the ref has been instead of its ancestors",
        "-i --regexp-ignore-case": "patterns match without regard to case",
        "--follow": "follow one file beyond renames",
        "--skip": "leave out so many commits first",
        "--grep": "only commits whose message matches",
        "-S": "only commits that change how often this text occurs",
        "-G": "only commits with a changed line that matches",
        "--date": "how dates are shown: iso, short, relative, unix, format:…",
        "--format --pretty": "how commits are shown: oneline, short, full, fuller, format:…",
    }
)
_NO_EDIT = {"--no-edit": "take the message as it is, without an editor"}
_NO_TRACK = {"--no-track": "set no upstream for a new branch"}

FURTHER: dict[str, dict[str, str]] = {
    "branch": _NO_TRACK,
    "checkout": _NO_TRACK,
    "shortlog": {"--all": "count the commits of all branches and tags"},
    "switch": _NO_TRACK | {"--no-guess": "don't make a branch from a remote-tracking one of that name"},
    "commit": _NO_EDIT
    | {
        "--allow-empty": "record a commit without any change",
        "--allow-empty-message": "record a commit without a message",
        "--no-gpg-sign": "don't sign",
        "--verify": "run the hooks (undoes an earlier --no-verify)",
    },
    "diff": _DIFF
    | {
        "--cached": "compare what is staged with a commit (HEAD)",
        "--staged": "the same as --cached",
        "--quiet": "print nothing; the exit code tells",
        "--exit-code": "exit with 1 where something differs",
        "--no-ext-diff": "use no external program",
        "--no-prefix": "no a/ and b/ in front of names",
    },
    "filter-branch": _spread(
        {
            "--index-filter": "a command that rewrites the index of each commit",
            "--tree-filter": "a command that rewrites the files of each commit",
            "--msg-filter": "a command through which each message goes",
            "--tag-name-filter": "a command that names the rewritten tags",
            "-f --force": "begin although refs/original/ is there",
            "--prune-empty": "drop commits that change nothing any more",
            "--all": "rewrite every ref",
        }
    ),
    "filter-repo": _spread(
        {
            "--path --path-match": "a file or folder to keep",
            "--path-glob": "a glob of paths to keep",
            "--path-regex": "an expression that paths to keep fit",
            "--paths-from-file": "a file of paths to keep, and of renames, OLD==>NEW",
            "--path-rename": "a new name for a path, OLD:NEW",
            "--subdirectory-filter": "keep one folder and make it the top",
            "--to-subdirectory-filter": "move everything into a folder",
            "--use-base-name": "compare a path's last part only",
            "--replace-text": "a file of texts to replace, TEXT==>NEW on each line",
            "--replace-message": "the same for messages",
            "--strip-blobs-bigger-than": "leave out files above a size such as 10K or 5M",
            "--sensitive-data-removal --sdr": "keep origin, and tell what else there is to do",
            "--quiet": "say less",
            "--invert-paths": "leave out what the paths name instead of keeping it",
            "-f --force": "rewrite although this is no fresh clone",
        }
    ),
    "fsck": {
        "--no-reflogs": "don't count what only reflogs name",
        "--no-dangling": "don't report what nothing names",
    },
    "log": _LOG,
    "show": _LOG,
    "merge": _NO_EDIT
    | {
        "--no-ff": "make a merge commit even where a fast-forward would do",
        "--no-commit": "stop before the commit",
    },
    "pull": _NO_EDIT
    | {
        "--no-rebase": "merge instead of rebasing",
        "--no-ff": "make a merge commit even where a fast-forward would do",
    },
    "push": {"--verify": "run the pre-push hook (undoes an earlier --no-verify)"},
    "reflog": _spread(
        {
            "-n --max-count": "at most so many entries",
            "--expire": "drop entries older than this (now, never, 90.days)",
            "--expire-unreachable": "drop entries older than this that the ref doesn't lead to",
            "--date": "show dates instead of numbers",
            "--all": "the reflogs of every ref",
            "--no-decorate": "don't show which refs point to a commit",
        }
    ),
    "remote": _spread(
        {
            "--push": "the address for pushing",
            "-n": "don't ask the remote (show, prune: only say what would be done)",
            "-a --auto": "set-head: ask the remote for its default branch",
            "-d --delete": "set-head: forget the default branch",
        }
    ),
    "rev-list": _LIMITS
    | {
        "--count": "print how many there are",
        "--objects": "list trees and blobs too",
    },
    "rev-parse": _spread(
        {
            "--show-toplevel": "print the working tree's top folder",
            "--git-dir": "print where .git is",
            "--show-prefix": "print this folder as seen from the top",
            "--show-cdup": "print the way up to the top",
            "--is-inside-work-tree": "print whether this is inside a working tree",
            "--is-bare-repository": "print whether the repository has no working tree",
            "--verify": "the argument has to name one object",
            "--abbrev-ref": "print a ref's short name",
            "--symbolic-full-name": "print a ref's full name",
            "-q --quiet": "with --verify: say nothing where it fails",
            "--short": "print a short name",
        }
    ),
    "revert": _NO_EDIT | {"--allow-empty": "record a commit without any change"},
    "stash": _spread(
        {
            "-u --include-untracked": "set untracked files aside too",
            "-a --all": "set untracked and ignored files aside too",
            "-p --patch": "choose parts of the change",
            "--index": "pop, apply: stage again what was staged",
            "-q --quiet": "say nothing",
            "-m --message": "a description",
            "-k --keep-index": "leave in place what is staged",
            "--stat": "show: how many lines changed in each file",
            "--name-only": "show: only the names of changed files",
            "--name-status": "show: names and kind of change",
        }
    ),
}
"""By command and option's name."""
