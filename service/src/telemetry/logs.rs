//! Writes log events as flat JSON, one object per line: [`JsonLines`].
//!
//! The JSON is flat because all log collectors index top-level keys, and queries of CloudWatch for nested keys are hard to read. The identifiers of a
//! request (`request_id`, `trace_id`, `user_id`) are fields of its span and are repeated in each of its lines.

use std::cell::RefCell;
use std::fmt::{self, Write as _};

use chrono::SecondsFormat;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Filter, Layer};
use tracing_subscriber::registry::LookupSpan;

use super::level::LogLevel;
use crate::clock;

/// A layer that passes each event to a function, as one line of JSON with its line feed.
#[derive(Debug)]
pub struct JsonLines<W> {
    write: W,
}

impl<W: Fn(&[u8]) + 'static> JsonLines<W> {
    /// Creates a layer that passes lines to `write`.
    pub fn new(write: W) -> Self {
        Self { write }
    }
}

thread_local! {
    /// Buffer for the current line, reused because most requests write one line of a few hundred bytes.
    static LINE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The fields of a span: their names, and their values as JSON.
#[derive(Debug, Default)]
struct SpanFields(Vec<(&'static str, String)>);

impl<S, W> Layer<S> for JsonLines<W>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: Fn(&[u8]) + 'static,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let mut fields = SpanFields::default();
        attributes.record(&mut Visitor(&mut fields));
        span.extensions_mut().insert(fields);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        if let Some(fields) = span.extensions_mut().get_mut::<SpanFields>() {
            values.record(&mut Visitor(fields));
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        LINE.with(|line| {
            // The buffer is in use if a value logs or panics while it is formatted; then a new one is used.
            let mut another = String::new();
            let mut kept = line.try_borrow_mut();
            let line = kept.as_deref_mut().unwrap_or(&mut another);
            line.clear();
            render_event(line, event, &context);
            (self.write)(line.as_bytes());
        });
    }
}

fn render_event<S>(line: &mut String, event: &Event<'_>, context: &Context<'_, S>)
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let metadata = event.metadata();
    let now = clock::now().to_rfc3339_opts(SecondsFormat::Micros, true);
    let level = match *metadata.level() {
        tracing::Level::ERROR => "error",
        tracing::Level::WARN => "warn",
        tracing::Level::INFO => "info",
        tracing::Level::DEBUG => "debug",
        tracing::Level::TRACE => "trace",
    };
    let _ = write!(line, r#"{{"timestamp":"{now}","level":"{level}","target":"#);
    push_json_text(line, metadata.target());
    let mut fields = EventFields {
        line,
        seen: Vec::new(),
    };
    event.record(&mut Visitor(&mut fields));
    let seen = fields.seen;
    for span in context.event_scope(event).into_iter().flatten() {
        let extensions = span.extensions();
        let Some(SpanFields(fields)) = extensions.get() else {
            continue;
        };
        for (name, value) in fields {
            if !seen.contains(name) {
                let _ = write!(line, r#","{name}":{value}"#);
            }
        }
    }
    line.push_str("}\n");
}

/// Appends `value` as a JSON string.
fn push_json_text(line: &mut String, value: &str) {
    line.push('"');
    let _ = Escaped(line).write_str(value);
    line.push('"');
}

/// A writer that escapes the characters that JSON strings must not contain (RFC 8259, section 7).
struct Escaped<'a>(&'a mut String);

impl fmt::Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut written = 0;
        for (at, byte) in text.bytes().enumerate() {
            let short = match byte {
                b'"' => "\\\"",
                b'\\' => "\\\\",
                b'\n' => "\\n",
                b'\r' => "\\r",
                b'\t' => "\\t",
                0..0x20 => "",
                _ => continue,
            };
            self.0.push_str(&text[written..at]);
            if short.is_empty() {
                write!(self.0, "\\u{byte:04x}")?;
            } else {
                self.0.push_str(short);
            }
            written = at + 1;
        }
        self.0.push_str(&text[written..]);
        Ok(())
    }
}

/// Returns the text of an error followed by its causes. The errors of this program do not repeat their source.
fn format_chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let _ = write!(text, ": {error}");
        source = error.source();
    }
    text
}

/// Receives the fields of a span or an event, each with a function that writes its value as JSON.
trait FieldSink {
    fn put_field(&mut self, name: &'static str, value: impl FnOnce(&mut String));
}

impl FieldSink for SpanFields {
    fn put_field(&mut self, name: &'static str, value: impl FnOnce(&mut String)) {
        let mut text = String::new();
        value(&mut text);
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = text,
            None => self.0.push((name, text)),
        }
    }
}

/// The line so far, and the names of the event's fields, which take precedence over fields of spans.
struct EventFields<'a> {
    line: &'a mut String,
    seen: Vec<&'static str>,
}

impl FieldSink for EventFields<'_> {
    fn put_field(&mut self, name: &'static str, value: impl FnOnce(&mut String)) {
        // A field with the name of a built-in key must not create a duplicate key.
        let prefix = match name {
            "timestamp" | "level" | "target" => "field.",
            _ => "",
        };
        let _ = write!(self.line, r#","{prefix}{name}":"#);
        value(self.line);
        self.seen.push(name);
    }
}

struct Visitor<'a, P>(&'a mut P);

impl<P: FieldSink> Visitor<'_, P> {
    fn put_visible(&mut self, field: &Field, value: impl FnOnce(&mut String)) {
        // Fields for OpenTelemetry only configure its spans.
        if !field.name().starts_with("otel.") {
            self.0.put_field(field.name(), value);
        }
    }

    fn put_number(&mut self, field: &Field, value: impl fmt::Display) {
        self.put_visible(field, |line| {
            let _ = write!(line, "{value}");
        });
    }
}

