//! Provides the words and signs that all renderers use.

use infra_template::review::{
    Action, Counts, Direction, Effect, MigrationRun, Note, NoteSource, PropertyChange, Recreation,
    Replacement, ResourceChange, Review, SecurityChange, StackChange, StackReview, Step, Verdict,
};

use std::fmt::Write as _;

use infra_console::words::{clean_line, format_count};
use infra_console::wrap_text;

/// Text for a migration without pending steps.
pub(super) const NO_STEP: &str = "no new step";

/// Returns the migrations that will run; none if no stack changes.
pub(super) fn list_migrations(review: &Review) -> impl Iterator<Item = &MigrationRun> {
    let idle = review.verdict() == Verdict::NoChanges;
    let stacks = review.stacks.iter().filter(move |_| !idle);
    stacks.flat_map(|stack| &stack.migrations)
}

/// Returns the effect of a step as a verb.
pub(super) fn effect_verb(step: &Step) -> &'static str {
    match step.effect {
        Effect::Expands => "expands",
        Effect::Contracts => "contracts",
    }
}

/// Explains the signs that occur in the review; `None` without signs.
pub(super) fn explain_signs(review: &Review) -> Option<String> {
    let resources = || review.stacks.iter().flat_map(|stack| &stack.resources);
    let all = [
        ("+", "create"),
        ("~", "change in place"),
        ("-/+", "replace"),
        ("-/+?", "may be replaced"),
        ("-", "remove"),
        ("<", "import"),
        (">", "move"),
    ];
    let used = all
        .into_iter()
        .filter(|(sign, _)| resources().any(|change| change_sign(change) == *sign));
    let used: Vec<String> = used
        .map(|(sign, meaning)| format!("{sign} {meaning}"))
        .collect();
    (!used.is_empty()).then(|| used.join("   "))
}

/// Returns the sign of a resource change, in the notation of Terraform.
pub(super) fn change_sign(change: &ResourceChange) -> &'static str {
    match (&change.action, &change.replacement) {
        (Action::Add, _) => "+",
        (Action::Remove, _) => "-",
        (Action::Import, _) => "<",
        _ if change.replacement.is_possible() && !change.is_replaced() => "~",
        (_, Replacement::Yes { .. }) => "-/+",
        (_, Replacement::Maybe { .. }) => "-/+?",
        _ if change.moved_from.is_some() => ">",
        _ => "~",
    }
}

/// Returns the sign of a property change.
pub(super) fn property_sign(property: &PropertyChange) -> &'static str {
    match (&property.before, &property.after) {
        (None, Some(_)) => "+",
        (Some(_), None) if property.caused_by.is_none() => "-",
        _ => "~",
    }
}

/// Returns the consequence of a property change for its resource. A new revision, as of a task definition, is not reported as a replacement.
pub(super) fn replacement_effect(
    resource: &ResourceChange,
    property: &PropertyChange,
) -> Option<&'static str> {
    if !resource.is_replaced() {
        return None;
    }
    match property.recreation {
        Recreation::Always => Some("replaces the resource"),
        Recreation::Conditionally => Some("may replace the resource"),
        _ => None,
    }
}

/// Returns the first line of a review: its severity and the number of changes.
pub(super) fn build_headline(review: &Review) -> String {
    let line = summarize_changes(review);
    match review.orphaned_stacks().len() {
        0 => line,
        left => format!(
            "{line}; {} no longer in the app",
            format_count(left, "stack")
        ),
    }
}

fn summarize_changes(review: &Review) -> String {
    let stacks = review.stacks.len();
    let changed = review
        .stacks
        .iter()
        .filter(|stack| stack.change != StackChange::Unchanged)
        .count();
    let mut verdict = match review.verdict() {
        Verdict::NoChanges if stacks == 0 => return "there are no stacks".to_owned(),
        Verdict::NoChanges if stacks == 1 => return "no differences".to_owned(),
        Verdict::NoChanges => {
            return format!("no differences in {}", format_count(stacks, "stack"));
        }
        Verdict::Changes => "changes".to_owned(),
        Verdict::Broadening => "access becomes broader".to_owned(),
        Verdict::Destructive => "resources are replaced or removed".to_owned(),
        Verdict::DataLoss => "data would be lost".to_owned(),
    };
    if list_notes(review).any(|note| note.fatal) {
        verdict = match review.verdict() {
            Verdict::Changes => "the deployment would fail".to_owned(),
            _ => format!("the deployment would fail, and {verdict}"),
        };
    }
    let of = if changed == stacks {
        format_count(stacks, "stack")
    } else {
        format!("{changed} of {}", format_count(stacks, "stack"))
    };
    format!(
        "{verdict}: {} in {of}",
        format_counts(review.count_changes())
    )
}

/// Formats counts: `2 to add, 1 to change`.
pub(crate) fn format_counts(counts: Counts) -> String {
    let some = |count: usize, what: &str| (count > 0).then(|| format!("{count} to {what}"));
    let parts: Vec<String> = [
        some(counts.add, "add"),
        some(counts.import, "import"),
        some(counts.modify, "change"),
        some(counts.replace, "replace"),
        some(counts.remove, "remove"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        "no resource changes".to_owned()
    } else {
        parts.join(", ")
    }
}

/// Returns the change of a stack as a participle.
pub(super) fn stack_change(change: StackChange) -> &'static str {
    match change {
        StackChange::Unchanged => "unchanged",
        StackChange::Create => "created",
        StackChange::Update => "changed",
        StackChange::Delete => "deleted",
    }
}

