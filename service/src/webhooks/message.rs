//! Builds the body of a webhook delivery.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::Sender;
use crate::domain::label::Label;
use crate::domain::note::Note;
use crate::domain::webhook::Subject;
use crate::error::{Code, Error};
use crate::store::webhooks::{Receiver, WaitingDelivery};

/// Renders notes and labels as JSON, in the same form as the API.
#[async_trait::async_trait]
pub trait PayloadRenderer: Send + Sync {
    /// Renders a note as `user` sees it: with its whole text if `whole` is `true`, else with the fields that a board shows.
    async fn render_note(&self, user: Uuid, note: Note, whole: bool) -> Result<Value, Error>;

    /// Renders a label as the API returns it.
    fn render_label(&self, label: Label) -> Result<Value, Error>;
}

/// Returns the body of an event as JSON text. `id` is the ID of the delivery, which is the same in each attempt.
pub(super) fn build_body(
    id: Uuid,
    kind: &str,
    at: DateTime<Utc>,
    data: &Map<String, Value>,
) -> String {
    let timestamp = at.to_rfc3339_opts(SecondsFormat::Micros, true);
    json!({"id": id, "type": kind, "timestamp": timestamp, "data": data}).to_string()
}

impl Sender {
    /// Returns the data of a delivery. Notes and labels are in their current state, which may be newer than the event; deleted ones are left out.
    pub(super) async fn build_data(
        &self,
        receiver: &Receiver,
        waiting: &WaitingDelivery,
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
                if let Some(note) = none_if_missing(self.store.get_note(owner, id).await)? {
                    let whole = receiver.with_content;
                    let shown = self.renderer.render_note(owner.id(), note, whole).await?;
                    data.insert("note".to_owned(), shown);
                }
            }
            Subject::LabelId(id) => {
                if let Some(label) = none_if_missing(self.store.get_label(owner, id).await)? {
                    data.insert("label".to_owned(), self.renderer.render_label(label)?);
                }
            }
            Subject::NoteIds(_) | Subject::Notes(_) => {}
        }
        Ok(data)
    }
}

/// Converts a [`Code::NotFound`] error to `None`.
fn none_if_missing<T>(found: Result<T, Error>) -> Result<Option<T>, Error> {
    match found {
        Err(error) if error.code() == Code::NotFound => Ok(None),
        found => found.map(Some),
    }
}
