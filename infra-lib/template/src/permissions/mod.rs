//! The least IAM permissions with which CloudFormation deploys an app, from the permissions that the handlers of its
//! resource types declare.
//!
//! [`permissions_for_app`] allows every change of the resources of an app, [`permissions_for_changes`] exactly the changes
//! of a review and their rollback. [`Permissions::policy`] is the policy for the role that CloudFormation assumes.
//!
//! ```
//! use infra_template::assembly::CloudAssembly;
//! use infra_template::permissions::permissions_for_app;
//!
//! let permissions = permissions_for_app(&CloudAssembly::new(Vec::new()));
//! assert!(permissions.actions.is_empty());
//! ```

mod names;
mod policy;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use infra_schema::handlers::{Handler, find_permissions};
use serde_json::Value as JsonValue;

use crate::assembly::CloudAssembly;
use crate::review::{Action, PolicyAction, ResourceChange, Review};
use crate::{Template, TemplateResource};
use names::Names;
pub use policy::{MANAGED_POLICY_QUOTA, PolicyComparison};

/// The permissions that a deployment needs.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Permissions {
    /// Actions such as `sqs:CreateQueue`, each with the resource types or template entries that need it.
    pub actions: BTreeMap<String, BTreeSet<String>>,
    /// Resource types whose handlers declare no permissions, each with the paths of its resources. Their permissions are not included.
    pub undeclared: BTreeMap<String, BTreeSet<String>>,
    names: Names,
}

/// Types that call no service while they are deployed.
const WITHOUT_CALLS: &[&str] = &[
    "AWS::CDK::Metadata",
    "AWS::CloudFormation::WaitCondition",
    "AWS::CloudFormation::WaitConditionHandle",
];

/// Types of parameters whose values CloudFormation checks, with the action of the check.
///
/// AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html>
const CHECKED_PARAMETERS: &[(&str, &str)] = &[
    ("AWS::SSM::Parameter::", "ssm:GetParameters"),
    (
        "AWS::EC2::AvailabilityZone::Name",
        "ec2:DescribeAvailabilityZones",
    ),
    ("AWS::EC2::Image::Id", "ec2:DescribeImages"),
    ("AWS::EC2::Instance::Id", "ec2:DescribeInstances"),
    ("AWS::EC2::KeyPair::KeyName", "ec2:DescribeKeyPairs"),
    ("AWS::EC2::SecurityGroup::", "ec2:DescribeSecurityGroups"),
    ("AWS::EC2::Subnet::Id", "ec2:DescribeSubnets"),
    ("AWS::EC2::Volume::Id", "ec2:DescribeVolumes"),
    ("AWS::EC2::VPC::Id", "ec2:DescribeVpcs"),
    ("AWS::Route53::HostedZone::Id", "route53:GetHostedZone"),
];

/// Dynamic references, with the actions that resolve them.
///
/// AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html>
const DYNAMIC_REFERENCES: &[(&str, &[&str])] = &[
    ("{{resolve:ssm:", &["ssm:GetParameters"]),
    (
        "{{resolve:ssm-secure:",
        &["kms:Decrypt", "ssm:GetParameters"],
    ),
    (
        "{{resolve:secretsmanager:",
        &["secretsmanager:GetSecretValue"],
    ),
];

/// Returns the permissions for every change of the resources of an app: to create, update, replace and delete them.
pub fn permissions_for_app(assembly: &CloudAssembly) -> Permissions {
    const ANY: &[Handler] = &[
        Handler::Create,
        Handler::Read,
        Handler::Update,
        Handler::Delete,
        Handler::Tag,
    ];
    let mut found = Permissions::new(assembly);
    for_each_template(assembly, |template, path| {
        for resource in template.resources() {
            let path = format!("{path}/{}", resource.logical_id);
            found.add_resource(resource.type_name, &path, ANY);
            found.add_custom_resource(resource);
        }
        found.add_template(template);
    });
    found
}

/// Returns the permissions for the changes of a review and for their rollback. `assembly` is the new state of the app.
///
/// Values of parameters and dynamic references are resolved in each deployment of a stack; the permissions for them are
/// included for every stack that changes.
pub fn permissions_for_changes(assembly: &CloudAssembly, review: &Review) -> Permissions {
    let mut found = Permissions::new(assembly);
    for stack in &review.stacks {
        let deployed = assembly.stacks.iter().find(|one| one.name == stack.stack);
        for change in &stack.resources {
            let resource = &change.resource;
            if let (Some(deployed), Action::Remove) = (deployed, &change.action) {
                found.names.add_removed(deployed, &resource.type_name);
            }
            let path = format!("{}/{}", resource.stack, resource.logical_id);
            found.add_resource(&resource.type_name, &path, handlers_of_change(change));
        }
        let changes = !stack.resources.is_empty() || !stack.sections.is_empty();
        let Some(deployed) = deployed else {
            continue;
        };
        if !changes {
            continue;
        }
        found.add_template(&deployed.template);
        for (path, template) in deployed.nested_templates() {
            found.add_template(&template);
            found.add_changed_custom_resources(&template, &path, &stack.resources);
        }
        found.add_changed_custom_resources(&deployed.template, "", &stack.resources);
    }
    found
}

