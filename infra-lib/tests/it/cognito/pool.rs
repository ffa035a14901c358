//! Tests of user pools, their triggers and messages.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{Alarm, Comparison, Statistic, TreatMissingData};
use infra_lib::cognito::{
    AccountRecovery, CharacterClass, CustomAttribute, CustomSender, DeviceTracking, FeaturePlan,
    FirstFactor, Mfa, Passkeys, PasswordPolicy, SecondFactors, SesEmail, SignIn, SignInAlias,
    StandardAttribute, ThreatProtection, TokenEvent, Trigger, UserPool, UserPoolClient,
    VerificationMessage,
};
use infra_lib::kms::Key;
use infra_lib::{Duration, Output, RemovalPolicy};
use serde_json::json;

use super::{POOL, POOL_ARN, function, role};
use crate::base::findings_of;

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
