//! Changes to single items of the checklists in a note.

use uuid::Uuid;

use super::change::{Applied, NoteChange, apply_change};
use super::read;
use crate::content::checklist::{self, ItemChange, RejectedChange};
use crate::domain::note::{Note, check_content};
use crate::domain::webhook::{Event, OccurredEvent};
use crate::error::{Code, Error};
use crate::store::sharing::{AffectedShares, Author};
use crate::store::{ExpectedVersion, Owner, Store, revision, webhooks};

impl Store {
    /// Changes one checklist item of a note that has the expected version.
    ///
    /// # Errors
    ///
    /// `not_found` for an index beyond the items, and a validation error for text that is not a single item.
    pub async fn change_item(
        &self,
        owner: Owner,
        id: Uuid,
        expected: &ExpectedVersion,
        index: u32,
        change: &ItemChange,
    ) -> Result<Note, Error> {
        self.require_room().await?;
        let tx = self.begin_write().await?;
        let user = revision::take_next(&tx, owner).await?;
        let row = read::find_note(&tx, owner, id).await?;
        expected.check_version(row.version)?;
        let change = NoteChange {
            content: Some(item_change(&row.content, index, change)?),
            ..NoteChange::default()
        };
        let mut affected = AffectedShares::default();
        affected.add_note(&row);
        let (author, revision) = (Author::OWNER, user.revision);
        match apply_change(
            &tx,
            owner,
            author,
            revision,
            user.next_position,
            row,
            change,
        )
        .await?
        {
            Applied::Changed(note) => {
                let changed = OccurredEvent::about_note(Event::NoteUpdated, id);
                webhooks::insert_deliveries(&tx, &user, user.revision, &[changed]).await?;
                let recipients = affected.insert_for_recipients(&tx, owner).await?;
                self.commit_shared(tx, owner, revision, recipients).await?;
                Ok(note)
            }
            Applied::Unchanged(note) => Ok(note),
        }
    }
}

/// Returns the text of a note after a change to one checklist item.
pub(in crate::store) fn item_change(
    content: &str,
    index: u32,
    change: &ItemChange,
) -> Result<String, Error> {
    let content = checklist::change_item(content, index, change).map_err(map_rejection)?;
    check_content(&content, "/text")?;
    Ok(content)
}

fn map_rejection(why: RejectedChange) -> Error {
    match why {
        RejectedChange::Missing { items } => {
            let detail = format!("the checklist of the note has {items} items, numbered from 0");
            Error::new(Code::NotFound).detail(detail)
        }
        RejectedChange::Structure => Error::invalid(
            "/text",
            "structure",
            "must be the text of a single item, without changes of other items or of the list; change `content` of the note instead",
        ),
    }
}
