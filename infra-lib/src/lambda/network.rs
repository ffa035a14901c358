//! Placement of a function in a VPC.

use crate::cfn::lambda::function;
use crate::core::{Construct, Diagnostic, NodeId, Scope, codes};
use crate::ec2::{
    Connectable, Connections, Outbound, SecurityGroup, SubnetsRef, Tier, create_group,
};
use crate::iam::{RoleRef, Statement};

use super::Function;

/// Returns the property `VpcConfig`.
#[track_caller]
pub(super) fn config<'app>(
    subnets: SubnetsRef<'app>,
    groups: &[SecurityGroup<'app>],
) -> function::VpcConfig {
    let ids: Vec<_> = groups.iter().map(SecurityGroup::id).collect();
    function::VpcConfig::new()
        .security_group_ids(ids)
        .subnet_ids(subnets.id_list())
}

/// Creates a security group. In private subnets it allows connections to port 443 anywhere, for the APIs of AWS; in
/// isolated ones none, since there is no way out.
pub(super) fn security_group<'app>(
    scope: Scope<'app>,
    subnets: SubnetsRef<'app>,
) -> SecurityGroup<'app> {
    let outbound = match subnets.tier() {
        Tier::Isolated => Outbound::Nothing,
        _ => Outbound::Https("HTTPS, for the APIs of AWS"),
    };
    create_group(scope, "SecurityGroup", subnets.vpc(), outbound)
}

/// Allows Lambda to create the network interfaces of the function. The actions apply to every resource, because the
/// interfaces do not exist yet.
///
/// AWS: [Giving Lambda functions access to resources in a VPC](https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions).
pub(super) fn allow_interfaces(role: RoleRef<'_>) {
    role.add_statement(
        Statement::allow()
            .actions([
                "ec2:CreateNetworkInterface",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeSubnets",
                "ec2:DeleteNetworkInterface",
                "ec2:AssignPrivateIpAddresses",
                "ec2:UnassignPrivateIpAddresses",
            ])
            .resource("*"),
    );
}

/// Security groups of a function, stored with its node.
pub(super) struct Groups(pub(super) Vec<NodeId>);

/// Connects the function through its security groups. A function outside a VPC has none, which is reported
/// (`INF4909`).
impl<'app> Connectable<'app> for Function<'app> {
    fn connections(&self) -> Connections<'app> {
        let scope = self.scope();
        let groups = scope.attached::<Groups>();
        if groups.is_none() {
            scope.report(
                Diagnostic::new(
                    codes::FUNCTION_OUTSIDE_VPC,
                    "a function outside a VPC has no security group, so no connection can be allowed",
                )
                .property("VpcConfig")
                .help("place it: `Function::builder().subnets(vpc.private())`")
                .url("https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html"),
            );
        }
        let ids = groups.iter().flat_map(|groups| groups.0.iter());
        let groups = ids
            .filter_map(|id| scope.node(*id))
            .map(SecurityGroup::from_scope);
        Connections::new(groups.collect(), None)
    }
}
