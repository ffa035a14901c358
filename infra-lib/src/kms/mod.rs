//! AWS KMS: keys, what services may do with them, and grants.

mod key;

pub use key::{ImportedKey, Key, KeyBuilder, KeyProps};
