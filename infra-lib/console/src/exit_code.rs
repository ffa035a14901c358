//! Exit codes of both programs.

/// The exit codes of every command. They are public contract: scripts depend on them.
///
/// Wrong usage is 64, `EX_USAGE` of `sysexits.h`, and not the usual 2: that is what `--detailed-exitcode` says about
/// differences, as in Terraform.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ExitCode {
    /// Done. There may have been warnings.
    Ok,
    /// Errors were found, or something could not be done; nothing was changed.
    Error,
    /// There are differences, and `--detailed-exitcode` or `--fail-on` asked for this answer.
    Differences,
    /// An approval is missing, or data would be lost; nothing was changed.
    Blocked,
    /// What was reviewed is not what would be executed; nothing was changed.
    Stale,
    /// The deployment failed, and everything is as it was before.
    RolledBack,
    /// Another operation on the stack is under way.
    Busy,
    /// The deployment failed, and a person has to decide what next.
    Stuck,
    /// Credentials are missing or have expired, or a permission is missing.
    Credentials,
    /// The deployment ended early: some stacks were executed, and others were not.
    Partial,
    /// The command line itself is wrong: an unknown command or option, a value that is missing.
    Usage,
    /// Ended before the operation in AWS did, by the user or for lack of answers; what goes on was printed.
    Interrupted,
    /// Exit code of another process: the container of a one-off task, or the app that a command was passed to.
    Process(u8),
}

impl ExitCode {
    /// Every code with what it means, for the command line reference.
    pub const ALL: [(Self, &'static str); 12] = [
        (Self::Ok, "Done. There may have been warnings."),
        (
            Self::Error,
            "Errors were found, or something could not be done; nothing was changed.",
        ),
        (
            Self::Differences,
            "There are differences, and `--detailed-exitcode` or `--fail-on` asked for this answer.",
        ),
        (
            Self::Blocked,
            "An approval is missing, or data would be lost; nothing was changed.",
        ),
        (
            Self::Stale,
            "What was reviewed is not what would be executed; nothing was changed.",
        ),
        (
            Self::RolledBack,
            "The deployment failed, and everything is as it was before.",
        ),
        (
            Self::Busy,
            "Another operation on the stack is under way; nothing was changed.",
        ),
        (
            Self::Stuck,
            "The deployment failed, and a person has to decide what next.",
        ),
        (
            Self::Credentials,
            "Credentials are missing or have expired, or a permission is missing; nothing was changed.",
        ),
        (
            Self::Partial,
            "The deployment ended early: some stacks were executed, and others were not. Deploy again, or roll back.",
        ),
        (
            Self::Usage,
            "The command line itself is wrong: an unknown command or option, a value that is missing.",
        ),
        (
            Self::Interrupted,
            "Ended before the operation in AWS did, by the user or for lack of answers; what goes on was printed.",
        ),
    ];

    /// The number.
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
