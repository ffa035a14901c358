//! The [`Project`] construct.

mod checks;

use infra_cfn::codebuild::project::{
    Artifacts, CloudWatchLogsConfig, LogsConfig, ProjectBuildBatchConfig, ProjectSourceVersion,
};
use infra_cfn::codebuild::{CfnProject, CfnProjectProps, CfnProjectRequired};
use infra_cfn::iam::CfnRolePolicyProps;

use super::environment::{self, Variable};
use super::{
    BuildArtifacts, BuildCache, BuildImage, BuildLogs, BuildSource, BuildSpec, ComputeType,
    DockerDaemon, network,
};
use crate::construct::With;
use crate::ec2::{InternalSubnets, SecurityGroup, SubnetsRef};
use crate::iam::{
    AsRole, Grant, Grantable, Grantee, Identity, PolicyDocument, Principal, Role, RoleRef,
    Statement,
};
use crate::kms::{AsKey, KeyRef};
use crate::logs::{AsLogGroup, LogGroup, LogGroupRef};
use crate::secretsmanager::IntoSecretField;
use crate::{Arn, Duration, IntoValue, Name, RemovalPolicy, Scope, Value, kind, value};

/// Image that shows the state of the last build to everybody.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum BuildBadge {
    /// None. The default here and in CloudFormation.
    #[default]
    None,
    /// A badge at a public URL; only for repositories (`INF4087`).
    Public,
}

/// Builds that are divided into several, as the build specification says.
///
/// See [batch builds](https://docs.aws.amazon.com/codebuild/latest/userguide/batch-build.html).
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum BatchBuilds {
    /// Builds are not divided. The default here and in CloudFormation.
    #[default]
    Disabled,
    /// Builds can be divided, with a role that starts and stops the parts.
    Enabled,
}

