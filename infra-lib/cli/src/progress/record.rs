//! Defines the lines that `--json` writes: one JSON object per line, described by `schemas/events.schema.json`.

use std::collections::BTreeMap;
use std::io;

use infra_aws::StackOutput;
use infra_core::Diagnostic;
use infra_deploy::Event;
use infra_deploy::deploy::{Reached, StackReached};
use infra_template::digest::Digest;
use infra_template::review::{OrphanedStacks, StackReview};
use schemars::JsonSchema;
use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio::time::Instant;

use super::ProgressDisplay;
use infra_console::Output;
use infra_console::documents::Finding;

/// Version of the envelope. It changes when a field is removed or changes its meaning, not when one is added.
const VERSION: u8 = 1;

/// One line of the output of `--json`.
#[derive(Debug, JsonSchema, Serialize)]
pub(crate) struct Record {
    /// Version of this format. It changes when a field is removed or changes its meaning.
    #[schemars(extend("const" = 1))]
    v: u8,
    /// Time at which the line was written, in RFC 3339 format.
    #[schemars(extend("format" = "date-time"))]
    ts: String,
    /// The event or result, whose `type` selects the other fields.
    #[serde(flatten)]
    content: RecordContent,
}

/// The content of a line.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(untagged)]
enum RecordContent {
    Event(Event),
    Own(Own),
}

/// A folder with the rules of an organisation.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FolderSummary {
    /// Path of the folder as the user named it.
    pub(crate) folder: String,
    /// Name of the policy, from `policy.toml`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    /// Commit of the folder, if it is the root of a checkout with a detached HEAD.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) revision: Option<String>,
    /// SHA-256 digest over names and contents of all rule files and of `policy.toml`.
    pub(crate) digest: Digest,
    /// Number of rules in all files of the folder.
    pub(crate) rules: usize,
}

/// A line that the command itself writes, as opposed to an event of an operation.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub(crate) enum Own {
    /// The changes that a deployment would make, or is about to make.
    Plan {
        /// Reviews of the stacks, in the order of deployment.
        stacks: Vec<StackReview>,
    },
    /// Stacks that are deployed but no longer part of the app; deployments do not touch them. Written by commands that search for them.
    LeftStacks(OrphanedStacks),
    /// The result of policy rules, written if `--policy` or `INFRA_POLICY` names a folder.
    Policy {
        /// Folders with their digests.
        folders: Vec<FolderSummary>,
        /// Violations without an exception; a single one ends the command with exit code 1.
        #[schemars(with = "Vec<Finding>")]
        violations: Vec<serde_json::Value>,
        /// Violations that the policy itself accepts.
        #[schemars(with = "Vec<Finding>")]
        excepted: Vec<serde_json::Value>,
    },
    /// The failure of the command and its causes.
    Diagnosis {
        /// Findings, with the cause first.
        #[schemars(with = "Vec<Finding>")]
        findings: Vec<serde_json::Value>,
    },
    /// The result of the command; always the last line.
    Result {
        /// Name of the command, such as `deploy`.
        command: String,
        /// Exit code of the process.
        exit_code: u8,
        /// Number of the release that is now deployed, if releases are recorded.
        #[serde(skip_serializing_if = "Option::is_none")]
        release: Option<u64>,
        /// Results of the stacks.
        stacks: Vec<StackResult>,
    },
}

/// The state in which a command left a stack.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StackResult {
    /// Name of the stack in CloudFormation.
    pub(crate) stack: String,
    /// State of the stack: `deployed`, `noChanges`, …; after a deployment that ended early also `begun`, `rolledBack`, `stuck` and `notBegun`.
    pub(crate) outcome: String,
    /// Values of the stack's outputs, by output name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(default)]
    pub(crate) outputs: BTreeMap<String, String>,
}

/// Writes a line of the command itself.
pub(crate) fn write_record(out: &mut Output<'_>, now: OffsetDateTime, own: Own) -> io::Result<()> {
    write_line(out, now, RecordContent::Own(own))
}

/// Returns the values of outputs by name.
pub(crate) fn outputs_by_name(outputs: &[StackOutput]) -> BTreeMap<String, String> {
    let named = outputs.iter();
    named
        .map(|output| (output.name.clone(), output.value.clone()))
        .collect()
}

/// Returns the states of stacks after a deployment that ended early.
pub(crate) fn stack_results(stacks: &[StackReached]) -> Vec<StackResult> {
    let outcome = |reached| match reached {
        Reached::Deployed => "deployed",
        Reached::NoChanges => "noChanges",
        Reached::Started => "begun",
        Reached::RolledBack => "rolledBack",
        Reached::Stuck => "stuck",
        // States that a later version of the engine adds are unknown here.
        _ => "notBegun",
    };
    let stacks = stacks.iter().map(|stack| StackResult {
        stack: stack.stack.clone(),
        outcome: outcome(stack.reached).to_owned(),
        outputs: BTreeMap::new(),
    });
    stacks.collect()
}

/// Creates the line for a failure.
pub(crate) fn diagnosis_record(findings: &[Diagnostic]) -> Own {
    Own::Diagnosis {
        findings: findings.iter().map(Diagnostic::to_json).collect(),
    }
}

/// Returns the JSON Schema of a line.
pub(crate) fn record_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Record);
    schema.insert("title".to_owned(), "A line of `--json`".into());
    schema.to_value()
}

fn write_line(out: &mut Output<'_>, now: OffsetDateTime, what: RecordContent) -> io::Result<()> {
    let record = Record {
        v: VERSION,
        ts: now.format(&Rfc3339).unwrap_or_default(),
        content: what,
    };
    let text = serde_json::to_string(&record).map_err(io::Error::other)?;
    out.write_data(&format!("{text}\n"))
}

/// A display that writes every event as a JSON line on standard output.
pub(crate) struct Json<'c> {
    clock: &'c dyn infra_aws::Cloud,
}

impl<'c> Json<'c> {
    pub(crate) fn new(clock: &'c dyn infra_aws::Cloud) -> Self {
        Self { clock }
    }
}

impl ProgressDisplay for Json<'_> {
    fn show_event(&mut self, event: &Event, out: &mut Output<'_>) -> io::Result<()> {
        write_line(
            out,
            self.clock.current_time(),
            RecordContent::Event(event.clone()),
        )
    }

    fn wake_at(&self) -> Option<Instant> {
        None
    }

    fn refresh_display(&mut self, _: &mut Output<'_>) -> io::Result<()> {
        Ok(())
    }

    fn suspend_display(&mut self, _: &mut Output<'_>) -> io::Result<()> {
        Ok(())
    }

    fn resume_display(&mut self, _: &mut Output<'_>) -> io::Result<()> {
        Ok(())
    }

    fn finish_display(&mut self, _: &mut Output<'_>) -> io::Result<()> {
        Ok(())
    }
}
