//! A review as a comment on a pull request: a marker to find it again, a part to read, the rest folded away.

use std::fmt::Write as _;

use infra_template::review::Action;
use infra_template::review::{
    Basis, Direction, Note, PropertyChange, ResourceChange, Review, SecurityChange, StackChange,
    StackReview, Stop,
};

use super::lines::Line;
use super::mask::masked;
use super::value::{Shown, change};
use super::words::{
    about, below, caused, consequence, declaration, headline, place, property, property_symbol,
    said_by, security, stack_change, stack_name, symbol,
};
use infra_console::words::{clean, seconds};

/// GitHub takes comments of 65,536 characters.
const BUDGET: usize = 60_000;

/// So many lines about what becomes less open.
const MOST_NARROWING: usize = 10;

/// What a comment is about: the marker has both, so that the next run finds it and writes over it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'t> {
    /// The app.
    pub(crate) app: &'t str,
    /// The environment.
    pub(crate) environment: &'t str,
}

/// How much of a comment is left out to stay within the budget; the order is that of dropping.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Left {
    Nothing,
    Properties,
    Resources,
    Stacks,
}

/// How much a note weighs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Weight {
    /// Execution would fail.
    Fatal,
    /// A finding, with a code that `explain` knows.
    Finding,
    /// Anything else.
    Remark,
}

impl Weight {
    fn of(note: &Note) -> Self {
        match (note.fatal, &note.code) {
            (true, _) => Self::Fatal,
            (false, Some(_)) => Self::Finding,
            (false, None) => Self::Remark,
        }
    }
}

/// The review as Markdown, of at most 60,000 characters.
pub(crate) fn markdown(review: &Review, target: Target<'_>) -> String {
    let review = &masked(review);
    let attempts = [
        Left::Nothing,
        Left::Properties,
        Left::Resources,
        Left::Stacks,
    ];
    for left in attempts {
        let text = page(review, target, left);
        if text.chars().count() <= BUDGET {
            return text;
        }
    }
    // So many stops and openings that even they do not fit: the first of them, and that there are more.
    let text = page(review, target, Left::Stacks);
    let mut cut: String = text.chars().take(BUDGET - 200).collect();
    if let Some(end) = cut.rfind('\n') {
        cut.truncate(end + 1);
    }
    cut + "\n_The rest is left out: a comment has only so much room. The log of the run has all of it._\n"
}

fn page(review: &Review, target: Target<'_>, left: Left) -> String {
    let mut text = format!(
        "<!-- infra:review:{}:{} -->\n### {}: {}\n",
        marker(target.app),
        marker(target.environment),
        escaped(target.environment),
        escaped(&headline(review))
    );
    notes(&mut text, review, Weight::Fatal);
    stops(&mut text, review);
    notes(&mut text, review, Weight::Finding);
    replacements(&mut text, review);
    openness(&mut text, review);
    drift(&mut text, review);
    notes(&mut text, review, Weight::Remark);
    migrations(&mut text, review);
    narrowing(&mut text, review);
    if left < Left::Stacks {
        for stack in &review.stacks {
            if stack.change != StackChange::Unchanged || !stack.resources.is_empty() {
                of_stack(&mut text, stack, left);
            }
        }
    }
    foot(&mut text, review);
    let dropped = match left {
        Left::Nothing => return text,
        Left::Properties => "what changes in each resource",
        Left::Resources => "the single resources",
        Left::Stacks => "the single stacks",
    };
    let _ = writeln!(
        text,
        "\n_Left out for lack of room: {dropped}. The log of the run has all of it._"
    );
    text
}

/// Without what would end the comment that it stands in.
fn marker(name: &str) -> String {
    let name = name
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    name.collect::<String>().replace("--", "-")
}

