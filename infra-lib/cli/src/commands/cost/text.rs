//! The text of `cost`: charges by stack and resource, and what estimates leave out and assume.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use infra_console::words::{clean_line, format_count};
use infra_console::wrap_text;
use infra_template::cost::{Charge, Costs, Money, StackCosts, UsageKind};

use super::super::pricing::{ComparedCosts, describe_usage};
use crate::render::cost::short_name;

/// Width of an amount with the spaces around it.
const AMOUNT: usize = 13;

/// Returns the width of a text for the columns of a terminal.
pub(super) fn find_width(columns: Option<usize>) -> usize {
    columns.unwrap_or(80).clamp(48, 120)
}

/// Formats the charges of all stacks.
pub(super) fn format_stacks(costs: &Costs, width: usize) -> String {
    let currency = &costs.currency;
    let mut text = String::new();
    for stack in &costs.stacks {
        let region = stack.region.as_deref().unwrap_or("unknown region");
        let title = clean_line(&format!("{}, {region}", stack.path));
        let _ = writeln!(text, "{}", wrap_text(&title, width));
        write_charges(&mut text, stack, width);
        for unknown in &stack.unknown {
            let name = short_name(&stack.path, unknown.display_name());
            let line = format!("{name}: {}", unknown.reason);
            write_line(&mut text, "unknown", &line, width);
        }
        for (type_name, count) in count_unsupported(stack) {
            let line = match count {
                1 => type_name.to_owned(),
                count => format!("{type_name} ({})", format_count(count, "resource")),
            };
            write_line(&mut text, "unknown", &line, width);
        }
        let total = format!("{currency} a month");
        write_line(&mut text, &stack.monthly().to_string(), &total, width);
        text.push('\n');
    }
    text
}

/// Formats the sum of all stacks.
pub(super) fn format_total(costs: &Costs, hours: Option<u32>) -> String {
    let currency = &costs.currency;
    let mut text = String::new();
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
    text
}

/// Writes the charges of a stack: a resource with one charge in one line, others with a line for each meter below their sum.
fn write_charges(text: &mut String, stack: &StackCosts, width: usize) {
    let mut resources: Vec<(&str, Vec<&Charge>)> = Vec::new();
    for charge in &stack.charges {
        match resources.last_mut() {
            Some((id, charges)) if *id == charge.resource => charges.push(charge),
            _ => resources.push((&charge.resource, vec![charge])),
        }
    }
    for (_, charges) in &resources {
        let name = charges
            .first()
            .map(|charge| short_name(&stack.path, charge.display_name()));
        let name = name.unwrap_or_default();
        if let [charge] = charges.as_slice() {
            let line = format!("{name}: {}", describe_charge(charge));
            write_line(text, &charge.monthly.to_string(), &line, width);
            continue;
        }
        let sum: Money = charges.iter().map(|charge| charge.monthly).sum();
        write_line(text, &sum.to_string(), name, width);
        for charge in charges {
            let line = format!("  {}: {}", describe_charge(charge), charge.monthly);
            write_line(text, "", &line, width);
        }
    }
}

fn describe_charge(charge: &Charge) -> String {
    let assumed = if charge.is_usage { ", assumed" } else { "" };
    format!("{} × {}{assumed}", charge.quantity, charge.meter)
}

/// Writes a line with an amount. Further lines of a wrapped text are indented by `wrap_text`.
pub(super) fn write_line(text: &mut String, amount: &str, line: &str, width: usize) {
    let wrapped = wrap_text(&clean_line(line), width.saturating_sub(AMOUNT));
    for (at, line) in wrapped.lines().enumerate() {
        let amount = if at == 0 { amount } else { "" };
        let _ = writeln!(text, "  {amount:>9}  {line}");
    }
}

/// Returns the unsupported resource types of a stack with the number of their resources.
fn count_unsupported(stack: &StackCosts) -> BTreeMap<&str, usize> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for unknown in &stack.unsupported {
        *counts.entry(&unknown.type_name).or_default() += 1;
    }
    counts
}

/// Formats the difference over a number of hours, and what both estimates leave out and assume.
pub(super) fn format_notes(
    costs: &ComparedCosts,
    hours: Option<u32>,
    unused: &[(String, UsageKind)],
) -> String {
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
    text += &format_lines(&[&costs.before, &costs.after], unused);
    text
}

/// Formats what estimates leave out and assume, each line once.
pub(super) fn format_lines(estimates: &[&Costs], unused: &[(String, UsageKind)]) -> String {
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
    for line in describe_usage(estimates) {
        let _ = writeln!(text, "assumed: {}", clean_line(&line));
    }
    for (subject, kind) in unused {
        let line = format!("`{kind}` of `{subject}` applies to no charge of a resource");
        let _ = writeln!(text, "unused: {}", clean_line(&line));
    }
    text += "list prices, excluding free tiers, discounts and taxes\n";
    text
}

/// Returns the lines of all stacks of estimates, each once and sorted.
pub(super) fn collect_lines<'c, I: Iterator<Item = &'c str>>(
    estimates: &[&'c Costs],
    lines: impl Fn(&'c StackCosts) -> I,
) -> BTreeSet<&'c str> {
    let stacks = estimates.iter().flat_map(|costs| &costs.stacks);
    stacks.flat_map(lines).collect()
}
