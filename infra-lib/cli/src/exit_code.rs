//! What the exit code of the process says.

/// The exit codes of every command. They are public contract: scripts depend on them.
///
/// 2 to 8 belong to the commands that talk to AWS (2: differences found), which is why wrong usage is 64,
/// `EX_USAGE` of `sysexits.h`, and not the usual 2.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[repr(u8)]
pub enum ExitCode {
    /// Done. There may have been warnings.
    Ok = 0,
    /// Errors were found, or something could not be done.
    Error = 1,
    /// The command line itself is wrong: an unknown command or option, a value that is missing.
    Usage = 64,
}

impl ExitCode {
    /// Every code with what it means, for the command line reference.
    pub(crate) const ALL: [(Self, &'static str); 3] = [
        (Self::Ok, "Done. There may have been warnings."),
        (
            Self::Error,
            "Errors were found, or something could not be done.",
        ),
        (
            Self::Usage,
            "The command line itself is wrong: an unknown command or option, a value that is missing.",
        ),
    ];

    /// The number.
    pub const fn number(self) -> u8 {
        self as u8
    }
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code.number())
    }
}
