//! Tests of `infra_lib::ecs`.
