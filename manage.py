#!/usr/bin/env python
"""Django's command line for Checkpoint."""

import gc
import os
import sys

GARBAGE_AFTER = 20_000
"""So many objects more than before make Python look for garbage.

A start makes a million that all stay, a page of a large cohort thousands, few of them garbage. With the usual
700 they are looked through again and again: a fifth of the time of a start.
"""


def main() -> None:
    gc.set_threshold(GARBAGE_AFTER, 10, 10)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "checkpoint.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
