//! AWS KMS: customer managed keys, permissions of services to use them, and grants to roles. See [`Key`].

mod alias;
mod key;
mod lookup;

pub use alias::{Alias, AliasBuilder, AliasProps};
pub use key::{ImportedKey, Key, KeyBuilder, KeyProps};
