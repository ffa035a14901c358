//! SeaORM entity for the table `notes`.

#![allow(
    missing_docs,
    reason = "columns are described where the table is made, in the package `migration`"
)]

use sea_orm::entity::prelude::*;

/// A note of a user with its text, place and reminder.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub place: i16,
    pub trashed_from: Option<i16>,
    pub trashed_at: Option<DateTimeUtc>,
    pub pin_rank: i16,
    pub position: Vec<u8>,
    pub title: String,
    pub content: String,
    pub color: String,
    pub reminder_at: Option<DateTimeUtc>,
    pub reminder_fired_at: Option<DateTimeUtc>,
    pub reminder_fired_seq: Option<i64>,
    pub reminder_recurrence: Option<String>,
    pub reminder_fired_for: Option<DateTimeUtc>,
    pub version: i64,
    pub change_seq: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub is_shared: bool,
    pub author_id: Option<Uuid>,
    pub attachment_count: i32,
    pub cover_id: Option<Uuid>,
    pub cover_width: Option<i32>,
    pub cover_height: Option<i32>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
