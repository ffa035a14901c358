//! Collects the policies that apply to a caller and to a resource.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Value as JsonValue, json};

use super::access_of;
use super::managed::managed_policy;
use crate::answer::Answer;
use crate::policy::{Document, Policies, choices};
use crate::world::{NodeId, World};

/// Policies from outside of the app that limit everything in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Guards {
    /// Service control policies: the documents of each level of the organization.
    pub(crate) levels: Vec<Vec<Document>>,
    /// Policies of the roles that were asked about.
    roles: RefCell<BTreeMap<NodeId, Rc<PolicySet>>>,
    targets: RefCell<BTreeMap<NodeId, Rc<PolicySet>>>,
}

impl Guards {
    /// Returns the policies of a role: inline and attached ones, its boundary, and the guards.
    pub(super) fn role(&self, world: &World, role: NodeId) -> Rc<PolicySet> {
        let known = self.roles.borrow().get(&role).cloned();
        known.unwrap_or_else(|| {
            let set = Rc::new(PolicySet::of_role(world, self, role));
            self.roles.borrow_mut().insert(role, Rc::clone(&set));
            set
        })
    }

    /// Returns the policies of a resource.
    pub(super) fn target(&self, world: &World, target: NodeId) -> Rc<PolicySet> {
        let known = self.targets.borrow().get(&target).cloned();
        known.unwrap_or_else(|| {
            let set = Rc::new(PolicySet::of_target(world, target));
            self.targets.borrow_mut().insert(target, Rc::clone(&set));
            set
        })
    }
}

/// Policies with the resources and properties that contain them.
#[derive(Clone, Debug, Default)]
pub(super) struct PolicySet {
    pub(super) policies: Policies,
    places: Vec<(NodeId, String)>,
}

/// Start of the names of documents of resources.
const ON_TARGET: &str = "target:";

/// Returns the resource and property that contain a document of a caller or of a resource.
pub(super) fn find_place<'s>(
    caller: &'s PolicySet,
    target: &'s PolicySet,
    document: &str,
) -> Option<(NodeId, &'s str)> {
    let (set, index) = match document.strip_prefix(ON_TARGET) {
        Some(index) => (target, index),
        None => (caller, document),
    };
    let (node, property) = set.places.get(index.parse::<usize>().ok()?)?;
    Some((*node, property))
}

/// Types whose policy documents apply to other resources: the property that names them, and that with the document.
const ATTACHED: &[(&str, &str, &str)] = &[
    ("AWS::S3::BucketPolicy", "Bucket", "PolicyDocument"),
    ("AWS::SQS::QueuePolicy", "Queues", "PolicyDocument"),
    ("AWS::SQS::QueueInlinePolicy", "Queue", "PolicyDocument"),
    ("AWS::SNS::TopicPolicy", "Topics", "PolicyDocument"),
    ("AWS::SNS::TopicInlinePolicy", "TopicArn", "PolicyDocument"),
    (
        "AWS::SecretsManager::ResourcePolicy",
        "SecretId",
        "ResourcePolicy",
    ),
    (
        "AWS::Kinesis::ResourcePolicy",
        "ResourceArn",
        "ResourcePolicy",
    ),
    (
        "AWS::S3Tables::TableBucketPolicy",
        "TableBucketARN",
        "ResourcePolicy",
    ),
];

/// Types with a policy document of their own, and the property with it.
const OWN: &[(&str, &str)] = &[
    ("AWS::KMS::Key", "KeyPolicy"),
    ("AWS::ECR::Repository", "RepositoryPolicyText"),
    ("AWS::EFS::FileSystem", "FileSystemPolicy"),
    ("AWS::DynamoDB::Table", "ResourcePolicy/PolicyDocument"),
    ("AWS::OpenSearchService::Domain", "AccessPolicies"),
    ("AWS::Elasticsearch::Domain", "AccessPolicies"),
    ("AWS::IAM::Role", "AssumeRolePolicyDocument"),
    ("AWS::ApiGateway::RestApi", "Policy"),
    ("AWS::Events::EventBus", "Policy"),
];

