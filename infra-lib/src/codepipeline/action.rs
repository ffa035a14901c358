//! Actions of pipelines.

use std::fmt;
use std::rc::Rc;

use infra_cfn::codepipeline::pipeline::{
    ActionDeclaration, ActionTypeId, ActionTypeIdCategory, ActionTypeIdRequired, InputArtifact,
    OutputArtifact,
};

use super::Artifact;
use crate::construct::With;
use crate::core::{Data, Map};
use crate::iam::{AsRole, RoleRef, Statement};
use crate::s3::Bucket;
use crate::{Duration, IntoValue, Json, Value, value};

/// Kind of an action.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ActionCategory {
    /// Fetches what the pipeline works on; in the first stage only.
    Source,
    /// Builds.
    Build,
    /// Tests.
    Test,
    /// Deploys.
    Deploy,
    /// Invokes a function, a state machine or another pipeline.
    Invoke,
    /// Waits for a person.
    Approval,
}

impl ActionCategory {
    const fn cfn(self) -> ActionTypeIdCategory {
        match self {
            Self::Source => ActionTypeIdCategory::SOURCE,
            Self::Build => ActionTypeIdCategory::BUILD,
            Self::Test => ActionTypeIdCategory::TEST,
            Self::Deploy => ActionTypeIdCategory::DEPLOY,
            Self::Invoke => ActionTypeIdCategory::INVOKE,
            Self::Approval => ActionTypeIdCategory::APPROVAL,
        }
    }
}

/// Function that gives permissions for an action: to the role with which it runs, for the bucket of artifacts.
type Grants<'app> = Rc<dyn Fn(RoleRef<'app>, &Bucket<'app>) + 'app>;

/// An action of a [`PipelineStage`](super::PipelineStage), with the permissions that it needs.
///
/// See the [action structure
/// reference](https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference.html).
#[derive(Clone)]
#[must_use = "an action has no effect until it is passed to a stage"]
pub struct PipelineAction<'app> {
    pub(super) name: String,
    pub(super) category: ActionCategory,
    owner: &'static str,
    provider: String,
    version: &'static str,
    configuration: Map,
    pub(super) inputs: Vec<Artifact>,
    pub(super) outputs: Vec<Artifact>,
    run_order: Option<u32>,
    namespace: Option<String>,
    timeout: Option<Duration>,
    pub(super) role: Option<RoleRef<'app>>,
    pub(super) grants: Vec<Grants<'app>>,
}

impl<'app> PipelineAction<'app> {
    /// Creates an action of AWS of any kind by its provider, such as `ECS`. [`configuration`](Self::configuration) sets its
    /// parameters, [`statement`](Self::statement) its permissions.
    ///
    /// ```
    /// use infra_lib::codepipeline::{ActionCategory, Artifact, PipelineAction};
    /// use infra_lib::iam::Statement;
    ///
    /// let deploy = PipelineAction::new("Deploy", ActionCategory::Deploy, "ECS")
    ///     .input(&Artifact::new("Images"))
    ///     .configuration("ClusterName", "notes")
    ///     .configuration("ServiceName", "api")
    ///     .statement(Statement::allow().action("ecs:UpdateService").resource("*"));
    /// ```
    pub fn new(
        name: impl Into<String>,
        category: ActionCategory,
        provider: impl Into<String>,
    ) -> Self {
        Self {
            name: name.into(),
            category,
            owner: "AWS",
            provider: provider.into(),
            version: "1",
            configuration: Map::new(),
            inputs: Vec::new(),
            outputs: Vec::new(),
            run_order: None,
            namespace: None,
            timeout: None,
            role: None,
            grants: Vec::new(),
        }
    }

    /// Sets a parameter of the provider.
    pub fn configuration(mut self, name: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.configuration
            .insert(name.into(), value.into_value().into_data());
        self
    }

    /// Adds an artifact that the action reads.
    pub fn input(mut self, artifact: &Artifact) -> Self {
        self.inputs.push(artifact.clone());
        self
    }

    /// Adds an artifact that the action writes.
    pub fn output(mut self, artifact: &Artifact) -> Self {
        self.outputs.push(artifact.clone());
        self
    }

    /// Sets the order among the actions of a stage, from 1; those with the same number run at the same time. Default: 1, as in
    /// CloudFormation.
    pub const fn run_order(mut self, order: u32) -> Self {
        self.run_order = Some(order);
        self
    }

    /// Sets the namespace of the variables that the action sets: `#{namespace.Variable}`. Default: none; later actions cannot read
    /// them.
    pub fn variables_namespace(mut self, namespace: impl Into<String>) -> Self {
        self.namespace = Some(namespace.into());
        self
    }

    /// Sets the time after which the action fails, in whole minutes: 5 minutes to 86,400 minutes for an approval, 5 to 28,800 for
    /// other actions. Default: that of the provider, such as 7 days for an approval.
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets the role with which the action runs, such as one of another account; the role of the pipeline may assume it. Default:
    /// the role of the pipeline.
    pub fn role(mut self, role: impl AsRole<'app>) -> Self {
        self.role = Some(role.as_role());
        self
    }

    /// Adds a permission of the role with which the action runs.
    pub fn statement(self, statement: Statement) -> Self {
        self.granted(move |role, _| role.add_statement(statement.clone()))
    }

    pub(super) fn granted(mut self, grant: impl Fn(RoleRef<'app>, &Bucket<'app>) + 'app) -> Self {
        self.grants.push(Rc::new(grant));
        self
    }

    /// Returns the time of [`timeout`](Self::timeout).
    pub(super) const fn timeout_of(&self) -> Option<Duration> {
        self.timeout
    }

    /// Returns `true` if the provider reads a connection.
    pub(super) fn is_connection(&self) -> bool {
        self.provider == "CodeStarSourceConnection"
    }

    /// Returns the declaration for the template.
    pub(super) fn declaration(&self) -> ActionDeclaration {
        let kind = ActionTypeId::new(ActionTypeIdRequired {
            category: value(self.category.cfn()),
            owner: value(self.owner),
            provider: value(&*self.provider),
            version: value(self.version),
        });
        let inputs = self.inputs.iter().map(Artifact::name);
        let inputs: Vec<_> = inputs.map(InputArtifact::new).collect();
        let outputs = self.outputs.iter().map(Artifact::name);
        let outputs: Vec<_> = outputs.map(OutputArtifact::new).collect();
        let configuration: Value<Json> = Value::from_data(Data::Map(self.configuration.clone()));
        let minutes = self.timeout.map(|timeout| timeout.to_seconds_i64() / 60);
        ActionDeclaration::new(kind, &*self.name)
            .with(
                (!self.configuration.is_empty()).then_some(configuration),
                ActionDeclaration::configuration,
            )
            .with(
                (!inputs.is_empty()).then_some(inputs),
                ActionDeclaration::input_artifacts,
            )
            .with(
                (!outputs.is_empty()).then_some(outputs),
                ActionDeclaration::output_artifacts,
            )
            .with(self.run_order, ActionDeclaration::run_order)
            .with(self.namespace.as_deref(), ActionDeclaration::namespace)
            .with(minutes, ActionDeclaration::timeout_in_minutes)
            .with(self.role, |action, role| action.role_arn(role.arn()))
    }
}

impl fmt::Debug for PipelineAction<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PipelineAction")
            .field("name", &self.name)
            .field("category", &self.category)
            .field("provider", &self.provider)
            .finish_non_exhaustive()
    }
}
