"""What well-known hook repositories say about their hooks (name, entry, types), from their manifests."""

from typing import Any

KNOWN: dict[str, dict[str, Any]] = {
    "trailing-whitespace": {
        "name": "trim trailing whitespace",
        "entry": "trailing-whitespace-fixer",
        "types": ["text"],
    },
    "end-of-file-fixer": {"name": "fix end of files", "entry": "end-of-file-fixer", "types": ["text"]},
    "check-yaml": {"name": "check yaml", "entry": "check-yaml", "types": ["yaml"]},
    "check-json": {"name": "check json", "entry": "check-json", "types": ["json"]},
    "detect-private-key": {
        "name": "detect private key",
        "entry": "detect-private-key",
        "types": ["text"],
    },
    "check-merge-conflict": {
        "name": "check for merge conflicts",
        "entry": "check-merge-conflict",
        "types": ["text"],
    },
    "check-added-large-files": {
        "name": "check for added large files",
        "entry": "check-added-large-files",
    },
    "mixed-line-ending": {"name": "mixed line ending", "entry": "mixed-line-ending", "types": ["text"]},
    "no-commit-to-branch": {
        "name": "don't commit to branch",
        "entry": "no-commit-to-branch",
        "pass_filenames": False,
        "always_run": True,
    },
    "gitleaks": {
        "name": "Detect hardcoded secrets",
        "entry": "gitleaks git --pre-commit --redact --staged --verbose",
        "pass_filenames": False,
    },
    "check-toml": {"name": "check toml", "entry": "check-toml", "types": ["toml"]},
    "check-executables-have-shebangs": {
        "name": "check that executables have shebangs",
        "entry": "check-executables-have-shebangs",
        "types": ["text", "executable"],
    },
    "check-shebang-scripts-are-executable": {
        "name": "check that scripts with shebangs are executable",
        "entry": "check-shebang-scripts-are-executable",
        "types": ["text"],
    },
    "check-case-conflict": {"name": "check for case conflicts", "entry": "check-case-conflict"},
    "check-symlinks": {"name": "check for broken symlinks", "entry": "check-symlinks", "types": ["symlink"]},
    "fix-byte-order-marker": {
        "name": "fix utf-8 byte order marker",
        "entry": "fix-byte-order-marker",
        "types": ["text"],
    },
    "yamllint": {"name": "yamllint", "entry": "yamllint", "types_or": ["file"], "types": ["file", "yaml"]},
    "shellcheck": {
        "name": "ShellCheck v0.10.0",
        "entry": "shellcheck",
        "types": ["shell"],
        "require_serial": True,
    },
    "terraform_fmt": {
        "name": "Terraform fmt",
        "entry": "terraform fmt -check",
        "files": r"\.(tf|tofu|tfvars|tftest\.hcl)$",
    },
}
