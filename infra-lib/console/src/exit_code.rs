//! Exit codes of the app and the tool.

/// Exit codes of all commands. They are a public contract, because scripts depend on them.
///
/// Wrong usage is 64, `EX_USAGE` of `sysexits.h`, instead of the usual 2. The code 2 reports differences with `--detailed-exitcode`, as in Terraform.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ExitCode {
    /// Success, possibly with warnings about the app or its stacks (0).
    Ok,
    /// Errors were found, or something could not be done; nothing was changed (1).
    Error,
    /// Differences exist, and `--detailed-exitcode` or `--fail-on` asked to report them (2).
    Differences,
    /// A missing approval, a loss of data or estimated costs above the limit block the command; nothing was changed (3).
    Blocked,
    /// The reviewed changes differ from those that would be executed; nothing was changed (4).
    Stale,
    /// The deployment failed, and was rolled back to the previous state (5).
    RolledBack,
    /// Another operation on the stack is in progress; nothing was changed (6).
    Busy,
    /// The deployment failed and requires manual intervention (7).
    Stuck,
    /// Credentials are missing or expired, or lack a permission that the command needs (8).
    Credentials,
    /// The deployment ended early: some stacks were deployed, others were not (9).
    Partial,
    /// The command line is wrong: an unknown command or option, or a missing value (64).
    Usage,
    /// The command ended before the operation in AWS, on request or for lack of replies; operations that continue were printed (130).
    Interrupted,
    /// Exit code of another process: the container of a one-off task, or the app that a command was passed to.
    Process(u8),
}

impl ExitCode {
    /// All codes except [`Process`](Self::Process) with their descriptions, for the command line reference.
    pub const ALL: [(Self, &'static str); 12] = [
        (Self::Ok, "Success, possibly with warnings."),
        (
            Self::Error,
            "Errors were found, or the command failed; nothing was changed.",
        ),
        (
            Self::Differences,
            "There are differences, and `--detailed-exitcode` or `--fail-on` requests this exit code.",
        ),
        (
            Self::Blocked,
            "An approval is missing, data would be lost, or estimated costs exceed the limit; nothing was changed.",
        ),
        (
            Self::Stale,
            "The changes differ from those that were reviewed; nothing was changed.",
        ),
        (
            Self::RolledBack,
            "The deployment failed and was rolled back.",
        ),
        (
            Self::Busy,
            "Another operation on the stack is in progress; nothing was changed.",
        ),
        (
            Self::Stuck,
            "The deployment failed and requires manual intervention.",
        ),
        (
            Self::Credentials,
            "Credentials are missing or have expired, or a permission is missing; nothing was changed.",
        ),
        (
            Self::Partial,
            "The deployment ended early: some stacks were deployed, others were not. Deploy again, or roll back.",
        ),
        (
            Self::Usage,
            "The command line is invalid: an unknown command or option, or a missing value.",
        ),
        (
            Self::Interrupted,
            "The command ended before the operation in AWS, because the user ended it or AWS did not respond; the output names the operations that continue.",
        ),
    ];

    /// Returns the number that the process exits with, from 0 to 255.
    pub const fn number(self) -> u8 {
        match self {
            Self::Ok => 0,
            Self::Error => 1,
            Self::Differences => 2,
            Self::Blocked => 3,
            Self::Stale => 4,
            Self::RolledBack => 5,
            Self::Busy => 6,
            Self::Stuck => 7,
            Self::Credentials => 8,
            Self::Partial => 9,
            Self::Usage => 64,
            Self::Interrupted => 130,
            Self::Process(code) => code,
        }
    }
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code.number())
    }
}
