"""From text to the tree: blocks, settings, expressions and templates, with Terraform's words for errors."""

from dataclasses import replace
from functools import lru_cache

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted
from checkpoint.core.sim.parts.terraform import syntax as s
from checkpoint.core.sim.parts.terraform.source import Diagnostic, Failed, Source, Span
from checkpoint.core.sim.parts.terraform.tokens import Token, string_end, tokens

_CHAIN = 200
"""Operators or steps of one expression that follow each other."""

_LEVELS = (("||",), ("&&",), ("==", "!="), (">", "<", ">=", "<="), ("+", "-"), ("*", "/", "%"))


@lru_cache(maxsize=64)
def parse(source: Source) -> s.Body:
    """A whole file; the same text gives the same tree, which nobody changes.

    Raises Failed, whose diagnostics name the block in which they are.
    """
    parser = _Parser(source, tokens(source))
    try:
        return parser.body(None)
    except Failed as error:
        raise Failed(*(_placed(one, parser.outermost) for one in error.diagnostics)) from None


def parse_expression(source: Source) -> s.Expression:
    """An expression alone, as in `-var 'tags={a = 1}'`."""
    parser = _Parser(source, tokens(source))
    found = parser.expression()
    parser.newlines()
    if parser.now.kind != "end":
        raise parser.fail(
            "Extra characters after expression",
            "An expression was successfully parsed, but extra characters were found after it.",
        )
    return found


def parse_template(source: Source) -> s.Expression:
    """A whole text as a template, for templatefile."""
    if len(source.text) > limits.HCL:
        raise Exhausted(f"a template has at most {limits.HCL // 1024} KB")
    parser = _Parser(source, [Token("end", "", len(source.text))])
    return parser.template_of(0, len(source.text), Span(source, 0, len(source.text)), escapes=False)


def _placed(one: Diagnostic, outermost: tuple[int, str]) -> Diagnostic:
    start, title = outermost
    if one.within or not title or one.subject is None or one.subject.start - 1 < start:
        return one
    return Diagnostic(one.summary, one.detail, one.subject, one.context, title, one.known, one.warning)


