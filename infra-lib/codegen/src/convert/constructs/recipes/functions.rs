//! Recipes of functions, and of the logs and streams around them.

use super::property;
use crate::convert::constructs::recipe::Kind::{
    Arn, Choice, Flag, Other, Read, Seconds, Text, Whole,
};
use crate::convert::constructs::recipe::{Company, Kind, Recipe};
use crate::convert::constructs::special;

pub(super) const RECIPES: &[Recipe] = &[
    Recipe {
        removal: Some("Retain"),
        references: &[("Ref", "name"), ("Arn", "arn")],
        ..Recipe::new(
            "logs",
            "LogGroup",
            "AWS::Logs::LogGroup",
            &[
                property("LogGroupName", "log_group_name", Text),
                property("RetentionInDays", "retention", RETENTION)
                    .default_or("90", "RetentionDays::INFINITE"),
                property(
                    "LogGroupClass",
                    "class",
                    Choice("LogClass", &[("INFREQUENT_ACCESS", "InfrequentAccess")]),
                ),
            ],
        )
    },
    Recipe::new(
        "logs",
        "LogStream",
        "AWS::Logs::LogStream",
        &[
            property("LogGroupName", "log_group", Other(special::log_group)).required(),
            property("LogStreamName", "log_stream_name", Text),
        ],
    ),
    Recipe::new(
        "lambda",
        "Permission",
        "AWS::Lambda::Permission",
        &[
            property("FunctionName", "function", Arn("AWS::Lambda::Function")).required(),
            property("Principal", "principal", Text).required(),
            property("Action", "action", Text).default(r#""lambda:InvokeFunction""#),
            property("SourceArn", "source_arn", Text),
            property("SourceAccount", "source_account", Text),
            property("PrincipalOrgID", "organization_id", Text),
        ],
    ),
    Recipe::new(
        "lambda",
        "EventSourceMapping",
        "AWS::Lambda::EventSourceMapping",
        &[
            property("FunctionName", "function", Arn("AWS::Lambda::Function")).required(),
            property("EventSourceArn", "event_source", Text).required(),
            property("BatchSize", "batch_size", Whole),
            property("MaximumBatchingWindowInSeconds", "batching_window", Seconds),
            property(
                "StartingPosition",
                "starting_position",
                Choice(
                    "StartingPosition",
                    &[("TRIM_HORIZON", "TrimHorizon"), ("LATEST", "Latest")],
                ),
            ),
            property(
                "FunctionResponseTypes",
                "failure_report",
                Other(special::failure_report),
            ),
            property("BisectBatchOnFunctionError", "bisect_batch_on_error", Flag),
            property("MaximumRetryAttempts", "retry_attempts", Whole),
            property("MaximumRecordAgeInSeconds", "max_record_age", Seconds),
            property("ParallelizationFactor", "parallelization_factor", Whole),
            property("TumblingWindowInSeconds", "tumbling_window", Seconds),
            property("Enabled", "enabled", Flag),
        ],
    ),
    Recipe {
        references: &[("Ref", "function_name"), ("Arn", "arn")],
        company: Company::Function,
        ..Recipe::new(
            "lambda",
            "Function",
            "AWS::Lambda::Function",
            &[
                property("Code", "code", Other(special::code)).required(),
                property("Runtime", "runtime", RUNTIME).required(),
                property("Handler", "handler", Text).required(),
                property("Role", "role", Read).required(),
                property("LoggingConfig", "log_format", Other(special::logging)).required(),
                property(
                    "Architectures",
                    "architecture",
                    Other(special::architecture),
                )
                .default(r#"["arm64"]"#),
                property("FunctionName", "function_name", Text),
                property("Description", "description", Text),
                property("MemorySize", "memory", Other(special::memory)),
                property("Timeout", "timeout", Seconds),
                property(
                    "EphemeralStorage",
                    "ephemeral_storage",
                    Other(special::ephemeral_storage),
                ),
                property(
                    "ReservedConcurrentExecutions",
                    "reserved_concurrency",
                    Whole,
                ),
                property("TracingConfig", "tracing", Other(special::tracing)).fixed(),
                property("Environment", "env", Other(special::environment)),
            ],
        )
    },
    Recipe {
        constants: &[
            (
                "StreamEncryption",
                r#"{"EncryptionType":"KMS","KeyId":"alias/aws/kinesis"}"#,
            ),
            ("StreamModeDetails", r#"{"StreamMode":"ON_DEMAND"}"#),
        ],
        removal: Some("Retain"),
        references: &[("Ref", "stream_name"), ("Arn", "arn")],
        ..Recipe::new(
            "kinesis",
            "Stream",
            "AWS::Kinesis::Stream",
            &[
                property("Name", "stream_name", Text),
                property(
                    "RetentionPeriodHours",
                    "retention",
                    Other(special::stream_retention),
                )
                .default("24"),
            ],
        )
    },
];

const RETENTION: Kind = Choice(
    "RetentionDays",
    &[
        ("1", "ONE_DAY"),
        ("3", "THREE_DAYS"),
        ("5", "FIVE_DAYS"),
        ("7", "ONE_WEEK"),
        ("14", "TWO_WEEKS"),
        ("30", "ONE_MONTH"),
        ("60", "TWO_MONTHS"),
        ("90", "THREE_MONTHS"),
        ("120", "FOUR_MONTHS"),
        ("150", "FIVE_MONTHS"),
        ("180", "SIX_MONTHS"),
        ("365", "ONE_YEAR"),
        ("400", "THIRTEEN_MONTHS"),
        ("545", "EIGHTEEN_MONTHS"),
        ("731", "TWO_YEARS"),
        ("1096", "THREE_YEARS"),
        ("1827", "FIVE_YEARS"),
        ("2192", "SIX_YEARS"),
        ("2557", "SEVEN_YEARS"),
        ("2922", "EIGHT_YEARS"),
        ("3288", "NINE_YEARS"),
        ("3653", "TEN_YEARS"),
    ],
);

const RUNTIME: Kind = Choice(
    "Runtime",
    &[
        ("nodejs24.x", "Nodejs24"),
        ("nodejs22.x", "Nodejs22"),
        ("python3.14", "Python314"),
        ("python3.13", "Python313"),
        ("python3.12", "Python312"),
        ("java25", "Java25"),
        ("java21", "Java21"),
        ("dotnet10", "Dotnet10"),
        ("ruby4.0", "Ruby40"),
        ("ruby3.4", "Ruby34"),
        ("provided.al2023", "ProvidedAl2023"),
    ],
);
