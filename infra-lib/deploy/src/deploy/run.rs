//! Runs a deployment: plans or finds change sets, has them approved, then executes them in dependency order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use infra_core::{Diagnostic, codes};
use tokio::sync::{Mutex, watch};

use super::{
    Approver, DeployOptions, Deployed, Outcome, Reached, Source, StackOutcome, StackReached,
    approvals, execute, express, gathered, migrate,
};
use crate::assets::MissingAsset;
use crate::calls::run_concurrently;
use crate::error::{Class, Error};
use crate::event::Event;
use crate::operation::Reporter;
use crate::plan::engine::{Engine, Planned, PlannedApp, Work, collect_results, find_producers};
use crate::plan::preflight;
use crate::plan::preflight::StackState;
use crate::plan::target::{Target, publish_assets, resolve_targets};
use crate::plan::verify::{self, Depth, Expected};
use crate::plan::{DriftCheck, abandon_change_sets, artifacts, drift, provisional, resolved};
use infra_aws::{Cloud, StackOutput};
use infra_template::assembly::CloudAssembly;
use infra_template::migration;
use infra_template::review::StackReview;

pub(super) async fn run_deployment(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    mut options: DeployOptions,
    approver: Arc<dyn Approver>,
    reporter: Reporter,
) -> Result<Deployed, Error> {
    if let Source::Plan(record) = &options.source {
        record.apply_to_options(&mut options.plan);
    }
    let engine = Engine::new(
        Arc::clone(&cloud),
        options.plan.clone(),
        &assembly,
        reporter,
    );
    let result = prepare_plans(&engine, &assembly, &options, &*approver).await;
    let PlannedApp {
        stacks: planned,
        orphaned: left,
    } = match result {
        Ok(planned) => planned,
        Err(error) => {
            // Change sets that cannot be removed now are left to `plan prune`; the user needs to see the original error.
            let _ = abandon_change_sets(cloud, options.plan.pending).await;
            return Err(error);
        }
    };
    let deployment = Deployment {
        engine: &engine,
        options: &options,
        approver: Mutex::new(approver),
        targets: planned.iter().map(|plan| plan.target.clone()).collect(),
        migrating: stacks_to_migrate(&planned),
    };
    report_skipped_migrations(&engine, &assembly, &deployment.targets);
    let result = deployment.deploy_planned(planned).await;
    match result {
        Ok(deployed) => Ok(Deployed {
            orphaned: left,
            ..deployed
        }),
        Err(error) => {
            let _ = abandon_change_sets(cloud, options.plan.pending).await;
            Err(error)
        }
    }
}

/// Runs all steps before the first change: planning or finding change sets, the checks for data loss, interruptions and opened paths, and approval.
async fn prepare_plans(
    engine: &Engine,
    assembly: &CloudAssembly,
    options: &DeployOptions,
    approver: &dyn Approver,
) -> Result<PlannedApp, Error> {
    let reporter = &engine.calls.reporter;
    let targets = resolve_targets(&engine.calls, &engine.cloud, assembly, &options.plan).await?;
    let absent = match options.source {
        Source::New => MissingAsset::Publish,
        Source::Plan(_) | Source::Reviewed { .. } => MissingAsset::Reject,
    };
    publish_assets(&engine.cloud, &targets, &options.plan, absent, reporter).await?;
    // A reviewed deployment finds its change sets directly, without listing regions.
    let mut left = None;
    let planned = match &options.source {
        Source::New => {
            let planned = engine.plan_stacks(targets, assembly).await?;
            left = planned.orphaned;
            planned.stacks
        }
        Source::Plan(record) => {
            let expected = Expected::Record(record);
            let planned = verify::find_plans(engine, targets, &expected, Depth::Execute).await?;
            let chosen: Vec<&Target> = planned.iter().map(|plan| &plan.target).collect();
            artifacts::check_assembly(record, assembly, &chosen)?;
            let checks = planned
                .iter()
                .map(|plan| refuse_drift(engine, options, plan));
            collect_results(run_concurrently(checks).await)?;
            planned
        }
        Source::Reviewed { changes } => {
            let expected = Expected::Changes(changes);
            verify::find_plans(engine, targets, &expected, Depth::Execute).await?
        }
    };
    for plan in &planned {
        check_review(options, &plan.review)?;
    }
    if options.plan.express {
        report_express_limits(engine, &planned);
    }
    for plan in &planned {
        if needs_approval(options, plan) {
            approver.approve_changes(&plan.review).await?;
        } else {
            report_findings(engine, &plan.review);
        }
    }
    Ok(PlannedApp {
        stacks: planned,
        orphaned: left,
    })
}

