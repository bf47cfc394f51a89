"""The first screen: three questions with their numbers and small pictures, the next steps, one line of trust."""

from reports.model import Card, FirstScreen, Number, Spec, Waiting
from reports.page.drawings import Drawings
from reports.page.html import isolated, text


def first_screen_html(screen: FirstScreen, specs: dict[str, dict[str, Spec]], drawings: Drawings) -> str:
    """Write the first screen, and start drawing its pictures."""
    cards = "".join(_card(card, specs, drawings) for card in screen.cards)
    people = "".join(_person(person) for person in screen.waiting)
    list_of_people = f"<ol>{people}</ol>" if people else ""
    trust = " · ".join(isolated(part) for part in screen.trust)
    changed = f'<p class="trust"><b>Since the last run:</b> {isolated(screen.changed)}</p>' if screen.changed else ""
    return (
        f'<div class="cards">{cards}</div>'
        f'<div class="move"><h3>Your move</h3><p>{isolated(screen.move)} <a href="#contacts">All people</a></p>{list_of_people}</div>'
        f'<p class="trust"><b>Behind these numbers:</b> {trust} · <a href="#coverage">Coverage</a></p>{changed}'
    )


def _card(card: Card, specs: dict[str, dict[str, Spec]], drawings: Drawings) -> str:
    numbers = "".join(_number(number) for number in card.numbers)
    picture = ""
    if card.chart is not None:
        key = f"chart-{card.key}"
        spec = card.chart()
        spec["description"] = card.alt
        specs[key] = {"wide": spec, "narrow": spec}
        drawings.draw(key, spec)
        picture = (
            f'<div class="chart" id="{key}" role="img" aria-label="{text(card.alt)}">{drawings.placeholder(key)}</div>'
        )
    return (
        f'<div class="card" id="{card.key}"><h3><a href="#{card.section}">{text(card.question)}</a></h3>'
        f"<ul>{numbers}</ul>{picture}<p>{isolated(card.caption)}</p></div>"
    )


def _number(number: Number) -> str:
    mark = f' class="mark {number.mark}"' if number.mark else ""
    small = f" <small>{isolated(number.small)}</small>" if number.small else ""
    return f"<li{mark}><b>{isolated(number.big)}</b> <span>{isolated(number.summary)}{small}</span></li>"


def _person(person: Waiting) -> str:
    return (
        f"<li><b>{isolated(person.name)}</b> <span>{isolated(person.level)}</span> "
        f"<span>{isolated(person.last_step)}</span> <span>{isolated(person.since)}</span></li>"
    )
