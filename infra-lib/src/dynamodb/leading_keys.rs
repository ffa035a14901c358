//! Grants on the items with certain partition keys.

use std::panic::Location;

use crate::core::{Diagnostic, IntoValue, Scope, Value, codes};
use crate::iam::GrantBuilder;

const READ: [&str; 4] = [
    "dynamodb:BatchGetItem",
    "dynamodb:Query",
    "dynamodb:GetItem",
    "dynamodb:ConditionCheckItem",
];
const WRITE: [&str; 4] = [
    "dynamodb:BatchWriteItem",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
];
/// The actions that neither replace nor delete attributes that a principal may not use.
const READ_ATTRIBUTES: [&str; 3] = [
    "dynamodb:BatchGetItem",
    "dynamodb:Query",
    "dynamodb:GetItem",
];
const WRITE_ATTRIBUTES: [&str; 1] = ["dynamodb:UpdateItem"];

/// Partition keys whose items a principal may use, and optionally the attributes of these items.
///
/// `${cognito-identity.amazonaws.com:sub}` stands for the identity of the user that sends the request; see
/// [conditions for fine-grained access control](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html).
///
/// ```
/// use infra_lib::dynamodb::{Attribute, LeadingKeys, Table};
/// use infra_lib::iam::{Principal, Role};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let tenant = Role::builder()
///     .assumed_by(Principal::service("lambda.amazonaws.com"))
///     .build(stack, "Tenant");
/// let notes = Table::builder()
///     .partition_key(Attribute::string("tenant"))
///     .sort_key(Attribute::string("id"))
///     .build(stack, "Notes");
/// notes.grant_read_for_leading_keys(&tenant, LeadingKeys::new(["tenant-1"]));
/// notes.grant_write_for_leading_keys(
///     &tenant,
///     LeadingKeys::like(["tenant-1#*"]).attributes(["tenant", "id", "title"]),
/// );
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Debug)]
#[must_use = "leading keys have no effect until they are passed to a grant"]
pub struct LeadingKeys {
    operator: &'static str,
    keys: Vec<Value<String>>,
    attributes: Vec<Value<String>>,
}

impl LeadingKeys {
    /// Creates a set of partition keys.
    pub fn new<T: IntoValue<String>>(keys: impl IntoIterator<Item = T>) -> Self {
        Self::compared("ForAllValues:StringEquals", keys)
    }

    /// Creates a set of patterns of partition keys, in which `*` stands for any text and `?` for one character.
    pub fn like<T: IntoValue<String>>(patterns: impl IntoIterator<Item = T>) -> Self {
        Self::compared("ForAllValues:StringLike", patterns)
    }

    fn compared<T: IntoValue<String>>(
        operator: &'static str,
        keys: impl IntoIterator<Item = T>,
    ) -> Self {
        Self {
            operator,
            keys: keys.into_iter().map(IntoValue::into_value).collect(),
            attributes: Vec::new(),
        }
    }

    /// Restricts the attributes that are read and written, which must include those of the key. Requests then have to name
    /// the attributes that they read, and items can be updated, but neither replaced nor deleted. Default: all attributes.
    pub fn attributes<T: IntoValue<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        let names = names.into_iter().map(IntoValue::into_value);
        self.attributes.extend(names);
        self
    }

    /// Returns the actions on items that the conditions of [`restrict`](Self::restrict) cover.
    pub(super) const fn actions(&self, write: bool) -> &'static [&'static str] {
        match (write, self.attributes.is_empty()) {
            (false, true) => &READ,
            (true, true) => &WRITE,
            (false, false) => &READ_ATTRIBUTES,
            (true, false) => &WRITE_ATTRIBUTES,
        }
    }

    /// Adds the conditions to a grant. Requests without a partition key would match a condition on all keys, so a key is
    /// required.
    pub(super) fn restrict(self, mut grant: GrantBuilder<'_>, write: bool) -> GrantBuilder<'_> {
        for key in self.keys {
            grant = grant.condition(self.operator, "dynamodb:LeadingKeys", key);
        }
        grant = grant.condition("Null", "dynamodb:LeadingKeys", "false");
        if self.attributes.is_empty() {
            return grant;
        }
        for name in self.attributes {
            grant = grant.condition("ForAllValues:StringEquals", "dynamodb:Attributes", name);
        }
        if write {
            // The other values return attributes that the request does not name.
            for returned in ["NONE", "UPDATED_OLD", "UPDATED_NEW"] {
                let key = "dynamodb:ReturnValues";
                grant = grant.condition("StringEqualsIfExists", key, returned);
            }
            return grant;
        }
        grant.condition(
            "StringEqualsIfExists",
            "dynamodb:Select",
            "SPECIFIC_ATTRIBUTES",
        )
    }

    /// Returns `true` for a set without keys, which [`report_empty`](Self::report_empty) reports.
    pub(super) const fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Reports a set without keys.
    #[track_caller]
    pub(super) fn report_empty(scope: Scope<'_>) {
        scope.report(
            Diagnostic::new(
                codes::LEADING_KEYS,
                "a grant by leading key names no partition key",
            )
            .origin(Location::caller())
            .expected("one key or more")
            .help("pass the keys, such as `LeadingKeys::new([\"tenant-1\"])`, or grant all items with `grant_read` or `grant_write`")
            .url("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html"),
        );
    }
}