/// Reports the limits of express mode before approval.
fn report_express_limits(engine: &Engine, planned: &[Planned]) {
    if planned
        .iter()
        .any(|plan| !matches!(plan.work, Work::Unchanged { .. }))
    {
        engine.calls.reporter.send_event(Event::Notice {
            stack: None,
            message: express::LIMITS.to_owned(),
        });
    }
}

/// Reports the findings of the review again, because the person who executes a plan may not be the one who reviewed it.
fn report_findings(engine: &Engine, review: &StackReview) {
    for note in &review.notes {
        if let Some(code) = &note.code {
            engine.calls.reporter.send_event(Event::Notice {
                stack: Some(review.stack.clone()),
                message: format!("{code}: {}", note.message),
            });
        }
    }
}

/// Returns true if the changes of a stack need approval now. Reviewed change sets do not. Provisional changes were reviewed with the plan file;
/// without one they need approval.
fn needs_approval(options: &DeployOptions, plan: &Planned) -> bool {
    match (&options.source, &plan.work) {
        (_, Work::Unchanged { .. }) => false,
        (Source::New, _) => true,
        (Source::Plan(_), _) => false,
        (Source::Reviewed { .. }, work) => matches!(work, Work::Provisional),
    }
}

/// Refuses to overwrite drift that has appeared since the plan file was created.
async fn refuse_drift(
    engine: &Engine,
    options: &DeployOptions,
    plan: &Planned,
) -> Result<(), Error> {
    let Source::Plan(record) = &options.source else {
        return Ok(());
    };
    let target = &plan.target;
    let recorded = record.find_stack(&target.region, &target.stack.name);
    match recorded.and_then(|recorded| recorded.drift.as_ref()) {
        Some(drift) if options.plan.drift_check == DriftCheck::SincePlan => {
            drift::reject_new_drift(engine, plan, drift).await
        }
        _ => Ok(()),
    }
}

fn check_review(options: &DeployOptions, review: &StackReview) -> Result<(), Error> {
    if options.plan.express {
        express::refuse_replacements(review)?;
    }
    approvals::check_approvals(review, options)
}

/// Progress of a stack, as its dependents see it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Stage {
    Waiting,
    /// Up to date; true if its outputs may have changed.
    Done(bool),
    /// Started, and no longer watched.
    Detached,
    Failed,
    /// Deployed, but a migration failed.
    Unmigrated,
}

struct Deployment<'d> {
    engine: &'d Engine,
    options: &'d DeployOptions,
    /// Approver behind a lock, so that stacks are approved one at a time.
    approver: Mutex<Arc<dyn Approver>>,
    targets: Vec<Target>,
    /// Artifact IDs of the stacks whose migrations run: they change, or stacks that depend on them do.
    migrating: BTreeSet<String>,
}

