# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Sourced by driver/quickstart and tests/run: the Debian packages that the
# project needs, and how to get those that are missing.

BUILD_PACKAGES=(
  clang-22 clang-tidy-22 libclang-22-dev llvm-22-dev lld-22
  cmake ninja-build libfmt-dev
)

# What the sample is written against.
SAMPLE_PACKAGES=(libsqlite3-dev)

TEST_PACKAGES=(
  clang-19 clang-tidy-19 libclang-19-dev llvm-19-dev llvm-22-tools
  libgtest-dev python3 python3-yaml ccache patch
  # the bundled pools' tests: another compiler, its sanitizers
  g++
  # the real libraries that built-in models are tested against
  libsqlite3-dev libpq-dev libpoco-dev libboost-dev libmariadb-dev libleveldb-dev
)

# install_missing PACKAGE...: installs those that are not there, and says
# nothing where all are.
install_missing() {
  local package missing=()
  for package; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
      missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  local sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "These Debian packages are missing: ${missing[*]}" >&2
      echo "Install them as root: apt-get install ${missing[*]}" >&2
      return 1
    fi
    sudo=(sudo)
  fi
  echo "Installing ${missing[*]} ..."
  local log
  log=$(mktemp)
  if ! { "${sudo[@]}" apt-get update -q &&
         "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y \
           --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "The packages could not be installed; the whole log is in $log" >&2
    return 1
  fi
  rm -f "$log"
}
