"""Compares configuration, state and reality, and says what is to be done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

from checkpoint.core.sim.errors import Exhausted
from checkpoint.core.sim.parts.terraform import providers
from checkpoint.core.sim.parts.terraform import syntax as s
from checkpoint.core.sim.parts.terraform.config import Config, Import, Resource
from checkpoint.core.sim.parts.terraform.evaluate import Evaluator, Reference, references, weighed
from checkpoint.core.sim.parts.terraform.source import Diagnostic, Diagnostics, Failed, Span, closest
from checkpoint.core.sim.parts.terraform.state import Key, Known, Object, State, order_of, with_key
from checkpoint.core.sim.parts.terraform.values import (
    Secret,
    Unknown,
    Unsuitable,
    Value,
    bare,
    convert,
    is_known,
    is_secret,
    like,
    same,
    to_string,
    type_of,
)
from checkpoint.core.sim.parts.terraform.variables import Given, accepted

Mode = Literal["normal", "destroy", "refresh-only"]
Action = Literal["no-op", "create", "update", "delete", "replace", "create-then-delete", "read", "forget"]

_CHAIN = 100
"""References that lead to each other."""
MOST_INSTANCES = 200
"""Of one resource."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is going to happen to one resource instance. `before` or `after` is None for nothing."""

    address: str
    type: str
    name: str
    mode: str
    key: Key
    action: Action
    before: Mapping[str, Value] | None
    after: Mapping[str, Value] | None
    provider: str
    replaces: frozenset[str] = frozenset()
    reason: str = ""
    """Why it is deleted or replaced, in one word: orphan, index, key, tainted, requested, triggered …"""
    previous: str = ""
    """The address it had before it was moved."""
    tainted: bool = False
    imported: str = ""
    """The id of the real object that is imported here."""

    @property
    def changes(self) -> bool:
        return self.action != "no-op" or bool(self.previous) or bool(self.imported)

    @property
    def resource(self) -> str:
        return f"{'data.' if self.mode == 'data' else ''}{self.type}.{self.name}"


@dataclass(frozen=True, slots=True)
class OutputChange:
    name: str
    action: Action
    before: Value
    after: Value
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Drift:
    """A change that somebody made outside of Terraform."""

    address: str
    type: str
    name: str
    before: Mapping[str, Value]
    after: Mapping[str, Value] | None


@dataclass(frozen=True, slots=True)
class Request:
    """What a plan is asked for; kept in a plan file."""

    config: Config
    given: Mapping[str, Given] = field(default_factory=dict)
    mode: Mode = "normal"
    refresh: bool = True
    targets: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    workspace: str = "default"
    folder: str = ""
    read: Callable[[str], str | None] = lambda path: None
    moved: Mapping[str, str] = field(default_factory=dict)
    """New address -> old one, of objects that the state has under the new one already."""
    imported: Mapping[str, str] = field(default_factory=dict)
    """Address -> id, of objects that the state has already and that are only now imported."""


@dataclass(slots=True)
class Plan:
    request: Request
    prior: State
    """The state after the refresh."""
    stored: State
    """The state as it was read."""
    changes: list[Change] = field(default_factory=list)
    outputs: list[OutputChange] = field(default_factory=list)
    drift: list[Drift] = field(default_factory=list)
    refreshed: list[tuple[str, str]] = field(default_factory=list)
    """(address, id) in the order in which it was done."""
    problems: Diagnostics = field(default_factory=Diagnostics)
    dependencies: dict[str, list[str]] = field(default_factory=dict)
    """Of each resource: those it refers to."""
    moved: dict[str, str] = field(default_factory=dict)
    """New address -> old one, as `moved` blocks say."""
    imported: dict[str, str] = field(default_factory=dict)
    """Address -> id, as `import` blocks say."""

    @property
    def importing(self) -> list[Change]:
        return [one for one in self.changes if one.imported]

    @property
    def acting(self) -> list[Change]:
        return [one for one in self.changes if one.action != "no-op"]

    @property
    def moving(self) -> list[Change]:
        return [one for one in self.changes if one.previous]

    def counts(self) -> tuple[int, int, int]:
        """To add, to change, to destroy."""
        kinds = [one.action for one in self.changes]
        replaced = kinds.count("replace") + kinds.count("create-then-delete")
        return kinds.count("create") + replaced, kinds.count("update"), kinds.count("delete") + replaced

    @property
    def changes_outputs(self) -> bool:
        return any(one.action != "no-op" for one in self.outputs)

    @property
    def is_empty(self) -> bool:
        """Nothing to do, and nothing new to be written down."""
        if self.request.mode == "refresh-only":
            return not self.drift and not self.changes_outputs
        return not any(one.changes for one in self.changes) and not self.changes_outputs


Refresh = Callable[[Object], Mapping[str, Value] | None]
"""A remembered object -> its attributes as they really are, None if it is gone."""


def plan(request: Request, state: State, refresh: Refresh) -> Plan:
    """Never raises for what the configuration says: look into `problems`."""
    planner = Planner(request, state, refresh)
    try:
        planner.whole()
    except Failed as error:
        planner.plan.problems.add(*error.diagnostics)
    return planner.plan


