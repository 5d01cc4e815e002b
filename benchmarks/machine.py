"""What the figures were seen on, without naming the machine; and what a process holds in memory."""

import contextlib
import importlib.metadata
import os
import platform
from collections.abc import Iterable
from pathlib import Path

_LIBRARIES = ("chromadb", "onnxruntime", "nicegui")


def facts() -> str:
    """Cores, memory, Python and the libraries that weigh most, in one line."""
    cores = len(os.sched_getaffinity(0))
    total = _kilobytes(Path("/proc/meminfo"), "MemTotal") / 2**20
    libraries = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in _LIBRARIES)
    return (
        f"{cores} cores, {total:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, {libraries}"
    )


def load() -> str:
    """How busy the machine is: processes that wanted a core over the last minute, on average."""
    return f"load {os.getloadavg()[0]:.1f}"


def resident_mb(pid: int | str = "self") -> float:
    """Resident memory of a process in MB (2**20 bytes), pages shared with others included."""
    return _kilobytes(Path(f"/proc/{pid}/status"), "VmRSS") / 1024


def together_mb(pids: Iterable[int]) -> float:
    """Resident memory of processes in MB (2**20 bytes); those that have ended count nothing."""
    held = 0.0
    for pid in pids:
        with contextlib.suppress(OSError, LookupError):
            held += resident_mb(pid)
    return held


def peak_mb(pid: int | str = "self") -> float:
    """The most resident memory that a process ever held, in MB (2**20 bytes)."""
    return _kilobytes(Path(f"/proc/{pid}/status"), "VmHWM") / 1024


def processor_s(pid: int) -> float:
    """Processor time that a process has used so far, in seconds."""
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    # The name, in parentheses, may hold spaces; user and system time are fields 14 and 15.
    after_name = stat.rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def _kilobytes(file: Path, field: str) -> int:
    for line in file.read_text(encoding="ascii").splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1])
    raise LookupError(f"{file} has no {field}")
