//! SeaORM entity for the table `share_invitations`.

#![allow(
    missing_docs,
    reason = "columns are described where the table is made, in the package `migration`"
)]

use sea_orm::entity::prelude::*;

/// An invitation to a note, for the owner of an email address.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "share_invitations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub note_id: Uuid,
    pub user_id: Uuid,
    pub invited_id: Option<Uuid>,
    pub email: String,
    pub email_key: String,
    pub can_write: bool,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub declined_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
