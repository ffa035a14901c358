//! Implements `permissions`: prints the least IAM policy with which CloudFormation can deploy an app, or exactly one change of it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use infra_console::documents::to_json;
use infra_core::{Diagnostic, codes};
use infra_template::assembly::CloudAssembly;
use infra_template::permissions::{
    MANAGED_POLICY_QUOTA, Permissions, PolicyComparison, permissions_for_app,
    permissions_for_changes,
};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as JsonValue;

use super::diff::{DiffBase, review_against};
use super::files;
use crate::ExitCode;
use crate::failure::Failure;
use crate::session::Session;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Permissions for this stack only. Can be repeated. Default: all stacks.
    #[arg(long, value_name = "NAME")]
    stack: Vec<String>,

    /// Only what the changes since this state need: `deployed`, the folder of another cloud assembly, or `git:REV` for the app at that revision.
    ///
    /// Default: every change of the resources of the app.
    #[arg(long, value_name = "WHAT")]
    against: Option<DiffBase>,

    /// Compares the actions with a policy in use: a policy document, or the output of `aws iam get-role-policy` or
    /// `get-policy-version`. Ends with exit code 2 if actions are missing.
    #[arg(long, value_name = "FILE")]
    compare: Option<PathBuf>,

    /// Prints JSON with the reason for each action: schemas/permissions.schema.json.
    #[arg(long)]
    json: bool,

    /// The cloud assembly in this folder, in place of the one that the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    assembly: Option<PathBuf>,
}

pub(crate) fn run_permissions(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let in_use = match &options.compare {
        Some(path) => Some(read_policy(session, path)?),
        None => None,
    };
    let assembly = session.load_assembly(options.assembly.as_deref())?;
    let permissions = match &options.against {
        None => {
            let wanted = assembly.select_stacks(&options.stack)?;
            let chosen = wanted.into_iter().cloned().collect();
            permissions_for_app(&CloudAssembly::new(chosen))
        }
        Some(against) => {
            let (review, warnings) = review_against(session, &assembly, &options.stack, against)?;
            session.output.write_findings(&warnings)?;
            permissions_for_changes(&assembly, &review)
        }
    };
    let compared = match (&in_use, &options.compare) {
        (Some(policy), Some(path)) => {
            let compared = permissions.compare_with(policy);
            Some(compared.map_err(|reason| refuse_policy(session, path, &reason))?)
        }
        _ => None,
    };
    if options.json {
        let document = Document::new(&permissions, compared.as_ref());
        session.output.write_json(&to_json(&document))?;
    } else if let Some(compared) = &compared {
        session.output.write_data(&format_comparison(compared))?;
    } else {
        session.output.write_json(&permissions.policy())?;
    }
    session.output.write_status(&format_notes(&permissions))?;
    Ok(match compared {
        Some(compared) if !compared.missing.is_empty() => ExitCode::Differences,
        _ => ExitCode::Ok,
    })
}

fn read_policy(session: &Session<'_>, path: &Path) -> Result<JsonValue, Failure> {
    let text = files::read_text(session, path)?;
    serde_json::from_str(&text).map_err(|error| refuse_policy(session, path, &error.to_string()))
}

fn refuse_policy(session: &Session<'_>, path: &Path, reason: &str) -> Failure {
    let message = format!(
        "`{}` is not a policy document: {reason}",
        session.format_path(path)
    );
    Diagnostic::new(codes::FILE_NOT_USABLE, message)
        .help("write the policy of the role to a file, for example with `aws iam get-role-policy`")
        .into()
}

fn format_comparison(compared: &PolicyComparison) -> String {
    let mut text = String::new();
    for action in &compared.missing {
        let _ = writeln!(text, "missing    {action}");
    }
    for action in &compared.unneeded {
        let _ = writeln!(text, "unneeded   {action}");
    }
    if text.is_empty() {
        text.push_str("the policy allows the needed actions, and no other ones\n");
    }
    if compared.partial {
        text.push_str("not compared: statements with `Deny` or `NotAction`\n");
    }
    text
}

fn format_notes(permissions: &Permissions) -> String {
    let mut text = String::new();
    for (name, resources) in &permissions.undeclared {
        let resources: Vec<&str> = resources.iter().map(String::as_str).collect();
        let _ = writeln!(
            text,
            "not included: {name} declares no permissions ({})",
            resources.join(", ")
        );
    }
    let policies = permissions.managed_policies().len();
    if policies > 1 {
        let _ = writeln!(
            text,
            "the policy exceeds the {MANAGED_POLICY_QUOTA} characters of a managed policy; `--json` prints it as {policies} policies"
        );
    }
    text
}

/// Least permissions for deploying an app or a change of it.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "Permissions: `permissions --json`")]
pub(super) struct Document {
    /// Policy documents of at most 6,144 characters each, the quota of managed policies.
    policies: Vec<JsonValue>,
    /// Actions with the reasons for which they are needed, sorted by action.
    actions: Vec<ActionEntry>,
    /// Resource types whose handlers declare no permissions, so that no policy includes them.
    undeclared: Vec<UndeclaredEntry>,
    /// Comparison with the policy of `--compare`.
    #[serde(skip_serializing_if = "Option::is_none")]
    comparison: Option<ComparisonEntry>,
}

/// An action, with the reasons for which it is needed.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct ActionEntry {
    /// Action, such as `sqs:CreateQueue`. Some handlers declare patterns, such as `ec2:Describe*`.
    action: String,
    /// Resource types whose handlers call it, or entries of the template, such as ``parameter `Image` ``.
    needed_by: Vec<String>,
}

/// A resource type without declared permissions.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct UndeclaredEntry {
    /// Resource type, such as `AWS::Route53::RecordSetGroup`.
    r#type: String,
    /// Resources of that type: the name of the stack and the logical ID.
    resources: Vec<String>,
}

/// Differences between the needed actions and those of a policy in use.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct ComparisonEntry {
    /// Actions that are needed and not allowed.
    missing: Vec<String>,
    /// Actions and patterns that the policy allows and that are not needed.
    unneeded: Vec<String>,
    /// True if the policy has statements with `Deny` or `NotAction`, which are not compared.
    partial: bool,
}

impl Document {
    fn new(permissions: &Permissions, compared: Option<&PolicyComparison>) -> Self {
        let actions = permissions.actions.iter();
        let undeclared = permissions.undeclared.iter();
        Self {
            policies: permissions.managed_policies(),
            actions: actions
                .map(|(action, needed_by)| ActionEntry {
                    action: action.clone(),
                    needed_by: needed_by.iter().cloned().collect(),
                })
                .collect(),
            undeclared: undeclared
                .map(|(name, resources)| UndeclaredEntry {
                    r#type: name.clone(),
                    resources: resources.iter().cloned().collect(),
                })
                .collect(),
            comparison: compared.map(|compared| ComparisonEntry {
                missing: compared.missing.clone(),
                unneeded: compared.unneeded.clone(),
                partial: compared.partial,
            }),
        }
    }
}
