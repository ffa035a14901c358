//! Adds blockers for changes that interrupt more than the environment or a construct allows.

use std::collections::BTreeMap;

use infra_template::assembly::Stack;
use infra_template::diff::DeployedStackState;
use infra_template::simulate::add_interruptions;

use super::engine::{Engine, Planned};

/// Adds the blockers to the reviews of plans. Constructs of every stack of the app count, because they may use resources of the planned ones.
pub(super) fn flag_interruptions(planned: &mut [Planned], engine: &Engine) {
    let before: BTreeMap<String, DeployedStackState> = planned
        .iter()
        .filter_map(|plan| {
            let deployed = plan.deployed.as_ref()?;
            let state = DeployedStackState::builder()
                .template(deployed.template.clone())
                .nested(deployed.nested.clone())
                .build();
            Some((plan.target.stack.name.clone(), state))
        })
        .collect();
    let after: Vec<&Stack> = engine.app.iter().collect();
    let reviews = planned.iter_mut().map(|plan| &mut plan.review);
    add_interruptions(reviews, &before, &after, engine.options.availability);
}
