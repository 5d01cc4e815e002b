"""The ONNX graph of all-MiniLM-L6-v2, drawn from its published weights without torch.

Texts stand one behind another in one row of tokens, without padding: a token attends to those of
its own text only. The graph takes `words`, the tokens' rows of `word_vectors`, shape (tokens, 384),
float32; `positions` (within the text) and `owners` (number of the text), shape (tokens,), int64; and
`shares`, shape (texts, tokens), float32: one over the text's length for its own tokens, else 0. It
returns `sentence_embedding`, shape (texts, 384), float32: the mean of the last layer over each text,
L2-normalised, as sentence-transformers does it.

The table of word vectors is half of the weights, and a text needs a few of its rows: it stays on disk.

Source: Wang et al. 2020 (MiniLM); the architecture is BERT (Devlin et al. 2019) with six layers.
"""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

LAYERS = 6
WIDTH = 384
HEADS = 12
HEAD_WIDTH = WIDTH // HEADS
LAYER_NORM_EPSILON = 1e-12
OPSET = 17
WORDS = "words"
PLACES = ("positions", "owners")
SHARES = "shares"
OUTPUT = "sentence_embedding"
_TABLE = "embeddings.word_embeddings.weight"


def build_graph(weights: Path, target: Path) -> None:
    """Writes the graph to `target`, atomically: several processes may build it at once.

    Args:
        weights: `model.safetensors` of all-MiniLM-L6-v2; the caller has checked its hash.
        target: The `.onnx` file to create (about 45 MB; takes about two seconds).
    """
    import onnx

    model = _Drawing(weights).model()
    onnx.checker.check_model(model)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(model.SerializeToString())
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)


def word_vectors(weights: Path) -> NDArray[np.float32]:
    """The table of word vectors, shape (word pieces, 384), mapped from the file and not read.

    Args:
        weights: `model.safetensors`: the length of a JSON header in eight bytes, the header, the tensors.
    """
    with weights.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        found = json.loads(file.read(size))[_TABLE]
    begin, _ = found["data_offsets"]
    table: NDArray[np.float32] = np.memmap(
        weights, np.dtype("<f4"), "r", offset=8 + size + begin, shape=tuple(found["shape"])
    )
    return table


