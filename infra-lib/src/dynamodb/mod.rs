//! Amazon DynamoDB: tables with backups and protection against deletion. See [`Table`].
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#dynamodb).

mod attribute;
mod checks;
mod grants;
mod import;
mod imported;
mod index;
mod metrics;
mod options;
mod table;

pub use attribute::{Attribute, AttributeType};
pub use import::{ImportCompression, TableImport};
pub use imported::ImportedTable;
pub use index::{GlobalIndex, LocalIndex, Projection};
pub use options::{
    Billing, Capacity, PointInTimeRecovery, StreamView, TableClass, TableEncryption,
};
pub use table::{Table, TableBuilder, TableProps};
