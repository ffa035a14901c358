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
fn a_certificate_is_validated_for_every_name_in_its_zone() {
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
fn a_certificate_for_one_name_has_no_others() {
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
fn a_star_covers_one_label() {
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
fn the_region_of_an_imported_certificate_is_read_from_its_arn() {
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
fn a_name_outside_the_zone_is_reported() {
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
