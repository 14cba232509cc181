"""gh, as version 2.103 behaves, with the forge's answers as they are documented."""

from checkpoint.core.sim.commands.gh import jobs, pulls, rest, runs
from checkpoint.core.sim.commands.gh.base import GhStyle
from checkpoint.core.sim.commands.gh.help_text import MEANINGS
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command, Option, Run, with_help, with_real

_REPO = Option(
    ("-R", "--repo"), "[HOST/]OWNER/REPO", "Select another repository using the [HOST/]OWNER/REPO format"
)
_JSON = (
    Option(("--json",), "fields", "Output JSON with the specified fields"),
    Option(("-q", "--jq"), "expression", "Filter JSON output using a jq expression"),
    Option(("-t", "--template"), "string", "Format JSON output using a Go template", simulated=False),
)
_WEB = Option(("-w", "--web"), help="Open the web browser", simulated=False)
_HELP = Option(("-h", "--help"), help="Show help for command")

_GROUP = """\
Work with GitHub pull requests.

USAGE
  gh pr <command> [flags]

GENERAL COMMANDS
  create:        Create a pull request
  list:          List pull requests in a repository
  status:        Show status of relevant pull requests

TARGETED COMMANDS
  checkout:      Check out a pull request in git
  checks:        Show CI status for a single pull request
  close:         Close a pull request
  comment:       Add a comment to a pull request
  diff:          View changes in a pull request
  edit:          Edit a pull request
  lock:          Lock pull request conversation
  merge:         Merge a pull request
  ready:         Mark a pull request as ready for review
  reopen:        Reopen a pull request
  revert:        Revert a pull request
  review:        Add a review to a pull request
  unlock:        Unlock pull request conversation
  update-branch: Update a pull request branch
  view:          View a pull request

FLAGS
  -R, --repo [HOST/]OWNER/REPO   Select another repository using the [HOST/]OWNER/REPO format

INHERITED FLAGS
  --help   Show help for command

ARGUMENTS
  A pull request can be supplied as argument in any of the following formats:
  - by number, e.g. "123";
  - by URL, e.g. "https://github.com/OWNER/REPO/pull/123"; or
  - by the name of its head branch, e.g. "patch-1" or "OWNER:patch-1".

EXAMPLES
  $ gh pr checkout 353
  $ gh pr create --fill
  $ gh pr view --web

LEARN MORE
  Use `gh <command> <subcommand> --help` for more information about a command.
  Read the manual at https://cli.github.com/manual
  Learn about exit codes using `gh help exit-codes`
  Learn about accessibility experiences using `gh help accessibility`
"""


def _group(path: str, text: str) -> Run:
    """A name that only leads to others: its help, or gh's complaint about what stands behind it."""

    def told(process: Process, args: Args) -> int:
        row = next(one for one in (ROWS[0], *ROWS[0].subcommands) if one.path == path)
        if args.rest:
            raise GhStyle().unknown_subcommand(row, args.rest[0])
        process.out(text or _listed(row))
        return 0

    return told


def _listed(row: Command) -> str:
    names = "".join(f"  {one.name + ':':<14} {one.help}\n" for one in row.subcommands)
    return f"{row.help}.\n\nUSAGE\n  {row.path} <command> [flags]\n\nAVAILABLE COMMANDS\n{names}"


def _version(process: Process, args: Args) -> int:
    if args.has("--version"):
        process.line("gh version 2.103.3 (2026-11-10)\nhttps://github.com/cli/cli/releases/tag/v2.103.3")
        return 0
    return _group("gh", "")(process, args)


def _row(path: str, text: str, run: Run, usage: str = "", *options: Option) -> Command:
    def read(process: Process, args: Args) -> int:
        if not args.has("--help"):
            return run(process, args)
        process.line(f"{text}.\n\nUSAGE\n  {path} {usage} [flags]\n\nFLAGS")
        row = next(one for one in ROWS[0].walk() if one.path == path)
        for option in row.options:
            if option not in (_REPO, _HELP):
                process.line(f"  {', '.join(option.names)} {option.value}".ljust(30) + option.meaning)
        return 0

    return Command(path, text, read, usage, (*options, _REPO, _HELP))


def _flags(*names: str) -> tuple[Option, ...]:
    """Options without an argument."""
    return tuple(Option(tuple(name.split("/"))) for name in names)


def _values(*names: str) -> tuple[Option, ...]:
    return tuple(Option(tuple(name.split("/")), "string") for name in names)


