//! Defines the state of GitHub and AWS in these tests: the golden templates of the reference app, deployed, and a repository that is set up.

use std::collections::BTreeMap;

use serde_json::{Map, Value as JsonValue, json};

use super::{ACCOUNT, ISSUER, root};

/// State of GitHub and AWS, from which the local server answers.
#[derive(Clone, Debug, Default)]
pub(super) struct World {
    pub(super) providers: Vec<String>,
    pub(super) audiences: Vec<String>,
    /// Roles by name: path, trust, boundary, inline policies, attached policies.
    pub(super) roles: BTreeMap<String, FoundRole>,
    pub(super) policies: BTreeMap<String, JsonValue>,
    pub(super) registries: Vec<String>,
    pub(super) pending: Vec<String>,
    /// Responses of GitHub by path, relative to the repository.
    pub(super) hub: BTreeMap<String, JsonValue>,
    pub(super) variables: BTreeMap<String, String>,
}

#[derive(Clone, Debug)]
pub(super) struct FoundRole {
    pub(super) path: String,
    pub(super) trust: JsonValue,
    pub(super) boundary: Option<String>,
    pub(super) inline: Vec<JsonValue>,
    pub(super) attached: Vec<String>,
}

impl World {
    pub(super) fn role(&mut self, variable: &str) -> &mut FoundRole {
        let arn = &self.variables[variable];
        let name = arn.rsplit('/').next().unwrap().to_owned();
        self.roles.get_mut(&name).unwrap()
    }

    /// Adds an environment that only the branch `main` can deploy to.
    pub(super) fn protect(&mut self, name: &str, rules: &[JsonValue]) {
        let environment = json!({
            "name": name,
            "protection_rules": rules,
            "deployment_branch_policy": { "protected_branches": false, "custom_branch_policies": true },
        });
        let environments = self.hub.get_mut("/environments").unwrap();
        environments["environments"]
            .as_array_mut()
            .unwrap()
            .push(environment);
        self.hub.insert(
            format!("/environments/{name}/deployment-branch-policies"),
            json!({ "branch_policies": [{ "name": "main" }] }),
        );
    }
}

/// Returns an account with the deployed stack, and a repository that is set up.
pub(super) fn world() -> World {
    let text = std::fs::read_to_string(
        root().join("infra-app/tests/golden/prod/Foundation.template.json"),
    )
    .unwrap();
    let template: JsonValue = serde_json::from_str(&text).unwrap();
    let resources = template["Resources"].as_object().unwrap();
    let mut world = World {
        providers: vec![format!("arn:aws:iam::{ACCOUNT}:oidc-provider/{ISSUER}")],
        audiences: vec!["sts.amazonaws.com".to_owned()],
        registries: vec!["proposals".to_owned(), "images".to_owned()],
        ..World::default()
    };
    for (id, resource) in resources {
        let properties = &resource["Properties"];
        match resource["Type"].as_str().unwrap() {
            "AWS::IAM::ManagedPolicy" => {
                let document = live(resources, &properties["PolicyDocument"]);
                world.policies.insert(arn(resources, id), document);
            }
            "AWS::IAM::Role" if id.starts_with("Delivery") => {
                let variable = match &id[8..12] {
                    "Plan" => "PLAN_ROLE",
                    "Publ" => "PUBLISH_ROLE",
                    "Depl" => "DEPLOY_ROLE",
                    "Exec" => "EXECUTION_ROLE",
                    _ => continue,
                };
                world
                    .variables
                    .insert(variable.to_owned(), arn(resources, id));
                let inline = properties["Policies"].as_array().into_iter().flatten();
                let boundary = &properties["PermissionsBoundary"];
                let role = FoundRole {
                    path: properties["Path"].as_str().unwrap_or("/").to_owned(),
                    trust: live(resources, &properties["AssumeRolePolicyDocument"]),
                    boundary: live(resources, boundary).as_str().map(str::to_owned),
                    inline: inline
                        .map(|one| live(resources, &one["PolicyDocument"]))
                        .collect(),
                    attached: live(resources, &properties["ManagedPolicyArns"])
                        .as_array()
                        .into_iter()
                        .flatten()
                        .map(|one| one.as_str().unwrap().to_owned())
                        .collect(),
                };
                world.roles.insert(id.clone(), role);
            }
            _ => {}
        }
    }
    let registry = |name: &str| format!("{ACCOUNT}.dkr.ecr.eu-central-1.amazonaws.com/{name}");
    for (name, value) in [
        ("INFRA_ENVIRONMENT", "prod".to_owned()),
        ("AWS_REGION", "eu-central-1".to_owned()),
        ("PROPOSAL_REPOSITORY", registry("proposals")),
        ("IMAGE_REPOSITORY", registry("images")),
    ] {
        world.variables.insert(name.to_owned(), value);
    }
    for (path, answer) in [
        (
            "",
            json!({ "default_branch": "main", "private": false, "owner": { "type": "Organization" } }),
        ),
        ("/environments", json!({ "environments": [] })),
        (
            "/environments/production/deployment-branch-policies",
            json!({ "branch_policies": [{ "name": "main" }] }),
        ),
        (
            "/rules/branches/main",
            json!([
                { "type": "pull_request", "ruleset_id": 1 },
                { "type": "required_status_checks", "ruleset_id": 1, "parameters": {
                    "strict_required_status_checks_policy": true,
                    "required_status_checks": [{ "context": "plan passed", "integration_id": 15368 }],
                } },
            ]),
        ),
        (
            "/rulesets",
            json!([{ "id": 1, "target": "branch" }, { "id": 2, "target": "tag" }]),
        ),
        ("/rulesets/1", ruleset("main")),
        ("/rulesets/2", ruleset("tags")),
        ("/deployments", json!([{ "id": 1 }])),
    ] {
        world.hub.insert(path.to_owned(), answer);
    }
    // Every environment that the workflows of this checkout name.
    let mut environments = vec![production()];
    for name in named_environments() {
        // Without their role there are no previews.
        if name != "production" && name != "preview" {
            environments.push(json!({ "name": name }));
        }
    }
    world.hub.insert(
        "/environments".to_owned(),
        json!({ "environments": environments }),
    );
    world
}