fn stops(text: &mut String, review: &Review) {
    let stops: Vec<&Stop> = all_stops(review).collect();
    for (data_loss, kind, title) in [
        (true, "CAUTION", "Data would be lost"),
        (false, "WARNING", "Data leaves the stack"),
    ] {
        let some: Vec<_> = stops
            .iter()
            .filter(|stop| stop.data_loss == data_loss)
            .collect();
        if some.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n> [!{kind}]\n> **{title}**");
        for stop in some {
            let because: Vec<String> = stop.because.iter().map(|why| code(property(why))).collect();
            let because = if stop.because.iter().any(|why| why.contains(' ')) {
                escaped(&stop.because.join(", "))
            } else {
                because.join(", ")
            };
            let _ = writeln!(
                text,
                "> - {} ({}) {}. Why: {because}",
                code(stop.resource.shown()),
                escaped(&stop.resource.type_name),
                escaped(&stop.message),
            );
            if data_loss {
                let id = code(&format!("--allow-data-loss {}", stop.resource.logical_id));
                let _ = writeln!(
                    text,
                    ">   `deploy` refuses this without an approval of exactly it: {id}"
                );
            }
        }
    }
}

fn all_stops(review: &Review) -> impl Iterator<Item = &Stop> {
    review.stacks.iter().flat_map(|stack| &stack.stops)
}

/// Everything that is replaced and was not told as a stop already.
fn replacements(text: &mut String, review: &Review) {
    let told = |change: &ResourceChange| {
        all_stops(review).any(|stop| {
            stop.resource.logical_id == change.resource.logical_id
                && stop.resource.stack == change.resource.stack
        })
    };
    let resources = review.stacks.iter().flat_map(|stack| &stack.resources);
    let replaced: Vec<&ResourceChange> = resources
        .filter(|change| change.replaces() && !told(change))
        .collect();
    if replaced.is_empty() {
        return;
    }
    text.push_str("\n**Replaced**\n\n");
    for change in replaced {
        let why = change
            .properties
            .iter()
            .filter(|property| consequence(change, property).is_some());
        let why: Vec<String> = why.map(|change| code(property(&change.path))).collect();
        let sign = symbol(change);
        let _ = writeln!(
            text,
            "- {} {} ({}), because of {}",
            code(sign),
            code(change.resource.shown()),
            escaped(&change.resource.type_name),
            why.join(", "),
        );
    }
}

fn openness(text: &mut String, review: &Review) {
    let more: Vec<&SecurityChange> = security(review, Direction::Broadening).collect();
    if !more.is_empty() {
        text.push_str("\n> [!WARNING]\n> **More open**\n");
        for change in more {
            let public = if change.public { "**public:** " } else { "" };
            let source = change.resource.source.as_deref();
            let source = source
                .map(|source| format!(" — {}", code(place(source))))
                .unwrap_or_default();
            let _ = writeln!(text, "> - {public}{}{source}", escaped(&change.summary));
        }
    }
}

fn narrowing(text: &mut String, review: &Review) {
    let less: Vec<&SecurityChange> = security(review, Direction::Narrowing).collect();
    if !less.is_empty() {
        let _ = writeln!(
            text,
            "\n<details><summary>Less open: {}</summary>\n",
            less.len()
        );
        for change in less.iter().take(MOST_NARROWING) {
            let _ = writeln!(text, "- {}", escaped(&change.summary));
        }
        if less.len() > MOST_NARROWING {
            let _ = writeln!(text, "- and {} more", less.len() - MOST_NARROWING);
        }
        text.push_str("\n</details>\n");
    }
}

fn drift(text: &mut String, review: &Review) {
    let mut lines = String::new();
    for change in review.stacks.iter().flat_map(|stack| &stack.resources) {
        for changed in &change.properties {
            if let Some(drift) = &changed.drift {
                let shown = |value: &Option<String>| code(value.as_deref().unwrap_or("nothing"));
                let _ = writeln!(
                    lines,
                    "- {} {}: is {}, was deployed as {}",
                    code(change.resource.shown()),
                    code(property(&changed.path)),
                    shown(&drift.actual),
                    shown(&drift.previous)
                );
            }
        }
    }
    if !lines.is_empty() {
        let _ = write!(
            text,
            "\n**Changed by other means, and overwritten**\n\n{lines}"
        );
    }
}

