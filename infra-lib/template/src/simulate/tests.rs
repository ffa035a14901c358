use std::collections::BTreeMap;

use infra_core::{App, CfnResource, NestedStack};
use serde_json::{Value as JsonValue, json};

use super::{
    Availability, Failure, OperationKind, Simulation, UndoKind, simulate, simulate_assemblies,
};
use crate::Template;
use crate::assembly::{CloudAssembly, Stack};
use crate::diff::{DeployedStackState, review_stacks};
use crate::nested::NESTED_STACK;

fn stack(name: &str, dependencies: &[&str], template: JsonValue) -> Stack {
    Stack::builder()
        .id(name)
        .path(name)
        .name(name)
        .template(Template::from_json(template).unwrap())
        .dependencies(
            dependencies
                .iter()
                .map(|id| (*id).to_owned())
                .collect::<Vec<_>>(),
        )
        .build()
}

fn run(old: &[Stack], new: &[Stack]) -> Simulation {
    let before: BTreeMap<String, DeployedStackState> = old
        .iter()
        .map(|stack| {
            let state = DeployedStackState::builder().template(stack.template.clone());
            (stack.name.clone(), state.build())
        })
        .collect();
    let wanted: Vec<&Stack> = new.iter().collect();
    let removed: Vec<&Stack> = old
        .iter()
        .filter(|old| !new.iter().any(|new| new.name == old.name))
        .collect();
    let review = review_stacks(&before, &wanted, &removed, "old");
    simulate(&review, &before, &wanted)
}

/// Simulates the change of one stack.
fn change(before: JsonValue, after: JsonValue) -> Simulation {
    let with = |resources: JsonValue| stack("App", &[], json!({ "Resources": resources }));
    run(&[with(before)], &[with(after)])
}

fn create(resources: &JsonValue) -> Simulation {
    run(&[], &[stack("App", &[], json!({ "Resources": resources }))])
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "callers write the properties in place"
)]
fn resource(type_name: &str, properties: JsonValue) -> JsonValue {
    json!({ "Type": type_name, "Properties": properties })
}

/// Returns the verdict on the change of properties of a resource of a type.
fn verdict(type_name: &str, before: JsonValue, after: JsonValue) -> Availability {
    let found = change(
        json!({ "It": resource(type_name, before) }),
        json!({ "It": resource(type_name, after) }),
    );
    assert_eq!(found.stacks.len(), 1, "{type_name} does not change");
    found.interruption
}

fn web() -> JsonValue {
    json!({
        "Vpc": resource("AWS::EC2::VPC", json!({ "CidrBlock": "10.0.0.0/16" })),
        "Database": resource("AWS::RDS::DBInstance", json!({
            "DBInstanceClass": "db.t4g.small", "Engine": "postgres", "EngineVersion": "16.3",
            "MultiAZ": true, "Group": { "Ref": "Vpc" },
        })),
        "Queue": resource("AWS::SQS::Queue", json!({})),
        "Task": resource("AWS::ECS::TaskDefinition", json!({ "Family": "web", "Cpu": "256",
            "Host": { "Fn::GetAtt": ["Database", "Endpoint.Address"] } })),
        "Service": resource("AWS::ECS::Service", json!({ "DesiredCount": 2, "TaskDefinition": { "Ref": "Task" } })),
    })
}

/// Returns [`web`] with another value at a JSON pointer.
fn web_with(pointer: &str, value: JsonValue) -> JsonValue {
    let mut web = web();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    web.pointer_mut(parent).unwrap()[key] = value;
    web
}

fn times(found: &Simulation) -> Vec<(String, OperationKind, u64, u64)> {
    let operations = found.stacks.iter().flat_map(|stack| &stack.operations);
    operations
        .map(|one| {
            let id = one.resource.logical_id.clone();
            (id, one.kind, one.start.expected, one.end.expected)
        })
        .collect()
}

#[test]
fn creates_in_parallel_after_prerequisites() {
    let found = create(&web());
    let expected = [
        ("Vpc", 0, 14),
        ("Queue", 0, 72),
        ("Database", 14, 609),
        ("Task", 609, 615),
        ("Service", 615, 734),
    ];
    let expected: Vec<_> = expected
        .iter()
        .map(|(id, start, end)| ((*id).to_owned(), OperationKind::Create, *start, *end))
        .collect();
    assert_eq!(times(&found), expected);
    assert_eq!(found.duration.expected, 734);
    assert!(found.duration.low < 734 && 734 < found.duration.high);
    let path: Vec<&str> = found
        .critical_path
        .iter()
        .map(|name| name.logical_id.as_str())
        .collect();
    assert_eq!(path, ["Vpc", "Database", "Task", "Service"]);
    assert_eq!(found.interruption, Availability::None);
}

