//! Properties that act as security switches: some expose a resource, others protect it.

use serde_json::Value as JsonValue;

use super::name_of;
use super::text::{DisplayNames, render_text};
use crate::Template;
use crate::diff::compare::is_intrinsic;
use crate::review::{Direction, SecurityChange, SecurityKind};

/// The condition under which a switch is on.
#[derive(Clone, Copy)]
enum EnabledWhen {
    /// Set to one of these values. If the property is absent, the default of AWS decides.
    OneOf(&'static [&'static str], DefaultState),
    /// Set to any value.
    Present,
    /// Set to a positive number, or absent, because the default of AWS is positive.
    Positive,
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum DefaultState {
    On,
    Off,
}

struct Switch {
    /// Resource type, or an empty string for every type with the property.
    type_name: &'static str,
    /// Path below the properties; `[Key=x]` selects an element of a list.
    path: &'static str,
    on: EnabledWhen,
    /// Effect of the switch when on, as a clause after the name of the resource.
    effect: &'static str,
}

const fn new_switch(
    type_name: &'static str,
    path: &'static str,
    on: EnabledWhen,
    does: &'static str,
) -> Switch {
    Switch {
        type_name,
        path,
        on,
        effect: does,
    }
}

const TRUE: EnabledWhen = EnabledWhen::OneOf(&["true"], DefaultState::Off);
const TRUE_BY_DEFAULT: EnabledWhen = EnabledWhen::OneOf(&["true"], DefaultState::On);

/// Switches that expose a resource to the internet or to every AWS account.
const EXPOSURES: &[Switch] = &[
    new_switch("", "PubliclyAccessible", TRUE, "has a public address"),
    new_switch("", "AssociatePublicIpAddress", TRUE, "has a public address"),
    new_switch(
        "AWS::EC2::Subnet",
        "MapPublicIpOnLaunch",
        TRUE,
        "assigns public addresses",
    ),
    new_switch(
        "AWS::ECS::Service",
        "NetworkConfiguration/AwsvpcConfiguration/AssignPublicIp",
        EnabledWhen::OneOf(&["ENABLED"], DefaultState::Off),
        "assigns public addresses to its tasks",
    ),
    new_switch(
        "AWS::EKS::Cluster",
        "ResourcesVpcConfig/EndpointPublicAccess",
        TRUE_BY_DEFAULT,
        "has a public endpoint",
    ),
    new_switch(
        "AWS::ElasticLoadBalancing::LoadBalancer",
        "Scheme",
        EnabledWhen::OneOf(&["internet-facing"], DefaultState::On),
        "is internet-facing",
    ),
    new_switch(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "Scheme",
        EnabledWhen::OneOf(&["internet-facing"], DefaultState::On),
        "is internet-facing",
    ),
    new_switch(
        "AWS::Lambda::Url",
        "AuthType",
        EnabledWhen::OneOf(&["NONE"], DefaultState::Off),
        "can be called by anyone without authorization",
    ),
    new_switch(
        "AWS::ApiGateway::Method",
        "AuthorizationType",
        EnabledWhen::OneOf(&["NONE"], DefaultState::Off),
        "requires no authorization",
    ),
    new_switch(
        "AWS::S3::Bucket",
        "AccessControl",
        EnabledWhen::OneOf(
            &["PublicRead", "PublicReadWrite", "AuthenticatedRead"],
            DefaultState::Off,
        ),
        "has an ACL that lets everyone read",
    ),
    new_switch(
        "AWS::Cognito::IdentityPool",
        "AllowUnauthenticatedIdentities",
        TRUE,
        "provides credentials to everyone",
    ),
];

