"""Starts and stops the child process."""

import importlib.util
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.error import URLError

_RUN = Path(__file__).with_name("run.py")
_START_S = 20.0


def missing_packages() -> tuple[str, ...]:
    """What is not installed of what the server needs."""
    return tuple(name for name in ("xllamacpp", "gguf") if importlib.util.find_spec(name) is None)


class LlamaServer:
    """A context manager around llama.cpp's server.

    Args:
        folder: Where the model file and the server's log are written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.base_url = ""

    def __enter__(self) -> Self:
        from tests.llamacpp.model_file import write_model

        model = write_model(self._folder / "tiny.gguf")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.base_url = f"http://127.0.0.1:{port}/v1"
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
        with (self._folder / "server.log").open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, str(_RUN), str(model), str(port)],
                stdout=log,
                stderr=log,
                env=environment,
            )
        try:
            self._wait(f"http://127.0.0.1:{port}/health")
        except RuntimeError:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(timeout=10)

    def _wait(self, health: str) -> None:
        end = time.monotonic() + _START_S
        while time.monotonic() < end:
            if self._process is None or self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(health, timeout=1) as reply:
                    if reply.status == 200:
                        return
            except (URLError, OSError):
                time.sleep(0.05)
        log = (self._folder / "server.log").read_text(errors="replace")
        raise RuntimeError(f"llama.cpp's server did not start: {log[-2000:]}")
