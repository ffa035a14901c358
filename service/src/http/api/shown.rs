//! Converts stored notes into the JSON of the API. Long texts are converted on worker threads instead of the threads that answer requests.

use poem_openapi::Enum;

use super::model::Note;
use crate::budget::{Budget, Stopped};
use crate::content::excerpt::cut_excerpt;
use crate::content::html;
use crate::domain::note;
use crate::error::Error;
use crate::store::PAGE_BYTES;

/// Bytes of HTML after which a page ends: rendering a checklist can produce eight times the bytes of its Markdown.
const HTML_BYTES: usize = 2 * PAGE_BYTES;

/// Optional addition to each returned note: `html` adds the text as HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "lowercase")]
pub(super) enum Include {
    /// The text of the note as HTML.
    Html,
}

/// Amount of text that a list returns of each note: `full` for all of it (the default), `board` for the beginning, at most 1,000 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Enum)]
#[oai(rename_all = "lowercase")]
pub(super) enum Fields {
    /// The whole text of each note.
    #[default]
    Full,
    /// The beginning of the text, enough for a card on a board.
    Board,
}

/// Parameters that decide which parts of a note a response contains.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Form {
    /// Addition to each note, if the request asks for one.
    pub(super) include: Option<Include>,
    /// Amount of text that each note contains.
    pub(super) fields: Fields,
}

impl Form {
    /// Converts a note into this form. The progress of the checklist always counts the items of the whole text.
    pub(super) fn convert_note(self, note: note::Note) -> Note {
        let mut note = Note::from(note);
        if self.fields == Fields::Board
            && let Some(beginning) = cut_excerpt(&note.content)
        {
            note.content = beginning.to_owned();
            note.shortened = Some(true);
        }
        if self.include == Some(Include::Html) {
            note.html = Some(html::render_html(&note.content));
        }
        note
    }
}

/// Converts notes in order: all of them, or the first ones until their HTML exceeds [`HTML_BYTES`]. The work stops at the next note once the client
/// has disconnected.
pub(super) async fn convert_notes(
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
                stop.check_stopped()?;
                if written >= HTML_BYTES {
                    break;
                }
                let note = form.convert_note(note);
                written += note.html.as_ref().map_or(0, String::len);
                shown.push(note);
            }
            Ok::<_, Stopped>(shown)
        })
        .await
}

/// Converts one note with its whole text.
pub(super) async fn convert_single_note(
    budget: &Budget,
    note: note::Note,
    include: Option<Include>,
) -> Result<Note, Error> {
    let form = Form {
        include,
        ..Form::default()
    };
    let shown = convert_notes(budget, vec![note], form).await?;
    let note = shown.into_iter().next();
    note.ok_or_else(|| Error::internal("a note that is shown is there"))
}
