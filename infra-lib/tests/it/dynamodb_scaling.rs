//! Tests of provisioned capacity of tables that follows its use.

use infra_lib::applicationautoscaling::Schedule;
use infra_lib::assertions::{Match, Template};
use infra_lib::dynamodb::{
    Attribute, Billing, Capacity, GlobalIndex, LocalIndex, ScaledCapacity, Table,
};
use infra_lib::{App, Stack};
use serde_json::{Value, json};

use crate::base::findings_of;

const TARGET: &str = "AWS::ApplicationAutoScaling::ScalableTarget";
const POLICY: &str = "AWS::ApplicationAutoScaling::ScalingPolicy";

fn notes(stack: Stack<'_>, billing: Billing) -> Table<'_> {
    Table::builder()
        .partition_key(Attribute::string("id"))
        .sort_key(Attribute::string("sort"))
        .global_index(GlobalIndex::new("byTag", Attribute::string("tag")))
        .local_index(LocalIndex::new("byTime", Attribute::number("time")))
        .billing(billing)
        .build(stack, "Notes")
}

fn provisioned(stack: Stack<'_>) -> Table<'_> {
    notes(stack, Billing::Provisioned(Capacity::new(5, 5)))
}

/// Returns the ID of a dimension of the table: its name, and what follows.
fn resource_id(template: &Template, rest: &str) -> Value {
    let (table, _) = template.resources("AWS::DynamoDB::Table")[0];
    json!({ "Fn::Sub": format!("table/${{{table}}}{rest}") })
}

#[test]
fn capacity_of_table_follows_use_and_schedule() {
    let template = Template::of_stack(|stack| {
        provisioned(stack)
            .scale_read(ScaledCapacity::new(5, 100))
            .on_schedule("Night", &Schedule::cron("0 22 * * ? *"), 1, 10);
    });
    template.has_properties(
        TARGET,
        Match::exact(json!({
            "MinCapacity": 5,
            "MaxCapacity": 100,
            "ServiceNamespace": "dynamodb",
            "ScalableDimension": "dynamodb:table:ReadCapacityUnits",
            "ResourceId": resource_id(&template, ""),
            "ScheduledActions": [{
                "ScheduledActionName": "Night",
                "Schedule": "cron(0 22 * * ? *)",
                "ScalableTargetAction": { "MinCapacity": 1, "MaxCapacity": 10 },
            }],
        })),
    );
    template.has_properties(
        POLICY,
        json!({
            "PolicyType": "TargetTrackingScaling",
            "TargetTrackingScalingPolicyConfiguration": Match::exact(json!({
                "TargetValue": 70,
                "PredefinedMetricSpecification": {
                    "PredefinedMetricType": "DynamoDBReadCapacityUtilization",
                },
                "ScaleOutCooldown": 60,
                "ScaleInCooldown": 300,
            })),
        }),
    );
}

#[test]
fn scales_reads_and_writes_of_table_and_index() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let notes = provisioned(stack);
    notes.scale_read(ScaledCapacity::new(1, 2));
    notes.scale_write(ScaledCapacity::new(3, 4).utilization(60));
    notes.scale_index_read("byTag", ScaledCapacity::new(5, 6));
    notes.scale_index_write("byTag", ScaledCapacity::new(7, 8).utilization(90));
    let assembly = app.synth();
    assert_eq!(assembly.findings(), []);
    let template = Template::of(&assembly, "Stack");
    for (dimension, least, index) in [
        ("dynamodb:table:ReadCapacityUnits", 1, ""),
        ("dynamodb:table:WriteCapacityUnits", 3, ""),
        ("dynamodb:index:ReadCapacityUnits", 5, "/index/byTag"),
        ("dynamodb:index:WriteCapacityUnits", 7, "/index/byTag"),
    ] {
        template.has_properties(
            TARGET,
            json!({
                "ScalableDimension": dimension,
                "MinCapacity": least,
                "MaxCapacity": least + 1,
                "ResourceId": resource_id(&template, index),
            }),
        );
    }
    for (metric, target) in [("Read", 70), ("Write", 60), ("Write", 90)] {
        template.has_properties(
            POLICY,
            json!({ "TargetTrackingScalingPolicyConfiguration": {
                "TargetValue": target,
                "PredefinedMetricSpecification": {
                    "PredefinedMetricType": format!("DynamoDB{metric}CapacityUtilization"),
                },
            } }),
        );
    }
}

#[test]
fn rejects_scaling_of_table_on_demand() {
    insta::assert_snapshot!(findings_of(|stack| {
        notes(stack, Billing::OnDemand).scale_write(ScaledCapacity::new(1, 2));
    }));
}

#[test]
fn rejects_scaling_of_index_without_capacity_of_its_own() {
    insta::assert_snapshot!(findings_of(|stack| {
        let notes = provisioned(stack);
        notes.scale_index_read("byTags", ScaledCapacity::new(1, 2));
        notes.scale_index_write("byTime", ScaledCapacity::new(1, 2));
    }));
}

#[test]
fn rejects_bounds_and_utilization_of_table() {
    insta::assert_snapshot!(findings_of(|stack| {
        let notes = provisioned(stack);
        notes.scale_read(ScaledCapacity::new(0, 2));
        notes.scale_write(ScaledCapacity::new(3, 2).utilization(91));
        notes.scale_index_read("byTag", ScaledCapacity::new(1, 2).utilization(19));
    }));
}
