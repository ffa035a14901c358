//! `/api/notes/{id}/items`: checklists as data.

use poem_openapi::param::{Header, Path};
use poem_openapi::{ApiResponse, Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::notes::Found;
use crate::content::checklist::{self, ItemChange};
use crate::http::caller::Caller;
use crate::http::etag::{IfMatch, etag};
use crate::http::payload::{Body, Out};
use crate::http::problem::{CALLER, CONFLICT, JSON, MALFORMED, NOT_FOUND, PRECONDITION, Problems};

pub(crate) struct Items;

/// An item of a checklist: an entry of a list in the note's Markdown that begins with `[ ]` or `[x]`.
#[derive(Debug, Object, Serialize)]
pub(super) struct Item {
    /// Its number among the items of the note, from 0.
    index: u32,
    /// What it says, in Markdown, without items below it.
    text: String,
    /// Whether it is done.
    checked: bool,
    /// In how many entries of lists it lies.
    depth: u32,
}

/// The checklist of a note.
#[derive(Debug, Object, Serialize)]
pub(super) struct ItemList {
    /// In the order of the text; none if the note has no checklist.
    pub(super) items: Vec<Item>,
}

/// The changes of an item; what is left out stays.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields)]
pub(super) struct ItemPatch {
    /// Done, or not.
    checked: Option<bool>,
    /// What it says, in Markdown. It must be text of this one item: what would make another item, or end the list, is refused.
    #[oai(validator(max_length = 10_000))]
    text: Option<String>,
}

#[derive(ApiResponse)]
pub(super) enum Listed {
    /// The items, with the version of the note that they belong to.
    #[oai(status = 200)]
    Items(Out<ItemList>, #[oai(header = "ETag")] String),
}

impl Item {
    /// The items of a text, with their numbers.
    pub(super) fn all(items: Vec<checklist::Item>) -> Vec<Self> {
        let items = (0..).zip(items).map(|(index, item)| Self {
            index,
            text: item.text,
            checked: item.checked,
            depth: item.depth,
        });
        items.collect()
    }
}

impl From<ItemPatch> for ItemChange {
    fn from(patch: ItemPatch) -> Self {
        Self {
            checked: patch.checked,
            text: patch.text,
        }
    }
}

#[OpenApi(tag = "Tag::Notes")]
impl Items {
    /// List the items of a note's checklist
    ///
    /// Read from its Markdown, in the order of the text; the `ETag` is that of the note.
    #[oai(path = "/notes/:id/items", method = "get", operation_id = "listItems")]
    async fn list(
        &self,
        caller: Caller,
        id: Path<Uuid>,
    ) -> Result<Listed, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let note = caller.store().note(caller.owner(), id.0).await?;
        let (version, text) = (note.version, note.content);
        let budget = &caller.app.budget;
        let items = budget.work_on(text.len(), move |_| Ok(checklist::items(&text)));
        let list = ItemList {
            items: Item::all(items.await?),
        };
        Ok(Listed::Items(Out(list), etag(version)))
    }

    /// Change an item of a note's checklist
    ///
    /// No other byte of the note's Markdown changes. `If-Match` names the version of the note in which the item has this number; with `*` it is
    /// the one that has it now.
    #[oai(
        path = "/notes/:id/items/:index",
        method = "patch",
        operation_id = "changeItem"
    )]
    async fn change(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// The number of the item.
        #[oai(validator(minimum(value = "0")))]
        index: Path<u32>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
        body: Body<ItemPatch>,
    ) -> Result<Found, Problems<{ CALLER | JSON | NOT_FOUND | CONFLICT | PRECONDITION }>> {
        let expected = IfMatch::required(if_match.0)?;
        let change: ItemChange = body.0.into();
        let note = caller
            .store()
            .change_item(caller.owner(), id.0, &expected, index.0, &change)
            .await?;
        Ok(Found::of(note))
    }
}
