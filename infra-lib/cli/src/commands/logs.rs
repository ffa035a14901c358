//! Implements `logs`: prints the logs of services, one-off tasks and functions, ordered by time.

use std::time::Duration;

use clap::Args;
use infra_deploy::Event;
use infra_deploy::logs::{LogOptions, Until, read_logs};
use regex_lite::Regex;

use super::chosen::StackArguments;
use super::plan::duration;
use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::ProgressDisplay as _;
use crate::progress::record::Json;
use crate::session::Session;
use infra_console::words::{clean_line, format_seconds};

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    chosen: StackArguments,

    /// Prints only the log of this construct, by path or logical ID: a service, a task, a function or a log group. Can be repeated.
    ///
    /// Default: every service, task and function of the stacks.
    #[arg(long, value_name = "CONSTRUCT")]
    service: Vec<String>,

    /// The age of the oldest lines to print.
    #[arg(long, value_name = "DURATION", default_value = "10m", value_parser = duration)]
    since: Duration,

    /// Continues to print new lines until Ctrl-C.
    #[arg(long, short)]
    follow: bool,

    /// Prints only lines that match this regular expression.
    #[arg(long, short, value_name = "PATTERN", value_parser = pattern)]
    grep: Option<Regex>,

    /// Prints only lines that match this filter pattern of CloudWatch Logs. Lines are filtered in AWS, which is faster for large logs.
    #[arg(long, value_name = "PATTERN")]
    filter: Option<String>,

    /// Prints each line as JSON: schemas/events.schema.json.
    #[arg(long)]
    json: bool,
}

fn pattern(text: &str) -> Result<Regex, String> {
    Regex::new(text).map_err(|error| error.to_string())
}

pub(crate) fn run_logs(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let assembly = session.load_assembly(options.chosen.assembly.as_deref())?;
    let wanted = LogOptions::builder()
        .stacks(options.chosen.stack.clone())
        .services(options.service.clone())
        .since(options.since)
        .until(if options.follow {
            Until::Dropped
        } else {
            Until::Now
        })
        .maybe_filter(options.filter.clone())
        .build();
    session.with_cloud(async |session, cloud| {
        let mut operation = read_logs(cloud.clone(), assembly, wanted);
        let mut json = Json::new(&*cloud);
        let mut shown = 0;
        loop {
            let event = tokio::select! {
                biased;
                // Ctrl-C is the normal end of a followed log.
                _ = session.interrupts.next() => return Ok(ExitCode::Ok),
                event = operation.next() => event,
            };
            match event {
                None => break,
                Some(Event::Log { message, .. })
                    if options
                        .grep
                        .as_ref()
                        .is_some_and(|grep| !grep.is_match(&message)) => {}
                Some(event) if options.json => {
                    shown += 1;
                    json.show_event(&event, &mut session.output)?;
                }
                Some(Event::Log {
                    source,
                    stream,
                    time,
                    message,
                }) => {
                    shown += 1;
                    let line = format_log_line(&source, &stream, &time, &message);
                    session.output.write_data(&line)?;
                }
                Some(Event::Notice { message, .. }) => {
                    session
                        .output
                        .write_status(&format!("note: {}\n", clean_line(&message)))?;
                }
                Some(_) => {}
            }
        }
        let read = operation.await?;
        if shown == 0 && !options.json {
            let names: Vec<&str> = read
                .sources
                .iter()
                .map(|source| source.name.as_str())
                .collect();
            let what = match (read.lines, &options.grep) {
                (0, _) => "no lines",
                (_, Some(_)) => "no matching lines",
                _ => "no lines",
            };
            let since = format_seconds(options.since.as_secs());
            session.output.write_status(&format!(
                "{what} of {} in the last {since}\n",
                names.join(", ")
            ))?;
        }
        Ok(ExitCode::Ok)
    })
}

/// Formats a line: `2026-11-22T23:00:01Z Service/Api 0f9c1234 listening`. The last part of a stream name identifies the task or instance.
pub(super) fn format_log_line(source: &str, stream: &str, time: &str, message: &str) -> String {
    // Functions have streams like `2026/11/22/[$LATEST]0f9c…`, tasks like `prefix/container/0f9c…`.
    let last = stream.rsplit(['/', ']']).next().unwrap_or(stream);
    let short: String = last.chars().take(8).collect();
    let time = match time.split_once('.') {
        Some((seconds, _)) => format!("{seconds}Z"),
        None => time.to_owned(),
    };
    format!(
        "{time} {} {} {}\n",
        clean_line(source),
        clean_line(&short),
        clean_line(message)
    )
}
