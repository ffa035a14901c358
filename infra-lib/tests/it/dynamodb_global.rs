//! Tests of global tables, and of grants by leading key.

use infra_lib::assertions::{Match, Template};
use infra_lib::dynamodb::{
    Attribute, Capacity, Consistency, GlobalBilling, GlobalIndex, GlobalTable, LeadingKeys,
    LocalIndex, PointInTimeRecovery, Replica, ScaledCapacity, StreamView, Table, TableClass,
    TableEncryption,
};
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::{App, Environment, RemovalPolicy, Stack, StackProps};
use serde_json::{Value, json};

use crate::base::findings_of;
use crate::iam_evaluation::{Deployed, Place, Request};

const THERE: &str = "arn:aws:kms:eu-west-1:111122223333:key/there";

fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("lambda.amazonaws.com"))
        .build(stack, "Role")
}

fn notes(stack: Stack<'_>) -> GlobalTable<'_> {
    GlobalTable::builder()
        .table_name("notes")
        .partition_key(Attribute::string("id"))
        .replica(Replica::new("eu-west-1"))
        .build(stack, "Notes")
}

fn global(template: &Template) -> Value {
    template.only("AWS::DynamoDB::GlobalTable")["Properties"].clone()
}

fn statements(template: &Template) -> Value {
    template.only("AWS::IAM::Role")["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]
        .clone()
}

#[test]
fn creates_table_in_region_of_stack_and_of_replica() {
    let template = Template::of_stack(|stack| {
        notes(stack);
    });
    let replica = |region: Value| {
        json!({
            "Region": region,
            "DeletionProtectionEnabled": true,
            "PointInTimeRecoverySpecification": { "PointInTimeRecoveryEnabled": true },
        })
    };
    assert_eq!(
        global(&template),
        json!({
            "TableName": "notes",
            "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }],
            "AttributeDefinitions": [{ "AttributeName": "id", "AttributeType": "S" }],
            "BillingMode": "PAY_PER_REQUEST",
            "StreamSpecification": { "StreamViewType": "NEW_AND_OLD_IMAGES" },
            "Replicas": [replica(json!("eu-west-1")), replica(json!({ "Ref": "AWS::Region" }))],
        })
    );
    let table = template.only("AWS::DynamoDB::GlobalTable");
    assert_eq!(table["DeletionPolicy"], json!("Retain"));
    // As `TableV2` of the CDK.
    let (id, _) = &template.resources("AWS::DynamoDB::GlobalTable")[0];
    assert_eq!(*id, "Notes5BB3582F");
}

#[test]
fn replicas_have_settings_of_table_unless_they_have_own() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        GlobalTable::builder()
            .partition_key(Attribute::string("id"))
            .encryption(TableEncryption::key(key))
            .contributor_insights(true)
            .table_class(TableClass::InfrequentAccess)
            .tag("app", "notes")
            .tag("tier", "1")
            .removal_policy(RemovalPolicy::Destroy)
            .replica(
                Replica::new("eu-west-1")
                    .key(THERE)
                    .point_in_time_recovery(PointInTimeRecovery::Days(7))
                    .deletion_protection(true)
                    .contributor_insights(false)
                    .table_class(TableClass::Standard)
                    .tag("tier", "2"),
            )
            .build(stack, "Notes");
    });
    let table = global(&template);
    assert_eq!(
        table["SSESpecification"],
        json!({ "SSEEnabled": true, "SSEType": "KMS" })
    );
    assert_eq!(
        table["Replicas"][0],
        json!({
            "Region": "eu-west-1",
            "DeletionProtectionEnabled": true,
            "PointInTimeRecoverySpecification": { "PointInTimeRecoveryEnabled": true, "RecoveryPeriodInDays": 7 },
            "SSESpecification": { "KMSMasterKeyId": THERE },
            "Tags": [{ "Key": "app", "Value": "notes" }, { "Key": "tier", "Value": "2" }],
        })
    );
    let mut own = table["Replicas"][1].clone();
    let key = own["SSESpecification"]["KMSMasterKeyId"]["Fn::GetAtt"].take();
    assert_eq!(key[1], json!("Arn"));
    own.as_object_mut().unwrap().remove("SSESpecification");
    assert_eq!(
        own,
        json!({
            "Region": { "Ref": "AWS::Region" },
            "DeletionProtectionEnabled": false,
            "PointInTimeRecoverySpecification": { "PointInTimeRecoveryEnabled": true },
            "ContributorInsightsSpecification": { "Enabled": true },
            "TableClass": "STANDARD_INFREQUENT_ACCESS",
            "Tags": [{ "Key": "app", "Value": "notes" }, { "Key": "tier", "Value": "1" }],
        })
    );
}

