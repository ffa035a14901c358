//! Renders the difference that a change makes to the costs: as text at the width of the terminal, and as a section of a comment on a pull request.

use std::fmt::Write as _;

use infra_console::words::{clean_line, format_count};
use infra_console::wrap_text;
use infra_core::Diagnostic;
use infra_template::cost::{
    CostComparison, CostGroup, CostGroupChange, CostGrouping, MeterChange, Money,
    ResourceCostChange, SideCosts, StackCostChange,
};

use super::Target;
use super::escape::{escape_markdown, escape_prose, format_code, sanitize_marker};
use super::words::{shorten_name, write_item};

/// Maximum number of resources in a section of a comment; further ones are counted.
const MOST: usize = 12;

/// Formats the difference: each stack with the resources whose charges differ, and the total.
pub(crate) fn format_comparison(
    compared: &CostComparison,
    against: &str,
    columns: Option<usize>,
) -> String {
    let table = Table::of_width(columns.unwrap_or(80).clamp(48, 120));
    let title = format!("against {against}, in {} a month", compared.currency);
    let mut text = format!("{}\n", wrap_text(&clean_line(&title), table.width));
    for stack in &compared.stacks {
        table.write_stack(&mut text, stack);
    }
    let headline = format_headline(compared);
    let _ = writeln!(text, "\n{}", wrap_text(&headline, table.width));
    let alike = compared.count_unknown_alike();
    if alike > 0 {
        let count = format_count(alike, "resource");
        let line = format!("unknown before and after, and unchanged: charges of {count}");
        let _ = writeln!(text, "{}", wrap_text(&line, table.width));
    }
    text
}

/// Formats the difference by group, and the total. `title` has the grouping and the former state.
pub(crate) fn format_group_changes(
    changes: &[CostGroupChange],
    compared: &CostComparison,
    (by, against): (&CostGrouping, &str),
    columns: Option<usize>,
) -> String {
    let table = Table::of_width(columns.unwrap_or(80).clamp(48, 120));
    let title = format!(
        "by {by}, against {against}, in {} a month",
        compared.currency
    );
    let mut text = format!("{}\n\n", wrap_text(&clean_line(&title), table.width));
    table.write_line(&mut text, "", "", &TITLES.map(str::to_owned));
    for change in changes {
        let sign = match (&change.before, &change.after) {
            (None, _) => "+",
            (_, None) => "-",
            _ if change.difference().is_zero() && change.uncertain == 0 => "",
            _ => "~",
        };
        let side = |group: &Option<CostGroup>| match group {
            None => "-".to_owned(),
            Some(group) => format_known(group.monthly, group.unknown == 0),
        };
        let difference = match change.uncertain {
            0 => change.difference().to_signed_decimal(2),
            _ => "unknown".to_owned(),
        };
        let amounts = [side(&change.before), side(&change.after), difference];
        table.write_line(&mut text, sign, &change.name.to_string(), &amounts);
    }
    let _ = writeln!(
        text,
        "\n{}",
        wrap_text(&format_headline(compared), table.width)
    );
    text
}

/// Returns the difference of the whole in one line.
fn format_headline(compared: &CostComparison) -> String {
    let currency = &compared.currency;
    let uncertain = compared.count_uncertain();
    if uncertain > 0 {
        let count = format_count(uncertain, "resource");
        let others = compared.certain_difference();
        return if others.is_zero() {
            format!("unknown difference of {count}, and no other difference")
        } else {
            let others = others.to_signed_decimal(2);
            format!("{others} {currency} a month, and unknown differences of {count}")
        };
    }
    let difference = compared.difference();
    if difference.is_zero() {
        return format!("no difference, {} {currency} a month", compared.after());
    }
    format!(
        "{} {currency} a month ({} → {})",
        difference.to_signed_decimal(2),
        compared.before(),
        compared.after()
    )
}

/// Returns the sign of a resource: its charges begin, end, or differ.
fn change_sign(change: &ResourceCostChange) -> &'static str {
    match (&change.before, &change.after) {
        (None, _) => "+",
        (_, None) => "-",
        _ => "~",
    }
}

fn describe_meter(meter: &MeterChange) -> String {
    if meter.before == meter.after {
        // The same quantity in another region, or at another price.
        return format!("{}: {}", meter.meter, meter.difference.to_signed_decimal(2));
    }
    format!("{}: {} → {}", meter.meter, meter.before, meter.after)
}

/// Returns a line for each unknown charge of a resource.
fn describe_unknown(change: &ResourceCostChange) -> Vec<String> {
    if !change.uncertain {
        return Vec::new();
    }
    let list = |when: &str, side: &Option<SideCosts>| -> Vec<String> {
        let reasons = side.iter().flat_map(|side| &side.unknown);
        reasons
            .map(|reason| format!("unknown {when}: {reason}"))
            .collect()
    };
    let (before, after) = (list("before", &change.before), list("after", &change.after));
    let unknown = |side: &Option<SideCosts>| side.as_ref().map(|side| side.unknown.clone());
    if unknown(&change.before) == unknown(&change.after) {
        return list("before and after", &change.after);
    }
    [before, after].concat()
}

/// Titles of the amounts in a table.
const TITLES: [&str; 3] = ["before", "after", "change"];

/// A table with a name and three amounts in each line.
struct Table {
    width: usize,
    names: usize,
}

impl Table {
    /// Width of a column with amounts, with the space before it.
    const AMOUNT: usize = 11;

