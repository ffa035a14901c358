//! The stack `Pictures`: 13 resources, converted by `import-template` from
//! `Pictures.template.json`.
//!
//! Crates: `infra-lib` (features `iam`, `lambda`, `s3`, `sqs`), `serde_json`.

use infra_lib::cfn::{
    iam,
    s3::{self, bucket},
};
use infra_lib::iam::{Principal, Statement};
use infra_lib::lambda::{Code, Function, Permission as LambdaPermission, Runtime};
use infra_lib::sqs::{DeadLetterQueue, Queue};
use infra_lib::{App, Duration, RemovalPolicy, Size, Stack, Value, pseudo, sub};
use serde_json::json;

/// Adds the stack to the app.
pub fn pictures(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "Pictures");

    let logs6819_bb44 = s3::CfnBucketProps::new()
        .public_access_block_configuration(
            bucket::PublicAccessBlockConfiguration::new()
                .block_public_acls(true)
                .block_public_policy(true)
                .ignore_public_acls(true)
                .restrict_public_buckets(true),
        )
        .ownership_controls(bucket::OwnershipControls::new([
            bucket::OwnershipControlsRule::new().object_ownership(
                bucket::OwnershipControlsRuleObjectOwnership::BUCKET_OWNER_ENFORCED,
            ),
        ]))
        .bucket_encryption(bucket::BucketEncryption::new([
            bucket::ServerSideEncryptionRule::new()
                .blocked_encryption_types(
                    bucket::BlockedEncryptionTypes::new()
                        .encryption_type([bucket::BlockedEncryptionTypesEncryptionType::SSE_C]),
                )
                .server_side_encryption_by_default(bucket::ServerSideEncryptionByDefault::new(
                    bucket::ServerSideEncryptionByDefaultSseAlgorithm::AES256,
                )),
        ]))
        .lifecycle_configuration(bucket::LifecycleConfiguration::new([
            bucket::Rule::new(bucket::RuleStatus::ENABLED)
                .id("Upkeep")
                .noncurrent_version_expiration(bucket::NoncurrentVersionExpiration::new(7))
                .expired_object_delete_marker(true)
                .abort_incomplete_multipart_upload(bucket::AbortIncompleteMultipartUpload::new(7)),
            bucket::Rule::new(bucket::RuleStatus::ENABLED)
                .id("ExpireLogs")
                .expiration_in_days(90),
        ]))
        .versioning_configuration(bucket::VersioningConfiguration::new(
            bucket::VersioningConfigurationStatus::ENABLED,
        ))
        .build(stack, "Logs6819BB44");
    logs6819_bb44.apply_removal_policy(RemovalPolicy::Retain);

    s3::CfnBucketPolicyProps::new(
        logs6819_bb44.ref_(),
        json!({
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Deny",
                    "Principal": { "AWS": "*" },
                    "Action": "s3:*",
                    "Resource": [
                        { "Fn::GetAtt": ["Logs6819BB44", "Arn"] },
                        { "Fn::Join": ["", [{ "Fn::GetAtt": ["Logs6819BB44", "Arn"] }, "/*"]] }
                    ],
                    "Condition": { "Bool": { "aws:SecureTransport": "false" } }
                },
                {
                    "Effect": "Deny",
                    "Principal": { "AWS": "*" },
                    "Action": "s3:*",
                    "Resource": [
                        { "Fn::GetAtt": ["Logs6819BB44", "Arn"] },
                        { "Fn::Join": ["", [{ "Fn::GetAtt": ["Logs6819BB44", "Arn"] }, "/*"]] }
                    ],
                    "Condition": { "NumericLessThan": { "s3:TlsVersion": "1.2" } }
                },
                {
                    "Effect": "Allow",
                    "Principal": { "Service": "logging.s3.amazonaws.com" },
                    "Action": "s3:PutObject",
                    "Resource": { "Fn::Sub": "${Logs6819BB44.Arn}/*" },
                    "Condition": {
                        "StringEquals": { "aws:SourceAccount": { "Ref": "AWS::AccountId" } },
                        "ArnLike": {
                            "aws:SourceArn": { "Fn::Sub": "arn:${AWS::Partition}:s3:::*" }
                        }
                    }
                }
            ]
        }),
    )
    .build(stack, "LogsPolicy90DB40C9");

    let failed = Queue::builder().build(stack, "Failed");

    let deleted = Queue::builder()
        .dead_letter_queue(DeadLetterQueue::new(&failed, 5))
        .build(stack, "Deleted");

    deleted.add_statement(
        Statement::allow()
            .principal(Principal::service("s3.amazonaws.com"))
            .action("sqs:SendMessage")
            .resource(deleted.arn())
            .condition("StringEquals", "aws:SourceAccount", pseudo::account_id())
            .condition(
                "ArnLike",
                "aws:SourceArn",
                sub!["arn:", pseudo::partition(), ":s3:::*"],
            ),
    );

    let thumbnails = Function::builder()
        .code(Code::inline(
            r"def handler(event, context):
    for record in event['Records']:
        print('a picture of', record['s3']['object']['size'], 'bytes')
",
        ))
        .runtime(Runtime::Python314)
        .handler("index.handler")
        .memory(Size::mib(512))
        .timeout(Duration::seconds(30))
        .build(stack, "Thumbnails");

    let thumbnails_invokes3amazonawscom_c9210_d79 = LambdaPermission::builder()
        .function(thumbnails.arn().cast())
        .principal("s3.amazonaws.com")
        .source_arn(sub!["arn:", pseudo::partition(), ":s3:::*"])
        .source_account(pseudo::account_id())
        .build(stack, "ThumbnailsInvokes3amazonawscomC9210D79");
    thumbnails_invokes3amazonawscom_c9210_d79
        .cfn()
        .override_logical_id("ThumbnailsInvokes3amazonawscomC9210D79");

    let pictures8_cdd258_b = s3::CfnBucketProps::new()
        .public_access_block_configuration(
            bucket::PublicAccessBlockConfiguration::new()
                .block_public_acls(true)
                .block_public_policy(true)
                .ignore_public_acls(true)
                .restrict_public_buckets(true),
        )
        .ownership_controls(bucket::OwnershipControls::new([
            bucket::OwnershipControlsRule::new().object_ownership(
                bucket::OwnershipControlsRuleObjectOwnership::BUCKET_OWNER_ENFORCED,
            ),
        ]))
        .bucket_encryption(bucket::BucketEncryption::new([
            bucket::ServerSideEncryptionRule::new()
                .blocked_encryption_types(
                    bucket::BlockedEncryptionTypes::new()
                        .encryption_type([bucket::BlockedEncryptionTypesEncryptionType::SSE_C]),
                )
                .server_side_encryption_by_default(bucket::ServerSideEncryptionByDefault::new(
                    bucket::ServerSideEncryptionByDefaultSseAlgorithm::AES256,
                )),
        ]))
        .lifecycle_configuration(bucket::LifecycleConfiguration::new([bucket::Rule::new(
            bucket::RuleStatus::ENABLED,
        )
        .id("Upkeep")
        .noncurrent_version_expiration(bucket::NoncurrentVersionExpiration::new(90))
        .expired_object_delete_marker(true)
        .abort_incomplete_multipart_upload(bucket::AbortIncompleteMultipartUpload::new(7))]))
        .versioning_configuration(bucket::VersioningConfiguration::new(
            bucket::VersioningConfigurationStatus::ENABLED,
        ))
        .logging_configuration(
            bucket::LoggingConfiguration::new().destination_bucket_name(logs6819_bb44.ref_()),
        )
        .notification_configuration(
            bucket::NotificationConfiguration::new()
                .lambda_configurations([bucket::LambdaConfiguration::new(
                    "s3:ObjectCreated:*",
                    thumbnails.arn(),
                )
                .filter(bucket::NotificationFilter::new(bucket::S3KeyFilter::new([
                    bucket::FilterRule::new("prefix", "incoming/"),
                ])))])
                .queue_configurations([bucket::QueueConfiguration::new(
                    "s3:ObjectRemoved:*",
                    deleted.arn(),
                )]),
        )
        .build(stack, "Pictures8CDD258B");
    pictures8_cdd258_b.apply_removal_policy(RemovalPolicy::Retain);
    pictures8_cdd258_b.override_attribute(
        "DependsOn",
        json!([
            "DeletedPolicy37150DB6",
            "LogsPolicy90DB40C9",
            "ThumbnailsInvokes3amazonawscomC9210D79"
        ]),
    );

    let thumbnails_service_role_policy06287_f9_b = iam::CfnRolePolicyProps::new(
        "PicturesThumbnailsServiceRolePolicy6ABDAF42",
        raw::<String>(json!({ "Ref": "ThumbnailsServiceRole6FF88713" })),
    )
    .policy_document(json!({
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["s3:GetBucketLocation", "s3:ListBucket"],
                "Resource": { "Fn::GetAtt": ["Pictures8CDD258B", "Arn"] }
            },
            {
                "Effect": "Allow",
                "Action": ["s3:GetObject", "s3:GetObjectVersion"],
                "Resource": { "Fn::Sub": "${Pictures8CDD258B.Arn}/*" }
            }
        ]
    }))
    .build(stack, "ThumbnailsServiceRolePolicy06287F9B");

    let pictures_policy_d8_a85291 = s3::CfnBucketPolicyProps::new(
        pictures8_cdd258_b.ref_(),
        json!({
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Deny",
                    "Principal": { "AWS": "*" },
                    "Action": "s3:*",
                    "Resource": [
                        { "Fn::GetAtt": ["Pictures8CDD258B", "Arn"] },
                        { "Fn::Join": ["", [{ "Fn::GetAtt": ["Pictures8CDD258B", "Arn"] }, "/*"]] }
                    ],
                    "Condition": { "Bool": { "aws:SecureTransport": "false" } }
                },
                {
                    "Effect": "Deny",
                    "Principal": { "AWS": "*" },
                    "Action": "s3:*",
                    "Resource": [
                        { "Fn::GetAtt": ["Pictures8CDD258B", "Arn"] },
                        { "Fn::Join": ["", [{ "Fn::GetAtt": ["Pictures8CDD258B", "Arn"] }, "/*"]] }
                    ],
                    "Condition": { "NumericLessThan": { "s3:TlsVersion": "1.2" } }
                }
            ]
        }),
    )
    .build(stack, "PicturesPolicyD8A85291");
    pictures_policy_d8_a85291.depends_on(thumbnails_service_role_policy06287_f9_b);

    stack
}

/// A value that the bindings have no type for, as the template has it.
fn raw<T>(json: serde_json::Value) -> Value<T> {
    Value::from_data(json.into())
}
