//! Tests of `infra_lib::applicationautoscaling`.
