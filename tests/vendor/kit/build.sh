#!/usr/bin/env bash
# Builds the designer's own scoring runtimes (Python 3.8) and trains tiny real models for each, so that a score.py can
# be run against what it will meet in Azure Machine Learning.
#
#   build.sh DIR KIND...
#
# KIND is classic, recommender, vowpal_wabbit or pytorch (which takes some 5 GB). Leaves DIR/KIND/env/bin/python and
# DIR/KIND/models/MODEL/trained_model_outputs (score.py, conda_env.yaml, _schema.json, _samples.json and the model).
# A kind that is built already, by the same recipe, is left as it is. What is installed and written is the vendor's:
# keep DIR out of version control. Exit code 3 says that there is no Python 3.8.
set -euo pipefail

kit=$(cd "$(dirname "$0")" && pwd)
export PYTHONDONTWRITEBYTECODE=1  # nothing is written beside the kit

fail() { echo "$1" >&2; exit "${2:-1}"; }

find_python() {
  local python
  for python in "$(command -v python3.8 || true)" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.8.*/bin/python; do
    # A pyenv shim is there even for a version that is not switched on: only one that runs will do.
    if [ -x "$python" ] && "$python" --version >/dev/null 2>&1; then
      echo "$python"
      return
    fi
  done
  fail "no Python 3.8 found, which the designer's packages pin" 3
}

find_uv() {
  if command -v uv; then return; fi
  if [ ! -x "$root/uv/bin/uv" ]; then
    python3 -m venv "$root/uv" && "$root/uv/bin/pip" install -q uv || fail "could not install uv"
  fi
  echo "$root/uv/bin/uv"
}

recipe() {  # recipe KIND: what the kind is built from, in short
  cat "$kit/build.sh" "$kit/requirements/$1.txt" "$kit/overrides/$1.txt" "$kit/train_$1.py" "$kit/ratings.py" | cksum
}

is_built() {  # is_built KIND
  [ "$(cat "$root/$1/stamp" 2>/dev/null)" = "$(recipe "$1")" ] && "$root/$1/env/bin/python" -c "" 2>/dev/null
}

install() {  # install KIND ARGUMENT...
  local kind=$1; shift
  "$uv" pip install -q --python "$root/$kind/env/bin/python" "$@" || fail "could not install the packages of $kind"
}

build() {  # build KIND
  local kind=$1 home=$root/$1
  rm -rf "$home"
  mkdir -p "$home/models"
  "$uv" venv -q --python "$python" "$home/env" || fail "could not create the environment of $kind"
  # The pins contradict each other (the designer relies on pip 20.2's old resolver), so the overrides decide.
  install "$kind" --override "$kit/overrides/$kind.txt" -r "$kit/requirements/$kind.txt"
  if [ "$kind" = classic ]; then  # it is built from source, with the Cython that was just installed
    install "$kind" --no-build-isolation --no-deps scikit-surprise==1.1.0
    install "$kind" --no-deps nimbusml==1.8.0  # no regression model loads without it, and its own pins do not install
  fi
  if ! (cd "$home/models" && ../env/bin/python "$kit/train_$kind.py" >../train.log 2>&1); then
    tail -n 20 "$home/train.log" >&2
    fail "could not train the models of $kind: see $home/train.log"
  fi
  # Written last: whatever stops the build before, the next one starts over.
  recipe "$kind" >"$home/stamp.new"
  mv "$home/stamp.new" "$home/stamp"
}

[ $# -ge 2 ] || fail "usage: build.sh DIR KIND..." 2
mkdir -p "$1"
root=$(cd "$1" && pwd)
shift
for kind in "$@"; do
  [ -f "$kit/requirements/$kind.txt" ] || fail "unknown kind: $kind" 2
done
if command -v flock >/dev/null; then  # two runs of the tests may want the same runtime
  exec 9>"$root/lock"
  flock 9
fi
for kind in "$@"; do
  is_built "$kind" && continue
  python=$(find_python)
  uv=$(find_uv)
  build "$kind"
done