/// Switches that protect a resource.
const PROTECTIONS: &[Switch] = &[
    new_switch(
        "AWS::S3::Bucket",
        "PublicAccessBlockConfiguration/BlockPublicAcls",
        TRUE,
        "blocks public ACLs",
    ),
    new_switch(
        "AWS::S3::Bucket",
        "PublicAccessBlockConfiguration/BlockPublicPolicy",
        TRUE,
        "blocks public policies",
    ),
    new_switch(
        "AWS::S3::Bucket",
        "PublicAccessBlockConfiguration/IgnorePublicAcls",
        TRUE,
        "ignores public ACLs",
    ),
    new_switch(
        "AWS::S3::Bucket",
        "PublicAccessBlockConfiguration/RestrictPublicBuckets",
        TRUE,
        "restricts public policies to this account",
    ),
    new_switch(
        "AWS::S3::Bucket",
        "BucketEncryption",
        EnabledWhen::Present,
        "has explicit encryption settings",
    ),
    new_switch(
        "AWS::S3::Bucket",
        "VersioningConfiguration/Status",
        EnabledWhen::OneOf(&["Enabled"], DefaultState::Off),
        "keeps versions of its objects",
    ),
    new_switch(
        "AWS::S3::Bucket",
        "LoggingConfiguration",
        EnabledWhen::Present,
        "logs access",
    ),
    new_switch(
        "AWS::S3::Bucket",
        "ObjectLockEnabled",
        TRUE,
        "has object lock",
    ),
    new_switch("", "StorageEncrypted", TRUE, "encrypts its storage"),
    new_switch(
        "",
        "DeletionProtection",
        EnabledWhen::OneOf(&["true", "ACTIVE"], DefaultState::Off),
        "is protected from deletion",
    ),
    new_switch(
        "",
        "DeletionProtectionEnabled",
        TRUE,
        "is protected from deletion",
    ),
    new_switch(
        "",
        "PermissionsBoundary",
        EnabledWhen::Present,
        "has a permissions boundary",
    ),
    new_switch(
        "",
        "KmsKeyId",
        EnabledWhen::Present,
        "uses a customer managed key",
    ),
    new_switch(
        "",
        "KmsMasterKeyId",
        EnabledWhen::Present,
        "uses a customer managed key",
    ),
    new_switch(
        "AWS::RDS::DBInstance",
        "BackupRetentionPeriod",
        EnabledWhen::Positive,
        "has backups",
    ),
    new_switch(
        "AWS::RDS::DBCluster",
        "BackupRetentionPeriod",
        EnabledWhen::Positive,
        "has backups",
    ),
    new_switch(
        "",
        "EnableCloudwatchLogsExports",
        EnabledWhen::Present,
        "exports its logs",
    ),
    new_switch(
        "AWS::RDS::DBInstance",
        "EnableIAMDatabaseAuthentication",
        TRUE,
        "accepts IAM authentication",
    ),
    new_switch(
        "AWS::EFS::FileSystem",
        "Encrypted",
        TRUE,
        "encrypts its files",
    ),
    new_switch("AWS::EC2::Volume", "Encrypted", TRUE, "encrypts its blocks"),
    new_switch("AWS::KMS::Key", "EnableKeyRotation", TRUE, "rotates"),
    new_switch(
        "AWS::DynamoDB::Table",
        "SSESpecification/SSEEnabled",
        TRUE,
        "uses a KMS key for encryption",
    ),
    new_switch(
        "AWS::DynamoDB::Table",
        "PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled",
        TRUE,
        "has point-in-time recovery",
    ),
    new_switch(
        "AWS::SQS::Queue",
        "SqsManagedSseEnabled",
        TRUE_BY_DEFAULT,
        "encrypts messages",
    ),
    new_switch(
        "AWS::ECR::Repository",
        "ImageTagMutability",
        EnabledWhen::OneOf(&["IMMUTABLE"], DefaultState::Off),
        "has immutable tags",
    ),
    new_switch(
        "AWS::ECR::Repository",
        "ImageScanningConfiguration/ScanOnPush",
        TRUE,
        "scans images",
    ),
    new_switch("AWS::CloudTrail::Trail", "IsLogging", TRUE, "logs"),
    new_switch(
        "AWS::CloudTrail::Trail",
        "EnableLogFileValidation",
        TRUE,
        "validates log files",
    ),
    new_switch(
        "AWS::CloudFront::Distribution",
        "DistributionConfig/Logging",
        EnabledWhen::Present,
        "logs requests",
    ),
    new_switch(
        "AWS::CloudFront::Distribution",
        "DistributionConfig/WebACLId",
        EnabledWhen::Present,
        "has a web ACL",
    ),
    new_switch(
        "AWS::CloudFront::Distribution",
        "DistributionConfig/DefaultCacheBehavior/ViewerProtocolPolicy",
        EnabledWhen::OneOf(&["https-only", "redirect-to-https"], DefaultState::Off),
        "requires HTTPS",
    ),
    new_switch(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "LoadBalancerAttributes/[Key=deletion_protection.enabled]/Value",
        TRUE,
        "is protected from deletion",
    ),
    new_switch(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "LoadBalancerAttributes/[Key=access_logs.s3.enabled]/Value",
        TRUE,
        "logs requests",
    ),
    new_switch(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "LoadBalancerAttributes/[Key=routing.http.drop_invalid_header_fields.enabled]/Value",
        TRUE,
        "drops invalid headers",
    ),
    new_switch(
        "AWS::ElasticLoadBalancingV2::Listener",
        "Protocol",
        EnabledWhen::OneOf(&["HTTPS", "TLS"], DefaultState::Off),
        "uses TLS",
    ),
    new_switch("AWS::EKS::Cluster", "Logging", EnabledWhen::Present, "logs"),
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
pub(super) fn find_exposures(words: DisplayNames<'_>, found: &mut Vec<SecurityChange>) {
    for resource in words.new.template.resources() {
        for switch in switches_for_type(EXPOSURES, resource.type_name) {
            let new = switch_state(&words.new.template, resource.logical_id, switch);
            let old = match words.old.find_resource(resource.logical_id) {
                Some(_) => switch_state(words.old, resource.logical_id, switch),
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
                    words.name_resource(resource.logical_id),
                    switch.effect
                ),
                public: direction == Direction::Broadening,
            });
        }
    }
}