impl Deployment<'_> {
    async fn deploy_planned(&self, planned: Vec<Planned>) -> Result<Deployed, Error> {
        let mut tellers = BTreeMap::new();
        let mut stages = BTreeMap::new();
        for plan in &planned {
            let (teller, stage) = watch::channel(Stage::Waiting);
            tellers.insert(plan.target.stack.id.clone(), teller);
            stages.insert(plan.target.stack.id.clone(), stage);
        }
        let results = run_concurrently(planned.iter().map(|plan| {
            let teller = &tellers[&plan.target.stack.id];
            let stages = &stages;
            async move {
                let begun = execute::StartedFlag::default();
                let mut result = self.deploy_one(plan, stages, &begun).await;
                let mut stage = match &result {
                    Ok(Outcome::Deployed { outputs, .. }) => {
                        Stage::Done(changes_outputs(plan, outputs))
                    }
                    Ok(Outcome::NoChanges { .. }) => Stage::Done(false),
                    Ok(Outcome::Detached | Outcome::Waiting { .. }) => Stage::Detached,
                    Err(_) => Stage::Failed,
                };
                if matches!(stage, Stage::Done(_))
                    && self.migrating.contains(&plan.target.stack.id)
                    && let Err(error) = self.run_migrations(plan).await
                {
                    (result, stage) = (Err(error), Stage::Unmigrated);
                }
                teller.send_replace(stage);
                let reached = reached_state(stage, &result, &begun);
                (
                    result,
                    StackReached::new(plan.target.stack.name.clone(), reached),
                )
            }
        }))
        .await;
        let mut deployed = Deployed::default();
        let (mut errors, mut all) = (Vec::new(), Vec::new());
        for (plan, (result, reached)) in planned.iter().zip(results) {
            all.push(reached);
            match result {
                Ok(outcome) => deployed.stacks.push(StackOutcome {
                    path: plan.target.stack.path.clone(),
                    stack: plan.target.stack.name.clone(),
                    region: plan.target.region.clone(),
                    outcome,
                }),
                Err(error) => errors.push(error),
            }
        }
        match gathered::join_stack_errors(errors, all) {
            Some(error) => Err(error),
            None => Ok(deployed),
        }
    }

    async fn run_migrations(&self, plan: &Planned) -> Result<(), Error> {
        migrate::run_migrations(self.engine, &plan.target, self.options.migration_timeout).await
    }

    async fn deploy_one(
        &self,
        plan: &Planned,
        stages: &BTreeMap<String, watch::Receiver<Stage>>,
        begun: &execute::StartedFlag,
    ) -> Result<Outcome, Error> {
        let target = &plan.target;
        let (mut failed, mut unfinished, mut changed) = (Vec::new(), Vec::new(), Vec::new());
        let mut unmigrated = Vec::new();
        for id in &target.stack.dependencies {
            let Some(stage) = stages.get(id) else {
                continue;
            };
            let mut stage = stage.clone();
            let reached = stage.wait_for(|stage| *stage != Stage::Waiting).await;
            // The sender lives as long as this task.
            let reached = reached.map_or(Stage::Failed, |stage| *stage);
            match reached {
                Stage::Failed => failed.push(self.stack_name(id)),
                Stage::Unmigrated => unmigrated.push(self.stack_name(id)),
                Stage::Detached | Stage::Waiting => unfinished.push(self.stack_name(id)),
                Stage::Done(true) => changed.push(id.clone()),
                Stage::Done(false) => {}
            }
        }
        if !failed.is_empty() {
            return Err(skipped_error(target, &failed, "was not deployed"));
        }
        if !unmigrated.is_empty() {
            return Err(skipped_error(target, &unmigrated, "was not migrated"));
        }
        if !unfinished.is_empty() {
            return Ok(Outcome::Waiting {
                waits_for: unfinished,
            });
        }
        let all: Vec<&Target> = self.targets.iter().collect();
        let reads = find_producers(target, &all);
        let moved = changed.iter().any(|id| reads.contains(id));
        let holds = moved && self.is_still_valid(plan).await?;
        if (moved && !holds) || matches!(plan.work, Work::Provisional) {
            let plan = self.plan_again(plan, &all).await?;
            refuse_drift(self.engine, self.options, &plan).await?;
            return self.execute_work(&plan, begun).await;
        }
        // A stack that waited for others may have drifted since the check before the first of them.
        if !changed.is_empty() {
            refuse_drift(self.engine, self.options, plan).await?;
        }
        self.execute_work(plan, begun).await
    }

    /// Returns true if a plan reads other stacks through parameters only, and the parameter values are unchanged since.
    async fn is_still_valid(&self, plan: &Planned) -> Result<bool, Error> {
        if matches!(plan.work, Work::Provisional)
            || !provisional::list_stack_references(&plan.target.stack.template).is_empty()
        {
            return Ok(false);
        }
        let now = self.refill_parameters(&plan.target).await?;
        Ok(now.key == plan.target.key)
    }

    /// Returns the target with the current values of the outputs that it reads.
    async fn refill_parameters(&self, target: &Target) -> Result<Target, Error> {
        let (calls, cloud) = (&self.engine.calls, &*self.engine.cloud);
        resolved::refill_parameters(calls, cloud, target, &self.options.plan).await
    }

    /// Replaces a provisional plan by one with a change set. Asks for approval only if it contains changes that were not reviewed.
    async fn plan_again(&self, before: &Planned, all: &[&Target]) -> Result<Planned, Error> {
        let target = &self.refill_parameters(&before.target).await?;
        let wait = self.options.plan.wait_for_stack;
        let mut standing = preflight::read_state(&self.engine.calls, target, wait).await?;
        if let StackState::FailedCreation { stack, retained } = &standing {
            self.engine.calls.reporter.send_event(Event::Notice {
                stack: Some(target.stack.name.clone()),
                message: preflight::describe_deletion(stack, retained),
            });
            execute::delete_failed_creation(self.engine, before, stack).await?;
            standing = preflight::read_state(&self.engine.calls, target, wait).await?;
        }
        let plan = self.engine.plan_again(target, &standing, all).await?;
        check_review(self.options, &plan.review)?;
        if matches!(plan.work, Work::Unchanged { .. }) {
            return Ok(plan);
        }
        let same = match (&before.work, &plan.work) {
            (Work::Ready(before), Work::Ready(now)) => before.changes == now.changes,
            _ => false,
        };
        let more = provisional::unpredicted_changes(&before.review, &plan.review);
        if same || more.is_empty() {
            return Ok(plan);
        }
        match &self.options.source {
            Source::New => {
                self.approver
                    .lock()
                    .await
                    .approve_changes(&plan.review)
                    .await?;
            }
            Source::Plan(_) | Source::Reviewed { .. } => {
                let mut error = verify::mismatch_error(target, &["changes"]);
                for finding in &mut error.findings {
                    finding.notes.push(format!(
                        "after the deployment of its dependencies, it would also {}",
                        more.join(", ")
                    ));
                }
                return Err(error);
            }
        }
        Ok(plan)
    }

    async fn execute_work(
        &self,
        plan: &Planned,
        begun: &execute::StartedFlag,
    ) -> Result<Outcome, Error> {
        match &plan.work {
            Work::Ready(ready) => {
                execute::execute_plan(self.engine, plan, ready, self.options, begun).await
            }
            Work::Unchanged { state: standing } => {
                let stack = standing.deployed_stack();
                if let Some(stack) = stack {
                    execute::set_protection(self.engine, plan, stack).await?;
                }
                let outputs = stack.map(|stack| stack.outputs.clone());
                Ok(Outcome::NoChanges {
                    outputs: outputs.unwrap_or_default(),
                })
            }
            // `again` has replaced provisional work before.
            Work::Provisional => Err(verify::mismatch_error(
                &plan.target,
                &["it was not planned"],
            )),
        }
    }

    fn stack_name(&self, id: &str) -> String {
        let target = self.targets.iter().find(|target| target.stack.id == id);
        target.map_or_else(|| id.to_owned(), |target| target.stack.name.clone())
    }
}

