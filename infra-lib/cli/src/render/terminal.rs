//! A review at a terminal: what weighs most comes first, and nothing is said by colour alone.

use anstyle::{AnsiColor, Style};
use infra_template::ResourceName;
use infra_template::review::{Action, PolicyAction};
use infra_template::review::{
    Direction, PropertyChange, ResourceChange, Review, SecurityChange, StackChange, StackReview,
    Stop,
};

use super::lines::Line;
use super::mask::masked;
use super::value::{Shown, change};
use super::words::{
    about, below, caused, consequence, declaration, headline, legend, place, property,
    property_symbol, said_by, security, stack_change, stack_name, symbol,
};
use infra_console::Output;
use infra_console::words::{clean, seconds};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const RED: Style = AnsiColor::Red.on_default();
const ALARM: Style = AnsiColor::Red.on_default().bold();
const GREEN: Style = AnsiColor::Green.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();

/// So many lines about what becomes less open are shown: they stop nobody.
const MOST_NARROWING: usize = 12;

/// How much is said about resources that are new.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Detail {
    /// That they are.
    Brief,
    /// Everything that they say.
    Full,
}

/// The review as text, in colour when the output is.
pub(crate) fn text(review: &Review, detail: Detail, output: &Output<'_>) -> String {
    let review = &masked(review);
    let mut page = Page {
        text: String::new(),
        output,
    };
    page.line(&[(BOLD, &headline(review))]);
    notes(&mut page, review, true);
    stops(&mut page, review);
    drift(&mut page, review);
    openness(&mut page, review);
    notes(&mut page, review, false);
    migrations(&mut page, review);
    for stack in &review.stacks {
        if stack.change != StackChange::Unchanged || !stack.resources.is_empty() {
            of_stack(&mut page, stack, detail);
        }
    }
    tail(&mut page, review);
    page.text
}

/// Text under way.
struct Page<'p, 'o> {
    text: String,
    output: &'p Output<'o>,
}

