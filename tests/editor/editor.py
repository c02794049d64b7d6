# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the tests of this directory share: projects, and servers in them."""

import os
import shutil
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import hosts  # noqa: E402
import lsp  # noqa: E402

main = unittest.main
NO_POOL = "types:\n  - {type: RecordPool, not_a_pool: true}\n"  # a model file


def first_line(diagnostic):
    """`12 pool-double-put 'b' is put back twice` with the line from 1."""
    line = diagnostic["range"]["start"]["line"] + 1
    return f"{line} {diagnostic.get('code', '-')} {diagnostic['message']}"


def notes(diagnostic):
    """`records.h:3 Acquired here`, in the order of the path."""
    return [f"{os.path.basename(n['location']['uri'])}:"
            f"{n['location']['range']['start']['line'] + 1} {n['message']}"
            for n in diagnostic["relatedInformation"]]


class Case(unittest.TestCase):
    """A test with a project of its own and no configuration about checks."""

    maxDiff = None

    def project(self, *inputs, **files):
        """A directory with copies from Inputs/ and files made of text, whose
        names have __ for the dot: `a__cpp="int a;"`."""
        directory = os.path.realpath(tempfile.mkdtemp(prefix="pool-tidy-editor-"))
        self.addCleanup(shutil.rmtree, directory)
        for name in inputs:
            shutil.copy(os.path.join(HERE, "Inputs", name), directory)
        for name, text in files.items():
            self.write(directory, name.replace("__", "."), text)
        return directory

    def write(self, directory, name, text):
        path = os.path.join(directory, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def serve(self, directory, *arguments, program=None, **options):
        """A server that is shut down, and must have lived, when the test ends."""
        home = self.project()
        self.write(home, "clangd/config.yaml", lsp.NO_INDEX)
        server = lsp.Server(
            [program or hosts.pool_clangd_path(), *arguments], directory,
            {"XDG_CONFIG_HOME": home, "HOME": home}, options)
        self.addCleanup(lambda: server.__exit__(None, None, None))
        return server

    def shown(self, server, name, expected):
        """The diagnostics of a file must be these, by their first lines."""
        found = server.diagnostics(name)
        self.assertEqual([first_line(d) for d in found], expected)
        return found

    def becomes(self, server, name, expected):
        """So must they be in the end: the server may first answer with what it
        knew of the headers before."""
        server.diagnostics(
            name, lambda found: [first_line(d) for d in found] == expected)
