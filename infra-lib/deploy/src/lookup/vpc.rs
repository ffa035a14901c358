//! Looks up a VPC and its subnet groups, in the form that `Vpc.fromLookup` of the CDK reads.

use infra_aws::{Ec2, Filter, Route, RouteTable, Subnet};
use serde::Deserialize;
use serde_json::{Map as JsonMap, Value as JsonValue, json};

use super::{LookupProblem, to_json_line};

/// Tags with type and name that the CDK sets on its subnets.
const TYPE_TAG: &str = "aws-cdk:subnet-type";
const NAME_TAG: &str = "aws-cdk:subnet-name";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct VpcQuery {
    filter: JsonMap<String, JsonValue>,
    #[serde(default)]
    return_asymmetric_subnets: bool,
    subnet_group_name_tag: Option<String>,
    return_vpn_gateways: Option<bool>,
}

/// Subnet type, by the routes to the internet.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    Public,
    Private,
    Isolated,
}

const KINDS: [(&str, Kind); 3] = [
    ("Public", Kind::Public),
    ("Private", Kind::Private),
    ("Isolated", Kind::Isolated),
];

/// A subnet as it appears in the answer.
struct Member {
    id: String,
    cidr: Option<String>,
    zone: String,
    table: String,
}

/// Subnets of the same type and name, ordered by Availability Zone.
struct Group {
    kind: Kind,
    name: String,
    members: Vec<Member>,
}

pub(super) async fn find_vpc(ec2: &dyn Ec2, query: &VpcQuery) -> Result<JsonValue, LookupProblem> {
    let mut filters = Vec::new();
    for (name, value) in &query.filter {
        let Some(value) = value.as_str() else {
            return LookupProblem::reject(format!("the filter `{name}` is not a string"));
        };
        filters.push(Filter::new(name, [value]));
    }
    let found = ec2.describe_vpcs(&filters).await?;
    let [vpc] = found.as_slice() else {
        if found.is_empty() {
            return LookupProblem::reject(format!(
                "no VPC matches {}",
                to_json_line(&query.filter)
            ));
        }
        let ids: Vec<&str> = found.iter().map(|vpc| vpc.id.as_str()).collect();
        return LookupProblem::reject(format!(
            "{} VPCs match {}: {}",
            ids.len(),
            to_json_line(&query.filter),
            to_json_line(&ids)
        ));
    };
    let subnets = ec2.describe_subnets(&vpc.id).await?;
    let tables = ec2.describe_route_tables(&vpc.id).await?;
    let groups = group_subnets(subnets, &tables, query.subnet_group_name_tag.as_deref())?;
    let gateways = if query.return_vpn_gateways.unwrap_or(true) {
        ec2.list_vpn_gateways(&vpc.id).await?
    } else {
        Vec::new()
    };
    let mut answer = JsonMap::new();
    let mut put = |name: &str, value: Option<JsonValue>| {
        // Unknown values are omitted, as in the CDK's answers.
        answer.extend(value.map(|value| (name.to_owned(), value)));
    };
    put("vpcId", Some(vpc.id.clone().into()));
    put("vpcCidrBlock", vpc.cidr.clone().map(Into::into));
    put("ownerAccountId", vpc.owner.clone().map(Into::into));
    if query.return_asymmetric_subnets {
        put("availabilityZones", Some(json!([])));
    } else {
        put("availabilityZones", Some(common_zones(&groups)?));
        for (kind, prefix) in [
            (Kind::Isolated, "isolated"),
            (Kind::Private, "private"),
            (Kind::Public, "public"),
        ] {
            let of_kind = || groups.iter().filter(move |group| group.kind == kind);
            let members = || of_kind().flat_map(|group| &group.members);
            let ids = members().map(|member| member.id.as_str()).collect();
            let names = of_kind().map(|group| group.name.as_str()).collect();
            let tables = members().map(|member| member.table.as_str()).collect();
            put(&format!("{prefix}SubnetIds"), json_unless_empty(ids));
            put(&format!("{prefix}SubnetNames"), json_unless_empty(names));
            put(
                &format!("{prefix}SubnetRouteTableIds"),
                json_unless_empty(tables),
            );
        }
    }
    if let [gateway] = gateways.as_slice() {
        put("vpnGatewayId", Some(gateway.clone().into()));
    }
    if query.return_asymmetric_subnets {
        put(
            "subnetGroups",
            Some(groups.iter().map(group_to_json).collect()),
        );
    }
    Ok(answer.into())
}

fn json_unless_empty(texts: Vec<&str>) -> Option<JsonValue> {
    (!texts.is_empty()).then(|| texts.into())
}

