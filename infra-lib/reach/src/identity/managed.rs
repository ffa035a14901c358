//! Managed policies of AWS whose content is known.

use serde_json::{Value as JsonValue, json};

/// Returns the content of a managed policy of AWS, or `None` for those that this version does not know. They may allow
/// anything.
///
/// AWS: <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html>
pub(super) fn managed_policy(arn: &str) -> Option<JsonValue> {
    let (_, name) = arn.split_once(":iam::aws:policy/")?;
    let logs = json!([
        "logs:CreateLogGroup",
        "logs:CreateLogStream",
        "logs:PutLogEvents"
    ]);
    let network = [
        "ec2:CreateNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:DeleteNetworkInterface",
        "ec2:AssignPrivateIpAddresses",
        "ec2:UnassignPrivateIpAddresses",
    ];
    let allow = |actions: JsonValue| json!({ "Statement": { "Effect": "Allow", "Action": actions, "Resource": "*" } });
    Some(match name {
        "AdministratorAccess" => allow(json!("*")),
        "service-role/AWSLambdaBasicExecutionRole" => allow(logs),
        "service-role/AWSLambdaVPCAccessExecutionRole" => json!({ "Statement": [
            { "Effect": "Allow", "Action": logs, "Resource": "*" },
            { "Effect": "Allow", "Action": network, "Resource": "*" },
        ]}),
        "service-role/AmazonECSTaskExecutionRolePolicy" => allow(json!([
            "ecr:GetAuthorizationToken",
            "ecr:BatchCheckLayerAvailability",
            "ecr:GetDownloadUrlForLayer",
            "ecr:BatchGetImage",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
        ])),
        "AWSXRayDaemonWriteAccess" => allow(json!([
            "xray:PutTraceSegments",
            "xray:PutTelemetryRecords",
            "xray:GetSamplingRules",
            "xray:GetSamplingTargets",
            "xray:GetSamplingStatisticSummaries",
        ])),
        "service-role/AmazonRDSEnhancedMonitoringRole" => json!({ "Statement": [
            { "Effect": "Allow", "Action": ["logs:CreateLogGroup", "logs:PutRetentionPolicy"],
              "Resource": "arn:aws:logs:*:*:log-group:RDS*" },
            { "Effect": "Allow",
              "Action": ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams", "logs:GetLogEvents"],
              "Resource": "arn:aws:logs:*:*:log-group:RDS*:log-stream:*" },
        ]}),
        _ => return None,
    })
}
