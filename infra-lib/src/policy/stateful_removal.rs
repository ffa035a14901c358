//! Policy INF5007: reports resources with data that have no deletion or replacement policy.
//!
//! CloudFormation then usually deletes the data. That can be intended, for example in a test account, but must be
//! explicit.

use super::{Rule, property_finding};
use crate::core::codes;

/// Resource types with data that cannot be recreated.
const STATEFUL: &[&str] = &[
    "AWS::Backup::BackupVault",
    "AWS::Cognito::UserPool",
    "AWS::DocDB::DBCluster",
    "AWS::DynamoDB::GlobalTable",
    "AWS::DynamoDB::Table",
    "AWS::EC2::Volume",
    "AWS::ECR::Repository",
    "AWS::EFS::FileSystem",
    "AWS::ElastiCache::ReplicationGroup",
    "AWS::KMS::Key",
    "AWS::Kinesis::Stream",
    "AWS::Neptune::DBCluster",
    "AWS::OpenSearchService::Domain",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::Redshift::Cluster",
    "AWS::S3::Bucket",
    "AWS::SecretsManager::Secret",
];

pub(super) const RULE: Rule = Rule {
    code: codes::STATEFUL_REMOVAL,
    check: |template, findings| {
        for resource in &template.resources {
            if !STATEFUL.contains(&&*resource.type_name) {
                continue;
            }
            for (attribute, policy) in [
                ("DeletionPolicy", resource.deletion_policy),
                ("UpdateReplacePolicy", resource.update_replace_policy),
            ] {
                if policy.is_none() {
                    findings.push(
                        property_finding(RULE.code, resource, attribute, format!("`{attribute}` of a stateful resource is not set"))
                            .help("set it with `resource.apply_removal_policy(RemovalPolicy::Retain)`, or `Destroy` if the data may be deleted"),
                    );
                }
            }
        }
    },
};
