//! A deployment from beginning to end: plan or find, approve, then execute each stack after those that it depends on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use infra_core::{Diagnostic, codes};
use tokio::sync::{Mutex, watch};

use super::{
    Approver, DeployOptions, Deployed, Outcome, Reached, Source, StackOutcome, StackReached,
    approvals, execute, express, gathered, migrate,
};
use crate::assets::Absent;
use crate::calls::together;
use crate::error::{Class, Error};
use crate::event::Event;
use crate::operation::Reporter;
use crate::plan::engine::{Engine, Planned, PlannedApp, Work, all, producers};
use crate::plan::preflight;
use crate::plan::preflight::Standing;
use crate::plan::target::{Target, publish_assets, targets};
use crate::plan::verify::{self, Depth, Expected};
use crate::plan::{DriftCheck, abandon, artifacts, drift, provisional, resolved};
use infra_aws::{Cloud, StackOutput};
use infra_template::assembly::CloudAssembly;
use infra_template::migration;
use infra_template::review::StackReview;

pub(super) async fn run(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    mut options: DeployOptions,
    approver: Arc<dyn Approver>,
    reporter: Reporter,
) -> Result<Deployed, Error> {
    if let Source::Plan(record) = &options.source {
        record.choose(&mut options.plan);
    }
    let engine = Engine::new(Arc::clone(&cloud), options.plan.clone(), reporter);
    let result = prepare(&engine, &assembly, &options, &*approver).await;
    let PlannedApp {
        stacks: planned,
        left,
    } = match result {
        Ok(planned) => planned,
        Err(error) => {
            // What could not be removed now goes with `plan prune`; the cause is what people need to see.
            let _ = abandon(cloud, options.plan.pending).await;
            return Err(error);
        }
    };
    let deployment = Deployment {
        engine: &engine,
        options: &options,
        approver: Mutex::new(approver),
        targets: planned.iter().map(|plan| plan.target.clone()).collect(),
        migrating: migrating(&planned),
    };
    tell_left_out(&engine, &assembly, &deployment.targets);
    let result = deployment.run(planned).await;
    match result {
        Ok(deployed) => Ok(Deployed { left, ..deployed }),
        Err(error) => {
            let _ = abandon(cloud, options.plan.pending).await;
            Err(error)
        }
    }
}

/// Everything up to the first change: plans or finds, stops for data loss, asks.
async fn prepare(
    engine: &Engine,
    assembly: &CloudAssembly,
    options: &DeployOptions,
    approver: &dyn Approver,
) -> Result<PlannedApp, Error> {
    let reporter = &engine.calls.reporter;
    let targets = targets(&engine.calls, &engine.cloud, assembly, &options.plan).await?;
    let absent = match options.source {
        Source::New => Absent::Published,
        Source::Plan(_) | Source::Reviewed { .. } => Absent::Refused,
    };
    publish_assets(&engine.cloud, &targets, &options.plan, absent, reporter).await?;
    // What was reviewed is found by its change sets: no region is listed.
    let mut left = None;
    let planned = match &options.source {
        Source::New => {
            let planned = engine.plan(targets, assembly).await?;
            left = planned.left;
            planned.stacks
        }
        Source::Plan(record) => {
            let expected = Expected::Record(record);
            let planned = verify::found(engine, targets, &expected, Depth::Execute).await?;
            let chosen: Vec<&Target> = planned.iter().map(|plan| &plan.target).collect();
            artifacts::check(record, assembly, &chosen)?;
            let checks = planned
                .iter()
                .map(|plan| refuse_drift(engine, options, plan));
            all(together(checks).await)?;
            planned
        }
        Source::Reviewed { changes } => {
            let expected = Expected::Changes(changes);
            verify::found(engine, targets, &expected, Depth::Execute).await?
        }
    };
    for plan in &planned {
        check(options, &plan.review)?;
    }
    if options.plan.express {
        tell_express(engine, &planned);
    }
    for plan in &planned {
        if asks(options, plan) {
            approver.approve(&plan.review).await?;
        } else {
            tell_findings(engine, &plan.review);
        }
    }
    Ok(PlannedApp {
        stacks: planned,
        left,
    })
}

