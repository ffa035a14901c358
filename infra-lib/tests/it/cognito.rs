//! Tests of the constructs in `infra_lib::cognito`.

use infra_lib::assertions::{Match, Template};
use infra_lib::certificatemanager::Certificate;
use infra_lib::cloudwatch::{Alarm, Comparison, Statistic, TreatMissingData};
use infra_lib::cognito::{
    AccountRecovery, AuthFlow, CharacterClass, ClaimMatch, CustomAttribute, CustomSender,
    DeviceTracking, FeaturePlan, Federation, FirstFactor, GuestAccess, IdentityPool, LoginPages,
    ManagedLoginBranding, Mfa, OAuth, OAuthScope, Passkeys, PasswordPolicy, RiskAction,
    RiskNotification, RoleMapping, SecondFactors, SesEmail, SignIn, SignInAlias, StandardAttribute,
    ThreatProtection, TokenEvent, Trigger, UserPool, UserPoolClient, UserPoolClientSecret,
    UserPoolDomain, UserPoolDomainName, UserPoolGroup, UserPoolIdentityProvider,
    UserPoolResourceServer, UserPoolRiskConfiguration, VerificationMessage,
};
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::secretsmanager::{Secret, SecretField};
use infra_lib::{Duration, Output, RemovalPolicy, Stack};
use serde_json::json;

use crate::base::findings_of;

const POOL: &str = "eu-west-1_AbCdEfGhI";
const POOL_ARN: &str = "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEfGhI";

fn function<'app>(stack: Stack<'app>, id: &str) -> Function<'app> {
    Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline("exports.handler = async (event) => event;"))
        .build(stack, id)
}

fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("lambda.amazonaws.com"))
        .build(stack, "Role")
}

#[test]
fn creates_pool_with_secure_defaults() {
    let template = Template::of_stack(|stack| {
        UserPool::builder().build(stack, "Users");
    });
    template.has_resource(
        "AWS::Cognito::UserPool",
        json!({
            "Properties": {
                "AccountRecoverySetting": { "RecoveryMechanisms": [{ "Name": "verified_email", "Priority": 1 }] },
                "AdminCreateUserConfig": { "AllowAdminCreateUserOnly": true },
                "AutoVerifiedAttributes": ["email"],
                "DeletionProtection": "ACTIVE",
                "EmailConfiguration": Match::absent(),
                "EnabledMfas": ["SOFTWARE_TOKEN_MFA"],
                "MfaConfiguration": "OPTIONAL",
                "Policies": {
                    "PasswordPolicy": {
                        "MinimumLength": 12, "RequireLowercase": true, "RequireNumbers": true,
                        "RequireSymbols": true, "RequireUppercase": true, "TemporaryPasswordValidityDays": 7,
                    },
                    "SignInPolicy": Match::absent(),
                },
                "Schema": Match::absent(),
                "SmsConfiguration": Match::absent(),
                "UserAttributeUpdateSettings": { "AttributesRequireVerificationBeforeUpdate": ["email"] },
                "UsernameAttributes": ["email"],
                "UsernameConfiguration": { "CaseSensitive": false },
                "UserPoolTier": "ESSENTIALS",
            },
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
        }),
    );
    template.resource_count("AWS::IAM::Role", 0);
}

