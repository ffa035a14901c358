//! Changing items of checklists.

use uuid::Uuid;

use super::change::{Applied, NoteChange, apply};
use super::read;
use crate::content::checklist::{self, ItemChange, Refused};
use crate::domain::note::{Note, content_fits};
use crate::error::{Code, Error};
use crate::store::{Expected, Owner, Store, revision};

impl Store {
    /// Changes one item of a note that has this version.
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
        let content = checklist::change(&row.content, index, change).map_err(refused)?;
        content_fits(&content, "/text")?;
        let change = NoteChange {
            content: Some(content),
            ..NoteChange::default()
        };
        match apply(&tx, owner, user.revision, user.next_position, row, change).await? {
            Applied::Changed(note) => {
                self.commit(tx, owner, user.revision).await?;
                Ok(note)
            }
            Applied::Same(note) => Ok(note),
        }
    }
}

fn refused(why: Refused) -> Error {
    match why {
        Refused::Missing { items } => {
            let detail = format!("the note has {items} items; the first one has the number 0");
            Error::new(Code::NotFound).detail(detail)
        }
        Refused::Structure => Error::invalid(
            "/text",
            "structure",
            "is no text of one item: it would change other items, or the list; change `content` of the note instead",
        ),
    }
}
