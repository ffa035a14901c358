//! What has changed since a revision: how a device that has read everything once stays up to date.

use sea_orm::{
    AccessMode, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait,
    IsolationLevel, QueryFilter, QueryOrder, QuerySelect, Select, Statement, TransactionOptions,
};
use uuid::Uuid;

use super::entity::{label, tombstone};
use super::labels::KIND_LABEL;
use super::notes::{KIND_NOTE, decode, select};
use super::{Owner, Store, stale, users};
use crate::domain::label::Label;
use crate::domain::note::Note;
use crate::error::{Code, Error};

/// Bytes of text after which a page ends, so that a hundred long notes do not come at once.
const PAGE_BYTES: i64 = 2 * 1024 * 1024;

/// Added to the revision of a page that began with nothing and ends below what deletions are still known for. A device that goes on from such a
/// number has nothing that could have been deleted before, in contrast to one that was away. JavaScript counts twice as far.
const FROM_NOTHING: i64 = 1 << 52;

/// Everything that has a number above the one named and at most the one of the page, as it is now.
#[derive(Debug, Default)]
pub struct Changes {
    /// Notes that were made or changed.
    pub notes: Vec<Note>,
    /// Labels that were made or changed.
    pub labels: Vec<Label>,
    /// Notes that were deleted for good.
    pub deleted_notes: Vec<Uuid>,
    /// Labels that were deleted.
    pub deleted_labels: Vec<Uuid>,
    /// Up to where this goes.
    pub revision: i64,
    /// Whether there is more behind it.
    pub more: bool,
}

/// Where a page ends.
struct End {
    revision: i64,
    more: bool,
}

impl Store {
    /// What has changed since a revision, in ascending order; everything, since 0.
    ///
    /// One write may change many rows under one number. They are never divided, because the next page begins behind a number: a page has as many
    /// rows as `limit` says, or all of one write.
    pub async fn changes(&self, owner: Owner, since: i64, limit: u16) -> Result<Changes, Error> {
        match self.read_changes(owner, since, limit).await {
            Err(error) if stale::is_broken_connection(&error) => {
                self.read_changes(owner, since, limit).await
            }
            changes => changes,
        }
    }

    async fn read_changes(&self, owner: Owner, since: i64, limit: u16) -> Result<Changes, Error> {
        let (since, from_nothing) = match since.checked_sub(FROM_NOTHING) {
            Some(since) if since >= 0 => (since, true),
            _ => (since, since == 0),
        };
        let tx = self.snapshot().await?;
        let user = users::find(&tx, owner).await?;
        // Who has nothing needs to hear of nothing that is gone.
        if since > user.revision || (!from_nothing && since < user.changes_floor) {
            return Err(Error::new(Code::ChangesExpired)
                .detail("read everything again, and go on from the revision of its first page"));
        }
        if since == user.revision {
            return Ok(Changes {
                revision: since,
                ..Changes::default()
            });
        }
        let end = end_of_page(&tx, owner, since, limit, user.revision).await?;
        let labels = label::Entity::find()
            .filter(label::Column::UserId.eq(owner.id()))
            .filter(label::Column::ChangeSeq.gt(since))
            .filter(label::Column::ChangeSeq.lte(end.revision))
            .order_by_asc(label::Column::ChangeSeq)
            .order_by_asc(label::Column::Id)
            .all(&tx)
            .await?;
        let buried = tombstone::Entity::find()
            .filter(tombstone::Column::UserId.eq(owner.id()))
            .filter(tombstone::Column::ChangeSeq.gt(since))
            .filter(tombstone::Column::ChangeSeq.lte(end.revision))
            .order_by_asc(tombstone::Column::ChangeSeq)
            .order_by_asc(tombstone::Column::EntityId);
        Ok(Changes {
            notes: notes(&tx, owner, since, end.revision).await?,
            labels: labels.into_iter().map(Label::from).collect(),
            deleted_notes: ids(&tx, &buried, KIND_NOTE).await?,
            deleted_labels: ids(&tx, &buried, KIND_LABEL).await?,
            revision: if from_nothing && end.more && end.revision < user.changes_floor {
                FROM_NOTHING + end.revision
            } else {
                end.revision
            },
            more: end.more,
        })
    }

    /// A transaction that reads, and sees one state of the database from its first statement on. On SQLite each does.
    async fn snapshot(&self) -> Result<DatabaseTransaction, Error> {
        let options = match self.backend() {
            DbBackend::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
            _ => TransactionOptions::default(),
        };
        self.begin(options).await
    }
}

/// Looks at numbers and sizes only, which are in indexes and heads of rows.
async fn end_of_page(
    tx: &DatabaseTransaction,
    owner: Owner,
    since: i64,
    limit: u16,
    newest: i64,
) -> Result<End, Error> {
    const SQL: &str = "
        SELECT change_seq, bytes FROM (
            SELECT * FROM (SELECT change_seq, octet_length(content) AS bytes FROM notes
                            WHERE user_id = $1 AND change_seq > $2 ORDER BY change_seq LIMIT $3) n
            UNION ALL
            SELECT * FROM (SELECT change_seq, 0 AS bytes FROM labels
                            WHERE user_id = $1 AND change_seq > $2 ORDER BY change_seq LIMIT $3) l
            UNION ALL
            SELECT * FROM (SELECT change_seq, 0 AS bytes FROM tombstones
                            WHERE user_id = $1 AND change_seq > $2 ORDER BY change_seq LIMIT $3) t
        ) c ORDER BY change_seq LIMIT $3";
    let values = [
        owner.id().into(),
        since.into(),
        (i64::from(limit) + 1).into(),
    ];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), SQL, values);
    let (mut taken, mut bytes, mut last) = (0, 0, None);
    for row in tx.query_all_raw(statement).await? {
        let revision: i64 = row.try_get_by_index(0)?;
        let size: i32 = row.try_get_by_index(1)?;
        bytes += i64::from(size);
        taken += 1;
        if let Some(last) = last
            && last < revision
            && (taken > limit || bytes > PAGE_BYTES)
        {
            return Ok(End {
                revision: last,
                more: true,
            });
        }
        last = Some(revision);
    }
    Ok(match last {
        // All of one write, and perhaps more of it than was looked at.
        Some(last) if taken > limit => End {
            revision: last,
            more: last < newest,
        },
        _ => End {
            revision: newest,
            more: false,
        },
    })
}

async fn notes(
    tx: &DatabaseTransaction,
    owner: Owner,
    since: i64,
    to: i64,
) -> Result<Vec<Note>, Error> {
    let backend = tx.get_database_backend();
    let text = format!(
        "{} FROM notes n WHERE n.user_id = $1 AND n.change_seq > $2 AND n.change_seq <= $3 ORDER BY n.change_seq, n.id",
        select(backend)
    );
    let values = [owner.id().into(), since.into(), to.into()];
    let rows = tx
        .query_all_raw(Statement::from_sql_and_values(backend, text, values))
        .await?;
    Ok(rows.iter().map(decode).collect::<Result<_, _>>()?)
}

async fn ids(
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