class _Skipped(Failed):
    """Something that this needs has failed already."""


class Planner:
    """Evaluates on demand, each thing once. With `applying` values come from objects already made."""

    def __init__(self, request: Request, state: State, refresh: Refresh, *, validating: bool = False) -> None:
        self.request, self.config, self.refresh = request, request.config, refresh
        self.validating = validating
        self.plan = Plan(request, state, state)
        self.evaluator = Evaluator(self)
        self.values: dict[str, Value] = {}
        self.broken: set[str] = set()
        self.depth = 0
        self.instances: dict[str, dict[Key, Value]] = {}
        self.current: tuple[Resource | None, Key, Value] = (None, None, None)
        self.made: dict[str, Mapping[str, Value]] = {}
        """Address -> attributes of what an apply made."""
        self.found = _found(self.config)
        self.moments: Callable[[str], Value] | None = None
        """While applying: what `timestamp()` and `uuid()` are."""
        self.moved: dict[str, str] = dict(request.moved)
        """New address -> old one."""
        self.imported: dict[str, str] = dict(request.imported)
        """Address -> id."""

    # --- the walk ------------------------------------------------------------

    def whole(self) -> None:
        request = self.request
        self.plan.dependencies = {
            address: depends(self.config, one) for address, one in self.config.resources.items()
        }
        self.move()
        self.variables()
        if request.mode == "normal" and not self.validating:
            for one in self.config.imports:
                self.attempt(partial(self.imports, one))
            self.plan.imported = dict(self.imported)
        self.refresh_all()
        if request.mode == "destroy":
            self.destroy_all()
            return
        for name in self.config.locals:
            self.attempt(partial(self.local, name))
        for address in sorted(self.config.resources):
            if self.is_target(address):
                self.attempt(partial(self.resource, address))
        self.orphans()
        self.output_changes()
        self.plan.changes.sort(key=lambda one: order_of(one.address))
        self.plan.problems.add()

    def attempt(self, work: Callable[[], object]) -> None:
        try:
            work()
        except _Skipped:
            pass
        except Failed as error:
            self.plan.problems.add(*error.diagnostics)

    def is_target(self, address: str) -> bool:
        targets = self.request.targets
        if not targets:
            return True
        if "[" in address and any("[" in one and _same_resource(one, address) for one in targets):
            return address in targets
        wanted = {one.partition("[")[0] for one in targets}
        address = address.partition("[")[0]
        return address in wanted or any(address in self.needed_by(one) for one in wanted)

    def needed_by(self, address: str, seen: frozenset[str] = frozenset()) -> set[str]:
        found: set[str] = set()
        for one in self.plan.dependencies.get(address, ()):
            if one not in seen:
                found |= {one} | self.needed_by(one, seen | {address, one})
        return found

    def move(self) -> None:
        """`moved` blocks: the same object under another address."""
        state = self.plan.prior
        for old, new in self.config.moved:
            for one in [each for each in state.in_order() if each.address == old or each.resource == old]:
                head, _, key = new.partition("[")
                type_, _, name = head.partition(".")
                made: Key = one.key
                if one.address == old:
                    made = _key(key.removesuffix("]")) if key else (None if one.address == old else one.key)
                moved = replace(one, type=type_, name=name, key=made)
                if moved.address not in state.instances:
                    state = state.without(one.address).having(moved)
                    self.moved[moved.address] = one.address
        self.plan.prior = state
        self.plan.moved = dict(self.moved)

    def imports(self, one: Import) -> None:
        """An `import` block: the real object becomes part of the state that is planned on."""
        address = one.address
        if address in self.plan.prior.instances or not self.is_target(address):
            return
        resource = self.config.resources.get(address.partition("[")[0])
        if resource is None:
            detail = _NO_GOAL.format(address)
            title = one.block.title
            raise Failed(
                Diagnostic("Configuration for import target does not exist", detail, one.to.span, None, title)
            )
        id_ = bare(self.evaluator(one.id))
        if not isinstance(id_, str) or not id_:
            detail = "The import ID value evaluates to an empty string, please provide a non-empty value."
            raise Failed(Diagnostic("Invalid import id argument", detail, one.id.span, None, one.block.title))
        key = address.partition("[")[2].removesuffix("]")
        names = providers.schema(resource.type).attributes
        attributes: dict[str, Value] = {name: id_ if name == "id" else None for name in names}
        attributes.setdefault("id", id_)
        provider = self.config.provider(self.config.provider_name(resource)).address
        made = Object(
            "managed", resource.type, resource.name, _key(key) if key else None, provider, attributes
        )
        self.imported[made.address] = id_
        self.plan.prior = self.plan.prior.having(made)

    def refresh_all(self) -> None:
        if not self.request.refresh or self.validating:
            return
        state = self.plan.prior
        for one in _by_dependency(state):
            if one.mode == "data" or not self.is_target(one.address) or self.blocked(one.resource):
                continue
            if self.is_let_go(one):
                continue
            self.plan.refreshed.append((self.counted_address(one), one.id))
            real = one.attributes if one.address in self.imported else self.refresh(one)
            if real is None:
                self.plan.drift.append(Drift(one.address, one.type, one.name, one.attributes, None))
                state = state.without(one.address)
            elif not same(dict(real), dict(one.attributes)):
                self.plan.drift.append(Drift(one.address, one.type, one.name, one.attributes, real))
                state = state.having(replace(one, attributes=real))
        self.plan.prior = state

    def counted_address(self, one: Object) -> str:
        """An object's address as its resource counts now: a single one is the first of several."""
        resource = self.config.resources.get(one.resource)
        state = self.plan.prior
        if resource is None or resource.for_each is not None:
            return one.address
        if resource.count is not None and one.key is None:
            made = replace(one, key=0)
        elif resource.count is None and one.key == 0 and isinstance(one.key, int):
            made = replace(one, key=None)
        else:
            return one.address
        return one.address if made.address in state.instances else made.address

    def blocked(self, address: str) -> bool:
        """Whether a resource can't be evaluated, because a variable it needs is wrong."""
        resource = self.config.resources.get(address)
        if resource is None or self.request.mode == "destroy":
            return False
        return any(self.is_broken(one, 0) for one in _names(resource))

    def is_broken(self, reference: Reference, depth: int) -> bool:
        if not reference.names or depth > _CHAIN:
            return False
        name = reference.names[0]
        if reference.root == "var":
            return self.accept(name) is None
        if reference.root == "local" and name in self.config.locals:
            return any(self.is_broken(one, depth + 1) for one in references(self.config.locals[name].value))
        return False

    def variables(self) -> None:
        for name in self.config.variables:
            self.attempt(partial(self.variable, name))

    # --- references ----------------------------------------------------------

    def read(self, path: str) -> str | None:
        return self.request.read(self.absolute(path))

    def absolute(self, path: str) -> str:
        return path if path.startswith("/") else f"{self.request.folder}/{path}"

    def later(self, name: str) -> Value:
        return self.moments(name) if self.moments else Unknown("string")

    def resolve(self, reference: Reference) -> tuple[Value, int]:
        root, names = reference.root, reference.names
        self.depth += 1
        if self.depth > _CHAIN:
            raise Exhausted(f"more than {_CHAIN} values refer to each other")
        try:
            if root == "var" and names:
                return self.variable(names[0]), 1
            if root == "local" and names:
                return self.local(names[0]), 1
            if root in ("path", "terraform") and names:
                return self.surroundings(root, names[0], reference), 1
            if root in ("each", "count", "self") and names:
                return self.within(root, names[0], reference)
            if root == "data" and len(names) > 1:
                return self.resource_value(f"data.{names[0]}.{names[1]}", reference), 2
            if names and root not in (
                "module",
                "var",
                "local",
                "path",
                "each",
                "count",
                "self",
                "terraform",
                "data",
            ):
                return self.resource_value(f"{root}.{names[0]}", reference), 1
        finally:
            self.depth -= 1
        raise Failed(Diagnostic("Invalid reference", _NO_NAME, reference.span))

    def surroundings(self, root: str, name: str, reference: Reference) -> Value:
        if root == "terraform" and name == "workspace":
            return self.request.workspace
        if root == "path" and name in ("module", "root"):
            return "."
        if root == "path" and name == "cwd":
            return self.request.folder
        if root == "path":
            raise Failed(
                Diagnostic(
                    'Invalid "path" attribute',
                    f'The "path" object does not have an attribute named "{name}".',
                    reference.span,
                )
            )
        raise Failed(
            Diagnostic(
                'Invalid "terraform" attribute',
                f'The "terraform" object does not have an attribute '
                f'named "{name}". The only supported attributes are terraform.workspace, the name of '
                "the currently-selected workspace, and terraform.applying, a boolean which is "
                "true only during apply.",
                reference.span,
            )
        )

    def within(self, root: str, name: str, reference: Reference) -> tuple[Value, int]:
        resource, key, value = self.current
        if root == "count" and name == "index" and resource is not None and resource.count is not None:
            return (Unknown("number") if self.validating else key), 1
        if (
            root == "each"
            and name in ("key", "value")
            and resource is not None
            and resource.for_each is not None
        ):
            if self.validating:
                return Unknown("string" if name == "key" else "dynamic"), 1
            return (key if name == "key" else value), 1
        raise Failed(out_of_place(root, reference))

    def once(self, name: str, work: Callable[[], Value]) -> Value:
        """A value that is worked out the first time it is asked for."""
        if name in self.broken:
            raise _Skipped()
        if name not in self.values:
            kept, self.current = self.current, (None, None, None)
            names, self.evaluator.names = self.evaluator.names, {}
            try:
                self.values[name] = weighed(work())
            except Failed as error:
                self.broken.add(name)
                self.plan.problems.add(*error.diagnostics)
                raise _Skipped() from None
            finally:
                self.current = kept
                self.evaluator.names = names
        return self.values[name]

    def accept(self, name: str) -> Value:
        """A variable's value in its type, wrapped so that None means that it is wrong."""
        variable = self.config.variables.get(name)
        if variable is None:
            return (None,)
        try:
            return (accepted(variable, self.request.given.get(name)),)
        except Failed:
            return None

    def variable(self, name: str) -> Value:
        variable = self.config.variables[name]

        def work() -> Value:
            if self.validating:
                return Secret(Unknown(variable.type)) if variable.sensitive else Unknown(variable.type)
            value = accepted(variable, self.request.given.get(name))
            value = Secret(bare(value)) if variable.sensitive and not isinstance(value, Secret) else value
            self.values[f"var.{name}"] = value
            for block in variable.validations:
                self.validated(variable.name, block)
            return value

        return self.once(f"var.{name}", work)

    def validated(self, name: str, block: s.Block) -> None:
        settings = block.body.settings
        if "condition" not in settings or "error_message" not in settings:
            return
        result = bare(self.evaluator(settings["condition"].value))
        if result is False:
            variable = self.config.variables[name]
            message = str(bare(self.evaluator(settings["error_message"].value)))
            detail = f"{message}\n\nThis was checked by the validation rule at {block.header}."
            given = self.request.given.get(name)
            at = given.span if given is not None and given.span is not None else variable.block.header
            known = tuple(self.evaluator.told(settings["condition"].value))
            raise Failed(Diagnostic("Invalid value for variable", detail, at, None, "", known))

    def local(self, name: str) -> Value:
        return self.once(f"local.{name}", lambda: self.evaluator(self.config.locals[name].value))

    # --- resources -----------------------------------------------------------

    def resource_value(self, address: str, reference: Reference) -> Value:
        resource = self.config.resources.get(address)
        if resource is None:
            raise Failed(undeclared(self.config, reference))
        if self.current[0] is resource and self.moments is None:
            if self.validating:
                return Unknown()
            told = f"Configuration for {address} may not refer to itself."
            title = resource.block.title
            raise Failed(Diagnostic("Self-referential block", told, reference.span, None, title))
        self.resource(address)
        made = self.instances[address]
        if self.validating and (resource.count is not None or resource.for_each is not None):
            return Unknown()
        if resource.count is not None:
            return (
                Unknown()
                if None in made
                else tuple(made[key] for key in sorted(made, key=lambda k: int(k or 0)))
            )
        if resource.for_each is not None:
            return Unknown() if None in made else {str(key): made[key] for key in sorted(made, key=str)}
        value = made[None]
        names = reference.names[2 if address.startswith("data.") else 1 :]
        if names and isinstance(value, dict) and names[0] not in value:
            step = reference.steps[2 if address.startswith("data.") else 1]
            if providers.schema(resource.type).open:
                return {**value, names[0]: Unknown()}
            raise Failed(no_attribute(resource, names[0], step))
        return value

    def resource(self, address: str) -> None:
        """Plan all instances of a resource, after what it refers to."""

        def work() -> Value:
            resource = self.config.resources[address]
            if resource.mode == "data":
                raise Exhausted(f"the data source {resource.type} is not simulated here; nothing was done")
            for needed in resource.depends_on:
                if needed in self.config.resources:
                    self.resource(needed)
            keys = self.keys(resource)
            planned: dict[Key, Value] = {}
            for key, value in keys.items():
                self.current = (resource, key, value)
                if self.is_target(with_key(address, key)) or self.validating:
                    planned[key] = self.instance(resource, key)
                elif prior := self.plan.prior.instances.get(with_key(address, key)):
                    planned[key] = dict(prior.attributes)
            self.instances[address] = planned
            return None

        self.once(address, work)

    def keys(self, resource: Resource) -> dict[Key, Value]:
        """Key -> each.value of every instance that is wanted."""
        if resource.count is not None:
            return dict.fromkeys(range(self.counted(resource, resource.count)))
        if resource.for_each is None:
            return {None: None}
        value = self.evaluator(resource.for_each)
        if isinstance(value, Secret):
            raise Failed(_for_each(resource, _SENSITIVE))
        if self.validating and (isinstance(value, Unknown | dict) or type_of(value)[0] == "set"):
            return {None: None}
        if not is_known(value if not isinstance(value, dict) else tuple(value)):
            detail = _UNKNOWN_MAP if isinstance(value, dict) or type_of(value) == "dynamic" else _UNKNOWN_SET
            raise Failed(_for_each(resource, detail, self.evaluator.told(resource.for_each)))
        kind = type_of(value)
        if isinstance(value, dict):
            items: dict[Key, Value] = dict(value)
        elif kind[0] == "set" and all(isinstance(one, str) for one in value):
            items = {one: one for one in value}
        elif value is None:
            raise Failed(_for_each(resource, _NULL_MAP, self.evaluator.told(resource.for_each)))
        else:
            word = kind if isinstance(kind, str) else kind[0]
            detail = _NOT_A_MAP + (_OF_TYPE.format(word) if word != "set" else "")
            raise Failed(_for_each(resource, detail, self.evaluator.told(resource.for_each)))
        if len(items) > MOST_INSTANCES:
            raise Exhausted(f"a resource has at most {MOST_INSTANCES} instances")
        return {key: items[key] for key in sorted(items, key=str)}

    def counted(self, resource: Resource, node: s.Expression) -> int:
        value = bare(self.evaluator(node))
        if self.validating and isinstance(value, Unknown):
            return 1
        why = ""
        if isinstance(value, Unknown):
            why = _UNKNOWN_COUNT
        elif value is None:
            why = 'The given "count" argument value is null. An integer is required.'
        else:
            try:
                number = convert(value, "number")
                if number < 0:
                    why = (
                        'The given "count" argument value is unsuitable: must be greater than or equal '
                        "to zero."
                    )
                elif not isinstance(number, int):
                    why = 'The given "count" argument value is unsuitable: must be a whole number.'
            except Unsuitable as error:
                raise Failed(
                    Diagnostic("Incorrect value type", f"Invalid expression value: {error}.", node.span)
                ) from None
        if why:
            known = tuple(self.evaluator.told(node))
            raise Failed(
                Diagnostic("Invalid count argument", why, node.span, None, resource.block.title, known)
            )
        if number > MOST_INSTANCES:
            raise Exhausted(f"a resource has at most {MOST_INSTANCES} instances")
        return int(number)

    def instance(self, resource: Resource, key: Key) -> Value:
        address = with_key(resource.address, key)
        config = self.configured(resource)
        if address in self.made:
            return dict(self.made[address])
        prior = self.plan.prior.instances.get(address)
        if prior is None and key is None and not self.validating:
            prior = self.adopted(with_key(resource.address, 0), address)
        elif prior is None and key == 0:
            prior = self.adopted(resource.address, address)
        if self.request.mode == "refresh-only" and not self.validating:
            return (
                dict(prior.attributes)
                if prior
                else {
                    name: Unknown()
                    for name in [
                        *providers.schema(
                            resource.type, self.found.get(resource.type, frozenset())
                        ).attributes,
                        *config,
                    ]
                }
            )
        return self.changed(resource, key, address, prior, config)

    def adopted(self, old: str, new: str) -> Object | None:
        """An object that keeps its place where `count` comes or goes."""
        one = self.plan.prior.instances.get(old)
        if one is None or old == new:
            return None
        moved = replace(one, key=None if "[" not in new else 0)
        self.plan.prior = self.plan.prior.without(old).having(moved)
        self.moved[new] = old
        return moved

    def configured(self, resource: Resource) -> dict[str, Value]:
        """The arguments with their values, blocks as tuples of objects."""
        known = providers.schema(resource.type, self.found.get(resource.type, frozenset()))
        made: dict[str, Value] = {}
        for name, setting in resource.body.settings.items():
            value = self.evaluator(setting.value)
            attribute = known.attributes.get(name)
            if attribute is None:
                made[name] = providers.generalised(value)
                continue
            try:
                made[name] = convert(value, attribute.type)
            except Unsuitable as error:
                detail = f'Inappropriate value for attribute "{name}": {error}.'
                told = tuple(self.evaluator.told(setting.value))
                raise Failed(
                    Diagnostic(
                        "Incorrect attribute value type",
                        detail,
                        setting.value.span,
                        None,
                        resource.block.title,
                        told,
                    )
                ) from None
        for block in resource.body.blocks:
            made[block.type] = (*made.get(block.type, ()), self.nested(block.body))
        return made

    def nested(self, body: s.Body) -> dict[str, Value]:
        made: dict[str, Value] = {
            name: providers.generalised(self.evaluator(setting.value))
            for name, setting in body.settings.items()
        }
        for block in body.blocks:
            made[block.type] = (*made.get(block.type, ()), self.nested(block.body))
        return {name: made[name] for name in sorted(made)}

    def changed(
        self, resource: Resource, key: Key, address: str, prior: Object | None, config: dict[str, Value]
    ) -> Value:
        before = dict(prior.attributes) if prior else None
        found = self.found.get(resource.type, frozenset())
        if before is not None:
            config = kept(resource, config, before)
        reason = self.reason(resource, address, prior)
        planned = providers.plan(resource.type, before, config, anew=bool(reason), found=found)
        action: Action = "create"
        if before is not None:
            action = "no-op" if same(before, planned.after) and is_known(planned.after) else "update"
            if planned.replaced:
                action = "create-then-delete" if resource.first_create else "replace"
        if resource.prevent_destroy and planned.replaced:
            self.plan.problems.add(prevented(resource, address))
        change = Change(
            address,
            resource.type,
            resource.name,
            "managed",
            key,
            action,
            before,
            planned.after,
            self.config.provider(self.config.provider_name(resource)).address,
            planned.replaces,
            reason,
            self.moved.get(address, ""),
            bool(prior and prior.tainted),
            self.imported.get(address, ""),
        )
        self.plan.changes.append(change)
        self.conditions(resource)
        return planned.after

    def conditions(self, resource: Resource) -> None:
        for block in resource.conditions:
            settings = block.body.settings
            if "condition" not in settings or "error_message" not in settings or block.type != "precondition":
                continue
            result = bare(self.evaluator(settings["condition"].value))
            if result is False:
                message = str(bare(self.evaluator(settings["error_message"].value)))
                known = tuple(self.evaluator.told(settings["condition"].value))
                raise Failed(
                    Diagnostic(
                        "Resource precondition failed",
                        message,
                        settings["condition"].value.span,
                        None,
                        resource.block.title,
                        known,
                    )
                )

    def reason(self, resource: Resource, address: str, prior: Object | None) -> str:
        """Why the object has to be made anew whatever its arguments are; "" if it hasn't."""
        if prior is None:
            return ""
        if prior.tainted:
            return "tainted"
        if address in self.request.replaced:
            return "requested"
        for node in resource.replaced_by:
            reference = next(references(node), None)
            if reference is None or not reference.names:
                continue
            self.evaluator(node)
            goal = f"{reference.root}.{reference.names[0]}"
            if any(one.resource == goal and one.action not in ("no-op", "read") for one in self.plan.changes):
                return "triggered"
        return ""

    # --- what is no longer wanted --------------------------------------------

    def orphans(self) -> None:
        if self.request.mode == "refresh-only":
            return
        planned = {one.address for one in self.plan.changes}
        for one in self.plan.prior.in_order():
            if one.address in planned or one.mode == "data" or one.resource in self.broken:
                continue
            if not self.is_target(one.address):
                continue
            resource = self.config.resources.get(one.resource)
            if resource is not None and resource.prevent_destroy:
                self.plan.problems.add(prevented(resource, one.address))
            if self.is_let_go(one):
                self.plan.changes.append(replace(_deleted(one, "removed"), action="forget"))
            else:
                self.plan.changes.append(_deleted(one, self.orphaned(one)))
        gone = [one.address for one in self.plan.changes if one.action == "forget"]
        if gone:
            detail = _LET_GO.format("".join(f"\n - {address}" for address in sorted(gone, key=order_of)))
            summary = "Some objects will no longer be managed by Terraform"
            self.plan.problems.add(Diagnostic(summary, detail, warning=True))

    def is_let_go(self, one: Object) -> bool:
        """Whether a `removed` block says that it stays as it is, without Terraform."""
        return any(
            not removal.destroy and removal.address in (one.address, one.resource)
            for removal in self.config.removals
        )

    def orphaned(self, one: Object) -> str:
        resource = self.config.resources.get(one.resource)
        if resource is None:
            return "orphan"
        if resource.count is not None:
            return "index" if isinstance(one.key, int) else "wrong-key"
        if resource.for_each is not None:
            return "key" if isinstance(one.key, str) else "wrong-key"
        return "wrong-key"

    def destroy_all(self) -> None:
        for one in self.plan.prior.in_order():
            if one.mode == "data" or not self.is_doomed(one):
                continue
            resource = self.config.resources.get(one.resource)
            if resource is not None and resource.prevent_destroy:
                self.plan.problems.add(prevented(resource, one.address))
            self.plan.changes.append(_deleted(one, ""))
        if self.request.targets:
            return
        for name, known in sorted(self.plan.prior.outputs.items()):
            self.plan.outputs.append(OutputChange(name, "delete", known.value, None, known.sensitive))

    def is_doomed(self, one: Object) -> bool:
        """A target, or something that needs one."""
        targets = self.request.targets
        if not targets or one.resource in targets or one.address in targets:
            return True
        wanted = {target.partition("[")[0] for target in targets}
        return any(dependency in wanted for dependency in one.dependencies)

    # --- outputs -------------------------------------------------------------

    def output_changes(self) -> None:
        for name in sorted({*self.config.outputs, *self.plan.prior.outputs}):
            self.attempt(partial(self.output, name))

    def output(self, name: str) -> None:
        if f"output.{name}" in self.broken:
            return
        output = self.config.outputs.get(name)
        known = self.plan.prior.outputs.get(name)
        if output is None:
            assert known is not None  # noqa: S101
            self.plan.outputs.append(OutputChange(name, "delete", known.value, None, known.sensitive))
            return
        if self.request.targets and not self.reachable(output.value):
            return
        value = self.evaluator(output.value)
        if is_secret(value) and not output.sensitive:
            raise Failed(
                Diagnostic("Output refers to sensitive values", _SENSITIVE_OUTPUT, output.block.header)
            )
        value = bare(value)
        if value is None and known is None:
            return
        if self.request.mode == "refresh-only" and not is_known(value):
            return
        if known is None:
            action: Action = "create"
        elif is_known(value) and same(known.value, value) and type_of(known.value) == type_of(value):
            action = "no-op"
        else:
            action = "update"
        sensitive = output.sensitive or bool(known and known.sensitive)
        self.plan.outputs.append(OutputChange(name, action, known.value if known else None, value, sensitive))

    def reachable(self, node: s.Expression) -> bool:
        goals = {f"{one.root}.{one.names[0]}" for one in references(node) if one.names}
        goals &= set(self.config.resources)
        return bool(goals) and all(self.is_target(one) for one in goals)


