//! Plans stacks: reads all of them, creates change sets where possible, and predicts the changes of the others from their templates.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::json;
use time::OffsetDateTime;

use super::binding::Fields;
use super::change_set::{self, ChangeSetOutcome, Reuse, Sent};
use super::key::PlanMarker;
use super::nested::Nested;
use super::options::{FailureBehavior, PlanOptions, Purpose};
use super::preflight::{self, StackState};
use super::target::Target;
use super::unchanged::is_unchanged;
use super::{convert, exports, exposures, interruptions, problem, provisional};
use crate::calls::{Calls, run_concurrently};
use crate::error::Error;
use crate::event::Event;
use crate::failure::to_printable;
use crate::nested::{self, Templates};
use crate::operation::Reporter;
pub(crate) use crate::together::collect_results;
use crate::watch::format_rfc3339;
use infra_aws::{ApiError, ApiErrorKind, ChangeSetDescription, Cloud, StackOutput};
use infra_core::template::{Reference, read_resolved_parameters};
use infra_template::Template;
use infra_template::assembly::{CloudAssembly, Stack};
use infra_template::diff::{add_nested, diff_stack, find_blockers, nested_pairs};
use infra_template::digest::Digest;
use infra_template::estimate::estimate_changes;
use infra_template::migration;
use infra_template::migration::RollbackMode;
use infra_template::nested::nested_path;
use infra_template::review::{
    Basis, Note, NoteSource, OrphanedStacks, SectionChange, StackChange, StackReview,
};

/// Everything that planning needs.
#[derive(Clone, Debug)]
pub(crate) struct Engine {
    pub(crate) cloud: Arc<dyn Cloud>,
    pub(crate) options: PlanOptions,
    /// All stacks of the app, including those that are not selected.
    pub(crate) app: Arc<[Stack]>,
    pub(crate) calls: Calls,
}

/// A stack with its plan.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    pub(crate) target: Target,
    pub(crate) review: StackReview,
    pub(crate) work: Work,
    /// Digest of the drift of each resource, by logical ID; `None` if it was not detected.
    pub(crate) drift: Option<BTreeMap<String, Digest>>,
    /// Deployed templates of the stack; `None` if it is not deployed.
    pub(crate) deployed: Option<DeployedSide>,
}

/// The deployed template of a stack, and those of its nested stacks.
#[derive(Clone, Debug)]
pub(crate) struct DeployedSide {
    pub(crate) template: Template,
    pub(crate) nested: Templates,
}

impl DeployedSide {
    pub(crate) fn new(standing: &StackState, nested: Templates) -> Option<Self> {
        standing.deployed_stack()?;
        Some(Self {
            template: standing.deployed_template(),
            nested,
        })
    }
}

/// The stacks of an app with their plans.
pub(crate) struct PlannedApp {
    pub(crate) stacks: Vec<Planned>,
    /// Stacks that left the app; `None` unless all stacks of the app were planned.
    pub(crate) orphaned: Option<OrphanedStacks>,
}

/// Work that a plan leads to.
#[derive(Clone, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "one value a stack, and most of them are ready"
)]
pub(crate) enum Work {
    /// The stack is up to date.
    Unchanged { state: Box<StackState> },
    /// A change set is executed.
    Ready(Ready),
    /// The change set is created during the deployment, after those of its dependencies were executed.
    Provisional,
}

/// A change set that is ready for execution.
#[derive(Clone, Debug)]
pub(crate) struct Ready {
    /// ARN of the change set.
    pub(crate) id: String,
    pub(crate) stack_id: String,
    pub(crate) changes: Digest,
    /// Creation time of the change set, by the clock of AWS. Any other operation on the stack since then would have made it obsolete, so that all
    /// later events belong to its execution.
    pub(crate) created: Option<OffsetDateTime>,
    /// Digest of each field of the change set.
    pub(crate) fields: BTreeMap<String, Digest>,
    pub(crate) mark: PlanMarker,
    /// True if the stack is created.
    pub(crate) creates: bool,
    /// Outputs of the stack before the execution; `None` if it is not deployed or was not read.
    pub(crate) outputs: Option<Vec<StackOutput>>,
}