crate::construct! {
    /// A project of CodeBuild: the source, the environment and the commands of builds.
    ///
    /// Creates an
    /// [`AWS::CodeBuild::Project`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codebuild-project.html)
    /// with a role and a log group. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | source | none; commands in the template | required |
    /// | image | Amazon Linux 2023 for `x86_64` | required |
    /// | computer | small | required |
    /// | role | a new one with the permissions of source, logs, cache and artifacts only | required |
    /// | history that is cloned | the last commit | all of it |
    /// | Docker daemon | none | none |
    /// | logs | in a log group for three months | in a log group for ever |
    /// | artifacts | none | required |
    /// | key of artifacts | the AWS managed key of S3 | the same |
    /// | timeout | 1 hour; 8 hours in the queue | the same |
    /// | network | the internet | the internet |
    ///
    /// ```
    /// use infra_lib::codebuild::{BuildSpec, Project};
    /// use infra_lib::secretsmanager::Secret;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Builds");
    /// let token = Secret::builder().build(stack, "Token");
    /// Project::builder()
    ///     .build_spec(BuildSpec::commands(["./check-links https://example.com"]))
    ///     .environment("LEVEL", "info")
    ///     .secret("TOKEN", token.text())
    ///     .build(stack, "Links");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Project<'app>: "infra-lib.codebuild.Project" {
        resource: CfnProject<'app>,
        role: RoleRef<'app>,
    }

    /// Properties of a [`Project`], set through [`Project::builder`].
    pub struct ProjectProps, ProjectBuilder, project_builder {
        /// Environment variables.
        list environment: (String, Variable),
        /// Further sources by their identifiers.
        list secondary_sources: (String, BuildSource<'app>),
        /// Further artifacts by their identifiers.
        list secondary_artifacts: (String, BuildArtifacts<'app>),
        /// Source of builds. Default: none (CloudFormation: required).
        default source: BuildSource<'app> = BuildSource::none(),
        /// Commands of builds; required without a source (`INF4086`). Default: the file `buildspec.yml` of the source, as in
        /// CloudFormation.
        optional build_spec: BuildSpec,
        /// Image in which builds run. Default: Amazon Linux 2023 for `x86_64` (CloudFormation: required).
        default image: BuildImage<'app> = BuildImage::AMAZON_LINUX_2023,
        /// Size of the computer. Default: small (CloudFormation: required).
        default compute_type: ComputeType = ComputeType::Small,
        /// Access to a Docker daemon. Default: none, as in CloudFormation.
        default docker_daemon: DockerDaemon = DockerDaemon::None,
        /// Name of the project. Default: a generated name. Changing it replaces the project.
        text project_name,
        /// Description of the project. Default: none.
        text description,
        /// Role of builds. Default: a new one; the permissions that an imported role needs are reported (`INF4611`).
        reference role: AsRole::as_role => RoleRef<'app>,
        /// Private or isolated subnets, in which builds reach what a VPC holds. Default: none, as in CloudFormation.
        reference subnets: InternalSubnets::internal_subnets => SubnetsRef<'app>,
        /// Security group of builds in a VPC. Default: a new one that allows outbound HTTPS.
        handle security_group: SecurityGroup<'app>,
        /// Files that later builds find again. Default: none, as in CloudFormation.
        default cache: BuildCache<'app> = BuildCache::none(),
        /// Files that builds write into a bucket. Default: none (CloudFormation: required).
        optional artifacts: BuildArtifacts<'app>,
        /// KMS key that encrypts artifacts. Default: the AWS managed key of S3, as in CloudFormation.
        reference encryption_key: AsKey::as_key => KeyRef<'app>,
        /// Log group of builds. Default: a new one, which keeps events for three months (CloudFormation: one that CodeBuild
        /// creates, for ever).
        reference log_group: AsLogGroup::as_log_group => LogGroupRef<'app>,
        /// Logs in a bucket, beside those in the log group. Default: none, as in CloudFormation.
        optional bucket_logs: BuildLogs<'app>,
        /// Time after which a build is stopped, 5 minutes to 36 hours (`INF4088`). Default: 1 hour, as in CloudFormation.
        optional timeout: Duration,
        /// Time that a build waits at most for a computer, 5 minutes to 8 hours (`INF4088`). Default: 8 hours, as in
        /// CloudFormation.
        optional queued_timeout: Duration,
        /// Number of builds at the same time. Default: the quota of the account, as in CloudFormation.
        optional concurrent_build_limit: u32,
        /// Number of attempts after a failed build, 0 to 10 (`INF4088`). Default: 0, as in CloudFormation.
        optional auto_retry_limit: u8,
        /// Image that shows the state of the last build. Default: none, as in CloudFormation.
        default badge: BuildBadge = BuildBadge::None,
        /// Builds that are divided into several. Default: disabled, as in CloudFormation.
        default batch_builds: BatchBuilds = BatchBuilds::Disabled,
    }
}

impl<'app, S: project_builder::State> ProjectBuilder<'app, S> {
    /// Sets an environment variable. Its value is in the template: pass secrets with [`secret`](Self::secret).
    pub fn environment(mut self, name: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.environment
            .push((name.into(), Variable::Text(value.into_value())));
        self
    }

    /// Sets an environment variable from a secret, which the role may read. A parameter is reported (`INF4088`).
    pub fn secret(mut self, name: impl Into<String>, field: impl IntoSecretField) -> Self {
        self.environment
            .push((name.into(), Variable::Secret(field.into_secret_field())));
        self
    }

    /// Sets an environment variable from a parameter of SSM by its name, which the role may read.
    pub fn parameter(
        mut self,
        name: impl Into<String>,
        parameter_name: impl IntoValue<String>,
    ) -> Self {
        self.environment.push((
            name.into(),
            Variable::Parameter(parameter_name.into_value()),
        ));
        self
    }

    /// Adds a source by its identifier: letters, digits and underscores. Builds find it in the folder
    /// `$CODEBUILD_SRC_DIR_identifier`.
    pub fn secondary_source(
        mut self,
        identifier: impl Into<String>,
        source: BuildSource<'app>,
    ) -> Self {
        self.secondary_sources.push((identifier.into(), source));
        self
    }

    /// Adds artifacts by their identifier in the build specification: letters, digits and underscores.
    pub fn secondary_artifact(
        mut self,
        identifier: impl Into<String>,
        artifacts: BuildArtifacts<'app>,
    ) -> Self {
        self.secondary_artifacts
            .push((identifier.into(), artifacts));
        self
    }
}

impl<'app> Project<'app> {
    #[track_caller]
    fn create(scope: Scope<'app>, props: ProjectProps<'app>) -> Self {
        checks::check(scope, &props);
        let role = props.role.unwrap_or_else(|| {
            Role::builder()
                .assumed_by(Principal::service("codebuild.amazonaws.com").for_this_account())
                .build(scope, "Role")
                .as_role()
        });
        let group = props.log_group.unwrap_or_else(|| {
            LogGroup::builder()
                .removal_policy(RemovalPolicy::Destroy)
                .build(scope, "LogGroup")
                .as_log_group()
        });
        group.grant_write(&role);
        let vpc = props.subnets.map(|subnets| {
            network::allow_interfaces(role, subnets);
            network::config(scope, subnets, props.security_group)
        });
        let triggers = props.source.triggers();
        let version = props.source.source_version();
        let source = props.source.bind(role);
        let source = source.with(props.build_spec, |source, spec| {
            source.build_spec(spec.text)
        });
        let artifacts = match &props.artifacts {
            Some(artifacts) => artifacts.bind(role),
            None if props.source.is_pipeline() => Artifacts::new("CODEPIPELINE"),
            None => Artifacts::new("NO_ARTIFACTS"),
        };
        if let Some(key) = props.encryption_key {
            role.add_statement(
                Statement::allow()
                    .actions(["kms:Decrypt", "kms:GenerateDataKey*"])
                    .resource(key.arn()),
            );
        }
        let mut versions = Vec::new();
        let mut sources = Vec::new();
        for (identifier, source) in props.secondary_sources {
            if let Some(version) = source.source_version() {
                versions.push(ProjectSourceVersion::new(&*identifier).source_version(version));
            }
            sources.push(source.bind(role).source_identifier(identifier));
        }
        let more = props.secondary_artifacts.into_iter();
        let more: Vec<Artifacts> = more
            .map(|(identifier, artifacts)| artifacts.bind(role).artifact_identifier(identifier))
            .collect();
        let logs = LogsConfig::new()
            .cloud_watch_logs(
                CloudWatchLogsConfig::new("ENABLED").group_name(group.name().cast::<String>()),
            )
            .with(props.bucket_logs, |logs, bucket| {
                logs.s3_logs(bucket.bind(role))
            });
        let batch_role = (props.batch_builds == BatchBuilds::Enabled).then(|| {
            Role::builder()
                .assumed_by(Principal::service("codebuild.amazonaws.com").for_this_account())
                .build(scope, "BatchServiceRole")
        });
        let resource = CfnProjectProps::new(CfnProjectRequired {
            artifacts: artifacts.into_value(),
            environment: environment::render(
                scope,
                role,
                &props.image,
                props.compute_type,
                props.docker_daemon,
                props.environment,
            )
            .into_value(),
            service_role: role.arn().cast(),
            source: source.into_value(),
        })
        .logs_config(logs)
        .encryption_key(match props.encryption_key {
            Some(key) => key.arn().cast::<String>(),
            None => value("alias/aws/s3"),
        })
        .with(props.project_name, CfnProjectProps::name)
        .with(props.description, CfnProjectProps::description)
        .with(vpc, CfnProjectProps::vpc_config)
        .with(version, CfnProjectProps::source_version)
        .with(triggers, CfnProjectProps::triggers)
        .with(props.cache.bind(role), CfnProjectProps::cache)
        .with(non_empty(sources), CfnProjectProps::secondary_sources)
        .with(
            non_empty(versions),
            CfnProjectProps::secondary_source_versions,
        )
        .with(non_empty(more), CfnProjectProps::secondary_artifacts)
        .with(
            minutes(props.timeout, 2_160),
            CfnProjectProps::timeout_in_minutes,
        )
        .with(
            minutes(props.queued_timeout, 480),
            CfnProjectProps::queued_timeout_in_minutes,
        )
        .with(
            props.concurrent_build_limit,
            CfnProjectProps::concurrent_build_limit,
        )
        .with(props.auto_retry_limit, |cfn, limit| {
            cfn.auto_retry_limit(f64::from(limit))
        })
        .with(
            (props.badge == BuildBadge::Public).then_some(true),
            CfnProjectProps::badge_enabled,
        )
        .with(batch_role, |cfn, role| {
            cfn.build_batch_config(
                ProjectBuildBatchConfig::new().service_role(role.arn().cast::<String>()),
            )
        })
        .build(scope, "Resource");
        if let Some(subnets) = props.subnets {
            network::establish(subnets, resource);
        }
        if let Some(batch_role) = batch_role {
            allow_parts(batch_role, resource);
        }
        Self {
            scope,
            resource,
            role,
        }
    }

    /// Returns the name of the project.
    pub fn project_name(&self) -> Value<Name<kind::codebuild::Project>> {
        self.resource.ref_()
    }

    /// Returns the ARN of the project.
    pub fn arn(&self) -> Value<Arn<kind::codebuild::Project>> {
        self.resource.attr_arn()
    }

    /// Returns the role of builds.
    pub fn role(&self) -> RoleRef<'app> {
        self.role
    }

    /// Returns the L1 binding of the project.
    pub fn cfn(&self) -> CfnProject<'app> {
        self.resource
    }

    /// Allows a principal to start, stop and observe builds. It thereby acts with the role of the project, since a build can be
    /// started with other commands.
    #[track_caller]
    pub fn grant_start_build(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to)
            .actions(START_BUILD)
            .resource(self.arn())
            .on_identity(self)
    }
}