/// Returns the zones of the subnet groups. All groups must have the same zones, because this form of the answer lists them only once.
fn common_zones(groups: &[Group]) -> Result<JsonValue, LookupProblem> {
    let zones = |group: &Group| -> Vec<String> {
        let members = group.members.iter();
        members.map(|member| member.zone.clone()).collect()
    };
    let Some(first) = groups.first() else {
        return LookupProblem::reject("the VPC has no subnets");
    };
    let expected = zones(first);
    match groups.iter().map(zones).find(|zones| *zones != expected) {
        None => Ok(expected.into()),
        Some(other) => LookupProblem::reject(format!(
            "the groups of subnets are in different Availability Zones: {} and {}",
            to_json_line(&expected),
            to_json_line(&other)
        )),
    }
}

fn group_to_json(group: &Group) -> JsonValue {
    let kind = KINDS.iter().find(|(_, kind)| *kind == group.kind);
    let members = group.members.iter().map(|member| {
        let mut json = JsonMap::new();
        json.insert("subnetId".to_owned(), member.id.clone().into());
        if let Some(cidr) = &member.cidr {
            json.insert("cidr".to_owned(), cidr.clone().into());
        }
        json.insert("availabilityZone".to_owned(), member.zone.clone().into());
        json.insert("routeTableId".to_owned(), member.table.clone().into());
        JsonValue::Object(json)
    });
    json!({
        "name": group.name,
        "type": kind.map(|(word, _)| *word),
        "subnets": members.collect::<Vec<_>>(),
    })
}

/// Groups subnets by type and name, in the order of the first subnet of each group.
fn group_subnets(
    subnets: Vec<Subnet>,
    tables: &[RouteTable],
    name_tag: Option<&str>,
) -> Result<Vec<Group>, LookupProblem> {
    let main = tables.iter().find(|table| table.is_main);
    let mut groups: Vec<Group> = Vec::new();
    for subnet in subnets {
        let shown = subnet.arn.as_deref().unwrap_or(&subnet.id);
        let own = tables
            .iter()
            .find(|table| table.subnets.contains(&subnet.id));
        let table = own.or(main);
        let kind = match subnet.tags.get(TYPE_TAG) {
            None => kind_of(&subnet, table),
            Some(word) => match KINDS.iter().find(|(known, _)| known == word) {
                Some((_, kind)) => *kind,
                None => {
                    return LookupProblem::reject(format!(
                        "the tag `{TYPE_TAG}` of subnet {shown} is `{word}`, but must be Public, Private or Isolated"
                    ));
                }
            },
        };
        let word = KINDS.iter().find(|(_, one)| *one == kind);
        let tag = |name: &str| subnet.tags.get(name).filter(|value| !value.is_empty());
        if let Some(name) = name_tag.filter(|name| tag(name).is_none()) {
            return LookupProblem::reject(format!("subnet {shown} has no tag `{name}`"));
        }
        let name = tag(name_tag.unwrap_or(NAME_TAG)).map(String::as_str);
        let name = name.or(word.map(|(word, _)| *word)).unwrap_or_default();
        let Some(table) = table else {
            return LookupProblem::reject(format!(
                "subnet {shown} has no route table, and its VPC has no main route table"
            ));
        };
        let member = Member {
            table: table.id.clone(),
            id: subnet.id.clone(),
            cidr: subnet.cidr.clone(),
            zone: subnet.zone.clone(),
        };
        let known = groups.iter_mut();
        match known
            .into_iter()
            .find(|group| group.kind == kind && group.name == name)
        {
            Some(group) => group.members.push(member),
            None => groups.push(Group {
                kind,
                name: name.to_owned(),
                members: vec![member],
            }),
        }
    }
    for group in &mut groups {
        group.members.sort_by(|a, b| a.zone.cmp(&b.zone));
    }
    Ok(groups)
}

/// Derives the type of a subnet without a type tag from its attributes and routes.
fn kind_of(subnet: &Subnet, table: Option<&RouteTable>) -> Kind {
    let has =
        |wanted: fn(&Route) -> bool| table.is_some_and(|table| table.routes.iter().any(wanted));
    let to_internet_gateway = |route: &Route| {
        let gateway = route.gateway.as_deref();
        gateway.is_some_and(|id| id.starts_with("igw-"))
    };
    let out_through_another = |route: &Route| {
        route.destination.as_deref() == Some("0.0.0.0/0")
            && (route.nat_gateway.is_some() || route.transit_gateway.is_some())
    };
    if subnet.gives_public_addresses || has(to_internet_gateway) {
        Kind::Public
    } else if has(out_through_another) {
        Kind::Private
    } else {
        Kind::Isolated
    }
}
