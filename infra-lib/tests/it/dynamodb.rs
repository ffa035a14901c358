//! Tests of the constructs in `infra_lib::dynamodb`.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{Alarm, Comparison, Statistic, TreatMissingData};
use infra_lib::dynamodb::{
    Attribute, Billing, Capacity, GlobalIndex, ImportCompression, LocalIndex, PointInTimeRecovery,
    Projection, StreamView, Table, TableClass, TableEncryption, TableImport,
};
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::{App, Code, RemovalPolicy, Stack, codes, policy};
use serde_json::{Value, json};

use crate::base::findings_of;

const IMPORTED: &str = "arn:aws:dynamodb:eu-west-1:111122223333:table/notes";

fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("lambda.amazonaws.com"))
        .build(stack, "Role")
}

/// Adds a table with one index of each kind.
fn notes(stack: Stack<'_>) -> Table<'_> {
    Table::builder()
        .partition_key(Attribute::string("owner"))
        .sort_key(Attribute::string("id"))
        .global_index(GlobalIndex::new("byTag", Attribute::string("tag")))
        .local_index(LocalIndex::new("byTime", Attribute::number("time")))
        .build(stack, "Notes")
}

fn codes_of(build: impl FnOnce(Stack<'_>)) -> Vec<Code> {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    let synthesis = app.synth();
    synthesis.findings().iter().map(|one| one.code).collect()
}

fn statements(template: &Template) -> Value {
    template.only("AWS::IAM::Role")["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]
        .clone()
}

#[test]
fn creates_protected_table_with_backups_that_is_billed_on_demand() {
    let template = Template::of_stack(|stack| {
        Table::builder()
            .partition_key(Attribute::string("id"))
            .build(stack, "Notes");
    });
    let table = template.only("AWS::DynamoDB::Table");
    assert_eq!(
        table["Properties"],
        json!({
            "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }],
            "AttributeDefinitions": [{ "AttributeName": "id", "AttributeType": "S" }],
            "BillingMode": "PAY_PER_REQUEST",
            "PointInTimeRecoverySpecification": { "PointInTimeRecoveryEnabled": true },
            "DeletionProtectionEnabled": true,
        })
    );
    assert_eq!(table["DeletionPolicy"], json!("Retain"));
    assert_eq!(table["UpdateReplacePolicy"], json!("Retain"));
    // As the CDK names it.
    assert_eq!(
        template.resources("AWS::DynamoDB::Table")[0].0,
        "Notes5BB3582F"
    );
}

#[test]
fn meets_security_policies_by_default() {
    let app = App::new();
    notes(Stack::new(&app, "Stack"));
    app.add_policy(policy::recommended());
    let synthesis = app.synth();
    assert!(
        synthesis.findings().is_empty(),
        "{:?}",
        synthesis.findings()
    );
}

#[test]
fn defines_attributes_of_all_keys_once() {
    let template = Template::of_stack(|stack| {
        Table::builder()
            .partition_key(Attribute::string("owner"))
            .sort_key(Attribute::binary("id"))
            .global_indexes([
                GlobalIndex::new("byTag", Attribute::string("tag"))
                    .sort_key(Attribute::number("time"))
                    .projection(Projection::KeysOnly),
                GlobalIndex::new("byOwner", Attribute::string("owner"))
                    .projection(Projection::Include(vec!["title".to_owned()])),
            ])
            .local_indexes([LocalIndex::new("byTime", Attribute::number("time"))])
            .build(stack, "Notes");
    });
    let key = |name: &str, kind: &str| json!({ "AttributeName": name, "KeyType": kind });
    template.has_properties(
        "AWS::DynamoDB::Table",
        json!({
            "AttributeDefinitions": Match::exact(json!([
                { "AttributeName": "owner", "AttributeType": "S" },
                { "AttributeName": "id", "AttributeType": "B" },
                { "AttributeName": "tag", "AttributeType": "S" },
                { "AttributeName": "time", "AttributeType": "N" },
            ])),
            "GlobalSecondaryIndexes": Match::exact(json!([
                {
                    "IndexName": "byTag",
                    "KeySchema": [key("tag", "HASH"), key("time", "RANGE")],
                    "Projection": { "ProjectionType": "KEYS_ONLY" },
                },
                {
                    "IndexName": "byOwner",
                    "KeySchema": [key("owner", "HASH")],
                    "Projection": { "ProjectionType": "INCLUDE", "NonKeyAttributes": ["title"] },
                },
            ])),
            "LocalSecondaryIndexes": Match::exact(json!([{
                "IndexName": "byTime",
                "KeySchema": [key("owner", "HASH"), key("time", "RANGE")],
                "Projection": { "ProjectionType": "ALL" },
            }])),
        }),
    );
}

#[test]
fn writes_every_option() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        Table::builder()
            .table_name("notes")
            .partition_key(Attribute::string("id"))
            .billing(Billing::OnDemandUpTo(Capacity::new(100, 50)))
            .point_in_time_recovery(PointInTimeRecovery::Days(7))
            .time_to_live("expires")
            .stream(StreamView::NewAndOldImages)
            .encryption(TableEncryption::key(key))
            .table_class(TableClass::InfrequentAccess)
            .contributor_insights(true)
            .removal_policy(RemovalPolicy::Destroy)
            .build(stack, "Notes");
    });
    template.has_properties(
        "AWS::DynamoDB::Table",
        json!({
            "TableName": "notes",
            "BillingMode": "PAY_PER_REQUEST",
            "OnDemandThroughput": { "MaxReadRequestUnits": 100, "MaxWriteRequestUnits": 50 },
            "PointInTimeRecoverySpecification": { "PointInTimeRecoveryEnabled": true, "RecoveryPeriodInDays": 7 },
            "TimeToLiveSpecification": { "AttributeName": "expires", "Enabled": true },
            "StreamSpecification": { "StreamViewType": "NEW_AND_OLD_IMAGES" },
            "SSESpecification": { "SSEEnabled": true, "SSEType": "KMS", "KMSMasterKeyId": Match::any() },
            "TableClass": "STANDARD_INFREQUENT_ACCESS",
            "ContributorInsightsSpecification": { "Enabled": true },
            "DeletionProtectionEnabled": false,
        }),
    );
    assert_eq!(
        template.only("AWS::DynamoDB::Table")["DeletionPolicy"],
        json!("Delete")
    );
}

