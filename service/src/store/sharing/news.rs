//! Notifications for recipients of shared notes: written by the transaction of the change, and delivered in a transaction for each recipient.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Statement,
};
use uuid::Uuid;

use super::KIND_SHARE;
use crate::clock;
use crate::domain::id;
use crate::error::{Code, Error};
use crate::store::entity::{note, note_share, share_news, tombstone};
use crate::store::{Owner, Store, revision};

/// Maximum number of notifications that get one revision. Pages of changes never split a revision.
const CHUNK: u64 = 100;

/// Shared notes among those that a transaction of their owner changes.
#[derive(Debug, Default)]
pub(in crate::store) struct AffectedShares(Vec<Uuid>);

impl AffectedShares {
    /// Adds a note that the transaction changes, if it is shared.
    pub(in crate::store) fn add_note(&mut self, row: &note::Model) {
        if row.is_shared {
            self.0.push(row.id);
        }
    }

    /// Splits notes into the identifiers of all, and the shared ones among them.
    pub(in crate::store) fn split_shared(notes: Vec<(Uuid, bool)>) -> (Vec<Uuid>, Self) {
        let shared = notes.iter().filter(|(_, is_shared)| *is_shared);
        let shared = shared.map(|(id, _)| *id).collect();
        (notes.into_iter().map(|(id, _)| id).collect(), Self(shared))
    }

    /// Collects the shared notes with a label that is about to be deleted, which changes each of them.
    pub(in crate::store) async fn collect_by_label(
        tx: &DatabaseTransaction,
        owner: Owner,
        label: Uuid,
    ) -> Result<Self, Error> {
        const SQL: &str = "SELECT n.id FROM note_labels l JOIN notes n ON n.id = l.note_id \
             WHERE l.label_id = $1 AND n.user_id = $2 AND n.is_shared";
        let values = [label.into(), owner.id().into()];
        let found = Statement::from_sql_and_values(tx.get_database_backend(), SQL, values);
        let rows = tx.query_all_raw(found).await?;
        let ids = rows.iter().map(|row| row.try_get_by_index(0));
        Ok(Self(ids.collect::<Result<_, sea_orm::DbErr>>()?))
    }

    /// Writes notifications for all recipients. Runs no query if no note is shared. Call it before deleting notes, which deletes their shares.
    pub(in crate::store) async fn insert_for_recipients(
        self,
        tx: &DatabaseTransaction,
        owner: Owner,
    ) -> Result<Recipients, Error> {
        let mut pairs = Vec::new();
        for ids in self.0.chunks(500) {
            let shares = note_share::Entity::find()
                .select_only()
                .column(note_share::Column::NoteId)
                .column(note_share::Column::RecipientId)
                .filter(note_share::Column::UserId.eq(owner.id()))
                .filter(note_share::Column::NoteId.is_in(ids.iter().copied()))
                .into_tuple::<(Uuid, Uuid)>()
                .all(tx)
                .await?;
            pairs.extend(shares);
        }
        insert_notifications(tx, pairs).await
    }
}

