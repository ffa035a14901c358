//! The plan file, or plan record: the change sets that were reviewed, by key, ARN and digests, and digests of the assembly and
//! the site. It holds no values of parameters and no secrets.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use infra_core::{Diagnostic, codes};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::options::PlanOptions;
use crate::error::{Class, Error};
use infra_template::digest::Digest;

/// The version of the format that this program writes and reads.
///
/// Version 1 had no `assembly`, no `images`, no `fields` and no `drift`: it did not prove enough.
const VERSION: u32 = 2;

/// The plan file. It points at change sets; it does not replace them.
#[derive(Clone, Debug, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct PlanRecord {
    /// The version of this format.
    pub version: u32,
    /// When it was made, RFC 3339.
    pub created: String,
    /// What the names of its change sets begin with.
    pub name_prefix: String,
    /// Digest of the assembly: every stack with its templates, place, tags, protection, order, and assets with their contents.
    pub assembly: Digest,
    /// Container images that the templates name, by resource as `Stack/LogicalId`.
    pub images: BTreeMap<String, BTreeSet<String>>,
    /// Digest of the site that is published with it; absent where none was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Digest>,
    /// Policies of an organisation that it passed, as they were named; absent where none was checked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<PolicyRecord>,
    /// The stacks, in the order of deployment.
    pub stacks: Vec<StackRecord>,
}

/// A policy of an organisation in a plan file.
#[derive(Clone, Debug, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct PolicyRecord {
    /// The name that the policy gives itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The commit of its checkout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
    /// The digest over names and contents of its rule files and of `policy.toml`.
    pub digest: Digest,
}

impl fmt::Display for PolicyRecord {
    /// Writes `your-org/policy@1a2b… sha256:3c4d…`, without what is not known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = &self.name {
            f.write_str(name)?;
        }
        if let Some(revision) = &self.revision {
            write!(f, "@{revision}")?;
        }
        if self.name.is_some() || self.revision.is_some() {
            f.write_str(" ")?;
        }
        write!(f, "sha256:{}", self.digest)
    }
}

impl PolicyRecord {
    /// The policy of that digest, without a name.
    pub fn new(digest: Digest) -> Self {
        Self {
            name: None,
            revision: None,
            digest,
        }
    }
}

/// A stack in a plan file.
#[derive(Clone, Debug, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct StackRecord {
    /// The construct path.
    pub path: String,
    /// The name in CloudFormation.
    pub stack: String,
    /// The account.
    pub account: String,
    /// The region.
    pub region: String,
    /// What the change set was made from.
    pub key: Digest,
    /// The digest of each part of it: `template`, `parameters`, `tags`, `role`, …
    pub parts: BTreeMap<String, Digest>,
    /// Digest of what was changed by other means than CloudFormation when it was planned, by logical ID, among the
    /// resources that change; absent where CloudFormation was not asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drift: Option<BTreeMap<String, Digest>>,
    /// What there is to execute.
    pub step: Step,
}

/// What a plan file has to say about a stack.
#[derive(Clone, Debug, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
#[non_exhaustive]
pub enum Step {
    /// Nothing changes.
    Unchanged,
    /// A change set waits for execution.
    ChangeSet {
        /// Its ARN.
        change_set: String,
        /// The ARN of the stack.
        stack_id: String,
        /// What it changes.
        changes: Digest,
        /// Digest of each field that CloudFormation returns, such as `Parameters.Image`.
        fields: BTreeMap<String, Digest>,
        /// After this time it is not executed any more, RFC 3339.
        expires: String,
    },
    /// It is planned once the stacks that it reads from are deployed; this is what is expected of it.
    Provisional {
        /// What it is expected to change.
        changes: Digest,
    },
}

impl PlanRecord {
    /// An empty plan.
    pub(crate) fn new(created: String, name_prefix: &str, assembly: Digest) -> Self {
        Self {
            version: VERSION,
            created,
            name_prefix: name_prefix.to_owned(),
            assembly,
            images: BTreeMap::new(),
            site: None,
            policies: Vec::new(),
            stacks: Vec::new(),
        }
    }

    /// Reads a plan file.
    pub fn parse(text: &str) -> Result<Self, Error> {
        /// Read first: a later version may have other fields.
        #[derive(Deserialize)]
        struct Versioned {
            version: u32,
        }
        let unreadable = |message: String| {
            let finding = Diagnostic::new(codes::PLAN_NOT_READABLE, message)
                .help("make it again with `plan --out FILE`");
            Error::new(Class::Error, finding)
        };
        let found: Versioned = serde_json::from_str(text)
            .map_err(|error| unreadable(format!("this is not a plan file: {error}")))?;
        if found.version != VERSION {
            let message = format!(
                "the plan file has version {}, and this program reads version {VERSION}",
                found.version
            );
            return Err(unreadable(message));
        }
        serde_json::from_str(text)
            .map_err(|error| unreadable(format!("the plan file is damaged: {error}")))
    }

    /// Refuses policies that are not those which the plan passed.
    ///
    /// # Errors
    ///
    /// An error of class [`Stale`](Class::Stale) with the policies that are wanted and found.
    pub fn check_policies(&self, found: &[PolicyRecord]) -> Result<(), Error> {
        let digests = |policies: &[PolicyRecord]| -> BTreeSet<String> {
            policies.iter().map(|one| one.digest.to_string()).collect()
        };
        if digests(&self.policies) == digests(found) {
            return Ok(());
        }
        let shown = |policies: &[PolicyRecord]| {
            let named = policies.iter().map(PolicyRecord::to_string);
            let named: Vec<String> = named.collect();
            if named.is_empty() {
                "none".to_owned()
            } else {
                named.join(", ")
            }
        };
        let finding = Diagnostic::new(
            codes::PLAN_MISMATCH,
            "the plan file passed other policies than those of this command",
        )
        .actual(shown(found))
        .expected(shown(&self.policies))
        .help(
            "make the plan again with `plan --out FILE` and these policies, and have it reviewed",
        );
        Err(Error::new(Class::Stale, finding))
    }

    /// The plan file as text.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Has the same change sets looked for that it was made of: by their prefix, and its stacks where none was chosen.
    pub(crate) fn choose(&self, options: &mut PlanOptions) {
        options.name_prefix.clone_from(&self.name_prefix);
        if options.stacks.is_empty() {
            options.stacks = self.stacks.iter().map(|stack| stack.path.clone()).collect();
        }
    }

    /// What it says about the stack of that name in that region.
    pub fn stack(&self, region: &str, name: &str) -> Option<&StackRecord> {
        let mut stacks = self.stacks.iter();
        stacks.find(|stack| stack.region == region && stack.stack == name)
    }
}
