//! References to the streams of changes that tables have.

use super::{GlobalTable, ImportedTable, Table};
use crate::core::Value;
use crate::kms::KeyRef;

/// A table whose stream of changes other constructs read: a [`Table`], a [`GlobalTable`] or an [`ImportedTable`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no table of DynamoDB",
    label = "a `Table`, a `GlobalTable` or an `ImportedTable` is needed here"
)]
pub trait AsTableStream<'app> {
    /// Returns a reference to the stream of changes in the region of the stack, or `None` for a table without one.
    fn as_table_stream(&self) -> Option<TableStreamRef<'app>>;
}

impl<'app, T: AsTableStream<'app>> AsTableStream<'app> for &T {
    fn as_table_stream(&self) -> Option<TableStreamRef<'app>> {
        (**self).as_table_stream()
    }
}

/// The stream of changes of a table, from [`AsTableStream::as_table_stream`].
#[derive(Clone, Debug)]
pub struct TableStreamRef<'app> {
    arn: Value<String>,
    key: Option<KeyRef<'app>>,
}

impl<'app> TableStreamRef<'app> {
    /// Returns the ARN of the stream, which is not that of the table.
    pub fn arn(&self) -> Value<String> {
        self.arn.clone()
    }

    /// Returns the customer managed key of a table of the app, or `None`.
    pub fn encryption_key(&self) -> Option<KeyRef<'app>> {
        self.key
    }
}

macro_rules! own_tables {
    ($($table:ident),+) => {$(
        impl<'app> AsTableStream<'app> for $table<'app> {
            fn as_table_stream(&self) -> Option<TableStreamRef<'app>> {
                Some(TableStreamRef {
                    arn: self.stream_arn()?,
                    key: self.encryption_key(),
                })
            }
        }
    )+};
}

own_tables!(Table, GlobalTable);

impl<'app> AsTableStream<'app> for ImportedTable {
    fn as_table_stream(&self) -> Option<TableStreamRef<'app>> {
        Some(TableStreamRef {
            arn: self.stream_arn()?,
            key: None,
        })
    }
}
