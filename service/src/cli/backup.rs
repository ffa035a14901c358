//! `notes backup` and `notes restore`: everything in one file.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use super::exit::{Exit, configuration, failed, print, say};
use crate::config::Config;
use crate::error::{Code, Error};
use crate::migrate;
use crate::store::Store;
use crate::store::backup::{self, Counts, Found};
use crate::store::connect::Purpose;
use crate::telemetry::{self, Stream, Telemetry};

#[derive(Debug, clap::Args)]
pub(super) struct Write {
    /// The file to write, which must not exist; `-` for standard output
    file: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(super) struct Restore {
    /// The file to read; `-` for standard input
    file: PathBuf,
    /// Delete everything that is in the database already
    #[arg(long)]
    replace: bool,
}

pub(super) async fn write(arguments: &Write) -> Exit {
    let config = match ready() {
        Ok(config) => config,
        Err(exit) => return exit,
    };
    let result = async {
        let store = open(&config).await?;
        if arguments.file == Path::new("-") {
            return backup::backup(&store, io::stdout().lock(), migrate::names()).await;
        }
        to_file(&store, &arguments.file).await
    };
    let counts = result.await;
    ended(&config, "written", &arguments.file, counts)
}

pub(super) async fn restore(arguments: &Restore) -> Exit {
    let config = match ready() {
        Ok(config) => config,
        Err(exit) => return exit,
    };
    let found = if arguments.replace {
        Found::Replace
    } else {
        Found::Refuse
    };
    let result = async {
        let names = migrate::names();
        if arguments.file == Path::new("-") {
            let store = open(&config).await?;
            return backup::restore(&store, io::stdin().lock(), found, &names).await;
        }
        // Before a database is made for it.
        let file =
            File::open(&arguments.file).map_err(|error| unusable(&arguments.file, &error))?;
        let store = open(&config).await?;
        backup::restore(&store, BufReader::new(file), found, &names).await
    };
    let counts = result.await;
    ended(&config, "restored", &arguments.file, counts)
}

fn ready() -> Result<Config, Exit> {
    let config = configuration()?;
    let _telemetry = Telemetry::start(&telemetry::Settings {
        collector: None,
        stream: Stream::Errors,
        ..config.telemetry.clone()
    });
    Ok(config)
}

/// One connection without a limit for the time of a statement, on a schema that is up to date.
async fn open(config: &Config) -> Result<Store, Error> {
    let db = migrate::open_current(&config.database, Purpose::Migrating).await?;
    Ok(Store::new(db, config.limits))
}

/// Writes under another name until the file is whole; hashes of passwords are in it, so it is for its owner only.
async fn to_file(store: &Store, path: &Path) -> Result<Counts, Error> {
    if path.exists() {
        let why = format!("{} exists; name another file", path.display());
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
        .map_err(|error| unusable(&part, &error))?;
    let mut out = BufWriter::new(file);
    let written = backup::backup(store, &mut out, migrate::names()).await;
    let kept = written.and_then(|counts| {
        out.flush()
            .and_then(|()| out.get_ref().sync_all())
            .and_then(|()| fs::rename(&part, path))
            .map_err(|error| unusable(path, &error))?;
        Ok(counts)
    });
    if kept.is_err() {
        // What is left is not whole, and the reason is said.
        let _ = fs::remove_file(&part);
    }
    kept
}

fn unusable(path: &Path, error: &io::Error) -> Error {
    Error::new(Code::Conflict).detail(format!("{}: {error}", path.display()))
}

/// Returns a number with the noun it counts, which takes an `s` unless there is one.
fn counted(count: u64, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

fn ended(config: &Config, verb: &str, file: &Path, counts: Result<Counts, Error>) -> Exit {
    match counts {
        Ok(counts) => {
            let text = format!(
                "{verb}: {}, {}, {} in all",
                counted(counts.of("users"), "account"),
                counted(counts.of("notes"), "note"),
                counted(counts.rows.values().sum(), "row")
            );
            if file == Path::new("-") {
                say(&text);
            } else {
                print(&text);
            }
            Exit::Done
        }
        Err(error) => {
            let exit = failed(&config.database.to_string(), &error);
            match error.code() {
                Code::Internal | Code::Unavailable => exit,
                _ => Exit::Refused,
            }
        }
    }
}