/// What keeps a plan from being approved as it is comes as an alert above all detail; what only informs comes behind it.
fn notes(text: &mut String, review: &Review, weight: Weight) {
    let some: Vec<&Note> = super::words::notes(review)
        .filter(|note| Weight::of(note) == weight)
        .collect();
    if some.is_empty() {
        return;
    }
    let lead = match weight {
        Weight::Fatal => "\n> [!CAUTION]\n> **This would fail**\n",
        Weight::Finding => "\n> [!WARNING]\n> **To read before approving**\n",
        Weight::Remark => "\n**To read as well**\n\n",
    };
    text.push_str(lead);
    let quoted = if weight == Weight::Remark { "" } else { "> " };
    for note in some {
        let kind = note.code.as_ref().map(|code| format!("**{code}:** "));
        let about = about(note).map(|about| format!("{}: ", code(&about)));
        let _ = writeln!(
            text,
            "{quoted}- {}{}{}{}",
            kind.unwrap_or_default(),
            said_by(note),
            about.unwrap_or_default(),
            prose(&note.message)
        );
    }
}

fn migrations(text: &mut String, review: &Review) {
    let planned: Vec<_> = super::words::migrations(review).collect();
    if planned.is_empty() {
        return;
    }
    text.push_str("\n**Migrations**, before anything that depends on them\n\n");
    for run in planned {
        let steps: Vec<String> = run
            .steps
            .iter()
            .map(|step| {
                let effect = super::words::effect(step);
                let effect = if step.contracts() {
                    format!("**{effect}**")
                } else {
                    effect.to_owned()
                };
                format!("{} {effect}", code(&step.name))
            })
            .collect();
        let steps = if steps.is_empty() {
            super::words::NO_STEP.to_owned()
        } else {
            steps.join(", ")
        };
        let _ = writeln!(text, "- {}: {steps}", code(run.resource.shown()));
    }
}

fn of_stack(text: &mut String, stack: &StackReview, left: Left) {
    let single = Review {
        stacks: vec![stack.clone()],
    };
    let counted = super::words::counted(single.counts());
    let _ = writeln!(
        text,
        "\n<details><summary>{} {}: {counted}</summary>",
        html(&stack_name(stack)),
        stack_change(stack.change),
    );
    if left < Left::Resources {
        let mut body = String::new();
        for change in &stack.resources {
            resource(&mut body, stack, change, left);
        }
        for change in &stack.sections {
            let as_property = PropertyChange {
                path: format!("{} {}", change.section, change.name)
                    .trim_end()
                    .to_owned(),
                before: change.before.clone(),
                after: change.after.clone(),
                ..PropertyChange::default()
            };
            property_lines(&mut body, stack, &as_property, None);
        }
        let fence = fence(&body);
        let _ = write!(text, "\n{fence}diff\n{body}{fence}\n");
    }
    text.push_str("\n</details>\n");
}

/// Lines begin with what GitHub colours in a `diff` block.
fn resource(body: &mut String, stack: &StackReview, change: &ResourceChange, left: Left) {
    let lead = match symbol(change) {
        "+" | "<" => "+",
        "-" | "-/+" => "-",
        _ => "!",
    };
    let source = change
        .resource
        .source
        .as_deref()
        .map(place)
        .unwrap_or_default();
    let line = format!(
        "{lead} {} {}  {}  {source}",
        symbol(change),
        below(stack, change),
        change.resource.type_name
    );
    let _ = writeln!(body, "{}", clean(&line).trim_end());
    match (&change.moved_from, &change.action) {
        (Some(former), Action::Add) => {
            let (construct, path) = declaration(stack, change, former);
            let line = format!(
                "!     looks like {former}: declare .moved_from({path:?}) on {construct} to keep it"
            );
            let _ = writeln!(body, "{}", clean(&line));
        }
        (Some(former), _) => {
            let _ = writeln!(body, "!     moved from {former}");
        }
        (None, _) => {}
    }
    if left == Left::Nothing && change.action != Action::Add {
        for property in &change.properties {
            let effect = consequence(change, property);
            property_lines(body, stack, property, effect);
        }
    }
}