impl Engine {
    pub(crate) fn new(
        cloud: Arc<dyn Cloud>,
        options: PlanOptions,
        assembly: &CloudAssembly,
        reporter: Reporter,
    ) -> Self {
        let calls = Calls { reporter };
        Self {
            cloud,
            options,
            app: assembly.stacks.clone().into(),
            calls,
        }
    }

    /// Plans all stacks, creating change sets where possible now. If all stacks of the assembly are selected, also finds those that left it.
    pub(crate) async fn plan_stacks(
        &self,
        targets: Vec<Target>,
        assembly: &CloudAssembly,
    ) -> Result<PlannedApp, Error> {
        for target in &targets {
            self.calls.reporter.send_event(Event::StackStarted {
                stack: target.stack.name.clone(),
                operation: "plan".to_owned(),
                total: 0,
                typical_secs: None,
            });
        }
        let wait = self.options.wait_for_stack;
        let everyone: Vec<&Target> = targets.iter().collect();
        let marks = if self.options.stacks.is_empty() {
            assembly.app_marks()
        } else {
            BTreeSet::new()
        };
        let found = preflight::read_states(&self.calls, &everyone, &marks, wait).await?;
        let (standings, left) = (found.stacks, found.orphaned);
        let pairs: Vec<(&Target, &StackState)> = targets.iter().zip(&standings).collect();
        let reuse = match self.options.purpose {
            Purpose::Review => Reuse::Allowed,
            Purpose::Record => Reuse::Never,
        };
        let planned = run_concurrently(pairs.iter().map(|(target, standing)| {
            let blocked = missing_values(target, &pairs);
            let pairs = &pairs;
            async move {
                if blocked.is_empty() && !matches!(standing, StackState::FailedCreation { .. }) {
                    self.plan_in_state(target, standing, pairs, reuse).await
                } else {
                    let nested = self.deployed_nested(target, standing).await;
                    Ok(provisional_plan(target, standing, &nested, &blocked))
                }
            }
        }))
        .await;
        let mut planned = collect_results(planned)?;
        complete_plans(&mut planned, self);
        Ok(PlannedApp {
            stacks: planned,
            orphaned: left,
        })
    }

    /// Plans a stack again with a change set, after its dependencies were deployed.
    pub(crate) async fn plan_again(
        &self,
        target: &Target,
        standing: &StackState,
        others: &[&Target],
    ) -> Result<Planned, Error> {
        // Other stacks are needed only for their deployed templates, and only if an output is removed.
        let mut standings = Vec::new();
        if removes_outputs(target, standing) {
            for other in others {
                if other.stack.id != target.stack.id
                    && let Ok(standing) = preflight::read_state(&self.calls, other, None).await
                {
                    standings.push((*other, standing));
                }
            }
        }
        let pairs: Vec<(&Target, &StackState)> = standings
            .iter()
            .map(|(target, standing)| (*target, standing))
            .collect();
        let mut planned = self
            .plan_in_state(target, standing, &pairs, Reuse::Never)
            .await?;
        flag_effects(std::slice::from_mut(&mut planned), self);
        Ok(planned)
    }

    /// Reads the templates of all nested stacks of a deployed stack.
    pub(crate) async fn deployed_nested(
        &self,
        target: &Target,
        standing: &StackState,
    ) -> Templates {
        match standing {
            StackState::Deployed { stack, template } => {
                nested::read_nested_templates(&self.calls, &*target.client, &stack.id, template)
                    .await
            }
            _ => Templates::new(),
        }
    }

    async fn plan_in_state(
        &self,
        target: &Target,
        standing: &StackState,
        others: &[(&Target, &StackState)],
        reuse: Reuse,
    ) -> Result<Planned, Error> {
        let (sent, notices) =
            exports::retain_exports(&self.calls, target, standing, others).await?;
        for message in &notices {
            self.calls.reporter.send_event(Event::Notice {
                stack: Some(target.stack.name.clone()),
                message: message.clone(),
            });
        }
        if sent.retained.is_empty() && is_unchanged(target, &self.options, standing) {
            return Ok(unchanged_plan(target, standing));
        }
        let worked = change_set::create_change_set(
            &self.calls,
            &self.cloud,
            target,
            &self.options,
            standing,
            &sent,
            reuse,
        )
        .await?;
        match worked {
            ChangeSetOutcome::Unchanged => match standing.deployed_stack() {
                Some(stack) if !stack.status.is_consistent() => {
                    Err(preflight::unfinished_error(target, stack))
                }
                _ => Ok(unchanged_plan(target, standing)),
            },
            ChangeSetOutcome::Changes { description, mark } => {
                let nested = Nested::read_nested(
                    &self.calls,
                    &*self.cloud,
                    target,
                    &description,
                    &sent.template,
                )
                .await?;
                let mut planned =
                    change_set_plan(target, standing, &sent, &description, &nested, mark);
                planned.review.notes.extend(deployer_notes(notices));
                self.inspect_change_sets(&mut planned, &description.id, &nested)
                    .await;
                Ok(planned)
            }
        }
    }

