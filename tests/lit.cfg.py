# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""lit configuration: `lit-22 tests` after a build of the presets."""

import os
import sys

import lit.formats

config.name = "pool-tidy"
config.suffixes = [".cpp", ".c", ".test"]
config.excludes = ["engine", "bench", "gateway", "include", "Inputs"]
config.test_format = lit.formats.ShTest(execute_external=True)
config.test_source_root = os.path.dirname(__file__)

sys.path.insert(0, config.test_source_root)
import hosts  # noqa: E402

build22, build19 = hosts.build_dir(22), hosts.build_dir(19)
# Not below a build directory, whose compile_commands.json would be found.
config.test_exec_root = os.path.join(hosts.ROOT, "build", "tests")
for name in ("POOL_TIDY_BUILD_22", "POOL_TIDY_BUILD_19"):
    if name in os.environ:
        config.environment[name] = os.environ[name]

python = "/usr/bin/python3"
check = os.path.join(config.test_source_root, "check.py")
config.substitutions += [
    ("%check-suite", f"{python} {check} --suite"),
    ("%check", f"{python} {check}"),
    ("%exits", f"{python} {config.test_source_root}/driver/exits.py"),
    ("%python", python),
    ("%clangxx", "clang++-22"),
    ("%clang-tidy-22", "clang-tidy-22"),
    ("%clang-tidy-19", "clang-tidy-19"),
    ("%plugin-22", os.path.join(build22, "lib", "PoolTidy-22.so")),
    ("%plugin-19", os.path.join(build19, "lib", "PoolTidy-19.so")),
    ("%pool-tidy", os.path.join(build22, "bin", "pool-tidy")),
    ("%FileCheck", "FileCheck-22 --dump-input=fail"),
    ("%root", hosts.ROOT),
]

# Tests against a real library run where its headers are.
for feature, header in {
    "sqlite3": "sqlite3.h",
    "libpq": "postgresql/libpq-fe.h",
    "poco": "Poco/ObjectPool.h",
    "boost": "boost/pool/object_pool.hpp",
    "mariadb": "mariadb/mysql.h",
    "leveldb": "leveldb/db.h",
}.items():
    if os.path.exists(os.path.join("/usr/include", header)):
        config.available_features.add(feature)
if os.path.exists(os.path.join(build19, "lib", "PoolTidy-19.so")):
    config.available_features.add("llvm19")
