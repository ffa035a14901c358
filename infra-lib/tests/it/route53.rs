//! Tests of the constructs in `infra_lib::route53`.

use infra_lib::assertions::Template;
use infra_lib::ec2::Vpc;
use infra_lib::elbv2::ApplicationLoadBalancer;
use infra_lib::route53::{ARecord, AaaaRecord, AliasTarget, HostedZone};
use infra_lib::{App, Stack, cidr, core::render};
use serde_json::json;

#[test]
fn retains_hosted_zone_with_alias_records() {
    let template = Template::of_stack(|stack| {
        let zone = HostedZone::builder()
            .zone_name("Example.com.")
            .comment("notes")
            .build(stack, "Zone");
        ARecord::builder()
            .zone(&zone)
            .domain_name("example.com")
            .target(AliasTarget::cloudfront("d111111abcdef8.cloudfront.net"))
            .build(stack, "Apex");
        AaaaRecord::builder()
            .zone(&zone)
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
        let target = AliasTarget::load_balancer(&balancer);
        ARecord::builder()
            .zone(&zone)
            .domain_name("api.example.com")
            .target(target)
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
        .zone(&zone)
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
