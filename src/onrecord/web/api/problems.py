"""How a call that cannot be answered is told, and how that stands in the description of the interface."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Schema
from litestar.plugins import OpenAPISchemaPlugin
from litestar.typing import FieldDefinition
from msgspec import Struct

from onrecord.errors import UsageError
from onrecord.web.failures import Problem
from onrecord.web.gate import Refusal

_WHY = {
    400: "A parameter or the body does not fit.",
    401: "A token is needed.",
    403: "A page from elsewhere sent this.",
    404: "There is none.",
    409: "It is no longer as it was seen.",
    413: "Larger than 10 MB.",
    415: "A form was sent.",
    421: "The server does not go by this name.",
    422: "It fits, but cannot be meant or read; the reason is given.",
    503: "Too much waits already, or the record is locked.",
}
_ALWAYS = (400, 401, 404, 421, 503)
_WRITES = (403, 413, 415)


def problems(*statuses: int, body: bool = False) -> dict[int, ResponseSpec]:
    """Return the answers of an operation that are none: those of all, of operations with a body, and these."""
    known = sorted({*_ALWAYS, *(_WRITES if body else ()), *statuses})
    return {
        status: ResponseSpec(
            Problem, description=_WHY[status], media_type="application/problem+json", generate_examples=False
        )
        for status in known
    }


@contextmanager
def refused(status: HTTPStatus) -> Iterator[None]:
    """Answer with `status` where the call itself is wrong."""
    try:
        yield
    except UsageError as error:
        raise Refusal(status, str(error)) from error


class StrictBodies(OpenAPISchemaPlugin):
    """Says of a body that takes no other fields than its own that it does so."""

    def is_plugin_supported_field(self, field_definition: FieldDefinition) -> bool:
        """Return whether a field is such a body."""
        body = field_definition.annotation
        return isinstance(body, type) and issubclass(body, Struct) and body.__struct_config__.forbid_unknown_fields

    def to_openapi_schema(self, field_definition: FieldDefinition, schema_creator: Any) -> Schema:
        """Return its description as Litestar makes it, and closed."""
        others = (one for one in schema_creator.plugins if one is not self)
        own = next(one for one in others if schema_creator.plugin_supports_field(one, field_definition))
        schema: Schema = own.to_openapi_schema(field_definition, schema_creator)
        schema.additional_properties = False
        return schema
