//! Tests of `infra_lib::ec2`.
