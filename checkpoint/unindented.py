"""Templates are indented for those who write them; pages are sent without."""

import re

from django.template import Origin
from django.template.loaders.filesystem import Loader as Files

_INDENT = re.compile(r"\n[ \t]+")


class Loader(Files):
    """The project's templates, each line of HTML from its first sign on; a long page is a tenth shorter.

    No template writes text in which white space at the beginning of a line counts: what stands in a `pre`
    or a `textarea` comes in by a variable, which this doesn't touch. Plain text is left as it is.
    """

    def get_contents(self, origin: Origin) -> str:
        found = super().get_contents(origin)
        return _INDENT.sub("\n", found) if str(origin.name).endswith(".html") else found
