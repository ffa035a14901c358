//! Wraps the evaluator of AWS CloudFormation Guard in plain types; [`parse`] and [`evaluate`] are its two uses.
//!
//! The library `cfn-guard` returns the tree of an evaluation as JSON ([`cfn_guard::run_checks`] with `verbose`). Its short report is unsuitable: it
//! is cut off at 8 KiB and contains no property paths. The tree is interpreted as the `cfn-guard` program does for its own reports.

use std::panic::{AssertUnwindSafe, catch_unwind};

use cfn_guard::{ValidateInput, run_checks};
use infra_core::{Diagnostic, Place, codes};
use infra_template::Template;
use infra_template::assembly::Stack;
use infra_template::nested::nested_path;
use serde_json::Value as JsonValue;

use super::folder::RuleFile;

/// A rule that a template violates, for one resource.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Violation {
    /// Name of the rule; `default` for clauses outside of a rule.
    pub(super) rule: String,
    /// Logical ID, if the rule concerns a resource.
    pub(super) resource: Option<String>,
    /// Clauses that failed; empty if the evaluator reports none.
    pub(super) clauses: Vec<Clause>,
}

/// A failed clause of a rule.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Clause {
    /// Path in the template, one element per level.
    pub(super) path: Vec<String>,
    /// Rest of the path, if the template does not contain it.
    pub(super) missing: Option<String>,
    /// Value at the path.
    pub(super) value: Option<JsonValue>,
    /// Condition that the value has to satisfy, in words.
    pub(super) expected: Option<String>,
    /// Custom message of the clause, written between `<<` and `>>`.
    pub(super) message: Option<String>,
    /// Message of the evaluator, for a clause without a path.
    pub(super) explanation: Option<String>,
}

/// The reason why a rule file could not be parsed or evaluated.
#[derive(Debug)]
pub(super) struct Problem {
    finding: Diagnostic,
}

impl Problem {
    /// Returns the finding about the file.
    pub(super) fn into_finding(self) -> Diagnostic {
        self.finding
    }

    /// Returns the finding about the file, with a note on the template that was evaluated.
    pub(super) fn in_template(self, stack: &Stack, nested: &str) -> Diagnostic {
        let name = nested_path(&stack.path, nested);
        let name = name.trim_end_matches('/');
        self.finding
            .note(format!("while evaluating it for the template of `{name}`"))
    }
}

/// Returns the JSON text that rules are evaluated over.
///
/// The key `guard` of resource metadata is removed: rules of the AWS Guard Rules Registry read it to suppress themselves, and the app controls it.
pub(super) fn build_input(template: &Template) -> String {
    let mut document = JsonValue::Object(template.document().clone());
    let resources = document.get_mut("Resources");
    let resources = resources.and_then(JsonValue::as_object_mut);
    for resource in resources.into_iter().flat_map(|map| map.values_mut()) {
        if let Some(metadata) = resource.get_mut("Metadata")
            && let Some(metadata) = metadata.as_object_mut()
        {
            metadata.shift_remove("guard");
        }
    }
    document.to_string()
}

/// Parses a file and returns the number of its rules. A file without rules is an error.
pub(super) fn parse_rules(file: &RuleFile) -> Result<usize, Problem> {
    match run_evaluator(file, "{\"Resources\":{}}") {
        Ok(Some(tree)) => Ok(rule_records(&tree).count()),
        Ok(None) => {
            let message = format!("`{}` has no rules", file.display_path);
            Err(Problem {
                finding: Diagnostic::new(codes::POLICY_NOT_READABLE, message)
                    .help("write a rule, or remove the file"),
            })
        }
        // The file is well-formed; its rules may still be evaluable for a template with resources.
        Err(EvaluationError::Evaluation(_)) => Ok(1),
        Err(refusal @ EvaluationError::Syntax(_)) => Err(refusal.into_problem(file)),
    }
}

/// Evaluates the rules of a file over a template and returns the violations.
pub(super) fn evaluate_rules(file: &RuleFile, input: &str) -> Result<Vec<Violation>, Problem> {
    let tree = run_evaluator(file, input).map_err(|refusal| refusal.into_problem(file))?;
    let Some(tree) = tree else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for (name, record) in rule_records(&tree) {
        let mut clauses = Vec::new();
        collect_clauses(&record["children"], &mut clauses);
        add_violations(
            name,
            clauses,
            record_status(record) == Some("FAIL"),
            &mut found,
        );
    }
    let failed = tree["container"]["FileCheck"]["status"] == "FAIL";
    if failed && found.is_empty() {
        add_violations("default", Vec::new(), true, &mut found);
    }
    Ok(found)
}

/// The reason why the evaluator returned no tree.
#[derive(Debug)]
enum EvaluationError {
    /// The file has a syntax error.
    Syntax(String),
    /// The evaluation failed or panicked.
    Evaluation(String),
}

