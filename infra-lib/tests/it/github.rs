//! Tests of `infra_lib::github`.