impl<P: FieldSink> Visit for Visitor<'_, P> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.put_visible(field, |line| push_json_text(line, value));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put_number(field, value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put_number(field, value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put_number(field, value);
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        if value.is_finite() {
            self.put_number(field, value);
        } else {
            // JSON has no infinity or NaN.
            self.put_number(field, "null");
        }
    }

    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        self.put_visible(field, |line| push_json_text(line, &format_chain(value)));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.put_visible(field, |line| {
            line.push('"');
            let _ = write!(Escaped(line), "{value:?}");
            line.push('"');
        });
    }
}

/// Selects the input of [`JsonLines`]: events that the level allows, and the spans of this program at any level, so that warnings contain the ID of
/// their request.
#[derive(Debug)]
pub(crate) struct LogFilter(pub(crate) LogLevel);

impl LogFilter {
    fn allows_metadata(&self, metadata: &Metadata<'_>) -> bool {
        if metadata.is_span() {
            !self.0.is_off() && is_own_span(metadata)
        } else {
            self.0.allows_event(metadata)
        }
    }
}

/// Returns `true` for spans of this program. The fields of spans from libraries are not useful on every line.
pub(crate) fn is_own_span(metadata: &Metadata<'_>) -> bool {
    metadata.is_span()
        && *metadata.level() <= tracing::Level::INFO
        && metadata.target().starts_with("notes")
}

impl<S> Filter<S> for LogFilter {
    fn enabled(&self, metadata: &Metadata<'_>, _: &Context<'_, S>) -> bool {
        self.allows_metadata(metadata)
    }

    fn callsite_enabled(&self, metadata: &'static Metadata<'static>) -> Interest {
        if self.allows_metadata(metadata) {
            Interest::always()
        } else {
            Interest::never()
        }
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        let spans = if self.0.is_off() {
            LevelFilter::OFF
        } else {
            LevelFilter::INFO
        };
        Some(self.0.most_verbose().max(spans))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use serde_json::Value;
    use tracing_subscriber::layer::SubscriberExt as _;

    use super::*;

    /// Returns the lines that `run` logs at this level.
    fn collect_lines(level: &str, run: impl FnOnce()) -> Vec<Value> {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&lines);
        let layer = JsonLines::new(move |line: &[u8]| sink.lock().unwrap().push(line.to_vec()))
            .with_filter(LogFilter(level.parse().unwrap()));
        tracing::subscriber::with_default(tracing_subscriber::registry().with(layer), run);
        let lines = lines.lock().unwrap();
        lines
            .iter()
            .map(|line| {
                assert!(line.ends_with(b"\n") && !line[..line.len() - 1].contains(&b'\n'));
                serde_json::from_slice(line).unwrap()
            })
            .collect()
    }

    #[test]
    fn writes_flat_line_with_request_fields() {
        let lines = collect_lines("info", || {
            let span = tracing::info_span!(
                target: "notes_service::request",
                "request",
                request_id = "abc",
                user_id = tracing::field::Empty,
                otel.name = "GET /"
            );
            let _entered = span.enter();
            span.record("user_id", tracing::field::display(7));
            tracing::info!(status = 200_u16, ratio = f64::NAN, "say \"hi\"\n\u{1}é");
        });
        let line = &lines[0];
        assert_eq!(line["message"], "say \"hi\"\n\u{1}é");
        assert_eq!(line["level"], "info");
        assert_eq!(line["request_id"], "abc");
        assert_eq!(line["user_id"], "7");
        assert_eq!(line["status"], 200);
        assert_eq!(line["ratio"], Value::Null);
        assert!(line.get("otel.name").is_none());
        assert!(line["target"].as_str().unwrap().ends_with("logs::tests"));
        let timestamp = line["timestamp"].as_str().unwrap();
        assert_eq!(timestamp.len(), "2026-01-01T00:00:00.000000Z".len());
        assert!(
            line.as_object()
                .unwrap()
                .values()
                .all(|value| !value.is_object())
        );
    }

    #[test]
    fn writes_no_duplicate_keys() {
        let lines = collect_lines("info", || {
            let span = tracing::info_span!(target: "notes", "request", request_id = "of the span");
            let _entered = span.enter();
            tracing::info!(
                request_id = "of the event",
                level = "mine",
                target = "mine",
                "m"
            );
        });
        assert_eq!(lines[0]["request_id"], "of the event");
        assert_eq!(lines[0]["field.level"], "mine");
        assert_eq!(lines[0]["level"], "info");
        assert_eq!(lines[0].as_object().unwrap().len(), 7);
    }

    #[test]
    fn respects_level_and_keeps_request_fields() {
        let say_everything = || {
            let span = tracing::info_span!(target: "notes", "request", request_id = "abc");
            let _entered = span.enter();
            tracing::error!("error");
            tracing::warn!("warn");
            tracing::info!("info");
            tracing::debug!("debug");
            tracing::debug!(target: "sqlx::query", "statement");
            tracing::trace!("trace");
        };
        let counts = ["off", "error", "warn", "info", "debug", "trace"]
            .map(|level| collect_lines(level, say_everything).len());
        assert_eq!(counts, [0, 1, 2, 3, 5, 6]);
        let lines = collect_lines("warn,sqlx=debug", say_everything);
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| line["request_id"] == "abc"));
    }

    #[test]
    fn writes_causes_once() {
        let lines = collect_lines("info", || {
            let source = std::io::Error::other("no route");
            let error = crate::error::Error::unavailable(source);
            tracing::warn!(error = &error as &dyn std::error::Error, "m");
        });
        assert_eq!(lines[0]["error"], "temporarily unavailable: no route");
    }
}
