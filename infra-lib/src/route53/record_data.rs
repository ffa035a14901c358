//! Types of records and their data.

use super::alias_target::{AliasTarget, AsAliasTarget};
use super::record_text::quote;
use crate::{IntoValue, Value, sub, value};

/// Type and data of a record, for [`Record`](super::Record).
///
/// Host names may be literals or references, with or without a trailing dot. See [supported types of
/// records](https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html).
#[derive(Clone, Debug)]
pub struct RecordData {
    record_type: String,
    content: Content,
}

/// Data of a record.
#[derive(Clone, Debug)]
pub(super) enum Content {
    Values(Vec<Value<String>>),
    List(Value<Vec<String>>),
    Alias(AliasTarget),
}

impl RecordData {
    /// Returns IPv4 addresses, as an `A` record.
    pub fn a(addresses: impl IntoIterator<Item = impl IntoValue<String>>) -> Self {
        Self::of("A", addresses.into_iter().map(IntoValue::into_value))
    }

    /// Returns IPv6 addresses, as an `AAAA` record.
    pub fn aaaa(addresses: impl IntoIterator<Item = impl IntoValue<String>>) -> Self {
        Self::of("AAAA", addresses.into_iter().map(IntoValue::into_value))
    }

    /// Returns an alias for the IPv4 addresses of an AWS resource, as [`ARecord`](super::ARecord).
    pub fn alias_a<'app>(target: &impl AsAliasTarget<'app>) -> Self {
        Self::alias("A", target)
    }

    /// Returns an alias for the IPv6 addresses of an AWS resource, as [`AaaaRecord`](super::AaaaRecord).
    pub fn alias_aaaa<'app>(target: &impl AsAliasTarget<'app>) -> Self {
        Self::alias("AAAA", target)
    }

    /// Returns an alias of another type, such as `HTTPS` for a distribution or `MX` for another record.
    pub fn alias<'app>(record_type: impl Into<String>, target: &impl AsAliasTarget<'app>) -> Self {
        Self {
            record_type: record_type.into(),
            content: Content::Alias(target.as_alias_target()),
        }
    }

    /// Returns another name for a host, as a `CNAME` record. The name of the zone itself cannot have one (`INF4067`).
    pub fn cname(host: impl IntoValue<String>) -> Self {
        Self::of("CNAME", [host.into_value()])
    }

    /// Returns texts, as a `TXT` record. Texts are quoted here, and split where they have more than 255 bytes; characters
    /// outside ASCII are written as their bytes. A text that is known only at deployment must have at most 255 characters
    /// and no quotation marks.
    pub fn txt(texts: impl IntoIterator<Item = impl IntoValue<String>>) -> Self {
        let texts = texts.into_iter().map(IntoValue::into_value);
        Self::of(
            "TXT",
            texts.map(|text| match text.as_literal() {
                Some(literal) => value(quote(literal)),
                None => sub!["\"", text, "\""],
            }),
        )
    }

    /// Returns mail servers with their priorities, the smallest of which is tried first, as an `MX` record.
    pub fn mx(servers: impl IntoIterator<Item = (u16, impl IntoValue<String>)>) -> Self {
        let servers = servers.into_iter();
        Self::of(
            "MX",
            servers.map(|(priority, host)| sub![format!("{priority} "), host.into_value()]),
        )
    }

    /// Returns hosts and ports of a service, as an `SRV` record.
    pub fn srv(locations: impl IntoIterator<Item = ServiceLocation>) -> Self {
        Self::of("SRV", locations.into_iter().map(|location| location.text))
    }

    /// Returns the authorities that may issue certificates for the name and those below, as a `CAA` record.
    pub fn caa(rules: impl IntoIterator<Item = CaaRule>) -> Self {
        Self::of("CAA", rules.into_iter().map(CaaRule::text))
    }

    /// Returns the name servers that a part of the domain is delegated to, as an `NS` record.
    pub fn ns(servers: impl IntoIterator<Item = impl IntoValue<String>>) -> Self {
        Self::of("NS", servers.into_iter().map(IntoValue::into_value))
    }

    /// Returns a list of name servers that is known at deployment, as an `NS` record.
    pub fn ns_list(servers: impl IntoValue<Vec<String>>) -> Self {
        Self {
            record_type: "NS".to_owned(),
            content: Content::List(servers.into_value()),
        }
    }

    /// Returns the keys that sign a delegated part of the domain, as a `DS` record.
    pub fn ds(signers: impl IntoIterator<Item = DelegationSigner>) -> Self {
        Self::of("DS", signers.into_iter().map(|signer| value(signer.text())))
    }

    /// Returns the name of an address, as a `PTR` record.
    pub fn ptr(host: impl IntoValue<String>) -> Self {
        Self::of("PTR", [host.into_value()])
    }

    /// Returns how browsers connect to the name, as an `HTTPS` record.
    pub fn https(bindings: impl IntoIterator<Item = ServiceBinding>) -> Self {
        Self::of("HTTPS", bindings.into_iter().map(ServiceBinding::value))
    }

    /// Returns how clients connect to a service, as an `SVCB` record.
    pub fn svcb(bindings: impl IntoIterator<Item = ServiceBinding>) -> Self {
        Self::of("SVCB", bindings.into_iter().map(ServiceBinding::value))
    }

    /// Returns a record of another type, such as `NAPTR`, `SSHFP` or `TLSA`, with values as Route 53 expects them.
    pub fn other(
        record_type: impl Into<String>,
        values: impl IntoIterator<Item = impl IntoValue<String>>,
    ) -> Self {
        Self::of(record_type, values.into_iter().map(IntoValue::into_value))
    }

    fn of(record_type: impl Into<String>, values: impl IntoIterator<Item = Value<String>>) -> Self {
        Self {
            record_type: record_type.into(),
            content: Content::Values(values.into_iter().collect()),
        }
    }

    pub(super) fn record_type(&self) -> &str {
        &self.record_type
    }

    pub(super) const fn content(&self) -> &Content {
        &self.content
    }

    pub(super) fn into_content(self) -> Content {
        self.content
    }
}

