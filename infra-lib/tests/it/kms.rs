//! Tests of `infra_lib::kms`.
