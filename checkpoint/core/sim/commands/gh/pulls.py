"""gh pr: pull requests, their checks and reviews, and merging by the rules."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from checkpoint.core.sim.commands.gh import jobs
from checkpoint.core.sim.commands.gh.base import Gh, ago, fields_of, printed_json, table
from checkpoint.core.sim.commands.git import formats
from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.errors import Told
from checkpoint.core.sim.events import GuardrailActed
from checkpoint.core.sim.parts.forge import CHECK_SECONDS, Check, ForgeError, Pull, Review
from checkpoint.core.sim.parts.forge.asking import asked_for
from checkpoint.core.sim.parts.forge.branches import (
    changes,
    compared,
    merged,
    merged_changes,
    own_commits,
    updated,
)
from checkpoint.core.sim.parts.forge.checking import Proposed, checks_of
from checkpoint.core.sim.parts.forge.events import Commented, Looked, Merged, Opened, Reviewed
from checkpoint.core.sim.parts.forge.merges import pull_ref, tried
from checkpoint.core.sim.parts.forge.scope import scoped
from checkpoint.core.sim.parts.git.objects import Person
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args

_MARKS = {"pass": "✓", "fail": "X", "pending": "*", "skipping": "-", "cancel": "-"}
_METHODS = {"--merge": "Merged", "--rebase": "Rebased and merged", "--squash": "Squashed and merged"}


def _moment(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"


def listed(process: Process, args: Args) -> int:
    gh = Gh(process, args)
    state = args.value("--state", "open").upper()
    if state not in ("OPEN", "CLOSED", "MERGED", "ALL"):
        told = f'invalid argument "{state.lower()}" for "-s, --state" flag: valid values are'
        raise Told(f"{told} {{open|closed|merged|all}}")
    found = [
        one
        for one in gh.forge.pulls
        if (state == "ALL" or one.state == state or (state == "CLOSED" and one.state == "MERGED"))
        and (not args.has("--author") or one.author == args.value("--author").replace("@me", gh.forge.viewer))
        and (not args.has("--head") or one.head == args.value("--head"))
        and (not args.has("--base") or one.base == args.value("--base"))
        and (not args.has("--draft") or one.draft)
    ]
    if args.has("--json"):
        return printed_json(process, args, [fields_of(args, _facts(gh, one)) for one in found])
    filtered = any(args.has(key) for key in ("--author", "--head", "--base", "--draft")) or state != "OPEN"
    if not found:
        told = "no pull requests match your search in" if filtered else "no open pull requests in"
        raise Told(f"{told} {gh.name}", 0)
    if not process.tty:
        rows = [[str(one.number), one.title, one.head, _state(one), _moment(one.created)] for one in found]
        process.out(table(rows, tty=False, width=process.columns))
        return 0
    kind = "pull request" if filtered else "open pull request"
    many = "" if len(found) == 1 else "s"
    tail = f" that match{'es' if len(found) == 1 else ''} your search" if filtered else ""
    process.line(f"\nShowing {len(found)} of {len(found)} {kind}{many} in {gh.name}{tail}\n")
    rows = [["ID", "TITLE", "BRANCH", "CREATED AT"]]
    rows += [[f"#{one.number}", one.title, one.head, ago(gh.clock - one.created)] for one in found]
    process.out(table(rows, tty=True, width=process.columns))
    return 0


def _state(pull: Pull) -> str:
    return "DRAFT" if pull.draft and pull.state == "OPEN" else pull.state


def _facts(gh: Gh, pull: Pull) -> dict[str, Any]:
    added, removed = _counts(gh, pull)
    return {
        "additions": added,
        "deletions": removed,
        "author": {"login": pull.author},
        "baseRefName": pull.base,
        "body": pull.body,
        "changedFiles": len(pull.files),
        "createdAt": _moment(pull.created),
        "files": [{"path": path, "additions": 1, "deletions": 1} for path in pull.files],
        "headRefName": pull.head,
        "headRefOid": pull.sha,
        "isDraft": pull.draft,
        "mergeStateStatus": gh.forge.merge_state(pull, gh.clock),
        "mergeable": "MERGEABLE",
        "number": pull.number,
        "reviewDecision": gh.forge.decision(pull),
        "reviews": [
            {"author": {"login": one.author}, "state": one.state, "body": one.body} for one in pull.reviews
        ],
        "state": pull.state,
        "statusCheckRollup": [
            {
                "name": one.name,
                "workflowName": one.workflow,
                "status": "IN_PROGRESS" if one.verdict(gh.clock) == "pending" else "COMPLETED",
                "conclusion": "" if one.verdict(gh.clock) == "pending" else one.conclusion,
            }
            for one in pull.checks
        ],
        "title": pull.title,
        "url": gh.url(pull),
    }


def _text_of(gh: Gh, pull: Pull) -> str:
    """The pull request's diff."""
    repo = gh.server
    base = repo.ref(f"refs/heads/{pull.base}") if repo else None
    if pull.diff or repo is None or base is None or repo.find(pull.sha) is None:
        return pull.diff
    return "".join(formats.patch(one, repo.blob) for one in changes(repo, base, pull.sha))


