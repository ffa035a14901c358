//! Resolves stacks to their region, account and CloudFormation client.

use std::collections::BTreeMap;
use std::sync::Arc;

use infra_core::{Diagnostic, codes};

use crate::access;
use crate::error::{Class, Error};
pub(crate) use crate::failure::locate_finding;
use crate::watch::region_of;
use infra_aws::{
    ApiError, ApiErrorKind, Cloud, CloudFormation, Export, Identity, Page, StackDescription,
    StackEvent, StackResource, stack_name,
};
use infra_template::ResourceName;
use infra_template::Template;
use infra_template::assembly::{CloudAssembly, ResourceOrigin, Stack};

/// A stack with its region, and with the clients that reach its account.
#[derive(Clone, Debug)]
pub struct Target {
    /// The stack as the app wants it, with the synthesized template.
    pub stack: Stack,
    /// Region that the stack is or will be deployed in, such as `eu-west-1`.
    pub region: String,
    pub(crate) client: Arc<dyn CloudFormation>,
    /// AWS with the credentials of the client: those of the deploy role, or the user's own.
    pub(crate) cloud: Arc<dyn Cloud>,
    /// True for a stack that left the app; `stack` then has its name and tags, and an empty template.
    pub(crate) is_orphaned: bool,
}

impl Target {
    /// Selects stacks by construct path, artifact ID or name, producers first; all stacks if `names` is empty.
    ///
    /// # Errors
    ///
    /// When a name is unknown, a region is missing, or the credentials are of another account.
    pub async fn select_stacks(
        cloud: &Arc<dyn Cloud>,
        assembly: &CloudAssembly,
        names: &[String],
    ) -> Result<Vec<Self>, Error> {
        let stacks = assembly.select_stacks(names)?;
        let mut identity = None;
        if stacks.iter().any(|stack| is_bound(stack)) {
            let found = cloud.caller_identity().await;
            let found =
                found.map_err(|error| Error::from_api("identify the AWS credentials", error))?;
            for stack in &stacks {
                if stack.settings.deploy_role.is_none() {
                    check_account(stack, &found.account)?;
                }
            }
            identity = Some(found);
        }
        let mut targets = Vec::new();
        for stack in stacks {
            targets.push(Self::new(cloud, stack.clone(), identity.as_ref()).await?);
        }
        Ok(targets)
    }

    /// Selects the stacks in the account of the credentials, and skips those of other accounts.
    pub(crate) async fn select_in_account(
        cloud: &Arc<dyn Cloud>,
        assembly: &CloudAssembly,
    ) -> Result<Vec<Self>, Error> {
        let mut stacks = assembly.stacks.clone();
        let mut identity = None;
        if stacks.iter().any(is_bound) {
            let found = cloud.caller_identity().await;
            let found =
                found.map_err(|error| Error::from_api("identify the AWS credentials", error))?;
            stacks.retain(|stack| check_account(stack, &found.account).is_ok());
            identity = Some(found);
        }
        let mut targets = Vec::new();
        for stack in stacks {
            targets.push(Self::new(cloud, stack, identity.as_ref()).await?);
        }
        Ok(targets)
    }

    /// Selects the stack with this name.
    ///
    /// # Panics
    ///
    /// Never: a name that is known is of one stack, and an unknown one is an error.
    pub async fn select_one(
        cloud: &Arc<dyn Cloud>,
        assembly: &CloudAssembly,
        name: &str,
    ) -> Result<Self, Error> {
        let found = Self::select_stacks(cloud, assembly, &[name.to_owned()]).await?;
        let one = found.into_iter().next();
        Ok(one.expect("a name that is known is of one stack, an unknown one is an error"))
    }

