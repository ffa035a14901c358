//! Pages of notes that end at a number of notes or bytes, which bounds their memory.

use std::ops::ControlFlow;

use sea_orm::{QueryResult, Statement, Value};

use super::Store;
use crate::error::Error;

/// Number of bytes of text after which a page ends, regardless of its limit in notes.
pub const PAGE_BYTES: usize = 1024 * 1024;

/// Most common page sizes, for which the statement contains a literal limit.
const USUAL: [u16; 3] = [20, 50, 100];

/// The first rows of a result.
#[derive(Debug)]
pub(super) struct Rows<T> {
    /// Items that the rows were converted to.
    pub(super) items: Vec<T>,
    /// True if further rows follow.
    pub(super) more: bool,
}

impl Store {
    /// Reads rows one by one, up to `limit` or [`PAGE_BYTES`] of text, but at least one. `item` converts a row, and returns the size of its text; it
    /// may see rows again if the connection breaks between two of them.
    pub(super) async fn read_page<T: Send>(
        &self,
        statement: Statement,
        limit: u16,
        mut item: impl FnMut(&QueryResult) -> Result<(T, usize), Error> + Send,
    ) -> Result<Rows<T>, Error> {
        let mut items = Vec::new();
        let (mut bytes, mut more, mut failed) = (0, false, None);
        let take = |row: Option<&QueryResult>| {
            let Some(row) = row else {
                items.clear();
                (bytes, more) = (0, false);
                return ControlFlow::Continue(());
            };
            if items.len() == usize::from(limit) || bytes >= PAGE_BYTES {
                more = true;
                return ControlFlow::Break(());
            }
            match item(row) {
                Ok((item, size)) => {
                    bytes += size;
                    items.push(item);
                    ControlFlow::Continue(())
                }
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        };
        self.db().for_each_row(statement, take).await?;
        match failed {
            Some(error) => Err(error),
            None => Ok(Rows { items, more }),
        }
    }
}

/// Returns a `LIMIT` clause for one row more than the page has, to find out if another page follows. Common sizes are literals: for a parameter,
/// PostgreSQL assumes that it passes a tenth of all rows, and plans each execution separately, which takes longer than the execution.
pub(super) fn limit_clause(limit: u16, bind: &mut impl FnMut(Value) -> usize) -> String {
    let rows = i64::from(limit) + 1;
    if USUAL.contains(&limit) {
        format!(" LIMIT {rows}")
    } else {
        format!(" LIMIT ${}", bind(rows.into()))
    }
}
