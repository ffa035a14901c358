//! Checks policy documents against the grammar of IAM, their condition operators, and their actions.
//!
//! AWS: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

mod principal;
mod resources;
mod statement;

use super::view::{Entries, Form, View, find_entry};
use super::walk::{Presence, Walk, join_path};
use crate::diagnostic::{Diagnostic, Severity, codes};
use infra_schema::nearest::find_nearest;

/// The use of a policy, which determines the elements that its statements can have.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    /// Attached to an identity: names resources and no principals.
    Identity,
    /// Trust policy of a role: names principals and no resources.
    Trust,
    /// Attached to a resource whose service requires principals and resources.
    Resource,
    /// Attached to a resource whose service accepts statements without principals or resources, or its own form of resources.
    Other,
}

/// The properties with policy documents: type, path (`*` is every item of a list) and use. Types without a line are not checked.
const DOCUMENTS: &[(&str, &str, Kind)] = &[
    ("AWS::ApiGateway::RestApi", "Policy", Kind::Other),
    ("AWS::Backup::BackupVault", "AccessPolicy", Kind::Other),
    (
        "AWS::CodeArtifact::Domain",
        "PermissionsPolicyDocument",
        Kind::Other,
    ),
    (
        "AWS::CodeArtifact::Repository",
        "PermissionsPolicyDocument",
        Kind::Other,
    ),
    (
        "AWS::DynamoDB::Table",
        "ResourcePolicy.PolicyDocument",
        Kind::Other,
    ),
    ("AWS::EC2::VPCEndpoint", "PolicyDocument", Kind::Other),
    ("AWS::ECR::Repository", "RepositoryPolicyText", Kind::Other),
    ("AWS::EFS::FileSystem", "FileSystemPolicy", Kind::Other),
    (
        "AWS::Elasticsearch::Domain",
        "AccessPolicies",
        Kind::Resource,
    ),
    (
        "AWS::IAM::Group",
        "Policies.*.PolicyDocument",
        Kind::Identity,
    ),
    ("AWS::IAM::GroupPolicy", "PolicyDocument", Kind::Identity),
    ("AWS::IAM::ManagedPolicy", "PolicyDocument", Kind::Identity),
    ("AWS::IAM::Policy", "PolicyDocument", Kind::Identity),
    ("AWS::IAM::Role", "AssumeRolePolicyDocument", Kind::Trust),
    (
        "AWS::IAM::Role",
        "Policies.*.PolicyDocument",
        Kind::Identity,
    ),
    ("AWS::IAM::RolePolicy", "PolicyDocument", Kind::Identity),
    (
        "AWS::IAM::User",
        "Policies.*.PolicyDocument",
        Kind::Identity,
    ),
    ("AWS::IAM::UserPolicy", "PolicyDocument", Kind::Identity),
    ("AWS::KMS::Key", "KeyPolicy", Kind::Resource),
    ("AWS::KMS::ReplicaKey", "KeyPolicy", Kind::Resource),
    (
        "AWS::Kinesis::ResourcePolicy",
        "ResourcePolicy",
        Kind::Other,
    ),
    (
        "AWS::OpenSearchService::Domain",
        "AccessPolicies",
        Kind::Resource,
    ),
    ("AWS::S3::AccessPoint", "Policy", Kind::Other),
    ("AWS::S3::BucketPolicy", "PolicyDocument", Kind::Resource),
    (
        "AWS::SNS::TopicInlinePolicy",
        "PolicyDocument",
        Kind::Resource,
    ),
    ("AWS::SNS::TopicPolicy", "PolicyDocument", Kind::Resource),
    (
        "AWS::SQS::QueueInlinePolicy",
        "PolicyDocument",
        Kind::Resource,
    ),
    ("AWS::SQS::QueuePolicy", "PolicyDocument", Kind::Resource),
    ("AWS::SSO::PermissionSet", "InlinePolicy", Kind::Identity),
    (
        "AWS::SecretsManager::ResourcePolicy",
        "ResourcePolicy",
        Kind::Other,
    ),
];

/// Versions of the policy language.
const VERSIONS: [&str; 2] = ["2012-10-17", "2008-10-17"];

pub(super) fn check_policies<'t, V: View<'t>>(
    walk: &mut Walk<'_, 't, V>,
    properties: &Entries<'t, V>,
) {
    let type_name = walk.type_name;
    for (_, path, kind) in DOCUMENTS.iter().filter(|(name, ..)| *name == type_name) {
        let mut steps = path.split('.');
        let first = steps.next().unwrap_or_default();
        if let Some(value) = find_entry(properties, first) {
            let rest: Vec<&str> = steps.collect();
            find_documents(value, &rest, first, &mut |document, at| {
                check_document(walk, document, at, *kind);
            });
        }
    }
}

