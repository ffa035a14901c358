//! Evaluates requests against the policies of a template as IAM does: denied unless a statement allows and none denies them.
//!
//! Supports what the tests use: `Action`, `NotAction`, `Resource`, the operators `StringEquals`, `StringLike` and `ArnLike`, also for all values of
//! a request, `Null`, managed policies of the template, and permissions boundaries. <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>

use std::collections::BTreeSet;

use infra_lib::assertions::Template;
use infra_lib::iam::{Principal, Role};
use infra_lib::{App, CfnResource, Stack};
use serde_json::{Value as Json, json};

/// The partition and region that a template is deployed to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) partition: &'static str,
    pub(crate) region: &'static str,
}

pub(crate) const ACCOUNT: &str = "111122223333";

/// Name of the deployed stack, the value of `AWS::StackName`.
pub(crate) const SHARED_STACK: &str = "notes-preview-foundation";

/// Returns an app with a resource of each type of the reference app, for roles that deploy it.
pub(crate) fn reference_app() -> App {
    let app = App::new();
    let stack = Stack::new(&app, "Reference");
    let lines = include_str!("../handler_permissions.txt").lines();
    let types = lines.filter(|line| !line.starts_with('#'));
    let types: BTreeSet<&str> = types.filter_map(|line| line.split(' ').next()).collect();
    for (index, name) in types.into_iter().enumerate() {
        CfnResource::new(stack, &format!("Resource{index}"), name, json!({}));
    }
    for service in ["ecs-tasks", "ecs", "monitoring.rds", "vpc-flow-logs"] {
        Role::builder()
            .assumed_by(Principal::service(format!("{service}.amazonaws.com")))
            .build(stack, service);
    }
    app
}

/// A request to AWS, with its action, resource and context keys.
#[derive(Clone, Debug)]
pub(crate) struct Request<'a> {
    pub(crate) action: &'a str,
    pub(crate) resource: String,
    pub(crate) context: Vec<(&'a str, String)>,
}

impl<'a> Request<'a> {
    pub(crate) fn new(action: &'a str, resource: impl Into<String>) -> Self {
        Self {
            action,
            resource: resource.into(),
            context: Vec::new(),
        }
    }

    pub(crate) fn with(mut self, key: &'a str, value: impl Into<String>) -> Self {
        self.context.push((key, value.into()));
        self
    }
}

/// A template with the place that it is deployed to.
#[derive(Debug)]
pub(crate) struct Deployed {
    template: Json,
    pub(crate) place: Place,
}

impl Deployed {
    pub(crate) fn new(template: &Template, place: Place) -> Self {
        Self {
            template: template.json().clone(),
            place,
        }
    }