_PULLS = Command(
    "gh pr",
    "Work with GitHub pull requests",
    _group("gh pr", _GROUP),
    "<command>",
    (_REPO, _HELP),
    subcommands=(
        _row(
            "gh pr create",
            "Create a pull request",
            pulls.create,
            "",
            *_values("-t/--title", "-b/--body", "-F/--body-file", "-B/--base", "-H/--head"),
            *_flags("-f/--fill", "--fill-first", "--fill-verbose", "-d/--draft"),
            *_values("-r/--reviewer", "-a/--assignee", "-l/--label"),
            _WEB,
        ),
        _row(
            "gh pr list",
            "List pull requests in a repository",
            pulls.listed,
            "",
            *_values("-s/--state", "-A/--author", "-H/--head", "-B/--base", "-L/--limit"),
            *_flags("-d/--draft"),
            *_JSON,
            Option(("-S", "--search"), "query", simulated=False),
            Option(("-l", "--label"), "strings", simulated=False),
            _WEB,
        ),
        _row("gh pr status", "Show status of relevant pull requests", pulls.status),
        _row("gh pr checkout", "Check out a pull request in git", pulls.checkout, "<number>"),
        _row(
            "gh pr checks",
            "Show CI status for a single pull request",
            pulls.checks,
            "[<number>]",
            *_flags("--watch", "--required", "--fail-fast"),
            *_values("-i/--interval"),
            *_JSON,
            _WEB,
        ),
        _row("gh pr close", "Close a pull request", pulls.close, "<number>", *_values("-c/--comment")),
        _row("gh pr reopen", "Reopen a pull request", pulls.reopen, "<number>", *_values("-c/--comment")),
        _row("gh pr ready", "Mark a pull request as ready for review", pulls.ready, "[<number>]"),
        _row(
            "gh pr comment",
            "Add a comment to a pull request",
            pulls.comment,
            "[<number>]",
            *_values("-b/--body", "-F/--body-file"),
        ),
        _row(
            "gh pr diff",
            "View changes in a pull request",
            pulls.diff,
            "[<number>]",
            *_flags("--name-only", "--patch"),
            *_values("--color"),
            _WEB,
        ),
        _row(
            "gh pr merge",
            "Merge a pull request",
            pulls.merge,
            "[<number>]",
            *_flags("-m/--merge", "-r/--rebase", "-s/--squash", "-d/--delete-branch", "--admin", "--auto"),
            *_values("-t/--subject", "-b/--body"),
            Option(("--disable-auto",), simulated=False),
            Option(("--match-head-commit",), "SHA", simulated=False),
        ),
        _row(
            "gh pr update-branch",
            "Update a pull request branch",
            pulls.update_branch,
            "[<number>]",
            *_flags("--rebase"),
        ),
        _row(
            "gh pr edit",
            "Edit a pull request",
            pulls.edit,
            "[<number>]",
            *_values("-t/--title", "-b/--body", "-B/--base"),
            *(
                Option((name,), "login", simulated=False)
                for name in ("--add-reviewer", "--remove-reviewer", "--add-assignee", "--remove-assignee")
            ),
            *(Option((name,), "name", simulated=False) for name in ("--add-label", "--remove-label")),
        ),
        _row(
            "gh pr review",
            "Add a review to a pull request",
            pulls.review,
            "[<number>]",
            *_flags("-a/--approve", "-r/--request-changes", "-c/--comment"),
            *_values("-b/--body", "-F/--body-file"),
        ),
        _row(
            "gh pr view",
            "View a pull request",
            pulls.viewed,
            "[<number>]",
            *_JSON,
            *_flags("-c/--comments"),
            _WEB,
        ),
    ),
    absent=("lock", "revert", "unlock"),
)

_RUNS = Command(
    "gh run",
    "View details about workflow runs",
    _group("gh run", ""),
    "<command>",
    (_HELP,),
    subcommands=(
        _row(
            "gh run list",
            "List recent workflow runs",
            runs.listed,
            "",
            *_values("-b/--branch", "-w/--workflow", "-s/--status", "-e/--event", "-L/--limit"),
            *_values("-c/--commit", "-u/--user"),
            Option(("--created",), "date", simulated=False),
            Option(("-a", "--all")),
            *_JSON,
        ),
        _row(
            "gh run view",
            "View a summary of a workflow run",
            runs.viewed,
            "[<run-id>]",
            *_flags("--log", "--log-failed", "--exit-status", "-v/--verbose"),
            *_JSON,
            *_values("-j/--job"),
            _WEB,
        ),
        _row(
            "gh run watch",
            "Watch a run until it completes",
            runs.watched,
            "<run-id>",
            *_flags("--exit-status", "--compact"),
            *_values("-i/--interval"),
        ),
        _row("gh run rerun", "Rerun a run", runs.rerun, "[<run-id>]", *_flags("--failed", "-d/--debug")),
        _row("gh run cancel", "Cancel a workflow run", runs.cancelled, "[<run-id>]"),
        _row(
            "gh run download",
            "Download artifacts generated by a workflow run",
            jobs.download,
            "[<run-id>]",
            *_values("-n/--name", "-D/--dir"),
            Option(("-p", "--pattern"), "stringArray", simulated=False),
        ),
    ),
    absent=("delete",),
)

