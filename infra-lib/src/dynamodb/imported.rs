//! Tables that exist already.

use super::LeadingKeys;
use super::grants::{READ, READ_STREAM, WRITE};
use crate::core::{Arn, IntoValue, Name, Value, intrinsics, sub, value};
use crate::iam::{Grant, Identity};
use crate::kind;

/// An existing table, from [`Table::from_arn`](super::Table::from_arn). A key of the table needs a separate grant.
///
/// ```
/// use infra_lib::dynamodb::Table;
/// use infra_lib::iam::{Principal, Role};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let reports = Role::builder()
///     .assumed_by(Principal::service("lambda.amazonaws.com"))
///     .build(stack, "Reports");
/// let notes = Table::from_arn("arn:aws:dynamodb:eu-west-1:111122223333:table/notes");
/// notes.grant_read(&reports);
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct ImportedTable {
    arn: Value<Arn<kind::dynamodb::Table>>,
    stream_arn: Option<Value<String>>,
}

impl ImportedTable {
    pub(super) fn from_arn(arn: impl IntoValue<Arn<kind::dynamodb::Table>>) -> Self {
        Self {
            arn: arn.into_value(),
            stream_arn: None,
        }
    }

    /// Sets the ARN of the stream of changes. It contains the time at which the stream was turned on, so that it cannot be
    /// derived from the ARN of the table.
    ///
    /// ```
    /// use infra_lib::dynamodb::Table;
    ///
    /// let notes = Table::from_arn("arn:aws:dynamodb:eu-west-1:111122223333:table/notes").with_stream_arn(
    ///     "arn:aws:dynamodb:eu-west-1:111122223333:table/notes/stream/2026-05-11T21:21:33.291",
    /// );
    /// assert!(notes.stream_arn().is_some());
    /// ```
    pub fn with_stream_arn(mut self, arn: impl IntoValue<String>) -> Self {
        self.stream_arn = Some(arn.into_value());
        self
    }

    /// Returns the ARN of the stream of changes, or `None` if it is not given.
    pub fn stream_arn(&self) -> Option<Value<String>> {
        self.stream_arn.clone()
    }

    /// Returns the ARN of the table.
    pub fn arn(&self) -> Value<Arn<kind::dynamodb::Table>> {
        self.arn.clone()
    }

    /// Returns the physical name of the table, the last part of its ARN.
    pub fn table_name(&self) -> Value<Name<kind::dynamodb::Table>> {
        let literal = self.arn.as_literal();
        match literal.and_then(|arn| arn.split('/').nth(1)) {
            Some(name) => value(name),
            None => intrinsics::select::<String>(1, intrinsics::split("/", &self.arn)).cast(),
        }
    }

    /// Allows an identity of the app to read items of the table and of all its indexes.
    #[track_caller]
    pub fn grant_read<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        let index = Grant::on_imported(to, sub![self.arn(), "/index/*"], READ);
        Grant::on_imported(to, self.arn(), READ).and(index)
    }

    /// Allows an identity of the app to write and delete items.
    #[track_caller]
    pub fn grant_write<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), WRITE)
    }

    /// Allows an identity of the app to read the stream of changes. Returns `None` if the ARN of the stream is not given.
    #[track_caller]
    pub fn grant_read_stream<'app>(&self, to: &impl Identity<'app>) -> Option<Grant<'app>> {
        let stream = Grant::on_imported(to, self.stream_arn()?, READ_STREAM);
        // The action has no resources.
        let list = Grant::on_imported(to, "*", ["dynamodb:ListStreams"]);
        Some(stream.and(list))
    }

    /// Allows an identity of the app to read, write and delete items.
    #[track_caller]
    pub fn grant_read_write<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        self.grant_read(to).and(self.grant_write(to))
    }

    /// Allows an identity of the app to read the items with these partition keys, by key and by query. A set
    /// without keys is reported (`INF4998`).
    #[track_caller]
    pub fn grant_read_for_leading_keys<'app>(
        &self,
        to: &impl Identity<'app>,
        keys: LeadingKeys,
    ) -> Grant<'app> {
        self.grant_keys(to, keys, false)
    }

    /// Allows an identity of the app to write and delete the items with these partition keys; with
    /// [`attributes`](LeadingKeys::attributes), to update them only. A set without keys is reported (`INF4998`).
    #[track_caller]
    pub fn grant_write_for_leading_keys<'app>(
        &self,
        to: &impl Identity<'app>,
        keys: LeadingKeys,
    ) -> Grant<'app> {
        self.grant_keys(to, keys, true)
    }

    #[track_caller]
    fn grant_keys<'app>(
        &self,
        to: &impl Identity<'app>,
        keys: LeadingKeys,
        write: bool,
    ) -> Grant<'app> {
        let grant = Grant::to(to)
            .actions(keys.actions(write).iter().copied())
            .resource(self.arn());
        let is_empty = keys.is_empty();
        let grant = keys.restrict(grant, write).imported();
        if let Some(scope) = grant.holder().filter(|_| is_empty) {
            LeadingKeys::report_empty(scope);
        }
        grant
    }
}
