//! Compares the fields of a change set that affect its execution: as CloudFormation returns them, and as a request from these sources would set them.
//!
//! Name and description of a change set are chosen by its creator, and prove nothing. What counts is that every field returned by `DescribeChangeSet`
//! equals that of our own request, including defaults.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as JsonValue;

use super::target::list_no_echo;
use infra_aws::{ChangeSetDescription, CreateChangeSet, RollbackTrigger, StackDescription};
use infra_template::Template;
use infra_template::digest::Digest;
use infra_template::review::{Action, Review};

/// Placeholder for the value of a `NoEcho` parameter, which CloudFormation never returns.
const HIDDEN: &str = "(NoEcho)";

/// Fields by their names in the CloudFormation API, such as `Parameters.Image`. Unset fields and those with CloudFormation's default are omitted.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Fields(BTreeMap<String, String>);

/// A field whose value differs from the expected one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Difference {
    pub(crate) field: String,
    expected: Option<String>,
    found: Option<String>,
}

/// Name of the field that requests change sets of nested stacks.
const NESTED: &str = "IncludeNestedStacks";

impl Fields {
    /// Returns the fields of a described change set. `sent` is its template.
    pub(crate) fn of_description(
        description: &ChangeSetDescription,
        sent: &Template,
        import_existing: bool,
    ) -> Self {
        let mut fields = Self::default();
        let hidden = list_no_echo(sent);
        for (name, value) in &description.parameters {
            let shown = if hidden.contains(name) { HIDDEN } else { value };
            fields.set_field(&format!("Parameters.{name}"), shown);
        }
        fields.set_tags(&description.tags);
        fields.set_list("Capabilities", &description.capabilities);
        fields.0.extend(Self::of_place(description).0);
        let settings = &description.settings;
        fields.set_list("NotificationARNs", &settings.notification_arns);
        fields.set_triggers(&settings.rollback_triggers, settings.monitoring_minutes);
        fields.set_some("OnStackFailure", settings.on_stack_failure.as_deref());
        fields.set_if("ImportExistingResources", settings.import_existing);
        fields.set_if(NESTED, settings.include_nested_stacks);
        fields.set_some(
            "ParentChangeSetId",
            settings.parent_change_set_id.as_deref(),
        );
        let root = settings.root_change_set_id.as_deref();
        // The root change set may reference itself.
        fields.set_some(
            "RootChangeSetId",
            root.filter(|root| *root != description.id),
        );
        fields.set_some("DeploymentMode", settings.deployment_mode.as_deref());
        let mode = settings.config_mode.as_deref();
        fields.set_some(
            "DeploymentConfig.Mode",
            mode.filter(|mode| *mode != "STANDARD"),
        );
        fields.set_if(
            "DeploymentConfig.DisableRollback",
            settings.disable_rollback == Some(true),
        );
        // The list in the request is not returned, but its effect is: without `ImportExistingResources`, all imports were listed in the request.
        let imports = description.changes.iter();
        let imports = imports
            .filter(|change| change.action == Action::Import && !import_existing)
            .map(|change| change.logical_id.clone());
        fields.set_list("ResourcesToImport", &imports.collect::<Vec<_>>());
        fields
    }

    /// Returns the fields with the place and name of a change set.
    pub(crate) fn of_place(description: &ChangeSetDescription) -> Self {
        let mut fields = Self::default();
        fields.set_field("StackName", &description.stack_name);
        fields.set_field("ChangeSetName", &description.name);
        for (field, arn) in [
            ("ChangeSetId", &description.id),
            ("StackId", &description.stack_id),
        ] {
            fields.set_some(field, region_and_account(arn).as_deref());
        }
        fields
    }

    /// Returns the fields with the place and name that our change set would have.
    pub(crate) fn of_expected_place(stack: &str, change_set: &str, place: &str) -> Self {
        let mut fields = Self::default();
        fields.set_field("StackName", stack);
        fields.set_field("ChangeSetName", change_set);
        fields.set_field("ChangeSetId", place);
        fields.set_field("StackId", place);
        fields
    }

    /// Returns the fields of our request, with CloudFormation's defaults for unset ones. `deployed` is the stack before the change, `place` its
    /// region and account.
    pub(crate) fn of_request(
        request: &CreateChangeSet,
        sent: &Template,
        deployed: Option<&StackDescription>,
        place: &str,
    ) -> Self {
        let mut fields = Self::default();
        let hidden = list_no_echo(sent);
        for (name, entry) in sent.section_entries("Parameters") {
            let value = match request.parameters.get(name) {
                _ if hidden.contains(name) => Some(HIDDEN.to_owned()),
                Some(Some(given)) => Some(given.clone()),
                Some(None) => deployed.and_then(|stack| stack.parameters.get(name).cloned()),
                None => entry.get("Default").map(default_to_text),
            };
            fields.set_some(&format!("Parameters.{name}"), value.as_deref());
        }
        fields.set_tags(&request.tags);
        fields.set_list("Capabilities", &request.capabilities);
        let names = Self::of_expected_place(&request.stack_name, &request.name, place);
        fields.0.extend(names.0);
        fields.set_list("NotificationARNs", &request.notification_arns);
        if let Some(alarms) = &request.rollback_alarms {
            let triggers = alarms.alarms.iter().map(RollbackTrigger::from_alarm);
            fields.set_triggers(
                &triggers.collect::<Vec<_>>(),
                Some(alarms.monitoring_minutes.into()),
            );
        }
        fields.set_some("OnStackFailure", request.on_stack_failure());
        fields.set_if("ImportExistingResources", request.import_existing);
        fields.set_if(NESTED, request.include_nested);
        let mode = request.revert_drift.then_some("REVERT_DRIFT");
        fields.set_some("DeploymentMode", mode);
        fields
    }

