"""What can be said about a configuration without state or values: names, schemas, types, cycles."""

from collections.abc import Iterator, Mapping

from checkpoint.core.sim.errors import Exhausted
from checkpoint.core.sim.parts.terraform import providers
from checkpoint.core.sim.parts.terraform import syntax as s
from checkpoint.core.sim.parts.terraform.config import Config, Resource
from checkpoint.core.sim.parts.terraform.evaluate import Reference, references
from checkpoint.core.sim.parts.terraform.planning import (
    Planner,
    Request,
    expressions,
    no_attribute,
    out_of_place,
    undeclared,
)
from checkpoint.core.sim.parts.terraform.source import Diagnostic, Diagnostics, Failed, Span, closest
from checkpoint.core.sim.parts.terraform.state import State

_SPECIAL = frozenset(["var", "local", "data", "module", "path", "terraform", "each", "count", "self"])


def validate(config: Config) -> Diagnostics:
    """Everything that `terraform validate` would complain of. What needs something wrong isn't looked at."""
    problems = Diagnostics()
    cycle = _cycle(config)
    if cycle:
        problems.add(Diagnostic(f"Cycle: {', '.join(cycle)}"))
        return problems
    nodes = _nodes(config)
    found = {name: _of_node(config, name, inner) for name, inner in nodes.items()}
    wrong = {name for name, ones in found.items() if ones}
    behind = _behind(wrong, {name: _goals(inner) for name, inner in nodes.items()})
    for name, ones in found.items():
        if name not in behind:
            problems.add(*ones)
    problems.add(*_evaluated(config, wrong | behind))
    return problems


def _behind(wrong: set[str], edges: Mapping[str, list[str]]) -> set[str]:
    """Everything that needs something wrong, also through others."""
    needed_by: dict[str, list[str]] = {}
    for name, goals in edges.items():
        for goal in goals:
            needed_by.setdefault(goal, []).append(name)
    found: set[str] = set()
    waiting = list(wrong)
    while waiting:
        for name in needed_by.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def _evaluated(config: Config, skipped: set[str]) -> list[Diagnostic]:
    """What comes up when everything else is evaluated, variables and objects unknown."""
    planner = Planner(Request(config, mode="normal"), State(), lambda one: one.attributes, validating=True)
    planner.broken |= skipped
    try:
        planner.whole()
    except Failed as error:
        planner.plan.problems.add(*error.diagnostics)
    except Exhausted as error:
        if "data source" not in error.message:
            raise
    return planner.plan.problems.found


def _nodes(config: Config) -> dict[str, list[s.Expression]]:
    """By name: the expressions of every local, resource and output."""
    made = {f"local.{name}": [setting.value] for name, setting in config.locals.items()}
    made |= {address: expressions(resource) for address, resource in config.resources.items()}
    return made | {f"output.{name}": [output.value] for name, output in config.outputs.items()}


def _of_node(config: Config, name: str, nodes: list[s.Expression]) -> list[Diagnostic]:
    resource = config.resources.get(name)
    found = list(_arguments(config, resource)) if resource is not None else []
    behind = resource.block.body.settings.get("depends_on") if resource is not None else None
    for node in [*nodes, *([behind.value] if behind else [])]:
        for reference in references(node):
            if resource is not None and _names_itself(resource, reference):
                continue
            one = _reference(config, reference, resource)
            found += [one] if one is not None else []
    return found


def _names_itself(resource: Resource, reference: Reference) -> bool:
    """Only the plan complains of that."""
    return bool(reference.names) and f"{reference.root}.{reference.names[0]}" == resource.address


# --- references -------------------------------------------------------------------


def _reference(config: Config, reference: Reference, within: Resource | None) -> Diagnostic | None:
    root, names = reference.root, reference.names
    if root == "count" and (within is None or within.count is None):
        return out_of_place("count", reference)
    if root == "each" and (within is None or within.for_each is None):
        return out_of_place("each", reference)
    if root == "var":
        return _declared(reference, config.variables, _variable)
    if root == "local":
        return _declared(reference, config.locals, _local)
    if root == "each" and names and names[0] not in ("key", "value"):
        detail = (
            f'The "each" object does not have an attribute named "{names[0]}". The supported attributes are '
            'each.key and each.value, the current key and value pair of the "for_each" attribute set.'
        )
        return Diagnostic('Invalid "each" attribute', detail, reference.span)
    if root in _SPECIAL:
        if root == "data" and len(names) > 1 and f"data.{names[0]}.{names[1]}" not in config.resources:
            return undeclared(config, reference)
        return None
    if not names:
        return Diagnostic("Invalid reference", _NO_NAME, reference.span)
    resource = config.resources.get(f"{root}.{names[0]}")
    if resource is None:
        return undeclared(config, reference)
    return _keyed(resource, reference) or _attribute(resource, reference)


def _declared(reference: Reference, known: Mapping[str, object], say: object) -> Diagnostic | None:
    assert callable(say)  # noqa: S101
    if not reference.names:
        word = "variable" if reference.root == "var" else "local"
        detail = (
            f'The "{reference.root}" object cannot be accessed directly. Instead, access one of its '
            "attributes."
        )
        return Diagnostic("Invalid reference", detail, reference.span) if word else None
    if reference.names[0] in known:
        return None
    meant = closest(reference.names[0], known)
    head = reference.steps[0].span
    made: Diagnostic = say(reference.names[0], meant, head)
    return made


def _variable(name: str, meant: str, at: Span) -> Diagnostic:
    hint = (
        f'Did you mean "{meant}"?'
        if meant
        else f'This variable can be declared with a variable "{name}" {{}} block.'
    )
    detail = f'An input variable with the name "{name}" has not been declared. {hint}'
    return Diagnostic("Reference to undeclared input variable", detail, at)