def _counts(gh: Gh, pull: Pull) -> tuple[int, int]:
    if pull.diff or not (text := _text_of(gh, pull)):
        return pull.additions, pull.deletions
    rows = text.split("\n")
    added = sum(row.startswith("+") and not row.startswith("+++") for row in rows)
    return added, sum(row.startswith("-") and not row.startswith("---") for row in rows)


def viewed(process: Process, args: Args) -> int:
    gh = Gh(process, args)
    pull = gh.pull()
    process.happened(Looked("view", pull.number))
    if args.has("--json"):
        return printed_json(process, args, fields_of(args, _facts(gh, pull)))
    added, removed = _counts(gh, pull)
    if not process.tty and args.has("--comments"):
        for who, done, text in _discussion(pull):
            process.out(f"author:\t{who}\nstatus:\t{done or 'none'}\n--\n{text}\n--\n")
        return 0
    if not process.tty:
        facts = [("title", pull.title), ("state", _state(pull)), ("author", pull.author), ("labels", "")]
        facts += [("assignees", ""), ("reviewers", _reviewers(pull)), ("projects", ""), ("milestone", "")]
        facts += [("number", str(pull.number)), ("url", gh.url(pull))]
        facts += [("additions", str(added)), ("deletions", str(removed)), ("auto-merge", "disabled")]
        process.out("".join(f"{name}:\t{value}\n" for name, value in facts) + f"--\n{pull.body}\n")
        return 0
    process.line(f"{pull.title} {gh.name}#{pull.number}")
    commits = f"{pull.commits} commit{'' if pull.commits == 1 else 's'}"
    does = {"OPEN": "wants to merge", "MERGED": "merged", "CLOSED": "wants to merge"}[pull.state]
    where = f"into {pull.base} from {pull.head} • {ago(gh.clock - pull.created)}"
    who = f"{pull.author} ({pull.author})" if pull.author == gh.forge.viewer else pull.author
    process.line(f"{_state(pull).capitalize()} • {who} {does} {commits} {where}")
    summary = _summary(pull, gh.clock)
    process.line(f"+{added} -{removed} • {summary}" if summary else f"+{added} -{removed} • No checks")
    if _reviewers(pull):
        process.line(f"Reviewers: {_reviewers(pull)}")
    body = _indented(pull.body, process.columns)
    process.line(f"\n\n{body if pull.body else '  No description provided'}\n\n")
    if args.has("--comments"):
        for who, done, text in _discussion(pull):
            process.line(f"{who} {done}\n\n{_indented(text, process.columns)}\n\n")
    process.line(f"View this pull request on GitHub: {gh.url(pull)}")
    return 0


def _indented(text: str, width: int) -> str:
    return "\n".join(f"  {row}".ljust(width) for row in text.split("\n"))


_DONE = {
    "APPROVED": "approved",
    "CHANGES_REQUESTED": "requested changes",
    "COMMENTED": "commented",
    "DISMISSED": "dismissed",
}


def _discussion(pull: Pull) -> list[tuple[str, str, str]]:
    """Who, what they did, and what they wrote, of reviews and comments that say something."""
    reviews = [(one.author, _DONE[one.state], one.body) for one in pull.reviews if one.body]
    return reviews + [(who, "commented", text) for who, text in pull.comments]


def _reviewers(pull: Pull) -> str:
    words = {"APPROVED": "Approved", "CHANGES_REQUESTED": "Changes requested", "DISMISSED": "Dismissed"}
    return ", ".join(f"{who} ({words.get(one.state, 'Commented')})" for who, one in pull.latest().items())


