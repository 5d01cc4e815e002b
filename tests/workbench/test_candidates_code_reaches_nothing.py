"""Attacks on the sandbox, each a program that a candidate could send. Needs bubblewrap."""

import asyncio
import os
import socket
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from interviewer.errors import CodeNotRun
from interviewer.workbench.sandbox.runner import (
    CodeRun,
    Confinement,
    Limits,
    Runner,
    why_no_sandbox,
)

pytestmark = [pytest.mark.slow, pytest.mark.alone, pytest.mark.enable_socket]

SECRET = "the answer key"
QUICK = Limits(wall_s=6, cpu_s=1)


@pytest.fixture
async def runner() -> Runner:
    assert await why_no_sandbox() is None
    return Runner(Confinement.SANDBOX)


@pytest.fixture
def secret_file(tmp_path: Path) -> Path:
    file = tmp_path / "secret.txt"
    file.write_text(SECRET)
    file.chmod(0o644)
    return file


@pytest.fixture
def listener() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.fixture(autouse=True)
async def _nothing_is_left_behind() -> AsyncIterator[None]:
    before = _processes()
    yield
    began = time.monotonic()
    while left := _processes() - before:
        assert time.monotonic() - began < 5, f"processes left behind: {left}"
        await asyncio.sleep(0.05)
    assert _folders() == []


def _folders() -> list[Path]:
    return list(Path(tempfile.gettempdir()).glob("interviewer-run-*"))


