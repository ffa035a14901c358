//! Finds permissions in policies that allow their holder to become an administrator.

use infra_aws::service_principal;
use serde_json::Value as JsonValue;

use super::trust::{PATH, list_statements, string_values};

/// Actions that extend the permissions of a role, or create or take over another principal. They require a condition that names a boundary or a
/// service.
const ESCALATING_ACTIONS: [&str; 20] = [
    "iam:addusertogroup",
    "iam:attachgrouppolicy",
    "iam:attachrolepolicy",
    "iam:attachuserpolicy",
    "iam:createaccesskey",
    "iam:createloginprofile",
    "iam:createpolicyversion",
    "iam:createrole",
    "iam:createservicelinkedrole",
    "iam:createuser",
    "iam:deleterolepermissionsboundary",
    "iam:deleteuserpermissionsboundary",
    "iam:passrole",
    "iam:putgrouppolicy",
    "iam:putrolepermissionsboundary",
    "iam:putrolepolicy",
    "iam:putuserpermissionsboundary",
    "iam:putuserpolicy",
    "iam:setdefaultpolicyversion",
    "iam:updateloginprofile",
];

/// Condition keys that limit such an action.
const LIMITS: [&str; 3] = [
    "iam:AWSServiceName",
    "iam:PassedToService",
    "iam:PermissionsBoundary",
];

/// Those of the keys that name services.
const SERVICE_LIMITS: [&str; 2] = ["iam:AWSServiceName", "iam:PassedToService"];

/// Returns the actions of a policy that allow its holder to become an administrator, in words.
pub(super) fn find_escalations(policy: &JsonValue) -> Vec<String> {
    let mut found = Vec::new();
    for statement in list_allowed(policy) {
        if statement.get("NotAction").is_some() {
            found.push("all actions except some".to_owned());
        }
        let wide = string_values(&statement["Action"])
            .into_iter()
            .filter(|action| is_escalating(&action.to_lowercase(), statement));
        found.extend(wide);
    }
    found
}

/// Returns the action patterns of a policy that match any of these actions, on any resource.
pub(super) fn find_permitted(policy: &JsonValue, actions: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for statement in list_allowed(policy) {
        for pattern in string_values(&statement["Action"]) {
            let lower = pattern.to_lowercase();
            let mut actions = actions.iter();
            if actions.any(|action| matches_pattern(&lower, &action.to_lowercase())) {
                found.push(pattern);
            }
        }
    }
    found
}

fn list_allowed(policy: &JsonValue) -> impl Iterator<Item = &JsonValue> {
    let statements = list_statements(policy).into_iter();
    statements.filter(|statement| statement["Effect"] == "Allow")
}

/// Returns true if an action of a statement removes limits, or assumes other roles.
fn is_escalating(action: &str, statement: &JsonValue) -> bool {
    let Some((service, name)) = action.split_once(':') else {
        return true;
    };
    let reads = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
    match service {
        "sts" => !reads(&["get", "decode"]),
        "organizations" | "account" => !reads(&["describe", "get", "list"]),
        "iam" if reads(&["get", "list", "generate", "simulate"]) => false,
        "iam" if name.starts_with('*') => true,
        "iam"
            if ESCALATING_ACTIONS
                .iter()
                .any(|one| matches_pattern(action, one)) =>
        {
            !has_limit(statement)
        }
        "iam" => !is_limited_to_app_roles(statement),
        service => service.contains(['*', '?']),
    }
}

/// Returns true if a condition names a boundary or services. A pattern counts if it limits the services to some of AWS, for example
/// `*.application-autoscaling.amazonaws.com`.
fn has_limit(statement: &JsonValue) -> bool {
    let condition = &statement["Condition"];
    let names_some = |key: &str| {
        let patterns = string_values(&condition["StringLike"][key]);
        !patterns.is_empty() && patterns.iter().all(|pattern| names_service(pattern))
    };
    LIMITS
        .iter()
        .any(|key| !string_values(&condition["StringEquals"][*key]).is_empty())
        || SERVICE_LIMITS.iter().any(|key| names_some(key))
}

/// Returns true if a pattern of service principals names a service.
fn names_service(pattern: &str) -> bool {
    pattern
        .strip_suffix(&service_principal(""))
        .is_some_and(|name| name.contains(char::is_alphanumeric))
}

/// Returns true if a statement is limited to roles with a name prefix, none of which belongs to the delivery.
fn is_limited_to_app_roles(statement: &JsonValue) -> bool {
    let resources = string_values(&statement["Resource"]);
    let of_app = |arn: &String| {
        let role = arn.split_once(":role/").map(|(_, rest)| rest);
        let role = role.filter(|_| !arn.contains(PATH));
        role.is_some_and(|role| !role.starts_with(['*', '?']))
    };
    !resources.is_empty() && resources.iter().all(of_app)
}