#[test]
fn creates_replacement_first_and_deletes_predecessor_last() {
    let found = change(web(), web_with("/Task/Properties/Cpu", json!("512")));
    assert_eq!(
        times(&found),
        [
            ("Task".to_owned(), OperationKind::Replace, 0, 6),
            ("Service".to_owned(), OperationKind::Update, 6, 156),
            ("Task".to_owned(), OperationKind::CleanUp, 156, 161),
        ]
    );
    assert_eq!(found.stacks[0].serving.expected, 156);
    assert_eq!(found.interruption, Availability::None);
}

#[test]
fn deletes_in_reverse_order_and_stacks_after_their_producers() {
    let chain = json!({
        "Vpc": resource("AWS::EC2::VPC", json!({})),
        "Subnet": resource("AWS::EC2::Subnet", json!({ "VpcId": { "Ref": "Vpc" } })),
    });
    let with = |resources| json!({ "Resources": resources });
    let queue = json!({ "Queue": resource("AWS::SQS::Queue", json!({})) });
    let found = run(
        &[stack("Net", &[], with(chain))],
        &[
            stack("Data", &[], with(queue.clone())),
            stack("Web", &["Data"], with(queue.clone())),
            stack("Other", &[], with(queue)),
        ],
    );
    let starts: Vec<(&str, u64, u64)> = found
        .stacks
        .iter()
        .map(|run| (run.stack.as_str(), run.start.expected, run.end.expected))
        .collect();
    assert_eq!(
        starts,
        [
            ("Data", 0, 72),
            ("Web", 72, 144),
            ("Other", 0, 72),
            ("Net", 144, 164)
        ]
    );
    let last: Vec<_> = times(&found).into_iter().skip(3).collect();
    assert_eq!(
        last,
        [
            ("Subnet".to_owned(), OperationKind::Delete, 144, 154),
            ("Vpc".to_owned(), OperationKind::Delete, 154, 164),
        ]
    );
}

#[test]
fn judges_interruptions_by_type_and_setting() {
    use Availability::{Brief, DataLoss, None, Outage, Unknown};
    let database = |class: &str, multi_az: JsonValue| json!({ "Engine": "postgres", "DBInstanceClass": class, "MultiAZ": multi_az });
    let rds = |multi_az: JsonValue| {
        verdict(
            "AWS::RDS::DBInstance",
            database("db.t4g.small", multi_az.clone()),
            database("db.t4g.large", multi_az),
        )
    };
    assert_eq!(rds(json!(true)), Brief);
    assert_eq!(rds(json!("true")), Brief);
    assert_eq!(rds(json!(false)), Outage);
    // The parameter decides during the deployment: the worse case counts.
    assert_eq!(rds(json!({ "Ref": "MultiAz" })), Outage);

    let cases = [
        (
            "AWS::RDS::DBInstance",
            json!({ "AllocatedStorage": "20" }),
            json!({ "AllocatedStorage": "40" }),
            None,
        ),
        (
            "AWS::RDS::DBInstance",
            json!({ "EngineVersion": "16.3" }),
            json!({ "EngineVersion": "16.4" }),
            Outage,
        ),
        (
            "AWS::RDS::DBInstance",
            json!({ "BackupRetentionPeriod": 0 }),
            json!({ "BackupRetentionPeriod": 7 }),
            Outage,
        ),
        (
            "AWS::RDS::DBInstance",
            json!({ "BackupRetentionPeriod": 1 }),
            json!({ "BackupRetentionPeriod": 7 }),
            None,
        ),
        (
            "AWS::RDS::DBInstance",
            json!({ "OptionGroupName": "a" }),
            json!({ "OptionGroupName": "b" }),
            Unknown,
        ),
        (
            "AWS::RDS::DBInstance",
            json!({ "StorageEncrypted": false }),
            json!({ "StorageEncrypted": true }),
            DataLoss,
        ),
        (
            "AWS::RDS::DBInstance",
            json!({ "Tags": [] }),
            json!({ "Tags": [{ "Key": "a", "Value": "b" }] }),
            None,
        ),
        (
            "AWS::ElastiCache::ReplicationGroup",
            json!({ "CacheNodeType": "cache.t4g.small" }),
            json!({ "CacheNodeType": "cache.m7g.large" }),
            Brief,
        ),
        (
            "AWS::ElastiCache::ReplicationGroup",
            json!({ "EngineVersion": "7.0" }),
            json!({ "EngineVersion": "7.1" }),
            Outage,
        ),
        (
            "AWS::ECS::Service",
            json!({ "DesiredCount": 1, "TaskDefinition": "a" }),
            json!({ "DesiredCount": 1, "TaskDefinition": "b" }),
            None,
        ),
        (
            "AWS::ECS::Service",
            json!({ "DesiredCount": 2 }),
            json!({ "DesiredCount": 0 }),
            Outage,
        ),
        (
            "AWS::Lambda::Function",
            json!({ "MemorySize": 128 }),
            json!({ "MemorySize": 256 }),
            None,
        ),
        (
            "AWS::CloudFront::Distribution",
            json!({ "DistributionConfig": { "Enabled": true } }),
            json!({ "DistributionConfig": { "Enabled": true, "Comment": "x" } }),
            None,
        ),
        (
            "AWS::DynamoDB::Table",
            json!({ "BillingMode": "PROVISIONED" }),
            json!({ "BillingMode": "PAY_PER_REQUEST" }),
            None,
        ),
        (
            "AWS::DynamoDB::Table",
            json!({ "TableName": "a" }),
            json!({ "TableName": "b" }),
            DataLoss,
        ),
        (
            "AWS::EC2::VPC",
            json!({ "CidrBlock": "10.0.0.0/16" }),
            json!({ "CidrBlock": "10.1.0.0/16" }),
            Outage,
        ),
        (
            "AWS::EC2::Subnet",
            json!({ "CidrBlock": "10.0.0.0/24" }),
            json!({ "CidrBlock": "10.0.1.0/24" }),
            Outage,
        ),
        (
            "AWS::ElasticLoadBalancingV2::Listener",
            json!({ "Port": 80 }),
            json!({ "Port": 8080 }),
            Outage,
        ),
        (
            "Custom::Thing",
            json!({ "Value": 1 }),
            json!({ "Value": 2 }),
            Unknown,
        ),
    ];
    for (type_name, before, after, expected) in cases {
        let found = verdict(type_name, before, after.clone());
        assert_eq!(found, expected, "{type_name} {after}");
    }
}

