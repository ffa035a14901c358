//! Policies over rendered templates, for problems that a security review would find.
//!
//! ```
//! use infra_lib::{App, policy};
//!
//! let app = App::new();
//! app.add_policy(policy::recommended());
//! ```
//!
//! A rule checks the template that CloudFormation receives, so it covers raw resources and escape hatches like
//! constructs. Accept a finding with a reason through `scope.acknowledge(code, reason)`. [`recommended`] returns all
//! rules; [`RuleSet::without`] leaves one out. The pages of the codes are in `infra-lib/core/codes/`.
//!
//! [`pack`] checks the rules of a compliance framework. Accept a finding with the constant of its rule in [`pack_codes`]:
//!
//! ```
//! use infra_lib::policy::{self, Pack, pack_codes};
//! use infra_lib::core::Props;
//! use infra_lib::{App, CfnResource, Construct, Stack};
//!
//! let app = App::new();
//! app.add_policy(policy::pack(Pack::Fsbp));
//! let stack = Stack::new(&app, "Files");
//! let volume = CfnResource::new(stack, "Scratch", "AWS::EC2::Volume", Props::default());
//! volume.scope().acknowledge(pack_codes::EBS_ENCRYPTED, "it holds only public data");
//! let synthesis = app.synth();
//! assert!(synthesis.findings().iter().all(|finding| finding.code != pack_codes::EBS_ENCRYPTED));
//! ```

mod clear_text_traffic;
mod database_deletion_protection;
mod everyone;
mod log_retention;
mod open_ingress;
mod public_bucket;
mod public_database;
mod resolved_secret;
mod secret_in_environment;
mod stateful_removal;
mod unencrypted_storage;
mod wildcard_permissions;
mod wildcard_principal;

pub use infra_packs::{Pack, PackSet, codes as pack_codes};

use crate::core::template::{Template, TemplateResource};
use crate::core::{Code, Data, Diagnostic, Policy};

/// A rule of this module: a check of a template, and the code of its findings.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    code: Code,
    check: fn(&Template, &mut Vec<Diagnostic>),
}

impl Rule {
    /// Returns the code of the rule's findings.
    pub const fn code(&self) -> Code {
        self.code
    }
}

impl Policy for Rule {
    fn check_template(&self, template: &Template, findings: &mut Vec<Diagnostic>) {
        (self.check)(template, findings);
    }
}

/// All rules of this module, ordered by code.
pub const RULES: &[Rule] = &[
    wildcard_principal::RULE,
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

/// A set of rules that are checked together.
#[derive(Clone, Debug)]
pub struct RuleSet(Vec<Rule>);

impl RuleSet {
    /// Removes a rule for the whole app. For a single construct, acknowledge the finding instead, which records the
    /// reason.
    pub fn without(mut self, code: Code) -> Self {
        self.0.retain(|rule| rule.code != code);
        self
    }
}

impl Policy for RuleSet {
    fn check_template(&self, template: &Template, findings: &mut Vec<Diagnostic>) {
        for rule in &self.0 {
            rule.check_template(template, findings);
        }
    }
}

/// Returns all rules of this module.
pub fn recommended() -> RuleSet {
    RuleSet(RULES.to_vec())
}

/// Returns the rules of a policy pack. [`packs`] combines several, whose shared rules are then checked once.
///
/// Violations of rules of the levels high and critical are errors, others are warnings. A value that is known only at deployment is no violation.
pub fn pack(pack: Pack) -> PackSet {
    PackSet::new([pack])
}

/// Returns the rules of several policy packs.
pub fn packs(packs: impl IntoIterator<Item = Pack>) -> PackSet {
    PackSet::new(packs)
}

/// Creates a finding at a property of a resource.
fn property_finding(
    code: Code,
    resource: &TemplateResource,
    property: &str,
    message: impl Into<String>,
) -> Diagnostic {
    Diagnostic::new(code, message)
        .logical_id(resource.logical_id.as_str())
        .property(property)
}

/// Returns `true` if a property is the literal `true`, as a boolean or as text.
fn is_true(resource: &TemplateResource, property: &str) -> bool {
    resource
        .prop(property)
        .is_some_and(|data| parse_bool(data) == Some(true))
}

/// Parses a literal as CloudFormation parses booleans.
fn parse_bool(data: &Data) -> Option<bool> {
    match data {
        Data::Bool(value) => Some(*value),
        Data::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Data::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// Returns the items of a list, or the only item.
fn list_items(data: Option<&Data>) -> &[Data] {
    match data {
        Some(Data::List(items)) => items,
        Some(only) => std::slice::from_ref(only),
        None => &[],
    }
}

/// Returns the literal text at a key of a map.
fn text_at<'a>(data: &'a Data, key: &str) -> Option<&'a str> {
    data.as_map()?.get(key)?.as_text()
}
