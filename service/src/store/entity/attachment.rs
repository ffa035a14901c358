//! SeaORM entity for the table `attachments`.

#![allow(
    missing_docs,
    reason = "columns are described where the table is made, in the package `migration`"
)]

use sea_orm::entity::prelude::*;

/// An attachment of a note, complete or in upload.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attachments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub note_id: Uuid,
    pub object: Uuid,
    pub name: String,
    pub alt: String,
    pub media_type: String,
    pub bytes: i64,
    pub received: i64,
    pub sha256: Option<Vec<u8>>,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub thumbnail_bytes: Option<i64>,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub completed_at: Option<DateTimeUtc>,
    pub expires_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
