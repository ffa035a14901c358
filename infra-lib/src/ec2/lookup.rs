//! Lookups of VPCs, security groups, Availability Zones and images.

use std::cell::RefCell;

use serde_json::{Map as JsonMap, Value as JsonValue, json};

use super::vpc_state::{State, SubnetState};
use super::{Cidr, Egress, SecurityGroup, Tier, Vpc};
use crate::lookup::{ask, text};
use crate::{Construct, Scope, Value, value};

/// An existing VPC to look up, for [`Vpc::from_lookup`]. All conditions together must match exactly one.
#[derive(Clone, Debug, Default)]
#[must_use = "a lookup has no effect until it is passed to `Vpc::from_lookup`"]
pub struct VpcLookup {
    filter: JsonMap<String, JsonValue>,
    owner: Option<String>,
    groups: [Option<String>; 3],
    name_tag: Option<String>,
}

impl VpcLookup {
    /// Looks up the VPC with an ID.
    pub fn by_id(vpc_id: &str) -> Self {
        Self::default().filter("vpc-id", vpc_id)
    }

    /// Looks up the VPC with a name, which is its tag `Name`.
    pub fn by_name(name: &str) -> Self {
        Self::default().filter("tag:Name", name)
    }

    /// Looks up the VPC with a tag.
    pub fn by_tag(key: &str, value: &str) -> Self {
        Self::default().tag(key, value)
    }

    /// Looks up the default VPC of the account and region.
    pub fn default_vpc() -> Self {
        Self::default().filter("isDefault", "true")
    }

    /// Requires a tag as well.
    pub fn tag(self, key: &str, value: &str) -> Self {
        self.filter(&format!("tag:{key}"), value)
    }

    /// Requires an account that owns the VPC, for VPCs that are shared with this account.
    pub fn owner_account(mut self, account_id: &str) -> Self {
        self.owner = Some(account_id.to_owned());
        self
    }

    /// Takes the subnets of a tier from the group with a name, for VPCs with several groups of public, private or isolated
    /// subnets. Default: the subnets of all groups.
    pub fn subnet_group(mut self, tier: Tier, name: &str) -> Self {
        self.groups[tier.tier_index()] = Some(name.to_owned());
        self
    }

    /// Sets the tag of subnets with the name of their group. Default: `aws-cdk:subnet-name`, which the CDK sets.
    pub fn subnet_group_name_tag(mut self, tag: &str) -> Self {
        self.name_tag = Some(tag.to_owned());
        self
    }

    fn filter(mut self, name: &str, value: &str) -> Self {
        self.filter.insert(name.to_owned(), value.into());
        self
    }

    fn question(&self) -> JsonValue {
        let mut filter = self.filter.clone();
        if let Some(owner) = &self.owner {
            filter.insert("owner-id".to_owned(), owner.as_str().into());
        }
        json!({
            "filter": filter,
            "returnAsymmetricSubnets": true,
            "subnetGroupNameTag": self.name_tag,
        })
    }

    /// Returns the subnets of a tier.
    fn subnets(&self, tier: Tier, answer: &JsonValue) -> Vec<SubnetState> {
        let kind = match tier {
            Tier::Public => "Public",
            Tier::PrivateWithEgress => "Private",
            Tier::Isolated => "Isolated",
        };
        let wanted = self.groups[tier.tier_index()].as_deref();
        let groups = answer["subnetGroups"].as_array();
        groups
            .into_iter()
            .flatten()
            .filter(|group| text(group, "type") == kind)
            .filter(|group| wanted.is_none_or(|name| text(group, "name") == name))
            .filter_map(|group| group["subnets"].as_array())
            .flatten()
            .map(|subnet| SubnetState {
                id: value(text(subnet, "subnetId")),
                zone: Some(value(text(subnet, "availabilityZone"))),
                route_table: Some(value(text(subnet, "routeTableId"))),
                routes: Vec::new(),
            })
            .collect()
    }
}

