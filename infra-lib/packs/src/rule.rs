//! The rules: [`Rule`] with its controls, and the list of all.

use std::sync::OnceLock;

use infra_core::{Code, Severity};

use crate::pack::Pack;
use crate::parse::parse_rules;
use crate::path::Path;

/// The texts of the rules by service, in the order of reports.
const TEXTS: &[&str] = &[
    include_str!("../rules/api.txt"),
    include_str!("../rules/compute.txt"),
    include_str!("../rules/containers.txt"),
    include_str!("../rules/databases.txt"),
    include_str!("../rules/delivery.txt"),
    include_str!("../rules/identity.txt"),
    include_str!("../rules/logging.txt"),
    include_str!("../rules/messaging.txt"),
    include_str!("../rules/network.txt"),
    include_str!("../rules/search.txt"),
    include_str!("../rules/storage.txt"),
];

/// The standards of Security Hub that list each control.
const STANDARDS: &str = include_str!("../controls/standards.txt");

/// Sets of controls that many rules share.
const THEMES: &str = include_str!("../rules/themes.txt");

/// The importance of a rule, as Security Hub rates its controls.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Level {
    /// A weakness that matters only together with others.
    Low,
    /// A weakness that must be removed, without urgency.
    Medium,
    /// A weakness that must be removed with priority.
    High,
    /// A weakness that must be removed at once.
    Critical,
}

impl Level {
    /// Returns the word of reports: `low`, `medium`, `high` or `critical`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        let all = [Self::Low, Self::Medium, Self::High, Self::Critical];
        all.into_iter().find(|level| level.as_str() == word)
    }

    /// Returns the severity of findings: high and critical ones are errors, the others warnings.
    pub const fn severity(self) -> Severity {
        match self {
            Self::Low | Self::Medium => Severity::Warning,
            Self::High | Self::Critical => Severity::Error,
        }
    }
}

/// A control of a framework.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct Control {
    /// The framework.
    pub pack: Pack,
    /// ID of the control in the framework, such as `S3.8` or `SC-28(1)`.
    pub id: &'static str,
}

/// A rule: requirements for the resources of certain types.
#[derive(Debug)]
pub struct Rule {
    pub(crate) id: &'static str,
    pub(crate) level: Level,
    pub(crate) types: Vec<&'static str>,
    pub(crate) message: &'static str,
    pub(crate) help: &'static str,
    pub(crate) controls: Vec<Control>,
    /// Lists whose items are checked one by one, instead of the properties.
    pub(crate) each: Option<Path>,
    /// Conditions under which the rule applies.
    pub(crate) when: Vec<Clause>,
    /// Requirements, all of which must hold.
    pub(crate) need: Vec<Clause>,
}

/// Conditions of which one must hold.
pub(crate) type Clause = Vec<Condition>;

/// A condition.
#[derive(Clone, Debug)]
pub(crate) enum Condition {
    /// The value at a path.
    Property {
        path: Path,
        /// The condition holds for a missing value.
        absent_holds: bool,
        operator: crate::operators::Operator,
    },
    /// A resource of a type that refers to this one in the value at a path, and fulfils conditions.
    Related {
        type_name: &'static str,
        path: Path,
        conditions: Vec<Self>,
        /// There must be such a resource, otherwise there must be none.
        is_wanted: bool,
    },
    /// The resource that the value at a path refers to fulfils conditions.
    Target { path: Path, conditions: Vec<Self> },
}

impl Rule {
    /// Returns the identifier, such as `s3-block-public-access`. It is the code of findings.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// Returns the importance.
    pub const fn level(&self) -> Level {
        self.level
    }

    /// Returns the code of findings, for `acknowledge`; [`codes`](crate::codes) has a constant for each.
    pub const fn code(&self) -> Code {
        Code::custom(self.id, self.level.severity())
    }

    /// Returns the resource types that the rule is about.
    pub fn types(&self) -> &[&'static str] {
        &self.types
    }

    /// Returns the text of findings.
    pub const fn message(&self) -> &'static str {
        self.message
    }

    /// Returns the change that resolves findings.
    pub const fn help(&self) -> &'static str {
        self.help
    }

    /// Returns the controls that a violation concerns, in the order of packs.
    pub fn controls(&self) -> &[Control] {
        &self.controls
    }

    /// Returns the controls of one pack.
    pub fn controls_of(&self, pack: Pack) -> impl Iterator<Item = Control> {
        let controls = self.controls.iter().copied();
        controls.filter(move |control| control.pack == pack)
    }
}

/// Returns every rule, in the order of services.
///
/// # Panics
///
/// Never: a test parses the same texts.
pub fn rules() -> &'static [Rule] {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    RULES.get_or_init(|| {
        parse_rules(STANDARDS, THEMES, TEXTS)
            .unwrap_or_else(|error| panic!("invalid rule: {error}"))
    })
}

/// Returns the rule with the given ID.
pub fn find_rule(id: &str) -> Option<&'static Rule> {
    rules().iter().find(|rule| rule.id == id)
}
