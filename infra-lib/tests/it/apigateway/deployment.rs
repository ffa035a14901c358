//! Tests of deployments of REST APIs.

use infra_lib::apigateway::{
    Canary, Cors, HttpMethod, Model, RequestValidator, RestApi, RestAuthorization, RestStage,
    UsagePlan,
};
use infra_lib::assertions::{Match, Template};
use serde_json::json;

use super::{answer, deployment_id, only_id, role};
use crate::base::findings_of;

#[test]
fn makes_deployment_again_for_each_change_of_definition() {
    let first = deployment_id(|_, _| {});
    let changes = [
        deployment_id(|_, api| {
            api.root().add_method(HttpMethod::Post, &answer());
        }),
        deployment_id(|_, api| {
            api.root().add_resource("notes");
        }),
        deployment_id(|_, api| {
            Model::builder()
                .api(api)
                .schema(json!({ "type": "object" }))
                .build(api, "Note");
        }),
        deployment_id(|stack, api| {
            // A construct outside of the API's scope belongs to its definition as well.
            RequestValidator::builder()
                .api(api)
                .body(true)
                .build(stack, "Bodies");
        }),
        deployment_id(|_, api| api.set_default_authorization(RestAuthorization::iam())),
    ];
    let mut all: Vec<&String> = changes.iter().chain([&first]).collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), changes.len() + 1, "{all:?}");
}

#[test]
fn keeps_deployment_without_change_of_definition() {
    let first = deployment_id(|_, _| {});
    assert_eq!(first, deployment_id(|_, _| {}));
    let other_resources = deployment_id(|stack, api| {
        role(stack);
        RestStage::builder()
            .api(api)
            .stage_name("beta")
            .build(stack, "Beta");
        let plan = UsagePlan::builder().build(stack, "Plan");
        plan.add_stage(&api.stage());
    });
    assert_eq!(first, other_resources);
    let orders = [["a", "b"], ["b", "a"]].map(|names| {
        deployment_id(|_, api| {
            for name in names {
                let resource = api.root().add_resource(name);
                resource.add_method(HttpMethod::Get, &answer());
            }
        })
    });
    assert_eq!(orders[0], orders[1]);
}

#[test]
fn deploys_after_every_method() {
    let template = Template::of_stack(|stack| {
        let api = RestApi::builder()
            .cors(Cors::new().allow_origin("https://www.example.com"))
            .build(stack, "Api");
        let notes = api.root().add_path("/notes/{id}");
        notes.add_method(HttpMethod::Get, &answer());
    });
    let mut methods: Vec<&str> = template
        .resources("AWS::ApiGateway::Method")
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    methods.sort_unstable();
    let deployment = template.only("AWS::ApiGateway::Deployment");
    assert_eq!(methods.len(), 4, "{methods:?}");
    assert_eq!(deployment["DependsOn"], json!(methods));
}

#[test]
fn sends_part_of_requests_to_latest_deployment() {
    let template = Template::of_stack(|stack| {
        let canary = Canary::new("k3f9qz", 5.0)
            .variable("table", "next")
            .use_stage_cache();
        let api = RestApi::builder()
            .retain_deployments(true)
            .canary(canary)
            .build(stack, "Api");
        api.root().add_method(HttpMethod::Get, &answer());
        RestStage::builder()
            .api(api)
            .stage_name("beta")
            .canary(Canary::new("k3f9qz", 100.0))
            .build(stack, "Beta");
    });
    let deployment = only_id(&template, "AWS::ApiGateway::Deployment");
    template.has_resource(
        "AWS::ApiGateway::Deployment",
        json!({ "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain" }),
    );
    template.has_properties(
        "AWS::ApiGateway::Stage",
        json!({
            "StageName": "prod",
            "DeploymentId": "k3f9qz",
            "CanarySetting": {
                "DeploymentId": { "Ref": deployment },
                "PercentTraffic": 5,
                "StageVariableOverrides": { "table": "next" },
                "UseStageCache": true,
            },
        }),
    );
    template.has_properties(
        "AWS::ApiGateway::Stage",
        json!({
            "StageName": "beta",
            "CanarySetting": {
                "StageVariableOverrides": Match::absent(),
                "UseStageCache": Match::absent(),
            },
        }),
    );
}

#[test]
fn reports_canary_whose_stable_deployment_is_deleted() {
    let found = findings_of(|stack| {
        let api = RestApi::builder()
            .canary(Canary::new("k3f9qz", 5.0))
            .build(stack, "Api");
        api.root().add_method(HttpMethod::Get, &answer());
    });
    assert_eq!(found.matches("error[INF4937]").count(), 1, "{found}");
    assert!(found.contains("`.retain_deployments(true)`"), "{found}");
}
