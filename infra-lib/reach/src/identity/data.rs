//! Data stores: the actions that read and write each, the ARNs that they name, and the known condition keys of a request.

use crate::answer::Answer;
use crate::atoms::ANYTHING;
use crate::policy::{Principal, Request, choices};
use crate::proof::Proof;
use crate::world::{NodeId, World, is_true};

/// A type of resource that holds data behind an API.
#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) type_name: &'static str,
    /// Actions that read data.
    pub(crate) reads: &'static [&'static str],
    /// Actions that write data, start work, or send messages.
    pub(crate) writes: &'static [&'static str],
}

const fn new_store(
    type_name: &'static str,
    reads: &'static [&'static str],
    writes: &'static [&'static str],
) -> Store {
    Store {
        type_name,
        reads,
        writes,
    }
}

static STORES: &[Store] = &[
    new_store(
        "AWS::S3::Bucket",
        &["s3:GetObject", "s3:ListBucket"],
        &["s3:PutObject", "s3:DeleteObject"],
    ),
    new_store(
        "AWS::DynamoDB::Table",
        &["dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"],
        &[
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
            "dynamodb:DeleteItem",
        ],
    ),
    new_store(
        "AWS::DynamoDB::GlobalTable",
        &["dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"],
        &[
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
            "dynamodb:DeleteItem",
        ],
    ),
    new_store(
        "AWS::SQS::Queue",
        &["sqs:ReceiveMessage"],
        &["sqs:SendMessage", "sqs:PurgeQueue"],
    ),
    new_store("AWS::SNS::Topic", &["sns:Subscribe"], &["sns:Publish"]),
    new_store(
        "AWS::SecretsManager::Secret",
        &["secretsmanager:GetSecretValue"],
        &["secretsmanager:PutSecretValue"],
    ),
    new_store(
        "AWS::SSM::Parameter",
        &["ssm:GetParameter"],
        &["ssm:PutParameter"],
    ),
    new_store(
        "AWS::KMS::Key",
        &["kms:Decrypt"],
        &["kms:Encrypt", "kms:GenerateDataKey"],
    ),
    new_store(
        "AWS::Kinesis::Stream",
        &["kinesis:GetRecords"],
        &["kinesis:PutRecord"],
    ),
    new_store(
        "AWS::KinesisFirehose::DeliveryStream",
        &[],
        &["firehose:PutRecord"],
    ),
    new_store(
        "AWS::ECR::Repository",
        &["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        &["ecr:PutImage"],
    ),
    new_store(
        "AWS::EFS::FileSystem",
        &["elasticfilesystem:ClientMount"],
        &["elasticfilesystem:ClientWrite"],
    ),
    new_store(
        "AWS::Logs::LogGroup",
        &["logs:GetLogEvents", "logs:FilterLogEvents"],
        &["logs:PutLogEvents"],
    ),
    new_store(
        "AWS::OpenSearchService::Domain",
        &["es:ESHttpGet"],
        &["es:ESHttpPut", "es:ESHttpPost"],
    ),
    new_store("AWS::Lambda::Function", &[], &["lambda:InvokeFunction"]),
    new_store(
        "AWS::StepFunctions::StateMachine",
        &[],
        &["states:StartExecution"],
    ),
    new_store("AWS::Events::EventBus", &[], &["events:PutEvents"]),
    new_store("AWS::IAM::Role", &[], &["sts:AssumeRole"]),
];

/// Types that hold data, apart from those that only do something.
const ACTORS: [&str; 4] = [
    "AWS::Lambda::Function",
    "AWS::StepFunctions::StateMachine",
    "AWS::Events::EventBus",
    "AWS::IAM::Role",
];

impl Store {
    /// Returns true if the type holds data.
    pub(crate) fn holds_data(&self) -> bool {
        !ACTORS.contains(&self.type_name)
    }

    pub(crate) fn actions(&self) -> impl Iterator<Item = &'static str> {
        self.reads.iter().chain(self.writes).copied()
    }
}

/// Returns true for types of resources whose data has an API of its own.
pub(crate) fn is_store(type_name: &str) -> bool {
    STORES.iter().any(|store| store.type_name == type_name)
}

/// Returns the actions on the data of a resource, if its type has an API for them.
pub(crate) fn store_of(world: &World, node: NodeId) -> Option<&'static Store> {
    let type_name = world.node(node).type_name.as_str();
    STORES.iter().find(|store| store.type_name == type_name)
}