/// Records in a note if it is shared, under the lock of its owner. A change of that is one of the owner's changes; the version of the note stays.
pub(super) async fn update_shared_flag(
    tx: &DatabaseTransaction,
    owner: Owner,
    note: Uuid,
    revision: i64,
) -> Result<(), Error> {
    let shares = note_share::Entity::find()
        .filter(note_share::Column::NoteId.eq(note))
        .count(tx)
        .await?;
    if shares > 1 {
        return Ok(());
    }
    note::Entity::update_many()
        .col_expr(note::Column::IsShared, Expr::value(shares > 0))
        .col_expr(note::Column::ChangeSeq, Expr::value(revision))
        .filter(note::Column::Id.eq(note))
        .filter(note::Column::UserId.eq(owner.id()))
        // One of several shares that begins or ends changes nothing for the owner.
        .filter(note::Column::IsShared.ne(shares > 0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Users to notify after the transaction is committed.
#[derive(Debug, Default)]
#[must_use = "`Store::commit_shared` notifies the recipients"]
pub(in crate::store) struct Recipients(Vec<Uuid>);

/// Writes notifications about notes for recipients. It only inserts rows, so that writers never wait for deliveries.
pub(super) async fn insert_notifications(
    tx: &DatabaseTransaction,
    pairs: Vec<(Uuid, Uuid)>,
) -> Result<Recipients, Error> {
    let now = clock::now();
    for pairs in pairs.chunks(500) {
        let rows = pairs
            .iter()
            .map(|(note_id, recipient_id)| share_news::ActiveModel {
                id: Set(id::new()),
                recipient_id: Set(*recipient_id),
                note_id: Set(*note_id),
                created_at: Set(now),
            });
        share_news::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    let mut recipients: Vec<Uuid> = pairs.into_iter().map(|(_, recipient)| recipient).collect();
    recipients.sort_unstable();
    recipients.dedup();
    Ok(Recipients(recipients))
}

impl Store {
    /// Commits a transaction of the owner with this revision, notifies the owner's devices, and then those of the recipients in the background.
    pub(in crate::store) async fn commit_shared(
        &self,
        tx: DatabaseTransaction,
        owner: Owner,
        revision: i64,
        recipients: Recipients,
    ) -> Result<(), Error> {
        self.commit_revision(tx, owner, revision).await?;
        self.notify_later(recipients);
        Ok(())
    }

    /// Notifies recipients in the background. Periodic upkeep repeats failed notifications.
    pub(in crate::store) fn notify_later(&self, Recipients(recipients): Recipients) {
        if recipients.is_empty() {
            return;
        }
        let store = self.clone();
        tokio::spawn(async move {
            for recipient in recipients {
                let told = store
                    .notify_recipient(Owner::from_authenticated(recipient))
                    .await;
                if let Err(error) = told
                    && error.code() != Code::Unauthenticated
                {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "a recipient of shared notes was not notified, and will be notified later"
                    );
                }
            }
        });
    }

    /// Delivers all pending notifications of a recipient.
    pub(super) async fn notify_recipient(&self, recipient: Owner) -> Result<(), Error> {
        loop {
            // Usually another process has done it already; this check needs no lock.
            let any = share_news::Entity::find()
                .filter(share_news::Column::RecipientId.eq(recipient.id()))
                .one(self.db())
                .await?;
            if any.is_none() {
                return Ok(());
            }
            let tx = self.begin_write().await?;
            self.deliver_pending(tx, recipient).await?;
        }
    }

    /// Delivers pending notifications of one recipient, for periodic upkeep. Returns their number.
    pub async fn deliver_share_news(&self) -> Result<u64, Error> {
        const DUE: &str = "SELECT recipient_id FROM share_news WHERE created_at <= $1 ORDER BY created_at LIMIT 100";
        match self.lock_due(DUE, clock::now()).await? {
            Some((tx, recipient)) => self.deliver_pending(tx, recipient).await,
            None => Ok(0),
        }
    }

    /// Assigns the recipient's next revision to the shares that still exist, and writes tombstones with it for the others.
    async fn deliver_pending(
        &self,
        tx: DatabaseTransaction,
        recipient: Owner,
    ) -> Result<u64, Error> {
        let revision = revision::take_next(&tx, recipient).await?.revision;
        let news = share_news::Entity::find()
            .filter(share_news::Column::RecipientId.eq(recipient.id()))
            .order_by_asc(share_news::Column::Id)
            .limit(CHUNK)
            .all(&tx)
            .await?;
        if news.is_empty() {
            return Ok(0);
        }
        let mut notes: Vec<Uuid> = news.iter().map(|row| row.note_id).collect();
        notes.sort_unstable();
        notes.dedup();
        let (here, gone) = split_by_access(&tx, recipient, notes).await?;
        note_share::Entity::update_many()
            .col_expr(note_share::Column::ChangeSeq, Expr::value(revision))
            .filter(note_share::Column::RecipientId.eq(recipient.id()))
            .filter(note_share::Column::NoteId.is_in(here.iter().copied()))
            .exec(&tx)
            .await?;
        // A note that is shared again loses its tombstone, and an ended share has only one.
        tombstone::Entity::delete_many()
            .filter(tombstone::Column::UserId.eq(recipient.id()))
            .filter(tombstone::Column::Kind.eq(KIND_SHARE))
            .filter(tombstone::Column::EntityId.is_in(here.iter().chain(&gone).copied()))
            .exec(&tx)
            .await?;
        if !gone.is_empty() {
            let now = clock::now();
            let stones = gone.iter().map(|note| tombstone::ActiveModel {
                user_id: Set(recipient.id()),
                change_seq: Set(revision),
                kind: Set(KIND_SHARE),
                entity_id: Set(*note),
                deleted_at: Set(now),
            });
            tombstone::Entity::insert_many(stones)
                .exec_without_returning(&tx)
                .await?;
        }
        share_news::Entity::delete_many()
            .filter(share_news::Column::Id.is_in(news.iter().map(|row| row.id)))
            .exec(&tx)
            .await?;
        self.commit_revision(tx, recipient, revision).await?;
        Ok(news.len() as u64)
    }
}

/// Splits notes into those that the recipient has now, and those that are no longer shared.
async fn split_by_access(
    tx: &DatabaseTransaction,
    recipient: Owner,
    notes: Vec<Uuid>,
) -> Result<(Vec<Uuid>, Vec<Uuid>), Error> {
    let places: Vec<String> = (2..notes.len() + 2).map(|at| format!("${at}")).collect();
    let text = format!(
        "SELECT s.note_id FROM note_shares s JOIN notes n ON n.id = s.note_id \
         WHERE s.recipient_id = $1 AND n.place <> 2 AND s.note_id IN ({})",
        places.join(", ")
    );
    let values: Vec<sea_orm::Value> = std::iter::once(recipient.id())
        .chain(notes.iter().copied())
        .map(Into::into)
        .collect();
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), text, values);
    let rows = tx.query_all_raw(statement).await?;
    let here: Vec<Uuid> = rows
        .iter()
        .map(|row| row.try_get_by_index(0))
        .collect::<Result<_, _>>()?;
    let gone = notes.into_iter().filter(|note| !here.contains(note));
    let gone = gone.collect();
    Ok((here, gone))
}
