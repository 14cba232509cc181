"""Everything that is written down about a cohort, with the words for it. Who adds a kind adds its line."""

from checkpoint.cohorts.roles import Role

KINDS = {
    "cohort-made": "made the cohort",
    "cohort-renamed": "renamed the cohort",
    "code-renewed": "made a new join code",
    "joined": "joined",
    "left": "left",
    "removed": "removed",
    "role-given": "gave a role",
    "seen-as": "looked at the pages of a learner as they see them",
    "invited": "invited",
    "invitation-withdrawn": "withdrew the invitation of",
    "handed-over": "handed the cohort over",
    "exported": "took away a file of the cohort",
    "assigned": "assigned",
    "due-changed": "changed the due date of",
    "assignment-removed": "removed the assignment",
    "extended": "gave an extension for",
    "extension-ended": "ended an extension for",
    "regrade-begun": "began a dry run of a regrade",
    "regrade-applied": "applied a regrade",
    "regrade-left": "left a dry run without applying it",
    "regrade-undone": "undid a regrade",
    "decided": "decided about an answer",
    "patch-made": "took away a patch for a question",
    "agreement-exported": "exported how people and the grader agree",
}
"""Each follows the name of who did it."""

DETAILS = {"role": "as", "before": "before", "names": "names"}
"""Names of details, where the key itself is no word for people."""

VALUES: dict[str, str] = {role.value: role.label.lower() for role in Role}
"""The same for their values."""
