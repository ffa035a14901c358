//! Tests of `infra_lib::ssm`.
