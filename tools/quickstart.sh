#!/usr/bin/env bash
# ./tools/quickstart.sh        installs what is missing, builds Release, runs `shatterproof verify`
# ./tools/quickstart.sh test   the same set-up, then the whole test suite
# ./tools/quickstart.sh fuzz   also installs clang; libFuzzer searches half a minute for input that upsets the parsers
# For Debian 12 (root, or sudo). Safe to repeat; a second run installs nothing and needs no network.
set -euo pipefail
export CMAKE_BUILD_PARALLEL_LEVEL="${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}"  # ninja alone takes two jobs more, and longer
cd "$(dirname "$0")/.."

job=${1:-verify}
if [ $# -gt 1 ] || ! [[ $job =~ ^(verify|test|fuzz)$ ]]; then
  echo "usage: $0 [verify|test|fuzz]" >&2
  exit 2
fi

packages=(
  g++ cmake ninja-build               # the build
  libgmp-dev libmpfr-dev              # exact rationals, multiprecision
  libflint-dev libflint-arb-dev       # ball arithmetic
  libboost-dev libeigen3-dev libspectra-dev libcgal-dev
  libnlopt-dev coinor-libclp-dev      # optional: the optimiser of codes, linear programming bounds
  libcairo2-dev                       # optional: figures as SVG and PDF
  libfmt-dev nlohmann-json3-dev libtomlplusplus-dev libcli11-dev zlib1g-dev
  catch2                              # the tests
)
if [ "$job" = test ]; then
  packages+=(pybind11-dev python3-dev python3-numpy python3-pytest)  # the Python module
  packages+=(libopenmpi-dev openmpi-bin)                             # sweeps over the ranks of an MPI job
  # What `report` writes is compiled, held against its schema, and looked at in a browser; a node that is not Debian's
  # brings its own npm.
  packages+=(texlive-latex-base texlive-latex-recommended texlive-pictures texlive-science python3-jsonschema chromium)
  command -v node >/dev/null && command -v npm >/dev/null || packages+=(nodejs npm)
fi
if [ "$job" = fuzz ]; then packages+=(clang libclang-rt-14-dev); fi
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

if [ "$job" = fuzz ]; then
  cmake --preset fuzz >/dev/null
  cmake --build --preset fuzz
  exec ctest --preset fuzz
fi
if [ "$job" = test ]; then
  cmake --preset release -DSHATTERPROOF_PYTHON=ON -DSHATTERPROOF_MPI=ON -DSHATTERPROOF_ALL_READERS=ON >/dev/null
  cmake --build --preset release
  exec ctest --preset release
fi
cmake --preset release >/dev/null
cmake --build --preset release --target shatterproof_program
exec build/release/bin/shatterproof verify