/// Returns the path of the stack, followed by its name if that differs.
pub(super) fn stack_name(stack: &StackReview) -> String {
    if stack.path == stack.stack {
        stack.path.clone()
    } else {
        format!("{} ({})", stack.path, stack.stack)
    }
}

/// Returns the construct path of a resource, relative to its stack.
pub(super) fn path_below_stack<'r>(stack: &StackReview, change: &'r ResourceChange) -> &'r str {
    strip_stack_path(stack, change.resource.display_name())
}

/// Returns a path relative to the path of the stack. A logical ID that merely begins like the stack's path is returned unchanged.
fn strip_stack_path<'r>(stack: &StackReview, shown: &'r str) -> &'r str {
    let below = shown.strip_prefix(stack.path.as_str());
    below
        .and_then(|below| below.strip_prefix('/'))
        .filter(|below| !below.is_empty())
        .unwrap_or(shown)
}

/// Returns `file:line` of a place, without the column.
pub(crate) fn strip_column(source: &str) -> &str {
    let parts = source.bytes().filter(|byte| *byte == b':').count();
    if parts < 2 {
        return source;
    }
    source.rsplit_once(':').map_or(source, |(place, _)| place)
}

/// Returns the notes of all stacks.
pub(super) fn list_notes(review: &Review) -> impl Iterator<Item = &Note> {
    review.stacks.iter().flat_map(|stack| &stack.notes)
}

/// Returns a prefix with the source of a note, unless that is this tool.
pub(super) fn source_prefix(note: &Note) -> &'static str {
    match note.source {
        NoteSource::Validation => "validation: ",
        NoteSource::Hook => "hook: ",
        NoteSource::Drift => "drift: ",
        _ => "",
    }
}

/// Returns the construct that a note concerns, followed by the property if it names one.
pub(super) fn note_subject(note: &Note) -> Option<String> {
    let shown = note.resource.as_ref()?.display_name();
    Some(match &note.property {
        Some(path) => format!("{shown} {}", strip_properties(path)),
        None => shown.to_owned(),
    })
}

/// Returns all security changes in one direction.
pub(super) fn security_changes(
    review: &Review,
    direction: Direction,
) -> impl Iterator<Item = &SecurityChange> {
    let all = review.stacks.iter().flat_map(|stack| &stack.security);
    all.filter(move |change| change.direction == direction)
}

/// Removes the prefix `Properties.` from a property path.
pub(super) fn strip_properties(path: &str) -> &str {
    path.strip_prefix("Properties.").unwrap_or(path)
}

/// Formats the cause of a change, with the construct path in place of the logical ID: `Database.Endpoint.Address`.
pub(super) fn describe_cause(stack: Option<&StackReview>, cause: &str) -> String {
    let id = cause.split('.').next().unwrap_or(cause);
    let found = stack.and_then(|stack| {
        let mut resources = stack.resources.iter();
        let change = resources.find(|change| change.resource.logical_id == id)?;
        Some(path_below_stack(stack, change))
    });
    match found {
        Some(path) => format!("{path}{}", &cause[id.len()..]),
        None => cause.to_owned(),
    }
}

/// Returns the construct to declare as moved, and the path to pass to `moved_from`, in order to keep a resource that looks like a removed one.
pub(super) fn move_declaration<'r>(
    stack: &StackReview,
    change: &'r ResourceChange,
    former: &'r str,
) -> (&'r str, &'r str) {
    // Compare full paths, since `former` is one: the loop removes equal segments from their ends.
    let resource = &change.resource;
    let path = resource.construct_path.as_ref();
    let path = path.unwrap_or(&resource.logical_id);
    let now = strip_stack_path(stack, path);
    let (mut new, mut old) = (now, former);
    // Constructs below both with the same ID move along with them.
    while let (Some((new_above, new_last)), Some((old_above, old_last))) =
        (new.rsplit_once('/'), old.rsplit_once('/'))
        && new_last == old_last
    {
        (new, old) = (new_above, old_above);
    }
    if new == old {
        (now, former)
    } else {
        (new, old)
    }
}

/// Writes a line of a list, indented, with its continuation lines indented further.
pub(super) fn write_item(text: &mut String, line: &str, width: usize) {
    let wrapped = wrap_text(&clean_line(line), width.saturating_sub(4));
    for (at, line) in wrapped.lines().enumerate() {
        let lead = if at == 0 { "  " } else { "    " };
        let _ = writeln!(text, "{lead}{line}");
    }
}

/// Shortens a name in its middle: the end tells resources apart.
pub(super) fn shorten_name(name: &str, width: usize) -> String {
    let count = name.chars().count();
    if count <= width {
        return name.to_owned();
    }
    let keep = width.saturating_sub(1);
    let head = keep / 3;
    let tail = keep - head;
    let first: String = name.chars().take(head).collect();
    let last: String = name.chars().skip(count - tail).collect();
    format!("{first}…{last}")
}
