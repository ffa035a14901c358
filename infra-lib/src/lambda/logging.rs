//! Logs and traces of functions.

use crate::cfn::lambda::function;

/// Traces of a function in AWS X-Ray.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Tracing {
    /// Lambda traces a sample of the requests, and the role gets permission to send traces.
    Active,
    /// Lambda traces requests that the caller traces.
    PassThrough,
}

/// Format of the logs of a function.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum LogFormat {
    /// One JSON object for each line, which CloudWatch Logs Insights can query by field.
    Json,
    /// Plain text.
    Text,
}

impl LogFormat {
    pub(super) fn cfn(self) -> function::LoggingConfigLogFormat {
        match self {
            Self::Json => function::LoggingConfigLogFormat::JSON,
            Self::Text => function::LoggingConfigLogFormat::TEXT,
        }
    }
}

/// Lowest level of the lines that a function logs.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum LogLevel {
    /// Everything.
    Trace,
    /// Details for the search of errors, and everything below.
    Debug,
    /// Normal operation, and everything below.
    Info,
    /// Conditions that may lead to errors, and everything below.
    Warn,
    /// Errors, and everything below.
    Error,
    /// Errors after which the function cannot continue.
    Fatal,
}

impl LogLevel {
    pub(super) fn cfn(self) -> function::LoggingConfigApplicationLogLevel {
        use function::LoggingConfigApplicationLogLevel as Level;
        match self {
            Self::Trace => Level::TRACE,
            Self::Debug => Level::DEBUG,
            Self::Info => Level::INFO,
            Self::Warn => Level::WARN,
            Self::Error => Level::ERROR,
            Self::Fatal => Level::FATAL,
        }
    }
}
