//! Finds planned change sets, and proves that they were created from these sources. Nothing else is executed.

mod expected;
mod prove;
mod refusal;

use crate::calls::run_concurrently;
use crate::error::Error;
use crate::event::Event;
use crate::plan::engine::{
    self, DeployedSide, Engine, Planned, Work, collect_results, empty_review, find_producers,
};
use crate::plan::key::{self, PlanMarker};
use crate::plan::preflight::{self, StackState};
use crate::plan::target::Target;
use crate::plan::{Step, changes, exposures};
use expected::check_provisional;
use infra_aws::{ApiErrorKind, ChangeSetDescription, ChangeSetStatus, ExecutionStatus};
use prove::verify_change_set;

pub(crate) use expected::Expected;
pub(crate) use prove::Depth;
pub(crate) use refusal::{mismatch_error, obsolete_error};

/// Returns the existing plans of these stacks.
pub(crate) async fn find_plans(
    engine: &Engine,
    targets: Vec<Target>,
    expected: &Expected<'_>,
    depth: Depth,
) -> Result<Vec<Planned>, Error> {
    let looks = targets
        .iter()
        .map(|target| find_plan(engine, target, expected, depth));
    let looks = collect_results(run_concurrently(looks).await)?;
    let mut planned: Vec<Planned> = Vec::new();
    let everyone: Vec<&Target> = targets.iter().collect();
    for (target, look) in targets.iter().zip(looks) {
        let plan = match look {
            FoundPlan::Planned(plan) => {
                if depth == Depth::Execute {
                    report_unchecked_secrets(engine, target);
                }
                *plan
            }
            FoundPlan::Missing(standing) => {
                let step = expected.recorded_step(engine, target)?;
                if matches!(step, Some(Step::ChangeSet { .. })) {
                    return Err(refusal::deleted_plan_error(target));
                }
                // Producers come first, so that their plans are known by now.
                let sources = find_producers(target, &everyone);
                let moving: Vec<String> = planned
                    .iter()
                    .filter(|plan| sources.contains(&plan.target.stack.id))
                    .filter(|plan| !matches!(plan.work, Work::Unchanged { .. }))
                    .map(|plan| format!("`{}`", plan.target.stack.name))
                    .collect();
                if moving.is_empty() && !matches!(*standing, StackState::FailedCreation { .. }) {
                    return Err(refusal::not_planned_error(engine, target).await);
                }
                let nested = engine.deployed_nested(target, &standing).await;
                let plan = engine::provisional_plan(target, &standing, &nested, &moving);
                if let Some(step) = step {
                    check_provisional(&plan, step)?;
                }
                plan
            }
        };
        planned.push(plan);
    }
    exposures::read_former_sides(&mut planned, engine).await;
    engine::complete_plans(&mut planned, engine);
    Ok(planned)
}

/// Reports that given secrets are not compared with those of the plan, because they are not part of the key.
fn report_unchecked_secrets(engine: &Engine, target: &Target) {
    let given = target.parameters.keys();
    let secret: Vec<String> = given
        .filter(|name| target.no_echo.contains(*name))
        .map(|name| format!("`{name}`"))
        .collect();
    if secret.is_empty() {
        return;
    }
    engine.calls.reporter.send_event(Event::Notice {
        stack: Some(target.stack.name.clone()),
        message: format!(
            "{} has the planned value: secret values (`NoEcho`) are not compared",
            secret.join(", ")
        ),
    });
}

enum FoundPlan {
    Planned(Box<Planned>),
    /// No change set exists for these sources, and the deployed stack differs from them.
    Missing(Box<StackState>),
}

