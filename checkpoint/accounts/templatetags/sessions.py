"""A browser's own long description of itself, in three words."""

from django import template

register = template.Library()

# The first that occurs wins: most browsers claim to be all the later ones, too.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


@register.filter
def browser(user_agent: str) -> str:
    """ "Firefox on Linux", or what can be told of it."""
    program = next((name for mark, name in BROWSERS.items() if mark in user_agent), "A browser")
    system = next((f" on {name}" for mark, name in SYSTEMS.items() if mark in user_agent), "")
    return program + system
