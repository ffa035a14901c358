//! Tests of the constructs in `infra_lib::apigatewayv2`.

mod api;
mod authorizers;
mod domains;
mod routes;
mod web_socket;

use infra_lib::Stack;
use infra_lib::apigatewayv2::{DomainName, HttpIntegration};
use infra_lib::assertions::Template;
use infra_lib::certificatemanager::Certificate;
use infra_lib::iam::{Principal, Role};
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::route53::HostedZone;

fn function<'app>(stack: Stack<'app>, id: &str) -> Function<'app> {
    Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline("exports.handler = async () => 'hello';"))
        .build(stack, id)
}

fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
        .build(stack, "Role")
}

fn elsewhere<'app>() -> HttpIntegration<'app> {
    HttpIntegration::url("Elsewhere", "https://notes.example.com")
}

fn certificate(stack: Stack<'_>) -> Certificate<'_> {
    let zone = zone(stack);
    Certificate::builder()
        .domain_name("api.example.com")
        .zone(&zone)
        .build(stack, "Certificate")
}

fn zone(stack: Stack<'_>) -> HostedZone<'_> {
    HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com")
}

fn domain(stack: Stack<'_>) -> DomainName<'_> {
    DomainName::builder()
        .domain_name("api.example.com")
        .certificate(certificate(stack))
        .build(stack, "Domain")
}

fn logical_ids(template: &Template, type_name: &str) -> Vec<String> {
    let found = template.resources(type_name).into_iter();
    let mut ids: Vec<String> = found.map(|(id, _)| id.to_owned()).collect();
    ids.sort();
    ids
}

/// Returns the statements of the only role's inline policy.
fn statements(template: &Template) -> String {
    template.only("AWS::IAM::Role").to_string()
}
