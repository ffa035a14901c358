//! The review page: everything that is shown of a review, in order and in words. Made once, and masked; the writers
//! beside it give it a form and decide nothing else.

mod foot;
mod left;
mod lists;
mod stacks;
mod stops;
mod text;

use infra_template::ResourceName;
use infra_template::review::{ResourceChange, Review, StackChange};

use super::lines::Line;
use super::mask::masked;
use super::words::{headline, legend, place, symbol};

pub(super) use text::{Span, Text};

/// Amount of detail about resources that are created.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Detail {
    /// Name, type and place.
    Brief,
    /// All properties as well.
    Full,
}

/// A review as it is read, from top to bottom.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) headline: String,
    pub(super) sections: Vec<Section>,
    /// Meaning of the signs.
    pub(super) legend: Option<Text>,
    /// Duration, and what was not checked.
    pub(super) foot: Vec<Text>,
    /// The basis of the review.
    pub(super) basis: Vec<Text>,
}

impl Page {
    /// The page of a review, without secrets: what weighs most comes first, the single stacks last.
    pub(super) fn new(review: &Review, detail: Detail) -> Self {
        let review = &masked(review);
        let mut sections = Vec::new();
        sections.extend(lists::fatal_notes(review));
        sections.extend(stops::data_loss(review));
        sections.extend(stops::data_kept(review));
        sections.extend(lists::findings(review));
        sections.extend(stops::replaced(review));
        sections.extend(lists::more_open(review));
        sections.extend(lists::drift(review));
        sections.extend(lists::remarks(review));
        sections.extend(review.left.iter().flat_map(Section::of_left));
        sections.extend(lists::migrations(review));
        sections.extend(lists::less_open(review));
        let shown = review
            .stacks
            .iter()
            .filter(|stack| stack.change != StackChange::Unchanged || !stack.resources.is_empty());
        sections.extend(shown.map(|stack| stacks::section(stack, detail)));
        Self {
            headline: headline(review),
            sections,
            legend: legend(review).map(|signs| Text::new().plain(signs)),
            foot: foot::lines(review),
            basis: foot::basis(review),
        }
    }
}

/// A part of the page under a title.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) kind: Kind,
    pub(super) title: String,
    pub(super) rows: Vec<Row>,
    /// Changed entries of a stack's template that are no resources.
    pub(super) entries: Vec<Property>,
}

impl Section {
    /// A section of rows, unless there are none.
    fn list(kind: Kind, title: impl Into<String>, rows: Vec<Row>) -> Option<Self> {
        (!rows.is_empty()).then(|| Self {
            kind,
            title: title.into(),
            rows,
            entries: Vec::new(),
        })
    }
}

/// Weight of a section, which decides its form.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// Data loss, or a deployment that would fail.
    Alarm,
    /// Something to decide about before approving.
    Warning,
    /// Information on the change.
    Plain,
    /// Information that nobody has to read.
    Aside,
    /// A stack with its resources.
    Stack,
}

/// Weight of a row, never said by colour alone.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Tone {
    /// Data loss, public access, failure.
    Alarm,
    /// Removed or replaced.
    Bad,
    /// Changed.
    Warning,
    /// Created, or closed.
    Good,
}

/// An entry of a section.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) tone: Tone,
    /// Kind of a change, `-/+` for example; a bullet before words.
    pub(super) sign: &'static str,
    pub(super) head: Head,
    pub(super) details: Vec<Text>,
    /// Changed properties of a resource.
    pub(super) properties: Vec<Property>,
}

/// Subject of a row.
#[derive(Debug)]
pub(super) enum Head {
    /// A resource with the place of its construct in the program.
    Resource {
        name: String,
        type_name: String,
        place: String,
    },
    /// Words.
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

    fn detail(mut self, text: Text) -> Self {
        self.details.push(text);
        self
    }
}

impl Head {
    fn resource(name: &str, resource: &ResourceName) -> Self {
        Self::Resource {
            name: name.to_owned(),
            type_name: resource.type_name.clone(),
            place: place(resource.source.as_deref().unwrap_or_default()).to_owned(),
        }
    }

    /// A resource by its whole path.
    fn of(resource: &ResourceName) -> Self {
        Self::resource(resource.shown(), resource)
    }
}

/// A changed property of a resource, or a changed entry of another section of the template.
#[derive(Debug)]
pub(super) struct Property {
    pub(super) sign: &'static str,
    /// Path, and the value where that is short.
    pub(super) text: String,
    /// Consequence for the resource: `  # replaces the resource`.
    pub(super) effect: String,
    /// A longer value.
    pub(super) lines: Vec<Line>,
}

fn tone(change: &ResourceChange) -> Tone {
    match symbol(change) {
        "+" | "<" => Tone::Good,
        "-" | "-/+" => Tone::Bad,
        _ => Tone::Warning,
    }
}

fn resources(review: &Review) -> impl Iterator<Item = &ResourceChange> {
    review.stacks.iter().flat_map(|stack| &stack.resources)
}
