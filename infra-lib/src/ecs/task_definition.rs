//! Task definitions for Fargate: containers, their size and their two roles.

use std::marker::PhantomData;

use bon::Builder;

use super::container::ContainerDefinition;
use super::parts::{Essential, Ports, WithPort};
use super::task_size::TaskSize;
use super::{container_checks, container_render, file_system, roles};
use crate::cfn::ecs::{CfnTaskDefinition, CfnTaskDefinitionProps, task_definition as cfn};
use crate::core::logical_id::logical_id;
use crate::core::{Arn, Construct, Diagnostic, IntoValue, Scope, Size, Value, codes};
use crate::docker::Processor;
use crate::iam::{Grantable, Grantee, Identity, Role};
use crate::kind;
use crate::logs::{AsLogGroup, LogGroup, LogGroupRef};

/// Processor architecture of a task.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum CpuArchitecture {
    /// ARM (AWS Graviton), about a fifth cheaper than X86_64; the default here.
    Arm64,
    /// Intel and AMD, 64-bit; the default of CloudFormation.
    X86_64,
}

/// A task definition for Fargate.
///
/// Creates an
/// [`AWS::ECS::TaskDefinition`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-taskdefinition.html)
/// with a task role, an execution role and a log group. Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | processor architecture | ARM64 | X86_64 |
/// | task role | one without permissions; grants add them | none |
/// | execution role | pulls from the repositories, writes to the log group and reads the secrets of these containers only | none |
/// | log group | a separate one with limited retention | none |
///
/// The permissions of the execution role are an inline policy, so they exist before a task starts. Most examples
/// attach the managed policy `AmazonECSTaskExecutionRolePolicy` instead, which allows every repository and log group
/// of the account. `ecr:GetAuthorizationToken` is allowed on `*`, because it has [no resource-level
/// permissions](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html).
///
/// ```
/// use infra_lib::ecs::{ContainerDefinition, ContainerImage, FargateTaskDefinition};
/// use infra_lib::prelude::*;
/// use infra_lib::task_size;
///
/// # let image = ContainerImage::from_registry_digest("public.ecr.aws/x/y@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
/// let app = App::new();
/// let stack = Stack::new(&app, "Service");
/// let task = FargateTaskDefinition::builder()
///     .size(task_size!(512 cpu, 1024 MiB))
///     .container(ContainerDefinition::new("api", image).port(8080))
///     .build(stack, "TaskDefinition");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct FargateTaskDefinition<'app, P: Ports = WithPort> {
    scope: Scope<'app>,
    task_definition: CfnTaskDefinition<'app>,
    task_role: Role<'app>,
    execution_role: Role<'app>,
    log_group: LogGroupRef<'app>,
    ports: PhantomData<P>,
}

/// Properties of a [`FargateTaskDefinition`], set through [`FargateTaskDefinition::builder`].
#[derive(Builder, Debug)]
#[builder(builder_type(name = FargateTaskDefinitionBuilder), finish_fn(name = props, vis = "pub(crate)"), start_fn(vis = "pub(crate)"))]
pub struct FargateTaskDefinitionProps<'app, P: Ports> {
    #[builder(field)]
    sidecars: Vec<ContainerDefinition>,
    /// CPU and memory of the whole task; see [`task_size!`](crate::task_size).
    size: TaskSize,
    /// Main container, to which a load balancer sends requests.
    container: ContainerDefinition<P>,
    /// Processor architecture that the images are built for. Default: [`CpuArchitecture::Arm64`].
    #[builder(default = CpuArchitecture::Arm64)]
    cpu_architecture: CpuArchitecture,
    /// Family name that all revisions share. Default: derived from the construct path, as in the CDK.
    #[builder(with = |family: impl IntoValue<String>| family.into_value())]
    family: Option<Value<String>>,
    /// Disk space of the task, 21 to 200 GiB; space above 20 GiB is charged. Default: Fargate's 20 GiB.
    ephemeral_storage: Option<Size>,
    /// Log group of the containers. Default: a separate one.
    #[builder(with = |group: impl AsLogGroup<'app>| group.as_log_group())]
    log_group: Option<LogGroupRef<'app>>,
}

