//! Properties that act as security switches: some expose a resource, others protect it.

use serde_json::Value as JsonValue;

use super::name_of;
use super::text::{Words, text};
use crate::Template;
use crate::diff::compare::is_intrinsic;
use crate::review::{Direction, SecurityChange, SecurityKind};

/// The condition under which a switch is on.
#[derive(Clone, Copy)]
enum On {
    /// Set to one of these values. If the property is absent, the default of AWS decides.
    Is(&'static [&'static str], Unset),
    /// Set to any value.
    Given,
    /// Set to a positive number, or absent, because the default of AWS is positive.
    Positive,
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Unset {
    On,
    Off,
}

struct Switch {
    /// Resource type, or an empty string for every type with the property.
    type_name: &'static str,
    /// Path below the properties; `[Key=x]` selects an element of a list.
    path: &'static str,
    on: On,
    /// Effect of the switch when on, as a clause after the name of the resource.
    does: &'static str,
}

const fn switch(type_name: &'static str, path: &'static str, on: On, does: &'static str) -> Switch {
    Switch {
        type_name,
        path,
        on,
        does,
    }
}

const TRUE: On = On::Is(&["true"], Unset::Off);
const TRUE_BY_DEFAULT: On = On::Is(&["true"], Unset::On);

/// Switches that expose a resource to the internet or to every AWS account.
const EXPOSURES: &[Switch] = &[
    switch("", "PubliclyAccessible", TRUE, "has a public address"),
    switch("", "AssociatePublicIpAddress", TRUE, "has a public address"),
    switch(
        "AWS::EC2::Subnet",
        "MapPublicIpOnLaunch",
        TRUE,
        "assigns public addresses",
    ),
    switch(
        "AWS::ECS::Service",
        "NetworkConfiguration/AwsvpcConfiguration/AssignPublicIp",
        On::Is(&["ENABLED"], Unset::Off),
        "assigns public addresses to its tasks",
    ),
    switch(
        "AWS::EKS::Cluster",
        "ResourcesVpcConfig/EndpointPublicAccess",
        TRUE_BY_DEFAULT,
        "has a public endpoint",
    ),
    switch(
        "AWS::ElasticLoadBalancing::LoadBalancer",
        "Scheme",
        On::Is(&["internet-facing"], Unset::On),
        "is internet-facing",
    ),
    switch(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "Scheme",
        On::Is(&["internet-facing"], Unset::On),
        "is internet-facing",
    ),
    switch(
        "AWS::Lambda::Url",
        "AuthType",
        On::Is(&["NONE"], Unset::Off),
        "can be called by anyone without authorization",
    ),
    switch(
        "AWS::ApiGateway::Method",
        "AuthorizationType",
        On::Is(&["NONE"], Unset::Off),
        "requires no authorization",
    ),
    switch(
        "AWS::S3::Bucket",
        "AccessControl",
        On::Is(
            &["PublicRead", "PublicReadWrite", "AuthenticatedRead"],
            Unset::Off,
        ),
        "has an ACL that lets everyone read",
    ),
    switch(
        "AWS::Cognito::IdentityPool",
        "AllowUnauthenticatedIdentities",
        TRUE,
        "provides credentials to everyone",
    ),
];