def _processes() -> set[str]:
    """Programs of the sandbox that run now."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if b"/code/main.py" in command or b"launcher.py" in command:
            found.add(process.name)
    return found


async def attempt(runner: Runner, code: str, limits: Limits = QUICK) -> CodeRun:
    """Runs an attack that puts together ESCAPED if it comes through; a traceback repeats its source."""
    found = await runner.run({"main.py": f"SCRATCH = '/tmp'\n{code}"}, limits=limits)
    assert "ESCAPED" not in found.output, found
    assert SECRET not in found.output, found
    return found


@pytest.mark.parametrize(
    "code",
    [
        "import socket\nsocket.create_connection(('127.0.0.1', {port}), 2)\nprint('ESC' + 'APED')",
        "import socket\nsocket.create_connection(('8.8.8.8', 53), 2)\nprint('ESC' + 'APED')",
        "import socket\nsocket.socket(socket.AF_UNIX)\nprint('ESC' + 'APED')",
        "import socket\nsocket.socketpair()\nprint('ESC' + 'APED')",
        "import urllib.request as u\nu.urlopen('http://127.0.0.1:{port}', timeout=2)\nprint('ESC' + 'APED')",
        "import ctypes\nl = ctypes.CDLL(None)\nif l.socket(2, 1, 0) >= 0: print('ESC' + 'APED')",
    ],
    ids=["loopback", "outside", "unix", "pair", "http", "ctypes"],
)
async def test_there_is_no_network(runner: Runner, listener: int, code: str) -> None:
    await attempt(runner, code.replace("{port}", str(listener)))


@pytest.mark.parametrize(
    "code",
    [
        "print(open({secret!r}).read())",
        "import os\nprint(os.listdir({folder!r}), 'ESC' + 'APED')",
        "open('/etc/shadow').read(); print('ESC' + 'APED')",
        "open('/etc/passwd').read(); print('ESC' + 'APED')",
        "import os\nprint(os.listdir('/root'), 'ESC' + 'APED')",
        "import os\nprint(os.listdir('/home'), 'ESC' + 'APED')",
        "open('/code/main.py', 'w').write('x'); print('ESC' + 'APED')",
        "open('/usr/lib/owned', 'w').write('x'); print('ESC' + 'APED')",
        "open('/py/owned', 'w').write('x'); print('ESC' + 'APED')",
        "import os\nos.symlink({secret!r}, SCRATCH + '/s')\nprint(open(SCRATCH + '/s').read())",
        "import os\nos.mkdir('/owned'); print('ESC' + 'APED')",
        "open('/dev/sda', 'rb').read(1); print('ESC' + 'APED')",
        "open('/proc/1/root' + {secret!r}).read(); print('ESC' + 'APED')",
        "open('/proc/sys/kernel/core_pattern', 'w').write('core'); print('ESC' + 'APED')",
    ],
)
async def test_the_host_s_files_are_out_of_reach(
    runner: Runner, secret_file: Path, code: str
) -> None:
    code = code.replace("{secret!r}", repr(str(secret_file)))
    await attempt(runner, code.replace("{folder!r}", repr(str(secret_file.parent))))
    assert await asyncio.to_thread(secret_file.read_text) == SECRET


async def test_nothing_but_its_own_scratch_folder_can_be_opened_for_writing(runner: Runner) -> None:
    """Opened only: what this would find on a host must not be written to."""
    code = (
        "import os\n"
        "for folder, _, names in os.walk('/'):\n"
        "    if folder.startswith(('/tmp', '/dev')): continue\n"
        "    for name in names:\n"
        "        real = os.path.realpath(os.path.join(folder, name))\n"
        "        if real == '/dev/null' or '/fd/pipe:' in real: continue\n"
        "        try: os.close(os.open(real, os.O_WRONLY | os.O_NONBLOCK))\n"
        "        except OSError: continue\n"
        "        print('ESC' + 'APED', folder, name)\n"
        "print('looked everywhere')\n"
    )
    found = await attempt(runner, code, Limits(wall_s=60, cpu_s=20))
    assert found.output == "looked everywhere\n", found


async def test_the_environment_is_empty_of_secrets(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    code = (
        "import os, glob\nprint(dict(os.environ))\n"
        "for file in glob.glob('/proc/*/environ'):\n"
        "    try: print(open(file, 'rb').read())\n"
        "    except OSError: pass\n"
    )
    found = await attempt(runner, code)
    assert "OPENAI" not in found.output


async def test_only_its_own_processes_are_seen(runner: Runner) -> None:
    found = await attempt(
        runner, "import os\nprint([p for p in os.listdir('/proc') if p.isdigit()])"
    )
    assert found.status == "ok"
    assert len(found.output.split(",")) <= 3


@pytest.mark.parametrize(
    "code",
    [
        "import os\nwhile True: os.fork()",
        "import os\nos.fork(); print('ESC' + 'APED')",
        "import subprocess\nsubprocess.run(['/bin/sh', '-c', 'true']); print('ESC' + 'APED')",
        "import multiprocessing as m\nm.Process(target=print).start(); print('ESC' + 'APED')",
        "import ctypes\nif ctypes.CDLL(None).fork() >= 0: print('ESC' + 'APED')",
        "import ctypes\nif ctypes.CDLL(None).unshare(0x10000000) == 0: print('ESC' + 'APED')",
        "import ctypes\nif ctypes.CDLL(None).ptrace(0, 0, 0, 0) == 0: print('ESC' + 'APED')",
        "import ctypes\nif ctypes.CDLL(None).syscall(321, 0, 0, 0) >= 0: print('ESC' + 'APED')",
        "import ctypes\nif ctypes.CDLL(None).syscall(425, 8, 0) >= 0: print('ESC' + 'APED')",
        "import ctypes\nif ctypes.CDLL(None).mount(b'none', b'/tmp', b'tmpfs', 0, 0) == 0: print('ESC' + 'APED')",
        "import os\nos.setuid(0); print('ESC' + 'APED')",
        "import os\nos.chroot('/tmp'); print('ESC' + 'APED')",
    ],
)
async def test_no_process_and_no_privilege_can_be_had(runner: Runner, code: str) -> None:
    await attempt(runner, code)


@pytest.mark.parametrize(
    "code",
    [
        "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nprint('went on')",
        "import os, signal\nos.kill(1, signal.SIGKILL)\nprint('went on')",
        "import os, signal\nos.killpg(0, signal.SIGKILL)",
        "import os, signal\nos.kill(-1, signal.SIGKILL)",
    ],
)
async def test_signals_stay_inside(runner: Runner, code: str) -> None:
    await attempt(runner, code)
    assert (await runner.run({"main.py": "print('alive')"})).output == "alive\n"


@pytest.mark.parametrize(
    ("code", "statuses"),
    [
        ("x = bytearray(10**10)", {"error"}),
        ("x = []\nwhile True: x.append(bytearray(20 << 20))", {"error"}),
        ("while True: pass", {"cpu-limit", "timeout"}),
        ("9 ** 9 ** 9", {"cpu-limit", "timeout", "error"}),
        ("import time\ntime.sleep(60)", {"timeout"}),
        ("while True: print('x' * 1000)", {"output-limit"}),
        ("print('x' * 10**7)", {"output-limit"}),
        (
            "import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f()\nf()",
            {"error", "cpu-limit", "timeout"},
        ),
        ("def f(): return f()\nf()", {"error"}),
        ("import re\nre.match('(a+)+$', 'a' * 60 + 'b')", {"cpu-limit", "timeout"}),
        (
            "import threading, time\n"
            "for _ in range(10**4): threading.Thread(target=time.sleep, args=(9,)).start()",
            {"error", "timeout"},
        ),
    ],
)
async def test_what_is_too_much_is_ended(runner: Runner, code: str, statuses: set[str]) -> None:
    found = await attempt(runner, code, Limits(wall_s=3, cpu_s=1))
    assert found.status in statuses, found
    assert len(found.output) <= 64_000


@pytest.mark.parametrize(
    "code",
    [
        "with open(SCRATCH + '/big', 'wb') as f:\n    while True: f.write(b'x' * 10**6)",
        "i = 0\nwhile True:\n    open(f'{SCRATCH}/{i}', 'wb').write(b'x' * 10**6)\n    i += 1",
        "f = []\nwhile True: f.append(open(SCRATCH + '/x', 'w'))",
    ],
)
async def test_the_disk_is_not_filled(runner: Runner, code: str) -> None:
    free = os.statvfs(tempfile.gettempdir()).f_bavail
    found = await attempt(runner, code)
    assert found.status in {"error", "cpu-limit"}
    assert os.statvfs(tempfile.gettempdir()).f_bavail > 0.99 * free


async def test_a_run_that_nobody_waits_for_any_more_is_ended(runner: Runner) -> None:
    running = asyncio.create_task(runner.run({"main.py": "import time\ntime.sleep(30)"}))
    await asyncio.sleep(0.4)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_fifty_runs_at_once_wait_their_turn_and_all_return(runner: Runner) -> None:
    found = await asyncio.gather(*(runner.run({"main.py": f"print({n})"}) for n in range(50)))
    assert [run.output for run in found] == [f"{n}\n" for n in range(50)]


async def test_ordinary_programs_are_not_disturbed(runner: Runner) -> None:
    code = (
        "import asyncio, heapq, json, math, threading, collections, decimal, datetime\n"
        "t = threading.Thread(target=print, args=('thread',)); t.start(); t.join()\n"
        "open(SCRATCH + '/x', 'w').write('kept'); print(open(SCRATCH + '/x').read())\n"
        "import os, sys; sys.path.insert(0, os.path.dirname(__file__))\n"
        "import other; print(other.name)\n"
    )
    code = f"SCRATCH = '/tmp'\n{code}"
    found = await runner.run({"main.py": code, "other.py": "name = 'beside'"})
    assert found.output == "thread\nkept\nbeside\n", found


async def test_text_that_is_no_program_is_an_error_and_nothing_more(runner: Runner) -> None:
    for code in ("def f(:", "\ud800", "\0\1\2", "import nothing_like_this", "é = '\u202e'"):
        found = await runner.run({"main.py": code})
        assert found.status in {"ok", "error"}, found


async def test_a_server_without_a_sandbox_runs_nothing() -> None:
    with pytest.raises(CodeNotRun, match="no sandbox"):
        await Runner(Confinement.OFF).run({"main.py": "print('ESC' + 'APED')"})
