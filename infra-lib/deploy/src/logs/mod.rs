//! Reads the CloudWatch Logs of deployed services, one-off tasks and functions, ordered by time.

mod sources;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;
use tokio::time::sleep;

use crate::deployed;
use crate::error::Error;
use crate::event::Event;
use crate::evidence::sanitize_line;
use crate::operation::{Operation, Reporter};
use crate::watch::format_rfc3339;
use infra_aws::{ApiError, ApiErrorKind, Cloud, LogEvent};
use infra_template::assembly::CloudAssembly;

pub use sources::LogSource;

use sources::select_sources;

/// Interval between two reads while following. `FilterLogEvents` has a quota per account and region.
const CADENCE: Duration = Duration::from_secs(2);

/// Delay after which lines are complete. CloudWatch Logs returns a line some seconds after it was written, and not in order across streams.
const LATE: time::Duration = time::Duration::seconds(15);

/// Maximum number of lines per read; older ones are dropped to bound memory.
const LINES: usize = 10_000;

/// Selection of the log lines to read: stacks, sources, time range and filter.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct LogOptions {
    /// Stacks to read, by construct path, artifact ID or name; all stacks of the app if empty.
    #[builder(default)]
    pub stacks: Vec<String>,
    /// Services, tasks, functions or log groups, by construct path or logical ID. If empty, all services, tasks and functions of the stacks are read.
    #[builder(default)]
    pub services: Vec<String>,
    /// Age of the oldest line to read, measured from the start of the operation.
    pub since: Duration,
    /// Point at which reading ends. By default it ends at the last existing line.
    #[builder(default)]
    pub until: Until,
    /// Filter pattern of CloudWatch Logs. AWS applies it, so that other lines are not transferred.
    pub filter: Option<String>,
}

/// Point at which reading logs ends: at the last existing line, or not until it is dropped.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Until {
    /// The last line that exists when the logs are read.
    #[default]
    Now,
    /// Never, until the operation is dropped: new lines are reported as they appear.
    Dropped,
}

/// Result of reading logs to their end; a followed log never returns it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct LogsRead {
    /// Log groups that were read, each with the construct it belongs to.
    pub sources: Vec<LogSource>,
    /// Number of lines that were sent as [`Event::Log`].
    pub lines: usize,
}

/// Sends the selected lines as [`Event::Log`] in the order of their times, with likely secrets masked.
pub fn read_logs(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: LogOptions,
) -> Operation<LogsRead> {
    Operation::new(move |reporter| async move {
        let stacks = deployed::read_all(&cloud, &assembly, &options.stacks).await?;
        let sources = select_sources(&stacks, &options.services)?;
        let since = cloud.current_time() - options.since;
        let mut tail = Tail {
            cloud,
            sources,
            filter: options.filter,
            sent_times: BTreeMap::new(),
            lines: 0,
            missing: BTreeSet::new(),
        };
        let mut from = since;
        let mut patience = 0;
        loop {
            match tail.send_new_lines(from, &reporter).await {
                Ok(Some(newest)) => from = since.max(newest - LATE),
                Ok(None) => {}
                // Following survives transient errors.
                Err(error)
                    if options.until == Until::Dropped
                        && patience < 30
                        && error.api_error().is_some_and(ApiError::is_transient) =>
                {
                    patience += 1;
                }
                Err(error) => return Err(error),
            }
            if options.until == Until::Now {
                return Ok(LogsRead {
                    sources: tail.sources,
                    lines: tail.lines,
                });
            }
            tail.forget_before(from);
            sleep(CADENCE).await;
        }
    })
}

struct Tail {
    cloud: Arc<dyn Cloud>,
    sources: Vec<LogSource>,
    filter: Option<String>,
    /// Times of the lines that were sent, by event ID.
    sent_times: BTreeMap<String, OffsetDateTime>,
    lines: usize,
    /// Log groups that do not exist yet.
    missing: BTreeSet<String>,
}

impl Tail {
    /// Sends new lines, and returns the time of the newest one.
    async fn send_new_lines(
        &mut self,
        from: OffsetDateTime,
        reporter: &Reporter,
    ) -> Result<Option<OffsetDateTime>, Error> {
        let mut found: VecDeque<(usize, LogEvent)> = VecDeque::new();
        let mut dropped = false;
        for (at, source) in self.sources.iter().enumerate() {
            let client = self.cloud.logs_client(&source.region);
            let mut next = None;
            loop {
                let prefix = source.stream_prefix.as_deref();
                let page = client
                    .filter_events(&source.group, prefix, self.filter.as_deref(), from, next)
                    .await;
                let page = match page {
                    Ok(page) => page,
                    Err(error) if error.kind == ApiErrorKind::NotFound => {
                        if self.missing.insert(source.group.clone()) {
                            reporter.send_event(Event::Notice {
                                stack: None,
                                message: format!(
                                    "the log group `{}` does not exist yet",
                                    source.group
                                ),
                            });
                        }
                        break;
                    }
                    Err(error) => {
                        let doing = format!("read the log of `{}`", source.name);
                        return Err(Error::from_api(doing, error));
                    }
                };
                let new = page.items.into_iter();
                found.extend(
                    new.filter(|line| !self.sent_times.contains_key(&line.id))
                        .map(|line| (at, line)),
                );
                next = page.next;
                if next.is_none() {
                    break;
                }
            }
        }
        let mut found: Vec<(usize, LogEvent)> = found.into();
        found.sort_by(|(_, a), (_, b)| (a.time, &a.stream, &a.id).cmp(&(b.time, &b.stream, &b.id)));
        if found.len() > LINES {
            found.drain(..found.len() - LINES);
            dropped = true;
        }
        if dropped {
            reporter.send_event(Event::Notice {
                stack: None,
                message: format!(
                    "only the last {LINES} lines are shown; a shorter `--since` shows all lines of its period"
                ),
            });
        }
        let newest = found.last().map(|(_, line)| line.time);
        for (at, line) in found {
            self.lines += 1;
            self.sent_times.insert(line.id.clone(), line.time);
            reporter.send_event(Event::Log {
                source: self.sources[at].name.clone(),
                stream: line.stream,
                time: format_rfc3339(line.time),
                message: sanitize_line(&line.message),
            });
        }
        Ok(newest)
    }

    /// Forgets lines older than the next read.
    fn forget_before(&mut self, from: OffsetDateTime) {
        self.sent_times.retain(|_, time| *time >= from);
    }
}