/// Returns the CDK's placeholder of a VPC.
fn dummy_vpc() -> JsonValue {
    let subnet = |prefix: &str, number: &str, zone: &str, table: &str| {
        json!({
            "availabilityZone": zone, "subnetId": format!("{prefix}-{number}"),
            "routeTableId": table, "cidr": "1.2.3.4/5"
        })
    };
    let group = |kind: &str, prefix: &str, tables: [&str; 2]| {
        json!({ "name": kind, "type": kind, "subnets": [
            subnet(prefix, "12345", "dummy1a", tables[0]),
            subnet(prefix, "67890", "dummy1b", tables[1]),
        ] })
    };
    json!({
        "vpcId": "vpc-12345", "vpcCidrBlock": "1.2.3.4/5", "availabilityZones": [],
        "subnetGroups": [
            group("Public", "s", ["rtb-12345s", "rtb-67890s"]),
            group("Private", "p", ["rtb-12345p", "rtb-57890p"]),
            group("Isolated", "p", ["rtb-12345p", "rtb-57890p"]),
        ]
    })
}

impl<'app> Vpc<'app> {
    /// Imports an existing VPC with its subnets, which a context lookup finds by their routes to the internet.
    ///
    /// Until the lookup has an answer, it is the CDK's placeholder `vpc-12345` with two subnets in each tier.
    ///
    /// ```
    /// # use infra_lib::prelude::*;
    /// # use infra_lib::ec2::{Vpc, VpcLookup};
    /// let app = App::new();
    /// let stack = StackProps::new()
    ///     .environment(Environment::new("111122223333", "eu-west-1"))
    ///     .build(&app, "Web");
    /// let vpc = Vpc::from_lookup(stack, "Vpc", &VpcLookup::by_name("main"));
    /// assert_eq!(vpc.private().count(), 2);
    /// ```
    #[track_caller]
    pub fn from_lookup(scope: impl Construct<'app>, id: &str, lookup: &VpcLookup) -> Self {
        let scope = scope.scope().library_construct(id, "infra-lib.ec2.Vpc");
        let answer = ask(scope, "vpc-provider", lookup.question(), dummy_vpc());
        let tiers = [Tier::Public, Tier::PrivateWithEgress, Tier::Isolated];
        let mut subnets: [Vec<SubnetState>; 3] = Default::default();
        for tier in tiers {
            subnets[tier.tier_index()] = lookup.subnets(tier, &answer);
        }
        let block = text(&answer, "vpcCidrBlock");
        scope.attach(State {
            vpc_id: value(text(&answer, "vpcId")),
            cidr: (!block.is_empty()).then(|| value(block)),
            block: Cidr::parse(block).ok(),
            // The provider calls subnets private whose default route leads to a NAT gateway or a transit gateway.
            internet_egress: !subnets[Tier::PrivateWithEgress.tier_index()].is_empty(),
            dual_stack: false,
            tiers: subnets,
            endpoints: RefCell::default(),
            network_acls: RefCell::default(),
        });
        Self::from_scope(scope)
    }
}

/// An existing security group to look up, for [`SecurityGroup::from_lookup`].
#[derive(Clone, Debug)]
#[must_use = "a lookup has no effect until it is passed to `SecurityGroup::from_lookup`"]
pub struct SecurityGroupLookup(JsonValue);

impl SecurityGroupLookup {
    /// Looks up the security group with an ID, for the traffic that it allows.
    pub fn by_id(group_id: &str) -> Self {
        Self(json!({ "securityGroupId": group_id }))
    }

    /// Looks up the security group with a name in the VPC with an ID.
    pub fn by_name(name: &str, vpc_id: &str) -> Self {
        Self(json!({ "securityGroupName": name, "vpcId": vpc_id }))
    }
}

impl<'app> SecurityGroup<'app> {
    /// Imports an existing security group, which a context lookup finds, with the outbound traffic that it allows.
    ///
    /// Until the lookup has an answer, it is the CDK's placeholder `sg-12345678`.
    #[track_caller]
    pub fn from_lookup(
        scope: impl Construct<'app>,
        id: &str,
        lookup: &SecurityGroupLookup,
    ) -> Self {
        let scope = scope.scope().at_caller();
        let (group_id, egress) = find_group(scope, lookup);
        Self::from_id(scope, id, group_id.as_str(), egress)
    }
}