def _summary(pull: Pull, clock: int) -> str:
    verdicts = [one.verdict(clock) for one in pull.checks]
    if not verdicts:
        return ""
    failing = verdicts.count("fail")
    if failing:
        return (
            "× All checks failing"
            if failing == len(verdicts)
            else f"× {failing}/{len(verdicts)} checks failing"
        )
    return "- Checks pending" if "pending" in verdicts else "✓ Checks passing"


def checks(process: Process, args: Args) -> int:
    gh = Gh(process, args)
    pull = gh.pull()
    process.happened(Looked("checks", pull.number))
    if args.has("--watch"):
        _let_time_pass(gh, pull)
        pull = gh.forge.pull(pull.number)
    found = [one for one in pull.checks if one.required or not args.has("--required")]
    if not found:
        kind = "required checks" if args.has("--required") and pull.checks else "checks"
        raise Told(f"no {kind} reported on the '{pull.head}' branch")
    verdicts = [one.verdict(gh.clock) for one in found]
    if args.has("--json"):
        rows = [
            {
                "name": one.name,
                "workflow": one.workflow,
                "bucket": verdict,
                "state": one.conclusion or "PENDING",
            }
            for one, verdict in zip(found, verdicts, strict=True)
        ]
        return printed_json(process, args, [fields_of(args, row) for row in rows])
    _checks_printed(gh, found, verdicts)
    if "fail" in verdicts or "cancel" in verdicts:
        return 1
    return 8 if "pending" in verdicts else 0


def _let_time_pass(gh: Gh, pull: Pull) -> None:
    """Watching ends when every check that ends by itself has ended."""
    for number in {one.run for one in pull.checks}:
        run = gh.forge.run(number)
        if run is not None and run.file:
            jobs.watched(gh, run)
    last = max((one.ends for one in pull.checks), default=0)
    if last > gh.clock:
        gh.process.world = replace(gh.process.world, clock=last)


def _checks_printed(gh: Gh, found: list[Check], verdicts: list[str]) -> None:
    process = gh.process
    order = sorted(
        zip(found, verdicts, strict=True),
        key=lambda pair: (pair[1] != "fail", pair[1] == "pending", pair[0].name),
    )
    url = f"https://github.com/{gh.name}/actions/runs"
    if not process.tty:
        rows = [
            [
                f"{one.name}",
                verdict,
                "42s" if verdict != "pending" else "0",
                f"{url}/{one.run}/job/{one.run}1",
                "",
            ]
            for one, verdict in order
        ]
        process.out(table(rows, tty=False, width=process.columns))
        return
    counts = {name: verdicts.count(name) for name in _MARKS}
    headline = "All checks were successful"
    if counts["fail"]:
        headline = "Some checks were not successful"
    elif counts["pending"]:
        headline = "Some checks are still pending"
    elif counts["cancel"]:
        headline = "Some checks were cancelled"
    process.line(headline)
    process.line(
        f"{counts['cancel']} cancelled, {counts['fail']} failing, {counts['pass']} successful,"
        f" {counts['skipping']} skipped, and {counts['pending']} pending checks\n"
    )
    rows = [["", "NAME", "DESCRIPTION", "ELAPSED", "URL"]]
    for one, verdict in order:
        name = f"{one.workflow}/{one.name} ({one.event})"
        rows.append([_MARKS[verdict], name, "", "42s", f"{url}/{one.run}/job/{one.run}1"])
    process.out(table(rows, tty=True, width=process.columns))


def diff(process: Process, args: Args) -> int:
    gh = Gh(process, args)
    pull = gh.pull()
    process.happened(Looked("diff", pull.number))
    if args.has("--name-only"):
        process.out("".join(path + "\n" for path in pull.files))
    else:
        process.out(_text_of(gh, pull))
    return 0


