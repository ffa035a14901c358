//! Tests of `infra_lib::policy`.
