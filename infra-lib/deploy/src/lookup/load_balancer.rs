//! Looks up load balancers and their listeners.

use infra_aws::{Listener, LoadBalancer, LoadBalancing};
use serde::{Deserialize, Serialize};
use serde_json::{Map as JsonMap, Value as JsonValue, json};

use super::{LookupProblem, to_json_line};

/// Maximum number of load balancers per `DescribeTags` call.
const TAGGED: usize = 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LoadBalancerQuery {
    #[serde(rename = "loadBalancerType")]
    kind: String,
    #[serde(rename = "loadBalancerArn")]
    arn: Option<String>,
    #[serde(rename = "loadBalancerTags")]
    tags: Option<Vec<Tag>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct ListenerQuery {
    load_balancer_type: String,
    load_balancer_arn: Option<String>,
    load_balancer_tags: Option<Vec<Tag>>,
    listener_arn: Option<String>,
    listener_protocol: Option<String>,
    listener_port: Option<u16>,
}

#[derive(Clone, Deserialize, Serialize)]
struct Tag {
    #[serde(alias = "Key")]
    key: String,
    #[serde(alias = "Value")]
    value: String,
}

/// Returns a load balancer with the properties that constructs read.
pub(super) async fn find_load_balancer(
    balancing: &dyn LoadBalancing,
    query: &LoadBalancerQuery,
) -> Result<JsonValue, LookupProblem> {
    let tags = query.tags.as_deref();
    let arn = query.arn.as_deref();
    if arn.is_none() && tags.is_none() {
        return LookupProblem::reject("`loadBalancerArn` or `loadBalancerTags` must be given");
    }
    let found = list_load_balancers(balancing, &query.kind, arn, tags).await?;
    let balancer = match found.as_slice() {
        [balancer] => balancer,
        [] => return LookupProblem::reject("no load balancer matches"),
        several => {
            return LookupProblem::reject(describe_matches("load balancers", several, |one| {
                &one.arn
            }));
        }
    };
    // The CDK knows only these two address types.
    let addresses = match balancer.address_type.as_deref() {
        Some("ipv4") => "ipv4",
        _ => "dualstack",
    };
    let mut answer = JsonMap::new();
    let mut put = |name: &str, value: Option<JsonValue>| {
        answer.extend(value.map(|value| (name.to_owned(), value)));
    };
    put("loadBalancerArn", Some(balancer.arn.clone().into()));
    put(
        "loadBalancerCanonicalHostedZoneId",
        balancer.hosted_zone.clone().map(Into::into),
    );
    put(
        "loadBalancerDnsName",
        balancer.dns_name.clone().map(Into::into),
    );
    put("vpcId", balancer.vpc.clone().map(Into::into));
    put(
        "securityGroupIds",
        Some(balancer.security_groups.clone().into()),
    );
    put("ipAddressType", Some(addresses.into()));
    Ok(answer.into())
}

/// Returns a listener with its port and the security groups of its load balancer.
pub(super) async fn find_listener(
    balancing: &dyn LoadBalancing,
    query: &ListenerQuery,
) -> Result<JsonValue, LookupProblem> {
    let tags = query.load_balancer_tags.as_deref();
    let kind = &query.load_balancer_type;
    let arn = query.load_balancer_arn.as_deref();
    if let Some(listener) = &query.listener_arn {
        let Some(listener) = balancing.describe_listener(listener).await? else {
            return LookupProblem::reject(format!("the listener {listener} does not exist"));
        };
        let arn = listener.load_balancer.as_deref().or(arn);
        let found = list_load_balancers(balancing, kind, arn, tags).await?;
        return match found.as_slice() {
            [balancer] => Ok(listener_answer(&listener, Some(balancer))),
            _ => LookupProblem::reject(format!(
                "the load balancer of listener {} does not match",
                listener.arn
            )),
        };
    }
    if arn.is_none() && tags.is_none() {
        return LookupProblem::reject(
            "one of `listenerArn`, `loadBalancerArn` and `loadBalancerTags` must be given",
        );
    }
    let balancers = list_load_balancers(balancing, kind, arn, tags).await?;
    if balancers.is_empty() {
        return LookupProblem::reject("no load balancer matches");
    }
    let mut found = Vec::new();
    for balancer in &balancers {
        found.extend(balancing.describe_listeners(&balancer.arn).await?);
    }
    let protocol = &query.listener_protocol;
    found.retain(|one| {
        query
            .listener_port
            .is_none_or(|port| one.port == Some(port))
            && (protocol.is_none() || one.protocol == *protocol)
    });
    match found.as_slice() {
        [listener] => {
            let of = listener.load_balancer.as_ref();
            let balancer = balancers.iter().find(|one| Some(&one.arn) == of);
            Ok(listener_answer(listener, balancer))
        }
        [] => LookupProblem::reject("no listener matches"),
        several => LookupProblem::reject(describe_matches("listeners", several, |one| &one.arn)),
    }
}

fn listener_answer(listener: &Listener, balancer: Option<&LoadBalancer>) -> JsonValue {
    let groups = balancer.map(|one| one.security_groups.as_slice());
    json!({
        "listenerArn": listener.arn,
        "listenerPort": listener.port,
        "securityGroupIds": groups.unwrap_or_default(),
    })
}

fn describe_matches<T>(what: &str, several: &[T], arn: impl Fn(&T) -> &String) -> String {
    let arns: Vec<&String> = several.iter().map(arn).collect();
    format!("{} {what} match: {}", arns.len(), to_json_line(&arns))
}

/// Lists the load balancers of a type that have this ARN and all of these tags.
async fn list_load_balancers(
    balancing: &dyn LoadBalancing,
    kind: &str,
    arn: Option<&str>,
    tags: Option<&[Tag]>,
) -> Result<Vec<LoadBalancer>, LookupProblem> {
    let mut found = balancing.describe_load_balancers(arn).await?;
    found.retain(|one| one.kind == kind);
    let Some(tags) = tags else {
        return Ok(found);
    };
    let arns: Vec<String> = found.iter().map(|one| one.arn.clone()).collect();
    let mut tagged = Vec::new();
    for arns in arns.chunks(TAGGED) {
        let known = balancing.describe_tags(arns).await?;
        let matching = known.into_iter().filter(|(_, known)| {
            let mut wanted = tags.iter();
            wanted.all(|tag| known.get(&tag.key) == Some(&tag.value))
        });
        tagged.extend(matching.map(|(arn, _)| arn));
    }
    found.retain(|one| tagged.contains(&one.arn));
    Ok(found)
}
