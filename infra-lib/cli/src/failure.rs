//! Defines the reasons why a command ends early, and maps them to exit codes.

use std::io;

use infra_aws::sdk::ConnectError;
use infra_console::{ExitCode, Output};
use infra_core::Diagnostic;
use infra_deploy::Class;
use infra_template::assembly::AssemblyError;

/// The reason why a command ended early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Mistakes of the user, which are printed as findings.
    Findings(Vec<Diagnostic>),
    /// Files named in the command line that cannot be used, which are printed as findings, with the exit code of wrong usage.
    Unusable(Vec<Diagnostic>),
    /// An operation that failed; its class decides the exit code.
    Operation(infra_deploy::Error),
    /// An app, or another process, that failed and has printed the reason.
    Process(ExitCode),
    /// An output stream that cannot be written to.
    Stream(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Stream(error)
    }
}

impl From<infra_deploy::Error> for Failure {
    fn from(error: infra_deploy::Error) -> Self {
        Self::Operation(error)
    }
}

impl From<AssemblyError> for Failure {
    fn from(error: AssemblyError) -> Self {
        error.into_finding().into()
    }
}

impl From<ConnectError> for Failure {
    fn from(error: ConnectError) -> Self {
        error.into_finding().into()
    }
}

impl From<Diagnostic> for Failure {
    fn from(finding: Diagnostic) -> Self {
        Self::Findings(vec![finding])
    }
}

/// Returns the exit code for the class of an operation that failed.
pub(crate) fn exit_code(class: Class) -> ExitCode {
    match class {
        Class::Error => ExitCode::Error,
        Class::Blocked => ExitCode::Blocked,
        Class::Stale => ExitCode::Stale,
        Class::RolledBack => ExitCode::RolledBack,
        Class::Busy => ExitCode::Busy,
        Class::Stuck => ExitCode::Stuck,
        Class::Partial => ExitCode::Partial,
        Class::Credentials => ExitCode::Credentials,
        Class::Interrupted => ExitCode::Interrupted,
    }
}

/// Prints the reason why a command ended early, and returns the exit code of the command.
pub(crate) fn finish_command(
    result: Result<ExitCode, Failure>,
    output: &mut Output<'_>,
) -> ExitCode {
    match result {
        Ok(code) | Err(Failure::Process(code)) => code,
        Err(Failure::Findings(findings)) => {
            // The message cannot be delivered if the reader has exited.
            let _ = output.write_findings(&findings);
            ExitCode::Error
        }
        Err(Failure::Unusable(findings)) => {
            let _ = output.write_findings(&findings);
            ExitCode::Usage
        }
        Err(Failure::Operation(error)) => {
            let _ = output.write_findings(&error.findings);
            exit_code(error.class)
        }
        // A closed pipe is not a failure, as in `infra diff | head`.
        Err(Failure::Stream(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::Ok,
        Err(Failure::Stream(error)) => {
            let _ = output.write_message(&format!("error: cannot write the output: {error}\n"));
            ExitCode::Error
        }
    }
}
