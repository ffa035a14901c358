//! Tests of the constructs in `infra_lib::apigateway`.

mod api;
mod authorization;
mod deployment;
mod methods;
mod openapi;

use std::path::{Path, PathBuf};

use infra_lib::Stack;
use infra_lib::apigateway::{HttpMethod, RestApi, RestIntegration};
use infra_lib::assertions::Template;
use infra_lib::iam::{Principal, Role};
use infra_lib::lambda::{Code, Function, Runtime};
use serde_json::{Value as JsonValue, json};

const CHECK: &str = "arn:aws:lambda:eu-west-1:111122223333:function:check";

fn function(stack: Stack<'_>) -> Function<'_> {
    Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline("exports.handler = async () => 'hello';"))
        .build(stack, "Function")
}

fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
        .build(stack, "Role")
}

fn answer() -> RestIntegration {
    RestIntegration::mock(200)
}

/// Builds an API with one method.
fn api(stack: Stack<'_>) -> RestApi<'_> {
    let api = RestApi::builder().build(stack, "Api");
    api.root().add_method(HttpMethod::Get, &answer());
    api
}

fn only_id(template: &Template, type_name: &str) -> String {
    let found = template.resources(type_name);
    assert_eq!(found.len(), 1, "{type_name}");
    found[0].0.to_owned()
}

/// Returns the logical ID of the deployment of the API in a stack.
fn deployment_id(build: impl for<'app> FnOnce(Stack<'app>, RestApi<'app>)) -> String {
    let template = Template::of_stack(|stack| {
        let api = api(stack);
        build(stack, api);
    });
    only_id(&template, "AWS::ApiGateway::Deployment")
}

fn document(status: &str) -> JsonValue {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Notes", "version": "1" },
        "paths": { "/status": { "get": {
            "responses": { status: { "description": "up" } },
            "x-amazon-apigateway-integration": { "type": "mock" },
        } } },
    })
}

/// Writes a document to a file of this test process.
fn write_document(name: &str, text: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(std::process::id().to_string());
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}
