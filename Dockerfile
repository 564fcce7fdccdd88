# syntax=docker/dockerfile:1
# A small image with the program, the dashboard and the root certificates, run as the user nonroot. It holds no secret
# and no database: MONGO_URI, JWT_SECRET and the other secrets come at run time (see .env.example).

FROM node:22-bookworm-slim AS dashboard
WORKDIR /admin
# The packages first: they change less often than the sources.
COPY admin/.npmrc admin/package.json admin/package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-fund --no-audit
COPY admin/index.html admin/vite.config.ts admin/tsconfig.json ./
COPY admin/public public
COPY admin/src src
RUN npm run build

FROM rust:1.95-slim-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
COPY src src
COPY migrations migrations
# The manifest names these two; their modules are not needed.
COPY tests/main.rs tests/main.rs
COPY benches/http/main.rs benches/http/main.rs
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --locked --release --bin stoa \
    && cp target/release/stoa /usr/local/bin/stoa \
    && mkdir -p /var/lib/stoa/files

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /usr/local/bin/stoa /usr/local/bin/stoa
# Mount a volume here, or name a bucket in AWS_S3_BUCKET.
COPY --from=build --chown=nonroot:nonroot /var/lib/stoa/files /var/lib/stoa/files
COPY --from=dashboard /admin/dist /usr/share/stoa/dashboard
ENV STOA_SERVER__BIND=0.0.0.0:8080 \
    STOA_DASHBOARD__FOLDER=/usr/share/stoa/dashboard \
    STOA_STORAGE__FOLDER=/var/lib/stoa/files \
    STOA_LOG__FORMAT=json
EXPOSE 8080
# SIGTERM starts the graceful end; the orchestrator should wait drain_s + shutdown_s (30 s) and 10 s more before SIGKILL.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/stoa"]
CMD ["serve"]
