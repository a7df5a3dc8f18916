"""Loads a script and hands it what is posted, in a process of its own, as the real server does."""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

DEFAULT_HOST = "0.0.0.0"


def run() -> None:
    parser = argparse.ArgumentParser()
    for name in ("--entry_script", "--model_dir", "--port"):
        parser.add_argument(name)
    arguments = parser.parse_args()
    print("| a banner", flush=True)
    worker = os.fork()
    if worker:
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]))
    serve(arguments.entry_script, int(arguments.port))


def serve(script: str, port: int) -> None:
    spec = importlib.util.spec_from_file_location("entry", script)
    assert spec and spec.loader
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.init()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer(b"Healthy")

        def do_POST(self) -> None:
            self.answer(str(module.run(self.rfile.read(int(self.headers["Content-Length"])).decode())).encode())

        def answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    ThreadingHTTPServer((DEFAULT_HOST, port), Handler).serve_forever()