/// Returns true if a pattern matches the whole text; `*` matches any text and `?` one character.
fn matches_pattern(pattern: &str, text: &str) -> bool {
    let mut letters = pattern.chars();
    match letters.next() {
        None => text.is_empty(),
        Some('*') => {
            let rest = letters.as_str();
            let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            ends.any(|at| matches_pattern(rest, &text[at..]))
        }
        Some(first) => {
            let mut given = text.chars();
            let found = given.next();
            found.is_some_and(|found| first == '?' || first == found)
                && matches_pattern(letters.as_str(), given.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as JsonValue, json};

    use super::{find_escalations, find_permitted};

    const ROLES: &str = "arn:aws:iam::111122223333:role/notes-*";

    fn build_policy(action: &str, resource: &str, condition: &JsonValue) -> JsonValue {
        json!({ "Statement": { "Effect": "Allow", "Action": action, "Resource": resource, "Condition": condition } })
    }

    #[test]
    fn finds_escalating_actions() {
        let none = json!({});
        let other = json!({ "StringEquals": { "aws:RequestedRegion": "eu-west-1" } });
        let any = json!({ "StringLike": { "iam:PassedToService": "*.amazonaws.com" } });
        let mixed = json!({ "StringLike": { "iam:AWSServiceName": ["ecs.amazonaws.com", "*"] } });
        let part = json!({ "StringLike": { "iam:PermissionsBoundary": "*" } });
        let delivery = "arn:aws:iam::111122223333:role/delivery/*";
        for (action, resource, condition) in [
            ("*", "*", &none),
            ("*:*", ROLES, &none),
            ("iam:*", ROLES, &none),
            ("IAM:*Policy", ROLES, &none),
            ("iam:Put*", ROLES, &none),
            ("iam:PutRolePolicy", ROLES, &other),
            ("iam:AttachRolePolicy", "*", &none),
            ("iam:PassRole", "*", &other),
            ("iam:PassRole", "*", &any),
            ("iam:CreateServiceLinkedRole", "*", &mixed),
            ("iam:PutRolePolicy", ROLES, &part),
            ("iam:UpdateAssumeRolePolicy", "*", &none),
            ("iam:UpdateAssumeRolePolicy", delivery, &none),
            ("sts:AssumeRole", ROLES, &none),
            ("sts:Assume*", "*", &none),
            ("organizations:*", "*", &none),
        ] {
            let found = find_escalations(&build_policy(action, resource, condition));
            assert_eq!(found, [action], "{resource} {condition}");
        }
        let inverted =
            json!({ "Statement": [{ "Effect": "Allow", "NotAction": "s3:*", "Resource": "*" }] });
        assert_eq!(find_escalations(&inverted), ["all actions except some"]);
    }

    #[test]
    fn accepts_limited_actions() {
        let boundary = json!({ "StringEquals": { "iam:PermissionsBoundary": "arn" } });
        let service =
            json!({ "StringEquals": { "iam:PassedToService": "ecs-tasks.amazonaws.com" } });
        let pattern = json!({ "StringLike": { "iam:AWSServiceName": ["*.application-autoscaling.amazonaws.com"] } });
        let none = json!({});
        for (action, resource, condition) in [
            ("iam:PutRolePolicy", ROLES, &boundary),
            ("iam:PassRole", ROLES, &service),
            ("iam:CreateServiceLinkedRole", "*", &pattern),
            ("iam:UpdateRole*", ROLES, &none),
            ("iam:UpdateAssumeRolePolicy", ROLES, &none),
            ("iam:GetRole", "*", &none),
            ("sts:GetCallerIdentity", "*", &none),
            ("ecs:*", "*", &none),
        ] {
            let found = find_escalations(&build_policy(action, resource, condition));
            assert_eq!(found, [""; 0], "{action}");
        }
        let denied = json!({ "Statement": { "Effect": "Deny", "Action": "*", "Resource": "*" } });
        assert_eq!(find_escalations(&denied), [""; 0]);
    }

    #[test]
    fn matches_permitted_action_patterns() {
        let policy = build_policy("cloudformation:*", "*", &json!({}));
        let found = find_permitted(&policy, &["cloudformation:ExecuteChangeSet"]);
        assert_eq!(found, ["cloudformation:*"]);
        assert_eq!(find_permitted(&policy, &["s3:GetObject"]), [""; 0]);
    }
}
