"""Adding files: a control that keyboards and screen readers reach, with progress while it sends."""

from collections.abc import Awaitable, Callable

from nicegui import ui
from nicegui.events import MultiUploadEventArguments

from interviewer.errors import InterviewerError
from interviewer.web.words import Words

Files = list[tuple[str, bytes]]
"""Name without folders, and content."""


def upload(
    label: str,
    take: Callable[[Files], Awaitable[None]],
    *,
    most_files: int,
    most_bytes: int,
    accept: str | None = None,
) -> None:
    """Draws the control.

    Args:
        label: Above it.
        take: Is given the files; what it raises is said on the page.
        most_files: At once.
        most_bytes: Of one file. The browser refuses more before it sends; `take` has to check again.
        accept: What the browser offers first, as in HTML: `.csv,.jsonl`.
    """

    async def sent(event: MultiUploadEventArguments) -> None:
        files = [
            (file.name.replace("\\", "/").rpartition("/")[2], await file.read())
            for file in event.files
        ]
        try:
            await take(files)
        except InterviewerError as error:
            ui.notify(str(error), multi_line=True, timeout=0, close_button="OK")

    # NiceGUI's own control is closed to a keyboard and to screen readers. It only takes what
    # `page.js` sends it from the browser's own.
    relay = ui.upload(multiple=True, on_multi_upload=sent).mark("upload").classes("relay")
    with ui.element("label").classes("field narrow"):
        Words("span", label)
        picker = ui.element("input").props("type=file data-uploads")
    if most_files > 1:
        picker.props["multiple"] = True
    if accept:
        picker.props["accept"] = accept
    picker.props["data-url"] = relay.props["url"]
    picker.props["data-most"], picker.props["data-bytes"] = most_files, most_bytes
    ui.element("progress").props('max=1 value=0 aria-label="Sending" hidden').classes("narrow")
    Words("p", "", "notice upload-note").props("role=status")
