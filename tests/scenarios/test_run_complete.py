"""Completion for the terminal: what the server offers, and to whom."""

import pytest

from checkpoint.core.sim import limits
from checkpoint.scenarios.models import TypedLine
from tests.builders import make_learner, signed_in

pytestmark = pytest.mark.django_db


def offered(page, address, line):
    answer = page.get(f"{address}complete/", {"line": line})
    assert answer.status_code == 200
    return answer.content.decode()


def test_words_options_and_names_of_the_runs_own_world_are_offered(page, address):
    page.post(f"{address}line/", {"line": "touch a-new-file.txt"})
    assert 'data-text="use-context"' in offered(page, address, "kubectl config us")
    assert 'data-text="production"' in offered(page, address, "kubectl --context prod")
    assert 'data-text="a-new-file.txt"' in offered(page, address, "cat a-n")


def test_asking_keeps_nothing(page, address):
    offered(page, address, "kubectl ")
    assert not TypedLine.objects.exists()


@pytest.mark.parametrize("line", ["nothingknown", "ls\nkube", "kubectl " + "x" * limits.LINE])
def test_what_nothing_fits_gets_an_empty_hidden_list(page, address, line):
    assert " hidden>" in offered(page, address, line)


def test_a_finished_run_offers_nothing(page, address):
    page.post(f"{address}finish/")
    assert " hidden>" in offered(page, address, "kube")


def test_a_name_from_the_world_is_escaped(page, address):
    page.post(f"{address}file/", {"path": "~/app/x<b>.txt", "content": ""})
    shown = offered(page, address, "cat x")
    assert "&lt;b" in shown and "<b>" not in shown


def test_a_strangers_run_is_not_found_and_nobody_is_asked_to_sign_in(page, address, client):
    assert signed_in(make_learner("bob")).get(f"{address}complete/").status_code == 404
    assert "/accounts/login/" in client.get(f"{address}complete/")["Location"]
    assert page.post(f"{address}complete/").status_code == 405
