"""What a round costs: every prompt token of twelve answers and their grading."""

from benchmarks.answers import Answers
from benchmarks.candidate import Candidate
from benchmarks.figures import Figure, exactly, total_of
from benchmarks.homes import warm_home
from benchmarks.scripted import Request, Scripted
from benchmarks.tokens import counter, prompt_tokens, quarter_of_characters, schema_tokens
from interviewer.knowledge.minilm import MiniLM

ANSWERS = 12
MOST_TOKENS, AIM_TOKENS = 20_000.0, 15_000.0
_WORDS = 150
_CACHED_FROM = 1_024


def round_tokens(
    model: Scripted, candidate: Candidate, answers: Answers
) -> tuple[list[Figure], tuple[str, ...]]:
    """Sits a round of twelve answers, has it graded, and counts what the model was sent."""
    model.begin(0.0, None)
    question: str | None = candidate.start(seed=0)
    opened = {question}
    for _ in range(ANSWERS):
        if question is None:
            raise RuntimeError("the round ended before its twelfth answer")
        question = candidate.answer(answers.new(question, _WORDS, numbered=False)).question
        opened.add(question)
        model.idle()  # a candidate thinks longer than a grading takes
    candidate.finish()
    sent = model.idle()
    turns = [request for request in sent if request["stream"]]
    gradings = [request for request in sent if not request["stream"]]
    name, count = counter(MiniLM(warm_home() / "models"))
    spoken = sum(prompt_tokens(request, count) for request in turns)
    graded = sum(prompt_tokens(request, count) for request in gradings)
    schemas = sum(schema_tokens(request, count) for request in gradings)
    rough = sum(prompt_tokens(request, quarter_of_characters) for request in sent)
    total = spoken + graded
    parts = f"{len(turns)} turns {spoken:,}; {len(gradings)} gradings {graded:,}"
    whole = f"{len(sent)} requests"
    figures = [
        total_of("prompt tokens of 12 answers and grading", total, "tokens", parts, MOST_TOKENS),
        total_of("the same, against the aim", total, "tokens", parts, AIM_TOKENS),
        total_of("the same at four characters a token", rough, "tokens", whole),
        exactly("turns with another system message than the first", _differing(turns), 0),
        exactly("gradings with another system message than the first", _differing(gradings), 0),
    ]
    stable = [count(group[0]["messages"][0]["content"]) for group in (turns, gradings)]
    return figures, (
        f"Counted with {name}: the messages, {schemas:,} tokens of schemas for structured replies, "
        f"and the marks around messages. {len(opened - {None})} questions were opened. The part "
        f"that never changes stands first: {stable[0]:,} tokens of a turn, {stable[1]:,} of a "
        f"grading; OpenAI's cache begins at {_CACHED_FROM:,}.",
    )


def _differing(requests: list[Request]) -> list[int]:
    """For each request, 1 if its system message is not the first one's, byte for byte."""
    first = [request["messages"][0] for request in requests]
    if any(message["role"] != "system" for message in first):
        raise RuntimeError("a request does not begin with its system message")
    return [int(m["content"].encode() != first[0]["content"].encode()) for m in first]
