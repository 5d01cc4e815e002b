"""`cards`: the questions that come back; export for Anki, import of one's own questions."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from interviewer.cli.printing import note, print_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from interviewer.domain.card import Card

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]
QuestionId = Annotated[str, typer.Argument(help="Id of the question.")]


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    group = typer.Typer(help="The questions that come back: list, set aside, export, import.")
    group.command("list")(list_cards)
    group.command("suspend")(suspend)
    group.command("resume")(resume)
    group.command("bury")(bury)
    group.command("forget")(forget)
    group.command("export")(export)
    group.command("import")(import_questions)
    app.add_typer(group, name="cards")


def list_cards(
    due: Annotated[bool, typer.Option("--due", help="Only what is due now.")] = False,
    as_json: AsJson = False,
) -> None:
    """List your cards: when each is due, and the points missed last time."""
    from interviewer.bootstrap import now, open_product, settings

    async def run() -> None:
        async with open_product(settings()) as product:
            practice = product.practice
            await practice.drills.close_all(owner=product.owner)
            cards = await practice.cards.cards(product.owner)
        moment = now()
        shown = [card for card in cards if not due or card.is_due(moment)]
        if as_json:
            print_json([card_document(card, moment) for card in shown])
            return
        if not shown:
            note("Nothing is due." if due else "You have no cards: `interviewer drill` makes them.")
        for card in shown:
            print(_line(card_document(card, moment)))

    asyncio.run(run())


def card_document(card: "Card", moment: Any) -> dict[str, Any]:
    """A card as lists show it."""
    from interviewer.practice.schedule import retrievability

    document = card.model_dump(mode="json")
    memory = document.pop("memory")
    return {
        **document,
        **memory,
        "recall": round(retrievability(card.memory, moment), 3),
        "is_due": card.is_due(moment),
    }


def _line(card: dict[str, Any]) -> str:
    state = "due" if card["is_due"] else f"due {card['due'][:10]}"
    if card["suspended"]:
        state = "suspended"
    elif not card["is_due"] and card["buried_until"]:
        state = f"{state}, buried until {card['buried_until'][:10]}"
    gaps = f"; missed: {', '.join(card['gaps'])}" if card["gaps"] else ""
    return f"{card['question']}  [{state}]  drilled {card['reviews']}x{gaps}"


def suspend(question: QuestionId) -> None:
    """Set a card aside until you resume or drill it."""
    _change(question, lambda card: card.model_copy(update={"suspended": True}), "suspended")


def resume(question: QuestionId) -> None:
    """Take a suspended or buried card back in."""
    update = {"suspended": False, "buried_until": None}
    _change(question, lambda card: card.model_copy(update=update), "back")


def bury(question: QuestionId) -> None:
    """Set a card aside until tomorrow (UTC)."""
    from interviewer.bootstrap import now
    from interviewer.domain.card import tomorrow

    until = tomorrow(now())
    _change(question, lambda card: card.model_copy(update={"buried_until": until}), "buried")


def _change(question: str, change: "Callable[[Card], Card]", done: str) -> None:
    from interviewer.bootstrap import open_product, settings

    async def run() -> None:
        async with open_product(settings()) as product:
            await product.practice.cards.change(question, change, owner=product.owner)

    asyncio.run(run())
    print(f"{question}: {done}.")


def forget(question: QuestionId) -> None:
    """Remove a question that you imported, with its card."""
    from interviewer.bootstrap import open_product, settings

    async def run() -> None:
        async with open_product(settings()) as product:
            await product.practice.own.forget(question, owner=product.owner)

    asyncio.run(run())
    print(f"Forgotten: {question}.")


def export(
    file: Annotated[Path, typer.Argument(help="The deck to write, FILE.apkg.")],
    round_id: Annotated[
        str | None, typer.Option("--round", help="Every question of this round.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every question.")] = False,
) -> None:
    """Write an Anki deck: a note for each point of your cards and imported questions."""
    from interviewer.bootstrap import open_product, settings
    from interviewer.errors import InputError

    if file.suffix.lower() != ".apkg":
        raise InputError(f"{file}: name a file that ends in .apkg")
    if file.is_dir() or not file.absolute().parent.is_dir():
        raise InputError(f"cannot write {file}: there is no folder {file.absolute().parent}")

    async def run() -> int:
        async with open_product(settings()) as product:
            return await product.practice.write_deck(
                file, owner=product.owner, round_id=round_id, everything=everything
            )

    print(f"{file}: {asyncio.run(run())} notes.")


def import_questions(
    file: Annotated[Path, typer.Argument(help="CSV or JSONL, UTF-8.")],
    draft: Annotated[
        bool, typer.Option("--draft", help="Have the model draft rubrics where no point is listed.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Import questions of your own; all or none."""
    from interviewer.bootstrap import open_product, settings
    from interviewer.cli.input_file import read_bytes
    from interviewer.practice.importing import Imported, Refusal
    from interviewer.practice.question_file import MOST_BYTES

    data = read_bytes(file, MOST_BYTES)

    async def run() -> Imported:
        async with open_product(settings()) as product:
            return await product.practice.importer.take(
                file.name, data, owner=product.owner, draft=draft
            )

    try:
        done = asyncio.run(run())
    except Refusal as refusal:
        for problem in refusal.problems:
            note(f"interviewer: {problem}")
        raise typer.Exit(2) from None
    if as_json:
        print_json(done)
        return
    replaced = f", {done.replaced} of them in place of earlier ones" if done.replaced else ""
    print(f"Imported: {len(done.added)} questions{replaced}.")
    if done.drafted:
        print(
            f"{len(done.drafted)} rubrics are a model's drafts and cite nothing: check them before "
            "you trust a verdict (`interviewer export FILE.zip` shows them)."
        )
    print(f"Drill one: interviewer drill --question {done.added[0]}")
