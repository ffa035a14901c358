//! Recipes of buckets, tables, secrets, parameters, alarms and events.

use super::property;
use crate::convert::constructs::recipe::Kind::{Arn, Choice, Flag, Other, Read, Text, Whole};
use crate::convert::constructs::recipe::{Company, Recipe};
use crate::convert::constructs::special;

pub(super) const RECIPES: &[Recipe] = &[
    Recipe {
        constants: &[("Type", r#""String""#)],
        references: &[("Ref", "name")],
        ..Recipe::new(
            "ssm",
            "StringParameter",
            "AWS::SSM::Parameter",
            &[
                property("Value", "value", Text).required(),
                property("Name", "name", Text),
                property("Description", "description", Text),
                property("AllowedPattern", "allowed_pattern", Text),
            ],
        )
    },
    Recipe {
        references: &[("Ref", "name"), ("Arn", "arn")],
        ..Recipe::new(
            "cloudwatch",
            "Alarm",
            "AWS::CloudWatch::Alarm",
            &[
                property("Namespace", "metric", Other(special::metric)).required(),
                property("MetricName", "metric", Read).required(),
                property("Dimensions", "metric", Read).required(),
                property("Statistic", "metric", Read).required(),
                property("Period", "metric", Read).required(),
                property(
                    "ComparisonOperator",
                    "comparison",
                    Choice(
                        "Comparison",
                        &[
                            ("GreaterThanThreshold", "GreaterThanThreshold"),
                            (
                                "GreaterThanOrEqualToThreshold",
                                "GreaterThanOrEqualToThreshold",
                            ),
                            ("LessThanThreshold", "LessThanThreshold"),
                            ("LessThanOrEqualToThreshold", "LessThanOrEqualToThreshold"),
                        ],
                    ),
                )
                .required(),
                property("Threshold", "threshold", Other(special::threshold)).required(),
                property("EvaluationPeriods", "evaluation_periods", Whole).required(),
                property("DatapointsToAlarm", "datapoints_to_alarm", Whole),
                property(
                    "TreatMissingData",
                    "treat_missing_data",
                    Choice(
                        "TreatMissingData",
                        &[
                            ("notBreaching", "NotBreaching"),
                            ("breaching", "Breaching"),
                            ("ignore", "Ignore"),
                            ("missing", "Missing"),
                        ],
                    ),
                )
                .required(),
                property("AlarmName", "alarm_name", Text),
                property("AlarmDescription", "description", Text),
            ],
        )
    },
    Recipe {
        references: &[("Ref", "event_bus_name"), ("Arn", "arn")],
        ..Recipe::new(
            "events",
            "EventBus",
            "AWS::Events::EventBus",
            &[
                property("Name", "event_bus_name", Text).required(),
                property("Description", "description", Text),
            ],
        )
    },
    Recipe {
        child: "Archive",
        references: &[("Ref", "archive_name"), ("Arn", "arn")],
        ..Recipe::new(
            "events",
            "Archive",
            "AWS::Events::Archive",
            &[
                property("SourceArn", "source_arn", Arn("AWS::Events::EventBus")).required(),
                property(
                    "RetentionDays",
                    "retention",
                    Other(special::archive_retention),
                )
                .default_or("90", "ArchiveRetention::Infinite"),
                property("ArchiveName", "archive_name", Text),
                property("Description", "description", Text),
            ],
        )
    },
    Recipe {
        constants: &[(
            "GenerateSecretString",
            r#"{"PasswordLength":32,"RequireEachIncludedType":true,"ExcludePunctuation":true}"#,
        )],
        removal: Some("Retain"),
        ..Recipe::new(
            "secretsmanager",
            "Secret",
            "AWS::SecretsManager::Secret",
            &[
                property("Name", "secret_name", Text),
                property("Description", "description", Text),
                property("KmsKeyId", "encryption_key", Other(special::secret_key)),
            ],
        )
    },
    Recipe {
        constants: &[
            ("BillingMode", r#""PAY_PER_REQUEST""#),
            (
                "PointInTimeRecoverySpecification",
                r#"{"PointInTimeRecoveryEnabled":true}"#,
            ),
        ],
        removal: Some("Retain"),
        references: &[("Ref", "table_name"), ("Arn", "arn")],
        is_foreign: |name, _| name.ends_with("Indexes") || name == "ProvisionedThroughput",
        ..Recipe::new(
            "dynamodb",
            "Table",
            "AWS::DynamoDB::Table",
            &[
                property("KeySchema", "partition_key", Other(special::table_keys)).required(),
                property("AttributeDefinitions", "sort_key", Read).required(),
                property("TableName", "table_name", Text),
                property(
                    "TimeToLiveSpecification",
                    "time_to_live",
                    Other(special::time_to_live),
                ),
                property("StreamSpecification", "stream", Other(special::stream_view)),
                property("DeletionProtectionEnabled", "deletion_protection", Flag).required(),
            ],
        )
    },
    Recipe {
        constants: &[
            (
                "PublicAccessBlockConfiguration",
                r#"{"BlockPublicAcls":true,"BlockPublicPolicy":true,"IgnorePublicAcls":true,"RestrictPublicBuckets":true}"#,
            ),
            (
                "OwnershipControls",
                r#"{"Rules":[{"ObjectOwnership":"BucketOwnerEnforced"}]}"#,
            ),
            (
                "BucketEncryption",
                r#"{"ServerSideEncryptionConfiguration":[{"BlockedEncryptionTypes":{"EncryptionType":["SSE-C"]},"ServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"}}]}"#,
            ),
            (
                "LifecycleConfiguration",
                r#"{"Rules":[{"Status":"Enabled","Id":"Upkeep","NoncurrentVersionExpiration":{"NoncurrentDays":90},"ExpiredObjectDeleteMarker":true,"AbortIncompleteMultipartUpload":{"DaysAfterInitiation":7}}]}"#,
            ),
            ("VersioningConfiguration", r#"{"Status":"Enabled"}"#),
        ],
        removal: Some("Retain"),
        references: &[("Ref", "bucket_name"), ("Arn", "arn")],
        company: Company::Policy {
            resource: "AWS::S3::BucketPolicy",
            owner: "Bucket",
            statements: BUCKET_STATEMENTS,
            method: "add_to_policy",
        },
        is_closed: true,
        ..Recipe::new(
            "s3",
            "Bucket",
            "AWS::S3::Bucket",
            &[property(
                "BucketName",
                "bucket_name",
                Other(special::bucket_name),
            )],
        )
    },
    Recipe {
        removal: Some("Retain"),
        references: &[("Ref", "schedule_group_name"), ("Arn", "arn")],
        ..Recipe::new(
            "scheduler",
            "ScheduleGroup",
            "AWS::Scheduler::ScheduleGroup",
            &[property("Name", "schedule_group_name", Text)],
        )
    },
];

const BUCKET_STATEMENTS: &str = r#"[
    {"Effect":"Deny","Principal":{"AWS":"*"},"Action":"s3:*","Resource":[{"Fn::GetAtt":["{id}","Arn"]},{"Fn::Join":["",[{"Fn::GetAtt":["{id}","Arn"]},"/*"]]}],"Condition":{"Bool":{"aws:SecureTransport":"false"}}},
    {"Effect":"Deny","Principal":{"AWS":"*"},"Action":"s3:*","Resource":[{"Fn::GetAtt":["{id}","Arn"]},{"Fn::Join":["",[{"Fn::GetAtt":["{id}","Arn"]},"/*"]]}],"Condition":{"NumericLessThan":{"s3:TlsVersion":"1.2"}}}
]"#;
