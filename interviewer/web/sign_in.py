"""Signing in with an access token, where the server is open beyond loopback.

The browser's session keeps a digest of the token, never the token: who reads the server's disk
learns nothing to sign in with, and a token taken out of the settings ends its sessions.
"""

import hashlib
import hmac

from nicegui import app, ui

_KEPT = "token_sha256"


def owner_signed_in(owners: dict[str, str]) -> str | None:
    """The owner whose token this browser has given, None if it has given none that is known."""
    given = str(app.storage.user.get(_KEPT, ""))
    for token, owner in owners.items():
        if hmac.compare_digest(_digest(token), given):
            return owner
    return None


def sign_in_form(owners: dict[str, str]) -> None:
    """Asks for the token."""
    field = ui.input("Access token", password=True).props("outlined autocomplete=off").mark("token")

    def enter() -> None:
        app.storage.user[_KEPT] = _digest((field.value or "").strip())
        if owner_signed_in(owners) is None:
            ui.notify("This token is not known.")
        else:
            ui.navigate.reload()

    field.on("keydown.enter", enter)
    ui.button("Enter", on_click=enter, color=None).classes("primary").mark("enter")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
