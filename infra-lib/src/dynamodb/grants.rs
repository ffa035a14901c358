//! Grants of permissions on the items of a table.

use super::index::check_name;
use super::{GlobalTable, LeadingKeys, Table};
use crate::core::{Construct, IntoValue, Value, sub};
use crate::iam::{Grant, GrantBuilder, Grantable, ResourcePolicy};
use crate::kms::KeyRef;

pub(super) const READ: [&str; 6] = [
    "dynamodb:BatchGetItem",
    "dynamodb:Query",
    "dynamodb:GetItem",
    "dynamodb:Scan",
    "dynamodb:ConditionCheckItem",
    "dynamodb:DescribeTable",
];
pub(super) const WRITE: [&str; 5] = [
    "dynamodb:BatchWriteItem",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
    "dynamodb:DescribeTable",
];
const READ_INDEX: [&str; 2] = ["dynamodb:Query", "dynamodb:Scan"];
pub(super) const READ_STREAM: [&str; 3] = [
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
];
const READ_KEY: [&str; 2] = ["kms:Decrypt", "kms:DescribeKey"];
const WRITE_KEY: [&str; 5] = [
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:ReEncrypt*",
    "kms:GenerateDataKey*",
];

/// A table of the app, in one region or several.
trait OwnTable<'app>: ResourcePolicy<'app> + Sized {
    /// Returns the ARNs of the table, of its own region first.
    fn arns(&self) -> Vec<Value<String>>;

    /// Returns the names of the global and local secondary indexes.
    fn indexes(&self) -> Vec<String>;

    /// Returns the customer managed key in the region of the stack.
    fn own_key(&self) -> Option<KeyRef<'app>>;

    /// Returns the ARNs of the customer managed keys in other regions.
    fn other_keys(&self) -> Vec<Value<String>>;

    #[track_caller]
    fn grant(&self, to: &impl Grantable<'app>, actions: &[&str], key: &[&str]) -> Grant<'app> {
        let mut grant = self.on_items(Grant::to(to).actions(actions.iter().copied()));
        if !self.indexes().is_empty() {
            for arn in self.arns() {
                grant = grant.resource(sub![arn, "/index/*"]);
            }
        }
        self.with_key(grant.on(self), to, key)
    }

    fn on_items(&self, grant: GrantBuilder<'app>) -> GrantBuilder<'app> {
        self.arns().into_iter().fold(grant, GrantBuilder::resource)
    }

    #[track_caller]
    fn grant_keys(&self, to: &impl Grantable<'app>, keys: LeadingKeys, write: bool) -> Grant<'app> {
        if keys.is_empty() {
            LeadingKeys::report_empty(self.scope());
        }
        let grant = Grant::to(to).actions(keys.actions(write).iter().copied());
        let grant = keys.restrict(self.on_items(grant), write).on(self);
        self.with_key(grant, to, if write { &WRITE_KEY } else { &READ_KEY })
    }

    #[track_caller]
    fn with_key(
        &self,
        grant: Grant<'app>,
        to: &impl Grantable<'app>,
        actions: &[&str],
    ) -> Grant<'app> {
        let mut grant = grant;
        if let Some(key) = self.own_key() {
            let own = Grant::to(to)
                .actions(actions.iter().copied())
                .resource(key.arn());
            grant = grant.and(own.on(&key));
        }
        let others = self.other_keys();
        if others.is_empty() {
            return grant;
        }
        let other = Grant::to(to).actions(actions.iter().copied());
        let other = others.into_iter().fold(other, GrantBuilder::resource);
        grant.and(other.on_identity(self))
    }
}

impl<'app> OwnTable<'app> for Table<'app> {
    fn arns(&self) -> Vec<Value<String>> {
        vec![self.arn().into_value()]
    }

    fn indexes(&self) -> Vec<String> {
        self.index_names()
    }

    fn own_key(&self) -> Option<KeyRef<'app>> {
        self.encryption_key()
    }

