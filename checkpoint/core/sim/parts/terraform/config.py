"""A folder's configuration: variables, locals, resources, outputs and settings, checked as far as possible
without evaluating anything."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.terraform import syntax as s
from checkpoint.core.sim.parts.terraform.evaluate import Evaluator, NoNames
from checkpoint.core.sim.parts.terraform.parse import parse
from checkpoint.core.sim.parts.terraform.source import Diagnostic, Diagnostics, Failed, Source, Span, closest
from checkpoint.core.sim.parts.terraform.values import Type, Unsuitable, Value, convert
from checkpoint.core.sim.parts.terraform.versions import VERSION, fits

_BLOCKS = {
    "terraform": (),
    "variable": ("name",),
    "locals": (),
    "resource": ("type", "name"),
    "data": ("type", "name"),
    "output": ("name",),
    "provider": ("name",),
    "module": ("name",),
    "moved": (),
    "import": (),
    "removed": (),
    "check": ("name",),
    "ephemeral": ("type", "name"),
}
_NAME = re.compile(r"[A-Za-z_][\w-]*")
_VERSION = re.compile(r"\s*(?:=|!=|>=|<=|>|<|~>)?\s*v?\d+(?:\.\d+)*(?:[-+][\w.+-]+)?\s*")
META = ("count", "for_each", "depends_on", "provider")
META_BLOCKS = ("lifecycle", "provisioner", "connection")
_VARIABLE = ("type", "default", "description", "sensitive", "nullable", "ephemeral")
_OUTPUT = ("value", "description", "sensitive", "depends_on", "ephemeral")


@dataclass(frozen=True, slots=True)
class Variable:
    name: str
    block: s.Block
    type: Type = "dynamic"
    default: Value = None
    has_default: bool = False
    sensitive: bool = False
    nullable: bool = True
    validations: tuple[s.Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Output:
    name: str
    block: s.Block
    value: s.Expression
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Resource:
    """`mode` is `managed` or `data`; `body` is without the meta-arguments."""

    mode: str
    type: str
    name: str
    block: s.Block
    body: s.Body
    count: s.Expression | None = None
    for_each: s.Expression | None = None
    depends_on: tuple[str, ...] = ()
    provider: str = ""
    first_create: bool = False
    prevent_destroy: bool = False
    ignored: tuple[str, ...] = ()
    """Attributes whose changes count for nothing; `*` is all of them."""
    replaced_by: tuple[s.Expression, ...] = ()
    conditions: tuple[s.Block, ...] = ()

    @property
    def address(self) -> str:
        return f"{'data.' if self.mode == 'data' else ''}{self.type}.{self.name}"


@dataclass(frozen=True, slots=True)
class Needed:
    """A provider: `source` is `hashicorp/random`, without the registry's host."""

    name: str
    source: str
    constraint: str = ""

    @property
    def address(self) -> str:
        return (
            "terraform.io/builtin/terraform" if self.is_built_in else f"registry.terraform.io/{self.source}"
        )

    @property
    def is_built_in(self) -> bool:
        return self.source == "builtin/terraform"


@dataclass(frozen=True, slots=True)
class Import:
    """An `import` block: the real object `id` is to be the resource instance `to`."""

    to: s.Expression
    id: s.Expression
    block: s.Block

    @property
    def address(self) -> str:
        return self.to.span.text.strip()


@dataclass(frozen=True, slots=True)
class Removal:
    """A `removed` block: what is at the address leaves the state, and without `destroy` nothing else."""

    address: str
    destroy: bool
    block: s.Block


@dataclass(frozen=True, slots=True)
class Config:
    sources: tuple[Source, ...] = ()
    variables: Mapping[str, Variable] = field(default_factory=dict)
    locals: Mapping[str, s.Setting] = field(default_factory=dict)
    resources: Mapping[str, Resource] = field(default_factory=dict)
    outputs: Mapping[str, Output] = field(default_factory=dict)
    required: Mapping[str, Needed] = field(default_factory=dict)
    backend: s.Block | None = None
    moved: tuple[tuple[str, str], ...] = ()
    configured: tuple[s.Block, ...] = ()
    """`provider` blocks."""
    imports: tuple[Import, ...] = ()
    removals: tuple[Removal, ...] = ()

    def needed(self, extra: Iterable[str] = ()) -> list[Needed]:
        """The providers that resources and settings ask for, by name."""
        names = {self.provider_name(one) for one in self.resources.values()} | set(self.required)
        names |= {block.labels[0] for block in self.configured} | set(extra)
        return [self.provider(name) for name in sorted(names)]

    def provider_name(self, resource: Resource) -> str:
        return resource.provider or resource.type.partition("_")[0]

    def provider(self, name: str) -> Needed:
        if name in self.required:
            return self.required[name]
        return Needed(name, "builtin/terraform" if name == "terraform" else f"hashicorp/{name}")


