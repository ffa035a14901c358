//! Implements `explain_code` and `list_codes`, which return pages and a list of codes.

use infra_console::{code_page, list_codes};
use schemars::JsonSchema;
use serde::Deserialize;

use super::answer::Answer;
use super::tool::{JsonObject, Tool, Work, argument_schema, parse_arguments};

pub(super) static EXPLAIN_CODE: Tool = Tool {
    name: "explain_code",
    title: "Explain a code",
    description: "Returns the page of a diagnostic code: meaning, reason, an example that produces the finding, and the correction.",
    schema: argument_schema::<ExplainCode>,
    work: Work::Offline(explain_code),
    reads_aws: false,
};

pub(super) static LIST_CODES: Tool = Tool {
    name: "list_codes",
    title: "List codes",
    description: "Lists diagnostic codes with severity and title, a line each.",
    schema: argument_schema::<ListCodes>,
    work: Work::Offline(list_matching_codes),
    reads_aws: false,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ExplainCode {
    /// The code, such as `INF1001`.
    code: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ListCodes {
    /// Words that the line must contain, in any order and case, such as `secret` or `INF5`. Default: every code.
    #[serde(default)]
    words: Option<String>,
}

fn explain_code(arguments: JsonObject) -> Answer {
    let ExplainCode { code } = match parse_arguments("explain_code", arguments) {
        Ok(arguments) => arguments,
        Err(answer) => return answer,
    };
    match code_page(code.trim()) {
        Ok(page) => Answer::from_text(page),
        Err(finding) => Answer::from_finding(&finding.note("`list_codes` lists every code")),
    }
}

fn list_matching_codes(arguments: JsonObject) -> Answer {
    let ListCodes { words } = match parse_arguments("list_codes", arguments) {
        Ok(arguments) => arguments,
        Err(answer) => return answer,
    };
    let words = words.unwrap_or_default().to_lowercase();
    let words: Vec<&str> = words.split_whitespace().collect();
    let all = list_codes();
    let found: Vec<&str> = all
        .lines()
        .filter(|line| {
            let line = line.to_lowercase();
            words.iter().all(|word| line.contains(word))
        })
        .collect();
    if found.is_empty() {
        return Answer::from_text("no code matches these words\n");
    }
    Answer::from_text(found.join("\n") + "\n")
}
