"""llama.cpp's own HTTP server with a tiny random model: another's server, and no download."""

from tests.llamacpp.server import LlamaServer, missing_packages

__all__ = ["LlamaServer", "missing_packages"]