/// Says what express mode leaves out, before somebody is asked.
fn tell_express(engine: &Engine, planned: &[Planned]) {
    if planned
        .iter()
        .any(|plan| !matches!(plan.work, Work::Unchanged { .. }))
    {
        engine.calls.reporter.send(Event::Notice {
            stack: None,
            message: express::LIMITS.to_owned(),
        });
    }
}

/// Says once more which findings were to read before approving: who executes it may be somebody else, days later.
fn tell_findings(engine: &Engine, review: &StackReview) {
    for note in &review.notes {
        if let Some(code) = &note.code {
            engine.calls.reporter.send(Event::Notice {
                stack: Some(review.stack.clone()),
                message: format!("{code}: {}", note.message),
            });
        }
    }
}

/// A change set that was reviewed needs no second word. What is only expected of a stack was reviewed with the plan
/// file; without one, somebody has to be asked.
fn asks(options: &DeployOptions, plan: &Planned) -> bool {
    match (&options.source, &plan.work) {
        (_, Work::Unchanged { .. }) => false,
        (Source::New, _) => true,
        (Source::Plan(_), _) => false,
        (Source::Reviewed { .. }, work) => matches!(work, Work::Later),
    }
}

/// Refuses to overwrite what was changed by other means since the plan file was made.
async fn refuse_drift(
    engine: &Engine,
    options: &DeployOptions,
    plan: &Planned,
) -> Result<(), Error> {
    let Source::Plan(record) = &options.source else {
        return Ok(());
    };
    let target = &plan.target;
    let recorded = record.stack(&target.region, &target.stack.name);
    match recorded.and_then(|recorded| recorded.drift.as_ref()) {
        Some(drift) if options.plan.drift_check == DriftCheck::SincePlan => {
            drift::refuse_new(engine, plan, drift).await
        }
        _ => Ok(()),
    }
}

fn check(options: &DeployOptions, review: &StackReview) -> Result<(), Error> {
    if options.plan.express {
        express::refuse_replacements(review)?;
    }
    approvals::check(review, &options.allow_data_loss, &options.approvals)
}

/// Where a stack stands, for those that wait for it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Stage {
    Waiting,
    /// It is what it should be; `true` when what it publishes may have changed.
    Done(bool),
    /// It was begun, and nobody watches it.
    Detached,
    Failed,
    /// It is deployed, and its migration did not succeed.
    Unmigrated,
}

struct Deployment<'d> {
    engine: &'d Engine,
    options: &'d DeployOptions,
    /// One question at a time.
    approver: Mutex<Arc<dyn Approver>>,
    targets: Vec<Target>,
    /// The stacks whose migrations run: there is work on them, or on what depends on them.
    migrating: BTreeSet<String>,
}

