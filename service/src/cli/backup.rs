//! `notes backup` and `notes restore`: write all data to one file, including the contents of attachments, and read it back.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use super::exit::{Exit, print_error, print_line, read_configuration, report_error};
use crate::config::Config;
use crate::counted::{format_count, format_count_was, format_ids};
use crate::error::{Code, Error};
use crate::files::Files;
use crate::migrate;
use crate::store::Store;
use crate::store::backup::{self, AttachmentBytes, ExistingAccounts, Report};
use crate::store::connect::Purpose;
use crate::telemetry::{self, Stream, Telemetry};

#[derive(Debug, clap::Args)]
pub(super) struct Write {
    /// File to write, which must not exist; `-` for standard output
    file: PathBuf,
    /// Do not include the contents of attachments
    #[arg(long)]
    without_attachments: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Restore {
    /// File to read; `-` for standard input
    file: PathBuf,
    /// Delete all data that the database already contains
    #[arg(long)]
    replace: bool,
    /// Do not restore the contents of attachments that the file contains
    #[arg(long)]
    without_attachments: bool,
}

pub(super) async fn write_backup(arguments: &Write) -> Exit {
    let config = match prepare_config() {
        Ok(config) => config,
        Err(exit) => return exit,
    };
    let result = async {
        let files = open_files(&config, arguments.without_attachments)?;
        let store = open_store(&config).await?;
        if arguments.file == Path::new("-") {
            let out = io::stdout().lock();
            return backup::write_backup(&store, files.as_ref(), out, migrate::migration_names())
                .await;
        }
        to_file(&store, files.as_ref(), &arguments.file).await
    };
    match result.await {
        Ok(report) => report_written(arguments, &report),
        Err(error) => report_failure(&config, &error),
    }
}

pub(super) async fn restore_backup(arguments: &Restore) -> Exit {
    let config = match prepare_config() {
        Ok(config) => config,
        Err(exit) => return exit,
    };
    let found = if arguments.replace {
        ExistingAccounts::Replace
    } else {
        ExistingAccounts::Reject
    };
    let result = async {
        let names = migrate::migration_names();
        let files = open_files(&config, arguments.without_attachments)?;
        let bytes = match &files {
            _ if arguments.without_attachments => AttachmentBytes::Skip,
            Some(files) => AttachmentBytes::Into(files),
            None => AttachmentBytes::Reject,
        };
        if arguments.file == Path::new("-") {
            let store = open_store(&config).await?;
            return backup::restore_backup(&store, bytes, io::stdin().lock(), found, &names).await;
        }
        // Opened first, so that no database is created for a missing file.
        let file =
            File::open(&arguments.file).map_err(|error| file_error(&arguments.file, &error))?;
        let store = open_store(&config).await?;
        backup::restore_backup(&store, bytes, BufReader::new(file), found, &names).await
    };
    match result.await {
        Ok(report) => report_restored(arguments, &report),
        Err(error) => report_failure(&config, &error),
    }
}

/// Opens the storage of attachments. Returns `None` if the configuration has no storage, or if the contents are left out.
fn open_files(config: &Config, without: bool) -> Result<Option<Files>, Error> {
    if without {
        return Ok(None);
    }
    Files::open(&config.files)
}

fn prepare_config() -> Result<Config, Exit> {
    let config = read_configuration()?;
    let _telemetry = Telemetry::start(&telemetry::Settings {
        collector: None,
        stream: Stream::Errors,
        ..config.telemetry.clone()
    });
    Ok(config)
}

/// Opens a single connection without a statement timeout. The schema has to be up to date.
async fn open_store(config: &Config) -> Result<Store, Error> {
    let db = migrate::open_current(&config.database, Purpose::Migrating).await?;
    Ok(Store::new(db, config.limits))
}

/// Writes the backup under a temporary name and renames it when it is complete. Only the owner can read the file, because it contains password
/// hashes.
async fn to_file(store: &Store, files: Option<&Files>, path: &Path) -> Result<Report, Error> {
    if path.exists() {
        let why = format!(
            "{} exists already; choose another file name",
            path.display()
        );
        return Err(Error::new(Code::Conflict).detail(why));
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    let part = PathBuf::from(name);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options
        .open(&part)
        .map_err(|error| file_error(&part, &error))?;
    let mut out = BufWriter::new(file);
    let written = backup::write_backup(store, files, &mut out, migrate::migration_names()).await;
    let kept = written.and_then(|report| {
        out.flush()
            .and_then(|()| out.get_ref().sync_all())
            .and_then(|()| fs::rename(&part, path))
            .map_err(|error| file_error(path, &error))?;
        Ok(report)
    });
    if kept.is_err() {
        // The file is incomplete, and the error is reported.
        let _ = fs::remove_file(&part);
    }
    kept
}

fn file_error(path: &Path, error: &io::Error) -> Error {
    Error::new(Code::Conflict).detail(format!("{}: {error}", path.display()))
}

/// Prints what the backup contains and what is missing. Missing attachments do not make the backup unusable, but change the exit code.
fn report_written(arguments: &Write, report: &Report) -> Exit {
    print_summary("written", &arguments.file, report);
    if !report.has_attachments && report.counts.rows_of_table("attachments") > 0 {
        let why = if arguments.without_attachments {
            ""
        } else {
            ": no storage for attachments is configured"
        };
        print_error(&format!(
            "note: the bytes of {} are not in the file{why}",
            format_count(report.counts.rows_of_table("attachments"), "attachment")
        ));
    }
    if report.deleted_meanwhile > 0 {
        print_error(&format!(
            "note: {} deleted while the backup was written; their bytes are not in it",
            format_count_was(report.deleted_meanwhile, "attachment")
        ));
    }
    if report.lost.is_empty() {
        return Exit::Done;
    }
    print_error(&format!(
        "error: the bytes of {} are missing or damaged in the storage, and therefore not in the backup: {}",
        format_count(report.lost.len() as u64, "attachment"),
        format_ids(&report.lost)
    ));
    print_error(
        "  = help: `notes doctor` compares the storage with the database; an earlier backup may contain the bytes",
    );
    Exit::NotAlive
}

/// Prints what was restored, and which attachments lack their contents.
fn report_restored(arguments: &Restore, report: &Report) -> Exit {
    print_summary("restored", &arguments.file, report);
    let attachments = format_count(report.counts.rows_of_table("attachments"), "attachment");
    if report.counts.rows_of_table("attachments") > 0 {
        if !report.has_attachments {
            print_error(&format!(
                "note: the backup does not contain the bytes of {attachments}: copy them to FILES_DIR or FILES_BUCKET"
            ));
        } else if arguments.without_attachments {
            print_error(&format!(
                "note: the bytes of {attachments} were not restored: copy them to FILES_DIR or FILES_BUCKET"
            ));
        }
    }
    if !report.lost.is_empty() {
        print_error(&format!(
            "note: the backup does not contain the bytes of {}, which were missing or damaged when it was written: {}",
            format_count(report.lost.len() as u64, "attachment"),
            format_ids(&report.lost)
        ));
    }
    Exit::Done
}

fn print_summary(verb: &str, file: &Path, report: &Report) {
    let counts = &report.counts;
    let files = if counts.files == 0 {
        String::new()
    } else {
        format!(
            "; {} of attachments with {}",
            format_count(counts.files, "file"),
            format_count(counts.file_bytes, "byte")
        )
    };
    let text = format!(
        "{verb}: {}, {}, {} in total{files}",
        format_count(counts.rows_of_table("users"), "account"),
        format_count(counts.rows_of_table("notes"), "note"),
        format_count(counts.rows.values().sum(), "row")
    );
    if file == Path::new("-") {
        print_error(&text);
    } else {
        print_line(&text);
    }
}

fn report_failure(config: &Config, error: &Error) -> Exit {
    let exit = report_error(&config.database.to_string(), error);
    match error.code() {
        Code::Internal | Code::Unavailable => exit,
        _ => Exit::Refused,
    }
}
