"""Run the scripted server for benchmarks: `python -m tests.scripted_server --port 9100`."""

import argparse
import threading

from tests.scripted_server.server import ScriptedServer


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 picks a free one")
    parser.add_argument("--latency-s", type=float, default=0.0, help="before the first token")
    parser.add_argument("--tokens-per-s", type=float, default=None)
    options = parser.parse_args()
    with ScriptedServer(options.port) as server:
        server.latency_s, server.tokens_per_s = options.latency_s, options.tokens_per_s
        print(server.base_url, flush=True)  # noqa: T201
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
