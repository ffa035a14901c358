//! Builds the sections with notes, drift, permissions and networks, and migrations.

use infra_template::review::{Direction, Note, Review, Step};

use super::super::words::{
    NO_STEP, change_sign, effect_verb, list_notes, note_subject, security_changes, source_prefix,
    strip_column, strip_properties,
};
use super::{Head, Kind, Row, Section, Text, Tone, changed_resources};

/// Maximum number of listed changes that make something less open; they need no decision.
const MOST_NARROWING: usize = 12;

/// Title of the first section with notes that do not make the deployment fail.
const TO_READ: &str = "to read before approving";

/// Lists the notes on problems that would make the execution fail.
pub(super) fn fatal_note_section(review: &Review) -> Option<Section> {
    let rows = list_notes(review).filter(|note| note.fatal).map(note_row);
    Section::from_rows(Kind::Alarm, "would fail", rows.collect())
}

/// Lists the notes with a code, which `explain` describes.
pub(super) fn finding_section(review: &Review) -> Option<Section> {
    let rows = list_notes(review)
        .filter(|note| is_finding(note))
        .map(note_row);
    Section::from_rows(Kind::Warning, TO_READ, rows.collect())
}

/// Lists the notes that have no code and are not fatal.
pub(super) fn remark_section(review: &Review) -> Option<Section> {
    let rows = list_notes(review).filter(|note| !note.fatal && note.code.is_none());
    let title = if list_notes(review).any(is_finding) {
        "also to read"
    } else {
        TO_READ
    };
    Section::from_rows(Kind::Plain, title, rows.map(note_row).collect())
}

fn is_finding(note: &Note) -> bool {
    !note.fatal && note.code.is_some()
}

fn note_row(note: &Note) -> Row {
    let (tone, word) = if note.fatal {
        (Tone::Alarm, "error")
    } else {
        (Tone::Warning, "note")
    };
    let code = note.code.as_ref().map(|code| format!("[{code}]"));
    let label = format!("{word}{}:", code.unwrap_or_default());
    let mut text = Text::new()
        .strong(label)
        .plain(" ")
        .plain(source_prefix(note));
    if let Some(about) = note_subject(note) {
        text = text.code(about).plain(": ");
    }
    Row::new(tone, "", Head::Words(text.prose(&note.message)))
}

/// Lists changes made outside of CloudFormation, which the deployment overwrites.
pub(super) fn drift_section(review: &Review) -> Option<Section> {
    let value = |value: &Option<String>| match value {
        Some(value) => Text::new().code(value),
        None => Text::new().plain("nothing"),
    };
    let rows = changed_resources(review).filter_map(|change| {
        let head = Head::from_resource(&change.resource);
        let mut row = Row::new(Tone::Warning, change_sign(change), head);
        for changed in &change.properties {
            if let Some(drift) = &changed.drift {
                let text = Text::new()
                    .code(strip_properties(&changed.path))
                    .plain(": is ");
                let text = text
                    .append_text(value(&drift.actual))
                    .plain(", was deployed as ");
                row = row.with_detail(text.append_text(value(&drift.previous)));
            }
        }
        (!row.details.is_empty()).then_some(row)
    });
    let title = "changed outside CloudFormation; will be overwritten";
    Section::from_rows(Kind::Warning, title, rows.collect())
}

/// Lists permissions and networks that become more open, each with its resource.
pub(super) fn broadening_section(review: &Review) -> Option<Section> {
    let rows = security_changes(review, Direction::Broadening).map(|change| {
        let (tone, sign, text) = if change.public {
            (Tone::Alarm, "!", Text::new().strong("public:").plain(" "))
        } else {
            (Tone::Warning, "+", Text::new())
        };
        let text = text.plain(&change.summary);
        let mut origin = Text::new().code(change.resource.display_name());
        if let Some(source) = &change.resource.source {
            origin = origin.plain(", ").code(strip_column(source));
        }
        Row::new(tone, sign, Head::Words(text)).with_detail(origin)
    });
    Section::from_rows(Kind::Warning, "broader access", rows.collect())
}

/// Lists permissions and networks that become less open, up to a maximum.
pub(super) fn narrowing_section(review: &Review) -> Option<Section> {
    let row = |text: String| Row::new(Tone::Good, "-", Head::Words(Text::new().plain(text)));
    let less = || security_changes(review, Direction::Narrowing);
    let count = less().count();
    let shown = less()
        .take(MOST_NARROWING)
        .map(|change| change.summary.clone());
    let more = count.saturating_sub(MOST_NARROWING);
    let more = (more > 0).then(|| format!("and {more} more"));
    let rows = shown.chain(more).map(row).collect();
    Section::from_rows(Kind::Aside, format!("narrower access: {count}"), rows)
}

/// Lists the migrations that run between stacks, with their steps.
pub(super) fn migration_section(review: &Review) -> Option<Section> {
    let rows = super::super::words::list_migrations(review).map(|run| {
        let contracts = run.steps.iter().any(Step::is_contracting);
        let tone = if contracts {
            Tone::Alarm
        } else {
            Tone::Warning
        };
        let mut row = Row::new(tone, "run", Head::from_resource(&run.resource));
        for step in &run.steps {
            let text = Text::new().plain("step ").code(&step.name).plain(" ");
            row = row.with_detail(if step.is_contracting() {
                text.strong(effect_verb(step))
            } else {
                text.plain(effect_verb(step))
            });
        }
        if run.steps.is_empty() {
            row = row.with_detail(Text::new().plain(NO_STEP));
        }
        row
    });
    let title = "migrations, before anything that depends on them";
    Section::from_rows(Kind::Plain, title, rows.collect())
}
