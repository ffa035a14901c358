//! Finds what was planned and proves that it is what these sources make: nothing else is executed.

use std::collections::{BTreeMap, BTreeSet};

use infra_core::{Diagnostic, codes};
use serde::de::IgnoredAny;

use crate::calls::together;
use crate::error::{Class, Error};
use crate::event::Event;
use crate::plan::binding::{self, Difference, Fields};
use crate::plan::change_set::{self, Sent};
use crate::plan::engine;
use crate::plan::engine::{Engine, Planned, Work, all, empty_review, producers};
use crate::plan::key;
use crate::plan::key::Mark;
use crate::plan::nested::Nested;
use crate::plan::preflight;
use crate::plan::preflight::Standing;
use crate::plan::target::Target;
use crate::plan::{PlanRecord, StackRecord, Step, changes, exports, provisional};
use crate::watch::rfc3339;
use infra_aws::{ApiErrorKind, ChangeSetDescription, ChangeSetStatus, ExecutionStatus};
use infra_template::Template;
use infra_template::digest::Digest;
use infra_template::migration;
use infra_template::review::Action;
use infra_template::review::Step as MigrationStep;

/// What is known of what was reviewed, beside the sources.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Expected<'r> {
    /// Nothing.
    Sources,
    /// The change digest of some stacks, by name.
    Changes(&'r BTreeMap<String, Digest>),
    /// A plan file.
    Record(&'r PlanRecord),
}

/// How closely a change set is looked at.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Depth {
    /// For people to read: with what is deployed beside it.
    Review,
    /// For execution: as few calls as prove it.
    Execute,
}

/// The plans of these stacks that are there already.
pub(crate) async fn found(
    engine: &Engine,
    targets: Vec<Target>,
    expected: &Expected<'_>,
    depth: Depth,
) -> Result<Vec<Planned>, Error> {
    let looks = targets
        .iter()
        .map(|target| look(engine, target, expected, depth));
    let looks = all(together(looks).await)?;
    let mut planned: Vec<Planned> = Vec::new();
    let everyone: Vec<&Target> = targets.iter().collect();
    for (target, look) in targets.iter().zip(looks) {
        let plan = match look {
            Look::Planned(plan) => {
                if depth == Depth::Execute {
                    tell_secrets(engine, target);
                }
                *plan
            }
            Look::None(standing) => {
                // Producers come first, so that it is known by now what becomes of them.
                let sources = producers(target, &everyone);
                let moving: Vec<String> = planned
                    .iter()
                    .filter(|plan| sources.contains(&plan.target.stack.id))
                    .filter(|plan| !matches!(plan.work, Work::Unchanged { .. }))
                    .map(|plan| format!("`{}`", plan.target.stack.name))
                    .collect();
                if let Expected::Record(record) = expected
                    && let Some(recorded) = record.stack(&target.region, &target.stack.name)
                    && matches!(recorded.step, Step::ChangeSet { .. })
                {
                    return Err(gone(target));
                }
                if moving.is_empty() && !matches!(*standing, Standing::Leftover { .. }) {
                    return Err(not_planned(engine, target).await);
                }
                let nested = engine.deployed_nested(target, &standing).await;
                let plan = engine::expected(target, &standing, &nested, &moving);
                as_recorded(&plan, expected)?;
                plan
            }
        };
        planned.push(plan);
    }
    engine::consider_together(&mut planned, &engine.options);
    Ok(planned)
}

/// Says that a secret which was given now is not what is deployed: it cannot be compared, because it is no part of a key.
fn tell_secrets(engine: &Engine, target: &Target) {
    let given = target.parameters.keys();
    let secret: Vec<String> = given
        .filter(|name| target.no_echo.contains(*name))
        .map(|name| format!("`{name}`"))
        .collect();
    if secret.is_empty() {
        return;
    }
    engine.calls.reporter.send(Event::Notice {
        stack: Some(target.stack.name.clone()),
        message: format!(
            "{} has the value that it was planned with: what is secret (`NoEcho`) is not compared",
            secret.join(", ")
        ),
    });
}

enum Look {
    Planned(Box<Planned>),
    /// There is no change set of these sources, and what is deployed is something else.
    None(Box<Standing>),
}

