//! Statements: permissions of principals on resources, with conditions.

use std::borrow::Cow;

use infra_schema::iam::{
    CONDITION_OPERATORS, is_condition_operator, is_known_action, nearest_action,
};

use super::Principal;
use crate::core::{Data, Diagnostic, IntoValue, Map, Scope, codes, find_nearest};

/// Effect of a statement: allow or deny.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Effect {
    /// The statement allows its actions.
    Allow,
    /// The statement denies its actions, even if other statements allow them.
    Deny,
}

/// Kind of policy that contains a statement, which determines its required elements.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum PolicyUse {
    /// Policy of a role: it must name resources, and cannot name principals.
    Identity,
    /// Policy of a resource: it must name principals.
    Resource,
}

/// A statement of a policy.
///
/// ```
/// use infra_lib::iam::Statement;
///
/// let read = Statement::allow()
///     .actions(["s3:GetObject", "s3:ListBucket"])
///     .resource("arn:aws:s3:::reports")
///     .resource("arn:aws:s3:::reports/*")
///     .condition("Bool", "aws:SecureTransport", "true");
/// ```
///
/// See the [policy element
/// reference](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html).
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    effect: Effect,
    sid: Option<String>,
    principals: Vec<Principal>,
    actions: Vec<Data>,
    not_actions: Vec<Data>,
    resources: Vec<Data>,
    not_resources: Vec<Data>,
    conditions: Map,
}

impl Statement {
    fn new(effect: Effect) -> Self {
        Self {
            effect,
            sid: None,
            principals: Vec::new(),
            actions: Vec::new(),
            not_actions: Vec::new(),
            resources: Vec::new(),
            not_resources: Vec::new(),
            conditions: Map::new(),
        }
    }

    /// Creates a statement that allows its actions.
    pub fn allow() -> Self {
        Self::new(Effect::Allow)
    }

    /// Creates a statement that denies its actions, even if other statements allow them.
    pub fn deny() -> Self {
        Self::new(Effect::Deny)
    }

    /// Sets the statement ID: letters and digits. Statements with an ID are never merged with others.
    pub fn sid(mut self, sid: impl Into<String>) -> Self {
        self.sid = Some(sid.into());
        self
    }

    /// Adds an action, such as `s3:GetObject`. Unknown actions are reported as a warning (`INF4606`).
    pub fn action(mut self, action: impl Into<String>) -> Self {
        push_unique(&mut self.actions, Data::from(action.into()));
        self
    }

    /// Adds actions, such as `s3:GetObject`.
    pub fn actions(self, actions: impl IntoIterator<Item = impl Into<String>>) -> Self {
        actions.into_iter().fold(self, Self::action)
    }

    /// Selects every action except these. Avoid it with [`allow`](Self::allow), since it also allows actions that AWS
    /// adds later.
    pub fn not_actions(mut self, actions: impl IntoIterator<Item = impl Into<String>>) -> Self {
        for action in actions {
            push_unique(&mut self.not_actions, Data::from(action.into()));
        }
        self
    }

    /// Adds a resource: an ARN, a pattern of ARNs, or `*`.
    pub fn resource(mut self, resource: impl IntoValue<String>) -> Self {
        push_unique(&mut self.resources, resource.into_value().into_data());
        self
    }

    /// Returns `true` if the statement names the resources that it is for, or those that it is not for.
    #[cfg(feature = "opensearchservice")]
    pub(crate) fn has_resources(&self) -> bool {
        !self.resources.is_empty() || !self.not_resources.is_empty()
    }

    /// Adds resources: ARNs, patterns of ARNs, or `*`.
    pub fn resources(self, resources: impl IntoIterator<Item = impl IntoValue<String>>) -> Self {
        resources.into_iter().fold(self, Self::resource)
    }

    /// Selects every resource except these.
    pub fn not_resources(
        mut self,
        resources: impl IntoIterator<Item = impl IntoValue<String>>,
    ) -> Self {
        for resource in resources {
            push_unique(&mut self.not_resources, resource.into_value().into_data());
        }
        self
    }

    /// Adds a principal; allowed only in policies of resources.
    ///
    /// Conditions of the principal become conditions of the statement.
    pub fn principal(mut self, principal: Principal) -> Self {
        for (operator, key, value) in principal.conditions() {
            self = self.condition_data(operator, key.to_owned(), value.clone());
        }
        self.principals.push(principal);
        self
    }

    /// Returns the actions and principals for a message, such as ``the service `logs.amazonaws.com` to call `kms:Decrypt` ``.
    pub(crate) fn describe(&self) -> String {
        let principals: Vec<String> = self.principals.iter().map(Principal::to_string).collect();
        let actions: Vec<String> = self
            .actions
            .iter()
            .filter_map(Data::as_text)
            .map(|action| format!("`{action}`"))
            .collect();
        if principals.is_empty() {
            return actions.join(", ");
        }
        format!("{} to call {}", principals.join(", "), actions.join(", "))
    }

    /// Adds principals; allowed only in policies of resources.
    pub fn principals(self, principals: impl IntoIterator<Item = Principal>) -> Self {
        principals.into_iter().fold(self, Self::principal)
    }

