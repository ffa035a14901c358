//! Integrations of tables.

#[cfg(feature = "dynamodb")]
use super::integration::{Integration, WithoutCallback, WithoutPayload};
#[cfg(feature = "dynamodb")]
use crate::core::{Arn, Data, Name, Value};
#[cfg(feature = "dynamodb")]
use crate::iam::Statement;
#[cfg(feature = "dynamodb")]
use crate::kind;

/// Address of a table, from [`TaskTable::task_table`].
#[cfg(feature = "dynamodb")]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TableAddress {
    /// Name of the table, which the call has.
    pub name: Value<Name<kind::dynamodb::Table>>,
    /// ARN of the table, which the permission names.
    pub arn: Value<Arn<kind::dynamodb::Table>>,
    /// ARN of the customer managed key of the table, which the role of the machine may use.
    pub key_arn: Option<Value<Arn<kind::kms::Key>>>,
}

/// A table that a task reads or changes: a table of the app, or an imported one.
#[cfg(feature = "dynamodb")]
pub trait TaskTable {
    /// Returns the address of the table.
    fn task_table(&self) -> TableAddress;
}

#[cfg(feature = "dynamodb")]
impl TaskTable for crate::dynamodb::Table<'_> {
    fn task_table(&self) -> TableAddress {
        TableAddress {
            name: self.table_name(),
            arn: self.arn(),
            key_arn: self.encryption_key().map(|key| key.arn()),
        }
    }
}

#[cfg(feature = "dynamodb")]
impl TaskTable for crate::dynamodb::ImportedTable {
    fn task_table(&self) -> TableAddress {
        TableAddress {
            name: self.table_name(),
            arn: self.arn(),
            key_arn: None,
        }
    }
}

#[cfg(feature = "dynamodb")]
impl Integration<WithoutCallback, WithoutPayload> {
    /// Creates a read of the item with this key, such as `json!({ "id": { "S": "{% $states.input.id %}" } })`.
    pub fn dynamodb_get_item(table: &impl TaskTable, key: impl Into<Data>) -> Self {
        let read = ["kms:Decrypt", "kms:DescribeKey"];
        Self::optimized("dynamodb:getItem")
            .of_table(table, "dynamodb:GetItem", &read)
            .argument("Key", key)
    }

    /// Creates a write of an item, which replaces the one with its key.
    pub fn dynamodb_put_item(table: &impl TaskTable, item: impl Into<Data>) -> Self {
        Self::optimized("dynamodb:putItem")
            .of_table(table, "dynamodb:PutItem", &WRITE_KEY)
            .argument("Item", item)
    }

    /// Creates a change of the item with this key. The arguments `UpdateExpression` and `ExpressionAttributeValues` describe
    /// it.
    pub fn dynamodb_update_item(table: &impl TaskTable, key: impl Into<Data>) -> Self {
        Self::optimized("dynamodb:updateItem")
            .of_table(table, "dynamodb:UpdateItem", &WRITE_KEY)
            .argument("Key", key)
    }

    /// Creates a deletion of the item with this key.
    pub fn dynamodb_delete_item(table: &impl TaskTable, key: impl Into<Data>) -> Self {
        Self::optimized("dynamodb:deleteItem")
            .of_table(table, "dynamodb:DeleteItem", &WRITE_KEY)
            .argument("Key", key)
    }

    fn of_table(self, table: &impl TaskTable, action: &'static str, key: &[&str]) -> Self {
        let table = table.task_table();
        let call = self
            .argument("TableName", table.name.into_data())
            .statement(Statement::allow().action(action).resource(table.arn));
        match table.key_arn {
            Some(arn) => call.statement(
                Statement::allow()
                    .actions(key.iter().copied())
                    .resource(arn),
            ),
            None => call,
        }
    }
}

/// Actions on the key of a table that writes need.
#[cfg(feature = "dynamodb")]
const WRITE_KEY: [&str; 5] = [
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:ReEncrypt*",
    "kms:GenerateDataKey*",
];
