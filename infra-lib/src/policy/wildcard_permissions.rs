//! Policy INF5006: reports identity policies that allow every action on every resource.

use super::{Rule, list_items, property_finding, text_at};
use crate::core::template::TemplateResource;
use crate::core::{Data, codes};

/// Locations of identity policies: resource type, and the property with the document or with a list of documents.
const DOCUMENTS: &[(&str, &str)] = &[
    ("AWS::IAM::Role", "Policies"),
    ("AWS::IAM::User", "Policies"),
    ("AWS::IAM::Group", "Policies"),
    ("AWS::IAM::Policy", "PolicyDocument"),
    ("AWS::IAM::ManagedPolicy", "PolicyDocument"),
    ("AWS::IAM::RolePolicy", "PolicyDocument"),
];

pub(super) const RULE: Rule = Rule {
    code: codes::WILDCARD_PERMISSIONS,
    check: |template, findings| {
        for resource in &template.resources {
            for path in everything_permitted(resource) {
                findings.push(
                    property_finding(RULE.code, resource, &path, "a statement allows all actions on all resources")
                        .help("list only the actions and resources that are used, as grants such as `secret.grant_read(&role)` do"),
                );
            }
            for (at, arn) in list_items(resource.prop("ManagedPolicyArns"))
                .iter()
                .enumerate()
            {
                if format!("{arn:?}").contains(":policy/AdministratorAccess") {
                    findings.push(
                        property_finding(
                            RULE.code,
                            resource,
                            &format!("ManagedPolicyArns.{at}"),
                            "the role has administrator permissions in the account",
                        )
                        .help("add statements with only the permissions that it uses"),
                    );
                }
            }
        }
    },
};

fn everything_permitted(resource: &TemplateResource) -> Vec<String> {
    let mut found = Vec::new();
    let places = DOCUMENTS
        .iter()
        .filter(|(kind, _)| *kind == resource.type_name);
    for (_, property) in places {
        let documents: Vec<(String, &Data)> = match resource.prop(property) {
            Some(Data::List(policies)) => policies
                .iter()
                .enumerate()
                .filter_map(|(at, policy)| {
                    Some((
                        format!("{property}.{at}.PolicyDocument"),
                        policy.pointer("PolicyDocument")?,
                    ))
                })
                .collect(),
            Some(document) => vec![((*property).to_owned(), document)],
            None => Vec::new(),
        };
        for (path, document) in documents {
            for (at, statement) in list_items(document.pointer("Statement")).iter().enumerate() {
                let wildcard = |key: &str| {
                    list_items(statement.as_map().and_then(|map| map.get(key)))
                        .iter()
                        .any(|item| matches!(item.as_text(), Some("*" | "*:*")))
                };
                let allows = text_at(statement, "Effect") == Some("Allow");
                let conditional = statement
                    .as_map()
                    .is_some_and(|map| map.get("Condition").is_some());
                if allows && !conditional && wildcard("Action") && wildcard("Resource") {
                    found.push(format!("{path}.Statement.{at}"));
                }
            }
        }
    }
    found
}
