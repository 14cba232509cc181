"""Secrets that stand encrypted in Git and in clear in the cluster."""

import pytest

from checkpoint.core.sim.parts.flux.events import DecryptionFailed, SecretDelivered
from checkpoint.core.sim.parts.sops.events import GUARDRAIL
from tests.core.sim.conftest import Terminal
from tests.core.sim.platform import clustered, kustomization, namespaces, published, source

SECRET = """apiVersion: v1
kind: Secret
metadata:
    name: backend-secrets
    namespace: develop
stringData:
    jwt-secret: hunter2-hunter2
"""
DECRYPTION = {"provider": "sops", "secretRef": {"name": "sops-age"}}
READ = "kubectl -n develop get secret backend-secrets -o jsonpath='{.data.jwt-secret}' | base64 -d"
PUSH = "git add .; git commit -qm 'Change a secret'; git push -q origin HEAD:main"
RECONCILE = "flux reconcile kustomization secrets-develop --with-source"


def delivered_by(terminal: Terminal, **spec: object) -> Terminal:
    """A cluster that follows a repository with one encrypted secret; its key isn't there yet."""
    terminal("age-keygen -o ~/age.agekey; age-keygen -o ~/other.agekey")
    terminal("export SOPS_AGE_KEY_FILE=$HOME/age.agekey")
    published(terminal, {"flux/secrets/develop/backend-secrets.yaml": SECRET})
    terminal(
        "sops encrypt -i --age $(age-keygen -y ~/age.agekey) --encrypted-regex '^(data|stringData)$' "
        "flux/secrets/develop/backend-secrets.yaml"
    )
    terminal(PUSH)
    wanted = kustomization("secrets-develop", "./flux/secrets/develop", **spec)
    clustered(terminal, *namespaces("develop", "flux-system"), source(), wanted)
    return terminal


@pytest.fixture
def flux(terminal: Terminal) -> Terminal:
    return delivered_by(terminal, decryption=DECRYPTION)


def give(terminal: Terminal, file: str, entry: str = "age.agekey") -> None:
    terminal.out(f"kubectl -n flux-system create secret generic sops-age --from-file={entry}={file}")


def message(terminal: Terminal) -> str:
    path = "'{.status.conditions[0].reason}: {.status.conditions[0].message}'"
    return terminal.out(f"kubectl -n flux-system get kustomization secrets-develop -o jsonpath={path}")


def test_with_its_key_the_cluster_opens_what_git_holds_encrypted(flux: Terminal) -> None:
    give(flux, "$HOME/age.agekey")
    made = flux(RECONCILE)
    assert made.code == 0, made.stderr
    assert flux.out(READ) == "hunter2-hunter2"
    assert "ENC[" not in flux.out("kubectl -n develop get secret backend-secrets -o yaml")
    told = next(one for one in made.events if isinstance(one, SecretDelivered))
    assert (told.name, told.encrypted) == ("backend-secrets", True)
    assert [one.guardrail for one in made.events if one.kind == "guardrail"] == [GUARDRAIL]


def test_without_the_key_secret_the_kustomization_says_which_one_is_missing(flux: Terminal) -> None:
    made = flux(RECONCILE)
    assert made.code == 1
    assert message(flux) == 'BuildFailed: secrets "sops-age" not found'
    assert flux("kubectl -n develop get secret backend-secrets").code == 1
    assert [one.why for one in made.events if isinstance(one, DecryptionFailed)] == ["no-key"]


def test_with_another_key_no_data_key_is_had(flux: Terminal) -> None:
    give(flux, "$HOME/other.agekey")
    made = flux(RECONCILE)
    assert "cannot get sops data key: Failed to get the data key required" in made.stderr
    assert "identity did not match any of the recipients" in message(flux)
    assert [one.why for one in made.events if isinstance(one, DecryptionFailed)] == ["wrong-key"]


def test_a_key_under_a_name_without_agekey_at_its_end_is_not_seen(flux: Terminal) -> None:
    give(flux, "$HOME/age.agekey", "identity.txt")
    flux(RECONCILE)
    assert "failed to load age identities" in message(flux)


def test_without_a_decryption_block_an_encrypted_secret_is_refused(terminal: Terminal) -> None:
    flux = delivered_by(terminal)
    give(flux, "$HOME/age.agekey")
    flux(RECONCILE)
    told = "is SOPS encrypted, configuring decryption is required for this secret to be reconciled"
    assert message(flux) == f"ReconciliationFailed: Secret/develop/backend-secrets {told}"


def test_a_plain_secret_is_applied_all_the_same_and_the_event_says_so(flux: Terminal) -> None:
    give(flux, "$HOME/age.agekey")
    flux("cat > flux/secrets/develop/backend-secrets.yaml", stdin=SECRET)
    flux(PUSH)
    made = flux(RECONCILE)
    told = next(one for one in made.events if isinstance(one, SecretDelivered))
    assert not told.encrypted
    assert flux.out(READ) == "hunter2-hunter2"


def test_changed_ciphertext_is_refused_and_the_old_secret_stays(flux: Terminal) -> None:
    give(flux, "$HOME/age.agekey")
    flux.out(RECONCILE)
    flux("sed -i 's/jwt-secret:/jwt-token:/' flux/secrets/develop/backend-secrets.yaml")
    flux(PUSH)
    made = flux(RECONCILE)
    assert "error decrypting sops tree" in made.stderr
    assert "cipher: message authentication failed" in message(flux)
    assert [one.why for one in made.events if isinstance(one, DecryptionFailed)] == ["damaged"]
    assert flux.out(READ) == "hunter2-hunter2"


def test_the_cluster_does_not_check_the_seal_over_clear_fields(flux: Terminal) -> None:
    """As the real controller: an edited namespace stops `sops decrypt` and nothing else."""
    give(flux, "$HOME/age.agekey")
    flux("sed -i 's/namespace: develop/namespace: flux-system/' flux/secrets/develop/backend-secrets.yaml")
    assert flux("sops decrypt flux/secrets/develop/backend-secrets.yaml").code == 51
    flux(PUSH)
    assert flux(RECONCILE).code == 0
    assert flux("kubectl -n flux-system get secret backend-secrets").code == 0


def test_two_keys_side_by_side_open_what_either_of_them_can(flux: Terminal) -> None:
    flux.out(
        "kubectl -n flux-system create secret generic sops-age --from-file=a.agekey=$HOME/other.agekey "
        "--from-file=b.agekey=$HOME/age.agekey"
    )
    assert flux(RECONCILE).code == 0


def test_a_diff_shows_no_secret_value_and_needs_no_key(flux: Terminal) -> None:
    give(flux, "$HOME/age.agekey")
    flux.out(RECONCILE)
    folder = "--path flux/secrets/develop"
    assert flux(f"flux diff kustomization secrets-develop {folder}").code == 0
    flux("unset SOPS_AGE_KEY_FILE")
    flux("cat > flux/secrets/develop/backend-secrets.yaml", stdin=SECRET.replace("hunter2-", "other-"))
    made = flux(f"flux diff ks secrets-develop {folder}")
    assert made.code == 1
    assert "data.jwt-secret\n  ± value change\n    - *** (before)\n    + *** (after)\n" in made.stdout
    assert "hunter2" not in made.stdout
