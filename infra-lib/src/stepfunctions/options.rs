//! Options of machines.

use crate::cfn::stepfunctions::state_machine::LoggingConfigurationLevel;

/// Type of a machine, which cannot be changed later.
///
/// See [workflow types](https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum WorkflowType {
    /// Executions of up to a year, whose steps run exactly once; charged by transition.
    Standard,
    /// Executions of up to 5 minutes, whose steps can run more than once; charged by duration and memory. Their history is in
    /// the log group only.
    Express,
}

impl WorkflowType {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "STANDARD",
            Self::Express => "EXPRESS",
        }
    }
}

/// Events of executions that are logged.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum LogLevel {
    /// All events, which is the history of express executions.
    All,
    /// Errors, those that are retried or caught as well.
    Error,
    /// Errors that end the execution.
    Fatal,
    /// No events, and no log group.
    Off,
}

impl LogLevel {
    pub(super) fn property(self) -> LoggingConfigurationLevel {
        match self {
            Self::All => LoggingConfigurationLevel::ALL,
            Self::Error => LoggingConfigurationLevel::ERROR,
            Self::Fatal => LoggingConfigurationLevel::FATAL,
            Self::Off => LoggingConfigurationLevel::OFF,
        }
    }
}

/// Input and output of states in the events that are logged.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ExecutionData {
    /// Left out: logs have no personal data or secrets of the input.
    Excluded,
    /// Written to the log group, for everyone who can read it.
    Included,
}

/// Traces of executions in AWS X-Ray.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Tracing {
    /// No traces, except of requests that the caller traces.
    Off,
    /// Traces of executions, at a charge.
    Active,
}
