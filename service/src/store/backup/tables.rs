//! The list of tables, ordered such that rows follow the rows they refer to.

use crate::store::entity::{
    access_token, attachment, attachment_part, challenge, counter, delivery, discarded_file,
    idempotency_key, identity, invite, label, listener, mailed_link, note, note_label, note_link,
    note_revision, note_share, passkey, push_key, push_subscription, rate_limit, recovery_code,
    reminder_settings, saved_filter, session, share_invitation, share_news, sign_in_flow,
    tombstone, totp_secret, user, webhook, webhook_delivery,
};

/// Expands `$macro!(entity)` for the entity of each table, in order.
macro_rules! each_table {
    ($macro:ident) => {
        // First, and therefore cleared last: deleting attachments adds rows to this table.
        $macro!(discarded_file);
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
        $macro!(note_link);
        $macro!(note_share);
        $macro!(share_invitation);
        $macro!(share_news);
        $macro!(attachment);
        $macro!(attachment_part);
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

/// Returns the name and the columns of each table, in order.
pub(super) fn list_tables() -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    macro_rules! add {
        ($entity:ident) => {
            all.push((table::<$entity::Entity>(), columns::<$entity::Entity>()));
        };
    }
    each_table!(add);
    all
}
