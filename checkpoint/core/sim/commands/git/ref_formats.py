"""What `--format` of git for-each-ref and git branch says of a ref."""

from checkpoint.core.sim.commands.git import formats
from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.parts.git.objects import Oid
from checkpoint.core.sim.parts.git.revisions import peeled


def ref_told(git: Git, text: str, ref: str, oid: Oid) -> str:
    """One line of `--format` of for-each-ref, branch and the like."""
    commit = peeled(git.repo, oid, "commit")
    made = git.repo.commit(commit) if commit else None
    short = ref.split("/", 2)[2] if ref.count("/") > 1 else ref
    values = {
        "objectname:short": git.short(oid),
        "objectname": oid,
        "objecttype": git.repo.read(oid)[0],
        "refname:short": short,
        "refname": ref,
        "subject": made.subject if made else "",
        "contents:subject": made.subject if made else "",
        "authorname": made.author.name if made else "",
        "authoremail": f"<{made.author.email}>" if made else "",
        "committerdate:relative": formats.relative_date(made.committer, git.process.clock) if made else "",
        "HEAD": "*" if ref == git.repo.head_ref else " ",
        "committerdate": formats.long_date(made.committer) if made else "",
        "committerdate:short": formats.short_date(made.committer) if made else "",
        "committerdate:iso": formats.iso_date(made.committer) if made else "",
        "upstream:short": git.repo.upstream(short).removeprefix("refs/remotes/"),
    }
    for key, value in values.items():
        text = text.replace(f"%({key})", value)
    return text.replace("%09", "\t").replace("%00", "\0")
