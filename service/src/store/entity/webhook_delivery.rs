//! SeaORM entity for the table `webhook_deliveries`.

#![allow(
    missing_docs,
    reason = "columns are described where the table is made, in the package `migration`"
)]

use sea_orm::entity::prelude::*;

/// A delivery of an event to a webhook.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_deliveries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub webhook_id: Uuid,
    pub user_id: Uuid,
    pub event: i16,
    pub revision: i64,
    pub nth: i32,
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    pub occurred_at: DateTimeUtc,
    pub state: i16,
    pub attempts: i32,
    pub attempted_at: Option<DateTimeUtc>,
    pub status: Option<i16>,
    pub failure: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub payload: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