# --- helpers ---------------------------------------------------------------------


def _same_resource(one: str, other: str) -> bool:
    return one.partition("[")[0] == other.partition("[")[0]


def _deleted(one: Object, reason: str) -> Change:
    return Change(
        one.address,
        one.type,
        one.name,
        one.mode,
        one.key,
        "delete",
        one.attributes,
        None,
        one.provider,
        reason=reason,
        tainted=one.tainted,
    )


def kept(resource: Resource, config: dict[str, Value], before: Mapping[str, Value]) -> dict[str, Value]:
    """The arguments as they count after `ignore_changes`."""
    if "*" in resource.ignored:
        return {**config, **{name: before[name] for name in before if before[name] is not None}}
    made = dict(config)
    for path in resource.ignored:
        name, _, rest = path.replace("[", ".").replace("]", "").partition(".")
        if not rest:
            if before.get(name) is None:
                made.pop(name, None)
            else:
                made[name] = before[name]
        elif name in before:
            made[name] = _grafted(made.get(name), before[name], rest.split("."))
    return made


def _grafted(new: Value, old: Value, path: list[str]) -> Value:
    """`new` with the old value at a path."""
    name, rest = path[0].strip('"'), path[1:]
    if (
        isinstance(new, tuple)
        and isinstance(old, tuple)
        and name.isdecimal()
        and int(name) < min(len(new), len(old))
    ):
        place = int(name)
        inner = _grafted(new[place], old[place], rest) if rest else old[place]
        return (*new[:place], inner, *new[place + 1 :])
    if not isinstance(old, dict):
        return new
    base = dict(new) if isinstance(new, dict) else {}
    if name in old:
        base[name] = _grafted(base.get(name), old[name], rest) if rest else old[name]
    else:
        base.pop(name, None)
    if not isinstance(new, dict) and not base:
        return new
    return like(old, {key: base[key] for key in sorted(base)})