def _local(name: str, meant: str, at: Span) -> Diagnostic:
    hint = f' Did you mean "{meant}"?' if meant else ""
    detail = f'A local value with the name "{name}" has not been declared.{hint}'
    return Diagnostic("Reference to undeclared local value", detail, at)


def _attribute(resource: Resource, reference: Reference) -> Diagnostic | None:
    names, steps = reference.names, reference.steps
    if len(names) < 2:
        return None
    if resource.count is not None or resource.for_each is not None:
        how, example = ("count", "count.index") if resource.count is not None else ("for_each", "each.key")
        detail = (
            f'Because {resource.address} has "{how}" set, its attributes must be accessed on specific '
            "instances.\n\n"
            "For example, to correlate with indices of a referring resource, use:\n    "
            f"{resource.address}[{example}]"
        )
        return Diagnostic("Missing resource instance key", detail, reference.span)
    known = providers.schema(resource.type)
    if known.open or names[1] in known.attributes:
        return None
    return no_attribute(resource, names[1], steps[1])


def _keyed(resource: Resource, reference: Reference) -> Diagnostic | None:
    """A key behind a resource that has one instance."""
    if resource.count is not None or resource.for_each is not None or len(reference.steps) != 1:
        return None
    source, end = reference.span.source, reference.span.end
    if not source.text.startswith("[", end):
        return None
    close = source.text.find("]", end)
    detail = (
        f'Because {resource.address} does not have "count" or "for_each" set, references to it must not '
        "include an index key. Remove the bracketed index to refer to the single instance of this resource."
    )
    return Diagnostic("Unexpected resource instance key", detail, Span(source, end, max(close, end) + 1))


_NO_NAME = (
    "A reference to a resource type must be followed by at least one attribute access, specifying the "
    "resource name."
)

# --- arguments --------------------------------------------------------------------


def _arguments(config: Config, resource: Resource) -> Iterator[Diagnostic]:
    known = providers.schema(resource.type)
    title = resource.block.title
    if config.provider_name(resource) == "terraform" and resource.type != "terraform_data":
        yield _invalid_type(resource)
        return
    if known.open:
        return
    for name, setting in resource.body.settings.items():
        attribute = known.attributes.get(name)
        if attribute is None:
            meant = closest(name, sorted(known.attributes))
            hint = f' Did you mean "{meant}"?' if meant else ""
            detail = f'An argument named "{name}" is not expected here.{hint}'
            yield Diagnostic("Unsupported argument", detail, setting.name_span, None, title)
        elif not attribute.given and resource.type == "terraform_data":
            yield Diagnostic(f'"{name}" attribute is read-only')
        elif not attribute.given:
            detail = (
                f'Can\'t configure a value for "{name}": its value will be decided automatically based '
                "on the result "
                "of applying this configuration."
            )
            yield Diagnostic("Value for unconfigurable attribute", detail, setting.value.span, None, title)
    for block in resource.body.blocks:
        detail = f'Blocks of type "{block.type}" are not expected here.'
        if block.type in known.attributes:
            detail += (
                f' Did you mean to define argument "{block.type}"? If so, use the equals sign to assign it '
                "a value."
            )
        yield Diagnostic("Unsupported block type", detail, block.type_span, None, title)
    for name, attribute in sorted(known.attributes.items()):
        if attribute.required and name not in resource.body.settings:
            detail = f'The argument "{name}" is required, but no definition was found.'
            yield Diagnostic("Missing required argument", detail, resource.block.header, None, title)


def _invalid_type(resource: Resource) -> Diagnostic:
    hint = ' Did you mean "terraform_data"?' if closest(resource.type, ["terraform_data"]) else ""
    detail = (
        f'The provider terraform.io/builtin/terraform does not support resource type "{resource.type}".{hint}'
    )
    return Diagnostic("Invalid resource type", detail, resource.block.label_spans[0])


# --- cycles -----------------------------------------------------------------------


def _cycle(config: Config) -> list[str]:
    """The names of a circle of references, as the graph calls them; nothing if there is none."""
    edges: dict[str, list[str]] = {}
    for name, setting in config.locals.items():
        edges[f"local.{name}"] = _goals([setting.value])
    for address, resource in config.resources.items():
        edges[address] = _goals(expressions(resource)) + [
            x for x in resource.depends_on if x in config.resources
        ]
        edges[address] = [goal for goal in edges[address] if goal != address]
    waiting = {name: len({goal for goal in goals if goal in edges}) for name, goals in edges.items()}
    needed_by: dict[str, list[str]] = {}
    for name, goals in edges.items():
        for goal in set(goals):
            needed_by.setdefault(goal, []).append(name)
    free = [name for name, count in waiting.items() if not count]
    while free:
        for name in needed_by.get(free.pop(), ()):
            waiting[name] -= 1
            if not waiting[name]:
                free.append(name)
    stuck = {name for name, count in waiting.items() if count > 0}
    return _circle(edges, stuck)


def _circle(edges: dict[str, list[str]], stuck: set[str]) -> list[str]:
    if not stuck:
        return []
    path = [max(stuck)]
    while True:
        step = next((goal for goal in edges[path[-1]] if goal in stuck), None)
        if step is None:
            return []
        if step in path:
            circle = path[path.index(step) :]
            return [f"{name} (expand)" if name.startswith("local.") else name for name in circle]
        path.append(step)


def _goals(nodes: list[s.Expression]) -> list[str]:
    found = []
    for node in nodes:
        for reference in references(node):
            if reference.names:
                found.append(f"{reference.root}.{reference.names[0]}")
    return list(dict.fromkeys(found))