    /// Adds validation warnings and the hooks that will run, including those of nested change sets. Each is read once and without retries, because a
    /// deployment does not depend on them.
    async fn inspect_change_sets(&self, planned: &mut Planned, root: &str, nested: &Nested) {
        for (path, id) in std::iter::once(("", root)).chain(nested.change_sets()) {
            self.inspect_change_set(planned, path, id).await;
        }
    }

    async fn inspect_change_set(&self, planned: &mut Planned, path: &str, change_set: &str) {
        let target = &planned.target;
        let named = |id: Option<String>, type_name: &str| {
            let id = id.filter(|id| !id.is_empty())?;
            Some(
                target
                    .stack
                    .resource_name(&nested_path(path, &id), type_name),
            )
        };
        let (events, hooks) = tokio::join!(
            problem::read_validation_events(target, change_set),
            target.client.change_set_hooks(change_set),
        );
        for event in items_or_unchecked(events, "warnings of validation", &mut planned.review) {
            let type_name = event.type_name.clone().unwrap_or_default();
            planned.review.notes.push(
                Note::builder()
                    .source(NoteSource::Validation)
                    .fatal(!problem::is_warning(&event))
                    .message(event.reason.clone().unwrap_or_default())
                    .maybe_resource(named(event.logical_id.clone(), &type_name))
                    .maybe_property(event.path.clone())
                    .build(),
            );
        }
        let hooks = hooks.map(Option::unwrap_or_default);
        for hook in items_or_unchecked(hooks, "hooks", &mut planned.review) {
            planned.review.notes.push(
                Note::builder()
                    .source(NoteSource::Hook)
                    .message(format!("the hook `{}` will be invoked", hook.type_name))
                    .maybe_resource(named(hook.logical_id, ""))
                    .build(),
            );
        }
    }
}

/// Returns the result of an optional read. If it failed, adds an entry to the unchecked items of the review, unless the endpoint does not support it.
fn items_or_unchecked<T>(
    answer: Result<Vec<T>, ApiError>,
    what: &str,
    review: &mut StackReview,
) -> Vec<T> {
    answer.unwrap_or_else(|error| {
        if error.kind != ApiErrorKind::Unsupported {
            review.unchecked.push(format!(
                "{what}: `{}` failed with: {}",
                error.operation,
                to_printable(&error.message)
            ));
        }
        Vec::new()
    })
}

/// Returns the plan of a stack without changes.
fn unchanged_plan(target: &Target, standing: &StackState) -> Planned {
    Planned {
        target: target.clone(),
        review: empty_review(target, "deployed"),
        work: Work::Unchanged {
            state: Box::new(standing.clone()),
        },
        deployed: DeployedSide::new(standing, target.stack.nested_templates()),
        drift: None,
    }
}

/// Predicts the changes of a stack that cannot be planned yet from its templates.
pub(crate) fn provisional_plan(
    target: &Target,
    standing: &StackState,
    nested: &Templates,
    waits_for: &[String],
) -> Planned {
    let old = standing.deployed_template();
    let mut review = diff_stack(&old, &target.stack, "the deployed template");
    for pair in nested_pairs(&old, nested, &target.stack) {
        add_nested(&mut review, &target.stack, &pair, "the deployed template");
    }
    migration::add_nested(&mut review, &target.stack);
    review.region = Some(target.region.clone());
    review.provisional = true;
    review.sections.extend(changed_tags(target, standing));
    if let StackState::FailedCreation { stack, retained } = standing {
        review
            .notes
            .extend(deployer_notes([preflight::describe_deletion(
                stack, retained,
            )]));
    }
    if !waits_for.is_empty() {
        let message = format!(
            "planned after the deployment of {}",
            waits_for.join(" and ")
        );
        review.notes.extend(deployer_notes([message]));
    }
    review
        .unchecked
        .push("validation by AWS, which is not possible yet".to_owned());
    Planned {
        target: target.clone(),
        review,
        work: Work::Provisional,
        deployed: DeployedSide::new(standing, nested.clone()),
        drift: None,
    }
}