def _key(text: str) -> Key:
    return int(text) if text.isdecimal() else text.strip('"')


def _by_dependency(state: State) -> list[Object]:
    """What others need before them."""
    done: list[Object] = []
    waiting = state.in_order()
    while waiting:
        names = {one.resource for one in waiting}
        ready = [one for one in waiting if not (set(one.dependencies) & names - {one.resource})] or waiting
        done += ready
        waiting = [one for one in waiting if one not in ready]
    return done


def _names(resource: Resource) -> list[Reference]:
    found: list[Reference] = []
    for node in expressions(resource):
        found += references(node)
    return found


def expressions(resource: Resource) -> list[s.Expression]:
    """Every expression of a resource."""
    found = [one for one in (resource.count, resource.for_each) if one is not None]
    bodies = [resource.body, *(block.body for block in resource.conditions)]
    while bodies:
        body = bodies.pop()
        found += [setting.value for setting in body.settings.values()]
        bodies += [block.body for block in body.blocks]
    return found + list(resource.replaced_by)


def depends(config: Config, resource: Resource) -> list[str]:
    """The resources that one refers to, also through locals."""
    found: set[str] = {one for one in resource.depends_on if one in config.resources}
    seen: set[str] = set()
    waiting = _names(resource)
    while waiting:
        reference = waiting.pop()
        if not reference.names:
            continue
        if reference.root == "local" and reference.names[0] in config.locals:
            if reference.names[0] not in seen:
                seen.add(reference.names[0])
                waiting += references(config.locals[reference.names[0]].value)
            continue
        goal = f"{reference.root}.{reference.names[0]}"
        if reference.root == "data" and len(reference.names) > 1:
            goal = f"data.{reference.names[0]}.{reference.names[1]}"
        if goal in config.resources:
            found.add(goal)
    return sorted(found)


