//! Tests of `infra_lib::logs`.
