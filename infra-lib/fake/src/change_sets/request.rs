//! Creates change sets: validates requests, and creates stacks in review.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value as JsonValue;
use time::OffsetDateTime;

use super::super::names;
use super::super::stacks::{Deployed, Stack};
use super::super::world::State;
use super::{ChangeSet, cloudformation_error};
use infra_aws::{
    ApiError, ChangeSetStatus, ChangeSetType, CreateChangeSet, CreatedChangeSet, ExecutionStatus,
    OnFailure, TemplateSource,
};
use infra_core::quotas::INLINE_TEMPLATE_BYTES;
use infra_template::Template;

impl State {
    /// Implements `CreateChangeSet`: the changes become visible after a delay.
    pub(crate) fn create_change_set(
        &mut self,
        region: &str,
        request: &CreateChangeSet,
        now: OffsetDateTime,
    ) -> Result<CreatedChangeSet, ApiError> {
        const OPERATION: &str = "CreateChangeSet";
        let invalid = |message: String| cloudformation_error(OPERATION, "ValidationError", message);
        let stack_id = self.find_or_create_stack(region, request, now)?;
        let twin = self
            .change_sets
            .values()
            .find(|known| known.stack_id == stack_id && known.name == request.name);
        if let Some(twin) = twin {
            if twin.request.token == request.token {
                return Ok(CreatedChangeSet::new(twin.id.clone(), stack_id));
            }
            return Err(cloudformation_error(
                OPERATION,
                "AlreadyExistsException",
                format!(
                    "ChangeSet {} cannot be created due to a mismatch with existing attribute ClientToken",
                    request.name
                ),
            ));
        }
        let stack = self.stacks.get(&stack_id).cloned().unwrap_or_default();
        let text = self.read_template(&request.template, &stack)?;
        let template = Template::parse(&text)
            .map_err(|error| invalid(format!("Template format error: {error}")))?;
        validate_request(&template, &stack.parse_template(), request)?;
        let target = Deployed {
            parameters: resolve_parameters(&template, &stack, request)?,
            template: text,
            tags: request.tags.clone(),
            capabilities: request.capabilities.clone(),
            notification_arns: request.notification_arns.clone(),
        };
        let number = self.next_number();
        let mut set = ChangeSet {
            id: names::change_set_arn(region, &request.name, number),
            name: request.name.clone(),
            stack_id: stack_id.clone(),
            region: region.to_owned(),
            description: request.description.clone(),
            kind: request.change_set_type.clone(),
            request: request.clone(),
            created: now,
            status: ChangeSetStatus::CreatePending,
            reason: None,
            execution: ExecutionStatus::Unavailable,
            changes: Vec::new(),
            validation: self
                .script
                .validation
                .get(&stack.name)
                .cloned()
                .unwrap_or_default(),
            hooks: self
                .script
                .hooks
                .get(&stack.name)
                .cloned()
                .unwrap_or_default(),
            parent: None,
            failure_reason: None,
            ready: now
                + self
                    .script
                    .change_set_takes
                    .unwrap_or(Duration::from_secs(3)),
            target,
        };
        self.compute_outcome(&mut set, &stack, &template, request, now);
        let created = CreatedChangeSet::new(set.id.clone(), stack_id);
        self.change_sets.insert(set.id.clone(), set);
        Ok(created)
    }

    /// Returns the stack of a change set, and creates one in review if it does not exist.
    fn find_or_create_stack(
        &mut self,
        region: &str,
        request: &CreateChangeSet,
        now: OffsetDateTime,
    ) -> Result<String, ApiError> {
        let invalid =
            |message: String| cloudformation_error("CreateChangeSet", "ValidationError", message);
        let name = &request.stack_name;
        match (&request.change_set_type, self.find_stack(region, name)) {
            (ChangeSetType::Update, None) => Err(invalid(format!("Stack [{name}] does not exist"))),
            (ChangeSetType::Update, Some(stack)) if stack.status == "REVIEW_IN_PROGRESS" => {
                Err(invalid(format!("Stack [{name}] does not exist")))
            }
            (ChangeSetType::Create, Some(stack)) if stack.status != "REVIEW_IN_PROGRESS" => {
                Err(invalid(format!(
                    "Stack [{name}] already exists and cannot be created again with the changeSet [{}].",
                    request.name
                )))
            }
            (_, Some(stack)) => {
                let refused = stack.status.ends_with("_IN_PROGRESS")
                    && stack.status != "REVIEW_IN_PROGRESS"
                    || stack.status.ends_with("ROLLBACK_FAILED")
                    || stack.status.starts_with("DELETE_")
                    || matches!(&*stack.status, "ROLLBACK_COMPLETE" | "CREATE_FAILED");
                if refused {
                    return Err(invalid(format!(
                        "Stack:{} is in {} state and can not be updated.",
                        stack.id, stack.status
                    )));
                }
                Ok(stack.id.clone())
            }
            (_, None) => {
                let number = self.next_number();
                let id = names::stack_arn(region, name, number);
                let mut stack = Stack {
                    id: id.clone(),
                    name: name.clone(),
                    region: region.to_owned(),
                    created: Some(now),
                    ..Stack::default()
                };
                stack.set_status(now, "REVIEW_IN_PROGRESS", Some("User Initiated".to_owned()));
                self.stacks.insert(id.clone(), stack);
                Ok(id)
            }
        }
    }

