//! The tables, in an order in which rows come after those that they refer to.

use crate::store::entity::{
    access_token, counter, delivery, idempotency_key, invite, label, listener, mailed_link, note, note_label, note_revision, push_key, push_subscription, rate_limit, reminder_settings, saved_filter, session, tombstone, user, webhook, webhook_delivery,
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
        $macro!(tombstone);
        $macro!(idempotency_key);
        $macro!(saved_filter);
        $macro!(webhook);
        $macro!(webhook_delivery);
        $macro!(reminder_settings);
        $macro!(push_key);
        $macro!(push_subscription);
        $macro!(delivery);
        $macro!(listener);
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
