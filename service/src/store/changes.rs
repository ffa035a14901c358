//! Changes since a revision, by which a device that has read everything once stays up to date.

use sea_orm::{
    AccessMode, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait,
    IsolationLevel, QueryFilter, QueryOrder, QuerySelect, Select, Statement, TransactionOptions,
};
use uuid::Uuid;

use super::entity::{label, saved_filter, tombstone};
use super::filters::KIND_FILTER;
use super::labels::KIND_LABEL;
use super::notes::{KIND_NOTE, decode_note, select_clause};
use super::sharing::{self, KIND_SHARE, SharedNote};
use super::stale::RetryBudget;
use super::{Owner, Store, filters, stale, users};
use crate::domain::filter::Filter;
use crate::domain::label::Label;
use crate::domain::note::Note;
use crate::error::{Code, Error};

/// Number of bytes of text after which a page ends, so that a hundred long notes do not arrive together.
const PAGE_BYTES: i64 = 2 * 1024 * 1024;

/// Added to the revision of a page that started from nothing and ends before the oldest known deletion. A device that continues from such a number
/// cannot have missed a deletion, unlike one that was offline. JavaScript represents integers up to twice this number.
const FROM_NOTHING: i64 = 1 << 52;

/// Everything with a change after the requested revision, up to the revision of the page, in its present state.
#[derive(Debug, Default)]
pub struct Changes {
    /// Notes that were created or changed.
    pub notes: Vec<Note>,
    /// Labels that were created or changed.
    pub labels: Vec<Label>,
    /// Saved filters that were created or changed.
    pub filters: Vec<Filter>,
    /// Notes that were deleted permanently.
    pub deleted_notes: Vec<Uuid>,
    /// Labels that were deleted.
    pub deleted_labels: Vec<Uuid>,
    /// Saved filters that were deleted.
    pub deleted_filters: Vec<Uuid>,
    /// Notes of other users that were shared with the user, or changed.
    pub shared_notes: Vec<SharedNote>,
    /// Notes of other users that are no longer shared with the user.
    pub ended_shares: Vec<Uuid>,
    /// Revision from which to request the next changes.
    pub revision: i64,
    /// True if further changes follow.
    pub more: bool,
}

/// The end of a page.
struct PageEnd {
    revision: i64,
    more: bool,
    /// True if changes to notes of other users are among the rows.
    includes_shared: bool,
}

impl Store {
    /// Returns a page of the changes since a revision, in ascending order; since 0, everything.
    ///
    /// One write may change many rows with the same revision. A page never splits a revision, because the next page starts after one: it has up to
    /// `limit` rows, or all rows of one write.
    ///
    /// # Errors
    ///
    /// `changes_expired` if deletions since that revision are no longer known; the device must read everything again.
    pub async fn list_changes(
        &self,
        owner: Owner,
        since: i64,
        limit: u16,
    ) -> Result<Changes, Error> {
        let mut patience = RetryBudget::default();
        loop {
            let read = self.read_changes(owner, since, limit).await;
            let cause = read.as_ref().err().and_then(stale::database_cause);
            match cause {
                Some(cause) if patience.allows_retry(cause).await => {}
                _ => return read,
            }
        }
    }

    async fn read_changes(&self, owner: Owner, since: i64, limit: u16) -> Result<Changes, Error> {
        let (since, from_nothing) = match since.checked_sub(FROM_NOTHING) {
            Some(since) if since >= 0 => (since, true),
            _ => (since, since == 0),
        };
        let tx = self.begin_snapshot().await?;
        let user = users::find_user(&tx, owner).await?;
        // A device without data needs no deletions.
        if since > user.revision || (!from_nothing && since < user.changes_floor) {
            return Err(Error::new(Code::ChangesExpired)
                .detail("read all data again, and continue from the revision of the first page"));
        }
        if since == user.revision {
            return Ok(Changes {
                revision: since,
                ..Changes::default()
            });
        }
        let end = find_page_end(&tx, owner, since, limit, user.revision).await?;
        let labels = label::Entity::find()
            .filter(label::Column::UserId.eq(owner.id()))
            .filter(label::Column::ChangeSeq.gt(since))
            .filter(label::Column::ChangeSeq.lte(end.revision))
            .order_by_asc(label::Column::ChangeSeq)
            .order_by_asc(label::Column::Id)
            .all(&tx)
            .await?;
        let filters = saved_filter::Entity::find()
            .filter(saved_filter::Column::UserId.eq(owner.id()))
            .filter(saved_filter::Column::ChangeSeq.gt(since))
            .filter(saved_filter::Column::ChangeSeq.lte(end.revision))
            .order_by_asc(saved_filter::Column::ChangeSeq)
            .order_by_asc(saved_filter::Column::Id)
            .all(&tx)
            .await?;
        let buried = tombstone::Entity::find()
            .filter(tombstone::Column::UserId.eq(owner.id()))
            .filter(tombstone::Column::ChangeSeq.gt(since))
            .filter(tombstone::Column::ChangeSeq.lte(end.revision))
            .order_by_asc(tombstone::Column::ChangeSeq)
            .order_by_asc(tombstone::Column::EntityId);
        let (shared_notes, ended_shares) = if end.includes_shared {
            (
                sharing::list_changed(&tx, owner, since, end.revision).await?,
                list_deleted_ids(&tx, &buried, KIND_SHARE).await?,
            )
        } else {
            (Vec::new(), Vec::new())
        };
        Ok(Changes {
            shared_notes,
            ended_shares,
            notes: list_changed_notes(&tx, owner, since, end.revision).await?,
            labels: labels.into_iter().map(Label::from).collect(),
            filters: filters::filters_from_rows(&tx, owner, filters).await?,
            deleted_notes: list_deleted_ids(&tx, &buried, KIND_NOTE).await?,
            deleted_labels: list_deleted_ids(&tx, &buried, KIND_LABEL).await?,
            deleted_filters: list_deleted_ids(&tx, &buried, KIND_FILTER).await?,
            revision: if from_nothing && end.more && end.revision < user.changes_floor {
                FROM_NOTHING + end.revision
            } else {
                end.revision
            },
            more: end.more,
        })
    }

