//! Exit codes, after `sysexits.h`, and the one place that knows which failure has which.

use std::io::{self, Write as _};
use std::process::ExitCode;

use crate::config::{Config, Problems};
use crate::error::{Code, Error};

/// What `--help` says of them.
pub(super) const HELP: &str = "Exit codes: 0 done, 1 not alive or not well, 2 migrations are pending or the schema differs, 64 wrong arguments, 65 what was given is refused, \
67 no such account, 69 something needed does not answer, \
70 a defect, 75 try again, 78 the configuration cannot be used";

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// Everything was done.
    Done,
    /// The service is not alive, or something about it is wrong.
    NotAlive,
    /// Migrations are pending, or the schema is another one.
    Pending,
    /// The arguments are wrong (`EX_USAGE`).
    Usage,
    /// A given value cannot be taken: a name that another account has, a weak password (`EX_DATAERR`).
    Refused,
    /// No account has this name (`EX_NOUSER`).
    NoUser,
    /// Something that is needed does not answer (`EX_UNAVAILABLE`).
    Unavailable,
    /// A defect (`EX_SOFTWARE`).
    Defect,
    /// Starting it again may help (`EX_TEMPFAIL`).
    TryAgain,
    /// The configuration cannot be used (`EX_CONFIG`).
    Configuration,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::NotAlive => 1,
            Exit::Pending => 2,
            Exit::Usage => 64,
            Exit::Refused => 65,
            Exit::NoUser => 67,
            Exit::Unavailable => 69,
            Exit::Defect => 70,
            Exit::TryAgain => 75,
            Exit::Configuration => 78,
        })
    }
}

/// The configuration, or the end with everything that is wrong with it, one JSON line on standard error: the same reader takes it as the logs.
pub(super) fn configuration() -> Result<Config, Exit> {
    Config::from_environment().map_err(|Problems(problems)| {
        let line = serde_json::json!({
            "timestamp": crate::clock::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
            "level": "ERROR",
            "message": "the configuration cannot be used",
            "problems": problems,
        });
        say(&line.to_string());
        Exit::Configuration
    })
}

/// Says what went wrong, with its causes, and which code tells it.
pub(super) fn failed(what: &str, error: &Error) -> Exit {
    let mut text = format!("error: {what}: {error}");
    let mut cause = std::error::Error::source(error);
    while let Some(source) = cause {
        let line = format!("\n  = {source}");
        // SeaORM repeats its source in its own words.
        if !text.contains(&line[4..]) {
            text.push_str(&line);
        }
        cause = source.source();
    }
    say(&text);
    match error.code() {
        Code::Unavailable | Code::StorageFull => Exit::Unavailable,
        Code::Internal => Exit::Defect,
        _ => Exit::Usage,
    }
}

/// One line on standard error.
pub(super) fn say(text: &str) {
    // When nobody reads there is nobody to tell.
    let _ = writeln!(io::stderr(), "{text}");
}

/// One line on standard output.
pub(super) fn print(text: &str) {
    let _ = writeln!(io::stdout(), "{text}");
}
