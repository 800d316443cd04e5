"""A server with the OpenAI-style chat interface, asked for the claims of one story."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

from onrecord.errors import OnrecordError

KEY_VARIABLE = "ONRECORD_LLM_KEY"
"""Environment variable that holds the server's key; there is no option for it, so that it stays out of histories."""

_MAX_BYTES = 2_000_000
_TEXT = {"type": ["string", "null"]}
_QUANTITY = {
    "type": ["object", "null"],
    "properties": {"value": {"type": ["number", "null"]}, "vague": _TEXT, "unit": {"type": "string"}},
    "required": ["value", "vague", "unit"],
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "claims": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "kind": {"enum": ["commitment", "demand", "proposal", "forecast", "figure"]},
                    "words": {"type": "string"},
                    "actor": _TEXT,
                    "measure": _TEXT,
                    "quantity": _QUANTITY,
                    "when": _TEXT,
                    "said_by": _TEXT,
                    "negated": {"type": "boolean"},
                },
                "required": ["kind", "words", "actor", "measure", "quantity", "when", "said_by", "negated"],
            },
        }
    },
    "required": ["claims"],
}
_TASK = f"""You read one news story and list its claims: who is bound to, asks for, proposes, expects or reports what,
how much and by when. Copy every word from the story; never translate, round or complete. For each claim give:
kind (commitment, demand, proposal, forecast or figure), words (the whole sentence, copied), actor, measure (what is
promised or measured, without the number), quantity (value as a plain number with scale words applied, or a vague word;
unit: percent, percentage_point, times, an ISO 4217 code, a unit symbol, or count; null without a number), when (the
words of the deadline or period), said_by (who says so, null in the story's own voice), negated.
Answer with one JSON object that keeps this schema, and nothing else:
{json.dumps(SCHEMA)}"""


class ChatError(OnrecordError):
    """The server gave no usable answer; the text says why."""


@dataclass(frozen=True, slots=True)
class ChatServer:
    """Where the model is: base address (`http://127.0.0.1:8080/v1`), its name, key if any, seconds for an answer."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    seconds: float = 120.0

    def ask(self, story_text: str) -> list[Any]:
        """Return the model's list of claims as it gave it, unchecked.

        Raises:
            ChatError: No connection, no answer in time, a refusal, an answer too long or not the JSON asked for.
        """
        body = {
            "model": self.model,
            "temperature": 0,
            "messages": [{"role": "system", "content": _TASK}, {"role": "user", "content": story_text}],
            "response_format": {"type": "json_schema", "json_schema": {"name": "claims", "schema": SCHEMA}},
        }
        try:
            return _claims(_content(self._post(body)))
        except httpx.TimeoutException as error:
            raise ChatError(f"{self.url}: no answer within {self.seconds:g} s") from error
        except httpx.HTTPError as error:
            raise ChatError(f"{self.url}: {error or type(error).__name__}") from error

    def _post(self, body: dict[str, Any]) -> bytes:
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        deadline, received = time.monotonic() + self.seconds, bytearray()
        with (
            httpx.Client(timeout=self.seconds, trust_env=False) as client,
            client.stream("POST", f"{self.url.rstrip('/')}/chat/completions", json=body, headers=headers) as response,
        ):
            if response.status_code != httpx.codes.OK:
                raise ChatError(f"{self.url}: HTTP status {response.status_code}")
            for chunk in response.iter_bytes():
                received += chunk
                if len(received) > _MAX_BYTES:
                    raise ChatError(f"{self.url}: answer over {_MAX_BYTES:,} bytes")
                # httpx limits each read only: a server that drips would never time out
                if time.monotonic() > deadline:
                    raise ChatError(f"{self.url}: no answer within {self.seconds:g} s")
        return bytes(received)


def _content(answer: bytes) -> str:
    try:
        content = json.loads(answer)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError) as error:
        raise ChatError("the answer is not a chat completion") from error
    if not isinstance(content, str):
        raise ChatError("the answer is not a chat completion")
    return content


def _claims(content: str) -> list[Any]:
    """Return the claims of the JSON object in `content`, which models like to wrap in a code fence."""
    start, end = content.find("{"), content.rfind("}")
    try:
        found = json.loads(content[start : end + 1])["claims"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise ChatError("the answer is not the JSON asked for") from error
    if not isinstance(found, list):
        raise ChatError("the answer is not the JSON asked for")
    return found
