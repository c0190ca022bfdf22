"""What an officer sent while not even his link could be looked up: handed back to him in a page, to be sent again."""

from starlette.requests import Request
from starlette.responses import Response

from web.bodies import Body, read_body
from web.officer.visit import Handler
from web.ports import Unreachable
from web.site import Site
from web.uploads import ACCEPT


def keeping(site: Site, handler: Handler) -> Handler:
    """The handler of a post; where the database is away, nothing that was typed is lost with it.

    The page only gives back what the same request brought, so it needs no link. Files cannot be given back: they are to
    be chosen again, unless the browser itself repeats the request.
    """

    async def kept(request: Request) -> Response:
        try:
            return await handler(request)
        except Unreachable:
            body: Body = getattr(request.state, "body", None) or await read_body(request, site.max_upload)
            body.close()
            files = [upload.filename for upload in body.files if upload.filename]
            return await site.respond(
                "officer_resend.html", 503, action=request.url.path, fields=body.fields, files=files, accept=ACCEPT
            )

    return kept
