//! Words and signs that every renderer uses.

use infra_template::review::{
    Action, Counts, Direction, Effect, MigrationRun, Note, NoteSource, PropertyChange, Recreation,
    Replacement, ResourceChange, Review, SecurityChange, StackChange, StackReview, Step, Verdict,
};

use infra_console::words::plural;

/// What is said of a migration that finds nothing to do.
pub(super) const NO_STEP: &str = "no new step";

/// The migrations that run: of stacks that change, or that something which changes may wait for.
pub(super) fn migrations(review: &Review) -> impl Iterator<Item = &MigrationRun> {
    let idle = review.verdict() == Verdict::NoChanges;
    let stacks = review.stacks.iter().filter(move |_| !idle);
    stacks.flat_map(|stack| &stack.migrations)
}

/// What a step does, as a verb.
pub(super) fn effect(step: &Step) -> &'static str {
    match step.effect {
        Effect::Expands => "expands",
        Effect::Contracts => "contracts",
    }
}

/// What the signs mean, for those that occur.
pub(super) fn legend(review: &Review) -> Option<String> {
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
        .filter(|(sign, _)| resources().any(|change| symbol(change) == *sign));
    let used: Vec<String> = used
        .map(|(sign, meaning)| format!("{sign} {meaning}"))
        .collect();
    (!used.is_empty()).then(|| used.join("   "))
}

/// The sign of a change, as Terraform's users know them.
pub(super) fn symbol(change: &ResourceChange) -> &'static str {
    match (&change.action, &change.replacement) {
        (Action::Add, _) => "+",
        (Action::Remove, _) => "-",
        (Action::Import, _) => "<",
        _ if change.replacement.is_possible() && !change.replaces() => "~",
        (_, Replacement::Yes { .. }) => "-/+",
        (_, Replacement::Maybe { .. }) => "-/+?",
        _ if change.moved_from.is_some() => ">",
        _ => "~",
    }
}

/// The sign of a change of a property.
pub(super) fn property_symbol(property: &PropertyChange) -> &'static str {
    match (&property.before, &property.after) {
        (None, Some(_)) => "+",
        (Some(_), None) if property.caused_by.is_none() => "-",
        _ => "~",
    }
}

/// What the change of a property does to its resource. A new revision is no replacement that anybody has to know of.
pub(super) fn consequence(
    resource: &ResourceChange,
    property: &PropertyChange,
) -> Option<&'static str> {
    if !resource.replaces() {
        return None;
    }
    match property.recreation {
        Recreation::Always => Some("replaces the resource"),
        Recreation::Conditionally => Some("may replace the resource"),
        _ => None,
    }
}

/// The first line: how much it weighs, and how much changes.
pub(super) fn headline(review: &Review) -> String {
    let line = changes(review);
    match review.left_stacks().len() {
        0 => line,
        left => format!("{line}; {} left the app", plural(left, "stack")),
    }
}

fn changes(review: &Review) -> String {
    let stacks = review.stacks.len();
    let changed = review
        .stacks
        .iter()
        .filter(|stack| stack.change != StackChange::Unchanged)
        .count();
    let mut verdict = match review.verdict() {
        Verdict::NoChanges if stacks == 0 => return "there are no stacks".to_owned(),
        Verdict::NoChanges if stacks == 1 => return "no differences".to_owned(),
        Verdict::NoChanges => return format!("no differences in {}", plural(stacks, "stack")),
        Verdict::Changes => "changes".to_owned(),
        Verdict::Broadening => "something becomes more open".to_owned(),
        Verdict::Destructive => "something is replaced or removed".to_owned(),
        Verdict::DataLoss => "data would be lost".to_owned(),
    };
    if notes(review).any(|note| note.fatal) {
        verdict = match review.verdict() {
            Verdict::Changes => "this would fail".to_owned(),
            _ => format!("this would fail, and {verdict}"),
        };
    }
    let of = if changed == stacks {
        plural(stacks, "stack")
    } else {
        format!("{changed} of {}", plural(stacks, "stack"))
    };
    format!("{verdict}: {} in {of}", counted(review.counts()))
}