/// Adds changes for protections that are removed or added.
pub(super) fn find_protections(words: DisplayNames<'_>, found: &mut Vec<SecurityChange>) {
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
        if words.old.find_resource(id).is_none() {
            continue;
        }
        for switch in switches_for_type(PROTECTIONS, resource.type_name) {
            let (old, new) = (
                switch_state(words.old, id, switch),
                switch_state(&words.new.template, id, switch),
            );
            match (old, new) {
                (Some(true), Some(false)) => say(
                    id,
                    Direction::Broadening,
                    format!("{} no longer {}", words.name_resource(id), switch.effect),
                ),
                (Some(false), Some(true)) => say(
                    id,
                    Direction::Narrowing,
                    format!("{} {}", words.name_resource(id), switch.effect),
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
            format!("{} is removed: {type_name}", words.name_resource(id)),
        );
    }
    for (id, type_name) in new.iter().filter(|guard| !old.contains(guard)) {
        say(
            id,
            Direction::Narrowing,
            format!("{} is added: {type_name}", words.name_resource(id)),
        );
    }
}

fn switches_for_type<'s>(
    switches: &'s [Switch],
    type_name: &str,
) -> impl Iterator<Item = &'s Switch> {
    switches
        .iter()
        .filter(move |switch| switch.type_name.is_empty() || switch.type_name == type_name)
}

/// Returns the state of a switch, or `None` if the template computes its value.
fn switch_state(template: &Template, id: &str, switch: &Switch) -> Option<bool> {
    let properties = template.find_resource(id)?.entry.get("Properties");
    let value = properties.and_then(|properties| find_at_path(properties, switch.path));
    match (switch.on, value) {
        (EnabledWhen::Present, value) => Some(value.is_some_and(|value| {
            !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty())
        })),
        (_, Some(value)) if is_intrinsic(value) => None,
        (EnabledWhen::OneOf(values, _), Some(value)) => {
            Some(values.contains(&render_text(value).as_str()))
        }
        (EnabledWhen::OneOf(_, unset), None) => Some(unset == DefaultState::On),
        // The default is one day of backups.
        (EnabledWhen::Positive, value) => Some(value.is_none_or(|value| render_text(value) != "0")),
    }
}

fn find_at_path<'v>(value: &'v JsonValue, path: &str) -> Option<&'v JsonValue> {
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