    /// Returns the Foundation stack of the reference app, from its golden template of production.
    pub(crate) fn golden() -> Self {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../infra-app/tests/golden/prod/Foundation.template.json"
        );
        let text = std::fs::read_to_string(path).unwrap();
        Self {
            template: serde_json::from_str(&text).unwrap(),
            place: Place {
                partition: "aws",
                region: "us-east-1",
            },
        }
    }

    /// Returns the actions of a role's statements whose `Sid` begins with this text.
    pub(crate) fn actions(&self, role: &str, sid: &str) -> Vec<String> {
        let statements = self.statements(role).filter(|statement| {
            let found = statement["Sid"].as_str();
            found.is_some_and(|found| found.starts_with(sid))
        });
        statements
            .flat_map(|statement| self.texts(&statement["Action"]))
            .collect()
    }

    /// Returns the length of a role's inline policies, which IAM limits to 10,240 characters, or of a managed policy, limited to 6,144.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
    pub(crate) fn length(&self, id: &str) -> usize {
        let (_, properties) = self.resource(id);
        let document = match &properties["Policies"] {
            Json::Null => &properties["PolicyDocument"],
            policies => policies,
        };
        let mut document = document.clone();
        self.fill(&mut document);
        let text = document.to_string();
        text.chars().filter(|one| !one.is_whitespace()).count()
    }

    /// Replaces intrinsic functions with their values.
    fn fill(&self, value: &mut Json) {
        let is_intrinsic = |key: &String| key == "Ref" || key.starts_with("Fn::");
        match value {
            Json::Array(items) => items.iter_mut().for_each(|item| self.fill(item)),
            Json::Object(fields) if fields.keys().any(is_intrinsic) => {
                *value = Json::String(self.text(value));
            }
            Json::Object(fields) => fields.values_mut().for_each(|field| self.fill(field)),
            _ => {}
        }
    }

    /// Returns the statements of a role's inline policies, and of the managed policies of the template that are attached to it.
    fn statements(&self, role: &str) -> impl Iterator<Item = &Json> {
        let (_, properties) = self.resource(role);
        let policies = properties["Policies"].as_array().into_iter().flatten();
        let inline = policies.map(|policy| &policy["PolicyDocument"]);
        let attached = properties["ManagedPolicyArns"].as_array().into_iter();
        let attached = attached.flatten().map(|policy| {
            let id = policy["Ref"].as_str().expect("a policy of the template");
            &self.template["Resources"][id]["Properties"]["PolicyDocument"]
        });
        inline
            .chain(attached)
            .flat_map(|document| document["Statement"].as_array().into_iter().flatten())
    }

    fn resource(&self, id: &str) -> (&str, &Json) {
        let resources = self.template["Resources"].as_object().expect("resources");
        let (name, resource) = resources
            .iter()
            .find(|(name, _)| name.starts_with(id))
            .unwrap_or_else(|| panic!("no resource `{id}`"));
        (name, &resource["Properties"])
    }

    /// Returns the ARN of the role or managed policy whose logical ID begins with this text.
    pub(crate) fn arn(&self, id: &str) -> String {
        let (name, properties) = self.resource(id);
        let partition = self.place.partition;
        let path = properties["Path"].as_str().unwrap_or("/");
        let given = properties["ManagedPolicyName"].as_str();
        match properties["PolicyDocument"] {
            Json::Null => {
                format!("arn:{partition}:iam::{ACCOUNT}:role{path}notes-foundation-{name}-1A2B3C")
            }
            _ => format!(
                "arn:{partition}:iam::{ACCOUNT}:policy{path}{}",
                given.unwrap_or(name)
            ),
        }
    }

    /// Returns the placeholder for the ARN of a repository in these tests.
    pub(crate) fn repository(&self, id: &str) -> String {
        format!("arn:of:{}", self.resource(id).0)
    }

    /// Evaluates a text with the variables that CloudFormation replaces.
    fn text(&self, value: &Json) -> String {
        let fill = |name: &str| match name {
            "AWS::Partition" => self.place.partition.to_owned(),
            "AWS::Region" => self.place.region.to_owned(),
            "AWS::AccountId" => ACCOUNT.to_owned(),
            "AWS::StackName" => SHARED_STACK.to_owned(),
            other => {
                let id = other.split('.').next().unwrap_or_default();
                match self.template["Resources"][id]["Type"].as_str() {
                    Some("AWS::IAM::Role" | "AWS::IAM::ManagedPolicy") => self.arn(id),
                    _ => format!("arn:of:{id}"),
                }
            }
        };
        if let Some(text) = value.as_str() {
            return text.to_owned();
        }
        if let Some(name) = value["Ref"].as_str() {
            return fill(name);
        }
        if let Some([id, _]) = value["Fn::GetAtt"].as_array().map(Vec::as_slice) {
            return fill(id.as_str().expect("a logical id"));
        }
        let mut text = value["Fn::Sub"]
            .as_str()
            .unwrap_or_else(|| panic!("text: {value}"))
            .to_owned();
        while let Some((before, rest)) = text.clone().split_once("${") {
            let (name, after) = rest.split_once('}').expect("an end");
            text = [before, &fill(name), after].concat();
        }
        text
    }

    fn texts(&self, value: &Json) -> Vec<String> {
        match value {
            Json::Null => Vec::new(),
            Json::Array(items) => items.iter().map(|item| self.text(item)).collect(),
            one => vec![self.text(one)],
        }
    }

    /// Returns true if a statement matches a request.
    fn applies(&self, statement: &Json, request: &Request<'_>) -> bool {
        let action = |key: &str| {
            let asked = request.action.to_lowercase();
            self.texts(&statement[key])
                .iter()
                .any(|pattern| matches(&pattern.to_lowercase(), &asked))
        };
        let about = if statement["NotAction"].is_null() {
            action("Action")
        } else {
            !action("NotAction")
        };
        let on = statement["Resource"].is_null()
            || self
                .texts(&statement["Resource"])
                .iter()
                .any(|pattern| matches(pattern, &request.resource));
        about && on && self.holds(&statement["Condition"], request)
    }

    fn holds(&self, conditions: &Json, request: &Request<'_>) -> bool {
        let operators = conditions.as_object().into_iter().flatten();
        operators
            .flat_map(|(operator, keys)| {
                keys.as_object()
                    .into_iter()
                    .flatten()
                    .map(move |(key, wanted)| (operator, key, wanted))
            })
            .all(|(operator, key, wanted)| {
                let given = request.context.iter().filter(|(name, _)| name == key);
                let given: Vec<&str> = given.map(|(_, given)| given.as_str()).collect();
                let wanted = self.texts(wanted);
                let (for_all, operator) = match operator.strip_prefix("ForAllValues:") {
                    Some(operator) => (true, operator),
                    None => (false, operator.as_str()),
                };
                if operator == "Null" {
                    return wanted == [given.is_empty().to_string()];
                }
                let compare = |given: &&str| {
                    wanted.iter().any(|wanted| match operator {
                        "StringEquals" => wanted == given,
                        "StringLike" | "ArnLike" => matches(wanted, given),
                        other => panic!("the operator {other} is not known here"),
                    })
                };
                // A request without values matches a condition on all values.
                (for_all || !given.is_empty()) && given.iter().all(compare)
            })
    }

    fn decide<'s>(
        &self,
        statements: impl Iterator<Item = &'s Json>,
        request: &Request<'_>,
    ) -> bool {
        let (deny, allow): (Vec<_>, Vec<_>) = statements
            .filter(|statement| self.applies(statement, request))
            .partition(|statement| statement["Effect"] == "Deny");
        deny.is_empty() && !allow.is_empty()
    }

    /// Returns true if a managed policy of the template allows a request.
    pub(crate) fn policy_permits(&self, id: &str, request: &Request<'_>) -> bool {
        let (_, properties) = self.resource(id);
        let statements = properties["PolicyDocument"]["Statement"].as_array();
        self.decide(statements.into_iter().flatten(), request)
    }

    /// Returns true if both the policies and the permissions boundary of a role allow a request.
    pub(crate) fn may(&self, id: &str, request: &Request<'_>) -> bool {
        let (_, properties) = self.resource(id);
        let within = properties["PermissionsBoundary"]["Ref"]
            .as_str()
            .is_none_or(|boundary| self.policy_permits(boundary, request));
        within && self.decide(self.statements(id), request)
    }

    /// Returns true if a job with these token claims can assume a role.
    pub(crate) fn assumes(&self, id: &str, claims: &[(&str, &str)]) -> bool {
        let (_, properties) = self.resource(id);
        let statements = properties["AssumeRolePolicyDocument"]["Statement"].as_array();
        let keys: Vec<(String, &str)> = claims
            .iter()
            .map(|(name, value)| {
                (
                    format!("token.actions.githubusercontent.com:{name}"),
                    *value,
                )
            })
            .collect();
        let mut request = Request::new("sts:AssumeRoleWithWebIdentity", "");
        for (key, value) in &keys {
            request = request.with(key, *value);
        }
        self.decide(statements.into_iter().flatten(), &request)
    }
}

/// Returns true if a pattern matches the whole text; `*` matches any text and `?` one character.
fn matches(pattern: &str, text: &str) -> bool {
    match pattern.chars().next() {
        None => text.is_empty(),
        Some('*') => {
            let rest = &pattern[1..];
            text.char_indices()
                .map(|(at, _)| at)
                .chain([text.len()])
                .any(|at| matches(rest, &text[at..]))
        }
        Some(first) => text.chars().next().is_some_and(|given| {
            (first == '?' || first == given)
                && matches(&pattern[first.len_utf8()..], &text[given.len_utf8()..])
        }),
    }
}
