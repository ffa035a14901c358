//! `/api/search`: full-text search over the notes of a user.

use poem_openapi::param::Query;
use poem_openapi::{Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::model::{Color, Note, Place};
use super::notes::default_limit;
use super::shown::{Fields, Form};
use crate::budget::{Budget, Stopped};
use crate::content::extract::build_extract;
use crate::content::text;
use crate::domain::{cursor, note};
use crate::error::Error;
use crate::http::caller::Caller;
use crate::http::cursor::Cursor;
use crate::http::payload::Out;
use crate::http::problem::{CALLER, INPUT, Problems};
use crate::store::search::SearchQuery;

pub(crate) struct Search;

/// Budget of a search in MiB: it holds its database connection longer than a page of notes does, and SQLite has four connections.
const PAGE_MIB: u32 = 2;

/// A part of a snippet, either matched text or the text around it.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct Piece {
    /// Text of the part, without Markdown.
    text: String,
    /// `true` if the text matches the query.
    found: bool,
}

/// A note that matches a query, with a snippet.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct Hit {
    /// The note that matches the query.
    note: Note,
    /// Short extract of the text around the first match, or its beginning if only the title matches, in parts; concatenate them without separators.
    snippet: Vec<Piece>,
}

/// A page of notes that match a query.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct Hits {
    /// Matching notes, the best matches first; if more than 5,000 notes match, the newest notes first.
    items: Vec<Hit>,
    /// Value of `cursor` for the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

#[OpenApi(tag = "Tag::Notes")]
impl Search {
    /// Search notes
    ///
    /// Finds notes that contain all words of the query in their title or text. Words in quotation marks must follow each other, and the last word may
    /// be the beginning of a word. Accents and case are ignored; vowel signs are not. Whole words rank before longer ones, and matches in the title
    /// before matches in the text. Targets of links and emoji can be found too. Queries that contain punctuation only find nothing, and words after
    /// the 16th are ignored.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is a parameter of the address"
    )]
    #[oai(path = "/search", method = "get", operation_id = "searchNotes")]
    async fn search_notes(
        &self,
        caller: Caller,
        /// Words to search for, at most 200 characters.
        #[oai(validator(max_length = 200))]
        q: Query<String>,
        /// Place to search; by default the board and the archive, but not the trash.
        place: Query<Option<Place>>,
        /// Identifier of a label. Repeat the parameter, up to 20 times, for notes with at least one of several labels.
        #[oai(name = "labelId", validator(max_items = 20))]
        label_id: Query<Vec<Uuid>>,
        /// `true` for pinned notes only, `false` for unpinned notes only.
        pinned: Query<Option<bool>>,
        /// Colour of the notes to return; all colours by default.
        color: Query<Option<Color>>,
        /// `true` for notes with a reminder only, `false` for notes without one.
        #[oai(name = "hasReminder")]
        has_reminder: Query<Option<bool>>,
        /// Value of `nextCursor` on the previous page; omit it for the first page.
        #[oai(validator(max_length = 1200))]
        cursor: Query<Option<Cursor>>,
        /// Maximum number of notes on a page, 1 to 100, 20 by default. A page has fewer notes if their texts exceed 1 MiB together.
        #[oai(
            default = "default_limit",
            validator(minimum(value = "1"), maximum(value = "100"))
        )]
        limit: Query<u16>,
        /// Amount of text of each note; the whole text by default.
        fields: Query<Option<Fields>>,
    ) -> Result<Out<Hits>, Problems<{ CALLER | INPUT }>> {
        if q.0.contains('\0') {
            return Err(Error::invalid("q", "nul", "contains the character U+0000").into());
        }
        let query = SearchQuery {
            query: text::Query::parse(&q.0),
            place: place.0.map(Into::into),
            labels: label_id.0,
            pinned: pinned.0,
            color: color.0.map(Into::into),
            reminds: has_reminder.0,
            limit: limit.0,
            after: cursor.0.as_ref().map(Cursor::decode_key).transpose()?,
        };
        let budget = &caller.app.budget;
        let form = Form {
            fields: fields.0.unwrap_or_default(),
            ..Form::default()
        };
        let _turn = budget.wait_for_page(PAGE_MIB).await?;
        let page = caller.store().search_notes(caller.owner(), &query).await?;
        Ok(Out(Hits {
            items: build_hits(budget, page.notes, query.query, form).await?,
            next_cursor: page.next.as_ref().map(cursor::encode_key).transpose()?,
        }))
    }
}

/// Adds a snippet to each note. The work stops at the next note once the client has disconnected.
async fn build_hits(
    budget: &Budget,
    notes: Vec<note::Note>,
    query: text::Query,
    form: Form,
) -> Result<Vec<Hit>, Error> {
    let bytes: usize = notes.iter().map(|note| note.content.len()).sum();
    budget
        .work_on(bytes, move |stop| {
            let hit = |note: note::Note| {
                stop.check_stopped()?;
                let pieces = build_extract(&note.content, &query);
                let pieces = pieces.into_iter().map(|piece| Piece {
                    text: piece.text,
                    found: piece.is_match,
                });
                Ok::<_, Stopped>(Hit {
                    snippet: pieces.collect(),
                    note: form.convert_note(note),
                })
            };
            notes.into_iter().map(hit).collect()
        })
        .await
}