    fn read_template(&self, source: &TemplateSource, stack: &Stack) -> Result<String, ApiError> {
        let invalid =
            |message: String| cloudformation_error("CreateChangeSet", "ValidationError", message);
        match source {
            TemplateSource::Body(text) if text.len() > INLINE_TEMPLATE_BYTES => Err(invalid(
                "1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200".to_owned(),
            )),
            TemplateSource::Body(text) => Ok(text.clone()),
            TemplateSource::Previous => Ok(stack.deployed.template.clone()),
            TemplateSource::Url(url) => {
                self.template_at(url).ok_or_else(|| {
                    invalid("S3 error: The specified key does not exist.".to_owned())
                })
            }
        }
    }
}

/// Validates a request before the change set is created.
fn validate_request(
    template: &Template,
    old: &Template,
    request: &CreateChangeSet,
) -> Result<(), ApiError> {
    let invalid = |message: String| {
        Err(cloudformation_error(
            "CreateChangeSet",
            "ValidationError",
            message,
        ))
    };
    if template.resources().next().is_none() {
        return invalid(
            "Template format error: At least one Resources member must be defined.".to_owned(),
        );
    }
    let unknown: Vec<&str> = template
        .resources()
        .map(|resource| resource.type_name)
        .filter(|name| infra_schema::resource(name).is_none())
        .collect();
    if !unknown.is_empty() {
        return invalid(format!(
            "Template format error: Unrecognized resource types: [{}]",
            unknown.join(", ")
        ));
    }
    let moved: Vec<&str> = template
        .resources()
        .filter(|new| {
            old.find_resource(new.logical_id)
                .is_some_and(|old| old.type_name != new.type_name)
        })
        .map(|new| new.logical_id)
        .collect();
    if !moved.is_empty() {
        return invalid(format!(
            "Update of resource type is not permitted. The new template modifies resource type of the following resources: [{}]",
            moved.join(", ")
        ));
    }
    let mut needed = None;
    for resource in template.resources() {
        let iam = [
            "AWS::IAM::Role",
            "AWS::IAM::Policy",
            "AWS::IAM::User",
            "AWS::IAM::Group",
            "AWS::IAM::ManagedPolicy",
            "AWS::IAM::InstanceProfile",
        ];
        if iam.contains(&resource.type_name) {
            let named = resource.properties().is_some_and(|properties| {
                properties
                    .keys()
                    .any(|key| key.ends_with("Name") && key != "PolicyName")
            });
            if named {
                needed = Some("CAPABILITY_NAMED_IAM");
            } else {
                needed = needed.or(Some("CAPABILITY_IAM"));
            }
        }
    }
    let given = |name: &str| request.capabilities.iter().any(|given| given == name);
    let enough = match needed {
        None => true,
        Some("CAPABILITY_IAM") => given("CAPABILITY_IAM") || given("CAPABILITY_NAMED_IAM"),
        Some(named) => given(named),
    };
    if let Some(needed) = needed.filter(|_| !enough) {
        return Err(cloudformation_error(
            "CreateChangeSet",
            "InsufficientCapabilitiesException",
            format!("Requires capabilities : [{needed}]"),
        ));
    }
    if request.on_failure == OnFailure::Delete && request.change_set_type != ChangeSetType::Create {
        return invalid(
            "OnStackFailure DELETE is only valid for change sets of type CREATE".to_owned(),
        );
    }
    Ok(())
}

/// Returns the values of all parameters of a template.
fn resolve_parameters(
    template: &Template,
    stack: &Stack,
    request: &CreateChangeSet,
) -> Result<BTreeMap<String, String>, ApiError> {
    let invalid =
        |message: String| cloudformation_error("CreateChangeSet", "ValidationError", message);
    let declared: BTreeMap<&str, &JsonValue> = template.section_entries("Parameters").collect();
    let unknown: Vec<&str> = request
        .parameters
        .keys()
        .map(String::as_str)
        .filter(|name| !declared.contains_key(name))
        .collect();
    if !unknown.is_empty() {
        return Err(invalid(format!(
            "Parameters: [{}] do not exist in the template",
            unknown.join(", ")
        )));
    }
    let mut values = BTreeMap::new();
    let mut missing = Vec::new();
    for (name, declaration) in declared {
        let given = match request.parameters.get(name) {
            Some(Some(value)) => Some(value.clone()),
            Some(None) => stack.deployed.parameters.get(name).cloned(),
            None => declaration
                .get("Default")
                .map(super::super::evaluate::as_text),
        };
        match given {
            Some(value) => {
                values.insert(name.to_owned(), value);
            }
            None => missing.push(name),
        }
    }
    if missing.is_empty() {
        Ok(values)
    } else {
        Err(invalid(format!(
            "Parameters: [{}] must have values",
            missing.join(", ")
        )))
    }
}
