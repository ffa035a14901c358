//! Compares the actions of a statement with its resources: each action applies to at least one of them.

use infra_schema::iam::{action_resources, overlap};

use super::for_each_item;
use super::statement::ACTIONS_URL;
use crate::diagnostic::{Severity, codes};
use crate::validation::view::{Entries, Form, View, find_entry};
use crate::validation::walk::{Walk, join_path};

/// ARN of a bucket whose name is not known.
const ANY_BUCKET: &str = "arn:*:s3:::#";

/// Reports actions that take none of the resources. A statement with a resource that is not known, with `NotAction` or with `NotResource` is not
/// checked, and neither is a pattern of actions.
pub(super) fn check_action_resources<'t, V: View<'t>>(
    walk: &mut Walk<'_, 't, V>,
    statement: &Entries<'t, V>,
    at: &str,
) {
    let (Some(actions), Some(resources)) = (
        find_entry(statement, "Action"),
        find_entry(statement, "Resource"),
    ) else {
        return;
    };
    let mut known = Some(Vec::new());
    for_each_item(
        resources,
        "",
        &mut |value, _| match (pattern_of(walk, value), &mut known) {
            (Some(pattern), Some(known)) => known.push(pattern),
            _ => known = None,
        },
    );
    let Some(known) = known.filter(|known| !known.is_empty()) else {
        return;
    };
    // A bucket policy is refused; IAM accepts the statement, which has no effect for the action.
    let is_refused = walk.type_name == "AWS::S3::BucketPolicy";
    for_each_item(actions, &join_path(at, "Action"), &mut |value, at| {
        let Form::Text(action) = value.form() else {
            return;
        };
        let Some(arns) = action_resources(action) else {
            return;
        };
        let applies = if arns.is_empty() {
            known.iter().any(|pattern| ends_in_star(pattern))
        } else {
            let mut pairs = arns
                .iter()
                .flat_map(|arn| known.iter().map(move |known| (arn, known)));
            pairs.any(|(arn, known)| {
                overlap(arn, known) || rename_service(arn).is_some_and(|arn| overlap(&arn, known))
            })
        };
        if applies {
            return;
        }
        let message = if arns.is_empty() {
            format!(
                "`{action}` takes no resource, so a statement for certain resources has no effect on it"
            )
        } else {
            format!("`{action}` applies to none of the resources of its statement")
        };
        let finding = walk.add_finding(codes::ACTION_RESOURCE, Some(value), at, message);
        finding.url = Some(ACTIONS_URL.to_owned());
        finding.actual = Some(known.join(", ").replace('#', "*"));
        if is_refused {
            finding.severity = Severity::Error;
        }
        if arns.is_empty() {
            finding.expected = Some("`*`".to_owned());
            finding.help =
                Some("move it to a statement of its own with the resource `*`".to_owned());
            return;
        }
        finding.expected = Some(arns.join(", ").replace('#', "*"));
        finding.help = Some(help_for(&arns, &known).to_owned());
    });
}

/// Returns an ARN with the other name of a service that AWS renamed: actions of both names apply to resources of both.
///
/// AWS: <https://docs.aws.amazon.com/dtconsole/latest/userguide/rename.html>
fn rename_service(arn: &str) -> Option<String> {
    let names = ["codestar-connections", "codeconnections"].map(|name| format!(":{name}:"));
    let [former, current] = &names;
    if arn.contains(former.as_str()) {
        return Some(arn.replace(former, current));
    }
    arn.contains(current.as_str())
        .then(|| arn.replace(current, former))
}

/// Returns `true` for a resource that a wildcard alone names, which also stands for no resource: `*`, or an ARN that ends in `:*`.
fn ends_in_star(pattern: &str) -> bool {
    pattern == "*" || pattern.ends_with(":*")
}

fn help_for(arns: &[&str], known: &[String]) -> &'static str {
    let is_bucket = |arn: &str| overlap(ANY_BUCKET, arn);
    if arns.iter().any(|arn| arn.starts_with("arn:*:s3:::#/"))
        && known.iter().any(|arn| is_bucket(arn))
    {
        "the objects of a bucket are resources of their own: add a resource that ends in `/*`"
    } else if arns.contains(&ANY_BUCKET) && known.iter().any(|arn| arn.contains(":s3:::")) {
        "the bucket is a resource of its own: add its ARN, without `/`"
    } else {
        "name a resource of the right type"
    }
}

/// Returns the ARN of a resource as a pattern, or `None` if it is decided at deployment.
fn pattern_of<'t, V: View<'t>>(walk: &Walk<'_, 't, V>, value: V) -> Option<String> {
    match value.form() {
        Form::Text(text) if is_pattern(text) => Some(without_variables(text)),
        Form::GetAtt(name, "Arn", _) => {
            let target = (walk.types)(name)?;
            (target.type_name == "AWS::S3::Bucket").then(|| ANY_BUCKET.to_owned())
        }
        _ => None,
    }
}

/// Returns `true` for `*` and for an ARN, which can have wildcards. Dynamic references can stand for any part.
fn is_pattern(text: &str) -> bool {
    let is_arn =
        text.starts_with("arn:") && (text.matches(':').count() >= 5 || text.contains(['*', '?']));
    (text == "*" || is_arn) && !text.contains("{{")
}

/// Replaces policy variables, such as `${aws:username}`, by `*`.
fn without_variables(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(start) = rest.find("${") {
        let Some(end) = rest[start..].find('}') else {
            break;
        };
        out.push_str(&rest[..start]);
        out.push('*');
        rest = &rest[start + end + 1..];
    }
    out.push_str(rest);
    out
}
