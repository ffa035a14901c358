//! Implements `cost`: estimates the fixed charges of an assembly by hour and month, from a price file, and the difference that a change makes.

mod document;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use infra_console::documents::to_json;
use infra_core::{Diagnostic, codes};
use infra_template::cost::{Costs, Prices, StackCosts, estimate_stack_costs};

use super::diff::{DiffBase, compare_against};
use super::files;
use super::pricing::{ComparedCosts, compare_reviewed, find_region};
use crate::ExitCode;
use crate::failure::Failure;
use crate::render::cost::{format_comparison, render_cost_section};
use crate::session::Session;

pub(super) use document::Document;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Costs of this stack only. Can be repeated. Default: all stacks.
    #[arg(long, value_name = "NAME")]
    stack: Vec<String>,

    /// Prints the difference to this state: `deployed`, the folder of another cloud assembly, or `git:REV` for the app at that revision.
    #[arg(long, value_name = "WHAT")]
    against: Option<DiffBase>,

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
    #[arg(long, conflicts_with = "markdown")]
    json: bool,

    /// Prints a section for a comment on a pull request, as `diff --markdown` contains it.
    #[arg(long, requires = "against")]
    markdown: bool,

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
        Some(path) => read_prices(session, path)?,
    };
    let region = find_region(session);
    let hours = options.hours.or(options
        .months
        .map(|months| months * prices.hours_per_month()));
    let Some(against) = &options.against else {
        let assembly = session.load_assembly(options.assembly.as_deref())?;
        let wanted = assembly.select_stacks(&options.stack)?;
        let costs = estimate_stack_costs(&wanted, &prices, region.as_deref());
        if options.json {
            let document = Document::new(&costs, hours);
            session.output.write_json(&to_json(&document))?;
        } else {
            session.output.write_data(&format_costs(&costs, hours))?;
        }
        return Ok(ExitCode::Ok);
    };
    let assembly = session.load_reviewable_assembly(options.assembly.as_deref())?;
    let wanted = assembly.select_stacks(&options.stack)?;
    let changes = compare_against(session, &assembly, &options.stack, against)?;
    let costs = compare_reviewed(
        &changes.review,
        &changes.before,
        &wanted,
        &prices,
        region.as_deref(),
    );
    if options.json {
        let document = Document::new(&costs.after, hours).with_comparison(&costs, against);
        session.output.write_json(&to_json(&document))?;
    } else if options.markdown {
        let section = render_cost_section(&costs.difference);
        session.output.write_data(&section)?;
    } else {
        let against = against.to_string();
        let columns = session.output.columns();
        let text = format_comparison(&costs.difference, &against, columns);
        let notes = session.output.wrap_to_columns(&format_notes(&costs, hours));
        session.output.write_data(&(text + &notes))?;
    }
    session.output.write_findings(&changes.warnings)?;
    Ok(ExitCode::Ok)
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

/// Formats the difference over a number of hours, and what both estimates leave out and assume.
fn format_notes(costs: &ComparedCosts, hours: Option<u32>) -> String {
    let mut text = String::new();
    if let Some(hours) = hours {
        let difference = costs.after.for_hours(hours) - costs.before.for_hours(hours);
        let _ = writeln!(
            text,
            "{} {} for {hours} hours",
            difference.to_signed_decimal(2),
            costs.after.currency
        );
    }
    text += &format_lines(&[&costs.before, &costs.after]);
    text
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
    text += &format_lines(&[costs]);
    text
}

/// Formats what estimates leave out and assume, each line once.
fn format_lines(estimates: &[&Costs]) -> String {
    let mut text = String::new();
    for (title, lines) in [
        (
            "not included",
            collect_lines(estimates, |stack| stack.not_counted.iter().copied()),
        ),
        (
            "assumed",
            collect_lines(estimates, |stack| stack.assumptions.iter().copied()),
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
    estimates: &[&'c Costs],
    lines: impl Fn(&'c StackCosts) -> I,
) -> BTreeSet<&'c str> {
    let stacks = estimates.iter().flat_map(|costs| &costs.stacks);
    stacks.flat_map(lines).collect()
}
