//! `/api/notes/{id}/items`: the checklist of a note as structured data.

use poem_openapi::param::{Header, Path};
use poem_openapi::{ApiResponse, Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::notes::Found;
use crate::content::checklist::{self, ItemChange};
use crate::http::caller::Caller;
use crate::http::etag::{IfMatch, format_etag};
use crate::http::payload::{Body, Out};
use crate::http::problem::{CALLER, CONFLICT, JSON, MALFORMED, NOT_FOUND, PRECONDITION, Problems};

pub(crate) struct Items;

/// An item of a checklist: a list entry in the Markdown of the note that begins with `[ ]` or `[x]`.
#[derive(Debug, Object, Serialize)]
pub(super) struct Item {
    /// Index of the item among all checklist items of the note, from 0.
    index: u32,
    /// Text of the item in Markdown, without the items nested below it.
    text: String,
    /// `true` if the item is checked.
    checked: bool,
    /// Number of list entries that the item is nested in; 0 for an item of the outermost list.
    depth: u32,
}

/// Checklist of a note as a list of items.
#[derive(Debug, Object, Serialize)]
pub(super) struct ItemList {
    /// Items in the order of the text; empty if the note has no checklist.
    pub(super) items: Vec<Item>,
}

/// Changes of a checklist item; omitted properties stay as they are.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields)]
pub(super) struct ItemPatch {
    /// `true` to check the item, `false` to uncheck it.
    checked: Option<bool>,
    /// New text of the item in Markdown, at most 10,000 characters. Text that would create another item or end the list is refused.
    #[oai(validator(max_length = 10_000))]
    text: Option<String>,
}

#[derive(ApiResponse)]
pub(super) enum ItemsResponse {
    /// Items of the checklist; the `ETag` is the version of the note that they were read from.
    #[oai(status = 200)]
    Items(Out<ItemList>, #[oai(header = "ETag")] String),
}

impl Item {
    /// Converts the items of a text and numbers them from 0.
    pub(super) fn from_checklist(items: Vec<checklist::Item>) -> Vec<Self> {
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
    /// Returns the checklist items in the Markdown of the note, in the order of the text. The `ETag` is that of the note.
    #[oai(path = "/notes/:id/items", method = "get", operation_id = "listItems")]
    async fn list_items(
        &self,
        caller: Caller,
        id: Path<Uuid>,
    ) -> Result<ItemsResponse, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let note = caller.store().get_note(caller.owner(), id.0).await?;
        let (version, text) = (note.version, note.content);
        let budget = &caller.app.budget;
        let items = budget.work_on(text.len(), move |_| Ok(checklist::list_items(&text)));
        let list = ItemList {
            items: Item::from_checklist(items.await?),
        };
        Ok(ItemsResponse::Items(Out(list), format_etag(version)))
    }

    /// Change an item of a note's checklist
    ///
    /// Checks or unchecks an item, or replaces its text. The rest of the Markdown stays byte for byte as it is. `If-Match` is required: it names the
    /// version of the note that the index refers to; with `*` the index refers to the current version. A note in the trash cannot be changed
    /// (`note_in_trash`).
    #[oai(
        path = "/notes/:id/items/:index",
        method = "patch",
        operation_id = "changeItem"
    )]
    async fn change_item(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// Index of the item among all checklist items of the note, from 0.
        #[oai(validator(minimum(value = "0")))]
        index: Path<u32>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
        body: Body<ItemPatch>,
    ) -> Result<Found, Problems<{ CALLER | JSON | NOT_FOUND | CONFLICT | PRECONDITION }>> {
        let expected = IfMatch::require_versions(if_match.0)?;
        let change: ItemChange = body.0.into();
        let note = caller
            .store()
            .change_item(caller.owner(), id.0, &expected, index.0, &change)
            .await?;
        Ok(Found::from_note(note))
    }
}
