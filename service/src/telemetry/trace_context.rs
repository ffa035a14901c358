//! Reads the trace context of a request from its headers.

use hyper::HeaderMap;
use opentelemetry::trace::{SpanContext, SpanId, TraceFlags, TraceId, TraceState};

/// Returns the trace context from the W3C header `traceparent`, else from the AWS header `X-Amzn-Trace-Id`.
///
/// `traceparent` takes precedence, because a load balancer adds its header to every request, while only a caller that traces sends `traceparent`.
pub(crate) fn from_headers(headers: &HeaderMap) -> Option<SpanContext> {
    let header = |name| headers.get(name)?.to_str().ok();
    let (trace, span, flags) = header("traceparent")
        .and_then(parse_w3c)
        .or_else(|| header("x-amzn-trace-id").and_then(parse_amazon))?;
    Some(SpanContext::new(
        trace,
        span,
        flags,
        true,
        TraceState::default(),
    ))
}

type Parent = (TraceId, SpanId, TraceFlags);

/// Parses `00-<32 hex digits>-<16>-<2>`; later versions may append fields (<https://www.w3.org/TR/trace-context/#versioning-of-traceparent>).
fn parse_w3c(header: &str) -> Option<Parent> {
    let mut parts = header.trim().split('-');
    let version = parse_hex(parts.next()?, 2)?;
    let trace = trace_id(parts.next()?)?;
    let span = span_id(parts.next()?)?;
    let flags = u8::try_from(parse_hex(parts.next()?, 2)?).ok()?;
    let more = parts.next().is_some();
    let known = version != 0xff && (version != 0 || !more);
    known.then(|| {
        (
            trace,
            span,
            TraceFlags::new(flags & TraceFlags::SAMPLED.to_u8()),
        )
    })
}

/// Parses `Root=1-<8 hex digits>-<24>;Parent=<16>;Sampled=1`, with the fields in any order. A load balancer sends only `Root`, or `Root` with `Self`
/// (<https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader>).
fn parse_amazon(header: &str) -> Option<Parent> {
    let field = |name| {
        let mut fields = header
            .split(';')
            .filter_map(|field| field.trim().split_once('='));
        fields.find(|(key, _)| *key == name).map(|(_, value)| value)
    };
    let (time, unique) = field("Root")?.strip_prefix("1-")?.split_once('-')?;
    if time.len() != 8 {
        return None;
    }
    let trace = trace_id(&format!("{time}{unique}"))?;
    // The load balancer reports no span. Without a parent, the span would start a trace other than the one in the access log.
    let parent = field("Parent").and_then(span_id);
    let span = parent.or_else(|| span_id(unique.get(8..)?))?;
    // Without a sampling decision of the load balancer, the trace is sampled.
    let flags = match field("Sampled") {
        Some("0") => TraceFlags::default(),
        _ => TraceFlags::SAMPLED,
    };
    Some((trace, span, flags))
}

fn trace_id(digits: &str) -> Option<TraceId> {
    let id = TraceId::from(parse_hex(digits, 32)?);
    (id != TraceId::INVALID).then_some(id)
}

fn span_id(digits: &str) -> Option<SpanId> {
    let id = SpanId::from(u64::try_from(parse_hex(digits, 16)?).ok()?);
    (id != SpanId::INVALID).then_some(id)
}

/// Parses exactly `count` hexadecimal digits, in lower case as both formats require.
fn parse_hex(digits: &str, count: usize) -> Option<u128> {
    let valid = digits.len() == count
        && digits
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    valid.then(|| u128::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

    fn read_context(headers: &[(&'static str, &'static str)]) -> Option<SpanContext> {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect();
        from_headers(&headers)
    }

    #[test]
    fn parses_traceparent() {
        let context = read_context(&[(
            "traceparent",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        )])
        .unwrap();
        assert_eq!(context.trace_id().to_string(), TRACE);
        assert_eq!(context.span_id().to_string(), "00f067aa0ba902b7");
        assert!(context.is_sampled() && context.is_remote());
    }

    #[test]
    fn ignores_invalid_traceparent() {
        for header in [
            "",
            "garbage",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        ] {
            assert_eq!(read_context(&[("traceparent", header)]), None, "{header}");
        }
        assert!(
            read_context(&[(
                "traceparent",
                "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more"
            )])
            .is_some()
        );
    }

    #[test]
    fn parses_load_balancer_header() {
        let context = read_context(&[(
            "x-amzn-trace-id",
            "Self=1-0-1;Root=1-4bf92f35-77b34da6a3ce929d0e0e4736",
        )])
        .unwrap();
        assert_eq!(context.trace_id().to_string(), TRACE);
        assert!(context.is_sampled() && context.is_valid());
        let context = read_context(&[(
            "x-amzn-trace-id",
            "Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=53995c3f42cd8ad8;Sampled=0",
        )])
        .unwrap();
        assert_eq!(context.span_id().to_string(), "53995c3f42cd8ad8");
        assert!(!context.is_sampled());
        assert_eq!(
            read_context(&[(
                "x-amzn-trace-id",
                "Root=1-4bf92f3577b3-4da6a3ce929d0e0e4736"
            )]),
            None
        );
    }

    #[test]
    fn prefers_traceparent_to_load_balancer() {
        let context = read_context(&[
            (
                "x-amzn-trace-id",
                "Root=1-00000001-77b34da6a3ce929d0e0e4736",
            ),
            (
                "traceparent",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
            ),
        ])
        .unwrap();
        assert_eq!(context.trace_id().to_string(), TRACE);
    }
}
