"""What Terraform's options are for, after its documentation (developer.hashicorp.com/terraform/cli)."""

MEANINGS: dict[str, dict[str, str]] = {
    "": {
        "-help": "show this help",
        "-version": "show the version",
        "-chdir": "switch to another folder before the command",
        "-ignore-remote-version": "go on although the remote workspace has another version",
        "-json": "machine-readable output",
        "-parallelism": "so many things at once (default 10)",
        "-compact-warnings": "show warnings in a short form",
        "-auto-approve": "don't ask before applying",
    },
    "terraform init": {
        "-backend": "false: don't initialise the backend",
        "-backend-config": "a setting of the backend, key=value, or a file of them",
        "-force-copy": "copy the state without asking",
        "-get": "false: don't download modules",
        "-migrate-state": "reconfigure the backend and try to move the state there",
        "-reconfigure": "reconfigure the backend, ignoring what was configured before",
        "-upgrade": "take the newest versions that the constraints allow",
    },
    "terraform validate": {"-no-tests": "don't validate test files"},
    "terraform fmt": {
        "-check": "exit with 3 where a file isn't formatted, change nothing",
        "-diff": "show what changes",
        "-list": "false: don't list the files that changed",
        "-write": "false: don't write to the files",
        "-recursive": "folders below, too",
    },
    "terraform output": {"-raw": "print a text as it is"},
    "terraform force-unlock": {"-force": "don't ask"},
    "terraform state push": {"-force": "write even if lineage or serial say otherwise"},
    "terraform workspace delete": {
        "-force": "delete even if there are still resources, which nobody manages then"
    },
    "terraform get": {"-update": "look for newer versions of modules that are there"},
    "terraform state list": {"-id": "only the resource with this id"},
    "terraform state mv": {"-dry-run": "print what would be moved"},
    "terraform state rm": {"-dry-run": "print what would be removed"},
    "terraform workspace select": {"-or-create": "create the workspace if it isn't there"},
}
"""By command, an empty text for all of them, and option."""
