//! The report as one HTML page without scripts and without other files.

use std::fmt::Write as _;

use super::summary::{Counts, State, Summary};
use crate::assess::{Assessed, Verdict};

/// Style of the page, for light and dark screens and for paper.
const STYLE: &str = "\
:root{color-scheme:light dark;--line:#8884;--good:#1a7f37;--bad:#c9252d;--open:#9a6700;--mute:#6e7781}
@media(prefers-color-scheme:dark){:root{--good:#3fb950;--bad:#ff7b72;--open:#d29922;--mute:#8b949e}}
body{font:15px/1.5 system-ui,sans-serif;margin:0 auto;max-width:70rem;padding:2rem 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.5rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;overflow-wrap:anywhere;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
code{font:.9em ui-monospace,monospace}
.satisfied{color:var(--good)}.not-satisfied{color:var(--bad)}.undecided{color:var(--open)}.not-applicable{color:var(--mute)}
.cards{display:flex;flex-wrap:wrap;gap:1rem}.cards div{border:1px solid var(--line);border-radius:.5rem;padding:.6rem 1rem;min-width:8rem}
.cards b{display:block;font-size:1.5rem}details summary{cursor:pointer}small{color:var(--mute)}
.bar{display:flex;height:.6rem;border-radius:.3rem;overflow:hidden;background:var(--line);margin:.3rem 0 .8rem}
.bar i{background:currentColor}";

/// Returns the report as a page. `title` names what was assessed.
pub fn render_html(title: &str, summary: &Summary, results: &[Assessed]) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>Policy packs: {0}</title>\n<style>{STYLE}</style>\n<h1>Policy packs: {0}</h1>\n",
        escape(title)
    );
    add_cards(&mut page, summary.counts);
    add_results(
        &mut page,
        "Violations",
        results
            .iter()
            .filter(|result| matches!(result.verdict, Verdict::Failed { .. })),
    );
    for pack in &summary.packs {
        let _ = writeln!(page, "<h2>{}</h2>", escape(pack.title()));
        let total = summary.controls_of(*pack).count();
        let _ = write!(
            page,
            "<div class=\"bar\" role=\"img\" aria-label=\"share of controls by state\">"
        );
        for state in [State::Satisfied, State::NotSatisfied, State::Undecided] {
            let number = summary
                .controls_of(*pack)
                .filter(|control| control.counts.state() == state)
                .count();
            let share = number * 1000 / total.max(1);
            let _ = write!(
                page,
                "<i class=\"{}\" style=\"width:{}.{}%\"></i>",
                class(state),
                share / 10,
                share % 10
            );
        }
        page.push_str("</div>\n<table>\n<tr><th>Control<th>State<th class=\"n\">Passed<th class=\"n\">Failed<th class=\"n\">Undecided<th class=\"n\">Accepted<th>Rules\n");
        let (shown, hidden): (Vec<_>, Vec<_>) = summary
            .controls_of(*pack)
            .partition(|control| control.counts.state() != State::NotApplicable);
        for control in shown {
            let (counts, state) = (control.counts, control.counts.state());
            let _ = writeln!(
                page,
                "<tr><td><b>{}</b><td class=\"{}\">{}<td class=\"n\">{}<td class=\"n\">{}<td class=\"n\">{}<td class=\"n\">{}<td><code>{}</code>",
                escape(control.control.id),
                class(state),
                state.as_str(),
                counts.passed,
                counts.failed,
                counts.undecided,
                counts.accepted,
                escape(&control.rules.join(", ")),
            );
        }
        page.push_str("</table>\n");
        if !hidden.is_empty() {
            let ids: Vec<&str> = hidden.iter().map(|control| control.control.id).collect();
            let _ = writeln!(
                page,
                "<p><small>{} further controls concern no resource of the templates: {}</small></p>",
                hidden.len(),
                escape(&ids.join(", "))
            );
        }
    }
    add_results(
        &mut page,
        "Cannot be decided before the deployment",
        results
            .iter()
            .filter(|result| matches!(result.verdict, Verdict::Undecided { .. })),
    );
    add_results(
        &mut page,
        "Accepted violations",
        results
            .iter()
            .filter(|result| result.verdict == Verdict::Accepted),
    );
    page.push_str("</html>\n");
    page
}

fn add_cards(page: &mut String, counts: Counts) {
    page.push_str("<div class=\"cards\">");
    for (name, number, class) in [
        ("failed", counts.failed, "not-satisfied"),
        ("undecided", counts.undecided, "undecided"),
        ("passed", counts.passed, "satisfied"),
        ("accepted", counts.accepted, "not-applicable"),
    ] {
        let _ = write!(
            page,
            "<div class=\"{class}\"><b>{number}</b>checks {name}</div>"
        );
    }
    page.push_str("</div>\n");
}

fn add_results<'a>(page: &mut String, title: &str, results: impl Iterator<Item = &'a Assessed>) {
    let mut results: Vec<&Assessed> = results.collect();
    if results.is_empty() {
        return;
    }
    results.sort_by(|a, b| {
        let level = b.rule.level().cmp(&a.rule.level());
        level.then_with(|| (&a.template, &a.logical_id).cmp(&(&b.template, &b.logical_id)))
    });
    let _ = writeln!(
        page,
        "<h2>{title} ({})</h2>\n<table>\n<tr><th>Level<th>Resource<th>Finding<th>Way out",
        results.len()
    );
    for result in results {
        let property = match &result.verdict {
            Verdict::Failed { property, .. } | Verdict::Undecided { property } => property.as_str(),
            _ => "",
        };
        let _ = writeln!(
            page,
            "<tr><td>{}<td><code>{}</code><br><small>{} · {}</small><td>{}<br><small><code>{}</code> {}</small><td>{}",
            result.rule.level().as_str(),
            escape(&result.logical_id),
            escape(&result.type_name),
            escape(&result.template),
            escape_code(result.rule.message()),
            escape(result.rule.id()),
            escape(property),
            escape_code(result.rule.help()),
        );
    }
    page.push_str("</table>\n");
}

fn class(state: State) -> &'static str {
    match state {
        State::Satisfied => "satisfied",
        State::NotSatisfied => "not-satisfied",
        State::Undecided => "undecided",
        State::NotApplicable => "not-applicable",
    }
}

/// Escapes a text, and shows text between backticks as code.
fn escape_code(text: &str) -> String {
    let mut page = String::new();
    for (at, part) in text.split('`').enumerate() {
        let part = escape(part);
        if at % 2 == 1 {
            let _ = write!(page, "<code>{part}</code>");
        } else {
            page.push_str(&part);
        }
    }
    page
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
