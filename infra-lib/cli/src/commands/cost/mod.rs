//! Implements `cost`: estimates the charges of an assembly by hour and month, from a price file and assumptions about use, and the difference that a
//! change makes.

mod document;
mod groups;
mod text;

use std::path::PathBuf;

use clap::Args;
use infra_console::documents::to_json;
use infra_deploy::{Class, Error};
use infra_template::assembly::CloudAssembly;
use infra_template::cost::{CostGrouping, CostModel, Costs, UsageKind};

use super::budget::{check_limit, estimate_app, find_limit};
use super::diff::{DiffBase, compare_against};
use super::pricing::{compare_reviewed, describe_usage, find_unused_assumptions, load_model};
use crate::ExitCode;
use crate::app::CostLimit;
use crate::failure::Failure;
use crate::render::cost::{format_comparison, format_group_changes, render_cost_section};
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

    /// Prints the sums of `stack`, of each `resource`, or of the values of a tag, `tag:KEY`, the largest first. Default: the charges of each stack.
    #[arg(long, value_name = "WHAT", conflicts_with = "markdown")]
    by: Option<CostGrouping>,

    /// Adds the amount for this number of hours.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=876_000))]
    hours: Option<u32>,

    /// Adds the amount for this number of months, of 730 hours each.
    #[arg(long, value_name = "NUMBER", conflicts_with = "hours", value_parser = clap::value_parser!(u32).range(1..=1_200))]
    months: Option<u32>,

    /// Uses the prices of this file. Default: `prices` of `[cost]` in `infra.toml`, else list prices of us-east-1, which are part of this version.
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
    let model = load_model(session, options.prices.as_deref())?;
    let limit = find_limit(session)?;
    let hours = options.hours.or(options
        .months
        .map(|months| months * model.prices().hours_per_month()));
    let Some(against) = &options.against else {
        let assembly = session.load_assembly(options.assembly.as_deref())?;
        let wanted = assembly.select_stacks(&options.stack)?;
        let costs = model.estimate_stacks(&wanted);
        let unused = options.find_unused(&model, &[&costs]);
        if options.json {
            let document = Document::new(&costs, hours, &unused)
                .with_limit(limit.as_ref())
                .with_groups(&costs, options.by.as_ref());
            session.output.write_json(&to_json(&document))?;
        } else {
            let width = text::find_width(session.output.columns());
            let charges = match &options.by {
                Some(by) => groups::format_groups(&costs, by, width),
                None => text::format_stacks(&costs, width),
            };
            let notes = text::format_total(&costs, hours) + &text::format_lines(&[&costs], &unused);
            let notes = session.output.wrap_to_columns(&notes);
            session.output.write_data(&(charges + &notes))?;
        }
        return finish_estimate(&model, &assembly, limit.as_ref());
    };
    let assembly = session.load_reviewable_assembly(options.assembly.as_deref())?;
    let wanted = assembly.select_stacks(&options.stack)?;
    let changes = compare_against(session, &assembly, &options.stack, against)?;
    let costs = compare_reviewed(&model, &changes.review, &changes.before, &wanted);
    let unused = options.find_unused(&model, &[&costs.before, &costs.after]);
    if options.json {
        let document = Document::new(&costs.after, hours, &unused)
            .with_limit(limit.as_ref())
            .with_groups(&costs.after, options.by.as_ref())
            .with_comparison(&costs, against, options.by.as_ref());
        session.output.write_json(&to_json(&document))?;
    } else if options.markdown {
        let usage = describe_usage(&[&costs.before, &costs.after]);
        let section = render_cost_section(&costs.difference, &usage);
        session.output.write_data(&section)?;
    } else {
        let against = against.to_string();
        let columns = session.output.columns();
        let text = match &options.by {
            Some(by) => {
                let changes = groups::list_changes(&costs, by);
                format_group_changes(&changes, &costs.difference, (by, &against), columns)
            }
            None => format_comparison(&costs.difference, &against, columns),
        };
        let notes = session
            .output
            .wrap_to_columns(&text::format_notes(&costs, hours, &unused));
        session.output.write_data(&(text + &notes))?;
    }
    session.output.write_findings(&changes.warnings)?;
    finish_estimate(&model, &assembly, limit.as_ref())
}

/// Fails if the costs of the whole app exceed the limit, after the estimate is printed.
fn finish_estimate(
    model: &CostModel,
    assembly: &CloudAssembly,
    limit: Option<&CostLimit>,
) -> Result<ExitCode, Failure> {
    let exceeded = limit.and_then(|limit| check_limit(&estimate_app(model, assembly), limit));
    match exceeded {
        None => Ok(ExitCode::Ok),
        Some(exceeded) => Err(Error::new(Class::Blocked, exceeded).into()),
    }
}

impl Arguments {
    /// Returns the assumptions that apply to no charge. A selection of stacks may lack the resources that they are made for.
    fn find_unused(&self, model: &CostModel, estimates: &[&Costs]) -> Vec<(String, UsageKind)> {
        if self.stack.is_empty() {
            find_unused_assumptions(model, estimates)
        } else {
            Vec::new()
        }
    }
}
