//! SeaORM entity for the table `sign_in_flows`.

#![allow(
    missing_docs,
    reason = "columns are described where the table is made, in the package `migration`"
)]

use sea_orm::entity::prelude::*;

/// A sign-in at an identity provider in progress. The table stores hashes of the values that come back.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_flows")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub state_hash: Vec<u8>,
    pub browser_hash: Vec<u8>,
    pub purpose: i16,
    pub user_id: Option<Uuid>,
    pub session_id: Option<Uuid>,
    pub return_to: String,
    pub invite_hash: Option<Vec<u8>>,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