impl Deployment<'_> {
    async fn run(&self, planned: Vec<Planned>) -> Result<Deployed, Error> {
        let mut tellers = BTreeMap::new();
        let mut stages = BTreeMap::new();
        for plan in &planned {
            let (teller, stage) = watch::channel(Stage::Waiting);
            tellers.insert(plan.target.stack.id.clone(), teller);
            stages.insert(plan.target.stack.id.clone(), stage);
        }
        let results = together(planned.iter().map(|plan| {
            let teller = &tellers[&plan.target.stack.id];
            let stages = &stages;
            async move {
                let begun = execute::Begun::default();
                let mut result = self.one(plan, stages, &begun).await;
                let mut stage = match &result {
                    Ok(Outcome::Deployed { outputs, .. }) => {
                        Stage::Done(publishes_else(plan, outputs))
                    }
                    Ok(Outcome::NoChanges { .. }) => Stage::Done(false),
                    Ok(Outcome::Detached | Outcome::Waiting { .. }) => Stage::Detached,
                    Err(_) => Stage::Failed,
                };
                if matches!(stage, Stage::Done(_))
                    && self.migrating.contains(&plan.target.stack.id)
                    && let Err(error) = self.migrate(plan).await
                {
                    (result, stage) = (Err(error), Stage::Unmigrated);
                }
                teller.send_replace(stage);
                let reached = reached_by(stage, &result, &begun);
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
        match gathered::gathered(errors, all) {
            Some(error) => Err(error),
            None => Ok(deployed),
        }
    }

    async fn migrate(&self, plan: &Planned) -> Result<(), Error> {
        migrate::migrate(self.engine, &plan.target, self.options.migration_timeout).await
    }

    async fn one(
        &self,
        plan: &Planned,
        stages: &BTreeMap<String, watch::Receiver<Stage>>,
        begun: &execute::Begun,
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
            // The other end lives as long as this does.
            let reached = reached.map_or(Stage::Failed, |stage| *stage);
            match reached {
                Stage::Failed => failed.push(self.name(id)),
                Stage::Unmigrated => unmigrated.push(self.name(id)),
                Stage::Detached | Stage::Waiting => unfinished.push(self.name(id)),
                Stage::Done(true) => changed.push(id.clone()),
                Stage::Done(false) => {}
            }
        }
        if !failed.is_empty() {
            return Err(left_alone(target, &failed, "was not deployed"));
        }
        if !unmigrated.is_empty() {
            return Err(left_alone(target, &unmigrated, "was not migrated"));
        }
        if !unfinished.is_empty() {
            return Ok(Outcome::Waiting {
                waits_for: unfinished,
            });
        }
        let all: Vec<&Target> = self.targets.iter().collect();
        let reads = producers(target, &all);
        let moved = changed.iter().any(|id| reads.contains(id));
        let holds = moved && self.still_holds(plan).await?;
        if (moved && !holds) || matches!(plan.work, Work::Later) {
            let plan = self.again(plan, &all).await?;
            refuse_drift(self.engine, self.options, &plan).await?;
            return self.carry_out(&plan, begun).await;
        }
        // A stack that waited for others may have been changed since the look before the first of them.
        if !changed.is_empty() {
            refuse_drift(self.engine, self.options, plan).await?;
        }
        self.carry_out(plan, begun).await
    }

    /// Says that a plan reads others through parameters alone, and that their values are those it was made with.
    async fn still_holds(&self, plan: &Planned) -> Result<bool, Error> {
        if matches!(plan.work, Work::Later)
            || !provisional::reads(&plan.target.stack.template).is_empty()
        {
            return Ok(false);
        }
        let now = self.refill(&plan.target).await?;
        Ok(now.key == plan.target.key)
    }

    /// The target with the outputs that it reads as they are now.
    async fn refill(&self, target: &Target) -> Result<Target, Error> {
        let (calls, cloud) = (&self.engine.calls, &*self.engine.cloud);
        resolved::refill_parameters(calls, cloud, target, &self.options.plan).await
    }

    /// Plans for real what could only be expected so far, and asks again only about what nobody has seen.
    async fn again(&self, before: &Planned, all: &[&Target]) -> Result<Planned, Error> {
        let target = &self.refill(&before.target).await?;
        let wait = self.options.plan.wait_for_stack;
        let mut standing = preflight::standing(&self.engine.calls, target, wait).await?;
        if let Standing::Leftover { stack, retained } = &standing {
            self.engine.calls.reporter.send(Event::Notice {
                stack: Some(target.stack.name.clone()),
                message: preflight::remark(stack, retained),
            });
            execute::delete_leftover(self.engine, before, stack).await?;
            standing = preflight::standing(&self.engine.calls, target, wait).await?;
        }
        let plan = self.engine.replan(target, &standing, all).await?;
        check(self.options, &plan.review)?;
        if matches!(plan.work, Work::Unchanged { .. }) {
            return Ok(plan);
        }
        let same = match (&before.work, &plan.work) {
            (Work::Ready(before), Work::Ready(now)) => before.changes == now.changes,
            _ => false,
        };
        let more = provisional::more(&before.review, &plan.review);
        if same || more.is_empty() {
            return Ok(plan);
        }
        match &self.options.source {
            Source::New => self.approver.lock().await.approve(&plan.review).await?,
            Source::Plan(_) | Source::Reviewed { .. } => {
                let mut error = verify::mismatch(target, &["changes"]);
                for finding in &mut error.findings {
                    finding.notes.push(format!(
                        "now that what it depends on is deployed, it would also {}",
                        more.join(", ")
                    ));
                }
                return Err(error);
            }
        }
        Ok(plan)
    }

    async fn carry_out(&self, plan: &Planned, begun: &execute::Begun) -> Result<Outcome, Error> {
        match &plan.work {
            Work::Ready(ready) => {
                execute::execute(self.engine, plan, ready, self.options, begun).await
            }
            Work::Unchanged { standing } => {
                let stack = standing.deployed();
                if let Some(stack) = stack {
                    execute::protect(self.engine, plan, stack).await?;
                }
                let outputs = stack.map(|stack| stack.outputs.clone());
                Ok(Outcome::NoChanges {
                    outputs: outputs.unwrap_or_default(),
                })
            }
            // `again` has made one of the others of it.
            Work::Later => Err(verify::mismatch(&plan.target, &["it was not planned"])),
        }
    }

    fn name(&self, id: &str) -> String {
        let target = self.targets.iter().find(|target| target.stack.id == id);
        target.map_or_else(|| id.to_owned(), |target| target.stack.name.clone())
    }
}

/// Returns true unless a stack publishes exactly what it published before: then what was planned from its outputs is what
/// would be planned again.
fn publishes_else(plan: &Planned, outputs: &[StackOutput]) -> bool {
    match &plan.work {
        Work::Ready(ready) => {
            let before = ready.outputs.as_ref();
            before.is_none_or(|before| !same_outputs(before, outputs))
        }
        Work::Unchanged { .. } | Work::Later => true,
    }
}

/// Returns true for the same outputs in any order.
fn same_outputs(before: &[StackOutput], after: &[StackOutput]) -> bool {
    before.len() == after.len() && after.iter().all(|output| before.contains(output))
}

/// The stacks whose migrations have to run.
///
/// Also those without changes of their own: a migration that failed before has not run for what still waits for it.
fn migrating(planned: &[Planned]) -> BTreeSet<String> {
    let mut moving: BTreeSet<&str> = BTreeSet::new();
    // What depends on a stack comes behind it.
    for plan in planned.iter().rev() {
        let stack = &plan.target.stack;
        if !matches!(plan.work, Work::Unchanged { .. }) || moving.contains(stack.id.as_str()) {
            moving.insert(&stack.id);
            moving.extend(stack.dependencies.iter().map(String::as_str));
        }
    }
    moving.into_iter().map(str::to_owned).collect()
}

/// Says which migrations do not run because their stack was left out.
fn tell_left_out(engine: &Engine, assembly: &CloudAssembly, targets: &[Target]) {
    let chosen = |id: &str| targets.iter().any(|target| target.stack.id == id);
    for stack in &assembly.stacks {
        let needed = targets
            .iter()
            .any(|target| target.stack.dependencies.contains(&stack.id));
        if needed && !chosen(&stack.id) && migration::has_migration(stack) {
            engine.calls.reporter.send(Event::Notice {
                stack: Some(stack.name.clone()),
                message: "it is left out, so its migration does not run".to_owned(),
            });
        }
    }
}

fn left_alone(target: &Target, failed: &[String], why: &str) -> Error {
    let finding = Diagnostic::new(
        codes::LEFT_ALONE,
        format!(
            "stack `{}` was left as it is: `{}`, which it depends on, {why}",
            target.stack.name,
            failed.join("`, `")
        ),
    )
    .path(target.stack.path.clone())
    .help("correct the cause, then deploy again: what is done already has no changes");
    Error::new(Class::Error, finding)
}

/// The state of a stack by what its deployment ended with.
fn reached_by(stage: Stage, result: &Result<Outcome, Error>, begun: &execute::Begun) -> Reached {
    match result {
        Ok(Outcome::Deployed { .. }) => Reached::Deployed,
        Ok(Outcome::NoChanges { .. }) => Reached::NoChanges,
        Ok(Outcome::Detached) => Reached::Begun,
        Ok(Outcome::Waiting { .. }) => Reached::NotBegun,
        Err(_) if !begun.is_told() && stage == Stage::Unmigrated => Reached::NoChanges,
        Err(_) if !begun.is_told() => Reached::NotBegun,
        Err(_) if stage == Stage::Unmigrated => Reached::Deployed,
        Err(error) => match error.class {
            Class::RolledBack => Reached::RolledBack,
            Class::Stuck => Reached::Stuck,
            Class::Interrupted => Reached::Begun,
            // It is deployed, and something about it failed afterwards.
            _ => Reached::Deployed,
        },
    }
}