def _found(config: Config) -> dict[str, frozenset[str]]:
    """Open types: the attributes that something refers to and that the resource doesn't set."""
    nodes = [one.value for one in config.outputs.values()] + [one.value for one in config.locals.values()]
    for resource in config.resources.values():
        nodes += expressions(resource)
    found: dict[str, set[str]] = {}
    for node in nodes:
        for reference in references(node):
            if len(reference.names) < 2:
                continue
            resource_ = config.resources.get(f"{reference.root}.{reference.names[0]}")
            name = reference.names[1]
            if resource_ is None or not providers.schema(resource_.type).open:
                continue
            if name not in resource_.body.settings and not any(
                one.type == name for one in resource_.body.blocks
            ):
                found.setdefault(resource_.type, set()).add(name)
    return {type_: frozenset(names) for type_, names in found.items()}


def undeclared(config: Config, reference: Reference) -> Diagnostic:
    """What is said about a reference to something that isn't there."""
    root, names = reference.root, reference.names
    if root == "data":
        detail = f'A data resource "{names[0]}" "{names[1]}" has not been declared in the root module.'
        return Diagnostic("Reference to undeclared resource", detail, _head(reference, 2))
    detail = f'A managed resource "{root}" "{names[0]}" has not been declared in the root module.'
    if f"data.{root}.{names[0]}" in config.resources:
        detail += f"\n\nDid you mean the data resource data.{root}.{names[0]}?"
    return Diagnostic("Reference to undeclared resource", detail, reference.span)


