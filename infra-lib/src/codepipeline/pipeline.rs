//! The [`Pipeline`] construct.

mod checks;

use infra_cfn::codepipeline::pipeline::{
    ArtifactStore, ArtifactStoreType, EncryptionKey, ExecutionMode as Mode, PipelineType,
    StageTransition,
};
use infra_cfn::codepipeline::{CfnPipeline, CfnPipelineProps};

use super::{GitTrigger, PipelineStage, PipelineVariable};
use crate::construct::With;
use crate::iam::{AsRole, Grant, Grantable, Principal, Role, RoleRef, Statement};
use crate::kms::Key;
use crate::s3::{Bucket, BucketEncryption};
use crate::{Arn, Name, Scope, Value, kind, sub};

/// Treatment of executions that start while another runs.
///
/// See [execution modes](https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html).
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ExecutionMode {
    /// A newer execution takes the place of an older one that waits between stages. The default here and in CloudFormation.
    #[default]
    Superseded,
    /// They run one after another.
    Queued,
    /// They run at the same time, and independently.
    Parallel,
}

/// Execution of a pipeline after it was changed.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum RestartOnUpdate {
    /// None. The default here and in CloudFormation.
    #[default]
    Never,
    /// The pipeline runs again with its sources.
    Always,
}

crate::construct! {
    /// A pipeline of type V2: stages whose actions build, test, approve and deploy changes.
    ///
    /// Creates an
    /// [`AWS::CodePipeline::Pipeline`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codepipeline-pipeline.html)
    /// with a role, and a bucket and a key for artifacts. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | type | V2 | V1 |
    /// | role | a new one with the permissions of the actions only; CodePipeline of this account assumes it | required |
    /// | artifacts | a bucket that is encrypted with a key of its own, so that roles of other accounts can read them | required |
    /// | execution mode | superseded | superseded |
    /// | execution after a change of the pipeline | none | none |
    ///
    /// Actions run with the role of the pipeline, unless they have another one; CloudFormation deploys with a role of its own.
    ///
    /// ```
    /// use infra_lib::codebuild::{BuildSource, Project};
    /// use infra_lib::codepipeline::{Artifact, Pipeline, PipelineAction, PipelineStage};
    /// use infra_lib::s3::Bucket;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Delivery");
    /// let site = Bucket::builder().build(stack, "Site");
    /// let project = Project::builder().source(BuildSource::pipeline()).build(stack, "Build");
    /// let (source, pages) = (Artifact::new("Source"), Artifact::new("Pages"));
    /// let connection = "arn:aws:codeconnections:eu-west-1:111122223333:connection/1234";
    /// Pipeline::builder()
    ///     .stage(PipelineStage::new("Source").action(PipelineAction::source_connection(
    ///         "Code", connection, "example/site", "main", &source,
    ///     )))
    ///     .stage(PipelineStage::new("Build").action(
    ///         PipelineAction::build("Pages", project, &source).output(&pages),
    ///     ))
    ///     .stage(
    ///         PipelineStage::new("Release")
    ///             .action(PipelineAction::approval("Review"))
    ///             .action(PipelineAction::deploy_bucket("Deploy", &site, "", &pages).run_order(2)),
    ///     )
    ///     .build(stack, "Pipeline");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Pipeline<'app>: "infra-lib.codepipeline.Pipeline" {
        resource: CfnPipeline<'app>,
        role: RoleRef<'app>,
        bucket: Bucket<'app>,
    }

    /// Properties of a [`Pipeline`], set through [`Pipeline::builder`].
    pub struct PipelineProps, PipelineBuilder, pipeline_builder {
        /// Stages, at least two (`INF3007`).
        list stages: PipelineStage<'app>,
        /// Variables of executions.
        list variables: PipelineVariable,
        /// Triggers by events of repositories.
        list triggers: GitTrigger,
        /// Name of the pipeline. Default: a generated name. Changing it replaces the pipeline.
        text pipeline_name,
        /// Role of the pipeline. Default: a new one; the permissions that an imported role needs are reported (`INF4611`).
        reference role: AsRole::as_role => RoleRef<'app>,
        /// Bucket of artifacts. Default: a new one with a key (CloudFormation: required).
        handle artifact_bucket: Bucket<'app>,
        /// Treatment of executions that start while another runs. Default: a newer one takes the place of one that waits, as in
        /// CloudFormation.
        default execution_mode: ExecutionMode = ExecutionMode::Superseded,
        /// Execution after a change of the pipeline. Default: none, as in CloudFormation.
        default restart_on_update: RestartOnUpdate = RestartOnUpdate::Never,
    }
}

impl<'app, S: pipeline_builder::State> PipelineBuilder<'app, S> {
    /// Adds a stage. The first one has the source actions, and no other has any (`INF4089`).
    pub fn stage(mut self, stage: PipelineStage<'app>) -> Self {
        self.stages.push(stage);
        self
    }

    /// Adds a variable of executions.
    pub fn variable(mut self, variable: PipelineVariable) -> Self {
        self.variables.push(variable);
        self
    }

    /// Adds a trigger, in place of every push to the branch of its source action.
    pub fn trigger(mut self, trigger: GitTrigger) -> Self {
        self.triggers.push(trigger);
        self
    }
}

