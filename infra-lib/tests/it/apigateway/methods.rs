//! Tests of resources and methods of REST APIs.

use infra_lib::Duration;
use infra_lib::apigateway::{Cors, HttpMethod, Model, RequestValidator, RestApi, RestIntegration};
use infra_lib::assertions::{Match, Template};
use serde_json::json;

use super::{answer, api, function};
use crate::base::findings_of;

#[test]
fn permits_function_for_method_and_path() {
    let template = Template::of_stack(|stack| {
        let api = RestApi::builder().build(stack, "Api");
        let notes = RestIntegration::lambda(function(stack));
        let note = api.root().add_resource("notes").add_resource("{id}");
        note.add_method(HttpMethod::Get, &notes);
        note.add_method(HttpMethod::Any, &notes);
    });
    template.has_properties(
        "AWS::ApiGateway::Method",
        json!({
            "HttpMethod": "GET",
            "Integration": { "Type": "AWS_PROXY", "IntegrationHttpMethod": "POST", "Uri": Match::any() },
        }),
    );
    let permissions = template.resources("AWS::Lambda::Permission");
    let sources: Vec<String> = permissions
        .iter()
        .map(|(_, one)| one["Properties"]["SourceArn"].to_string())
        .collect();
    assert_eq!(sources.len(), 2);
    assert!(sources[0].contains("/*/GET/notes/*\""), "{sources:?}");
    assert!(sources[1].contains("/*/*/notes/*\""), "{sources:?}");
    let id = permissions[0].0;
    assert!(id.starts_with("ApinotesidGETApiPermissionStackApi"), "{id}");
}

#[test]
fn returns_resource_that_exists() {
    let template = Template::of_stack(|stack| {
        let api = RestApi::builder().build(stack, "Api");
        api.root()
            .add_path("notes/{id}")
            .add_method(HttpMethod::Get, &answer());
        let again = api.root().add_path("/notes/{id}/");
        again.add_method(HttpMethod::Put, &answer());
        assert_eq!(again.path(), "/notes/{id}");
        assert_eq!(api.root().path(), "/");
    });
    template.resource_count("AWS::ApiGateway::Resource", 2);
    template.has_properties(
        "AWS::ApiGateway::Resource",
        json!({ "PathPart": "notes", "ParentId": { "Fn::GetAtt": [Match::any(), "RootResourceId"] } }),
    );
    template.has_properties(
        "AWS::ApiGateway::Resource",
        json!({ "PathPart": "{id}", "ParentId": { "Ref": Match::any() } }),
    );
}

#[test]
fn rejects_paths_and_methods() {
    let found = findings_of(|stack| {
        let api = RestApi::builder().build(stack, "Api");
        let root = api.root();
        root.add_method(HttpMethod::Get, &answer());
        root.add_method(HttpMethod::Get, &answer());
        root.add_resource("{id}");
        root.add_resource("{note}");
        root.add_resource("files")
            .add_resource("{proxy+}")
            .add_resource("more");
    });
    for code in ["INF4921", "INF4922", "INF4933"] {
        let count = found.matches(&format!("error[{code}]")).count();
        assert_eq!(count, 1, "{code}: {found}");
    }
    assert!(!found.contains("INF1001"), "{found}");
}

#[test]
fn rejects_api_without_methods() {
    let found = findings_of(|stack| {
        RestApi::builder().build(stack, "Api");
    });
    assert!(found.contains("error[INF4934]"), "{found}");
}

#[test]
fn answers_preflight_of_one_and_of_several_origins() {
    let template = Template::of_stack(|stack| {
        let api = api(stack);
        let cors = Cors::new()
            .allow_origin("https://www.example.com")
            .allow_method(HttpMethod::Get)
            .allow_header("Authorization")
            .max_age(Duration::hours(1));
        api.root().add_resource("one").add_cors_preflight(&cors);
        let two = cors
            .allow_origin("https://app.example.com")
            .allow_credentials();
        api.root().add_resource("two").add_cors_preflight(&two);
    });
    template.has_properties(
        "AWS::ApiGateway::Method",
        json!({
            "HttpMethod": "OPTIONS",
            "AuthorizationType": "NONE",
            "Integration": {
                "Type": "MOCK",
                "RequestTemplates": { "application/json": "{\"statusCode\": 204}" },
                "IntegrationResponses": [{
                    "StatusCode": "204",
                    "ResponseTemplates": Match::absent(),
                    "ResponseParameters": {
                        "method.response.header.Access-Control-Allow-Origin": "'https://www.example.com'",
                        "method.response.header.Access-Control-Allow-Methods": "'GET'",
                        "method.response.header.Access-Control-Allow-Headers": "'Authorization'",
                        "method.response.header.Access-Control-Max-Age": "'3600'",
                        "method.response.header.Vary": "'Origin'",
                    },
                }],
            },
            "MethodResponses": [{ "StatusCode": "204" }],
        }),
    );
    let methods = template.resources("AWS::ApiGateway::Method");
    let two = methods.iter().find(|(id, _)| id.starts_with("Apitwo"));
    let template_text = two.unwrap().1.to_string();
    assert!(
        template_text.contains("$origin == \\\"https://app.example.com\\\""),
        "{template_text}"
    );
    let found = findings_of(|stack| {
        let any = Cors::new().allow_origin("*").allow_credentials();
        api(stack)
            .root()
            .add_resource("any")
            .add_cors_preflight(&any);
    });
    assert_eq!(found.matches("error[INF4923]").count(), 1, "{found}");
}

#[test]
fn validates_requests_against_model() {
    let template = Template::of_stack(|stack| {
        let api = RestApi::builder().build(stack, "Api");
        let note = Model::builder()
            .api(api)
            .model_name("Note")
            .description("A note")
            .schema(json!({ "type": "object" }))
            .build(api, "Note");
        let all = RequestValidator::builder()
            .api(api)
            .body(true)
            .parameters(true)
            .validator_name("all")
            .build(api, "All");
        api.root()
            .add_method(HttpMethod::Post, &answer())
            .request_model("application/json", &note)
            .request_parameter("method.request.querystring.page", true)
            .request_parameter("method.request.header.Accept", false)
            .validate(&all);
    });
    template.has_properties(
        "AWS::ApiGateway::Model",
        json!({ "ContentType": "application/json", "Name": "Note", "Schema": { "type": "object" } }),
    );
    template.has_properties(
        "AWS::ApiGateway::RequestValidator",
        json!({ "Name": "all", "ValidateRequestBody": true, "ValidateRequestParameters": true }),
    );
    template.has_properties(
        "AWS::ApiGateway::Method",
        json!({
            "RequestModels": { "application/json": { "Ref": Match::any() } },
            "RequestParameters": {
                "method.request.querystring.page": Match::any(),
                "method.request.header.Accept": Match::any(),
            },
            "RequestValidatorId": { "Ref": Match::any() },
        }),
    );
}
