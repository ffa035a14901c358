//! Permissions for drift detection: CloudFormation reads each resource with the permissions of the caller.
//!
//! The actions are those of the read handlers of the resource types in the reference architecture, as the
//! CloudFormation registry lists them, and no others. `infra-lib/tests/handler_permissions.txt` has the list, and a
//! test compares it. None of the actions reads a secret, an object, a parameter or a log.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html>

use super::boundary::{PATH, bucket_arns, in_regions};
use super::execution::READ_DELIVERY;
use crate::core::{pseudo, sub};
use crate::iam::{Role, Statement};

/// Read actions of regional services. Most have no resource-level permissions, and names of resources do not begin
/// with the name of the stack.
const REGIONAL: &[&str] = &[
    "application-autoscaling:DescribeScalableTargets",
    "application-autoscaling:DescribeScalingPolicies",
    "application-autoscaling:DescribeScheduledActions",
    "application-autoscaling:ListTagsForResource",
    "cloudwatch:DescribeAlarms",
    "cloudwatch:GetDashboard",
    "cloudwatch:ListTagsForResource",
    "ec2:DescribeAccountAttributes",
    "ec2:DescribeAddresses",
    "ec2:DescribeAvailabilityZones",
    "ec2:DescribeFlowLogs",
    "ec2:DescribeInternetGateways",
    "ec2:DescribeNatGateways",
    "ec2:DescribeNetworkAcls",
    "ec2:DescribeRouteTables",
    "ec2:DescribeSecurityGroupRules",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcAttribute",
    "ec2:DescribeVpcEncryptionControls",
    "ec2:DescribeVpcEndpoints",
    "ec2:DescribeVpcs",
    "ec2:DescribeVpnGateways",
    "ecr:DescribeRepositories",
    "ecr:GetLifecyclePolicy",
    "ecr:GetRepositoryPolicy",
    "ecr:ListTagsForResource",
    "ecs:DescribeClusters",
    "ecs:DescribeServices",
    "ecs:DescribeTaskDefinition",
    "elasticloadbalancing:DescribeCapacityReservation",
    "elasticloadbalancing:DescribeListenerAttributes",
    "elasticloadbalancing:DescribeListeners",
    "elasticloadbalancing:DescribeLoadBalancerAttributes",
    "elasticloadbalancing:DescribeLoadBalancers",
    "elasticloadbalancing:DescribeTags",
    "elasticloadbalancing:DescribeTargetGroupAttributes",
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:DescribeTargetHealth",
    "kms:DescribeKey",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListResourceTags",
    "logs:DescribeIndexPolicies",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:GetDataProtectionPolicy",
    "logs:GetDelivery",
    "logs:GetDeliveryDestination",
    "logs:GetDeliveryDestinationPolicy",
    "logs:GetDeliverySource",
    "logs:ListTagsForResource",
    "rds:DescribeDBInstances",
    "rds:DescribeDBParameterGroups",
    "rds:DescribeDBParameters",
    "rds:DescribeDBSubnetGroups",
    "rds:ListTagsForResource",
    "secretsmanager:DescribeSecret",
    "sns:GetDataProtectionPolicy",
    "sns:GetSubscriptionAttributes",
    "sns:GetTopicAttributes",
    "sns:ListSubscriptionsByTopic",
    "sns:ListTagsForResource",
    "wafv2:GetLoggingConfiguration",
    "wafv2:GetWebACL",
    "wafv2:ListTagsForResource",
];

/// Read actions of global services.
const GLOBAL: &[&str] = &[
    "cloudfront:DescribeFunction",
    "cloudfront:GetCachePolicy",
    "cloudfront:GetDistribution",
    "cloudfront:GetDistributionConfig",
    "cloudfront:GetFunction",
    "cloudfront:GetOriginAccessControl",
    "cloudfront:GetOriginRequestPolicy",
    "cloudfront:GetResponseHeadersPolicy",
    "cloudfront:GetVpcOrigin",
    "cloudfront:ListTagsForResource",
];

/// Read actions on the settings of buckets, and on the names of their objects.
const BUCKETS: &[&str] = &[
    "s3:GetAccelerateConfiguration",
    "s3:GetAnalyticsConfiguration",
    "s3:GetBucketAbac",
    "s3:GetBucketCORS",
    "s3:GetBucketLogging",
    "s3:GetBucketMetadataTableConfiguration",
    "s3:GetBucketNotification",
    "s3:GetBucketObjectLockConfiguration",
    "s3:GetBucketOwnershipControls",
    "s3:GetBucketPolicy",
    "s3:GetBucketPublicAccessBlock",
    "s3:GetBucketTagging",
    "s3:GetBucketVersioning",
    "s3:GetBucketWebsite",
    "s3:GetEncryptionConfiguration",
    "s3:GetIntelligentTieringConfiguration",
    "s3:GetInventoryConfiguration",
    "s3:GetLifecycleConfiguration",
    "s3:GetMetricsConfiguration",
    "s3:GetReplicationConfiguration",
    "s3:ListBucket",
    "s3:ListTagsForResource",
];

/// Adds the permissions for drift detection of the stacks to a role.
pub(super) fn grant_drift_detection(role: &Role<'_>, prefix: &str, regions: &[String]) {
    let regional = Statement::allow()
        .sid("ReadRegional")
        .actions(REGIONAL.iter().copied())
        .resource("*");
    role.add_statement(in_regions(regional, regions));
    role.add_statement(
        Statement::allow()
            .sid("ReadGlobal")
            .actions(GLOBAL.iter().copied())
            .resource("*"),
    );
    role.add_statement(
        Statement::allow()
            .sid("ReadBuckets")
            .actions(BUCKETS.iter().copied())
            .resource(bucket_arns(prefix)),
    );
    let of_account = |kind: &str| {
        sub![
            "arn:",
            pseudo::partition(),
            ":iam::",
            pseudo::account_id(),
            ":",
            kind,
            "*"
        ]
    };
    role.add_statement(
        Statement::allow()
            .sid("ReadRoles")
            .actions(READ_DELIVERY.iter().copied())
            .resource(of_account(&format!("role/{prefix}")))
            .resource(of_account(&format!("role{PATH}")))
            .resource(of_account(&format!("policy{PATH}")))
            .resource(of_account("oidc-provider/")),
    );
}
