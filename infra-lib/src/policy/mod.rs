//! Policies over rendered templates: what a security reviewer would stop at.
//!
//! ```
//! use infra_lib::{App, policy};
//!
//! let app = App::new();
//! app.add_policy(policy::recommended());
//! ```
//!
//! A rule sees the template that CloudFormation is given, so it judges raw resources and escape hatches like
//! constructs. What it finds can be accepted where that is right, with the reason: `scope.acknowledge(code, reason)`.
//! Code pages are in `infra-lib/core/codes/`.

mod clear_text_traffic;
mod database_deletion_protection;
mod log_retention;
mod open_ingress;
mod public_bucket;
mod public_database;
mod resolved_secret;
mod secret_in_environment;
mod stateful_removal;
mod unencrypted_storage;
mod wildcard_permissions;

use crate::core::template::{Template, TemplateResource};
use crate::core::{Code, Data, Diagnostic, Policy};

/// A rule: what it looks for, and its code.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    code: Code,
    check: fn(&Template, &mut Vec<Diagnostic>),
}

impl Rule {
    /// The code of what it finds.
    pub const fn code(&self) -> Code {
        self.code
    }
}

impl Policy for Rule {
    fn check(&self, template: &Template, findings: &mut Vec<Diagnostic>) {
        (self.check)(template, findings);
    }
}

/// Every rule, in the order of their codes.
pub const RULES: &[Rule] = &[
    public_database::RULE,
    unencrypted_storage::RULE,
    open_ingress::RULE,
    secret_in_environment::RULE,
    resolved_secret::RULE,
    wildcard_permissions::RULE,
    stateful_removal::RULE,
    log_retention::RULE,
    public_bucket::RULE,
    clear_text_traffic::RULE,
    database_deletion_protection::RULE,
];

/// Rules that are checked together.
#[derive(Clone, Debug)]
pub struct RuleSet(Vec<Rule>);

impl RuleSet {
    /// Leaves a rule out for the whole app. For one construct, acknowledge the finding instead: that keeps the reason.
    pub fn without(mut self, code: Code) -> Self {
        self.0.retain(|rule| rule.code != code);
        self
    }
}

impl Policy for RuleSet {
    fn check(&self, template: &Template, findings: &mut Vec<Diagnostic>) {
        for rule in &self.0 {
            rule.check(template, findings);
        }
    }
}

/// All rules of this module.
pub fn recommended() -> RuleSet {
    RuleSet(RULES.to_vec())
}

/// A finding at a property of a resource.
fn finding(
    code: Code,
    resource: &TemplateResource,
    property: &str,
    message: impl Into<String>,
) -> Diagnostic {
    Diagnostic::new(code, message)
        .logical_id(resource.logical_id.as_str())
        .property(property)
}

/// Whether a property is the literal `true`, as a boolean or as text.
fn is_true(resource: &TemplateResource, property: &str) -> bool {
    resource
        .prop(property)
        .is_some_and(|data| truth(data) == Some(true))
}

/// Literals as CloudFormation reads booleans.
fn truth(data: &Data) -> Option<bool> {
    match data {
        Data::Bool(value) => Some(*value),
        Data::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Data::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// The items of a list, or the only one.
fn items(data: Option<&Data>) -> &[Data] {
    match data {
        Some(Data::List(items)) => items,
        Some(only) => std::slice::from_ref(only),
        None => &[],
    }
}

/// The literal text at a key of a map.
fn text_at<'a>(data: &'a Data, key: &str) -> Option<&'a str> {
    data.as_map()?.get(key)?.as_text()
}
