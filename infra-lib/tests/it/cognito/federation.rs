//! Tests of groups, identity providers and identity pools.

use infra_lib::assertions::{Match, Template};
use infra_lib::cognito::{
    ClaimMatch, Federation, GuestAccess, IdentityPool, RoleMapping, UserPool, UserPoolClient,
    UserPoolGroup, UserPoolIdentityProvider,
};
use infra_lib::secretsmanager::{Secret, SecretField};
use serde_json::json;

use super::{POOL, role};
use crate::base::findings_of;

#[test]
fn creates_group_with_role_and_precedence() {
    let template = Template::of_stack(|stack| {
        UserPoolGroup::builder()
            .user_pool(POOL)
            .group_name("editors")
            .description("May edit")
            .precedence(0)
            .role(role(stack))
            .build(stack, "Editors");
    });
    template.has_properties(
        "AWS::Cognito::UserPoolGroup",
        json!({
            "GroupName": "editors", "Description": "May edit", "Precedence": 0,
            "RoleArn": { "Fn::GetAtt": Match::any() },
        }),
    );
}

#[test]
fn reads_secret_of_provider_at_deployment() {
    let secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:google-AbCdEf";
    let template = Template::of_stack(|stack| {
        let google = UserPoolIdentityProvider::builder()
            .user_pool(POOL)
            .provider(Federation::google(
                "1234",
                Secret::from_arn(secret).field("key"),
            ))
            .map_attribute("email", "email")
            .identifier("example.com")
            .build(stack, "Google");
        UserPoolClient::builder()
            .user_pool(POOL)
            .identity_provider(google.provider_name())
            .build(stack, "Web");
    });
    template.has_properties(
        "AWS::Cognito::UserPoolIdentityProvider",
        json!({
            "ProviderName": "Google",
            "ProviderType": "Google",
            "ProviderDetails": {
                "authorize_scopes": "openid profile email",
                "client_id": "1234",
                "client_secret": format!("{{{{resolve:secretsmanager:{secret}:SecretString:key}}}}"),
            },
            "AttributeMapping": { "email": "email" },
            "IdpIdentifiers": ["example.com"],
        }),
    );
    template.has_properties(
        "AWS::Cognito::UserPoolClient",
        json!({ "SupportedIdentityProviders": ["COGNITO", { "Ref": Match::any() }] }),
    );
}

#[test]
fn writes_details_of_every_provider() {
    let secret = || Secret::from_arn("arn:aws:secretsmanager:eu-west-1:1:secret:x-AbCdEf").text();
    let template = Template::of_stack(|stack| {
        let providers = [
            Federation::facebook("1", secret()),
            Federation::amazon("2", secret()),
            Federation::apple("3", "TEAM", "KEY", secret()),
            Federation::open_id_connect("Company", "https://login.example.com", "4", secret())
                .scopes("openid email"),
            Federation::saml_metadata_url("Partner", "https://idp.example.com/metadata")
                .sign_out()
                .encrypted_assertions()
                .signed_requests(),
        ];
        for (provider, id) in providers.into_iter().zip(["F", "A", "P", "O", "S"]) {
            UserPoolIdentityProvider::builder()
                .user_pool(POOL)
                .provider(provider)
                .build(stack, id);
        }
    });
    for (kind, name, details) in [
        (
            "Facebook",
            "Facebook",
            json!({ "authorize_scopes": "public_profile,email" }),
        ),
        (
            "LoginWithAmazon",
            "LoginWithAmazon",
            json!({ "client_id": "2" }),
        ),
        (
            "SignInWithApple",
            "SignInWithApple",
            json!({ "team_id": "TEAM", "key_id": "KEY", "private_key": Match::any(), "client_secret": Match::absent() }),
        ),
        (
            "OIDC",
            "Company",
            json!({
                "oidc_issuer": "https://login.example.com", "authorize_scopes": "openid email",
                "attributes_request_method": "GET",
            }),
        ),
        (
            "SAML",
            "Partner",
            json!({
                "MetadataURL": "https://idp.example.com/metadata", "IDPSignout": "true",
                "EncryptedResponses": "true", "RequestSigningAlgorithm": "rsa-sha256",
            }),
        ),
    ] {
        template.has_properties(
            "AWS::Cognito::UserPoolIdentityProvider",
            json!({ "ProviderType": kind, "ProviderName": name, "ProviderDetails": details }),
        );
    }
}

