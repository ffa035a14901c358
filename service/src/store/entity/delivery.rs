//! SeaORM entity for the table `deliveries`.

#![allow(
    missing_docs,
    reason = "columns are described where the table is made, in the package `migration`"
)]

use sea_orm::entity::prelude::*;

/// A delivery of a reminder to one browser, or to the email address of its user.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deliveries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub note_id: Uuid,
    pub subscription_id: Option<Uuid>,
    pub target: Uuid,
    pub revision: i64,
    pub reminder_at: DateTimeUtc,
    pub fired_at: DateTimeUtc,
    pub unless_open: bool,
    pub attempts: i16,
    pub due_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
