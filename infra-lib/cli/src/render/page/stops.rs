//! Builds the sections on lost data, data that leaves its stack, interruptions that are not allowed, and replaced resources, each with its reasons.

use infra_template::review::{Blocker, PropertyChange, Replacement, ResourceChange, Review};

use super::super::words::{change_sign, describe_cause, replacement_effect, strip_properties};
use super::{Head, Kind, Row, Section, Text, Tone, change_tone, changed_resources};

/// Maximum number of reasons that are listed for one replacement.
const MOST_REASONS: usize = 3;

/// Lists resources whose data is deleted permanently, with the option that permits it.
pub(super) fn data_loss_section(review: &Review) -> Option<Section> {
    let lost = list_blockers(review)
        .filter(|stop| stop.data_loss)
        .map(|stop| {
            let approval = format!("--allow-data-loss {}", stop.resource.logical_id);
            let refusal = Text::new().prose("`deploy` requires ").code(approval);
            blocker_row(review, stop, Tone::Alarm).with_detail(refusal)
        });
    Section::from_rows(Kind::Alarm, "data would be lost", lost.collect())
}

/// Lists resources whose data is kept as a snapshot or outside of the stack.
pub(super) fn kept_data_section(review: &Review) -> Option<Section> {
    let kept = list_blockers(review).filter(|stop| !stop.data_loss && stop.is_about_data());
    let kept = kept.map(|stop| blocker_row(review, stop, Tone::Warning));
    Section::from_rows(Kind::Warning, "data leaves the stack", kept.collect())
}

/// Lists resources that are interrupted for longer than is allowed, with the limit, the page of AWS, and the option that permits it.
pub(super) fn interruption_section(review: &Review) -> Option<Section> {
    let rows = list_blockers(review).filter_map(|stop| {
        let excessive = stop.interruption.as_ref()?;
        let because = Text::join_texts(stop.because.iter().map(|why| format_reason(why)));
        let approval = format!("--allow-interruption {}", stop.resource.logical_id);
        let change = changed_resources(review).find(|change| change.resource == stop.resource);
        let head = Head::from_resource(&stop.resource);
        let mut row = Row::new(Tone::Alarm, change.map_or("~", change_sign), head)
            .with_detail(Text::new().prose(&stop.message))
            .with_detail(Text::new().plain("because of ").append_text(because))
            .with_detail(Text::new().prose(excessive.describe_limit()));
        if let Some(source) = &excessive.interruption.source {
            row = row.with_detail(Text::new().plain(source.clone()));
        }
        Some(row.with_detail(Text::new().prose("`deploy` requires ").code(approval)))
    });
    let title = "availability is not kept";
    Section::from_rows(Kind::Alarm, title, rows.collect())
}

/// Lists all other replaced resources: first those with a cause in their own properties, then the names of those that only refer to a changed
/// resource.
pub(super) fn replacement_section(review: &Review) -> Option<Section> {
    let stopped = |change: &ResourceChange| {
        list_blockers(review).any(|stop| {
            stop.is_about_data()
                && stop.resource.logical_id == change.resource.logical_id
                && stop.resource.stack == change.resource.stack
        })
    };
    let replaced =
        changed_resources(review).filter(|change| change.is_replaced() && !stopped(change));
    let (followers, first): (Vec<_>, Vec<_>) =
        replaced.partition(|change| is_caused_by_others(change));
    let mut rows: Vec<Row> = first
        .iter()
        .map(|change| {
            let row = Row::new(
                change_tone(change),
                change_sign(change),
                Head::from_resource(&change.resource),
            );
            row.with_detail(
                Text::new()
                    .plain("because of ")
                    .append_text(replacement_reasons(review, change)),
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
            .map(|change| change.resource.display_name().to_owned());
        let row = Row::new(Tone::Bad, "", Head::Words(Text::new().plain(lead)));
        rows.push(row.with_detail(Text::new().names(names.collect())));
    }
    Section::from_rows(Kind::Plain, "replaced", rows)
}

pub(super) fn list_blockers(review: &Review) -> impl Iterator<Item = &Blocker> {
    review.stacks.iter().flat_map(|stack| &stack.stops)
}

fn blocker_row(review: &Review, stop: &Blocker, tone: Tone) -> Row {
    let change = changed_resources(review).find(|change| change.resource == stop.resource);
    let because = match change {
        Some(change) if change.is_replaced() => Text::new()
            .plain("because of ")
            .append_text(replacement_reasons(review, change)),
        _ => Text::new().plain("because ").append_text(Text::join_texts(
            stop.because.iter().map(|why| format_reason(why)),
        )),
    };
    let sign = change.map_or("-", change_sign);
    Row::new(tone, sign, Head::from_resource(&stop.resource))
        .with_detail(Text::new().prose(&stop.message))
        .with_detail(because)
}

/// Returns true if a resource is replaced only because a resource that it refers to changes.
fn is_caused_by_others(change: &ResourceChange) -> bool {
    let mut replacing = replacing_properties(change).peekable();
    replacing.peek().is_some() && replacing.all(|property| property.caused_by.is_some())
}

fn replacing_properties(change: &ResourceChange) -> impl Iterator<Item = &PropertyChange> {
    let properties = change.properties.iter();
    properties.filter(|property| replacement_effect(change, property).is_some())
}

/// Lists the properties that cause a replacement, with their causes; further ones are counted.
fn replacement_reasons(review: &Review, change: &ResourceChange) -> Text {
    let mut stacks = review.stacks.iter();
    let stack = stacks.find(|stack| stack.stack == change.resource.stack);
    let mut reasons: Vec<Text> = replacing_properties(change)
        .map(|property| {
            let path = format_reason(&property.path);
            match &property.caused_by {
                Some(cause) => path
                    .plain(" (depends on ")
                    .code(describe_cause(stack, cause))
                    .plain(")"),
                None => path,
            }
        })
        .collect();
    if reasons.is_empty()
        && let Replacement::Yes { because } | Replacement::Maybe { because } = &change.replacement
    {
        reasons.extend(because.iter().map(|why| format_reason(why)));
    }
    let more = reasons.len().saturating_sub(MOST_REASONS);
    if more > 1 {
        reasons.truncate(MOST_REASONS);
        return Text::join_texts(reasons).plain(format!(" and {more} more"));
    }
    Text::join_texts(reasons)
}

/// Formats a property path as code, and a reason with spaces as words.
fn format_reason(reason: &str) -> Text {
    let reason = strip_properties(reason);
    if reason.contains(' ') {
        Text::new().plain(reason)
    } else {
        Text::new().code(reason)
    }
}
