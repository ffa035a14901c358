//! Records that Route 53 rejects, or that have no effect.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::RoutingPolicy;
use super::record_data::{Content, RecordData};
use super::routing::{Policy, Role};
use super::zone::{HostedZoneRef, normalize_name};
use crate::core::Origin;
use crate::{Diagnostic, Duration, Scope, Severity, Value, codes};

const TYPES: &str =
    "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html";
const ROUTING: &str =
    "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html";

/// Maximum time to live, in seconds.
const LONGEST_TTL: u64 = 2_147_483_647;

/// A record of the app in a zone, for comparison with the others.
pub(super) struct Entry {
    name: String,
    record_type: String,
    routing: Option<&'static str>,
    /// Identifier that the program sets; a generated one is unique.
    identifier: Option<String>,
    origin: Origin,
}

/// Properties of a record that are checked.
pub(super) struct Checked<'a, 'app> {
    pub(super) zone: HostedZoneRef<'app>,
    pub(super) name: &'a Value<String>,
    pub(super) data: &'a RecordData,
    pub(super) ttl: Option<Duration>,
    pub(super) routing: Option<&'a RoutingPolicy>,
    pub(super) set_identifier: Option<&'a Value<String>>,
    pub(super) has_health_check: bool,
}

pub(super) fn check_record(scope: Scope<'_>, record: &Checked<'_, '_>) {
    check_data(scope, record);
    check_ttl(scope, record);
    match record.routing {
        Some(routing) => check_routing(scope, record, routing),
        None => check_simple(scope, record),
    }
    if let Some(name) = record.name.as_literal() {
        let name = normalize_name(name);
        check_apex(scope, record, &name);
        check_others(scope, record, name);
    }
}

fn data_finding(message: String) -> Diagnostic {
    Diagnostic::new(codes::RECORD_DATA, message)
        .property("ResourceRecords")
        .url(TYPES)
}

fn check_data(scope: Scope<'_>, record: &Checked<'_, '_>) {
    let record_type = record.data.record_type();
    let Content::Values(values) = record.data.content() else {
        return;
    };
    if values.is_empty() {
        scope.report(
            data_finding(format!("the `{record_type}` record has no values"))
                .expected("at least one value")
                .help(match record_type {
                    "NS" => "name the servers with `RecordData::ns([…])`; those of an imported zone are not known",
                    _ => "add a value, or remove the record",
                }),
        );
    }
    if matches!(record_type, "CNAME" | "PTR") && values.len() > 1 {
        scope.report(
            data_finding(format!(
                "the `{record_type}` record has {} values",
                values.len()
            ))
            .actual(values.len().to_string())
            .expected("one value"),
        );
    }
    for literal in values.iter().filter_map(Value::as_literal) {
        let expected = match record_type {
            "A" if literal.parse::<Ipv4Addr>().is_err() => "an IPv4 address such as `192.0.2.1`",
            "AAAA" if literal.parse::<Ipv6Addr>().is_err() => {
                "an IPv6 address such as `2001:db8::1`"
            }
            "DS" if !has_hex_digest(literal) => "a digest in hexadecimal",
            "CNAME" | "NS" | "PTR" if !is_host(literal) => {
                "a host name such as `www.example.com`, without scheme and path"
            }
            _ => continue,
        };
        scope.report(
            data_finding(format!(
                "Route 53 rejects `{literal}` as data of a record of type `{record_type}`"
            ))
            .actual(literal)
            .expected(expected)
                .help(match record_type {
                    "A" | "AAAA" => "a name of an AWS resource is an alias: `ARecord` or `AaaaRecord`; another name is `RecordData::cname`",
                    _ => "correct the value",
                }),
        );
    }
}

fn has_hex_digest(ds: &str) -> bool {
    ds.rsplit(' ').next().is_some_and(|digest| {
        !digest.is_empty() && digest.len() % 2 == 0 && digest.chars().all(|c| c.is_ascii_hexdigit())
    })
}

fn is_host(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-_.*\\".contains(c);
    !text.is_empty() && text.len() <= 255 && text.chars().all(allowed)
}

fn check_ttl(scope: Scope<'_>, record: &Checked<'_, '_>) {
    let Some(ttl) = record.ttl else { return };
    let seconds = ttl.as_seconds();
    if matches!(record.data.content(), Content::Alias(_)) {
        scope.report(
            Diagnostic::new(
                codes::RECORD_DATA,
                "the time to live of an alias has no effect",
            )
            .severity(Severity::Warning)
            .property("TTL")
            .actual(format!("{seconds} s"))
            .help("remove `.ttl(…)`: resolvers keep the answer as long as that of the target"),
        );
    } else if seconds > LONGEST_TTL {
        scope.report(
            Diagnostic::new(
                codes::RECORD_DATA,
                "the time to live is longer than Route 53 accepts",
            )
            .property("TTL")
            .actual(format!("{seconds} s"))
            .expected(format!("at most {LONGEST_TTL} s")),
        );
    }
}

fn routing_finding(message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(codes::RECORD_ROUTING, message).url(ROUTING)
}

fn check_simple(scope: Scope<'_>, record: &Checked<'_, '_>) {
    if let Some(identifier) = record.set_identifier {
        scope.report(
            routing_finding("the record has a set identifier and no routing policy")
                .property("SetIdentifier")
                .actual(identifier.as_literal().unwrap_or("a reference"))
                .help("add `.routing(RoutingPolicy::…)`, or remove `.set_identifier(…)`"),
        );
    }
    if record.has_health_check {
        scope.report(
            routing_finding("the health check of the record has no effect")
                .severity(Severity::Warning)
                .property("HealthCheckId")
                .note(
                    "Route 53 answers with the only record of a name whether it is healthy or not",
                )
                .help("add `.routing(RoutingPolicy::…)` and a second record"),
        );
    }
}

