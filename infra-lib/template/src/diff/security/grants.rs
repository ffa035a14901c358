//! Splits IAM statements into single grants: one principal, one action and one resource, with the condition.

use std::collections::BTreeSet;

use serde_json::Value as JsonValue;

use super::pattern::{covers_action, covers_pattern};
use super::text::{render_text, render_texts};
use crate::digest::canonical_json;
use crate::{Template, TemplateResource};

/// The kind of a policy, which determines the reading of its statements.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Kind {
    /// Permissions of an identity.
    Identity,
    /// Permissions on a resource.
    Resource,
    /// Principals that may assume a role.
    Trust,
}

/// One action on one resource for one principal.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Grant {
    /// Logical ID of the resource that contains the statement.
    pub(super) owner: String,
    pub(super) kind: Kind,
    /// The identity with the policy, or the resource to which the policy grants access.
    pub(super) scope: String,
    pub(super) allow: bool,
    pub(super) principal: String,
    pub(super) action: String,
    pub(super) resource: String,
    /// Condition as canonical JSON, or an empty string for none.
    pub(super) condition: String,
}

/// Prefix of the negated elements `NotAction`, `NotResource` and `NotPrincipal`.
pub(super) const NOT: &str = "all but ";

impl Grant {
    /// Returns `true` if this grant implies the other one.
    pub(super) fn covers_grant(&self, other: &Self) -> bool {
        let open = |wide: &str, narrow: &str, covers: fn(&str, &str) -> bool| {
            wide == narrow
                || wide == "*"
                || !wide.starts_with(NOT) && !narrow.starts_with(NOT) && covers(wide, narrow)
        };
        self.kind == other.kind
            && self.scope == other.scope
            && self.allow == other.allow
            && (self.principal == "*" || self.principal == other.principal)
            && open(&self.action, &other.action, covers_action)
            && open(&self.resource, &other.resource, covers_pattern)
            && (self.condition.is_empty() || self.condition == other.condition)
    }

    /// Returns `true` if the grant applies to every principal, without a condition that restricts them.
    pub(super) fn is_public(&self) -> bool {
        let condition = self.condition.to_ascii_lowercase();
        self.allow
            && self.kind != Kind::Identity
            && (self.principal == "*" || self.principal.starts_with(NOT))
            && !RESTRICTING.iter().any(|key| condition.contains(key))
    }
}

/// Condition keys that restrict the principal or the origin of a request.
const RESTRICTING: [&str; 16] = [
    "aws:sourcearn",
    "aws:sourceaccount",
    "aws:sourceip",
    "aws:sourcevpc",
    "aws:sourceorg",
    "aws:vpcsourceip",
    "aws:principalarn",
    "aws:principalaccount",
    "aws:principalorg",
    "aws:principaltag",
    "aws:userid",
    "kms:calleraccount",
    "kms:viaservice",
    "lambda:functionurlauthtype",
    "s3:dataaccesspointaccount",
    "sts:externalid",
];

/// Returns every grant of a template.
pub(super) fn collect_grants(template: &Template) -> BTreeSet<Grant> {
    let mut found = BTreeSet::new();
    for resource in template.resources() {
        collect_resource_grants(resource, &mut found);
    }
    found
}

fn collect_resource_grants(resource: TemplateResource<'_>, found: &mut BTreeSet<Grant>) {
    let Some(properties) = resource.entry.get("Properties") else {
        return;
    };
    if resource.type_name == "AWS::Lambda::Permission" {
        lambda_permission(resource.logical_id, properties, found);
        return;
    }
    visit_documents(properties, "", &mut |key, document| {
        let (kind, scopes) = belongs_to(resource, key, properties);
        for scope in scopes {
            for statement in as_list(&document["Statement"]) {
                statement_grants(resource.logical_id, kind, &scope, statement, found);
            }
        }
    });
}

/// Calls `each` with every policy document in a value and the key that holds it.
fn visit_documents(value: &JsonValue, key: &str, each: &mut dyn FnMut(&str, &JsonValue)) {
    match value {
        JsonValue::Object(map) => {
            let statements = map.get("Statement").map(as_list).unwrap_or_default();
            if statements
                .iter()
                .any(|statement| statement.get("Effect").is_some())
            {
                return each(key, value);
            }
            for (key, inner) in map {
                visit_documents(inner, key, each);
            }
        }
        JsonValue::Array(items) => items
            .iter()
            .for_each(|item| visit_documents(item, key, each)),
        // Some types take a policy document as text.
        JsonValue::String(text) if text.contains("\"Statement\"") => {
            if let Ok(document @ JsonValue::Object(_)) = serde_json::from_str(text) {
                visit_documents(&document, key, each);
            }
        }
        _ => {}
    }
}

fn as_list(value: &JsonValue) -> Vec<&JsonValue> {
    match value {
        JsonValue::Array(items) => items.iter().collect(),
        JsonValue::Null => Vec::new(),
        one => vec![one],
    }
}