/// Calls `found` for every value at a path, in all branches of conditions.
fn find_documents<'t, V: View<'t>>(
    value: V,
    path: &[&str],
    at: &str,
    found: &mut impl FnMut(V, &str),
) {
    match (value.form(), path) {
        (Form::If(then, otherwise), _) => {
            find_documents(then, path, at, found);
            find_documents(otherwise, path, at, found);
        }
        (_, []) => found(value, at),
        (Form::List(items), ["*", rest @ ..]) => {
            for (index, item) in items.iter().enumerate() {
                find_documents(*item, rest, &join_path(at, &index.to_string()), found);
            }
        }
        (Form::Map(map), [key, rest @ ..]) => {
            if let Some(inner) = find_entry(&map, key) {
                find_documents(inner, rest, &join_path(at, key), found);
            }
        }
        _ => {}
    }
}

fn check_document<'t, V: View<'t>>(walk: &mut Walk<'_, 't, V>, value: V, at: &str, kind: Kind) {
    // A document as JSON text, or one that a function returns, is not checked.
    let Form::Map(map) = value.form() else {
        return;
    };
    if !check_keys(
        walk,
        &map,
        &["Version", "Id", "Statement"],
        "a policy document",
        at,
    ) {
        return;
    }
    if let Some(version) = find_entry(&map, "Version")
        && let Form::Text(text) = version.form()
        && !VERSIONS.contains(&text)
    {
        let message = format!("`{text}` is not a version of the policy language");
        let finding = report(walk, version, &join_path(at, "Version"), message);
        finding.expected = Some(format!("one of: {}", VERSIONS.join(", ")));
        if text.len() == 10 {
            finding.help =
                Some("the version is that of the language, not the date of the policy".to_owned());
        }
    }
    let at_statements = join_path(at, "Statement");
    let Some(statements) = find_entry(&map, "Statement") else {
        let message = "a policy document requires `Statement`".to_owned();
        report(walk, value, &at_statements, message);
        return;
    };
    let mut found = Vec::new();
    find_statements(statements, &at_statements, &mut found);
    statement::check_statements(walk, &found, kind);
}

/// Collects statements with their paths: one, or a list.
fn find_statements<'t, V: View<'t>>(value: V, at: &str, found: &mut Vec<(V, String)>) {
    match value.form() {
        Form::If(then, otherwise) => {
            find_statements(then, at, found);
            find_statements(otherwise, at, found);
        }
        Form::List(items) => {
            for (index, item) in items.iter().enumerate() {
                find_statements(*item, &join_path(at, &index.to_string()), found);
            }
        }
        Form::NoValue => {}
        _ => found.push((value, at.to_owned())),
    }
}

/// Reports unknown keys. Returns `false` if a macro adds keys, so that nothing is known to be absent.
fn check_keys<'t, V: View<'t>>(
    walk: &mut Walk<'_, 't, V>,
    map: &Entries<'t, V>,
    known: &[&str],
    owner: &str,
    at: &str,
) -> bool {
    let unknown = map.iter().filter(|(key, _)| !known.contains(key));
    let unknown: Vec<_> = unknown.collect();
    if unknown.iter().any(|(key, _)| key.starts_with("Fn::")) {
        return false;
    }
    for (key, value) in unknown {
        let message = format!("{owner} has no element `{key}`");
        let finding = report_key(walk, *value, &join_path(at, key), message);
        finding.actual = Some((*key).to_owned());
        match find_nearest(key, known.iter().copied()) {
            Some(close) => {
                // The documentation of IAM writes elements in one case only, and does not say that another is refused.
                if close.eq_ignore_ascii_case(key) {
                    finding.severity = Severity::Warning;
                }
                finding.help = Some(format!("did you mean `{close}`?"));
            }
            None => finding.expected = Some(format!("one of: {}", known.join(", "))),
        }
    }
    true
}

/// Returns the presence of an element, whose name may differ in case.
fn presence_of<'t, V: View<'t>>(map: &Entries<'t, V>, name: &str) -> Presence {
    let found = map.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    Presence::of_value(found.map(|(_, value)| *value))
}

/// Calls `found` for every item of a value that may be one item or a list, in all branches of conditions, with the path of the item.
fn for_each_item<'t, V: View<'t>>(value: V, at: &str, found: &mut impl FnMut(V, &str)) {
    match value.form() {
        Form::If(then, otherwise) => {
            for_each_item(then, at, found);
            for_each_item(otherwise, at, found);
        }
        Form::List(items) => {
            for (index, item) in items.iter().enumerate() {
                for_each_item(*item, &join_path(at, &index.to_string()), found);
            }
        }
        _ => found(value, at),
    }
}

fn report<'a, 't, V: View<'t>>(
    walk: &'a mut Walk<'_, 't, V>,
    value: V,
    at: &str,
    message: String,
) -> &'a mut Diagnostic {
    walk.add_finding(codes::INVALID_POLICY, Some(value), at, message)
}

/// Reports a finding about the key of a value.
fn report_key<'a, 't, V: View<'t>>(
    walk: &'a mut Walk<'_, 't, V>,
    value: V,
    at: &str,
    message: String,
) -> &'a mut Diagnostic {
    walk.add_key_finding(codes::INVALID_POLICY, value, at, message)
}