#[test]
fn capacity_of_table_and_indexes_follows_use() {
    let template = Template::of_stack(|stack| {
        GlobalTable::builder()
            .partition_key(Attribute::string("id"))
            .sort_key(Attribute::string("sort"))
            .global_index(GlobalIndex::new("byTag", Attribute::string("tag")))
            .local_index(LocalIndex::new("byTime", Attribute::number("time")))
            .billing(GlobalBilling::Provisioned {
                read: ScaledCapacity::new(1, 10),
                write: ScaledCapacity::new(2, 20).utilization(50),
            })
            .build(stack, "Notes");
    });
    let settings = |min: u32, max: u32, target: u32| {
        json!({
            "MinCapacity": min,
            "MaxCapacity": max,
            "TargetTrackingScalingPolicyConfiguration": { "TargetValue": target },
        })
    };
    let read = json!({ "ReadCapacityAutoScalingSettings": settings(1, 10, 70) });
    let write = json!({ "WriteCapacityAutoScalingSettings": settings(2, 20, 50) });
    template.has_properties(
        "AWS::DynamoDB::GlobalTable",
        json!({
            "BillingMode": "PROVISIONED",
            "StreamSpecification": Match::absent(),
            "WriteProvisionedThroughputSettings": write,
            "GlobalSecondaryIndexes": [{
                "IndexName": "byTag",
                "WriteProvisionedThroughputSettings": write,
            }],
            "LocalSecondaryIndexes": [{ "IndexName": "byTime" }],
            "Replicas": Match::exact(json!([{
                "Region": { "Ref": "AWS::Region" },
                "DeletionProtectionEnabled": true,
                "PointInTimeRecoverySpecification": { "PointInTimeRecoveryEnabled": true },
                "ReadProvisionedThroughputSettings": read,
                "GlobalSecondaryIndexes": [{
                    "IndexName": "byTag",
                    "ReadProvisionedThroughputSettings": read,
                }],
            }])),
        }),
    );
}

#[test]
fn limits_requests_and_writes_options_of_table() {
    let template = Template::of_stack(|stack| {
        GlobalTable::builder()
            .partition_key(Attribute::string("id"))
            .billing(GlobalBilling::OnDemandUpTo(Capacity::new(100, 50)))
            .encryption(TableEncryption::AwsManagedKey)
            .time_to_live("expires")
            .stream(StreamView::KeysOnly)
            .build(stack, "Notes");
    });
    template.has_properties(
        "AWS::DynamoDB::GlobalTable",
        json!({
            "BillingMode": "PAY_PER_REQUEST",
            "WriteOnDemandThroughputSettings": { "MaxWriteRequestUnits": 50 },
            "SSESpecification": { "SSEEnabled": true, "SSEType": "KMS" },
            "TimeToLiveSpecification": { "AttributeName": "expires", "Enabled": true },
            "StreamSpecification": { "StreamViewType": "KEYS_ONLY" },
            "Replicas": [{ "ReadOnDemandThroughputSettings": { "MaxReadRequestUnits": 100 } }],
        }),
    );
}

#[test]
fn strong_consistency_has_witness() {
    let template = Template::of_stack(|stack| {
        GlobalTable::builder()
            .partition_key(Attribute::string("id"))
            .consistency(Consistency::StrongWithWitness("us-west-2".to_owned()))
            .replica(Replica::new("us-east-2"))
            .build(stack, "Notes");
    });
    template.has_properties(
        "AWS::DynamoDB::GlobalTable",
        json!({
            "MultiRegionConsistency": "STRONG",
            "GlobalTableWitnesses": Match::exact(json!([{ "Region": "us-west-2" }])),
        }),
    );
}

#[test]
fn grants_cover_all_regions_and_their_keys() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        GlobalTable::builder()
            .table_name("notes")
            .partition_key(Attribute::string("id"))
            .global_index(GlobalIndex::new("byTag", Attribute::string("tag")))
            .encryption(TableEncryption::key(key))
            .replica(Replica::new("eu-west-1").key(THERE))
            .build(stack, "Notes")
            .grant_read(&role(stack));
    });
    let granted = statements(&template);
    let own = json!({ "Fn::GetAtt": ["Notes5BB3582F", "Arn"] });
    let there = "arn:${AWS::Partition}:dynamodb:eu-west-1:${AWS::AccountId}:table/${Notes5BB3582F}";
    assert_eq!(
        granted[0]["Resource"],
        json!([
            own,
            { "Fn::Sub": there },
            { "Fn::Sub": "${Notes5BB3582F.Arn}/index/*" },
            { "Fn::Sub": format!("{there}/index/*") },
        ])
    );
    let text = granted.to_string();
    assert!(text.contains(THERE), "{text}");
    assert!(text.contains("kms:Decrypt"), "{text}");
}

