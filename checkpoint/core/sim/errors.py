"""What goes wrong in the simulated world because of what was typed; never a fault of ours."""


class SimError(Exception):
    """Becomes a line on standard error and an exit code. The message has no newline at its end."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.code = code


class Told(SimError):
    """Worded whole by the tool: printed as it stands, without the command's name in front."""


class Ending(SimError):
    """A word that can't be expanded: it ends the whole line or script. `scripted` is a script's exit code."""

    def __init__(self, message: str, scripted: int = 1) -> None:
        super().__init__(message, 1)
        self.scripted = scripted


class Exhausted(SimError):
    """A limit of the simulator is reached; the command ends there and the world stays as it was."""

    def __init__(self, what: str) -> None:
        super().__init__(f"simulator: {what}", 1)
