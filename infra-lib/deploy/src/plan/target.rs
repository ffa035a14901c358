//! Resolves a stack to the account, region and values that it is deployed with.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use infra_core::{Diagnostic, codes, find_nearest};

use super::capabilities::required_capabilities;
use super::options::PlanOptions;
use super::{key, resolved};
use crate::access;
use crate::assets::{self, MissingAsset, Publisher, StackAssets};
use crate::calls::Calls;
use crate::error::{Class, Error};
use crate::event::Event;
use crate::operation::Reporter;
use infra_aws::{Cloud, CloudFormation, Identity, StackDescription};
use infra_template::Template;
use infra_template::assembly::{CloudAssembly, Placeholders, Stack};
use infra_template::digest::Digest;

/// A stack with everything that affects its plan and deployment.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) stack: Stack,
    pub(crate) account: String,
    pub(crate) region: String,
    pub(crate) client: Arc<dyn CloudFormation>,
    /// AWS with the credentials of the deploy role, or the user's own.
    pub(crate) cloud: Arc<dyn Cloud>,
    /// Caller identity of the user.
    pub(crate) identity: Identity,
    /// Placeholder values for the texts of the assembly.
    pub(crate) placeholders: Placeholders,
    /// ARN of the service role for CloudFormation.
    pub(crate) role_arn: Option<String>,
    /// ARNs of SNS topics that receive the stack events.
    pub(crate) notification_arns: Vec<String>,
    /// Parameter values given by options, the assembly, or outputs of other stacks.
    pub(crate) parameters: BTreeMap<String, String>,
    /// Names of the parameters with `NoEcho`.
    pub(crate) no_echo: BTreeSet<String>,
    pub(crate) capabilities: Vec<String>,
    pub(crate) key: Digest,
    /// Name of its change set.
    pub(crate) change_set: String,
}

/// Resolves the selected stacks in order. Reads the caller identity once.
pub(crate) async fn resolve_targets(
    calls: &Calls,
    cloud: &Arc<dyn Cloud>,
    assembly: &CloudAssembly,
    options: &PlanOptions,
) -> Result<Vec<Target>, Error> {
    let stacks = assembly.select_stacks(&options.stacks)?;
    let mut given = group_parameters(assembly, options)?;
    let identity = cloud
        .caller_identity()
        .await
        .map_err(|error| Error::from_api("identify the AWS credentials", error))?;
    let mut found = Vec::new();
    for stack in stacks {
        let region = resolve_region(&**cloud, stack)?;
        let place = access::placeholders_for_stack(stack, &region, &identity);
        let role = stack.settings.deploy_role.as_ref();
        let access = access::assume_role(&**cloud, role, stack, &place, &identity).await?;
        if let Some(message) = access.notice {
            calls.reporter.send_event(Event::Notice {
                stack: Some(stack.name.clone()),
                message,
            });
        }
        let cloud = access.cloud.unwrap_or_else(|| Arc::clone(cloud));
        let fill = |text: &String| access::fill_placeholders(&place, text, stack);
        let mut parameters = BTreeMap::new();
        for (name, value) in &stack.settings.parameters {
            let mut known = stack
                .template
                .section_entries("Parameters")
                .map(|(name, _)| name);
            if !known.any(|known| known == name) {
                return Err(unknown_parameter_error(stack, name));
            }
            parameters.insert(name.clone(), fill(value)?);
        }
        parameters.extend(given.remove(&stack.id).unwrap_or_default());
        let execution_role = stack.settings.execution_role.as_ref().map(fill);
        let mut notified = options.notification_arns.clone();
        for topic in &stack.settings.notification_arns {
            let topic = fill(topic)?;
            if !notified.contains(&topic) {
                notified.push(topic);
            }
        }
        let mut target = Target {
            account: place.account.clone(),
            client: cloud.cloudformation_client(&region),
            region,
            no_echo: list_no_echo(&stack.template),
            capabilities: required_capabilities(&stack.template),
            parameters,
            role_arn: options.role_arn.clone().or(execution_role.transpose()?),
            notification_arns: notified,
            cloud,
            identity: identity.clone(),
            placeholders: place,
            // Set by `set_key` below.
            key: Digest::hash_bytes(b""),
            change_set: String::new(),
            stack: stack.clone(),
        };
        target.set_key(options);
        found.push(target);
    }
    resolved::fill_parameters(calls, &**cloud, &mut found, options).await?;
    Ok(found)
}

pub(crate) fn resolve_region(cloud: &dyn Cloud, stack: &Stack) -> Result<String, Error> {
    if let Some(region) = &stack.region {
        return Ok(region.clone());
    }
    cloud.default_region().ok_or_else(|| {
        let finding = Diagnostic::new(
            codes::NO_REGION,
            format!("the region of stack `{}` is not set", stack.name),
        )
        .path(stack.path.clone())
        .help("set it in the app, in AWS_REGION, or in the profile");
        Error::new(Class::Error, finding)
    })
}

