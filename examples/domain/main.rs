//! A domain: a distribution with several origins, its certificate, and records for the web, mail and failover.

use std::process::ExitCode;

use infra_lib::certificatemanager::Certificate;
use infra_lib::cloudfront::{
    Behavior, Distribution, Domain, ErrorResponse, Function, FunctionEvent, Origin, SiteLogs,
};
use infra_lib::route53::{
    CaaRule, HealthCheck, HealthCheckTarget, HostedZone, Record, RecordData, RoutingPolicy,
};
use infra_lib::s3::{AccessLogs, Bucket};
use infra_lib::{App, Duration, Environment, Stack, StackProps};

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stacks to the app.
pub fn build(app: &App) {
    // Certificates of CloudFront, its logs and the metrics of health checks are in this region only.
    let stack = StackProps::new()
        .environment(Environment::region("us-east-1"))
        .build(app, "Shop");
    let zone = HostedZone::builder()
        .zone_name("example.com")
        .build(stack, "Zone");
    add_distribution(stack, zone);
    add_mail(stack, zone);
    add_failover(stack, zone);
}

/// Adds the pages and the images of the shop, at `example.com`.
fn add_distribution<'app>(stack: Stack<'app>, zone: HostedZone<'app>) {
    let logs = Bucket::log_bucket(Duration::days(90)).build(stack, "Logs");
    let pages = Bucket::builder()
        .access_logs(AccessLogs::to(logs).prefix("pages/"))
        .build(stack, "Pages");
    let certificate = Certificate::builder()
        .domain_name("example.com")
        .zone(&zone)
        .build(stack, "Certificate");
    let index = Function::builder()
        .code(
            "function handler(event) {
    const request = event.request;
    if (request.uri.endsWith('/')) { request.uri += 'index.html'; }
    return request;
}",
        )
        .build(stack, "Index");
    let images = Origin::group(
        &Origin::https("images.example.net"),
        &Origin::https("images-copy.example.net"),
        [500, 502, 503, 504],
    );
    Distribution::builder()
        .default_behavior(
            Behavior::new(Origin::bucket(&pages)).function(FunctionEvent::ViewerRequest, index),
        )
        .behavior("/images/*", Behavior::new(images))
        .domain(Domain::new(["example.com"], &certificate).zone(&zone))
        .error_response(ErrorResponse::page(403, 404, "/404.html"))
        .access_logs(SiteLogs::to(logs))
        .build(stack, "Distribution");
}

/// Adds the mail servers, the programs that may send mail, and the authorities that may issue certificates.
fn add_mail<'app>(stack: Stack<'app>, zone: HostedZone<'app>) {
    let record = |id, data| {
        Record::builder()
            .zone(zone)
            .domain_name("example.com")
            .data(data)
            .build(stack, id);
    };
    record(
        "Mail",
        RecordData::mx([(10, "mx1.example.net"), (20, "mx2.example.net")]),
    );
    record(
        "Senders",
        RecordData::txt(["v=spf1 include:example.net -all"]),
    );
    record(
        "Authorities",
        RecordData::caa([CaaRule::issue("amazon.com")]),
    );
}

/// Adds the API of a partner, with a page in its place while it is down.
fn add_failover<'app>(stack: Stack<'app>, zone: HostedZone<'app>) {
    let check = HealthCheck::builder()
        .target(HealthCheckTarget::https("api.example.net").path("/health"))
        .build(stack, "ApiCheck");
    let api = |host: &str| {
        Record::builder()
            .zone(zone)
            .domain_name("api.example.com")
            .data(RecordData::cname(host))
            .ttl(Duration::minutes(1))
    };
    api("api.example.net")
        .routing(RoutingPolicy::failover_primary())
        .health_check(check)
        .build(stack, "Api");
    api("sorry.example.net")
        .routing(RoutingPolicy::failover_secondary())
        .build(stack, "ApiDown");
}
