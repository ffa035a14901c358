//! Implements `cost`: estimates the fixed charges of an assembly by hour and month, from a price file.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use infra_console::documents::to_json;
use infra_core::{Diagnostic, codes};
use infra_template::cost::{Charge, Costs, Prices, StackCosts, estimate_costs};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Number;

use super::files;
use crate::ExitCode;
use crate::failure::Failure;
use crate::session::Session;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Costs of this stack only. Can be repeated. Default: all stacks.
    #[arg(long, value_name = "NAME")]
    stack: Vec<String>,

    /// Adds the amount for this number of hours.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=876_000))]
    hours: Option<u32>,

    /// Adds the amount for this number of months, of 730 hours each.
    #[arg(long, value_name = "NUMBER", conflicts_with = "hours", value_parser = clap::value_parser!(u32).range(1..=1_200))]
    months: Option<u32>,

    /// Uses the prices of this file. Default: list prices of us-east-1, which are part of this version.
    #[arg(long, value_name = "FILE")]
    prices: Option<PathBuf>,

    /// Prints JSON: schemas/cost.schema.json.
    #[arg(long)]
    json: bool,

    /// The cloud assembly in this folder, in place of the one that the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    assembly: Option<PathBuf>,
}

pub(crate) fn run_cost(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let prices = match &options.prices {
        None => Prices::built_in(),
        Some(path) => {
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
            })?
        }
    };
    let mut assembly = session.load_assembly(options.assembly.as_deref())?;
    let chosen: BTreeSet<String> = assembly
        .select_stacks(&options.stack)?
        .into_iter()
        .map(|stack| stack.id.clone())
        .collect();
    assembly.stacks.retain(|stack| chosen.contains(&stack.id));
    // The same order as in the SDK: the option, then environment variables.
    let region = session.account.region.clone().or_else(|| {
        ["AWS_REGION", "AWS_DEFAULT_REGION"]
            .into_iter()
            .find_map(|name| session.variable(name).map(str::to_owned))
    });
    let costs = estimate_costs(&assembly, &prices, region.as_deref());
    let hours = options.hours.or(options
        .months
        .map(|months| months * prices.hours_per_month()));
    if options.json {
        session
            .output
            .write_json(&to_json(&Document::new(&costs, hours)))?;
    } else {
        session.output.write_data(&format_costs(&costs, hours))?;
    }
    Ok(ExitCode::Ok)
}

fn format_costs(costs: &Costs, hours: Option<u32>) -> String {
    let currency = &costs.currency;
    let mut text = String::new();
    for stack in &costs.stacks {
        let region = stack.region.as_deref().unwrap_or("unknown region");
        let _ = writeln!(text, "{}, {region}", stack.path);
        for charge in &stack.charges {
            let what = format!("{} × {}", charge.quantity, charge.meter);
            let _ = writeln!(
                text,
                "  {:>9}  {what:<48}  {}",
                charge.monthly, charge.resource
            );
        }
        for unknown in &stack.unknown {
            let _ = writeln!(
                text,
                "  {:>9}  {}: {}",
                "unknown", unknown.resource, unknown.reason
            );
        }
        for unknown in &stack.unknown_types {
            let _ = writeln!(text, "  {:>9}  {unknown}", "unknown");
        }
        let _ = writeln!(text, "  {:>9}  {currency} a month\n", stack.monthly());
    }
    let least = if costs.is_complete() { "" } else { "at least " };
    let _ = writeln!(
        text,
        "{least}{} {currency} a month, {} an hour",
        costs.monthly(),
        costs.for_hours(1).to_decimal(3)
    );
    if let Some(hours) = hours {
        let _ = writeln!(
            text,
            "{least}{} {currency} for {hours} hours",
            costs.for_hours(hours)
        );
    }
    for (title, lines) in [
        (
            "not included",
            collect_lines(costs, |stack| stack.not_counted.iter().copied()),
        ),
        (
            "assumed",
            collect_lines(costs, |stack| stack.assumptions.iter().copied()),
        ),
    ] {
        for line in lines {
            let _ = writeln!(text, "{title}: {line}");
        }
    }
    text += "list prices, excluding free tiers, discounts and taxes\n";
    text
}

fn collect_lines<'c, I: Iterator<Item = &'c str>>(
    costs: &'c Costs,
    lines: impl Fn(&'c StackCosts) -> I,
) -> BTreeSet<&'c str> {
    costs.stacks.iter().flat_map(lines).collect()
}

/// Fixed charges of the stacks of an app.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "Costs: `cost --json`")]
pub(super) struct Document {
    /// Currency of all amounts, such as `USD`.
    currency: String,
    /// Number of hours in a month, for all monthly amounts.
    hours_per_month: u32,
    /// True if every fixed charge is known; otherwise all sums are lower bounds.
    complete: bool,
    /// Sums over all stacks.
    total: Total,
    /// Stacks, in deployment order.
    stacks: Vec<StackEntry>,
    /// Usage-based charges, which no amount includes.
    not_counted: Vec<MeterEntry>,
    /// Resource types whose charges are unknown.
    unknown_types: Vec<String>,
    /// Charges of single resources that are unknown.
    unknown: Vec<UnknownEntry>,
    /// Simplifications that the amounts are based on.
    assumptions: Vec<String>,
}

