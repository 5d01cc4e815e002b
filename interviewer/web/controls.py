"""Controls of the pages: buttons, choices, and the question whether a round is to end."""

from collections.abc import Callable, Mapping
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
    label: str, options: Mapping[str, str], value: str, act: Callable[[str], Any], mark: str
) -> ui.element:
    """A choice among a few, as the browser draws it: it works with any keyboard and reader.

    Args:
        label: Above it.
        options: Texts by value.
        value: Chosen at first.
        act: Called with the value that was chosen.
        mark: For tests.
    """
    with ui.element("label").classes("field"):
        Words("span", label)
        chosen = ui.element("select").mark(mark)
        with chosen:
            for key, text in options.items():
                option = Words("option", text)
                option.props["value"] = key
                if key == value:
                    option.props["selected"] = True

    async def changed(event: GenericEventArguments) -> None:
        # Whatever a browser sends: only what was offered counts.
        if isinstance(event.args, str) and event.args in options:
            done = act(event.args)
            if done is not None:
                await done

    return chosen.on("change", changed, js_handler="(event) => emit(event.target.value)")


def confirmation() -> ui.dialog:
    """Asks whether the round is to end. Awaited, it is true if so."""
    with ui.dialog() as dialog, ui.card().classes("dialog"):
        heading("End the round now?", 2)
        paragraph("What is left will not be asked, and you cannot come back to it.")
        with ui.element("div").classes("actions"):
            button("End it", lambda: dialog.submit(True), "primary")
            button("Go on", lambda: dialog.submit(False), "plain")
    return dialog