/// Actions of principals that start builds.
pub(super) const START_BUILD: [&str; 3] = [
    "codebuild:BatchGetBuilds",
    "codebuild:StartBuild",
    "codebuild:StopBuild",
];

/// Gives permissions to the role of builds.
impl<'app> Grantable<'app> for Project<'app> {
    fn grantee(&self) -> Grantee<'app> {
        self.role.grantee()
    }
}

impl<'app> Identity<'app> for Project<'app> {}

/// Allows the role of batches to start the parts of a build. The policy is a resource of its own, since it names the project,
/// which names the role.
fn allow_parts<'app>(batch_role: Role<'app>, project: CfnProject<'app>) {
    let parts = Statement::allow()
        .actions([
            "codebuild:RetryBuild",
            "codebuild:StartBuild",
            "codebuild:StopBuild",
        ])
        .resource(project.attr_arn());
    CfnRolePolicyProps::new("BatchBuilds", batch_role.role_name().cast::<String>())
        .policy_document(PolicyDocument::new().statement(parts))
        .build(batch_role, "DefaultPolicy");
}

fn non_empty<T>(items: Vec<T>) -> Option<Vec<T>> {
    (!items.is_empty()).then_some(items)
}

/// Returns a time in minutes within the range of the schema, so that a mistake has one finding.
fn minutes(time: Option<Duration>, most: i64) -> Option<i64> {
    time.map(|time| (time.to_seconds_i64() / 60).clamp(5, most))
}
