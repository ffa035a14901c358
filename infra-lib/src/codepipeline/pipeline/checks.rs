//! Checks of pipelines.

use super::PipelineProps;
use crate::codepipeline::{ActionCategory, Artifact, PipelineStage, StageFailure};
use crate::core::Code;
use crate::{Diagnostic, Duration, Scope, codes};

const STRUCTURE: &str =
    "https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html";

fn report(scope: Scope<'_>, code: Code, message: &str, property: &str, found: (&str, &str)) {
    scope.report(
        Diagnostic::new(code, message.to_owned())
            .property(property)
            .actual(found.0)
            .expected(found.1)
            .url(STRUCTURE),
    );
}

fn report_stages(scope: Scope<'_>, actual: &str, expected: &str) {
    let message = "CodePipeline rejects the stages of a pipeline";
    report(
        scope,
        codes::PIPELINE_STAGES,
        message,
        "Stages",
        (actual, expected),
    );
}

fn report_artifact(scope: Scope<'_>, actual: &str, expected: &str) {
    let message = "CodePipeline rejects the artifacts of a pipeline";
    report(
        scope,
        codes::PIPELINE_ARTIFACT,
        message,
        "Stages",
        (actual, expected),
    );
}

fn report_setting(scope: Scope<'_>, property: &str, actual: &str, expected: &str) {
    let message = "CodePipeline rejects a setting of a pipeline";
    report(
        scope,
        codes::PIPELINE_SETTING,
        message,
        property,
        (actual, expected),
    );
}

/// Reports what CodePipeline rejects (`INF4089`, `INF4090`, `INF4091`).
pub(super) fn check(scope: Scope<'_>, props: &PipelineProps<'_>) {
    check_stages(scope, &props.stages);
    check_artifacts(scope, &props.stages);
    check_triggers(scope, props);
    let mut seen: Vec<&str> = Vec::new();
    for variable in &props.variables {
        let name = variable.name.as_str();
        let valid = (1..=128).contains(&name.len())
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "@_-".contains(c));
        if !valid || seen.contains(&name) {
            report_setting(
                scope,
                "Variables",
                name,
                "different names of 1 to 128 letters, digits, `@`, `_` and `-`",
            );
        }
        seen.push(name);
    }
}

fn is_name(name: &str) -> bool {
    (1..=100).contains(&name.len())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || ".@-_".contains(c))
}

/// The schema has the least numbers of stages and actions.
fn check_stages(scope: Scope<'_>, stages: &[PipelineStage<'_>]) {
    let mut seen: Vec<&str> = Vec::new();
    for (index, stage) in stages.iter().enumerate() {
        let name = stage.name.as_str();
        if !is_name(name) || seen.contains(&name) {
            report_stages(
                scope,
                name,
                "different names of 1 to 100 letters, digits, `.`, `@`, `-` and `_`",
            );
        }
        seen.push(name);
        if index == 0 && stage.failure == Some(StageFailure::RollBack) {
            report_stages(
                scope,
                &format!("a rollback of `{name}`"),
                "no rollback of the first stage",
            );
        }
        let mut actions: Vec<&str> = Vec::new();
        for action in &stage.actions {
            let shown = format!("{name}/{}", action.name);
            if !is_name(&action.name) || actions.contains(&&*action.name) {
                report_stages(
                    scope,
                    &shown,
                    "different names of 1 to 100 letters, digits, `.`, `@`, `-` and `_`",
                );
            }
            actions.push(&action.name);
            let is_source = action.category == ActionCategory::Source;
            if is_source != (index == 0) {
                let expected = if is_source {
                    "source actions in the first stage only"
                } else {
                    "source actions only in the first stage"
                };
                report_stages(scope, &shown, expected);
            }
            let most = match action.category {
                ActionCategory::Approval => 86_400,
                _ => 28_800,
            };
            let minutes = action.timeout_of().map(Duration::as_minutes);
            if minutes.is_some_and(|time| !time.is_some_and(|time| (5..=most).contains(&time))) {
                report_setting(
                    scope,
                    "Stages",
                    &format!("the timeout of {shown}"),
                    &format!("5 to {most} whole minutes"),
                );
            }
        }
    }
}

fn check_artifacts(scope: Scope<'_>, stages: &[PipelineStage<'_>]) {
    let mut written: Vec<&Artifact> = Vec::new();
    for stage in stages {
        // Actions of one stage may read what those with a lower order write; CodePipeline checks that at the start.
        let outputs: Vec<&Artifact> = stage.actions.iter().flat_map(|a| &a.outputs).collect();
        for action in &stage.actions {
            for input in &action.inputs {
                if !written.contains(&input) && !outputs.contains(&input) {
                    let shown = format!("`{}` of {}/{}", input.name(), stage.name, action.name);
                    report_artifact(scope, &shown, "an artifact that an earlier action writes");
                }
            }
        }
        for output in outputs {
            if !output.is_valid() {
                report_artifact(
                    scope,
                    output.name(),
                    "a name of 1 to 100 letters, digits, `-` and `_`",
                );
            }
            if written.contains(&output) {
                let shown = format!("`{}`, which two actions write", output.name());
                report_artifact(scope, &shown, "an artifact of its own for each action");
            }
            written.push(output);
        }
    }
}

fn check_triggers(scope: Scope<'_>, props: &PipelineProps<'_>) {
    let actions = || props.stages.iter().flat_map(|stage| &stage.actions);
    for trigger in &props.triggers {
        let name = trigger.action.as_str();
        if !actions().any(|action| action.name == name && action.is_connection()) {
            report_setting(
                scope,
                "Triggers",
                &format!("a trigger of `{name}`"),
                "the name of a source action that reads a connection",
            );
        }
        if let Some(mistake) = trigger.mistake() {
            report_setting(
                scope,
                "Triggers",
                mistake,
                "branches and files, or the tags of pushes",
            );
        }
    }
}