/// Returns the ARNs that a request for the action on a resource can name. An object of a bucket can have any key.
pub(crate) fn object_arns(world: &World, node: NodeId, action: &str) -> Vec<String> {
    let arn = world.arn(node);
    let name = action
        .split_once(':')
        .map_or(action, |(_, name)| name)
        .to_ascii_lowercase();
    match world.node(node).type_name.as_str() {
        "AWS::S3::Bucket" => {
            let on_object = name.contains("object") && !name.contains("bucket")
                || ["abortmultipartupload", "listmultipartuploadparts"].contains(&name.as_str());
            if on_object {
                vec![format!("{arn}/{ANYTHING}")]
            } else {
                vec![arn]
            }
        }
        "AWS::Logs::LogGroup" => {
            // Actions on streams name the stream, others the group with or without `:*`.
            let group = arn.trim_end_matches(":*").to_owned();
            vec![format!("{group}:log-stream:{ANYTHING}"), arn, group]
        }
        "AWS::DynamoDB::Table" | "AWS::DynamoDB::GlobalTable" => {
            vec![arn.clone(), format!("{arn}/index/{ANYTHING}")]
        }
        "AWS::OpenSearchService::Domain" => vec![format!("{arn}/{ANYTHING}"), arn],
        "AWS::ApiGateway::RestApi" => {
            let resource = world.node(node);
            let id = world.reference(node, "").unwrap_or_default();
            vec![format!(
                "arn:aws:execute-api:{}:{}:{id}/{ANYTHING}",
                resource.region, resource.account
            )]
        }
        _ => vec![arn],
    }
}

/// Adds the condition keys of a request that are known. A caller can choose TLS and its version.
pub(super) fn add_context(world: &World, request: &mut Request, target: NodeId) {
    let resource = world.node(target);
    let context = &mut request.context;
    context.set("aws:SecureTransport", "true");
    context.set("s3:TlsVersion", "1.3");
    context.set("aws:RequestedRegion", resource.region.clone());
    context.set("aws:ResourceAccount", resource.account.clone());
    context.set("aws:ViaAWSService", "false");
    context.set_absent("aws:CalledVia");
    let is_service = matches!(request.principal, Principal::Service(_));
    context.set("aws:PrincipalIsAWSService", is_service.to_string());
    match &request.principal {
        Principal::Role { arn, account } | Principal::User { arn, account } => {
            context.set("aws:PrincipalArn", arn.clone());
            context.set("aws:PrincipalAccount", account.clone());
            context.set("kms:CallerAccount", account.clone());
            context.set_absent("aws:SourceArn");
            context.set_absent("aws:SourceAccount");
            context.set_absent("aws:PrincipalServiceName");
        }
        Principal::Anonymous => {
            for key in [
                "aws:PrincipalArn",
                "aws:PrincipalAccount",
                "aws:PrincipalOrgID",
                "aws:PrincipalOrgPaths",
                "aws:PrincipalServiceName",
                "aws:SourceArn",
                "aws:SourceAccount",
                "aws:SourceOrgID",
                "aws:SourceVpc",
                "aws:SourceVpce",
                "aws:VpcSourceIp",
                "aws:userid",
                "aws:username",
                "kms:CallerAccount",
                "kms:ViaService",
                "s3:DataAccessPointAccount",
                "s3:DataAccessPointArn",
            ] {
                context.set_absent(key);
            }
        }
        _ => {}
    }
    // CloudFormation sets these tags on the types that it tags.
    if ["AWS::SecretsManager::Secret", "AWS::KMS::Key"].contains(&resource.type_name.as_str()) {
        let stack = resource.name.stack.clone();
        if !resource.name.logical_id.contains('/') {
            context.set("aws:ResourceTag/aws:cloudformation:stack-name", stack);
        }
    }
    for (tag, certain) in choices(world.property(target, "Tags")) {
        if let (Some(key), Some(value), true) =
            (tag["Key"].as_str(), tag["Value"].as_str(), certain)
        {
            context.set(&format!("aws:ResourceTag/{key}"), value);
        }
    }
}

/// Returns the proof that the block of public access of a bucket lets a public policy have an effect.
pub(super) fn public_access(world: &World, target: NodeId) -> Proof {
    if world.node(target).type_name != "AWS::S3::Bucket" {
        return Proof::granted();
    }
    let path = "PublicAccessBlockConfiguration";
    let block = world.property(target, path);
    if block.is_null() {
        return Proof::at(
            world,
            Answer::Possible,
            target,
            "",
            format!(
                "{} blocks public policies unless it is older than April 2023",
                world.show(target)
            ),
        );
    }
    let restricts = is_true(&block["RestrictPublicBuckets"], false)
        .or(is_true(&block["BlockPublicPolicy"], false));
    let text = match restricts {
        Answer::No => format!("{} accepts public policies", world.show(target)),
        _ => format!("{} blocks public policies", world.show(target)),
    };
    Proof::at(world, restricts.negate(), target, path, text)
}

/// Returns the proof that the ACL of a bucket lets everyone read or write, if it has one.
pub(super) fn public_acl(world: &World, target: NodeId, action: &str) -> Option<Proof> {
    if world.node(target).type_name != "AWS::S3::Bucket" {
        return None;
    }
    let acl = world.text(target, "AccessControl")?;
    let covers = match acl.as_str() {
        "PublicRead" => ["s3:GetObject", "s3:ListBucket"].contains(&action),
        "PublicReadWrite" => true,
        _ => false,
    };
    if !covers {
        return None;
    }
    let ignored = is_true(
        world.property(target, "PublicAccessBlockConfiguration/IgnorePublicAcls"),
        false,
    );
    // Objects have ACLs of their own, and buckets created since April 2023 ignore them unless they say otherwise.
    let answer = ignored.negate().and(Answer::Possible);
    Some(Proof::at(
        world,
        answer,
        target,
        "AccessControl",
        format!("the ACL of {} is {acl}", world.show(target)),
    ))
}
