"""`serve` and `doctor`: the page with its API, and the state of the installation."""

import os
from typing import Annotated

import typer

from interviewer.cli.printing import note, print_json

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command()(serve)
    app.command()(doctor)


def serve(
    host: Annotated[
        str, typer.Option(help="Address; beyond loopback needs access tokens.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port.")] = 8000,
) -> None:
    """Serve the page and the API."""
    from interviewer.bootstrap import settings
    from interviewer.errors import SettingError

    chosen = settings()
    if host not in LOOPBACK and chosen.tokens is None:
        raise SettingError(
            f"--host {host!r} would let others in: set INTERVIEWER_TOKENS (name:token,...) first, "
            "or stay on 127.0.0.1"
        )
    _require_free(host, port)
    from interviewer.web.server import run

    address = f"[{host}]" if ":" in host else host
    run(chosen, host, port, lambda: note(f"Serving on http://{address}:{port} (Ctrl+C stops)"))


def _require_free(host: str, port: int) -> None:
    """Refuses a taken port before anything slow starts."""
    import socket

    from interviewer.errors import InputError

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else str(error)
            raise InputError(
                f"cannot listen on {host}:{port}: {reason}; choose another with --port"
            ) from None


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Show settings, what works, and what to do about what does not."""
    from interviewer.bootstrap import settings
    from interviewer.doctor import examine

    found = examine(settings())
    if as_json:
        print_json(found)
    else:
        print(f"interviewer {found['version']}, Python {found['python']}, engine {found['engine']}")
        for check in found["checks"]:
            print(f"  {check['state']:<5} {check['name']}: {check['message']}")
        for name, setting in found["settings"].items():
            print(f"  {name} = {setting['value']}  ({setting['source']})")
    if not found["ok"]:
        raise typer.Exit(1)
