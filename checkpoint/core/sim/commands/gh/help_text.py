"""What gh's options are for, in the words of its manual (cli.github.com/manual)."""

_BODY_FILE = 'Read body text from file (use "-" to read from standard input)'
_EXIT = "Exit with non-zero status if run fails"

MEANINGS: dict[str, dict[str, str]] = {
    "": {
        "--version": "Show gh version",
        "--hostname": "Check only a specific hostname's auth status",
        "--body-file": _BODY_FILE,
        "--interval": "Refresh interval in seconds",
        "--exit-status": _EXIT,
        "--field": "Add a typed parameter in key=value format",
        "--raw-field": "Add a string parameter in key=value format",
    },
    "gh pr create": {
        "--title": "Title for the pull request",
        "--body": "Body for the pull request",
        "--base": "The branch into which you want your code merged",
        "--head": "The branch that contains commits for your pull request (default: current branch)",
        "--fill": "Use commit info for title and body",
        "--fill-first": "Use first commit info for title and body",
        "--fill-verbose": "Use commits msg+body for description",
        "--draft": "Mark pull request as a draft",
        "--reviewer": "Request reviews from people or teams by their handle",
        "--assignee": "Assign people by their login",
        "--label": "Add labels by name",
    },
    "gh pr list": {
        "--base": "Filter by base branch",
        "--head": "Filter by head branch",
        "--draft": "Filter by draft state",
        "--state": "Filter by state: {open|closed|merged|all}",
        "--author": "Filter by author",
        "--limit": "Maximum number of items to fetch (default 30)",
    },
    "gh pr checks": {
        "--watch": "Watch checks until they finish",
        "--required": "Only show checks that are required",
        "--fail-fast": "Exit watch mode on first check failure",
        "--interval": "Refresh interval in seconds in watch mode (default 10)",
    },
    "gh pr close": {"--comment": "Leave a closing comment"},
    "gh pr reopen": {"--comment": "Add a reopening comment"},
    "gh pr comment": {"--body": "The comment body text"},
    "gh pr diff": {
        "--name-only": "Display only names of changed files",
        "--patch": "Display diff in patch format",
        "--color": "Use color in diff output: {always|never|auto}",
    },
    "gh pr edit": {
        "--title": "Set the new title",
        "--body": "Set the new body",
        "--base": "Change the base branch for this pull request",
    },
    "gh pr merge": {
        "--merge": "Merge the commits with the base branch",
        "--rebase": "Rebase the commits onto the base branch",
        "--squash": "Squash the commits into one commit and merge it into the base branch",
        "--delete-branch": "Delete the local and remote branch after merge",
        "--admin": "Use administrator privileges to merge a pull request that does not meet requirements",
        "--auto": "Automatically merge only after necessary requirements are met",
        "--subject": "Subject text for the merge commit",
        "--body": "Body text for the merge commit",
    },
    "gh pr review": {
        "--approve": "Approve pull request",
        "--request-changes": "Request changes on a pull request",
        "--comment": "Comment on a pull request",
        "--body": "Specify the body of a review",
    },
    "gh pr update-branch": {"--rebase": "Update PR branch by rebasing on top of latest base branch"},
    "gh pr view": {"--comments": "View pull request comments"},
    "gh run list": {
        "--branch": "Filter runs by branch",
        "--workflow": "Filter runs by workflow",
        "--status": "Filter runs by status",
        "--event": "Filter runs by which event triggered the run",
        "--commit": "Filter runs by the SHA of the commit",
        "--user": "Filter runs by user who triggered the run",
        "--all": "Include disabled workflows",
        "--limit": "Maximum number of runs to fetch (default 20)",
    },
    "gh run view": {
        "--log": "View full log for either a run or specific job",
        "--log-failed": "View the log for any failed steps in a run or specific job",
        "--verbose": "Show job steps",
        "--job": "View a specific job ID from a run",
    },
    "gh run watch": {
        "--compact": "Show only relevant/failed steps",
        "--interval": "Refresh interval in seconds (default 3)",
    },
    "gh run rerun": {
        "--failed": "Rerun only failed jobs, including dependencies",
        "--debug": "Rerun with debug logging",
    },
    "gh run download": {
        "--name": "Download artifacts that match any of the given names",
        "--dir": "The directory to download artifacts into",
    },
    "gh workflow list": {"--all": "Include disabled workflows"},
    "gh workflow run": {
        "--ref": "Branch or tag name which contains the version of the workflow file you'd like to run"
    },
    "gh api": {
        "--method": "The HTTP method for the request (default GET)",
        "--jq": "Query to select values from the response using jq syntax",
        "--header": "Add a HTTP request header in key:value format",
    },
}
"""By command, an empty text for all of them, and option."""
