//! Answers requests to GitHub, IAM, SNS and ECR from a world.

use std::fmt::Write as _;

use serde_json::{Value as JsonValue, json};

use super::world::World;
use super::{ACCOUNT, REPOSITORY};
use crate::credentials::stand_in::{Reply, Request};

fn encoded(document: &JsonValue) -> String {
    let mut encoded = String::new();
    for byte in document.to_string().bytes() {
        write!(encoded, "%{byte:02X}").unwrap();
    }
    encoded
}

/// Returns a field of a form.
fn field(request: &Request, name: &str) -> String {
    let mut fields = request.body.split('&');
    let value = fields.find_map(|one| one.strip_prefix(name)?.strip_prefix('='));
    value
        .unwrap_or_default()
        .replace("%3A", ":")
        .replace("%2F", "/")
}

fn missing() -> Reply {
    (404, "<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>none</Message></Error></ErrorResponse>".to_owned())
}

fn members(values: impl IntoIterator<Item = String>) -> String {
    let members = values
        .into_iter()
        .map(|value| format!("<member>{value}</member>"));
    members.collect()
}

pub(super) fn aws(world: &World, request: &Request) -> Reply {
    if let Some(target) = request.header("x-amz-target") {
        assert!(
            target.ends_with(".describeimages") || target.ends_with(".DescribeImages"),
            "{target}"
        );
        let body: JsonValue = serde_json::from_str(&request.body).unwrap();
        let known = world
            .registries
            .iter()
            .any(|name| body["repositoryName"] == name.as_str());
        let code = if known {
            "ImageNotFoundException"
        } else {
            "RepositoryNotFoundException"
        };
        return (
            400,
            json!({ "__type": code, "message": "none" }).to_string(),
        );
    }
    let action = request.action().to_owned();
    let result = match action.as_str() {
        "GetCallerIdentity" => {
            format!("<Account>{ACCOUNT}</Account><Arn>arn:aws:iam::{ACCOUNT}:user/ada</Arn>")
        }
        "ListOpenIDConnectProviders" => {
            let providers = world
                .providers
                .iter()
                .map(|arn| format!("<Arn>{arn}</Arn>"));
            format!(
                "<OpenIDConnectProviderList>{}</OpenIDConnectProviderList>",
                members(providers)
            )
        }
        "GetOpenIDConnectProvider" => format!(
            "<ClientIDList>{}</ClientIDList>",
            members(world.audiences.clone())
        ),
        "ListSubscriptions" => {
            let pending = world.pending.iter().map(|mail| {
                format!("<SubscriptionArn>PendingConfirmation</SubscriptionArn><TopicArn>arn:aws:sns:eu-central-1:{ACCOUNT}:alarms</TopicArn><Endpoint>{mail}</Endpoint>")
            });
            let confirmed = "<SubscriptionArn>arn:aws:sns:eu-central-1:1:a:b</SubscriptionArn><TopicArn>x</TopicArn><Endpoint>bob@example.com</Endpoint>".to_owned();
            format!(
                "<Subscriptions>{}</Subscriptions>",
                members(pending.chain([confirmed]))
            )
        }
        "ListRoles" => {
            let roles = world.roles.iter().map(|(name, role)| {
                format!("<RoleName>{name}</RoleName><Path>{}</Path>", role.path)
            });
            format!(
                "<Roles>{}</Roles><IsTruncated>false</IsTruncated>",
                members(roles)
            )
        }
        "GetPolicy" => {
            if !world.policies.contains_key(&field(request, "PolicyArn")) {
                return missing();
            }
            "<Policy><DefaultVersionId>v1</DefaultVersionId></Policy>".to_owned()
        }
        "GetPolicyVersion" => {
            let document = encoded(&world.policies[&field(request, "PolicyArn")]);
            format!("<PolicyVersion><Document>{document}</Document></PolicyVersion>")
        }
        _ => {
            let name = field(request, "RoleName");
            let Some(role) = world.roles.get(&name) else {
                return missing();
            };
            match action.as_str() {
                "GetRole" => {
                    let boundary = role.boundary.as_ref().map_or(String::new(), |arn| {
                        format!("<PermissionsBoundary><PermissionsBoundaryArn>{arn}</PermissionsBoundaryArn></PermissionsBoundary>")
                    });
                    format!(
                        "<Role><RoleName>{name}</RoleName><Path>{}</Path><AssumeRolePolicyDocument>{}</AssumeRolePolicyDocument>{boundary}</Role>",
                        role.path,
                        encoded(&role.trust)
                    )
                }
                "ListAttachedRolePolicies" => {
                    let arns = role
                        .attached
                        .iter()
                        .map(|arn| format!("<PolicyArn>{arn}</PolicyArn>"));
                    format!(
                        "<AttachedPolicies>{}</AttachedPolicies><IsTruncated>false</IsTruncated>",
                        members(arns)
                    )
                }
                "ListRolePolicies" => {
                    let names = (0..role.inline.len()).map(|at| format!("Policy{at}"));
                    format!(
                        "<PolicyNames>{}</PolicyNames><IsTruncated>false</IsTruncated>",
                        members(names)
                    )
                }
                "GetRolePolicy" => {
                    let at: usize = field(request, "PolicyName")["Policy".len()..]
                        .parse()
                        .unwrap();
                    format!(
                        "<PolicyDocument>{}</PolicyDocument>",
                        encoded(&role.inline[at])
                    )
                }
                other => panic!("{other} is not part of this test"),
            }
        }
    };
    (
        200,
        format!("<{action}Response><{action}Result>{result}</{action}Result></{action}Response>"),
    )
}

pub(super) fn github(world: &World, request: &Request) -> Reply {
    let path = request.line.strip_prefix("GET ").unwrap();
    assert_eq!(request.header("authorization"), Some("Bearer token"));
    let Some(path) = path.strip_prefix(&format!("/repos/{REPOSITORY}")) else {
        return (404, "{}".to_owned());
    };
    let path = path.split('?').next().unwrap();
    if path == "/actions/variables" {
        let all: Vec<JsonValue> = world
            .variables
            .iter()
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect();
        return (200, json!({ "variables": all }).to_string());
    }
    match world.hub.get(path) {
        Some(answer) => (200, answer.to_string()),
        None => (404, json!({ "message": "Not Found" }).to_string()),
    }
}