#[test]
fn judges_rolling_deployments_by_healthy_tasks() {
    let service = |minimum: JsonValue, desired: u64| {
        let with = |task: &str| {
            json!({ "TaskDefinition": task, "DesiredCount": desired,
                "DeploymentConfiguration": { "MinimumHealthyPercent": minimum } })
        };
        verdict("AWS::ECS::Service", with("a"), with("b"))
    };
    assert_eq!(service(json!(100), 1), Availability::None);
    assert_eq!(service(json!(50), 2), Availability::None);
    assert_eq!(service(json!(50), 1), Availability::None);
    assert_eq!(service(json!(0), 2), Availability::Outage);
    assert_eq!(
        service(json!({ "Ref": "Percent" }), 2),
        Availability::Outage
    );
}

#[test]
fn judges_security_groups_by_the_direction_of_the_change() {
    let rule = |from: &str| {
        json!({ "GroupDescription": "web", "SecurityGroupIngress": [{ "IpProtocol": "tcp",
            "FromPort": 443, "ToPort": 443, "CidrIp": from }] })
    };
    let group = "AWS::EC2::SecurityGroup";
    assert_eq!(
        verdict(group, rule("10.0.0.0/8"), rule("0.0.0.0/0")),
        Availability::None
    );
    assert_eq!(
        verdict(group, rule("0.0.0.0/0"), rule("10.0.0.0/8")),
        Availability::Unknown
    );
}

#[test]
fn judges_removed_data_by_its_policy() {
    for (policy, expected) in [
        ("Delete", Availability::DataLoss),
        ("Snapshot", Availability::Outage),
        ("Retain", Availability::None),
    ] {
        let mut database = resource("AWS::RDS::DBInstance", json!({}));
        database["DeletionPolicy"] = json!(policy);
        let queue = resource("AWS::SQS::Queue", json!({}));
        let found = change(
            json!({ "Queue": queue, "Database": database }),
            json!({ "Queue": queue }),
        );
        assert_eq!(found.interruption, expected, "{policy}");
    }
}

fn undone(failure: &Failure) -> Vec<(&str, UndoKind)> {
    failure
        .undone
        .iter()
        .map(|undo| (undo.resource.logical_id.as_str(), undo.kind))
        .collect()
}

