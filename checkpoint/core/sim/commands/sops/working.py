"""What sops does with files: encrypt, decrypt, edit, rotate, change keys."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from checkpoint.core.sim.actors import Due, plan
from checkpoint.core.sim.commands.sops import keys
from checkpoint.core.sim.commands.sops.keys import NO_KEYS, drawn, now
from checkpoint.core.sim.events import Event, FileOpened, GuardrailActed
from checkpoint.core.sim.parts.files import File, FileError, decoded, encoded
from checkpoint.core.sim.parts.sops import formats, tree, yaml_store
from checkpoint.core.sim.parts.sops.events import GUARDRAIL, Decrypted, Encrypted, Exposed, Rotated
from checkpoint.core.sim.parts.sops.tree import (
    SELECTORS,
    Branch,
    Comment,
    Known,
    Metadata,
    SecretFile,
    SopsError,
    Value,
)
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args
from checkpoint.core.sim.world import World

EDITOR = "sops-editor"
"""The actor that takes up what was saved in the page's editor."""

_PAGE_EDITORS = {"vim", "vi", "nano", "code", "edit", "emacs"}

_IS_ENCRYPTED = """\
The file you have provided contains a top-level entry called 'sops', or for
flat file formats top-level entries starting with 'sops_'. This is
generally due to the file already being encrypted. SOPS uses a top-level
entry called 'sops' to store the metadata required to decrypt the file. For
this reason, SOPS can not encrypt files that already contain such an entry.

If this is an unencrypted file, rename the 'sops' entry.

If this is an encrypted file and you want to edit it, use the editor mode,
for example: `sops my_file.yaml`"""

_NO_COMMAND = "Error: missing file to decrypt or command to run"
_EXAMPLE = """\
hello: Welcome to SOPS! Edit this file as you please!
example_key: example_value
# Example comment
example_array:
    - example_value1
    - example_value2
example_number: 1234.56789
example_booleans:
    - true
    - false
"""


def logged(process: Process, level: str, text: str) -> None:
    process.error(f'[CMD]\t time="{now(process)}" level={level} msg="{text}"')


def _noted(process: Process, text: str) -> None:
    """A line of Go's own log."""
    process.error(f"{datetime.fromtimestamp(process.clock, UTC):%Y/%m/%d %H:%M:%S} {text}")


# --- reading and writing -----------------------------------------------------------


def _wanted(process: Process, args: Args) -> tuple[str, str]:
    """Path and text of the file that was named, or of standard input."""
    if not args.rest:
        return "", process.stdin
    path = process.path(args.rest[0])
    if process.files.get(path) is None:
        raise SopsError(f'Error: cannot operate on non-existent file "{path}"', 100)
    return path, _text(process, path)


def _text(process: Process, path: str) -> str:
    try:
        return decoded(process.files.read(path))
    except FileError as error:
        raise SopsError(f"Error reading file: open {path}: {error.why.value.lower()}", 2) from None


def _kinds(process: Process, args: Args, path: str) -> tuple[str, str]:
    named = args.value("--filename-override") or path
    kind = args.value("--input-type") or formats.format_of(process.path(named))
    return kind, args.value("--output-type") or kind


def _put(process: Process, args: Args, path: str, text: str) -> str:
    """Where the result went: a path, or empty for the screen."""
    if args.has("--in-place") and args.has("--output"):
        raise SopsError("Error: cannot operate on both --output and --in-place", 8)
    goal = path if args.has("--in-place") else args.value("--output")
    if not goal:
        process.out(text)
        return ""
    goal = process.path(goal)
    _save(process, goal, text)
    return goal


def _save(process: Process, path: str, text: str) -> None:
    process.files = process.files.write(path, encoded(text), time=process.clock)


def _loaded(process: Process, path: str, text: str, kind: str) -> SecretFile:
    del process, path
    try:
        return formats.secret_file(text, kind)
    except SopsError as error:
        if error.message == "sops metadata not found":
            raise
        store = "json" if kind == "binary" else kind
        raise SopsError(f"Error unmarshalling input {store}: {error.message}", 1) from None


def _opened(process: Process, args: Args, file: SecretFile) -> tuple[SecretFile, Known, bytes]:
    key = keys.data_key(process, file.metadata.age)
    clear, known = tree.decrypted(file, key, ignore_mac=args.has("--ignore-mac"))
    return clear, known, key


def _sealed(process: Process, clear: SecretFile, key: bytes, known: Known | None = None) -> SecretFile:
    return tree.encrypted(clear, key, lambda purpose: drawn(process, purpose), now(process), known)