fn property_lines(
    body: &mut String,
    stack: &StackReview,
    changed: &PropertyChange,
    effect: Option<&str>,
) {
    let sign = property_symbol(changed);
    let lead = if sign == "~" { " " } else { sign };
    let path = property(&changed.path);
    let effect = effect
        .map(|effect| format!("  # {effect}"))
        .unwrap_or_default();
    if let Some(cause) = &changed.caused_by {
        let cause = caused(Some(stack), cause);
        let _ = writeln!(
            body,
            "{lead}     ~ {path}: known after deployment, follows {cause}{effect}"
        );
        return;
    }
    match change(changed.before.as_ref(), changed.after.as_ref()) {
        Shown::Inline(value) => {
            let line = format!("{lead}     {sign} {path}: {value}{effect}");
            let _ = writeln!(body, "{}", clean(&line));
        }
        Shown::Lines(lines) => {
            let _ = writeln!(body, "{lead}     {sign} {path}:{effect}");
            for line in lines {
                let (lead, line) = match line {
                    Line::Same(line) => (' ', line),
                    Line::Gone(line) => ('-', line),
                    Line::New(line) => ('+', line),
                    Line::Skipped(count) => (' ', format!("… {count} more as before")),
                };
                let _ = writeln!(body, "{lead}         {}", clean(&line));
            }
        }
    }
}

fn foot(text: &mut String, review: &Review) {
    let estimate: u64 = review
        .stacks
        .iter()
        .filter_map(|stack| Some(stack.estimate.as_ref()?.seconds))
        .sum();
    if estimate > 0 {
        let _ = writeln!(text, "\nUsually takes {} in all.", seconds(estimate));
    }
    let mut unchecked: Vec<&str> = Vec::new();
    for line in review.stacks.iter().flat_map(|stack| &stack.unchecked) {
        if !unchecked.contains(&line.as_str()) {
            unchecked.push(line);
        }
    }
    for line in unchecked {
        let _ = writeln!(text, "\nNot checked: {}", prose(line));
    }
    for stack in &review.stacks {
        if let Basis::ChangeSet {
            id,
            plan_key,
            change_digest,
            expires,
            ..
        } = &stack.basis
        {
            let _ = writeln!(
                text,
                "\n<sub>{}: plan {}, changes {}, until {}, {}</sub>",
                html(&stack.path),
                code(plan_key.short()),
                code(change_digest.short()),
                html(expires),
                code(id),
            );
        }
    }
    let against = review.stacks.iter().find_map(|stack| match &stack.basis {
        Basis::Templates { against } => Some(against),
        Basis::ChangeSet { .. } => None,
    });
    if let Some(against) = against {
        let _ = writeln!(
            text,
            "\n<sub>Compared with {}: a prediction from templates and the resource schemas.</sub>",
            html(against)
        );
    }
}

/// A fence that nothing inside ends.
fn fence(body: &str) -> String {
    let mut longest = 0;
    for line in body.lines() {
        let line = line.trim_start_matches([' ', '+', '-', '!']);
        longest = longest.max(line.chars().take_while(|c| *c == '`').count());
    }
    "`".repeat(longest.max(2) + 1)
}

fn code(text: &str) -> String {
    let text = clean(text);
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}

fn html(text: &str) -> String {
    clean(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Text in which nothing is taken for Markdown, HTML or the name of a person.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in clean(text).chars() {
        match c {
            '*' | '_' | '`' | '[' | ']' | '|' | '#' | '\\' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '@' => out.push_str("&#64;"),
            _ => out.push(c),
        }
    }
    out
}

/// As [`escaped`], with what stands between backticks as code.
fn prose(text: &str) -> String {
    let pieces: Vec<&str> = text.split('`').collect();
    if pieces.len().is_multiple_of(2) {
        return escaped(text);
    }
    let pieces = pieces.iter().enumerate().map(|(at, piece)| {
        if at % 2 == 1 {
            code(piece)
        } else {
            // Spaces around the code are its neighbours'.
            let end = &piece[piece.trim_end().len()..];
            escaped(piece) + end
        }
    });
    pieces.collect()
}

#[cfg(test)]
mod tests {
    use super::{escaped, fence, marker, prose};

    #[test]
    fn nothing_from_outside_becomes_markdown() {
        assert_eq!(
            escaped("<img src=x> @team *a* _b_ [c](d)"),
            r"&lt;img src=x&gt; &#64;team \*a\* \_b\_ \[c\](d)"
        );
        assert_eq!(
            prose("run `a_b` now, *not* later"),
            r"run `a_b` now, \*not\* later"
        );
        assert_eq!(prose("one ` alone_"), r"one \` alone\_");
        assert_eq!(marker("a-->b"), "a-b");
        assert_eq!(fence("+ ```` x"), "`````");
    }
}
