//! `/api/webhooks/{id}/deliveries`: what was sent, and what waits.

use poem_openapi::param::{Path, Query};
use poem_openapi::{ApiResponse, Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::model::Delivery;
use crate::domain::cursor;
use crate::http::api::Tag;
use crate::http::api::notes::default_limit;
use crate::http::caller::Caller;
use crate::http::payload::Out;
use crate::http::problem::{CALLER, CONFLICT, INPUT, MALFORMED, NOT_FOUND, Problems};

pub(crate) struct Deliveries;

/// One page of the deliveries of a webhook.
#[derive(Debug, Object, Serialize)]
#[oai(
    rename_all = "camelCase",
    rename = "WebhookDeliveryList",
    skip_serializing_if_is_none
)]
#[serde(rename_all = "camelCase")]
struct DeliveryList {
    /// Those of the latest events first.
    items: Vec<Delivery>,
    /// The `cursor` of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

#[derive(ApiResponse)]
enum Deleted {
    /// Nothing of it is sent any more.
    #[oai(status = 204)]
    Gone,
}

#[OpenApi(tag = "Tag::Webhooks")]
impl Deliveries {
    /// List deliveries of a webhook
    ///
    /// All that wait, and the last 100 that do not any more.
    #[oai(
        path = "/webhooks/:id/deliveries",
        method = "get",
        operation_id = "listWebhookDeliveries"
    )]
    async fn list(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// `nextCursor` of the page before.
        #[oai(validator(max_length = 1200, pattern = "^[A-Za-z0-9_-]+$"))]
        cursor: Query<Option<String>>,
        /// The most deliveries of a page.
        #[oai(
            default = "default_limit",
            validator(minimum(value = "1"), maximum(value = "100"))
        )]
        limit: Query<u16>,
    ) -> Result<Out<DeliveryList>, Problems<{ CALLER | INPUT | NOT_FOUND }>> {
        let after = cursor.0.as_deref().map(cursor::decode).transpose()?;
        let store = caller.store();
        let page = store
            .deliveries(caller.owner(), id.0, limit.0, after)
            .await?;
        Ok(Out(DeliveryList {
            items: page.deliveries.into_iter().map(Delivery::from).collect(),
            next_cursor: page.next.as_ref().map(cursor::encode).transpose()?,
        }))
    }

    /// Send a delivery again
    ///
    /// As soon as possible and before all that wait, whether it was taken, given up, or waits for its next attempt. With the same `webhook-id` and the same body.
    #[oai(
        path = "/webhooks/:id/deliveries/:delivery/redeliver",
        method = "post",
        operation_id = "redeliverWebhook"
    )]
    async fn redeliver(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        delivery: Path<Uuid>,
    ) -> Result<Out<Delivery>, Problems<{ CALLER | MALFORMED | NOT_FOUND | CONFLICT }>> {
        let store = caller.store();
        let delivery = store.redeliver(caller.owner(), id.0, delivery.0).await?;
        Ok(Out(delivery.into()))
    }

    /// Delete a delivery
    ///
    /// One that waits is not sent, so that those behind it go on: for an event that its receiver will never take.
    #[oai(
        path = "/webhooks/:id/deliveries/:delivery",
        method = "delete",
        operation_id = "deleteWebhookDelivery"
    )]
    async fn delete(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        delivery: Path<Uuid>,
    ) -> Result<Deleted, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let store = caller.store();
        store
            .delete_delivery(caller.owner(), id.0, delivery.0)
            .await?;
        Ok(Deleted::Gone)
    }
}
