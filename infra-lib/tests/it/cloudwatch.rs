//! Tests of `infra_lib::cloudwatch`.
