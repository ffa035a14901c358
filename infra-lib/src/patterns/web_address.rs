//! Addresses of web services: name, certificate and network.

use crate::certificatemanager::Certificate;
use crate::core::{Construct, Diagnostic, Scope, codes};
use crate::ec2::{Connectable, Peer, Vpc};
use crate::elbv2::{ApplicationLoadBalancer, Listener, ListenerProtocol, Scheme};
use crate::route53::{ARecord, AaaaRecord, HostedZone};

/// Address of a [`WebService`](super::WebService): its domain name and certificate, and the network that it is reached from.
///
/// | constructor | protocol | network |
/// |---|---|---|
/// | [`domain`](Self::domain) | HTTPS with a new certificate, and DNS records | internet |
/// | [`certificate`](Self::certificate) | HTTPS with this certificate; you create the records | internet |
/// | [`inside_vpc`](Self::inside_vpc) | HTTP | VPC |
/// | [`clear_text`](Self::clear_text) | HTTP, which is reported (`INF4310`) | internet |
///
/// ```
/// use infra_lib::patterns::WebAddress;
/// use infra_lib::prelude::*;
/// use infra_lib::route53::HostedZone;
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Web");
/// let zone = HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com");
/// let public = WebAddress::domain("shop.example.com", &zone);
/// let intranet = WebAddress::domain("stock.example.com", &zone).internal();
/// ```
#[derive(Clone, Debug)]
#[must_use = "an address has no effect until it is passed to a service"]
pub struct WebAddress<'app> {
    domain: Option<(String, HostedZone<'app>)>,
    certificate: Option<Certificate<'app>>,
    scheme: Scheme,
    restricted: bool,
}

impl<'app> WebAddress<'app> {
    const fn new(scheme: Scheme) -> Self {
        Self {
            domain: None,
            certificate: None,
            scheme,
            restricted: false,
        }
    }

    /// Creates an address by a name in a hosted zone, such as `shop.example.com`: HTTPS from the internet, with a certificate
    /// that is validated in the zone, and records for the name.
    pub fn domain(name: impl Into<String>, zone: &HostedZone<'app>) -> Self {
        Self {
            domain: Some((name.into(), *zone)),
            ..Self::new(Scheme::InternetFacing)
        }
    }

    /// Creates an address by a certificate of the load balancer's region: HTTPS from the internet, without DNS records.
    pub fn certificate(certificate: &Certificate<'app>) -> Self {
        Self {
            certificate: Some(*certificate),
            ..Self::new(Scheme::InternetFacing)
        }
    }

    /// Creates an address within the VPC: HTTP at the name of an internal load balancer. No client may connect until it is
    /// allowed: `web.listener().allow_from(&client)`.
    pub const fn inside_vpc() -> Self {
        Self::new(Scheme::Internal)
    }

    /// Creates an address without encryption on the internet, for a trial without a domain. The listener reports it
    /// (`INF4310`).
    pub const fn clear_text() -> Self {
        Self::new(Scheme::InternetFacing)
    }

    /// Uses an existing certificate, such as one for `*.example.com`, in place of a new one. One that does not cover the
    /// name is reported (`INF4512`).
    pub const fn with_certificate(mut self, certificate: &Certificate<'app>) -> Self {
        self.certificate = Some(*certificate);
        self
    }

    /// Makes the load balancer internal: it has private addresses only, and clients of the VPC are allowed one by one.
    pub const fn internal(mut self) -> Self {
        self.scheme = Scheme::Internal;
        self
    }

    /// Allows no client, in place of everybody on the internet. Allow clients at the listener, such as those of a prefix list:
    /// `web.listener().allow_from_peer(&peer, "partners")`.
    pub const fn restricted(mut self) -> Self {
        self.restricted = true;
        self
    }

    pub(super) const fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Returns the domain name, if the address has one.
    pub(super) fn name(&self) -> Option<&str> {
        self.domain.as_ref().map(|(name, _)| name.as_str())
    }

    /// Returns the certificate, which it creates for a domain without one.
    #[track_caller]
    pub(super) fn certificate_in(&self, scope: Scope<'app>) -> Option<Certificate<'app>> {
        let Some((name, zone)) = &self.domain else {
            return self.certificate;
        };
        let Some(given) = self.certificate else {
            let created = Certificate::builder().domain_name(name.as_str()).zone(zone);
            return Some(created.build(scope, "Certificate"));
        };
        if given.covers(name) == Some(false) {
            scope.report(
                Diagnostic::new(
                    codes::CERTIFICATE_NAMES,
                    format!("the certificate does not cover `{name}`"),
                )
                .property("Certificates")
                .related("the certificate is created here", given.scope().origin())
                .help("add the name to the certificate, or omit `with_certificate`, and the service creates one"),
            );
        }
        Some(given)
    }

    /// Returns the protocol of the listener.
    pub(super) fn protocol(certificate: Option<Certificate<'app>>) -> ListenerProtocol {
        match certificate {
            Some(certificate) => ListenerProtocol::https(certificate.arn()),
            None => ListenerProtocol::Http,
        }
    }

    /// Opens the listeners to the internet, unless the address is internal or restricted.
    #[track_caller]
    pub(super) fn open(&self, vpc: Vpc<'app>, listeners: &[Listener<'app>]) {
        if self.restricted || self.scheme == Scheme::Internal {
            return;
        }
        for listener in listeners {
            listener.allow_from_peer(&Peer::any_ipv4(), "the internet");
            if vpc.is_dual_stack() {
                listener.allow_from_peer(&Peer::any_ipv6(), "the internet");
            }
        }
    }

    /// Adds the records of the domain name.
    #[track_caller]
    pub(super) fn add_records(
        &self,
        scope: Scope<'app>,
        vpc: Vpc<'app>,
        balancer: ApplicationLoadBalancer<'app>,
    ) {
        let Some((name, zone)) = &self.domain else {
            return;
        };
        ARecord::builder()
            .zone(zone)
            .domain_name(name.as_str())
            .target(balancer)
            .build(scope, "DNS");
        if vpc.is_dual_stack() {
            AaaaRecord::builder()
                .zone(zone)
                .domain_name(name.as_str())
                .target(balancer)
                .build(scope, "DNSIpv6");
        }
    }
}
