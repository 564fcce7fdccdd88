# Shared by the scripts: where things lie, and how they speak. Sourced, never run.
# shellcheck shell=bash

set -Eeuo pipefail
shopt -s inherit_errexit

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
STOA_HOME="$ROOT/.stoa"
VENV="$STOA_HOME/venv"
TARGET="${CARGO_TARGET_DIR:-$ROOT/target}"
cd "$ROOT"

say() { printf '==> %s\n' "$*" >&2; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# rustup installs here; login shells know it, others may not.
if ! have cargo && [ -x "$HOME/.cargo/bin/cargo" ]; then
    PATH="$HOME/.cargo/bin:$PATH"
    export PATH
fi

NODE_MINIMUM=20.19

# Takes the Node.js in PATH if it is new enough, else the one that scripts/setup has installed.
use_node() {
    if have npm && [ "$(printf '%s\n%s\n' "$NODE_MINIMUM" "$(node -p process.versions.node 2>/dev/null)" \
        | sort -V | head -n1)" = "$NODE_MINIMUM" ]; then
        return 0
    fi
    [ -x "$VENV/bin/npm" ] || return 1
    PATH="$VENV/bin:$PATH"
    export PATH
}

# Prints the mongod to use: $MONGOD, else the one in PATH, else the downloaded one.
find_mongod() {
    if [ -n "${MONGOD:-}" ]; then
        [ -x "$MONGOD" ] || fail "MONGOD=$MONGOD is not an executable file"
        printf '%s\n' "$MONGOD"
    elif have mongod; then
        command -v mongod
    elif [ -x "$STOA_HOME/bin/mongod" ]; then
        printf '%s\n' "$STOA_HOME/bin/mongod"
    fi
}

# Prints the browser of the end-to-end tests: $CHROMIUM, else the first of the usual names in PATH.
find_chromium() {
    local name
    for name in ${CHROMIUM:+"$CHROMIUM"} chromium google-chrome chrome; do
        if have "$name"; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}
