//! Tests of `infra_lib::elbv2`.