def review(process: Process, args: Args) -> int:
    kinds = [
        (key, state)
        for key, state in (
            ("--approve", "APPROVED"),
            ("--request-changes", "CHANGES_REQUESTED"),
            ("--comment", "COMMENTED"),
        )
        if args.has(key)
    ]
    if len(kinds) > 1:
        raise Told("need exactly one of --approve, --request-changes, or --comment")
    if not kinds:
        raise Told("--approve, --request-changes, or --comment required when not running interactively")
    state, body = kinds[0][1], args.value("--body")
    if args.has("--body-file"):
        typed = args.value("--body-file")
        body = process.stdin if typed == "-" else process.read(typed)
    if not body and state != "APPROVED":
        kind = "request-changes" if state == "CHANGES_REQUESTED" else "comment"
        raise Told(f"body cannot be blank for {kind} review")
    gh = Gh(process, args)
    pull, me = gh.pull(), gh.forge.viewer
    if me == pull.author and state != "COMMENTED":
        process.happened(Reviewed(pull.number, me, state, accepted=False))
        can = "approve" if state == "APPROVED" else "request changes on"
        told = f"GraphQL: Review Can not {can} your own pull request (addPullRequestReview)"
        raise Told(f"failed to create review: {told}")
    gh.save(replace(pull, reviews=(*pull.reviews, Review(me, state, body, pull.sha))))
    process.happened(Reviewed(pull.number, me, state, body=body))
    what = {
        "APPROVED": "✓ Approved",
        "CHANGES_REQUESTED": "+ Requested changes to",
        "COMMENTED": "- Reviewed",
    }[state]
    gh.say(f"{what} pull request {gh.name}#{pull.number}")
    return 0


def merge(process: Process, args: Args) -> int:
    methods = [key for key in _METHODS if args.has(key)]
    if len(methods) > 1:
        raise Told("only one of --merge, --rebase, or --squash can be enabled")
    gh = Gh(process, args)
    pull, me = gh.pull(), gh.forge.viewer
    name = f"{gh.name}#{pull.number}"
    if pull.state == "MERGED":
        gh.say(f"! Pull request {name} was already merged")
        return 0
    if pull.state == "CLOSED":
        raise Told(f"X Pull request {name} ({pull.title}) can't be merged because it is closed")
    if not methods:
        raise Told("--merge, --rebase, or --squash required when not running interactively")
    if args.has("--auto"):
        told = "GraphQL: Auto merge is not allowed for this repository (enablePullRequestAutoMerge)"
        raise ForgeError(told)
    method = methods[0].removeprefix("--")
    state = gh.forge.merge_state(pull, gh.clock)
    if state == "DIRTY":
        process.happened(Merged(pull.number, me, method, "refused", pull.approvals(), ("conflicts",)))
        raise Told(_not_mergeable(gh, pull, method, "the merge commit cannot be cleanly created"))
    lacking = tuple(gh.forge.lacking(pull, gh.clock))
    off = "plan-approve-apply" in process.world.off
    if off and lacking:
        process.happened(GuardrailActed("plan-approve-apply", "review", "off", name))
    elif lacking and not args.has("--admin"):
        process.happened(Merged(pull.number, me, method, "refused", pull.approvals(), lacking))
        process.happened(GuardrailActed("plan-approve-apply", "review", "caught", name))
        why = "the base branch policy prohibits the merge"
        if state == "BEHIND":
            why = "the head branch is not up to date with the base branch"
        raise Told(_not_mergeable(gh, pull, method, why))
    elif lacking and (gh.forge.permission != "ADMIN" or gh.forge.rules.enforce_admins):
        process.happened(Merged(pull.number, me, method, "refused", pull.approvals(), lacking))
        raise ForgeError(f"GraphQL: {pull.refusal or lacking[0]} (mergePullRequest)")
    if pull.draft:
        raise ForgeError("GraphQL: Pull Request is still a draft (mergePullRequest)")
    bypassed = bool(lacking) and not off
    if gh.forge.rules.approvals and not off:
        result = "bypassed" if bypassed else "passed"
        process.happened(GuardrailActed("plan-approve-apply", "review", result, name))
    oid = _carried_out(gh, pull, method)
    gh.save(replace(gh.forge.pull(pull.number), state="MERGED", merged=oid))
    process.happened(Merged(pull.number, me, method, "merged", pull.approvals(), lacking, bypassed))
    gh.refresh()
    gh.say(f"✓ {_METHODS[methods[0]]} pull request {name} ({pull.title})")
    if args.has("--delete-branch"):
        _branch_deleted(gh, pull)
    return 0


def _not_mergeable(gh: Gh, pull: Pull, method: str, why: str) -> str:
    rows = [f"X Pull request {gh.name}#{pull.number} is not mergeable: {why}."]
    rows.append(
        "To have the pull request merged after all the requirements have been met, add the `--auto` flag."
    )
    if pull.conflicts:
        verb, onto = "rebase" if method == "rebase" else "merge", f"origin/{pull.base}"
        rows.append("Run the following to resolve the merge conflicts locally:")
        rows.append(f"  gh pr checkout {pull.number} && git fetch origin {pull.base} && git {verb} {onto}")
    else:
        rows.append(
            "To use administrator privileges to immediately merge the pull request, add the `--admin` flag."
        )
    return "\n".join(rows)


