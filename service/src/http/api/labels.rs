//! `/api/labels`: the labels of a user, in the user's order.

use poem_openapi::param::{Header, Path};
use poem_openapi::{ApiResponse, Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::model::{Color, Label};
use crate::http::caller::Caller;
use crate::http::etag::{IfMatch, etag};
use crate::http::payload::{Body, Out};
use crate::http::problem::{CALLER, CONFLICT, JSON, MALFORMED, NOT_FOUND, PRECONDITION, Problems};
use crate::store::labels::LabelChange;

pub(crate) struct Labels;

/// A label that is to be made.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NewLabel {
    /// Its name, unique among the user's labels whatever the case.
    #[oai(validator(min_length = 1, max_length = 50, pattern = r"\S"))]
    name: String,
    /// Its colour; white if none is named.
    color: Option<Color>,
}

/// The changes of a label; what is left out stays.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct LabelPatch {
    /// A new name.
    #[oai(validator(min_length = 1, max_length = 50, pattern = r"\S"))]
    name: Option<String>,
    /// A new colour.
    color: Option<Color>,
}

/// The order in which labels are to stand.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct LabelOrder {
    /// Labels in their new order; those that are not named follow in the order they have.
    #[oai(validator(max_items = 200))]
    ids: Vec<Uuid>,
}

/// All labels of the user, in their order.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct LabelList {
    /// In the user's order.
    items: Vec<Label>,
}

#[derive(ApiResponse)]
enum Created {
    /// The label was made.
    #[oai(status = 201)]
    Label(
        Out<Label>,
        #[oai(header = "ETag")] String,
        #[oai(header = "Location")] String,
    ),
}

#[derive(ApiResponse)]
enum Found {
    /// The label.
    #[oai(status = 200)]
    Label(Out<Label>, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
enum Deleted {
    /// It is gone.
    #[oai(status = 204)]
    Gone,
}

impl Found {
    fn of(label: crate::domain::label::Label) -> Self {
        let tag = etag(label.version);
        Self::Label(Out(label.into()), tag)
    }
}

#[OpenApi(tag = "Tag::Labels")]
impl Labels {
    /// List labels
    ///
    /// All labels of the user, in the user's order. There are few, so there are no pages.
    #[oai(path = "/labels", method = "get", operation_id = "listLabels")]
    async fn list(&self, caller: Caller) -> Result<Out<LabelList>, Problems<{ CALLER }>> {
        let labels = caller.store().labels(caller.owner()).await?;
        let items = labels.into_iter().map(Label::from).collect();
        Ok(Out(LabelList { items }))
    }

    /// Make a label
    ///
    /// It stands after all others.
    #[oai(path = "/labels", method = "post", operation_id = "createLabel")]
    async fn create(
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
        let (tag, location) = (etag(label.version), format!("/api/labels/{}", label.id));
        Ok(Created::Label(Out(label.into()), tag, location))
    }

    /// Order labels
    ///
    /// Labels that are not named follow in the order they have.
    #[oai(path = "/labels/order", method = "put", operation_id = "orderLabels")]
    async fn order(
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
    /// Its `ETag` is what a conditional change sends as `If-Match`.
    #[oai(path = "/labels/:id", method = "get", operation_id = "readLabel")]
    async fn read(
        &self,
        caller: Caller,
        id: Path<Uuid>,
    ) -> Result<Found, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        Ok(Found::of(caller.store().label(caller.owner(), id.0).await?))
    }

    /// Change a label
    ///
    /// `If-Match` is optional here: two people rarely rename one label at a time.
    #[oai(path = "/labels/:id", method = "patch", operation_id = "changeLabel")]
    async fn change(
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
            .change_label(caller.owner(), id.0, &IfMatch::optional(if_match.0), change)
            .await?;
        Ok(Found::of(label))
    }

    /// Delete a label
    ///
    /// Notes that carry it stay and lose it.
    #[oai(path = "/labels/:id", method = "delete", operation_id = "deleteLabel")]
    async fn delete(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
    ) -> Result<Deleted, Problems<{ CALLER | MALFORMED | NOT_FOUND | PRECONDITION }>> {
        caller
            .store()
            .delete_label(caller.owner(), id.0, &IfMatch::optional(if_match.0))
            .await?;
        Ok(Deleted::Gone)
    }
}