/// Returns false if the outputs of a stack are the same as before its deployment, so that plans made from them remain valid.
fn changes_outputs(plan: &Planned, outputs: &[StackOutput]) -> bool {
    match &plan.work {
        Work::Ready(ready) => {
            let before = ready.outputs.as_ref();
            before.is_none_or(|before| !has_same_outputs(before, outputs))
        }
        Work::Unchanged { .. } | Work::Provisional => true,
    }
}

/// Returns true if both lists hold the same outputs, in any order.
fn has_same_outputs(before: &[StackOutput], after: &[StackOutput]) -> bool {
    before.len() == after.len() && after.iter().all(|output| before.contains(output))
}

/// Returns the stacks whose migrations have to run.
///
/// These include unchanged stacks on which a changed one depends: their migration may have failed in an earlier deployment.
fn stacks_to_migrate(planned: &[Planned]) -> BTreeSet<String> {
    let mut moving: BTreeSet<&str> = BTreeSet::new();
    // Dependents come after their dependencies.
    for plan in planned.iter().rev() {
        let stack = &plan.target.stack;
        if !matches!(plan.work, Work::Unchanged { .. }) || moving.contains(stack.id.as_str()) {
            moving.insert(&stack.id);
            moving.extend(stack.dependencies.iter().map(String::as_str));
        }
    }
    moving.into_iter().map(str::to_owned).collect()
}

/// Reports migrations that do not run because their stack was not selected.
fn report_skipped_migrations(engine: &Engine, assembly: &CloudAssembly, targets: &[Target]) {
    let chosen = |id: &str| targets.iter().any(|target| target.stack.id == id);
    for stack in &assembly.stacks {
        let needed = targets
            .iter()
            .any(|target| target.stack.dependencies.contains(&stack.id));
        if needed && !chosen(&stack.id) && migration::has_migration(stack) {
            engine.calls.reporter.send_event(Event::Notice {
                stack: Some(stack.name.clone()),
                message: "this stack is not selected, so its migration does not run".to_owned(),
            });
        }
    }
}

fn skipped_error(target: &Target, failed: &[String], why: &str) -> Error {
    let finding = Diagnostic::new(
        codes::LEFT_ALONE,
        format!(
            "stack `{}` was not changed: `{}`, which it depends on, {why}",
            target.stack.name,
            failed.join("`, `")
        ),
    )
    .path(target.stack.path.clone())
    .help("correct the cause, then deploy again: completed stacks have no changes");
    Error::new(Class::Error, finding)
}

/// Returns the state that a stack has reached, given the result of its deployment.
fn reached_state(
    stage: Stage,
    result: &Result<Outcome, Error>,
    begun: &execute::StartedFlag,
) -> Reached {
    match result {
        Ok(Outcome::Deployed { .. }) => Reached::Deployed,
        Ok(Outcome::NoChanges { .. }) => Reached::NoChanges,
        Ok(Outcome::Detached) => Reached::Started,
        Ok(Outcome::Waiting { .. }) => Reached::NotStarted,
        Err(_) if !begun.is_set() && stage == Stage::Unmigrated => Reached::NoChanges,
        Err(_) if !begun.is_set() => Reached::NotStarted,
        Err(_) if stage == Stage::Unmigrated => Reached::Deployed,
        Err(error) => match error.class {
            Class::RolledBack => Reached::RolledBack,
            Class::Stuck => Reached::Stuck,
            Class::Interrupted => Reached::Started,
            // The stack is deployed; a later step failed.
            _ => Reached::Deployed,
        },
    }
}
