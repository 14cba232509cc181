"""age beyond the recorded session: files that age itself would read, the same bytes for the same lines."""

import base64

import pytest

from checkpoint.core.sim.parts.sops import age
from checkpoint.core.sim.start import world_from

WRITTEN_ELSEWHERE = (
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSA3RXZxRVFGa3NIemJnRVk4bHdXNHJYZGJGSXBt"
    "bnlWMm42UC9aNUV3SEYwCkVVUXNseFBsMFRRRElhdlFoYmVJVGNiVFp4NG9WNTJUelJnYUtkM0hyOGsK"
    "LT4gQS1ncmVhc2UgTmtXI2tmIFw6Q0tfVzIgYSBWcC1tJiNRWApGOHpDZXNEVGhvTnV0UkpFdGZ2Wnly"
    "WFZuaG9CMXVvTURGYUlDVlRDQnFBcXFCbkREODFjYk5PUXNYbW9Qb2g4Ck5NWi9pT0crd25odHJRS3RX"
    "Ujk2Y1JpckxUUy9zQQotLS0gMHdxUnh3Tmg1NTNmb2tYQTZyV1JIejk4b2NPRlI5RlRaRkk1YUpTdlNF"
    "MApG01lS+Q0jcpX2VtpiVv7M8fwRqV2rui/mcXHwLuzg3OZtr/tu1nCjVkCyiPustA=="
)


def key_in(terminal, path="k.txt"):
    terminal(f"age-keygen -o {path}")
    return terminal.out(f"age-keygen -y {path}").strip()


def test_what_was_encrypted_to_two_people_either_can_read(terminal):
    first, second = key_in(terminal, "a"), key_in(terminal, "b")
    terminal(f"echo hello > m; age -a -r {first} -r {second} -o m.age m")
    assert terminal.out("age -d -i a m.age; age -d -i b m.age") == "hello\nhello\n"


def test_the_same_lines_give_the_same_bytes(terminal):
    other = type(terminal)(terminal.world)
    for one in (terminal, other):
        one("age-keygen -o k")
        one(f"echo x | age -r {one.out('age-keygen -y k').strip()} -o m")
    read = [one.world.files.read("/home/learner/m") for one in (terminal, other)]
    assert read[0] == read[1]


def test_another_run_draws_other_keys():
    from tests.core.sim.conftest import Terminal

    keys = {key_in(Terminal(world_from({"suite": name}))) for name in ("one", "two")}
    assert len(keys) == 2


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 131_072])
def test_files_of_any_length_come_back(size):
    identity = age.Identity(bytes(range(32)))
    plain = bytes(size)
    key = age.recipient_of(identity.recipient)
    made = age.encrypted(plain, [key], lambda purpose: purpose.encode().ljust(32, b"x"))
    assert age.decrypted(age.armored(made).encode(), [identity]) == plain


def test_a_file_written_by_age_itself_is_read():
    """Made with another implementation of the format."""
    identity = age.identity_of("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX")
    assert age.decrypted(base64.b64decode(WRITTEN_ELSEWHERE), [identity]) == b"from elsewhere\n"


def test_a_changed_file_is_not_decrypted(terminal):
    key = key_in(terminal)
    terminal(f"echo hello | age -a -r {key} -o m.age; age -d -i k.txt -o plain m.age")
    made = terminal("sed -i '1s/v1/v9/' plain; age -d -i k.txt plain")
    assert made.code == 1 and "unexpected intro" in made.stderr


def test_options_that_contradict_each_other_are_told(terminal):
    made = terminal("age -d -r age1x m")
    assert "-r/--recipient can't be used with -d/--decrypt" in made.stderr
    assert terminal("age -p m").code == 2


def test_encrypting_and_making_keys_are_events(terminal):
    key = key_in(terminal)
    happened = terminal(f"echo hello | age -r {key} -o m.age").events
    assert [event.told() for event in happened] == [
        {"kind": "secret.encrypted", "path": "/home/learner/m.age", "recipients": [key], "by": "age"}
    ]
