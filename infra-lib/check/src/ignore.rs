//! Removes findings that the options or the template ask to ignore.
//!
//! - A comment `# infra: ignore INF3006` on the line of a finding, or on the line above it. Several codes, and IDs of rules of policy packs, are separated by
//!   spaces or commas.
//! - `Metadata: infra: ignore: [INF3006]` of the template or of a resource.
//! - `Metadata: cfn-lint: config: ignore_checks: [E3002]` of the template or of a resource, for the rules that correspond to a code.

use infra_core::Severity;

use crate::finding::{Draft, Findings};
use crate::model::Model;
use crate::tree::{Map, Value};

/// Codes with the rules of cfn-lint that find the same. <https://github.com/aws-cloudformation/cfn-lint/blob/main/docs/rules.md>
const CFN_LINT_RULES: &[(&str, &[&str])] = &[
    ("INF1204", &["E3004"]),
    ("INF1206", &["E1010", "E1019", "E1020", "E3005"]),
    ("INF1207", &["E1010"]),
    ("INF1208", &["E1040", "E1041"]),
    ("INF3001", &["E3006"]),
    ("INF3002", &["E3002"]),
    ("INF3003", &["E3003"]),
    ("INF3004", &["E3002", "E3012"]),
    ("INF3005", &["E3030"]),
    ("INF3006", &["E3031"]),
    ("INF3007", &["E3032", "E3033", "E3034"]),
    ("INF3008", &["E3040"]),
    ("INF3010", &["E3014", "E3017", "E3018", "E3020", "E3021"]),
    ("INF3011", &["E3037"]),
    ("INF4606", &["W3037"]),
    ("INF8003", &["E1001", "E2001", "E3001", "E6001"]),
    ("INF8008", &["E1028", "E8002"]),
    ("INF8009", &["E1011"]),
    ("INF8010", &["E2001", "E2015", "W2001"]),
    ("INF8011", &["W1001"]),
    ("INF8012", &["W1019", "W2001", "W7001", "W8001"]),
    ("INF8013", &["E3510", "E3511", "E3512", "E3513"]),
    ("INF8034", &["E1027", "E1050", "E1051", "E1052"]),
];

pub(crate) fn remove_ignored(model: &Model<'_>, text: &str, findings: &mut Findings) {
    let comments = read_comments(text);
    let of_template = read_metadata(model.sections.get("Metadata"));
    let mut of_resources: Vec<((u32, u32), Vec<String>)> = Vec::new();
    for resource in &model.resources {
        let ignored = read_metadata(resource.attribute("Metadata"));
        if !ignored.is_empty() {
            let last = resource
                .entry
                .value
                .span
                .end
                .line
                .max(last_line(&resource.entry.value));
            of_resources.push(((resource.entry.key_span.start.line, last), ignored));
        }
    }
    findings.drafts.retain(|draft| {
        // CloudFormation is certain to refuse what is fatal.
        if draft.diagnostic.severity == Severity::Fatal {
            return true;
        }
        let line = draft.span.0.line;
        let commented = comments
            .iter()
            .any(|(at, codes)| (*at == line || at + 1 == line) && names(codes, draft));
        let in_resource = of_resources
            .iter()
            .any(|((first, last), codes)| (*first..=*last).contains(&line) && names(codes, draft));
        let everywhere = model
            .options
            .ignored
            .contains(draft.diagnostic.code.as_str());
        !(everywhere || commented || in_resource || names(&of_template, draft))
    });
}

/// Returns `true` if one of the codes names the finding, as a code of this project or as a rule of cfn-lint or the start of one.
fn names(codes: &[String], draft: &Draft) -> bool {
    let own = draft.diagnostic.code.as_str();
    let rules = CFN_LINT_RULES
        .iter()
        .find(|(code, _)| *code == own)
        .map_or(&[][..], |(_, rules)| rules);
    codes
        .iter()
        .any(|code| code == own || rules.iter().any(|rule| rule.starts_with(code.as_str())))
}

fn last_line(value: &Value) -> u32 {
    let below = value.as_map().map(|map| {
        map.entries
            .iter()
            .map(|entry| last_line(&entry.value))
            .max()
    });
    below.flatten().unwrap_or(0).max(value.span.end.line)
}

fn read_metadata(metadata: Option<&Value>) -> Vec<String> {
    let Some(map) = metadata.and_then(Value::as_map) else {
        return Vec::new();
    };
    let inner = |map: &'_ Map, path: &[&str]| {
        let mut current = map.get(path[0])?;
        for step in &path[1..] {
            current = current.as_map()?.get(step)?;
        }
        let items = current.as_list()?.iter();
        Some(
            items
                .filter_map(Value::as_text)
                .map(str::to_owned)
                .collect::<Vec<_>>(),
        )
    };
    let paths: [&[&str]; 2] = [
        &["infra", "ignore"],
        &["cfn-lint", "config", "ignore_checks"],
    ];
    let found = paths.iter().filter_map(|path| inner(map, path));
    found.flatten().filter(|code| !code.is_empty()).collect()
}

/// Returns the codes in comments with the number of their line.
fn read_comments(text: &str) -> Vec<(u32, Vec<String>)> {
    const MARK: &str = "infra: ignore ";
    let comment = |line: &str| {
        let (_, comment) = line.split_once('#')?;
        let (_, codes) = comment.split_once(MARK)?;
        let codes = codes
            .split([' ', ','])
            .filter(|code| code.starts_with("INF") || infra_packs::find_rule(code).is_some());
        Some(codes.map(str::to_owned).collect())
    };
    let lines = (1..).zip(text.lines());
    lines
        .filter_map(|(number, line)| Some((number, comment(line)?)))
        .collect()
}