    async fn new(
        cloud: &Arc<dyn Cloud>,
        stack: Stack,
        identity: Option<&Identity>,
    ) -> Result<Self, Error> {
        let region = region_of(&**cloud, &stack)?;
        let role = stack.settings.deploy_role.as_ref();
        let assumed = match (role, identity) {
            (Some(role), Some(identity)) => {
                let place = access::placeholders_for_stack(&stack, &region, identity);
                let access = access::assume_role(&**cloud, Some(role), &stack, &place, identity);
                access.await?.cloud
            }
            _ => None,
        };
        let cloud = assumed.unwrap_or_else(|| Arc::clone(cloud));
        Ok(Self {
            client: cloud.cloudformation_client(&region),
            cloud,
            region,
            stack,
            is_orphaned: false,
        })
    }

    /// Returns the name of the stack in CloudFormation, such as `notes-prod-data`.
    pub fn name(&self) -> &str {
        &self.stack.name
    }

    pub(crate) fn resource_origins(&self) -> BTreeMap<String, ResourceOrigin> {
        self.stack.origins.clone()
    }

    /// Describes the deployed stack. Returns `None` if it does not exist, or is in review and has no resources yet.
    pub(crate) async fn describe_stack(&self) -> Result<Option<StackDescription>, Error> {
        let found = self.describe_any().await?;
        Ok(found.filter(|stack| !stack.status.is_review()))
    }

    /// Describes the stack, including one that is still in review.
    pub(crate) async fn describe_any(&self) -> Result<Option<StackDescription>, Error> {
        let found = self.client.describe_stack(self.name()).await;
        let found = found.map_err(|error| self.api_error("describe", error))?;
        Ok(found.filter(|stack| !stack.status.is_deleted()))
    }

    /// Describes the deployed stack, or returns an error if it is not deployed.
    pub(crate) async fn describe_deployed(&self) -> Result<StackDescription, Error> {
        let found = self.describe_stack().await?;
        found.ok_or_else(|| {
            let finding = Diagnostic::new(
                codes::NOT_DEPLOYED,
                format!("stack `{}` is not deployed in {}", self.name(), self.region),
            )
            .path(self.stack.path.clone())
            .help(format!(
                "deploy it with `deploy --stack {}`",
                self.stack.path
            ));
            Error::new(Class::Error, finding)
        })
    }

    /// Returns the deployed template.
    pub(crate) async fn read_template(&self) -> Result<Template, Error> {
        let text = self.client.get_template(self.name(), None).await;
        let text = text.map_err(|error| self.api_error("read the template of", error))?;
        let read = Template::parse_deployed(&text).map(|(template, _)| template);
        read.map_err(|error| {
            let finding = Diagnostic::new(
                codes::TEMPLATE_NOT_READABLE,
                format!(
                    "cannot read the deployed template of stack `{}`: {error}",
                    self.name()
                ),
            );
            Error::new(Class::Error, finding)
        })
    }

    pub(crate) async fn list_resources(&self) -> Result<Vec<StackResource>, Error> {
        let pages = read_all_pages(|next| self.client.stack_resources(self.name(), next)).await;
        pages.map_err(|error| self.api_error("list the resources of", error))
    }

    /// Returns the template and resources of a nested stack by its ARN; `None` if it no longer exists.
    pub(crate) async fn read_nested_stack(
        &self,
        arn: &str,
    ) -> Result<Option<(Template, Vec<StackResource>)>, Error> {
        let gone = |error: &ApiError| error.kind == ApiErrorKind::NotFound;
        let text = match self.client.get_template(arn, None).await {
            Err(error) if gone(&error) => return Ok(None),
            text => text.map_err(|error| self.api_error("read a nested template of", error))?,
        };
        let read = Template::parse_deployed(&text).map(|(template, _)| template);
        let template = read.map_err(|error| {
            let finding = Diagnostic::new(
                codes::TEMPLATE_NOT_READABLE,
                format!(
                    "cannot read the deployed template of `{}`, nested in stack `{}`: {error}",
                    stack_name(arn),
                    self.name()
                ),
            );
            Error::new(Class::Error, finding)
        })?;
        let resources = read_all_pages(|next| self.client.stack_resources(arn, next)).await;
        let resources =
            resources.map_err(|error| self.api_error("list the nested resources of", error))?;
        Ok(Some((template, resources)))
    }

