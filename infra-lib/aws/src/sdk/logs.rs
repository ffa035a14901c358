//! Client for CloudWatch Logs over the AWS SDK.

use std::collections::BTreeMap;

use ::time::OffsetDateTime;
use async_trait::async_trait;
use aws_config::SdkConfig;
use aws_sdk_cloudwatchlogs::config::Builder;

use super::time::convert_milliseconds;
use super::{ApiResult, problem, retry, text_or_empty};
use crate::{ApiErrorKind, LogEvent, Logs, Page};

const SERVICE: &str = "CloudWatch Logs";

/// CloudWatch Logs client over the AWS SDK.
#[derive(Debug)]
pub(super) struct Client(aws_sdk_cloudwatchlogs::Client);

impl Client {
    pub(super) fn new(config: &SdkConfig) -> Self {
        let config = Builder::from(config)
            .retry_config(retry::read_retries())
            .build();
        Self(aws_sdk_cloudwatchlogs::Client::from_conf(config))
    }
}

#[async_trait]
impl Logs for Client {
    async fn get_last_events(
        &self,
        group: &str,
        stream: &str,
        limit: i32,
    ) -> ApiResult<Vec<LogEvent>> {
        let answer = self
            .0
            .get_log_events()
            .log_group_name(group)
            .log_stream_name(stream)
            .limit(limit)
            .start_from_head(false)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "GetLogEvents"));
        let lines = match answer {
            Ok(answer) => answer.events.unwrap_or_default(),
            // A container that has not written anything has no stream.
            Err(error) if error.kind == ApiErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        // These events have no ID: time and message identify them, with a count for repeated lines.
        let mut repeated = BTreeMap::new();
        let events = lines.into_iter().map(|line| {
            let (at, message) = (
                line.timestamp.unwrap_or_default(),
                text_or_empty(line.message),
            );
            let count = repeated.entry((at, message.clone())).or_insert(0);
            *count += 1;
            LogEvent {
                id: format!("{stream}/{at}/{count}/{message}"),
                stream: stream.to_owned(),
                time: convert_milliseconds(line.timestamp),
                message,
            }
        });
        Ok(events.collect())
    }

    async fn filter_events(
        &self,
        group: &str,
        stream_prefix: Option<&str>,
        pattern: Option<&str>,
        since: OffsetDateTime,
        next: Option<String>,
    ) -> ApiResult<Page<LogEvent>> {
        let since = since.unix_timestamp_nanos() / 1_000_000;
        let answer = self
            .0
            .filter_log_events()
            .log_group_name(group)
            .set_log_stream_name_prefix(stream_prefix.map(str::to_owned))
            .set_filter_pattern(pattern.map(str::to_owned))
            .start_time(i64::try_from(since).unwrap_or(i64::MAX))
            .set_next_token(next)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "FilterLogEvents"))?;
        let events = answer.events.unwrap_or_default().into_iter();
        Ok(Page {
            items: events
                .map(|line| LogEvent {
                    id: text_or_empty(line.event_id),
                    stream: text_or_empty(line.log_stream_name),
                    time: convert_milliseconds(line.timestamp),
                    message: text_or_empty(line.message),
                })
                .collect(),
            next: answer.next_token,
        })
    }
}
