//! A stack with the place where it is: region, account, and the client for both.

use std::collections::BTreeMap;
use std::sync::Arc;

use infra_core::{Diagnostic, codes};

use crate::access;
use crate::error::{Class, Error};
use crate::failure::locate;
use crate::watch::region_of;
use infra_aws::{
    ApiError, ApiErrorKind, Cloud, CloudFormation, Export, Identity, Page, StackDescription,
    StackEvent, StackResource, stack_name,
};
use infra_template::ResourceName;
use infra_template::Template;
use infra_template::assembly::{CloudAssembly, ResourceOrigin, Stack};

/// A stack with the place where it is.
#[derive(Clone, Debug)]
pub struct Target {
    /// As the app wants it.
    pub stack: Stack,
    /// Its region.
    pub region: String,
    pub(crate) client: Arc<dyn CloudFormation>,
    /// AWS with the credentials of the client: those of the deploy role, or of the user.
    pub(crate) cloud: Arc<dyn Cloud>,
    /// True for a stack that left the app: `stack` has its name, and nothing that an app wants.
    pub(crate) left: bool,
}

impl Target {
    /// The stacks of these names (all of them when none is named), producers first.
    ///
    /// # Errors
    ///
    /// When a name is unknown, a region is missing, or the credentials are of another account.
    pub async fn select(
        cloud: &Arc<dyn Cloud>,
        assembly: &CloudAssembly,
        names: &[String],
    ) -> Result<Vec<Self>, Error> {
        let stacks = assembly.select(names)?;
        let mut identity = None;
        if stacks.iter().any(|stack| is_bound(stack)) {
            let found = cloud.identity().await;
            let found =
                found.map_err(|error| Error::api("find out whose credentials these are", error))?;
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

    /// The stacks that these credentials are for: those of other accounts are left out.
    pub(crate) async fn of_account(
        cloud: &Arc<dyn Cloud>,
        assembly: &CloudAssembly,
    ) -> Result<Vec<Self>, Error> {
        let mut stacks = assembly.stacks.clone();
        let mut identity = None;
        if stacks.iter().any(is_bound) {
            let found = cloud.identity().await;
            let found =
                found.map_err(|error| Error::api("find out whose credentials these are", error))?;
            stacks.retain(|stack| check_account(stack, &found.account).is_ok());
            identity = Some(found);
        }
        let mut targets = Vec::new();
        for stack in stacks {
            targets.push(Self::new(cloud, stack, identity.as_ref()).await?);
        }
        Ok(targets)
    }

    /// The stack of that name, with which something is to be done.
    ///
    /// # Panics
    ///
    /// Never: a name that is known is of one stack, and an unknown one is an error.
    pub async fn one(
        cloud: &Arc<dyn Cloud>,
        assembly: &CloudAssembly,
        name: &str,
    ) -> Result<Self, Error> {
        let found = Self::select(cloud, assembly, &[name.to_owned()]).await?;
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
                let place = access::placeholders(&stack, &region, identity);
                let access = access::assume(&**cloud, Some(role), &stack, &place, identity);
                access.await?.cloud
            }
            _ => None,
        };
        let cloud = assumed.unwrap_or_else(|| Arc::clone(cloud));
        Ok(Self {
            client: cloud.cloudformation(&region),
            cloud,
            region,
            stack,
            left: false,
        })
    }

    /// The name of the stack in CloudFormation.
    pub fn name(&self) -> &str {
        &self.stack.name
    }

    pub(crate) fn origins(&self) -> BTreeMap<String, ResourceOrigin> {
        self.stack.origins.clone()
    }

    /// The stack as it is deployed. One that is in review has no resources yet: it is not deployed.
    pub(crate) async fn describe(&self) -> Result<Option<StackDescription>, Error> {
        let found = self.describe_any().await?;
        Ok(found.filter(|stack| !stack.status.is_review()))
    }

    /// The stack, also one that holds nothing but change sets for review.
    pub(crate) async fn describe_any(&self) -> Result<Option<StackDescription>, Error> {
        let found = self.client.describe_stack(self.name()).await;
        let found = found.map_err(|error| self.api("describe", error))?;
        Ok(found.filter(|stack| !stack.status.is_deleted()))
    }

