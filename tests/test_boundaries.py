"""Who may import whom, and what appears nowhere: the rules of docs/architecture.md, read from the source."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import checkpoint

PACKAGE = Path(checkpoint.__file__).parent
NOT_APPS = {"core", "sentences"}
APPS = {path.parent.name for path in PACKAGE.glob("*/__init__.py")} - NOT_APPS
READERS_OF_OTHER_APPS = {"cohorts", "overview", "demo", "rubrics", "advice", "exports", "reviews"}
ACTORS = {"demo"}
"""The demo plays people: it does what they would do, on the apps' own rows."""
ROOMS = {"grading", "content", "diagram", "sim"}

CORE_LIBRARIES = {
    *("pydantic", "pydantic_core", "yaml", "markdown", "pygments"),
    *("Stemmer", "numpy"),
    *("immutables", "re2", "cryptography"),
}
"""What core may import besides the standard library and itself."""


@cache
def modules() -> dict[str, ast.Module]:
    """Dotted name -> syntax tree of every module of the package."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        found[name] = ast.parse(path.read_text(), str(path))
    return found


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything imported, also inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def importing(*names: str) -> Iterator[tuple[str, int, str]]:
    """Every import of these packages or modules in the whole package."""
    for module, tree in modules().items():
        for line, imported in imports(tree):
            if any(imported == name or imported.startswith(f"{name}.") for name in names):
                yield module, line, imported


def app_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in APPS else ""


def is_exempt(module: str) -> bool:
    """Migrations, admin, models and commands, with the steps of a start, are no part of a request."""
    return bool({"migrations", "admin", "management", "models", "operations"} & set(module.split(".")))


WRITES_FOR_A_LIBRARY = {"checkpoint.accounts.signup"}
"""allauth hands its sign-up form the new person to complete and save."""


def test_the_rules_look_at_the_whole_package() -> None:
    assert {"checkpoint.core.content.reader", "checkpoint.library", "checkpoint.settings"} <= set(modules())


def test_core_imports_only_itself_the_standard_library_and_its_few_libraries() -> None:
    import sys

    for module, tree in modules().items():
        if not module.startswith("checkpoint.core"):
            continue
        for line, name in imports(tree):
            top = name.split(".")[0]
            allowed = (
                top in sys.stdlib_module_names or top in CORE_LIBRARIES or name.startswith("checkpoint.core")
            )
            assert allowed, f"{module}:{line} imports {name}"


def test_grading_diagram_and_simulator_know_neither_content_nor_each_other() -> None:
    for module, tree in modules().items():
        room = module.split(".")[2] if module.startswith("checkpoint.core.") else ""
        if room not in ROOMS - {"content"}:
            continue
        for line, name in imports(tree):
            other = name.split(".")[2] if name.startswith("checkpoint.core.") else room
            assert other not in ROOMS - {room}, f"{module}:{line} imports {name}"


@pytest.mark.parametrize(
    ("library", "home"),
    [
        ("markdown", "checkpoint.core.content.markup"),
        ("pygments", "checkpoint.core.content.code"),
    ],
)
def test_a_library_has_one_user(library: str, home: str) -> None:
    assert {module for module, _, _ in importing(library)} == {home}


def test_yaml_is_read_by_the_reader_and_inside_the_simulated_world_only() -> None:
    users = {module for module, _, _ in importing("yaml")}
    inside = {f"checkpoint.core.sim.yaml_{one}" for one in ("text", "marks", "kept")}
    assert users == {"checkpoint.core.content.reader", *inside}


HOST = ("os", "io", "pathlib", "shutil", "tempfile", "glob", "fileinput", "mmap", "ctypes", "random", "time")
"""What would lead out of the simulated world, or make two runs of the same lines differ."""


def test_nothing_in_the_simulated_world_reaches_the_machine_it_runs_on() -> None:
    for module, line, name in importing(
        *HOST, "secrets", "asyncio", "threading", "multiprocessing", "signal"
    ):
        assert not module.startswith("checkpoint.core.sim"), f"{module}:{line} imports {name}"
    for module, tree in modules().items():
        if module.startswith("checkpoint.core.sim"):
            called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
            assert not called & {"open", "input", "breakpoint", "__import__", "compile"}, module


def test_the_sentence_model_is_opened_in_its_own_room_for_the_bridge_and_two_commands() -> None:
    libraries = importing("onnx", "onnxruntime", "tokenizers")
    assert {module.rpartition(".")[0] for module, _, _ in libraries} == {"checkpoint.sentences"}
    askers = {module for module, _, _ in importing("checkpoint.sentences")}
    strangers = {module for module in askers if not module.startswith("checkpoint.sentences.")}
    commands = {
        "checkpoint.operations.management.commands.sentence_model",
        "checkpoint.selfcheck.management.commands.grade",
    }
    assert strangers == {"checkpoint.library", *commands}


def test_the_sentence_models_room_knows_no_site() -> None:
    for module, tree in modules().items():
        if not module.startswith("checkpoint.sentences"):
            continue
        for line, name in imports(tree):
            assert not name.startswith("django"), f"{module}:{line} imports {name}"
            is_ours = name.startswith(("checkpoint.sentences.", "checkpoint.core.grading."))
            assert is_ours or not name.startswith("checkpoint."), f"{module}:{line} imports {name}"


def test_in_core_only_the_reader_opens_files() -> None:
    openers = {
        "open",
        "read_text",
        "read_bytes",
        "write_text",
        "write_bytes",
        "iterdir",
        "rglob",
        "glob",
        "walk",
    }
    for module, tree in modules().items():
        exempt = module == "checkpoint.core.content.reader" or module.startswith("checkpoint.core.sim.")
        if not module.startswith("checkpoint.core") or exempt:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                is_tree_walk = ast.unparse(node.func) == "ast.walk"
                assert name not in openers or is_tree_walk, f"{module}:{node.lineno} calls {name}"


def test_only_the_bridge_loads_content() -> None:
    loaders = {"load_library", "read_library", "Reader"}
    for module, line, name in importing("checkpoint.core.content"):
        if name.rsplit(".", 1)[-1] in loaders:
            allowed = module == "checkpoint.library" or module.startswith("checkpoint.core.content")
            assert allowed, f"{module}:{line} imports {name}"


PEOPLE = (
    "checkpoint.accounts.models",
    "checkpoint.accounts.requests",
    "checkpoint.accounts.signup.tidy_name",
)
"""Who is asking, and how names are written, is everybody's business."""
ANSWERS = (
    "checkpoint.selfcheck.marks",
    "checkpoint.selfcheck.forms.WordsField",
    "checkpoint.selfcheck.decisions.remarks",
    "checkpoint.selfcheck.rechecks.telling",
)
"""How an answer is taken in, its evidence marked and a person's decision worded is the same on every page."""
RUNS = ("checkpoint.scenarios.debriefs", "checkpoint.scenarios.records")
"""A run is replayed alike for its learner and for the instructors it is shared with."""
_OFFERED = ("access", "desk", "models", "paging", "pseudonyms", "roles")
COHORTS = tuple(f"checkpoint.cohorts.{one}" for one in _OFFERED)
"""Who may open a cohort's page, and what stands on each of them, is the same for every piece of the desk."""
DESK = {"audit", "assignments", "exports", "regrades", "reviews"}
"""Apps whose pages belong to a cohort's desk; nothing below the cohorts knows them."""
LOG = ("checkpoint.audit.actions",)
"""Whatever is done in a cohort is written down by whoever does it."""
FRAME = ("checkpoint.overview.frame", "checkpoint.overview.templatetags")
"""The page frame and the small parts of templates are everybody's."""