pub(crate) fn empty_review(target: &Target, against: &str) -> StackReview {
    StackReview::builder()
        .path(target.stack.path.clone())
        .stack(target.stack.name.clone())
        .region(target.region.clone())
        .change(StackChange::Unchanged)
        .basis(Basis::Templates {
            against: against.to_owned(),
        })
        .build()
}

fn deployer_notes(messages: impl IntoIterator<Item = String>) -> impl Iterator<Item = Note> {
    messages.into_iter().map(|message| {
        Note::builder()
            .source(NoteSource::Deployer)
            .message(message)
            .build()
    })
}

/// Returns the plan of a change set whose changes are known. `sent` is its template.
pub(crate) fn change_set_plan(
    target: &Target,
    standing: &StackState,
    sent: &Sent,
    description: &ChangeSetDescription,
    nested: &Nested,
    mark: PlanMarker,
) -> Planned {
    let old = standing.deployed_template();
    let creates = mark.creates;
    // The comparison of imports has been made before, according to the sources.
    let fields = Fields::of_description(description, &sent.template, true);
    let fields = fields.into_digests(description, &sent.template);
    let digest = nested.digest_changes(&target.key, &description.changes);
    let mut wanted = target.stack.clone();
    wanted.template = sent.template.clone();
    // Without the deployed template, only CloudFormation's description is available.
    let comparable = creates || standing.deployed_stack().is_some();
    let predicted = comparable.then(|| diff_stack(&old, &wanted, "deployed"));
    let mut review = empty_review(target, "deployed");
    review.change = if creates {
        StackChange::Create
    } else {
        StackChange::Update
    };
    review.basis = Basis::ChangeSet {
        id: description.id.clone(),
        name: description.name.clone(),
        plan_key: target.key.clone(),
        change_digest: digest.clone(),
        expires: format_rfc3339(mark.expires),
    };
    let known = predicted.as_ref().map_or(&[][..], |known| &known.resources);
    review.resources = convert::convert_resources(target, &description.changes, known);
    review.stops = find_blockers(&review.resources);
    review.estimate = estimate_changes(&review.resources, &old, &sent.template);
    review.notes = convert::drift_notes(&review.resources, &description.changes);
    if let Some(predicted) = predicted {
        review.sections = predicted.sections;
        review.sections.extend(changed_tags(target, standing));
        review.security = predicted.security;
        review.migrations = predicted.migrations;
        review.notes.extend(predicted.notes);
    }
    nested.add_to(&mut review, target);
    migration::add_nested(&mut review, &target.stack);
    if target
        .parameters
        .keys()
        .any(|name| target.no_echo.contains(name))
    {
        review
            .unchecked
            .push("values of NoEcho parameters: they are part of no key and no review".to_owned());
    }
    Planned {
        target: target.clone(),
        review,
        work: Work::Ready(Ready {
            id: description.id.clone(),
            stack_id: description.stack_id.clone(),
            changes: digest,
            created: description.created,
            fields,
            mark,
            creates,
            outputs: standing.deployed_stack().map(|stack| stack.outputs.clone()),
        }),
        deployed: DeployedSide::new(standing, nested.deployed_templates(target)),
        drift: None,
    }
}

/// Returns the stack tags that change.
fn changed_tags(target: &Target, standing: &StackState) -> Vec<SectionChange> {
    let none = BTreeMap::new();
    let (before, after) = (
        standing.deployed_stack().map_or(&none, |stack| &stack.tags),
        &target.stack.tags,
    );
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name))
        .map(|name| {
            SectionChange::builder()
                .section("Tags")
                .name(name.clone())
                .maybe_before(before.get(name).map(|value| json!(value)))
                .maybe_after(after.get(name).map(|value| json!(value)))
                .build()
        })
        .collect()
}