/// Switches that protect a resource.
const PROTECTIONS: &[Switch] = &[
    switch(
        "AWS::S3::Bucket",
        "PublicAccessBlockConfiguration/BlockPublicAcls",
        TRUE,
        "blocks public ACLs",
    ),
    switch(
        "AWS::S3::Bucket",
        "PublicAccessBlockConfiguration/BlockPublicPolicy",
        TRUE,
        "blocks public policies",
    ),
    switch(
        "AWS::S3::Bucket",
        "PublicAccessBlockConfiguration/IgnorePublicAcls",
        TRUE,
        "ignores public ACLs",
    ),
    switch(
        "AWS::S3::Bucket",
        "PublicAccessBlockConfiguration/RestrictPublicBuckets",
        TRUE,
        "restricts public policies to this account",
    ),
    switch(
        "AWS::S3::Bucket",
        "BucketEncryption",
        On::Given,
        "has explicit encryption settings",
    ),
    switch(
        "AWS::S3::Bucket",
        "VersioningConfiguration/Status",
        On::Is(&["Enabled"], Unset::Off),
        "keeps versions of its objects",
    ),
    switch(
        "AWS::S3::Bucket",
        "LoggingConfiguration",
        On::Given,
        "logs access",
    ),
    switch(
        "AWS::S3::Bucket",
        "ObjectLockEnabled",
        TRUE,
        "has object lock",
    ),
    switch("", "StorageEncrypted", TRUE, "encrypts its storage"),
    switch(
        "",
        "DeletionProtection",
        On::Is(&["true", "ACTIVE"], Unset::Off),
        "is protected from deletion",
    ),
    switch(
        "",
        "DeletionProtectionEnabled",
        TRUE,
        "is protected from deletion",
    ),
    switch(
        "",
        "PermissionsBoundary",
        On::Given,
        "has a permissions boundary",
    ),
    switch("", "KmsKeyId", On::Given, "uses a customer managed key"),
    switch(
        "",
        "KmsMasterKeyId",
        On::Given,
        "uses a customer managed key",
    ),
    switch(
        "AWS::RDS::DBInstance",
        "BackupRetentionPeriod",
        On::Positive,
        "has backups",
    ),
    switch(
        "AWS::RDS::DBCluster",
        "BackupRetentionPeriod",
        On::Positive,
        "has backups",
    ),
    switch(
        "",
        "EnableCloudwatchLogsExports",
        On::Given,
        "exports its logs",
    ),
    switch(
        "AWS::RDS::DBInstance",
        "EnableIAMDatabaseAuthentication",
        TRUE,
        "accepts IAM authentication",
    ),
    switch(
        "AWS::EFS::FileSystem",
        "Encrypted",
        TRUE,
        "encrypts its files",
    ),
    switch("AWS::EC2::Volume", "Encrypted", TRUE, "encrypts its blocks"),
    switch("AWS::KMS::Key", "EnableKeyRotation", TRUE, "rotates"),
    switch(
        "AWS::DynamoDB::Table",
        "SSESpecification/SSEEnabled",
        TRUE,
        "uses a KMS key for encryption",
    ),
    switch(
        "AWS::DynamoDB::Table",
        "PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled",
        TRUE,
        "has point-in-time recovery",
    ),
    switch(
        "AWS::SQS::Queue",
        "SqsManagedSseEnabled",
        TRUE_BY_DEFAULT,
        "encrypts messages",
    ),
    switch(
        "AWS::ECR::Repository",
        "ImageTagMutability",
        On::Is(&["IMMUTABLE"], Unset::Off),
        "has immutable tags",
    ),
    switch(
        "AWS::ECR::Repository",
        "ImageScanningConfiguration/ScanOnPush",
        TRUE,
        "scans images",
    ),
    switch("AWS::CloudTrail::Trail", "IsLogging", TRUE, "logs"),
    switch(
        "AWS::CloudTrail::Trail",
        "EnableLogFileValidation",
        TRUE,
        "validates log files",
    ),
    switch(
        "AWS::CloudFront::Distribution",
        "DistributionConfig/Logging",
        On::Given,
        "logs requests",
    ),
    switch(
        "AWS::CloudFront::Distribution",
        "DistributionConfig/WebACLId",
        On::Given,
        "has a web ACL",
    ),
    switch(
        "AWS::CloudFront::Distribution",
        "DistributionConfig/DefaultCacheBehavior/ViewerProtocolPolicy",
        On::Is(&["https-only", "redirect-to-https"], Unset::Off),
        "requires HTTPS",
    ),
    switch(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "LoadBalancerAttributes/[Key=deletion_protection.enabled]/Value",
        TRUE,
        "is protected from deletion",
    ),
    switch(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "LoadBalancerAttributes/[Key=access_logs.s3.enabled]/Value",
        TRUE,
        "logs requests",
    ),
    switch(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "LoadBalancerAttributes/[Key=routing.http.drop_invalid_header_fields.enabled]/Value",
        TRUE,
        "drops invalid headers",
    ),
    switch(
        "AWS::ElasticLoadBalancingV2::Listener",
        "Protocol",
        On::Is(&["HTTPS", "TLS"], Unset::Off),
        "uses TLS",
    ),
    switch("AWS::EKS::Cluster", "Logging", On::Given, "logs"),
];

/// Resource types that protect others by their existence.
const GUARDS: [&str; 9] = [
    "AWS::CloudTrail::Trail",
    "AWS::Config::ConfigurationRecorder",
    "AWS::EC2::FlowLog",
    "AWS::GuardDuty::Detector",
    "AWS::Inspector::AssessmentTemplate",
    "AWS::S3::AccessPoint",
    "AWS::SecurityHub::Hub",
    "AWS::WAFv2::LoggingConfiguration",
    "AWS::WAFv2::WebACLAssociation",
];

