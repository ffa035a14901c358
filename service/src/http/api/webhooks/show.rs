//! Converts notes and labels for webhooks into the JSON that the API returns for them.

use serde_json::Value;
use uuid::Uuid;

use crate::budget::{Key, Stopped};
use crate::domain::label::Label;
use crate::domain::note::Note;
use crate::error::Error;
use crate::http::App;
use crate::http::api::model;
use crate::http::api::shown::{Fields, Form};
use crate::webhooks::PayloadRenderer;

#[async_trait::async_trait]
impl PayloadRenderer for App {
    async fn render_note(&self, user: Uuid, note: Note, whole: bool) -> Result<Value, Error> {
        let form = Form {
            fields: if whole { Fields::Full } else { Fields::Board },
            ..Form::default()
        };
        let bytes = note.content.len();
        let shown = self.budget.work_for(Key::User(user), bytes, move |_| {
            Ok::<_, Stopped>(form.convert_note(note))
        });
        serde_json::to_value(shown.await?).map_err(Error::internal)
    }

    fn render_label(&self, label: Label) -> Result<Value, Error> {
        serde_json::to_value(model::Label::from(label)).map_err(Error::internal)
    }
}