def update_branch(process: Process, args: Args) -> int:
    """Bring the base branch's commits into the head branch."""
    if args.has("--rebase"):
        return process.unsupported("gh pr update-branch --rebase")
    gh = Gh(process, args)
    pull, repo, me = gh.pull(), gh.server, gh.forge.viewer
    who = Person(me, f"{me}@users.noreply.github.com", gh.clock)
    if repo is None or not updated(repo, pull, who):
        gh.say("✓ PR branch already up-to-date")
        return 0
    gh.refresh()
    gh.say("✓ PR branch updated")
    return 0


def edit(process: Process, args: Args) -> int:
    """Title, body and base of a pull request."""
    if not any(args.has(key) for key in ("--title", "--body", "--base")):
        raise Told("field to edit flag required when not running interactively")
    gh = Gh(process, args)
    pull = gh.pull()
    title, body = args.value("--title", pull.title), args.value("--body", pull.body)
    gh.save(replace(pull, title=title, body=body, base=args.value("--base", pull.base)))
    process.line(gh.url(pull))
    return 0


def _carried_out(gh: Gh, pull: Pull, method: str) -> str:
    """The base branch's new commit, empty for a pull request of which only its facts are there."""
    repo = gh.server
    if repo is None or repo.ref(f"refs/heads/{pull.head}") is None:
        return ""
    me = gh.forge.viewer
    return merged(repo, pull, method, Person(me, f"{me}@users.noreply.github.com", gh.clock))


def _branch_deleted(gh: Gh, pull: Pull) -> None:
    repo = gh.server
    local = Git(gh.process).look()
    if local and local.branch == pull.head:
        gh.process.spawn(gh.process, ("git", "switch", "-q", pull.base), "")
        gh.process.spawn(gh.process, ("git", "pull", "-q", "--ff-only"), "")
    if local and local.ref(f"refs/heads/{pull.head}"):
        gh.process.spawn(gh.process, ("git", "branch", "-q", "-D", pull.head), "")
        gh.say(f"✓ Deleted local branch {pull.head}")
    if repo and repo.ref(f"refs/heads/{pull.head}"):
        repo.delete_ref(f"refs/heads/{pull.head}")
    gh.say(f"✓ Deleted remote branch {pull.head}")


def create(process: Process, args: Args) -> int:
    gh = Gh(process, args)
    title, body = args.value("--title"), args.value("--body")
    if args.has("--body-file"):
        typed = args.value("--body-file")
        body = process.stdin if typed == "-" else process.read(typed)
    filled = any(args.has(key) for key in ("--fill", "--fill-first", "--fill-verbose"))
    if not filled and not (title and (body or args.has("--body") or args.has("--body-file"))):
        raise Told(
            "must provide `--title` and `--body` (or `--fill` or `fill-first` or `--fillverbose`)"
            " when not running interactively"
        )
    head, base = args.value("--head") or gh.branch(), args.value("--base") or gh.forge.base
    head = head.rpartition(":")[2]
    repo = gh.server
    if repo is None or repo.ref(f"refs/heads/{head}") is None:
        raise Told("aborted: you must first push the current branch to a remote, or use the --head flag")
    there = next((one for one in gh.forge.pulls if one.head == head and one.state == "OPEN"), None)
    if there:
        told = f'a pull request for branch "{head}" into branch "{base}" already exists:'
        raise Told(f"{told}\n{gh.url(there)}")
    sha, onto = repo.ref(f"refs/heads/{head}") or "", repo.ref(f"refs/heads/{base}")
    if onto is None:
        raise Told("pull request create failed: GraphQL: Base ref must be a branch (createPullRequest)")
    commits = own_commits(repo, onto, sha)
    if not commits:
        told = f"GraphQL: No commits between {base} and {head} (createPullRequest)"
        raise Told(f"pull request create failed: {told}")
    first = repo.commit(commits[-1 if args.has("--fill-first") or len(commits) == 1 else 0])
    if filled:
        title = title or (first.subject if len(commits) == 1 or args.has("--fill-first") else head)
        body = body or first.body
    found = changes(repo, onto, sha)
    number = max((one.number for one in gh.forge.pulls), default=0) + 1
    made = Pull(
        number,
        title,
        head,
        base,
        body,
        author=gh.forge.viewer,
        sha=sha,
        draft=args.has("--draft"),
        created=gh.clock,
        files=tuple(one.path for one in found),
        commits=len(commits),
    )
    repo.put_text(pull_ref(number), sha + "\n")
    merge = tried(repo, made, onto, sha, gh.clock)
    proposed = Proposed(tuple(found), merged_changes(repo, onto, merge), tuple(commits))
    checks = checks_of(gh.forge, repo, proposed, gh.clock + CHECK_SECONDS, gh.forge.next_run())
    made = replace(made, checks=checks if merge else ())
    gh.forge, made = asked_for(gh.forge, repo, made, merge, gh.clock)
    gh.save(compared(gh.forge, repo, made, onto, sha))
    gh.refresh()
    gh.say(f"\nCreating {'draft ' if made.draft else ''}pull request for {head} into {base} in {gh.name}\n")
    process.line(gh.url(made))
    process.happened(Opened(number, head, made.files))
    reviewed, events = scoped(process.world, gh.forge.pull(number), repo, found)
    gh.save(reviewed)
    for event in events:
        process.happened(event)
    return 0


