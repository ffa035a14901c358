//! Simulates log groups with their streams.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::world::State;
use infra_aws::LogEvent;

/// Streams of a group, each with its lines.
pub(super) type Streams = BTreeMap<String, Vec<LogEvent>>;

impl State {
    pub(super) fn list_last_lines(&self, group: &str, stream: &str, limit: i32) -> Vec<LogEvent> {
        let lines = self.logs.get(group).and_then(|streams| streams.get(stream));
        let lines = lines.map(Vec::as_slice).unwrap_or_default();
        let limit = usize::try_from(limit).unwrap_or(0);
        lines[lines.len().saturating_sub(limit)..].to_vec()
    }

    /// Returns the lines that contain the filter pattern as plain text; quotes around it are removed.
    pub(super) fn filter_lines(
        &self,
        group: &str,
        prefix: Option<&str>,
        pattern: Option<&str>,
        since: OffsetDateTime,
    ) -> Vec<LogEvent> {
        let streams = self.logs.get(group).into_iter().flatten();
        let words = pattern.unwrap_or_default().trim_matches('"');
        let mut found: Vec<LogEvent> = streams
            .filter(|(stream, _)| prefix.is_none_or(|prefix| stream.starts_with(prefix)))
            .flat_map(|(_, lines)| lines.clone())
            .filter(|line| line.time >= since && line.message.contains(words))
            .collect();
        found.sort_by(|a, b| (a.time, &a.id).cmp(&(b.time, &b.id)));
        found
    }
}
