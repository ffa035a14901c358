//! Change sets: made, worked out after a while, described, executed, made obsolete.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value as JsonValue;
use time::OffsetDateTime;

use super::changes::{Beside, Side, changes, touches_free_form};
use super::evaluate::reads_output;
use super::execution::{Before, Execution, Stage};
use super::names;
use super::stacks::{Deployed, Resource, Stack, masked};
use super::world::State;
use infra_aws::{
    ApiError, ApiReplacement, Change, ChangeSetDescription, ChangeSetHook, ChangeSetSettings,
    ChangeSetStatus, ChangeSetSummary, ChangeSetType, CreateChangeSet, CreatedChangeSet,
    ExecuteChangeSet, ExecutionStatus, HookResult, OnFailure, OperationEvent, RollbackTrigger,
    TemplateSource,
};
use infra_core::quotas::INLINE_TEMPLATE_BYTES;
use infra_template::Template;
use infra_template::review::{Action, PolicyAction, Recreation};

pub(super) const NO_CHANGES: &str = "The submitted information didn't contain changes. Submit different information to create a change set.";

/// What it says where the template differs and nothing comes of that.
pub(super) const NO_UPDATES: &str = "No updates are to be performed.";

/// A change set as AWS keeps it.
#[derive(Clone, Debug)]
pub(super) struct ChangeSet {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) stack_id: String,
    pub(super) region: String,
    pub(super) description: Option<String>,
    pub(super) kind: ChangeSetType,
    pub(super) target: Deployed,
    /// The request that it was made with.
    pub(super) request: CreateChangeSet,
    pub(super) created: OffsetDateTime,
    pub(super) status: ChangeSetStatus,
    pub(super) reason: Option<String>,
    pub(super) execution: ExecutionStatus,
    pub(super) changes: Vec<Change>,
    pub(super) validation: Vec<OperationEvent>,
    pub(super) hooks: Vec<(ChangeSetHook, HookResult)>,
    /// The change set of the parent, for one of a nested stack.
    pub(super) parent: Option<String>,
    /// What it will turn out to be: why it fails, if it does.
    pub(super) verdict: Option<String>,
    ready: OffsetDateTime,
}

/// A refusal of CloudFormation.
pub(super) fn refuse(operation: &'static str, code: &str, message: impl Into<String>) -> ApiError {
    ApiError::new("CloudFormation", operation, code, message)
}

/// Drift as a drift-aware change set shows it: AWS takes a property that reads an output of another stack for drifted.
fn shown_drift(resource: &Resource) -> BTreeMap<String, String> {
    let mut drift = resource.drift.clone();
    let properties = resource.entry.get("Properties");
    let properties = properties
        .and_then(JsonValue::as_object)
        .into_iter()
        .flatten();
    for (name, value) in properties.filter(|(_, value)| reads_output(value)) {
        drift
            .entry(format!("/{name}"))
            .or_insert_with(|| value.to_string());
    }
    drift
}

