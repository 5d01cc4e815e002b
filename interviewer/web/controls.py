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


def submit(text: str) -> None:
    """The button of a form."""
    Words("button", text, "as-button").props["type"] = "submit"


def confirmation() -> ui.dialog:
    """Asks whether the round is to end. Awaited, it is true if so."""
    with ui.dialog() as dialog, ui.card().classes("dialog"):
        heading("End the round now?", 2)
        paragraph("What is left will not be asked, and you cannot come back to it.")
        with ui.element("div").classes("actions"):
            button("End it", lambda: dialog.submit(True), "primary")
            button("Go on", lambda: dialog.submit(False), "plain")
    return dialog