#[test]
fn writes_every_option_of_pool() {
    let template = Template::of_stack(|stack| {
        UserPool::builder()
            .user_pool_name("shop")
            .sign_in(SignIn::UsernameOr(vec![
                SignInAlias::Email,
                SignInAlias::PreferredUsername,
            ]))
            .self_sign_up(true)
            .password_policy(
                PasswordPolicy::new()
                    .minimum_length(20)
                    .without(CharacterClass::Symbol)
                    .refuse_last(5)
                    .temporary_validity(Duration::days(2)),
            )
            .mfa(Mfa::Required(SecondFactors::totp().and_email()))
            .email(
                SesEmail::new(
                    "Shop <a@example.com>",
                    "arn:aws:ses:eu-west-1:111122223333:identity/example.com",
                )
                .reply_to("help@example.com")
                .configuration_set("accounts"),
            )
            .passkeys(Passkeys::new("auth.example.com").as_both_factors())
            .first_factor(FirstFactor::EmailCode)
            .account_recovery(AccountRecovery::AdminOnly)
            .plan(FeaturePlan::Plus)
            .threat_protection(ThreatProtection::Enforced)
            .verification_message(VerificationMessage::Link {
                subject: "Welcome".to_owned(),
                body: "Please {##confirm##}".to_owned(),
            })
            .device_tracking(DeviceTracking::UserOptIn)
            .standard_attribute(StandardAttribute::GIVEN_NAME.required().immutable())
            .custom_attribute(CustomAttribute::text("tenant", 1, 64))
            .custom_attribute(CustomAttribute::number_between("seats", 1, 9).mutable())
            .deletion_protection(false)
            .removal_policy(RemovalPolicy::Destroy)
            .build(stack, "Users");
    });
    template.has_resource(
        "AWS::Cognito::UserPool",
        json!({
            "DeletionPolicy": "Delete",
            "Properties": {
                "UserPoolName": "shop",
                "AliasAttributes": ["email", "preferred_username"],
                "UsernameAttributes": Match::absent(),
                "AdminCreateUserConfig": { "AllowAdminCreateUserOnly": false },
                "AccountRecoverySetting": { "RecoveryMechanisms": [{ "Name": "admin_only", "Priority": 1 }] },
                "DeletionProtection": "INACTIVE",
                "DeviceConfiguration": { "ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": true },
                "EmailConfiguration": {
                    "EmailSendingAccount": "DEVELOPER", "From": "Shop <a@example.com>",
                    "ReplyToEmailAddress": "help@example.com", "ConfigurationSet": "accounts",
                },
                "EnabledMfas": ["SOFTWARE_TOKEN_MFA", "EMAIL_OTP"],
                "MfaConfiguration": "ON",
                "Policies": {
                    "PasswordPolicy": {
                        "MinimumLength": 20, "RequireSymbols": false, "PasswordHistorySize": 5,
                        "TemporaryPasswordValidityDays": 2,
                    },
                    "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"] },
                },
                "Schema": [
                    { "Name": "given_name", "Required": true, "Mutable": false },
                    {
                        "Name": "tenant", "AttributeDataType": "String", "Mutable": false,
                        "StringAttributeConstraints": { "MinLength": "1", "MaxLength": "64" },
                    },
                    {
                        "Name": "seats", "AttributeDataType": "Number", "Mutable": true,
                        "NumberAttributeConstraints": { "MinValue": "1", "MaxValue": "9" },
                    },
                ],
                "UserPoolAddOns": { "AdvancedSecurityMode": "ENFORCED" },
                "UserPoolTier": "PLUS",
                "VerificationMessageTemplate": {
                    "DefaultEmailOption": "CONFIRM_WITH_LINK", "EmailSubjectByLink": "Welcome",
                },
                "WebAuthnFactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION",
                "WebAuthnRelyingPartyID": "auth.example.com",
                "WebAuthnUserVerification": "required",
            },
        }),
    );
}

#[test]
fn sends_text_messages_with_role_of_pool() {
    let template = Template::of_stack(|stack| {
        UserPool::builder()
            .mfa(Mfa::Optional(SecondFactors::totp().and_sms()))
            .build(stack, "Users");
    });
    template.has_properties(
        "AWS::IAM::Role",
        json!({
            "AssumeRolePolicyDocument": { "Statement": [{
                "Principal": { "Service": "cognito-idp.amazonaws.com" },
                "Condition": { "StringEquals": {
                    "sts:ExternalId": Match::any(), "aws:SourceAccount": { "Ref": "AWS::AccountId" },
                } },
            }] },
            "Policies": [{ "PolicyDocument": { "Statement": [{ "Action": "sns:Publish", "Resource": "*" }] } }],
        }),
    );
    template.has_properties(
        "AWS::Cognito::UserPool",
        json!({
            "EnabledMfas": ["SOFTWARE_TOKEN_MFA", "SMS_MFA"],
            "SmsConfiguration": { "ExternalId": Match::any(), "SnsCallerArn": { "Fn::GetAtt": Match::any() } },
        }),
    );
}

#[test]
fn verifies_phone_numbers_that_sign_in() {
    let template = Template::of_stack(|stack| {
        UserPool::builder()
            .sign_in(SignIn::EmailOrPhone)
            .build(stack, "Users");
    });
    template.has_properties(
        "AWS::Cognito::UserPool",
        json!({
            "UsernameAttributes": ["email", "phone_number"],
            "AutoVerifiedAttributes": ["email", "phone_number"],
            "SmsConfiguration": Match::any(),
        }),
    );
}

#[test]
fn permits_pool_to_invoke_functions_of_triggers() {
    let template = Template::of_stack(|stack| {
        let check = function(stack, "Check");
        let users = UserPool::builder()
            .trigger(Trigger::PreSignUp, check)
            .build(stack, "Users");
        users.add_trigger(
            Trigger::PreTokenGeneration(TokenEvent::AccessToken),
            function(stack, "Claims"),
        );
    });
    template.has_properties(
        "AWS::Cognito::UserPool",
        json!({ "LambdaConfig": {
            "PreSignUp": { "Fn::GetAtt": [Match::any(), "Arn"] },
            "PreTokenGenerationConfig": {
                "LambdaArn": { "Fn::GetAtt": [Match::any(), "Arn"] }, "LambdaVersion": "V2_0",
            },
        } }),
    );
    template.resource_count("AWS::Lambda::Permission", 2);
    template.has_properties(
        "AWS::Lambda::Permission",
        json!({
            "Action": "lambda:InvokeFunction",
            "Principal": "cognito-idp.amazonaws.com",
            "SourceArn": { "Fn::GetAtt": [Match::any(), "Arn"] },
        }),
    );
}

