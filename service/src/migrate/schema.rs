//! Reads the actual schema of a database as lines of text, and compares two schemas.

use std::collections::BTreeSet;
use std::fmt;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};

/// A part of the schema that only one of the two compared databases has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// The migrations create this part, and the database lacks it.
    Missing(String),
    /// The database has this part, and the migrations do not create it.
    Unexpected(String),
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(what) => write!(f, "missing: {what}"),
            Self::Unexpected(what) => write!(f, "unexpected: {what}"),
        }
    }
}

/// Returns the differences between two schemas, missing parts first.
pub(super) fn compare_schemas(
    found: &BTreeSet<String>,
    expected: &BTreeSet<String>,
) -> Vec<Difference> {
    let missing = expected.difference(found).cloned().map(Difference::Missing);
    let unexpected = found
        .difference(expected)
        .cloned()
        .map(Difference::Unexpected);
    missing.chain(unexpected).collect()
}

/// Query for the columns, constraints, indexes and triggers in the first schema of PostgreSQL's search path.
const POSTGRES: &str = "
SELECT 'column ' || relname || '.' || attname || ' ' || format_type(atttypid, atttypmod)
       || CASE WHEN attnotnull THEN ' not null' ELSE '' END
       || COALESCE(' default ' || pg_get_expr(adbin, adrelid), '') AS line
  FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
 WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm') AND attnum > 0 AND NOT attisdropped
UNION ALL
SELECT 'constraint on ' || conrelid::regclass::text || ': ' || pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND contype <> 'n'
UNION ALL
SELECT 'index: ' || replace(indexdef, ' ' || schemaname || '.', ' ')
  FROM pg_indexes WHERE schemaname = current_schema()
UNION ALL
SELECT 'trigger on ' || tgrelid::regclass::text || ': ' || tgname
  FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
 WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace";

/// Query for the schema of SQLite, which stores the text of the statements that created it.
const SQLITE: &str = "SELECT type || ' ' || sql AS line FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'";

/// Returns the schema as a set of lines, without the table that records migrations.
pub(super) async fn read_schema(db: &DatabaseConnection) -> Result<BTreeSet<String>, DbErr> {
    let backend = db.get_database_backend();
    let text = match backend {
        DbBackend::Postgres => POSTGRES,
        _ => SQLITE,
    };
    let rows = db
        .query_all_raw(Statement::from_string(backend, text))
        .await?;
    let mut lines = BTreeSet::new();
    for row in rows {
        let line: String = row.try_get("", "line")?;
        if !line.contains("seaql_migrations") {
            lines.insert(line.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    Ok(lines)
}
