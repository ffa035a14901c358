//! Policy documents.

use super::Statement;
use super::statement::{one_or_many, push_unique, to_list};
use crate::core::{Data, Diagnostic, IntoValue, Json, Map, Scope, Value, codes};

/// A policy document: statements in the order in which they were added.
///
/// A statement that differs from an earlier one only in its actions, or only in its resources, is merged into it.
///
/// ```
/// use infra_lib::iam::{PolicyDocument, Statement};
///
/// let document = PolicyDocument::new()
///     .statement(Statement::allow().action("s3:GetObject").resource("arn:aws:s3:::reports/*"))
///     .statement(Statement::allow().action("s3:PutObject").resource("arn:aws:s3:::reports/*"));
/// assert_eq!(document.len(), 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicyDocument {
    statements: Vec<Map>,
}

impl PolicyDocument {
    /// Creates a document without statements.
    pub const fn new() -> Self {
        Self {
            statements: Vec::new(),
        }
    }

    /// Adds a statement and returns the document.
    pub fn statement(mut self, statement: Statement) -> Self {
        self.add(statement);
        self
    }

    /// Adds a statement in place.
    pub fn add(&mut self, statement: Statement) {
        let new = statement.render_map();
        if !self.statements.iter_mut().any(|old| try_merge(old, &new)) {
            self.statements.push(new);
        }
    }

    /// Returns the number of statements.
    pub const fn len(&self) -> usize {
        self.statements.len()
    }

    /// Returns `true` if there are no statements.
    pub const fn is_empty(&self) -> bool {
        self.statements.is_empty()
    }

    /// Parses a rendered document, to add statements to it.
    fn from_data(data: Data) -> Self {
        let statements = match data {
            Data::Map(mut document) => document.remove("Statement").map(to_list),
            _ => None,
        };
        let maps = statements.into_iter().flatten().filter_map(|s| match s {
            Data::Map(map) => Some(map),
            _ => None,
        });
        Self {
            statements: maps.collect(),
        }
    }

    /// Adds a statement to the policy that a resource has at `property`.
    pub fn add_to(resource: crate::core::Resource<'_>, property: &str, statement: Statement) {
        let mut left = Some(statement);
        // Modified in place: a role of a delivery has about a hundred statements, which would otherwise be copied for
        // each addition.
        resource.modify_props(|props| {
            if let Some(data) = props.get_path_mut(property) {
                let mut document = Self::from_data(std::mem::replace(data, Data::Null));
                left.take().into_iter().for_each(|one| document.add(one));
                *data = document.into();
            }
        });
        if let Some(statement) = left {
            let document = Self::new().statement(statement);
            resource.override_prop(property, Data::from(document));
        }
    }
}

/// Name of the single inline policy with all permissions of a role, user or group.
const POLICY_NAME: &str = "Default";

/// Adds a statement to the inline policy of a role, user or group; an equal or mergeable statement is merged with it.
pub(crate) fn inline_statement(owner: crate::core::Resource<'_>, statement: Statement) {
    if !owner.has_prop("Policies.0") {
        let mut policy = Map::new();
        policy.insert("PolicyName", POLICY_NAME);
        policy.insert("PolicyDocument", PolicyDocument::new());
        owner.push_prop("Policies", Data::Map(policy));
    }
    PolicyDocument::add_to(owner, "Policies.0.PolicyDocument", statement);
}

impl From<PolicyDocument> for Data {
    fn from(document: PolicyDocument) -> Self {
        let statements = document.statements.into_iter().map(Self::Map);
        Self::map([
            ("Version", Self::from("2012-10-17")),
            ("Statement", Self::list(statements)),
        ])
    }
}

impl IntoValue<Json> for PolicyDocument {
    fn into_value(self) -> Value<Json> {
        Value::from_data(self.into())
    }
}

impl FromIterator<Statement> for PolicyDocument {
    fn from_iter<I: IntoIterator<Item = Statement>>(statements: I) -> Self {
        statements.into_iter().fold(Self::new(), Self::statement)
    }
}

/// Merges `new` into `old` if the meaning stays the same; returns `true` if it did.
fn try_merge(old: &mut Map, new: &Map) -> bool {
    if old == new {
        return true;
    }
    if old.get("Sid").is_some() || new.get("Sid").is_some() || old.len() != new.len() {
        return false;
    }
    let mut differing = None;
    for (key, data) in new.iter() {
        if old.get(key) != Some(data) && differing.replace(key).is_some() {
            return false;
        }
    }
    let Some(key) = differing.filter(|key| ["Action", "Resource"].contains(key)) else {
        return false;
    };
    let (Some(before), Some(more)) = (old.get(key).cloned(), new.get(key).cloned()) else {
        return false;
    };
    let mut items = to_list(before);
    for item in to_list(more) {
        push_unique(&mut items, item);
    }
    old.insert(key.to_owned(), one_or_many(items));
    true
}

/// Reports a policy that exceeds IAM's size limit. White space does not count, and deferred values count as empty.
///
/// See [IAM quotas](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
pub(super) fn check_size(data: &Data, limit: usize, what: &str, help: &str, scope: Scope<'_>) {
    let size = literal_characters(data);
    if size > limit {
        scope.report(
            Diagnostic::new(
                codes::POLICY_TOO_LARGE,
                format!("{what} is too large for IAM"),
            )
            .actual(format!("at least {size} characters"))
            .expected(format!("at most {limit} characters without white space"))
            .help(help)
            .url("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"),
        );
    }
}

fn literal_characters(data: &Data) -> usize {
    let separators = |count: usize| count.saturating_sub(1) + 2;
    match data {
        Data::Text(text) => text.chars().count() + 2,
        Data::List(items) => {
            items.iter().map(literal_characters).sum::<usize>() + separators(items.len())
        }
        Data::Map(map) => {
            map.iter()
                .map(|(key, item)| key.chars().count() + 3 + literal_characters(item))
                .sum::<usize>()
                + separators(map.len())
        }
        Data::Bool(_) | Data::Int(_) | Data::Float(_) | Data::Null => 1,
        Data::Expr(_) => 2,
    }
}
