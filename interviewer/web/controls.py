"""Buttons and questions that the pages ask back."""

from nicegui import ui

from interviewer.web.words import heading, paragraph


def button(text: str, act: object, kind: str) -> ui.button:
    """A button of kind `primary` or `plain`; tests find it by its words."""
    button = ui.button(text, on_click=act, color=None).classes(kind)  # type: ignore[arg-type]
    props = "unelevated" if kind == "primary" else "flat"
    return button.props(props).mark(text.lower().replace(" ", "-"))


def confirmation() -> ui.dialog:
    """Asks whether the round is to end. Awaited, it is true if so."""
    with ui.dialog() as dialog, ui.card().classes("dialog"):
        heading("End the round now?", 2)
        paragraph("What is left will not be asked, and you cannot come back to it.")
        with ui.element("div").classes("actions"):
            button("End it", lambda: dialog.submit(True), "primary")
            button("Go on", lambda: dialog.submit(False), "plain")
    return dialog