/// `2 to add, 1 to change`.
pub(crate) fn counted(counts: Counts) -> String {
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

/// What becomes of a stack.
pub(super) fn stack_change(change: StackChange) -> &'static str {
    match change {
        StackChange::Unchanged => "unchanged",
        StackChange::Create => "created",
        StackChange::Update => "changed",
        StackChange::Delete => "deleted",
    }
}

/// The path of the stack, and its name where that is another.
pub(super) fn stack_name(stack: &StackReview) -> String {
    if stack.path == stack.stack {
        stack.path.clone()
    } else {
        format!("{} ({})", stack.path, stack.stack)
    }
}

/// The construct below its stack, without what every resource is called.
pub(super) fn below<'r>(stack: &StackReview, change: &'r ResourceChange) -> &'r str {
    below_path(stack, change.resource.shown())
}

/// A path below that of its stack. A logical ID that begins like the stack is no path below it.
fn below_path<'r>(stack: &StackReview, shown: &'r str) -> &'r str {
    let below = shown.strip_prefix(stack.path.as_str());
    below
        .and_then(|below| below.strip_prefix('/'))
        .filter(|below| !below.is_empty())
        .unwrap_or(shown)
}

/// `file:line` of a place; the column helps nobody who reads.
pub(super) fn place(source: &str) -> &str {
    let parts = source.bytes().filter(|byte| *byte == b':').count();
    if parts < 2 {
        return source;
    }
    source.rsplit_once(':').map_or(source, |(place, _)| place)
}

/// What there is to read before approving.
pub(super) fn notes(review: &Review) -> impl Iterator<Item = &Note> {
    review.stacks.iter().flat_map(|stack| &stack.notes)
}

/// Who says it, where that is not the deployer itself.
pub(super) fn said_by(note: &Note) -> &'static str {
    match note.source {
        NoteSource::Validation => "validation: ",
        NoteSource::Hook => "hook: ",
        NoteSource::Drift => "drift: ",
        _ => "",
    }
}

/// What it is about: the construct, and the property where it is one.
pub(super) fn about(note: &Note) -> Option<String> {
    let shown = note.resource.as_ref()?.shown();
    Some(match &note.property {
        Some(path) => format!("{shown} {}", property(path)),
        None => shown.to_owned(),
    })
}

/// Everything about security that goes one way.
pub(super) fn security(
    review: &Review,
    direction: Direction,
) -> impl Iterator<Item = &SecurityChange> {
    let all = review.stacks.iter().flat_map(|stack| &stack.security);
    all.filter(move |change| change.direction == direction)
}

/// The path of a property without the word that nearly all begin with.
pub(super) fn property(path: &str) -> &str {
    path.strip_prefix("Properties.").unwrap_or(path)
}

/// What causes a change, with a resource of the stack by its construct: `Database.Endpoint.Address`.
pub(super) fn caused(stack: Option<&StackReview>, cause: &str) -> String {
    let id = cause.split('.').next().unwrap_or(cause);
    let found = stack.and_then(|stack| {
        let mut resources = stack.resources.iter();
        let change = resources.find(|change| change.resource.logical_id == id)?;
        Some(below(stack, change))
    });
    match found {
        Some(path) => format!("{path}{}", &cause[id.len()..]),
        None => cause.to_owned(),
    }
}

/// What to write to keep a resource that looks like one that is removed: the construct that has another name now,
/// and the path that it had.
pub(super) fn declaration<'r>(
    stack: &StackReview,
    change: &'r ResourceChange,
    former: &'r str,
) -> (&'r str, &'r str) {
    // The whole path, as the former one is: both lose what is the same at their ends.
    let resource = &change.resource;
    let path = resource.construct_path.as_ref();
    let path = path.unwrap_or(&resource.logical_id);
    let now = below_path(stack, path);
    let (mut new, mut old) = (now, former);
    // What is the same below both moves along with them.
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
