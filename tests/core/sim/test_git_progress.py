"""What git tells on a terminal while it packs: compared with git 2.39.5 on a terminal of 120 columns."""

import pytest

from checkpoint.core.sim.run import typed
from checkpoint.core.sim.start import world_from
from checkpoint.core.sim.world import World
from tests.core.sim.conftest import GITCONFIG

URL = "git@github.com:acme/platform.git"


@pytest.fixture
def world() -> World:
    state = {"remotes": {URL: {"empty": True}}}
    start = world_from({"files": {".gitconfig": GITCONFIG}, "state": state})
    return typed(
        start, f"git clone -q {URL} app; cd app; printf 'a\\nb\\n' > f; git add .; git commit -qm One"
    ).world


def test_small_objects_are_not_compared(world: World) -> None:
    said = typed(world, "git push -u origin main", tty=True).terminal
    assert said.startswith(
        "Enumerating objects: 3, done.\nCounting objects: 100% (3/3), done.\nWriting objects: 100% (3/3)"
    )


def test_what_the_other_side_has_of_changed_paths_is_counted(world: World) -> None:
    after = typed(
        world, "git push -q origin main; echo c >> f; echo n > n; git add .; git commit -qm Two"
    ).world
    said = typed(after, "git push origin main", tty=True).terminal
    assert said.startswith("Enumerating objects: 6, done.\nCounting objects: 100% (6/6), done.\n")
    assert "Compressing objects: 100% (2/2), done.\nWriting objects: 100% (4/4)" in said


def test_a_fetch_tells_what_it_unpacks(world: World) -> None:
    after = typed(world, "git push -q -u origin main; cd ..; git clone -q " + URL + " mate; cd mate").world
    after = typed(after, "echo c >> f; git commit -qam Mate; git push -q; cd ../app").world
    said = typed(after, "git fetch", tty=True).terminal
    assert said.startswith("remote: Enumerating objects: 5, done.")
    assert "\nUnpacking objects: 100% (3/3), " in said
    assert "Unpacking" not in typed(after, "git fetch -q", tty=True).terminal


def test_a_collection_tells_what_it_packs(world: World) -> None:
    said = typed(world, "git gc", tty=True).terminal
    assert said.endswith(
        "Writing objects: 100% (3/3), done.\nTotal 3 (delta 0), reused 0 (delta 0), pack-reused 0\n"
    )
    assert typed(world, "git gc").stderr == ""