/// Returns the names of the parameters with `NoEcho`.
pub(crate) fn list_no_echo(template: &Template) -> BTreeSet<String> {
    template
        .section_entries("Parameters")
        .filter(|(_, entry)| entry["NoEcho"] == true || entry["NoEcho"] == "true")
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// Returns the given parameter values, by artifact ID. Each one must name a parameter of the template.
fn group_parameters(
    assembly: &CloudAssembly,
    options: &PlanOptions,
) -> Result<BTreeMap<String, BTreeMap<String, String>>, Error> {
    let mut found: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (name, values) in &options.parameters {
        let selected = assembly.select_stacks(std::slice::from_ref(name))?;
        for stack in selected {
            for (parameter, value) in values {
                let mut known = stack
                    .template
                    .section_entries("Parameters")
                    .map(|(name, _)| name);
                if !known.any(|name| name == parameter) {
                    return Err(unknown_parameter_error(stack, parameter));
                }
                found
                    .entry(stack.id.clone())
                    .or_default()
                    .insert(parameter.clone(), value.clone());
            }
        }
    }
    Ok(found)
}

fn unknown_parameter_error(stack: &Stack, parameter: &str) -> Error {
    let finding = Diagnostic::new(
        codes::WRONG_PARAMETER,
        format!(
            "the template of stack `{}` has no parameter `{parameter}`",
            stack.name
        ),
    )
    .path(stack.path.clone());
    let names = || {
        stack
            .template
            .section_entries("Parameters")
            .map(|(name, _)| name)
    };
    let finding = match find_nearest(parameter, names()) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")),
        None if names().next().is_none() => finding.help("it has none"),
        None => {
            let listed: Vec<String> = names().map(|name| format!("`{name}`")).collect();
            finding.expected(format!("one of {}", listed.join(", ")))
        }
    };
    Error::new(Class::Error, finding)
}

impl Target {
    /// Returns true if a parameter is not given, so that the request depends on the deployed stack.
    pub(crate) fn keeps_values(&self) -> bool {
        let mut declared = self.stack.template.section_entries("Parameters");
        declared.any(|(name, _)| !self.parameters.contains_key(name))
    }

    /// Sets the key, and the change set name derived from it.
    pub(crate) fn set_key(&mut self, options: &PlanOptions) {
        self.key = key::compute_key(self, options);
        self.change_set = key::change_set_name(&options.name_prefix, &self.key);
    }

    /// Returns the parameters of the `CreateChangeSet` request: given values, and `None` for those that keep their deployed value.
    pub(crate) fn request_parameters(
        &self,
        deployed: Option<&StackDescription>,
    ) -> Result<BTreeMap<String, Option<String>>, Error> {
        // The deployed value may be outdated.
        let unfilled = resolved::list_unfilled(self);
        if !unfilled.is_empty() {
            return Err(resolved::missing_outputs_error(self, &unfilled));
        }
        let mut found = BTreeMap::new();
        let mut missing = Vec::new();
        for (name, entry) in self.stack.template.section_entries("Parameters") {
            if let Some(value) = self.parameters.get(name) {
                found.insert(name.to_owned(), Some(value.clone()));
            } else if deployed.is_some_and(|stack| stack.parameters.contains_key(name)) {
                found.insert(name.to_owned(), None);
            } else if entry.get("Default").is_none() {
                missing.push(format!("`{name}`"));
            }
        }
        if missing.is_empty() {
            return Ok(found);
        }
        let finding = Diagnostic::new(
            codes::WRONG_PARAMETER,
            format!(
                "stack `{}` requires a value for {}",
                self.stack.name,
                missing.join(", ")
            ),
        )
        .path(self.stack.path.clone())
        .help(format!(
            "give it with `--parameters {}:{}=VALUE`",
            self.stack.path,
            missing[0].trim_matches('`')
        ));
        Err(Error::new(Class::Error, finding))
    }
}

/// Checks the bootstrap versions of all environments, then publishes the assets of these stacks.
pub(crate) async fn publish_assets(
    cloud: &Arc<dyn Cloud>,
    targets: &[Target],
    options: &PlanOptions,
    absent: MissingAsset,
    reporter: &Reporter,
) -> Result<(), Error> {
    let mut checked = BTreeSet::new();
    for target in targets {
        assets::check_bootstrap(
            &*target.cloud,
            &target.stack,
            &target.placeholders,
            &mut checked,
        )
        .await?;
    }
    let Some(first) = targets.first() else {
        return Ok(());
    };
    let publisher = Publisher {
        cloud,
        identity: &first.identity,
        container_tool: options.container_tool.as_ref(),
        absent,
        reporter,
    };
    let wanted: Vec<StackAssets<'_>> = targets
        .iter()
        .map(|target| StackAssets {
            stack: &target.stack,
            placeholders: &target.placeholders,
        })
        .collect();
    assets::publish_assets(&publisher, &wanted).await?;
    Ok(())
}
