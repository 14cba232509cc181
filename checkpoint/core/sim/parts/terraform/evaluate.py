"""Expressions to values, with Terraform's words for what is wrong with them."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted
from checkpoint.core.sim.parts.terraform import syntax as s
from checkpoint.core.sim.parts.terraform.functions import (
    ABSENT,
    ELSEWHERE,
    FUNCTIONS,
    LONGEST,
    CallError,
    Function,
    Parameter,
    called,
)
from checkpoint.core.sim.parts.terraform.parse import parse_template
from checkpoint.core.sim.parts.terraform.source import Diagnostic, Failed, Source, Span, closest
from checkpoint.core.sim.parts.terraform.values import (
    MapOf,
    Secret,
    Type,
    Unknown,
    Unsuitable,
    Value,
    bare,
    convert,
    friendly,
    is_known,
    is_secret,
    json_text,
    list_of,
    map_of,
    mapped,
    number_text,
    same,
    set_of,
    to_string,
    type_of,
    unified,
)

NODES = 100_000
"""Expressions evaluated by one command."""
_NODE = 5
"""Work of one of them, whichever command evaluates it."""
WEIGHT = 20_000
"""Values inside one value."""


@dataclass(frozen=True, slots=True)
class Reference:
    """`var.x.y[0]`: the first name and the names that follow it."""

    root: str
    names: tuple[str, ...]
    span: Span
    steps: tuple[s.Expression, ...] = ()
    """The nodes behind the root, inner ones first."""


class Scope(Protocol):
    """Where references get their values."""

    def resolve(self, reference: Reference) -> tuple[Value, int]:
        """The value, and how many of the names it took."""

    def read(self, path: str) -> str | None:
        """A file's text; None where there is none."""

    def absolute(self, path: str) -> str: ...

    def later(self, name: str) -> Value:
        """The value of a function that is known only after apply."""


class NoNames:
    """A scope for constants: every reference is an error."""

    def resolve(self, reference: Reference) -> tuple[Value, int]:
        raise Failed(Diagnostic("Variables not allowed", "Variables may not be used here.", reference.span))

    def read(self, path: str) -> str | None:  # noqa: ARG002
        return None

    def absolute(self, path: str) -> str:
        return path

    def later(self, name: str) -> Value:  # noqa: ARG002
        return Unknown("string")