async fn look(
    engine: &Engine,
    target: &Target,
    expected: &Expected<'_>,
    depth: Depth,
) -> Result<Look, Error> {
    let recorded = match expected {
        Expected::Record(record) => Some(recorded(engine, target, record)?),
        _ => None,
    };
    let wanted = match recorded.map(|recorded| &recorded.step) {
        Some(Step::ChangeSet { change_set, .. }) => Some(change_set.as_str()),
        // There was none when it was planned.
        Some(Step::Unchanged | Step::Provisional { .. }) => {
            return without_change_set(engine, target).await;
        }
        None => None,
    };
    let (name, stack) = (&target.change_set, &target.stack.name);
    let found = match wanted {
        Some(arn) => changes::describe(&engine.calls, target, arn, None).await,
        None => changes::describe(&engine.calls, target, name, Some(stack)).await,
    };
    let description = match found {
        Ok(found) => found,
        Err(error) if error.kind == ApiErrorKind::NotFound => {
            return without_change_set(engine, target).await;
        }
        Err(error) => {
            return Err(Error::api(
                format!("look for the plan of stack `{stack}`"),
                error,
            ));
        }
    };
    let Some(mark) = Mark::parse(description.description.as_deref()) else {
        return Err(mismatch(target, &["it was not made by this tool"]));
    };
    match description.execution_status {
        ExecutionStatus::Obsolete => return Err(obsolete(target, &description)),
        // Done before, or in vain: what is deployed says which.
        ExecutionStatus::Complete | ExecutionStatus::Failed
            if !under_way(engine, target, &description).await =>
        {
            return without_change_set(engine, target).await;
        }
        _ => {}
    }
    let running = !matches!(
        description.execution_status,
        ExecutionStatus::Available | ExecutionStatus::Unavailable
    );
    let planned = prove(
        engine,
        target,
        &description,
        mark,
        recorded,
        expected,
        depth,
    )
    .await?;
    if !running {
        let usable = description.status == ChangeSetStatus::CreateComplete
            && description.execution_status == ExecutionStatus::Available;
        if !usable {
            let state = format!(
                "it is {}, {}",
                description.status, description.execution_status
            );
            return Err(mismatch(target, &[&state]));
        }
        expired(engine, target, &planned)?;
    }
    Ok(Look::Planned(Box::new(planned)))
}

/// Whether the last thing that was begun on the stack is this, and goes on: a process of ours was killed.
async fn under_way(engine: &Engine, target: &Target, description: &ChangeSetDescription) -> bool {
    let calls = &engine.calls;
    let stack = calls
        .call(|| target.client.describe_stack(&description.stack_id))
        .await;
    if !matches!(stack, Ok(Some(stack)) if stack.status.is_in_progress()) {
        return false;
    }
    let token = key::token(&target.key, &description.id);
    let events = calls
        .call(|| target.client.stack_events(&description.stack_id, None))
        .await;
    events.is_ok_and(|page| {
        let mut tokens = page.items.iter().filter_map(|event| event.token.as_deref());
        tokens.next() == Some(token.as_str())
    })
}

/// Whether a stack without a change set already is what is wanted.
async fn without_change_set(engine: &Engine, target: &Target) -> Result<Look, Error> {
    let wait = engine.options.wait_for_stack;
    let standing = preflight::standing(&engine.calls, target, wait).await?;
    let Standing::Deployed { stack, template } = &standing else {
        return Ok(Look::None(Box::new(standing)));
    };
    let values = target.parameters.iter();
    let mut visible = values.filter(|(name, _)| !target.no_echo.contains(*name));
    let same = template.digest() == target.stack.template.digest()
        && stack.tags == target.stack.tags
        && visible.all(|(name, value)| stack.parameters.get(name) == Some(value));
    if !same {
        return Ok(Look::None(Box::new(standing)));
    }
    if !stack.status.is_settled_well() {
        return Err(preflight::unfinished(target, stack));
    }
    Ok(Look::Planned(Box::new(Planned {
        target: target.clone(),
        review: empty_review(target, "deployed"),
        work: Work::Unchanged {
            standing: Box::new(standing),
        },
        drift: None,
    })))
}

