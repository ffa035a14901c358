//! Estimates costs for commands: the region of stacks that set none, and the costs before and after a change.

use infra_template::assembly::Stack;
use infra_template::cost::{
    CostComparison, Costs, Prices, compare_costs, estimate_former_costs, estimate_stack_costs,
};
use infra_template::diff::DeployedStackState;
use infra_template::review::Review;
use std::collections::BTreeMap;

use crate::session::Session;

/// Returns the region of stacks that set none, in the order of the SDK: the option, then environment variables.
pub(super) fn find_region(session: &Session<'_>) -> Option<String> {
    session.account.region.clone().or_else(|| {
        ["AWS_REGION", "AWS_DEFAULT_REGION"]
            .into_iter()
            .find_map(|name| session.variable(name).map(str::to_owned))
    })
}

/// Costs before and after a change, with their difference.
pub(super) struct ComparedCosts {
    pub(super) before: Costs,
    pub(super) after: Costs,
    pub(super) difference: CostComparison,
}

/// Estimates the costs before and after a change.
pub(super) fn compare_reviewed(
    review: &Review,
    states: &BTreeMap<String, DeployedStackState>,
    wanted: &[&Stack],
    prices: &Prices,
    region: Option<&str>,
) -> ComparedCosts {
    let before = estimate_former_costs(review, states, wanted, prices, region);
    let after = estimate_stack_costs(wanted, prices, region);
    let difference = compare_costs(&before, &after);
    ComparedCosts {
        before,
        after,
        difference,
    }
}