class _Drawing:
    """Collects the nodes and constants of one graph."""

    def __init__(self, weights: Path) -> None:
        from safetensors.numpy import load_file

        self.tensors = {
            name.removeprefix("bert."): tensor
            for name, tensor in load_file(str(weights)).items()
            if tensor.dtype.kind == "f"
        }
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def model(self) -> Any:
        """The finished `onnx.ModelProto`."""
        from onnx import TensorProto, helper

        state = self.embeddings()
        bias = self.bias()
        for layer in range(LAYERS):
            state = self.layer(state, bias, f"encoder.layer.{layer}.")
        self.pool(state)
        inputs = [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["tokens"]) for name in PLACES
        ]
        inputs += [
            helper.make_tensor_value_info(WORDS, TensorProto.FLOAT, ["tokens", WIDTH]),
            helper.make_tensor_value_info(SHARES, TensorProto.FLOAT, ["texts", "tokens"]),
        ]
        output = helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["texts", WIDTH])
        graph = helper.make_graph(
            self.nodes, "minilm", inputs, [output], list(self.constants.values())
        )
        return helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9
        )

    def embeddings(self) -> str:
        """Word, segment and position embeddings, summed and normalised."""
        positions = self.weight("embeddings.position_embeddings.weight")
        # There is only ever one segment: its row is added as a constant.
        segment = self.tensors["embeddings.token_type_embeddings.weight"][0]
        total = self.node("Add", WORDS, self.node("Gather", positions, "positions", axis=0))
        total = self.node("Add", total, self.constant("segment", segment))
        return self.normalised(total, "embeddings.LayerNorm")

    def bias(self) -> str:
        """What is added to attention scores, shape (tokens, tokens): nothing within a text."""
        row = self.node("Unsqueeze", "owners", self.integers("axis0", 0))
        column = self.node("Unsqueeze", "owners", self.integers("axis1", 1))
        own = self.node("Equal", row, column)
        # e^-60 vanishes beside any weight in float32. The usual -1e9 makes softmax count in
        # denormal numbers, ten times slower.
        never = self.scalar("never", -60.0)
        return self.node("Where", own, self.scalar("zero", 0.0), never)

    def layer(self, state: str, bias: str, prefix: str) -> str:
        """One transformer layer: self-attention, then the feed-forward block with exact GELU."""
        query = self.heads(state, prefix + "attention.self.query", [1, 0, 2])
        key = self.heads(state, prefix + "attention.self.key", [1, 2, 0])
        value = self.heads(state, prefix + "attention.self.value", [1, 0, 2])
        scores = self.node("MatMul", query, key)
        scores = self.node("Mul", scores, self.scalar("scale", HEAD_WIDTH**-0.5))
        share = self.node("Softmax", self.node("Add", scores, bias), axis=-1)
        context = self.node("Transpose", self.node("MatMul", share, value), perm=[1, 0, 2])
        context = self.node("Reshape", context, self.integers("joined", 0, WIDTH))
        attended = self.linear(context, prefix + "attention.output.dense")
        attended = self.normalised(
            self.node("Add", attended, state), prefix + "attention.output.LayerNorm"
        )
        inner = self.gelu(self.linear(attended, prefix + "intermediate.dense"))
        outer = self.linear(inner, prefix + "output.dense")
        return self.normalised(self.node("Add", outer, attended), prefix + "output.LayerNorm")

    def pool(self, state: str) -> None:
        """Mean over each text's tokens, then unit length, as the output."""
        mean = self.node("MatMul", SHARES, state)
        length = self.node("ReduceL2", mean, axes=[1], keepdims=1)
        length = self.node("Max", length, self.scalar("tiny_length", 1e-12))
        self.node("Div", mean, length, output=OUTPUT)

    def heads(self, state: str, name: str, order: list[int]) -> str:
        """A linear map of `state`, split into heads and transposed to `order`."""
        split = self.integers("split", 0, HEADS, HEAD_WIDTH)
        return self.node(
            "Transpose", self.node("Reshape", self.linear(state, name), split), perm=order
        )

    def linear(self, state: str, name: str) -> str:
        """`state @ weight.T + bias`."""
        matrix = self.constant(name + ".transposed", self.tensors[name + ".weight"].T)
        return self.node("Add", self.node("MatMul", state, matrix), self.weight(name + ".bias"))

    def normalised(self, state: str, name: str) -> str:
        """Layer normalisation."""
        scale, shift = self.weight(name + ".weight"), self.weight(name + ".bias")
        return self.node(
            "LayerNormalization", state, scale, shift, axis=-1, epsilon=LAYER_NORM_EPSILON
        )

    def gelu(self, state: str) -> str:
        """Exact GELU: x / 2 * (1 + erf(x / sqrt 2)) (Hendrycks and Gimpel 2016)."""
        erf = self.node("Erf", self.node("Div", state, self.scalar("root_two", 2**0.5)))
        half = self.node("Mul", state, self.scalar("half", 0.5))
        return self.node("Mul", half, self.node("Add", erf, self.scalar("one", 1.0)))

    def node(self, kind: str, *inputs: str, output: str | None = None, **attributes: Any) -> str:
        """Adds one node; returns the name of its output."""
        from onnx import helper

        name = output or f"n{len(self.nodes)}_{kind}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=name, **attributes))
        return name

    def weight(self, name: str) -> str:
        """A tensor of the weights file."""
        return self.constant(name, self.tensors[name])

    def scalar(self, name: str, value: float) -> str:
        """A float32 constant."""
        return self.constant(name, np.array(value, np.float32))

    def integers(self, name: str, *values: int) -> str:
        """An int64 vector: axes, bounds or a shape."""
        return self.constant(name, np.array(values, np.int64))

    def constant(self, name: str, value: NDArray[Any]) -> str:
        """Stores a constant once under `name`."""
        from onnx import numpy_helper

        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name