# --- encrypt -------------------------------------------------------------------------


def encrypt(process: Process, args: Args) -> int:
    if not args.rest and not args.has("--filename-override"):
        raise SopsError("Error: must specify --filename-override when reading from stdin", 8)
    path, text = _wanted(process, args)
    kind, shown = _kinds(process, args, path)
    metadata = _metadata(process, args, path)
    if kind == "ini":
        return process.unsupported("sops with INI files")
    documents = _in_clear(text, kind)
    if formats.has_entry(documents, kind):
        raise SopsError(_IS_ENCRYPTED, 203)
    if GUARDRAIL in process.world.off:
        process.happened(GuardrailActed(GUARDRAIL, "workstation", "off", path))
        _put(process, args, path, text)
        return 0
    key = drawn(process, "sops data key")
    recipients = [who for who, _ in metadata.age]
    metadata.age = keys.wrapped_for(process, key, recipients)
    file = _sealed(process, SecretFile(documents, metadata), key)
    goal = _put(process, args, path, formats.with_metadata(file, shown))
    process.happened(Encrypted(goal, tuple(recipients)))
    process.happened(GuardrailActed(GUARDRAIL, "workstation", "passed", goal))
    return 0


def _in_clear(text: str, kind: str) -> list[Branch]:
    try:
        documents = formats.plain_file(text, kind)
    except SopsError as error:
        raise SopsError(f"Error unmarshalling file: {error.message}", 2) from None
    if not documents:
        raise SopsError("File cannot be completely empty, it must contain at least one document", 92)
    return documents


def _metadata(process: Process, args: Args, path: str) -> Metadata:
    """Recipients and selection, from the options first and from the rule for the file otherwise."""
    named = process.path(args.value("--filename-override") or path)
    config = args.value("--config") or process.environment.get("SOPS_CONFIG", "")
    rule = keys.rule_for(process, named, process.path(config) if config else "")
    given = keys.split(args.value("--age") or process.environment.get("SOPS_AGE_RECIPIENTS", ""))
    if not given and rule is None:
        raise SopsError(NO_KEYS, 1)
    recipients = given or list(rule.recipients if rule else ())
    keys.checked(recipients)
    if not recipients:
        raise SopsError("Could not generate data key: [empty key group provided]", 1)
    given_ones = {name: args.value("--" + name.replace("_", "-")) for name in SELECTORS}
    by_rule = dict([rule.selector]) if rule and rule.selector else {}
    chosen = [(name, given_ones[name] or by_rule.get(name, "")) for name in SELECTORS]
    chosen = [(name, value) for name, value in chosen if value]
    if len(chosen) > 1:
        raise SopsError(
            "Error: cannot use more than one of encrypted_suffix, unencrypted_suffix, encrypted_regex,"
            " unencrypted_regex, encrypted_comment_regex, or unencrypted_comment_regex in the same file",
            8,
        )
    made = Metadata([(who, "") for who in recipients])
    if chosen:
        made.selector = chosen[0]
    made.mac_only_encrypted = args.has("--mac-only-encrypted") or bool(rule and rule.mac_only_encrypted)
    return made


# --- decrypt -------------------------------------------------------------------------


def decrypt(process: Process, args: Args) -> int:
    path, text = _wanted(process, args)
    kind, shown = _kinds(process, args, path)
    if GUARDRAIL in process.world.off and not _is_encrypted(text, kind):
        _put(process, args, path, text)
        return 0
    file = _loaded(process, path, text, kind)
    clear, _, _ = _opened(process, args, file)
    if args.has("--extract"):
        value = _at(clear.documents[0], _index(args.value("--extract")))
        told = yaml_store.dumped_value(value) if isinstance(value, Branch | list) else _word(value)
    else:
        told = _dumped(clear.documents, shown)
    goal = _put(process, args, path, told)
    process.happened(Decrypted(path, goal))
    if goal:
        process.happened(Exposed(goal, "decrypted to a file"))
    return 0


def _dumped(documents: list[Branch], kind: str) -> str:
    try:
        return formats.in_clear(documents, kind)
    except SopsError as error:
        raise SopsError(f"Error dumping file: {error.message}", error.code) from None