    /// Adds a condition: operator (`StringEquals`, `ArnLike`, `Bool`, …), key and value. Unknown operators are
    /// reported (`INF4602`).
    ///
    /// One of several values of a key must match; all keys and operators must match.
    pub fn condition(
        self,
        operator: impl Into<Cow<'static, str>>,
        key: impl Into<String>,
        value: impl IntoValue<String>,
    ) -> Self {
        self.condition_data(&operator.into(), key.into(), value.into_value().into_data())
    }

    fn condition_data(mut self, operator: &str, key: String, value: Data) -> Self {
        add_condition(&mut self.conditions, operator, key, value);
        self
    }

    /// Returns the statement as an entry of a policy document.
    pub(super) fn render_map(self) -> Map {
        let mut map = Map::new();
        if let Some(sid) = self.sid {
            map.insert("Sid", sid);
        }
        let effect = match self.effect {
            Effect::Allow => "Allow",
            Effect::Deny => "Deny",
        };
        map.insert("Effect", effect);
        if !self.principals.is_empty() {
            map.insert("Principal", Principal::render_all(&self.principals));
        }
        for (name, items) in [
            ("Action", self.actions),
            ("NotAction", self.not_actions),
            ("Resource", self.resources),
            ("NotResource", self.not_resources),
        ] {
            if !items.is_empty() {
                map.insert(name, one_or_many(items));
            }
        }
        if !self.conditions.is_empty() {
            map.insert("Condition", self.conditions);
        }
        map
    }

    /// Reports elements that IAM refuses in this kind of policy.
    #[track_caller]
    pub fn check_complete(&self, policy: PolicyUse, scope: Scope<'_>) {
        let place = std::panic::Location::caller();
        let incomplete = |what: &str, help: &str| {
            scope.report(
                Diagnostic::new(
                    codes::INCOMPLETE_STATEMENT,
                    format!("a statement has no {what}"),
                )
                .origin(place)
                .help(help),
            );
        };
        if self.actions.is_empty() && self.not_actions.is_empty() {
            incomplete(
                "actions",
                "add the permitted actions: `.actions([\"s3:GetObject\"])`",
            );
        }
        match policy {
            PolicyUse::Identity if self.resources.is_empty() && self.not_resources.is_empty() => {
                incomplete("resources", "add the resources: `.resource(bucket.arn())`");
            }
            PolicyUse::Resource if self.principals.is_empty() => {
                incomplete(
                    "principals",
                    "add the permitted principal: `.principal(Principal::service(\"…\"))`",
                );
            }
            _ => {}
        }
        if policy == PolicyUse::Identity && !self.principals.is_empty() {
            scope.report(
                Diagnostic::new(
                    codes::INCOMPLETE_STATEMENT,
                    "a statement in an identity-based policy has a principal",
                )
                .origin(place)
                .help("remove `.principal(…)`: the role is the principal"),
            );
        }
        for operator in self.conditions.keys() {
            check_operator(operator, scope, place);
        }
        for action in self.actions.iter().chain(&self.not_actions) {
            check_action(action.as_text().unwrap_or_default(), scope, place);
        }
    }
}

fn check_operator(operator: &str, scope: Scope<'_>, place: &'static std::panic::Location<'static>) {
    if is_condition_operator(operator) {
        return;
    }
    let mut finding = Diagnostic::new(
        codes::UNKNOWN_CONDITION_OPERATOR,
        format!("`{operator}` is not a condition operator"),
    )
    .origin(place)
    .url("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html");
    if let Some(near) = find_nearest(operator, CONDITION_OPERATORS.iter().copied()) {
        finding = finding.help(format!("did you mean `{near}`?"));
    }
    scope.report(finding);
}

fn check_action(action: &str, scope: Scope<'_>, place: &'static std::panic::Location<'static>) {
    if is_known_action(action) {
        return;
    }
    let finding = Diagnostic::new(
        codes::UNKNOWN_ACTION,
        format!("the action `{action}` does not exist"),
    )
    .origin(place)
    .url("https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html");
    scope.report(match nearest_action(action) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding
            .help("an action consists of a service prefix, `:` and a name, such as `s3:GetObject`"),
    });
}

/// Adds an item unless the list contains it.
pub(super) fn push_unique(items: &mut Vec<Data>, item: Data) {
    if !items.contains(&item) {
        items.push(item);
    }
}

/// Returns the list, or its only item; IAM treats both alike.
pub(super) fn one_or_many(mut items: Vec<Data>) -> Data {
    match items.pop() {
        Some(only) if items.is_empty() => only,
        Some(last) => {
            items.push(last);
            Data::List(items)
        }
        None => Data::List(items),
    }
}

/// Returns the items of a value that [`one_or_many`] returned.
pub(super) fn to_list(data: Data) -> Vec<Data> {
    match data {
        Data::List(items) => items,
        only => vec![only],
    }
}

/// Adds a condition to a `Condition` block.
pub(super) fn add_condition(conditions: &mut Map, operator: &str, key: String, value: Data) {
    if conditions.get(operator).is_none() {
        conditions.insert(operator.to_owned(), Map::new());
    }
    if let Some(Data::Map(keys)) = conditions.get_mut(operator) {
        let mut values = keys.get(&key).cloned().map(to_list).unwrap_or_default();
        push_unique(&mut values, value);
        keys.insert(key, one_or_many(values));
    }
}
