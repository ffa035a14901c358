//! Builds the errors for plans that are refused, with the differences and the way out.

use infra_core::{Diagnostic, codes};
use time::OffsetDateTime;

use crate::error::{Class, Error};
use crate::plan::binding::Difference;
use crate::plan::engine::Engine;
use crate::plan::key::{self, PlanMarker};
use crate::plan::target::Target;
use crate::watch::format_rfc3339;
use infra_aws::ChangeSetDescription;

/// Builds the error for a change set that differs in these fields, shown with their values, and in `others`.
pub(super) fn different_fields_error(
    target: &Target,
    others: &[String],
    fields: &[Difference],
) -> Error {
    let mut differs: Vec<String> = others.to_vec();
    differs.extend(fields.iter().map(|found| format!("`{}`", found.field)));
    let differs: Vec<&str> = differs.iter().map(String::as_str).collect();
    let mut error = mismatch_error(target, &differs);
    for finding in &mut error.findings {
        finding
            .notes
            .extend(fields.iter().map(Difference::render_sentence));
    }
    error
}

fn stale_plan_error(finding: Diagnostic) -> Error {
    Error::new(
        Class::Stale,
        finding.help("create it again with `plan`, and have it reviewed"),
    )
}

/// Builds the error for a plan that differs in these parts; a part that starts with `it ` is a sentence.
pub(crate) fn mismatch_error(target: &Target, differs: &[&str]) -> Error {
    let sentence = join_differences(differs);
    stale_plan_error(
        Diagnostic::new(
            codes::PLAN_MISMATCH,
            format!(
                "the plan of stack `{}` does not match these sources: {sentence}",
                target.stack.name
            ),
        )
        .path(target.stack.path.clone()),
    )
}

/// Formats the differences: `the template differs`, `tags differ`, `role, tags differ`.
fn join_differences(differs: &[&str]) -> String {
    match differs {
        [only] if only.starts_with("it ") => (*only).to_owned(),
        [only] if only.starts_with('`') => format!("{only} differs"),
        [only] if is_plural(only) => format!("{only} differ"),
        [only] if only.starts_with("the ") || only.starts_with("what ") => {
            format!("{only} differs")
        }
        [only] => format!("the {only} differs"),
        several => format!("{} differ", several.join(", ")),
    }
}

fn is_plural(part: &str) -> bool {
    part.ends_with('s') && !part.ends_with("ss")
}

/// Builds the error for a change set whose stack has changed since.
pub(crate) fn obsolete_error(target: &Target, description: &ChangeSetDescription) -> Error {
    stale_plan_error(
        Diagnostic::new(
            codes::PLAN_OBSOLETE,
            format!(
                "stack `{}` has changed since it was planned",
                target.stack.name
            ),
        )
        .path(target.stack.path.clone())
        .note(format!(
            "the change set `{}` is {}",
            description.name, description.execution_status
        )),
    )
}

/// Builds the error for a change set that has expired.
pub(super) fn expired_error(target: &Target, expires: OffsetDateTime) -> Error {
    stale_plan_error(
        Diagnostic::new(
            codes::PLAN_EXPIRED,
            format!("the plan of stack `{}` has expired", target.stack.name),
        )
        .path(target.stack.path.clone())
        .note(format!(
            "it could be executed until {}",
            format_rfc3339(expires)
        )),
    )
}

/// Builds the error for a plan whose change set was deleted.
pub(super) fn deleted_plan_error(target: &Target) -> Error {
    stale_plan_error(
        Diagnostic::new(
            codes::NOT_PLANNED,
            format!("the plan of stack `{}` no longer exists", target.stack.name),
        )
        .path(target.stack.path.clone())
        .note("CloudFormation removes the change sets of a stack when another one is executed"),
    )
}

/// Builds the error for a stack without a plan, with the differences to the newest existing one.
pub(super) async fn not_planned_error(engine: &Engine, target: &Target) -> Error {
    let stack = &target.stack.name;
    let mut finding = Diagnostic::new(
        codes::NOT_PLANNED,
        format!("stack `{stack}` has no plan of these sources"),
    )
    .path(target.stack.path.clone())
    .note(format!(
        "searched for the change set `{}`",
        target.change_set
    ));
    let listed = engine
        .calls
        .read_all_pages(|next| target.client.list_change_sets(stack, next))
        .await;
    let ours = listed
        .unwrap_or_default()
        .into_iter()
        .filter_map(|summary| {
            let named = summary.name.starts_with(&engine.options.name_prefix);
            let mark =
                PlanMarker::parse_description(summary.description.as_deref()).filter(|_| named)?;
            Some((summary, mark))
        });
    if let Some((newest, mark)) = ours.max_by_key(|(summary, _)| summary.created) {
        let now = key::shorten_parts(&key::digest_parts(target, &engine.options));
        let differs: Vec<&str> = now
            .iter()
            .filter(|(part, digits)| mark.parts.get(*part) != Some(digits))
            .map(|(part, _)| part.as_str())
            .collect();
        if !differs.is_empty() {
            finding = finding.note(format!(
                "the plan `{}` exists for other sources: {}",
                newest.name,
                join_differences(&differs)
            ));
        }
    }
    let finding =
        finding.help("create it with `plan`, have it reviewed, then run this command again");
    Error::new(Class::Stale, finding)
}

#[cfg(test)]
mod tests {
    use super::join_differences;

    #[test]
    fn differences_form_a_sentence() {
        for (differs, says) in [
            (&["it is gone"][..], "it is gone"),
            (&["`Tags`"], "`Tags` differs"),
            (&["tags"], "tags differ"),
            (&["the template"], "the template differs"),
            (&["what is deployed"], "what is deployed differs"),
            (&["role"], "the role differs"),
            (&["address"], "the address differs"),
            (&["role", "tags"], "role, tags differ"),
            (&["it is gone", "`Tags`"], "it is gone, `Tags` differ"),
        ] {
            assert_eq!(join_differences(differs), says);
        }
    }
}