impl Page<'_, '_> {
    /// A line of pieces, each in its style; texts from outside cannot bring styles of their own.
    fn line(&mut self, pieces: &[(Style, &str)]) {
        let mut line = String::new();
        for (style, piece) in pieces {
            // Spaces at the end separate it from what follows.
            let spaces = piece.len() - piece.trim_end_matches(' ').len();
            let piece = clean(piece) + &" ".repeat(spaces);
            if *style == Style::new() || piece.trim().is_empty() {
                line.push_str(&piece);
            } else {
                line.push_str(&self.output.styled(*style, &piece));
            }
        }
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn plain(&mut self, text: &str) {
        self.line(&[(Style::new(), text)]);
    }

    fn heading(&mut self, style: Style, text: &str) {
        self.text.push('\n');
        self.line(&[(style, text)]);
    }

    /// A resource on a line of its own, with its place.
    fn resource(&mut self, sign: (Style, &str), resource: &ResourceName) {
        let (style, sign) = sign;
        let source = resource.source.as_deref().map(place).unwrap_or_default();
        self.line(&[
            (style, &format!("  {sign:<4} ")),
            (style, resource.shown()),
            (Style::new(), &format!("  {}  ", resource.type_name)),
            (DIM, source),
        ]);
    }
}

fn style_of(change: &ResourceChange) -> Style {
    match symbol(change) {
        "+" | "<" => GREEN,
        "-" | "-/+" => RED,
        _ => YELLOW,
    }
}

/// Data that goes, then everything else that is replaced or removed with what it holds.
fn stops(page: &mut Page<'_, '_>, review: &Review) {
    let all = || review.stacks.iter().flat_map(|stack| &stack.stops);
    let lost: Vec<&Stop> = all().filter(|stop| stop.data_loss).collect();
    let kept: Vec<&Stop> = all().filter(|stop| !stop.data_loss).collect();
    if !lost.is_empty() {
        page.heading(ALARM, "data would be lost");
        for stop in &lost {
            one_stop(page, review, stop);
        }
        let mut ids: Vec<&str> = lost
            .iter()
            .map(|stop| stop.resource.logical_id.as_str())
            .collect();
        ids.dedup();
        let flags: Vec<String> = ids
            .iter()
            .map(|id| format!("--allow-data-loss {id}"))
            .collect();
        page.plain(&format!(
            "       `deploy` refuses this without {}",
            flags.join(" ")
        ));
    }
    if !kept.is_empty() {
        page.heading(YELLOW, "data leaves the stack");
        for stop in kept {
            one_stop(page, review, stop);
        }
    }
    let stopped = |change: &ResourceChange| {
        all().any(|stop| {
            stop.resource.logical_id == change.resource.logical_id
                && stop.resource.stack == change.resource.stack
        })
    };
    let resources = || review.stacks.iter().flat_map(|stack| &stack.resources);
    let replaced: Vec<&ResourceChange> = resources()
        .filter(|change| change.replaces() && !stopped(change))
        .collect();
    if replaced.is_empty() {
        return;
    }
    page.heading(BOLD, "replaced");
    // What is replaced for a reason of its own, then what only follows.
    let follows = |change: &ResourceChange| {
        let mut replacing = change
            .properties
            .iter()
            .filter(|property| consequence(change, property).is_some());
        replacing.all(|property| property.caused_by.is_some())
    };
    for change in replaced.iter().filter(|change| !follows(change)) {
        page.resource((style_of(change), symbol(change)), &change.resource);
        page.plain(&format!("       because of {}", because(review, change)));
    }
    let followers: Vec<&str> = replaced
        .iter()
        .filter(|change| follows(change))
        .map(|change| change.resource.shown())
        .collect();
    if let Some((first, rest)) = followers.split_first() {
        let lead = if replaced.len() == followers.len() {
            "what refers to something that changes:"
        } else {
            "and what refers to them:"
        };
        page.plain(&format!("       {lead}"));
        let mut line = format!("       {first}");
        for path in rest {
            if line.len() + path.len() > 116 {
                page.plain(&format!("{line},"));
                line = format!("       {path}");
            } else {
                line = format!("{line}, {path}");
            }
        }
        page.plain(&line);
    }
}

fn one_stop(page: &mut Page<'_, '_>, review: &Review, stop: &Stop) {
    let mut resources = review.stacks.iter().flat_map(|stack| &stack.resources);
    let change = resources.find(|change| change.resource == stop.resource);
    let sign = change.map_or("-", symbol);
    page.resource(
        (if stop.data_loss { ALARM } else { YELLOW }, sign),
        &stop.resource,
    );
    page.plain(&format!("       {}", stop.message));
    let because: Vec<&str> = stop.because.iter().map(|path| property(path)).collect();
    let because = match change {
        Some(change) if change.action != Action::Remove => {
            format!("because of {}", self::because(review, change))
        }
        _ => format!("because {}", because.join(", ")),
    };
    page.plain(&format!("       {because}"));
}

/// The properties that replace a resource, with what causes them; the first few say enough.
fn because(review: &Review, change: &ResourceChange) -> String {
    const MOST: usize = 3;
    let stack = review
        .stacks
        .iter()
        .find(|stack| stack.stack == change.resource.stack);
    let replacing = change
        .properties
        .iter()
        .filter(|property| consequence(change, property).is_some());
    let reasons: Vec<String> = replacing
        .map(|change| match &change.caused_by {
            Some(cause) => format!(
                "{} (follows {})",
                property(&change.path),
                caused(stack, cause)
            ),
            None => property(&change.path).to_owned(),
        })
        .collect();
    match reasons.get(..MOST) {
        Some(first) if reasons.len() > MOST + 1 => {
            format!("{} and {} more", first.join(", "), reasons.len() - MOST)
        }
        _ => reasons.join(", "),
    }
}

/// What somebody changed by other means, and what becomes of it.
fn drift(page: &mut Page<'_, '_>, review: &Review) {
    let all = || {
        let resources = review.stacks.iter().flat_map(|stack| &stack.resources);
        resources.filter(|change| {
            change
                .properties
                .iter()
                .any(|property| property.drift.is_some())
        })
    };
    if all().next().is_none() {
        return;
    }
    page.heading(YELLOW, "changed by other means, and overwritten");
    for change in all() {
        page.resource((YELLOW, symbol(change)), &change.resource);
        for property in &change.properties {
            if let Some(drift) = &property.drift {
                let shown =
                    |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
                page.plain(&format!(
                    "       {}: is {}, was deployed as {}",
                    super::words::property(&property.path),
                    shown(&drift.actual),
                    shown(&drift.previous),
                ));
            }
        }
    }
}

fn openness(page: &mut Page<'_, '_>, review: &Review) {
    let more: Vec<&SecurityChange> = security(review, Direction::Broadening).collect();
    if !more.is_empty() {
        page.heading(BOLD, "more open");
        for change in more {
            let (style, sign) = if change.public {
                (ALARM, "!")
            } else {
                (YELLOW, "+")
            };
            let public = if change.public { "  [public]" } else { "" };
            page.line(&[
                (style, &format!("  {sign:<4} ")),
                (Style::new(), &change.summary),
                (ALARM, public),
            ]);
            whence(page, &change.resource);
        }
    }
    let less: Vec<&SecurityChange> = security(review, Direction::Narrowing).collect();
    if !less.is_empty() {
        page.heading(BOLD, "less open");
        for change in less.iter().take(MOST_NARROWING) {
            page.line(&[(GREEN, "  -    "), (Style::new(), &change.summary)]);
        }
        if less.len() > MOST_NARROWING {
            page.plain(&format!("       and {} more", less.len() - MOST_NARROWING));
        }
    }
}

fn whence(page: &mut Page<'_, '_>, resource: &ResourceName) {
    let source = resource.source.as_deref().map(place).unwrap_or_default();
    let path = resource.shown();
    page.line(&[(DIM, &format!("       {path}  {source}"))]);
}

/// What runs between two stacks.
fn migrations(page: &mut Page<'_, '_>, review: &Review) {
    let planned: Vec<_> = super::words::migrations(review).collect();
    if planned.is_empty() {
        return;
    }
    page.heading(BOLD, "migrations, before anything that depends on them");
    for run in planned {
        page.resource((YELLOW, "run"), &run.resource);
        for step in &run.steps {
            let style = if step.contracts() {
                ALARM
            } else {
                Style::new()
            };
            page.line(&[
                (Style::new(), "       step "),
                (Style::new(), &step.name),
                (style, &format!("  {}", super::words::effect(step))),
            ]);
        }
        if run.steps.is_empty() {
            page.plain(&format!("       {}", super::words::NO_STEP));
        }
    }
}

/// What would make the deployment fail stands above everything; the rest waits until the worst is said.
fn notes(page: &mut Page<'_, '_>, review: &Review, fatal: bool) {
    let mut some = super::words::notes(review)
        .filter(|note| note.fatal == fatal)
        .peekable();
    if some.peek().is_none() {
        return;
    }
    let (style, sign) = if fatal {
        page.heading(ALARM, "this would fail");
        (ALARM, "error")
    } else {
        page.heading(BOLD, "to read before approving");
        (YELLOW, "note")
    };
    for note in some {
        let code = note.code.as_ref().map(|code| format!("[{code}]"));
        let about = about(note).map(|about| format!("{about}: "));
        page.line(&[
            (style, &format!("  {sign}{}: ", code.unwrap_or_default())),
            (
                Style::new(),
                &format!(
                    "{}{}{}",
                    said_by(note),
                    about.unwrap_or_default(),
                    note.message
                ),
            ),
        ]);
    }
}

fn of_stack(page: &mut Page<'_, '_>, stack: &StackReview, detail: Detail) {
    let region = stack
        .region
        .as_deref()
        .map(|region| format!(", {region}"))
        .unwrap_or_default();
    let provisional = if stack.provisional {
        ", provisional: it is planned again when the stacks before it are there"
    } else {
        ""
    };
    let title = format!(
        "stack {}: {}{region}{provisional}",
        stack_name(stack),
        stack_change(stack.change)
    );
    page.heading(BOLD, &title);
    let width = |change: &ResourceChange| below(stack, change).chars().count();
    let width = stack.resources.iter().map(width).max().unwrap_or(0).min(48);
    for change in &stack.resources {
        one_resource(page, stack, change, width, detail);
    }
    for change in &stack.sections {
        let name = if change.name.is_empty() {
            change.section.clone()
        } else {
            format!("{} {}", section_word(&change.section), change.name)
        };
        let as_property = PropertyChange {
            path: name,
            before: change.before.as_ref().map(section_value),
            after: change.after.as_ref().map(section_value),
            ..PropertyChange::default()
        };
        one_property(page, stack, &as_property, None, "  ");
    }
}

/// `Outputs` are listed one by one.
fn section_word(section: &str) -> &str {
    match section {
        "Conditions" => "condition",
        "Mappings" => "mapping",
        "Outputs" => "output",
        "Parameters" => "parameter",
        "Rules" => "rule",
        "Tags" => "tag",
        other => other,
    }
}

/// An output that is nothing but its value is shown as that.
fn section_value(entry: &serde_json::Value) -> serde_json::Value {
    match entry.as_object() {
        Some(map) if map.len() == 1 => map.get("Value").unwrap_or(entry).clone(),
        _ => entry.clone(),
    }
}

fn one_resource(
    page: &mut Page<'_, '_>,
    stack: &StackReview,
    change: &ResourceChange,
    width: usize,
    detail: Detail,
) {
    let style = style_of(change);
    let source = change
        .resource
        .source
        .as_deref()
        .map(place)
        .unwrap_or_default();
    page.line(&[
        (style, &format!("  {:<4} ", symbol(change))),
        (style, below(stack, change)),
        (
            Style::new(),
            &" ".repeat(width.saturating_sub(below(stack, change).chars().count()) + 1),
        ),
        (Style::new(), &format!(" {}  ", change.resource.type_name)),
        (DIM, source),
    ]);
    match (&change.moved_from, &change.action) {
        (Some(former), Action::Add) => {
            let (construct, path) = declaration(stack, change, former);
            page.line(&[
                (YELLOW, "       looks like "),
                (YELLOW, former),
                (Style::new(), ", which is removed: to keep it, declare "),
                (BOLD, &format!(".moved_from({path:?})")),
                (Style::new(), &format!(" on {construct}")),
            ]);
        }
        (Some(former), _) => page.plain(&format!("       moved from {former}")),
        (None, _) => {}
    }
    let fate = match &change.policy_action {
        Some(PolicyAction::Retain) => Some("stays in AWS, outside the stack"),
        Some(PolicyAction::Snapshot) => Some("deleted after a snapshot of it"),
        Some(PolicyAction::ReplaceAndRetain) => Some("the old one stays in AWS, outside the stack"),
        Some(PolicyAction::ReplaceAndSnapshot) => {
            Some("the old one is deleted after a snapshot of it")
        }
        _ => None,
    };
    if let Some(fate) = fate {
        page.plain(&format!("       {fate}"));
    }
    if change.action != Action::Add || detail == Detail::Full {
        for property in &change.properties {
            let effect = consequence(change, property);
            one_property(page, stack, property, effect, "       ");
        }
    }
}

fn one_property(
    page: &mut Page<'_, '_>,
    stack: &StackReview,
    change: &PropertyChange,
    effect: Option<&str>,
    indent: &str,
) {
    let sign = property_symbol(change);
    let style = match sign {
        "+" => GREEN,
        "-" => RED,
        _ => YELLOW,
    };
    let path = property(&change.path);
    let effect = effect
        .map(|effect| format!("  # {effect}"))
        .unwrap_or_default();
    let head = (style, format!("{indent}{sign} "));
    if let Some(cause) = &change.caused_by {
        let known = format!(
            "{path}: known after deployment, follows {}",
            caused(Some(stack), cause)
        );
        page.line(&[(head.0, &head.1), (Style::new(), &known), (RED, &effect)]);
        return;
    }
    match self::change(change.before.as_ref(), change.after.as_ref()) {
        Shown::Inline(value) => page.line(&[
            (head.0, &head.1),
            (Style::new(), &format!("{path}: {value}")),
            (RED, &effect),
        ]),
        Shown::Lines(lines) => {
            page.line(&[
                (head.0, &head.1),
                (Style::new(), &format!("{path}:")),
                (RED, &effect),
            ]);
            for line in lines {
                let (style, sign, text) = match &line {
                    Line::Same(text) => (Style::new(), ' ', text.clone()),
                    Line::Gone(text) => (RED, '-', text.clone()),
                    Line::New(text) => (GREEN, '+', text.clone()),
                    Line::Skipped(count) => (DIM, ' ', format!("… {count} more as before")),
                };
                page.line(&[(style, &format!("{indent}    {sign} {text}"))]);
            }
        }
    }
}

fn tail(page: &mut Page<'_, '_>, review: &Review) {
    let signs = legend(review);
    if !signs.is_empty() {
        page.text.push('\n');
        page.line(&[(DIM, &signs)]);
    }
    let mut estimates = review
        .stacks
        .iter()
        .filter_map(|stack| Some((stack, stack.estimate.as_ref()?)));
    let total: u64 = estimates
        .clone()
        .map(|(_, estimate)| estimate.seconds)
        .sum();
    if total > 0 {
        let (stack, longest) = estimates
            .clone()
            .max_by_key(|(_, estimate)| estimate.seconds)
            .unwrap_or_else(|| unreachable!("there is one where there are seconds"));
        // What is replaced is in it twice, since the former one goes last: whoever waits knows it by then.
        let mut path: Vec<&str> = Vec::new();
        for name in longest.critical_path.iter().map(|id| named(stack, id)) {
            if !path.contains(&name) {
                path.push(name);
            }
        }
        let along = if estimates.nth(1).is_some() {
            format!(", most of it in {}: {}", stack.path, path.join(", then "))
        } else {
            format!(": {}", path.join(", then "))
        };
        page.plain(&format!("usually takes {} in all{along}", seconds(total)));
    }
    let mut unchecked: Vec<&str> = Vec::new();
    for text in review.stacks.iter().flat_map(|stack| &stack.unchecked) {
        if !unchecked.contains(&text.as_str()) {
            unchecked.push(text);
        }
    }
    for text in unchecked {
        page.plain(&format!("not checked: {text}"));
    }
}

fn named<'s>(stack: &'s StackReview, id: &'s str) -> &'s str {
    let change = stack
        .resources
        .iter()
        .find(|change| change.resource.logical_id == id);
    change.map_or(id, |change| below(stack, change))
}