    fn other_keys(&self) -> Vec<Value<String>> {
        Vec::new()
    }
}

impl<'app> OwnTable<'app> for GlobalTable<'app> {
    fn arns(&self) -> Vec<Value<String>> {
        let others = self.replica_regions().into_iter();
        let others = others.map(|region| self.arn_in(&region));
        [self.arn().into_value()]
            .into_iter()
            .chain(others)
            .collect()
    }

    fn indexes(&self) -> Vec<String> {
        self.index_names()
    }

    fn own_key(&self) -> Option<KeyRef<'app>> {
        self.encryption_key()
    }

    fn other_keys(&self) -> Vec<Value<String>> {
        self.replica_keys()
    }
}

macro_rules! grants {
    ($($table:ident),+) => {$(
        impl<'app> $table<'app> {
            /// Allows a principal to read items of the table and of all its indexes.
            #[track_caller]
            pub fn grant_read(&self, to: &impl Grantable<'app>) -> Grant<'app> {
                self.grant(to, &READ, &READ_KEY)
            }

            /// Allows a principal to write and delete items. DynamoDB updates the indexes.
            #[track_caller]
            pub fn grant_write(&self, to: &impl Grantable<'app>) -> Grant<'app> {
                let grant = self.on_items(Grant::to(to).actions(WRITE)).on(self);
                self.with_key(grant, to, &WRITE_KEY)
            }

            /// Allows a principal to read, write and delete items of the table, and to read those of all its indexes.
            #[track_caller]
            pub fn grant_read_write(&self, to: &impl Grantable<'app>) -> Grant<'app> {
                let actions: Vec<&str> = READ
                    .into_iter()
                    .chain(WRITE.into_iter().filter(|action| !READ.contains(action)))
                    .collect();
                self.grant(to, &actions, &WRITE_KEY)
            }

            /// Allows a principal to read the items with these partition keys, by key and by query, but neither to scan the
            /// table nor to use its indexes. A set without keys is reported (`INF4998`).
            #[track_caller]
            pub fn grant_read_for_leading_keys(
                &self,
                to: &impl Grantable<'app>,
                keys: LeadingKeys,
            ) -> Grant<'app> {
                self.grant_keys(to, keys, false)
            }

            /// Allows a principal to write and delete the items with these partition keys; with
            /// [`attributes`](LeadingKeys::attributes), to update them only. A set without keys is reported (`INF4998`).
            #[track_caller]
            pub fn grant_write_for_leading_keys(
                &self,
                to: &impl Grantable<'app>,
                keys: LeadingKeys,
            ) -> Grant<'app> {
                self.grant_keys(to, keys, true)
            }

            /// Allows a principal to query and scan one index, but not the table. Names that the table does not have are
            /// reported (`INF4826`).
            #[track_caller]
            pub fn grant_read_index(&self, to: &impl Grantable<'app>, index: &str) -> Grant<'app> {
                check_name(self.scope(), &self.indexes(), index);
                let grant = Grant::to(to).actions(READ_INDEX);
                let arns = self.arns().into_iter();
                let arns = arns.map(|arn| sub![arn, "/index/", index]);
                let grant = arns.fold(grant, GrantBuilder::resource).on(self);
                self.with_key(grant, to, &READ_KEY)
            }

            /// Allows a principal to read the stream of changes in the region of the stack. Returns `None` for a table
            /// without a stream.
            #[track_caller]
            pub fn grant_read_stream(&self, to: &impl Grantable<'app>) -> Option<Grant<'app>> {
                let stream: Value<String> = self.stream_arn()?;
                let grant = Grant::to(to)
                    .actions(READ_STREAM)
                    .resource(stream)
                    .on_identity(self);
                let list = Grant::to(to)
                    .action("dynamodb:ListStreams")
                    .resource("*")
                    .on_identity(self);
                Some(self.with_key(grant.and(list), to, &READ_KEY))
            }
        }
    )+};
}

grants! { Table, GlobalTable }
