//! Flow logs: records of the traffic of a VPC.

use infra_cfn::ec2::{CfnFlowLogProps, flow_log};
use infra_cfn::iam::{CfnRoleProps, role};
use infra_cfn::logs::CfnLogGroupProps;

use super::Vpc;
use crate::core::Data;
use crate::{Construct, IntoValue, RemovalPolicy, pseudo};

/// What is recorded of a VPC's traffic.
///
/// Default: all traffic, to a CloudWatch log group that keeps it for three months
/// ([flow logs](https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html)); CloudFormation's own default is
/// to record nothing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct FlowLogs(Option<Traffic>);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Traffic {
    All,
    Rejected,
}

impl Default for FlowLogs {
    fn default() -> Self {
        Self::all()
    }
}

impl FlowLogs {
    /// Accepted and rejected traffic.
    pub const fn all() -> Self {
        Self(Some(Traffic::All))
    }

    /// Rejected traffic only.
    pub const fn rejected() -> Self {
        Self(Some(Traffic::Rejected))
    }

    /// Nothing.
    pub const fn none() -> Self {
        Self(None)
    }
}

pub(super) fn add(vpc: Vpc<'_>, logs: FlowLogs) {
    let Some(traffic) = logs.0 else { return };
    let scope = vpc
        .scope()
        .library_construct("FlowLog", "infra-lib.ec2.FlowLog");
    let group_scope = scope.library_construct("LogGroup", "infra-lib.logs.LogGroup");
    let group = CfnLogGroupProps::new()
        .retention_in_days(90)
        .build(group_scope, "Resource");
    group.apply_removal_policy(RemovalPolicy::Retain);

    let text = |text: &'static str| Data::from(text);
    let one = |statement: Data| {
        Data::map([
            ("Version", text("2012-10-17")),
            ("Statement", Data::list([statement])),
        ])
    };
    // Without the condition, anyone's flow logs could be made to use the role:
    // https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
    let account = Data::map([("aws:SourceAccount", pseudo::account_id().into_data())]);
    let trust = one(Data::map([
        ("Effect", text("Allow")),
        (
            "Principal",
            Data::map([("Service", text("vpc-flow-logs.amazonaws.com"))]),
        ),
        ("Action", text("sts:AssumeRole")),
        ("Condition", Data::map([("StringEquals", account)])),
    ]));
    let actions = [
        "logs:CreateLogStream",
        "logs:DescribeLogStreams",
        "logs:PutLogEvents",
    ];
    let write = one(Data::map([
        ("Effect", text("Allow")),
        ("Action", Data::list(actions.map(Data::from))),
        ("Resource", group.attr_arn().into_data()),
    ]));
    let role = CfnRoleProps::new(trust)
        .policies([role::Policy::new(write, "Default")])
        .build(
            scope.library_construct("IAMRole", "infra-lib.iam.Role"),
            "Resource",
        );

    CfnFlowLogProps::new(vpc.id(), flow_log::ResourceType::VPC)
        .traffic_type(match traffic {
            Traffic::All => flow_log::TrafficType::ALL,
            Traffic::Rejected => flow_log::TrafficType::REJECT,
        })
        .log_destination_type(flow_log::LogDestinationType::CLOUD_WATCH_LOGS)
        .log_group_name(group.ref_().into_value())
        .deliver_logs_permission_arn(role.attr_arn())
        .build(scope, "FlowLog");
}
