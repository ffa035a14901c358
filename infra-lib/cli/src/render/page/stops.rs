//! Builds the sections on lost data, data that leaves its stack, and replaced resources, each with its reasons.

use infra_template::review::{PropertyChange, Replacement, ResourceChange, Review, Stop};

use super::super::words::{caused, consequence, property, symbol};
use super::{Head, Kind, Row, Section, Text, Tone, resources, tone};

/// Maximum number of reasons that are listed for one replacement.
const MOST_REASONS: usize = 3;

/// Lists resources whose data is deleted permanently, with the option that permits it.
pub(super) fn data_loss(review: &Review) -> Option<Section> {
    let lost = stops(review).filter(|stop| stop.data_loss).map(|stop| {
        let approval = format!("--allow-data-loss {}", stop.resource.logical_id);
        let refusal = Text::new()
            .prose("`deploy` requires ")
            .code(approval);
        row(review, stop, Tone::Alarm).detail(refusal)
    });
    Section::list(Kind::Alarm, "data would be lost", lost.collect())
}

/// Lists resources whose data is kept as a snapshot or outside of the stack.
pub(super) fn data_kept(review: &Review) -> Option<Section> {
    let kept = stops(review).filter(|stop| !stop.data_loss);
    let kept = kept.map(|stop| row(review, stop, Tone::Warning));
    Section::list(Kind::Warning, "data leaves the stack", kept.collect())
}

/// Lists all other replaced resources: first those with a cause in their own properties, then the names of those that only refer to a changed
/// resource.
pub(super) fn replaced(review: &Review) -> Option<Section> {
    let stopped = |change: &ResourceChange| {
        stops(review).any(|stop| {
            stop.resource.logical_id == change.resource.logical_id
                && stop.resource.stack == change.resource.stack
        })
    };
    let replaced = resources(review).filter(|change| change.replaces() && !stopped(change));
    let (followers, first): (Vec<_>, Vec<_>) = replaced.partition(|change| follows(change));
    let mut rows: Vec<Row> = first
        .iter()
        .map(|change| {
            let row = Row::new(tone(change), symbol(change), Head::of(&change.resource));
            row.detail(
                Text::new()
                    .plain("because of ")
                    .then(reasons(review, change)),
            )
        })
        .collect();
    if !followers.is_empty() {
        let lead = if first.is_empty() {
            "resources that refer to changed resources"
        } else {
            "and resources that refer to them"
        };
        let names = followers
            .iter()
            .map(|change| change.resource.shown().to_owned());
        let row = Row::new(Tone::Bad, "", Head::Words(Text::new().plain(lead)));
        rows.push(row.detail(Text::new().names(names.collect())));
    }
    Section::list(Kind::Plain, "replaced", rows)
}

fn stops(review: &Review) -> impl Iterator<Item = &Stop> {
    review.stacks.iter().flat_map(|stack| &stack.stops)
}

fn row(review: &Review, stop: &Stop, tone: Tone) -> Row {
    let change = resources(review).find(|change| change.resource == stop.resource);
    let because = match change {
        Some(change) if change.replaces() => Text::new()
            .plain("because of ")
            .then(reasons(review, change)),
        _ => Text::new()
            .plain("because ")
            .then(Text::list(stop.because.iter().map(|why| named(why)))),
    };
    let sign = change.map_or("-", symbol);
    Row::new(tone, sign, Head::of(&stop.resource))
        .detail(Text::new().prose(&stop.message))
        .detail(because)
}

/// Returns true if a resource is replaced only because a resource that it refers to changes.
fn follows(change: &ResourceChange) -> bool {
    let mut replacing = replacing(change).peekable();
    replacing.peek().is_some() && replacing.all(|property| property.caused_by.is_some())
}

fn replacing(change: &ResourceChange) -> impl Iterator<Item = &PropertyChange> {
    let properties = change.properties.iter();
    properties.filter(|property| consequence(change, property).is_some())
}

/// Lists the properties that cause a replacement, with their causes; further ones are counted.
fn reasons(review: &Review, change: &ResourceChange) -> Text {
    let mut stacks = review.stacks.iter();
    let stack = stacks.find(|stack| stack.stack == change.resource.stack);
    let mut reasons: Vec<Text> = replacing(change)
        .map(|property| {
            let path = named(&property.path);
            match &property.caused_by {
                Some(cause) => path
                    .plain(" (depends on ")
                    .code(caused(stack, cause))
                    .plain(")"),
                None => path,
            }
        })
        .collect();
    if reasons.is_empty()
        && let Replacement::Yes { because } | Replacement::Maybe { because } = &change.replacement
    {
        reasons.extend(because.iter().map(|why| named(why)));
    }
    let more = reasons.len().saturating_sub(MOST_REASONS);
    if more > 1 {
        reasons.truncate(MOST_REASONS);
        return Text::list(reasons).plain(format!(" and {more} more"));
    }
    Text::list(reasons)
}

/// Formats a property path as code, and a reason with spaces as words.
fn named(reason: &str) -> Text {
    let reason = property(reason);
    if reason.contains(' ') {
        Text::new().plain(reason)
    } else {
        Text::new().code(reason)
    }
}
