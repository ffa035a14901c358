# The image of the notes service: one program, the four libraries that it links, and a user. Build it with `docker build .`; scripts/rootfs lists the
# contents.
#
# Both base images can be replaced: by a mirror of the same digest, or by another runtime that has the files of scripts/rootfs.
ARG BUILD_IMAGE=docker.io/library/rust:1.95.0-bookworm@sha256:6258907abe69656e41cd992e0b705cdcfabcbbe3db374f92ed2d47121282d4a1
ARG RUNTIME_IMAGE=scratch

FROM ${BUILD_IMAGE} AS toolchain
# The compiler of the base image; otherwise the components of rust-toolchain.toml would be downloaded again.
ENV RUSTUP_TOOLCHAIN=1.95.0
RUN cargo install --locked cargo-chef@0.1.78 cargo-auditable@0.7.7
WORKDIR /build

FROM toolchain AS manifests
COPY . .
RUN cargo chef prepare --recipe-path recipe.json

FROM toolchain AS build
# Reproducible build: the same sources produce the same program at any time and in any folder.
ENV SOURCE_DATE_EPOCH=0 \
    CARGO_INCREMENTAL=0 \
    RUSTFLAGS="--remap-path-prefix=/build=. --remap-path-prefix=/usr/local/cargo=cargo"
COPY --from=manifests /build/recipe.json recipe.json
# This layer is rebuilt only if Cargo.lock or a manifest changes.
RUN cargo chef cook --locked --release --package notes-service --recipe-path recipe.json
COPY . .
RUN cargo auditable build --locked --release --package notes-service
RUN scripts/licences /licences && scripts/rootfs target/release/notes /root-of-image /licences

FROM ${RUNTIME_IMAGE}
ARG REVISION=unknown
ARG VERSION=unknown
LABEL org.opencontainers.image.title="notes" \
      org.opencontainers.image.description="The notes service: an HTTP API over PostgreSQL" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /root-of-image /
# Two arenas of the allocator in place of eight a processor: 4 MiB less memory under load (bench/README.md), at equal time.
ENV DB_TLS_CA=/etc/ssl/certs/rds.pem \
    MALLOC_ARENA_MAX=2
# A numeric id, so that Kubernetes and ECS can verify that it is not root without reading /etc/passwd.
USER 65532:65532
# The only writable folder, for imports that are being read.
VOLUME ["/tmp"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["/notes", "healthcheck"]
ENTRYPOINT ["/notes"]
CMD ["serve"]
