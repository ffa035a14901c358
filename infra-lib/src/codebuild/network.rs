//! Placement of builds in a VPC.

use infra_cfn::codebuild::CfnProject;
use infra_cfn::codebuild::project::VpcConfig;

use super::Project;
use crate::core::NodeId;
use crate::ec2::{
    Connectable, Connections, Outbound, SecurityGroup, SubnetsRef, Tier, create_group,
};
use crate::iam::{RoleRef, Statement};
use crate::{Construct, Diagnostic, Scope, Value, codes, pseudo, sub};

/// Security group of a project, stored with its node.
pub(super) struct Group(NodeId);

/// Returns the property `VpcConfig`, with the given security group or a new one.
#[track_caller]
pub(super) fn config<'app>(
    scope: Scope<'app>,
    subnets: SubnetsRef<'app>,
    group: Option<SecurityGroup<'app>>,
) -> VpcConfig {
    let outbound = match subnets.tier() {
        Tier::Isolated => Outbound::Nothing,
        _ => Outbound::Https("HTTPS, for sources and packages"),
    };
    let group =
        group.unwrap_or_else(|| create_group(scope, "SecurityGroup", subnets.vpc(), outbound));
    scope.attach(Group(group.scope().node_id()));
    VpcConfig::new()
        .vpc_id(subnets.vpc().id())
        .subnets(subnets.id_list())
        .security_group_ids(vec![group.id()])
}

/// Allows CodeBuild to create network interfaces in the subnets. The other actions apply to every resource, because the
/// interfaces do not exist yet.
///
/// AWS: [Allow CodeBuild access to AWS services required to create a VPC network
/// interface](https://docs.aws.amazon.com/codebuild/latest/userguide/auth-and-access-control-iam-identity-based-access-control.html#customer-managed-policies-example-create-vpc-network-interface).
pub(super) fn allow_interfaces(role: RoleRef<'_>, subnets: SubnetsRef<'_>) {
    role.add_statement(
        Statement::allow()
            .actions([
                "ec2:CreateNetworkInterface",
                "ec2:DeleteNetworkInterface",
                "ec2:DescribeDhcpOptions",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeSecurityGroups",
                "ec2:DescribeSubnets",
                "ec2:DescribeVpcs",
            ])
            .resource("*"),
    );
    let mut permission = Statement::allow()
        .action("ec2:CreateNetworkInterfacePermission")
        .resource(arn_of("network-interface/*"))
        .condition(
            "StringEquals",
            "ec2:AuthorizedService",
            "codebuild.amazonaws.com",
        );
    for subnet in subnets.id_list() {
        let arn = sub![arn_of("subnet/"), subnet];
        permission = permission.condition("StringEquals", "ec2:Subnet", arn);
    }
    role.add_statement(permission);
}

fn arn_of(resource: &'static str) -> Value<String> {
    sub![
        "arn:",
        pseudo::partition(),
        ":ec2:",
        pseudo::region(),
        ":",
        pseudo::account_id(),
        ":",
        resource
    ]
}

/// Makes a project depend on the routes of its subnets.
pub(super) fn establish<'app>(subnets: SubnetsRef<'app>, project: CfnProject<'app>) {
    subnets.established_before(*project);
}

/// Connects builds through their security group. A project outside a VPC has none, which is reported (`INF4088`).
impl<'app> Connectable<'app> for Project<'app> {
    fn connections(&self) -> Connections<'app> {
        let scope = self.scope();
        let group = scope.attached::<Group>();
        if group.is_none() {
            scope.report(
                Diagnostic::new(
                    codes::BUILD_SETTING,
                    "a project outside a VPC has no security group, so no connection can be allowed",
                )
                .property("VpcConfig")
                .help("place it: `Project::builder().subnets(vpc.private())`")
                .url("https://docs.aws.amazon.com/codebuild/latest/userguide/vpc-support.html"),
            );
        }
        let node = group.and_then(|group| scope.node(group.0));
        let groups = node.into_iter().map(SecurityGroup::from_scope);
        Connections::new(groups.collect(), None)
    }
}
