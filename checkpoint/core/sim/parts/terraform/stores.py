"""Where states are kept and locked, and what is real apart from them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from immutables import Map

from checkpoint.core.sim.actors import ACTORS, Due
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.events import Event
from checkpoint.core.sim.parts.files import FileError, decoded, encoded
from checkpoint.core.sim.parts.terraform.events import PlanApplied
from checkpoint.core.sim.parts.terraform.providers import uuid_of
from checkpoint.core.sim.parts.terraform.state import State, dumped, loaded
from checkpoint.core.sim.parts.terraform.values import Secret, Value, from_json, like
from checkpoint.core.sim.parts.terraform.versions import VERSION
from checkpoint.core.sim.start import LOADERS
from checkpoint.core.sim.world import World


@dataclass(frozen=True, slots=True)
class Stores:
    """Remote states and their locks by address (`s3://bucket/key`), and what differs from the states.

    `drift`: an address (`hcloud_server.web`) -> changed attributes as JSON, "" for one that is gone.
    """

    states: Map[str, str] = field(default_factory=Map)
    locks: Map[str, str] = field(default_factory=Map)
    """The lock's facts as the JSON that the real lock file holds."""
    drift: Map[str, str] = field(default_factory=Map)


@dataclass(frozen=True, slots=True)
class Lock:
    id: str
    path: str
    operation: str
    who: str
    created: str
    version: str = VERSION
    info: str = ""

    def told(self) -> str:
        return json.dumps(
            {
                "ID": self.id,
                "Operation": self.operation,
                "Info": self.info,
                "Who": self.who,
                "Version": self.version,
                "Created": self.created,
                "Path": self.path,
            }
        )


def lock_of(text: str) -> Lock:
    data = json.loads(text)
    return Lock(
        *(
            str(data.get(name, ""))
            for name in ("ID", "Path", "Operation", "Who", "Created", "Version", "Info")
        )
    )


class Locked(SimError):
    """Somebody else holds the lock."""

    def __init__(self, lock: Lock, why: str) -> None:
        super().__init__(why)
        self.lock = lock
        self.why = why


class NotLocked(SimError):
    """There is no lock to remove; the message is the backend's."""


def stamp(clock: int, digits: str = "000000000") -> str:
    """RFC 3339 with nanoseconds."""
    days, seconds = divmod(clock, 86_400)
    year, month, day = _date(days)
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds % 60:02}.{digits}Z"


