//! SeaORM entity for the table `discarded_files`.

#![allow(
    missing_docs,
    reason = "columns are described where the table is made, in the package `migration`"
)]

use sea_orm::entity::prelude::*;

/// An object in file storage without references, whose bytes are to be deleted.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "discarded_files")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub object: Uuid,
    pub user_id: Option<Uuid>,
    pub bytes: i64,
    pub due_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