    fn of_width(width: usize) -> Self {
        Self {
            width,
            // Two spaces, the sign and its space.
            names: width.saturating_sub(4 + 3 * Self::AMOUNT),
        }
    }

    fn write_stack(&self, text: &mut String, stack: &StackCostChange) {
        let region = stack.region.as_deref().unwrap_or("unknown region");
        let state = match (stack.before, stack.after) {
            (None, _) => ", new stack",
            (_, None) => ", removed stack",
            _ => "",
        };
        let title = format!("{}, {region}{state}", stack.path);
        let _ = writeln!(text, "\n{}", wrap_text(&clean_line(&title), self.width));
        self.write_line(text, "", "", &TITLES.map(str::to_owned));
        for change in &stack.resources {
            let name = short_name(&stack.path, change.display_name());
            let amounts = [
                format_side(change.before.as_ref()),
                format_side(change.after.as_ref()),
                format_difference(change),
            ];
            self.write_line(text, change_sign(change), name, &amounts);
            let meters = change.meters.iter().map(describe_meter);
            for line in meters.chain(describe_unknown(change)) {
                let mut item = String::new();
                write_item(&mut item, &line, self.width.saturating_sub(2));
                for line in item.lines() {
                    let _ = writeln!(text, "    {line}");
                }
            }
        }
        let amount = |money: Option<Money>| money.map_or("-".to_owned(), |money| money.to_string());
        let amounts = [
            amount(stack.before),
            amount(stack.after),
            stack.difference().to_signed_decimal(2),
        ];
        self.write_line(text, "", "known charges", &amounts);
    }

    fn write_line(&self, text: &mut String, sign: &str, name: &str, amounts: &[String; 3]) {
        let name = shorten_name(&clean_line(name), self.names);
        let _ = write!(text, "  {sign:1} {name:names$}", names = self.names);
        for amount in amounts {
            let _ = write!(text, "{amount:>width$}", width = Self::AMOUNT);
        }
        text.push('\n');
    }
}

/// Formats the charges of one side.
fn format_side(side: Option<&SideCosts>) -> String {
    match side {
        None => "-".to_owned(),
        Some(side) => format_known(side.monthly, side.unknown.is_empty()),
    }
}

/// Formats known charges. Charges that are unknown are never shown as zero.
fn format_known(monthly: Money, is_complete: bool) -> String {
    if is_complete {
        monthly.to_string()
    } else if monthly.is_zero() {
        "unknown".to_owned()
    } else {
        format!("≥{monthly}")
    }
}

fn format_difference(change: &ResourceCostChange) -> String {
    if change.uncertain {
        "unknown".to_owned()
    } else {
        change.difference().to_signed_decimal(2)
    }
}

/// Returns the name of a resource below its stack.
pub(crate) fn short_name<'n>(stack: &str, name: &'n str) -> &'n str {
    let below = name.strip_prefix(stack);
    below
        .and_then(|name| name.strip_prefix('/'))
        .unwrap_or(name)
}

/// Formats the comment about costs above the limit. It has the marker of a review, and so replaces the review of the pull request.
pub(crate) fn render_exceeded_limit(exceeded: &Diagnostic, target: Target<'_>) -> String {
    let (app, environment) = (
        sanitize_marker(target.app),
        sanitize_marker(target.environment),
    );
    let mut text = format!(
        "<!-- infra:review:{app}:{environment} -->\n### {}: costs above the limit; no plan was created\n\n> [!CAUTION]\n> **{}**\n",
        escape_markdown(target.environment),
        escape_markdown(&exceeded.message),
    );
    for line in exceeded.notes.iter().chain(&exceeded.help) {
        let _ = writeln!(text, "> - {}", escape_prose(line));
    }
    text
}

/// Formats the section with the assumptions about use; empty if no charge differs.
pub(crate) fn render_cost_section(compared: &CostComparison, usage: &[String]) -> String {
    let stacks = compared.stacks.iter();
    let mut changes: Vec<&ResourceCostChange> = stacks.flat_map(|stack| &stack.resources).collect();
    // The largest differences first, because only a part is listed.
    changes.sort_by_key(|change| {
        let difference = change.difference();
        let size = difference.max(Money::default() - difference);
        (change.uncertain, std::cmp::Reverse(size))
    });
    if changes.is_empty() {
        return String::new();
    }
    let mut text = format!(
        "\n**Cost: {}**\n\n",
        escape_markdown(&format_headline(compared))
    );
    for change in changes.iter().take(MOST) {
        let meters = change.meters.iter().map(describe_meter);
        let details: Vec<String> = meters.chain(describe_unknown(change)).collect();
        let _ = writeln!(
            text,
            "- {}: {} — {}",
            format_code(change.display_name()),
            escape_markdown(&format_difference(change)),
            escape_prose(&details.join("; "))
        );
    }
    if changes.len() > MOST {
        let _ = writeln!(text, "- and {} more", changes.len() - MOST);
    }
    if usage.is_empty() {
        text += "\nFixed charges at list prices; charges by use are not included.\n";
        return text;
    }
    text +=
        "\nList prices. Charges by use are included only as far as `infra.toml` assumes it:\n\n";
    for line in usage.iter().take(MOST) {
        let _ = writeln!(text, "- {}", escape_prose(line));
    }
    if usage.len() > MOST {
        let _ = writeln!(text, "- and {} more", usage.len() - MOST);
    }
    text
}
