//! Estimates costs for commands: prices, assumptions and region of the project, and the costs before and after a change.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use infra_core::{Diagnostic, codes};
use infra_template::assembly::Stack;
use infra_template::cost::{CostComparison, CostModel, Costs, Prices, UsageKind, compare_costs};
use infra_template::diff::DeployedStackState;
use infra_template::review::Review;

use super::files;
use crate::failure::Failure;
use crate::session::Session;

/// Maximum number of resources that the text of an assumption names; JSON has all of them.
const NAMED: usize = 4;

/// Returns the basis of estimates: prices of the option, else of `[cost]` in the project file, else those of this version.
pub(super) fn load_model(
    session: &Session<'_>,
    prices: Option<&Path>,
) -> Result<CostModel, Failure> {
    let project = session.settings_project()?;
    let environment = session
        .environment()
        .or(project.as_ref().and_then(|one| one.default_environment()));
    let settings = project
        .as_ref()
        .map(|project| project.cost_settings(environment))
        .unwrap_or_default();
    let of_project = project.as_ref().and_then(|project| {
        let path = settings.prices.as_ref()?;
        Some(project.folder().join(path))
    });
    let prices = match prices.or(of_project.as_deref()) {
        None => Prices::built_in(),
        Some(path) => read_prices(session, path)?,
    };
    // The same order as for commands that connect to AWS: the option, environment variables, the project.
    let region = session
        .account
        .region
        .clone()
        .or_else(|| {
            ["AWS_REGION", "AWS_DEFAULT_REGION"]
                .into_iter()
                .find_map(|name| session.variable(name).map(str::to_owned))
        })
        .or_else(|| project.as_ref()?.account_settings(environment).region);
    Ok(CostModel::new(prices)
        .with_region(region)
        .with_usage(settings.usage()))
}

fn read_prices(session: &Session<'_>, path: &Path) -> Result<Prices, Failure> {
    let text = files::read_text(session, path)?;
    Prices::parse(&text).map_err(|error| {
        let message = format!(
            "`{}` is not a valid price file: {error}",
            session.format_path(path)
        );
        Failure::from(
            Diagnostic::new(codes::FILE_NOT_USABLE, message)
                .help("see infra-lib/template/src/cost/prices.json for an example"),
        )
    })
}

/// Costs before and after a change, with their difference.
pub(super) struct ComparedCosts {
    pub(super) before: Costs,
    pub(super) after: Costs,
    pub(super) difference: CostComparison,
}

/// Estimates the costs before and after a change, with the same assumptions.
pub(super) fn compare_reviewed(
    model: &CostModel,
    review: &Review,
    states: &BTreeMap<String, DeployedStackState>,
    wanted: &[&Stack],
) -> ComparedCosts {
    let before = model.estimate_former_stacks(review, states, wanted);
    let after = model.estimate_stacks(wanted);
    let difference = compare_costs(&before, &after);
    ComparedCosts {
        before,
        after,
        difference,
    }
}

/// Describes the assumptions about use that estimates are based on, each once with its resources, sorted.
pub(super) fn describe_usage(estimates: &[&Costs]) -> Vec<String> {
    let stacks = estimates.iter().flat_map(|costs| &costs.stacks);
    let mut resources: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for one in stacks.flat_map(|stack| &stack.usage) {
        let setting = format!("`{} = {}` of `{}`", one.kind, one.amount, one.subject);
        let names = resources.entry(setting).or_default();
        names.insert(one.display_name());
    }
    let lines = resources.into_iter().map(|(setting, names)| {
        let shown: Vec<&str> = names.iter().copied().take(NAMED).collect();
        let more = match names.len().checked_sub(NAMED) {
            None | Some(0) => String::new(),
            Some(count) => format!(" and {count} more"),
        };
        format!("{setting} a month, for {}{more}", shown.join(", "))
    });
    lines.collect()
}

/// Returns the assumptions that apply to no charge of these estimates, as construct path or resource type and kind.
pub(super) fn find_unused_assumptions(
    model: &CostModel,
    estimates: &[&Costs],
) -> Vec<(String, UsageKind)> {
    let stacks = estimates.iter().flat_map(|costs| &costs.stacks);
    let used: BTreeSet<(&str, UsageKind)> = stacks
        .flat_map(|stack| &stack.usage)
        .map(|one| (one.subject.as_str(), one.kind))
        .collect();
    let all = model.usage().list_amounts();
    let unused = all.filter(|(subject, kind, _)| !used.contains(&(*subject, *kind)));
    unused
        .map(|(subject, kind, _)| (subject.to_owned(), kind))
        .collect()
}
