//! Amazon DynamoDB: tables with backups and protection against deletion. See [`Table`] and [`GlobalTable`].
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#dynamodb).

mod attribute;
mod change_stream;
mod checks;
mod global_checks;
mod global_options;
mod global_table;
mod grants;
mod import;
mod imported;
mod index;
mod leading_keys;
mod metrics;
mod options;
mod replica;
mod scaled_capacity;
mod scaling;
mod table;

pub use attribute::{Attribute, AttributeType};
pub use change_stream::{AsTableStream, TableStreamRef};
pub use global_options::{Consistency, GlobalBilling};
pub use global_table::{GlobalTable, GlobalTableBuilder, GlobalTableProps};
pub use import::{ImportCompression, TableImport};
pub use imported::ImportedTable;
pub use index::{GlobalIndex, LocalIndex, Projection};
pub use leading_keys::LeadingKeys;
pub use options::{
    Billing, Capacity, PointInTimeRecovery, StreamView, TableClass, TableEncryption,
};
pub use replica::Replica;
pub use scaled_capacity::ScaledCapacity;
pub use table::{Table, TableBuilder, TableProps};
