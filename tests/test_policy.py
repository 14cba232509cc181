"""Every response says what it may load, and that nobody frames it."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/no/such/page/", 404),
        ("/selfcheck/stale-plan/draft/", 405),
        ("/progress/", 302),
        ("/admin/login/", 302),
        ("/healthz", 200),
        ("/static/css/base.css", 200),
        ("/static/no-such.css", 404),
    ],
)
def test_a_response_carries_the_policy(client: Client, address: str, status: int) -> None:
    response = client.get(address)
    assert response.status_code == status
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self';" in f"{policy};"
    assert "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_an_unknown_host_gets_the_policy_too(client: Client) -> None:
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