impl EvaluationError {
    fn into_problem(self, file: &RuleFile) -> Problem {
        let finding = match self {
            Self::Syntax(said) => {
                let (line, column) = parse_position(&said).unwrap_or((1, 1));
                let message = format!(
                    "`{}` is not a valid rule file: cannot parse line {line}",
                    file.display_path
                );
                let text = usize::try_from(line).ok();
                let text = text.and_then(|line| file.text.lines().nth(line.saturating_sub(1)));
                let mut finding = Diagnostic::new(codes::POLICY_NOT_READABLE, message)
                    .place(Place::new(file.display_path.clone(), line, column))
                    .help("https://docs.aws.amazon.com/cfn-guard/latest/ug/writing-rules.html describes the language");
                if let Some(text) = text {
                    finding = finding.actual(text.trim());
                }
                finding
            }
            Self::Evaluation(said) => {
                let message = format!(
                    "cannot evaluate the rules of `{}`: {said}",
                    file.display_path
                );
                Diagnostic::new(codes::POLICY_NOT_EVALUATED, message)
                    .help("correct the rule: a rule that cannot be evaluated counts as failed")
            }
        };
        Problem { finding }
    }
}

/// Runs the evaluator and returns its tree; `None` for a file without rules.
fn run_evaluator(file: &RuleFile, input: &str) -> Result<Option<JsonValue>, EvaluationError> {
    let call = || {
        let data = ValidateInput {
            content: input,
            file_name: "template",
        };
        let rules = ValidateInput {
            content: &file.text,
            // Parser messages contain this name, so it must not contain " at line ".
            file_name: "rules",
        };
        run_checks(data, rules, true)
    };
    // The evaluator panics in cases that its authors consider unreachable.
    let answer = catch_unwind(AssertUnwindSafe(call))
        .map_err(|_| EvaluationError::Evaluation("the evaluator panicked".to_owned()))?;
    let text = answer.map_err(|error| {
        let said = error.to_string();
        if matches!(error, cfn_guard::Error::ParseError(_)) && parse_position(&said).is_some() {
            EvaluationError::Syntax(said)
        } else {
            EvaluationError::Evaluation(said)
        }
    })?;
    if text.is_empty() {
        return Ok(None);
    }
    serde_json::from_str(&text)
        .map(Some)
        .map_err(|error| EvaluationError::Evaluation(format!("cannot read its result: {error}")))
}

/// Extracts line and column from a parser error: `… at line 6 at column 29, …`.
fn parse_position(said: &str) -> Option<(u32, u32)> {
    let (_, rest) = said.split_once(" at line ")?;
    let (line, rest) = rest.split_once(" at column ")?;
    let digits = rest.find(|c: char| !c.is_ascii_digit());
    let column = &rest[..digits.unwrap_or(rest.len())];
    Some((line.parse().ok()?, column.parse().ok()?))
}

/// Returns the records of the rules in a tree, with their names.
fn rule_records(tree: &JsonValue) -> impl Iterator<Item = (&str, &JsonValue)> {
    let records = tree["children"].as_array().into_iter().flatten();
    records.filter_map(|record| Some((record["container"]["RuleCheck"]["name"].as_str()?, record)))
}

/// Returns the status of a record, `PASS`, `FAIL` or `SKIP`, if records of its kind have one.
fn record_status(record: &JsonValue) -> Option<&str> {
    let (_, content) = record["container"].as_object()?.iter().next()?;
    let content = content.get("block").unwrap_or(content);
    content.get("status").unwrap_or(content).as_str()
}

/// Collects the failed clauses from the records of a failed rule.
fn collect_clauses(records: &JsonValue, clauses: &mut Vec<Clause>) {
    for record in records.as_array().into_iter().flatten() {
        let Some((kind, content)) = record["container"]
            .as_object()
            .and_then(|container| container.iter().next())
        else {
            continue;
        };
        match kind.as_str() {
            "ClauseValueCheck" => clauses.extend(convert_clause(content, &record["context"])),
            // Conditions and filters that are false are not failures.
            "RuleCheck"
            | "TypeCheck"
            | "TypeBlock"
            | "WhenCheck"
            | "Disjunction"
            | "BlockGuardCheck"
            | "GuardClauseBlockCheck"
                if record_status(record) == Some("FAIL") =>
            {
                let before = clauses.len();
                collect_clauses(&record["children"], clauses);
                let message = content.get("block").unwrap_or(content).get("message");
                if clauses.len() == before
                    && let Some(message) = message.and_then(JsonValue::as_str)
                {
                    clauses.push(Clause {
                        explanation: Some(message.to_owned()),
                        ..Clause::default()
                    });
                }
            }
            _ => {}
        }
    }
}

