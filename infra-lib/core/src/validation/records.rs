//! Checks the values of record sets of Route 53 against the format of their type.
//!
//! AWS: <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html>

use std::net::{Ipv4Addr, Ipv6Addr};

use super::view::{Entries, Form, View, find_entry, literal_text};
use super::walk::{Walk, join_path};
use crate::diagnostic::codes;

const FORMATS: &str =
    "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html";

/// Types of records with one value.
const SINGLE: [&str; 2] = ["CNAME", "SOA"];

/// Maximum number of characters of one string of a TXT record.
const MAX_STRING: usize = 255;

/// Checks the record sets of a resource of one of the two types.
pub(super) fn check_records<'t, V: View<'t>>(
    walk: &mut Walk<'_, 't, V>,
    properties: &Entries<'t, V>,
) {
    match walk.type_name {
        "AWS::Route53::RecordSet" => check_set(walk, properties, ""),
        "AWS::Route53::RecordSetGroup" => {
            if let Some(sets) = find_entry(properties, "RecordSets") {
                visit_sets(walk, sets, "RecordSets");
            }
        }
        _ => {}
    }
}

fn visit_sets<'t, V: View<'t>>(walk: &mut Walk<'_, 't, V>, value: V, at: &str) {
    match value.form() {
        Form::If(then, otherwise) => {
            visit_sets(walk, then, at);
            visit_sets(walk, otherwise, at);
        }
        Form::List(items) => {
            for (index, item) in items.iter().enumerate() {
                visit_sets(walk, *item, &join_path(at, &index.to_string()));
            }
        }
        Form::Map(map) => check_set(walk, &map, at),
        _ => {}
    }
}

fn check_set<'t, V: View<'t>>(walk: &mut Walk<'_, 't, V>, map: &Entries<'t, V>, at: &str) {
    let kind = find_entry(map, "Type").and_then(literal_text);
    if let (Some(kind), Some(values)) = (kind, find_entry(map, "ResourceRecords")) {
        visit_values(walk, values, &kind, &join_path(at, "ResourceRecords"));
    }
}

fn visit_values<'t, V: View<'t>>(walk: &mut Walk<'_, 't, V>, value: V, kind: &str, at: &str) {
    match value.form() {
        Form::If(then, otherwise) => {
            visit_values(walk, then, kind, at);
            visit_values(walk, otherwise, kind, at);
        }
        Form::List(items) => {
            let certain = items.iter().filter(|item| {
                super::walk::Presence::of_value(Some(**item)) == super::walk::Presence::Present
            });
            let count = certain.count();
            if count > 1 && SINGLE.contains(&kind) {
                let message =
                    format!("a record set of the type {kind} has one value, found {count}");
                walk.add_finding(codes::RELATED_VALUE, Some(value), at, message)
                    .url = Some(FORMATS.to_owned());
            }
            for (index, item) in items.iter().enumerate() {
                visit_values(walk, *item, kind, &join_path(at, &index.to_string()));
            }
        }
        Form::Text(text) if !text.contains("{{resolve:") => {
            if let Some(expected) = find_problem(kind, text) {
                let message = format!("`{text}` is not a value of a record of the type {kind}");
                let finding = walk.add_finding(codes::RELATED_VALUE, Some(value), at, message);
                finding.actual = Some(text.to_owned());
                finding.expected = Some(expected.to_owned());
                finding.url = Some(FORMATS.to_owned());
            }
        }
        _ => {}
    }
}

/// Returns the expected format if a text does not have it. The formats of other types are not checked.
fn find_problem(kind: &str, text: &str) -> Option<&'static str> {
    let fields: Vec<&str> = text.split_whitespace().collect();
    let (fits, expected) = match kind {
        "A" => (text.parse::<Ipv4Addr>().is_ok(), "an IPv4 address"),
        "AAAA" => (text.parse::<Ipv6Addr>().is_ok(), "an IPv6 address"),
        "CAA" => (
            is_authorization(text),
            "flags, a tag and a value in quotation marks: `0 issue \"ca.example.com\"`",
        ),
        "CNAME" | "NS" | "PTR" => (is_domain(text), "a domain name"),
        "MX" => (
            matches!(fields[..], [priority, host] if is_number(priority) && is_domain(host)),
            "a priority of 0 to 65535 and a domain name: `10 mail.example.com`",
        ),
        "SRV" => (
            matches!(fields[..], [priority, weight, port, host]
                if [priority, weight, port].into_iter().all(is_number) && is_domain(host)),
            "priority, weight, port and a domain name: `1 10 5269 chat.example.com`",
        ),
        "SPF" | "TXT" => (
            is_quoted(text),
            "strings of at most 255 characters in quotation marks, separated by spaces",
        ),
        _ => return None,
    };
    (!fits).then_some(expected)
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok()
}

