//! The tables, in an order in which rows come after those that they refer to.

use crate::store::entity::{
    access_token, counter, idempotency_key, invite, label, mailed_link, note, note_label,
    note_link, note_revision, note_share, rate_limit, session, share_invitation, share_news,
    tombstone, user,
};

/// Does something with the entity of each table, in order: `$macro!(entity)`.
macro_rules! each_table {
    ($macro:ident) => {
        $macro!(user);
        $macro!(session);
        $macro!(access_token);
        $macro!(invite);
        $macro!(mailed_link);
        $macro!(counter);
        $macro!(rate_limit);
        $macro!(label);
        $macro!(note);
        $macro!(note_label);
        $macro!(note_revision);
        $macro!(note_link);
        $macro!(note_share);
        $macro!(share_invitation);
        $macro!(share_news);
        $macro!(tombstone);
        $macro!(idempotency_key);
    };
}
pub(super) use each_table;

use super::row::{columns, table};

/// Each table with its columns, in order.
pub(super) fn all() -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    macro_rules! add {
        ($entity:ident) => {
            all.push((table::<$entity::Entity>(), columns::<$entity::Entity>()));
        };
    }
    each_table!(add);
    all
}