/// Adds changes for resources that become exposed, or are no longer exposed.
pub(super) fn exposures(words: Words<'_>, found: &mut Vec<SecurityChange>) {
    for resource in words.new.template.resources() {
        for switch in of_type(EXPOSURES, resource.type_name) {
            let new = state(&words.new.template, resource.logical_id, switch);
            let old = match words.old.resource(resource.logical_id) {
                Some(_) => state(words.old, resource.logical_id, switch),
                None => Some(false),
            };
            let (direction, not) = match (old, new) {
                (Some(false), Some(true)) => (Direction::Broadening, ""),
                (Some(true), Some(false)) => (Direction::Narrowing, "no longer "),
                _ => continue,
            };
            found.push(SecurityChange {
                resource: name_of(resource.logical_id, words),
                direction,
                kind: SecurityKind::PublicAccess,
                summary: format!(
                    "{} {not}{}",
                    words.resource(resource.logical_id),
                    switch.does
                ),
                public: direction == Direction::Broadening,
            });
        }
    }
}

/// Adds changes for protections that are removed or added.
pub(super) fn protections(words: Words<'_>, found: &mut Vec<SecurityChange>) {
    let mut say = |id: &str, direction: Direction, summary: String| {
        found.push(SecurityChange {
            resource: name_of(id, words),
            direction,
            kind: SecurityKind::Protection,
            summary,
            public: false,
        });
    };
    for resource in words.new.template.resources() {
        let id = resource.logical_id;
        if words.old.resource(id).is_none() {
            continue;
        }
        for switch in of_type(PROTECTIONS, resource.type_name) {
            let (old, new) = (
                state(words.old, id, switch),
                state(&words.new.template, id, switch),
            );
            match (old, new) {
                (Some(true), Some(false)) => say(
                    id,
                    Direction::Broadening,
                    format!("{} no longer {}", words.resource(id), switch.does),
                ),
                (Some(false), Some(true)) => say(
                    id,
                    Direction::Narrowing,
                    format!("{} {}", words.resource(id), switch.does),
                ),
                _ => {}
            }
        }
    }
    let guards = |template: &Template| -> Vec<(String, String)> {
        let guards = template
            .resources()
            .filter(|r| GUARDS.contains(&r.type_name));
        guards
            .map(|r| (r.logical_id.to_owned(), r.type_name.to_owned()))
            .collect()
    };
    let (old, new) = (guards(words.old), guards(&words.new.template));
    for (id, type_name) in old.iter().filter(|guard| !new.contains(guard)) {
        say(
            id,
            Direction::Broadening,
            format!("{} is removed: {type_name}", words.resource(id)),
        );
    }
    for (id, type_name) in new.iter().filter(|guard| !old.contains(guard)) {
        say(
            id,
            Direction::Narrowing,
            format!("{} is added: {type_name}", words.resource(id)),
        );
    }
}

fn of_type<'s>(switches: &'s [Switch], type_name: &str) -> impl Iterator<Item = &'s Switch> {
    switches
        .iter()
        .filter(move |switch| switch.type_name.is_empty() || switch.type_name == type_name)
}

/// Returns the state of a switch, or `None` if the template computes its value.
fn state(template: &Template, id: &str, switch: &Switch) -> Option<bool> {
    let properties = template.resource(id)?.entry.get("Properties");
    let value = properties.and_then(|properties| at(properties, switch.path));
    match (switch.on, value) {
        (On::Given, value) => Some(value.is_some_and(|value| {
            !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty())
        })),
        (_, Some(value)) if is_intrinsic(value) => None,
        (On::Is(values, _), Some(value)) => Some(values.contains(&text(value).as_str())),
        (On::Is(_, unset), None) => Some(unset == Unset::On),
        // The default is one day of backups.
        (On::Positive, value) => Some(value.is_none_or(|value| text(value) != "0")),
    }
}

fn at<'v>(value: &'v JsonValue, path: &str) -> Option<&'v JsonValue> {
    path.split('/').try_fold(value, |value, step| {
        let element = step
            .strip_prefix('[')
            .and_then(|step| step.strip_suffix(']'));
        match element.and_then(|element| element.split_once('=')) {
            Some((key, wanted)) => value.as_array()?.iter().find(|item| item[key] == wanted),
            None => value.get(step),
        }
    })
}