_WORKFLOWS = Command(
    "gh workflow",
    "View details about GitHub Actions workflows",
    _group("gh workflow", ""),
    "<command>",
    (_HELP,),
    subcommands=(
        _row("gh workflow list", "List workflows", runs.workflows, "", *_flags("-a/--all")),
        _row(
            "gh workflow run",
            "Run a workflow by creating a workflow_dispatch event",
            runs.workflow_run,
            "[<workflow-id> | <workflow-name>]",
            *_values("-r/--ref", "-f/--raw-field", "-F/--field"),
        ),
    ),
    absent=("disable", "enable", "view"),
)

_REAL = {
    "gh auth status": "-a/--active -t/--show-token --no-refresh --json=fields -q/--jq=expression"
    " --template=string",
    "gh pr create": "--attach=file --dry-run -e/--editor -m/--milestone=name --no-maintainer-edit"
    " -p/--project=title --recover=string -T/--template=file",
    "gh pr list": "--app=string --assignee=string",
    "gh pr status": "-c/--conflict-status --json=fields -q/--jq=expression -t/--template=string",
    "gh pr checkout": "-b/--branch=string --detach -f/--force --recurse-submodules --worktree",
    "gh pr close": "-d/--delete-branch",
    "gh pr ready": "--undo",
    "gh pr comment": "--attach=file --create-if-none --delete-last --edit-last -e/--editor -w/--web --yes",
    "gh pr diff": "--allow-escape-sequences -e/--exclude=patterns",
    "gh pr merge": "-A/--author-email=text -F/--body-file=file",
    "gh pr edit": "--add-project=title --attach=file -F/--body-file=file -m/--milestone=name"
    " --remove-milestone --remove-project=title",
    "gh run view": "-a/--attempt=uint",
    "gh run rerun": "-j/--job=string",
    "gh run cancel": "--force",
    "gh workflow list": "--json=fields -q/--jq=expression -L/--limit=int -t/--template=string",
    "gh workflow run": "--json",
    "gh repo view": "-b/--branch=string",
    "gh api": "--allow-escape-sequences --cache=duration --hostname=string -i/--include -p/--preview=strings"
    " --silent --slurp -t/--template=string --verbose",
}
"""By row: options that the real gh has and that aren't simulated."""

_ROW = Command(
    "gh",
    "work with pull requests and workflow runs",
    _version,
    "<command> <subcommand>",
    (Option(("--version",)), _HELP),
    subcommands=(
        Command(
            "gh auth",
            "Authenticate gh and git with GitHub",
            _group("gh auth", ""),
            "<command>",
            (_HELP,),
            subcommands=(
                _row(
                    "gh auth status",
                    "Display active account and authentication state",
                    runs.auth_status,
                    "",
                    *_values("--hostname"),
                ),
            ),
            absent=("login", "logout", "refresh", "setup-git", "switch", "token"),
        ),
        _PULLS,
        _RUNS,
        _WORKFLOWS,
        Command(
            "gh repo",
            "Manage repositories",
            _group("gh repo", ""),
            "<command>",
            (_HELP,),
            subcommands=(
                _row("gh repo view", "View a repository", runs.repo_view, "[<repository>]", *_JSON, _WEB),
            ),
            absent=(
                "archive",
                "autolink",
                "deploy-key",
                "gitignore",
                "license",
                "read-dir",
                "read-file",
                "unarchive",
                "clone",
                "create",
                "delete",
                "edit",
                "fork",
                "list",
                "rename",
                "set-default",
                "sync",
            ),
        ),
        _row(
            "gh api",
            "Make an authenticated GitHub API request",
            rest.api,
            "<endpoint>",
            *_values("-X/--method", "-f/--raw-field", "-F/--field", "-q/--jq"),
            Option(("-H", "--header"), "key:value"),
            Option(("--paginate",), simulated=False),
            Option(("--input",), "file", "The file to use as body for the request (- for standard input)"),
        ),
    ),
    absent=(
        *(
            "agent-task",
            "alias",
            "attestation",
            "browse",
            "cache",
            "co",
            "codespace",
            "completion",
            "config",
        ),
        *("copilot", "discussion", "extension", "gist", "gpg-key", "issue", "label", "licenses", "org"),
        *("preview", "project", "release", "ruleset", "search", "secret", "skill", "ssh-key", "status"),
        "variable",
    ),
    style=GhStyle(),
)

ROWS = (with_help(with_real(_ROW, _REAL), MEANINGS),)