#[test]
fn rolls_a_creation_back_in_reverse() {
    let failure = create(&web()).fail("Service").unwrap();
    assert_eq!(failure.state, "ROLLBACK_COMPLETE");
    assert_eq!(failure.at.expected, 734);
    assert_eq!(
        undone(&failure),
        [
            ("Queue", UndoKind::Delete),
            ("Service", UndoKind::Delete),
            ("Task", UndoKind::Delete),
            ("Database", UndoKind::Delete),
            ("Vpc", UndoKind::Delete),
        ]
    );
    // 120 s for the service, then 5, 300 and 10.
    assert_eq!(failure.end.expected, 734 + 120 + 5 + 300 + 10);
    assert!(failure.manual.is_empty());
    // Nothing depends on the network yet when it fails, and later resources are never created.
    let early = create(&web()).fail("Vpc").unwrap();
    assert_eq!(
        undone(&early),
        [("Vpc", UndoKind::Delete), ("Queue", UndoKind::Delete)]
    );
}

#[test]
fn rolls_an_update_back_to_the_old_resources() {
    let found = change(web(), web_with("/Task/Properties/Cpu", json!("512")));
    let failure = found.fail("Service").unwrap();
    assert_eq!(failure.state, "UPDATE_ROLLBACK_COMPLETE");
    assert_eq!(
        undone(&failure),
        [
            ("Task", UndoKind::Keep),
            ("Service", UndoKind::Restore),
            ("Task", UndoKind::Delete),
        ]
    );
    assert_eq!(failure.interruption, Availability::None);
    assert_eq!(found.fail("Nothing").map(|failure| failure.state), None);
}

#[test]
fn reports_a_rollback_that_cannot_work() {
    let mut after = web_with("/Database/Properties/EngineVersion", json!("16.4"));
    after["Service"]["Properties"]["DesiredCount"] = json!(3);
    after["Service"]["DependsOn"] = json!("Database");
    let found = change(web(), after);
    let failure = found.fail("Service").unwrap();
    assert_eq!(failure.state, "UPDATE_ROLLBACK_FAILED");
    assert_eq!(failure.left[0].reason, "the engine cannot be downgraded");
    assert_eq!(
        failure.manual[0].command,
        "infra rollback --stack App --continue --skip Database"
    );
    assert_eq!(failure.interruption, Availability::Outage);
    // The failure of the upgrade itself leaves nothing to undo.
    let itself = found.fail("Database").unwrap();
    assert_eq!(itself.state, "UPDATE_ROLLBACK_COMPLETE");
    assert!(itself.left.is_empty());
}

#[test]
fn reports_protected_resources_that_a_rollback_cannot_delete() {
    let resources = json!({
        "Table": resource("AWS::DynamoDB::Table", json!({ "DeletionProtectionEnabled": true })),
        "Function": resource("AWS::Lambda::Function", json!({ "Table": { "Ref": "Table" } })),
    });
    let failure = create(&resources).fail("Function").unwrap();
    assert_eq!(failure.state, "ROLLBACK_FAILED");
    assert_eq!(
        failure.manual[0].command,
        "aws cloudformation delete-stack --stack-name App"
    );
    let queue = json!({ "Queue": resource("AWS::SQS::Queue", json!({})) });
    let mut more = resources;
    more["Queue"] = queue["Queue"].clone();
    let failure = change(queue, more).fail("Function").unwrap();
    assert_eq!(failure.state, "UPDATE_ROLLBACK_COMPLETE");
    assert!(failure.left[0].certain && failure.left[0].resource.logical_id == "Table");
}

#[test]
fn reports_failed_deletions_of_updates_and_stacks() {
    let bucket = json!({ "Bucket": resource("AWS::S3::Bucket", json!({})) });
    let both = json!({
        "Bucket": resource("AWS::S3::Bucket", json!({})),
        "Queue": resource("AWS::SQS::Queue", json!({})),
    });
    let failure = change(
        both,
        json!({ "Queue": resource("AWS::SQS::Queue", json!({})) }),
    )
    .fail("Bucket")
    .unwrap();
    assert_eq!(
        (failure.state.as_str(), failure.operation),
        ("UPDATE_COMPLETE", OperationKind::Delete)
    );
    let gone = run(&[stack("App", &[], json!({ "Resources": bucket }))], &[]);
    let failure = gone.fail("Bucket").unwrap();
    assert_eq!(failure.state, "DELETE_FAILED");
    assert!(
        failure.manual[0]
            .command
            .ends_with("--retain-resources Bucket")
    );
}