#[test]
fn rejects_secret_of_provider_in_parameter() {
    let found = findings_of(|stack| {
        let secret =
            SecretField::from_ssm_parameter("arn:aws:ssm:eu-west-1:111122223333:parameter/google");
        UserPoolIdentityProvider::builder()
            .user_pool(POOL)
            .provider(Federation::google("1234", secret))
            .build(stack, "Google");
    });
    assert!(found.contains("[INF4969]"), "{found}");
    assert_eq!(found.matches("[INF").count(), 1, "{found}");
}

#[test]
fn trusts_identities_of_pool_that_signed_in() {
    let template = Template::of_stack(|stack| {
        let users = UserPool::builder().build(stack, "Users");
        let web = UserPoolClient::builder()
            .user_pool(users)
            .build(stack, "Web");
        let identities = IdentityPool::builder()
            .user_pool(users.provider_name(), web)
            .build(stack, "Identities");
        assert!(identities.guest_role().is_none());
    });
    template.has_properties(
        "AWS::Cognito::IdentityPool",
        json!({
            "AllowClassicFlow": false,
            "AllowUnauthenticatedIdentities": false,
            "CognitoIdentityProviders": [{
                "ClientId": { "Ref": Match::any() },
                "ProviderName": { "Fn::GetAtt": [Match::any(), "ProviderName"] },
                "ServerSideTokenCheck": true,
            }],
        }),
    );
    template.resource_count("AWS::IAM::Role", 1);
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "AssumeRolePolicyDocument": { "Statement": [{
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Principal": { "Federated": "cognito-identity.amazonaws.com" },
            "Condition": {
                "StringEquals": { "cognito-identity.amazonaws.com:aud": { "Ref": Match::any() } },
                "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" },
            },
        }] } }),
    );
    template.has_properties(
        "AWS::Cognito::IdentityPoolRoleAttachment",
        json!({
            "IdentityPoolId": { "Ref": Match::any() },
            "Roles": { "authenticated": { "Fn::GetAtt": Match::any() }, "unauthenticated": Match::absent() },
            "RoleMappings": Match::absent(),
        }),
    );
}

#[test]
fn gives_guests_a_role_of_their_own() {
    let template = Template::of_stack(|stack| {
        IdentityPool::builder()
            .guest_access(GuestAccess::Allowed)
            .login_provider("accounts.google.com", "1234")
            .saml_provider("arn:aws:iam::111122223333:saml-provider/company")
            .build(stack, "Identities");
    });
    template.resource_count("AWS::IAM::Role", 2);
    template.has_properties(
        "AWS::Cognito::IdentityPool",
        json!({
            "AllowUnauthenticatedIdentities": true,
            "SupportedLoginProviders": { "accounts.google.com": "1234" },
            "SamlProviderARNs": ["arn:aws:iam::111122223333:saml-provider/company"],
        }),
    );
    let conditions = json!({ "AssumeRolePolicyDocument": { "Statement": [{ "Condition": {
        "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "unauthenticated" },
    } }] } });
    template.has_properties("AWS::IAM::Role", conditions);
}

#[test]
fn maps_claims_to_roles() {
    let template = Template::of_stack(|stack| {
        let provider = "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI:1a2b";
        let editor = IdentityPool::from_id("eu-west-1:1a2b").add_role(stack, "Editor");
        IdentityPool::builder()
            .role_mapping(RoleMapping::from_rule(
                "Users",
                provider,
                "custom:kind",
                ClaimMatch::Equals,
                "editor",
                &editor,
            ))
            .role_mapping(RoleMapping::from_token("Partners", provider).default_role_if_ambiguous())
            .build(stack, "Identities");
    });
    template.has_properties(
        "AWS::Cognito::IdentityPoolRoleAttachment",
        json!({ "RoleMappings": {
            "Users": {
                "Type": "Rules",
                "AmbiguousRoleResolution": "Deny",
                "RulesConfiguration": { "Rules": [{
                    "Claim": "custom:kind", "MatchType": "Equals", "Value": "editor",
                    "RoleARN": { "Fn::GetAtt": Match::any() },
                }] },
            },
            "Partners": {
                "Type": "Token", "AmbiguousRoleResolution": "AuthenticatedRole",
                "RulesConfiguration": Match::absent(),
            },
        } }),
    );
}