    /// Returns the fields that differ, by name.
    pub(crate) fn find_differences(&self, wanted: &Self) -> Vec<Difference> {
        let names: BTreeSet<&String> = self.0.keys().chain(wanted.0.keys()).collect();
        names
            .into_iter()
            .map(|name| Difference {
                field: name.clone(),
                expected: wanted.0.get(name).cloned(),
                found: self.0.get(name).cloned(),
            })
            .filter(|difference| difference.expected != difference.found)
            // An endpoint may not support nested change sets; nested templates are then compared without them.
            .filter(|difference| difference.field != NESTED || difference.found.is_some())
            .collect()
    }

    /// Returns the digest of each field for the plan file. Includes values that affect the execution and are not in our request, such as parameter
    /// values that CloudFormation resolved.
    pub(crate) fn into_digests(
        mut self,
        description: &ChangeSetDescription,
        sent: &Template,
    ) -> BTreeMap<String, Digest> {
        self.set_field("Template", sent.compute_digest().as_str());
        self.set_some("Description", description.description.as_deref());
        for (name, value) in &description.settings.resolved_parameters {
            self.set_field(&format!("Parameters.{name}.ResolvedValue"), value);
        }
        let fields = self.0.into_iter();
        fields
            .map(|(name, value)| (name, Digest::hash_bytes(value.as_bytes())))
            .collect()
    }

    fn set_field(&mut self, field: &str, value: &str) {
        self.0.insert(field.to_owned(), value.to_owned());
    }

    fn set_some(&mut self, field: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.set_field(field, value);
        }
    }

    fn set_if(&mut self, field: &str, value: bool) {
        self.set_some(field, value.then_some("true"));
    }

    fn set_tags(&mut self, tags: &BTreeMap<String, String>) {
        for (key, value) in tags {
            self.set_field(&format!("Tags.{key}"), value);
        }
    }

    /// Sets a list field. The order of the items is not significant.
    fn set_list(&mut self, field: &str, items: &[String]) {
        let items: BTreeSet<&str> = items.iter().map(String::as_str).collect();
        let text = items.into_iter().collect::<Vec<_>>().join(", ");
        self.set_some(field, Some(&*text).filter(|text| !text.is_empty()));
    }

    fn set_triggers(&mut self, triggers: &[RollbackTrigger], minutes: Option<i32>) {
        let listed: Vec<String> = triggers
            .iter()
            .map(|trigger| format!("{} {}", trigger.type_name, trigger.arn))
            .collect();
        self.set_list("RollbackConfiguration.RollbackTriggers", &listed);
        let minutes = minutes.filter(|minutes| *minutes != 0);
        self.set_some(
            "RollbackConfiguration.MonitoringTimeInMinutes",
            minutes.map(|minutes| minutes.to_string()).as_deref(),
        );
    }
}

impl Difference {
    /// Returns a sentence for the user, such as `` `Parameters.Image`: wanted `good`, found `evil` ``. Hides values of fields whose name suggests a
    /// secret.
    pub(crate) fn render_sentence(&self) -> String {
        let secret = Review::is_secret_name(&self.field);
        let show = |value: &Option<String>| match value {
            None => "nothing".to_owned(),
            Some(_) if secret => "(secret)".to_owned(),
            Some(value) => format!("`{value}`"),
        };
        format!(
            "`{}`: expected {}, found {}",
            self.field,
            show(&self.expected),
            show(&self.found)
        )
    }
}

/// Returns region and account of a CloudFormation ARN, such as `eu-west-1 123456789012`; `None` for other text.
fn region_and_account(arn: &str) -> Option<String> {
    let mut parts = arn.split(':').skip(3);
    let (region, account) = (parts.next()?, parts.next()?);
    Some(join_place(region, account))
}

/// Joins region and account for [`Fields::of_request`].
pub(crate) fn join_place(region: &str, account: &str) -> String {
    format!("{region} {account}")
}

/// Returns the default of a parameter as text, as CloudFormation returns it.
fn default_to_text(default: &JsonValue) -> String {
    match default {
        JsonValue::String(text) => text.clone(),
        other => other.to_string(),
    }
}
