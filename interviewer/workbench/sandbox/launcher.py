"""Runs one program inside bubblewrap: `python -I -S launcher.py`, request in, result out.

A process of its own for every run: it sets its limits on itself, which is safe where `preexec_fn` in a
threaded server is not, and whatever goes wrong in it stays in it. One JSON request on standard input,
one JSON result on standard output. Standard library only, and no import of this package, for a quick
start.
"""

import contextlib
import importlib
import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

_GRACE_S = 0.1
_NICENESS = 10


def main() -> int:
    """Reads the request, runs it, prints the result."""
    # Whoever else uses the server comes first.
    os.nice(_NICENESS)
    request = json.loads(sys.stdin.buffer.read())
    folder = Path(request["folder"])
    for name, text in request["files"].items():
        (folder / Path(name).name).write_text(text, encoding="utf-8", errors="replace")
    sys.stdout.write(json.dumps(_run(request, folder)))
    return 0


def _run(request: dict[str, Any], folder: Path) -> dict[str, Any]:
    limits = request["limits"]
    argv = [sys.executable, "-I", "-S", "-B", str(folder / request["main"])]
    fds: tuple[int, ...] = ()
    if request["sandboxed"]:
        fds = (_filter_fd(),)
        argv = [*_bubblewrap(folder, fds[0]), "--", "/py/bin/python3", "-I", "-S", "-B"]
        argv.append(f"/code/{request['main']}")
    _limit(limits)
    began = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 (running it is the point)
        argv,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        cwd=folder,
        pass_fds=fds,
        start_new_session=True,
    )
    for fd in fds:
        os.close(fd)
    try:
        output, status = _read(process, began + limits["wall_s"], limits["output_bytes"])
        code = process.poll()
    finally:
        _end(process)
    if status == "ended":
        status = _how_it_ended(code)
    return {
        "status": status,
        "code": code,
        "output": output.decode("utf-8", "replace"),
        "seconds": round(time.monotonic() - began, 4),
    }


def _filter_fd() -> int:
    # The folder is no package in an isolated process without site.
    sys.path.insert(0, str(Path(__file__).parent))
    filter_fd: int = importlib.import_module("seccomp").filter_fd()
    return filter_fd


def _read(process: "subprocess.Popen[bytes]", until: float, most: int) -> tuple[bytes, str]:
    output = b""
    stream = process.stdout
    assert stream is not None  # noqa: S101
    while True:
        left = until - time.monotonic()
        if left <= 0 or not select.select([stream], [], [], left)[0]:
            return output, "timeout"
        piece = os.read(stream.fileno(), 1 << 16)
        if not piece:
            break
        output += piece
        if len(output) > most:
            return output[:most], "output-limit"
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(max(_GRACE_S, until - time.monotonic()))
        return output, "ended"
    return output, "timeout"


def _how_it_ended(code: int | None) -> str:
    if code == 0:
        return "ok"
    # bubblewrap hands on a signal as 128 + its number.
    if code in (-signal.SIGXCPU, 128 + signal.SIGXCPU, -signal.SIGKILL, 128 + signal.SIGKILL):
        return "cpu-limit"
    return "error"


def _end(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _limit(limits: dict[str, Any]) -> None:
    """Limits this process and so all that it starts; bubblewrap's namespaces do the rest."""
    cpu_s = limits["cpu_s"]
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"],) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["file_bytes"],) * 2)
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _bubblewrap(folder: Path, seccomp_fd: int) -> list[str]:
    """The command line.

    `/proc` is read-only: where bubblewrap is started by root, the uid inside is root's outside, and the
    kernel lets the owner of `/proc/sys` write to it without any capability.
    """
    root = Path(sys.executable).resolve().parent.parent
    argv = [
        "bwrap", "--unshare-all", "--unshare-user", "--disable-userns", "--uid", "65534", "--gid", "65534",
        "--hostname", "sandbox", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv",
        "--seccomp", str(seccomp_fd), "--setenv", "PATH", "/usr/bin",
        "--setenv", "LANG", "C.UTF-8", "--setenv", "PYTHONDONTWRITEBYTECODE", "1",
    ]  # fmt: skip
    for name in ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib"):
        path = Path(name)
        if path.is_symlink():
            argv += ["--symlink", str(path.readlink()), name]
        elif path.is_dir():
            argv += ["--ro-bind", name, name]
    inside = "/tmp"  # noqa: S108 (a file system of the run's own)
    return [
        *argv, "--ro-bind", str(root), "/py", "--proc", "/proc", "--remount-ro", "/proc", "--dev", "/dev", "--size", str(16 << 20),
        "--tmpfs", inside, "--setenv", "HOME", inside, "--ro-bind", str(folder), "/code", "--chdir", inside,
        "--remount-ro", "/",
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
