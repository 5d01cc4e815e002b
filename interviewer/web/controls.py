"""Controls of the pages: buttons, choices, and the question whether a round is to end."""

from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement
from nicegui.events import GenericEventArguments

from interviewer.web.words import Words, heading, paragraph


def button(text: str, act: object, kind: str) -> ui.button:
    """A button of kind `primary` or `plain`; tests find it by its words."""
    button = ui.button(text, on_click=act, color=None).classes(kind)  # type: ignore[arg-type]
    props = "unelevated" if kind == "primary" else "flat"
    return button.props(props).mark(text.lower().replace(" ", "-"))


def switch(text: str, act: str, *, hidden: bool = False) -> TextElement:
    """A small button that `page.js` obeys: nothing is sent to the server.

    Args:
        text: On the button.
        act: What `page.js` does on a click (`data-act`).
        hidden: Shown by `page.js` only where the browser can do it.
    """
    made = Words("button", text, "switch")
    made.props["type"] = "button"
    made.props["data-act"] = act
    if hidden:
        made.props["hidden"] = True
    return made


def choice(
    label: str,
    options: Mapping[str, str],
    value: str,
    *,
    name: str = "",
    groups: Mapping[str, str] | None = None,
) -> ui.element:
    """A choice among a few, as the browser draws it: it works with any keyboard and reader.

    Args:
        label: Above it.
        options: Texts by value.
        value: Chosen at first.
        name: In a form, which is sent on a change.
        groups: Headings by value, where the choice is long; options of a group stand together.
    """
    with ui.element("label").classes("field"):
        Words("span", label)
        chosen = ui.element("select").mark(label.lower().replace(" ", "-"))
    if name:
        chosen.props(f"name={name} data-sends")
    group, place = None, chosen
    for key, text in options.items():
        if groups and groups.get(key) != group:
            group = groups.get(key)
            with chosen:
                place = ui.element("optgroup")
                place.props["label"] = group
        with place:
            option = Words("option", text)
            option.props["value"] = key
            if key == value:
                option.props["selected"] = True
    return chosen


def on_choice(chosen: ui.element, offered: Container[str], act: Callable[[str], Any]) -> None:
    """Calls `act` with what is chosen; whatever a browser sends, only what was offered counts."""

    async def changed(event: GenericEventArguments) -> None:
        if isinstance(event.args, str) and event.args in offered:
            done = act(event.args)
            if done is not None:
                await done

    chosen.on("change", changed, js_handler="(event) => emit(event.target.value)")


def unfolding(text: str, draw: Callable[[], None], *, label: str = "") -> ui.element:
    """What is drawn when it is first opened, because a page with all of it would be heavy.

    Args:
        text: On its summary.
        draw: Draws the content.
        label: Says more than the text does, where a page has many of the same.
    """
    details = ui.element("details").mark(f"unfold-{(label or text).lower().replace(' ', '-')}")
    with details:
        summary = Words("summary", text)
        if label:
            summary.props["aria-label"] = label
        place = ui.element("div")

    def fill() -> None:
        if not place.default_slot.children:
            with place:
                draw()

    details.on("toggle", fill, args=[])
    return details


@contextmanager
def form(action: str) -> Iterator[None]:
    """Fields that lead to an address of their own, which can be kept and sent on."""
    made = ui.element("form").classes("fields").props("method=get role=search")
    made.props["action"] = action
    with made:
        yield


def text_field(label: str, name: str, value: str) -> None:
    """A line of text in a form."""
    with ui.element("label").classes("field grow"):
        Words("span", label)
        line = ui.element("input").props(f"name={name} type=search maxlength=300 autocomplete=off")
        line.props["value"] = value


def date_field(label: str, name: str, value: str) -> None:
    """A date in a form, as the browser asks for it."""
    with ui.element("label").classes("field"):
        Words("span", label)
        line = ui.element("input").props(f"name={name} type=date")
        line.props["value"] = value


def tick(label: str, name: str, *, ticked: bool) -> None:
    """A box to tick in a form; what is sent if it is ticked is `yes`."""
    with ui.element("label").classes("one-of"):
        box = ui.element("input").props(f"name={name} type=checkbox value=yes")
        if ticked:
            box.props["checked"] = True
        Words("span", label)


def one_of(
    asks: str,
    name: str,
    options: Mapping[str, str],
    chosen: str | None,
    *,
    stacked: bool = False,
) -> None:
    """A question in a form with one answer among a few.

    Args:
        asks: The question.
        name: Of the field.
        options: Texts by value.
        chosen: The value chosen at first, if any.
        stacked: One option to a line, where they are sentences.
    """
    with ui.element("fieldset").classes("asks stacked" if stacked else "asks"):
        Words("legend", asks)
        for value, text in options.items():
            with ui.element("label").classes("one-of"):
                radio = ui.element("input").props("type=radio")
                radio.props["name"], radio.props["value"] = name, value
                if value == chosen:
                    radio.props["checked"] = True
                Words("span", text)


@contextmanager
def sheet(action: str) -> Iterator[None]:
    """A form of many questions, whose answers `page.js` keeps in the address.

    So neither a reload nor a server that went away costs an answer.
    """
    made = ui.element("form").classes("sheet narrow").props("method=get data-kept")
    made.props["action"] = action
    with made:
        yield


def carried(name: str, value: str) -> None:
    """What a form sends along unseen."""
    field = ui.element("input").props("type=hidden")
    field.props["name"], field.props["value"] = name, value


def submit(text: str, name: str = "") -> None:
    """The button of a form; with a name it tells, by `yes`, that it was pressed."""
    made = Words("button", text, "as-button")
    made.props["type"] = "submit"
    if name:
        made.props["name"], made.props["value"] = name, "yes"


def confirmation() -> ui.dialog:
    """Asks whether the round is to end. Awaited, it is true if so."""
    with ui.dialog() as dialog, ui.card().classes("dialog"):
        heading("End the round now?", 2)
        paragraph("What is left will not be asked, and you cannot come back to it.")
        with ui.element("div").classes("actions"):
            button("End it", lambda: dialog.submit(True), "primary")
            button("Go on", lambda: dialog.submit(False), "plain")
    return dialog
