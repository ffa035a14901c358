//! The stack `Partners`: 17 resources, converted by `import-template` from
//! `Partners.template.json`.
//!
//! Crates: `infra-lib` (features `apigateway`, `iam`, `lambda`, `logs`), `serde_json`.

use infra_lib::cfn::apigateway::{self, method, rest_api, stage, usage_plan, usage_plan_key};
use infra_lib::iam::{Principal, Role};
use infra_lib::lambda::{Code, Function, Permission as LambdaPermission, Runtime};
use infra_lib::logs::{LogGroup, RetentionDays};
use infra_lib::{App, Output, RemovalPolicy, Stack, pseudo, sub, value};
use serde_json::json;

/// Adds the stack to the app.
pub fn partners(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "Partners");

    // Resources
    let function = Function::builder()
        .code(Code::inline(
            r"exports.handler = async (event) => {
  const order = JSON.parse(event.body);
  return { statusCode: 202, body: JSON.stringify({ accepted: order.item }) };
};
",
        ))
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .build(stack, "Function");

    let api_f70053_cd = apigateway::CfnRestApiProps::new()
        .name("Partners-ApiF70053CD")
        .endpoint_configuration(rest_api::EndpointConfiguration::new().types(["REGIONAL"]))
        .build(stack, "ApiF70053CD");

    let api_cloud_watch_role73_ec6_fc4 = Role::builder()
        .assumed_by(Principal::service("apigateway.amazonaws.com"))
        .managed_policy(
            sub![
                "arn:",
                pseudo::partition(),
                ":iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
            ]
            .cast(),
        )
        .build(stack, "ApiCloudWatchRole73EC6FC4");
    api_cloud_watch_role73_ec6_fc4
        .cfn()
        .override_logical_id("ApiCloudWatchRole73EC6FC4");
    api_cloud_watch_role73_ec6_fc4
        .cfn()
        .apply_removal_policy(RemovalPolicy::Retain);

    let api_account_a18_c9_b29 = apigateway::CfnAccountProps::new()
        .cloud_watch_role_arn(api_cloud_watch_role73_ec6_fc4.arn())
        .build(stack, "ApiAccountA18C9B29");
    api_account_a18_c9_b29.depends_on(api_f70053_cd);
    api_account_a18_c9_b29.apply_removal_policy(RemovalPolicy::Retain);

    let apiorders33_d48_f48 = apigateway::CfnResourceProps::new(apigateway::CfnResourceRequired {
        parent_id: value(api_f70053_cd.attr_root_resource_id().cast()),
        path_part: value("orders"),
        rest_api_id: value(api_f70053_cd.ref_()),
    })
    .build(stack, "Apiorders33D48F48");

    let api_order_a34_c876_a = apigateway::CfnModelProps::new(api_f70053_cd.ref_())
        .schema(json!({
            "$schema": "http://json-schema.org/draft-04/schema#",
            "type": "object",
            "properties": { "item": { "type": "string" } },
            "required": ["item"]
        }))
        .content_type("application/json")
        .build(stack, "ApiOrderA34C876A");

    let api_bodies124_a98_d5 = apigateway::CfnRequestValidatorProps::new(api_f70053_cd.ref_())
        .validate_request_body(true)
        .validate_request_parameters(false)
        .build(stack, "ApiBodies124A98D5");

    let apiorders_postc4_b92180 = apigateway::CfnMethodProps::new(apigateway::CfnMethodRequired {
        http_method: value("POST"),
        resource_id: value(apiorders33_d48_f48.ref_()),
        rest_api_id: value(api_f70053_cd.ref_()),
    })
    .authorization_type("NONE")
    .integration(
        method::Integration::new(method::IntegrationType::AWS_PROXY)
            .integration_http_method("POST")
            .uri(sub![
                "arn:",
                pseudo::partition(),
                ":apigateway:",
                pseudo::region(),
                ":lambda:path/2015-03-31/functions/",
                function.arn(),
                "/invocations",
            ]),
    )
    .request_models([("application/json", api_order_a34_c876_a.ref_())])
    .request_validator_id(api_bodies124_a98_d5.ref_())
    .api_key_required(true)
    .build(stack, "ApiordersPOSTC4B92180");

    let api_deployment_b17_be62_d2_c373_fd2 =
        apigateway::CfnDeploymentProps::new(api_f70053_cd.ref_())
            .build(stack, "ApiDeploymentB17BE62D2C373FD2");
    api_deployment_b17_be62_d2_c373_fd2.depends_on(apiorders_postc4_b92180);

    let api_deployment_stageprod_access_logs_cc69_d9_c5 = LogGroup::builder()
        .retention(RetentionDays::ONE_MONTH)
        .build(stack, "ApiDeploymentStageprodAccessLogsCC69D9C5");
    api_deployment_stageprod_access_logs_cc69_d9_c5
        .cfn()
        .override_logical_id("ApiDeploymentStageprodAccessLogsCC69D9C5");

    let api_deployment_stageprod3_eb9684_e = apigateway::CfnStageProps::new(api_f70053_cd.ref_())
        .deployment_id(api_deployment_b17_be62_d2_c373_fd2.ref_())
        .stage_name("prod")
        .access_log_setting(
            stage::AccessLogSetting::new()
                .destination_arn(api_deployment_stageprod_access_logs_cc69_d9_c5.arn())
                .format(r#"{"requestId":"$context.requestId","sourceIp":"$context.identity.sourceIp","requestTime":"$context.requestTime","httpMethod":"$context.httpMethod","resourcePath":"$context.resourcePath","protocol":"$context.protocol","status":"$context.status","responseLength":"$context.responseLength","responseLatency":"$context.responseLatency","integrationLatency":"$context.integrationLatency"}"#),
        )
        .tracing_enabled(true)
        .build(stack, "ApiDeploymentStageprod3EB9684E");
    api_deployment_stageprod3_eb9684_e.depends_on(api_account_a18_c9_b29);

    let apiorders_post_api_permission_partners_api0_d0_ff2_d6_pos_torders8_c9_c9731 =
        LambdaPermission::builder()
            .function(function.arn().cast())
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
                "/*/POST/orders",
            ])
            .build(
                stack,
                "ApiordersPOSTApiPermissionPartnersApi0D0FF2D6POSTorders8C9C9731",
            );
    apiorders_post_api_permission_partners_api0_d0_ff2_d6_pos_torders8_c9_c9731
        .cfn()
        .override_logical_id("ApiordersPOSTApiPermissionPartnersApi0D0FF2D6POSTorders8C9C9731");

    let plan_daf4_e53_a = apigateway::CfnUsagePlanProps::new()
        .throttle(
            usage_plan::ThrottleSettings::new()
                .rate_limit(10.0)
                .burst_limit(5),
        )
        .quota(usage_plan::QuotaSettings::new().limit(1000).period("DAY"))
        .api_stages([usage_plan::ApiStage::new()
            .api_id(api_f70053_cd.ref_())
            .stage(api_deployment_stageprod3_eb9684_e.ref_())])
        .build(stack, "PlanDAF4E53A");

    let partner776273_a3 = apigateway::CfnApiKeyProps::new()
        .enabled(true)
        .build(stack, "Partner776273A3");

    apigateway::CfnUsagePlanKeyProps::new(apigateway::CfnUsagePlanKeyRequired {
        key_id: value(partner776273_a3.ref_()),
        key_type: value(usage_plan_key::KeyType::API_KEY),
        usage_plan_id: value(plan_daf4_e53_a.ref_()),
    })
    .build(
        stack,
        "PlanUsagePlanKeyResourcePartnersPartnerF50A9A0CD4897CC3",
    );

    // Outputs
    Output::new(
        stack,
        "Url",
        sub![
            "https://",
            api_f70053_cd.ref_(),
            ".execute-api.",
            pseudo::region(),
            ".",
            pseudo::url_suffix(),
            "/",
            api_deployment_stageprod3_eb9684_e.ref_(),
            "/",
        ],
    );

    stack
}
