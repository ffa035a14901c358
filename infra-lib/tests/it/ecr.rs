//! Tests of `infra_lib::ecr`.
