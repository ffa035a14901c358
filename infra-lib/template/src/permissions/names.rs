//! The roles and other IAM entities of an assembly, as ARNs and patterns for the resources of a policy.

use std::collections::BTreeSet;

use serde_json::Value as JsonValue;

use super::for_each_template;
use crate::TemplateResource;
use crate::assembly::{CloudAssembly, Stack};

/// Entities of IAM that have a name: type, property with the name, and kind in the ARN.
const ENTITIES: &[(&str, &str, &str)] = &[
    ("AWS::IAM::Group", "GroupName", "group"),
    (
        "AWS::IAM::InstanceProfile",
        "InstanceProfileName",
        "instance-profile",
    ),
    ("AWS::IAM::ManagedPolicy", "ManagedPolicyName", "policy"),
    ("AWS::IAM::Role", "RoleName", "role"),
    ("AWS::IAM::User", "UserName", "user"),
];

/// Number of characters of the stack name with which CloudFormation begins the name of an IAM entity at most.
const STACK_NAME_START: usize = 24;

/// Returns `true` for resource types whose IAM actions can be limited to the entities of the app.
pub(super) fn is_named_entity(type_name: &str) -> bool {
    matches!(
        type_name,
        "AWS::IAM::Policy"
            | "AWS::IAM::RolePolicy"
            | "AWS::IAM::GroupPolicy"
            | "AWS::IAM::UserPolicy"
    ) || ENTITIES.iter().any(|(entity, ..)| *entity == type_name)
}

/// The IAM entities and principals that the templates of an app contain.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Names {
    /// ARNs of all entities that the app creates, with `*` for generated parts, and of the entities that its policies are attached to.
    pub(super) entities: BTreeSet<String>,
    /// ARNs of the roles that the app creates or names, with `*` for generated parts.
    pub(super) roles: BTreeSet<String>,
    /// Services that the roles of the app trust.
    pub(super) services: BTreeSet<String>,
    /// `true` if a role or the service that it trusts is not written in the templates.
    pub(super) unknown_service: bool,
    /// Partition of the stacks, for example `aws`.
    pub(super) partition: &'static str,
}

impl Names {
    pub(super) fn of_assembly(assembly: &CloudAssembly) -> Self {
        let regions = assembly
            .stacks
            .iter()
            .filter_map(|stack| stack.region.as_deref());
        let mut found = Self {
            partition: regions.map(partition_of).next().unwrap_or("aws"),
            ..Self::default()
        };
        for stack in &assembly.stacks {
            let single = CloudAssembly::new(vec![stack.clone()]);
            for_each_template(&single, |template, _| {
                for resource in template.resources() {
                    found.add_entity(stack, resource);
                    found.add_attachments(stack, resource);
                }
                found.add_literal_roles(&JsonValue::Object(template.document().clone()));
            });
        }
        found
    }

    fn add_entity(&mut self, stack: &Stack, resource: TemplateResource<'_>) {
        let Some((_, property, kind)) = ENTITIES
            .iter()
            .find(|(entity, ..)| *entity == resource.type_name)
        else {
            return;
        };
        let properties = resource.properties();
        let find = |name: &str| properties.and_then(|all| all.get(name));
        let (path, name) = match (find("Path"), find(property)) {
            (Some(path), _) if !path.is_string() => ("/", "*".to_owned()),
            (path, name) => {
                let name = match name {
                    Some(JsonValue::String(name)) => name.clone(),
                    Some(_) => "*".to_owned(),
                    None => generated_name(&stack.name),
                };
                (path.and_then(JsonValue::as_str).unwrap_or("/"), name)
            }
        };
        let arn = entity_arn(stack, kind, path, &name);
        self.entities.insert(arn.clone());
        if *kind == "role" {
            self.roles.insert(arn);
            self.add_trusted_services(find("AssumeRolePolicyDocument"));
        }
    }

    /// Adds an entity that a change removes. The new templates do not have it, so it counts as one with a generated name.
    pub(super) fn add_removed(&mut self, stack: &Stack, type_name: &str) {
        if let Some((.., kind)) = ENTITIES.iter().find(|(entity, ..)| *entity == type_name) {
            let name = generated_name(&stack.name);
            self.entities.insert(entity_arn(stack, kind, "/", &name));
        }
    }

