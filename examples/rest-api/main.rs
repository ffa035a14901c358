//! A REST API for partners: bodies are validated, keys and a usage plan limit the requests.

use std::process::ExitCode;

use infra_lib::apigateway::{
    ApiKey, HttpMethod, Model, Quota, RequestValidator, RestApi, RestIntegration, Throttling,
    UsagePlan,
};
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::{App, Output, Stack};
use serde_json::json;

const CODE: &str = "\
exports.handler = async (event) => {
  const order = JSON.parse(event.body);
  return { statusCode: 202, body: JSON.stringify({ accepted: order.item }) };
};
";

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stacks to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Partners");
    let function = Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline(CODE))
        .build(stack, "Function");

    let api = RestApi::builder().tracing(true).build(stack, "Api");
    let order = Model::builder()
        .api(api)
        .schema(json!({
            "$schema": "http://json-schema.org/draft-04/schema#",
            "type": "object",
            "properties": { "item": { "type": "string" } },
            "required": ["item"],
        }))
        .build(api, "Order");
    let bodies = RequestValidator::builder()
        .api(api)
        .body(true)
        .build(api, "Bodies");
    api.root()
        .add_resource("orders")
        .add_method(HttpMethod::Post, &RestIntegration::lambda(function))
        .request_model("application/json", &order)
        .validate(&bodies)
        .require_api_key();

    let plan = UsagePlan::builder()
        .throttling(Throttling::new(10.0, 5))
        .quota(Quota::per_day(1_000))
        .build(stack, "Plan");
    plan.add_stage(&api.stage());
    plan.add_key(ApiKey::builder().build(stack, "Partner"));
    Output::new(stack, "Url", api.url());
}
