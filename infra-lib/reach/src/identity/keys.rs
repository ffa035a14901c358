//! KMS keys that a request on encrypted data needs.

use serde_json::Value as JsonValue;

use super::policies::{Guards, PolicySet};
use super::{data, decide};
use crate::answer::Answer;
use crate::policy::{Principal, Request, choices};
use crate::proof::Proof;
use crate::world::{NodeId, World};

/// Types whose requests use the key with the permissions of the caller: the property with the key, and the service.
const ENCRYPTED: &[(&str, &str, &str)] = &[
    ("AWS::SQS::Queue", "KmsMasterKeyId", "sqs"),
    ("AWS::SNS::Topic", "KmsMasterKeyId", "sns"),
    ("AWS::SecretsManager::Secret", "KmsKeyId", "secretsmanager"),
    (
        "AWS::DynamoDB::Table",
        "SSESpecification/KMSMasterKeyId",
        "dynamodb",
    ),
    ("AWS::Kinesis::Stream", "StreamEncryption/KeyId", "kinesis"),
];

/// Actions that use the key of the data, with the actions on the key.
const USES: &[(&str, &[&str])] = &[
    ("s3:GetObject", &["kms:Decrypt"]),
    ("s3:GetObjectVersion", &["kms:Decrypt"]),
    ("s3:PutObject", &["kms:GenerateDataKey"]),
    ("sqs:ReceiveMessage", &["kms:Decrypt"]),
    ("sqs:SendMessage", &["kms:GenerateDataKey", "kms:Decrypt"]),
    ("sns:Publish", &["kms:GenerateDataKey", "kms:Decrypt"]),
    ("secretsmanager:GetSecretValue", &["kms:Decrypt"]),
    ("secretsmanager:PutSecretValue", &["kms:GenerateDataKey"]),
    ("kinesis:GetRecords", &["kms:Decrypt"]),
    ("kinesis:PutRecord", &["kms:GenerateDataKey"]),
    ("kinesis:PutRecords", &["kms:GenerateDataKey"]),
    ("dynamodb:GetItem", &["kms:Decrypt"]),
    ("dynamodb:BatchGetItem", &["kms:Decrypt"]),
    ("dynamodb:Query", &["kms:Decrypt"]),
    ("dynamodb:Scan", &["kms:Decrypt"]),
    ("dynamodb:PutItem", &["kms:Decrypt"]),
    ("dynamodb:UpdateItem", &["kms:Decrypt"]),
    ("dynamodb:DeleteItem", &["kms:Decrypt"]),
];

/// The key of data.
enum Key {
    /// A key of AWS, or none: no permission is needed.
    Free,
    Known(NodeId),
    Unknown,
}

/// Returns the proof that the key of a resource lets a caller use it, if the action needs it.
pub(super) fn key_allows(
    world: &World,
    guards: &Guards,
    caller: &PolicySet,
    principal: &Principal,
    action: &str,
    target: NodeId,
) -> Proof {
    let Some((_, needed)) = USES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(action))
    else {
        return Proof::granted();
    };
    let (key, service) = key_of(world, target);
    let key = match key {
        Key::Free => return Proof::granted(),
        Key::Unknown => {
            return Proof::at(
                world,
                Answer::Possible,
                target,
                "",
                format!("the key of {} is not part of the app", world.show(target)),
            );
        }
        Key::Known(key) => key,
    };
    let mut proof = Proof::granted();
    for needed in *needed {
        proof = proof.then(|| {
            let mut request = Request::new(
                principal.clone(),
                *needed,
                world.arn(key),
                world.node(key).account.clone(),
            );
            data::add_context(world, &mut request, key);
            let region = world.node(target).region.clone();
            request.context.set(
                "kms:ViaService",
                format!("{service}.{region}.amazonaws.com"),
            );
            if let Some(account) = request.principal.account() {
                let account = account.to_owned();
                request.context.set("kms:CallerAccount", account);
            }
            decide(world, caller, &guards.target(world, key), &request, key)
        });
    }
    proof
}

fn key_of(world: &World, target: NodeId) -> (Key, &'static str) {
    let type_name = world.node(target).type_name.as_str();
    if type_name == "AWS::S3::Bucket" {
        let rules =
            choices(world.property(target, "BucketEncryption/ServerSideEncryptionConfiguration"));
        let rule = rules
            .first()
            .map(|(rule, _)| &rule["ServerSideEncryptionByDefault"]);
        let Some(rule) = rule else {
            return (Key::Free, "s3");
        };
        return match rule["SSEAlgorithm"].as_str() {
            Some("AES256") => (Key::Free, "s3"),
            Some(_) => (find_key(world, &rule["KMSMasterKeyID"]), "s3"),
            None => (Key::Unknown, "s3"),
        };
    }
    match ENCRYPTED.iter().find(|(name, _, _)| *name == type_name) {
        Some((_, path, service)) => (find_key(world, world.property(target, path)), service),
        None => (Key::Free, ""),
    }
}

fn find_key(world: &World, value: &JsonValue) -> Key {
    match value {
        JsonValue::Null => Key::Free,
        JsonValue::String(text) if text.contains("alias/aws/") => Key::Free,
        value => match world.denoted_by(value) {
            Some(key) if world.node(key).type_name == "AWS::KMS::Key" => Key::Known(key),
            Some(alias) if world.node(alias).type_name == "AWS::KMS::Alias" => {
                find_key(world, world.property(alias, "TargetKeyId"))
            }
            _ => Key::Unknown,
        },
    }
}
