//! Proves that a change set was created from these sources, by comparing everything that has to be equal.

use std::collections::BTreeSet;

use serde::de::IgnoredAny;

use super::expected::is_reviewed;
use super::refusal::{mismatch, unlike};
use crate::error::Error;
use crate::plan::binding::{self, Difference, Fields};
use crate::plan::change_set::{self, Sent};
use crate::plan::engine::{self, Engine, Planned};
use crate::plan::key::Mark;
use crate::plan::nested::Nested;
use crate::plan::preflight::{self, Standing};
use crate::plan::target::Target;
use crate::plan::{Step, exports};
use crate::watch::rfc3339;
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
pub(super) async fn prove(
    engine: &Engine,
    target: &Target,
    description: &ChangeSetDescription,
    mark: Mark,
    step: Option<&Step>,
    reviewed: Option<&Digest>,
    depth: Depth,
) -> Result<Planned, Error> {
    let stack = &target.stack.name;
    let calls = &engine.calls;
    let place = binding::place(&target.region, &target.account);
    let place = Fields::of_wanted_place(stack, &target.change_set, &place);
    let misplaced = Fields::of_place(description).differences(&place);
    if !misplaced.is_empty() {
        return Err(unlike(target, &[], &misplaced));
    }
    let text = calls
        .call(|| {
            target
                .client
                .template(&description.stack_id, Some(&description.id))
        })
        .await
        .map_err(|error| Error::api(format!("read the plan of stack `{stack}`"), error))?;
    let sent = Template::parse(&text).unwrap_or_else(|_| Template::empty());
    let deployed = if depends_on_deployed(target, description, &mark, &sent, depth) {
        let found = preflight::standing(calls, target, engine.options.wait_for_stack).await;
        // The stack is busy if the change set is being executed, which is expected.
        found.unwrap_or(Standing::Missing)
    } else {
        Standing::Missing
    };
    let mut differs: Vec<String> = Vec::new();
    if mark.key != target.key.as_str() {
        differs.push("the key".to_owned());
    }
    if !is_template(target, &text, &sent, &mark, &deployed) {
        differs.push("the template".to_owned());
    }
    let fields = Fields::of_description(description, &sent, engine.options.import_existing);
    let wanted = wanted_fields(engine, target, description, &mark, &deployed, &sent).await?;
    let differences = fields.differences(&wanted);
    if let Some(step) = step {
        differs.extend(unlike_record(step, description, &mark, &sent, &differences));
    }
    let nested = Nested::read(calls, &*engine.cloud, target, description, &sent).await?;
    let digest = nested.digest(&description.changes);
    if reviewed.is_some_and(|reviewed| !is_reviewed(reviewed, &digest)) {
        differs.push("changes".to_owned());
    }
    if !differs.is_empty() || !differences.is_empty() {
        return Err(unlike(target, &differs, &differences));
    }
    let sent = Sent {
        template: sent,
        keeps: mark.keeps.clone(),
    };
    Ok(engine::known(
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
fn depends_on_deployed(
    target: &Target,
    description: &ChangeSetDescription,
    mark: &Mark,
    sent: &Template,
    depth: Depth,
) -> bool {
    let removes = description
        .changes
        .iter()
        .any(|change| change.action == Action::Remove && change.policy_action.is_none());
    // New migration steps are only known by comparison with the deployed template, and those that remove something are reported before they run.
    let contracts = migration::declared(sent)
        .into_iter()
        .chain(migration::declared_in(&target.stack))
        .any(|migration| migration.steps.iter().any(MigrationStep::contracts));
    !mark.creates && (depth == Depth::Review || removes || contracts || !mark.keeps.is_empty())
}

/// Returns true if the template of a change set equals that of the sources, apart from retained entries.
fn is_template(
    target: &Target,
    text: &str,
    sent: &Template,
    mark: &Mark,
    deployed: &Standing,
) -> bool {
    let wanted = exports::without(sent, &mark.keeps);
    wanted.digest() == target.stack.template.digest()
        && exports::is_deployed(sent, &mark.keeps, &deployed.template())
        // Our templates are sent as JSON, because YAML parsers differ in their interpretation.
        && serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Returns the names of fields that differ from the plan file, without those already reported.
fn unlike_record(
    step: &Step,
    description: &ChangeSetDescription,
    mark: &Mark,
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
        ("the time limit", *expires == rfc3339(mark.expires)),
    ];
    let unlike = pointers.iter().filter(|(_, same)| !same);
    let mut differs: Vec<String> = unlike.map(|(name, _)| (*name).to_owned()).collect();
    // The comparison of imports is made according to the sources.
    let now = Fields::of_description(description, sent, true).digests(description, sent);
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
async fn wanted_fields(
    engine: &Engine,
    target: &Target,
    description: &ChangeSetDescription,
    mark: &Mark,
    deployed: &Standing,
    sent: &Template,
) -> Result<Fields, Error> {
    let fields =
        |creates, stack| change_set::wanted_fields(target, &engine.options, creates, stack, sent);
    // CloudFormation accepts `DELETE` for new stacks only, so that no call is needed.
    let proved = description.settings.on_stack_failure.as_deref() == Some("DELETE");
    let known = match (mark.creates, deployed.deployed()) {
        (true, _) => proved,
        (false, Some(_)) => true,
        (false, None) => !target.keeps_values(),
    };
    if known {
        return fields(mark.creates, deployed.deployed());
    }
    let stack = engine
        .calls
        .call(|| target.client.describe_stack(&description.stack_id))
        .await
        .map_err(|error| Error::api(format!("describe stack `{}`", target.stack.name), error))?;
    // A stack that is being created by this change set has left its review.
    let is_new = stack.as_ref().is_none_or(|stack| {
        stack.status.is_review() || (mark.creates && stack.status.is("CREATE_IN_PROGRESS"))
    });
    if is_new != mark.creates {
        let state = if is_new { "makes" } else { "updates" };
        return Err(mismatch(target, &[&format!("it {state} the stack")]));
    }
    fields(mark.creates, stack.as_ref().filter(|_| !is_new))
}