def status(process: Process, args: Args) -> int:
    gh = Gh(process, args)
    branch = gh.branch()
    process.line(f"\nRelevant pull requests in {gh.name}\n\nCurrent branch")
    current = [one for one in gh.forge.pulls if one.head == branch and one.state == "OPEN"]
    _status_rows(gh, current, f"There is no pull request associated with [{branch}]")
    process.line("\nCreated by you")
    mine = [one for one in gh.forge.pulls if one.author == gh.forge.viewer and one.state == "OPEN"]
    _status_rows(gh, mine, "You have no open pull requests")
    process.line("\nRequesting a code review from you")
    _status_rows(gh, [], "You have no pull requests to review")
    process.line()
    return 0


def _status_rows(gh: Gh, found: list[Pull], none: str) -> None:
    for one in found:
        gh.process.line(f"  #{one.number}  {one.title} [{one.head}]")
        told = [text for text in (_summary(one, gh.clock), _decided(gh, one)) if text]
        if told:
            gh.process.line("   - " + " - ".join(told))
    if not found:
        gh.process.line(f"  {none}")


def _decided(gh: Gh, pull: Pull) -> str:
    words = {
        "APPROVED": "✓ Approved",
        "REVIEW_REQUIRED": "Review required",
        "CHANGES_REQUESTED": "+ Changes requested",
    }
    return words.get(gh.forge.decision(pull), "")


def checkout(process: Process, args: Args) -> int:
    gh = Gh(process, args)
    pull = gh.pull()
    code = process.spawn(process, ("git", "fetch", "-q", "origin", pull.head), "")
    return code or process.spawn(process, ("git", "switch", pull.head), "")


def close(process: Process, args: Args) -> int:
    return _turned(process, args, "CLOSED", "Closed")


def reopen(process: Process, args: Args) -> int:
    return _turned(process, args, "OPEN", "Reopened")


def _turned(process: Process, args: Args, state: str, what: str) -> int:
    gh = Gh(process, args)
    pull = gh.pull()
    name = f"{gh.name}#{pull.number} ({pull.title})"
    if pull.state == "MERGED":
        can = "closed" if state == "CLOSED" else "reopened"
        raise Told(f"X Pull request {name} can't be {can} because it was already merged")
    if pull.state == state:
        gh.say(f"! Pull request {name} is already {state.lower()}")
        return 0
    gh.save(replace(pull, state=state))
    gh.say(f"✓ {what} pull request {name}")
    return 0


def ready(process: Process, args: Args) -> int:
    gh = Gh(process, args)
    pull = gh.pull()
    if not pull.draft:
        gh.say(f'! Pull request {gh.name}#{pull.number} is already "ready for review"')
        return 0
    gh.save(replace(pull, draft=False))
    gh.say(f'✓ Pull request {gh.name}#{pull.number} is marked as "ready for review"')
    return 0


def comment(process: Process, args: Args) -> int:
    body = args.value("--body")
    if args.has("--body-file"):
        typed = args.value("--body-file")
        body = process.stdin if typed == "-" else process.read(typed)
    if not body:
        raise Told("flags required when not running interactively")
    gh = Gh(process, args)
    pull = gh.pull()
    gh.save(replace(pull, comments=(*pull.comments, (gh.forge.viewer, body))))
    process.happened(Commented(pull.number, gh.forge.viewer, body))
    process.line(f"{gh.url(pull)}#issuecomment-{1000 + len(pull.comments)}")
    return 0