/// Returns the ID of a security group, and the outbound traffic that it allows.
fn find_group(scope: Scope<'_>, lookup: &SecurityGroupLookup) -> (String, Egress) {
    let dummy = json!({ "securityGroupId": "sg-12345678", "allowAllOutbound": true });
    let answer = ask(scope, "security-group", lookup.0.clone(), dummy);
    let egress = match answer["allowAllOutbound"].as_bool() {
        Some(true) => Egress::AllowAll,
        _ => Egress::DenyAll,
    };
    (text(&answer, "securityGroupId").to_owned(), egress)
}

/// Returns the outbound traffic that all of the security groups with these IDs allow.
pub(crate) fn lookup_egress<'a>(
    scope: Scope<'_>,
    group_ids: impl Iterator<Item = &'a str>,
) -> Egress {
    let mut egress = Egress::AllowAll;
    for id in group_ids {
        if find_group(scope, &SecurityGroupLookup::by_id(id)).1 == Egress::DenyAll {
            egress = Egress::DenyAll;
        }
    }
    egress
}

/// Returns the names of the Availability Zones of the stack's account and region, which a context lookup finds. Without an
/// answer, they are `dummy1a`, `dummy1b` and `dummy1c`, as in the CDK.
pub fn lookup_availability_zones<'app>(scope: impl Construct<'app>) -> Vec<String> {
    let dummy = json!(["dummy1a", "dummy1b", "dummy1c"]);
    list_of(&ask(scope, "availability-zones", json!({}), dummy))
}

/// Returns the Availability Zones of an endpoint service, such as `com.amazonaws.vpce.eu-west-1.vpce-svc-…`, which a context
/// lookup finds. Without an answer, there are none, as in the CDK.
pub fn lookup_endpoint_service_zones<'app>(
    scope: impl Construct<'app>,
    service_name: &str,
) -> Vec<String> {
    let question = json!({ "serviceName": service_name });
    let provider = "endpoint-service-availability-zones";
    list_of(&ask(scope, provider, question, json!([])))
}

fn list_of(answer: &JsonValue) -> Vec<String> {
    let list = answer.as_array().into_iter().flatten();
    list.filter_map(JsonValue::as_str)
        .map(str::to_owned)
        .collect()
}

/// A machine image (AMI) to look up: the newest one with a name.
///
/// ```
/// use infra_lib::ec2::ImageLookup;
/// use infra_lib::{App, Environment, StackProps};
///
/// let app = App::new();
/// let stack = StackProps::new()
///     .environment(Environment::new("111122223333", "eu-west-1"))
///     .build(&app, "Stack");
/// let image = ImageLookup::by_name("al2023-ami-2023.*-arm64").owner("amazon").find(stack);
/// assert_eq!(image.as_literal(), Some("ami-1234"));
/// ```
#[derive(Clone, Debug)]
#[must_use = "a lookup has no effect until `find` is called"]
pub struct ImageLookup {
    owners: Vec<String>,
    filters: JsonMap<String, JsonValue>,
}

impl ImageLookup {
    /// Looks up the newest available image with a name, in which `*` and `?` match any text.
    pub fn by_name(name: &str) -> Self {
        let filter = |name: &str, value: &str| (name.to_owned(), json!([value]));
        Self {
            owners: Vec::new(),
            filters: JsonMap::from_iter([
                filter("name", name),
                filter("state", "available"),
                filter("image-type", "machine"),
            ]),
        }
    }

    /// Adds an owner: an account, `amazon`, `aws-marketplace` or `self`. Default: any; anyone can publish an image with any
    /// name.
    pub fn owner(mut self, owner: &str) -> Self {
        self.owners.push(owner.to_owned());
        self
    }

    /// Adds a [filter](https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html), such as
    /// `architecture`.
    pub fn filter<'v>(mut self, name: &str, values: impl IntoIterator<Item = &'v str>) -> Self {
        let values: Vec<&str> = values.into_iter().collect();
        self.filters.insert(name.to_owned(), json!(values));
        self
    }

    /// Returns the ID of the image. Without an answer, it is the CDK's placeholder `ami-1234`.
    pub fn find<'app>(self, scope: impl Construct<'app>) -> Value<String> {
        let owners = if self.owners.is_empty() {
            JsonValue::Null
        } else {
            self.owners.into()
        };
        let question = json!({ "owners": owners, "filters": self.filters });
        let answer = ask(scope, "ami", question, "ami-1234".into());
        value(answer.as_str().unwrap_or("ami-1234"))
    }
}
