"""The page's server: what it shows, what it is sent, and who may ask it. It listens on this machine alone."""

from __future__ import annotations

import contextlib
import io
import mimetypes
import secrets
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from generator.config.schema import CONFIG_FILE, DEFAULT_OUTPUT
from generator.facts.modules import tables_by_key
from generator.files.folder import folder_in, temporary_folder
from generator.findings import ScoregenError
from generator.translations.language import ENGLISH, LANGUAGES, speaking
from generator.ui.answer import answer
from generator.ui.form import config_of
from generator.ui.guard import Guard
from generator.ui.saving import bundle_of, save
from generator.ui.views import Views, word
from generator.ui.work import (
    LARGEST_UPLOAD,
    Given,
    Work,
    given_by,
    open_files,
    open_module,
    open_path,
)

_MOST_WORKS = 20
_HERE = Path(__file__).parent
_TYPES = {".css": "text/css", ".js": "text/javascript"}
"""What browsers are told of the page's own files: the registry of Windows may hold otherwise, and they run no text."""


class _Sent(NamedTuple):
    """A form that was sent: what it is of, what that is now, what it gives, and all that the form held."""

    key: str
    work: Work
    given: Given
    fields: dict[str, str]


class Page:
    """The page of one server: ``folder`` is the user's, if one was named, and the only one that is written to."""

    def __init__(self, folder: Path | None) -> None:
        """Begin with the folder, if there is one that can be begun with."""
        self.token = secrets.token_urlsafe(16)
        self._views = Views(f"/{self.token}")
        self._folder = folder
        self._works: dict[str, Work] = {}
        self._open_things = contextlib.ExitStack()
        self._sent = self._open_things.enter_context(temporary_folder())

    def app(self, port: int) -> Starlette:
        """Return the server's application."""
        for ending, kind in _TYPES.items():
            mimetypes.add_type(kind, ending)
        routes = [
            Route("/", self._start),
            Route("/open", self._open, methods=["POST"]),
            Route("/work/{key}", self._show),
            Route("/work/{key}", self._change, methods=["POST"]),
            Route("/work/{key}/try", self._try, methods=["POST"]),
            Route("/work/{key}/save", self._save, methods=["POST"]),
            Route("/work/{key}/{file}", self._download, methods=["POST"]),
            Mount("/static", StaticFiles(directory=_HERE / "static")),
        ]
        app = Starlette(routes=[Mount(f"/{self.token}", routes=routes)])
        app.add_middleware(Guard, port=port, most=LARGEST_UPLOAD)
        app.add_middleware(_Spoken)
        return app

    def close(self) -> None:
        """Remove the files that were sent."""
        self._open_things.close()

    async def _start(self, request: Request) -> Response:
        problem = ""
        if self._folder is not None and not request.query_params.get("new"):
            try:
                return self._to(request, self._keep(open_path(self._folder)))
            except ScoregenError as error:
                problem = _lines(error, DEFAULT_OUTPUT)
        return HTMLResponse(self._views.start(_language(request), problem))

    async def _open(self, request: Request) -> Response:
        """Begin with the files of a form, or with the module that it names."""
        folder = folder_in(self._sent)
        async with request.form(max_files=50, max_part_size=LARGEST_UPLOAD) as form:
            sent = [item for item in form.getlist("files") if isinstance(item, UploadFile) and item.filename]
            files = {Path(item.filename or "").name: await item.read() for item in sent}
            table = tables_by_key().get(str(form.get("module", "")))
        try:
            work = open_module(table, folder) if table and not files else open_files(files, folder)
        except ScoregenError as error:
            return HTMLResponse(self._views.start(_language(request), _lines(error, DEFAULT_OUTPUT)), status_code=422)
        return self._to(request, self._keep(work))

    def _gone(self, request: Request) -> Response:
        return HTMLResponse(self._views.gone(_language(request)), status_code=404)

    def _to(self, request: Request, key: str) -> Response:
        """Redirect the browser to the page of what is worked on."""
        return RedirectResponse(f"/{self.token}/work/{key}?lang={_language(request)}", status_code=303)

    def _keep(self, work: Work) -> str:
        """Remember what is worked on, by a key."""
        while len(self._works) >= _MOST_WORKS:
            del self._works[next(iter(self._works))]
        key = secrets.token_urlsafe(8)
        self._works[key] = work
        return key

    def _whole(self, request: Request, key: str, work: Work, given: Given, said: str = "") -> Response:
        page = self._views.work(_language(request), key, work, given, self._is_users(work), said)
        return HTMLResponse(page, status_code=422 if said else 200)

    def _is_users(self, work: Work) -> bool:
        """Say whether what is worked on is in the user's own folder, which alone is written to."""
        return not work.folder.resolve().is_relative_to(self._sent.resolve())

    async def _show(self, request: Request) -> Response:
        key = request.path_params["key"]
        if key not in self._works:
            return self._gone(request)
        work = self._works[key]
        return self._whole(request, key, work, given_by(work, work.config))

    async def _change(self, request: Request) -> Response:
        """Show what a form gives: the part of the page that changes, or all of it to a browser without scripts."""
        sent = await self._sent_form(request)
        if sent is None:
            return self._gone(request)
        show = self._part if request.headers.get("hx-request") else self._whole
        return show(request, sent.key, sent.work, sent.given)

    def _part(self, request: Request, key: str, work: Work, given: Given, said: str = "") -> Response:
        return HTMLResponse(self._views.part(_language(request), key, work, given, self._is_users(work), said))

    async def _sent_form(self, request: Request) -> _Sent | None:
        """Take over what a form holds, and return what it gives; None where what it is of is no longer there."""
        key = request.path_params["key"]
        if key not in self._works:
            return None
        async with request.form(max_files=0) as form:
            fields = {name: value for name, value in form.items() if isinstance(value, str)}
        before = self._works[key]
        work = before._replace(config=config_of(fields, before.config, before.table))
        self._works[key] = work
        return _Sent(key, work, given_by(work, work.config), fields)

    async def _try(self, request: Request) -> Response:
        sent = await self._sent_form(request)
        if sent is None:
            return self._gone(request)
        found = await run_in_threadpool(answer, sent.work, sent.given, sent.fields.get("body", ""))
        return HTMLResponse(self._views.answer(_language(request), found))

    async def _save(self, request: Request) -> Response:
        sent = await self._sent_form(request)
        if sent is None or not self._is_users(sent.work):
            return self._gone(request)
        try:
            said = "\n".join(save(sent.work, sent.given, force="force" in sent.fields))
        except ScoregenError as error:
            said = _lines(error, CONFIG_FILE)
        return self._part(request, sent.key, sent.work, sent.given, said)

    async def _download(self, request: Request) -> Response:
        sent = await self._sent_form(request)
        name = request.path_params["file"]
        if sent is None or name not in _DOWNLOADS:
            return self._gone(request)
        if not sent.given.source and name != CONFIG_FILE:
            return self._whole(request, sent.key, sent.work, sent.given)
        try:
            content = _DOWNLOADS[name](sent.work, sent.given)
        except ScoregenError as error:
            said = _lines(error, CONFIG_FILE)
            if not self._is_users(sent.work):
                said += "\n" + word("no_folder")
            return self._whole(request, sent.key, sent.work, sent.given, said)
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(content, media_type="application/octet-stream", headers=headers)


_DOWNLOADS: dict[str, Callable[[Work, Given], bytes]] = {
    DEFAULT_OUTPUT: lambda _, given: given.source.encode(),
    CONFIG_FILE: lambda _, given: given.text.encode(),
    "bundle.zip": lambda work, given: _zipped(bundle_of(work, given)),
}


def _lines(error: ScoregenError, name: str) -> str:
    """Return what to say of a file by that name."""
    return "\n".join(error.lines(name))


def _zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


class _Spoken:
    """Answers each request in the language of its page."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have the application answer."""
        with speaking(_language(Request(scope)) if scope["type"] == "http" else ENGLISH):
            await self._app(scope, receive, send)


def _language(request: Request) -> str:
    """Return the language of the page: the one that was chosen, or the first of the browser's that there is."""
    wanted = [request.query_params.get("lang", "")]
    wanted += [item.partition(";")[0].strip()[:2] for item in request.headers.get("accept-language", "").split(",")]
    return next((language for language in wanted if language in LANGUAGES), ENGLISH)
