//! Policy INF4985: reports resource policies that let every account in.
//!
//! A queue, topic, key, secret, bus, function or role is private until its policy names somebody. `Principal: "*"` names
//! every AWS account. Statements are recognized wherever a resource has them, so that policies of all services are covered.

use super::everyone::{allows_everyone, is_fixed};
use super::{Rule, property_finding};
use crate::core::template::TemplateResource;
use crate::core::{Data, Diagnostic, codes};

/// Types whose statements for everyone have another rule or another meaning.
const EXCLUDED: &[&str] = &[
    // The resource policy of an API only restricts who may call it; without one, everybody may.
    "AWS::ApiGateway::DomainNameV2",
    "AWS::ApiGateway::RestApi",
    "AWS::Serverless::Api",
    // The policy of an endpoint gives no access that an identity does not have.
    "AWS::EC2::VPCEndpoint",
    // The repository is public by its type.
    "AWS::ECR::PublicRepository",
    // INF5009 reports buckets.
    "AWS::S3::BucketPolicy",
];

/// Types with a principal outside of a statement, and the properties that limit who it is.
const PERMISSIONS: &[(&str, &[&str])] = &[
    (
        "AWS::Lambda::Permission",
        &[
            "PrincipalOrgID",
            "SourceAccount",
            "SourceArn",
            // Both belong to a function URL, whose authentication the URL decides.
            "FunctionUrlAuthType",
            "InvokedViaFunctionUrl",
        ],
    ),
    ("AWS::Lambda::LayerVersionPermission", &["OrganizationId"]),
    ("AWS::Events::EventBusPolicy", &["Condition"]),
];

const HELP: &str = "name the accounts, roles or services, or add a condition such as `aws:SourceArn`, `aws:SourceAccount` or \
                    `aws:PrincipalOrgID`";

pub(super) const RULE: Rule = Rule {
    code: codes::WILDCARD_PRINCIPAL,
    check: |template, findings| {
        for resource in &template.resources {
            check_permission(resource, findings);
            let type_name: &str = &resource.type_name;
            if EXCLUDED.contains(&type_name) || authenticates_users(resource) {
                continue;
            }
            for (name, property) in resource.properties.iter() {
                visit(property, name.to_owned(), &mut |path, statement| {
                    findings.push(statement_finding(resource, &path, statement));
                });
            }
        }
    },
};

/// Returns `true` for a domain with fine-grained access control, which authenticates the requests that its policy lets pass.
fn authenticates_users(resource: &TemplateResource) -> bool {
    matches!(
        &*resource.type_name,
        "AWS::Elasticsearch::Domain" | "AWS::OpenSearchService::Domain"
    ) && resource
        .properties
        .get("AdvancedSecurityOptions")
        .and_then(|options| options.pointer("Enabled"))
        .is_some_and(|enabled| *enabled == Data::Bool(true))
}

fn statement_finding(resource: &TemplateResource, path: &str, statement: &Data) -> Diagnostic {
    let finding = property_finding(
        RULE.code,
        resource,
        path,
        "a statement of a resource policy allows access to everyone",
    )
    .expected("principals, or a condition that limits them")
    .help(HELP);
    if statement.pointer("Condition").is_some() {
        finding.note("the condition of the statement does not limit the callers to fixed values")
    } else {
        finding
    }
}

/// Reports a permission whose principal is everyone and that no other property limits.
fn check_permission(resource: &TemplateResource, findings: &mut Vec<Diagnostic>) {
    let limits = PERMISSIONS
        .iter()
        .find(|(kind, _)| *kind == resource.type_name);
    let Some((_, limits)) = limits else { return };
    let is_limited = limits
        .iter()
        .any(|property| resource.prop(property).is_some_and(is_fixed));
    let principal = resource.prop("Principal").and_then(Data::as_text);
    if principal == Some("*") && !is_limited {
        findings.push(
            property_finding(
                RULE.code,
                resource,
                "Principal",
                "a permission allows access to everyone",
            )
            .actual("*")
            .expected(format!(
                "an account, role or service, or one of the properties {}",
                limits
                    .iter()
                    .map(|name| format!("`{name}`"))
                    .collect::<Vec<_>>()
                    .join(", ")
            ))
            .help("name the account or service that needs the access"),
        );
    }
}

/// Calls `found` for each statement that allows access to everyone, in a property or in a document that is text.
fn visit(data: &Data, path: String, found: &mut dyn FnMut(String, &Data)) {
    match data {
        Data::Map(_) if allows_everyone(data) => found(path, data),
        Data::Map(map) => {
            for (key, value) in map.iter() {
                visit(value, format!("{path}.{key}"), found);
            }
        }
        Data::List(items) => {
            for (at, item) in items.iter().enumerate() {
                visit(item, format!("{path}.{at}"), found);
            }
        }
        // Some properties hold the document as text, such as the policy of a destination of CloudWatch Logs.
        Data::Text(text)
            if text.trim_start().starts_with('{') && text.contains("\"Statement\"") =>
        {
            if let Ok(document) = serde_json::from_str::<serde_json::Value>(text) {
                let mut is_open = false;
                visit(&document.into(), String::new(), &mut |_, _| is_open = true);
                if is_open {
                    found(path, data);
                }
            }
        }
        _ => {}
    }
}