#[test]
fn stops_stacks_behind_a_failure_only() {
    let queue = || json!({ "Resources": { "Queue": resource("AWS::SQS::Queue", json!({})) } });
    let found = run(
        &[],
        &[
            stack(
                "Data",
                &[],
                json!({ "Resources": { "Topic": resource("AWS::SNS::Topic", json!({})) } }),
            ),
            stack("Web", &["Data"], queue()),
            stack("Other", &[], queue()),
        ],
    );
    let failure = found.fail("Topic").unwrap();
    let states: Vec<&str> = failure
        .stacks
        .iter()
        .map(|one| one.state.as_str())
        .collect();
    assert_eq!(
        states,
        ["ROLLBACK_COMPLETE", "unchanged", "CREATE_COMPLETE"]
    );
    assert_eq!(found.fail_each().len(), 3);
}

#[test]
fn follows_what_a_construct_uses_in_other_stacks() {
    let data = |class: &str| {
        json!({
            "Resources": { "Database": resource("AWS::RDS::DBInstance",
                json!({ "DBInstanceClass": class, "MultiAZ": true })) },
            "Outputs": { "Host": { "Value": { "Fn::GetAtt": ["Database", "Endpoint.Address"] },
                "Export": { "Name": "host" } } },
        })
    };
    let web = json!({ "Resources": {
        "Function": resource("AWS::Lambda::Function", json!({ "Host": { "Fn::ImportValue": "host" } })),
        "Queue": resource("AWS::SQS::Queue", json!({})),
    } });
    let found = run(
        &[
            stack("Data", &[], data("db.t4g.small")),
            stack("Web", &["Data"], web.clone()),
        ],
        &[
            stack("Data", &[], data("db.t4g.large")),
            stack("Web", &["Data"], web),
        ],
    );
    found.never_interrupts("Queue");
    let uses = found.operations_for("Function").unwrap();
    assert_eq!(uses.len(), 1);
    assert_eq!(
        uses[0].interruption.as_ref().unwrap().seconds,
        Some((60, 120))
    );
    let refused = std::panic::catch_unwind(|| found.never_interrupts("Function"));
    let message = refused.unwrap_err();
    let message = message.downcast_ref::<String>().unwrap();
    let expected = "`Function` may be interrupted:\n  \
        Database, change of `DBInstanceClass`: brief (60 to 120 s), the standby is changed first, then the instance fails over to it\n    \
        https://repost.aws/knowledge-center/rds-performance-impact";
    assert_eq!(message, expected);
}

#[test]
fn orders_nested_resources_and_survives_circles() {
    let circle = json!({
        "A": { "Type": "AWS::SNS::Topic", "DependsOn": "B" },
        "B": { "Type": "AWS::SNS::Topic", "DependsOn": "A" },
    });
    assert_eq!(create(&circle).stacks[0].operations.len(), 2);
}

/// Returns an app with a table and a topic in a nested stack.
fn nested(with_table: bool) -> CloudAssembly {
    let app = App::new();
    let root = infra_core::Stack::new(&app, "App");
    let child = NestedStack::new(root, "Child");
    CfnResource::new(child, "Topic", "AWS::SNS::Topic", json!({}));
    if with_table {
        let table = json!({ "KeySchema": [], "AttributeDefinitions": [] });
        CfnResource::new(child, "Table", "AWS::DynamoDB::Table", table);
    }
    CloudAssembly::from_synthesis(&app.synth()).unwrap()
}

#[test]
fn judges_resources_of_nested_stack_rather_than_itself() {
    let verdicts = |old: &CloudAssembly, new: &CloudAssembly| {
        let simulation = simulate_assemblies(old, new);
        let operations = simulation.stacks.into_iter().flat_map(|run| run.operations);
        let found = operations.filter_map(|one| {
            let found = one.interruption?;
            Some((one.resource.type_name, found.verdict, found.reason))
        });
        found.collect::<Vec<_>>()
    };
    let case =
        |type_name: &str, verdict, reason: &str| (type_name.to_owned(), verdict, reason.to_owned());
    let (old, mut new) = (nested(true), nested(false));
    assert_eq!(
        verdicts(&old, &new),
        [
            case(
                NESTED_STACK,
                Availability::None,
                "each resource of the nested stack has its own verdict"
            ),
            case(
                "AWS::DynamoDB::Table",
                Availability::DataLoss,
                "the resource is deleted with its data"
            ),
        ]
    );
    // Without the templates nothing is known about the resources.
    new.stacks[0].nested.clear();
    let reason =
        "the changes of its resources are unknown: the assembly does not contain its template";
    assert_eq!(
        verdicts(&old, &new),
        [case(NESTED_STACK, Availability::Unknown, reason)]
    );
}