/// Everything that has to be equal; whatever is not is named.
async fn prove(
    engine: &Engine,
    target: &Target,
    description: &ChangeSetDescription,
    mark: Mark,
    recorded: Option<&StackRecord>,
    expected: &Expected<'_>,
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
    // What is deployed is looked at only where something depends on it.
    let removes = description
        .changes
        .iter()
        .any(|change| change.action == Action::Remove && change.policy_action.is_none());
    // Which steps of a migration are new is known only beside what is deployed, and one that takes something away is
    // told before it runs.
    let contracts = migration::declared(&sent)
        .into_iter()
        .chain(migration::declared_in(&target.stack))
        .any(|migration| migration.steps.iter().any(MigrationStep::contracts));
    let depends = depth == Depth::Review || removes || contracts || !mark.keeps.is_empty();
    let deployed = if !mark.creates && depends {
        let found = preflight::standing(calls, target, engine.options.wait_for_stack).await;
        // While it is being executed, the stack is busy, and that is as it should be.
        found.unwrap_or(Standing::Missing)
    } else {
        Standing::Missing
    };

    let mut differs: Vec<String> = Vec::new();
    if mark.key != target.key.as_str() {
        differs.push("the key".to_owned());
    }
    let kept_is_deployed = exports::is_deployed(&sent, &mark.keeps, &deployed.template());
    let same_template = exports::without(&sent, &mark.keeps).digest()
        == target.stack.template.digest()
        && (mark.keeps.is_empty() || kept_is_deployed)
        // Ours is sent as JSON. Readers of YAML do not agree on what a text says.
        && serde_json::from_str::<IgnoredAny>(&text).is_ok();
    if !same_template {
        differs.push("the template".to_owned());
    }
    let fields = Fields::of_description(description, &sent, engine.options.import_existing);
    let wanted = wanted_fields(engine, target, description, &mark, &deployed, &sent).await?;
    let differences = fields.differences(&wanted);
    if let Some(Step::ChangeSet {
        change_set,
        stack_id,
        fields,
        expires,
        ..
    }) = recorded.map(|recorded| &recorded.step)
    {
        let pointers = [
            ("`ChangeSetId`", change_set == &description.id),
            ("`StackId`", stack_id == &description.stack_id),
            ("the time limit", *expires == rfc3339(mark.expires)),
        ];
        let unlike = pointers.iter().filter(|(_, same)| !same);
        differs.extend(unlike.map(|(name, _)| (*name).to_owned()));
        let now = Fields::of_description(description, &sent, true).digests(description, &sent);
        let names: BTreeSet<&String> = now.keys().chain(fields.keys()).collect();
        let changed = names
            .into_iter()
            .filter(|name| now.get(*name) != fields.get(*name));
        // Those that the sources decide are told with their values.
        let unseen = changed.filter(|name| !differences.iter().any(|told| told.field == **name));
        differs.extend(unseen.map(|name| format!("`{name}`")));
    }
    let reviewed = match (recorded.map(|recorded| &recorded.step), expected) {
        (Some(Step::ChangeSet { changes, .. }), _) => Some(changes),
        (_, Expected::Changes(changes)) => changes.get(stack),
        _ => None,
    };
    let nested = Nested::read(calls, &*engine.cloud, target, description, &sent).await?;
    let digest = nested.digest(&description.changes);
    // People copy the short form.
    if reviewed.is_some_and(|reviewed| !digest.as_str().starts_with(reviewed.as_str())) {
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

/// The refusal of a change set that differs in these fields, which are told with their values, and in `others`.
fn unlike(target: &Target, others: &[String], fields: &[Difference]) -> Error {
    let mut differs: Vec<String> = others.to_vec();
    differs.extend(fields.iter().map(|found| format!("`{}`", found.field)));
    let differs: Vec<&str> = differs.iter().map(String::as_str).collect();
    let mut error = mismatch(target, &differs);
    for finding in &mut error.findings {
        finding
            .notes
            .extend(fields.iter().map(Difference::sentence));
    }
    error
}

/// Fields that the change set of these sources has. Looks at the stack where a value of it decides one of them.
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
    // CloudFormation accepts DELETE for the creation of a stack only: no look is needed to know that it is one.
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
        .map_err(|error| Error::api(format!("look at stack `{}`", target.stack.name), error))?;
    // A stack that is being made by this very change set is past its review.
    let is_new = stack.as_ref().is_none_or(|stack| {
        stack.status.is_review() || (mark.creates && stack.status.is("CREATE_IN_PROGRESS"))
    });
    if is_new != mark.creates {
        let state = if is_new { "makes" } else { "updates" };
        return Err(mismatch(target, &[&format!("it {state} the stack")]));
    }
    fields(mark.creates, stack.as_ref().filter(|_| !is_new))
}

fn recorded<'r>(
    engine: &Engine,
    target: &Target,
    record: &'r PlanRecord,
) -> Result<&'r StackRecord, Error> {
    let (name, region) = (&target.stack.name, &target.region);
    let Some(recorded) = record.stack(region, name) else {
        let finding = Diagnostic::new(
            codes::NOT_PLANNED,
            format!("stack `{name}` in {region} is not in the plan file"),
        )
        .path(target.stack.path.clone())
        .help("plan it as well, or leave it out with `--stack`");
        return Err(Error::new(Class::Stale, finding));
    };
    if recorded.key == target.key {
        return Ok(recorded);
    }
    let now = key::parts(target, &engine.options);
    let differs: Vec<&str> = now
        .iter()
        .filter(|(part, digest)| recorded.parts.get(*part) != Some(digest))
        .map(|(part, _)| part.as_str())
        .collect();
    if differs.is_empty() {
        return Err(mismatch(target, &["the key"]));
    }
    Err(mismatch(target, &differs))
}

