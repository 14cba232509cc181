"""The endpoint is asked with bounded patience, and nothing it does hurts."""

import json

import pytest

from checkpoint.advice.endpoint import MOST_BYTES, Endpoint, EndpointError
from tests.advice.conftest import FakeEndpoint, dripping, raw, saying, silent, status

ASKED = ({"role": "user", "content": "Wörter"},)


def test_the_models_words_come_back(fake: FakeEndpoint):
    fake.responses = [saying("Ja, ähm.")]
    assert fake.endpoint(key="s3cret").complete(ASKED) == "Ja, ähm."
    (request,) = fake.seen
    assert request["path"] == "/v1/chat/completions"
    assert request["headers"]["Authorization"] == "Bearer s3cret"
    assert request["body"]["model"] == "small-judge" and request["body"]["messages"] == list(ASKED)


def test_without_a_key_none_is_sent(fake: FakeEndpoint):
    fake.responses = [saying("yes")]
    fake.endpoint().complete(ASKED)
    assert "Authorization" not in fake.seen[0]["headers"]


def test_what_passes_is_tried_again(fake: FakeEndpoint):
    fake.responses = [status(503), status(429), saying("at last")]
    assert fake.endpoint().complete(ASKED) == "at last"
    assert len(fake.seen) == 3


def test_tries_are_bounded(fake: FakeEndpoint):
    fake.responses = [status(500)]
    with pytest.raises(EndpointError, match="500"):
        fake.endpoint(tries=2).complete(ASKED)
    assert len(fake.seen) == 2


@pytest.mark.parametrize("code", [400, 401, 404])
def test_what_will_not_pass_is_not_tried_again(fake: FakeEndpoint, code: int):
    fake.responses = [status(code)]
    with pytest.raises(EndpointError, match=str(code)):
        fake.endpoint().complete(ASKED)
    assert len(fake.seen) == 1


def test_a_redirect_is_not_followed(fake: FakeEndpoint):
    fake.responses = [status(302, Location="/elsewhere")]
    with pytest.raises(EndpointError, match="302"):
        fake.endpoint().complete(ASKED)
    assert len(fake.seen) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b'{"choices": []}',
        b'{"choices": [{"message": {"content": null}}]}',
        b'{"choices": "\xff"}',
        b"[" * 50_000,
    ],
)
def test_a_malformed_reply_is_refused(fake: FakeEndpoint, body: bytes):
    fake.responses = [raw(body)]
    with pytest.raises(EndpointError, match="chat-completions"):
        fake.endpoint().complete(ASKED)


def test_a_huge_reply_is_not_read_to_its_end(fake: FakeEndpoint):
    fake.responses = [saying("x" * (MOST_BYTES + 1))]
    with pytest.raises(EndpointError, match="longer than"):
        fake.endpoint().complete(ASKED)


def test_a_reply_that_breaks_off_is_none(fake: FakeEndpoint):
    fake.responses = [lambda handler: handler.say(b'{"choices"', Content_Length="5000")]
    with pytest.raises(EndpointError):
        fake.endpoint(tries=1).complete(ASKED)


@pytest.mark.parametrize("slow", [dripping, silent])
def test_patience_ends(fake: FakeEndpoint, slow):
    fake.responses = [slow]
    with pytest.raises(EndpointError):
        fake.endpoint(timeout=0.3, tries=1).complete(ASKED)


def test_nobody_there_is_an_error_like_others():
    with pytest.raises(EndpointError, match="no reply from 127"):
        Endpoint("http://127.0.0.1:9/", "m", private=True, tries=1).complete(ASKED)


def test_a_private_address_is_asked_only_where_that_is_allowed(fake: FakeEndpoint):
    fake.responses = [saying("yes")]
    for url in (fake.url, fake.url.replace("127.0.0.1", "localhost"), fake.url.replace("http:", "https:")):
        with pytest.raises(EndpointError, match="private address"):
            Endpoint(url, "m", "s3cret", tries=1).complete(ASKED)
    assert fake.seen == [], "not even the question was sent"


@pytest.mark.parametrize("url", ["", "ftp://example.org/", "file:///etc/passwd", "example.org", "http://"])
def test_only_addresses_of_the_web_are_taken(url: str):
    with pytest.raises(ValueError, match="address"):
        Endpoint(url, "m")


def test_errors_and_settings_say_nothing_of_words_or_key(fake: FakeEndpoint):
    fake.responses = [raw(json.dumps({"echo": "Wörter"}).encode())]
    endpoint = fake.endpoint(key="s3cret")
    with pytest.raises(EndpointError) as caught:
        endpoint.complete(ASKED)
    assert "Wörter" not in str(caught.value) and "s3cret" not in repr(endpoint)
