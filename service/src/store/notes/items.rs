//! Changes to single items of the checklists in a note.

use uuid::Uuid;

use super::change::{Applied, NoteChange, apply};
use super::read;
use crate::content::checklist::{self, ItemChange, Refused};
use crate::domain::note::{Note, content_fits};
use crate::domain::webhook::{Event, Happened};
use crate::error::{Code, Error};
use crate::store::sharing::{Affected, Author};
use crate::store::{Expected, Owner, Store, revision, webhooks};

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
        expected: &Expected,
        index: u32,
        change: &ItemChange,
    ) -> Result<Note, Error> {
        self.require_room().await?;
        let tx = self.write().await?;
        let user = revision::next(&tx, owner).await?;
        let row = read::find(&tx, owner, id).await?;
        expected.check(row.version)?;
        let change = NoteChange {
            content: Some(item_change(&row.content, index, change)?),
            ..NoteChange::default()
        };
        let mut affected = Affected::default();
        affected.add(&row);
        let (author, revision) = (Author::OWNER, user.revision);
        match apply(
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
                let changed = Happened::about_note(Event::NoteUpdated, id);
                webhooks::tell(&tx, &user, user.revision, &[changed]).await?;
                let recipients = affected.announce(&tx, owner).await?;
                self.commit_shared(tx, owner, revision, recipients).await?;
                Ok(note)
            }
            Applied::Same(note) => Ok(note),
        }
    }
}

/// Returns the text of a note after a change to one checklist item.
pub(in crate::store) fn item_change(
    content: &str,
    index: u32,
    change: &ItemChange,
) -> Result<String, Error> {
    let content = checklist::change(content, index, change).map_err(refused)?;
    content_fits(&content, "/text")?;
    Ok(content)
}

fn refused(why: Refused) -> Error {
    match why {
        Refused::Missing { items } => {
            let detail = format!("the checklist of the note has {items} items, numbered from 0");
            Error::new(Code::NotFound).detail(detail)
        }
        Refused::Structure => Error::invalid(
            "/text",
            "structure",
            "must be the text of a single item, without changes of other items or of the list; change `content` of the note instead",
        ),
    }
}
