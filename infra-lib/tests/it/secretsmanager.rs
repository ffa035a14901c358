//! Tests of `infra_lib::secretsmanager`.