#[test]
fn rejects_second_function_of_trigger() {
    let found = findings_of(|stack| {
        let users = UserPool::builder()
            .trigger(Trigger::PreSignUp, function(stack, "First"))
            .build(stack, "Users");
        users.add_trigger(Trigger::PreSignUp, function(stack, "Second"));
    });
    assert!(found.contains("[INF4963]"), "{found}");
    assert!(found.contains("two functions for `PreSignUp`"), "{found}");
    assert_eq!(found.matches("[INF").count(), 1, "{found}");
}

#[test]
fn rejects_features_that_plan_lacks() {
    let found = findings_of(|stack| {
        UserPool::builder()
            .plan(FeaturePlan::Lite)
            .passkeys(Passkeys::new("auth.example.com"))
            .trigger(
                Trigger::PreTokenGeneration(TokenEvent::MachineToken),
                function(stack, "Claims"),
            )
            .build(stack, "Users");
        UserPool::builder()
            .threat_protection(ThreatProtection::Audit)
            .build(stack, "Audited");
    });
    assert_eq!(found.matches("[INF4961]").count(), 3, "{found}");
    assert!(
        found.contains("the plan Lite of the user pool does not include passkeys"),
        "{found}"
    );
    assert!(
        found.contains("the plan Essentials of the user pool does not include threat protection"),
        "{found}"
    );
}

#[test]
fn rejects_duplicate_attribute() {
    let found = findings_of(|stack| {
        UserPool::builder()
            .custom_attribute(CustomAttribute::boolean("beta"))
            .custom_attribute(CustomAttribute::date_time("beta"))
            .build(stack, "Users");
    });
    assert!(found.contains("[INF4962]"), "{found}");
    assert!(found.contains("actual: custom:beta"), "{found}");
    assert_eq!(found.matches("[INF").count(), 1, "{found}");
}

#[test]
fn rejects_second_factor_by_email_without_ses() {
    let found = findings_of(|stack| {
        UserPool::builder()
            .mfa(Mfa::Required(SecondFactors::email()))
            .build(stack, "Users");
    });
    assert!(found.contains("[INF4970]"), "{found}");
    assert_eq!(found.matches("[INF").count(), 1, "{found}");
}

#[test]
fn grants_users_of_pool_to_role() {
    let template = Template::of_stack(|stack| {
        let users = UserPool::builder().build(stack, "Users");
        let role = role(stack);
        users.grant_read_users(&role);
        users.grant(&role, ["cognito-idp:AdminUserGlobalSignOut"]);
    });
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [{
            "Action": [
                "cognito-idp:AdminGetUser", "cognito-idp:AdminListGroupsForUser", "cognito-idp:DescribeUserPool",
                "cognito-idp:ListGroups", "cognito-idp:ListUsers", "cognito-idp:ListUsersInGroup",
                "cognito-idp:AdminUserGlobalSignOut",
            ],
            "Resource": { "Fn::GetAtt": [Match::any(), "Arn"] },
        }] } }] }),
    );
}

#[test]
fn imports_pool_by_id_and_by_arn() {
    let template = Template::of_stack(|stack| {
        let role = role(stack);
        let users = UserPool::from_arn(POOL_ARN);
        users.grant_manage_users(&role);
        UserPoolClient::builder()
            .user_pool(&users)
            .build(stack, "Web");
        Output::new(stack, "Issuer", users.issuer_url());
    });
    template.has_properties(
        "AWS::Cognito::UserPoolClient",
        json!({ "UserPoolId": POOL }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [{ "Resource": POOL_ARN }] } }] }),
    );
    let text = template.json().to_string();
    assert!(
        text.contains("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI"),
        "{text}"
    );
    assert_eq!(
        UserPool::from_id(POOL).user_pool_id().as_literal(),
        Some(POOL)
    );
}

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