def exec_env(process: Process, args: Args) -> int:
    """Run a command line with the file's entries in its environment."""
    if len(args.rest) != 2:
        raise SopsError("Error: missing file to decrypt" if not args.rest else _NO_COMMAND, 100)
    path = process.path(args.rest[0])
    if process.files.get(path) is None:
        raise SopsError(f'Error: cannot operate on non-existent file "{path}"', 100)
    kind, _ = _kinds(process, args, path)
    clear, _, _ = _opened(process, args, _loaded(process, path, _text(process, path), kind))
    kept = process.environment
    pairs = [item for item in clear.documents[0].items if not isinstance(item[0], Comment)]
    if any(isinstance(value, Branch | list) for _, value in pairs):
        raise SopsError("cannot use complex value in environment", 4)
    added = {str(name): _word(value) for name, value in pairs}
    process.environment = ({} if args.has("--pristine") else kept) | added
    process.happened(Decrypted(path))
    code = process.spawn(process, ("bash", "-c", args.rest[1]), process.stdin)
    process.environment = kept
    if code:
        process.error(f"exit status {code}")
    return code


def _is_encrypted(text: str, kind: str) -> bool:
    try:
        return bool(formats.secret_file(text, kind).metadata.mac)
    except SopsError:
        return False


def _word(value: Value) -> str:
    if isinstance(value, Branch | list) or value is None:
        return ""
    return yaml_store.scalar(value, 0, 4) if not isinstance(value, str) else value


def _index(text: str) -> list[str | int]:
    """`["a"][0]` as its steps."""
    steps: list[str | int] = []
    for place, component in enumerate(text.split("[")):
        if place == 0 and not component:
            continue
        if not component.endswith("]"):
            raise SopsError(f"error parsing --extract path: component {component} doesn't end with ]", 91)
        name = component[:-1]
        if len(name) >= 2 and name[0] == name[-1] and name[0] in "\"'":
            steps.append(name[1:-1])
        elif name.isdecimal():
            steps.append(int(name[:9]))
        else:
            why = f"component {component} is not a valid array index or dictionary key"
            raise SopsError(f"error parsing --extract path: {why}", 91)
    return steps


def _at(value: Value, steps: list[str | int]) -> Value:
    for step in steps:
        if isinstance(step, str):
            if not isinstance(value, Branch) or step not in value.keys():  # noqa: SIM118
                raise SopsError(f"error truncating tree: component ['{step}'] not found", 1)
            value = value.get(step)
        else:
            rows = [one for one in value if not isinstance(one, Comment)] if isinstance(value, list) else []
            if step >= len(rows):
                raise SopsError(f"error truncating tree: component [{step}] accesses out of bounds", 1)
            value = rows[step]
    return value


# --- edit ------------------------------------------------------------------------------


def edit(process: Process, args: Args) -> int:
    if not args.rest:
        raise SopsError("Error: no file specified", 100)
    path = process.path(args.rest[0])
    kind, _ = _kinds(process, args, path)
    if process.files.get(path) is None:
        metadata = _metadata(process, args, path)
        text = (
            _EXAMPLE
            if kind == "yaml"
            else '{\n\t"hello": "Welcome to SOPS! Edit this file as you please!"\n}\n'
        )
        key = drawn(process, "sops data key")
        metadata.age = keys.wrapped_for(process, key, [who for who, _ in metadata.age])
        known: Known = {}
        clear = SecretFile(formats.plain_file(text, kind), metadata)
    else:
        clear, known, key = _opened(process, args, _loaded(process, path, _text(process, path), kind))
        text = formats.in_clear(clear.documents, kind)
    process.happened(Decrypted(path))
    folder = f"/tmp/{int.from_bytes(drawn(process, 'sops editor')[:4], 'big')}"  # noqa: S108
    scratch = f"{folder}/{path.rpartition('/')[2]}"
    kept = process.files
    process.files = process.files.make_folders(folder, time=process.clock).write(
        scratch, encoded(text), mode=0o600, time=process.clock
    )
    words = (process.environment.get("SOPS_EDITOR") or process.environment.get("EDITOR") or "vim").split()
    if words[0].rpartition("/")[2] in _PAGE_EDITORS:
        return _in_the_page(process, path, scratch)
    code = process.spawn(process, (*_unquoted(words), scratch), process.stdin)
    made = decoded(process.files.read(scratch)) if process.files.is_file(scratch) else text
    process.files = process.files.remove(scratch).remove(folder)
    if code:
        process.files = kept
        raise SopsError(_editor_failed(process, words[0], code), 201)
    if made == text:
        raise SopsError("File has not changed, exiting.", 200)
    changed = SecretFile(_in_clear(made, kind), clear.metadata)
    _save(process, path, formats.with_metadata(_sealed(process, changed, key, known), kind))
    process.happened(Rotated(path, "value", tuple(who for who, _ in clear.metadata.age)))
    return 0


