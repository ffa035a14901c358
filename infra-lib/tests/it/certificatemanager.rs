//! Tests of the constructs in `infra_lib::certificatemanager`.

use infra_lib::assertions::{Match, Template};
use infra_lib::certificatemanager::Certificate;
use infra_lib::route53::HostedZone;
use infra_lib::{App, Stack, core::render};
use serde_json::json;

fn zone(stack: Stack<'_>) -> HostedZone<'_> {
    HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com")
}

#[test]
fn validates_every_name_of_certificate_in_zone() {
    let template = Template::of_stack(|stack| {
        Certificate::builder()
            .domain_name("notes.example.com")
            .alternative_name("*.notes.example.com")
            .zone(&zone(stack))
            .build(stack, "Certificate");
    });
    insta::assert_snapshot!(serde_json::to_string_pretty(template.json()).unwrap());
}

#[test]
fn omits_alternative_names_for_single_name() {
    let template = Template::of_stack(|stack| {
        Certificate::builder()
            .domain_name("example.com")
            .zone(&zone(stack))
            .build(stack, "Certificate");
    });
    template.has_properties(
        "AWS::CertificateManager::Certificate",
        json!({ "SubjectAlternativeNames": Match::absent() }),
    );
}

#[test]
fn covers_one_label_with_wildcard() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let certificate = Certificate::builder()
        .domain_name("*.example.com")
        .zone(&zone(stack))
        .build(stack, "Certificate");
    assert_eq!(certificate.covers("notes.example.com"), Some(true));
    assert_eq!(certificate.covers("www.notes.example.com"), Some(false));
    assert_eq!(certificate.covers("example.com"), Some(false));
}

#[test]
fn reads_region_of_imported_certificate_from_arn() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let imported = Certificate::from_arn(
        stack,
        "Certificate",
        "arn:aws:acm:us-east-1:111122223333:certificate/0123",
    );
    assert_eq!(imported.region().as_deref(), Some("us-east-1"));
    assert_eq!(imported.covers("notes.example.com"), None);
}

#[test]
fn reports_certificate_name_outside_zone() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    Certificate::builder()
        .domain_name("notes.example.org")
        .zone(&zone(stack))
        .build(stack, "Certificate");
    insta::assert_snapshot!(
        app.synth()
            .findings()
            .iter()
            .map(render)
            .collect::<String>()
    );
}
