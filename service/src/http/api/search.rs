//! `/api/search`: notes by what they say.

use poem_openapi::param::Query;
use poem_openapi::{Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::model::{Note, Place};
use super::notes::default_limit;
use crate::content::extract::extract;
use crate::content::text;
use crate::domain::cursor;
use crate::error::Error;
use crate::http::caller::Caller;
use crate::http::payload::Out;
use crate::http::problem::{CALLER, INPUT, Problems};
use crate::store::search::SearchQuery;

pub(crate) struct Search;

/// A piece of an extract.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct Piece {
    /// The text.
    text: String,
    /// Whether it was searched for.
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
        /// `nextCursor` of the page before.
        #[oai(validator(max_length = 1200, pattern = "^[A-Za-z0-9_-]+$"))]
        cursor: Query<Option<String>>,
        /// How many at most.
        #[oai(
            default = "default_limit",
            validator(minimum(value = "1"), maximum(value = "100"))
        )]
        limit: Query<u16>,
    ) -> Result<Out<Hits>, Problems<{ CALLER | INPUT }>> {
        if q.0.contains('\0') {
            return Err(Error::invalid("q", "nul", "contains the character U+0000").into());
        }
        let query = SearchQuery {
            query: text::Query::parse(&q.0),
            place: place.0.map(Into::into),
            labels: label_id.0,
            limit: limit.0,
            after: cursor.0.as_deref().map(cursor::decode).transpose()?,
        };
        let page = caller.store().search(caller.owner(), &query).await?;
        let items = page.notes.into_iter().map(|note| {
            let pieces = extract(&note.content, &query.query);
            Hit {
                snippet: pieces
                    .into_iter()
                    .map(|piece| Piece {
                        text: piece.text,
                        found: piece.found,
                    })
                    .collect(),
                note: note.into(),
            }
        });
        Ok(Out(Hits {
            items: items.collect(),
            next_cursor: page.next.as_ref().map(cursor::encode).transpose()?,
        }))
    }
}