/// Returns the handlers that CloudFormation calls for a change, and for its rollback.
fn handlers_of_change(change: &ResourceChange) -> &'static [Handler] {
    match &change.action {
        Action::Add => &[
            Handler::Create,
            Handler::Read,
            Handler::Tag,
            Handler::Delete,
        ],
        Action::Import => &[Handler::Read, Handler::Update, Handler::Tag],
        // The rollback of a stack does not create what was deleted: deletions come last.
        Action::Remove => match &change.policy_action {
            Some(PolicyAction::Retain) => &[],
            _ => &[Handler::Read, Handler::Delete],
        },
        Action::SyncWithActual => &[Handler::Read],
        Action::Modify if !change.replacement.is_possible() => {
            &[Handler::Read, Handler::Update, Handler::Tag]
        }
        _ => &[
            Handler::Create,
            Handler::Read,
            Handler::Update,
            Handler::Tag,
            Handler::Delete,
        ],
    }
}

/// Calls `visit` with every template of an assembly and the name of its stack, with the path of a nested stack.
fn for_each_template(assembly: &CloudAssembly, mut visit: impl FnMut(&Template, &str)) {
    for stack in &assembly.stacks {
        visit(&stack.template, &stack.name);
        for (path, template) in stack.nested_templates() {
            visit(&template, &format!("{}/{path}", stack.name));
        }
    }
}

fn is_custom_resource(type_name: &str) -> bool {
    type_name.starts_with("Custom::") || type_name == "AWS::CloudFormation::CustomResource"
}

impl Permissions {
    fn new(assembly: &CloudAssembly) -> Self {
        Self {
            actions: BTreeMap::new(),
            undeclared: BTreeMap::new(),
            names: Names::of_assembly(assembly),
        }
    }

    fn add_resource(&mut self, type_name: &str, path: &str, handlers: &[Handler]) {
        if handlers.is_empty()
            || WITHOUT_CALLS.contains(&type_name)
            || is_custom_resource(type_name)
        {
            return;
        }
        let Some(declared) = find_permissions(type_name) else {
            let resources = self.undeclared.entry(type_name.to_owned()).or_default();
            resources.insert(path.to_owned());
            return;
        };
        for handler in handlers {
            for action in declared.actions(*handler) {
                self.add_action(action, type_name);
            }
        }
    }

    /// Adds an action in its first spelling: schemas differ in the case of some.
    fn add_action(&mut self, action: String, needed_by: &str) {
        let known = self
            .actions
            .keys()
            .find(|known| known.eq_ignore_ascii_case(&action))
            .cloned();
        let reasons = self.actions.entry(known.unwrap_or(action)).or_default();
        reasons.insert(needed_by.to_owned());
    }

    fn add_changed_custom_resources(
        &mut self,
        template: &Template,
        above: &str,
        changes: &[ResourceChange],
    ) {
        for resource in template.resources() {
            let id = crate::nested::nested_path(above, resource.logical_id);
            if changes
                .iter()
                .any(|change| change.resource.logical_id == id)
            {
                self.add_custom_resource(resource);
            }
        }
    }

    /// Adds the call of the function or topic behind a custom resource.
    fn add_custom_resource(&mut self, resource: TemplateResource<'_>) {
        if !is_custom_resource(resource.type_name) {
            return;
        }
        let token = resource
            .properties()
            .and_then(|all| all.get("ServiceToken"));
        let topic = token
            .and_then(JsonValue::as_str)
            .is_some_and(|arn| arn.split(':').nth(2) == Some("sns"));
        let action = if topic {
            "sns:Publish"
        } else {
            "lambda:InvokeFunction"
        };
        self.add_action(action.to_owned(), resource.type_name);
    }

    /// Adds the actions that resolve the parameters and dynamic references of a template.
    fn add_template(&mut self, template: &Template) {
        for (name, parameter) in template.section_entries("Parameters") {
            let kind = parameter["Type"].as_str().unwrap_or("");
            for (start, action) in CHECKED_PARAMETERS {
                if kind.contains(start) {
                    self.add_action((*action).to_owned(), &format!("parameter `{name}`"));
                }
            }
        }
        let text = template.json();
        for (start, actions) in DYNAMIC_REFERENCES {
            if text.contains(start) {
                for action in *actions {
                    self.add_action((*action).to_owned(), "dynamic references");
                }
            }
        }
    }
}
