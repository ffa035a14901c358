//! Tests of the constructs in `infra_lib::route53`.

use infra_lib::assertions::{Match, Template};
use infra_lib::ec2::{InterfaceEndpointService, Vpc};
use infra_lib::elbv2::ApplicationLoadBalancer;
use infra_lib::kms::Key;
use infra_lib::logs::LogGroup;
use infra_lib::route53::{
    ARecord, AaaaRecord, AliasTarget, HostedZone, KeySigningKey, KeyStatus, PrivateHostedZone,
    Record, RecordData,
};
use infra_lib::{
    App, Environment, ParameterProps, ParameterType, Stack, StackProps, cidr, core::render,
};
use serde_json::json;

#[test]
fn retains_hosted_zone_with_alias_records() {
    let template = Template::of_stack(|stack| {
        let zone = HostedZone::builder()
            .zone_name("Example.com.")
            .comment("notes")
            .build(stack, "Zone");
        ARecord::builder()
            .zone(zone)
            .domain_name("example.com")
            .target(AliasTarget::cloudfront("d111111abcdef8.cloudfront.net"))
            .build(stack, "Apex");
        AaaaRecord::builder()
            .zone(zone)
            .domain_name("notes.example.com")
            .target(AliasTarget::cloudfront("d111111abcdef8.cloudfront.net"))
            .build(stack, "Notes");
    });
    insta::assert_snapshot!(serde_json::to_string_pretty(template.json()).unwrap());
}

#[test]
fn evaluates_health_of_load_balancer_target() {
    let template = Template::of_stack(|stack| {
        let vpc = Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .build(stack, "Vpc");
        let balancer = ApplicationLoadBalancer::builder()
            .internal(vpc.private())
            .build(stack, "LoadBalancer");
        let zone =
            HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com");
        ARecord::builder()
            .zone(zone)
            .domain_name("api.example.com")
            .target(balancer)
            .build(stack, "Api");
    });
    template.has_properties(
        "AWS::Route53::RecordSet",
        json!({ "Name": "api.example.com.", "Type": "A", "AliasTarget": { "EvaluateTargetHealth": true } }),
    );
}

#[test]
fn reports_record_outside_zone() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let zone = HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com");
    let target = AliasTarget::cloudfront("d111111abcdef8.cloudfront.net");
    ARecord::builder()
        .zone(zone)
        .domain_name("notexample.com")
        .target(target)
        .build(stack, "Notes");
    insta::assert_snapshot!(
        app.synth()
            .findings()
            .iter()
            .map(render)
            .collect::<String>()
    );
}

#[test]
fn delegates_to_zone_and_writes_query_logs() {
    let app = App::new();
    let stack = StackProps::new()
        .environment(Environment::region("us-east-1"))
        .build(&app, "Stack");
    let group = LogGroup::builder().build(stack, "Queries");
    let parent = HostedZone::builder()
        .zone_name("example.com")
        .query_logs(group)
        .build(stack, "Parent");
    let child = HostedZone::builder()
        .zone_name("sub.example.com")
        .query_logs(group)
        .build(stack, "Child");
    parent.delegate_to(&child);
    let synthesis = app.synth();
    assert!(synthesis.findings().is_empty());
    insta::assert_snapshot!(Template::of(&synthesis, "Stack").to_snapshot());
}

#[test]
fn takes_name_of_zone_and_record_from_parameters() {
    let template = Template::of_stack(|stack| {
        let domain = ParameterProps::new(ParameterType::String).build(stack, "Domain");
        let zone = HostedZone::builder()
            .zone_name(domain.value::<String>())
            .build(stack, "Zone");
        Record::builder()
            .zone(zone)
            .domain_name(domain.value::<String>())
            .data(RecordData::a(["192.0.2.1"]))
            .build(stack, "Apex");
    });
    template.has_properties(
        "AWS::Route53::HostedZone",
        json!({ "Name": { "Ref": "Domain" } }),
    );
    template.has_properties(
        "AWS::Route53::RecordSet",
        json!({ "Name": { "Ref": "Domain" } }),
    );
}

#[test]
fn associates_vpcs_with_private_zone() {
    let app = App::new();
    let network = StackProps::new()
        .environment(Environment::region("eu-west-1"))
        .build(&app, "Network");
    let stack = StackProps::new()
        .environment(Environment::region("eu-west-1"))
        .build(&app, "Stack");
    let vpc = |stack, id: &str| Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, id);
    let first = vpc(stack, "First");
    let zone = PrivateHostedZone::builder()
        .zone_name("shop.internal")
        .vpc(first)
        .comment("names of the shop")
        .build(stack, "Zone");
    zone.associate_vpc(&vpc(network, "Second"));
    let endpoint = first.add_interface_endpoint(InterfaceEndpointService::SQS);
    ARecord::builder()
        .zone(zone)
        .domain_name("queues.shop.internal")
        .target(endpoint)
        .build(stack, "Queues");
    let imported = PrivateHostedZone::from_attributes(stack, "Other", "Z1", "other.internal");
    assert!(imported.cfn().is_none());
    let synthesis = app.synth();
    assert!(!synthesis.has_errors());
    let template = Template::of(&synthesis, "Stack");
    template.has_resource(
        "AWS::Route53::HostedZone",
        json!({
            "DeletionPolicy": "Retain",
            "Properties": {
                "Name": "shop.internal.",
                "HostedZoneConfig": { "Comment": "names of the shop" },
                "VPCs": [
                    { "VPCId": { "Ref": "First8D4707F1" }, "VPCRegion": "eu-west-1" },
                    { "VPCId": Match::any(), "VPCRegion": "eu-west-1" },
                ],
            },
        }),
    );
    template.has_properties(
        "AWS::Route53::RecordSet",
        json!({ "AliasTarget": {
            "DNSName": { "Fn::Select": [1, { "Fn::Split": [":", { "Fn::Select": [0, Match::any()] }] }] },
            "HostedZoneId": { "Fn::Select": [0, { "Fn::Split": [":", { "Fn::Select": [0, Match::any()] }] }] },
        } }),
    );
}

#[test]
fn signs_zone_with_new_key() {
    let app = App::new();
    let stack = StackProps::new()
        .environment(Environment::region("us-east-1"))
        .build(&app, "Stack");
    let zone = HostedZone::builder()
        .zone_name("example.com")
        .build(stack, "Zone");
    zone.enable_dnssec();
    KeySigningKey::builder()
        .zone(zone)
        .key_name("next")
        .status(KeyStatus::Inactive)
        .build(stack, "Next");
    let synthesis = app.synth();
    assert!(synthesis.findings().is_empty());
    insta::assert_snapshot!(Template::of(&synthesis, "Stack").to_snapshot());
}

#[test]
fn reports_query_logs_and_keys_of_other_regions() {
    let app = App::new();
    let stack = StackProps::new()
        .environment(Environment::region("eu-west-1"))
        .build(&app, "Stack");
    let group = LogGroup::builder().build(stack, "Queries");
    let zone = HostedZone::builder()
        .zone_name("example.com")
        .query_logs(group)
        .build(stack, "Zone");
    zone.enable_dnssec();
    let key = Key::from_arn(
        stack,
        "Key",
        "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    );
    HostedZone::from_attributes(stack, "Other", "Z1", "example.org").enable_dnssec_with(&key);
    insta::assert_snapshot!(
        app.synth()
            .findings()
            .iter()
            .map(render)
            .collect::<String>()
    );
}
