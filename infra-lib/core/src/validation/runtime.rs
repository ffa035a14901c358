//! Runtimes of functions whose support AWS has ended.

use infra_schema::runtimes::find_runtime;
use infra_schema::serverless::GLOBALS;

use super::view::{Entries, Form, View, find_entry, literal_text};
use super::walk::Walk;
use crate::diagnostic::{Severity, codes};

/// Types with the property `Runtime` of a function.
const TYPES: [&str; 2] = ["AWS::Lambda::Function", "AWS::Serverless::Function"];

/// Reports a runtime without support as a warning, and one with which AWS creates no functions as an error (`INF4903`).
pub(super) fn check_runtime<'t, V: View<'t>>(
    walk: &mut Walk<'_, 't, V>,
    properties: &Entries<'t, V>,
) {
    let mut at = "Runtime";
    let given = if TYPES.contains(&walk.type_name) {
        find_entry(properties, "Runtime")
    } else if walk.type_name == GLOBALS {
        at = "Function.Runtime";
        match find_entry(properties, "Function").map(View::form) {
            Some(Form::Map(function)) => find_entry(&function, "Runtime"),
            _ => None,
        }
    } else {
        None
    };
    let Some(value) = given else {
        return;
    };
    let text = literal_text(value);
    let Some(runtime) = text.as_deref().and_then(find_runtime) else {
        return;
    };
    if !runtime.is_deprecated() {
        return;
    }
    let (name, end) = (runtime.name, runtime.end_of_support);
    let message = match runtime.refused_since() {
        Some(since) => {
            format!("Lambda refuses new functions with the runtime `{name}` since {since}")
        }
        None => format!("the support of the runtime `{name}` ended on {end}"),
    };
    let finding = walk.add_finding(codes::DEPRECATED_RUNTIME, Some(value), at, message);
    if runtime.refused_since().is_some() {
        finding.severity = Severity::Error;
    }
    finding.actual = Some(name.to_owned());
    finding.help = runtime.successor.map(|newest| format!("use `{newest}`"));
    finding.url =
        Some("https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html".to_owned());
}
