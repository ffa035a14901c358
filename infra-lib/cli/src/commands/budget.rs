//! Compares the estimated costs of an app with the limit `max_monthly` of `[cost]` in the project file.

use std::collections::BTreeMap;

use infra_console::ExitCode;
use infra_console::words::format_count;
use infra_core::{Diagnostic, codes};
use infra_deploy::{Class, Error};
use infra_template::assembly::CloudAssembly;
use infra_template::cost::{CostModel, Costs, Money};
use time::OffsetDateTime;

use super::pricing::load_model;
use crate::app::CostLimit;
use crate::failure::Failure;
use crate::policy::OutputForm;
use crate::progress::record::{self, Own};
use crate::render::Target;
use crate::render::cost::render_exceeded_limit;
use crate::session::Session;

/// Maximum number of resources that a finding names.
const LARGEST: usize = 5;

/// Refuses an app whose estimated costs exceed the limit of its environment, before anything is sent to AWS. Without a limit, nothing is estimated.
///
/// All stacks count, also if the command selects some.
pub(super) fn require_budget(
    session: &mut Session<'_>,
    assembly: &CloudAssembly,
    command: &str,
    form: OutputForm,
) -> Result<(), Failure> {
    let Some(limit) = find_limit(session)? else {
        return Ok(());
    };
    let model = load_model(session, None)?;
    let costs = estimate_app(&model, assembly);
    let Some(exceeded) = check_limit(&costs, &limit) else {
        session
            .output
            .write_status(&describe_costs(&costs, &limit))?;
        return Ok(());
    };
    match form {
        OutputForm::Json => {
            let now = OffsetDateTime::now_utc();
            let findings = std::slice::from_ref(&exceeded);
            let diagnosis = record::diagnosis_record(findings);
            record::write_record(&mut session.output, now, diagnosis)?;
            let result = Own::Result {
                command: command.to_owned(),
                exit_code: ExitCode::Blocked.number(),
                release: None,
                stacks: Vec::new(),
            };
            record::write_record(&mut session.output, now, result)?;
        }
        OutputForm::Markdown => {
            let app = session.app_name();
            let environment = session.environment().unwrap_or("default");
            let target = Target {
                app: &app,
                environment,
            };
            let text = render_exceeded_limit(&exceeded, target);
            session.output.write_data(&text)?;
        }
        OutputForm::Text => {}
    }
    Err(Error::new(Class::Blocked, exceeded).into())
}

/// Returns the limit of the environment, if the project file sets one.
pub(super) fn find_limit(session: &Session<'_>) -> Result<Option<CostLimit>, Failure> {
    let project = session.settings_project()?;
    Ok(project.and_then(|project| {
        let environment = session.environment().or(project.default_environment());
        project.cost_limit(environment)
    }))
}

/// Estimates all stacks of an app.
pub(super) fn estimate_app(model: &CostModel, assembly: &CloudAssembly) -> Costs {
    let stacks: Vec<_> = assembly.stacks.iter().collect();
    model.estimate_stacks(&stacks)
}

/// Returns the finding about costs above a limit, or `None` if they are not.
pub(super) fn check_limit(costs: &Costs, limit: &CostLimit) -> Option<Diagnostic> {
    let (monthly, currency) = (costs.monthly(), &costs.currency);
    // Amounts are compared as they are printed.
    let rounded = Money::parse(&monthly.to_decimal(2)).unwrap_or(monthly);
    if rounded <= limit.amount {
        return None;
    }
    let message = format!(
        "the estimated costs of {monthly} {currency} a month exceed the limit of {} {currency}",
        limit.amount
    );
    let largest = find_largest(costs);
    let largest: Vec<String> = largest
        .iter()
        .take(LARGEST)
        .map(|(name, amount)| format!("`{name}` {amount}"))
        .collect();
    let mut finding = Diagnostic::new(codes::COST_LIMIT_EXCEEDED, message)
        .note(format!(
            "`max_monthly` of `{}` in `infra.toml` is {}",
            limit.table, limit.amount
        ))
        .note(format!("the largest resources: {}", largest.join(", ")));
    if let Some(left_out) = describe_unknown(costs) {
        finding = finding.note(format!("not part of the estimate: {left_out}"));
    }
    Some(finding.help(
        "choose fewer or smaller resources, or raise `max_monthly` after a review; `infra cost` prints every charge",
    ))
}

/// Returns the resources with their amounts, the largest first.
fn find_largest(costs: &Costs) -> Vec<(&str, Money)> {
    let charges = costs
        .stacks
        .iter()
        .flat_map(|stack| stack.charges.iter().map(move |charge| (stack, charge)));
    let mut resources: BTreeMap<(&str, &str), (&str, Money)> = BTreeMap::new();
    for (stack, charge) in charges {
        let entry = resources
            .entry((&stack.path, &charge.resource))
            .or_insert((charge.display_name(), Money::default()));
        entry.1 = entry.1 + charge.monthly;
    }
    let mut largest: Vec<(&str, Money)> = resources.into_values().collect();
    largest.sort_by_key(|(name, amount)| (std::cmp::Reverse(*amount), *name));
    largest
}

/// Describes the charges that an estimate leaves out, or returns `None` if it has all of them.
fn describe_unknown(costs: &Costs) -> Option<String> {
    let stacks = costs.stacks.iter();
    let unknown = stacks.map(|stack| stack.unknown.len() + stack.unsupported.len());
    let unknown: usize = unknown.sum();
    let by_use = costs
        .stacks
        .iter()
        .any(|stack| !stack.not_counted.is_empty());
    let unknown = (unknown > 0).then(|| format_count(unknown, "unknown charge"));
    let by_use = by_use.then(|| "use without an assumption".to_owned());
    let parts: Vec<String> = unknown.into_iter().chain(by_use).collect();
    (!parts.is_empty()).then(|| parts.join(", and "))
}

/// Describes costs within the limit, with what the estimate leaves out.
fn describe_costs(costs: &Costs, limit: &CostLimit) -> String {
    let (monthly, currency) = (costs.monthly(), &costs.currency);
    let left_out = describe_unknown(costs)
        .map(|left_out| format!("; not part of the estimate: {left_out}"))
        .unwrap_or_default();
    format!(
        "cost: {monthly} of at most {} {currency} a month{left_out}\n",
        limit.amount
    )
}
