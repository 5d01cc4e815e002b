"""The questions that come back: when each is due, and setting one aside."""

from typing import Any

from nicegui import ui

from interviewer.bootstrap import Product, now
from interviewer.domain.card import Card, tomorrow
from interviewer.domain.names import name_from
from interviewer.errors import InterviewerError
from interviewer.practice.choosing import Wish
from interviewer.web.controls import button
from interviewer.web.drill import begin_drill
from interviewer.web.words import Words, heading, paragraph

_MOST_SHOWN = 100


async def show_cards(product: Product, owner: str) -> None:
    """Draws the owner's cards, the one due first in front."""
    heading("Your cards", 2)
    await _Cards(product, owner, ui.element("div")).refresh()


class _Cards:
    def __init__(self, product: Product, owner: str, place: ui.element) -> None:
        self._product = product
        self._owner = owner
        self._place = place

    async def refresh(self) -> None:
        cards = await self._product.practice.cards.cards(self._owner)
        self._place.clear()
        with self._place:
            if not cards:
                paragraph("None yet: the first drill makes one.", "quiet")
                return
            with ui.element("ul").classes("plain-list narrow"):
                for card in cards[:_MOST_SHOWN]:
                    self._card(card)
            if len(cards) > _MOST_SHOWN:
                paragraph(f"And {len(cards) - _MOST_SHOWN} that are due later.", "quiet")

    def _card(self, card: Card) -> None:
        name = name_from(card.question)

        async def drill() -> None:
            await begin_drill(self._product, self._owner, Wish(question=card.question))

        async def resume() -> None:
            await self._change(card, {"suspended": False, "buried_until": None})

        async def bury() -> None:
            await self._change(card, {"buried_until": tomorrow(now())})

        async def suspend() -> None:
            await self._change(card, {"suspended": True})

        acts = [("Drill", drill)]
        acts += [("Resume", resume)] if card.is_out(now()) else [("Tomorrow", bury)]
        acts += [] if card.suspended else [("Suspend", suspend)]
        with ui.element("li"):
            with ui.element("div").classes("grow"):
                Words("span", name)
                Words("p", _standing(card), "quiet")
            with ui.element("div").classes("actions"):
                for text, act in acts:
                    button(text, act, "plain").props["aria-label"] = f"{text}: {name}"

    async def _change(self, card: Card, changes: dict[str, Any]) -> None:
        try:
            await self._product.practice.cards.change(
                card.question, lambda kept: kept.model_copy(update=changes), owner=self._owner
            )
        except InterviewerError as error:
            ui.notify(str(error))
        await self.refresh()


def _standing(card: Card) -> str:
    drilled = "drilled once" if card.reviews == 1 else f"drilled {card.reviews} times"
    if card.suspended:
        return f"Suspended; {drilled}"
    if card.buried_until is not None and card.is_out(now()):
        return f"Not before {card.buried_until:%d %B}; {drilled}"
    if card.is_due(now()):
        return f"Due now; {drilled}"
    return f"Due on {card.memory.due:%d %B %Y}; {drilled}"
