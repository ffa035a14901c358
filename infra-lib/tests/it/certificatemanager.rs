//! Tests of `infra_lib::certificatemanager`.
