"""The one place that speaks to another machine: an endpoint of the chat-completions format."""

import http.client
import ipaddress
import json
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

from checkpoint.advice.asking import Message

MOST_BYTES = 200_000
"""Of a reply; what is longer is no judgement of a few criteria."""
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses after which it may help to try again."""
_SHUT_BOTH = 2


class EndpointError(Exception):
    """No usable reply: what happened, without a word of what was sent or received."""


class _PassingError(EndpointError):
    """As above, and another try may help."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask, and how long and how often.

    `private` allows addresses that aren't on the public Internet (this machine, the local network), and
    for these also plain HTTP. Redirects are never followed and proxies of the environment not used.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    private: bool = False
    timeout: float = 60.0
    """Seconds for one try, from connecting to the last byte."""
    tries: int = 3
    pause: float = 2.0
    """Seconds before the second try; twice as long before each further one."""

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{self.url!r} is no http or https address")
        if not self.model:
            raise ValueError("the model has no name")

    def complete(self, messages: Sequence[Message]) -> str:
        """The model's words; raises EndpointError after the last try."""
        asked = {"model": self.model, "messages": list(messages), "temperature": 0, "stream": False}
        body = json.dumps(asked).encode()
        for number in range(self.tries):
            try:
                return _content(self._post(body))
            except _PassingError:
                if number + 1 == self.tries:
                    raise
                time.sleep(self.pause * 2**number)
        raise EndpointError("no try was allowed")

    def _post(self, body: bytes) -> bytes:
        parts = urlsplit(self.url)
        kind = _CheckedTLS if parts.scheme == "https" else _Checked
        connection = kind(str(parts.hostname), parts.port, timeout=self.timeout)
        connection.private, connection.plain = self.private, parts.scheme == "http"
        late = Timer(self.timeout, _hang_up, (connection,))
        late.daemon = True
        late.start()
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", path, body, self._headers())
            return _read(connection.getresponse())
        except (OSError, http.client.HTTPException) as error:
            raise _PassingError(f"no reply from {parts.hostname}: {type(error).__name__}") from error
        finally:
            late.cancel()
            connection.close()

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        return {**headers, "Authorization": f"Bearer {self.key}"} if self.key else headers


class _Checked(http.client.HTTPConnection):
    """A connection that looks whom it has reached before it says anything: a name may lead anywhere."""

    private = plain = False
    reached: Any = None
    """The socket, also when the reply has taken it over and the connection has let it go."""

    def connect(self) -> None:
        super().connect()
        self.reached = self.sock
        address = ipaddress.ip_address(self.sock.getpeername()[0].partition("%")[0])
        real = getattr(address, "ipv4_mapped", None) or address
        if not real.is_global and not self.private:
            raise EndpointError("the endpoint is at a private address, which isn't allowed here")
        if real.is_global and self.plain:
            raise EndpointError("over the Internet the endpoint has to be asked by https")


class _CheckedTLS(http.client.HTTPSConnection, _Checked):
    """The same with TLS: checked before the handshake, its certificate verified."""

    def connect(self) -> None:
        super().connect()
        self.reached = self.sock


def _hang_up(connection: _Checked) -> None:
    """Ends a reply that drips on and on: whoever reads it finds its end."""
    if connection.reached is not None:
        with suppress(OSError):
            connection.reached.shutdown(_SHUT_BOTH)


def _read(response: http.client.HTTPResponse) -> bytes:
    if response.status in _PASSING:
        raise _PassingError(f"the endpoint answered {response.status}")
    if response.status != 200:
        raise EndpointError(f"the endpoint answered {response.status}")
    read = response.read(MOST_BYTES + 1)
    if len(read) > MOST_BYTES:
        raise EndpointError(f"the reply is longer than {MOST_BYTES:,} bytes")
    if response.length:
        raise _PassingError("the reply broke off")
    return read


def _content(body: bytes) -> str:
    try:
        reply: Any = json.loads(body)
        content = reply["choices"][0]["message"]["content"]
    except (ValueError, RecursionError, LookupError, TypeError) as error:
        raise EndpointError("the reply isn't of the chat-completions format") from error
    if not isinstance(content, str):
        raise EndpointError("the reply isn't of the chat-completions format")
    return content