/// Returns the names of producers that do not have the outputs yet which this stack reads.
pub(crate) fn missing_values(target: &Target, all: &[(&Target, &StackState)]) -> Vec<String> {
    let mut missing = BTreeSet::new();
    for reference in list_references(target) {
        let producer = find_producer(&reference, target, all.iter().map(|(target, _)| *target));
        let Some(producer) = producer else { continue };
        let standing = all
            .iter()
            .find(|(other, _)| other.stack.id == producer.stack.id)
            .and_then(|(_, standing)| standing.deployed_stack());
        let given = standing.is_some_and(|stack| {
            stack.outputs.iter().any(|output| match &reference {
                Reference::StackOutput { output: name, .. } => output.name == *name,
                Reference::Import { export } => output.export_name.as_ref() == Some(export),
                _ => true,
            })
        });
        if !given {
            missing.insert(format!("`{}`", producer.stack.name));
        }
    }
    missing.into_iter().collect()
}

/// Returns the references of a stack to other stacks, including those through parameters.
fn list_references(target: &Target) -> Vec<Reference> {
    let template = &target.stack.template;
    let parameters = read_resolved_parameters(template.document()).into_iter();
    let mut found: Vec<Reference> = parameters
        .map(|source| Reference::StackOutput {
            stack: source.stack,
            output: source.output,
        })
        .collect();
    found.extend(provisional::list_stack_references(template));
    found
}

/// Returns the stack that provides a referenced output or export.
fn find_producer<'t>(
    reference: &Reference,
    reader: &Target,
    mut targets: impl Iterator<Item = &'t Target>,
) -> Option<&'t Target> {
    targets.find(|other| {
        other.stack.id != reader.stack.id
            && match reference {
                Reference::StackOutput { stack, .. } => other.stack.name == *stack,
                Reference::Import { export } => {
                    other.region == reader.region && has_export(&other.stack.template, export)
                }
                _ => false,
            }
    })
}

/// Returns true if the template has an export with this name. Names that are composed at deployment are not recognized.
fn has_export(template: &Template, export: &str) -> bool {
    template
        .section_entries("Outputs")
        .any(|(_, entry)| entry["Export"]["Name"] == export)
}

/// Returns the artifact IDs of the stacks that this one reads values from.
pub(crate) fn find_producers(target: &Target, all: &[&Target]) -> BTreeSet<String> {
    list_references(target)
        .iter()
        .filter_map(|reference| find_producer(reference, target, all.iter().copied()))
        .map(|producer| producer.stack.id.clone())
        .collect()
}

/// Completes the plans with information that depends on all of them.
pub(crate) fn complete_plans(planned: &mut [Planned], engine: &Engine) {
    mark_provisional(planned);
    let undo = match engine.options.when_it_fails {
        FailureBehavior::RollBack => RollbackMode::Automatic,
        FailureBehavior::Keep => RollbackMode::Manual,
    };
    let stacks = planned
        .iter_mut()
        .map(|plan| (&mut plan.review, &plan.target.stack));
    migration::flag_contractions(stacks, undo);
    flag_effects(planned, engine);
}

/// Adds opened paths and the blockers that follow from the effects of all changes together.
fn flag_effects(planned: &mut [Planned], engine: &Engine) {
    exposures::flag_exposures(planned, engine);
    interruptions::flag_interruptions(planned, engine);
}

/// Marks stacks as provisional that read from a changing stack, because the values may change.
fn mark_provisional(planned: &mut [Planned]) {
    let targets: Vec<Target> = planned.iter().map(|plan| plan.target.clone()).collect();
    let targets: Vec<&Target> = targets.iter().collect();
    let mut moving: BTreeSet<String> = BTreeSet::new();
    // Producers come first.
    for plan in planned.iter_mut() {
        let sources = find_producers(&plan.target, &targets);
        let waits = sources.iter().any(|id| moving.contains(id));
        plan.review.provisional |= waits;
        if waits || !matches!(plan.work, Work::Unchanged { .. }) {
            moving.insert(plan.target.stack.id.clone());
        }
    }
}

fn removes_outputs(target: &Target, standing: &StackState) -> bool {
    let wanted: BTreeSet<&str> = target
        .stack
        .template
        .section_entries("Outputs")
        .map(|(name, _)| name)
        .collect();
    let deployed = standing.deployed_template();
    deployed
        .section_entries("Outputs")
        .any(|(name, _)| !wanted.contains(name))
}