impl State {
    /// `CreateChangeSet`.
    pub(super) fn create_change_set(
        &mut self,
        region: &str,
        request: &CreateChangeSet,
        now: OffsetDateTime,
    ) -> Result<CreatedChangeSet, ApiError> {
        const OPERATION: &str = "CreateChangeSet";
        let invalid = |message: String| refuse(OPERATION, "ValidationError", message);
        let stack_id = self.stack_for(region, request, now)?;
        let twin = self
            .change_sets
            .values()
            .find(|known| known.stack_id == stack_id && known.name == request.name);
        if let Some(twin) = twin {
            if twin.request.token == request.token {
                return Ok(CreatedChangeSet::new(twin.id.clone(), stack_id));
            }
            return Err(refuse(
                OPERATION,
                "AlreadyExistsException",
                format!(
                    "ChangeSet {} cannot be created due to a mismatch with existing attribute ClientToken",
                    request.name
                ),
            ));
        }
        let stack = self.stacks.get(&stack_id).cloned().unwrap_or_default();
        let text = self.template_text(&request.template, &stack)?;
        let template = Template::parse(&text)
            .map_err(|error| invalid(format!("Template format error: {error}")))?;
        check(&template, &stack.template(), request)?;
        let target = Deployed {
            parameters: parameters(&template, &stack, request)?,
            template: text,
            tags: request.tags.clone(),
            capabilities: request.capabilities.clone(),
            notification_arns: request.notification_arns.clone(),
        };
        let number = self.number();
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
            verdict: None,
            ready: now
                + self
                    .script
                    .change_set_takes
                    .unwrap_or(Duration::from_secs(3)),
            target,
        };
        self.judge_change_set(&mut set, &stack, &template, request, now);
        let created = CreatedChangeSet::new(set.id.clone(), stack_id);
        self.change_sets.insert(set.id.clone(), set);
        Ok(created)
    }

    /// The stack that a change set is for; one in review comes to be where there is none.
    fn stack_for(
        &mut self,
        region: &str,
        request: &CreateChangeSet,
        now: OffsetDateTime,
    ) -> Result<String, ApiError> {
        let invalid = |message: String| refuse("CreateChangeSet", "ValidationError", message);
        let name = &request.stack_name;
        match (&request.change_set_type, self.find(region, name)) {
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
                let number = self.number();
                let id = names::stack_arn(region, name, number);
                let mut stack = Stack {
                    id: id.clone(),
                    name: name.clone(),
                    region: region.to_owned(),
                    created: Some(now),
                    ..Stack::default()
                };
                stack.turn(now, "REVIEW_IN_PROGRESS", Some("User Initiated".to_owned()));
                self.stacks.insert(id.clone(), stack);
                Ok(id)
            }
        }
    }

    fn template_text(&self, source: &TemplateSource, stack: &Stack) -> Result<String, ApiError> {
        let invalid = |message: String| refuse("CreateChangeSet", "ValidationError", message);
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

    /// What it will say once it is worked out.
    fn judge_change_set(
        &mut self,
        set: &mut ChangeSet,
        stack: &Stack,
        template: &Template,
        request: &CreateChangeSet,
        now: OffsetDateTime,
    ) {
        let old = stack.template();
        let deployed = &stack.deployed.parameters;
        let before = Side {
            template: &old,
            scope: self.scope_with(stack, &old, deployed.clone()),
            shown: self.scope_with(stack, &old, masked(&old, deployed)),
        };
        let wanted = &set.target.parameters;
        let after = Side {
            template,
            scope: self.scope_with(stack, template, wanted.clone()),
            shown: self.scope_with(stack, template, masked(template, wanted)),
        };
        let drifted = stack.resources.iter().filter(|_| request.revert_drift);
        let beside = Beside {
            tags_changed: stack.status != "REVIEW_IN_PROGRESS"
                && stack.deployed.tags != request.tags,
            imports: &request.imports,
            drift: drifted
                .map(|(id, resource)| (id.clone(), shown_drift(resource)))
                .filter(|(_, drift)| !drift.is_empty())
                .collect(),
        };
        match changes(&before, &after, &beside) {
            Ok(found) => set.changes = found,
            Err(reason) => {
                set.verdict = Some(reason);
                return;
            }
        }
        if request.include_nested && !self.script.ignores_nested_change_sets {
            self.nest_change_sets(set, stack, template, request, now);
            if set.verdict.is_some() {
                return;
            }
        }
        let outputs = |side: &Side<'_>| super::stages::outputs(side.template, &side.scope);
        let same_beside = outputs(&before) == outputs(&after)
            && stack.deployed.tags == request.tags
            && stack.deployed.notification_arns == request.notification_arns
            && (request.role_arn.is_none() || request.role_arn == stack.role_arn);
        let fatal = |event: &OperationEvent| event.failure_mode.as_deref() != Some("WARN");
        let failing: Vec<&str> = set
            .hooks
            .iter()
            .filter(|(_, result)| {
                result.status.ends_with("FAILED") && result.failure_mode.as_deref() != Some("WARN")
            })
            .map(|(hook, _)| hook.type_name.as_str())
            .collect();
        set.verdict = if stack.status != "REVIEW_IN_PROGRESS"
            && set.changes.is_empty()
            && same_beside
        {
            Some(if old == *template {
                NO_CHANGES.to_owned()
            } else {
                NO_UPDATES.to_owned()
            })
        } else if set.validation.iter().any(fatal) {
            let mut named: Vec<String> = set
                .validation
                .iter()
                .filter(|event| fatal(event))
                .map(|event| early_validation(event.validation_name.as_deref()))
                .collect();
            named.dedup();
            Some(format!(
                "The following hook(s)/validation failed: [{}]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.",
                named.join(", ")
            ))
        } else if !failing.is_empty() {
            Some(format!(
                "The following hook(s)/validation failed: [{}].",
                failing.join(", ")
            ))
        } else {
            None
        };
    }

    /// Change sets that are due become what they turn out to be.
    pub(super) fn work_out_change_sets(&mut self, now: OffsetDateTime) {
        for set in self.change_sets.values_mut() {
            let pending = matches!(
                set.status,
                ChangeSetStatus::CreatePending | ChangeSetStatus::CreateInProgress
            );
            if !pending {
                continue;
            }
            if set.ready <= now {
                set.reason.clone_from(&set.verdict);
                if set.verdict.is_some() {
                    set.status = ChangeSetStatus::Failed;
                    set.changes.clear();
                } else {
                    set.status = ChangeSetStatus::CreateComplete;
                    if set.execution == ExecutionStatus::Unavailable {
                        set.execution = ExecutionStatus::Available;
                    }
                }
            } else if now - set.created >= time::Duration::SECOND {
                set.status = ChangeSetStatus::CreateInProgress;
            }
        }
    }

    /// A change set by ARN, or by name with its stack.
    pub(super) fn change_set(
        &self,
        operation: &'static str,
        region: &str,
        name: &str,
        stack: Option<&str>,
    ) -> Result<&ChangeSet, ApiError> {
        let found = if name.starts_with("arn:") {
            self.change_sets.get(name)
        } else {
            let stack = stack.and_then(|stack| self.find_id(region, stack));
            let mut all = self.change_sets.values();
            all.find(|set| Some(&set.stack_id) == stack.as_ref() && set.name == name)
        };
        found.filter(|set| set.region == region).ok_or_else(|| {
            refuse(
                operation,
                "ChangeSetNotFound",
                format!("ChangeSet [{name}] does not exist"),
            )
        })
    }

    /// `DescribeChangeSet`, all pages in one.
    pub(super) fn describe_change_set(
        &self,
        region: &str,
        name: &str,
        stack: Option<&str>,
        values: bool,
    ) -> Result<ChangeSetDescription, ApiError> {
        let set = self.change_set("DescribeChangeSet", region, name, stack)?;
        let known = matches!(set.status, ChangeSetStatus::CreateComplete);
        let mut changes = if known {
            set.changes.clone()
        } else {
            Vec::new()
        };
        let mut reason = set.reason.clone();
        if values && self.script.incomplete_values {
            let all = changes.len();
            changes.retain(|change| !touches_free_form(change));
            if changes.len() < all {
                reason = Some(
                    "[WARN] --include-property-values option can return incomplete ChangeSet data because: ChangeSet creation failed for some resources".to_owned(),
                );
            }
        }
        if self.script.strange_words {
            for change in &mut changes {
                change.policy_action = Some(PolicyAction::Other("Archive".to_owned()));
                if change.action == Action::Modify {
                    change.replacement = Some(ApiReplacement::Other("Perhaps".to_owned()));
                }
                for detail in &mut change.details {
                    detail.recreation = Recreation::Other("Rarely".to_owned());
                }
            }
        }
        if !values {
            for change in &mut changes {
                change.before_context = None;
                change.after_context = None;
                for detail in &mut change.details {
                    detail.before = None;
                    detail.after = None;
                }
            }
        }
        let template = Template::parse(&set.target.template);
        let template = template.unwrap_or_else(|_| Template::empty());
        let mut description = ChangeSetDescription::builder()
            .id(set.id.clone())
            .name(set.name.clone())
            .stack_id(set.stack_id.clone())
            .stack_name(
                self.stacks
                    .get(&set.stack_id)
                    .map(|stack| stack.name.clone())
                    .unwrap_or_default(),
            )
            .maybe_description(set.description.clone())
            .status(set.status.clone())
            .maybe_status_reason(reason)
            .execution_status(set.execution.clone())
            .parameters(masked(&template, &set.target.parameters))
            .tags(set.target.tags.clone())
            .capabilities(set.target.capabilities.clone())
            .created(set.created)
            .settings(settings(&set.request))
            .changes(changes)
            .build();
        if let Some(alter) = self.script.altered {
            alter(&mut description);
        }
        Ok(description)
    }

    /// `ListChangeSets`.
    pub(super) fn list_change_sets(
        &self,
        region: &str,
        stack: &str,
    ) -> Result<Vec<ChangeSetSummary>, ApiError> {
        let Some(id) = self.find_id(region, stack) else {
            return Err(refuse(
                "ListChangeSets",
                "ValidationError",
                format!("Stack [{stack}] does not exist"),
            ));
        };
        let sets = self.change_sets.values().filter(|set| set.stack_id == id);
        Ok(sets
            .map(|set| {
                ChangeSetSummary::builder()
                    .id(set.id.clone())
                    .name(set.name.clone())
                    .status(set.status.clone())
                    .execution_status(set.execution.clone())
                    .maybe_description(set.description.clone())
                    .created(set.created)
                    .build()
            })
            .collect())
    }

    /// `DeleteChangeSet`; one that does not exist is no failure.
    pub(super) fn delete_change_set(
        &mut self,
        region: &str,
        name: &str,
        now: OffsetDateTime,
    ) -> Result<(), ApiError> {
        let Ok(set) = self.change_set("DeleteChangeSet", region, name, None) else {
            return Ok(());
        };
        if set.execution == ExecutionStatus::InProgress {
            return Err(refuse(
                "DeleteChangeSet",
                "InvalidChangeSetStatus",
                format!(
                    "ChangeSet [{name}] cannot be deleted in its current execution status of [EXECUTE_IN_PROGRESS]"
                ),
            ));
        }
        let id = set.id.clone();
        self.remove_nested_change_sets(&id, now);
        self.change_sets.remove(&id);
        Ok(())
    }

    /// Marks the change sets of a stack, as an update without one does.
    pub(super) fn make_obsolete(&mut self, region: &str, stack: &str) {
        let Some(id) = self.find(region, stack).map(|stack| stack.id.clone()) else {
            return;
        };
        for set in self.change_sets.values_mut() {
            if set.stack_id == id && set.execution == ExecutionStatus::Available {
                set.execution = ExecutionStatus::Obsolete;
            }
        }
    }

    /// `ExecuteChangeSet`.
    pub(super) fn execute_change_set(
        &mut self,
        region: &str,
        request: ExecuteChangeSet,
        now: OffsetDateTime,
    ) -> Result<(), ApiError> {
        const OPERATION: &str = "ExecuteChangeSet";
        let set = self
            .change_set(OPERATION, region, &request.id, None)?
            .clone();
        let known = self.stacks.get(&set.stack_id);
        if known.is_some_and(|stack| stack.tokens.contains(&request.token)) {
            // The same request again: it was accepted before.
            if set.execution != ExecutionStatus::Available {
                return Ok(());
            }
            return Err(refuse(
                OPERATION,
                "TokenAlreadyExistsException",
                format!("A client request token already exists: {}", request.token),
            ));
        }
        if set.status != ChangeSetStatus::CreateComplete {
            return Err(refuse(
                OPERATION,
                "InvalidChangeSetStatus",
                format!(
                    "ChangeSet [{}] cannot be executed in its current status of [{}]",
                    set.id, set.status
                ),
            ));
        }
        if set.execution != ExecutionStatus::Available {
            return Err(refuse(
                OPERATION,
                "InvalidChangeSetStatus",
                format!(
                    "ChangeSet [{}] cannot be executed in its current execution status of [{}]",
                    set.id, set.execution
                ),
            ));
        }
        if request.disable_rollback.is_some()
            && set.kind == ChangeSetType::Create
            && set.request.on_failure != OnFailure::Rollback
        {
            return Err(refuse(
                OPERATION,
                "ValidationError",
                "You can't specify DisableRollback when OnStackFailure was specified for the change set",
            ));
        }
        let busy = known.filter(|stack| {
            stack.status.ends_with("_IN_PROGRESS") && stack.status != "REVIEW_IN_PROGRESS"
        });
        if let Some(stack) = busy {
            return Err(refuse(
                OPERATION,
                "InvalidChangeSetStatus",
                format!(
                    "Stack:{} is in {} state and can not be updated.",
                    stack.id, stack.status
                ),
            ));
        }
        if set.parent.is_some() {
            return Err(refuse(
                OPERATION,
                "ValidationError",
                format!(
                    "ChangeSet [{}] cannot be executed: it is of a nested stack, and goes with the change set of its root stack",
                    set.id
                ),
            ));
        }
        // It and all others of the stack are gone: they are not valid for what the stack is now.
        let others = self
            .change_sets
            .values()
            .filter(|other| other.stack_id == set.stack_id && other.id != set.id);
        for other in others.map(|other| other.id.clone()).collect::<Vec<_>>() {
            self.remove_nested_change_sets(&other, now);
        }
        self.change_sets
            .retain(|_, other| other.stack_id != set.stack_id || other.id == set.id);
        if let Some(kept) = self.change_sets.get_mut(&set.id) {
            kept.execution = ExecutionStatus::Complete;
        }
        let number = self.number();
        let Some(stack) = self.stacks.get_mut(&set.stack_id) else {
            return Ok(());
        };
        stack.tokens.insert(request.token.clone());
        let (stage, status) = match set.kind {
            ChangeSetType::Create => (Stage::Create, "CREATE_IN_PROGRESS"),
            ChangeSetType::Import => (Stage::Import, "IMPORT_IN_PROGRESS"),
            _ => (Stage::Update, "UPDATE_IN_PROGRESS"),
        };
        let kept = stack.execution.take().map(|execution| execution.before);
        let before = kept.unwrap_or_else(|| Before {
            deployed: stack.deployed.clone(),
            resources: stack.resources.clone(),
            outputs: stack.outputs.clone(),
            imports: stack.imports.clone(),
        });
        let operation = names::uuid(&format!("operation {number}"));
        let mut execution = Execution::new(
            stage,
            Some(request.token),
            operation,
            now + Duration::from_secs(1),
        );
        execution.on_failure = match (request.disable_rollback, set.request.on_failure) {
            (Some(true), _) => OnFailure::DoNothing,
            (Some(false), OnFailure::Rollback) | (None, _) => set.request.on_failure,
            (Some(false), _) => OnFailure::Rollback,
        };
        execution.retain_except_on_create = request.retain_except_on_create;
        stack.disable_rollback = execution.on_failure == OnFailure::DoNothing;
        stack.express = set.request.express;
        execution.target = set.target.clone();
        execution.changes.clone_from(&set.changes);
        execution.before = before;
        stack.execution = Some(execution);
        if stage == Stage::Create {
            // The template of a stack under creation can be read.
            stack.deployed = set.target.clone();
        } else {
            stack.updated = Some(now);
        }
        if let Some(role) = &set.request.role_arn {
            stack.role_arn = Some(role.clone());
        }
        stack.turn(now, status, Some("User Initiated".to_owned()));
        Ok(())
    }
}