def load(sources: Iterable[Source]) -> Config:
    """Raises Failed with everything that is wrong."""
    reader = _Reader()
    bodies = []
    for source in sources:
        try:
            bodies.append(parse(source))
            reader.sources.append(source)
        except Failed as error:
            reader.problems.add(*error.diagnostics)
    reader.problems.check()
    for body in bodies:
        reader.version(body)
    reader.problems.check()
    for body in bodies:
        reader.whole(body)
    reader.problems.check()
    return reader.made()


class _Reader:
    def __init__(self) -> None:
        self.problems = Diagnostics()
        self.sources: list[Source] = []
        self.variables: dict[str, Variable] = {}
        self.locals: dict[str, s.Setting] = {}
        self.resources: dict[str, Resource] = {}
        self.outputs: dict[str, Output] = {}
        self.required: dict[str, Needed] = {}
        self.backend: s.Block | None = None
        self.moved: list[tuple[str, str]] = []
        self.configured: list[s.Block] = []
        self.imports: list[Import] = []
        self.removals: list[Removal] = []

    def made(self) -> Config:
        return Config(
            tuple(self.sources),
            self.variables,
            self.locals,
            self.resources,
            self.outputs,
            self.required,
            self.backend,
            tuple(self.moved),
            tuple(self.configured),
            tuple(self.imports),
            tuple(self.removals),
        )

    def wrong(self, summary: str, detail: str, at: Span, within: s.Block | None = None) -> None:
        self.problems.add(Diagnostic(summary, detail, at, None, within.title if within else ""))

    def version(self, body: s.Body) -> None:
        for block in body.of("terraform"):
            setting = block.body.settings.get("required_version")
            if setting is None or not isinstance(setting.value, s.Literal):
                continue
            text = str(setting.value.value)
            if not all(_VERSION.fullmatch(one) for one in text.split(",")):
                told = "This string does not use correct version constraint syntax."
                self.wrong("Invalid version constraint", told, setting.value.span, block)
            elif not fits(VERSION, text):
                detail = (
                    f"This configuration does not support Terraform version {VERSION}. To proceed, "  # noqa: S608
                    "either choose "
                    "another supported Terraform version or update this version constraint. Version "
                    "constraints "
                    "are normally set for good reason, so updating the constraint may lead to other "
                    "errors or "
                    "unexpected behavior."
                )
                self.wrong("Unsupported Terraform Core version", detail, setting.span, block)

    def whole(self, body: s.Body) -> None:
        for setting in body.settings.values():
            self.unexpected(setting, (), None)
        for block in body.blocks:
            if self.labelled(block):
                getattr(self, f"{block.type}_", self.not_here)(block)

    def labelled(self, block: s.Block) -> bool:
        names = _BLOCKS.get(block.type)
        if names is None:
            self.unexpected_block(block, _BLOCKS, None)
            return False
        if len(block.labels) < len(names):
            at = block.open_span
            missing = names[len(block.labels)]
            many = "label" if len(names) == 1 else "labels"
            self.wrong(
                f"Missing {missing} for {block.type}",
                f"All {block.type} blocks must have {len(names)} {many} ({', '.join(names)}).",
                at,
                block,
            )
            return False
        if len(block.labels) > len(names):
            at = block.label_spans[len(names)]
            if names:
                many = "labels"
                detail = (
                    f"Only {len(names)} {many} ({', '.join(names)}) are expected for {block.type} blocks."
                )
            else:
                detail = f"No labels are expected for {block.type} blocks."
            self.wrong(f"Extraneous label for {block.type}", detail, at, block)
            return False
        return True

    def named(self, block: s.Block, what: str) -> None:
        """Say so where a name isn't one."""
        if not _NAME.fullmatch(block.labels[-1]):
            detail = (
                "A name must start with a letter or underscore and may contain only letters, digits, "
                "underscores, and dashes."
            )
            self.wrong(f"Invalid {what} name", detail, block.label_spans[-1], block)

    def not_here(self, block: s.Block) -> None:
        raise SimError(
            f"simulator: `{block.type}` blocks of Terraform are not simulated here; nothing was done", 2
        )

    def unexpected(self, setting: s.Setting, known: Iterable[str], within: s.Block | None) -> None:
        meant = closest(setting.name, known)
        hint = f' Did you mean "{meant}"?' if meant else ""
        self.wrong(
            "Unsupported argument",
            f'An argument named "{setting.name}" is not expected here.{hint}',
            setting.name_span,
            within,
        )

    def unexpected_block(self, block: s.Block, known: Iterable[str], within: s.Block | None) -> None:
        meant = closest(block.type, known)
        hint = f' Did you mean "{meant}"?' if meant else ""
        self.wrong(
            "Unsupported block type",
            f'Blocks of type "{block.type}" are not expected here.{hint}',
            block.type_span,
            within,
        )

    def only(self, block: s.Block, settings: Iterable[str], blocks: Iterable[str] = ()) -> None:
        for setting in block.body.settings.values():
            if setting.name not in settings:
                self.unexpected(setting, settings, block)
        for inner in block.body.blocks:
            if inner.type not in blocks:
                self.unexpected_block(inner, blocks, block)

    def flag(self, block: s.Block, name: str, default: bool = False) -> bool:
        setting = block.body.settings.get(name)
        if setting is None or not isinstance(setting.value, s.Literal):
            return default
        try:
            return convert(setting.value.value, "bool") is True
        except Unsuitable as error:
            detail = f"Unsuitable value type: {error}."
            self.wrong("Unsuitable value type", detail, setting.value.span, block)
            return default

    # --- one kind of block each ----------------------------------------------

    def terraform_(self, block: s.Block) -> None:
        self.only(
            block,
            ("required_version", "experiments"),
            ("backend", "cloud", "required_providers", "provider_meta"),
        )
        for inner in block.body.blocks:
            if inner.type == "cloud":
                self.not_here(inner)
            elif inner.type == "backend":
                if self.backend is not None:
                    self.wrong(
                        "Duplicate backend configuration",
                        "A module may have only one backend configuration. "
                        f"The backend was previously configured at {self.backend.header}.",
                        inner.header,
                        block,
                    )
                self.backend = inner
            elif inner.type == "required_providers":
                for setting in inner.body.settings.values():
                    self.required[setting.name] = _needed(setting)

    def provider_(self, block: s.Block) -> None:
        self.configured.append(block)

    def locals_(self, block: s.Block) -> None:
        for inner in block.body.blocks:
            self.unexpected_block(inner, (), block)
        for setting in block.body.settings.values():
            if setting.name in self.locals:
                at = self.locals[setting.name].span
                self.wrong(
                    "Duplicate local value definition",
                    f'A local value named "{setting.name}" was already '
                    f"defined at {at}. Local value names must be unique within a module.",
                    setting.span,
                    block,
                )
            self.locals[setting.name] = setting

    def variable_(self, block: s.Block) -> None:
        self.only(block, _VARIABLE, ("validation",))
        self.named(block, "variable")
        for inner in block.body.of("validation"):
            for one in ("condition", "error_message"):
                if one not in inner.body.settings:
                    detail = f'The argument "{one}" is required, but no definition was found.'
                    self.wrong("Missing required argument", detail, inner.open_span, block)
        name = block.labels[0]
        if name in self.variables:
            at = self.variables[name].block.header
            self.wrong(
                "Duplicate variable declaration",
                f'A variable named "{name}" was already declared at {at}. '
                "Variable names must be unique within a module.",
                block.header,
            )
        settings = block.body.settings
        type_: Type = "dynamic"
        if "type" in settings:
            try:
                type_ = type_expression(settings["type"].value)
            except Failed as error:
                self.problems.add(*(replace(one, within=block.title) for one in error.diagnostics))
        default = _constant(settings["default"].value) if "default" in settings else None
        if "default" in settings:
            try:
                default = convert(default, type_)
            except Unsuitable as error:
                self.wrong(
                    "Invalid default value for variable",
                    f"This default value is not compatible with the variable's type constraint: {error}.",
                    settings["default"].value.span,
                    block,
                )
        self.variables[name] = Variable(
            name,
            block,
            type_,
            default,
            "default" in settings,
            self.flag(block, "sensitive"),
            self.flag(block, "nullable", True),
            tuple(block.body.of("validation")),
        )

    def output_(self, block: s.Block) -> None:
        self.only(block, _OUTPUT, ("precondition",))
        self.named(block, "output")
        name = block.labels[0]
        if name in self.outputs:
            at = self.outputs[name].block.header
            self.wrong(
                "Duplicate output definition",
                f'An output named "{name}" was already defined at {at}. Output '
                "names must be unique within a module.",
                block.header,
            )
        setting = block.body.settings.get("value")
        if setting is None:
            self.wrong(
                "Missing required argument",
                'The argument "value" is required, but no definition was found.',
                block.open_span,
                block,
            )
            return
        self.outputs[name] = Output(name, block, setting.value, self.flag(block, "sensitive"))

    def resource_(self, block: s.Block) -> None:
        self.declared(block, "managed")

    def data_(self, block: s.Block) -> None:
        self.declared(block, "data")

    def declared(self, block: s.Block, mode: str) -> None:
        type_, name = block.labels
        self.named(block, "resource" if mode == "managed" else "data source")
        settings = block.body.settings
        rest = {key: one for key, one in settings.items() if key not in META}
        body = s.Body(
            rest, tuple(one for one in block.body.blocks if one.type not in META_BLOCKS), block.body.end
        )
        made = Resource(mode, type_, name, block, body)
        if made.address in self.resources:
            at = self.resources[made.address].block.header
            word = "resource" if mode == "managed" else "data"
            article = "A"
            kind = "resource" if mode == "managed" else "data resource"
            self.wrong(
                f'Duplicate {word} "{type_}" configuration',
                f'{article} {type_} {kind} named "{name}" was '
                f"already declared at {at}. Resource names must be unique per type in each module.",
                block.header,
            )
        if "count" in settings and "for_each" in settings:
            self.wrong(
                'Invalid combination of "count" and "for_each"',
                'The "count" and "for_each" meta-arguments are '
                "mutually-exclusive, only one should be used to be explicit about the number of resources to "
                "be created.",
                settings["for_each"].name_span,
                block,
            )
        made = replace(
            made,
            count=settings["count"].value if "count" in settings else None,
            for_each=settings["for_each"].value if "for_each" in settings else None,
            depends_on=_addresses(settings.get("depends_on")),
            provider=settings["provider"].value.span.text.partition(".")[0] if "provider" in settings else "",
        )
        for inner in block.body.blocks:
            if inner.type == "lifecycle":
                made = self.with_lifecycle(made, inner)
            elif inner.type in ("provisioner", "connection"):
                raise SimError(
                    f"simulator: `{inner.type}` blocks of Terraform are not simulated here; nothing was done",
                    2,
                )
        self.resources[made.address] = made

    def with_lifecycle(self, made: Resource, block: s.Block) -> Resource:
        self.only(
            block,
            ("create_before_destroy", "prevent_destroy", "ignore_changes", "replace_triggered_by"),
            ("precondition", "postcondition"),
        )
        settings = block.body.settings
        ignored: tuple[str, ...] = ()
        if "ignore_changes" in settings:
            value = settings["ignore_changes"].value
            ignored = ("*",) if value.span.text.strip() == "all" else _addresses(settings["ignore_changes"])
        by = settings["replace_triggered_by"].value if "replace_triggered_by" in settings else None
        return replace(
            made,
            first_create=self.flag(block, "create_before_destroy"),
            prevent_destroy=self.flag(block, "prevent_destroy"),
            ignored=ignored,
            replaced_by=by.items if isinstance(by, s.TupleOf) else (),
            conditions=tuple(
                one for one in block.body.blocks if one.type in ("precondition", "postcondition")
            ),
        )

    def moved_(self, block: s.Block) -> None:
        settings = block.body.settings
        if "from" in settings and "to" in settings:
            self.moved.append((settings["from"].value.span.text, settings["to"].value.span.text))

    def import_(self, block: s.Block) -> None:
        settings = block.body.settings
        if "for_each" in settings or "provider" in settings:
            raise SimError(
                "simulator: `for_each` and `provider` of Terraform's `import` blocks are not simulated here; "
                "nothing was done",
                2,
            )
        self.only(block, ("to", "id"), ())
        for name in ("to", "id"):
            if name not in settings:
                detail = f'The argument "{name}" is required, but no definition was found.'
                self.wrong("Missing required argument", detail, block.open_span, block)
        if "to" in settings and "id" in settings:
            self.imports.append(Import(settings["to"].value, settings["id"].value, block))

    def removed_(self, block: s.Block) -> None:
        self.only(block, ("from",), ("lifecycle", "provisioner", "connection"))
        settings = block.body.settings
        if "from" not in settings:
            detail = 'The argument "from" is required, but no definition was found.'
            self.wrong("Missing required argument", detail, block.open_span, block)
            return
        destroy = True
        for inner in block.body.of("lifecycle"):
            if "destroy" in inner.body.settings:
                destroy = self.flag(inner, "destroy")
        self.removals.append(Removal(settings["from"].value.span.text.strip(), destroy, block))