#[test]
fn gives_indexes_capacity_of_table_unless_they_have_one() {
    let template = Template::of_stack(|stack| {
        Table::builder()
            .partition_key(Attribute::string("id"))
            .billing(Billing::Provisioned(Capacity::new(10, 5)))
            .point_in_time_recovery(PointInTimeRecovery::Off)
            .encryption(TableEncryption::AwsManagedKey)
            .deletion_protection(false)
            .global_index(GlobalIndex::new("byTag", Attribute::string("tag")))
            .global_index(
                GlobalIndex::new("byTime", Attribute::number("time")).capacity(Capacity::new(2, 1)),
            )
            .build(stack, "Notes");
    });
    let capacity =
        |read: i64, write: i64| json!({ "ReadCapacityUnits": read, "WriteCapacityUnits": write });
    template.has_properties(
        "AWS::DynamoDB::Table",
        json!({
            "BillingMode": "PROVISIONED",
            "ProvisionedThroughput": capacity(10, 5),
            "PointInTimeRecoverySpecification": Match::absent(),
            "SSESpecification": Match::exact(json!({ "SSEEnabled": true })),
            "DeletionProtectionEnabled": false,
            "GlobalSecondaryIndexes": [
                { "ProvisionedThroughput": capacity(10, 5) },
                { "ProvisionedThroughput": capacity(2, 1) },
            ],
        }),
    );
}

#[test]
fn grants_read_on_table_and_indexes() {
    let template = Template::of_stack(|stack| {
        notes(stack).grant_read(&role(stack));
    });
    let granted = statements(&template);
    assert_eq!(granted.as_array().map(Vec::len), Some(1), "{granted}");
    assert_eq!(
        granted[0]["Action"],
        json!([
            "dynamodb:BatchGetItem",
            "dynamodb:Query",
            "dynamodb:GetItem",
            "dynamodb:Scan",
            "dynamodb:ConditionCheckItem",
            "dynamodb:DescribeTable"
        ])
    );
    let resources = granted[0]["Resource"].to_string();
    assert!(resources.contains("/index/*"), "{resources}");
    assert_eq!(granted[0]["Resource"].as_array().map(Vec::len), Some(2));
}

#[test]
fn grants_write_on_table_only_with_permissions_on_key() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        Table::builder()
            .partition_key(Attribute::string("id"))
            .global_index(GlobalIndex::new("byTag", Attribute::string("tag")))
            .encryption(TableEncryption::key(key))
            .build(stack, "Notes")
            .grant_write(&role(stack));
    });
    let granted = statements(&template);
    assert_eq!(
        granted[0]["Action"],
        json!([
            "dynamodb:BatchWriteItem",
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
            "dynamodb:DeleteItem",
            "dynamodb:DescribeTable"
        ])
    );
    assert_eq!(
        granted[0]["Resource"],
        json!({ "Fn::GetAtt": ["Notes5BB3582F", "Arn"] })
    );
    assert_eq!(
        granted[1]["Action"],
        json!([
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:Encrypt",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*"
        ])
    );
}