    /// Returns events of the stack, newest first, up to the first one that is not `wanted`.
    pub(crate) async fn read_events_while(
        &self,
        mut wanted: impl FnMut(&StackEvent) -> bool,
    ) -> Result<Vec<StackEvent>, Error> {
        let mut found = Vec::new();
        let mut next = None;
        loop {
            let page = self.client.stack_events(self.name(), next).await;
            let page = page.map_err(|error| self.api_error("read the events of", error))?;
            for event in page.items {
                if !wanted(&event) {
                    return Ok(found);
                }
                found.push(event);
            }
            next = page.next;
            if next.is_none() {
                return Ok(found);
            }
        }
    }

    /// Returns the ID of the newest event.
    pub(crate) async fn read_last_event(&self) -> Result<Option<String>, Error> {
        let page = self.client.stack_events(self.name(), None).await;
        let page = page.map_err(|error| self.api_error("read the events of", error))?;
        Ok(page.items.into_iter().next().map(|event| event.id))
    }

    pub(crate) async fn list_exports(&self) -> Result<Vec<Export>, Error> {
        let pages = read_all_pages(|next| self.client.list_exports(next)).await;
        pages.map_err(|error| self.api_error("list the exports of", error))
    }

    pub(crate) async fn list_importers(&self, export: &str) -> Result<Vec<String>, Error> {
        let pages = read_all_pages(|next| self.client.list_imports(export, next)).await;
        match pages {
            Ok(stacks) => Ok(stacks),
            // CloudFormation reports an export without imports as an error.
            Err(error) if error.message.contains("is not imported by any stack") => Ok(Vec::new()),
            Err(error) => Err(self.api_error("list the imports from", error)),
        }
    }

    /// Returns all names of a deployed resource.
    pub(crate) fn resource_name(&self, resource: &StackResource) -> ResourceName {
        let name = self
            .stack
            .resource_name(&resource.logical_id, &resource.type_name);
        name.with_physical_id(resource.physical_id.clone().filter(|id| !id.is_empty()))
    }

    /// Builds the error ``cannot {doing} stack `NAME` ``.
    pub(crate) fn api_error(&self, doing: &str, error: ApiError) -> Error {
        Error::from_api(format!("{doing} stack `{}`", self.name()), error)
    }

    /// Returns the error for a stack with another operation in progress.
    pub(crate) fn busy_error(&self, stack: &StackDescription) -> Option<Error> {
        stack.status.is_in_progress().then(|| {
            let finding = Diagnostic::new(
                codes::STACK_BUSY,
                format!(
                    "another operation on stack `{}` is in progress: {}",
                    self.name(),
                    stack.status
                ),
            )
            .help(format!(
                "wait for it with `watch --stack {}`",
                self.stack.path
            ));
            Error::new(Class::Busy, finding)
        })
    }
}

/// Reads all pages of a paginated call.
pub(crate) async fn read_all_pages<T, F>(
    mut read: impl FnMut(Option<String>) -> F,
) -> Result<Vec<T>, ApiError>
where
    F: Future<Output = Result<Page<T>, ApiError>>,
{
    let mut all = Vec::new();
    let mut next = None;
    loop {
        let page = read(next).await?;
        all.extend(page.items);
        next = page.next;
        if next.is_none() {
            return Ok(all);
        }
    }
}

/// Returns true for a stack with an account or deploy role, whose credentials have to be checked.
fn is_bound(stack: &Stack) -> bool {
    stack.account.is_some() || stack.settings.deploy_role.is_some()
}

fn check_account(stack: &Stack, actual: &str) -> Result<(), Error> {
    match &stack.account {
        Some(wanted) if wanted != actual => {
            let finding = Diagnostic::new(
                codes::WRONG_ACCOUNT,
                format!(
                    "the credentials belong to another account than stack `{}`",
                    stack.path
                ),
            )
            .path(stack.path.clone())
            .actual(actual)
            .expected(wanted.clone())
            .help("choose the profile of that account with AWS_PROFILE");
            Err(Error::new(Class::Credentials, finding))
        }
        _ => Ok(()),
    }
}