class _Parser:
    def __init__(self, source: Source, found: list[Token]) -> None:
        self.source = source
        self.tokens = [one for one in found if one.kind != "comment"]
        self.at = 0
        self.depth = 0
        self.outermost = (0, "")

    # --- tokens --------------------------------------------------------------

    @property
    def now(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.now
        if token.kind != "end":
            self.at += 1
        return token

    def newlines(self) -> None:
        while self.now.kind == "newline":
            self.at += 1

    def span(self, token: Token) -> Span:
        return Span(self.source, token.start, max(token.end, token.start))

    def since(self, start: int) -> Span:
        last = self.tokens[max(0, self.at - 1)]
        return Span(self.source, start, max(start, last.end))

    def fail(self, summary: str, detail: str, token: Token | None = None) -> Failed:
        at = token or self.now
        end = at.end if at.kind != "end" else at.start
        return Failed(Diagnostic(summary, detail, Span(self.source, at.start, end)))

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > limits.HCL_DEPTH:
            raise Exhausted(f"a configuration nests at most {limits.HCL_DEPTH} levels")

    # --- bodies --------------------------------------------------------------

    def body(self, opened: Span | None) -> s.Body:
        """Settings and blocks up to the closing brace, or to the end of the file."""
        settings: dict[str, s.Setting] = {}
        blocks: list[s.Block] = []
        while True:
            self.newlines()
            token = self.now
            if token.kind == "end" or (opened is not None and token.is_mark("}")):
                return s.Body(settings, tuple(blocks), self.span(token))
            if token.is_mark("}"):
                raise self.fail(
                    "Argument or block definition required",
                    "An argument or block definition is required here.",
                )
            if token.kind != "name":
                raise self.fail("Argument or block definition required", _required(token))
            item = self.item()
            if isinstance(item, s.Block):
                blocks.append(item)
            else:
                self.once(item, settings)
                settings[item.name] = item
                self.line_end()

    def once(self, setting: s.Setting, settings: dict[str, s.Setting]) -> None:
        if setting.name in settings:
            detail = (
                f'The argument "{setting.name}" was already set at {settings[setting.name].name_span}. '
                "Each argument may be set only once."
            )
            raise Failed(Diagnostic("Attribute redefined", detail, setting.name_span))

    def item(self) -> s.Setting | s.Block:
        name = self.take()
        if self.now.is_mark("="):
            self.take()
            return s.Setting(name.text, self.expression(), self.span(name))
        return self.block(name)

    def line_end(self) -> None:
        if self.now.kind in ("newline", "end") or self.now.is_mark("}"):
            return
        detail = "An argument definition must end with a newline."
        if self.now.is_mark(","):
            detail = (
                "Unexpected comma after argument. Argument values in blocks must be separated only by "
                "newlines, not commas. Argument values in blocks are set in the form name = value."
            )
            raise self.fail("Unexpected comma after argument", detail.partition(". ")[2])
        raise self.fail("Missing newline after argument", detail)

    def block(self, name: Token) -> s.Block:
        labels, spans = self.labels()
        header = self.since(name.start)
        if not self.depth:
            self.outermost = (name.start, " ".join([name.text, *(f'"{one}"' for one in labels)]))
        opened = self.take()
        one_line = self.now.kind != "newline"
        self.deeper()
        body = self.one_line() if one_line else self.body(self.span(opened))
        self.depth -= 1
        if self.now.kind == "end":
            detail = (
                "There is no closing brace for this block before the end of the file. This may be caused by "
                "incorrect brace nesting elsewhere in this file."
            )
            raise Failed(Diagnostic("Unclosed configuration block", detail, self.span(opened), header))
        self.take()
        if self.now.kind not in ("newline", "end") and not (self.depth and self.now.is_mark("}")):
            raise self.fail(
                "Missing newline after block definition", "A block definition must end with a newline."
            )
        return s.Block(
            name.text,
            tuple(labels),
            body,
            header,
            self.span(name),
            tuple(spans),
            self.span(opened),
            self.since(name.start),
        )

    def labels(self) -> tuple[list[str], list[Span]]:
        labels: list[str] = []
        spans: list[Span] = []
        while not self.now.is_mark("{"):
            token = self.now
            if token.kind == "name":
                labels.append(token.text)
            elif token.kind == "string":
                labels.append(token.text[1:-1])
            elif token.is_mark("=") or (token.kind in ("newline", "end") and not labels):
                if not labels:
                    raise self.fail("Argument or block definition required", _BARE)
                raise self.fail("Invalid block definition", _NO_BODY)
            elif token.kind in ("newline", "end"):
                raise self.fail("Invalid block definition", _NO_BODY)
            else:
                raise self.fail(
                    "Invalid block definition",
                    'Either a quoted string block label or an opening brace ("{") is expected here.',
                )
            spans.append(self.span(token))
            self.take()
        return labels, spans

    def one_line(self) -> s.Body:
        """`{ }` or `{ name = value }`."""
        token = self.now
        if token.is_mark("}"):
            return s.Body({}, (), self.span(token))
        if token.kind == "end":
            return s.Body()
        if token.kind != "name":
            raise self.fail("Argument or block definition required", _required(token))
        item = self.item()
        if isinstance(item, s.Block):
            self.newlines()
            return s.Body({}, (item,), self.span(self.now))
        if not self.now.is_mark("}"):
            if self.now.kind == "newline":
                raise self.fail("Invalid single-argument block definition", _ONE_LINE)
            raise self.fail(
                "Invalid single-argument block definition",
                "A single-line block definition "
                "can contain only a single argument. If you want to define multiple arguments, "
                "use argument definitions on separate lines within a block that starts on its "
                "own line.",
            )
        return s.Body({item.name: item}, (), self.span(self.now))

    # --- expressions ---------------------------------------------------------

    def expression(self) -> s.Expression:
        self.deeper()
        start = self.now.start
        found = self.operation(0)
        if self.now.is_mark("?"):
            found = self.conditional(found, start)
        self.depth -= 1
        return found

    def conditional(self, condition: s.Expression, start: int) -> s.Expression:
        self.take()
        self.inner_newlines()
        then = self.expression()
        self.inner_newlines()
        if not self.now.is_mark(":"):
            raise self.fail(
                "Missing false expression in conditional",
                "The conditional operator (...?...:...) requires a false expression, delimited by a colon.",
            )
        self.take()
        self.inner_newlines()
        otherwise = self.expression()
        return s.Conditional(self.since(start), condition, then, otherwise)

    brackets = 0

    def inner_newlines(self) -> None:
        """Newlines count for nothing inside brackets."""
        if self.brackets:
            self.newlines()

    def operation(self, level: int) -> s.Expression:
        if level == len(_LEVELS):
            return self.unary()
        start = self.now.start
        left = self.operation(level + 1)
        for _ in range(_CHAIN):
            self.inner_newlines()
            if not self.now.is_mark(*_LEVELS[level]):
                return left
            operator = self.take().text
            self.inner_newlines()
            right = self.operation(level + 1)
            left = s.Binary(self.since(start), operator, left, right)
        raise Exhausted("an expression is too long")

    def unary(self) -> s.Expression:
        start = self.now.start
        if self.now.is_mark("-", "!"):
            self.deeper()
            operator = self.take().text
            inner = self.unary()
            self.depth -= 1
            return s.Unary(self.since(start), operator, inner)
        return self.steps(self.term(), start)

    def steps(self, found: s.Expression, start: int) -> s.Expression:
        """`.name`, `[index]`, `.*` and `[*]` behind a term."""
        for _ in range(_CHAIN):
            token = self.now
            if token.is_mark("."):
                self.take()
                after = self.now
                if after.kind == "name":
                    self.take()
                    found = s.Attribute(self.since(start), found, after.text, self.since(token.start))
                elif after.kind == "number":
                    self.take()
                    for part in after.text.split("."):
                        place = s.Literal(self.span(after), int(part) if part.isdecimal() else 0)
                        found = s.Index(self.since(start), found, place, self.since(token.start))
                elif after.is_mark("*"):
                    self.take()
                    return self.splat(found, start, attributes=True)
                else:
                    raise self.fail(
                        "Invalid attribute name", "An attribute name is required after a dot.", after
                    )
            elif token.is_mark("["):
                self.take()
                if self.now.is_mark("*") and self.tokens[self.at + 1].is_mark("]"):
                    self.at += 2
                    return self.splat(found, start, attributes=False)
                key = self.bracketed("]", "index")
                found = s.Index(self.since(start), found, key, self.since(token.start))
            else:
                return found
        raise Exhausted("an expression is too long")

    def splat(self, of: s.Expression, start: int, *, attributes: bool) -> s.Expression:
        behind = self.now.start
        item: s.Expression = s.Item(Span(self.source, behind, behind))
        if attributes:
            for _ in range(_CHAIN):
                if not self.now.is_mark("."):
                    break
                dot = self.take()
                name = self.take()
                item = s.Attribute(self.since(behind), item, name.text, self.since(dot.start))
            return self.steps(s.Splat(self.since(start), of, item), start)
        self.deeper()
        each = self.steps(item, behind)
        self.depth -= 1
        return s.Splat(self.since(start), of, each)

    def bracketed(self, closing: str, what: str) -> s.Expression:
        self.brackets += 1
        self.newlines()
        found = self.expression()
        self.newlines()
        self.brackets -= 1
        if not self.now.is_mark(closing):
            raise self.fail(*_UNCLOSED[what])
        self.take()
        return found

    def term(self) -> s.Expression:
        token = self.now
        if token.kind == "string":
            self.take()
            return self.template(token)
        if token.kind == "heredoc":
            self.take()
            return self.heredoc(token)
        if token.kind == "number":
            self.take()
            return s.Literal(self.span(token), _number(token.text))
        if token.kind == "name":
            return self.named()
        if token.is_mark("("):
            self.take()
            inner = self.bracketed(")", "parentheses")
            return s.Parentheses(self.since(token.start), inner)
        if token.is_mark("["):
            return self.tuple_()
        if token.is_mark("{"):
            return self.object_()
        if token.kind == "end":
            raise self.fail(
                "Missing expression", "Expected the start of an expression, but found the end of the file."
            )
        raise self.fail(
            "Invalid expression",
            "Expected the start of an expression, but found an invalid expression token.",
        )

    def named(self) -> s.Expression:
        token = self.take()
        span = self.span(token)
        if token.text in ("true", "false", "null") and not self.now.is_mark("("):
            return s.Literal(span, {"true": True, "false": False, "null": None}[token.text])
        if self.now.is_mark("(", "::"):
            name = token.text
            while self.now.is_mark("::"):
                self.take()
                name += "::" + self.take().text
            if self.now.is_mark("("):
                return self.call(name, token)
        return s.Name(span, token.text)

    def call(self, name: str, token: Token) -> s.Expression:
        name_span = self.since(token.start)
        self.take()
        self.brackets += 1
        arguments: list[s.Expression] = []
        spread = False
        while True:
            self.newlines()
            if self.now.is_mark(")"):
                break
            arguments.append(self.expression())
            self.newlines()
            if self.now.is_mark("..."):
                self.take()
                spread = True
                self.newlines()
                break
            if not self.now.is_mark(","):
                break
            self.take()
        self.brackets -= 1
        if not self.now.is_mark(")"):
            raise (
                self.fail(
                    "Missing argument separator",
                    "A comma is required to separate each function argument from the next.",
                )
                if self.now.kind != "end"
                else self.fail(
                    "Unterminated function call",
                    "There is no closing parenthesis for this function call before "
                    "the end of the file. This may be caused by incorrect parenthesis nesting "
                    "elsewhere in this "
                    "file.",
                    token,
                )
            )
        self.take()
        return s.Call(self.since(token.start), name, tuple(arguments), name_span, spread)

    def tuple_(self) -> s.Expression:
        start = self.take()
        self.brackets += 1
        self.newlines()
        if self.now.kind == "name" and self.now.text == "for":
            found = self.for_(start, "]")
            self.brackets -= 1
            return found
        items: list[s.Expression] = []
        while not self.now.is_mark("]"):
            items.append(self.expression())
            self.newlines()
            if self.now.is_mark(","):
                self.take()
                self.newlines()
            elif not self.now.is_mark("]"):
                if self.now.kind == "end":
                    raise self.fail(
                        "Unterminated tuple constructor expression",
                        "There is no corresponding "
                        "closing bracket before the end of the file. This may be caused by "
                        "incorrect bracket nesting elsewhere in this file.",
                        start,
                    )
                told = "Expected a comma to mark the beginning of the next item."
                wrong = self.fail("Missing item separator", told).diagnostics[0]
                raise Failed(replace(wrong, context=Span(self.source, items[-1].span.start, self.now.end)))
        self.take()
        self.brackets -= 1
        return s.TupleOf(self.since(start.start), tuple(items))

    def object_(self) -> s.Expression:
        start = self.take()
        kept, self.brackets = self.brackets, 0
        self.newlines()
        if (
            self.now.kind == "name"
            and self.now.text == "for"
            and not self.tokens[self.at + 1].is_mark("=", ":")
        ):
            self.brackets = 1
            found = self.for_(start, "}")
            self.brackets = kept
            return found
        items: list[tuple[s.Expression, s.Expression]] = []
        while not self.now.is_mark("}"):
            key = self.key()
            if not self.now.is_mark("=", ":"):
                raise self.object_problem(start)
            self.take()
            items.append((key, self.expression()))
            if self.now.is_mark(","):
                self.take()
                self.newlines()
            elif self.now.kind == "newline":
                self.newlines()
            elif not self.now.is_mark("}"):
                raise self.fail(
                    "Missing attribute separator",
                    "Expected a newline or comma to mark the beginning of the next attribute.",
                )
        self.take()
        self.brackets = kept
        return s.ObjectOf(self.since(start.start), tuple(items))

    def object_problem(self, start: Token) -> Failed:
        if self.now.kind == "end":
            return self.fail(
                "Unterminated object constructor expression",
                "There is no corresponding closing "
                "brace before the end of the file. This may be caused by incorrect brace nesting "
                "elsewhere in this file.",
                start,
            )
        return self.fail(
            "Missing attribute value", 'Expected an attribute value, introduced by an equals sign ("=").'
        )

    def key(self) -> s.Expression:
        """A bare name is a text."""
        token = self.now
        if token.kind == "name" and self.tokens[self.at + 1].is_mark("=", ":"):
            self.take()
            return s.Literal(self.span(token), token.text)
        if token.kind == "end":
            raise self.object_problem(token)
        return self.expression()

    def for_(self, start: Token, closing: str) -> s.Expression:
        self.take()
        names = [self.take().text]
        if self.now.is_mark(","):
            self.take()
            names.append(self.take().text)
        self.newlines()
        if not (self.now.kind == "name" and self.now.text == "in"):
            raise self.fail(
                "Invalid 'for' expression",
                "For expression requires the 'in' keyword after its name declarations.",
            )
        self.take()
        self.newlines()
        collection = self.expression()
        self.newlines()
        if not self.now.is_mark(":"):
            raise self.fail(
                "Invalid 'for' expression", "For expression requires a colon after the collection expression."
            )
        self.take()
        self.newlines()
        made = self.expression()
        made_key = None
        self.newlines()
        if self.now.is_mark("=>"):
            self.take()
            self.newlines()
            made_key, made = made, self.expression()
            self.newlines()
        elif closing == "}":
            raise self.fail("Invalid 'for' expression", "Key expression is required when building an object.")
        grouped = self.now.is_mark("...")
        if grouped:
            self.take()
            self.newlines()
        condition = None
        if self.now.kind == "name" and self.now.text == "if":
            self.take()
            self.newlines()
            condition = self.expression()
            self.newlines()
        if not self.now.is_mark(closing):
            raise self.fail(
                "Invalid 'for' expression", "Extra characters after the end of the 'for' expression."
            )
        self.take()
        key = names[0] if len(names) > 1 else ""
        span = self.since(start.start)
        return s.ForOf(span, key, names[-1], collection, made_key, made, condition, grouped)

    # --- templates -----------------------------------------------------------

    def template(self, token: Token) -> s.Expression:
        return self.template_of(token.start + 1, token.end - 1, self.span(token), escapes=True)

    def template_of(self, start: int, end: int, span: Span, *, escapes: bool) -> s.Expression:
        parts = _pieces(self, start, end, escapes=escapes)
        if not parts:
            return s.Literal(span, "")
        if len(parts) == 1 and isinstance(parts[0], s.Literal) and isinstance(parts[0].value, str):
            return s.Literal(span, parts[0].value)
        return s.Template(span, tuple(parts), len(parts) == 1 and escapes)

    def heredoc(self, token: Token) -> s.Expression:
        """The lines between the words; with `<<-` without their common indent."""
        first, _, rest = token.text.partition("\n")
        lines = rest.split("\n")[:-1]
        start = token.start + len(first) + 1
        span = self.span(token)
        if not lines:
            return s.Literal(span, "")
        body = "".join(line + "\n" for line in lines)
        if not first.startswith("<<-"):
            return self.template_of(start, start + len(body), span, escapes=False)
        common = min((len(one) - len(one.lstrip(" ")) for one in lines if one.strip()), default=0)
        parts: list[s.Expression] = []
        for line in lines:
            cut = min(common, len(line) - len(line.lstrip(" ")))
            parts += _pieces(self, start + cut, start + len(line) + 1, escapes=False)
            start += len(line) + 1
        joined = _joined(parts, span)
        if len(joined) == 1 and isinstance(joined[0], s.Literal):
            return joined[0]
        return s.Template(span, tuple(joined))

    def inside(self, start: int, end: int) -> s.Expression:
        """The expression of an interpolation."""
        inner = _Parser(self.source, tokens(self.source, start, end))
        inner.depth = self.depth + 1
        inner.brackets = 1
        inner.newlines()
        if inner.now.kind == "end":
            raise self.fail_at(
                start,
                end,
                "Invalid expression",
                "Expected the start of an expression, but found an invalid expression token.",
            )
        made = inner.expression()
        inner.newlines()
        behind = inner.tokens[inner.at]
        if behind.kind != "end":
            raise inner.fail(
                "Extra characters after interpolation expression",
                "Template interpolation "
                "doesn't expect a new line at this location. Did you forget a closing brace to "
                "end the interpolation sequence?"
                if behind.kind == "newline"
                else "Expected a closing brace to end the interpolation expression, but found extra "
                "characters.",
            )
        return made

    def fail_at(self, start: int, end: int, summary: str, detail: str) -> Failed:
        return Failed(Diagnostic(summary, detail, Span(self.source, start, max(end, start + 1))))


def _joined(parts: list[s.Expression], span: Span) -> list[s.Expression]:
    """Neighbouring texts as one."""
    out: list[s.Expression] = []
    for part in parts:
        last = out[-1] if out else None
        if isinstance(part, s.Literal) and isinstance(last, s.Literal):
            out[-1] = s.Literal(span, f"{last.value}{part.value}")
        else:
            out.append(part)
    return out


_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}


