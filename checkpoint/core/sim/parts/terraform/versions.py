"""Versions and what constrains them: `>= 1.5, < 2.0`, `~> 3.2`."""

VERSION = "1.11.4"
"""Of the Terraform that is followed."""

_LATEST = {
    "hashicorp/aws": "5.94.1",
    "hashicorp/external": "2.3.4",
    "hashicorp/helm": "2.17.0",
    "hashicorp/kubernetes": "2.36.0",
    "hashicorp/local": "2.5.2",
    "hashicorp/null": "3.2.3",
    "hashicorp/random": "3.7.1",
    "hashicorp/time": "0.13.0",
    "hashicorp/tls": "4.0.6",
    "hetznercloud/hcloud": "1.51.0",
    "tehcyx/kind": "0.8.0",
    "gavinbunney/kubectl": "1.19.0",
    "cloudflare/cloudflare": "5.2.0",
    "integrations/github": "6.6.0",
    "hashicorp/hcloud": "",
}
"""The newest version of each provider in the scenario's registry; "" where there is no such provider."""


def latest(source: str) -> str:
    return _LATEST.get(source, "1.0.0" if source.startswith("hashicorp/") else "")


def parts(version: str) -> tuple[int, ...]:
    numbers = version.strip().lstrip("v").partition("-")[0].split(".")
    return tuple(int(one) if one.isdecimal() and len(one) < 10 else 0 for one in numbers)


def _padded(version: str) -> tuple[int, ...]:
    return (*parts(version), 0, 0, 0)[:3]


def fits(version: str, constraint: str) -> bool:
    """Whether a version meets all parts of a constraint; an empty one is met by all."""
    return all(_meets(version, one.strip()) for one in constraint.split(",") if one.strip())


def _meets(version: str, constraint: str) -> bool:
    operator = "".join(one for one in constraint[:2] if one in "<>=!~")
    wanted = constraint[len(operator) :].strip()
    have, want = _padded(version), _padded(wanted)
    if operator == "~>":
        given = parts(wanted)
        above = (*given[:-2], given[-2] + 1) if len(given) > 1 else (given[0] + 1,)
        return want <= have < (*above, 0, 0, 0)[:3]
    return {
        "": have == want,
        "=": have == want,
        "!=": have != want,
        ">": have > want,
        ">=": have >= want,
        "<": have < want,
        "<=": have <= want,
    }.get(operator, False)


def best(source: str, constraint: str) -> str:
    """The version that `init` chooses; "" if none fits. Older ones are there as the constraint names them."""
    newest = latest(source)
    if not newest:
        return ""
    if fits(newest, constraint):
        return newest
    for one in constraint.split(","):
        wanted = one.strip().lstrip("<>=!~ ").strip()
        version = ".".join(map(str, _padded(wanted)))
        if wanted and fits(version, constraint) and _padded(version) <= _padded(newest):
            return version
    return ""
