//! Builds the review page: the whole content of a review, in order and in words. [`Page::new`] masks secrets; writers only give the page a form.

mod foot;
mod left;
mod lists;
mod opened;
mod stacks;
mod stops;
mod text;

use infra_template::ResourceName;
use infra_template::review::{ResourceChange, Review, StackChange};

use super::lines::Line;
use super::mask::mask_review;
use super::words::{build_headline, change_sign, explain_signs, strip_column};

pub(super) use text::{Span, Text};

/// The amount of detail about resources that are created.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Detail {
    /// Name, type and place of each resource.
    Brief,
    /// All properties in addition.
    Full,
}

/// The content of a review, in reading order.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) headline: String,
    pub(super) sections: Vec<Section>,
    /// Explanation of the signs in use.
    pub(super) legend: Option<Text>,
    /// Expected duration, and everything that was not checked.
    pub(super) foot: Vec<Text>,
    /// Change sets, and the other side of a comparison of templates.
    pub(super) basis: Vec<Text>,
}

impl Page {
    /// Builds the page of a review, with secrets masked. Sections are ordered by importance, followed by one for each stack.
    pub(super) fn new(review: &Review, detail: Detail) -> Self {
        let review = &mask_review(review);
        let mut sections = Vec::new();
        sections.extend(lists::fatal_note_section(review));
        sections.extend(stops::data_loss_section(review));
        sections.extend(opened::exposure_section(review));
        sections.extend(opened::opened_section(review));
        sections.extend(stops::kept_data_section(review));
        sections.extend(stops::interruption_section(review));
        sections.extend(lists::finding_section(review));
        sections.extend(stops::replacement_section(review));
        sections.extend(lists::broadening_section(review));
        sections.extend(lists::drift_section(review));
        sections.extend(lists::remark_section(review));
        sections.extend(review.left.iter().flat_map(Section::from_left_stacks));
        sections.extend(lists::migration_section(review));
        sections.extend(lists::narrowing_section(review));
        let shown = review
            .stacks
            .iter()
            .filter(|stack| stack.change != StackChange::Unchanged || !stack.resources.is_empty());
        sections.extend(shown.map(|stack| stacks::stack_section(stack, detail)));
        Self {
            headline: build_headline(review),
            sections,
            legend: explain_signs(review).map(|signs| Text::new().plain(signs)),
            foot: foot::footer_lines(review),
            basis: foot::basis_lines(review),
        }
    }
}

/// A titled part of the page.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) kind: Kind,
    pub(super) title: String,
    pub(super) rows: Vec<Row>,
    /// Changed entries of a stack's template outside of `Resources`.
    pub(super) entries: Vec<Property>,
}

impl Section {
    /// Creates a section of rows; `None` without rows.
    fn from_rows(kind: Kind, title: impl Into<String>, rows: Vec<Row>) -> Option<Self> {
        (!rows.is_empty()).then(|| Self {
            kind,
            title: title.into(),
            rows,
            entries: Vec::new(),
        })
    }
}

/// The importance of a section, which decides its form.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// Data loss, or a deployment that would fail.
    Alarm,
    /// A change to decide about before approving.
    Warning,
    /// Information on the change.
    Plain,
    /// Optional information, which Markdown folds.
    Aside,
    /// A stack with its resources.
    Stack,
}

/// The importance of a row. Colour alone never conveys it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Tone {
    /// Data loss, public access, or failure.
    Alarm,
    /// A removed or replaced resource.
    Bad,
    /// A changed resource, or a note.
    Warning,
    /// A created resource, or access that becomes less open.
    Good,
}

/// One entry of a section.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) tone: Tone,
    /// Sign for the kind of change, such as `-/+`; empty for a row of words.
    pub(super) sign: &'static str,
    pub(super) head: Head,
    pub(super) details: Vec<Text>,
    /// Changed properties of the resource.
    pub(super) properties: Vec<Property>,
}

/// The subject of a row.
#[derive(Debug)]
pub(super) enum Head {
    /// A resource with the place of its construct in the program.
    Resource {
        name: String,
        type_name: String,
        place: String,
    },
    /// Text about anything other than one resource.
    Words(Text),
}

impl Row {
    fn new(tone: Tone, sign: &'static str, head: Head) -> Self {
        Self {
            tone,
            sign,
            head,
            details: Vec::new(),
            properties: Vec::new(),
        }
    }

    fn with_detail(mut self, text: Text) -> Self {
        self.details.push(text);
        self
    }
}

impl Head {
    fn with_name(name: &str, resource: &ResourceName) -> Self {
        Self::Resource {
            name: name.to_owned(),
            type_name: resource.type_name.clone(),
            place: strip_column(resource.source.as_deref().unwrap_or_default()).to_owned(),
        }
    }

    /// Creates the subject for a resource, named by its full construct path.
    fn from_resource(resource: &ResourceName) -> Self {
        Self::with_name(resource.display_name(), resource)
    }
}

/// A changed property of a resource, or a changed entry of another section of the template.
#[derive(Debug)]
pub(super) struct Property {
    pub(super) sign: &'static str,
    /// Path, followed by the value if that is short.
    pub(super) text: String,
    /// Consequence for the resource, as a comment: `  # replaces the resource`.
    pub(super) effect: String,
    /// Lines of a longer value.
    pub(super) lines: Vec<Line>,
}

fn change_tone(change: &ResourceChange) -> Tone {
    match change_sign(change) {
        "+" | "<" => Tone::Good,
        "-" | "-/+" => Tone::Bad,
        _ => Tone::Warning,
    }
}

fn changed_resources(review: &Review) -> impl Iterator<Item = &ResourceChange> {
    review.stacks.iter().flat_map(|stack| &stack.resources)
}
