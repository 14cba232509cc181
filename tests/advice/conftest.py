"""An endpoint of the chat-completions format on this machine, that answers as a test tells it to."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from checkpoint.advice.endpoint import Endpoint

Respond = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One request: kept by the server, answered by the next of its responses, the last one for ever."""

    server: "FakeEndpoint"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append({"path": self.path, "headers": dict(self.headers), "body": json.loads(body)})
        left = self.server.responses
        (left.pop(0) if len(left) > 1 else left[0])(self)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing in the middle of a test run."""

    def say(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


class FakeEndpoint(ThreadingHTTPServer):
    """`responses` are used in turn; `seen` is what was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.responses: list[Respond] = []
        self.seen: list[dict] = []
        self.closing = Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1/chat/completions"

    def endpoint(self, **options: object) -> Endpoint:
        facts = {"model": "small-judge", "private": True, "timeout": 5.0, "pause": 0.0, **options}
        return Endpoint(self.url, **facts)


def saying(content: object) -> Respond:
    """A well-formed reply; what isn't text already becomes JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    body = json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()
    return lambda handler: handler.say(body)


def status(code: int, **headers: str) -> Respond:
    return lambda handler: handler.say(b"{}", code, **headers)


def raw(body: bytes) -> Respond:
    return lambda handler: handler.say(body)


def dripping(handler: Handler) -> None:
    """Begins a reply and never ends it, a byte at a time."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.closing.wait(0.02):
        try:
            handler.wfile.write(b" ")
        except OSError:
            return


def silent(handler: Handler) -> None:
    """Takes the question and says nothing."""
    handler.server.closing.wait()


@pytest.fixture
def fake() -> Iterator[FakeEndpoint]:
    server = FakeEndpoint()
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield server
    server.closing.set()
    server.shutdown()
    server.server_close()
    thread.join()