/// Returns `true` for a domain name: labels of 1 to 63 characters, 255 in all, with or without the dot at the end.
fn is_domain(text: &str) -> bool {
    let name = text.strip_suffix('.').unwrap_or(text);
    let is_label = |label: &str| (1..=63).contains(&label.len());
    text == "."
        || (text.len() <= 255
            && name.split('.').all(is_label)
            && name.bytes().all(|byte| byte.is_ascii_graphic()))
}

fn is_authorization(text: &str) -> bool {
    let mut fields = text.splitn(3, char::is_whitespace);
    let (Some(flags), Some(tag), Some(value)) = (fields.next(), fields.next(), fields.next())
    else {
        return false;
    };
    let is_tag = !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let value = value.trim();
    let is_quoted = value.len() >= 2 && value.starts_with('"') && value.ends_with('"');
    flags.parse::<u8>().is_ok() && is_tag && is_quoted
}

/// Returns `true` for one or more strings in quotation marks. A backslash takes the next character, or three octal digits, as one character.
fn is_quoted(text: &str) -> bool {
    let mut rest = text;
    let mut count = 0;
    while !rest.is_empty() {
        let Some(inner) = rest.strip_prefix('"') else {
            return false;
        };
        let mut length = 0;
        let mut chars = inner.char_indices();
        let end = loop {
            match chars.next() {
                None => return false,
                Some((at, '"')) => break at,
                Some((at, '\\')) => {
                    let octal = inner.get(at + 1..at + 4);
                    let is_octal =
                        octal.is_some_and(|code| code.bytes().all(|b| b.is_ascii_digit()));
                    for _ in 0..if is_octal { 3 } else { 1 } {
                        chars.next();
                    }
                }
                Some(_) => {}
            }
            length += 1;
        };
        if length > MAX_STRING {
            return false;
        }
        count += 1;
        rest = inner[end + 1..].trim_start();
    }
    count > 0
}

#[cfg(test)]
mod tests {
    use super::find_problem;

    #[test]
    fn compares_values_with_format_of_type() {
        let long = format!("\"{}\"", "a".repeat(256));
        let escaped = format!("\"{}\"", r"\141".repeat(255));
        for (kind, good, bad) in [
            ("A", "192.0.2.1", "192.0.2.1 "),
            ("A", "192.0.2.1", "host.example.com"),
            ("A", "192.0.2.1", "256.0.0.1"),
            ("AAAA", "2001:db8::1", "2001:db8:::1"),
            ("AAAA", "::ffff:192.0.2.1", "192.0.2.1"),
            (
                "CAA",
                "0 issue \"ca.example.com; policy=ev\"",
                "0 issue ca.example.com",
            ),
            (
                "CAA",
                "128 iodef \"mailto:a@example.com\"",
                "x issue \"ca.example.com\"",
            ),
            ("CNAME", "web.example.com.", "not a name"),
            ("CNAME", "_a.web.example.com", "a..example.com"),
            ("MX", "10 mail.example.com", "mail.example.com"),
            ("MX", "0 mail.example.com.", "65536 mail.example.com"),
            ("SRV", "1 10 5269 chat.example.com", "1 10 chat.example.com"),
            ("TXT", "\"a\" \"b\"", "a"),
            ("TXT", "\"v=spf1 -all\"", "\"a\" b"),
            ("TXT", "\"a \\\" b\"", "\"a"),
            ("SPF", &escaped, &long),
            ("TXT", "\"a\"\"b\"", ""),
        ] {
            assert_eq!(find_problem(kind, good), None, "{kind} {good}");
            assert!(find_problem(kind, bad).is_some(), "{kind} {bad}");
        }
        assert_eq!(find_problem("NAPTR", "anything"), None);
    }
}
