"""Brings an installation up to date: database, shared cache, content, static files, demo.

Every step looks first and does nothing where there is nothing to do, so a second start
takes no longer than looking.
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from checkpoint.library import get_library

Say = Callable[[str], None]


def prepare(say: Say) -> None:
    """Everything that must be true before the first page; raises where it can't be."""
    get_library()
    migrate(say)
    make_private()
    make_shared_cache()
    collect_static(say)


def migrate(say: Say) -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)


def make_private() -> None:
    """The embedded database and the outgoing mail are readable by their owner only."""
    mail = Path(settings.EMAIL_FILE_PATH)
    mail.mkdir(mode=0o700, exist_ok=True)
    for place in (mail, *Path(settings.VAR_DIR).glob("*.sqlite3*")):
        if place.stat().st_mode & 0o077:
            with suppress(PermissionError):  # another user's, who decides
                place.chmod(0o700 if place.is_dir() else 0o600)


def make_shared_cache() -> None:
    if settings.CACHES["default"]["LOCATION"] not in connection.introspection.table_names():
        call_command("createcachetable", verbosity=0)


def collect_static(say: Say) -> None:
    """Hash and compress the static files, only when one of them has changed."""
    if settings.DEBUG:
        return
    stamp = Path(settings.VAR_DIR) / "static-sources"
    sources = _static_sources()
    collected = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
    if collected and stamp.exists() and stamp.read_text() == sources:
        return
    say("Preparing the static files …")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(sources)


def _static_sources() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def load_demo_once(say: Say, *, bind: str) -> bool:
    """Load the demo cohort into a fresh embedded database that only this machine is served from.

    Returns whether this installation has the demo accounts.
    """
    people = get_user_model().objects
    if people.filter(email="instructor@example.org").exists():
        return True
    if not (settings.EMBEDDED_DATABASE and is_private(bind)) or people.exists():
        return False
    say("Loading the demo course and cohort …")
    call_command("demo", verbosity=0)
    return True


LOOPBACK_NAMES = {"127.0.0.1", "localhost", "[::1]"}


def is_private(bind: str) -> bool:
    """Nobody but this machine is served: no proxy brings others to the loopback address either."""
    others = set(settings.ALLOWED_HOSTS) - LOOPBACK_NAMES
    return is_loopback(bind) and not (others or settings.HTTPS or settings.SECURE_PROXY_SSL_HEADER)


def is_loopback(bind: str) -> bool:
    return bind.rpartition(":")[0] in ("127.0.0.1", "localhost", "[::1]")