#[test]
fn grants_read_write_without_repeated_actions() {
    let template = Template::of_stack(|stack| {
        Table::builder()
            .partition_key(Attribute::string("id"))
            .build(stack, "Notes")
            .grant_read_write(&role(stack));
    });
    let actions = statements(&template)[0]["Action"].clone();
    assert_eq!(actions.as_array().map(Vec::len), Some(10), "{actions}");
}

#[test]
fn grants_queries_of_one_index() {
    let template = Template::of_stack(|stack| {
        notes(stack).grant_read_index(&role(stack), "byTime");
    });
    let granted = statements(&template);
    assert_eq!(granted.as_array().map(Vec::len), Some(1), "{granted}");
    assert_eq!(
        granted[0]["Action"],
        json!(["dynamodb:Query", "dynamodb:Scan"])
    );
    let resource = granted[0]["Resource"].to_string();
    assert!(resource.contains("/index/byTime"), "{resource}");
}

#[test]
fn grants_reading_stream_of_table_that_has_one() {
    let template = Template::of_stack(|stack| {
        let role = role(stack);
        assert!(notes(stack).grant_read_stream(&role).is_none());
        Table::builder()
            .partition_key(Attribute::string("id"))
            .stream(StreamView::KeysOnly)
            .build(stack, "Events")
            .grant_read_stream(&role)
            .unwrap();
    });
    let granted = statements(&template);
    assert_eq!(
        granted[0]["Action"],
        json!([
            "dynamodb:DescribeStream",
            "dynamodb:GetRecords",
            "dynamodb:GetShardIterator"
        ])
    );
    assert_eq!(granted[0]["Resource"]["Fn::GetAtt"][1], json!("StreamArn"));
    assert_eq!(granted[1]["Action"], json!("dynamodb:ListStreams"));
}

#[test]
fn names_imported_role_in_policy_of_table_without_circle() {
    let template = Template::of_stack(|stack| {
        notes(stack).grant_read(&Role::from_arn(
            stack,
            "Imported",
            "arn:aws:iam::111122223333:role/reports",
        ));
    });
    template.has_properties(
        "AWS::DynamoDB::Table",
        json!({ "ResourcePolicy": { "PolicyDocument": { "Statement": [{
            "Effect": "Allow",
            "Principal": { "AWS": "arn:aws:iam::111122223333:role/reports" },
            "Resource": "*",
        }] } } }),
    );
}

#[test]
fn grants_on_imported_table() {
    let template = Template::of_stack(|stack| {
        Table::from_arn(IMPORTED).grant_read_write(&role(stack));
    });
    let granted = statements(&template).to_string();
    assert!(granted.contains("dynamodb:PutItem"), "{granted}");
    assert!(
        granted.contains(&format!("{IMPORTED}/index/*")),
        "{granted}"
    );
}

#[test]
fn returns_metrics_of_table_index_and_operation() {
    let template = Template::of_stack(|stack| {
        let alarm = |metric, id: &str| {
            Alarm::builder()
                .metric(metric)
                .comparison(Comparison::GreaterThanThreshold)
                .threshold(0)
                .evaluation_periods(1)
                .treat_missing_data(TreatMissingData::NotBreaching)
                .build(stack, id);
        };
        let table = Table::from_arn(IMPORTED);
        alarm(table.metric_write_throttle_events(), "Table");
        alarm(table.metric_system_errors("GetItem"), "Operation");
        let index = table.metric_of_index("byTag", "ReadThrottleEvents", Statistic::Sum);
        alarm(index, "Index");
    });
    let table = json!({ "Name": "TableName", "Value": "notes" });
    for (metric, dimensions) in [
        ("WriteThrottleEvents", json!([table])),
        (
            "SystemErrors",
            json!([table, { "Name": "Operation", "Value": "GetItem" }]),
        ),
        (
            "ReadThrottleEvents",
            json!([table, { "Name": "GlobalSecondaryIndexName", "Value": "byTag" }]),
        ),
    ] {
        template.has_properties(
            "AWS::CloudWatch::Alarm",
            json!({
                "Namespace": "AWS/DynamoDB",
                "MetricName": metric,
                "Statistic": "Sum",
                "Dimensions": Match::exact(dimensions),
            }),
        );
    }
}

