//! Tests of `infra_lib::cloudfront`.
