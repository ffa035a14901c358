//! Tests of `infra_lib::wafv2`.
