"""What Flux' options are for, in the words of its documentation (fluxcd.io/flux/cmd)."""

MEANINGS: dict[str, dict[str, str]] = {
    "": {
        "--insecure-skip-tls-verify": (
            "if true, the server's certificate will not be checked for validity. This will make your HTTPS "
            "connections insecure"
        ),
        "--progress-bar": "boolean to set the progress bar. The default value is true.",
    },
    "flux version": {
        "--client": "print only client version",
        "--output": "the format in which the information should be printed. can be 'json' or 'yaml'",
    },
}
"""By command, an empty text for all of them, and option."""
