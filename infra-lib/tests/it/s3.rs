//! Tests of `infra_lib::s3`.
