"""A new version of the directive's file, on a page of its own: uploaded, shown as a difference of obligations, then
confirmed. What was uploaded waits with the drafts of the unit; what is confirmed is what was shown. Only for the unit
that keeps the directive's first register."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from models.changing import CannotChange, Hindrance, NewVersion, Told
from models.saved import SavedDraft
from rules.previewing import Preview
from rules.refusals import WORDS, Refused
from texts.language import gettext as _
from web.banner import Banner, Tone, refused, unreachable
from web.bodies import Body
from web.drafts import Draft
from web.forms.version import FIELDS, FORM, Uploaded, read_version, take_uploads, version_of
from web.ports import Unreachable
from web.register.change_words import PREVIEW
from web.register.desk import Desk, Posted, Visit
from web.register.fault_words import Mistake, mistakes
from web.register.hindered import hindrance_words
from web.register.supervising import note_unsent, page_of_all, turned_away
from web.site import size_words
from web.uploads import ACCEPT

SAVED = "#amend"
"""The name under which an uploaded version waits; no requirement has such a key."""
_COMMAND = "amend"
"""The kind of what is asked for here."""


async def show_amending(desk: Desk, request: Request) -> Response:
    visit = await desk.visit(request)
    if away := await turned_away(desk, visit):
        return away
    told = await _told(desk, visit)
    confirmed = request.query_params.get("v", "")
    banner = _amended(told) if confirmed == str(told.version) and told.version > 1 else None
    saved = await _saved(desk, visit)
    waits = saved is not None and saved.values.get("source") != told.source
    draft = Draft(values=dict(saved.values), kept=saved.kept) if saved and waits else Draft()
    return await _form(desk, visit, told, draft, banner)


async def amend(desk: Desk, request: Request) -> Response:
    visit, body = await desk.posted(request, files=True)
    try:
        if away := await turned_away(desk, visit, _COMMAND):
            return away
        match body.text("go"):
            case "apply":
                return await _apply(desk, visit, body.text("seal"))
            case "complete":
                return await _complete(desk, visit)
            case _:
                return await _look(desk, visit, body)
    finally:
        body.close()


async def _look(desk: Desk, visit: Visit, body: Body) -> Response:
    """Shows what an uploaded version would change, and keeps it until it is confirmed."""
    told = await _told(desk, visit)
    try:
        uploaded, draft = await take_uploads(desk.site.ports.files, body, desk.site.max_upload)
    except Unreachable:
        return await _form(desk, visit, told, Draft(), unreachable(), 503)
    await desk.note_wrong(visit, *body.wrong)
    version = read_version(uploaded, draft)
    if version is None:
        wrong = await desk.mistaken(visit, Posted(FORM, draft, _("Chưa xem trước được")))
        return await _form(desk, visit, told, draft, wrong, 422)
    try:
        preview = await _previewed(desk, visit, version)
    except CannotChange as hindered:
        return await _hindered(desk, visit, told, draft, hindered, uploaded)
    except Refused as refusal:
        await note_unsent(desk, visit, refusal, _COMMAND)
        return await _form(desk, visit, told, draft, refused(_(WORDS[refusal.reason])), 409)
    values = {name: draft.value(name) for name in ("source", "source_name", *FIELDS)}
    saved = SavedDraft(values=values, kept=draft.kept, saved_at=desk.site.now())
    await run_in_threadpool(desk.site.ports.drafts.save, visit.link, SAVED, saved)
    return await _preview(desk, visit, preview, saved)


async def _apply(desk: Desk, visit: Visit, seal: str) -> Response:
    """Where the first register has the version already, this only tells those that do not."""
    saved = await _saved(desk, visit)
    uploaded = version_of(desk.site.ports.files, saved) if saved else None
    if saved is None or uploaded is None:
        return _back(visit)
    try:
        told = await desk.site.ports.changes.amend(visit.link, visit.actor, uploaded, seal)
    except (CannotChange, Refused) as error:
        await note_unsent(desk, visit, error, _COMMAND)
        return await _changed_since(desk, visit, saved, uploaded, error)
    except Unreachable:
        return await _interrupted(desk, visit, saved, uploaded)
    return _back(visit, told)


async def _complete(desk: Desk, visit: Visit) -> Response:
    told = await _told(desk, visit)
    try:
        return _back(visit, await desk.site.ports.changes.complete(visit.link, visit.actor))
    except CannotChange as hindered:
        return await _hindered(desk, visit, told, Draft(), hindered, None)
    except Refused as refusal:
        await note_unsent(desk, visit, refusal, _COMMAND)
        return await _form(desk, visit, told, Draft(), refused(_(WORDS[refusal.reason])), 409)
    except Unreachable:
        return await _form(desk, visit, told, Draft(), _behind(), 503)


async def _changed_since(
    desk: Desk, visit: Visit, saved: SavedDraft, version: NewVersion, error: CannotChange | Refused
) -> Response:
    """What would change is another thing by now than was shown: the page says so and shows it anew."""
    words = hindrance_words(error) if isinstance(error, CannotChange) else _(WORDS[error.reason])
    try:
        preview = await _previewed(desk, visit, version)
    except CannotChange as hindered:
        return await _hindered(desk, visit, await _told(desk, visit), _draft(saved), hindered, None)
    except Refused as refusal:
        now = await desk.again(visit)
        if away := await turned_away(desk, now):
            return away
        told = await _told(desk, visit)
        return await _form(desk, visit, told, _draft(saved), refused(_(WORDS[refusal.reason])), 409)
    return await _preview(desk, visit, preview, saved, refused(words), 409)


async def _interrupted(desk: Desk, visit: Visit, saved: SavedDraft, version: NewVersion) -> Response:
    """The version is stored or not; nothing is lost either way."""
    told = await _told(desk, visit)
    if told.source == saved.values["source"]:
        return await _form(desk, visit, told, Draft(), _behind(), 503)
    return await _preview(desk, visit, await _previewed(desk, visit, version), saved, unreachable(), 503)


async def _hindered(
    desk: Desk, visit: Visit, told: Told, draft: Draft, hindered: CannotChange, uploaded: Uploaded | None
) -> Response:
    own = hindered.why is Hindrance.FILE_FAULTY
    found = mistakes(hindered.faults, uploaded.text if uploaded and own else "")
    banner = Banner(Tone.ERROR, _("Văn bản chưa sửa đổi được"), hindrance_words(hindered))
    return await _form(desk, visit, told, draft, banner, 422 if own else 409, found)


async def _form(
    desk: Desk,
    visit: Visit,
    told: Told,
    draft: Draft,
    banner: Banner | None = None,
    status: int = 200,
    found: tuple[Mistake, ...] = (),
) -> Response:
    shown = {"form": FORM, "told": told, "draft": draft, "mistakes": found}
    taken = {"accept": f".yaml,.yml,{ACCEPT}", "limit_words": size_words(desk.site.max_upload)}
    return await page_of_all(desk, visit, "register_amend.html", banner, status, **shown, **taken)


async def _preview(
    desk: Desk,
    visit: Visit,
    preview: Preview,
    saved: SavedDraft,
    banner: Banner | None = None,
    status: int = 200,
) -> Response:
    shown = {"form": FORM, "preview": preview, "saved": saved, "mistakes": mistakes(preview.warnings, "")}
    return await page_of_all(desk, visit, "register_amend_preview.html", banner, status, **PREVIEW, **shown)


async def _told(desk: Desk, visit: Visit) -> Told:
    return await run_in_threadpool(desk.site.ports.changes.told, visit.link)


async def _saved(desk: Desk, visit: Visit) -> SavedDraft | None:
    return (await run_in_threadpool(desk.site.ports.drafts.load, visit.link)).get(SAVED)


async def _previewed(desk: Desk, visit: Visit, version: NewVersion) -> Preview:
    return await run_in_threadpool(desk.site.ports.changes.amendment, visit.link, visit.actor, version)


def _draft(saved: SavedDraft) -> Draft:
    return Draft(values=dict(saved.values), kept=saved.kept)


def _back(visit: Visit, told: Told | None = None) -> Response:
    """To the page of amendments, which confirms the version that it finds running."""
    return RedirectResponse(f"{visit.home}/amend" + (f"?v={told.version}" if told else ""), 303)


def _amended(told: Told) -> Banner:
    words = _("Văn bản đang được thực hiện theo phiên bản %(version)s.", version=told.version)
    return Banner(Tone.DONE, _("Đã sửa đổi văn bản"), words)


def _behind() -> Banner:
    words = _(
        "Phiên bản mới đã được lưu nhưng chưa báo được đến tất cả các sổ theo dõi; bấm “Báo tiếp cho các sổ còn lại” "
        "để hoàn tất."
    )
    return Banner(Tone.ERROR, _("Việc sửa đổi chưa hoàn tất"), words)