/// Returns a ruleset of this checkout in the format of GitHub's API.
fn ruleset(file: &str) -> JsonValue {
    let path = root().join(format!(".github/rulesets/{file}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

pub(super) fn production() -> JsonValue {
    json!({
        "name": "production",
        "protection_rules": [{ "type": "required_reviewers", "prevent_self_review": true, "reviewers": [{}] }],
        "deployment_branch_policy": { "protected_branches": false, "custom_branch_policies": true },
    })
}

/// Returns the environments with literal names in the workflows of this checkout.
fn named_environments() -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root().join(".github/workflows")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let Some(rest) = line.strip_prefix("    environment:") else {
                continue;
            };
            let name = match rest.trim() {
                "" => lines[at + 1]
                    .trim()
                    .strip_prefix("name:")
                    .unwrap_or_default()
                    .trim(),
                name => name,
            };
            if !name.contains("${{") && !found.iter().any(|known| known == name) {
                found.push(name.to_owned());
            }
        }
    }
    found
}

pub(super) fn arn(resources: &Map<String, JsonValue>, id: &str) -> String {
    let properties = &resources[id]["Properties"];
    let kind = if properties.get("PolicyDocument").is_some() {
        "policy"
    } else {
        "role"
    };
    let path = properties["Path"].as_str().unwrap_or("/");
    let name = properties["ManagedPolicyName"].as_str().unwrap_or(id);
    format!("arn:aws:iam::{ACCOUNT}:{kind}{path}{name}")
}

/// Evaluates an expression as CloudFormation does.
pub(super) fn live(resources: &Map<String, JsonValue>, value: &JsonValue) -> JsonValue {
    match value {
        JsonValue::Array(items) => items.iter().map(|one| live(resources, one)).collect(),
        JsonValue::Object(map) => {
            if let Some(text) = map.get("Fn::Sub").and_then(JsonValue::as_str) {
                let text = text
                    .replace("${AWS::Partition}", "aws")
                    .replace("${AWS::AccountId}", ACCOUNT);
                return text.into();
            }
            let name = map.get("Ref").or(map.get("Fn::GetAtt").map(|at| &at[0]));
            if let Some(name) = name.and_then(JsonValue::as_str).filter(|_| map.len() == 1) {
                let of_iam = resources
                    .get(name)
                    .and_then(|one| one["Type"].as_str())
                    .is_some_and(|kind| {
                        kind.starts_with("AWS::IAM::") && kind != "AWS::IAM::OIDCProvider"
                    });
                let text = if of_iam {
                    arn(resources, name)
                } else {
                    format!("of {name}")
                };
                return text.into();
            }
            let map = map
                .iter()
                .map(|(key, one)| (key.clone(), live(resources, one)));
            JsonValue::Object(map.collect())
        }
        other => other.clone(),
    }
}
