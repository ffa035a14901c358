//! Tests assertions on the templates.

use infra_lib::App;
use infra_lib::assertions::{Match, Template};
use serde_json::json;

use my_app::{Config, Tasks, build};

fn web() -> Template {
    let app = App::new();
    let config = Config {
        environment: "test".to_owned(),
        region: "eu-west-1".to_owned(),
        image: format!("registry.example/web@sha256:{}", "ab".repeat(32)),
        certificate_arn: "arn:aws:acm:eu-west-1:123456789012:certificate/00000000".to_owned(),
        tasks: Tasks { min: 2, max: 4 },
        preview: None,
    };
    build(&app, &config);
    Template::of(&app.synth(), "Web")
}

#[test]
fn assigns_no_public_ip_to_tasks() {
    web().has_properties(
        "AWS::ECS::Service",
        json!({
            "NetworkConfiguration": {
                "AwsvpcConfiguration": { "AssignPublicIp": "DISABLED", "Subnets": Match::any() },
            },
        }),
    );
}

#[test]
fn redirects_http_to_https() {
    let template = web();
    template.resource_count("AWS::ElasticLoadBalancingV2::Listener", 2);
    template.has_properties(
        "AWS::ElasticLoadBalancingV2::Listener",
        json!({ "Port": 80, "DefaultActions": Match::list_with(json!([{ "Type": "redirect" }])) }),
    );
    template.has_properties(
        "AWS::ElasticLoadBalancingV2::Listener",
        json!({ "Port": 443, "Protocol": "HTTPS" }),
    );
}

#[test]
fn scales_service_between_configured_bounds() {
    web().has_properties(
        "AWS::ApplicationAutoScaling::ScalableTarget",
        json!({ "MinCapacity": 2, "MaxCapacity": 4 }),
    );
}
