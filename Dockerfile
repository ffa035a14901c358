# The image of the notes service: one program, the four libraries it links, a user. `docker build .`; what is in it is said in scripts/rootfs.
#
# Both bases can be replaced: by a mirror of the same digest, or by another runtime that has what scripts/rootfs would bring.
ARG BUILD_IMAGE=docker.io/library/rust:1.95.0-bookworm@sha256:6258907abe69656e41cd992e0b705cdcfabcbbe3db374f92ed2d47121282d4a1
ARG RUNTIME_IMAGE=scratch

FROM ${BUILD_IMAGE} AS toolchain
# The compiler of the base, whose components rust-toolchain.toml would download again.
ENV RUSTUP_TOOLCHAIN=1.95.0
RUN cargo install --locked cargo-chef@0.1.78 cargo-auditable@0.7.7
WORKDIR /build

FROM toolchain AS manifests
COPY . .
RUN cargo chef prepare --recipe-path recipe.json

FROM toolchain AS build
# Equal sources are an equal program, whenever and in whichever folder they are built.
ENV SOURCE_DATE_EPOCH=0 \
    CARGO_INCREMENTAL=0 \
    RUSTFLAGS="--remap-path-prefix=/build=. --remap-path-prefix=/usr/local/cargo=cargo"
COPY --from=manifests /build/recipe.json recipe.json
# A layer that only a change of Cargo.lock or of a manifest makes again.
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
ENV DB_TLS_CA=/etc/ssl/certs/rds.pem
# A number: Kubernetes and ECS can tell that it is not root without reading /etc/passwd.
USER 65532:65532
# The only folder to write into, with no more in it than imports that are being read.
VOLUME ["/tmp"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["/notes", "healthcheck"]
ENTRYPOINT ["/notes"]
CMD ["serve"]
