"""What the server says when nobody told it what to say."""

import json

from tests.scripted_server.faults import Fault
from tests.scripted_server.instance import evidence_in, instance_of, schema_in
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
    evidence = evidence_in(record.messages)
    return json.dumps(instance_of(schema, evidence, invent_quotes=invent_quotes))