#[test]
fn policy_of_each_region_names_imported_role() {
    let template = Template::of_stack(|stack| {
        let reports = Role::from_arn(stack, "Reports", "arn:aws:iam::111122223333:role/reports");
        notes(stack).grant_read(&reports);
    });
    let policy = json!({ "PolicyDocument": { "Statement": [{
        "Principal": { "AWS": "arn:aws:iam::111122223333:role/reports" },
        "Resource": "*",
    }] } });
    template.has_properties(
        "AWS::DynamoDB::GlobalTable",
        json!({ "Replicas": [{ "ResourcePolicy": policy }, { "ResourcePolicy": policy }] }),
    );
}

#[test]
fn grants_reading_stream_in_region_of_stack() {
    let template = Template::of_stack(|stack| {
        let role = role(stack);
        notes(stack).grant_read_stream(&role).unwrap();
        let single = GlobalTable::builder()
            .partition_key(Attribute::string("id"))
            .build(stack, "Single");
        assert!(single.grant_read_stream(&role).is_none());
        assert!(single.stream_arn().is_none());
    });
    let granted = statements(&template);
    assert_eq!(
        granted[0]["Resource"],
        json!({ "Fn::GetAtt": ["Notes5BB3582F", "StreamArn"] })
    );
}

fn deployed(build: impl FnOnce(Table<'_>, Role<'_>)) -> Deployed {
    let template = Template::of_stack(|stack| {
        let table = Table::builder()
            .partition_key(Attribute::string("tenant"))
            .global_index(GlobalIndex::new("byTag", Attribute::string("tag")))
            .build(stack, "Notes");
        build(table, role(stack));
    });
    let place = Place {
        partition: "aws",
        region: "eu-central-1",
    };
    Deployed::new(&template, place)
}

/// Returns `true` if the role may send a request about the items with these keys, none for a scan.
fn may(deployed: &Deployed, action: &'static str, keys: &[&str]) -> bool {
    let request = Request::new(action, "arn:of:Notes5BB3582F");
    let request = keys.iter().fold(request, |request, key| {
        request.with("dynamodb:LeadingKeys", *key)
    });
    deployed.may("Role", &request)
}

#[test]
fn principal_reads_items_of_its_keys_only() {
    let deployed = deployed(|table, role| {
        table.grant_read_for_leading_keys(&role, LeadingKeys::new(["one", "two"]));
    });
    for (action, keys, expected) in [
        ("dynamodb:GetItem", vec!["one"], true),
        ("dynamodb:Query", vec!["two"], true),
        ("dynamodb:BatchGetItem", vec!["one", "two"], true),
        ("dynamodb:BatchGetItem", vec!["one", "three"], false),
        ("dynamodb:GetItem", vec!["three"], false),
        ("dynamodb:Scan", vec![], false),
        ("dynamodb:Scan", vec!["one"], false),
        ("dynamodb:Query", vec![], false),
        ("dynamodb:PutItem", vec!["one"], false),
        ("dynamodb:DescribeTable", vec!["one"], false),
    ] {
        assert_eq!(may(&deployed, action, &keys), expected, "{action} {keys:?}");
    }
    let index = Request::new("dynamodb:Query", "arn:of:Notes5BB3582F/index/byTag");
    assert!(!deployed.may("Role", &index.with("dynamodb:LeadingKeys", "one")));
}

#[test]
fn principal_writes_items_of_keys_that_match() {
    let deployed = deployed(|table, role| {
        table.grant_write_for_leading_keys(&role, LeadingKeys::like(["one#*"]));
    });
    for (action, keys, expected) in [
        ("dynamodb:PutItem", vec!["one#1"], true),
        ("dynamodb:BatchWriteItem", vec!["one#1", "one#2"], true),
        ("dynamodb:DeleteItem", vec!["two#1"], false),
        ("dynamodb:GetItem", vec!["one#1"], false),
    ] {
        assert_eq!(may(&deployed, action, &keys), expected, "{action} {keys:?}");
    }
}