@dataclass(slots=True)
class Evaluator:
    scope: Scope
    left: int = NODES
    names: dict[str, Value] = field(default_factory=dict)
    """Of `for` expressions."""
    item: Value = None
    telling: bool = False
    """While a complaint is put together: what goes wrong then is nobody's business."""

    def __call__(self, node: s.Expression) -> Value:
        self.left -= 1
        if self.left < 0:
            raise Exhausted("a configuration takes too long to evaluate")
        limits.spend(_NODE)
        return _KINDS[type(node)](self, node)

    # --- references ----------------------------------------------------------

    def reference(self, node: s.Expression) -> Value:
        reference = reference_of(node)
        if reference is None:
            return self.step(node)
        if reference.root in self.names:
            value, taken = self.names[reference.root], 0
        else:
            value, taken = self.scope.resolve(reference)
        for step in reference.steps[taken:]:
            value = self.stepped(value, step)
        return value

    def step(self, node: s.Expression) -> Value:
        if isinstance(node, s.Attribute | s.Index):
            return self.stepped(self(node.of), node)
        raise Failed(Diagnostic("Invalid reference", _ROOT, node.span))

    def stepped(self, value: Value, node: s.Expression) -> Value:
        if isinstance(node, s.Attribute):
            return self.attribute(value, node.name, node)
        assert isinstance(node, s.Index)  # noqa: S101
        return self.indexed(value, self(node.key), node)

    def attribute(self, value: Value, name: str, node: s.Attribute) -> Value:
        if isinstance(value, Secret):
            return Secret(bare(self.attribute(value.value, name, node)))
        if isinstance(value, Unknown):
            inner = value.type[1] if isinstance(value.type, tuple) and value.type[0] == "object" else {}
            return Unknown(inner.get(name, "dynamic") if isinstance(inner, dict) else "dynamic")
        if isinstance(value, dict):
            if name in value:
                return value[name]
            if isinstance(value, MapOf):
                raise self.wrong(
                    "Invalid index",
                    "The given key does not identify an element in this collection value.",
                    node.at,
                    node,
                )
            raise self.wrong(
                "Unsupported attribute",
                f'This object does not have an attribute named "{name}".',
                node.at,
                node,
            )
        if value is None:
            raise self.wrong(
                "Attempt to get attribute from null value",
                "This value is null, so it does not have any attributes.",
                node.at,
                node,
            )
        if isinstance(value, tuple):
            raise self.wrong(
                "Unsupported attribute", _WITHOUT_INDEX.format(name=name, kind=_plural(value)), node.at, node
            )
        raise self.wrong(
            "Unsupported attribute",
            f"Can't access attributes on a primitive-typed value ({friendly(type_of(value))}).",
            node.at,
            node,
        )

    def indexed(self, value: Value, key: Value, node: s.Index) -> Value:
        if isinstance(value, Secret) or isinstance(key, Secret):
            return Secret(bare(self.indexed(_peeled(value), _peeled(key), node)))
        if isinstance(value, Unknown) or isinstance(key, Unknown):
            return Unknown()
        if isinstance(value, dict):
            text = key if isinstance(key, str) else number_text(key) if isinstance(key, int | float) else ""
            if text in value:
                return value[text]
            raise self.wrong(
                "Invalid index",
                "The given key does not identify an element in this collection value.",
                node.at,
                node,
            )
        if isinstance(value, tuple):
            return self.placed(value, key, node)
        if value is None:
            raise self.wrong(
                "Attempt to index null value",
                "This value is null, so it does not have any indices.",
                node.at,
                node,
            )
        raise self.wrong("Invalid index", "This value does not have any indices.", node.at, node)

    def placed(self, value: Value, key: Value, node: s.Index) -> Value:
        try:
            place = convert(key, "number")
        except Unsuitable as error:
            raise self.wrong(
                "Invalid index",
                f"The given key does not identify an element in this collection value: {error}.",
                node.at,
                node,
            ) from None
        if type_of(value)[0] == "set":
            raise self.wrong(
                "Invalid index",
                "Elements of a set are identified only by their value and don't "
                "have any separate index or key to select with, so it's only possible to perform "
                "operations across all elements of the set.",
                node.at,
                node,
            )
        if isinstance(place, int) and 0 <= place < len(value):
            return value[place]
        detail = "The given key does not identify an element in this collection value"
        if type_of(value)[0] == "list":
            detail += ": " + (_EMPTY if not value else _NEGATIVE if place < 0 else _TOO_FAR)
        raise self.wrong("Invalid index", f"{detail}.", node.at, node)

    # --- parts ---------------------------------------------------------------

    def template(self, node: s.Template) -> Value:
        if node.wrapped:
            return self(node.parts[0])
        out: list[str] = []
        secret = unknown = False
        for part in node.parts:
            value = self(part)
            if isinstance(value, Secret):
                secret, value = True, bare(value)
            if isinstance(value, Unknown):
                unknown = True
                continue
            out.append(self.included(value, part))
            if sum(map(len, out)) > LONGEST:
                raise Exhausted("a text in a configuration is too long")
        made: Value = Unknown("string") if unknown else "".join(out)
        return Secret(made) if secret else made

    def included(self, value: Value, part: s.Expression) -> str:
        if value is None:
            raise self.wrong(
                "Invalid template interpolation value",
                "The expression result is null. Cannot include a null value in a string template.",
                part.span,
                part,
            )
        try:
            return to_string(value)
        except Unsuitable as error:
            raise self.wrong(
                "Invalid template interpolation value",
                f"Cannot include the given value in a string template: {error}.",
                part.span,
                part,
            ) from None

    def template_if(self, node: s.TemplateIf) -> Value:
        condition = bare(self(node.condition))
        if isinstance(condition, Unknown):
            return Unknown("string")
        if condition:
            return self(node.then)
        return self(node.otherwise) if node.otherwise is not None else ""

    def template_for(self, node: s.TemplateFor) -> Value:
        collection = bare(self(node.collection))
        if isinstance(collection, Unknown):
            return Unknown("string")
        out = []
        for _ in self.each(collection, node.key, node.value):
            value = self(node.body)
            out.append(to_string(bare(value)) if is_known(value) else "")
        return "".join(out)

    def each(self, collection: Value, key: str, value: str) -> Iterator[tuple[Value, Value]]:
        """Binds the names for each element in turn."""
        kept = dict(self.names)
        pairs = collection.items() if isinstance(collection, dict) else enumerate(collection)
        is_set = not isinstance(collection, dict) and type_of(collection)[0] == "set"
        for place, one in sorted(pairs) if isinstance(collection, dict) else pairs:
            if key:
                self.names[key] = one if is_set else place
            self.names[value] = one
            yield place, one
        self.names.clear()
        self.names.update(kept)

    def for_(self, node: s.ForOf) -> Value:
        collection = self(node.collection)
        secret = isinstance(collection, Secret)
        collection = _peeled(collection)
        if isinstance(collection, Unknown):
            return Unknown()
        if not isinstance(collection, tuple | dict):
            kind = "null" if collection is None else friendly(type_of(collection))
            detail = (
                "A null value cannot be used as the collection in a 'for' expression."
                if collection is None
                else f"A value of type {kind} cannot be used as the collection in a 'for' expression."
            )
            summary = (
                "Iteration over null value" if collection is None else "Iteration over non-iterable value"
            )
            raise self.wrong(summary, detail, node.collection.span, node.collection)
        made = (
            self.tuple_for(node, collection) if node.made_key is None else self.object_for(node, collection)
        )
        return Secret(bare(made)) if secret else made

    def kept(self, node: s.ForOf) -> bool:
        if node.condition is None:
            return True
        value = bare(self(node.condition))
        try:
            return convert(value, "bool") is True
        except Unsuitable as error:
            raise self.wrong(
                "Invalid 'for' condition",
                f"The 'if' clause value is invalid: {error}.",
                node.condition.span,
                node.condition,
            ) from None

    def tuple_for(self, node: s.ForOf, collection: Value) -> Value:
        return tuple(self(node.made) for _ in self.each(collection, node.key, node.value) if self.kept(node))

    def object_for(self, node: s.ForOf, collection: Value) -> Value:
        assert node.made_key is not None  # noqa: S101
        made: dict[str, Value] = {}
        for _ in self.each(collection, node.key, node.value):
            if not self.kept(node):
                continue
            key = bare(self(node.made_key))
            if isinstance(key, Unknown):
                return Unknown()
            try:
                name = to_string(key)
            except Unsuitable as error:
                raise self.wrong(
                    "Invalid object key",
                    f"The key expression produced an invalid result: {error}.",
                    node.made_key.span,
                    node.made_key,
                ) from None
            value = self(node.made)
            if node.grouped:
                made[name] = (*made.get(name, ()), value)
            elif name in made:
                raise self.wrong(
                    "Duplicate object key",
                    f'Two different items produced the key "{name}" in this '
                    "'for' expression. If duplicates are expected, use the ellipsis (...) after "
                    "the value expression to enable grouping by key.",
                    node.made_key.span,
                    node.made_key,
                )
            else:
                made[name] = value
        return {key: made[key] for key in sorted(made)}

    def splat(self, node: s.Splat) -> Value:
        of = self(node.of)
        if isinstance(of, Secret):
            of = of.value
        if isinstance(of, Unknown):
            return Unknown()
        is_many = isinstance(of, tuple)
        items = of if is_many else () if of is None else (of,)
        kept, out = self.item, []
        for one in items:
            self.item = one
            out.append(self(node.each))
        self.item = kept
        if is_many and type_of(of)[0] in ("list", "set"):
            return list_of(out, unified([type_of(one) for one in out]))
        return tuple(out)

    def tuple_of(self, node: s.TupleOf) -> Value:
        return tuple(self(one) for one in node.items)

    def object_of(self, node: s.ObjectOf) -> Value:
        made: dict[str, Value] = {}
        for key_node, value_node in node.items:
            key = bare(self(key_node))
            if isinstance(key, Unknown):
                return Unknown()
            try:
                name = to_string(key)
            except Unsuitable as error:
                raise self.wrong(
                    "Incorrect key type", f"Can't use this value as a key: {error}.", key_node.span, key_node
                ) from None
            made[name] = self(value_node)
        return {key: made[key] for key in sorted(made)}

    # --- operators -----------------------------------------------------------

    def conditional(self, node: s.Conditional) -> Value:
        condition = self(node.condition)
        secret = is_secret(condition)
        condition = bare(condition)
        if isinstance(condition, Unknown):
            then, otherwise = type_of(self(node.then)), type_of(self(node.otherwise))
            return Unknown(then if then == otherwise else "dynamic")
        if condition is None:
            raise self.wrong(
                "Null condition",
                "The condition value is null. Conditions must either be true or false.",
                node.condition.span,
                node.condition,
            )
        try:
            chosen = convert(condition, "bool")
        except Unsuitable as error:
            raise self.wrong(
                "Incorrect condition type",
                "The condition expression must be of type bool.",
                node.condition.span,
                node.condition,
            ) from error
        both = self(node.then), self(node.otherwise)
        value = self.agreed(both[0 if chosen else 1], both, node)
        return Secret(bare(value)) if secret else value

    def agreed(self, value: Value, both: tuple[Value, Value], node: s.Conditional) -> Value:
        """The chosen value in the type that both sides share."""
        kinds = type_of(both[0]), type_of(both[1])
        if kinds[0] == kinds[1] or "dynamic" in kinds:
            return value
        if all(isinstance(kind, str) for kind in kinds):
            wanted = unified(list(kinds))
            return value if wanted == "dynamic" else convert(value, wanted)
        words = [kind if isinstance(kind, str) else kind[0] for kind in kinds]
        if words[0] == words[1] or set(words) <= {"tuple", "list", "set"} or set(words) <= {"object", "map"}:
            for kind in kinds:
                if not isinstance(kind, str) and kind[0] in ("list", "set", "map"):
                    try:
                        return convert(value, kind)
                    except Unsuitable:
                        break
            why = _different(*kinds)
            if not why:
                return value
        else:
            why = f"The 'true' value is {friendly(kinds[0])}, but the 'false' value is {friendly(kinds[1])}"
        detail = f"The true and false result expressions must have consistent types. {why}."
        raise self.wrong("Inconsistent conditional result types", detail, node.span, node)

    def unary(self, node: s.Unary) -> Value:
        value = self(node.of)
        wanted = "bool" if node.operator == "!" else "number"
        made = self.operand(value, wanted, node.of, "Unsuitable value for unary operand", node)
        if isinstance(made, Secret):
            return Secret(not made.value if wanted == "bool" else -made.value)
        if isinstance(made, Unknown):
            return made
        return not made if wanted == "bool" else -made

    def operand(self, value: Value, wanted: Type, at: s.Expression, say: str, node: s.Expression) -> Value:
        if bare(value) is None:
            raise self.wrong("Invalid operand", f"{say}: argument must not be null.", at.span, node)
        try:
            return convert(value, wanted)
        except Unsuitable as error:
            raise self.wrong("Invalid operand", f"{say}: {error}.", at.span, node) from None

    def binary(self, node: s.Binary) -> Value:
        operator = node.operator
        if operator in ("==", "!="):
            return self.equality(node)
        wanted: Type = "bool" if operator in ("&&", "||") else "number"
        say = "Unsuitable value for {} operand"
        left = self.operand(self(node.left), wanted, node.left, say.format("left"), node)
        right = self.operand(self(node.right), wanted, node.right, say.format("right"), node)
        secret = isinstance(left, Secret) or isinstance(right, Secret)
        left, right = _peeled(left), _peeled(right)
        if isinstance(left, Unknown) or isinstance(right, Unknown):
            made: Value = Unknown("bool" if operator in ("&&", "||", "<", ">", "<=", ">=") else "number")
        else:
            made = self.computed(operator, left, right, node)
        return Secret(made) if secret else made

    def computed(self, operator: str, left: Value, right: Value, node: s.Binary) -> Value:
        if operator in ("&&", "||"):
            return (left and right) if operator == "&&" else (left or right)
        if operator in ("<", ">", "<=", ">="):
            return {"<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right}[operator]
        if operator in "/%" and right == 0:
            raise self.wrong(
                "Division by zero" if operator == "/" else "Invalid operation",
                "The second operand of a division must not be zero.",
                node.span,
                node,
            )
        try:
            made = _arithmetic(operator, left, right)
        except OverflowError:
            raise Exhausted("a number is too large") from None
        if abs(made) > 1e300:
            raise Exhausted("a number is too large")
        return int(made) if isinstance(made, float) and made.is_integer() and abs(made) < 1e15 else made

    def equality(self, node: s.Binary) -> Value:
        left, right = self(node.left), self(node.right)
        secret = is_secret(left) or is_secret(right)
        if not is_known(left) or not is_known(right):
            made: Value = Unknown("bool")
        else:
            made = same(left, right) == (node.operator == "==")
        return Secret(made) if secret else made

    # --- calls ---------------------------------------------------------------

    def call(self, node: s.Call) -> Value:
        if node.name in ELSEWHERE:
            return self.special(node)
        function = FUNCTIONS.get(node.name)
        if function is None:
            raise self.unknown_function(node)
        if function.later:
            return self.scope.later(node.name)
        arguments = [self(one) for one in node.arguments]
        if node.spread and arguments:
            last = _peeled(arguments.pop())
            if isinstance(last, Unknown):
                return Unknown()
            arguments += list(last) if isinstance(last, tuple) else [last]
        return self.run(node, function, arguments)

    def unknown_function(self, node: s.Call) -> Failed:
        if node.name in ABSENT or "::" in node.name:
            raise Exhausted(f"the function {node.name}() is not simulated here; nothing was done")
        meant = closest(node.name, [*FUNCTIONS, *ELSEWHERE, *ABSENT])
        hint = f' Did you mean "{meant}"?' if meant else ""
        return Failed(
            Diagnostic(
                "Call to unknown function", f'There is no function named "{node.name}".{hint}', node.name_span
            )
        )

    def run(self, node: s.Call, function: Function, given: list[Value]) -> Value:
        self.counted(node, function, given)
        secret = any(is_secret(one) for one in given)
        given = [bare(one) for one in given]
        if any(isinstance(one, Unknown) for one in given) or (
            not function.partly and not all(is_known(one) for one in given)
        ):
            return Secret(Unknown()) if secret else Unknown(_RESULTS.get(node.name, "dynamic"))
        arguments = []
        for place, one in enumerate(given):
            parameter = function.parameters[place] if place < len(function.parameters) else function.more
            assert parameter is not None  # noqa: S101
            arguments.append(self.argument(node, parameter, one, place))
        try:
            made = called(function, arguments)
        except CallError as error:
            raise self.call_problem(node, function, error) from None
        return Secret(made) if secret else made

    def counted(self, node: s.Call, function: Function, given: list[Value]) -> None:
        wanted = len(function.parameters)
        if len(given) < wanted:
            missing = function.parameters[len(given)].name
            word = f"at least {wanted}" if function.more else str(wanted)
            detail = f'Function "{node.name}" expects {word} argument(s). Missing value for "{missing}".'
            end = Span(node.span.source, node.span.end - 1, node.span.end)
            raise self.wrong(
                "Not enough function arguments", detail, end, node, calling=function, context=node.span
            )
        if len(given) > wanted and function.more is None:
            detail = f'Function "{node.name}" expects only {wanted} argument(s).'
            extra = node.arguments[min(wanted, len(node.arguments) - 1)].span
            raise self.wrong(
                "Too many function arguments", detail, extra, node, calling=function, context=node.span
            )

    def argument(self, node: s.Call, parameter: Parameter, value: Value, place: int) -> Value:
        at = node.arguments[min(place, len(node.arguments) - 1)]
        why = ""
        if value is None and not parameter.null:
            why = "argument must not be null"
        else:
            try:
                return convert(value, parameter.type)
            except Unsuitable as error:
                why = str(error)
        detail = f'Invalid value for "{parameter.name}" parameter: {why}.'
        function = FUNCTIONS[node.name]
        raise self.wrong(
            "Invalid function argument", detail, at.span, at, calling=function, call=node, context=node.span
        )

    def call_problem(self, node: s.Call, function: Function, error: CallError) -> Failed:
        names = [one.name for one in function.parameters]
        if error.parameter:
            known = error.parameter in names
            place = names.index(error.parameter) if known else len(names)
            at = node.arguments[min(place, len(node.arguments) - 1)]
            detail = f'Invalid value for "{error.parameter}" parameter: {error}.'
            return self.wrong(
                "Invalid function argument",
                detail,
                at.span,
                at,
                calling=function,
                call=node,
                context=node.span,
            )
        detail = f'Call to function "{node.name}" failed: {error}.'
        return self.wrong(
            "Error in function call", detail, node.name_span, node, calling=function, context=node.span
        )

    def special(self, node: s.Call) -> Value:
        name = node.name
        if name in ("try", "can"):
            return self.tried(node)
        arguments = [self(one) for one in node.arguments]
        if not arguments:
            raise self.wrong(
                "Not enough function arguments",
                f'Function "{name}" expects 1 argument(s). Missing '
                f'value for "{"path" if "file" in name else "value"}".',
                node.span,
                node,
            )
        if name == "sensitive":
            return Secret(bare(arguments[0]))
        if name == "nonsensitive":
            return bare(arguments[0])
        if name == "issensitive":
            return isinstance(arguments[0], Secret)
        if any(not is_known(one) for one in arguments):
            return Unknown("string")
        made = self.of_file(node, name, [bare(one) for one in arguments])
        return Secret(made) if any(map(is_secret, arguments)) else made

    def tried(self, node: s.Call) -> Value:
        for one in node.arguments:
            try:
                value = self(one)
            except Failed:
                continue
            return True if node.name == "can" else value
        if node.name == "can":
            return False
        raise self.wrong(
            "Error in function call",
            'Call to function "try" failed: no expression succeeded.',
            node.name_span,
            node,
        )

    def of_file(self, node: s.Call, name: str, arguments: list[Value]) -> Value:
        path = str(arguments[0])
        if name in ("abspath", "pathexpand"):
            return self.scope.absolute(path)
        text = self.scope.read(path)
        if name == "fileexists":
            return text is not None
        if text is None:
            detail = (
                f'Invalid value for "path" parameter: no file exists at "{path}"; this function works '
                "only with "
                "files that are distributed as part of the configuration source code, so if this file "
                "will be "
                "created by a resource in this configuration you must instead obtain this result from an "
                "attribute of that resource."
            )
            at = node.arguments[0]
            raise self.wrong(
                "Invalid function argument",
                detail,
                at.span,
                at,
                call=node,
                context=node.span,
                calling=Function((Parameter("path"),), len),
            )
        if name == "templatefile":
            return self.rendered(path, text, arguments[1] if len(arguments) > 1 else {})
        if name == "file":
            return text
        kind = {"filebase64": "base64encode", "filemd5": "md5", "filesha256": "sha256"}[name]
        return called(FUNCTIONS[kind], [text])

    def rendered(self, path: str, text: str, names: Mapping[str, Value]) -> Value:
        inner = Evaluator(self.scope, self.left, dict(names))
        made = inner(parse_template(Source(path, text)))
        self.left = inner.left
        return made

    # --- complaints ----------------------------------------------------------

    def wrong(
        self,
        summary: str,
        detail: str,
        at: Span,
        node: s.Expression,
        *,
        calling: Function | None = None,
        call: s.Call | None = None,
        context: Span | None = None,
    ) -> Failed:
        """A diagnostic with the values of everything that the expression refers to."""
        if self.telling:
            return Failed()
        known = []
        if calling is not None:
            called_ = call or node
            assert isinstance(called_, s.Call)  # noqa: S101
            words = [one.name for one in calling.parameters] + (
                [f"{calling.more.name}..."] if calling.more else []
            )
            known.append(f"while calling {called_.name}({', '.join(words)})")
        known += self.told(node)
        return Failed(Diagnostic(summary, detail, at, context, "", tuple(known)))

    def told(self, node: s.Expression) -> list[str]:
        """`var.n is 3` for each reference inside."""
        self.telling = True
        try:
            return self._told(node)
        finally:
            self.telling = False

    def _told(self, node: s.Expression) -> list[str]:
        out = set()
        for reference in references(node):
            try:
                value, taken = (
                    (self.names[reference.root], 0)
                    if reference.root in self.names
                    else self.scope.resolve(reference)
                )
                names = [reference.root, *reference.names[:taken]]
                for step in reference.steps[taken:]:
                    value = self.stepped(value, step)
                    names[-1] += step.at.text if isinstance(step, s.Attribute | s.Index) else ""
            except Failed:
                continue
            text = ".".join(names)
            if is_known(value) or isinstance(value, Secret):
                out.add(f"{text} {_described(value)}")
        return sorted(out)


def _described(value: Value) -> str:
    if is_secret(value):
        return "has a sensitive value"
    if value is None:
        return "is null"
    if isinstance(value, bool):
        return f"is {'true' if value else 'false'}"
    if isinstance(value, int | float):
        return f"is {number_text(value)}"
    if isinstance(value, str):
        return f"is {json_text(value)}"
    word = friendly(type_of(value))
    if isinstance(value, dict) and word == "object":
        return f"is object with {_count(len(value), 'attribute')}"
    return f"is {word} with {_count(len(value), 'element')}" if value else f"is empty {word}"


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def _peeled(value: Value) -> Value:
    return value.value if isinstance(value, Secret) else value


def _arithmetic(operator: str, left: float, right: float) -> float:
    if operator == "+":
        return left + right
    if operator == "-":
        return left - right
    if operator == "*":
        return left * right
    return left / right if operator == "/" else math_remainder(left, right)


def math_remainder(left: float, right: float) -> float:
    if not math.isfinite(left):
        raise Exhausted("a number in a configuration is too large")
    made = math.fmod(left, right)
    return int(made) if isinstance(left, int) and isinstance(right, int) else made


def _plural(value: Value) -> str:
    return {"list": "a list of", "set": "a set of", "tuple": "a tuple of"}.get(type_of(value)[0], "a")


def _different(a: Type, b: Type) -> str:
    """Why two collections' types differ; nothing if they can be told apart only by their elements."""
    if isinstance(a, str) or isinstance(b, str):
        return ""
    if a[0] == "tuple" and b[0] == "tuple":
        if len(a[1]) != len(b[1]):
            return f"The 'true' tuple has length {len(a[1])}, but the 'false' tuple has length {len(b[1])}"
        return ""
    if a[0] == "object" and b[0] == "object":
        for name in a[1]:
            if name not in b[1]:
                return (
                    f"The 'true' value includes object attribute \"{name}\", which is absent in the 'false' "
                    "value"
                )
        for name in b[1]:
            if name not in a[1]:
                return (
                    f"The 'false' value includes object attribute \"{name}\", which is absent in the 'true' "
                    "value"
                )
        for name in sorted(a[1]):
            why = _different(a[1][name], b[1][name])
            if why:
                return f'Type mismatch for object attribute "{name}": {why}'
    return ""


def reference_of(node: s.Expression) -> Reference | None:
    """The reference that a node is as a whole; None if it begins with something else."""
    steps: list[s.Expression] = []
    inner = node
    while isinstance(inner, s.Attribute | s.Index):
        steps.insert(0, inner)
        inner = inner.of
    if not isinstance(inner, s.Name):
        return None
    names = []
    for step in steps:
        if not isinstance(step, s.Attribute):
            break
        names.append(step.name)
    return Reference(inner.name, tuple(names), node.span, tuple(steps))


def references(node: s.Expression, hidden: frozenset[str] = frozenset()) -> Iterator[Reference]:
    """Every reference inside, those to the names of `for` left out."""
    whole = reference_of(node) if isinstance(node, s.Name | s.Attribute | s.Index) else None
    if whole is not None:
        if whole.root not in hidden:
            yield whole
        for step in whole.steps:
            if isinstance(step, s.Index):
                yield from references(step.key, hidden)
        return
    if isinstance(node, s.ForOf | s.TemplateFor):
        yield from references(node.collection, hidden)
        hidden |= {node.key, node.value}
    for one in s.children(node):
        if one is not getattr(node, "collection", None):
            yield from references(one, hidden)


def weighed(value: Value, budget: list[int] | None = None) -> Value:
    """The value, unless it holds more values than may be."""
    left = budget if budget is not None else [WEIGHT]
    left[0] -= 1 + (len(value) // 1000 if isinstance(value, str) else 0)
    if left[0] < 0:
        raise Exhausted("a value in a configuration is too large")
    inner = value.value if isinstance(value, Secret) else value
    if isinstance(inner, dict | tuple):
        for one in inner.values() if isinstance(inner, dict) else inner:
            weighed(one, left)
    return value


_EMPTY = "the collection has no elements"
_NEGATIVE = "a negative number is not a valid index for a sequence"
_TOO_FAR = "the given index is greater than or equal to the length of the collection"

_RESULTS: dict[str, Type] = dict.fromkeys(
    (
        "join",
        "lower",
        "upper",
        "format",
        "jsonencode",
        "base64encode",
        "md5",
        "sha256",
        "trimspace",
        "replace",
        "substr",
        "title",
        "tostring",
        "yamlencode",
    ),
    "string",
)
_ROOT = "A reference must begin with the name of something."
_WITHOUT_INDEX = "This value does not have any attributes."  # the words below carry no name

_KINDS = {
    s.Literal: lambda self, node: node.value,
    s.Name: Evaluator.reference,
    s.Attribute: Evaluator.reference,
    s.Index: Evaluator.reference,
    s.Item: lambda self, node: self.item,
    s.Parentheses: lambda self, node: self(node.inner),
    s.Template: Evaluator.template,
    s.TemplateIf: Evaluator.template_if,
    s.TemplateFor: Evaluator.template_for,
    s.ForOf: Evaluator.for_,
    s.Splat: Evaluator.splat,
    s.TupleOf: Evaluator.tuple_of,
    s.ObjectOf: Evaluator.object_of,
    s.Conditional: Evaluator.conditional,
    s.Unary: Evaluator.unary,
    s.Binary: Evaluator.binary,
    s.Call: Evaluator.call,
}
__all__ = [
    "Evaluator",
    "NoNames",
    "Reference",
    "Scope",
    "map_of",
    "mapped",
    "references",
    "set_of",
    "weighed",
]