def _needed(setting: s.Setting) -> Needed:
    value = setting.value
    if isinstance(value, s.Literal):
        return Needed(setting.name, f"hashicorp/{setting.name}", str(value.value))
    facts = {}
    if isinstance(value, s.ObjectOf):
        for key, one in value.items:
            if isinstance(key, s.Literal) and isinstance(one, s.Literal):
                facts[str(key.value)] = str(one.value)
    source = facts.get("source", f"hashicorp/{setting.name}")
    source = source.removeprefix("registry.terraform.io/")
    source = "builtin/terraform" if source == "terraform.io/builtin/terraform" else source
    return Needed(setting.name, source if "/" in source else f"hashicorp/{source}", facts.get("version", ""))


def _addresses(setting: s.Setting | None) -> tuple[str, ...]:
    if setting is None:
        return ()
    items = setting.value.items if isinstance(setting.value, s.TupleOf) else ()
    return tuple(str(one.value) if isinstance(one, s.Literal) else one.span.text for one in items)


def _constant(node: s.Expression) -> Value:
    """A value without references: a variable's default."""
    return Evaluator(NoNames())(node)


_KEYWORDS = ("string", "number", "bool")
_COLLECTIONS = ("list", "set", "map")


def type_expression(node: s.Expression) -> Type:
    """`map(string)`, `object({ … })` …"""
    if isinstance(node, s.Name):
        if node.name in _KEYWORDS:
            return node.name
        if node.name == "any":
            return "dynamic"
        if node.name in ("list", "map", "set"):
            return (node.name, "dynamic")
        if node.name in ("object", "tuple"):
            raise Failed(
                Diagnostic(
                    "Invalid type specification",
                    f"The {node.name} type constructor requires one "
                    "argument specifying the attribute types and values as a map."
                    if node.name == "object"
                    else "The tuple type constructor requires one argument "
                    "specifying the element types as a list.",
                    node.span,
                )
            )
        raise Failed(
            Diagnostic(
                "Invalid type specification",
                f'The keyword "{node.name}" is not a valid type specification.',
                node.span,
            )
        )
    if isinstance(node, s.Literal) and isinstance(node.value, str) and node.value in _KEYWORDS:
        return node.value
    if isinstance(node, s.Call):
        return _constructed(node)
    raise Failed(
        Diagnostic(
            "Invalid type specification",
            "A type specification is either a primitive type keyword "
            "(bool, number, string) or a complex type constructor call, like list(string).",
            node.span,
        )
    )


def _constructed(node: s.Call) -> Type:
    inner = node.arguments[0] if node.arguments else None
    if node.name in _COLLECTIONS and inner is not None:
        return (node.name, type_expression(inner))
    if node.name == "tuple" and isinstance(inner, s.TupleOf):
        return ("tuple", tuple(type_expression(one) for one in inner.items))
    if node.name == "object" and isinstance(inner, s.ObjectOf):
        kinds: dict[str, Type] = {}
        optional: dict[str, Value] = {}
        for key, one in inner.items:
            name = str(key.value) if isinstance(key, s.Literal) else key.span.text
            if isinstance(one, s.Call) and one.name == "optional" and one.arguments:
                optional[name] = _constant(one.arguments[1]) if len(one.arguments) > 1 else None
                one = one.arguments[0]
            kinds[name] = type_expression(one)
        return ("object", kinds, optional) if optional else ("object", kinds)
    raise Failed(
        Diagnostic(
            "Invalid type specification",
            f'Keyword "{node.name}" is not a valid type constructor.',
            node.name_span,
        )
    )
