//! Grants of permissions on the items of a table.

use std::panic::Location;

use super::Table;
use crate::core::{Construct, Diagnostic, Value, codes, find_nearest, sub};
use crate::iam::{Grant, Grantable};

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
const READ_STREAM: [&str; 3] = [
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

impl<'app> Table<'app> {
    /// Allows a principal to read items of the table and of all its indexes.
    #[track_caller]
    pub fn grant_read(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.grant(to, &READ, &READ_KEY)
    }

    /// Allows a principal to write and delete items. DynamoDB updates the indexes.
    #[track_caller]
    pub fn grant_write(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        let grant = Grant::to(to).actions(WRITE).resource(self.arn()).on(self);
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

    /// Allows a principal to query and scan one index, but not the table. Names that the table does not have are
    /// reported (`INF4826`).
    #[track_caller]
    pub fn grant_read_index(&self, to: &impl Grantable<'app>, index: &str) -> Grant<'app> {
        let names = self.index_names();
        if !names.iter().any(|name| name == index) {
            let mut finding = Diagnostic::new(
                codes::UNKNOWN_INDEX,
                format!("the table has no index `{index}`"),
            )
            .origin(Location::caller())
            .actual(index)
            .expected(if names.is_empty() {
                "a table with indexes".to_owned()
            } else {
                format!("one of `{}`", names.join("`, `"))
            })
            .url("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/SecondaryIndexes.html");
            if let Some(near) = find_nearest(index, names.iter().map(String::as_str)) {
                finding = finding.help(format!("did you mean `{near}`?"));
            }
            self.scope().report(finding);
        }
        let grant = Grant::to(to)
            .actions(READ_INDEX)
            .resource(sub![self.arn(), "/index/", index])
            .on(self);
        self.with_key(grant, to, &READ_KEY)
    }

    /// Allows a principal to read the stream of changes. Returns `None` for a table without a stream.
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

    #[track_caller]
    fn grant(&self, to: &impl Grantable<'app>, actions: &[&str], key: &[&str]) -> Grant<'app> {
        let mut grant = Grant::to(to)
            .actions(actions.iter().copied())
            .resource(self.arn());
        if !self.index_names().is_empty() {
            grant = grant.resource(sub![self.arn(), "/index/*"]);
        }
        self.with_key(grant.on(self), to, key)
    }

    #[track_caller]
    fn with_key(
        &self,
        grant: Grant<'app>,
        to: &impl Grantable<'app>,
        actions: &[&str],
    ) -> Grant<'app> {
        match self.encryption_key() {
            Some(key) => grant.and(
                Grant::to(to)
                    .actions(actions.iter().copied())
                    .resource(key.arn())
                    .on(&key),
            ),
            None => grant,
        }
    }
}
