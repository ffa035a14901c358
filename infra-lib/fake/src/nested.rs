//! Simulates nested stacks: change sets of hierarchies, and child operations that parents wait for.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Map, Value as JsonValue};
use time::OffsetDateTime;

use super::change_sets::{ChangeSet, NO_CHANGES, NO_UPDATES};
use super::changes::{ComparedTemplate, ComparisonInputs, compute_changes};
use super::evaluate::as_text;
use super::execution::{
    Execution, JobState, PreviousState, Stage, Work, cancel_jobs, set_resource_status,
};
use super::names;
use super::stacks::{Deployed, Resource, Stack, mask_secrets};
use super::stages::fail_stage;
use super::world::State;
use infra_aws::{
    ApiReplacement, Change, ChangeDetail, ChangeSetType, CreateChangeSet, OnFailure,
    TemplateSource, stack_name,
};
use infra_template::Template;
use infra_template::digest::Digest;
use infra_template::review::{Action, Recreation};

/// Resource type of a nested stack in the template of its parent.
pub(super) const NESTED: &str = "AWS::CloudFormation::Stack";

/// New state of a nested stack.
struct NestedTarget {
    target: Deployed,
    changes: Vec<Change>,
}

impl State {
    /// Returns the template at a URL: an object in a bucket, or a page set up by a test.
    pub(super) fn template_at(&self, url: &str) -> Option<String> {
        if let Some(text) = self.pages.get(url) {
            return Some(text.clone());
        }
        // https://BUCKET.s3.REGION.amazonaws.com/KEY, or https://HOST/BUCKET/KEY
        let (host, path) = url.strip_prefix("https://")?.split_once('/')?;
        let bucket = host.split_once(".s3").map(|(bucket, _)| bucket);
        let (bucket, key) = match bucket {
            Some(bucket) => (bucket, path),
            None => path.split_once('/')?,
        };
        let object = self.buckets.get(bucket)?.get(key)?;
        Some(String::from_utf8_lossy(&object.upload.body).into_owned())
    }

    /// Creates the change sets of the nested stacks in a template, and links them to the changes of their parent.
    pub(super) fn create_nested_change_sets(
        &mut self,
        set: &mut ChangeSet,
        stack: &Stack,
        template: &Template,
        request: &CreateChangeSet,
        now: OffsetDateTime,
    ) {
        let scope = self.scope_with(stack, template, set.target.parameters.clone());
        for resource in template.resources() {
            if resource.type_name != NESTED || !scope.is_included(resource.entry) {
                continue;
            }
            let id = resource.logical_id;
            let properties = scope
                .evaluate_properties(resource.entry)
                .unwrap_or_default();
            match self.create_nested_change_set(set, stack, id, &properties, request, now) {
                Ok(Some(nested)) => {
                    let known = set.changes.iter_mut().find(|c| c.logical_id == id);
                    match known {
                        Some(change) => change.nested_change_set_id = Some(nested),
                        None => set.changes.push(automatic_change(stack, id, nested)),
                    }
                }
                Ok(None) => set
                    .changes
                    .retain(|c| c.logical_id != id || c.action != Action::Modify),
                Err(reason) => set.failure_reason = Some(reason),
            }
        }
    }

    /// Creates the change set of one nested stack. Returns `None` if it has no changes.
    fn create_nested_change_set(
        &mut self,
        parent: &ChangeSet,
        stack: &Stack,
        id: &str,
        properties: &Map<String, JsonValue>,
        request: &CreateChangeSet,
        now: OffsetDateTime,
    ) -> Result<Option<String>, String> {
        let existing = stack.resources.get(id);
        let existing = existing.and_then(|child| child.physical_id.clone());
        let number = self.next_number();
        let (name, change_set_type) = match &existing {
            Some(arn) => (stack_name(arn).to_owned(), ChangeSetType::Update),
            None => (child_name(stack, id, number), ChangeSetType::Create),
        };
        let parameters = nested_parameters(properties).into_iter();
        let mut child = request.clone();
        child.stack_name = name;
        child.name = format!("{}-{id}-{number}", request.name);
        child.change_set_type = change_set_type;
        child.template = TemplateSource::Url(template_url(properties));
        child.parameters = parameters
            .map(|(name, value)| (name, Some(value)))
            .collect();
        child.description = None;
        child.on_failure = OnFailure::Rollback;
        child.imports = Vec::new();
        child.token = format!("{}-{id}", request.token);
        let made = match self.create_change_set(&stack.region, &child, now) {
            Ok(made) => made,
            Err(error) => {
                let left = self.find_id(&stack.region, &child.stack_name);
                if let Some(left) = left.and_then(|id| self.stacks.get_mut(&id))
                    && left.status == "REVIEW_IN_PROGRESS"
                {
                    left.set_status(now, "DELETE_COMPLETE", None);
                }
                return Err(format!("Nested stack [{id}]: {}", error.message));
            }
        };
        if existing.is_none()
            && let Some(child) = self.stacks.get_mut(&made.stack_id)
        {
            child.parent = Some((stack.id.clone(), id.to_owned()));
        }
        let Some(nested) = self.change_sets.get_mut(&made.id) else {
            return Ok(None);
        };
        nested.parent = Some(parent.id.clone());
        match nested.failure_reason.as_deref() {
            Some(NO_CHANGES | NO_UPDATES) => {
                self.change_sets.remove(&made.id);
                Ok(None)
            }
            Some(_) => Err(format!(
                "Nested change set {} was not successfully created: Currently in FAILED.",
                made.id
            )),
            None => Ok(Some(made.id)),
        }
    }

