"""Links by kind to addresses, and glossary words to buttons that open their definition."""

from html import unescape
from xml.etree.ElementTree import Element

from checkpoint.core.content.addresses import address, is_web_address, parse_target
from checkpoint.core.content.inline import render_inline
from checkpoint.core.content.tree.work import Work, become, has_content
from checkpoint.core.content.types import Term


def finish_links(root: Element, work: Work) -> None:
    for element in list(root.iter("a")):
        if element.get("class", "") not in ("footnote-ref", "footnote-backref", "anchor"):
            _link(element, work)


def _link(element: Element, work: Work) -> None:
    to = unescape(element.get("href", ""))
    work.links[to] = None
    if not has_content(element):
        work.fault_at(f"]({to}", "a link without words", "write them between [ and ]")
    target = parse_target(to)
    if target is None and not is_web_address(to) and not to.startswith("#"):
        become(element, "span", {})
    elif target is None:
        become(element, "a", {"href": to})
    elif target.kind != "term":
        become(element, "a", {"href": address(target)})
    elif target.slug in work.glossary:
        work.terms[target.slug] = None
        note = f"gloss-{target.slug}"
        become(element, "button", {"type": "button", "class": "gloss", "popovertarget": note})
    else:
        become(element, "span", {})


def popovers(work: Work) -> str:
    """The definition of each glossary term on the page, opened by its words."""
    return "".join(_popover(work.glossary[slug]) for slug in work.terms)


def _popover(term: Term) -> str:
    return (
        f'\n<div popover id="gloss-{term.slug}" class="gloss__note"><p class="gloss__term">'
        f"{render_inline(term.term)}</p><p>{render_inline(term.definition)}</p>"
        f'<p class="gloss__more"><a href="{address_of_term(term)}">In the glossary</a></p></div>'
    )


def address_of_term(term: Term) -> str:
    target = parse_target(f"term:{term.slug}")
    return address(target) if target else ""
