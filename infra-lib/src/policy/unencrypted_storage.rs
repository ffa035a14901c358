//! Policy INF5002: reports data at rest without encryption.
//!
//! It omits S3, ECR, ECS, CloudWatch Logs, Secrets Manager and DynamoDB, which always encrypt.

use super::{Rule, is_true, parse_bool, property_finding};
use crate::core::codes;
use crate::core::template::TemplateResource;

/// Resource types that encrypt only on request, with the property that requests it.
const TYPES: &[(&str, &str)] = &[
    ("AWS::RDS::DBInstance", "StorageEncrypted"),
    ("AWS::RDS::DBCluster", "StorageEncrypted"),
    ("AWS::EC2::Volume", "Encrypted"),
    ("AWS::EFS::FileSystem", "Encrypted"),
    (
        "AWS::ElastiCache::ReplicationGroup",
        "AtRestEncryptionEnabled",
    ),
    ("AWS::Redshift::Cluster", "Encrypted"),
];

pub(super) const RULE: Rule = Rule {
    code: codes::UNENCRYPTED_STORAGE,
    check: |template, findings| {
        for resource in &template.resources {
            let told_by = TYPES.iter().find(|(kind, _)| *kind == resource.type_name);
            if let Some((_, property)) = told_by
                && !is_encrypted(resource, property)
            {
                findings.push(
                    property_finding(
                        RULE.code,
                        resource,
                        property,
                        "data at rest is not encrypted",
                    )
                    .help(format!(
                        "set `{property}` to `true`; the AWS managed key is free of charge"
                    )),
                );
            }
            if resource.type_name == "AWS::SNS::Topic" && resource.prop("KmsMasterKeyId").is_none()
            {
                findings.push(
                    property_finding(RULE.code, resource, "KmsMasterKeyId", "messages of the topic are not encrypted")
                        .help("set `KmsMasterKeyId` to `alias/aws/sns`, or to a customer managed key if alarms publish to the topic"),
                );
            }
            if resource.type_name == "AWS::SQS::Queue"
                && resource.prop("KmsMasterKeyId").is_none()
                && resource.prop("SqsManagedSseEnabled").and_then(parse_bool) == Some(false)
            {
                findings.push(
                    property_finding(
                        RULE.code,
                        resource,
                        "SqsManagedSseEnabled",
                        "messages of the queue are not encrypted",
                    )
                    .help("remove `SqsManagedSseEnabled`: queues are encrypted by default"),
                );
            }
        }
    },
};

/// Returns `true` for deferred values, and for storage that inherits the encryption of its source.
fn is_encrypted(resource: &TemplateResource, property: &str) -> bool {
    let inherited = [
        "DBClusterIdentifier",
        "DBSnapshotIdentifier",
        "SnapshotIdentifier",
        "SourceDBInstanceIdentifier",
    ];
    is_true(resource, property)
        || resource
            .prop(property)
            .is_some_and(|data| parse_bool(data).is_none())
        || inherited.iter().any(|from| resource.prop(from).is_some())
}
