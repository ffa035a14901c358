//! Lookups of hosted zones.

use serde_json::{Value as JsonValue, json};

use super::HostedZone;
use crate::Construct;
use crate::lookup::{ask, text};

/// An existing hosted zone to look up, for [`HostedZone::from_lookup`].
#[derive(Clone, Debug)]
#[must_use = "a lookup has no effect until it is passed to `HostedZone::from_lookup`"]
pub struct HostedZoneLookup {
    domain_name: String,
    private_zone: Option<bool>,
    vpc_id: Option<String>,
}

impl HostedZoneLookup {
    /// Looks up the public zone of a domain.
    pub fn public(domain_name: &str) -> Self {
        Self {
            domain_name: domain_name.to_owned(),
            private_zone: None,
            vpc_id: None,
        }
    }

    /// Looks up the private zone of a domain that is associated with the VPC with an ID.
    pub fn private(domain_name: &str, vpc_id: &str) -> Self {
        Self {
            private_zone: Some(true),
            vpc_id: Some(vpc_id.to_owned()),
            ..Self::public(domain_name)
        }
    }

    fn question(&self) -> JsonValue {
        json!({
            "domainName": self.domain_name, "privateZone": self.private_zone, "vpcId": self.vpc_id
        })
    }
}

impl<'app> HostedZone<'app> {
    /// Imports an existing zone, which a context lookup finds by its domain.
    ///
    /// Until the lookup has an answer, its ID is the CDK's placeholder `DUMMY`.
    ///
    /// ```
    /// use infra_lib::route53::{HostedZone, HostedZoneLookup};
    /// use infra_lib::{App, Environment, StackProps};
    ///
    /// let app = App::new();
    /// let stack = StackProps::new()
    ///     .environment(Environment::new("111122223333", "eu-west-1"))
    ///     .build(&app, "Domain");
    /// let zone = HostedZone::from_lookup(stack, "Zone", &HostedZoneLookup::public("example.com"));
    /// assert_eq!(zone.zone_name().as_literal(), Some("example.com"));
    /// ```
    #[track_caller]
    pub fn from_lookup(scope: impl Construct<'app>, id: &str, lookup: &HostedZoneLookup) -> Self {
        let scope = scope.scope().at_caller();
        let dummy = json!({ "Id": "DUMMY", "Name": lookup.domain_name });
        let answer = ask(scope, "hosted-zone", lookup.question(), dummy);
        let zone_id = text(&answer, "Id").trim_start_matches("/hostedzone/");
        Self::from_attributes(scope, id, zone_id, text(&answer, "Name"))
    }
}
