//! Notes as they are shown, made off the threads that answer requests where their texts are long.

use poem_openapi::Enum;

use super::model::Note;
use crate::budget::{Budget, Stopped};
use crate::content::excerpt::excerpt;
use crate::content::html;
use crate::domain::note;
use crate::error::Error;
use crate::store::PAGE_BYTES;

/// Bytes of HTML after which a page ends: that of a checklist has eight times those of its Markdown.
const HTML_BYTES: usize = 2 * PAGE_BYTES;

/// The additions that a note is shown with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "lowercase")]
pub(super) enum Include {
    /// Its text as HTML.
    Html,
}

/// The amount of each note that a list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Enum)]
#[oai(rename_all = "lowercase")]
pub(super) enum Fields {
    /// Its whole text.
    #[default]
    Full,
    /// The beginning of its text, as much as a board shows.
    Board,
}

/// The form in which notes are shown.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Form {
    /// What each note has besides.
    pub(super) include: Option<Include>,
    /// How much of its text each note has.
    pub(super) fields: Fields,
}

impl Form {
    /// The note in this form. How far its checklist is, is said of the whole text.
    pub(super) fn of(self, note: note::Note) -> Note {
        let mut note = Note::from(note);
        if self.fields == Fields::Board
            && let Some(beginning) = excerpt(&note.content)
        {
            note.content = beginning.to_owned();
            note.shortened = Some(true);
        }
        if self.include == Some(Include::Html) {
            note.html = Some(html::render(&note.content));
        }
        note
    }
}

/// Notes as they are shown: all, or the first ones until their HTML is a page. A client that does not wait any more ends the work at its next
/// note.
pub(super) async fn shown(
    budget: &Budget,
    notes: Vec<note::Note>,
    form: Form,
) -> Result<Vec<Note>, Error> {
    let bytes: usize = notes.iter().map(|note| note.content.len()).sum();
    budget
        .work_on(bytes, move |stop| {
            let mut shown = Vec::with_capacity(notes.len());
            let mut written = 0;
            for note in notes {
                stop.check()?;
                if written >= HTML_BYTES {
                    break;
                }
                let note = form.of(note);
                written += note.html.as_ref().map_or(0, String::len);
                shown.push(note);
            }
            Ok::<_, Stopped>(shown)
        })
        .await
}

/// One note as it is shown.
pub(super) async fn shown_alone(
    budget: &Budget,
    note: note::Note,
    include: Option<Include>,
) -> Result<Note, Error> {
    let form = Form {
        include,
        ..Form::default()
    };
    let shown = shown(budget, vec![note], form).await?;
    let note = shown.into_iter().next();
    note.ok_or_else(|| Error::internal("a note that is shown is there"))
}
