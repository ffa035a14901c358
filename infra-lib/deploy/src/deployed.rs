//! Reads deployed stacks: description, resources and template.

use std::sync::Arc;

use infra_core::{Diagnostic, codes};
use serde_json::Value as JsonValue;

use crate::error::{Class, Error};
use crate::together::{collect_results, run_concurrently};
use crate::watch::region_of;
use infra_aws::{Cloud, CloudFormation, StackDescription, StackResource};
use infra_core::template::{Reference, references};
use infra_template::ResourceName;
use infra_template::assembly::{CloudAssembly, Stack};
use infra_template::diff::nested_stack;
use infra_template::{Template, TemplateResource};

/// A deployed stack, together with the stack that the app wants.
#[derive(Clone, Debug)]
pub(crate) struct DeployedStack {
    pub(crate) expected: Stack,
    pub(crate) region: String,
    pub(crate) description: StackDescription,
    pub(crate) resources: Vec<StackResource>,
    pub(crate) template: Template,
}

/// Reads the selected stacks that are deployed.
///
/// # Errors
///
/// `NOTHING_DEPLOYED` if none of them is deployed.
pub(crate) async fn read_all(
    cloud: &Arc<dyn Cloud>,
    assembly: &CloudAssembly,
    names: &[String],
) -> Result<Vec<DeployedStack>, Error> {
    let mut found = Vec::new();
    let selected = assembly.select_stacks(names)?;
    let read = run_concurrently(selected.iter().map(|stack| read_stack(cloud, stack)));
    found.extend(collect_results(read.await)?.into_iter().flatten());
    if found.is_empty() {
        let names: Vec<String> = selected
            .iter()
            .map(|stack| format!("`{}`", stack.name))
            .collect();
        let message = match names.as_slice() {
            [one] => format!("stack {one} is not deployed"),
            _ => format!("none of the stacks {} is deployed", names.join(", ")),
        };
        let finding = Diagnostic::new(codes::NOTHING_DEPLOYED, message)
            .help("deploy first; if it is deployed, check account and region with `doctor`");
        return Err(Error::new(Class::Error, finding));
    }
    Ok(found)
}

/// Reads a stack as it is deployed. Returns `None` if it does not exist or is still in review.
pub(crate) async fn read_stack(
    cloud: &Arc<dyn Cloud>,
    stack: &Stack,
) -> Result<Option<DeployedStack>, Error> {
    let region = region_of(&**cloud, stack)?;
    let client = cloud.cloudformation_client(&region);
    let refused = |error| Error::from_api(format!("describe stack `{}`", stack.name), error);
    let description = client.describe_stack(&stack.name).await.map_err(refused)?;
    let Some(description) = description.filter(|found| !found.status.is_review()) else {
        return Ok(None);
    };
    let wanted = stack.clone();
    read_details(&*client, wanted, region, description)
        .await
        .map(Some)
}

/// Reads a nested stack as it is deployed. `path` consists of the logical IDs from the root stack, joined with `/`. Returns `None` if it is not
/// deployed.
pub(crate) async fn read_nested(
    cloud: &Arc<dyn Cloud>,
    root: &DeployedStack,
    path: &str,
) -> Result<Option<DeployedStack>, Error> {
    let client = cloud.cloudformation_client(&root.region);
    let mut at = root.clone();
    for id in path.split('/') {
        let Some(arn) = at.physical_id(id).filter(|arn| !arn.is_empty()) else {
            return Ok(None);
        };
        let found = client.describe_stack(arn).await.map_err(|error| {
            let name = &root.expected.name;
            Error::from_api(
                format!("describe the nested stack `{path}` of stack `{name}`"),
                error,
            )
        })?;
        let Some(description) = found else {
            return Ok(None);
        };
        at = read_details(&*client, at.expected, at.region, description).await?;
    }
    at.expected = nested_stack(&root.expected, path, at.template.clone());
    Ok(Some(at))
}

