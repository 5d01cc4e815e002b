"""A GGUF file of half a megabyte: llama architecture, two layers, random weights, byte tokens.

It speaks nonsense, so it proves protocol, streaming, grammar and limits, never quality. One constant
feature of the embedding gives the output layer a bias: the nonsense is printable and its JSON texts
end soon.
"""

from pathlib import Path
from typing import Any

import gguf
import numpy as np
from numpy.typing import NDArray

WIDTH, LAYERS, HEADS, FEED_FORWARD, CONTEXT = 64, 2, 4, 128, 8192
_WORDS = (" the", " a", " to", " and", " risk", " model", " because", " control")
_SPECIAL = ("<|bos|>", "<|end|>", "<|system|>", "<|user|>", "<|assistant|>")
_TEMPLATE = (
    "{% for m in messages %}<|{{ m['role'] }}|>\n{{ m['content'] }}<|end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>\n{% endif %}"
)


def write_model(path: Path, seed: int = 0) -> Path:
    """Write the model; the same seed gives the same weights."""
    tokens, kinds, merges = _vocabulary()
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("tiny-random")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(len(tokens))
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges(merges)
    writer.add_bos_token_id(tokens.index("<|bos|>"))
    writer.add_eos_token_id(tokens.index("<|end|>"))
    writer.add_add_bos_token(value=True)
    writer.add_chat_template(_TEMPLATE)
    for name, tensor in _tensors(tokens, seed).items():
        writer.add_tensor(name, tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _printable_bytes() -> dict[int, str]:
    """GPT-2's table from a byte to the character that stands for it."""
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    moved = [byte for byte in range(256) if byte not in kept]
    return {byte: chr(byte) for byte in kept} | {
        byte: chr(256 + number) for number, byte in enumerate(moved)
    }


def _vocabulary() -> tuple[list[str], list[int], list[str]]:
    table = _printable_bytes()
    tokens = [table[byte] for byte in range(256)]
    merges: list[str] = []
    for word in _WORDS:
        joined, *rest = (table[byte] for byte in word.encode())
        for letter in rest:
            if joined + letter not in tokens:
                tokens.append(joined + letter)
                merges.append(f"{joined} {letter}")
            joined += letter
    kinds = [int(gguf.TokenType.NORMAL)] * len(tokens) + [int(gguf.TokenType.CONTROL)] * len(
        _SPECIAL
    )
    return [*tokens, *_SPECIAL], kinds, merges


def _tensors(tokens: list[str], seed: int) -> dict[str, NDArray[np.float32]]:
    random = np.random.default_rng(seed)

    def noise(*shape: int, scale: float = 0.05) -> NDArray[np.float32]:
        return (random.normal(size=shape) * scale).astype(np.float32)

    embedding, output = noise(len(tokens), WIDTH, scale=0.3), noise(len(tokens), WIDTH, scale=0.15)
    embedding[:, 0] = 3.0
    output[:, 0] = _bias(tokens) / 4.0
    tensors: dict[str, Any] = {
        "token_embd.weight": embedding,
        "output.weight": output,
        "output_norm.weight": np.ones(WIDTH, np.float32),
    }
    for layer in range(LAYERS):
        block = f"blk.{layer}."
        for norm in ("attn_norm", "ffn_norm"):
            tensors[f"{block}{norm}.weight"] = np.ones(WIDTH, np.float32)
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            tensors[f"{block}{part}.weight"] = noise(WIDTH, WIDTH)
        for part in ("ffn_gate", "ffn_up"):
            tensors[f"{block}{part}.weight"] = noise(FEED_FORWARD, WIDTH)
        tensors[f"{block}ffn_down.weight"] = noise(WIDTH, FEED_FORWARD)
    return tensors


def _bias(tokens: list[str]) -> NDArray[np.float32]:
    bias = np.full(len(tokens), -9.0, np.float32)
    bias[32:127] = -2.0
    bias[list(b"etaoinshrdlu ")] = 1.0
    bias[list(b'"},')] = 1.2
    end = tokens.index("<|end|>")
    bias[256:end] = 0.8
    bias[end] = 0.6
    bias[tokens.index("<|bos|>")] = -20.0
    return bias
