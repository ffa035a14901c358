//! Proves that a change set was created from these sources, by comparing everything that has to be equal.

use std::collections::BTreeSet;

use serde::de::IgnoredAny;

use super::expected::is_reviewed;
use super::refusal::{different_fields_error, mismatch_error};
use crate::error::Error;
use crate::plan::binding::{self, Difference, Fields};
use crate::plan::change_set::{self, Sent};
use crate::plan::engine::{self, Engine, Planned};
use crate::plan::key::PlanMarker;
use crate::plan::nested::Nested;
use crate::plan::preflight::{self, StackState};
use crate::plan::target::Target;
use crate::plan::{Step, exports};
use crate::watch::format_rfc3339;
use infra_aws::ChangeSetDescription;
use infra_template::Template;
use infra_template::digest::Digest;
use infra_template::migration;
use infra_template::review::Action;
use infra_template::review::Step as MigrationStep;

/// Depth of the inspection of a change set.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Depth {
    /// Full inspection for a review, including a comparison with the deployed stack.
    Review,
    /// Minimal inspection for an execution, with as few calls as the proof needs.
    Execute,
}

/// Returns the plan of a change set without differences. `step` is the plan file's entry, `reviewed` the digest of the reviewed changes.
///
/// # Errors
///
/// An error that names everything that differs.
pub(super) async fn verify_change_set(
    engine: &Engine,
    target: &Target,
    description: &ChangeSetDescription,
    mark: PlanMarker,
    step: Option<&Step>,
    reviewed: Option<&Digest>,
    depth: Depth,
) -> Result<Planned, Error> {
    let stack = &target.stack.name;
    let calls = &engine.calls;
    let place = binding::join_place(&target.region, &target.account);
    let place = Fields::of_expected_place(stack, &target.change_set, &place);
    let misplaced = Fields::of_place(description).find_differences(&place);
    if !misplaced.is_empty() {
        return Err(different_fields_error(target, &[], &misplaced));
    }
    let text = calls
        .call_with_retries(|| {
            target
                .client
                .get_template(&description.stack_id, Some(&description.id))
        })
        .await
        .map_err(|error| Error::from_api(format!("read the plan of stack `{stack}`"), error))?;
    let sent = Template::parse(&text).unwrap_or_else(|_| Template::empty());
    let deployed = if needs_deployed_stack(target, description, &mark, &sent, depth) {
        let found = preflight::read_state(calls, target, engine.options.wait_for_stack).await;
        // The stack is busy if the change set is being executed, which is expected.
        found.unwrap_or(StackState::Missing)
    } else {
        StackState::Missing
    };
    let mut differs: Vec<String> = Vec::new();
    if mark.key != target.key.as_str() {
        differs.push("the key".to_owned());
    }
    if !is_template(target, &text, &sent, &mark, &deployed) {
        differs.push("the template".to_owned());
    }
    let fields = Fields::of_description(description, &sent, engine.options.import_existing);
    let wanted = read_expected_fields(engine, target, description, &mark, &deployed, &sent).await?;
    let differences = fields.find_differences(&wanted);
    if let Some(step) = step {
        differs.extend(differences_to_record(
            step,
            description,
            &mark,
            &sent,
            &differences,
        ));
    }
    let nested = Nested::read_nested(calls, &*engine.cloud, target, description, &sent).await?;
    let digest = nested.digest_changes(&target.key, &description.changes);
    if reviewed.is_some_and(|reviewed| !is_reviewed(reviewed, &digest)) {
        differs.push("changes".to_owned());
    }
    if !differs.is_empty() || !differences.is_empty() {
        return Err(different_fields_error(target, &differs, &differences));
    }
    let sent = Sent {
        template: sent,
        retained: mark.retained.clone(),
    };
    Ok(engine::change_set_plan(
        target,
        &deployed,
        &sent,
        description,
        &nested,
        mark,
    ))
}

