"""The issuer of credentials: what a key opened goes on without it, and every use is on record."""

import pytest

from checkpoint.core.sim.scenario.checks.credentials import CredentialCheck
from checkpoint.core.sim.scenario.seen import Log, Seen
from checkpoint.core.sim.start import world_from
from tests.core.sim.conftest import Terminal

KEYS = [{"name": "mail", "value": "live_a"}, {"name": "maps", "value": "live_b"}]


@pytest.fixture
def issuer() -> Terminal:
    return Terminal(world_from({"state": {"issuer": {"credentials": KEYS}}}))


def told(made) -> list[dict]:
    return [event.told() for event in made.events]


def holds(terminal: Terminal, **asked: str) -> bool:
    return CredentialCheck.model_validate(asked).holds(Seen(terminal.world, terminal.world, Log()))


def test_a_session_outlives_the_key_that_opened_it(issuer):
    assert issuer("echo live_a | credctl login --stdin --from 192.0.2.1").code == 0
    issuer("credctl revoke mail")
    assert holds(issuer, name="mail", state="revoked", sessions="open")
    assert "192.0.2.1" in issuer.out("credctl sessions mail")
    made = issuer("credctl end --of mail")
    assert told(made) == [
        {
            "kind": "secret.session-ended",
            "session": "sess-0001",
            "credential": "cred-0001",
            "name": "mail",
            "source": "192.0.2.1",
        }
    ]
    assert holds(issuer, name="mail", sessions="ended")
    assert "192.0.2.1" not in issuer.out("credctl sessions mail")


def test_a_revoked_key_opens_nothing_and_the_attempt_is_on_record(issuer):
    issuer("credctl revoke mail")
    made = issuer("echo live_a | credctl login --stdin --from 192.0.2.1")
    assert (made.code, made.stdout) == (1, "refused\n")
    assert told(made)[0]["result"] == "refused"
    assert issuer.out("credctl log mail").splitlines()[1].split()[-2:] == ["192.0.2.1", "refused"]
    assert "192.0.2.1" not in issuer.out("credctl log maps")


def test_sessions_of_other_keys_go_on(issuer):
    issuer("echo live_a | credctl login --stdin; echo live_b | credctl login --stdin")
    issuer("credctl end --of mail")
    assert holds(issuer, name="maps", sessions="open")


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("echo nothing | credctl login --stdin", 1, "refused"),
        ("credctl login", 2, "--stdin"),
        ("credctl end", 2, "--of a credential"),
        ("credctl end sess-9", 1, "no session 'sess-9'"),
        ("credctl end mail", 1, "no session 'mail'; `--of mail`"),
        ("credctl end --of nobody", 1, "no credential 'nobody'"),
        ("credctl end --of mail", 0, "no open sessions"),
        ("credctl sessions nobody", 1, "no credential 'nobody'"),
    ],
)
def test_a_wrong_use_is_told(issuer, line, code, said):
    made = issuer(line)
    assert made.code == code and said in made.stdout + made.stderr


def test_a_check_asks_for_something():
    with pytest.raises(ValueError, match="`state` or for its `sessions`"):
        CredentialCheck.model_validate({"name": "mail"})


def test_help_names_every_command_and_each_ones_options(issuer):
    told = issuer.out("credctl")
    assert told == issuer.out("credctl --help")
    assert "sessions" in told and "revoke" in told
    assert "--of ID|NAME" in issuer.out("credctl end --help")
    made = issuer("credctl nonsense")
    assert made.code and "nonsense" in made.stderr
