//! AWS KMS: customer managed keys, permissions of services to use them, and grants to roles. See [`Key`].
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#kms).

mod alias;
mod imported;
mod key;
mod lookup;

pub use alias::{Alias, AliasBuilder, AliasProps};
pub use imported::{AsKey, ImportedKey, KeyRef};
pub use key::{Key, KeyBuilder, KeyProps};
