//! Retries, and errors that are caught.

use std::marker::PhantomData;

use super::language::{JsonPath, Jsonata, Language};
use crate::core::{Data, Duration, Map};

/// Name of the error that stands for every other one.
pub(super) const ALL: &str = "States.ALL";

/// A retry of a state after errors.
///
/// Defaults of Step Functions: 3 attempts, after 1, 2 and 4 seconds. See [error
/// handling](https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html). A retry of all errors that
/// is not the last is reported (`INF4954`).
///
/// ```
/// use infra_lib::stepfunctions::Retry;
/// use infra_lib::Duration;
///
/// let retry = Retry::on(["States.Timeout"]).interval(Duration::seconds(10)).max_attempts(5).full_jitter();
/// # assert!(format!("{retry:?}").contains("Timeout"));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a retry has no effect until it is added to a state"]
pub struct Retry {
    pub(super) errors: Vec<String>,
    interval: Option<Duration>,
    max_attempts: Option<u32>,
    backoff_rate: Option<f64>,
    max_delay: Option<Duration>,
    full_jitter: bool,
}

impl Retry {
    /// Creates a retry after errors of these names, such as `States.Timeout` or `States.TaskFailed`.
    pub fn on(errors: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            errors: errors.into_iter().map(Into::into).collect(),
            interval: None,
            max_attempts: None,
            backoff_rate: None,
            max_delay: None,
            full_jitter: false,
        }
    }

    /// Creates a retry after all errors that can be retried. It must be the last one of a state.
    pub fn on_all() -> Self {
        Self::on([ALL])
    }

    /// Sets the time before the first retry. Default: 1 second, as in Step Functions.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = Some(interval);
        self
    }

    /// Sets the number of retries; 0 is none. Default: 3, as in Step Functions.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = Some(attempts);
        self
    }

    /// Sets the factor by which the time between retries grows, at least 1. Default: 2, as in Step Functions.
    pub fn backoff_rate(mut self, rate: f64) -> Self {
        self.backoff_rate = Some(rate);
        self
    }

    /// Sets the maximum time between retries. Default: none.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = Some(delay);
        self
    }

    /// Chooses each time between retries at random, up to its maximum, so that many executions do not retry together.
    pub fn full_jitter(mut self) -> Self {
        self.full_jitter = true;
        self
    }

    /// Returns the entry of `Retry`.
    pub(super) fn render(&self) -> Data {
        let mut map = Map::default();
        let errors = self.errors.iter().cloned().map(Data::from);
        map.insert("ErrorEquals", Data::list(errors));
        if let Some(interval) = self.interval {
            map.insert("IntervalSeconds", interval.to_seconds_i64());
        }
        if let Some(attempts) = self.max_attempts {
            map.insert("MaxAttempts", i64::from(attempts));
        }
        if let Some(rate) = self.backoff_rate {
            map.insert("BackoffRate", Data::Float(rate));
        }
        if let Some(delay) = self.max_delay {
            map.insert("MaxDelaySeconds", delay.to_seconds_i64());
        }
        if self.full_jitter {
            map.insert("JitterStrategy", "FULL");
        }
        Data::Map(map)
    }
}

/// Errors that a state catches, in place of the failure of the execution.
///
/// ```
/// use infra_lib::stepfunctions::{Catch, Definition, Fail, Parallel, Pass};
///
/// let both = Parallel::new("Both")
///     .branch(Pass::new("Left"))
///     .branch(Pass::new("Right"))
///     .catch(Catch::on_all(), Fail::new("Failed").error("Shop.Failed"));
/// assert!(Definition::new(both).to_json().to_string().contains("States.ALL"));
/// ```
#[derive(Clone, Debug)]
#[must_use = "a catch has no effect until it is added to a state"]
pub struct Catch<L> {
    pub(super) errors: Vec<String>,
    pub(super) fields: Map,
    language: PhantomData<fn() -> L>,
}

impl<L: Language> Catch<L> {
    /// Catches errors of these names.
    pub fn on(errors: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            errors: errors.into_iter().map(Into::into).collect(),
            fields: Map::default(),
            language: PhantomData,
        }
    }

    /// Catches all errors that can be caught. It must be the last one of a state.
    pub fn on_all() -> Self {
        Self::on([ALL])
    }
}

impl Catch<Jsonata> {
    /// Sets the input of the state that follows, which can use `$states.errorOutput`. Default: the error.
    pub fn output(mut self, output: impl Into<Data>) -> Self {
        self.fields.insert("Output", output);
        self
    }
}

impl Catch<JsonPath> {
    /// Sets the path in the input at which the error is put. Default: the error replaces the input.
    pub fn result_path(mut self, path: impl Into<String>) -> Self {
        self.fields.insert("ResultPath", path.into());
        self
    }
}
