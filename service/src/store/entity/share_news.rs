//! Table `share_news`.

#![allow(
    missing_docs,
    reason = "columns are described where the table is made, in the package `migration`"
)]

use sea_orm::entity::prelude::*;

/// A note of somebody else that a recipient has not been told of yet: that it has changed, or is not shared any more.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "share_news")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub recipient_id: Uuid,
    pub note_id: Uuid,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
