//! Pages of notes that end when they have enough, in notes or in bytes, so that no page takes more memory than it may.

use std::ops::ControlFlow;

use sea_orm::{QueryResult, Statement, Value};

use super::Store;
use crate::error::Error;

/// Bytes of text after which a page ends, whatever was asked for.
pub const PAGE_BYTES: usize = 1024 * 1024;

/// Sizes of pages that are asked for most.
const USUAL: [u16; 3] = [20, 50, 100];

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
    /// a row is, and the bytes of its text; it is given rows again where the connection breaks between two of them.
    pub(super) async fn page_of<T: Send>(
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
        self.db().each(statement, take).await?;
        match failed {
            Some(error) => Err(error),
            None => Ok(Rows { items, more }),
        }
    }
}

/// `LIMIT` for one row more than a page has, which tells whether another page follows. The usual sizes stand in the text: of a parameter,
/// PostgreSQL supposes that it lets a tenth of all rows through, and makes a plan for each execution, which takes longer than the execution.
pub(super) fn one_more_than(limit: u16, bind: &mut impl FnMut(Value) -> usize) -> String {
    let rows = i64::from(limit) + 1;
    if USUAL.contains(&limit) {
        format!(" LIMIT {rows}")
    } else {
        format!(" LIMIT ${}", bind(rows.into()))
    }
}