    /// Begins a read transaction that sees one state of the database from its first statement on. In SQLite, every transaction does.
    async fn begin_snapshot(&self) -> Result<DatabaseTransaction, Error> {
        let options = match self.backend() {
            DbBackend::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
            _ => TransactionOptions::default(),
        };
        self.begin_transaction(options).await
    }
}

/// Returns the end of a page. It reads only revisions and sizes, which are in indexes and at the beginning of rows.
async fn find_page_end(
    tx: &DatabaseTransaction,
    owner: Owner,
    since: i64,
    limit: u16,
    newest: i64,
) -> Result<PageEnd, Error> {
    const SQL: &str = "
        SELECT change_seq, bytes, of_others FROM (
            SELECT * FROM (SELECT change_seq, octet_length(content) AS bytes, 0 AS of_others FROM notes
                            WHERE user_id = $1 AND change_seq > $2 ORDER BY change_seq LIMIT $3) n
            UNION ALL
            SELECT * FROM (SELECT change_seq, 0 AS bytes, 0 AS of_others FROM labels
                            WHERE user_id = $1 AND change_seq > $2 ORDER BY change_seq LIMIT $3) l
            UNION ALL
            SELECT * FROM (SELECT change_seq, 0 AS bytes, 0 AS of_others FROM saved_filters
                            WHERE user_id = $1 AND change_seq > $2 ORDER BY change_seq LIMIT $3) f
            UNION ALL
            SELECT * FROM (SELECT change_seq, 0 AS bytes, CASE WHEN kind = 2 THEN 1 ELSE 0 END AS of_others FROM tombstones
                            WHERE user_id = $1 AND change_seq > $2 ORDER BY change_seq LIMIT $3) t
            UNION ALL
            SELECT * FROM (SELECT s.change_seq, octet_length(n.content) AS bytes, 1 AS of_others FROM note_shares s
                            JOIN notes n ON n.id = s.note_id
                            WHERE s.recipient_id = $1 AND s.change_seq > $2 AND n.place <> 2
                            ORDER BY s.change_seq LIMIT $3) s
        ) c ORDER BY change_seq LIMIT $3";
    let values = [
        owner.id().into(),
        since.into(),
        (i64::from(limit) + 1).into(),
    ];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), SQL, values);
    let (mut taken, mut bytes, mut last) = (0, 0, None);
    let mut of_others = false;
    for row in tx.query_all_raw(statement).await? {
        let revision: i64 = row.try_get_by_index(0)?;
        let size: i32 = row.try_get_by_index(1)?;
        bytes += i64::from(size);
        taken += 1;
        if let Some(last) = last
            && last < revision
            && (taken > limit || bytes > PAGE_BYTES)
        {
            return Ok(PageEnd {
                revision: last,
                more: true,
                includes_shared: of_others,
            });
        }
        last = Some(revision);
        of_others |= row.try_get_by_index::<i32>(2)? != 0;
    }
    Ok(match last {
        // All rows of one write, possibly more than were read here.
        Some(last) if taken > limit => PageEnd {
            revision: last,
            more: last < newest,
            includes_shared: of_others,
        },
        _ => PageEnd {
            revision: newest,
            more: false,
            includes_shared: of_others,
        },
    })
}

async fn list_changed_notes(
    tx: &DatabaseTransaction,
    owner: Owner,
    since: i64,
    to: i64,
) -> Result<Vec<Note>, Error> {
    let backend = tx.get_database_backend();
    let text = format!(
        "{} FROM notes n WHERE n.user_id = $1 AND n.change_seq > $2 AND n.change_seq <= $3 ORDER BY n.change_seq, n.id",
        select_clause(backend)
    );
    let values = [owner.id().into(), since.into(), to.into()];
    let rows = tx
        .query_all_raw(Statement::from_sql_and_values(backend, text, values))
        .await?;
    Ok(rows.iter().map(decode_note).collect::<Result<_, _>>()?)
}

async fn list_deleted_ids(
    tx: &DatabaseTransaction,
    buried: &Select<tombstone::Entity>,
    kind: i16,
) -> Result<Vec<Uuid>, Error> {
    let of_kind = buried.clone().filter(tombstone::Column::Kind.eq(kind));
    Ok(of_kind
        .select_only()
        .column(tombstone::Column::EntityId)
        .into_tuple()
        .all(tx)
        .await?)
}
