//! The tables, in an order in which rows come after those that they refer to.

use crate::store::entity::{
    access_token, attachment, attachment_part, counter, discarded_file, idempotency_key, invite,
    label, mailed_link, note, note_label, note_revision, rate_limit, session, tombstone, user,
};

/// Does something with the entity of each table, in order: `$macro!(entity)`.
macro_rules! each_table {
    ($macro:ident) => {
        // First, and so deleted last: rows of attachments that are deleted leave some there.
        $macro!(discarded_file);
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
        $macro!(attachment);
        $macro!(attachment_part);
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