/// A host and port of a service, for [`RecordData::srv`].
///
/// ```
/// use infra_lib::route53::{RecordData, ServiceLocation};
///
/// let data = RecordData::srv([
///     ServiceLocation::new(10, 60, 5060, "sip1.example.com"),
///     ServiceLocation::new(20, 0, 5060, "sip2.example.com"),
/// ]);
/// ```
#[derive(Clone, Debug)]
pub struct ServiceLocation {
    text: Value<String>,
}

impl ServiceLocation {
    /// Creates a location with its priority, the smallest of which is tried first, its weight among those of the same
    /// priority, its port and its host.
    pub fn new(priority: u16, weight: u16, port: u16, host: impl IntoValue<String>) -> Self {
        Self {
            text: sub![format!("{priority} {weight} {port} "), host.into_value()],
        }
    }
}

/// A rule about certificates for a name, for [`RecordData::caa`].
///
/// ```
/// use infra_lib::route53::{CaaRule, RecordData};
///
/// let amazon_only = RecordData::caa([CaaRule::issue("amazon.com"), CaaRule::no_wildcards()]);
/// ```
#[derive(Clone, Debug)]
pub struct CaaRule {
    critical: bool,
    tag: &'static str,
    text: Value<String>,
}

impl CaaRule {
    /// Allows an authority to issue certificates, by its domain, such as `amazon.com`.
    pub fn issue(authority: impl IntoValue<String>) -> Self {
        Self::new("issue", authority)
    }

    /// Allows an authority to issue wildcard certificates.
    pub fn issue_wildcard(authority: impl IntoValue<String>) -> Self {
        Self::new("issuewild", authority)
    }

    /// Allows no authority to issue wildcard certificates.
    pub fn no_wildcards() -> Self {
        Self::new("issuewild", ";")
    }

    /// Names the address for reports about refused requests: `mailto:security@example.com` or a URL.
    pub fn report_to(address: impl IntoValue<String>) -> Self {
        Self::new("iodef", address)
    }

