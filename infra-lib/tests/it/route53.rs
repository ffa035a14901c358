//! Tests of `infra_lib::route53`.
