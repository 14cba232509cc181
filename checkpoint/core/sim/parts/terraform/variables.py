"""Values for input variables: defaults, TF_VAR_…, tfvars files, -var and -var-file, the later winning."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from checkpoint.core.sim.parts.terraform.config import Variable
from checkpoint.core.sim.parts.terraform.evaluate import Evaluator, NoNames
from checkpoint.core.sim.parts.terraform.parse import parse, parse_expression
from checkpoint.core.sim.parts.terraform.source import Diagnostic, Diagnostics, Failed, Source, Span
from checkpoint.core.sim.parts.terraform.values import Unsuitable, Value, convert, from_json


@dataclass(frozen=True, slots=True)
class Given:
    """A value and where it comes from: `file`, or in words (`using -var="x=..."`)."""

    value: Value
    origin: str
    span: Span | None = None


def gather(
    variables: Mapping[str, Variable],
    environment: Mapping[str, str],
    files: Iterable[Source],
    typed: Iterable[tuple[str, str]],
    read: Callable[[str], str | None],
    problems: Diagnostics,
) -> dict[str, Given]:
    """`files` are those that are read without being asked for; `typed` are (-var | -var-file, its value)."""
    found: dict[str, Given] = {}
    for name in variables:
        if f"TF_VAR_{name}" in environment:
            origin = f"using the TF_VAR_{name} environment variable"
            given = _worded(variables[name], environment[f"TF_VAR_{name}"], origin, problems)
            found.update({name: given} if given else {})
    for source in files:
        found |= _from_file(variables, source, problems)
    for option, value in typed:
        if option == "-var":
            found |= _from_option(variables, value, problems)
            continue
        text = read(value)
        if text is None:
            problems.add(
                Diagnostic("Failed to read variables file", f"Given variables file {value} does not exist.")
            )
        else:
            found |= _from_file(variables, Source(value, text), problems)
    return found


def _from_option(variables: Mapping[str, Variable], text: str, problems: Diagnostics) -> dict[str, Given]:
    name, equals, value = text.partition("=")
    if not equals:
        detail = (
            f'The given -var option "{text}" is not correctly specified. Must be a variable name and '
            "value separated "
            'by an equals sign, like -var="key=value".'
        )
        problems.add(Diagnostic("Invalid -var option", detail))
        return {}
    if name != name.strip():
        detail = (
            f'The given -var option "{text}" is not correctly specified. Values must not have a space '
            "before or after "
            'the equals sign, such as -var="key=value".'
        )
        problems.add(Diagnostic("Invalid -var option", detail))
        return {}
    if name not in variables:
        detail = (
            f'A variable named "{name}" was assigned on the command line, but the root module does not '
            "declare a "
            'variable of that name. To use this value, add a "variable" block to the configuration.'
        )
        problems.add(Diagnostic("Value for undeclared variable", detail))
        return {}
    given = _worded(variables[name], value, f'using -var="{name}=..."', problems)
    return {name: given} if given else {}


def is_literal(variable: Variable) -> bool:
    """Whether text for it is taken as it stands, not as an expression."""
    return variable.type in ("string", "number", "bool") or "type" not in variable.block.body.settings


def _worded(variable: Variable, text: str, origin: str, problems: Diagnostics) -> Given | None:
    if is_literal(variable):
        return Given(text, origin)
    place = f"<value for var.{variable.name}>"
    try:
        return Given(Evaluator(NoNames())(parse_expression(Source(place, text))), origin)
    except Failed as error:
        problems.add(*error.diagnostics)
        return None


def _from_file(variables: Mapping[str, Variable], source: Source, problems: Diagnostics) -> dict[str, Given]:
    try:
        values = _values(source)
    except Failed as error:
        problems.add(*error.diagnostics)
        return {}
    found = {}
    for name, given in values.items():
        if name in variables:
            found[name] = given
            continue
        detail = (
            f'The root module does not declare a variable named "{name}" but a value was found in file '
            f'"{source.name}". If you meant to use this value, add a "variable" block to the '
            "configuration.\n\nTo "
            'silence these warnings, use TF_VAR_... environment variables to provide certain "global" '
            "settings to all "
            "configurations in your organization. To reduce the verbosity of these warnings, use the "
            "-compact-warnings "
            "option."
        )
        problems.add(Diagnostic("Value for undeclared variable", detail, warning=True))
    return found


def _values(source: Source) -> dict[str, Given]:
    if source.name.endswith(".json"):
        try:
            data = json.loads(source.text)
        except (ValueError, RecursionError):
            data = None
        if not isinstance(data, dict):
            raise Failed(
                Diagnostic("Invalid JSON keyword", "The file holds no JSON object.", Span(source, 0, 1))
            )
        return {str(key): Given(from_json(value), "file", Span(source, 0, 1)) for key, value in data.items()}
    body = parse(source)
    for block in body.blocks:
        if block.type == "variable" and block.labels:
            detail = (
                "A .tfvars file is used to assign values to variables that have already been declared "
                "in .tf files, "
                "not to declare new variables. To declare variable "
                f'"{block.labels[0]}", place this block in one of your .tf files, such as '
                "variables.tf.\n\nTo set a "
                f"value for this variable in {source.name}, use the definition syntax instead:\n    "
                f"{block.labels[0]} = <value>"
            )
            raise Failed(Diagnostic("Variable declaration in .tfvars file", detail, block.header))
        raise Failed(Diagnostic("Unexpected block", "Blocks are not allowed here.", block.header))
    evaluator = Evaluator(NoNames())
    return {name: Given(evaluator(one.value), "file", one.value.span) for name, one in body.settings.items()}


def accepted(variable: Variable, given: Given | None) -> Value:
    """The variable's value in its type. Raises Failed."""
    at = variable.block.header
    if given is None or (given.value is None and not variable.nullable):
        if variable.has_default:
            return variable.default
        detail = (
            f'The root module input variable "{variable.name}" is not set, and has no default value. '
            "Use a -var or "
            "-var-file command line argument to provide a value for this variable."
        )
        raise Failed(Diagnostic("No value for required variable", detail, at))
    try:
        return convert(given.value, variable.type)
    except Unsuitable as error:
        if given.span is not None:
            detail = f"The given value is not suitable for var.{variable.name} declared at {at}: {error}."
            raise Failed(Diagnostic("Invalid value for input variable", detail, given.span)) from None
        detail = f"Unsuitable value for var.{variable.name} set {given.origin}: {error}."
        raise Failed(Diagnostic("Invalid value for input variable", detail, at)) from None
