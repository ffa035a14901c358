//! Looks up AMIs, Availability Zones, endpoint services and security groups.

use infra_aws::{Ec2, Filter, SecurityGroup};
use serde::Deserialize;
use serde_json::{Map as JsonMap, Value as JsonValue, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{LookupProblem, to_json_line};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct ImageQuery {
    #[serde(default)]
    owners: Vec<String>,
    #[serde(default)]
    filters: JsonMap<String, JsonValue>,
}

/// Returns the ID of the newest AMI that matches.
pub(super) async fn find_image(
    ec2: &dyn Ec2,
    query: ImageQuery,
) -> Result<JsonValue, LookupProblem> {
    let mut filters = Vec::new();
    for (name, values) in &query.filters {
        let Ok(values) = Vec::<String>::deserialize(values) else {
            return LookupProblem::reject(format!("the filter `{name}` is not a list of strings"));
        };
        filters.push(Filter::new(name, values));
    }
    let mut images = ec2.describe_images(&query.owners, &filters).await?;
    // The sort is stable: of several images with the same time, the first one remains first.
    images.sort_by_key(|image| {
        let created = image.created.as_deref();
        let created = created.and_then(|time| OffsetDateTime::parse(time, &Rfc3339).ok());
        std::cmp::Reverse(created)
    });
    match images.into_iter().next() {
        Some(newest) => Ok(newest.id.into()),
        None => LookupProblem::reject("no AMI matches"),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ZonesQuery {}

/// Returns the names of the zones that are available.
pub(super) async fn list_zones(ec2: &dyn Ec2, _: ZonesQuery) -> Result<JsonValue, LookupProblem> {
    let zones = ec2.describe_availability_zones().await?.into_iter();
    let available = zones.filter(|zone| zone.state == "available");
    Ok(available.map(|zone| JsonValue::from(zone.name)).collect())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct EndpointServiceQuery {
    service_name: String,
}

/// Returns the Availability Zones of an endpoint service.
pub(super) async fn find_endpoint_service(
    ec2: &dyn Ec2,
    query: EndpointServiceQuery,
) -> Result<JsonValue, LookupProblem> {
    Ok(ec2.list_endpoint_zones(&query.service_name).await?.into())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SecurityGroupQuery {
    security_group_id: Option<String>,
    security_group_name: Option<String>,
    vpc_id: Option<String>,
}

/// Returns the ID of a security group, and true or false for whether it allows all outbound traffic.
pub(super) async fn find_security_group(
    ec2: &dyn Ec2,
    query: &SecurityGroupQuery,
) -> Result<JsonValue, LookupProblem> {
    let id = query.security_group_id.as_ref().filter(|id| !id.is_empty());
    let name = query.security_group_name.as_ref();
    let name = name.filter(|name| !name.is_empty());
    if id.is_some() == name.is_some() {
        return LookupProblem::reject(
            "exactly one of `securityGroupId` and `securityGroupName` must be given",
        );
    }
    let vpc = query.vpc_id.as_ref().map(|id| Filter::new("vpc-id", [id]));
    let name = name.map(|name| Filter::new("group-name", [name]));
    let filters: Vec<Filter> = vpc.into_iter().chain(name).collect();
    let ids: Vec<String> = id.cloned().into_iter().collect();
    let groups = ec2.describe_security_groups(&ids, &filters).await?;
    match groups.as_slice() {
        [group] => Ok(json!({
            "securityGroupId": group.id,
            "allowAllOutbound": allows_all_egress(group),
        })),
        [] => LookupProblem::reject("no security group matches"),
        several => {
            let ids: Vec<&str> = several.iter().map(|group| group.id.as_str()).collect();
            LookupProblem::reject(format!(
                "{} security groups match: {}",
                several.len(),
                to_json_line(&ids)
            ))
        }
    }
}

/// Returns true if all outbound traffic is allowed, over both IPv4 and IPv6.
fn allows_all_egress(group: &SecurityGroup) -> bool {
    let rules = || group.egress.iter().filter(|rule| rule.protocol == "-1");
    rules().any(|rule| rule.cidrs.iter().any(|range| range == "0.0.0.0/0"))
        && rules().any(|rule| rule.ipv6_cidrs.iter().any(|range| range == "::/0"))
}
