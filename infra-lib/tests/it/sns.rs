//! Tests of `infra_lib::sns`.
