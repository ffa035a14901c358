//! Numbers of results by rule and by control: [`Summary`].

use std::collections::BTreeMap;

use crate::assess::{Assessed, PackSet, Verdict};
use crate::pack::Pack;
use crate::rule::{Control, Rule};

/// Numbers of results.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Counts {
    /// Resources that fulfil the requirements.
    pub passed: usize,
    /// Resources that violate a requirement.
    pub failed: usize,
    /// Resources whose values are known only at deployment.
    pub undecided: usize,
    /// Violations that are accepted.
    pub accepted: usize,
}

/// The state of a control.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum State {
    /// Every resource fulfils the rules of the control.
    Satisfied,
    /// A resource violates a rule of the control.
    NotSatisfied,
    /// No resource violates a rule, and some cannot be decided.
    Undecided,
    /// No template has a resource that the rules are about.
    NotApplicable,
}

impl Counts {
    fn add(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::Passed => self.passed += 1,
            Verdict::Failed { .. } => self.failed += 1,
            Verdict::Undecided { .. } => self.undecided += 1,
            Verdict::Accepted => self.accepted += 1,
        }
    }

    /// Returns the state that the numbers show. Accepted violations do not count.
    pub const fn state(self) -> State {
        if self.failed > 0 {
            State::NotSatisfied
        } else if self.undecided > 0 {
            State::Undecided
        } else if self.passed + self.accepted > 0 {
            State::Satisfied
        } else {
            State::NotApplicable
        }
    }
}

impl State {
    /// Returns the word of reports: `satisfied`, `not satisfied`, `undecided` or `not applicable`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Satisfied => "satisfied",
            Self::NotSatisfied => "not satisfied",
            Self::Undecided => "undecided",
            Self::NotApplicable => "not applicable",
        }
    }
}

/// The results of a rule.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RuleSummary {
    /// The rule.
    pub rule: &'static Rule,
    /// Numbers of its results.
    pub counts: Counts,
}

/// The results of the rules of a control.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ControlSummary {
    /// The control.
    pub control: Control,
    /// IDs of its rules.
    pub rules: Vec<&'static str>,
    /// Numbers of the results of its rules.
    pub counts: Counts,
}

/// The results of templates by rule and by control.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Summary {
    /// Packs that were checked.
    pub packs: Vec<Pack>,
    /// Numbers of all results.
    pub counts: Counts,
    /// Rules in their order, also those that concern no resource.
    pub rules: Vec<RuleSummary>,
    /// Controls of the packs in the order of packs and IDs.
    pub controls: Vec<ControlSummary>,
}

impl Summary {
    /// Counts results.
    pub fn new(set: &PackSet, results: &[Assessed]) -> Self {
        let mut by_rule: BTreeMap<&str, Counts> = BTreeMap::new();
        let mut counts = Counts::default();
        for result in results {
            by_rule
                .entry(result.rule.id())
                .or_default()
                .add(&result.verdict);
            counts.add(&result.verdict);
        }
        let rules: Vec<RuleSummary> = set
            .rules()
            .iter()
            .map(|rule| RuleSummary {
                rule,
                counts: by_rule.get(rule.id()).copied().unwrap_or_default(),
            })
            .collect();
        let mut controls: BTreeMap<(Pack, Vec<OrderPart<'_>>), ControlSummary> = BTreeMap::new();
        for summary in &rules {
            let of_packs = summary.rule.controls().iter();
            for control in of_packs.filter(|control| set.packs().contains(&control.pack)) {
                let key = (control.pack, order_key(control.id));
                let entry = controls.entry(key).or_insert_with(|| ControlSummary {
                    control: *control,
                    rules: Vec::new(),
                    counts: Counts::default(),
                });
                entry.rules.push(summary.rule.id());
                entry.counts.passed += summary.counts.passed;
                entry.counts.failed += summary.counts.failed;
                entry.counts.undecided += summary.counts.undecided;
                entry.counts.accepted += summary.counts.accepted;
            }
        }
        Self {
            packs: set.packs().to_vec(),
            counts,
            rules,
            controls: controls.into_values().collect(),
        }
    }

    /// Returns the controls of a pack.
    pub fn controls_of(&self, pack: Pack) -> impl Iterator<Item = &ControlSummary> {
        let controls = self.controls.iter();
        controls.filter(move |summary| summary.control.pack == pack)
    }
}

/// A part of an ID: numbers compare by value.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum OrderPart<'t> {
    Number(u64),
    Text(&'t str),
}

/// Returns the parts of an ID, so that `S3.8` comes before `S3.12`.
pub(crate) fn order_key(id: &str) -> Vec<OrderPart<'_>> {
    let mut parts = Vec::new();
    let mut rest = id;
    while let Some(first) = rest.chars().next() {
        let of_number = first.is_ascii_digit();
        let end = rest
            .find(|c: char| c.is_ascii_digit() != of_number)
            .unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        parts.push(match part.parse() {
            Ok(number) if of_number => OrderPart::Number(number),
            _ => OrderPart::Text(part),
        });
        rest = after;
    }
    parts
}
