//! `/api/labels`: the labels of a user, in the order that the user chose.

use poem_openapi::param::{Header, Path};
use poem_openapi::{ApiResponse, Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::model::{Color, Label};
use crate::http::caller::Caller;
use crate::http::etag::{IfMatch, format_etag};
use crate::http::payload::{Body, Out};
use crate::http::problem::{CALLER, CONFLICT, JSON, MALFORMED, NOT_FOUND, PRECONDITION, Problems};
use crate::store::labels::LabelChange;

pub(crate) struct Labels;

/// A label to create for the user.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NewLabel {
    /// Name of the label, 1 to 50 characters, unique among the labels of the user; case is ignored in the comparison.
    #[oai(validator(min_length = 1, max_length = 50, pattern = r"\S"))]
    name: String,
    /// Colour of the label; `white` by default.
    color: Option<Color>,
}

/// Changes of a label; omitted properties stay as they are.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct LabelPatch {
    /// New name, 1 to 50 characters, unique among the labels of the user; case is ignored in the comparison.
    #[oai(validator(min_length = 1, max_length = 50, pattern = r"\S"))]
    name: Option<String>,
    /// New colour of the label.
    color: Option<Color>,
}

/// New order of the labels of a user.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct LabelOrder {
    /// Identifiers of labels in their new order, at most 200; labels that are not named follow in their present order.
    #[oai(validator(max_items = 200))]
    ids: Vec<Uuid>,
}

/// All labels of the user, in the order of the user.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct LabelList {
    /// Labels in the order of the user.
    items: Vec<Label>,
}

#[derive(ApiResponse)]
enum Created {
    /// The label was created, after all others.
    #[oai(status = 201)]
    Label(
        Out<Label>,
        #[oai(header = "ETag")] String,
        #[oai(header = "Location")] String,
    ),
}

#[derive(ApiResponse)]
enum Found {
    /// The label, with its version as `ETag`.
    #[oai(status = 200)]
    Label(Out<Label>, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
enum Deleted {
    /// The label was deleted and removed from all notes.
    #[oai(status = 204)]
    Gone,
}

impl Found {
    fn from_label(label: crate::domain::label::Label) -> Self {
        let tag = format_etag(label.version);
        Self::Label(Out(label.into()), tag)
    }
}

#[OpenApi(tag = "Tag::Labels")]
impl Labels {
    /// List labels
    ///
    /// Returns all labels of the user on one page, in the order of the user.
    #[oai(path = "/labels", method = "get", operation_id = "listLabels")]
    async fn list_labels(&self, caller: Caller) -> Result<Out<LabelList>, Problems<{ CALLER }>> {
        let labels = caller.store().list_labels(caller.owner()).await?;
        let items = labels.into_iter().map(Label::from).collect();
        Ok(Out(LabelList { items }))
    }

    /// Create a label
    ///
    /// Creates a label after all others. A name that another label has is refused (`label_name_taken`), and so is a label above the limit of the account
    /// (`limit_reached`).
    #[oai(path = "/labels", method = "post", operation_id = "createLabel")]
    async fn create_label(
        &self,
        caller: Caller,
        body: Body<NewLabel>,
    ) -> Result<Created, Problems<{ CALLER | JSON | CONFLICT }>> {
        let new = body.0;
        let color = new.color.map(Into::into).unwrap_or_default();
        let label = caller
            .store()
            .create_label(caller.owner(), &new.name, color)
            .await?;
        let (tag, location) = (
            format_etag(label.version),
            format!("/api/labels/{}", label.id),
        );
        Ok(Created::Label(Out(label.into()), tag, location))
    }

    /// Order labels
    ///
    /// Puts the named labels first, in the order of the request; labels that are not named follow in their present order. Returns all labels.
    #[oai(path = "/labels/order", method = "put", operation_id = "orderLabels")]
    async fn order_labels(
        &self,
        caller: Caller,
        body: Body<LabelOrder>,
    ) -> Result<Out<LabelList>, Problems<{ CALLER | JSON | NOT_FOUND }>> {
        let labels = caller
            .store()
            .order_labels(caller.owner(), &body.0.ids)
            .await?;
        let items = labels.into_iter().map(Label::from).collect();
        Ok(Out(LabelList { items }))
    }

    /// Read a label
    ///
    /// Returns a label. Send its `ETag` as `If-Match` to change or delete exactly this version.
    #[oai(path = "/labels/:id", method = "get", operation_id = "readLabel")]
    async fn read_label(
        &self,
        caller: Caller,
        id: Path<Uuid>,
    ) -> Result<Found, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        Ok(Found::from_label(
            caller.store().get_label(caller.owner(), id.0).await?,
        ))
    }

    /// Change a label
    ///
    /// Changes the name or the colour of a label; notes keep the label. `If-Match` is optional. A name that another label has is refused
    /// (`label_name_taken`).
    #[oai(path = "/labels/:id", method = "patch", operation_id = "changeLabel")]
    async fn change_label(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
        body: Body<LabelPatch>,
    ) -> Result<Found, Problems<{ CALLER | JSON | NOT_FOUND | CONFLICT | PRECONDITION }>> {
        let change = LabelChange {
            name: body.0.name,
            color: body.0.color.map(Into::into),
        };
        let label = caller
            .store()
            .change_label(
                caller.owner(),
                id.0,
                &IfMatch::versions_or_any(if_match.0),
                change,
            )
            .await?;
        Ok(Found::from_label(label))
    }

    /// Delete a label
    ///
    /// Deletes a label and removes it from all notes; the notes stay. `If-Match` is optional.
    #[oai(path = "/labels/:id", method = "delete", operation_id = "deleteLabel")]
    async fn delete_label(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
    ) -> Result<Deleted, Problems<{ CALLER | MALFORMED | NOT_FOUND | PRECONDITION }>> {
        caller
            .store()
            .delete_label(caller.owner(), id.0, &IfMatch::versions_or_any(if_match.0))
            .await?;
        Ok(Deleted::Gone)
    }
}
