//! Adds the paths that changes open from outside, and blockers for those that need an approval.

use infra_reach::{Outside, Reach, StackSource, World, add_opened_paths};
use infra_template::review::StackChange;

use super::engine::{DeployedSide, Engine, Planned};
use super::preflight;

/// Adds the paths and blockers to the reviews of plans. Stacks of the app that are not planned count in both states as the app defines them, because
/// paths pass through their resources.
pub(super) fn flag_exposures(planned: &mut [Planned], engine: &Engine) {
    let others = list_others(planned, engine);
    let (mut before, mut after) = (others.clone(), others);
    for plan in planned.iter() {
        let source = StackSource::from_stack(&plan.target.stack);
        match &plan.deployed {
            Some(deployed) => {
                let (template, nested) = (deployed.template.clone(), deployed.nested.clone());
                before.push(source.with_templates(template, nested));
            }
            None if plan.review.change == StackChange::Create => {}
            // The change set is being executed, so that the paths are open already.
            None => before.push(source.clone()),
        }
        after.push(source);
    }
    let reviews = planned.iter_mut().map(|plan| &mut plan.review);
    add_opened_paths(reviews, before, after);
}

/// Reads what is deployed for the plans without it, if the app has a path from the internet that they may open. The proof of a change set alone does
/// not need it, and each stack costs calls.
pub(super) async fn read_former_sides(planned: &mut [Planned], engine: &Engine) {
    let mut after = list_others(planned, engine);
    let sources = planned.iter();
    after.extend(sources.map(|plan| StackSource::from_stack(&plan.target.stack)));
    let after = World::new(after);
    let found = Reach::new(&after).exposures();
    if !found.iter().any(|path| path.from == Outside::Internet) {
        return;
    }
    for plan in planned {
        if plan.deployed.is_some() || plan.review.change != StackChange::Update {
            continue;
        }
        let target = &plan.target;
        // The stack is busy if the change set is being executed.
        let state = preflight::read_state(&engine.calls, target, None).await;
        if let Ok(standing) = state {
            let nested = engine.deployed_nested(target, &standing).await;
            plan.deployed = DeployedSide::new(&standing, nested);
        }
    }
}

fn list_others(planned: &[Planned], engine: &Engine) -> Vec<StackSource> {
    let is_planned = |name: &str| planned.iter().any(|plan| plan.target.stack.name == name);
    engine
        .app
        .iter()
        .filter(|stack| !is_planned(&stack.name))
        .map(StackSource::from_stack)
        .collect()
}
