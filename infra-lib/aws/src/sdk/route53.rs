//! Client for Route 53: hosted zones.

use async_trait::async_trait;
use aws_config::SdkConfig;

use super::ApiResult;
use super::signed::rest_xml::RestXmlClient;
use super::signed::{Endpoint, Service};
use crate::{HostedZone, HostedZones};

const SERVICE: Service = Service {
    name: "Route 53",
    id: "route_53",
    signing_name: "route53",
    endpoint: Endpoint::Route53,
};

/// Version of the API.
const VERSION: &str = "2013-04-01";

/// Route 53 client with signed calls.
#[derive(Debug)]
pub(super) struct Client(RestXmlClient);

impl Client {
    pub(super) fn new(config: &SdkConfig) -> Self {
        Self(RestXmlClient::new(config, SERVICE))
    }
}

#[async_trait]
impl HostedZones for Client {
    async fn list_zones_from(&self, domain: &str) -> ApiResult<Vec<HostedZone>> {
        let path = [VERSION, "hostedzonesbyname"];
        let query = [("dnsname", domain)];
        let answer = self
            .0
            .get_path("ListHostedZonesByName", &path, &query)
            .await?;
        let zones = answer.list_members("HostedZones").map(|zone| HostedZone {
            id: zone.text_or_empty("Id"),
            name: zone.text_or_empty("Name"),
            is_private: zone
                .find_child("Config")
                .is_some_and(|config| config.is_true("PrivateZone")),
        });
        Ok(zones.collect())
    }

    async fn list_zone_vpcs(&self, zone: &str) -> ApiResult<Vec<String>> {
        let id = zone.trim_start_matches("/hostedzone/");
        let path = [VERSION, "hostedzone", id];
        let answer = self.0.get_path("GetHostedZone", &path, &[]).await?;
        let vpcs = answer.list_members("VPCs");
        Ok(vpcs.filter_map(|vpc| vpc.child_text("VPCId")).collect())
    }
}
