//! `doctor --delivery`: accepts what the golden templates of the reference app deploy, and names each thing that is missing or was changed.
//!
//! The program itself, with a stand-in for the API of GitHub, IAM, ECR and SNS.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use infra_delivery::{Approval, Environment, Pipeline, Provider, render};
use serde_json::{Map, Value as JsonValue, json};

use crate::credentials::stand_in::{Reply, Request, StandIn};
use crate::json_schema::conforming;

pub(crate) const ACCOUNT: &str = "111122223333";
pub(crate) const REPOSITORY: &str = "your-org/cloud-native-notes";
const ISSUER: &str = "token.actions.githubusercontent.com";

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What GitHub and AWS know.
#[derive(Clone, Debug, Default)]
pub(crate) struct World {
    pub(crate) providers: Vec<String>,
    pub(crate) audiences: Vec<String>,
    /// Roles by name: path, trust, boundary, inline policies, attached policies.
    pub(crate) roles: BTreeMap<String, FoundRole>,
    pub(crate) policies: BTreeMap<String, JsonValue>,
    pub(crate) registries: Vec<String>,
    pub(crate) pending: Vec<String>,
    /// Answers of GitHub by path below the repository.
    pub(crate) hub: BTreeMap<String, JsonValue>,
    pub(crate) variables: BTreeMap<String, String>,
}

#[derive(Clone, Debug)]
pub(crate) struct FoundRole {
    pub(crate) path: String,
    pub(crate) trust: JsonValue,
    pub(crate) boundary: Option<String>,
    pub(crate) inline: Vec<JsonValue>,
    pub(crate) attached: Vec<String>,
}

