//! Checks of paths and expressions.

use super::finding::finding;
use super::graph::State;
use crate::core::{Data, Map, Scope, codes};

/// Reports paths of JSONPath and expressions of JSONata that Step Functions rejects.
pub(super) fn check(scope: Scope<'_>, state: &State, is_jsonata: bool) {
    let fields = state.catchers.iter().map(|catcher| &catcher.fields);
    let fields = fields.chain([&state.fields]);
    if is_jsonata {
        for (field, value) in fields.flat_map(Map::iter) {
            check_expressions(scope, state, field, value);
        }
        for rule in &state.rules {
            for (_, condition) in rule.fields.iter() {
                check_expression(scope, state, "Condition", condition, true);
            }
        }
        for field in ["Items", "Seconds"] {
            if let Some(value @ Data::Text(_)) = state.fields.get(field) {
                check_expression(scope, state, field, value, true);
            }
        }
    } else {
        for (field, value) in fields.flat_map(Map::iter) {
            if field.ends_with("Path") {
                check_path(
                    scope,
                    state,
                    field,
                    value,
                    field == "ErrorPath" || field == "CausePath",
                );
            }
            check_paths(scope, state, value);
        }
        for rule in &state.rules {
            check_rule(scope, state, &rule.fields);
        }
    }
}

/// Checks the texts of a value that can be expressions.
fn check_expressions(scope: Scope<'_>, state: &State, field: &str, value: &Data) {
    match value {
        // Reported as a field that must be one.
        Data::Text(_) if field == "Items" || field == "Seconds" => {}
        Data::Text(_) => check_expression(scope, state, field, value, false),
        Data::List(items) => {
            for item in items {
                check_expressions(scope, state, field, item);
            }
        }
        Data::Map(map) => {
            for (key, item) in map.iter() {
                if key.ends_with(".$") {
                    report_expression(
                        scope,
                        state,
                        key,
                        "a key without `.$`, since the state has the language JSONata",
                    );
                }
                check_expressions(scope, state, key, item);
            }
        }
        _ => {}
    }
}

fn check_expression(scope: Scope<'_>, state: &State, field: &str, value: &Data, required: bool) {
    let Some(text) = value.as_text() else { return };
    let (opens, closes) = (text.starts_with("{%"), text.ends_with("%}"));
    if opens != closes || required && !opens {
        let actual = format!("{field}: {text}");
        report_expression(scope, state, &actual, "an expression between `{%` and `%}`");
    }
}

fn report_expression(scope: Scope<'_>, state: &State, actual: &str, expected: &str) {
    scope.report(
        finding(
            codes::STATE_EXPRESSION,
            format!(
                "an expression of the state `{}` is not one of JSONata",
                state.name
            ),
            "transforming-data.html",
        )
        .actual(actual)
        .expected(expected),
    );
}

/// Checks the keys of a value that have paths.
fn check_paths(scope: Scope<'_>, state: &State, value: &Data) {
    match value {
        Data::List(items) => items
            .iter()
            .for_each(|item| check_paths(scope, state, item)),
        Data::Map(map) => {
            for (key, item) in map.iter() {
                if key.ends_with(".$") {
                    check_path(scope, state, key, item, true);
                }
                check_paths(scope, state, item);
            }
        }
        _ => {}
    }
}

fn check_rule(scope: Scope<'_>, state: &State, rule: &Map) {
    for (key, value) in rule.iter() {
        match value {
            Data::Map(map) => check_rule(scope, state, map),
            Data::List(items) => {
                for map in items.iter().filter_map(Data::as_map) {
                    check_rule(scope, state, map);
                }
            }
            _ if key == "Variable" || key.ends_with("Path") => {
                check_path(scope, state, key, value, false);
            }
            _ => {}
        }
    }
}

fn check_path(scope: Scope<'_>, state: &State, field: &str, value: &Data, function: bool) {
    let Some(text) = value.as_text() else { return };
    if text.starts_with('$') || function && text.starts_with("States.") {
        return;
    }
    let functions = if function {
        ", or a function such as `States.Format(…)`"
    } else {
        ""
    };
    scope.report(
        finding(
            codes::STATE_PATH,
            format!(
                "a path of the state `{}` does not begin with `$`",
                state.name
            ),
            "amazon-states-language-paths.html",
        )
        .actual(format!("{field}: {text}"))
        .expected(format!("a path that begins with `$`{functions}")),
    );
}
