"""Keeps rendered parts that are the same for everybody while the content is the same."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec

from django.conf import settings
from django.utils.safestring import SafeString

Asked = ParamSpec("Asked")


def kept(render: Callable[Asked, SafeString]) -> Callable[Asked, SafeString]:
    """Render once for equal arguments; the content's fingerprint is one of them where it matters.

    In debug mode nothing is kept, so that an edited template shows at once.
    """
    remembered = lru_cache(maxsize=256)(render)

    @wraps(render)
    def part(*args: Asked.args, **kwargs: Asked.kwargs) -> SafeString:
        if settings.DEBUG:
            return render(*args, **kwargs)
        return remembered(*args, **kwargs)  # type: ignore[arg-type]

    return part
