//! The plan file: which change sets were reviewed, by key, ARN and digests. No values and no secrets.

use std::collections::BTreeMap;

use infra_core::{Diagnostic, codes};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Class, Error};
use infra_template::digest::Digest;

/// The version of the format that this program writes and reads.
const VERSION: u32 = 1;

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
    /// The stacks, in the order of deployment.
    pub stacks: Vec<StackRecord>,
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
    pub(crate) fn new(created: String, name_prefix: &str) -> Self {
        Self {
            version: VERSION,
            created,
            name_prefix: name_prefix.to_owned(),
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

    /// The plan file as text.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// What it says about the stack of that name in that region.
    pub fn stack(&self, region: &str, name: &str) -> Option<&StackRecord> {
        let mut stacks = self.stacks.iter();
        stacks.find(|stack| stack.region == region && stack.stack == name)
    }
}