#[expect(clippy::single_match_else, reason = "both sides are of equal weight")]
impl PolicySet {
    fn of_role(world: &World, guards: &Guards, role: NodeId) -> Self {
        let mut set = Self::default();
        set.policies.levels.clone_from(&guards.levels);
        for (index, (policy, certain)) in choices(world.property(role, "Policies"))
            .into_iter()
            .enumerate()
        {
            let property = format!("Policies[{index}].PolicyDocument");
            set.add_identity(role, &property, &policy["PolicyDocument"], certain);
        }
        for (index, (arn, certain)) in choices(world.property(role, "ManagedPolicyArns"))
            .into_iter()
            .enumerate()
        {
            let property = format!("ManagedPolicyArns[{index}]");
            let found = world.denoted_of_type(arn, &["AWS::IAM::ManagedPolicy"]);
            match found {
                Some(policy) => {
                    let document = world.property(policy, "PolicyDocument");
                    set.add_identity(policy, "PolicyDocument", document, certain);
                }
                None => {
                    let known = arn.as_str().and_then(managed_policy);
                    set.add_identity(role, &property, &known.unwrap_or(JsonValue::Null), certain);
                }
            }
        }
        for node in world.of_type(&[
            "AWS::IAM::Policy",
            "AWS::IAM::ManagedPolicy",
            "AWS::IAM::RolePolicy",
        ]) {
            let named = ["Roles", "RoleName"].iter().any(|path| {
                choices(world.property(node, path))
                    .iter()
                    .any(|(value, _)| world.denoted_by(value) == Some(role))
            });
            if named {
                let certain = world.node(node).exists == Answer::Yes;
                set.add_identity(
                    node,
                    "PolicyDocument",
                    world.property(node, "PolicyDocument"),
                    certain,
                );
            }
        }
        let boundary = world.property(role, "PermissionsBoundary");
        if !boundary.is_null() {
            let document = match world.denoted_of_type(boundary, &["AWS::IAM::ManagedPolicy"]) {
                Some(policy) => {
                    let name = set.add_place(policy, "PolicyDocument");
                    Document::parse(name, world.property(policy, "PolicyDocument"))
                }
                None => {
                    let name = set.add_place(role, "PermissionsBoundary");
                    match boundary.as_str().and_then(managed_policy) {
                        Some(known) => Document::parse(name, &known),
                        None => Document::unknown(name),
                    }
                }
            };
            set.policies.boundary = Some(document);
        }
        set
    }

    /// Collects the policies of a resource.
    pub(super) fn of_target(world: &World, target: NodeId) -> Self {
        let mut set = Self::default();
        set.policies.access = access_of(&world.node(target).type_name);
        for (node, property, document, certain) in resource_documents(world, target) {
            let name = set.add_place(node, &property);
            let mut document = Document::parse(format!("{ON_TARGET}{name}"), &document);
            for statement in &mut document.statements {
                statement.certain &= certain;
            }
            set.policies.resource.push(document);
        }
        set
    }

    fn add_place(&mut self, node: NodeId, property: &str) -> String {
        self.places.push((node, property.to_owned()));
        (self.places.len() - 1).to_string()
    }

    fn add_identity(&mut self, node: NodeId, property: &str, document: &JsonValue, certain: bool) {
        let name = self.add_place(node, property);
        let mut document = Document::parse(name, document);
        for statement in &mut document.statements {
            statement.certain &= certain;
        }
        self.policies.identity.push(document);
    }
}

/// Returns the policy documents of a resource: where each is, its content, and whether it is certain to apply.
pub(super) fn resource_documents(
    world: &World,
    target: NodeId,
) -> Vec<(NodeId, String, JsonValue, bool)> {
    let mut found = Vec::new();
    let type_name = world.node(target).type_name.as_str();
    if let Some((_, path)) = OWN.iter().find(|(name, _)| *name == type_name) {
        let document = parse_text(world.property(target, path));
        if !document.is_null() {
            found.push((target, path.replace('/', "."), document, true));
        }
    }
    for (policy_type, names, path) in ATTACHED {
        for node in world.of_type(&[policy_type]) {
            for (value, certain) in choices(world.property(node, names)) {
                if world.denoted_by(value) == Some(target) {
                    let certain = certain && world.node(node).exists == Answer::Yes;
                    found.push((
                        node,
                        (*path).to_owned(),
                        parse_text(world.property(node, path)),
                        certain,
                    ));
                }
            }
        }
    }
    if type_name == "AWS::Lambda::Function" {
        for node in world.of_type(&["AWS::Lambda::Permission"]) {
            if world.denoted_by(world.property(node, "FunctionName")) == Some(target) {
                let certain = world.node(node).exists == Answer::Yes;
                found.push((
                    node,
                    String::new(),
                    permission_document(world, node),
                    certain,
                ));
            }
        }
    }
    found
}

/// Some types take a policy document as text.
fn parse_text(value: &JsonValue) -> JsonValue {
    match value {
        JsonValue::String(text) => serde_json::from_str(text).unwrap_or(JsonValue::Bool(false)),
        other => other.clone(),
    }
}

/// Returns the statement that a Lambda permission adds to the policy of the function.
fn permission_document(world: &World, node: NodeId) -> JsonValue {
    let who = world.text(node, "Principal").unwrap_or_default();
    let principal = if who == "*" {
        json!("*")
    } else if who.ends_with(".amazonaws.com") || who.ends_with(".amazonaws.com.cn") {
        json!({ "Service": who })
    } else {
        json!({ "AWS": who })
    };
    let mut condition = serde_json::Map::new();
    let mut require = |operator: &str, key: &str, path: &str| {
        let value = world.property(node, path);
        if !value.is_null() {
            condition.insert(operator.to_owned(), json!({ key: value }));
        }
    };
    require("ArnLike", "aws:SourceArn", "SourceArn");
    require("StringEquals", "aws:SourceAccount", "SourceAccount");
    require(
        "StringEqualsIgnoreCase",
        "aws:PrincipalOrgID",
        "PrincipalOrgID",
    );
    require("StringLike", "lambda:EventSourceToken", "EventSourceToken");
    require(
        "ForAnyValue:StringEquals",
        "lambda:FunctionUrlAuthType",
        "FunctionUrlAuthType",
    );
    json!({ "Statement": {
        "Effect": "Allow",
        "Principal": principal,
        "Action": world.property(node, "Action"),
        "Condition": condition,
    }})
}
