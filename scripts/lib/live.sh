# A live server for tests that are not written in Rust: scripts/schemathesis and scripts/test.d/50-providers. Sourced
# after common.sh, never run.
# shellcheck shell=bash

# Starts the server; sets LIVE_FILE (JSON: url, company_id, tokens by role) and LIVE_URL.
start_live() {
    : "${STOA_TEST_MONGO_URI:?start a database first: eval \"\$(scripts/test-db start)\"}"
    LIVE_STATE="$(mktemp -d)"
    LIVE_FILE="$LIVE_STATE/live.json"
    trap stop_live EXIT
    cargo test --locked --quiet --test it --no-run
    mkfifo "$LIVE_STATE/input"
    STOA_LIVE_FILE="$LIVE_FILE" cargo test --locked --quiet --test it -- \
        --ignored --exact live::serves_until_its_input_ends --nocapture \
        <"$LIVE_STATE/input" >"$LIVE_STATE/log" 2>&1 &
    LIVE_PID=$!
    exec {LIVE_INPUT}>"$LIVE_STATE/input"
    for _ in $(seq 300); do
        if [ -f "$LIVE_FILE" ]; then break; fi
        if ! kill -0 "$LIVE_PID" 2>/dev/null; then break; fi
        sleep 0.1
    done
    [ -f "$LIVE_FILE" ] || { cat "$LIVE_STATE/log" >&2; fail "the live server did not start"; }
    LIVE_URL="$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["url"])' "$LIVE_FILE")"
    export LIVE_FILE LIVE_URL
}

# Ends the server. Its own verdict (no command without company) decides when all else went well.
stop_live() {
    local status=$? verdict=0
    trap - EXIT
    if [ -n "${LIVE_PID:-}" ]; then
        exec {LIVE_INPUT}>&- || true
        wait "$LIVE_PID" || verdict=$?
        if [ "$verdict" -ne 0 ]; then tail -n 40 "$LIVE_STATE/log" >&2; fi
    fi
    rm -rf "$LIVE_STATE"
    if [ "$status" -eq 0 ]; then status=$verdict; fi
    exit "$status"
}
