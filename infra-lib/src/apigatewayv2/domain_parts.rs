//! Parts that domain names of both versions of API Gateway share.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::certificatemanager::Certificate;
use crate::cfn::route53::{CfnRecordSetProps, record_set};
use crate::core::{Construct, Diagnostic, Origin, Scope, Value, codes};
use crate::route53::{ARecord, AliasTarget, HostedZone};

/// Paths of a domain that are mapped, with the line that mapped each.
#[derive(Default)]
pub(crate) struct Mapped(RefCell<BTreeMap<String, Origin>>);

impl Mapped {
    /// Notes that `mapping` serves a path, and reports a path that another one serves already (`INF4928`).
    pub(crate) fn add(
        &self,
        mapping: Scope<'_>,
        path: &str,
        origin: Origin,
        property: &'static str,
    ) {
        let Some(first) = self.0.borrow_mut().insert(path.to_owned(), origin) else {
            return;
        };
        mapping.report(
            Diagnostic::new(
                codes::DUPLICATE_MAPPING,
                format!("the path `/{path}` of a domain is mapped twice"),
            )
            .origin(origin)
            .property(property)
            .related("first mapped here", first)
            .help("map each stage to a path of its own: `.map_path(\"admin\", &stage)`")
            .url("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html"),
        );
    }
}

/// Reports a certificate that does not cover a name (`INF4927`).
pub(crate) fn check_certificate_name(
    scope: Scope<'_>,
    certificate: &Certificate<'_>,
    name: &Value<String>,
) {
    let Some(name) = name.as_literal() else {
        return;
    };
    if certificate.covers(name) == Some(false) {
        let place = certificate.scope().origin();
        scope.report(
            Diagnostic::new(
                codes::API_CERTIFICATE_NAME,
                format!("the certificate does not cover the domain name `{name}`"),
            )
            .property("DomainName")
            .actual(name)
            .related("the certificate is created here", place)
            .help(format!("add `.alternative_name(\"{name}\")` to the certificate"))
            .url("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-custom-domain-names.html"),
        );
    }
}

/// Adds the record of a domain name. A name that is known at deployment only cannot be compared with that of the zone.
pub(crate) fn add_record<'app>(
    scope: Scope<'app>,
    zone: HostedZone<'app>,
    name: Value<String>,
    dns_name: Value<String>,
    hosted_zone_id: Value<String>,
) {
    if let Some(literal) = name.as_literal() {
        ARecord::builder()
            .zone(zone)
            .domain_name(literal)
            .target(AliasTarget::new(dns_name, hosted_zone_id))
            .build(scope, "Record");
        return;
    }
    CfnRecordSetProps::new(name, "A")
        .hosted_zone_id(zone.hosted_zone_id())
        .alias_target(record_set::AliasTarget::new(dns_name, hosted_zone_id))
        .build(scope, "Record");
}
