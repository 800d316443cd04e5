"""One file a page: its handlers, collected in `ROUTES`.

A handler is a plain function that takes what it needs and returns `page(request, "record.html", ...)`:

    @get("/record", include_in_schema=False, sync_to_thread=True)
    def show(
        request: Request[Any, Any, Any], record: NamedDependency[Record], words: FromQuery[str] = ""
    ) -> Response[str]:
        return page(request, "record.html", found=find(record, Query(words=words)), words=words)

`sync_to_thread=True` keeps the database and the template off the event loop. A parameter that does not fit is answered
with a page that says which; so is any error of `onrecord.errors`, and `gate.Refusal(status, why, next_step)`. Types are
imported where the handler can see them, not under TYPE_CHECKING. A handler that writes is a `@post` with
`data: URLEncodedBody[AStruct]`; its form holds `{{ parts.token(form_token) }}`, and it answers with
`Redirect(address, status_code=303)`. A script sends the same token as `X-CSRFToken`.

Templates extend `base.html` (blocks title, head, width, main) and share `parts.html`. Text of captures is put out by
`parts.name` or `| seen`, its addresses by `parts.link`: no script, no style attribute and no event handler in HTML, for
the policy of `gate` forbids them. Files in `static` are addressed by `asset("name.js")`, scripts with `type="module"`.
"""
