"""What programs write into their logs: by their image, on the scenario's clock."""

import json

import pytest

from checkpoint.core.sim.start import changed_by
from tests.core.sim.conftest import Terminal

WEB = {
    "start": ["{time} starting {tag}"],
    "every": {"30s": ['{"time":"{time}","pod":"{pod}","ms":{number}}', '{"time":"{time}","id":"{id}"}']},
}

NAMESPACE = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "default"}}


@pytest.fixture
def web(terminal: Terminal) -> Terminal:
    clusters = {"clusters": {"dev": {"objects": [NAMESPACE]}}}
    config = "clusters: [{name: dev, cluster: {server: 'https://dev'}}]\ncurrent-context: dev\nusers: []\n"
    config += "contexts: [{name: dev, context: {cluster: dev, user: ''}}]\n"
    terminal("mkdir -p ~/.kube; cat > ~/.kube/config", stdin=config)
    terminal.world = changed_by(terminal.world, {"kubernetes": clusters, "logs": {"acme/web": WEB}})
    terminal.out("kubectl create deployment web --image=acme/web:1.4")
    return terminal


def test_a_program_says_that_it_starts_and_then_goes_on_by_the_clock(web):
    web("sleep 10m")
    first, *rest = web.out("kubectl logs deploy/web").splitlines()
    assert first.endswith("starting 1.4") and len(rest) >= 20
    times = [json.loads(one)["time"] for one in rest]
    assert times == sorted(set(times))


def test_what_was_written_stays_as_it_was(web):
    web("sleep 5m")
    before = web.out("kubectl logs deploy/web")
    assert web.out("kubectl logs deploy/web").startswith(before)


def test_another_image_starts_anew_and_one_that_nobody_described_is_silent(web):
    web("sleep 5m; kubectl set image deployment/web web=acme/web:1.5")
    assert "starting 1.5" in web.out("kubectl logs deploy/web")
    web("kubectl create deployment other --image=acme/other; sleep 5m")
    assert web.out("kubectl logs deploy/other") == ""


def test_the_latest_lines_can_be_asked_for_by_number_and_by_age(web):
    web("sleep 10m")
    assert len(web.out("kubectl logs deploy/web --tail=3").splitlines()) == 3
    assert len(web.out("kubectl logs deploy/web --since=2m").splitlines()) == 4
    assert "invalid duration" in web("kubectl logs deploy/web --since=soon").stderr