def _date(days: int) -> tuple[int, int, int]:
    """Civil date of a count of days since 1970."""
    days += 719_468
    era, rest = divmod(days, 146_097)
    years = (rest - rest // 1460 + rest // 36_524 - rest // 146_096) // 365
    rest -= 365 * years + years // 4 - years // 100
    month = (5 * rest + 2) // 153
    day = rest - (153 * month + 2) // 5 + 1
    month += 3 if month < 10 else -9
    return years + era * 400 + (month <= 2), month, day


@dataclass(frozen=True, slots=True)
class Backend:
    """`kind` is `local` or `s3`; `settings` are plain values; `folder` is where Terraform runs."""

    kind: str
    settings: Mapping[str, Value]
    folder: str
    workspace: str = "default"

    @property
    def path(self) -> str:
        """What a lock calls the state: a file's name, or bucket and key."""
        if self.kind == "s3":
            return f"{self.settings.get('bucket')}/{self._key}"
        return self.file.removeprefix(f"{self.folder}/")

    @property
    def _key(self) -> str:
        key = str(self.settings.get("key", ""))
        prefix = self.settings.get("workspace_key_prefix") or "env:"
        return key if self.workspace == "default" else f"{prefix}/{self.workspace}/{key}"

    @property
    def url(self) -> str:
        return f"s3://{self.path}" if self.kind == "s3" else f"file://{self.file}"

    @property
    def file(self) -> str:
        name = str(self.settings.get("path") or "terraform.tfstate")
        if self.workspace != "default":
            folder = self.settings.get("workspace_dir") or "terraform.tfstate.d"
            name = f"{folder}/{self.workspace}/terraform.tfstate"
        return name if name.startswith("/") else f"{self.folder}/{name}"

    # --- state ---------------------------------------------------------------

    def text(self, world: World) -> str:
        if self.kind == "s3":
            return world.part(Stores).states.get(self.url, "")
        try:
            return decoded(world.files.read(self.file))
        except FileError:
            return ""

    def read(self, world: World) -> State:
        return loaded(self.text(world))

    def write(self, world: World, state: State) -> World:
        """As it is; a local state leaves the one before as a backup."""
        text = dumped(state)
        if self.kind == "s3":
            stores = world.part(Stores)
            return world.having(replace(stores, states=stores.states.set(self.url, text)))
        files = world.files.make_folders(self.file.rpartition("/")[0], time=world.clock)
        return replace(world, files=files.write(self.file, encoded(text), time=world.clock))

    def backed_up(self, world: World, before: str, suffix: str = ".backup") -> World:
        """The text of an earlier state beside the local one."""
        if self.kind == "s3" or not before:
            return world
        files = world.files.write(self.file + suffix, encoded(before), time=world.clock)
        return replace(world, files=files)

    # --- lock ----------------------------------------------------------------

    def holder(self, world: World) -> Lock | None:
        text = world.part(Stores).locks.get(self.url)
        return lock_of(text) if text else None

    def locks(self) -> bool:
        return (
            self.kind == "local"
            or self.settings.get("use_lockfile") is True
            or bool(self.settings.get("dynamodb_table"))
        )

    def check_lock(self, world: World) -> None:
        """Raises Locked."""
        held = self.holder(world)
        if held is None or not self.locks():
            return
        if self.kind == "local":
            raise Locked(held, "resource temporarily unavailable")
        if self.settings.get("use_lockfile") is not True:
            raise Locked(held, _DYNAMO)
        raise Locked(
            held,
            _S3.format(
                "PutObject",
                412,
                "api error PreconditionFailed: At least one of the pre-conditions you specified did not hold",
            ),
        )

    def unlock(self, world: World, id_: str) -> World:
        """Remove somebody's lock. Raises NotLocked, or Locked if the id is another."""
        held = self.holder(world)
        if self.kind == "local":
            raise NotLocked("LocalState not locked")
        if held is None:
            bucket, _, key = self.path.partition("/")
            raise NotLocked(
                f"unable to retrieve file from S3 bucket '{bucket}' with key '{key}.tflock': "
                + _S3.format("GetObject", 404, "NoSuchKey: ")
            )
        if held.id != id_:
            raise Locked(held, f"lock ID '{id_}' does not match the existing lock ID '{held.id}'")
        stores = world.part(Stores)
        return world.having(replace(stores, locks=stores.locks.delete(self.url)))


_S3 = (
    "operation error S3: {}, https response error StatusCode: {}, RequestID: 0000000000000000, HostID: "
    "AAAA, {}"
)
_DYNAMO = (
    "operation error DynamoDB: PutItem, https response error StatusCode: 400, RequestID: 0000000000000000, "
    "ConditionalCheckFailedException: The conditional request failed"
)

# --- reality ----------------------------------------------------------------------


def real(world: World, address: str, attributes: Mapping[str, Value]) -> Mapping[str, Value] | None:
    """The object as it is outside; None if it is gone."""
    text = world.part(Stores).drift.get(address)
    if text is None:
        return attributes
    if not text:
        return None
    changed = json.loads(text)
    made = dict(attributes)
    for name, value in changed.items():
        made[name] = _like(attributes.get(name), from_json(value))
    return made


def _like(old: Value, new: Value) -> Value:
    if isinstance(old, Secret):
        return Secret(_like(old.value, new))
    if isinstance(old, dict) and isinstance(new, dict):
        return like(old, {key: _like(old.get(key), new[key]) for key in sorted(new)})
    return like(old, new)


def settled(world: World, address: str) -> World:
    """The world in which an apply made the object what it should be."""
    stores = world.part(Stores)
    if address not in stores.drift:
        return world
    return world.having(replace(stores, drift=stores.drift.delete(address)))


# --- how they come into a scenario -------------------------------------------------


def put_in_place(world: World, facts: Mapping[str, Any]) -> World:
    """`states`, `locks` and `drift` of a setup; null takes a lock or a drift away.

    A lock says at least its `Who`; the rest is what Terraform writes when an apply begins.
    """
    stores = world.part(Stores)
    for url, state in (facts.get("states") or {}).items():
        text = state if isinstance(state, str) else json.dumps(state, indent=2) + "\n"
        stores = replace(stores, states=stores.states.set(url, text))
    for url, lock in (facts.get("locks") or {}).items():
        locks = stores.locks.set(url, _lock_text(world, url, lock)) if lock else _less(stores.locks, url)
        stores = replace(stores, locks=locks)
    for address, changed in (facts.get("drift") or {}).items():
        text = "" if changed is None else json.dumps(changed)
        stores = replace(stores, drift=stores.drift.set(address, text))
    return world.having(stores)


def _lock_text(world: World, url: str, told: Mapping[str, Any]) -> str:
    made = uuid_of(world.draw(f"lock {url}")[0])
    path = url.partition("://")[2]
    lock = Lock(made, path, "OperationTypeApply", "", stamp(world.clock))
    return json.dumps({**json.loads(lock.told()), **told})


def _less(old: Map[str, str], key: str) -> Map[str, str]:
    return old.delete(key) if key in old else old


def act(world: World, due: Due) -> tuple[World, tuple[Event, ...]]:
    """What somebody else does. `what` is JSON: `locks` and `drift` as in a setup, or `apply`:
    `{"state": url, "objects": {address: {attribute: value}}, "who": name}`, which changes those attributes in
    the state, as an apply of another configuration would."""
    facts = json.loads(due.what)
    world = put_in_place(world, facts)
    wanted = facts.get("apply")
    if not wanted:
        return world, ()
    url = str(wanted["state"])
    backend = backend_at(url)
    state = backend.read(world)
    for address, changed in wanted.get("objects", {}).items():
        one = state.instances.get(address)
        if one is not None:
            made = {**one.attributes, **{name: from_json(value) for name, value in changed.items()}}
            state = state.having(replace(one, attributes=made))
    after = replace(state, serial=state.serial + 1)
    who = str(wanted.get("who", due.actor))
    event = PlanApplied(
        url,
        "",
        state.serial,
        state.serial,
        after.serial,
        "applied",
        "auto",
        who,
        change=len(wanted.get("objects", {})),
    )
    return backend.write(world, after), (event,)


def backend_at(url: str) -> Backend:
    """The default workspace's backend of an address."""
    scheme, _, rest = url.partition("://")
    if scheme == "s3":
        bucket, _, key = rest.partition("/")
        return Backend("s3", {"bucket": bucket, "key": key}, "/")
    folder, _, name = rest.rpartition("/")
    return Backend("local", {"path": name}, folder)


def new_lineage(world: World) -> tuple[str, World]:
    data, world = world.draw("lineage")
    return uuid_of(data), world


LOADERS["terraform"] = put_in_place
ACTORS["terraform"] = act
