#!/usr/bin/env bash
# ./tools/quickstart.sh        installs what is missing, builds Release, runs `shatterproof verify`
# ./tools/quickstart.sh test   the same set-up, then the whole test suite
# For Debian 12 (root, or sudo). Safe to repeat; a second run installs nothing and needs no network.
set -euo pipefail
cd "$(dirname "$0")/.."

job=${1:-verify}
if [ $# -gt 1 ] || { [ "$job" != verify ] && [ "$job" != test ]; }; then
  echo "usage: $0 [verify|test]" >&2
  exit 2
fi

packages=(
  g++ cmake ninja-build               # the build
  libgmp-dev libmpfr-dev              # exact rationals, multiprecision
  libflint-dev libflint-arb-dev       # ball arithmetic
  libboost-dev libeigen3-dev libspectra-dev libcgal-dev
  libfmt-dev nlohmann-json3-dev libtomlplusplus-dev libcli11-dev zlib1g-dev
  catch2                              # the tests
)
missing=()
for package in "${packages[@]}"; do
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  command -v apt-get >/dev/null || { echo "$0: this is not Debian; install by hand: ${missing[*]}" >&2; exit 2; }
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "$0: run as root, or install sudo, to get: ${missing[*]}" >&2; exit 2; }
    as_root=(sudo)
  fi
  echo "Installing Debian packages: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

cmake --preset release >/dev/null
if [ "$job" = test ]; then
  cmake --build --preset release
  exec ctest --preset release
fi
cmake --build --preset release --target shatterproof_program
exec build/release/bin/shatterproof verify
