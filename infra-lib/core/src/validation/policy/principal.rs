//! Checks the principals of statements.
//!
//! AWS: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use super::{check_keys, for_each_item, report};
use crate::validation::view::{Form, View, find_entry};
use crate::validation::walk::{Walk, join_path};

/// Policy variables stand in resources and conditions. <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
const NO_VARIABLES: &str =
    "a principal has no variables; write a parameter of the template with `Fn::Sub`";

const KINDS: [&str; 4] = ["AWS", "Service", "Federated", "CanonicalUser"];

pub(super) fn check_principal<'t, V: View<'t>>(walk: &mut Walk<'_, 't, V>, value: V, at: &str) {
    match value.form() {
        Form::If(then, otherwise) => {
            check_principal(walk, then, at);
            check_principal(walk, otherwise, at);
        }
        Form::Text("*") => {}
        Form::Text(text) => {
            let message = format!("`{text}` is not a principal");
            let finding = report(walk, value, at, message);
            finding.expected = Some(format!("`*`, or a map with one of: {}", KINDS.join(", ")));
        }
        Form::List(_) => {
            let message = "a principal is `*` or a map, found a list".to_owned();
            report(walk, value, at, message).expected =
                Some(format!("`*`, or a map with one of: {}", KINDS.join(", ")));
        }
        Form::Map(map) => {
            if !check_keys(walk, &map, &KINDS, "a principal", at) {
                return;
            }
            for (kind, check) in [
                ("AWS", account_problem as fn(&str) -> Option<&'static str>),
                ("Service", service_problem),
            ] {
                if let Some(values) = find_entry(&map, kind) {
                    for_each_item(values, &join_path(at, kind), &mut |value, at| {
                        if let Form::Text(text) = value.form()
                            && let Some(help) = check(text)
                        {
                            let message =
                                format!("`{text}` is not a principal of the kind `{kind}`");
                            report(walk, value, at, message).help = Some(help.to_owned());
                        }
                    });
                }
            }
        }
        _ => {}
    }
}

/// Returns the way out if a text is certainly not an account, role or user.
fn account_problem(text: &str) -> Option<&'static str> {
    if text.contains("${") {
        return Some(NO_VARIABLES);
    }
    if text.contains(".amazonaws.com") {
        return Some("a service is a principal of the kind `Service`");
    }
    if let Some(rest) = text.strip_prefix("arn:") {
        let service = rest.split(':').nth(1).unwrap_or_default();
        return (!["iam", "sts"].contains(&service))
            .then_some("the ARN of an account, role, user or session is one of `iam` or `sts`");
    }
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits && text.len() != 12).then_some("the ID of an account has 12 digits")
}

/// Returns the way out if a text is certainly not the name of a service.
fn service_problem(text: &str) -> Option<&'static str> {
    if text.contains("${") {
        return Some(NO_VARIABLES);
    }
    (!text.contains('.') && text != "*")
        .then_some("the name of a service has the form `lambda.amazonaws.com`")
}