/// Returns true if the deployed stack has to be read, which costs calls: for a review, a removed resource, a migration step that removes something,
/// or a retained entry.
fn needs_deployed_stack(
    target: &Target,
    description: &ChangeSetDescription,
    mark: &PlanMarker,
    sent: &Template,
    depth: Depth,
) -> bool {
    let removes = description
        .changes
        .iter()
        .any(|change| change.action == Action::Remove && change.policy_action.is_none());
    // New migration steps are only known by comparison with the deployed template, and those that remove something are reported before they run.
    let contracts = migration::find_migrations(sent)
        .into_iter()
        .chain(migration::find_stack_migrations(&target.stack))
        .any(|migration| migration.steps.iter().any(MigrationStep::is_contracting));
    !mark.creates && (depth == Depth::Review || removes || contracts || !mark.retained.is_empty())
}

/// Returns true if the template of a change set equals that of the sources, apart from retained entries.
fn is_template(
    target: &Target,
    text: &str,
    sent: &Template,
    mark: &PlanMarker,
    deployed: &StackState,
) -> bool {
    let wanted = exports::without_retained(sent, &mark.retained);
    wanted.compute_digest() == target.stack.template.compute_digest()
        && exports::is_deployed(sent, &mark.retained, &deployed.deployed_template())
        // Our templates are sent as JSON, because YAML parsers differ in their interpretation.
        && serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Returns the names of fields that differ from the plan file, without those already reported.
fn differences_to_record(
    step: &Step,
    description: &ChangeSetDescription,
    mark: &PlanMarker,
    sent: &Template,
    told: &[Difference],
) -> Vec<String> {
    let Step::ChangeSet {
        change_set,
        stack_id,
        fields,
        expires,
        ..
    } = step
    else {
        return Vec::new();
    };
    let pointers = [
        ("`ChangeSetId`", change_set == &description.id),
        ("`StackId`", stack_id == &description.stack_id),
        ("the time limit", *expires == format_rfc3339(mark.expires)),
    ];
    let unlike = pointers.iter().filter(|(_, same)| !same);
    let mut differs: Vec<String> = unlike.map(|(name, _)| (*name).to_owned()).collect();
    // The comparison of imports is made according to the sources.
    let now = Fields::of_description(description, sent, true).into_digests(description, sent);
    let names: BTreeSet<&String> = now.keys().chain(fields.keys()).collect();
    let changed = names
        .into_iter()
        .filter(|name| now.get(*name) != fields.get(*name));
    // Fields determined by the sources are reported with their values.
    let unseen = changed.filter(|name| !told.iter().any(|told| told.field == **name));
    differs.extend(unseen.map(|name| format!("`{name}`")));
    differs
}

/// Returns the expected fields of the change set from these sources. Describes the stack if one of its values determines a field.
async fn read_expected_fields(
    engine: &Engine,
    target: &Target,
    description: &ChangeSetDescription,
    mark: &PlanMarker,
    deployed: &StackState,
    sent: &Template,
) -> Result<Fields, Error> {
    let fields =
        |creates, stack| change_set::expected_fields(target, &engine.options, creates, stack, sent);
    // CloudFormation accepts `DELETE` for new stacks only, so that no call is needed.
    let proved = description.settings.on_stack_failure.as_deref() == Some("DELETE");
    let known = match (mark.creates, deployed.deployed_stack()) {
        (true, _) => proved,
        (false, Some(_)) => true,
        (false, None) => !target.keeps_values(),
    };
    if known {
        return fields(mark.creates, deployed.deployed_stack());
    }
    let stack = engine
        .calls
        .call_with_retries(|| target.client.describe_stack(&description.stack_id))
        .await
        .map_err(|error| {
            Error::from_api(format!("describe stack `{}`", target.stack.name), error)
        })?;
    // A stack that is being created by this change set has left its review.
    let is_new = stack.as_ref().is_none_or(|stack| {
        stack.status.is_review() || (mark.creates && stack.status.is_named("CREATE_IN_PROGRESS"))
    });
    if is_new != mark.creates {
        let state = if is_new { "makes" } else { "updates" };
        return Err(mismatch_error(target, &[&format!("it {state} the stack")]));
    }
    fields(mark.creates, stack.as_ref().filter(|_| !is_new))
}
