"""The child process: llama.cpp's server on a port, until it is killed."""

import sys
import threading

import xllamacpp


def main(model: str, port: int) -> None:
    """Serve a model file; prints a line when it listens."""
    params = xllamacpp.CommonParams()
    params.model.path = model
    params.model_alias = ["tiny"] if isinstance(params.model_alias, list | set) else "tiny"
    local = "127.0.0.1"
    params.hostnames = local if isinstance(params.hostnames, str) else [local]
    params.port = port
    params.n_ctx, params.n_parallel, params.n_gpu_layers = 8192, 2, 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.warmup, params.use_jinja, params.offline = False, True, True
    server = xllamacpp.Server(params)
    print("LISTENING", server.listening_address, flush=True)  # noqa: T201
    threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