impl<'app> Pipeline<'app> {
    #[track_caller]
    fn create(scope: Scope<'app>, mut props: PipelineProps<'app>) -> Self {
        checks::check(scope, &props);
        let bucket = props.artifact_bucket.unwrap_or_else(|| {
            let key = Key::builder()
                .description(format!("artifacts of {}", scope.path()))
                .build(scope, "ArtifactsBucketEncryptionKey");
            Bucket::builder()
                .encryption(BucketEncryption::kms(key))
                .build(scope, "ArtifactsBucket")
        });
        let role = props.role.unwrap_or_else(|| {
            Role::builder()
                .assumed_by(Principal::service("codepipeline.amazonaws.com").for_this_account())
                .build(scope, "Role")
                .as_role()
        });
        // CodePipeline itself passes artifacts from action to action.
        bucket.grant_read_write(&role);
        let triggers = &props.triggers;
        for action in props.stages.iter_mut().flat_map(|stage| &mut stage.actions) {
            if let Some(other) = action.role {
                role.add_statement(
                    Statement::allow()
                        .action("sts:AssumeRole")
                        .resource(other.arn()),
                );
            }
            for grant in &action.grants {
                grant(action.role.unwrap_or(role), &bucket);
            }
            if action.is_connection() {
                let is_triggered = triggers.iter().any(|trigger| trigger.action == action.name);
                let detect = if is_triggered { "false" } else { "true" };
                *action = action.clone().configuration("DetectChanges", detect);
            }
        }
        let key = bucket.encryption_key();
        let store = ArtifactStore::new(
            bucket.bucket_name().cast::<String>(),
            ArtifactStoreType::S3,
        )
        .with(key, |store, key| {
            store.encryption_key(EncryptionKey::new(key.arn().cast::<String>(), "KMS"))
        });
        let stages: Vec<_> = props
            .stages
            .iter()
            .map(PipelineStage::declaration)
            .collect();
        let closed = props.stages.iter();
        let closed: Vec<_> = closed
            .filter_map(|stage| Some(StageTransition::new(stage.closed.as_deref()?, &*stage.name)))
            .collect();
        let triggers: Vec<_> = triggers.iter().map(GitTrigger::declaration).collect();
        let variables = props.variables.iter();
        let variables: Vec<_> = variables.map(PipelineVariable::declaration).collect();
        let resource = CfnPipelineProps::new(role.arn(), stages)
            .pipeline_type(PipelineType::V2)
            .artifact_store(store)
            .execution_mode(match props.execution_mode {
                ExecutionMode::Superseded => Mode::SUPERSEDED,
                ExecutionMode::Queued => Mode::QUEUED,
                ExecutionMode::Parallel => Mode::PARALLEL,
            })
            .with(props.pipeline_name.clone(), CfnPipelineProps::name)
            .with(
                (props.restart_on_update == RestartOnUpdate::Always).then_some(true),
                CfnPipelineProps::restart_execution_on_update,
            )
            .with(
                (!closed.is_empty()).then_some(closed),
                CfnPipelineProps::disable_inbound_stage_transitions,
            )
            .with(
                (!triggers.is_empty()).then_some(triggers),
                CfnPipelineProps::triggers,
            )
            .with(
                (!variables.is_empty()).then_some(variables),
                CfnPipelineProps::variables,
            )
            .build(scope, "Resource");
        Self {
            scope,
            resource,
            role,
            bucket,
        }
    }

    /// Returns the name of the pipeline.
    pub fn pipeline_name(&self) -> Value<Name<kind::codepipeline::Pipeline>> {
        self.resource.ref_()
    }

    /// Returns the ARN of the pipeline.
    pub fn arn(&self) -> Value<Arn<kind::codepipeline::Pipeline>> {
        self.resource.attr_arn()
    }

    /// Returns the role of the pipeline.
    pub fn role(&self) -> RoleRef<'app> {
        self.role
    }

    /// Returns the bucket of artifacts.
    pub fn artifact_bucket(&self) -> Bucket<'app> {
        self.bucket
    }

    /// Returns the L1 binding of the pipeline.
    pub fn cfn(&self) -> CfnPipeline<'app> {
        self.resource
    }

    /// Allows a principal to start executions.
    #[track_caller]
    pub fn grant_start_execution(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to)
            .action("codepipeline:StartPipelineExecution")
            .resource(self.arn())
            .on_identity(self)
    }

    /// Allows a principal to approve or reject an action, by the names of its stage and itself, and to see the pipeline.
    #[track_caller]
    pub fn grant_approve(
        &self,
        to: &impl Grantable<'app>,
        stage: &str,
        action: &str,
    ) -> Grant<'app> {
        Grant::to(to)
            .actions([
                "codepipeline:GetPipeline",
                "codepipeline:GetPipelineExecution",
                "codepipeline:GetPipelineState",
            ])
            .resource(self.arn())
            .on_identity(self)
            .and(
                Grant::to(to)
                    .action("codepipeline:PutApprovalResult")
                    .resource(sub![self.arn(), "/", stage, "/", action])
                    .on_identity(self),
            )
    }
}