    /// Lets authorities that do not understand the rule refuse to issue certificates.
    pub fn critical(mut self) -> Self {
        self.critical = true;
        self
    }

    fn new(tag: &'static str, text: impl IntoValue<String>) -> Self {
        Self {
            critical: false,
            tag,
            text: text.into_value(),
        }
    }

    fn text(self) -> Value<String> {
        let flags = if self.critical { 128 } else { 0 };
        sub![format!("{flags} {} \"", self.tag), self.text, "\""]
    }
}

/// The digest of a key that signs a delegated part of a domain, for [`RecordData::ds`].
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct DelegationSigner {
    key_tag: u16,
    algorithm: u8,
    digest_type: u8,
    digest: String,
}

impl DelegationSigner {
    /// Creates the signer from the four parts of its `DS` record: key tag, algorithm (13 for keys of Route 53), type of the
    /// digest (2 for SHA-256) and the digest in hexadecimal.
    pub fn new(key_tag: u16, algorithm: u8, digest_type: u8, digest: impl Into<String>) -> Self {
        Self {
            key_tag,
            algorithm,
            digest_type,
            digest: digest.into(),
        }
    }

    fn text(&self) -> String {
        let Self {
            key_tag,
            algorithm,
            digest_type,
            digest,
        } = self;
        format!("{key_tag} {algorithm} {digest_type} {digest}")
    }
}

/// A way to connect to a service, for [`RecordData::https`] and [`RecordData::svcb`].
///
/// See [RFC 9460](https://www.rfc-editor.org/rfc/rfc9460).
///
/// ```
/// use infra_lib::route53::{RecordData, ServiceBinding};
///
/// let data = RecordData::https([ServiceBinding::service(1, ".").alpn(["h3", "h2"]).ipv4_hint(["192.0.2.1"])]);
/// ```
#[derive(Clone, Debug)]
pub struct ServiceBinding {
    head: Value<String>,
    parameters: Vec<String>,
}

impl ServiceBinding {
    /// Returns another name of the same type to ask for, which the name of a zone may have as well.
    pub fn alias(target: impl IntoValue<String>) -> Self {
        Self {
            head: sub!["0 ", target.into_value()],
            parameters: Vec::new(),
        }
    }

    /// Returns a host that offers the service, with a priority from 1, the smallest of which is tried first. `.` is the
    /// name of the record itself. Priority 0 would be an alias, and counts as 1.
    pub fn service(priority: u16, target: impl IntoValue<String>) -> Self {
        Self {
            head: sub![format!("{} ", priority.max(1)), target.into_value()],
            parameters: Vec::new(),
        }
    }

    /// Sets the protocols that the host speaks, in order of preference, such as `h3` and `h2`.
    pub fn alpn<'p>(self, protocols: impl IntoIterator<Item = &'p str>) -> Self {
        let protocols = protocols.into_iter().collect::<Vec<_>>().join(",");
        self.parameter("alpn", &protocols)
    }

    /// Sets the port of the host. Default: that of the service.
    pub fn port(self, port: u16) -> Self {
        self.parameter("port", &port.to_string())
    }

    /// Sets IPv4 addresses of the host, with which clients may connect before they have resolved it.
    pub fn ipv4_hint<'p>(self, addresses: impl IntoIterator<Item = &'p str>) -> Self {
        let addresses = addresses.into_iter().collect::<Vec<_>>().join(",");
        self.parameter("ipv4hint", &addresses)
    }

    /// Sets IPv6 addresses of the host, with which clients may connect before they have resolved it.
    pub fn ipv6_hint<'p>(self, addresses: impl IntoIterator<Item = &'p str>) -> Self {
        let addresses = addresses.into_iter().collect::<Vec<_>>().join(",");
        self.parameter("ipv6hint", &addresses)
    }

    fn parameter(mut self, name: &str, text: &str) -> Self {
        self.parameters.push(format!(" {name}=\"{text}\""));
        self
    }

    fn value(self) -> Value<String> {
        sub![self.head, self.parameters.concat()]
    }
}