/// Sums of fixed charges.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct Total {
    /// Amount per hour, for all stacks.
    #[schemars(with = "f64")]
    hourly: Number,
    /// Amount per month of `hoursPerMonth` hours.
    #[schemars(with = "f64")]
    monthly: Number,
    /// Number of hours given by `--hours` or `--months`.
    #[serde(skip_serializing_if = "Option::is_none")]
    hours: Option<u32>,
    /// Amount for that number of hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<f64>")]
    for_hours: Option<Number>,
}

/// Fixed charges of a stack.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct StackEntry {
    /// Construct path of the stack.
    path: String,
    /// Name of the stack in CloudFormation.
    name: String,
    /// Region of the stack, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    /// Amount per month of `hoursPerMonth` hours.
    #[schemars(with = "f64")]
    monthly: Number,
    /// Charges, sorted by resource and meter.
    charges: Vec<ChargeEntry>,
}

/// A fixed charge of a resource.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct ChargeEntry {
    /// Logical ID of the resource, prefixed with its nested stack if it is in one.
    resource: String,
    /// Resource type, such as `AWS::EC2::NatGateway`.
    r#type: String,
    /// Name of the meter in the price file.
    meter: String,
    /// Number of units that are charged at the same time, as a decimal number.
    quantity: String,
    /// Price per unit, as in the price file.
    price: String,
    /// Amount per month of `hoursPerMonth` hours.
    #[schemars(with = "f64")]
    monthly: Number,
}

/// A usage-based charge, which is not counted.
#[derive(Debug, JsonSchema, Serialize)]
struct MeterEntry {
    /// Description of the usage that is charged.
    meter: String,
}

/// A charge that is unknown.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct UnknownEntry {
    /// Name of the stack in CloudFormation.
    stack: String,
    /// Logical ID of the resource, prefixed with its nested stack if it is in one.
    resource: String,
    /// Resource type, such as `AWS::EC2::Instance`.
    r#type: String,
    /// Reason why the charge is unknown.
    reason: String,
}

impl Document {
    fn new(costs: &Costs, hours: Option<u32>) -> Self {
        let lines = |lines: BTreeSet<&str>| lines.into_iter().map(str::to_owned).collect();
        let not_counted = collect_lines(costs, |stack| stack.not_counted.iter().copied());
        let types = collect_lines(costs, |stack| {
            stack.unknown_types.iter().map(String::as_str)
        });
        let unknown = costs.stacks.iter().flat_map(|stack| {
            stack.unknown.iter().map(|one| UnknownEntry {
                stack: stack.name.clone(),
                resource: one.resource.clone(),
                r#type: one.type_name.clone(),
                reason: one.reason.clone(),
            })
        });
        Self {
            currency: costs.currency.clone(),
            hours_per_month: costs.hours_per_month,
            complete: costs.is_complete(),
            total: Total {
                hourly: to_json_number(&costs.for_hours(1).to_decimal(5)),
                monthly: to_json_number(&costs.monthly().to_decimal(2)),
                hours,
                for_hours: hours.map(|hours| to_json_number(&costs.for_hours(hours).to_decimal(2))),
            },
            stacks: costs.stacks.iter().map(StackEntry::new).collect(),
            not_counted: not_counted
                .into_iter()
                .map(|meter| MeterEntry {
                    meter: meter.to_owned(),
                })
                .collect(),
            unknown_types: lines(types),
            unknown: unknown.collect(),
            assumptions: lines(collect_lines(costs, |stack| {
                stack.assumptions.iter().copied()
            })),
        }
    }
}

impl StackEntry {
    fn new(stack: &StackCosts) -> Self {
        let charge = |charge: &Charge| ChargeEntry {
            resource: charge.resource.clone(),
            r#type: charge.type_name.clone(),
            meter: charge.meter.clone(),
            quantity: charge.quantity.clone(),
            price: charge.price.clone(),
            monthly: to_json_number(&charge.monthly.to_decimal(2)),
        };
        Self {
            path: stack.path.clone(),
            name: stack.name.clone(),
            region: stack.region.clone(),
            monthly: to_json_number(&stack.monthly().to_decimal(2)),
            charges: stack.charges.iter().map(charge).collect(),
        }
    }
}

/// Converts an amount to a JSON number; one that exceeds the range of `f64` becomes the largest number.
fn to_json_number(decimal: &str) -> Number {
    let value = decimal.parse().unwrap_or(f64::MAX);
    Number::from_f64(value).unwrap_or_else(|| Number::from(0))
}