#[test]
fn names_pool_and_client_in_metrics() {
    let template = Template::of_stack(|stack| {
        let users = UserPool::builder().build(stack, "Users");
        let web = UserPoolClient::builder()
            .user_pool(users)
            .build(stack, "Web");
        for (metric, id) in [
            (web.metric_sign_in_throttles(), "Throttled"),
            (
                users.metric("SignUpSuccesses", "Admin", Statistic::Sum),
                "Created",
            ),
        ] {
            Alarm::builder()
                .metric(metric)
                .comparison(Comparison::GreaterThanThreshold)
                .threshold(0)
                .evaluation_periods(1)
                .treat_missing_data(TreatMissingData::NotBreaching)
                .build(stack, id);
        }
    });
    for (name, client) in [
        ("SignInThrottles", json!({ "Ref": Match::any() })),
        ("SignUpSuccesses", json!("Admin")),
    ] {
        template.has_properties(
            "AWS::CloudWatch::Alarm",
            json!({
                "Namespace": "AWS/Cognito", "MetricName": name, "Statistic": "Sum",
                "Dimensions": [
                    { "Name": "UserPool", "Value": { "Ref": Match::any() } },
                    { "Name": "UserPoolClient", "Value": client },
                ],
            }),
        );
    }
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

#[test]
fn reacts_to_risks_of_sign_ins() {
    let template = Template::of_stack(|stack| {
        let users = UserPool::builder()
            .plan(FeaturePlan::Plus)
            .threat_protection(ThreatProtection::Enforced)
            .build(stack, "Users");
        let web = UserPoolClient::builder()
            .user_pool(users)
            .build(stack, "Web");
        UserPoolRiskConfiguration::builder()
            .user_pool(users)
            .build(stack, "All");
        UserPoolRiskConfiguration::builder()
            .user_pool(users)
            .client(web.client_id())
            .block_compromised_passwords(false)
            .medium_risk(RiskAction::SecondFactor)
            .high_risk(RiskAction::SecondFactorIfConfigured)
            .notification(
                RiskNotification::new("arn:aws:ses:eu-west-1:111122223333:identity/example.com")
                    .from("accounts@example.com"),
            )
            .blocked_range("198.51.100.0/24")
            .skipped_range("203.0.113.0/24")
            .build(stack, "One");
    });
    let action = |name: &str, notify: bool| json!({ "EventAction": name, "Notify": notify });
    template.has_properties(
        "AWS::Cognito::UserPoolRiskConfigurationAttachment",
        json!({
            "ClientId": "ALL",
            "CompromisedCredentialsRiskConfiguration": { "Actions": { "EventAction": "BLOCK" } },
            "AccountTakeoverRiskConfiguration": {
                "NotifyConfiguration": Match::absent(),
                "Actions": {
                    "LowAction": action("NO_ACTION", false),
                    "MediumAction": action("MFA_IF_CONFIGURED", false),
                    "HighAction": action("BLOCK", false),
                },
            },
            "RiskExceptionConfiguration": Match::absent(),
        }),
    );
    template.has_properties(
        "AWS::Cognito::UserPoolRiskConfigurationAttachment",
        json!({
            "ClientId": { "Ref": Match::any() },
            "CompromisedCredentialsRiskConfiguration": { "Actions": { "EventAction": "NO_ACTION" } },
            "AccountTakeoverRiskConfiguration": {
                "NotifyConfiguration": { "SourceArn": Match::any(), "From": "accounts@example.com" },
                "Actions": {
                    "LowAction": action("NO_ACTION", false),
                    "MediumAction": action("MFA_REQUIRED", true),
                    "HighAction": action("MFA_IF_CONFIGURED", true),
                },
            },
            "RiskExceptionConfiguration": {
                "BlockedIPRangeList": ["198.51.100.0/24"],
                "SkippedIPRangeList": ["203.0.113.0/24"],
            },
        }),
    );
}

#[test]
fn reports_reactions_to_risks_without_plan() {
    let found = findings_of(|stack| {
        let users = UserPool::builder().build(stack, "Users");
        UserPoolRiskConfiguration::builder()
            .user_pool(users)
            .build(stack, "Risks");
    });
    assert_eq!(found.matches("error[INF4961]").count(), 1, "{found}");
    assert!(found.contains("reactions to risks"), "{found}");
}

#[test]
fn sends_messages_with_functions_and_changes_federated_users() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let sender = function(stack, "Sender");
        key.grant_decrypt(&sender);
        let users = UserPool::builder().build(stack, "Users");
        users.set_custom_sender(CustomSender::Email, key.arn(), sender);
        users.set_custom_sender(CustomSender::Sms, key.arn(), sender);
        users.add_trigger(Trigger::InboundFederation, sender);
    });
    let versioned = json!({ "LambdaArn": { "Fn::GetAtt": Match::any() }, "LambdaVersion": "V1_0" });
    template.has_properties(
        "AWS::Cognito::UserPool",
        json!({ "LambdaConfig": {
            "CustomEmailSender": versioned,
            "CustomSMSSender": versioned,
            "InboundFederation": versioned,
            "KMSKeyID": { "Fn::GetAtt": [Match::any(), "Arn"] },
        } }),
    );
    assert_eq!(template.resources("AWS::Lambda::Permission").len(), 3);
}
