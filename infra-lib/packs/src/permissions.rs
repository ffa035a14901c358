//! Checks of policy documents of IAM.

use serde_json::Value;

use crate::evaluate::Outcome;
use crate::operators::{matches, scalar};
use crate::view::as_call;

/// Keys of conditions that limit a statement for everybody to known callers.
const LIMITS: [&str; 12] = [
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceip",
    "aws:sourceorgid",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "kms:calleraccount",
];

/// Requires that no statement allows something to everybody without a condition on the caller.
pub(crate) fn check_public(document: &Value, _: &[&str]) -> Outcome {
    check_statements(document, |statement| {
        if !is_everybody(statement) || has_limit(statement) {
            return Outcome::Holds;
        }
        if statement
            .get("Condition")
            .is_some_and(|condition| as_call(condition).is_some())
        {
            return Outcome::unknown().within("Condition");
        }
        Outcome::missing().within("Principal")
    })
}

/// Requires that no statement allows every action on every resource.
pub(crate) fn check_admin(document: &Value, _: &[&str]) -> Outcome {
    check_statements(document, |statement| {
        let all = |text: &str| matches!(text, "*" | "*:*");
        both(statement, all, |resource| resource == "*")
    })
}

/// Requires that no statement allows every action of a service.
pub(crate) fn check_service_wildcard(document: &Value, _: &[&str]) -> Outcome {
    check_statements(document, |statement| {
        any_text(statement.get("Action"), |action| {
            action == "*" || action.ends_with(":*")
        })
        .within("Action")
    })
}

/// Requires that no statement allows decryption with every key.
pub(crate) fn check_decrypt_all(document: &Value, _: &[&str]) -> Outcome {
    check_statements(document, |statement| {
        let decrypts =
            |action: &str| matches(action, "kms:Decrypt") || matches(action, "kms:ReEncryptFrom");
        let every_key = |resource: &str| {
            resource == "*" || resource.contains(":kms:") && resource.ends_with(":key/*")
        };
        both(statement, decrypts, every_key)
    })
}

/// Requires that no other account may change the policy, the ACLs or the encryption of a bucket.
pub(crate) fn check_foreign_control(document: &Value, _: &[&str]) -> Outcome {
    const CONTROL: [&str; 5] = [
        "s3:DeleteBucketPolicy",
        "s3:PutBucketAcl",
        "s3:PutBucketPolicy",
        "s3:PutEncryptionConfiguration",
        "s3:PutObjectAcl",
    ];
    check_statements(document, |statement| {
        let principals = statement.get("Principal").and_then(|all| all.get("AWS"));
        let foreign = any_text(principals, |principal| {
            principal.starts_with("arn:") || principal.chars().all(|c| c.is_ascii_digit())
        });
        let control = any_text(statement.get("Action"), |action| {
            CONTROL.iter().any(|one| matches(action, one))
        });
        conjunction(foreign, control).within("Principal")
    })
}

/// Requires a statement that denies everybody access without TLS.
pub(crate) fn check_plain_text(document: &Value, _: &[&str]) -> Outcome {
    let Some(statements) = statements(document) else {
        return Outcome::unknown();
    };
    let mut result = Outcome::missing();
    for statement in statements {
        let is_open = |key: &str| {
            statement
                .get(key)
                .is_some_and(|value| as_call(value).is_some())
        };
        if as_call(statement).is_some()
            || ["Condition", "Effect", "Principal"]
                .iter()
                .any(|key| is_open(key))
        {
            result = Outcome::unknown();
            continue;
        }
        let denied = statement.get("Effect").and_then(Value::as_str) == Some("Deny");
        let transport = statement
            .get("Condition")
            .and_then(|condition| condition.get("Bool"))
            .and_then(Value::as_object)
            .and_then(|keys| {
                let mut keys = keys.iter();
                keys.find(|(key, _)| key.eq_ignore_ascii_case("aws:SecureTransport"))
            })
            .is_some_and(|(_, value)| {
                items(value).any(|one| scalar(one).is_some_and(|text| text == "false"))
            });
        if denied && transport && is_everybody(statement) {
            return Outcome::Holds;
        }
    }
    result.within("Statement")
}

/// Applies a check to the statements that allow something.
fn check_statements(document: &Value, check: impl Fn(&Value) -> Outcome) -> Outcome {
    let Some(statements) = statements(document) else {
        return Outcome::unknown();
    };
    let mut result = Outcome::Holds;
    for (at, statement) in statements.enumerate() {
        let found = match (as_call(statement), statement.get("Effect")) {
            (Some(_), _) => Outcome::unknown(),
            (None, Some(Value::String(effect))) if effect != "Allow" => Outcome::Holds,
            (None, Some(Value::String(_))) => check(statement),
            (None, _) => Outcome::unknown(),
        };
        result = result.and(found.within(at).within("Statement"));
    }
    result
}

/// Returns the statements of a document, or `None` if they are decided at deployment.
fn statements(document: &Value) -> Option<impl Iterator<Item = &Value>> {
    if as_call(document).is_some() || !document.is_object() {
        return None;
    }
    let list = document.get("Statement")?;
    as_call(list).is_none().then(|| items(list))
}

/// Returns the items of a list, or the only item.
fn items(value: &Value) -> impl Iterator<Item = &Value> {
    match value {
        Value::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    }
    .iter()
}

fn is_everybody(statement: &Value) -> bool {
    let principal = match statement.get("Principal") {
        Some(Value::Object(map)) => map.get("AWS"),
        other => other,
    };
    principal.is_some_and(|all| items(all).any(|one| one.as_str() == Some("*")))
}

fn has_limit(statement: &Value) -> bool {
    let operators = statement.get("Condition").and_then(Value::as_object);
    let mut keys = operators
        .into_iter()
        .flat_map(|map| map.values())
        .filter_map(Value::as_object)
        .flat_map(|keys| keys.keys());
    keys.any(|key| LIMITS.contains(&key.to_ascii_lowercase().as_str()))
}

/// Fails if an action and a resource of a statement are refused.
fn both(
    statement: &Value,
    action: impl Fn(&str) -> bool,
    resource: impl Fn(&str) -> bool,
) -> Outcome {
    let action = any_text(statement.get("Action"), action);
    conjunction(action, any_text(statement.get("Resource"), resource)).within("Action")
}

/// Fails if one of the texts is refused; functions are unknown.
fn any_text(value: Option<&Value>, is_refused: impl Fn(&str) -> bool) -> Outcome {
    let Some(value) = value else {
        return Outcome::Holds;
    };
    let mut result = Outcome::Holds;
    for item in items(value) {
        result = result.and(match item.as_str() {
            Some(text) => Outcome::of(!is_refused(text), item),
            // A value with a reference names one resource, not every one.
            None => Outcome::Holds,
        });
    }
    result
}

/// Fails if both fail.
fn conjunction(first: Outcome, second: Outcome) -> Outcome {
    match (first, second) {
        (Outcome::Holds, _) | (_, Outcome::Holds) => Outcome::Holds,
        (Outcome::Fails(spot), Outcome::Fails(_)) => Outcome::Fails(spot),
        (Outcome::Unknown(spot), _) | (_, Outcome::Unknown(spot)) => Outcome::Unknown(spot),
    }
}
