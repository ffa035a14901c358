//! The stack `Accounts`: 14 resources, converted by `import-template` from
//! `Accounts.template.json`.
//!
//! Crates: `infra-lib` (features `apigatewayv2`, `cognito`, `lambda`, `logs`).

use infra_lib::cfn::{
    apigatewayv2::{self, authorizer, stage},
    cognito::{self, user_pool, user_pool_client},
};
use infra_lib::lambda::{Code, Function, Permission as LambdaPermission, Runtime};
use infra_lib::logs::{LogGroup, RetentionDays};
use infra_lib::{App, Output, RemovalPolicy, Stack, pseudo, sub, value};

/// Adds the stack to the app.
pub fn accounts(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "Accounts");

    // Resources
    let users0_a0_eea89 = cognito::CfnUserPoolProps::new()
        .account_recovery_setting(
            user_pool::AccountRecoverySetting::new().recovery_mechanisms([
                user_pool::RecoveryOption::new()
                    .name(user_pool::RecoveryOptionName::VERIFIED_EMAIL)
                    .priority(1),
            ]),
        )
        .admin_create_user_config(
            user_pool::AdminCreateUserConfig::new().allow_admin_create_user_only(false),
        )
        .deletion_protection(user_pool::DeletionProtection::ACTIVE)
        .mfa_configuration(user_pool::MfaConfiguration::ON)
        .policies(
            user_pool::Policies::new().password_policy(
                user_pool::PasswordPolicy::new()
                    .minimum_length(12)
                    .require_lowercase(true)
                    .require_uppercase(true)
                    .require_numbers(true)
                    .require_symbols(true)
                    .temporary_password_validity_days(7),
            ),
        )
        .user_pool_tier(user_pool::UserPoolTier::ESSENTIALS)
        .username_configuration(user_pool::UsernameConfiguration::new().case_sensitive(false))
        .enabled_mfas(["SOFTWARE_TOKEN_MFA"])
        .auto_verified_attributes([user_pool::AutoVerifiedAttributes::EMAIL])
        .user_attribute_update_settings(user_pool::UserAttributeUpdateSettings::new([
            user_pool::UserAttributeUpdateSettingsAttributesRequireVerificationBeforeUpdate::EMAIL,
        ]))
        .username_attributes([user_pool::UsernameAttributes::EMAIL])
        .build(stack, "Users0A0EEA89");
    users0_a0_eea89.apply_removal_policy(RemovalPolicy::Retain);

    let web3_c8945_db = cognito::CfnUserPoolClientProps::new(users0_a0_eea89.ref_())
        .explicit_auth_flows([
            user_pool_client::ExplicitAuthFlows::ALLOW_USER_SRP_AUTH,
            user_pool_client::ExplicitAuthFlows::ALLOW_REFRESH_TOKEN_AUTH,
        ])
        .prevent_user_existence_errors(user_pool_client::PreventUserExistenceErrors::ENABLED)
        .enable_token_revocation(true)
        .supported_identity_providers(["COGNITO"])
        .allowed_oauth_flows_user_pool_client(true)
        .allowed_oauth_flows([user_pool_client::AllowedOauthFlows::CODE])
        .allowed_oauth_scopes(["openid"])
        .callback_urls(["https://shop.example.com/signed-in"])
        .token_validity_units(
            user_pool_client::TokenValidityUnits::new()
                .access_token(user_pool_client::TokenValidityUnitsAccessToken::SECONDS),
        )
        .access_token_validity(900)
        .build(stack, "Web3C8945DB");

    let domain66_ac69_e0 =
        cognito::CfnUserPoolDomainProps::new("shop-accounts", users0_a0_eea89.ref_())
            .build(stack, "Domain66AC69E0");

    cognito::CfnUserPoolGroupProps::new(users0_a0_eea89.ref_())
        .group_name("staff")
        .build(stack, "Staff35CBA1CE");

    let me = Function::builder()
        .code(Code::inline(
            r"exports.handler = async (event) =>
  ({ hello: event.requestContext.authorizer.jwt.claims.sub });
",
        ))
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .build(stack, "Me");

    let api_f70053_cd = apigatewayv2::CfnApiProps::new()
        .name("Accounts-ApiF70053CD")
        .protocol_type("HTTP")
        .build(stack, "ApiF70053CD");

    let api_default_stage_access_logs5_e2125_c1 = LogGroup::builder()
        .retention(RetentionDays::ONE_MONTH)
        .build(stack, "ApiDefaultStageAccessLogs5E2125C1");
    api_default_stage_access_logs5_e2125_c1
        .cfn()
        .override_logical_id("ApiDefaultStageAccessLogs5E2125C1");

    apigatewayv2::CfnStageProps::new(api_f70053_cd.ref_(), "$default")
        .auto_deploy(true)
        .access_log_settings(
            stage::AccessLogSettings::new()
                .destination_arn(api_default_stage_access_logs5_e2125_c1.arn())
                .format(r#"{"requestId":"$context.requestId","sourceIp":"$context.identity.sourceIp","requestTime":"$context.requestTime","httpMethod":"$context.httpMethod","path":"$context.path","routeKey":"$context.routeKey","protocol":"$context.protocol","status":"$context.status","responseLength":"$context.responseLength","responseLatency":"$context.responseLatency","integrationStatus":"$context.integrationStatus","integrationLatency":"$context.integrationLatency"}"#),
        )
        .build(stack, "ApiDefaultStage189A7074");

    let api_tokens_feaf71_af =
        apigatewayv2::CfnAuthorizerProps::new(apigatewayv2::CfnAuthorizerRequired {
            api_id: value(api_f70053_cd.ref_()),
            authorizer_type: value("JWT"),
            name: value("Tokens"),
        })
        .identity_source(["$request.header.Authorization"])
        .jwt_configuration(
            authorizer::JwtConfiguration::new()
                .issuer(sub!["https://", users0_a0_eea89.attr_provider_name()])
                .audience([web3_c8945_db.ref_()]),
        )
        .build(stack, "ApiTokensFEAF71AF");

    let api_ge_tme_me_permission_fe64_e4_ca = LambdaPermission::builder()
        .function(me.arn().cast())
        .principal("apigateway.amazonaws.com")
        .source_arn(sub![
            "arn:",
            pseudo::partition(),
            ":execute-api:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":",
            api_f70053_cd.ref_(),
            "/*/*/me",
        ])
        .build(stack, "ApiGETmeMePermissionFE64E4CA");
    api_ge_tme_me_permission_fe64_e4_ca
        .cfn()
        .override_logical_id("ApiGETmeMePermissionFE64E4CA");

    let api_ge_tme_me60370_f6_b =
        apigatewayv2::CfnIntegrationProps::new(api_f70053_cd.ref_(), "AWS_PROXY")
            .integration_uri(me.arn())
            .payload_format_version("2.0")
            .build(stack, "ApiGETmeMe60370F6B");

    apigatewayv2::CfnRouteProps::new(api_f70053_cd.ref_(), "GET /me")
        .authorization_type("JWT")
        .target(sub!["integrations/", api_ge_tme_me60370_f6_b.ref_()])
        .authorizer_id(api_tokens_feaf71_af.ref_())
        .build(stack, "ApiGETme0EA28912");

    // Outputs
    Output::new(
        stack,
        "SignIn",
        sub![
            "https://",
            domain66_ac69_e0.ref_(),
            ".auth.",
            pseudo::region(),
            ".amazoncognito.com"
        ],
    );

    stack
}
