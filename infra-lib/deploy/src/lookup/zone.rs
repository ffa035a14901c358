//! Looks up Route 53 hosted zones by domain name.

use infra_aws::HostedZones;
use serde::Deserialize;
use serde_json::{Value as JsonValue, json};

use super::{LookupProblem, to_json_line};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct ZoneQuery {
    domain_name: String,
    #[serde(default)]
    private_zone: bool,
    vpc_id: Option<String>,
}

/// Returns the ID and name of the only hosted zone of a domain.
pub(super) async fn find_hosted_zone(
    zones: &dyn HostedZones,
    query: &ZoneQuery,
) -> Result<JsonValue, LookupProblem> {
    let domain = &query.domain_name;
    let name = format!("{}.", domain.strip_suffix('.').unwrap_or(domain));
    let mut found = zones.list_zones_from(domain).await?;
    found.retain(|zone| zone.name == name && zone.is_private == query.private_zone);
    if let Some(vpc) = &query.vpc_id {
        let mut seen = Vec::new();
        for zone in found {
            if zones.list_zone_vpcs(&zone.id).await?.contains(vpc) {
                seen.push(zone);
            }
        }
        found = seen;
    }
    let kind = if query.private_zone {
        "private"
    } else {
        "public"
    };
    match found.as_slice() {
        [zone] => Ok(json!({ "Id": zone.id, "Name": zone.name })),
        [] => LookupProblem::reject(format!("the {kind} hosted zone `{name}` does not exist")),
        several => {
            let ids: Vec<&str> = several.iter().map(|zone| zone.id.as_str()).collect();
            LookupProblem::reject(format!(
                "there are {} {kind} hosted zones `{name}`: {}",
                ids.len(),
                to_json_line(&ids)
            ))
        }
    }
}