    /// Removes the nested change sets of a change set, and nested stacks that are still in review.
    pub(super) fn remove_nested_change_sets(&mut self, change_set: &str, now: OffsetDateTime) {
        let below = self
            .change_sets
            .values()
            .filter(|set| set.parent.as_deref() == Some(change_set))
            .map(|set| (set.id.clone(), set.stack_id.clone()));
        let below: Vec<(String, String)> = below.collect();
        for (id, stack_id) in below {
            self.remove_nested_change_sets(&id, now);
            self.change_sets.remove(&id);
            if let Some(stack) = self.stacks.get_mut(&stack_id)
                && stack.status == "REVIEW_IN_PROGRESS"
            {
                stack.set_status(now, "DELETE_COMPLETE", None);
            }
        }
    }

    /// Starts work on a nested stack. The parent waits until the child reports its end.
    pub(super) fn start_nested(
        &mut self,
        stack: &mut Stack,
        id: &str,
        work: Work,
        entry: &Map<String, JsonValue>,
        at: OffsetDateTime,
    ) -> JobState {
        match work {
            Work::Create | Work::Import => self.create_nested(stack, id, entry, at),
            Work::Change => self.change_nested(stack, id, entry, at),
            Work::Restore => {
                set_resource_status(stack, id, "UPDATE_IN_PROGRESS", None);
                stack.add_event(at, Some(id), "UPDATE_IN_PROGRESS", None);
                self.with_child(stack, id, work, |child| {
                    let execution = child.execution.as_mut()?;
                    if matches!(execution.stage, Stage::AwaitingParent | Stage::Suspended) {
                        execution.enter_stage(Stage::RollBackUpdate, at);
                        child.set_status(at, "UPDATE_ROLLBACK_IN_PROGRESS", None);
                    }
                    Some(JobState::Nested)
                })
                .unwrap_or(job_ending_at(at))
            }
            Work::CleanUpNested => self
                .with_child(stack, id, work, |child| {
                    let execution = child.execution.as_mut()?;
                    if execution.stage != Stage::AwaitingParent {
                        return None;
                    }
                    execution.enter_stage(Stage::CleanUp, at);
                    child.set_status(at, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", None);
                    Some(JobState::Nested)
                })
                .unwrap_or(JobState::Finished),
            Work::Remove | Work::Retire => self
                .with_child(stack, id, work, |child| {
                    if child.status == "DELETE_COMPLETE" {
                        return None;
                    }
                    let operation = names::derive_uuid(&format!("delete {}", child.id));
                    let begins = at + Duration::from_secs(1);
                    child.execution = Some(Execution::new(Stage::Delete, None, operation, begins));
                    child.set_status(at, "DELETE_IN_PROGRESS", None);
                    Some(JobState::Nested)
                })
                .unwrap_or(job_ending_at(at)),
        }
    }

    fn with_child(
        &mut self,
        stack: &Stack,
        id: &str,
        work: Work,
        act: impl FnOnce(&mut Stack) -> Option<JobState>,
    ) -> Option<JobState> {
        let arn = child_arn(stack, id, work)?;
        act(self.stacks.get_mut(&arn)?)
    }

    fn create_nested(
        &mut self,
        stack: &mut Stack,
        id: &str,
        entry: &Map<String, JsonValue>,
        at: OffsetDateTime,
    ) -> JobState {
        let properties = self.nested_properties(stack, entry);
        let prepared = self.prepared_change_set(stack, id);
        let number = self.next_number();
        let arn = match &prepared {
            Some(prepared) => prepared.stack_id.clone(),
            None => names::stack_arn(&stack.region, &child_name(stack, id, number), number),
        };
        if let Some(execution) = &mut stack.execution {
            execution.touched.insert(id.to_owned());
        }
        let mut resource = Resource {
            type_name: NESTED.to_owned(),
            status: "CREATE_IN_PROGRESS".to_owned(),
            properties: properties.clone(),
            entry: entry.clone(),
            ..Resource::default()
        };
        stack.resources.insert(id.to_owned(), resource.clone());
        stack.add_event(at, Some(id), "CREATE_IN_PROGRESS", None);
        resource.physical_id = Some(arn.clone());
        stack.resources.insert(id.to_owned(), resource);
        let initiated = Some("Resource creation Initiated".to_owned());
        stack.add_event(at, Some(id), "CREATE_IN_PROGRESS", initiated);
        let child = self.stacks.entry(arn.clone()).or_insert_with(|| Stack {
            id: arn.clone(),
            name: stack_name(&arn).to_owned(),
            region: stack.region.clone(),
            created: Some(at),
            parent: Some((stack.id.clone(), id.to_owned())),
            ..Stack::default()
        });
        let child = child.clone();
        match self.compute_nested_target(stack, &child, &properties, prepared.as_ref()) {
            Ok(wanted) => {
                self.begin_nested_operation(&arn, Stage::Create, wanted, OnFailure::DoNothing, at);
                JobState::Nested
            }
            Err(reason) => {
                if let Some(child) = self.stacks.get_mut(&arn) {
                    child.set_status(at, "CREATE_FAILED", Some(reason));
                }
                job_ending_at(at)
            }
        }
    }

    fn change_nested(
        &mut self,
        stack: &mut Stack,
        id: &str,
        entry: &Map<String, JsonValue>,
        at: OffsetDateTime,
    ) -> JobState {
        let properties = self.nested_properties(stack, entry);
        let prepared = self.prepared_change_set(stack, id);
        if let Some(execution) = &mut stack.execution {
            execution.touched.insert(id.to_owned());
        }
        set_resource_status(stack, id, "UPDATE_IN_PROGRESS", None);
        stack.add_event(at, Some(id), "UPDATE_IN_PROGRESS", None);
        let child = child_arn(stack, id, Work::Change).and_then(|arn| self.stacks.get(&arn));
        let Some(child) = child.cloned() else {
            return job_ending_at(at);
        };
        let on_failure = stack.execution.as_ref().map(|e| e.on_failure);
        match self.compute_nested_target(stack, &child, &properties, prepared.as_ref()) {
            Ok(wanted)
                if wanted.changes.is_empty()
                    && wanted.target.template == child.deployed.template =>
            {
                job_ending_at(at)
            }
            Ok(wanted) => {
                let on_failure = on_failure.unwrap_or(OnFailure::Rollback);
                self.begin_nested_operation(&child.id, Stage::Update, wanted, on_failure, at);
                JobState::Nested
            }
            Err(reason) => {
                if let Some(child) = self.stacks.get_mut(&child.id) {
                    child.set_status(at, "UPDATE_FAILED", Some(reason));
                }
                job_ending_at(at)
            }
        }
    }

    fn nested_properties(
        &self,
        stack: &Stack,
        entry: &Map<String, JsonValue>,
    ) -> Map<String, JsonValue> {
        let target = stack.execution.as_ref().map(|e| e.target.template.as_str());
        let target = Template::parse(target.unwrap_or_default());
        let target = target.unwrap_or_else(|_| Template::empty());
        let scope = self.current_scope(stack, &target);
        scope.evaluate_properties(entry).unwrap_or_default()
    }

    /// Returns the nested change set that is executed with its parent.
    fn prepared_change_set(&self, stack: &Stack, id: &str) -> Option<ChangeSet> {
        let mut changes = stack.execution.as_ref()?.changes.iter();
        let change = changes.find(|change| change.logical_id == id)?;
        self.change_sets
            .get(change.nested_change_set_id.as_ref()?)
            .cloned()
    }

    /// Returns the new state of the child: that of its change set, or of the current template at its URL.
    fn compute_nested_target(
        &self,
        parent: &Stack,
        child: &Stack,
        properties: &Map<String, JsonValue>,
        prepared: Option<&ChangeSet>,
    ) -> Result<NestedTarget, String> {
        let text = match prepared {
            Some(set) => Some(set.target.template.clone()),
            None => self.template_at(&template_url(properties)),
        };
        let text =
            text.ok_or("TemplateURL must reference a valid S3 object to which you have access.")?;
        let template =
            Template::parse(&text).map_err(|error| format!("Template format error: {error}"))?;
        let parameters = resolve_nested_parameters(&template, nested_parameters(properties))?;
        let old = child.parse_template();
        let deployed = &child.deployed.parameters;
        let before = ComparedTemplate {
            template: &old,
            scope: self.scope_with(child, &old, deployed.clone()),
            masked_scope: self.scope_with(child, &old, mask_secrets(&old, deployed)),
        };
        let after = ComparedTemplate {
            template: &template,
            scope: self.scope_with(child, &template, parameters.clone()),
            masked_scope: self.scope_with(child, &template, mask_secrets(&template, &parameters)),
        };
        let mut found = compute_changes(&before, &after, &ComparisonInputs::default())?;
        for known in prepared.into_iter().flat_map(|set| &set.changes) {
            let same = |change: &&mut Change| change.logical_id == known.logical_id;
            if let Some(change) = found.iter_mut().find(same) {
                change
                    .nested_change_set_id
                    .clone_from(&known.nested_change_set_id);
            } else if known.type_name == NESTED {
                found.push(known.clone());
            }
        }
        let inherited = parent.execution.as_ref().map(|e| e.target.clone());
        Ok(NestedTarget {
            target: Deployed {
                template: text,
                parameters,
                ..inherited.unwrap_or_default()
            },
            changes: found,
        })
    }

    fn begin_nested_operation(
        &mut self,
        child: &str,
        stage: Stage,
        wanted: NestedTarget,
        on_failure: OnFailure,
        at: OffsetDateTime,
    ) {
        let number = self.next_number();
        let Some(child) = self.stacks.get_mut(child) else {
            return;
        };
        let operation = names::derive_uuid(&format!("operation {number}"));
        let mut execution = Execution::new(stage, None, operation, at + Duration::from_secs(1));
        execution.on_failure = on_failure;
        execution.before = PreviousState {
            deployed: child.deployed.clone(),
            resources: child.resources.clone(),
            outputs: child.outputs.clone(),
            imports: child.imports.clone(),
        };
        execution.target = wanted.target;
        execution.changes = wanted.changes;
        let status = if stage == Stage::Create {
            child.deployed = execution.target.clone();
            "CREATE_IN_PROGRESS"
        } else {
            child.updated = Some(at);
            "UPDATE_IN_PROGRESS"
        };
        child.execution = Some(execution);
        child.set_status(at, status, None);
    }

    /// Reports to a parent that its child has reached a status with which the parent continues.
    pub(super) fn report_to_parent(&mut self, child: &str, at: OffsetDateTime) {
        let Some(child) = self.stacks.get(child) else {
            return;
        };
        let Some((parent, id)) = child.parent.clone() else {
            return;
        };
        let status = child.status.clone();
        let held = child.execution.as_ref().map(|e| e.stage) == Some(Stage::AwaitingParent);
        let execution = self.stacks.get_mut(&parent);
        let Some(execution) = execution.and_then(|parent| parent.execution.as_mut()) else {
            return;
        };
        let Some(job) = execution.jobs.get_mut(&id) else {
            return;
        };
        let failing = job.work == Work::Change && status == "UPDATE_ROLLBACK_IN_PROGRESS";
        let waits = matches!(job.state, JobState::Nested);
        if waits && (failing || !status.ends_with("_IN_PROGRESS")) {
            job.state = job_ending_at(at);
            if held {
                execution.waiting_children.insert(id);
            }
        }
    }

    /// Cancels the work on nested stacks after their parent was cancelled.
    pub(super) fn cancel_children(&mut self, children: Vec<String>, at: OffsetDateTime) {
        for id in children {
            let Some(mut child) = self.stacks.remove(&id) else {
                continue;
            };
            let stage = child.execution.as_ref().map(|e| e.stage);
            if matches!(stage, Some(Stage::Create | Stage::Update)) {
                let below = cancel_jobs(&mut child, at);
                fail_stage(&mut child, at, Some("Resource update cancelled".to_owned()));
                self.cancel_children(below, at);
            }
            self.stacks.insert(id, child);
        }
    }

    /// Returns the reason why work on a nested stack counts as failed.
    pub(super) fn embedded_failure(&self, stack: &Stack, id: &str, work: Work) -> Option<String> {
        let arn = child_arn(stack, id, work)?;
        let child = self.stacks.get(&arn)?;
        let (status, reason) = (&child.status, child.reason.as_deref().unwrap_or_default());
        match work {
            Work::Create if status != "CREATE_COMPLETE" => Some(format!(
                "Embedded stack {arn} was not successfully created: {reason}"
            )),
            Work::Change | Work::Restore
                if status.ends_with("_FAILED")
                    || work == Work::Change && status.contains("ROLLBACK_IN_PROGRESS") =>
            {
                Some(format!(
                    "Embedded stack {arn} was not successfully updated. Currently in {status} with reason: {reason}"
                ))
            }
            Work::Remove | Work::Retire if status == "DELETE_FAILED" => Some(format!(
                "Embedded stack {arn} was not successfully deleted: {reason}"
            )),
            _ => None,
        }
    }

    /// Returns the time of the next event of a stack and all of its nested stacks, with the ARN of the stack concerned.
    pub(super) fn next_family_event(&self, root: &str) -> Option<(OffsetDateTime, String)> {
        let of_family = |stack: &&Stack| {
            let mut at = *stack;
            loop {
                if at.id == root {
                    return true;
                }
                match at.parent.as_ref().and_then(|(id, _)| self.stacks.get(id)) {
                    Some(parent) => at = parent,
                    None => return false,
                }
            }
        };
        let family = self.stacks.values().filter(of_family);
        family
            .filter_map(|stack| {
                Some((
                    stack.execution.as_ref()?.next_event_time()?,
                    stack.id.clone(),
                ))
            })
            .min()
    }
}

/// Returns the change of a nested stack whose own entry in the template is unchanged.
fn automatic_change(stack: &Stack, id: &str, nested: String) -> Change {
    let resource = stack.resources.get(id);
    let detail = ChangeDetail::builder()
        .attribute("Properties")
        .recreation(Recreation::Never)
        .dynamic(true)
        .source("Automatic")
        .build();
    Change::builder()
        .logical_id(id)
        .maybe_physical_id(resource.and_then(|resource| resource.physical_id.clone()))
        .type_name(NESTED)
        .action(Action::Modify)
        .replacement(ApiReplacement::False)
        .scope(vec!["Properties".to_owned()])
        .details(vec![detail])
        .nested_change_set_id(nested)
        .build()
}

fn job_ending_at(at: OffsetDateTime) -> JobState {
    JobState::Running {
        initiated: None,
        done: at,
        replaces: false,
    }
}

fn child_arn(stack: &Stack, id: &str, work: Work) -> Option<String> {
    let resource = match work {
        Work::Retire => stack.execution.as_ref()?.retired.get(id)?,
        _ => stack.resources.get(id)?,
    };
    resource.physical_id.clone()
}

fn child_name(stack: &Stack, id: &str, number: u64) -> String {
    let digest = Digest::hash_bytes(format!("{} {id} {number}", stack.id).as_bytes());
    format!(
        "{}-{id}-{}",
        stack.name,
        digest.short().to_ascii_uppercase()
    )
}

fn template_url(properties: &Map<String, JsonValue>) -> String {
    properties
        .get("TemplateURL")
        .map(as_text)
        .unwrap_or_default()
}

fn nested_parameters(properties: &Map<String, JsonValue>) -> BTreeMap<String, String> {
    let parameters = properties.get("Parameters").and_then(JsonValue::as_object);
    let parameters = parameters.into_iter().flatten();
    parameters
        .map(|(name, value)| (name.clone(), as_text(value)))
        .collect()
}

/// Returns the values of all parameters of a nested template.
fn resolve_nested_parameters(
    template: &Template,
    mut given: BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, String> {
    let mut found = BTreeMap::new();
    for (name, declared) in template.section_entries("Parameters") {
        let value = given
            .remove(name)
            .or_else(|| declared.get("Default").map(as_text))
            .ok_or_else(|| format!("Parameters: [{name}] must have values"))?;
        found.insert(name.to_owned(), value);
    }
    match given.into_keys().next() {
        Some(unknown) => Err(format!(
            "Parameters: [{unknown}] do not exist in the template"
        )),
        None => Ok(found),
    }
}
