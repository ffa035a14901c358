//! What `--json` writes: one JSON object a line, described by `schemas/events.schema.json`.

use std::collections::BTreeMap;
use std::io;

use infra_aws::StackOutput;
use infra_core::Diagnostic;
use infra_deploy::Event;
use infra_deploy::deploy::{Reached, StackReached};
use infra_template::digest::Digest;
use infra_template::review::{LeftStacks, StackReview};
use schemars::JsonSchema;
use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio::time::Instant;

use super::Show;
use infra_console::Output;
use infra_console::documents::Finding;

/// The version of the envelope. It changes when a field goes away or changes its meaning, not when one is added.
const VERSION: u8 = 1;

/// A line of `--json`.
#[derive(Debug, JsonSchema, Serialize)]
pub(crate) struct Record {
    /// The version of this format.
    #[schemars(extend("const" = 1))]
    v: u8,
    /// When it was written, RFC 3339.
    #[schemars(extend("format" = "date-time"))]
    ts: String,
    /// What happened.
    #[serde(flatten)]
    what: What,
}

/// What a line says.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(untagged)]
enum What {
    Event(Event),
    Own(Own),
}

/// A folder of rules of an organisation, as outputs name it.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FolderSummary {
    /// The folder, as it was named.
    pub(crate) folder: String,
    /// The name that the policy gives itself in `policy.toml`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    /// The commit of the checkout that the folder is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) revision: Option<String>,
    /// The SHA-256 digest over names and contents of all its rule files and of `policy.toml`.
    pub(crate) digest: Digest,
    /// The number of rules.
    pub(crate) rules: usize,
}

/// What the command itself says.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub(crate) enum Own {
    /// What would change, or will.
    Plan {
        /// The stacks, in the order of deployment.
        stacks: Vec<StackReview>,
    },
    /// Stacks that left the app: they are deployed, and no deployment touches them. Written where they were looked for.
    LeftStacks(LeftStacks),
    /// The result of the rules of `--policy`, where a folder is named.
    Policy {
        /// The folders, with their digests.
        folders: Vec<FolderSummary>,
        /// Violations; the command ends with 1 when there is one.
        #[schemars(with = "Vec<Finding>")]
        violations: Vec<serde_json::Value>,
        /// Violations that the policy itself accepts.
        #[schemars(with = "Vec<Finding>")]
        excepted: Vec<serde_json::Value>,
    },
    /// What went wrong, and why.
    Diagnosis {
        /// The findings, the cause first.
        #[schemars(with = "Vec<Finding>")]
        findings: Vec<serde_json::Value>,
    },
    /// The last line.
    Result {
        /// The command.
        command: String,
        /// What the process returns.
        exit_code: u8,
        /// The number of the release that serves now, where releases are kept.
        #[serde(skip_serializing_if = "Option::is_none")]
        release: Option<u64>,
        /// What became of each stack.
        stacks: Vec<StackResult>,
    },
}

/// What became of a stack.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StackResult {
    /// Name in CloudFormation.
    pub(crate) stack: String,
    /// State that the command left the stack in: `deployed`, `noChanges`, …; after a deployment that ended early also `begun`, `rolledBack`,
    /// `stuck` and `notBegun`.
    pub(crate) outcome: String,
    /// Outputs by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(default)]
    pub(crate) outputs: BTreeMap<String, String>,
}

/// Writes a record of the command itself.
pub(crate) fn write(out: &mut Output<'_>, now: OffsetDateTime, own: Own) -> io::Result<()> {
    line(out, now, What::Own(own))
}

/// Outputs by name.
pub(crate) fn outputs(outputs: &[StackOutput]) -> BTreeMap<String, String> {
    let named = outputs.iter();
    named
        .map(|output| (output.name.clone(), output.value.clone()))
        .collect()
}

/// The states of stacks after a deployment that ended early.
pub(crate) fn reached(stacks: &[StackReached]) -> Vec<StackResult> {
    let outcome = |reached| match reached {
        Reached::Deployed => "deployed",
        Reached::NoChanges => "noChanges",
        Reached::Begun => "begun",
        Reached::RolledBack => "rolledBack",
        Reached::Stuck => "stuck",
        // One that a later version of the engine adds is not known here.
        _ => "notBegun",
    };
    let stacks = stacks.iter().map(|stack| StackResult {
        stack: stack.stack.clone(),
        outcome: outcome(stack.reached).to_owned(),
        outputs: BTreeMap::new(),
    });
    stacks.collect()
}

/// The record of what went wrong.
pub(crate) fn diagnosis(findings: &[Diagnostic]) -> Own {
    Own::Diagnosis {
        findings: findings.iter().map(Diagnostic::to_json).collect(),
    }
}

/// The JSON Schema of a line.
pub(crate) fn schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Record);
    schema.insert("title".to_owned(), "A line of `--json`".into());
    schema.to_value()
}

fn line(out: &mut Output<'_>, now: OffsetDateTime, what: What) -> io::Result<()> {
    let record = Record {
        v: VERSION,
        ts: now.format(&Rfc3339).unwrap_or_default(),
        what,
    };
    let text = serde_json::to_string(&record).map_err(io::Error::other)?;
    out.data(&format!("{text}\n"))
}

/// Writes every event as a line.
pub(crate) struct Json<'c> {
    clock: &'c dyn infra_aws::Cloud,
}

impl<'c> Json<'c> {
    pub(crate) fn new(clock: &'c dyn infra_aws::Cloud) -> Self {
        Self { clock }
    }
}

impl Show for Json<'_> {
    fn event(&mut self, event: &Event, out: &mut Output<'_>) -> io::Result<()> {
        line(out, self.clock.now(), What::Event(event.clone()))
    }

    fn wake_at(&self) -> Option<Instant> {
        None
    }

    fn wake(&mut self, _: &mut Output<'_>) -> io::Result<()> {
        Ok(())
    }

    fn suspend(&mut self, _: &mut Output<'_>) -> io::Result<()> {
        Ok(())
    }

    fn resume(&mut self, _: &mut Output<'_>) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, _: &mut Output<'_>) -> io::Result<()> {
        Ok(())
    }
}