def _head(reference: Reference, names: int) -> Span:
    return reference.steps[names - 1].span if len(reference.steps) >= names else reference.span


def no_attribute(resource: Resource, name: str, step: s.Expression) -> Diagnostic:
    known = providers.schema(resource.type).attributes
    meant = closest(name, known)
    hint = f' Did you mean "{meant}"?' if meant else ""
    detail = f'This object has no argument, nested block, or exported attribute named "{name}".{hint}'
    assert isinstance(step, s.Attribute)  # noqa: S101
    at = Span(step.at.source, step.at.start + 1, step.at.end)
    return Diagnostic("Unsupported attribute", detail, at)


def prevented(resource: Resource, address: str) -> Diagnostic:
    detail = (
        f"Resource {address} has lifecycle.prevent_destroy set, but the plan calls for this resource "
        "to be destroyed. "
        "To avoid this error and continue with the plan, either disable lifecycle.prevent_destroy or "
        "reduce the scope "
        "of the plan using the -target option."
    )
    return Diagnostic("Instance cannot be destroyed", detail, resource.block.header)


def out_of_place(root: str, reference: Reference) -> Diagnostic:
    if root == "count":
        detail = (
            'The "count" object can only be used in "module", "resource", and "data" blocks, and only '
            "when the "
            '"count" argument is set.'
        )
        return Diagnostic('Reference to "count" in non-counted context', detail, reference.span)
    if root == "each":
        detail = (
            'The "each" object can be used only in "module" or "resource" blocks, and only when the '
            '"for_each" '
            "argument is set."
        )
        return Diagnostic('Reference to "each" in context without for_each', detail, reference.span)
    detail = (
        'The "self" object is not available in this context. This object can be used only in resource '
        "provisioner, connection, and postcondition blocks."
    )
    return Diagnostic('Invalid "self" reference', detail, reference.span)