/// An account to which the stack was deployed, and a repository that was set up.
pub(crate) fn world() -> World {
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
    // Every environment that a workflow of this checkout names.
    let mut environments = vec![production()];
    for name in named_environments() {
        // Without the role of previews there are none.
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

/// A ruleset of this checkout, as GitHub shows it.
fn ruleset(file: &str) -> JsonValue {
    let path = root().join(format!(".github/rulesets/{file}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

pub(crate) fn production() -> JsonValue {
    json!({
        "name": "production",
        "protection_rules": [{ "type": "required_reviewers", "prevent_self_review": true, "reviewers": [{}] }],
        "deployment_branch_policy": { "protected_branches": false, "custom_branch_policies": true },
    })
}

/// Environments that stand in the workflows of this checkout as they are.
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

pub(crate) fn arn(resources: &Map<String, JsonValue>, id: &str) -> String {
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

/// The value that CloudFormation makes of an expression.
pub(crate) fn live(resources: &Map<String, JsonValue>, value: &JsonValue) -> JsonValue {
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

fn encoded(document: &JsonValue) -> String {
    let mut encoded = String::new();
    for byte in document.to_string().bytes() {
        write!(encoded, "%{byte:02X}").unwrap();
    }
    encoded
}

/// A field of a form.
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

fn aws(world: &World, request: &Request) -> Reply {
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

fn github(world: &World, request: &Request) -> Reply {
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

/// A run of the program against a world.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

pub(crate) fn run(world: &World, change: impl FnOnce(&mut Command)) -> Run {
    let world = Arc::new(Mutex::new(world.clone()));
    let stand_in = StandIn::new(move |request| {
        let world = world.lock().unwrap().clone();
        if request.line.starts_with("GET ") {
            github(&world, request)
        } else {
            aws(&world, request)
        }
    });
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_infra"));
    command
        .args(["doctor", "--delivery", "--repository", REPOSITORY])
        .current_dir(root())
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", home.path())
        .env("NO_PROXY", "127.0.0.1")
        .env("AWS_REGION", "eu-central-1")
        .env("AWS_ACCESS_KEY_ID", "AKIATEST")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_ENDPOINT_URL", &stand_in.address)
        .env("GITHUB_API_URL", &stand_in.address)
        .env("GITHUB_TOKEN", "token");
    change(&mut command);
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// One thing is missing, and said so.
#[track_caller]
pub(crate) fn finds(world: &World, subject: &str, said: &str) {
    let run = run(world, |_| {});
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    let lines: Vec<&str> = run
        .stdout
        .lines()
        .filter(|line| line.starts_with("missing"))
        .collect();
    let [line] = lines.as_slice() else {
        panic!("{}", run.stdout);
    };
    assert!(line.contains(subject) && line.contains(said), "{line}");
    let repair = run
        .stdout
        .lines()
        .skip_while(|one| one != line)
        .nth(1)
        .unwrap();
    assert!(
        repair.starts_with("         "),
        "there is no repair: {repair}"
    );
}

impl World {
    pub(crate) fn role(&mut self, variable: &str) -> &mut FoundRole {
        let arn = &self.variables[variable];
        let name = arn.rsplit('/').next().unwrap().to_owned();
        self.roles.get_mut(&name).unwrap()
    }

    /// Adds an environment that only the branch `main` may use.
    fn protect(&mut self, name: &str, rules: &[JsonValue]) {
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

/// A project of `infra new` with the environments `dev`, which nobody approves, and `prod`, and its world: set up as `docs/delivery.md` of the
/// project says.
fn project() -> (tempfile::TempDir, World) {
    let pipeline = Pipeline::new(Provider::Github, REPOSITORY)
        .environment(Environment::new("dev").approval(Approval::None))
        .environment(Environment::new("prod"));
    let folder = tempfile::tempdir().unwrap();
    for file in render("shop", "cargo run", &pipeline).unwrap() {
        let path = folder.path().join(file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.text).unwrap();
    }
    let table = format!(
        "app = \"cargo run\"\n\n[delivery]\nprovider = \"github\"\nrepository = \"{REPOSITORY}\"\ntool = \"infra-cli\"\n\n[[delivery.environments]]\nname = \"dev\"\napproval = \"none\"\n\n[[delivery.environments]]\nname = \"prod\"\n"
    );
    std::fs::write(folder.path().join("infra.toml"), table).unwrap();
    let of_reference = world();
    let mut world = World {
        roles: BTreeMap::new(),
        registries: Vec::new(),
        variables: BTreeMap::new(),
        ..of_reference.clone()
    };
    let mut chain = Map::new();
    for environment in ["dev", "prod"] {
        let mut entry = Map::new();
        entry.insert("AWS_REGION".to_owned(), "eu-central-1".into());
        for variable in ["PLAN_ROLE", "DEPLOY_ROLE", "EXECUTION_ROLE"] {
            let mut role = of_reference.clone().role(variable).clone();
            if variable == "DEPLOY_ROLE" {
                // As `github::Delivery` has it.
                let equal = &mut role.trust["Statement"][0]["Condition"]["StringEquals"];
                equal[format!("{ISSUER}:sub")] =
                    format!("repo:{REPOSITORY}:environment:{environment}").into();
                let workflows = ["environment.yml", "rollback.yml"]
                    .map(|file| format!("{REPOSITORY}/.github/workflows/{file}@refs/heads/main"));
                equal[format!("{ISSUER}:job_workflow_ref")] = json!(workflows);
            }
            let name = format!("{environment}-{variable}");
            let arn = format!("arn:aws:iam::{ACCOUNT}:role/delivery/{name}");
            entry.insert(variable.to_owned(), arn.into());
            world.roles.insert(name, role);
        }
        chain.insert(environment.to_owned(), entry.into());
    }
    let chain = JsonValue::Object(chain).to_string();
    world.variables.insert("ENVIRONMENTS".to_owned(), chain);
    let environments = json!({ "environments": [{ "name": "plan" }] });
    world.hub.insert("/environments".to_owned(), environments);
    world.protect("dev", &[]);
    let rule = production()["protection_rules"][0].clone();
    world.protect("prod", &[rule]);
    (folder, world)
}

#[test]
fn what_the_reference_app_deploys_is_as_it_should_be() {
    let run = run(&world(), |_| {});
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(!run.stdout.contains("unknown"), "{}", run.stdout);
    for subject in [
        "repository your-org/cloud-native-notes",
        "environment `plan`",
        "environment `production`",
        "rule for `main`",
        "rule against a tag `main`",
        "identity provider of GitHub",
        "trust of DEPLOY_ROLE",
        "trust of PLAN_ROLE",
        "boundary of EXECUTION_ROLE",
        "boundary of the app's roles",
        "PROPOSAL_REPOSITORY",
        "IMAGE_REPOSITORY",
        "mail of `prod`",
        "variables of the repository",
        "first version in `production`",
    ] {
        assert!(
            run.stdout.contains(&format!("ok       {subject}")),
            "{subject}\n{}",
            run.stdout
        );
    }
    // In the order of the set-up.
    let at = |subject: &str| run.stdout.find(subject).unwrap();
    assert!(at("environment `production`") < at("identity provider"));
    assert!(at("trust of DEPLOY_ROLE") < at("variables of the repository"));
}

#[test]
fn each_half_works_without_the_other() {
    let without_token = run(&world(), |command| {
        command.env_remove("GITHUB_TOKEN");
        for (name, value) in world().variables {
            command.env(name, value);
        }
    });
    assert_eq!(
        without_token.code, 0,
        "{}{}",
        without_token.stdout, without_token.stderr
    );
    assert!(
        without_token
            .stdout
            .contains("unknown  environments: there is no token")
    );
    assert!(
        without_token
            .stdout
            .contains("ok       trust of DEPLOY_ROLE")
    );
    let without_keys = run(&world(), |command| {
        command
            .env_remove("AWS_ACCESS_KEY_ID")
            .env_remove("AWS_SECRET_ACCESS_KEY");
    });
    assert_eq!(
        without_keys.code, 0,
        "{}{}",
        without_keys.stdout, without_keys.stderr
    );
    assert!(
        without_keys
            .stdout
            .contains("unknown  identity provider, roles and registries")
    );
    assert!(
        without_keys
            .stdout
            .contains("ok       environment `production`")
    );
    let neither = run(&world(), |command| {
        command
            .env_remove("GITHUB_TOKEN")
            .env_remove("AWS_ACCESS_KEY_ID")
            .env_remove("AWS_SECRET_ACCESS_KEY");
    });
    assert_eq!(neither.code, 8, "{}{}", neither.stdout, neither.stderr);
}

#[test]
fn json_has_every_check() {
    let mut world = world();
    world.pending.push("ada@example.com".to_owned());
    let run = run(&world, |command| {
        command.arg("--json");
    });
    assert_eq!(run.code, 1, "{}", run.stderr);
    let document = conforming("doctor-delivery", &run.stdout);
    assert_eq!(document["complete"], false);
    let checks = document["checks"].as_array().unwrap();
    let missing: Vec<&JsonValue> = checks
        .iter()
        .filter(|one| one["verdict"] == "missing")
        .collect();
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0]["stage"], "mail");
    assert!(
        missing[0]["repair"]
            .as_str()
            .unwrap()
            .contains("aws sns subscribe")
    );
}

#[test]
fn a_trust_in_the_environment_alone_is_found() {
    for (claim, said) in [
        ("ref", "does not demand the branch"),
        ("job_workflow_ref", "it trusts every workflow"),
    ] {
        let mut world = world();
        let trust = &mut world.role("DEPLOY_ROLE").trust["Statement"][0];
        let equal = trust["Condition"]["StringEquals"].as_object_mut().unwrap();
        equal.remove(&format!("{ISSUER}:{claim}")).unwrap();
        finds(&world, "trust of DEPLOY_ROLE", said);
    }
    let mut world = world();
    let trust = &mut world.role("DEPLOY_ROLE").trust["Statement"][0];
    trust["Condition"]["StringLike"] = json!({ format!("{ISSUER}:actor"): "*" });
    finds(&world, "trust of DEPLOY_ROLE", "or others besides");
}

#[test]
fn a_workflow_that_does_not_deploy_is_not_trusted_with_it() {
    let mut world = world();
    let trust = &mut world.role("DEPLOY_ROLE").trust["Statement"][0];
    let refs = &mut trust["Condition"]["StringEquals"][&format!("{ISSUER}:job_workflow_ref")];
    *refs = json!([format!(
        "{REPOSITORY}/.github/workflows/ci.yml@refs/heads/main"
    )]);
    finds(&world, "trust of DEPLOY_ROLE", "those that deploy are");
}

#[test]
fn a_pull_request_that_reaches_a_role_is_found() {
    let mut world = world();
    let trust = &mut world.role("PLAN_ROLE").trust["Statement"][0];
    let equal = trust["Condition"]["StringEquals"].as_object_mut().unwrap();
    equal.remove(&format!("{ISSUER}:job_workflow_ref")).unwrap();
    finds(
        &world,
        "trust of PLAN_ROLE",
        "any workflow that a pull request brings",
    );
}

#[test]
fn a_subject_that_needs_no_approval_is_found() {
    for (role, subject, said) in [
        (
            "DEPLOY_ROLE",
            "ref:refs/heads/main",
            "and not the environment `production` alone",
        ),
        (
            "PLAN_ROLE",
            "pull_request",
            "and not the branch `main` alone",
        ),
        (
            "PUBLISH_ROLE",
            "ref:refs/heads/dev",
            "and not the branch `main` alone",
        ),
    ] {
        let mut world = world();
        let trust = &mut world.role(role).trust["Statement"][0];
        let equal = trust["Condition"]["StringEquals"].as_object_mut().unwrap();
        let key = format!("{ISSUER}:sub");
        let whole = equal[&key].as_str().unwrap().to_owned();
        let (repository, _) = whole.split_once("environment:").unwrap();
        equal[&key] = json!(format!("{repository}{subject}"));
        finds(&world, &format!("trust of {role}"), said);
    }
}

#[test]
fn a_boundary_that_is_gone_or_wide_is_found() {
    let whole = world();
    let arn = whole
        .clone()
        .role("EXECUTION_ROLE")
        .boundary
        .clone()
        .unwrap();
    let mut world = whole.clone();
    let document = world.policies.remove(&arn).unwrap();
    finds(&world, "boundary of EXECUTION_ROLE", "is not there");
    let mut wide = document;
    let statements = wide["Statement"].as_array_mut().unwrap();
    statements.push(json!({ "Effect": "Allow", "Action": "iam:*", "Resource": "*" }));
    world.policies.insert(arn, wide);
    finds(&world, "boundary of EXECUTION_ROLE", "permits iam:*");
    let mut world = whole;
    world.role("EXECUTION_ROLE").boundary = None;
    finds(&world, "boundary of EXECUTION_ROLE", "there is none");
}

#[test]
fn a_role_that_templates_may_change_and_an_administrator_are_found() {
    let mut world = world();
    world.role("PLAN_ROLE").path = "/".to_owned();
    finds(
        &world,
        "path of PLAN_ROLE",
        "a template may rewrite the role",
    );
    world.role("PLAN_ROLE").path = "/delivery/".to_owned();
    let administrator = "arn:aws:iam::aws:policy/AdministratorAccess".to_owned();
    world.role("EXECUTION_ROLE").attached.push(administrator);
    finds(&world, "policies of EXECUTION_ROLE", "AdministratorAccess");
}

#[test]
fn a_missing_role_provider_registry_or_variable_is_found() {
    let whole = world();
    let mut world = whole.clone();
    world.variables.remove("PROPOSAL_REPOSITORY");
    finds(&world, "variables", "PROPOSAL_REPOSITORY");
    let mut world = whole.clone();
    let gone = format!("arn:aws:iam::{ACCOUNT}:role/delivery/gone");
    world.variables.insert("PLAN_ROLE".to_owned(), gone);
    finds(&world, "PLAN_ROLE", "is not there");
    let mut world = whole.clone();
    world.registries.retain(|name| name != "images");
    finds(
        &world,
        "IMAGE_REPOSITORY",
        "there is no repository `images`",
    );
    let mut world = whole;
    world.audiences.clear();
    finds(&world, "identity provider", "does not take tokens");
    world.providers.clear();
    finds(&world, "identity provider", "the account has none");
}

#[test]
fn an_environment_of_another_account_is_said_to_be_left_out() {
    let mut world = world();
    let chain = json!({
        "dev": { "AWS_REGION": "eu-central-1", "PLAN_ROLE": "arn:aws:iam::999999999999:role/delivery/plan",
            "DEPLOY_ROLE": "arn:aws:iam::999999999999:role/delivery/deploy",
            "EXECUTION_ROLE": "arn:aws:iam::999999999999:role/delivery/execution",
            "IMAGE_REPOSITORY": "999999999999.dkr.ecr.eu-central-1.amazonaws.com/images" },
        "prod": {},
    });
    world
        .variables
        .insert("ENVIRONMENTS".to_owned(), chain.to_string());
    world.protect("development", &[]);
    let run = run(&world, |_| {});
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(
        run.stdout
            .contains("unknown  DEPLOY_ROLE of `dev`: it is in the account 999999999999"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("ok       trust of DEPLOY_ROLE of `prod`"),
        "{}",
        run.stdout
    );
}

#[test]
fn an_environment_that_is_open_is_found() {
    let change = |production: JsonValue| {
        let mut world = world();
        let environments = world.hub.get_mut("/environments").unwrap();
        environments["environments"][0] = production;
        world
    };
    let mut wrong = production();
    wrong["protection_rules"][0]["prevent_self_review"] = false.into();
    finds(&change(wrong), "environment `production`", "may approve it");
    let mut wrong = production();
    wrong["protection_rules"] = json!([]);
    finds(
        &change(wrong),
        "environment `production`",
        "nobody has to approve",
    );
    let mut wrong = production();
    wrong["deployment_branch_policy"] = JsonValue::Null;
    finds(
        &change(wrong),
        "environment `production`",
        "open to every branch",
    );
    let gone = json!({ "name": "another" });
    finds(
        &change(gone),
        "environment `production`",
        "open to every branch",
    );
}

#[test]
fn rules_that_are_weak_or_missing_are_found() {
    let mut world = world();
    let rules = world.hub.get_mut("/rules/branches/main").unwrap();
    rules[1]["parameters"]["strict_required_status_checks_policy"] = false.into();
    finds(&world, "rule for `main`", "need not be up to date");
    let rules = world.hub.get_mut("/rules/branches/main").unwrap();
    rules[1]["parameters"]["strict_required_status_checks_policy"] = true.into();
    rules[1]["parameters"]["required_status_checks"][0]["integration_id"] = JsonValue::Null;
    finds(&world, "rule for `main`", "any app may report plan passed");
    world
        .hub
        .insert("/rules/branches/main".to_owned(), json!([]));
    finds(
        &world,
        "rule for `main`",
        "without a pull request; no check is required",
    );
    let mut world = self::world();
    world.hub.insert("/rulesets".to_owned(), json!([]));
    finds(&world, "rule against a tag `main`", "nothing forbids a tag");
}

#[test]
fn a_repository_that_is_not_there_is_the_first_thing_that_is_missing() {
    let mut world = world();
    world.hub.clear();
    let run = run(&world, |_| {});
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    assert!(
        run.stdout.starts_with("missing  repository"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_project_of_infra_new_that_was_set_up_lacks_nothing() {
    let (folder, world) = project();
    let run = run(&world, |command| {
        command.current_dir(folder.path());
    });
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let other: Vec<&str> = run
        .stdout
        .lines()
        .filter(|line| !line.starts_with("ok "))
        .collect();
    assert!(other.is_empty(), "{other:#?}");
    for subject in [
        "environment `plan`",
        "environment `dev`",
        "environment `prod`",
        "trust of PLAN_ROLE of `dev`",
        "trust of DEPLOY_ROLE of `dev`",
        "trust of DEPLOY_ROLE of `prod`",
        "boundary of EXECUTION_ROLE of `prod`",
        "variables of the repository",
        "first version in `dev`",
        "first version in `prod`",
    ] {
        assert!(
            run.stdout.contains(&format!("ok       {subject}")),
            "{subject}\n{}",
            run.stdout
        );
    }
}

#[test]
fn repairs_of_a_project_of_infra_new_name_what_it_has() {
    let (folder, whole) = project();
    let finds = |change: &dyn Fn(&mut World), said: &str, repair: &str| {
        let mut world = whole.clone();
        change(&mut world);
        let run = run(&world, |command| {
            command.current_dir(folder.path());
        });
        assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
        assert!(run.stdout.contains(said), "{}", run.stdout);
        assert!(run.stdout.contains(repair), "{}", run.stdout);
        for foreign in [
            "Foundation",
            "INFRA_ENVIRONMENT",
            ".github/rulesets",
            "plan.yml",
        ] {
            assert!(!run.stdout.contains(foreign), "{foreign}: {}", run.stdout);
        }
    };
    finds(
        &|world| world.variables.clear(),
        "not set: ENVIRONMENTS",
        "`DeliverySettings…` of the stack `Delivery`",
    );
    finds(
        &|world| {
            let mut chain: JsonValue =
                serde_json::from_str(&world.variables["ENVIRONMENTS"]).unwrap();
            chain.as_object_mut().unwrap().remove("dev").unwrap();
            let chain = chain.to_string();
            world.variables.insert("ENVIRONMENTS".to_owned(), chain);
        },
        "not set: `dev` in ENVIRONMENTS",
        "docs/delivery.md",
    );
    finds(
        &|world| {
            world.roles.remove("prod-PLAN_ROLE").unwrap();
        },
        "PLAN_ROLE of `prod`",
        "deploy --stack Delivery",
    );
    finds(
        &|world| {
            world
                .hub
                .insert("/rules/branches/main".to_owned(), json!([]));
            world.hub.insert("/deployments".to_owned(), json!([]));
        },
        "rule for `main`",
        "gh workflow run deploy.yml --ref main",
    );
}

#[test]
fn previews_need_their_environment_and_an_account_of_their_own() {
    let mut world = world();
    let role = |account: &str| format!("arn:aws:iam::{account}:role/preview");
    for name in ["PREVIEW_ROLE", "PREVIEW_EXECUTION_ROLE"] {
        world
            .variables
            .insert(name.to_owned(), role("999999999999"));
    }
    finds(&world, "environment `preview`", "it is not there");
    let environments = world.hub.get_mut("/environments").unwrap();
    environments["environments"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "name": "preview" }));
    assert_eq!(run(&world, |_| {}).code, 0);
    world
        .variables
        .insert("PREVIEW_ROLE".to_owned(), role(ACCOUNT));
    let run = run(&world, |_| {});
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    let mut lines = run.stdout.lines();
    let found = lines.find(|line| line.starts_with("missing  account of previews"));
    assert!(found.unwrap().contains(ACCOUNT), "{}", run.stdout);
}
