//! The stack `Notes`: 12 resources, converted by `import-template` from
//! `Notes.template.json`.
//!
//! Crates: `infra-lib` (features `apigatewayv2`, `dynamodb`, `iam`, `lambda`, `logs`).

use infra_lib::cfn::apigatewayv2::{self, stage};
use infra_lib::dynamodb::{Attribute, Table};
use infra_lib::iam::Statement;
use infra_lib::lambda::{Code, Function, Permission as LambdaPermission, Runtime};
use infra_lib::logs::{LogGroup, RetentionDays};
use infra_lib::{App, Output, Size, Stack, pseudo, sub};

/// Adds the stack to the app.
pub fn notes(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "Notes");

    // Resources
    let table = Table::builder()
        .partition_key(Attribute::string("id"))
        .deletion_protection(true)
        .build(stack, "Table");

    let function = Function::builder()
        .code(Code::inline(
            r#"const { DynamoDBClient } = require("@aws-sdk/client-dynamodb");
const { DynamoDBDocumentClient, GetCommand, PutCommand } = require("@aws-sdk/lib-dynamodb");

const table = process.env.TABLE;
const client = DynamoDBDocumentClient.from(new DynamoDBClient());

exports.handler = async (event) => {
  const id = event.pathParameters.id;
  if (event.requestContext.http.method === "PUT") {
    await client.send(new PutCommand({ TableName: table, Item: { id, text: event.body } }));
    return { statusCode: 204 };
  }
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: { id } }));
  return Item ?? { statusCode: 404 };
};
"#,
        ))
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .memory(Size::mib(256))
        .env("TABLE", table.table_name())
        .build(stack, "Function");
    function.add_statement(
        Statement::allow()
            .actions([
                "dynamodb:BatchGetItem",
                "dynamodb:Query",
                "dynamodb:GetItem",
                "dynamodb:Scan",
                "dynamodb:ConditionCheckItem",
                "dynamodb:DescribeTable",
                "dynamodb:BatchWriteItem",
                "dynamodb:PutItem",
                "dynamodb:UpdateItem",
                "dynamodb:DeleteItem",
            ])
            .resource(table.arn()),
    );

    let api_f70053_cd = apigatewayv2::CfnApiProps::new()
        .name("Notes-ApiF70053CD")
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
        .default_route_settings(
            stage::RouteSettings::new().throttling_rate_limit(100.0).throttling_burst_limit(50),
        )
        .build(stack, "ApiDefaultStage189A7074");

    let api_ge_tnotesid_notes_permission3_b1_c7271 = LambdaPermission::builder()
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
            "/*/*/notes/{id}",
        ])
        .build(stack, "ApiGETnotesidNotesPermission3B1C7271");
    api_ge_tnotesid_notes_permission3_b1_c7271
        .cfn()
        .override_logical_id("ApiGETnotesidNotesPermission3B1C7271");

    let api_ge_tnotesid_notes_a7_c3_fc13 =
        apigatewayv2::CfnIntegrationProps::new(api_f70053_cd.ref_(), "AWS_PROXY")
            .integration_uri(function.arn())
            .payload_format_version("2.0")
            .build(stack, "ApiGETnotesidNotesA7C3FC13");

    apigatewayv2::CfnRouteProps::new(api_f70053_cd.ref_(), "GET /notes/{id}")
        .authorization_type("NONE")
        .target(sub![
            "integrations/",
            api_ge_tnotesid_notes_a7_c3_fc13.ref_()
        ])
        .build(stack, "ApiGETnotesid3199B9F9");

    let api_pu_tnotesid_notes_permission_d27125_b7 = LambdaPermission::builder()
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
            "/*/*/notes/{id}",
        ])
        .build(stack, "ApiPUTnotesidNotesPermissionD27125B7");
    api_pu_tnotesid_notes_permission_d27125_b7
        .cfn()
        .override_logical_id("ApiPUTnotesidNotesPermissionD27125B7");

    apigatewayv2::CfnRouteProps::new(api_f70053_cd.ref_(), "PUT /notes/{id}")
        .authorization_type("NONE")
        .target(sub![
            "integrations/",
            api_ge_tnotesid_notes_a7_c3_fc13.ref_()
        ])
        .build(stack, "ApiPUTnotesid13D74992");

    // Outputs
    Output::new(stack, "Url", sub![api_f70053_cd.attr_api_endpoint(), "/"]);

    stack
}
