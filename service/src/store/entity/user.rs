//! SeaORM entity for the table `users`.

#![allow(
    missing_docs,
    reason = "columns are described where the table is made, in the package `migration`"
)]

use sea_orm::entity::prelude::*;

/// A user, who has registered or is a guest.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub email: Option<String>,
    pub email_key: Option<String>,
    pub username: String,
    pub username_key: String,
    pub password_hash: Option<String>,
    pub is_guest: bool,
    pub expires_at: Option<DateTimeUtc>,
    pub revision: i64,
    pub changes_floor: i64,
    pub note_count: i32,
    pub label_count: i32,
    pub next_position: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub disabled_at: Option<DateTimeUtc>,
    pub email_verified_at: Option<DateTimeUtc>,
    pub webhook_count: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
