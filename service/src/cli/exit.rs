//! Exit codes, after `sysexits.h`, and the mapping of errors to them.

use std::io::{self, Write as _};
use std::process::ExitCode;

use crate::config::{Config, Problems};
use crate::error::{Code, Error};

/// Explanation of the exit codes in the output of `--help`.
pub(super) const HELP: &str = "Exit codes: 0 success, 1 the service is not alive or has problems, 2 migrations are pending or the \
schema differs, 64 invalid arguments, 65 invalid input, 67 no such account, 69 a required service \
does not respond, 70 internal error, 75 temporary failure: try again, 78 invalid configuration";

/// Outcome of a command, which becomes the exit code of the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// The command was successful (0).
    Done,
    /// The service is not alive, or an examination has found a problem (1).
    NotAlive,
    /// Migrations are pending, or the schema differs from the expected one (2).
    Pending,
    /// The arguments are wrong (`EX_USAGE`, 64).
    Usage,
    /// A given value is refused, such as a name that another account has or a weak password (`EX_DATAERR`, 65).
    Refused,
    /// The given name belongs to no account (`EX_NOUSER`, 67).
    NoUser,
    /// A required service such as the database does not respond (`EX_UNAVAILABLE`, 69).
    Unavailable,
    /// The program has a defect (`EX_SOFTWARE`, 70).
    Defect,
    /// A restart may solve the problem (`EX_TEMPFAIL`, 75).
    TryAgain,
    /// The configuration cannot be used (`EX_CONFIG`, 78).
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

/// Reads the configuration from the environment. On failure, prints all problems as one JSON line on standard error, in the format of the logs, and
/// returns the exit code.
pub(super) fn read_configuration() -> Result<Config, Exit> {
    Config::from_environment().map_err(|Problems(problems)| {
        let line = serde_json::json!({
            "timestamp": crate::clock::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
            "level": "ERROR",
            "message": "the configuration is not valid",
            "problems": problems,
        });
        print_error(&line.to_string());
        Exit::Configuration
    })
}

/// Prints an error with its causes on standard error and returns the exit code for it. `what` names the failed operation.
pub(super) fn report_error(what: &str, error: &Error) -> Exit {
    let mut text = format!("error: {what}: {error}");
    let mut cause = std::error::Error::source(error);
    while let Some(source) = cause {
        let line = format!("\n  = {source}");
        // SeaORM includes the text of its source in its own message.
        if !text.contains(&line[4..]) {
            text.push_str(&line);
        }
        cause = source.source();
    }
    print_error(&text);
    match error.code() {
        Code::Unavailable | Code::StorageFull => Exit::Unavailable,
        Code::Internal => Exit::Defect,
        _ => Exit::Usage,
    }
}

/// Prints one line on standard error. A failure to write is ignored.
pub(super) fn print_error(text: &str) {
    // If standard error is closed, the failure cannot be reported.
    let _ = writeln!(io::stderr(), "{text}");
}

/// Prints one line on standard output. A failure to write is ignored.
pub(super) fn print_line(text: &str) {
    let _ = writeln!(io::stdout(), "{text}");
}