def _unquoted(words: list[str]) -> list[str]:
    return [word.strip("'\"") for word in words]


def _editor_failed(process: Process, name: str, code: int) -> str:
    if code == 127:
        del process.chunks[-1:]
        return f'Could not run editor: exec: "{name}": executable file not found in $PATH'
    return f"Could not run editor: exit status {code}"


def _in_the_page(process: Process, path: str, scratch: str) -> int:
    """The page's editor doesn't hold the terminal: what it saves is sealed before the next line."""
    about = json.dumps([path, scratch, process.environment, process.cwd], sort_keys=True)
    process.world = plan(process.world, Due(process.clock, EDITOR, about))
    process.happened(FileOpened(scratch))
    process.line(f"{scratch} is open in the editor; {path} is sealed when you save it.")
    return 0


def edited_in_the_page(world: World, due: Due) -> tuple[World, tuple[Event, ...]]:
    """Seal what was saved; wait on while nothing was."""
    path, scratch, environment, cwd = json.loads(due.what)
    folder = scratch.rpartition("/")[0]
    node = world.files.get(scratch)
    if not isinstance(node, File):
        return world, ()
    at_home = replace(world, shell=replace(world.shell, cwd=cwd))
    process = _background(at_home, environment)
    kind = formats.format_of(path)
    try:
        file = formats.secret_file(_text(process, path), kind)
        clear, known, key = _opened(process, Args(), file)
        if formats.in_clear(clear.documents, kind) == decoded(node.data):
            return plan(world, replace(due, at=world.clock + 1)), ()
        changed = SecretFile(_in_clear(decoded(node.data), kind), clear.metadata)
        _save(process, path, formats.with_metadata(_sealed(process, changed, key, known), kind))
    except (SopsError, FileError):
        return plan(world, replace(due, at=world.clock + 1)), ()
    process.files = process.files.remove(scratch).remove(folder)
    people = tuple(who for who, _ in clear.metadata.age)
    return replace(process.world, shell=world.shell), (Rotated(path, "value", people),)


def _background(world: World, environment: dict[str, Any]) -> Process:
    from checkpoint.core.sim.limits import Budget

    def spawn(parent: Process, words: tuple[str, ...], stdin: str) -> int:
        del parent, words, stdin
        return 1

    return Process(world, ("sops",), Budget(), spawn, "", {str(k): str(v) for k, v in environment.items()})


# --- set and unset -----------------------------------------------------------------------


def _changing(
    process: Process, args: Args, least: int, complaint: str
) -> tuple[str, str, SecretFile, Known, bytes]:
    if len(args.rest) < least:
        raise SopsError(f"Error: no file specified, or {complaint}", 100)
    path = process.path(args.rest[0])
    kind, _ = _kinds(process, args, path)
    clear, known, key = _opened(process, args, _loaded(process, path, _text(process, path), kind))
    return path, kind, clear, known, key


def set_value(process: Process, args: Args) -> int:
    needs = "index and value are missing. Need precisely 3 positional arguments."
    path, kind, clear, known, key = _changing(process, args, 2 if args.has("--value-stdin") else 3, needs)
    told = process.stdin if args.has("--value-stdin") else args.rest[2]
    if args.has("--value-file"):
        told = process.read(args.rest[2])
    try:
        value = formats.plain_file(f'{{"value": {told}}}', "json")[0].get("value")
    except SopsError:
        raise SopsError("Value for --set is not valid JSON", 7) from None
    _placed(clear.documents[0], _index(args.rest[1]), value)
    _save(process, path, formats.with_metadata(_sealed(process, clear, key, known), kind))
    process.happened(Rotated(path, "value", tuple(who for who, _ in clear.metadata.age)))
    return 0


def _placed(branch: Branch, steps: list[str | int], value: Value) -> None:
    """Put a value where the steps lead; branches on the way are made."""
    inner: Value = branch
    for place, step in enumerate(steps):
        last = place == len(steps) - 1
        if isinstance(inner, list) and isinstance(step, int):
            if step >= len(inner):
                inner.append(value if last else Branch())
                step = len(inner) - 1
            elif last:
                inner[step] = value
            inner = inner[step]
        elif isinstance(inner, Branch) and isinstance(step, str):
            number = next((n for n, (key, _) in enumerate(inner.items) if key == step), -1)
            if number < 0:
                inner.items.append((step, value if last else Branch()))
            elif last or not isinstance(inner.items[number][1], Branch | list):
                inner.items[number] = (step, value if last else Branch())
            inner = inner.items[number][1]
        else:
            return


