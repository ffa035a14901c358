//! Tests of authorizers and API keys of REST APIs.

use infra_lib::Duration;
use infra_lib::apigateway::{
    ApiKey, AsApiKey, AsUsagePlan, CognitoAuthorizer, Cors, HttpMethod, Quota, RequestAuthorizer,
    RestApi, RestAuthorization, Throttling, TokenAuthorizer, UsagePlan,
};
use infra_lib::assertions::{Match, Template};
use serde_json::{Value as JsonValue, json};

use super::{CHECK, answer, only_id};
use crate::base::findings_of;

#[test]
fn requires_authorizers() {
    let template = Template::of_stack(|stack| {
        let api = RestApi::builder().build(stack, "Api");
        let tokens = TokenAuthorizer::builder()
            .api(api)
            .function(CHECK)
            .validation_regex("^Bearer .+$")
            .cache(Duration::minutes(5))
            .build(api, "Tokens");
        let keys = RequestAuthorizer::builder()
            .api(api)
            .function(CHECK)
            .identity_source("method.request.header.X-Client")
            .identity_source("method.request.querystring.key")
            .build(api, "Keys");
        let users = CognitoAuthorizer::builder()
            .api(api)
            .user_pool_arn("arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Example")
            .build(api, "Users");
        let root = api.root();
        root.add_method(HttpMethod::Get, &answer()).require(tokens);
        root.add_method(HttpMethod::Put, &answer()).require(keys);
        root.add_method(HttpMethod::Post, &answer())
            .require(users.with_scopes(["notes/write"]));
    });
    template.has_properties(
        "AWS::ApiGateway::Authorizer",
        json!({
            "Type": "TOKEN",
            "IdentitySource": "method.request.header.Authorization",
            "IdentityValidationExpression": "^Bearer .+$",
            "AuthorizerResultTtlInSeconds": 300,
        }),
    );
    template.has_properties(
        "AWS::ApiGateway::Authorizer",
        json!({ "Type": "REQUEST", "AuthorizerResultTtlInSeconds": 0, "IdentitySource": Match::any() }),
    );
    template.has_properties(
        "AWS::ApiGateway::Authorizer",
        json!({ "Type": "COGNITO_USER_POOLS", "ProviderARNs": [Match::any()] }),
    );
    for (method, kind) in [
        ("GET", "CUSTOM"),
        ("PUT", "CUSTOM"),
        ("POST", "COGNITO_USER_POOLS"),
    ] {
        template.has_properties(
            "AWS::ApiGateway::Method",
            json!({ "HttpMethod": method, "AuthorizationType": kind, "AuthorizerId": { "Ref": Match::any() } }),
        );
    }
    template.has_properties(
        "AWS::ApiGateway::Method",
        json!({ "HttpMethod": "POST", "AuthorizationScopes": ["notes/write"] }),
    );
    template.resource_count("AWS::Lambda::Permission", 2);
}

#[test]
fn applies_default_authorization_to_own_method_for_options() {
    let template = Template::of_stack(|stack| {
        let api = RestApi::builder().build(stack, "Api");
        api.root().add_method(HttpMethod::Options, &answer());
        api.set_default_authorization(RestAuthorization::iam());
    });
    template.has_properties(
        "AWS::ApiGateway::Method",
        json!({ "HttpMethod": "OPTIONS", "AuthorizationType": "AWS_IAM" }),
    );
}

#[test]
fn applies_default_authorization_but_not_to_preflight() {
    let template = Template::of_stack(|stack| {
        let api = RestApi::builder()
            .cors(Cors::new().allow_origin("https://www.example.com"))
            .build(stack, "Api");
        api.root().add_method(HttpMethod::Get, &answer());
        api.set_default_authorization(RestAuthorization::iam());
        api.root().add_method(HttpMethod::Put, &answer());
    });
    for (method, kind) in [("GET", "AWS_IAM"), ("PUT", "AWS_IAM"), ("OPTIONS", "NONE")] {
        template.has_properties(
            "AWS::ApiGateway::Method",
            json!({ "HttpMethod": method, "AuthorizationType": kind }),
        );
    }
}

#[test]
fn rejects_foreign_authorizer_long_cache_and_public_method() {
    let found = findings_of(|stack| {
        let other = RestApi::builder().build(stack, "Other");
        other.root().add_method(HttpMethod::Get, &answer());
        let tokens = TokenAuthorizer::builder()
            .api(other)
            .function(CHECK)
            .cache(Duration::hours(2))
            .build(other, "Tokens");
        let api = RestApi::builder().build(stack, "Api");
        api.set_default_authorization(RestAuthorization::iam());
        api.root()
            .add_method(HttpMethod::Get, &answer())
            .require(tokens);
        api.root()
            .add_method(HttpMethod::Put, &answer())
            .require(RestAuthorization::public());
    });
    for code in ["warning[INF4924]", "error[INF4925]", "error[INF4930]"] {
        assert_eq!(found.matches(code).count(), 1, "{code}: {found}");
    }
}