def _for_each(resource: Resource, detail: str, known: list[str] | None = None) -> Diagnostic:
    assert resource.for_each is not None  # noqa: S101
    return Diagnostic(
        "Invalid for_each argument",
        detail,
        resource.for_each.span,
        None,
        resource.block.title,
        tuple(known or ()),
    )


_NO_NAME = (
    "A reference to a resource type must be followed by at least one attribute access, specifying the "
    "resource name."
)
_NO_GOAL = (
    "The configuration for the given import target {} does not exist. If you wish to automatically "
    "generate config for this resource, use the -generate-config-out option within terraform plan. "
    "Otherwise, make sure the target resource exists within your configuration. For example:\n\n"
    "  terraform plan -generate-config-out=generated.tf"
)
_LET_GO = (
    "If you apply this plan, Terraform will discard its tracking information for the following objects, but "
    "it will not delete them:{}\n\nAfter applying this plan, Terraform will no longer manage these objects. "
    "You will need to import them into Terraform to manage them again."
)
_UNKNOWN_COUNT = (
    'The "count" value depends on resource attributes that cannot be determined until apply, so '
    "Terraform cannot "
    "predict how many instances will be created. To work around this, use the -target argument to "
    "first apply only "
    "the resources that the count depends on."
)
_UNKNOWN_MAP = (
    'The "for_each" map includes keys derived from resource attributes that cannot be determined until '
    "apply, and so "
    "Terraform cannot determine the full set of keys that will identify the instances of this "
    "resource.\n\nWhen "
    "working with unknown values in for_each, it's better to define the map keys statically in your "
    "configuration and "
    "place apply-time results only in the map values.\n\nAlternatively, you could use the -target "
    "planning option to "
    "first apply only the resources that the for_each value depends on, and then apply a second time "
    "to fully "
    "converge."
)
_UNKNOWN_SET = _UNKNOWN_MAP.replace('"for_each" map includes keys', '"for_each" set includes values').replace(
    "it's better to define the map keys statically in your configuration and place apply-time results "
    "only in the "
    "map values",
    "it's better to use a map value where the keys are defined statically in your configuration and "
    "where only the "
    "values contain apply-time results",
)
_SENSITIVE = (
    "Sensitive values, or values derived from sensitive values, cannot be used as for_each arguments. "
    "If used, the "
    "sensitive value could be exposed as a resource instance key."
)
_NULL_MAP = (
    'The given "for_each" argument value is unsuitable: the given "for_each" argument value is null. A '
    "map, or set of "
    "strings is allowed."
)
_NOT_A_MAP = (
    'The given "for_each" argument value is unsuitable: the "for_each" argument must be a map, or set '
    "of strings"
)
_OF_TYPE = ", and you have provided a value of type {}."
_SENSITIVE_OUTPUT = (
    "To reduce the risk of accidentally exporting sensitive data that was intended to be only "
    "internal, Terraform "
    "requires that any root module output containing sensitive data be explicitly marked as sensitive, "
    "to confirm "
    "your intent.\n\nIf you do intend to export this data, annotate the output value as sensitive by "
    "adding the "
    "following argument:\n    sensitive = true"
)
__all__ = [
    "Change",
    "Drift",
    "Known",
    "OutputChange",
    "Plan",
    "Planner",
    "Request",
    "kept",
    "plan",
    "to_string",
]