def unset_value(process: Process, args: Args) -> int:
    needs = "index is missing"
    path, kind, clear, known, key = _changing(process, args, 2, needs)
    steps = _index(args.rest[1])
    try:
        parent = _at(clear.documents[0], steps[:-1])
        _at(parent, steps[-1:])
    except SopsError:
        if args.has("--idempotent"):
            return 0
        raise SopsError(f"Key not found: {steps[-1] if steps else ''}", 1) from None
    last = steps[-1]
    if isinstance(parent, Branch):
        parent.items = [item for item in parent.items if item[0] != last]
    elif isinstance(parent, list) and isinstance(last, int):
        del parent[last]
    _save(process, path, formats.with_metadata(_sealed(process, clear, key, known), kind))
    return 0


# --- keys ----------------------------------------------------------------------------------


def rotate(process: Process, args: Args) -> int:
    """A new data key for the recipients in the file; others only with --add-age and --rm-age."""
    if not args.rest:
        raise SopsError("Error: no file specified", 100)
    path = process.path(args.rest[0])
    kind, shown = _kinds(process, args, path)
    clear, _, _ = _opened(process, args, _loaded(process, path, _text(process, path), kind))
    people = [who for who, _ in clear.metadata.age]
    gone = keys.split(args.value("--rm-age"))
    added = [who for who in keys.split(args.value("--add-age")) if who not in people]
    keys.checked(added)
    people = [who for who in [*people, *added] if who not in gone]
    if not people:
        raise SopsError("Could not generate data key: [empty key group provided]", 1)
    key = drawn(process, "sops data key")
    clear.metadata.age = keys.wrapped_for(process, key, people)
    goal = _put(process, args, path, formats.with_metadata(_sealed(process, clear, key), shown))
    process.happened(Rotated(goal, "data-key", tuple(people)))
    return 0


def updatekeys(process: Process, args: Args) -> int:
    """The same data key, wrapped for the recipients of `.sops.yaml`."""
    config = keys.config_path(process)
    if not config:
        raise SopsError("config file not found", 1)
    if not args.rest:
        raise SopsError("Error: no file specified", 100)
    for typed in args.rest[:1]:
        _updated(process, args, process.path(typed))
    return 0


def _updated(process: Process, args: Args, path: str) -> None:
    if not process.files.is_file(path):
        raise SopsError(f"stat {path}: no such file or directory", 1)
    _noted(process, f"Syncing keys for file {path}")
    kind, _ = _kinds(process, args, path)
    file = _loaded(process, path, _text(process, path), kind)
    rule = keys.rule_for(process, path)
    if rule is None:
        raise SopsError(f"The config file {keys.config_path(process)} does not contain any creation rule", 1)
    old, new = [who for who, _ in file.metadata.age], list(rule.recipients)
    keys.checked(new)
    if set(old) == set(new):
        _noted(process, f"File {path} already up to date")
        return
    process.line("The following changes will be made to the file's groups:\nGroup 1")
    process.out("".join(f"    {who}\n" for who in new if who in old))
    process.out("".join(f"+++ {who}\n" for who in new if who not in old))
    process.out("".join(f"--- {who}\n" for who in old if who not in new))
    if not args.has("--yes") and not _agreed(process):
        _noted(process, f"File {path} left unchanged")
        return
    key = keys.data_key(process, file.metadata.age)
    file.metadata.age = keys.wrapped_for(process, key, new)
    _save(process, path, formats.with_metadata(file, kind))
    process.happened(Rotated(path, "recipients", tuple(new)))
    _noted(process, f"File {path} synced with new keys")


def _agreed(process: Process) -> bool:
    for answer in [*process.stdin.splitlines(), None]:
        process.out("Is this okay? (y/n):")
        if answer is None:
            raise SopsError("EOF", 1)
        if answer.strip() in ("y", "n"):
            return answer.strip() == "y"
    return False


def filestatus(process: Process, args: Args) -> int:
    if not args.rest:
        raise SopsError("Error: no file specified", 100)
    path = process.path(args.rest[0])
    kind, _ = _kinds(process, args, path)
    try:
        state = bool(_loaded(process, path, _text(process, path), kind).metadata.mac)
    except SopsError as error:
        if error.message != "sops metadata not found":
            why = error.message.replace(path, args.rest[0]) if error.code == 2 else error.message
            logged(process, "fatal", f"cannot check file status: cannot load encrypted file: {why}")
            return 1
        state = False
    process.line(f'{{"encrypted":{"true" if state else "false"}}}')
    return 0
