//! Network placement of tasks, and the services that they must reach.

use super::parts::Ports;
use super::service::ExecuteCommand;
use super::task_definition::FargateTaskDefinition;
use crate::core::{Data, Resource, Scope};
use crate::ec2::{
    InterfaceEndpointService, Outbound, PrivateWithEgress, SecurityGroup, Subnets, create_group,
};

/// Subnets that tasks can run in: [`Subnets<PrivateWithEgress>`](Subnets).
#[diagnostic::on_unimplemented(
    message = "tasks cannot run in `{Self}`",
    label = "expected the private subnets of a VPC",
    note = "tasks in public subnets would be reachable from the internet; use public subnets for the load balancer",
    note = "isolated subnets have no outbound route: tasks could not pull their image, read secrets or write logs",
    note = "use `vpc.private()`, which has outbound access through NAT or interface endpoints"
)]
pub trait TaskSubnets<'app> {
    /// Returns the subnets.
    fn subnets(self) -> Subnets<'app, PrivateWithEgress>;
}

impl<'app> TaskSubnets<'app> for Subnets<'app, PrivateWithEgress> {
    fn subnets(self) -> Self {
        self
    }
}

/// Creates a security group that allows tasks to connect to port 443 anywhere, and to nothing else.
///
/// Pulling images, reading secrets and sending logs use addresses of AWS APIs, for which no shorter list exists.
pub(super) fn security_group<'app>(
    scope: Scope<'app>,
    subnets: Subnets<'app, PrivateWithEgress>,
) -> SecurityGroup<'app> {
    let outbound = Outbound::Https("HTTPS, for the APIs of AWS");
    create_group(scope, "SecurityGroup", subnets.vpc(), outbound)
}

/// Creates the security group of tasks that others than a service start, and requires that these can reach what they need.
#[track_caller]
pub(crate) fn task_security_group<'app, P: Ports>(
    scope: Scope<'app>,
    subnets: Subnets<'app, PrivateWithEgress>,
    task_definition: FargateTaskDefinition<'app, P>,
) -> SecurityGroup<'app> {
    require_reach(scope, subnets, task_definition, ExecuteCommand::Disabled);
    security_group(scope, subnets)
}

/// Makes the resource that starts tasks depend on the routes of its subnets, and requires that the tasks can reach
/// what they need to start.
pub(super) fn start_after_routes<'app, P: Ports>(
    scope: Scope<'app>,
    subnets: Subnets<'app, PrivateWithEgress>,
    starter: Resource<'app>,
    task_definition: FargateTaskDefinition<'app, P>,
    execute_command: ExecuteCommand,
) {
    subnets.established_before(starter);
    require_reach(scope, subnets, task_definition, execute_command);
}

/// Requires that tasks in these subnets can reach the services they need to start; without NAT or an endpoint it is
/// reported.
pub(super) fn require_reach<'app, P: Ports>(
    scope: Scope<'app>,
    subnets: Subnets<'app, PrivateWithEgress>,
    task_definition: FargateTaskDefinition<'app, P>,
    execute_command: ExecuteCommand,
) {
    // Image layers come from S3.
    let mut services = vec![
        InterfaceEndpointService::ECR_API,
        InterfaceEndpointService::ECR_DKR,
        InterfaceEndpointService::S3,
        InterfaceEndpointService::CLOUDWATCH_LOGS,
    ];
    for (action, service) in [
        ("secretsmanager:", InterfaceEndpointService::SECRETS_MANAGER),
        ("ssm:", InterfaceEndpointService::SSM),
    ] {
        if task_definition
            .execution_role()
            .cfn()
            .prop("Policies")
            .is_some_and(|policies| contains_prefix(&policies, action))
        {
            services.push(service);
        }
    }
    if execute_command == ExecuteCommand::Enabled {
        services.push(InterfaceEndpointService::SSM_MESSAGES);
    }
    subnets.requires_reach(scope, &services);
}

/// Returns `true` if `data` contains a text that begins with `start`.
fn contains_prefix(data: &Data, start: &str) -> bool {
    match data {
        Data::Text(text) => text.starts_with(start),
        Data::List(items) => items.iter().any(|item| contains_prefix(item, start)),
        Data::Map(map) => map.iter().any(|(_, item)| contains_prefix(item, start)),
        _ => false,
    }
}
