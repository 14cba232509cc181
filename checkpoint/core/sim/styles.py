"""How families of tools word what they don't understand."""

from dataclasses import dataclass

from checkpoint.core.sim.table import Command, UsageError


@dataclass(frozen=True, slots=True)
class Gnu:
    """coreutils and the like: one line, then where to look. `code` differs: ls and grep have 2."""

    code: int = 1
    single_dash: bool = False
    abbreviates: bool = True
    stops: bool = False

    def _with_hint(self, command: Command, text: str) -> UsageError:
        name = command.name
        return UsageError(f"{name}: {text}\nTry '{name} --help' for more information.", self.code)

    def unknown(self, command: Command, typed: str) -> UsageError:
        if typed.startswith("--"):
            return self._with_hint(command, f"unrecognized option '{typed}'")
        return self._with_hint(command, f"invalid option -- '{typed[1:2]}'")

    def lacks_value(self, command: Command, typed: str) -> UsageError:
        if typed.startswith("--"):
            return self._with_hint(command, f"option '{typed}' requires an argument")
        return self._with_hint(command, f"option requires an argument -- '{typed[1:]}'")

    def unwanted_value(self, command: Command, typed: str) -> UsageError:
        return self._with_hint(command, f"option '{typed.partition('=')[0]}' doesn't allow an argument")

    def unknown_subcommand(self, command: Command, typed: str) -> UsageError:
        return self._with_hint(command, f"extra operand '{typed}'")


@dataclass(frozen=True, slots=True)
class Cobra:
    """kubectl, flux and gh, which share a library: `error: unknown flag: --x`."""

    prefix: str = "error: "
    hint: str = "See '{path} --help' for usage."
    code: int = 1
    single_dash: bool = False
    abbreviates: bool = False
    stops: bool = False

    def _with_hint(self, command: Command, text: str) -> UsageError:
        hint = f"\n{self.hint.format(path=command.path)}" if self.hint else ""
        return UsageError(f"{self.prefix}{text}{hint}", self.code)

    def unknown(self, command: Command, typed: str) -> UsageError:
        if typed.startswith("--"):
            return self._with_hint(command, f"unknown flag: {typed}")
        return self._with_hint(command, f"unknown shorthand flag: '{typed[1:2]}' in {typed}")

    def lacks_value(self, command: Command, typed: str) -> UsageError:
        if typed.startswith("--"):
            return self._with_hint(command, f"flag needs an argument: {typed}")
        return self._with_hint(command, f"flag needs an argument: '{typed[1:]}' in {typed}")

    def unwanted_value(self, command: Command, typed: str) -> UsageError:
        name, _, value = typed.partition("=")
        why = f'strconv.ParseBool: parsing "{value}": invalid syntax'
        return self._with_hint(command, f'invalid argument "{value}" for "{name}" flag: {why}')

    def unknown_subcommand(self, command: Command, typed: str) -> UsageError:
        return self._with_hint(command, f'unknown command "{typed}" for "{command.path}"')
