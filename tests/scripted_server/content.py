"""What the server says when nobody told it what to say.

A request to grade is answered as a model would: the rubric's own points, quotes from the answer.
"""

import json
import re
from itertools import cycle

from tests.scripted_server.faults import Fault
from tests.scripted_server.instance import (
    INVENTED,
    answers_in,
    evidence_in,
    instance_of,
    schema_in,
)
from tests.scripted_server.script import RecordedRequest, Script
from tests.scripted_server.wire import Json

LINES = (
    "Thank you. Which number told you that it worked, and who saw it?",
    "Stay with that for a moment: what would have made you stop the launch?",
    "And what did the second line say when you showed them the validation?",
    "Walk me through the trade-off you made there, and what it cost.",
)


def reply_text(record: RecordedRequest, script: Script, fault: Fault | None) -> str:
    """The text of the next reply: scripted, from the test's responder, or made up."""
    if fault is not None and fault.text is not None:
        return fault.text
    name = fault.name if fault else ""
    if name == "empty":
        return ""
    if name == "refusal":
        return "I cannot help with that."
    text = _told(record.body, script) or _made_up(record, invent_quotes=name == "invented_quote")
    match name:
        case "truncated_json" | "length":
            return text[: max(1, len(text) * 2 // 3)]
        case "off_schema":
            return json.dumps({"verdict_of_another_kind": [1, "two", None]})
        case "fenced_json":
            return f"```json\n{text}\n```"
        case "prose_json":
            return f"Sure, here is what you asked for {{as JSON}}:\n{text}\nTell me if I can help."
        case _:
            return text


def _told(body: Json, script: Script) -> str | None:
    if script.texts:
        return script.texts.popleft()
    return script.responder(body) if script.responder else None


def _made_up(record: RecordedRequest, *, invent_quotes: bool) -> str:
    schema = (record.response_format or {}).get("json_schema", {}).get("schema")
    schema = schema or schema_in(record.messages)
    if schema is None:
        return LINES[len(record.messages) % len(LINES)]
    if (points := _points_in(record.messages)) and "points" in schema.get("properties", {}):
        return json.dumps(_grading(points, record.messages, invent_quotes=invent_quotes))
    evidence = evidence_in(record.messages)
    return json.dumps(instance_of(schema, evidence, invent_quotes=invent_quotes))


_POINTS = re.compile(r"^Points:\n(.*?)^Red flags:$", re.DOTALL | re.MULTILINE)
_POINT_ID = re.compile(r"^([a-z0-9-]+): ", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+|\(left out\)")
_QUOTED_WORDS = 12


def _points_in(messages: list[Json]) -> list[str]:
    """Ids of the points in a prompt to grade, as they are listed; empty in any other prompt."""
    texts = (str(message.get("content") or "") for message in messages)
    listed = next((match[1] for text in texts if (match := _POINTS.search(text))), "")
    return _POINT_ID.findall(listed)


def _grading(points: list[str], messages: list[Json], *, invent_quotes: bool) -> Json:
    """A verdict on every point: yes, partly and no in turn, whatever order the points stand in."""
    said = " ".join(answers_in(messages))
    sentences = [s.split()[:_QUOTED_WORDS] for s in _SENTENCE_END.split(said) if len(s.split()) > 1]
    mets = dict(
        zip(sorted(points), cycle(("yes", "partly", "no") if sentences else ("no",)), strict=False)
    )
    quotes = dict(zip(sorted(points), cycle(" ".join(s) for s in sentences or [[]]), strict=False))
    return {
        "points": [
            {
                "point": point,
                "reason": f"The words quoted speak to {point}.",
                "quote": INVENTED
                if invent_quotes
                else ""
                if mets[point] == "no"
                else quotes[point],
                "met": "yes" if invent_quotes else mets[point],
            }
            for point in points
        ],
        "red_flags": [],
    }
