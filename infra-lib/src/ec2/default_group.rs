//! Check for resources that use a VPC's default security group, whose rules CloudFormation cannot remove.

use crate::core::{Expr, Resource};
use crate::{Construct, Data, Diagnostic, Scope, codes};

/// Properties without which EC2 assigns the default security group, by resource type.
const GROUPS_OF: &[(&str, &str)] = &[
    ("AWS::DocDB::DBCluster", "VpcSecurityGroupIds"),
    ("AWS::EC2::Instance", "SecurityGroupIds"),
    ("AWS::EC2::NetworkInterface", "GroupSet"),
    (
        "AWS::ECS::Service",
        "NetworkConfiguration.AwsvpcConfiguration.SecurityGroups",
    ),
    ("AWS::EFS::MountTarget", "SecurityGroups"),
    ("AWS::ElastiCache::ReplicationGroup", "SecurityGroupIds"),
    (
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "SecurityGroups",
    ),
    ("AWS::Lambda::Function", "VpcConfig.SecurityGroupIds"),
    ("AWS::RDS::DBCluster", "VpcSecurityGroupIds"),
    ("AWS::RDS::DBInstance", "VPCSecurityGroups"),
];

/// Mark of an app that already has the validator.
struct DefaultGroupWatch;

/// Adds a validator to the app that reports resources which use a default security group, named or implied.
pub(super) fn watch_default_groups(scope: Scope<'_>) {
    let root = scope.root();
    if root.attached::<DefaultGroupWatch>().is_none() {
        root.attach(DefaultGroupWatch);
        root.add_validator(|root| root.resources().into_iter().for_each(check_resource));
    }
}

fn check_resource(resource: Resource<'_>) {
    let mut named = false;
    Data::from(resource.props()).for_each_expr(&mut |expr| {
        named |= matches!(expr, Expr::GetAtt(_, attribute) if attribute == "DefaultSecurityGroup");
    });
    let missing = implied_default_group(resource);
    if !named && missing.is_none() {
        return;
    }
    let what = if named {
        "uses the default security group of its VPC"
    } else {
        "sets no security group, so it gets the default security group of its VPC"
    };
    let mut found = Diagnostic::new(
        codes::DEFAULT_SECURITY_GROUP,
        format!("{} {what}", resource.type_name()),
    )
    .note("the default security group allows traffic between its members and all outbound traffic")
    .help("create a security group: `SecurityGroup::builder().vpc(vpc)`");
    if let Some(property) = missing {
        found = found.property(property);
    }
    resource.scope().report(found);
}

/// Returns the missing property if its absence means the default group.
fn implied_default_group(resource: Resource<'_>) -> Option<&'static str> {
    let type_name = resource.type_name();
    let (_, property) = GROUPS_OF.iter().find(|(name, _)| *name == type_name)?;
    let parent = property.rsplit_once('.').map(|(parent, _)| parent);
    let exempt = match (&*type_name, parent) {
        // Outside a VPC, or with separate network interfaces.
        (_, Some(parent)) => resource.prop(parent).is_none(),
        ("AWS::EC2::Instance", None) => resource.prop("NetworkInterfaces").is_some(),
        // Network and gateway load balancers work without security groups.
        ("AWS::ElasticLoadBalancingV2::LoadBalancer", None) => resource
            .prop("Type")
            .is_some_and(|kind| kind.as_text() != Some("application")),
        // Members of a cluster use the groups of the cluster.
        ("AWS::RDS::DBInstance", None) => resource.prop("DBClusterIdentifier").is_some(),
        _ => false,
    };
    let empty = |data: Data| data.as_list().is_some_and(<[Data]>::is_empty);
    (!exempt && resource.prop(property).is_none_or(empty)).then_some(*property)
}
