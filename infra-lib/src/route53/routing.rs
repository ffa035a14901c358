//! Choice between records with the same name and type.

use infra_cfn::route53::CfnRecordSetProps;
use infra_cfn::route53::record_set::{
    CidrRoutingConfig, Failover, GeoLocation as GeoLocationProperty, GeoProximityLocation,
};

use crate::{IntoValue, Value, value};

/// Choice of Route 53 between records with the same name and type. Each of them has the same kind of policy.
///
/// See [routing policies](https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html).
#[derive(Clone, Debug)]
pub struct RoutingPolicy(pub(super) Policy);

#[derive(Clone, Debug)]
pub(super) enum Policy {
    Weighted(u8),
    Latency(Value<String>),
    Geolocation(GeoLocation),
    Geoproximity {
        region: Value<String>,
        bias: i8,
    },
    Failover(Role),
    Multivalue,
    Cidr {
        collection_id: Value<String>,
        location: Value<String>,
    },
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Role {
    Primary,
    Secondary,
}

impl RoutingPolicy {
    /// Answers with the record in proportion to its weight among all. 0 is never chosen, unless all weights are 0.
    pub const fn weighted(weight: u8) -> Self {
        Self(Policy::Weighted(weight))
    }

    /// Answers with the record of the AWS region that is fastest for the client; this is the region of the record.
    pub fn latency(region: impl IntoValue<String>) -> Self {
        Self(Policy::Latency(region.into_value()))
    }

    /// Answers with the record for the location of the client, the most specific one first.
    pub const fn geolocation(location: GeoLocation) -> Self {
        Self(Policy::Geolocation(location))
    }

    /// Answers with the record whose AWS region is next to the client. The bias, from -99 to 99, makes the area of the
    /// region larger or smaller.
    pub fn geoproximity(region: impl IntoValue<String>, bias: i8) -> Self {
        Self(Policy::Geoproximity {
            region: region.into_value(),
            bias,
        })
    }

    /// Answers with the record while it is healthy. It needs a health check, or an alias that evaluates the health of its
    /// target.
    pub const fn failover_primary() -> Self {
        Self(Policy::Failover(Role::Primary))
    }

    /// Answers with the record while the primary one is not healthy.
    pub const fn failover_secondary() -> Self {
        Self(Policy::Failover(Role::Secondary))
    }

    /// Answers with up to eight healthy records, chosen at random. Aliases, `CNAME` and `NS` exclude it (`INF4066`).
    pub const fn multivalue() -> Self {
        Self(Policy::Multivalue)
    }

    /// Answers with the record for the address of the client, by a location of a CIDR collection. `*` is the location of
    /// all other addresses.
    pub fn cidr(collection_id: impl IntoValue<String>, location: impl IntoValue<String>) -> Self {
        Self(Policy::Cidr {
            collection_id: collection_id.into_value(),
            location: location.into_value(),
        })
    }

    /// Returns the name of the kind, which all records with the same name and type share.
    pub(super) const fn kind(&self) -> &'static str {
        match self.0 {
            Policy::Weighted(_) => "weighted",
            Policy::Latency(_) => "latency",
            Policy::Geolocation(_) => "geolocation",
            Policy::Geoproximity { .. } => "geoproximity",
            Policy::Failover(_) => "failover",
            Policy::Multivalue => "multivalue answer",
            Policy::Cidr { .. } => "IP-based",
        }
    }

    pub(super) fn set_properties(self, cfn: CfnRecordSetProps) -> CfnRecordSetProps {
        match self.0 {
            Policy::Weighted(weight) => cfn.weight(i64::from(weight)),
            Policy::Latency(region) => cfn.region(region),
            Policy::Geolocation(location) => cfn.geo_location(location.property()),
            Policy::Geoproximity { region, bias } => cfn.geo_proximity_location(
                GeoProximityLocation::new()
                    .aws_region(region)
                    .bias(i64::from(bias)),
            ),
            Policy::Failover(Role::Primary) => cfn.failover(Failover::PRIMARY),
            Policy::Failover(Role::Secondary) => cfn.failover(Failover::SECONDARY),
            Policy::Multivalue => cfn.multi_value_answer(true),
            Policy::Cidr {
                collection_id,
                location,
            } => cfn.cidr_routing_config(CidrRoutingConfig::new(collection_id, location)),
        }
    }
}

/// A continent, for [`GeoLocation::continent`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Continent {
    /// Africa, `AF`.
    Africa,
    /// Antarctica, `AN`.
    Antarctica,
    /// Asia, `AS`.
    Asia,
    /// Europe, `EU`.
    Europe,
    /// North America, `NA`.
    NorthAmerica,
    /// Oceania, `OC`.
    Oceania,
    /// South America, `SA`.
    SouthAmerica,
}

/// The location of clients, for [`RoutingPolicy::geolocation`].
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct GeoLocation {
    continent: Option<Continent>,
    pub(super) country: Option<String>,
    pub(super) subdivision: Option<String>,
}

impl GeoLocation {
    /// Returns the clients of a continent.
    pub const fn continent(continent: Continent) -> Self {
        Self {
            continent: Some(continent),
            country: None,
            subdivision: None,
        }
    }

    /// Returns the clients of a country, by its code of two letters (ISO 3166-1), such as `DE`.
    pub fn country(code: impl Into<String>) -> Self {
        Self {
            continent: None,
            country: Some(code.into()),
            subdivision: None,
        }
    }

    /// Returns the clients of a state of the United States or an oblast of Ukraine, such as `US` and `WA`.
    pub fn subdivision(country: impl Into<String>, subdivision: impl Into<String>) -> Self {
        Self {
            subdivision: Some(subdivision.into()),
            ..Self::country(country)
        }
    }

    /// Returns the clients for whom no other location applies. Without a record for them, Route 53 gives them no answer.
    pub fn other() -> Self {
        Self::country("*")
    }

    fn property(self) -> GeoLocationProperty {
        let mut property = GeoLocationProperty::new();
        if let Some(continent) = self.continent {
            property = property.continent_code(match continent {
                Continent::Africa => "AF",
                Continent::Antarctica => "AN",
                Continent::Asia => "AS",
                Continent::Europe => "EU",
                Continent::NorthAmerica => "NA",
                Continent::Oceania => "OC",
                Continent::SouthAmerica => "SA",
            });
        }
        if let Some(country) = self.country {
            property = property.country_code(value::<String>(country));
        }
        if let Some(subdivision) = self.subdivision {
            property = property.subdivision_code(value::<String>(subdivision));
        }
        property
    }
}
