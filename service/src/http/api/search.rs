//! `/api/search`: notes by what they say.

use poem_openapi::param::Query;
use poem_openapi::{Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::model::{Color, Note, Place};
use super::notes::default_limit;
use super::shown::{Fields, Form};
use crate::budget::{Budget, Stopped};
use crate::content::extract::extract;
use crate::content::text;
use crate::domain::{cursor, note};
use crate::error::Error;
use crate::http::caller::Caller;
use crate::http::cursor::Cursor;
use crate::http::payload::Out;
use crate::http::problem::{CALLER, INPUT, Problems};
use crate::store::search::SearchQuery;

pub(crate) struct Search;

/// MiB that a search counts as: it holds its connection longer than a page does, and SQLite has four of them.
const PAGE_MIB: u32 = 2;

/// A piece of an extract.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct Piece {
    /// The text.
    text: String,
    /// True for text that was searched for.
    found: bool,
}

/// A note that was found.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct Hit {
    /// The note.
    note: Note,
    /// A short extract of its text around what was found; the pieces follow each other without a space.
    snippet: Vec<Piece>,
}

/// A page of notes that were found.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct Hits {
    /// The best first; with more than 5,000 the latest.
    items: Vec<Hit>,
    /// What `cursor` must be for the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

#[OpenApi(tag = "Tag::Notes")]
impl Search {
    /// Search notes
    ///
    /// All words must be there, in the title or the text; "words in quotation marks" one after the other. Of the last word the beginning is enough.
    /// Accents and case do not count, vowel signs do. Whole words come before longer ones, and a title counts more than the text. Targets of links
    /// and emoji are found too. Searches of nothing but signs find nothing.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is a parameter of the address"
    )]
    #[oai(path = "/search", method = "get", operation_id = "searchNotes")]
    async fn search(
        &self,
        caller: Caller,
        /// What is searched for.
        #[oai(validator(max_length = 200))]
        q: Query<String>,
        /// In this place only; else everywhere but in the trash.
        place: Query<Option<Place>>,
        /// Only notes with any of these labels; may be repeated.
        #[oai(name = "labelId", validator(max_items = 20))]
        label_id: Query<Vec<Uuid>>,
        /// Only those that are pinned, or those that are not.
        pinned: Query<Option<bool>>,
        /// Only those of this colour.
        color: Query<Option<Color>>,
        /// Only those that remind, or those that do not.
        #[oai(name = "hasReminder")]
        has_reminder: Query<Option<bool>>,
        /// `nextCursor` of the page before.
        #[oai(validator(max_length = 1200))]
        cursor: Query<Option<Cursor>>,
        /// How many at most; fewer, and a cursor, where their texts are longer than 1 MiB together.
        #[oai(
            default = "default_limit",
            validator(minimum(value = "1"), maximum(value = "100"))
        )]
        limit: Query<u16>,
        /// How much of each note; its whole text if nothing is said.
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
            after: cursor.0.as_ref().map(Cursor::key).transpose()?,
        };
        let budget = &caller.app.budget;
        let form = Form {
            fields: fields.0.unwrap_or_default(),
            ..Form::default()
        };
        let _turn = budget.page(PAGE_MIB).await?;
        let page = caller.store().search(caller.owner(), &query).await?;
        Ok(Out(Hits {
            items: hits(budget, page.notes, query.query, form).await?,
            next_cursor: page.next.as_ref().map(cursor::encode).transpose()?,
        }))
    }
}

/// Notes with what was found in them. A client that does not wait any more ends the work at its next note.
async fn hits(
    budget: &Budget,
    notes: Vec<note::Note>,
    query: text::Query,
    form: Form,
) -> Result<Vec<Hit>, Error> {
    let bytes: usize = notes.iter().map(|note| note.content.len()).sum();
    budget
        .work_on(bytes, move |stop| {
            let hit = |note: note::Note| {
                stop.check()?;
                let pieces = extract(&note.content, &query);
                let pieces = pieces.into_iter().map(|piece| Piece {
                    text: piece.text,
                    found: piece.found,
                });
                Ok::<_, Stopped>(Hit {
                    snippet: pieces.collect(),
                    note: form.of(note),
                })
            };
            notes.into_iter().map(hit).collect()
        })
        .await
}