    /// Adds the roles, groups and users that an inline policy names without creating them.
    fn add_attachments(&mut self, stack: &Stack, resource: TemplateResource<'_>) {
        let is_entity = ENTITIES
            .iter()
            .any(|(entity, ..)| *entity == resource.type_name);
        if !is_named_entity(resource.type_name) {
            return;
        }
        let Some(properties) = resource.properties() else {
            return;
        };
        for (plural, singular, kind) in [
            ("Roles", "RoleName", "role"),
            ("Groups", "GroupName", "group"),
            ("Users", "UserName", "user"),
        ] {
            let many = properties.get(plural).and_then(JsonValue::as_array);
            let one = properties.get(singular).filter(|_| !is_entity);
            for name in many.into_iter().flatten().chain(one) {
                if let Some(name) = name.as_str() {
                    self.entities.insert(entity_arn(stack, kind, "/*/", name));
                    self.entities.insert(entity_arn(stack, kind, "/", name));
                }
            }
        }
    }

    fn add_trusted_services(&mut self, trust: Option<&JsonValue>) {
        let statements = trust.map(|document| &document["Statement"]);
        let statements = match statements {
            Some(JsonValue::Array(all)) => all.as_slice(),
            Some(one @ JsonValue::Object(_)) => std::slice::from_ref(one),
            _ => {
                self.unknown_service = true;
                return;
            }
        };
        for statement in statements {
            match &statement["Principal"] {
                JsonValue::Object(principal) => match principal.get("Service") {
                    None => {}
                    Some(JsonValue::Array(services)) => {
                        for service in services {
                            self.add_service(service);
                        }
                    }
                    Some(service) => self.add_service(service),
                },
                _ => self.unknown_service = true,
            }
        }
    }

    fn add_service(&mut self, service: &JsonValue) {
        match service {
            JsonValue::String(service) => {
                self.services.insert(service.clone());
            }
            _ => self.unknown_service = true,
        }
    }

    /// Adds the roles of other owners that a template names by ARN. Which services they trust is not known.
    fn add_literal_roles(&mut self, value: &JsonValue) {
        match value {
            JsonValue::String(text) => {
                let mut parts = text.splitn(6, ':');
                let is_role = parts.next() == Some("arn")
                    && parts.nth(1) == Some("iam")
                    && parts.nth(2).is_some_and(|rest| rest.starts_with("role/"));
                if is_role && !text.contains("${") {
                    self.roles.insert(text.clone());
                    self.unknown_service = true;
                }
            }
            JsonValue::Array(items) => items.iter().for_each(|item| self.add_literal_roles(item)),
            // A policy names roles that assume or use something; none of them is passed.
            JsonValue::Object(entries) if entries.contains_key("Statement") => {}
            JsonValue::Object(entries) => {
                for entry in entries.values() {
                    self.add_literal_roles(entry);
                }
            }
            _ => {}
        }
    }
}

/// Returns the pattern of the names that CloudFormation generates for IAM entities of a stack.
fn generated_name(stack: &str) -> String {
    match stack.char_indices().nth(STACK_NAME_START) {
        Some((end, _)) => format!("{}*", &stack[..end]),
        None => format!("{stack}-*"),
    }
}

fn entity_arn(stack: &Stack, kind: &str, path: &str, name: &str) -> String {
    let partition = stack.region.as_deref().map_or("aws", partition_of);
    let account = stack.account.as_deref().unwrap_or("*");
    format!("arn:{partition}:iam::{account}:{kind}{path}{name}")
}

/// Returns the partition of a region. An unknown region counts as one of the partition `aws`, as in the SDKs.
fn partition_of(region: &str) -> &'static str {
    const PARTITIONS: &[(&str, &str)] = &[
        ("cn-", "aws-cn"),
        ("eusc-", "aws-eusc"),
        ("us-gov-", "aws-us-gov"),
        ("us-iso-", "aws-iso"),
        ("us-isob-", "aws-iso-b"),
        ("eu-isoe-", "aws-iso-e"),
        ("us-isof-", "aws-iso-f"),
        ("eu-isof-", "aws-iso-f"),
    ];
    let known = PARTITIONS
        .iter()
        .find(|(start, _)| region.starts_with(start));
    known.map_or("aws", |(_, partition)| partition)
}
