//! An HTTP API whose function reads and writes a table.

use std::process::ExitCode;

use infra_lib::apigatewayv2::{HttpApi, HttpIntegration, HttpMethod, Throttling};
use infra_lib::dynamodb::{Attribute, Table};
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::{App, Output, Size, Stack};

/// The code of the function, in the template; larger code is a folder: `Code::folder`.
const CODE: &str = include_str!("notes.js");

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stacks to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Notes");
    let table = Table::builder()
        .partition_key(Attribute::string("id"))
        .build(stack, "Table");

    let function = Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline(CODE))
        .memory(Size::mib(256))
        .env("TABLE", table.table_name())
        .build(stack, "Function");
    table.grant_read_write(&function);

    let api = HttpApi::builder()
        .throttling(Throttling::new(100.0, 50))
        .build(stack, "Api");
    let notes = HttpIntegration::lambda("Notes", function);
    api.add_route(HttpMethod::Get, "/notes/{id}", &notes);
    api.add_route(HttpMethod::Put, "/notes/{id}", &notes);
    Output::new(stack, "Url", api.url());
}
