//! Pages of notes that end when they have enough, in notes or in bytes, so that no page takes more memory than it may.

use futures_util::TryStreamExt as _;
use sea_orm::{QueryResult, Statement, StreamTrait as _};

use super::{Store, stale};
use crate::error::Error;

/// Bytes of text after which a page ends, whatever was asked for.
pub const PAGE_BYTES: usize = 1024 * 1024;

/// The beginning of what a statement finds.
#[derive(Debug)]
pub(super) struct Rows<T> {
    /// What was made of the rows.
    pub(super) items: Vec<T>,
    /// There are more rows.
    pub(super) more: bool,
}

impl Store {
    /// Reads rows one by one, until there are `limit` or their texts have [`PAGE_BYTES`]; at least one, if there is one. `item` says what
    /// a row is, and the bytes of its text.
    pub(super) async fn page_of<T>(
        &self,
        statement: Statement,
        limit: u16,
        mut item: impl FnMut(&QueryResult) -> Result<(T, usize), Error>,
    ) -> Result<Rows<T>, Error> {
        match self.read_page(statement.clone(), limit, &mut item).await {
            Err(error) if stale::is_broken_connection(&error) => {
                self.read_page(statement, limit, &mut item).await
            }
            page => page,
        }
    }

    async fn read_page<T>(
        &self,
        statement: Statement,
        limit: u16,
        item: &mut impl FnMut(&QueryResult) -> Result<(T, usize), Error>,
    ) -> Result<Rows<T>, Error> {
        let mut stream = self.db().stream_raw(statement).await?;
        let mut items = Vec::new();
        let mut bytes = 0;
        while let Some(row) = stream.try_next().await? {
            if items.len() == usize::from(limit) || bytes >= PAGE_BYTES {
                return Ok(Rows { items, more: true });
            }
            let (item, size) = item(&row)?;
            bytes += size;
            items.push(item);
        }
        Ok(Rows { items, more: false })
    }
}