/// Returns the kind of a policy, and the identities or resources to which it applies.
fn belongs_to(
    resource: TemplateResource<'_>,
    key: &str,
    properties: &JsonValue,
) -> (Kind, Vec<String>) {
    let own = format!("${{{}}}", resource.logical_id);
    let named = |keys: &[&str]| -> Vec<String> {
        let found = keys
            .iter()
            .flat_map(|key| render_texts(properties.get(*key)));
        let mut found: Vec<String> = found.map(|id| without_attribute(&id)).collect();
        if found.is_empty() {
            found.push(own.clone());
        }
        found
    };
    match resource.type_name {
        _ if key == "AssumeRolePolicyDocument" => (Kind::Trust, vec![own]),
        "AWS::IAM::Role" | "AWS::IAM::User" | "AWS::IAM::Group" | "AWS::SSO::PermissionSet" => {
            (Kind::Identity, vec![own])
        }
        "AWS::IAM::Policy" => (Kind::Identity, named(&["Roles", "Users", "Groups"])),
        "AWS::IAM::ManagedPolicy" => {
            // The policy applies to every identity that attaches it, in addition to those it names.
            let mut scopes = named(&["Roles", "Users", "Groups"]);
            if !scopes.contains(&own) {
                scopes.push(own);
            }
            (Kind::Identity, scopes)
        }
        "AWS::IAM::RolePolicy" | "AWS::IAM::UserPolicy" | "AWS::IAM::GroupPolicy" => (
            Kind::Identity,
            named(&["RoleName", "UserName", "GroupName"]),
        ),
        _ => {
            let about = [
                "Bucket",
                "Queues",
                "Topics",
                "SecretId",
                "ResourceArn",
                "TableBucketARN",
                "EventBusName",
                "FileSystemId",
            ];
            (Kind::Resource, named(&about))
        }
    }
}

/// Removes the attribute of a reference, because `${Bucket.Arn}` and `${Bucket}` denote the same bucket.
fn without_attribute(text: &str) -> String {
    let whole = text
        .strip_prefix("${")
        .and_then(|text| text.strip_suffix('}'));
    match whole.filter(|name| !name.contains(['{', ':'])) {
        Some(name) => format!("${{{}}}", name.split('.').next().unwrap_or(name)),
        None => text.to_owned(),
    }
}

fn statement_grants(
    owner: &str,
    kind: Kind,
    scope: &str,
    statement: &JsonValue,
    found: &mut BTreeSet<Grant>,
) {
    let either = |name: &str| -> Vec<String> {
        match statement.get(format!("Not{name}")) {
            Some(not) => {
                let mut but = render_texts(Some(not));
                but.sort_unstable();
                vec![format!("{NOT}{}", but.join(", "))]
            }
            None => render_texts(statement.get(name)),
        }
    };
    let principals = match kind {
        Kind::Identity => vec![scope.to_owned()],
        _ => read_principals(statement),
    };
    let mut resources = either("Resource");
    if resources.is_empty() {
        // Trust policies, and policies of a single resource, have no resource element.
        resources.push("*".to_owned());
    }
    let condition = statement
        .get("Condition")
        .map(canonical_json)
        .unwrap_or_default();
    for principal in &principals {
        for action in &either("Action") {
            for resource in &resources {
                found.insert(Grant {
                    owner: owner.to_owned(),
                    kind,
                    scope: scope.to_owned(),
                    allow: statement["Effect"] != "Deny",
                    principal: principal.clone(),
                    action: action.clone(),
                    resource: resource.clone(),
                    condition: condition.clone(),
                });
            }
        }
    }
}

/// Returns the principals of a statement; `*` stands for everyone.
fn read_principals(statement: &JsonValue) -> Vec<String> {
    let (value, not) = match statement.get("NotPrincipal") {
        Some(value) => (value, true),
        None => (&statement["Principal"], false),
    };
    let found: Vec<String> = match value {
        JsonValue::Object(map) if !super::super::compare::is_intrinsic(value) => map
            .values()
            .flat_map(|who| render_texts(Some(who)))
            .map(|who| root_of_account(&who))
            .collect(),
        other => render_texts(Some(other)),
    };
    if not {
        return vec![format!("{NOT}{}", found.join(", "))];
    }
    found
}

/// Expands an account ID to the ARN of its root, the form in which AWS returns it.
fn root_of_account(who: &str) -> String {
    let is_account = who.len() == 12 && who.bytes().all(|c| c.is_ascii_digit());
    if is_account || who == "${AWS::AccountId}" {
        format!("arn:aws:iam::{who}:root")
    } else {
        who.replace("${AWS::Partition}", "aws")
    }
}

/// Adds the grant of a Lambda permission, which is a statement of the policy of the function.
fn lambda_permission(owner: &str, properties: &JsonValue, found: &mut BTreeSet<Grant>) {
    let mut condition = serde_json::Map::new();
    for (key, name) in [
        ("SourceArn", "aws:SourceArn"),
        ("SourceAccount", "aws:SourceAccount"),
        ("PrincipalOrgID", "aws:PrincipalOrgID"),
        ("EventSourceToken", "lambda:EventSourceToken"),
        ("FunctionUrlAuthType", "lambda:FunctionUrlAuthType"),
    ] {
        // `NONE` allows unauthenticated calls, so it restricts nothing.
        if let Some(value) = properties.get(key).filter(|value| *value != "NONE") {
            condition.insert(name.to_owned(), value.clone());
        }
    }
    found.insert(Grant {
        owner: owner.to_owned(),
        kind: Kind::Resource,
        scope: without_attribute(&render_text(&properties["FunctionName"])),
        allow: true,
        principal: root_of_account(&render_text(&properties["Principal"])),
        action: render_text(&properties["Action"]),
        resource: "*".to_owned(),
        condition: if condition.is_empty() {
            String::new()
        } else {
            canonical_json(&serde_json::json!({ "StringLike": condition }))
        },
    });
}
