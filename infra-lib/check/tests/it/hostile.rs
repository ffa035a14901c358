//! Texts that were written to take long, to confuse a terminal, or with bytes that are no text.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use infra_check::report::{render_lines, render_text};
use infra_check::{Options, Report, check_bytes, check_text};

fn check(text: &str) -> Report {
    check_text("t.yaml", text, &Options::default())
}

fn messages(report: &Report) -> Vec<&str> {
    let findings = report.findings.iter();
    findings
        .map(|finding| finding.diagnostic.message.as_str())
        .collect()
}

/// Returns a template with conditions, of which each uses the one before it by the given function.
fn chain(first: &str, count: usize, each: impl Fn(String) -> String) -> String {
    let mut text = format!("Parameters: {{P: {{Type: String}}}}\nConditions:\n  C0: {first}\n");
    for number in 1..count {
        let before = format!("{{Condition: C{}}}", number - 1);
        let _ = writeln!(text, "  C{number}: {}", each(before));
    }
    let last = count - 1;
    let _ = write!(
        text,
        "Resources:\n  A: {{Type: AWS::SNS::Topic, Condition: C{last}}}\n  B: {{Type: AWS::SNS::Topic, Properties: {{TopicName: !Ref A}}}}\n"
    );
    text
}

#[test]
fn ends_soon_for_conditions_that_use_each_other() {
    let start = Instant::now();
    let equal = "!Equals [!Ref P, a]";
    let three = |one: String| format!("!And [{one}, {one}, {one}]");
    let conditional = "`A` exists only if `C39` is true, but this reference is also used otherwise";
    assert_eq!(messages(&check(&chain(equal, 40, three))), [conditional]);
    // Too deep to be followed: every case is possible.
    let long = check(&chain(equal, 5_000, |one| format!("!Not [{one}]")));
    assert_eq!(long.findings.len(), 1);
    // All of them depend on themselves.
    let circle = check(&chain(
        "!Or [{Condition: C39}, {Condition: C39}]",
        40,
        three,
    ));
    let itself = messages(&circle);
    let itself = itself
        .iter()
        .filter(|text| text.ends_with("depends on itself"));
    assert_eq!(itself.count(), 40);
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn ends_soon_for_thousands_of_unknown_names() {
    let start = Instant::now();
    let mut text = "Resources:\n".to_owned();
    for number in 0..1_600 {
        let _ = writeln!(
            text,
            "  T{number}: {{Type: AWS::SNS::Topic, Properties: {{TopicName: !Ref X{number}}}}}"
        );
    }
    let report = check(&text);
    // One of them is the quota.
    assert_eq!(report.errors(), 1_601);
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn escapes_characters_that_could_change_a_terminal() {
    let report = check(
        "Resources:\n  \"T\\e[31m\\u202e\":\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: !Ref \"A\\r\\n::error::x\"\n",
    );
    let lines = render_lines(&report);
    assert_eq!(lines.lines().count(), 2, "{lines}");
    assert!(lines.contains("`T\\u{1b}[31m\\u{202e}`"), "{lines}");
    assert!(lines.contains("`A\\r\\n::error::x`"), "{lines}");
    let text = render_text(&report);
    let is_safe = |c: char| c == '\n' || !c.is_control() && c != '\u{202e}';
    assert!(text.chars().all(is_safe), "{text:?}");
}

#[test]
fn shows_part_of_long_lines() {
    let spaces = " ".repeat(300);
    let text = format!(
        "{{\"Resources\": {spaces}{{\"Orders\": {{\"Type\": \"AWS::SNS::Topic\", \"Propertes\": {{}}}}}}{spaces}, \"Outputs\": {{}}}}"
    );
    let shown = render_text(&check(&text));
    let lines: Vec<&str> = shown.lines().collect();
    let (source, mark) = (lines[3], lines[4]);
    let column = mark.find('^').unwrap();
    let marked: String = source.chars().skip(column).take(11).collect();
    assert_eq!(marked, "\"Propertes\"", "{shown}");
    assert_eq!(mark.matches('^').count(), 11);
    assert!(source.starts_with(" 1 | …") && source.ends_with('…'));
    assert!(source.chars().count() < 180);
}

#[test]
fn shows_lines_that_end_with_carriage_returns() {
    let report = check("Resources:\r  Orders:\r    Type: AWS::SNS::Topic\r    Propertes: {}\r");
    let shown = render_text(&report);
    assert!(shown.contains(" 4 |     Propertes: {}\n"), "{shown}");
}

#[test]
fn names_the_encoding_of_bytes_that_are_no_text() {
    let described = |bytes: &[u8]| {
        let report = check_bytes("t.yaml", bytes, &Options::default());
        render_lines(&report)
    };
    let template = "\u{feff}Resources:\n  T: {Type: AWS::SNS::Topic}\n";
    let little: Vec<u8> = template.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = template.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let utf_16 = "t.yaml:1:1: error[INF8001]: the template is encoded in UTF-16, not in UTF-8\n";
    assert_eq!(described(&little), utf_16);
    assert_eq!(described(&big), utf_16);
    assert_eq!(
        described(b"Resources:\n  T: caf\xe9\n"),
        "t.yaml:2:9: error[INF8001]: the template is not valid UTF-8: byte 0xE9 starts no character\n"
    );
    assert_eq!(described(template.as_bytes()), "");
}

#[test]
fn reports_the_size_of_large_texts_alone() {
    let text = format!("Resources: {{}}\n#{}", " ".repeat(9_000_000));
    let report = check(&text);
    assert_eq!(
        messages(&report),
        ["the template has 9000015 bytes; the quota is 1000000"]
    );
}
