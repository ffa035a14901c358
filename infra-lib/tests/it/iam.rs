//! Tests of `infra_lib::iam`.
