//! AWS KMS: customer managed keys, permissions of services to use them, and grants to roles. See [`Key`].

mod key;

pub use key::{ImportedKey, Key, KeyBuilder, KeyProps};