#[test]
fn rejects_key_attribute_with_two_types() {
    insta::assert_snapshot!(findings_of(|stack| {
        Table::builder()
            .partition_key(Attribute::string("id"))
            .global_index(GlobalIndex::new("byId", Attribute::number("id")))
            .build(stack, "Notes");
    }));
}

#[test]
fn rejects_indexes_with_same_name() {
    let found = codes_of(|stack| {
        Table::builder()
            .partition_key(Attribute::string("id"))
            .sort_key(Attribute::number("time"))
            .global_index(GlobalIndex::new("byTag", Attribute::string("tag")))
            .local_index(LocalIndex::new("byTag", Attribute::string("tag")))
            .build(stack, "Notes");
    });
    assert_eq!(found, [codes::DUPLICATE_INDEX_NAME]);
}

#[test]
fn rejects_more_indexes_than_dynamodb_accepts() {
    for (global, local, expected) in [
        (20, 5, vec![]),
        (21, 5, vec![codes::TOO_MANY_INDEXES]),
        (20, 6, vec![codes::TOO_MANY_INDEXES]),
    ] {
        let found = codes_of(|stack| {
            Table::builder()
                .partition_key(Attribute::string("id"))
                .sort_key(Attribute::number("time"))
                .global_indexes((0..global).map(|number| {
                    GlobalIndex::new(format!("global{number}"), Attribute::string("tag"))
                }))
                .local_indexes((0..local).map(|number| {
                    LocalIndex::new(format!("local{number}"), Attribute::string("tag"))
                }))
                .build(stack, "Notes");
        });
        assert_eq!(found, expected, "{global} and {local}");
    }
}

#[test]
fn rejects_local_index_of_table_without_sort_key() {
    insta::assert_snapshot!(findings_of(|stack| {
        Table::builder()
            .partition_key(Attribute::string("owner"))
            .local_index(LocalIndex::new("byTime", Attribute::number("time")))
            .build(stack, "Notes");
    }));
}

#[test]
fn rejects_capacity_of_index_on_demand() {
    let found = codes_of(|stack| {
        Table::builder()
            .partition_key(Attribute::string("id"))
            .global_index(
                GlobalIndex::new("byTag", Attribute::string("tag")).capacity(Capacity::new(1, 1)),
            )
            .build(stack, "Notes");
    });
    assert_eq!(found, [codes::INDEX_CAPACITY]);
}

#[test]
fn rejects_grant_on_index_that_table_lacks() {
    insta::assert_snapshot!(findings_of(|stack| {
        notes(stack).grant_read_index(&role(stack), "byTags");
    }));
}

#[test]
fn rejects_time_to_live_attribute_that_is_no_number() {
    for (attribute, expected) in [
        (Attribute::string("expires"), vec![codes::TIME_TO_LIVE_TYPE]),
        (Attribute::number("expires"), vec![]),
    ] {
        let found = codes_of(|stack| {
            Table::builder()
                .partition_key(Attribute::string("id"))
                .global_index(GlobalIndex::new("byExpiry", attribute.clone()))
                .time_to_live("expires")
                .build(stack, "Notes");
        });
        assert_eq!(found, expected, "{attribute:?}");
    }
}

#[test]
fn creates_table_with_items_of_bucket() {
    let import = |import: TableImport| {
        let template = Template::of_stack(|stack| {
            Table::builder()
                .partition_key(Attribute::string("id"))
                .import(import)
                .build(stack, "Table");
        });
        template.only("AWS::DynamoDB::Table")["Properties"]["ImportSourceSpecification"].clone()
    };
    let csv = TableImport::csv("seed", ';')
        .header(["id", "name"])
        .key_prefix("notes/")
        .bucket_owner("111122223333")
        .compression(ImportCompression::Gzip);
    assert_eq!(
        import(csv),
        json!({
            "InputFormat": "CSV",
            "InputFormatOptions": { "Csv": { "Delimiter": ";", "HeaderList": ["id", "name"] } },
            "InputCompressionType": "GZIP",
            "S3BucketSource": { "S3Bucket": "seed", "S3BucketOwner": "111122223333", "S3KeyPrefix": "notes/" },
        })
    );
    for (source, format) in [
        (TableImport::dynamodb_json("seed"), "DYNAMODB_JSON"),
        (TableImport::ion("seed"), "ION"),
    ] {
        let expected = json!({ "InputFormat": format, "S3BucketSource": { "S3Bucket": "seed" } });
        assert_eq!(import(source), expected);
    }
}