fn as_recorded(plan: &Planned, expected: &Expected<'_>) -> Result<(), Error> {
    let Expected::Record(record) = expected else {
        return Ok(());
    };
    let target = &plan.target;
    let recorded = record.stack(&target.region, &target.stack.name);
    match recorded.map(|recorded| &recorded.step) {
        Some(Step::Provisional { changes }) if *changes == provisional::digest(&plan.review) => {
            Ok(())
        }
        Some(Step::Provisional { .. }) => Err(mismatch(target, &["what is deployed"])),
        Some(Step::ChangeSet { .. }) => Err(gone(target)),
        _ => Err(mismatch(target, &["what is deployed"])),
    }
}

fn offer_plan(finding: Diagnostic) -> Error {
    Error::new(
        Class::Stale,
        finding.help("make it again with `plan`, and have it reviewed"),
    )
}

pub(crate) fn mismatch(target: &Target, differs: &[&str]) -> Error {
    let sentence = sentence(differs);
    offer_plan(
        Diagnostic::new(
            codes::PLAN_MISMATCH,
            format!(
                "the plan of stack `{}` is not of these sources: {sentence}",
                target.stack.name
            ),
        )
        .path(target.stack.path.clone()),
    )
}

/// `the template differs`, `tags differ`, `role, tags differ`.
fn sentence(differs: &[&str]) -> String {
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

pub(crate) fn obsolete(target: &Target, description: &ChangeSetDescription) -> Error {
    offer_plan(
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

fn expired(engine: &Engine, target: &Target, planned: &Planned) -> Result<(), Error> {
    let Work::Ready(ready) = &planned.work else {
        return Ok(());
    };
    if ready.mark.expires > engine.cloud.now() {
        return Ok(());
    }
    Err(offer_plan(
        Diagnostic::new(
            codes::PLAN_EXPIRED,
            format!("the plan of stack `{}` has expired", target.stack.name),
        )
        .path(target.stack.path.clone())
        .note(format!(
            "it could be executed until {}",
            rfc3339(ready.mark.expires)
        )),
    ))
}

fn gone(target: &Target) -> Error {
    offer_plan(
        Diagnostic::new(
            codes::NOT_PLANNED,
            format!(
                "the plan of stack `{}` is not there any more",
                target.stack.name
            ),
        )
        .path(target.stack.path.clone())
        .note("CloudFormation removes the change sets of a stack when another one is executed"),
    )
}

/// Says how the newest plan that is there differs.
async fn not_planned(engine: &Engine, target: &Target) -> Error {
    let stack = &target.stack.name;
    let mut finding = Diagnostic::new(
        codes::NOT_PLANNED,
        format!("stack `{stack}` has no plan of these sources"),
    )
    .path(target.stack.path.clone())
    .note(format!("looked for the change set `{}`", target.change_set));
    let listed = engine
        .calls
        .pages(|next| target.client.list_change_sets(stack, next))
        .await;
    let ours = listed
        .unwrap_or_default()
        .into_iter()
        .filter_map(|summary| {
            let named = summary.name.starts_with(&engine.options.name_prefix);
            let mark = Mark::parse(summary.description.as_deref()).filter(|_| named)?;
            Some((summary, mark))
        });
    if let Some((newest, mark)) = ours.max_by_key(|(summary, _)| summary.created) {
        let now = key::brief(&key::parts(target, &engine.options));
        let differs: Vec<&str> = now
            .iter()
            .filter(|(part, digits)| mark.parts.get(*part) != Some(digits))
            .map(|(part, _)| part.as_str())
            .collect();
        if !differs.is_empty() {
            finding = finding.note(format!(
                "there is the plan `{}` of other sources: {}",
                newest.name,
                sentence(&differs)
            ));
        }
    }
    let finding = finding.help("make it with `plan`, have it reviewed, then run this again");
    Error::new(Class::Stale, finding)
}
