//! Findings about attachments whose database rows and stored contents do not match.

use super::Finding;
use crate::config::{Config, DatabaseConfig};
use crate::counted::{format_count, format_ids};
use crate::error::Error;
use crate::files::{Audit, Files, StorageLocation, audit_files};
use crate::migrate;
use crate::store::Store;
use crate::store::connect::{Purpose, connect_database};

/// Compares all attachments in the database with the storage. Returns no findings if either is unavailable, which other findings report.
pub(super) async fn examine_attachments(config: &Config) -> Vec<Finding> {
    let is_there = match &config.files {
        StorageLocation::Disabled => false,
        StorageLocation::Folder(folder) => folder.exists(),
        StorageLocation::Bucket(_) => true,
    };
    if !is_there {
        return missing_place(config).await.into_iter().collect();
    }
    match audit_attachments(config).await {
        Ok(Some(audit)) => report_audit(&audit),
        // The finding about the database or the storage says why.
        Ok(None) | Err(_) => Vec::new(),
    }
}

/// Opens the database. Returns `None` if it does not exist or its schema is not up to date.
async fn open_store(config: &Config) -> Result<Option<Store>, Error> {
    let exists = match &config.database {
        DatabaseConfig::SqliteMemory => false,
        DatabaseConfig::SqliteFile(path) => path.exists(),
        DatabaseConfig::Postgres(_) => true,
    };
    if !exists {
        return Ok(None);
    }
    let steps = migrate::migration_status(&config.database).await?;
    if steps.iter().any(|step| !step.applied) {
        return Ok(None);
    }
    let db = connect_database(&config.database, Purpose::Migrating).await?;
    Ok(Some(Store::new(db, config.limits)))
}

async fn audit_attachments(config: &Config) -> Result<Option<Audit>, Error> {
    let Some(store) = open_store(config).await? else {
        return Ok(None);
    };
    let Some(files) = Files::open(&config.files)? else {
        return Ok(None);
    };
    Ok(Some(audit_files(&store, &files).await?))
}

/// Reports attachments in the database for which the configuration names no storage.
async fn missing_place(config: &Config) -> Option<Finding> {
    let store = open_store(config).await.ok()??;
    let any = store
        .list_complete_attachments(uuid::Uuid::nil(), 1)
        .await
        .ok()?;
    any.first().map(|_| {
        Finding::bad(
            "attachments",
            "the database contains attachments, but no storage for their bytes is configured",
            "set FILES_DIR or FILES_BUCKET; `notes restore` copies the bytes from a backup",
        )
    })
}

fn report_audit(audit: &Audit) -> Vec<Finding> {
    let about = "attachments";
    let all = format_count(audit.attachments, "attachment");
    let mut findings = Vec::new();
    if audit.without_bytes.is_empty() {
        findings.push(Finding::good(
            about,
            format!("{all}, all with complete bytes"),
        ));
    } else {
        findings.push(Finding::bad(
            about,
            format!(
                "{} of {all} have missing bytes, or a different size than recorded: {}",
                audit.without_bytes.len(),
                format_ids(&audit.without_bytes)
            ),
            "restore the storage, or run `notes restore` with a backup that contains them",
        ));
    }
    if audit.without_rows > 0 {
        findings.push(Finding::note(
            about,
            format!(
                "{} with {} in the storage without a record in the database",
                format_count(audit.without_rows, "file"),
                format_count(audit.bytes_without_rows, "byte")
            ),
            "`notes serve` deletes them seven days after it has found them, unless a restored database refers to them",
        ));
    }
    findings
}