DESK_OF = {
    "demo": ("checkpoint.assignments.due",),
    "overview": tuple(f"checkpoint.cohorts.{one}" for one in ("access", "models", "roles")),
    "reviews": ("checkpoint.selfcheck.decisions", "checkpoint.selfcheck.models"),
    "assignments": (
        *("checkpoint.cohorts.queries", "checkpoint.selfcheck.queries", "checkpoint.scenarios.queries"),
        *("checkpoint.mails.actions", "checkpoint.mails.queries", "checkpoint.mails.models.Kind"),
    ),
    "regrades": (
        "checkpoint.cohorts.queries",
        *("checkpoint.background.queries", "checkpoint.mails.actions", "checkpoint.mails.models.Kind"),
        *("checkpoint.selfcheck.rechecks", "checkpoint.selfcheck.decisions", "checkpoint.selfcheck.models"),
    ),
}
"""What the pieces of the desk stand on; nothing below knows them."""


def test_apps_know_each_other_only_where_the_plan_says_so() -> None:
    strangers = []
    for module, tree in modules().items():
        app = app_of(module)
        if not app or is_exempt(module):
            continue
        for line, name in imports(tree):
            other = app_of(name)
            if not other or other == app or name.startswith((*PEOPLE, *FRAME, *ANSWERS, *RUNS, *LOG)):
                continue
            may_read = app in READERS_OF_OTHER_APPS and "queries" in name.split(".")[2:4]
            on_desk = app in DESK and name.startswith(COHORTS)
            may_act = app in ACTORS and bool({"actions", "models", "roles"} & set(name.split(".")[2:4]))
            beside_desk = name.startswith(DESK_OF.get(app, ()))
            if not may_read and not may_act and not on_desk and not beside_desk:
                strangers.append(f"{module}:{line} imports {name}")
    assert strangers == []


