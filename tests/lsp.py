# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What an editor says to a language server, and what it is told.

    with lsp.Server(["pool-clangd"], directory) as server:
        server.open("a.cpp")
        for d in server.diagnostics("a.cpp"): ...

Columns are counted in bytes, from 0, as lines are."""

import json
import os
import queue
import subprocess
import tempfile
import threading
import urllib.parse

PATIENCE = 600  # seconds; a busy machine is no failure

# In clangd's user configuration: no index, which takes most of the time.
NO_INDEX = "Index: {StandardLibrary: No, Background: Skip}\n"

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-8"]},
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True,
                               "codeDescriptionSupport": True},
        "codeAction": {"codeActionLiteralSupport": {
            "codeActionKind": {"valueSet": ["quickfix"]}}},
    },
}


class Gone(Exception):
    """The server ended, or says nothing more; holds what it logged."""


def to_uri(path):
    return "file://" + urllib.parse.quote(os.path.abspath(path))


def to_path(uri):
    assert uri.startswith("file://"), uri
    return urllib.parse.unquote(uri[len("file://"):])


def apply(text, edits):
    """`text` after a list of LSP text edits."""
    lines = text.encode().splitlines(keepends=True) or [b""]
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    data = b"".join(lines)

    def offset(place):
        return min(starts[min(place["line"], len(lines))] + place["character"],
                   len(data))

    for e in sorted(edits, key=lambda e: offset(e["range"]["start"]), reverse=True):
        data = (data[:offset(e["range"]["start"])] + e["newText"].encode()
                + data[offset(e["range"]["end"]):])
    return data.decode()


class Server:
    """A running server, and the documents that the editor has open in it."""

    def __init__(self, command, directory, environment=None, options=None):
        self.directory = os.path.realpath(directory)
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self.log, cwd=self.directory,
            env=dict(os.environ, **(environment or {})))
        self.incoming = queue.Queue()
        self.texts, self.versions, self.published = {}, {}, {}
        self.sent = 0
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()
        self.request("initialize", {
            "processId": os.getpid(), "rootUri": to_uri(self.directory),
            "capabilities": CAPABILITIES, "initializationOptions": options or {}})
        self.notify("initialized", {})

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        try:
            if kind is None:
                self.request("shutdown", None)
                self.notify("exit", None)
                self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.process.wait()
            self.listener.join()
            for stream in (self.process.stdin, self.process.stdout, self.log):
                stream.close()

    # ---- documents: `name` is relative to the directory, or absolute

    def path(self, name):
        return os.path.realpath(os.path.join(self.directory, name))

    def text(self, name):
        return self.texts[self.path(name)]

    def open(self, name, text=None):
        path = self.path(name)
        if text is None:
            with open(path, encoding="utf-8") as file:
                text = file.read()
        self.texts[path], self.versions[path] = text, 1
        language = "c" if path.endswith(".c") else "cpp"
        self.notify("textDocument/didOpen", {"textDocument": {
            "uri": to_uri(path), "languageId": language, "version": 1,
            "text": text}})

    def change(self, name, text):
        path = self.path(name)
        self.texts[path] = text
        self.versions[path] += 1
        self.notify("textDocument/didChange", {
            "textDocument": {"uri": to_uri(path), "version": self.versions[path]},
            "contentChanges": [{"text": text}],
            # clangd waits for more changes else.
            "wantDiagnostics": True})

    def save(self, name):
        """Writes the document, or another file, to disk and tells so."""
        path = self.path(name)
        if path in self.texts:
            with open(path, "w", encoding="utf-8") as file:
                file.write(self.texts[path])
        self.notify("textDocument/didSave", {"textDocument": {"uri": to_uri(path)}})

    def close(self, name):
        path = self.path(name)
        self.notify("textDocument/didClose", {"textDocument": {"uri": to_uri(path)}})
        for each in (self.texts, self.versions, self.published):
            each.pop(path, None)

    # ---- what the server says of them

    def diagnostics(self, name, wanted=lambda found: True):
        """The diagnostics of the text as it is now, once they are `wanted`."""
        path = self.path(name)
        while True:
            last = self.published.get(path)
            if last and last.get("version") == self.versions[path]:
                if wanted(last["diagnostics"]):
                    return last["diagnostics"]
            self._handle(self._next(f"diagnostics of {name}"))

    def fixes(self, name, diagnostic):
        """The quick fixes of a diagnostic: title to new text."""
        path = self.path(name)
        actions = self.request("textDocument/codeAction", {
            "textDocument": {"uri": to_uri(path)}, "range": diagnostic["range"],
            "context": {"diagnostics": [diagnostic], "only": ["quickfix"]}})
        return {a["title"]: apply(self.texts[path], a["edit"]["changes"][to_uri(path)])
                for a in actions}

    # ---- messages

    def request(self, method, parameters):
        self.sent += 1
        mine = self.sent
        self._send({"id": mine, "method": method, "params": parameters})
        while True:
            message = self._next(f"the answer to {method}")
            if message.get("id") == mine and "method" not in message:
                if "error" in message:
                    raise Gone(f"{method}: {message['error']}")
                return message["result"]
            self._handle(message)

    def notify(self, method, parameters):
        self._send({"method": method, "params": parameters})

    def logged(self):
        # Not read(): the server writes where the file stands.
        log = self.log.fileno()
        return os.pread(log, os.fstat(log).st_size, 0).decode(errors="replace")

    def _handle(self, message):
        if message.get("method") == "textDocument/publishDiagnostics":
            path = to_path(message["params"]["uri"])
            self.published[path] = message["params"]
        elif "id" in message and "method" in message:
            self._send({"id": message["id"], "result": None})

    def _send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        try:
            self.process.stdin.write(
                b"Content-Length: %d\r\n\r\n" % len(body) + body)
            self.process.stdin.flush()
        except BrokenPipeError:
            raise Gone(self.logged()[-4000:]) from None

    def _next(self, awaited):
        try:
            message = self.incoming.get(timeout=PATIENCE)
        except queue.Empty:
            raise Gone(f"waited for {awaited}\n{self.logged()[-4000:]}") from None
        if message is None:
            raise Gone(f"waited for {awaited}\n{self.logged()[-4000:]}")
        return message

    def _listen(self):
        stream = self.process.stdout
        while True:
            length = 0
            while (line := stream.readline().strip()):
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            body = stream.read(length)
            if not body:
                self.incoming.put(None)
                return
            self.incoming.put(json.loads(body))
