//! Tests of clients of user pools, their scopes and resource servers.

use infra_lib::Duration;
use infra_lib::assertions::{Match, Template};
use infra_lib::cognito::{
    AuthFlow, OAuth, OAuthScope, UserPool, UserPoolClient, UserPoolClientSecret,
    UserPoolResourceServer,
};
use serde_json::json;

use super::{POOL, role};
use crate::base::findings_of;

#[test]
fn creates_client_without_secret_that_hides_unknown_users() {
    let template = Template::of_stack(|stack| {
        UserPoolClient::builder()
            .user_pool(POOL)
            .build(stack, "Web");
    });
    template.has_properties(
        "AWS::Cognito::UserPoolClient",
        json!({
            "AllowedOAuthFlows": Match::absent(),
            "EnableTokenRevocation": true,
            "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            "GenerateSecret": Match::absent(),
            "PreventUserExistenceErrors": "ENABLED",
            "SupportedIdentityProviders": ["COGNITO"],
            "TokenValidityUnits": Match::absent(),
            "UserPoolId": POOL,
        }),
    );
}

#[test]
fn writes_every_option_of_client() {
    let template = Template::of_stack(|stack| {
        UserPoolClient::builder()
            .user_pool(POOL)
            .client_name("web")
            .auth_flow(AuthFlow::Choice)
            .auth_flow(AuthFlow::Choice)
            .identity_provider("Google")
            .read_attribute("email")
            .write_attribute("given_name")
            .secret(UserPoolClientSecret::Generated)
            .oauth(
                OAuth::authorization_code("https://shop.example.com/in")
                    .callback_url("http://localhost:5173/in")
                    .callback_url("shop://in")
                    .logout_url("https://shop.example.com/")
                    .scope(OAuthScope::OpenId)
                    .scope(OAuthScope::Profile),
            )
            .access_token_validity(Duration::minutes(15))
            .refresh_token_validity(Duration::days(7))
            .rotate_refresh_tokens(Duration::seconds(10))
            .auth_session_validity(Duration::minutes(5))
            .build(stack, "Web");
    });
    template.has_properties(
        "AWS::Cognito::UserPoolClient",
        json!({
            "AccessTokenValidity": 900,
            "AllowedOAuthFlows": ["code"],
            "AllowedOAuthFlowsUserPoolClient": true,
            "AllowedOAuthScopes": ["openid", "profile"],
            "AuthSessionValidity": 5,
            "CallbackURLs": ["https://shop.example.com/in", "http://localhost:5173/in", "shop://in"],
            "ClientName": "web",
            "ExplicitAuthFlows": ["ALLOW_USER_AUTH"],
            "GenerateSecret": true,
            "IdTokenValidity": Match::absent(),
            "LogoutURLs": ["https://shop.example.com/"],
            "ReadAttributes": ["email"],
            "RefreshTokenRotation": { "Feature": "ENABLED", "RetryGracePeriodSeconds": 10 },
            "RefreshTokenValidity": 604_800,
            "SupportedIdentityProviders": ["COGNITO", "Google"],
            "TokenValidityUnits": { "AccessToken": "seconds", "RefreshToken": "seconds" },
            "WriteAttributes": ["given_name"],
        }),
    );
}

#[test]
fn rejects_callback_urls_that_cognito_rejects() {
    for (url, problem) in [
        ("http://shop.example.com/in", "is plain HTTP"),
        ("http://localhost.example.com/in", "is plain HTTP"),
        ("https://*.example.com/in", "has a wildcard"),
        ("https://shop.example.com/in#top", "has a fragment"),
        ("shop.example.com/in", "is not an absolute URL"),
        ("https:///in", "has no host"),
    ] {
        let found = findings_of(|stack| {
            UserPoolClient::builder()
                .user_pool(POOL)
                .oauth(OAuth::authorization_code(url))
                .build(stack, "Web");
        });
        assert!(found.contains("[INF4964]"), "{url}: {found}");
        assert!(found.contains(problem), "{url}: {found}");
        assert!(found.contains("CallbackURLs.0"), "{url}: {found}");
        assert_eq!(found.matches("[INF").count(), 1, "{url}: {found}");
    }
}

