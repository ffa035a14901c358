//! Tests of domains of user pools and the pages of sign-ins.

use infra_lib::Output;
use infra_lib::assertions::{Match, Template};
use infra_lib::certificatemanager::Certificate;
use infra_lib::cognito::{
    LoginPages, ManagedLoginBranding, UserPool, UserPoolClient, UserPoolDomain, UserPoolDomainName,
};
use serde_json::json;

use super::POOL;
use crate::base::findings_of;

#[test]
fn returns_urls_of_domains() {
    let template = Template::of_stack(|stack| {
        let prefix = UserPoolDomain::builder()
            .user_pool(POOL)
            .domain_name(UserPoolDomainName::Prefix("shop-accounts"))
            .login_pages(LoginPages::Managed)
            .build(stack, "Prefix");
        let certificate = Certificate::from_arn(
            stack,
            "Certificate",
            "arn:aws:acm:us-east-1:111122223333:certificate/1",
        );
        let custom = UserPoolDomain::builder()
            .user_pool(POOL)
            .domain_name(UserPoolDomainName::Custom {
                name: "auth.example.com",
                certificate,
            })
            .build(stack, "Custom");
        Output::new(stack, "PrefixUrl", prefix.base_url());
        Output::new(stack, "CustomUrl", custom.base_url());
        Output::new(stack, "Target", custom.distribution_domain_name());
    });
    template.has_properties(
        "AWS::Cognito::UserPoolDomain",
        json!({ "Domain": "shop-accounts", "ManagedLoginVersion": 2, "CustomDomainConfig": Match::absent() }),
    );
    template.has_properties(
        "AWS::Cognito::UserPoolDomain",
        json!({
            "Domain": "auth.example.com",
            "CustomDomainConfig": {
                "CertificateArn": "arn:aws:acm:us-east-1:111122223333:certificate/1",
                "SecurityPolicy": "TLS_V1_2_2021",
            },
        }),
    );
    let text = template.json().to_string();
    assert_eq!(text.matches(".amazoncognito.com").count(), 1, "{text}");
}

#[test]
fn rejects_domains_that_cognito_rejects() {
    for prefix in ["Shop", "shop.accounts", "-shop", "my-aws-shop", ""] {
        let found = findings_of(|stack| {
            UserPoolDomain::builder()
                .user_pool(POOL)
                .domain_name(UserPoolDomainName::Prefix(prefix))
                .build(stack, "Domain");
        });
        assert!(found.contains("[INF4967]"), "{prefix}: {found}");
    }
    let found = findings_of(|stack| {
        let arn = "arn:aws:acm:eu-west-1:111122223333:certificate/1";
        let certificate = Certificate::from_arn(stack, "Certificate", arn);
        UserPoolDomain::builder()
            .user_pool(POOL)
            .domain_name(UserPoolDomainName::Custom {
                name: "auth.example.com",
                certificate,
            })
            .build(stack, "Domain");
    });
    assert!(found.contains("[INF4510]"), "{found}");
    assert!(found.contains("actual: eu-west-1"), "{found}");
}

#[test]
fn styles_login_pages_of_client() {
    let template = Template::of_stack(|stack| {
        let users = UserPool::builder().build(stack, "Users");
        let web = UserPoolClient::builder()
            .user_pool(users)
            .build(stack, "Web");
        ManagedLoginBranding::builder()
            .user_pool(users)
            .client(web.client_id())
            .build(stack, "Default");
        ManagedLoginBranding::builder()
            .user_pool(POOL)
            .client("3n4b5urk1ft4fl3mg5e62d9ado")
            .settings(json!({ "components": {} }))
            .build(stack, "Own");
    });
    template.has_properties(
        "AWS::Cognito::ManagedLoginBranding",
        json!({
            "UserPoolId": { "Ref": Match::any() },
            "ClientId": { "Ref": Match::any() },
            "UseCognitoProvidedValues": true,
            "Settings": Match::absent(),
        }),
    );
    template.has_properties(
        "AWS::Cognito::ManagedLoginBranding",
        json!({
            "UserPoolId": POOL,
            "UseCognitoProvidedValues": Match::absent(),
            "Settings": { "components": {} },
        }),
    );
}