async fn find_plan(
    engine: &Engine,
    target: &Target,
    expected: &Expected<'_>,
    depth: Depth,
) -> Result<FoundPlan, Error> {
    let step = expected.recorded_step(engine, target)?;
    let (name, stack) = (&target.change_set, &target.stack.name);
    let found = match step {
        Some(Step::ChangeSet { change_set, .. }) => {
            changes::describe_completely(&engine.calls, target, change_set, None).await
        }
        // No change set existed at planning time.
        Some(Step::Unchanged | Step::Provisional { .. }) => {
            return check_without_change_set(engine, target).await;
        }
        None => changes::describe_completely(&engine.calls, target, name, Some(stack)).await,
    };
    let description = match found {
        Ok(found) => found,
        Err(error) if error.kind == ApiErrorKind::NotFound => {
            return check_without_change_set(engine, target).await;
        }
        Err(error) => {
            return Err(Error::from_api(
                format!("describe the plan of stack `{stack}`"),
                error,
            ));
        }
    };
    let Some(mark) = PlanMarker::parse_description(description.description.as_deref()) else {
        return Err(mismatch_error(target, &["it was not created by this tool"]));
    };
    match description.execution_status {
        ExecutionStatus::Obsolete => return Err(obsolete_error(target, &description)),
        // Executed before, successfully or not: the deployed stack shows which.
        ExecutionStatus::Complete | ExecutionStatus::Failed
            if !is_executing(engine, target, &description).await =>
        {
            return check_without_change_set(engine, target).await;
        }
        _ => {}
    }
    let expires = mark.expires;
    let reviewed = expected.reviewed_changes(target);
    let planned =
        verify_change_set(engine, target, &description, mark, step, reviewed, depth).await?;
    let waits = matches!(
        description.execution_status,
        ExecutionStatus::Available | ExecutionStatus::Unavailable
    );
    if waits {
        let usable = description.status == ChangeSetStatus::CreateComplete
            && description.execution_status == ExecutionStatus::Available;
        if !usable {
            let state = format!(
                "it is {}, {}",
                description.status, description.execution_status
            );
            return Err(mismatch_error(target, &[&state]));
        }
        if expires <= engine.cloud.current_time() {
            return Err(refusal::expired_error(target, expires));
        }
    }
    Ok(FoundPlan::Planned(Box::new(planned)))
}

/// Returns true if the last operation on the stack is the execution of this change set and is still in progress, because our process was killed.
async fn is_executing(
    engine: &Engine,
    target: &Target,
    description: &ChangeSetDescription,
) -> bool {
    let calls = &engine.calls;
    let stack = calls
        .call_with_retries(|| target.client.describe_stack(&description.stack_id))
        .await;
    if !matches!(stack, Ok(Some(stack)) if stack.status.is_in_progress()) {
        return false;
    }
    let token = key::execution_token(&target.key, &description.id);
    let events = calls
        .call_with_retries(|| target.client.stack_events(&description.stack_id, None))
        .await;
    events.is_ok_and(|page| {
        let mut tokens = page.items.iter().filter_map(|event| event.token.as_deref());
        tokens.next() == Some(token.as_str())
    })
}

/// Checks whether a stack without a change set already matches the sources.
async fn check_without_change_set(engine: &Engine, target: &Target) -> Result<FoundPlan, Error> {
    let wait = engine.options.wait_for_stack;
    let standing = preflight::read_state(&engine.calls, target, wait).await?;
    let StackState::Deployed { stack, template } = &standing else {
        return Ok(FoundPlan::Missing(Box::new(standing)));
    };
    let values = target.parameters.iter();
    let mut visible = values.filter(|(name, _)| !target.no_echo.contains(*name));
    let same = template.compute_digest() == target.stack.template.compute_digest()
        && stack.tags == target.stack.tags
        && visible.all(|(name, value)| stack.parameters.get(name) == Some(value));
    if !same {
        return Ok(FoundPlan::Missing(Box::new(standing)));
    }
    if !stack.status.is_consistent() {
        return Err(preflight::unfinished_error(target, stack));
    }
    let deployed = DeployedSide::new(&standing, target.stack.nested_templates());
    Ok(FoundPlan::Planned(Box::new(Planned {
        target: target.clone(),
        review: empty_review(target, "deployed"),
        work: Work::Unchanged {
            state: Box::new(standing),
        },
        drift: None,
        deployed,
    })))
}
