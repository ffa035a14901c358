//! Recipes of queues, topics and keys.

use super::property;
use crate::convert::constructs::recipe::Kind::{
    Arn, Bytes, Days, Flag, Other, Read, Seconds, Text,
};
use crate::convert::constructs::recipe::{Company, Property, Recipe};
use crate::convert::constructs::{special, values};

pub(super) const RECIPES: &[Recipe] = &[
    QUEUE,
    Recipe {
        constants: &[],
        properties: &[
            property("KmsMasterKeyId", "encryption", Other(special::queue_key)).required(),
            QUEUE_PROPERTIES[0],
            QUEUE_PROPERTIES[1],
            QUEUE_PROPERTIES[2],
            QUEUE_PROPERTIES[3],
            QUEUE_PROPERTIES[4],
            QUEUE_PROPERTIES[5],
            QUEUE_PROPERTIES[6],
        ],
        is_foreign: |name, _| matches!(name, "FifoQueue" | "SqsManagedSseEnabled"),
        ..QUEUE
    },
    Recipe {
        construct: "FifoQueue",
        constants: &[("SqsManagedSseEnabled", "true"), ("FifoQueue", "true")],
        properties: &[
            property(
                "RedrivePolicy",
                "dead_letter_queue",
                Other(special::fifo_dead_letter),
            ),
            property(
                "ContentBasedDeduplication",
                "content_based_deduplication",
                Flag,
            ),
            QUEUE_PROPERTIES[1],
            QUEUE_PROPERTIES[2],
            QUEUE_PROPERTIES[3],
            QUEUE_PROPERTIES[4],
            QUEUE_PROPERTIES[5],
            QUEUE_PROPERTIES[6],
        ],
        is_foreign: |name, value| {
            name == "KmsMasterKeyId"
                || name == "ContentBasedDeduplication" && values::flag(value) != Some(true)
        },
        ..QUEUE
    },
    TOPIC,
    Recipe {
        construct: "FifoTopic",
        constants: &[("FifoTopic", "true")],
        properties: &[
            property(
                "ContentBasedDeduplication",
                "content_based_deduplication",
                Flag,
            ),
            TOPIC_PROPERTIES[0],
            TOPIC_PROPERTIES[1],
            TOPIC_PROPERTIES[2],
        ],
        is_foreign: |name, value| {
            name == "ContentBasedDeduplication" && values::flag(value) != Some(true)
        },
        ..TOPIC
    },
    Recipe {
        constants: &[("EnableKeyRotation", "true")],
        removal: Some("Retain"),
        references: &[("Ref", "key_id"), ("Arn", "arn")],
        company: Company::OwnPolicy {
            property: "KeyPolicy",
            statements: KEY_STATEMENTS,
            method: "add_statement",
        },
        ..Recipe::new(
            "kms",
            "Key",
            "AWS::KMS::Key",
            &[
                property("KeyPolicy", "add_statement", Read).required(),
                property("Description", "description", Text),
                property("RotationPeriodInDays", "rotation_period", Days),
                property("PendingWindowInDays", "pending_window", Days).default("30"),
            ],
        )
    },
    Recipe::new(
        "kms",
        "Alias",
        "AWS::KMS::Alias",
        &[
            property("AliasName", "alias_name", Text).required(),
            property("TargetKeyId", "key_arn", Arn("AWS::KMS::Key")).required(),
        ],
    ),
];

const QUEUE: Recipe = Recipe {
    constants: &[("SqsManagedSseEnabled", "true")],
    removal: Some("Destroy"),
    references: &[
        ("Ref", "queue_url"),
        ("Arn", "arn"),
        ("QueueName", "queue_name"),
    ],
    company: Company::Policy {
        resource: "AWS::SQS::QueuePolicy",
        owner: "Queues",
        statements: r#"[{"Sid":"RequireTls","Effect":"Deny","Principal":{"AWS":"*"},"Action":"sqs:*","Resource":{"Fn::GetAtt":["{id}","Arn"]},"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]"#,
        method: "add_statement",
    },
    is_foreign: |name, _| matches!(name, "FifoQueue" | "KmsMasterKeyId"),
    ..Recipe::new("sqs", "Queue", "AWS::SQS::Queue", QUEUE_PROPERTIES)
};

const QUEUE_PROPERTIES: &[Property] = &[
    property(
        "RedrivePolicy",
        "dead_letter_queue",
        Other(special::dead_letter),
    ),
    property("QueueName", "queue_name", Text),
    property("VisibilityTimeout", "visibility_timeout", Seconds),
    property("MessageRetentionPeriod", "retention", Seconds),
    property("DelaySeconds", "delivery_delay", Seconds),
    property(
        "ReceiveMessageWaitTimeSeconds",
        "receive_wait_time",
        Seconds,
    )
    .default("20"),
    property("MaximumMessageSize", "max_message_size", Bytes),
];

const TOPIC: Recipe = Recipe {
    references: &[("Ref", "arn"), ("TopicName", "name")],
    company: Company::Policy {
        resource: "AWS::SNS::TopicPolicy",
        owner: "Topics",
        statements: r#"[{"Sid":"RequireTls","Effect":"Deny","Principal":{"AWS":"*"},"Action":"sns:Publish","Resource":{"Ref":"{id}"},"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]"#,
        method: "add_statement",
    },
    is_foreign: |name, _| name == "FifoTopic",
    ..Recipe::new("sns", "Topic", "AWS::SNS::Topic", TOPIC_PROPERTIES)
};

const TOPIC_PROPERTIES: &[Property] = &[
    property("KmsMasterKeyId", "encryption", Other(special::topic_key))
        .default(r#""alias/aws/sns""#),
    property("TopicName", "topic_name", Text),
    property("DisplayName", "display_name", Text),
];

const KEY_STATEMENTS: &str = r#"[
    {"Effect":"Allow","Principal":{"AWS":{"Fn::Sub":"arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}},"Action":"kms:*","Resource":"*"},
    {"Effect":"Deny","Principal":{"AWS":"*"},"Action":"kms:CreateGrant","Resource":"*","Condition":{"BoolIfExists":{"kms:GrantIsForAWSResource":"false","aws:PrincipalIsAWSService":"false"}}}
]"#;