fn check_routing(scope: Scope<'_>, record: &Checked<'_, '_>, routing: &RoutingPolicy) {
    let record_type = record.data.record_type();
    match &routing.0 {
        Policy::Multivalue => {
            let alias = matches!(record.data.content(), Content::Alias(_));
            if alias || matches!(record_type, "CNAME" | "NS") {
                let what = if alias { "an alias" } else { record_type };
                scope.report(
                    routing_finding(format!("multivalue answer routing excludes {what}"))
                        .property("MultiValueAnswer")
                        .actual(what)
                        .expected("records with values, of another type than `CNAME` and `NS`")
                        .help("use `RoutingPolicy::weighted` with equal weights"),
                );
            }
        }
        Policy::Failover(Role::Primary) => {
            let evaluates = matches!(record.data.content(), Content::Alias(target) if target.evaluates_health());
            if !record.has_health_check && !evaluates {
                scope.report(
                    routing_finding("the primary record never fails over, since Route 53 cannot see its health")
                        .severity(Severity::Warning)
                        .property("HealthCheckId")
                        .help("add `.health_check(&check)`, or use an alias with `AliasTarget::evaluate_health`"),
                );
            }
        }
        Policy::Geolocation(location) => {
            // The schema check covers the length.
            let small = |code: &&String| code.chars().any(|c| c.is_ascii_lowercase());
            if let Some(code) = location.country.as_ref().filter(small) {
                scope.report(
                    routing_finding(format!("`{code}` is no code of a country"))
                        .property("GeoLocation.CountryCode")
                        .actual(code)
                        .expected("two capital letters (ISO 3166-1), such as `DE`"),
                );
            }
            let country = location.country.as_deref();
            if location.subdivision.is_some() && !matches!(country, Some("US" | "UA")) {
                scope.report(
                    routing_finding(
                        "Route 53 has subdivisions of the United States and Ukraine only",
                    )
                    .property("GeoLocation.SubdivisionCode")
                    .actual(country.unwrap_or_default())
                    .expected("`US` or `UA`")
                    .help("use `GeoLocation::country`"),
                );
            }
        }
        _ => {}
    }
}

/// Reports a `CNAME` with the name of the zone (`INF4067`).
fn check_apex(scope: Scope<'_>, record: &Checked<'_, '_>, name: &str) {
    let zone = record.zone.zone_name();
    let alias = matches!(record.data.content(), Content::Alias(_));
    if record.data.record_type() == "CNAME" && !alias && zone.as_literal() == Some(name) {
        scope.report(
            Diagnostic::new(
                codes::CNAME_AT_APEX,
                format!("the `CNAME` record has the name of the zone, `{name}`"),
            )
            .property("Name")
            .actual(name)
            .expected(format!("a name below `{name}`"))
            .related("the hosted zone is created here", record.zone.scope.origin())
            .note("the name of a zone has `NS` and `SOA` records, which exclude a `CNAME`")
            .help("use an `ARecord`, which is an alias, for AWS resources")
            .url("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html"),
        );
    }
}

/// Reports a record that excludes another one of the same zone (`INF4068`), and remembers it.
fn check_others(scope: Scope<'_>, record: &Checked<'_, '_>, name: String) {
    let entry = Entry {
        name,
        record_type: record.data.record_type().to_owned(),
        routing: record.routing.map(RoutingPolicy::kind),
        identifier: record
            .set_identifier
            .and_then(Value::as_literal)
            .map(str::to_owned),
        origin: scope.origin(),
    };
    let state = record.zone.load_state();
    let mut records = state.records.borrow_mut();
    let conflict = records
        .iter()
        .filter(|other| other.name == entry.name)
        .find_map(|other| Some((other, conflict(other, &entry)?)));
    if let Some((other, (message, help))) = conflict {
        scope.report(
            Diagnostic::new(codes::RECORD_CONFLICT, message)
                .property("Name")
                .actual(format!("{} {}", entry.record_type, entry.name))
                .related("the other record is created here", other.origin)
                .help(help),
        );
    }
    records.push(entry);
}

fn conflict(one: &Entry, other: &Entry) -> Option<(String, &'static str)> {
    let name = &one.name;
    if one.record_type != other.record_type {
        let cname = [one, other]
            .iter()
            .any(|entry| entry.record_type == "CNAME");
        return cname.then(|| {
            (
                format!("`{name}` has a `CNAME` record and a record of another type"),
                "a `CNAME` is the only record of its name: move the data to the other host, or use an alias",
            )
        });
    }
    let record_type = &one.record_type;
    match (one.routing, other.routing) {
        (None, None) => Some((
            format!("two `{record_type}` records have the name `{name}`"),
            "put all values into one record, or give both a routing policy",
        )),
        (Some(first), Some(second)) if first != second => Some((
            format!(
                "`{record_type}` records with the name `{name}` have {first} and {second} routing"
            ),
            "give all records with the same name and type the same kind of policy",
        )),
        (Some(_), Some(_)) => {
            let same = one.identifier.is_some() && one.identifier == other.identifier;
            same.then(|| {
                (
                    format!("two `{record_type}` records with the name `{name}` have the same set identifier"),
                    "give each record another identifier, or remove `.set_identifier(…)`",
                )
            })
        }
        _ => Some((
            format!(
                "`{record_type}` records with the name `{name}` have a routing policy, and one has none"
            ),
            "give all records with the same name and type a policy of the same kind",
        )),
    }
}