def test_only_queries_and_actions_touch_the_database() -> None:
    touching = []
    for module, tree in modules().items():
        if is_exempt(module) or {"queries", "actions"} & set(module.split(".")):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager"):
                touching.append(f"{module}:{node.lineno}")
    assert touching == []


def test_only_actions_write() -> None:
    writing = {"save", "create", "bulk_create", "get_or_create", "update_or_create", "bulk_update"}
    found = []
    for module, tree in modules().items():
        if (
            is_exempt(module)
            or not app_of(module)
            or module.endswith(".actions")
            or module in WRITES_FOR_A_LIBRARY
        ):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                is_super = isinstance(node.func.value, ast.Call)
                if node.func.attr in writing and not is_super:
                    found.append(f"{module}:{node.lineno} {ast.unparse(node.func)}")
    assert found == []


def test_nothing_that_could_run_a_learners_words_is_in_the_package() -> None:
    modules_refused = (
        "subprocess",
        "pickle",
        "marshal",
        "shelve",
        "socket",
        "pty",
        "code",
        "ctypes",
        "multiprocessing",
    )
    assert [f"{module}:{line} imports {name}" for module, line, name in importing(*modules_refused)] == []
    for module, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                refused = called in ("eval", "exec", "compile", "__import__") or called.startswith(
                    ("os.system", "os.popen", "os.exec", "os.spawn", "os.fork")
                )
                assert not refused, f"{module}:{node.lineno} calls {called}"


def test_only_the_reviewers_endpoint_speaks_to_other_machines() -> None:
    """Learners' words leave the machine through one small file, or not at all. The model's package is
    fetched by the installer, and mail is Django's."""
    speaking = importing(
        "http.client", "urllib.request", "requests", "urllib3", "httpx", "aiohttp", "ftplib", "smtplib", "ssl"
    )
    assert {module for module, _, _ in speaking} == {"checkpoint.advice.endpoint"}


def test_no_request_asks_a_language_model() -> None:
    askers = {module for module, _, _ in importing("checkpoint.advice.endpoint", "checkpoint.advice.actions")}
    command = "checkpoint.advice.management.commands.suggest_verdicts"
    assert askers == {"checkpoint.advice.actions", command}


def test_every_module_has_a_home_with_a_meaning() -> None:
    nameless = {"utils", "util", "common", "helpers", "helper", "misc", "tools"}
    assert [name for name in modules() if nameless & set(name.split("."))] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name
        for name, tree in modules().items()
        if tree.body and not ast.get_docstring(tree) and "migrations" not in name
    ]
    assert silent == []
