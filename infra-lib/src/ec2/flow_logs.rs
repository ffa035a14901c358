//! Flow logs: records of a VPC's network traffic.

use infra_cfn::ec2::{CfnFlowLogProps, flow_log};

use super::Vpc;
use crate::Construct;
use crate::iam::{Principal, Role, Statement};
use crate::kms::{AsKey, KeyRef};
use crate::logs::{LogGroup, RetentionDays};

/// Traffic of a VPC that is recorded, and the retention of the records.
///
/// Default: all traffic, to a CloudWatch log group that keeps it for three months ([flow logs to CloudWatch
/// Logs](https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html)). CloudFormation records nothing by
/// default.
#[derive(Clone, Copy, Debug)]
pub struct FlowLogs<'app> {
    traffic: Option<Traffic>,
    retention: RetentionDays,
    encryption_key: Option<KeyRef<'app>>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Traffic {
    All,
    Rejected,
}

impl Default for FlowLogs<'_> {
    fn default() -> Self {
        Self::all()
    }
}

impl<'app> FlowLogs<'app> {
    /// Records accepted and rejected traffic.
    pub const fn all() -> Self {
        Self::for_traffic(Some(Traffic::All))
    }

    /// Records rejected traffic only, which costs less than all traffic.
    pub const fn rejected() -> Self {
        Self::for_traffic(Some(Traffic::Rejected))
    }

    /// Records no traffic and creates no log group.
    pub const fn none() -> Self {
        Self::for_traffic(None)
    }

    /// Sets the retention of the records. Default: three months.
    pub const fn retention(mut self, retention: RetentionDays) -> Self {
        self.retention = retention;
        self
    }

    /// Sets the KMS key that encrypts the records, and allows CloudWatch Logs to use it in the key policy. Default: a
    /// key that CloudWatch Logs owns.
    pub fn encryption_key(mut self, key: impl AsKey<'app>) -> Self {
        self.encryption_key = Some(key.as_key());
        self
    }

    const fn for_traffic(traffic: Option<Traffic>) -> Self {
        Self {
            traffic,
            retention: RetentionDays::THREE_MONTHS,
            encryption_key: None,
        }
    }
}

/// Adds the log group, its role and the flow log.
///
/// Only flow logs of this account can assume the role ([IAM role for flow
/// logs](https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html)).
pub(super) fn add_flow_log<'app>(vpc: Vpc<'app>, logs: FlowLogs<'app>) {
    let Some(traffic) = logs.traffic else { return };
    let scope = vpc
        .scope()
        .library_construct("FlowLog", "infra-lib.ec2.FlowLog");
    let group = LogGroup::builder()
        .retention(logs.retention)
        .maybe_encryption_key(logs.encryption_key.as_ref())
        .build(scope, "LogGroup");
    let role = Role::builder()
        .assumed_by(Principal::service("vpc-flow-logs.amazonaws.com").for_this_account())
        .statement(
            Statement::allow()
                .actions([
                    "logs:CreateLogStream",
                    "logs:DescribeLogStreams",
                    "logs:PutLogEvents",
                ])
                .resource(group.arn()),
        )
        .build(scope, "IAMRole");
    CfnFlowLogProps::new(vpc.id(), flow_log::ResourceType::VPC)
        .traffic_type(match traffic {
            Traffic::All => flow_log::TrafficType::ALL,
            Traffic::Rejected => flow_log::TrafficType::REJECT,
        })
        .log_destination_type(flow_log::LogDestinationType::CLOUD_WATCH_LOGS)
        .log_group_name(group.name())
        .deliver_logs_permission_arn(role.arn())
        .build(scope, "FlowLog");
}
