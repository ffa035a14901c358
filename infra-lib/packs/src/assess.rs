//! Sets of rules and their results: [`PackSet`], [`Assessed`].

use std::collections::HashMap;

use infra_core::template::Template;
use infra_core::{Diagnostic, Policy};
use serde_json::Value;

use crate::evaluate::{Outcome, Spot, evaluate_rule};
use crate::pack::Pack;
use crate::rule::{Rule, rules};
use crate::view::View;

/// The rules of one or several packs. As a policy of an app, it reports violations; [`assess`](Self::assess) also returns what holds.
#[derive(Clone, Debug)]
pub struct PackSet {
    packs: Vec<Pack>,
    rules: Vec<&'static Rule>,
}

/// The result of a rule for a resource to which it applies.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Assessed {
    /// The rule.
    pub rule: &'static Rule,
    /// Name of the template, such as its path.
    pub template: String,
    /// Logical ID of the resource.
    pub logical_id: String,
    /// Type of the resource.
    pub type_name: String,
    /// The result.
    pub verdict: Verdict,
}

/// The result of a rule.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Verdict {
    /// The requirements hold.
    Passed,
    /// A requirement does not hold.
    Failed {
        /// Path of the property, separated by dots. Empty if a related resource is missing.
        property: String,
        /// The literal that was found, or `None` without a value.
        actual: Option<String>,
    },
    /// A value that decides the result is known only at deployment.
    Undecided {
        /// Path of the property.
        property: String,
    },
    /// A violation that the template, a baseline or the settings accept.
    Accepted,
}

impl PackSet {
    /// Creates a set of the rules of packs.
    pub fn new(packs: impl IntoIterator<Item = Pack>) -> Self {
        let mut packs: Vec<Pack> = packs.into_iter().collect();
        packs.sort_unstable();
        packs.dedup();
        let is_in = |rule: &&Rule| rule.controls.iter().any(|one| packs.contains(&one.pack));
        let rules = rules().iter().filter(is_in).collect();
        Self { packs, rules }
    }

    /// Removes a rule by its ID. For a single resource, acknowledge the finding instead, which records the reason.
    #[must_use]
    pub fn without(mut self, id: &str) -> Self {
        self.rules.retain(|rule| rule.id != id);
        self
    }

    /// Returns the packs, in the order of reports.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// Returns the rules.
    pub fn rules(&self) -> &[&'static Rule] {
        &self.rules
    }

    /// Evaluates every rule for every resource of a template that it is about. `name` is the name of the template in reports.
    pub fn assess(&self, name: &str, template: &Value) -> Vec<Assessed> {
        let view = View::new(template);
        let mut by_type: HashMap<&str, Vec<&'static Rule>> = HashMap::new();
        for rule in &self.rules {
            for type_name in &rule.types {
                by_type.entry(type_name).or_default().push(rule);
            }
        }
        let mut results = Vec::new();
        for resource in &view.resources {
            for rule in by_type.get(resource.type_name).into_iter().flatten() {
                let Some(outcome) = evaluate_rule(rule, &view, resource) else {
                    continue;
                };
                results.push(Assessed {
                    rule,
                    template: name.to_owned(),
                    logical_id: resource.logical_id.to_owned(),
                    type_name: resource.type_name.to_owned(),
                    verdict: to_verdict(outcome),
                });
            }
        }
        results
    }

    /// Returns the finding about a violation, or `None` for another result.
    pub fn to_finding(&self, assessed: &Assessed) -> Option<Diagnostic> {
        let Verdict::Failed { property, actual } = &assessed.verdict else {
            return None;
        };
        let rule = assessed.rule;
        let mut finding = Diagnostic::new(rule.code(), rule.message)
            .logical_id(assessed.logical_id.as_str())
            .property(property.as_str())
            .help(rule.help);
        if let Some(actual) = actual {
            finding = finding.actual(actual.as_str());
        }
        for pack in &self.packs {
            let ids: Vec<&str> = rule.controls_of(*pack).map(|control| control.id).collect();
            if !ids.is_empty() {
                finding = finding.note(format!("{}: {}", pack.title(), ids.join(", ")));
            }
        }
        Some(finding)
    }
}

impl Policy for PackSet {
    fn check_template(&self, template: &Template, findings: &mut Vec<Diagnostic>) {
        let results = self.assess(&template.stack_path, &template.to_json());
        findings.extend(results.iter().filter_map(|result| self.to_finding(result)));
    }
}

fn to_verdict(outcome: Outcome) -> Verdict {
    match outcome {
        Outcome::Holds => Verdict::Passed,
        Outcome::Fails(Spot { property, actual }) => Verdict::Failed { property, actual },
        Outcome::Unknown(Spot { property, .. }) => Verdict::Undecided { property },
    }
}