    /// The stack as it is deployed, or the finding that it is not.
    pub(crate) async fn deployed(&self) -> Result<StackDescription, Error> {
        let found = self.describe().await?;
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

    /// The template as it was deployed.
    pub(crate) async fn template(&self) -> Result<Template, Error> {
        let text = self.client.template(self.name(), None).await;
        let text = text.map_err(|error| self.api("read the template of", error))?;
        Template::parse(&text).map_err(|error| {
            let finding = Diagnostic::new(
                codes::TEMPLATE_NOT_READABLE,
                format!(
                    "the deployed template of stack `{}` cannot be read: {error}",
                    self.name()
                ),
            );
            Error::new(Class::Error, finding)
        })
    }

    pub(crate) async fn resources(&self) -> Result<Vec<StackResource>, Error> {
        let pages = pages(|next| self.client.stack_resources(self.name(), next)).await;
        pages.map_err(|error| self.api("list the resources of", error))
    }

    /// The template and the resources of a nested stack, by its ARN; `None` for one that is gone.
    pub(crate) async fn nested(
        &self,
        arn: &str,
    ) -> Result<Option<(Template, Vec<StackResource>)>, Error> {
        let gone = |error: &ApiError| error.kind == ApiErrorKind::NotFound;
        let text = match self.client.template(arn, None).await {
            Err(error) if gone(&error) => return Ok(None),
            text => text.map_err(|error| self.api("read a template that is nested in", error))?,
        };
        let template = Template::parse(&text).map_err(|error| {
            let finding = Diagnostic::new(
                codes::TEMPLATE_NOT_READABLE,
                format!(
                    "the deployed template of `{}`, nested in stack `{}`, cannot be read: {error}",
                    stack_name(arn),
                    self.name()
                ),
            );
            Error::new(Class::Error, finding)
        })?;
        let resources = pages(|next| self.client.stack_resources(arn, next)).await;
        let resources =
            resources.map_err(|error| self.api("list resources that are nested in", error))?;
        Ok(Some((template, resources)))
    }

    /// The events of the stack, newest first, as long as `wanted` says so.
    pub(crate) async fn events_while(
        &self,
        mut wanted: impl FnMut(&StackEvent) -> bool,
    ) -> Result<Vec<StackEvent>, Error> {
        let mut found = Vec::new();
        let mut next = None;
        loop {
            let page = self.client.stack_events(self.name(), next).await;
            let page = page.map_err(|error| self.api("read the events of", error))?;
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

    /// The id of the newest event.
    pub(crate) async fn last_event(&self) -> Result<Option<String>, Error> {
        let page = self.client.stack_events(self.name(), None).await;
        let page = page.map_err(|error| self.api("read the events of", error))?;
        Ok(page.items.into_iter().next().map(|event| event.id))
    }

    pub(crate) async fn exports(&self) -> Result<Vec<Export>, Error> {
        let pages = pages(|next| self.client.exports(next)).await;
        pages.map_err(|error| self.api("list the exports of", error))
    }

    pub(crate) async fn importers(&self, export: &str) -> Result<Vec<String>, Error> {
        let pages = pages(|next| self.client.imports(export, next)).await;
        match pages {
            Ok(stacks) => Ok(stacks),
            // That is how CloudFormation says that nobody imports it.
            Err(error) if error.message.contains("is not imported by any stack") => Ok(Vec::new()),
            Err(error) => Err(self.api("find out who imports from", error)),
        }
    }

    /// A deployed resource by all its names.
    pub(crate) fn resource(&self, resource: &StackResource) -> ResourceName {
        let name = self
            .stack
            .resource(&resource.logical_id, &resource.type_name);
        name.with_physical_id(resource.physical_id.clone().filter(|id| !id.is_empty()))
    }

    /// ``cannot {doing} stack `NAME` ``.
    pub(crate) fn api(&self, doing: &str, error: ApiError) -> Error {
        Error::api(format!("{doing} stack `{}`", self.name()), error)
    }

    /// The refusal to touch a stack that something else works on.
    pub(crate) fn busy(&self, stack: &StackDescription) -> Option<Error> {
        stack.status.is_in_progress().then(|| {
            let finding = Diagnostic::new(
                codes::STACK_BUSY,
                format!(
                    "another operation on stack `{}` is under way: {}",
                    self.name(),
                    stack.status
                ),
            )
            .help(format!(
                "wait for its end with `watch --stack {}`",
                self.stack.path
            ));
            Error::new(Class::Busy, finding)
        })
    }
}

/// A finding at a resource.
pub(crate) fn at(finding: Diagnostic, resource: &ResourceName) -> Diagnostic {
    locate(finding, resource)
}

/// Every page of a list.
pub(crate) async fn pages<T, F>(
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

/// True for a stack of one account, or with a role of its own.
fn is_bound(stack: &Stack) -> bool {
    stack.account.is_some() || stack.settings.deploy_role.is_some()
}

fn check_account(stack: &Stack, actual: &str) -> Result<(), Error> {
    match &stack.account {
        Some(wanted) if wanted != actual => {
            let finding = Diagnostic::new(
                codes::WRONG_ACCOUNT,
                format!(
                    "the credentials are of another account than stack `{}`",
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
