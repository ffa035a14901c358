//! `/api/webhooks/{id}/deliveries`: events that were sent to a webhook or are waiting.

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

/// A page of the deliveries of a webhook.
#[derive(Debug, Object, Serialize)]
#[oai(
    rename_all = "camelCase",
    rename = "WebhookDeliveryList",
    skip_serializing_if_is_none
)]
#[serde(rename_all = "camelCase")]
struct DeliveryList {
    /// Deliveries of the page, those of the latest events first.
    items: Vec<Delivery>,
    /// Value of `cursor` for the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

#[derive(ApiResponse)]
enum Deleted {
    /// The delivery was deleted and is not sent again.
    #[oai(status = 204)]
    Gone,
}

#[OpenApi(tag = "Tag::Webhooks")]
impl Deliveries {
    /// List deliveries of a webhook
    ///
    /// Returns all deliveries that are waiting, and the last 100 that were delivered or given up.
    #[oai(
        path = "/webhooks/:id/deliveries",
        method = "get",
        operation_id = "listWebhookDeliveries"
    )]
    async fn list_webhook_deliveries(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// Value of `nextCursor` on the previous page; omit it for the first page.
        #[oai(validator(max_length = 1200, pattern = "^[A-Za-z0-9_-]+$"))]
        cursor: Query<Option<String>>,
        /// Maximum number of deliveries on a page, 1 to 100, 20 by default.
        #[oai(
            default = "default_limit",
            validator(minimum(value = "1"), maximum(value = "100"))
        )]
        limit: Query<u16>,
    ) -> Result<Out<DeliveryList>, Problems<{ CALLER | INPUT | NOT_FOUND }>> {
        let after = cursor.0.as_deref().map(cursor::decode_key).transpose()?;
        let store = caller.store();
        let page = store
            .list_deliveries(caller.owner(), id.0, limit.0, after)
            .await?;
        Ok(Out(DeliveryList {
            items: page.deliveries.into_iter().map(Delivery::from).collect(),
            next_cursor: page.next.as_ref().map(cursor::encode_key).transpose()?,
        }))
    }

    /// Send a delivery again
    ///
    /// Sends a delivery as soon as possible and before all that are waiting, in any state, with the same `webhook-id` and the same body.
    #[oai(
        path = "/webhooks/:id/deliveries/:delivery/redeliver",
        method = "post",
        operation_id = "redeliverWebhook"
    )]
    async fn redeliver_webhook(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        delivery: Path<Uuid>,
    ) -> Result<Out<Delivery>, Problems<{ CALLER | MALFORMED | NOT_FOUND | CONFLICT }>> {
        let store = caller.store();
        let delivery = store
            .schedule_redelivery(caller.owner(), id.0, delivery.0)
            .await?;
        Ok(Out(delivery.into()))
    }

    /// Delete a delivery
    ///
    /// Deletes a delivery. If it is waiting it is not sent, and the deliveries behind it continue; use this for an event that the receiver keeps
    /// refusing.
    #[oai(
        path = "/webhooks/:id/deliveries/:delivery",
        method = "delete",
        operation_id = "deleteWebhookDelivery"
    )]
    async fn delete_webhook_delivery(
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