#[test]
fn limits_clients_with_keys_of_plan() {
    let template = Template::of_stack(|stack| {
        let api = RestApi::builder().build(stack, "Api");
        api.root()
            .add_method(HttpMethod::Get, &answer())
            .require_api_key();
        let plan = UsagePlan::builder()
            .plan_name("partners")
            .throttling(Throttling::new(10.0, 5))
            .quota(Quota::per_month(1_000))
            .build(stack, "Plan");
        plan.add_stage(&api.stage());
        for id in ["First", "Second"] {
            plan.add_key(ApiKey::builder().build(stack, id));
        }
    });
    template.has_properties("AWS::ApiGateway::ApiKey", json!({ "Enabled": true }));
    template.has_properties(
        "AWS::ApiGateway::UsagePlan",
        json!({
            "UsagePlanName": "partners",
            "Throttle": { "RateLimit": 10, "BurstLimit": 5 },
            "Quota": { "Limit": 1000, "Period": "MONTH" },
            "ApiStages": [{ "ApiId": { "Ref": Match::any() }, "Stage": { "Ref": Match::any() } }],
        }),
    );
    template.resource_count("AWS::ApiGateway::UsagePlanKey", 2);
    template.has_properties("AWS::ApiGateway::Method", json!({ "ApiKeyRequired": true }));
}

#[test]
fn warns_of_api_key_without_plan_for_its_api() {
    let found = findings_of(|stack| {
        let other = RestApi::builder().build(stack, "Other");
        other.root().add_method(HttpMethod::Get, &answer());
        let plan = UsagePlan::builder().build(stack, "Plan");
        plan.add_stage(&other.stage());
        let api = RestApi::builder().build(stack, "Api");
        api.root()
            .add_method(HttpMethod::Get, &answer())
            .require_api_key();
    });
    assert_eq!(found.matches("warning[INF4936]").count(), 1, "{found}");
}

#[test]
fn adds_keys_to_imported_plan_and_imported_keys_to_plan() {
    let template = Template::of_stack(|stack| {
        let shared = UsagePlan::from_id(stack, "Shared", "a1b2c3");
        shared.add_key(ApiKey::builder().build(stack, "Key"));
        let existing = ApiKey::from_id(stack, "Existing", "a1b2c3d4e5");
        assert_eq!(existing.as_api_key().id().as_literal(), Some("a1b2c3d4e5"));
        shared.as_usage_plan().add_key(existing);
        UsagePlan::builder().build(stack, "Plan").add_key(existing);
    });
    template.resource_count("AWS::ApiGateway::ApiKey", 1);
    let key = json!({ "Ref": only_id(&template, "AWS::ApiGateway::ApiKey") });
    let plan = json!({ "Ref": only_id(&template, "AWS::ApiGateway::UsagePlan") });
    let found: Vec<_> = template
        .resources("AWS::ApiGateway::UsagePlanKey")
        .into_iter()
        .map(|(id, resource)| (id.to_owned(), resource["Properties"].clone()))
        .collect();
    let entry = |id: &str, key: JsonValue, plan: JsonValue| {
        let properties = json!({ "KeyId": key, "KeyType": "API_KEY", "UsagePlanId": plan });
        (id.to_owned(), properties)
    };
    assert_eq!(
        found,
        [
            entry(
                "SharedUsagePlanKeyResourceStackKeyBEB2BA90462DEF7F",
                key,
                json!("a1b2c3")
            ),
            entry(
                "SharedUsagePlanKeyResourceStackExisting65E803AF47006FE6",
                json!("a1b2c3d4e5"),
                json!("a1b2c3")
            ),
            entry(
                "PlanUsagePlanKeyResourceStackExisting65E803AFF67DAF7C",
                json!("a1b2c3d4e5"),
                plan
            ),
        ]
    );
}

#[test]
fn reports_plans_and_keys_that_are_imported_by_other_texts() {
    let found = findings_of(|stack| {
        let arn = "arn:aws:apigateway:eu-west-1::/usageplans/a1b2c3";
        UsagePlan::from_id(stack, "Plan", arn);
        ApiKey::from_id(stack, "ByName", "partner-key");
        ApiKey::from_id(stack, "ByValue", "SecretValue1SecretValue2");
        ApiKey::builder().build(stack, "Key");
    });
    assert!(!found.contains("SecretValue1"), "{found}");
    insta::assert_snapshot!(found);
}