def _pieces(parser: _Parser, start: int, end: int, *, escapes: bool) -> list[s.Expression]:
    """A template's texts, interpolations and directives."""
    stack = _Directives(parser)
    text, at, run, strip = parser.source.text, start, start, False
    words: list[str] = []

    def flush(upto: int, *, trim: bool = False) -> None:
        nonlocal strip
        made = "".join(words)
        words.clear()
        if strip:
            made = made.lstrip()
            strip = False
        if trim:
            made = made.rstrip()
        if made:
            stack.add(s.Literal(Span(parser.source, run, upto), made))

    while at < end:
        two = text[at : at + 2]
        if text[at : at + 3] in ("$${", "%%{"):
            words.append(text[at + 1 : at + 3])
            at += 3
        elif two in ("${", "%{"):
            close = _interpolation_end(parser, at, end)
            inner_start, inner_end = at + 2, close - 1
            trim = text[inner_start : inner_start + 1] == "~"
            flush(at, trim=trim)
            after = text[inner_end - 1 : inner_end] == "~"
            inner_start, inner_end = inner_start + trim, inner_end - after
            if two == "${":
                stack.add(parser.inside(inner_start, inner_end))
            else:
                stack.directive(inner_start, inner_end)
            at = run = close
            strip = after
        elif escapes and text[at] == "\\":
            made, at = _escape(parser, at)
            words.append(made)
        else:
            words.append(text[at])
            at += 1
    flush(end)
    return stack.done()


