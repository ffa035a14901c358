//! Deployments of stacks with CloudFormation.

use super::{ActionCategory, Artifact, PipelineAction};
use crate::iam::{AsRole, RoleRef, Statement};
use crate::{IntoValue, Value, pseudo, sub, value};

/// Acknowledgement of what a template contains.
///
/// See [capabilities](https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Capability {
    /// The template creates IAM resources.
    Iam,
    /// The template creates IAM resources with names.
    NamedIam,
    /// The template has macros or nested stacks with macros.
    AutoExpand,
}

impl Capability {
    const fn name(self) -> &'static str {
        match self {
            Self::Iam => "CAPABILITY_IAM",
            Self::NamedIam => "CAPABILITY_NAMED_IAM",
            Self::AutoExpand => "CAPABILITY_AUTO_EXPAND",
        }
    }
}

/// Deployment of a template as a stack of this account and region, for the actions that
/// [`PipelineAction::deploy_stack`] and others create.
///
/// ```
/// use infra_lib::codepipeline::{Artifact, Capability, PipelineAction, StackDeployment};
/// use infra_lib::iam::{Principal, Role};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Delivery");
/// let role = Role::builder()
///     .assumed_by(Principal::service("cloudformation.amazonaws.com"))
///     .build(stack, "Deploy");
/// let built = Artifact::new("Built");
/// let notes = StackDeployment::new("Notes", &built, "Notes.template.json", role)
///     .capability(Capability::Iam)
///     .change_set("Delivery");
/// let prepare = PipelineAction::prepare_change_set("Prepare", &notes);
/// let execute = PipelineAction::execute_change_set("Execute", &notes).run_order(2);
/// ```
#[derive(Clone, Debug)]
pub struct StackDeployment<'app> {
    stack_name: Value<String>,
    artifact: Artifact,
    template: String,
    configuration: Option<String>,
    change_set: Value<String>,
    capabilities: Vec<Capability>,
    role: RoleRef<'app>,
}

impl<'app> StackDeployment<'app> {
    /// Creates a deployment from the name of the stack, a template by its path in an artifact, and the role with which
    /// CloudFormation creates the resources. Its permissions are those of the resources, and not of the pipeline.
    pub fn new(
        stack_name: impl IntoValue<String>,
        artifact: &Artifact,
        template_path: impl Into<String>,
        role: impl AsRole<'app>,
    ) -> Self {
        Self {
            stack_name: stack_name.into_value(),
            artifact: artifact.clone(),
            template: template_path.into(),
            configuration: None,
            change_set: value("Pipeline"),
            capabilities: Vec::new(),
            role: role.as_role(),
        }
    }

    /// Sets the file of the artifact with parameters, tags and stack policy. Default: none.
    pub fn template_configuration(mut self, path: impl Into<String>) -> Self {
        self.configuration = Some(path.into());
        self
    }

    /// Sets the name of the change set. Default: `Pipeline`.
    pub fn change_set(mut self, name: impl IntoValue<String>) -> Self {
        self.change_set = name.into_value();
        self
    }

    /// Adds an acknowledgement. Default: none; CloudFormation refuses templates with IAM resources.
    pub fn capability(mut self, capability: Capability) -> Self {
        self.capabilities.push(capability);
        self
    }

    fn stack_arn(&self) -> Value<String> {
        sub![
            "arn:",
            pseudo::partition(),
            ":cloudformation:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":stack/",
            &self.stack_name,
            "/*"
        ]
    }

    fn action(&self, name: impl Into<String>, mode: &str) -> PipelineAction<'app> {
        PipelineAction::new(name, ActionCategory::Deploy, "CloudFormation")
            .configuration("ActionMode", mode)
            .configuration("StackName", &self.stack_name)
    }

    /// Adds template, role and capabilities, and the permissions for them.
    fn with_template(&self, action: PipelineAction<'app>) -> PipelineAction<'app> {
        let role = self.role;
        let pass = Statement::allow()
            .action("iam:PassRole")
            .resource(role.arn())
            .condition(
                "StringEquals",
                "iam:PassedToService",
                "cloudformation.amazonaws.com",
            );
        let names = self.capabilities.iter().map(|capability| capability.name());
        let names: Vec<&str> = names.collect();
        let action = action
            .configuration("TemplatePath", self.artifact.at_path(&self.template))
            .configuration("RoleArn", role.arn().cast::<String>())
            .input(&self.artifact)
            .statement(pass)
            .granted(|role, artifacts| {
                artifacts.grant_read(&role);
            });
        let action = match &self.configuration {
            Some(path) => {
                action.configuration("TemplateConfiguration", self.artifact.at_path(path))
            }
            None => action,
        };
        if names.is_empty() {
            action
        } else {
            action.configuration("Capabilities", names.join(","))
        }
    }

    fn on_stack(&self, actions: &[&str]) -> Statement {
        Statement::allow()
            .actions(actions.iter().copied())
            .resource(self.stack_arn())
    }

    fn on_change_set(&self, actions: &[&str]) -> Statement {
        self.on_stack(actions).condition(
            "StringEquals",
            "cloudformation:ChangeSetName",
            &self.change_set,
        )
    }
}

impl<'app> PipelineAction<'app> {
    /// Creates the stack of a deployment, or updates it.
    pub fn deploy_stack(name: impl Into<String>, deployment: &StackDeployment<'app>) -> Self {
        deployment
            .with_template(deployment.action(name, "CREATE_UPDATE"))
            .statement(deployment.on_stack(&[
                "cloudformation:CreateStack",
                "cloudformation:DescribeStackEvents",
                "cloudformation:DescribeStacks",
                "cloudformation:GetTemplate",
                "cloudformation:SetStackPolicy",
                "cloudformation:UpdateStack",
            ]))
    }

    /// Creates the change set of a deployment, or replaces it, so that somebody can review it before
    /// [`execute_change_set`](Self::execute_change_set).
    pub fn prepare_change_set(name: impl Into<String>, deployment: &StackDeployment<'app>) -> Self {
        deployment
            .with_template(deployment.action(name, "CHANGE_SET_REPLACE"))
            .configuration("ChangeSetName", &deployment.change_set)
            .statement(deployment.on_stack(&["cloudformation:DescribeStacks"]))
            .statement(deployment.on_change_set(&[
                "cloudformation:CreateChangeSet",
                "cloudformation:DeleteChangeSet",
                "cloudformation:DescribeChangeSet",
            ]))
    }

    /// Executes the change set of a deployment.
    pub fn execute_change_set(name: impl Into<String>, deployment: &StackDeployment<'app>) -> Self {
        deployment
            .action(name, "CHANGE_SET_EXECUTE")
            .configuration("ChangeSetName", &deployment.change_set)
            .statement(deployment.on_stack(&["cloudformation:DescribeStacks"]))
            .statement(deployment.on_change_set(&[
                "cloudformation:DescribeChangeSet",
                "cloudformation:ExecuteChangeSet",
            ]))
    }
}