/// Reads the resources and template of an existing stack.
async fn read_details(
    client: &dyn CloudFormation,
    wanted: Stack,
    region: String,
    description: StackDescription,
) -> Result<DeployedStack, Error> {
    let name = description.name.clone();
    let refused = |error| Error::from_api(format!("describe stack `{name}`"), error);
    let (resources, text) = tokio::join!(
        list_resources(client, &description.id),
        client.get_template(&description.id, None),
    );
    let (resources, text) = (resources.map_err(refused)?, text.map_err(refused)?);
    let read = Template::parse_deployed(&text).map(|(template, _)| template);
    let template = read.map_err(|error| {
        let message = format!("cannot read the template of stack `{name}`: {error}");
        Error::new(
            Class::Error,
            Diagnostic::new(codes::TEMPLATE_NOT_READABLE, message),
        )
    })?;
    Ok(DeployedStack {
        expected: wanted,
        region,
        description,
        resources,
        template,
    })
}

/// Lists all resources of a stack, across all pages.
pub(crate) async fn list_resources(
    client: &dyn CloudFormation,
    stack: &str,
) -> Result<Vec<StackResource>, infra_aws::ApiError> {
    let mut found = Vec::new();
    let mut next = None;
    loop {
        let page = client.stack_resources(stack, next).await?;
        found.extend(page.items);
        next = page.next;
        if next.is_none() {
            return Ok(found);
        }
    }
}

impl DeployedStack {
    /// Returns the physical ID of a resource.
    pub(crate) fn physical_id(&self, logical_id: &str) -> Option<&str> {
        let mut all = self.resources.iter();
        let resource = all.find(|resource| resource.logical_id == logical_id)?;
        resource.physical_id.as_deref()
    }

    /// Returns all names of a resource. The construct path comes from the deployed template when the app no longer has the resource.
    pub(crate) fn resource_name(&self, logical_id: &str, type_name: &str) -> ResourceName {
        let mut name = self.expected.resource_name(logical_id, type_name);
        if name.construct_path.is_none() {
            let resource = self.template.find_resource(logical_id);
            let path = resource.and_then(TemplateResource::construct_path);
            name.construct_path = path.map(str::to_owned);
        }
        name.physical_id = self.physical_id(logical_id).map(str::to_owned);
        name
    }

    /// Resolves a property value: a literal string, or the physical ID or parameter value that it references.
    pub(crate) fn resolve_value(&self, value: &JsonValue) -> Option<String> {
        if let Some(text) = value.as_str() {
            return Some(text.to_owned());
        }
        let id = referenced_logical_id(value)?;
        self.physical_id(&id)
            .or_else(|| self.description.parameters.get(&id).map(String::as_str))
            .map(str::to_owned)
    }
}

/// Returns the logical ID that a `Ref` or `Fn::GetAtt` refers to.
pub(crate) fn referenced_logical_id(value: &JsonValue) -> Option<String> {
    match references(value).into_iter().next()? {
        Reference::Local { logical_id, .. } => Some(logical_id),
        _ => None,
    }
}

/// Returns the construct path as users know it, without the segments that the library appends; the logical ID if the path is unknown.
pub(crate) fn construct_of(name: &ResourceName) -> String {
    match &name.construct_path {
        Some(path) => path
            .trim_end_matches("/Resource")
            .trim_end_matches("/TaskDefinition")
            .to_owned(),
        None => name.logical_id.clone(),
    }
}

/// Returns true if `called` names the resource: as its logical ID, its construct path, the path of an enclosing construct, or a path without the
/// stack.
pub(crate) fn is_called(name: &ResourceName, called: &str) -> bool {
    if name.logical_id == called {
        return true;
    }
    let Some(path) = &name.construct_path else {
        return false;
    };
    let within = |path: &str| {
        path.strip_prefix(called)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    within(path) || path.split_once('/').is_some_and(|(_, rest)| within(rest))
}

#[cfg(test)]
mod tests {
    use super::{construct_of, is_called};
    use infra_template::ResourceName;

    #[test]
    fn matches_resource_by_any_enclosing_construct() {
        let name = ResourceName::builder()
            .stack("web")
            .logical_id("ApiF70053CD")
            .type_name("AWS::ECS::TaskDefinition")
            .construct_path("Service/Api/TaskDefinition/Resource")
            .build();
        for called in [
            "ApiF70053CD",
            "Service",
            "Service/Api",
            "Api",
            "Api/TaskDefinition",
        ] {
            assert!(is_called(&name, called), "{called}");
        }
        for called in ["Ap", "Service/Ap", "Resource", ""] {
            assert!(!is_called(&name, called), "{called}");
        }
        assert_eq!(construct_of(&name), "Service/Api");
    }
}