#[test]
fn principal_uses_some_attributes_without_replacing_items() {
    let template = Template::of_stack(|stack| {
        let keys = || LeadingKeys::new(["one"]).attributes(["tenant", "title"]);
        let table = Table::from_arn("arn:aws:dynamodb:eu-west-1:111122223333:table/notes");
        let role = role(stack);
        table.grant_read_for_leading_keys(&role, keys());
        table.grant_write_for_leading_keys(&role, keys());
    });
    let condition = |more: Value| {
        json!({
            "ForAllValues:StringEquals": {
                "dynamodb:LeadingKeys": "one",
                "dynamodb:Attributes": ["tenant", "title"],
            },
            "Null": { "dynamodb:LeadingKeys": "false" },
            "StringEqualsIfExists": more,
        })
    };
    let table = "arn:aws:dynamodb:eu-west-1:111122223333:table/notes";
    assert_eq!(
        statements(&template),
        json!([
            {
                "Effect": "Allow",
                "Action": ["dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:GetItem"],
                "Resource": table,
                "Condition": condition(json!({ "dynamodb:Select": "SPECIFIC_ATTRIBUTES" })),
            },
            {
                "Effect": "Allow",
                "Action": "dynamodb:UpdateItem",
                "Resource": table,
                "Condition": condition(json!({
                    "dynamodb:ReturnValues": ["NONE", "UPDATED_OLD", "UPDATED_NEW"],
                })),
            },
        ])
    );
}

#[test]
fn rejects_grants_without_keys() {
    insta::assert_snapshot!(findings_of(|stack| {
        let none: [&str; 0] = [];
        let role = role(stack);
        notes(stack).grant_read_for_leading_keys(&role, LeadingKeys::new(none));
        Table::from_arn("arn:aws:dynamodb:eu-west-1:111122223333:table/notes")
            .grant_write_for_leading_keys(&role, LeadingKeys::like(none));
    }));
}

#[test]
fn rejects_replicas_with_keys_that_do_not_fit() {
    insta::assert_snapshot!(findings_of(|stack| {
        let key = Key::builder().build(stack, "Key");
        GlobalTable::builder()
            .partition_key(Attribute::string("id"))
            .encryption(TableEncryption::key(key))
            .replica(Replica::new("eu-west-1").key(THERE))
            .replica(Replica::new("eu-west-2").key(THERE))
            .replica(Replica::new("eu-west-3"))
            .build(stack, "Notes");
        GlobalTable::builder()
            .partition_key(Attribute::string("id"))
            .replica(Replica::new("eu-west-1").key(THERE))
            .build(stack, "Plain");
    }));
}

#[test]
fn rejects_two_replicas_in_region() {
    let app = App::new();
    let environment = Environment::new("111122223333", "eu-central-1");
    let stack = StackProps::new()
        .environment(environment)
        .build(&app, "Stack");
    let table = GlobalTable::builder()
        .partition_key(Attribute::string("id"))
        .replica(Replica::new("eu-central-1").deletion_protection(false))
        .replica(Replica::new("eu-west-1"))
        .replica(Replica::new("eu-west-1").tag("copy", "second"))
        .build(stack, "Notes");
    let own = table.cfn().prop("Replicas.3.Region");
    assert_eq!(own, Some("eu-central-1".into()));
    let synthesis = app.synth();
    let found: Vec<_> = synthesis
        .findings()
        .iter()
        .map(|one| (one.code, one.property.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(
        found,
        [
            (infra_lib::codes::REPLICA_REGION, "Replicas.0.Region"),
            (infra_lib::codes::REPLICA_REGION, "Replicas.2.Region"),
        ]
    );
}

#[test]
fn rejects_what_strong_consistency_excludes() {
    insta::assert_snapshot!(findings_of(|stack| {
        GlobalTable::builder()
            .partition_key(Attribute::string("id"))
            .sort_key(Attribute::string("sort"))
            .local_index(LocalIndex::new("byTime", Attribute::number("time")))
            .time_to_live("expires")
            .consistency(Consistency::Strong)
            .replica(Replica::new("us-east-2"))
            .build(stack, "Notes");
        GlobalTable::builder()
            .partition_key(Attribute::string("id"))
            .consistency(Consistency::StrongWithWitness("us-east-2".to_owned()))
            .replica(Replica::new("us-east-2"))
            .build(stack, "Other");
    }));
}

#[test]
fn rejects_stream_capacity_and_bounds_that_do_not_fit() {
    insta::assert_snapshot!(findings_of(|stack| {
        GlobalTable::builder()
            .partition_key(Attribute::string("id"))
            .stream(StreamView::NewImage)
            .replica(Replica::new("eu-west-1"))
            .global_index(
                GlobalIndex::new("byTag", Attribute::string("tag")).capacity(Capacity::new(1, 1)),
            )
            .billing(GlobalBilling::Provisioned {
                read: ScaledCapacity::new(5, 1),
                write: ScaledCapacity::new(1, 5).utilization(95),
            })
            .build(stack, "Notes");
    }));
}
