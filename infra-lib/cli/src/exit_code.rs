//! What the exit code of the process says.

use infra_toolkit::Class;

/// The exit codes of every command. They are public contract: scripts depend on them.
///
/// Wrong usage is 64, `EX_USAGE` of `sysexits.h`, and not the usual 2: that is what `--detailed-exitcode` says about
/// differences, as in Terraform.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[repr(u8)]
pub enum ExitCode {
    /// Done. There may have been warnings.
    Ok = 0,
    /// Errors were found, or something could not be done; nothing was changed.
    Error = 1,
    /// There are differences, and `--detailed-exitcode` or `--fail-on` asked for this answer.
    Differences = 2,
    /// An approval is missing, or data would be lost; nothing was changed.
    Blocked = 3,
    /// What was reviewed is not what would be executed; nothing was changed.
    Stale = 4,
    /// The deployment failed, and everything is as it was before.
    RolledBack = 5,
    /// Another operation on the stack is under way.
    Busy = 6,
    /// The deployment failed, and a person has to decide what next.
    Stuck = 7,
    /// Credentials are missing or have expired, or a permission is missing.
    Credentials = 8,
    /// The command line itself is wrong: an unknown command or option, a value that is missing.
    Usage = 64,
    /// Ended before the operation in AWS did, by the user or for lack of answers; what goes on was printed.
    Interrupted = 130,
}

impl ExitCode {
    /// Every code with what it means, for the command line reference.
    pub(crate) const ALL: [(Self, &'static str); 11] = [
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
        (Self::Busy, "Another operation on the stack is under way."),
        (
            Self::Stuck,
            "The deployment failed, and a person has to decide what next.",
        ),
        (
            Self::Credentials,
            "Credentials are missing or have expired, or a permission is missing.",
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
        self as u8
    }
}

impl From<Class> for ExitCode {
    fn from(class: Class) -> Self {
        match class {
            Class::Error => Self::Error,
            Class::Blocked => Self::Blocked,
            Class::Stale => Self::Stale,
            Class::RolledBack => Self::RolledBack,
            Class::Busy => Self::Busy,
            Class::Stuck => Self::Stuck,
            Class::Credentials => Self::Credentials,
            Class::Interrupted => Self::Interrupted,
        }
    }
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code.number())
    }
}
