# Builds the dashboard, once for each state of its sources. Sourced after common.sh, never run.
# shellcheck shell=bash

DASHBOARD="$ROOT/admin"

# What the built files depend on, as one hash.
dashboard_state() {
    (cd "$DASHBOARD" && find src public index.html package.json package-lock.json vite.config.ts tsconfig.json \
        -type f ! -name '*.test.*' -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
}

# Installs the packages of the lock file, if that was not done before.
install_dashboard_packages() {
    local stamp="$DASHBOARD/node_modules/.stoa-lock"
    if ! cmp -s "$DASHBOARD/package-lock.json" "$stamp"; then
        say "installing the packages of the dashboard"
        (cd "$DASHBOARD" && npm ci --no-progress --no-fund --no-audit >&2) || return 1
        cp "$DASHBOARD/package-lock.json" "$stamp"
    fi
}

# Builds into admin/dist. The finished files take the place of the old ones at once: a running server never serves half.
build_dashboard() {
    local state stamp="$DASHBOARD/dist/.state"
    state="$(dashboard_state)"
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$state" ]; then return 0; fi
    install_dashboard_packages || return 1
    say "building the dashboard"
    rm -rf "$DASHBOARD/dist.new"
    (cd "$DASHBOARD" && npx vite build --logLevel warn --outDir dist.new >&2) || return 1
    printf '%s\n' "$state" >"$DASHBOARD/dist.new/.state"
    rm -rf "$DASHBOARD/dist"
    mv "$DASHBOARD/dist.new" "$DASHBOARD/dist"
}