/// Converts a clause check to a [`Clause`], if it failed.
fn convert_clause(check: &JsonValue, context: &JsonValue) -> Option<Clause> {
    // `Success` is a string, not an object.
    let (kind, inner) = check.as_object()?.iter().next()?;
    let message = |inner: &JsonValue| Some(inner["custom_message"].as_str()?.to_owned());
    let failed = |inner: &JsonValue| inner["status"] == "FAIL";
    match kind.as_str() {
        "Comparison" if failed(inner) => Some(Clause {
            expected: Some(describe_condition(&inner["comparison"], &inner["to"])),
            message: message(inner),
            ..clause_with_path(&inner["from"])
        }),
        "InComparison" if failed(inner) => Some(Clause {
            expected: Some(describe_condition(&inner["comparison"], &inner["to"])),
            message: message(inner),
            ..clause_with_path(&inner["from"])
        }),
        "Unary" if failed(&inner["value"]) => Some(Clause {
            expected: Some(describe_condition(&inner["comparison"], &JsonValue::Null)),
            message: message(&inner["value"]),
            ..clause_with_path(&inner["value"]["from"])
        }),
        "MissingBlockValue" => Some(Clause {
            message: message(inner),
            ..clause_with_path(&inner["from"])
        }),
        "NoValueForEmptyCheck" => Some(Clause {
            message: inner.as_str().map(str::to_owned),
            explanation: context
                .as_str()
                .map(|context| format!("`{context}` is not empty")),
            ..Clause::default()
        }),
        "DependentRule" => {
            let rule = inner["rule"].as_str().unwrap_or_default();
            Some(Clause {
                message: message(inner),
                explanation: Some(format!("it depends on the rule `{rule}`, which failed")),
                ..Clause::default()
            })
        }
        _ => None,
    }
}

/// Returns a clause with the path and value of the left side of a comparison.
fn clause_with_path(from: &JsonValue) -> Clause {
    let (value, missing) = match from.get("UnResolved") {
        Some(unresolved) => (
            &unresolved["traversed_to"],
            unresolved["remaining_query"].as_str().map(str::to_owned),
        ),
        None => (
            from.get("Resolved").or(from.get("Literal")).unwrap_or(from),
            None,
        ),
    };
    let path = value["path"].as_str().unwrap_or_default();
    Clause {
        path: path
            .split('/')
            .filter(|piece| !piece.is_empty())
            .map(str::to_owned)
            .collect(),
        value: missing.is_none().then(|| value["value"].clone()),
        missing,
        ..Clause::default()
    }
}

/// Describes a condition in words, from its operator, negation, and right side.
fn describe_condition(comparison: &JsonValue, to: &JsonValue) -> String {
    let operator = comparison[0].as_str().unwrap_or_default();
    let negated = comparison[1] == true;
    let other = match to {
        JsonValue::Array(values) => {
            let values: Vec<String> = values.iter().map(describe_operand).collect();
            values.join(", ")
        }
        to => describe_operand(to),
    };
    let not = if negated { "not " } else { "" };
    match operator {
        "Eq" if negated => format!("anything but {other}"),
        "Eq" => other,
        "In" if negated => format!("none of {other}"),
        "In" => format!("one of {other}"),
        "Gt" => format!("{not}more than {other}"),
        "Ge" => format!("{not}at least {other}"),
        "Lt" => format!("{not}less than {other}"),
        "Le" => format!("{not}at most {other}"),
        "Exists" if negated => "not set".to_owned(),
        "Exists" => "set".to_owned(),
        "Empty" => format!("{not}empty"),
        "IsString" => format!("{not}a string"),
        "IsList" => format!("{not}a list"),
        "IsMap" => format!("{not}a map"),
        "IsBool" => format!("{not}a boolean"),
        "IsInt" => format!("{not}a whole number"),
        "IsFloat" => format!("{not}a number"),
        "IsNull" => format!("{not}null"),
        other => other.to_owned(),
    }
}

/// Describes the right side of a comparison.
fn describe_operand(side: &JsonValue) -> String {
    if let Some(unresolved) = side.get("UnResolved") {
        let rest = unresolved["remaining_query"].as_str().unwrap_or_default();
        return format!("`{rest}`, which is not set");
    }
    let value = side.get("Resolved").or(side.get("Literal"));
    format!("`{}`", value.map_or(side, |value| &value["value"]))
}

/// Adds the violations of a rule, one for each resource, in the order in which they failed.
fn add_violations(rule: &str, clauses: Vec<Clause>, failed: bool, found: &mut Vec<Violation>) {
    if !failed {
        return;
    }
    let first = found.len();
    for clause in clauses {
        let resource = match clause.path.as_slice() {
            [section, id, ..] if section == "Resources" => Some(id.clone()),
            _ => None,
        };
        let known = found[first..]
            .iter_mut()
            .find(|one| one.resource == resource);
        match known {
            Some(violation) if violation.clauses.contains(&clause) => {}
            Some(violation) => violation.clauses.push(clause),
            None => found.push(Violation {
                rule: rule.to_owned(),
                resource,
                clauses: vec![clause],
            }),
        }
    }
    // Clauses without a path, as of dependent rules and blocks without a value, are redundant next to a resource.
    if found[first..].iter().any(|one| one.resource.is_some()) {
        let mut at = 0;
        found.retain(|one| {
            at += 1;
            at <= first
                || one.resource.is_some()
                || one.clauses.iter().any(|clause| clause.message.is_some())
        });
    }
    if found.len() == first {
        found.push(Violation {
            rule: rule.to_owned(),
            resource: None,
            clauses: Vec::new(),
        });
    }
}