impl<'app, P: Ports, S: fargate_task_definition_builder::State>
    FargateTaskDefinitionBuilder<'app, P, S>
{
    /// Adds a container next to the main one.
    pub fn sidecar<Q: Ports>(mut self, container: ContainerDefinition<Q>) -> Self {
        self.sidecars.push(container.with_ports());
        self
    }

    /// Adds the task definition under `scope`.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> FargateTaskDefinition<'app, P>
    where
        S: fargate_task_definition_builder::IsComplete,
    {
        self.build_in(
            scope
                .scope()
                .library_construct(id, "infra-lib.ecs.FargateTaskDefinition"),
        )
    }

    pub(super) fn build_in(self, scope: Scope<'app>) -> FargateTaskDefinition<'app, P>
    where
        S: fargate_task_definition_builder::IsComplete,
    {
        let props = self.props();
        // Every task needs an essential container; the main container always is one.
        let mut containers = vec![props.container.with_ports().essential(Essential::Yes)];
        containers.extend(props.sidecars);
        let processor = match props.cpu_architecture {
            CpuArchitecture::Arm64 => Processor::Arm64,
            CpuArchitecture::X86_64 => Processor::Amd64,
        };
        for container in &mut containers {
            container.image.bind(scope, processor);
        }
        container_checks::check_containers(scope, &containers);
        check_storage(scope, props.ephemeral_storage);

        let task_role =
            roles::for_tasks(scope, "TaskRole", "what the containers of the task may do");
        let execution_role =
            roles::for_tasks(scope, "ExecutionRole", "what ECS needs to start the task");
        let log_group = props
            .log_group
            .unwrap_or_else(|| LogGroup::builder().build(scope, "LogGroup").as_log_group());
        roles::allow_start(&execution_role, &containers, log_group);
        file_system::allow_mounts(&task_role, &containers);

        let name = log_group.name();
        let (definitions, volumes): (Vec<_>, Vec<_>) = containers
            .iter()
            .map(|container| container_render::render_container(container, &name))
            .unzip();
        let volumes: Vec<_> = volumes.into_iter().flatten().collect();
        let platform = cfn::RuntimePlatform::new()
            .cpu_architecture(match props.cpu_architecture {
                CpuArchitecture::Arm64 => cfn::RuntimePlatformCpuArchitecture::ARM64,
                CpuArchitecture::X86_64 => cfn::RuntimePlatformCpuArchitecture::X86_64,
            })
            .operating_system_family(cfn::RuntimePlatformOperatingSystemFamily::LINUX);
        let mut resource = CfnTaskDefinitionProps::new()
            .container_definitions(definitions)
            .cpu(props.size.cpu().to_string())
            .execution_role_arn(execution_role.arn())
            .family(props.family.unwrap_or_else(|| default_family(scope)))
            .memory(props.size.memory().as_mib().to_string())
            .network_mode(cfn::NetworkMode::AWSVPC)
            .requires_compatibilities([cfn::RequiresCompatibilities::FARGATE])
            .runtime_platform(platform)
            .task_role_arn(task_role.arn());
        if let Some(gib) = props.ephemeral_storage.and_then(Size::as_gib) {
            let gib = i64::try_from(gib).unwrap_or(i64::MAX);
            resource = resource.ephemeral_storage(cfn::EphemeralStorage::new().size_in_gi_b(gib));
        }
        if !volumes.is_empty() {
            resource = resource.volumes(volumes);
        }
        let task_definition = resource.build(scope, "Resource");
        file_system::register_after_mount_targets(task_definition, &containers);
        FargateTaskDefinition {
            scope,
            task_definition,
            task_role,
            execution_role,
            log_group,
            ports: PhantomData,
        }
    }
}

/// Returns a family name from the construct path. Revisions would not share a name that CloudFormation generates.
fn default_family(scope: Scope<'_>) -> Value<String> {
    let path = scope.path();
    logical_id(&path.split('/').collect::<Vec<_>>()).into_value()
}

fn check_storage(scope: Scope<'_>, storage: Option<Size>) {
    let Some(storage) = storage else { return };
    if !storage
        .as_gib()
        .is_some_and(|gib| (21..=200).contains(&gib))
    {
        scope.report(
            Diagnostic::new(
                codes::TASK_SETTING_RANGE,
                format!("the task has {storage} of ephemeral storage, which Fargate rejects"),
            )
            .property("EphemeralStorage.SizeInGiB")
            .actual(storage.to_string())
            .expected("21 to 200 GiB, in whole GiB")
            .help("omit it to use the 20 GiB that are free of charge"),
        );
    }
}

impl<'app, P: Ports> Construct<'app> for FargateTaskDefinition<'app, P> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

/// Grants permissions to the task role, which the containers use.
impl<'app, P: Ports> Grantable<'app> for FargateTaskDefinition<'app, P> {
    fn grantee(&self) -> Grantee<'app> {
        self.task_role.grantee()
    }
}

impl<'app, P: Ports> Identity<'app> for FargateTaskDefinition<'app, P> {}

impl<'app, P: Ports> FargateTaskDefinition<'app, P> {
    /// Returns a builder for a task definition.
    pub fn builder() -> FargateTaskDefinitionBuilder<'app, P> {
        FargateTaskDefinitionProps::builder()
    }

    /// Returns the ARN of the task definition's revision.
    pub fn arn(&self) -> Value<Arn<kind::ecs::TaskDefinition>> {
        self.task_definition.ref_()
    }

    /// Returns the task role, which the containers use. It has no permissions until some are granted.
    pub fn task_role(&self) -> Role<'app> {
        self.task_role
    }

    /// Returns the execution role, with which ECS starts the task.
    pub fn execution_role(&self) -> Role<'app> {
        self.execution_role
    }

    /// Returns the log group of the containers.
    pub fn log_group(&self) -> LogGroupRef<'app> {
        self.log_group
    }

    /// Adds an entry to the metadata of the resource.
    pub(super) fn add_metadata(&self, key: &'static str, data: crate::core::Data) {
        self.task_definition.scope().add_metadata(key, data);
    }

    /// Returns a property of the main container, as it is in the construct tree.
    pub(super) fn main_container(&self, property: &str) -> Option<crate::core::Data> {
        self.task_definition
            .prop(&format!("ContainerDefinitions.0.{property}"))
    }

    /// Returns `true` if every container can write to its root file system, as ECS Exec needs.
    pub(super) fn root_is_writable(&self) -> bool {
        let containers = self.task_definition.prop("ContainerDefinitions");
        let containers = containers
            .as_ref()
            .and_then(crate::core::Data::as_list)
            .unwrap_or_default();
        containers.iter().all(|one| {
            one.pointer("ReadonlyRootFilesystem")
                .and_then(crate::core::Data::as_bool)
                != Some(true)
        })
    }
}
