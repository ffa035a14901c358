//! The body of a delivery.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::Sender;
use crate::domain::label::Label;
use crate::domain::note::Note;
use crate::domain::webhook::Subject;
use crate::error::{Code, Error};
use crate::store::webhooks::{Receiver, Waiting};

/// Shows notes and labels as the API does.
#[async_trait::async_trait]
pub trait Show: Send + Sync {
    /// A note of this user as a board shows it, or with its whole text.
    async fn note(&self, user: Uuid, note: Note, whole: bool) -> Result<Value, Error>;

    /// A label.
    fn label(&self, label: Label) -> Result<Value, Error>;
}

/// The body of an event. The identifier is that of the delivery, the same in each attempt.
pub(super) fn body(id: Uuid, kind: &str, at: DateTime<Utc>, data: &Map<String, Value>) -> String {
    let timestamp = at.to_rfc3339_opts(SecondsFormat::Micros, true);
    json!({"id": id, "type": kind, "timestamp": timestamp, "data": data}).to_string()
}

impl Sender {
    /// The data of a delivery: its things as they are now, which may be later than the event; without those that are gone.
    pub(super) async fn data(
        &self,
        receiver: &Receiver,
        waiting: &Waiting,
    ) -> Result<Map<String, Value>, Error> {
        let subject = serde_json::to_value(&waiting.subject).map_err(Error::internal)?;
        let mut data = Map::new();
        data.insert("revision".to_owned(), waiting.revision.into());
        if let Value::Object(subject) = subject {
            data.extend(subject);
        }
        let owner = receiver.owner;
        match waiting.subject {
            Subject::NoteId(id) => {
                if let Some(note) = present(self.store.note(owner, id).await)? {
                    let whole = receiver.with_content;
                    let shown = self.show.note(owner.id(), note, whole).await?;
                    data.insert("note".to_owned(), shown);
                }
            }
            Subject::LabelId(id) => {
                if let Some(label) = present(self.store.label(owner, id).await)? {
                    data.insert("label".to_owned(), self.show.label(label)?);
                }
            }
            Subject::NoteIds(_) | Subject::Notes(_) => {}
        }
        Ok(data)
    }
}

/// Nothing of what does not exist any more.
fn present<T>(found: Result<T, Error>) -> Result<Option<T>, Error> {
    match found {
        Err(error) if error.code() == Code::NotFound => Ok(None),
        found => found.map(Some),
    }
}