def _escape(parser: _Parser, at: int) -> tuple[str, int]:
    text = parser.source.text
    char = text[at + 1]
    if char in _ESCAPES:
        return _ESCAPES[char], at + 2
    if char in "uU":
        digits = text[at + 2 : at + (6 if char == "u" else 10)]
        if len(digits) in (4, 8) and all(one in "0123456789abcdefABCDEF" for one in digits):
            code = int(digits, 16)
            return (chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "�"), at + 2 + len(
                digits
            )
    detail = f'The symbol "{char}" is not a valid escape sequence selector.'
    raise parser.fail_at(at, at + 2, "Invalid escape sequence", detail)


def _interpolation_end(parser: _Parser, at: int, end: int) -> int:
    """Behind the closing brace."""
    text, depth, place = parser.source.text, 1, at + 2
    while place < end:
        char = text[place]
        if char == '"':
            place = string_end(parser.source, place)
            continue
        depth += (char == "{") - (char == "}")
        place += 1
        if not depth:
            return place
    raise parser.fail_at(
        at,
        end,
        "Unterminated template interpolation",
        "There is no closing brace for this "
        "interpolation sequence before the end of the file. This might be caused by "
        "incorrect nesting inside the given expression.",
    )


class _Directives:
    """`%{ if }` and `%{ for }` inside each other."""

    def __init__(self, parser: _Parser) -> None:
        self.parser = parser
        self.frames: list[list[s.Expression]] = [[]]
        self.open: list[tuple[str, tuple[str, str], s.Expression, list[s.Expression] | None, int]] = []

    def add(self, part: s.Expression) -> None:
        self.frames[-1].append(part)

    def directive(self, start: int, end: int) -> None:
        text = self.parser.source.text[start:end]
        word = text.split()[0] if text.split() else ""
        offset = start + text.find(word) + len(word)
        if word == "if":
            self.open.append(("if", ("", ""), self.parser.inside(offset, end), None, start))
            self.frames.append([])
        elif word == "for":
            names, _, _ = self.parser.source.text[offset:end].partition(" in ")
            behind = offset + len(names) + 4
            key, _, value = names.strip().rpartition(",")
            pair = (key.strip(), value.strip())
            self.open.append(("for", pair, self.parser.inside(behind, end), None, start))
            self.frames.append([])
        elif word == "else" and self.open and self.open[-1][0] == "if":
            kind, names_, of, _, at = self.open.pop()
            self.open.append((kind, names_, of, self.frames.pop(), at))
            self.frames.append([])
        elif word in ("endif", "endfor") and self.open and self.open[-1][0] == word[3:]:
            self.close(end)
        else:
            raise self.parser.fail_at(
                start, end, "Invalid template directive", f'"{word}" is not expected here.'
            )

    def close(self, end: int) -> None:
        kind, (key, value), of, then, start = self.open.pop()
        span = Span(self.parser.source, start, end)
        last = s.Template(span, tuple(self.frames.pop()))
        if kind == "for":
            self.add(s.TemplateFor(span, key, value, of, last))
        elif then is None:
            self.add(s.TemplateIf(span, of, last, None))
        else:
            self.add(s.TemplateIf(span, of, s.Template(span, tuple(then)), last))

    def done(self) -> list[s.Expression]:
        if self.open:
            start = self.open[-1][4]
            raise self.parser.fail_at(
                start,
                start + 2,
                "Unexpected end of template",
                f"The {self.open[-1][0]} directive has no end.",
            )
        return self.frames[0]


def _number(text: str) -> int | float:
    if len(text) > 40:
        raise Exhausted("a number is too long")
    if text.isdecimal():
        return int(text)
    value = float(text)
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _required(token: Token) -> str:
    if token.kind == "string":
        return "Argument names must not be quoted."
    if token.kind == "mark" and token.text in ("{", "["):
        return "An argument or block definition is required here."
    return "An argument or block definition is required here."


_NO_BODY = (
    'A block definition must have block content delimited by "{" and "}", starting on the same line as the '
    "block header."
)
_BARE = (
    'An argument or block definition is required here. To set an argument, use the equals sign "=" to '
    "introduce the argument value."
)
_ONE_LINE = (
    "An argument definition on the same line as its containing block creates a single-line block definition, "
    "which must also be closed on the same line. Place the block's closing brace immediately after the "
    "argument definition."
)
_UNCLOSED = {
    "index": ("Missing close bracket on index", 'The index operator must end with a closing bracket ("]").'),
    "parentheses": (
        "Unbalanced parentheses",
        "Expected a closing parenthesis to terminate the expression.",
    ),
}
