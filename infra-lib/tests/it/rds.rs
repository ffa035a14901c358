//! Tests of `infra_lib::rds`.