#[test]
fn accepts_callback_urls_of_devices_and_localhost() {
    for url in [
        "http://localhost",
        "http://localhost:3000/in?next=1",
        "http://127.0.0.1:3000",
        "http://[::1]:3000/in",
        "com.example.shop://in",
        "https://shop.example.com",
    ] {
        let found = findings_of(|stack| {
            UserPoolClient::builder()
                .user_pool(POOL)
                .oauth(OAuth::authorization_code(url))
                .build(stack, "Web");
        });
        assert_eq!(found, "", "{url}");
    }
}

#[test]
fn warns_about_implicit_grant() {
    let found = findings_of(|stack| {
        UserPoolClient::builder()
            .user_pool(POOL)
            .oauth(OAuth::implicit("https://shop.example.com/in"))
            .build(stack, "Web");
    });
    assert!(found.contains("warning[INF4965]"), "{found}");
    assert_eq!(found.matches("[INF").count(), 1, "{found}");
}

#[test]
fn rejects_validity_that_cognito_rejects() {
    let found = findings_of(|stack| {
        UserPoolClient::builder()
            .user_pool(POOL)
            .access_token_validity(Duration::minutes(4))
            .id_token_validity(Duration::hours(25))
            .refresh_token_validity(Duration::minutes(59))
            .build(stack, "Web");
    });
    assert_eq!(found.matches("[INF4966]").count(), 3, "{found}");
    assert!(found.contains("actual: 4 minutes"), "{found}");
    assert_eq!(found.matches("[INF").count(), 3, "{found}");
}

#[test]
fn reads_secret_of_client_instead_of_writing_it() {
    let template = Template::of_stack(|stack| {
        UserPoolClient::builder()
            .user_pool(POOL)
            .secret(UserPoolClientSecret::Generated)
            .build(stack, "Web")
            .grant_read_secret(&role(stack));
    });
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [
            { "Action": "cognito-idp:DescribeUserPoolClient" },
        ] } }] }),
    );
    let role = template.only("AWS::IAM::Role").to_string();
    assert!(role.contains("userpool/eu-west-1_AbCdEfGhI"), "{role}");
}

#[test]
fn creates_resource_server_before_client_with_its_scope() {
    let template = Template::of_stack(|stack| {
        let users = UserPool::builder().build(stack, "Users");
        let orders = UserPoolResourceServer::builder()
            .user_pool(users)
            .identifier("orders")
            .define_scope("read", "Read orders")
            .build(stack, "Orders");
        UserPoolClient::builder()
            .user_pool(users)
            .oauth(OAuth::client_credentials(orders.scope("read")))
            .build(stack, "Reports");
    });
    template.has_properties(
        "AWS::Cognito::UserPoolResourceServer",
        json!({
            "Identifier": "orders", "Name": "orders",
            "Scopes": [{ "ScopeName": "read", "ScopeDescription": "Read orders" }],
        }),
    );
    template.has_properties(
        "AWS::Cognito::UserPoolClient",
        json!({
            "AllowedOAuthFlows": ["client_credentials"],
            "CallbackURLs": Match::absent(),
            "GenerateSecret": true,
        }),
    );
    let client = template.only("AWS::Cognito::UserPoolClient").to_string();
    assert!(client.contains("/read"), "{client}");
    assert!(client.contains("Orders"), "{client}");
}

#[test]
fn rejects_scopes_that_are_undefined_or_defined_twice() {
    let found = findings_of(|stack| {
        let orders = UserPoolResourceServer::builder()
            .user_pool(POOL)
            .identifier("orders")
            .define_scope("read", "Read orders")
            .define_scope("read", "Read all orders")
            .build(stack, "Orders");
        orders.scope("write");
    });
    assert_eq!(found.matches("[INF4968]").count(), 2, "{found}");
    assert!(found.contains("has no scope `write`"), "{found}");
    assert!(found.contains("two scopes `read`"), "{found}");
}