/// Settings as `DescribeChangeSet` returns them: what was not asked for is left out.
fn settings(request: &CreateChangeSet) -> ChangeSetSettings {
    let mut settings = ChangeSetSettings::default();
    settings
        .notification_arns
        .clone_from(&request.notification_arns);
    if let Some(alarms) = &request.rollback_alarms {
        let triggers = alarms.alarms.iter();
        settings.rollback_triggers = triggers.map(RollbackTrigger::of_alarm).collect();
        settings.monitoring_minutes = Some(alarms.monitoring_minutes.into());
    }
    settings.on_stack_failure = request.sent_on_failure().map(str::to_owned);
    settings.import_existing = request.import_existing;
    settings.include_nested_stacks = request.include_nested;
    settings.deployment_mode = request.revert_drift.then(|| "REVERT_DRIFT".to_owned());
    settings
}

/// What is refused before a change set comes to be.
fn check(template: &Template, old: &Template, request: &CreateChangeSet) -> Result<(), ApiError> {
    let invalid = |message: String| Err(refuse("CreateChangeSet", "ValidationError", message));
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
            old.resource(new.logical_id)
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
        return Err(refuse(
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

/// Values of all parameters of a template.
fn parameters(
    template: &Template,
    stack: &Stack,
    request: &CreateChangeSet,
) -> Result<BTreeMap<String, String>, ApiError> {
    let invalid = |message: String| refuse("CreateChangeSet", "ValidationError", message);
    let declared: BTreeMap<&str, &JsonValue> = template.section("Parameters").collect();
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
            None => declaration.get("Default").map(super::evaluate::as_text),
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

/// `AWS::EarlyValidation::PropertyValidation` for `PROPERTY_VALIDATION`.
fn early_validation(name: Option<&str>) -> String {
    let words = name
        .unwrap_or("PROPERTY_VALIDATION")
        .split('_')
        .map(|word| {
            let (first, rest) = word.split_at(word.len().min(1));
            format!("{first}{}", rest.to_ascii_lowercase())
        });
    format!("AWS::EarlyValidation::{}", words.collect::<String>())
}
