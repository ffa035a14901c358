//! The tables, in an order in which rows come after those that they refer to.

use crate::store::entity::{
    access_token, challenge, counter, idempotency_key, identity, invite, label, mailed_link, note,
    note_label, note_revision, passkey, rate_limit, recovery_code, session, sign_in_flow,
    tombstone, totp_secret, user,
};

/// Does something with the entity of each table, in order: `$macro!(entity)`.
macro_rules! each_table {
    ($macro:ident) => {
        $macro!(user);
        $macro!(session);
        $macro!(access_token);
        $macro!(invite);
        $macro!(mailed_link);
        $macro!(totp_secret);
        $macro!(recovery_code);
        $macro!(passkey);
        $macro!(challenge);
        $macro!(identity);
        $macro!(sign_in_flow);
        $macro!(counter);
        $macro!(rate_limit);
        $macro!(label);
        $macro!(note);
        $macro!(note_label);
        $macro!(note_revision);
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
