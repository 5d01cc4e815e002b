"""Bytes as they cross a connection: after compression, frames and headers included."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_PIECE = 65_536


class Wire:
    """What a relay has seen.

    Attributes:
        port: Where a browser connects instead of to the server.
        received: Bytes from the server to all browsers so far.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.received = 0


@contextmanager
def wire_to(port: int) -> Iterator[Wire]:
    """A relay in front of a server of this machine, until the end of the context.

    Args:
        port: The server's, on the loopback interface.
    """
    with socket.create_server(("127.0.0.1", 0)) as door:
        wire = Wire(door.getsockname()[1])
        threading.Thread(target=_serve, args=(door, port, wire), daemon=True).start()
        yield wire


def _serve(door: socket.socket, port: int, wire: Wire) -> None:
    while True:
        try:
            browser, _ = door.accept()
        except OSError:
            return  # the context has ended
        server = socket.create_connection(("127.0.0.1", port))
        for ends in ((browser, server, None), (server, browser, wire)):
            threading.Thread(target=_relay, args=ends, daemon=True).start()


def _relay(source: socket.socket, target: socket.socket, wire: Wire | None) -> None:
    try:
        while piece := source.recv(_PIECE):
            if wire is not None:
                wire.received += len(piece)
            target.sendall(piece)
    except OSError:
        pass  # either end has gone, and so goes the other
    finally:
        for end in (source, target):
            end.close()
