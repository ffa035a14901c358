//! Tests of REST APIs from OpenAPI documents.

use infra_lib::Output;
use infra_lib::apigateway::{AccessLogs, OpenApi, SpecRestApi};
use infra_lib::assertions::{Match, Template};
use serde_json::json;

use super::{document, only_id, role, write_document};
use crate::base::findings_of;

#[test]
fn makes_api_from_openapi_document() {
    let path = write_document("notes.json", &document("200").to_string());
    let build = |document: OpenApi| {
        Template::of_stack(|stack| {
            let api = SpecRestApi::builder()
                .document(document)
                .access_logs(AccessLogs::Off)
                .build(stack, "Api");
            api.grant_invoke(&role(stack));
            Output::new(stack, "Url", api.url());
        })
    };
    let of_file = build(OpenApi::file(&path));
    of_file.has_properties(
        "AWS::ApiGateway::RestApi",
        json!({ "Body": document("200"), "FailOnWarnings": true }),
    );
    let same = build(OpenApi::json(document("200")));
    let other = build(OpenApi::json(document("204")));
    let deployment = |template: &Template| only_id(template, "AWS::ApiGateway::Deployment");
    assert_eq!(deployment(&of_file), deployment(&same));
    assert_ne!(deployment(&of_file), deployment(&other));
    let asset = build(OpenApi::asset(&path));
    asset.has_properties(
        "AWS::ApiGateway::RestApi",
        json!({ "Body": Match::absent(), "BodyS3Location": { "Bucket": Match::any(), "Key": Match::any() } }),
    );
}

#[test]
fn rejects_file_without_openapi_document() {
    for (name, text) in [
        ("text.json", "no JSON"),
        ("broken.json", "{ \"openapi\": "),
        ("tabs.yaml", "openapi: 3.0.3\npaths:\n\t/status: {}\n"),
        ("empty.json", "{}"),
        ("paths.json", r#"{ "openapi": "3.0.3" }"#),
    ] {
        let path = write_document(name, text);
        let found = findings_of(|stack| {
            SpecRestApi::from_openapi(&path).build(stack, "Api");
        });
        assert_eq!(
            found.matches("error[INF4935]").count(),
            1,
            "{name}: {found}"
        );
    }
    let missing = findings_of(|stack| {
        SpecRestApi::builder()
            .document(OpenApi::asset("missing.json"))
            .build(stack, "Api");
    });
    assert_eq!(missing.matches("error[INF4935]").count(), 1, "{missing}");
}

#[test]
fn reads_openapi_document_in_yaml() {
    let text = "
openapi: 3.0.3
info: { title: Notes, version: '1' }
paths:
  /status:
    get:
      responses:
        200: { description: up }
      x-amazon-apigateway-integration:
        type: aws_proxy
        uri:
          Fn::Sub: arn:aws:apigateway:${AWS::Region}:lambda:path/x
";
    let path = write_document("notes.yaml", text);
    let template = Template::of_stack(|stack| {
        SpecRestApi::from_openapi(&path)
            .variable("table", "notes")
            .build(stack, "Api");
    });
    template.has_properties(
        "AWS::ApiGateway::RestApi",
        json!({ "Body": { "openapi": "3.0.3", "paths": { "/status": { "get": {
            "responses": { "200": { "description": "up" } },
            "x-amazon-apigateway-integration": { "uri": { "Fn::Sub": Match::any() } },
        } } } } }),
    );
    template.has_properties(
        "AWS::ApiGateway::Stage",
        json!({ "Variables": { "table": "notes" } }),
    );
}
