//! Plan file: the reviewed change sets by key, ARN and digests, and digests of assembly and site. It contains no parameter values and no secrets.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use infra_core::{Diagnostic, codes};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::options::PlanOptions;
use crate::error::{Class, Error};
use infra_template::digest::Digest;

/// Version of the file format that this program writes and reads.
///
/// Version 1 had no `assembly`, `images`, `fields` and `drift`, which are needed to prove the contents of a change set.
const VERSION: u32 = 2;

/// Contents of a plan file. It refers to change sets in CloudFormation, and does not replace them.
#[derive(Clone, Debug, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct PlanRecord {
    /// Version of the file format. Readers refuse versions other than their own.
    pub version: u32,
    /// Time at which the plan was created, in RFC 3339 format.
    pub created: String,
    /// Prefix of the names of its change sets, such as `infra` or `pr123`.
    pub name_prefix: String,
    /// Digest of the assembly: every stack with its templates, account, region, tags, termination protection and dependencies, and assets with their
    /// contents.
    pub assembly: Digest,
    /// Container images in the templates, by resource as `Stack/LogicalId`, for comparison at deployment.
    pub images: BTreeMap<String, BTreeSet<String>>,
    /// Digest of the site that is published with the deployment; absent if no site is part of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Digest>,
    /// Organization policies that the plan has passed, as declared; absent if none were checked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<PolicyRecord>,
    /// Stacks of the plan in deployment order, including those without changes.
    pub stacks: Vec<StackRecord>,
}

/// Organization policy that a plan has passed, identified by a digest of its files.
#[derive(Clone, Debug, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct PolicyRecord {
    /// Name that the policy declares, such as `your-org/policy`; absent if it declares none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Git commit of the policy's checkout; absent if it is unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
    /// Digest of the names and contents of its rule files and of `policy.toml`.
    pub digest: Digest,
}

impl fmt::Display for PolicyRecord {
    /// Formats the policy as `your-org/policy@1a2b… sha256:3c4d…`, without unknown parts.
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
    /// Creates a policy record with this digest; name and revision are unknown.
    pub fn new(digest: Digest) -> Self {
        Self {
            name: None,
            revision: None,
            digest,
        }
    }
}

/// Stack in a plan file, with the digests that a deployment verifies.
#[derive(Clone, Debug, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct StackRecord {
    /// Construct path of the stack below the app, such as `Prod/Data`.
    pub path: String,
    /// Name of the stack in CloudFormation, such as `notes-prod-data`.
    pub stack: String,
    /// ID of the AWS account that the stack is deployed to, twelve digits.
    pub account: String,
    /// Region that the stack is deployed in, such as `eu-west-1`.
    pub region: String,
    /// Plan key: the digest of everything that the change set was created from.
    pub key: Digest,
    /// Digest of each part of the key, so that a mismatch can be explained: `template`, `parameters`, `tags`, `role`, …
    pub parts: BTreeMap<String, Digest>,
    /// Digest of the drift at planning time of each affected resource, by logical ID; absent if drift was not detected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drift: Option<BTreeMap<String, Digest>>,
    /// Work that a deployment does for the stack, with references to its change set.
    pub step: Step,
}

/// Work that a plan file specifies for a stack.
#[derive(Clone, Debug, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
#[non_exhaustive]
pub enum Step {
    /// The stack is up to date, and nothing is executed for it.
    Unchanged,
    /// A change set is executed, after a check that it still has these digests.
    ChangeSet {
        /// ARN of the change set, by which a deployment finds it.
        change_set: String,
        /// ARN of the stack, so that a later stack of the same name is recognized.
        stack_id: String,
        /// Digest of the changes that were reviewed, including those of nested stacks.
        changes: Digest,
        /// Digest of each field of the change set that CloudFormation returns, such as `Parameters.Image`.
        fields: BTreeMap<String, Digest>,
        /// Time after which the change set must not be executed, in RFC 3339 format.
        expires: String,
    },
    /// The change set is created after the stacks that it reads from are deployed; only its predicted changes are known.
    Provisional {
        /// Digest of the predicted changes, which the actual ones must not exceed.
        changes: Digest,
    },
}

impl PlanRecord {
    /// Creates a plan file without stacks.
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

    /// Parses a plan file.
    ///
    /// # Errors
    ///
    /// `PLAN_NOT_READABLE` if the text is not a plan file, or has another version.
    pub fn parse_json(text: &str) -> Result<Self, Error> {
        /// Parsed first, because later versions may have other fields.
        #[derive(Deserialize)]
        struct Versioned {
            version: u32,
        }
        let unreadable = |message: String| {
            let finding = Diagnostic::new(codes::PLAN_NOT_READABLE, message)
                .help("create it again with `plan --out FILE`");
            Error::new(Class::Error, finding)
        };
        let found: Versioned = serde_json::from_str(text)
            .map_err(|error| unreadable(format!("this is not a plan file: {error}")))?;
        if found.version != VERSION {
            let message = format!(
                "the plan file has version {}, but this program reads version {VERSION}",
                found.version
            );
            return Err(unreadable(message));
        }
        serde_json::from_str(text)
            .map_err(|error| unreadable(format!("the plan file is damaged: {error}")))
    }

    /// Compares the policies of a command with those that the plan has passed.
    ///
    /// # Errors
    ///
    /// An error of class [`Stale`](Class::Stale) with the expected and actual policies if their digests differ.
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
            "the plan file was checked with other policies than those of this command",
        )
        .actual(shown(found))
        .expected(shown(&self.policies))
        .help(
            "create the plan again with `plan --out FILE` and these policies, and have it reviewed",
        );
        Err(Error::new(Class::Stale, finding))
    }

    /// Returns the contents of the plan file as indented JSON with a final line break.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Sets the options so that the change sets of this plan are found: their prefix, and the stacks unless some are selected.
    pub(crate) fn apply_to_options(&self, options: &mut PlanOptions) {
        options.name_prefix.clone_from(&self.name_prefix);
        if options.stacks.is_empty() {
            options.stacks = self.stacks.iter().map(|stack| stack.path.clone()).collect();
        }
    }

    /// Returns the entry for the stack with this region and name, if the plan includes it.
    pub fn find_stack(&self, region: &str, name: &str) -> Option<&StackRecord> {
        let mut stacks = self.stacks.iter();
        stacks.find(|stack| stack.region == region && stack.stack == name)
    }
}
