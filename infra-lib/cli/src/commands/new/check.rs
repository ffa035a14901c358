//! Checks that a converted project synthesizes to its template, by compiling and running the project.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use infra_core::{Diagnostic, codes};
use infra_template::Template;
use infra_template::assembly::CloudAssembly;
use infra_template::diff::{self, DeployedStackState};
use infra_template::review::{Review, Verdict};
use serde_json::Value as JsonValue;

use crate::ExitCode;
use crate::child::{self, TemporaryFolder};
use crate::commands::conversion::Converted;
use crate::failure::Failure;
use crate::render::{self, Detail};
use crate::session::Session;

/// Maximum number of lines from Cargo and the app that a finding repeats.
const LINES: usize = 20;

/// Compiles and synthesizes the project in `folder`, and compares the result with its template, which messages call `origin`.
pub(super) fn check_project(
    session: &mut Session<'_>,
    folder: &Path,
    converted: &Converted,
    origin: &str,
) -> Result<(), Failure> {
    session.output.write_status(&format!(
        "checking that it synthesizes to {origin}: compiling the project, which takes a few minutes the first time\n"
    ))?;
    let assembly = synthesize_project(session, folder)?;
    let review = compare_template(assembly, converted, origin);
    if review.verdict() == Verdict::NoChanges {
        session
            .output
            .write_status(&format!("it synthesizes to {origin}\n"))?;
        return Ok(());
    }
    let text = render::render_text(&review, Detail::Full, &session.output);
    session.output.write_status(&text)?;
    Err(Diagnostic::new(
        codes::TEMPLATE_NOT_CONVERTIBLE,
        format!("the project does not synthesize to {origin}; the differences are above"),
    )
    .help("correct `src/stack.rs`, and compare again with `infra diff` against the deployed stack before you deploy it")
    .into())
}

fn synthesize_project(session: &mut Session<'_>, folder: &Path) -> Result<CloudAssembly, Failure> {
    let out = TemporaryFolder::new()?;
    let cargo = session.variables.find_path("CARGO");
    let mut command = Command::new(cargo.unwrap_or(Path::new("cargo")));
    command
        .current_dir(folder)
        .args(["run", "--quiet", "--", "synth", "--quiet", "--out"])
        .arg(out.path());
    let done =
        child::capture_output(&mut command).map_err(|error| not_checked(&error.to_string()))?;
    if child::is_interrupted() {
        return Err(Failure::Process(ExitCode::Interrupted));
    }
    if !done.status.success() {
        let talk = String::from_utf8_lossy(&done.stderr);
        let lines: Vec<&str> = talk
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        let last = &lines[lines.len().saturating_sub(LINES)..];
        return Err(not_checked(&last.join("\n")).into());
    }
    Ok(CloudAssembly::read_directory(out.path())?)
}

fn not_checked(reason: &str) -> Diagnostic {
    let finding = Diagnostic::new(
        codes::APP_FAILED,
        "the project was created, but the check failed: it cannot be built and synthesized",
    );
    finding
        .note(reason)
        .help("`cargo run -- synth` in the project shows more; `--no-check` skips the check")
}

/// Compares the template, as if it were deployed, with the stack of the project.
fn compare_template(mut assembly: CloudAssembly, converted: &Converted, origin: &str) -> Review {
    for stack in &mut assembly.stacks {
        stack.template = without_default_policies(&stack.template, &converted.template);
    }
    let stacks: Vec<_> = assembly.stacks.iter().collect();
    let before: BTreeMap<String, DeployedStackState> = stacks
        .iter()
        .map(|stack| {
            let template = converted.template.clone();
            let before = DeployedStackState::builder().template(template).build();
            (stack.name.clone(), before)
        })
        .collect();
    diff::review_stacks(&before, &stacks, &[], origin)
}

/// Removes `UpdateReplacePolicy: Delete` and `DeletionPolicy: Delete` from resources whose original has no such policy. They are the defaults, for
/// removal except that of databases. Synthesis writes the former together with the latter, and constructs write both.
///
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html>,
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html>
fn without_default_policies(template: &Template, original: &Template) -> Template {
    const DATABASES: [&str; 2] = ["AWS::RDS::DBCluster", "AWS::RDS::DBInstance"];
    let said: BTreeSet<(&str, &str)> = original
        .resources()
        .flat_map(|resource| {
            let names = resource.entry.keys();
            names.map(move |name| (resource.logical_id, name.as_str()))
        })
        .collect();
    let mut document = template.document().clone();
    let resources = document
        .get_mut("Resources")
        .and_then(JsonValue::as_object_mut);
    for (id, resource) in resources.into_iter().flatten() {
        let is_database = DATABASES.iter().any(|name| resource["Type"] == *name);
        let is_default = |name: &str, value: &JsonValue| {
            let is_policy =
                name == "UpdateReplacePolicy" || name == "DeletionPolicy" && !is_database;
            is_policy && *value == "Delete" && !said.contains(&(id, name))
        };
        if let Some(entry) = resource.as_object_mut() {
            entry.retain(|name, value| !is_default(name, value));
        }
    }
    Template::from_json(JsonValue::Object(document)).unwrap_or_else(|_| template.clone())
}

#[cfg(test)]
mod tests {
    use infra_template::Template;
    use serde_json::{Value as JsonValue, json};

    use super::without_default_policies;

    #[test]
    fn removes_only_default_policies() {
        let with = |policy: Option<&str>| {
            let mut queue = json!({ "Type": "AWS::SQS::Queue" });
            if let Some(policy) = policy {
                queue["UpdateReplacePolicy"] = JsonValue::from(policy);
            }
            Template::from_json(json!({ "Resources": { "Queue": queue } })).unwrap()
        };
        for (synthesized, original, expected) in [
            (Some("Delete"), None, None),
            (Some("Retain"), None, Some("Retain")),
            (Some("Delete"), Some("Delete"), Some("Delete")),
            (Some("Delete"), Some("Retain"), Some("Delete")),
        ] {
            let found = without_default_policies(&with(synthesized), &with(original));
            assert_eq!(found, with(expected), "{synthesized:?} {original:?}");
        }
    }
}
