"""The offline engine: lexical evidence, sentence embeddings, authored probes; no model."""
