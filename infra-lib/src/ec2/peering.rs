//! The [`VpcPeeringConnection`] construct and its far end, [`PeerVpc`].

use std::collections::BTreeSet;

use infra_cfn::ec2::{CfnRouteProps, CfnVpcPeeringConnection, CfnVpcPeeringConnectionProps};
use infra_cfn::kind;

use super::{Cidr, Tier, Vpc};
use crate::construct::With;
use crate::import::check_form;
use crate::{Arn, Construct, Diagnostic, Id, IntoValue, Scope, Value, codes};

/// The VPC at the far end of a [`VpcPeeringConnection`]: one of the same account and region as a [`Vpc`], or any other by
/// its ID and block.
#[derive(Clone, Debug)]
pub struct PeerVpc<'app> {
    own: Option<Vpc<'app>>,
    id: Value<Id<kind::ec2::Vpc>>,
    block: Option<Cidr>,
    cidr: Value<String>,
    account: Option<Value<String>>,
    region: Option<Value<String>>,
    role: Option<Value<Arn<kind::iam::Role>>>,
}

impl<'app> PeerVpc<'app> {
    /// Returns a VPC of this account and region, which gets routes as well. Its connection is accepted at once.
    #[track_caller]
    pub fn same_account(vpc: Vpc<'app>) -> Self {
        Self {
            own: Some(vpc),
            id: vpc.id(),
            block: vpc.load_state().block,
            cidr: vpc.cidr_block(),
            account: None,
            region: None,
            role: None,
        }
    }

    /// Returns a VPC by its ID and IPv4 block. Add routes to it where it is defined.
    pub fn by_id(vpc_id: impl IntoValue<Id<kind::ec2::Vpc>>, block: Cidr) -> Self {
        Self {
            own: None,
            id: vpc_id.into_value(),
            block: Some(block),
            cidr: block.into_value(),
            account: None,
            region: None,
            role: None,
        }
    }

    /// Sets the account of the VPC, and a role of that account which accepts the connection (`ec2:AcceptVpcPeeringConnection`).
    ///
    /// See [peer with a VPC in another
    /// account](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/peer-with-vpc-in-another-account.html).
    pub fn account(
        mut self,
        account: impl IntoValue<String>,
        accepter_role: impl IntoValue<Arn<kind::iam::Role>>,
    ) -> Self {
        self.account = Some(account.into_value());
        self.role = Some(accepter_role.into_value());
        self
    }

    /// Sets the region of the VPC. Default: that of the stack.
    pub fn region(mut self, region: impl IntoValue<String>) -> Self {
        self.region = Some(region.into_value());
        self
    }
}

crate::construct! {
    /// A VPC peering connection: private traffic between two VPCs, which may be in different accounts and regions.
    ///
    /// Creates an
    /// [`AWS::EC2::VPCPeeringConnection`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcpeeringconnection.html)
    /// and an `AWS::EC2::Route` for each subnet that uses it. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | routes | from private and isolated subnets of both VPCs of the app | none: the resource alone carries no traffic |
    /// | account, region | those of the stack | the same |
    ///
    /// Security groups still decide which connections pass. The blocks must not overlap (`INF4026`). Peering is not
    /// transitive: a third VPC behind the far end is out of reach. See [VPC peering
    /// basics](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html).
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::cidr;
    /// use infra_lib::ec2::{PeerVpc, Vpc, VpcPeeringConnection};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Network");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let tools = Vpc::builder().cidr(cidr!("10.1.0.0/16")).build(stack, "Tools");
    /// VpcPeeringConnection::builder()
    ///     .vpc(vpc)
    ///     .peer(PeerVpc::same_account(tools))
    ///     .build(stack, "Peering");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct VpcPeeringConnection<'app>: "infra-lib.ec2.VpcPeeringConnection" {
        resource: CfnVpcPeeringConnection<'app>,
    }

    /// Properties of a [`VpcPeeringConnection`], set through [`VpcPeeringConnection::builder`].
    pub struct VpcPeeringConnectionProps, VpcPeeringConnectionBuilder, vpc_peering_connection_builder {
        /// VPC that requests the connection. Changing it replaces the connection.
        required_handle vpc: Vpc<'app>,
        /// VPC at the far end. Changing it replaces the connection.
        required peer: PeerVpc<'app>,
        /// Tiers whose subnets reach the other VPC. Default: private and isolated. With no tiers there are no routes.
        default tiers: Vec<Tier> = vec![Tier::PrivateWithEgress, Tier::Isolated],
    }
}

crate::import! {
    /// An existing VPC peering connection, from [`VpcPeeringConnection::from_id`]: one that another account or program
    /// requested, and that was accepted.
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::cidr;
    /// use infra_lib::ec2::{Tier, Vpc, VpcPeeringConnection};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Network");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// VpcPeeringConnection::from_id(stack, "Tools", "pcx-0a1b2c3d4e5f60718")
    ///     .add_routes("Vpc", vpc, [Tier::PrivateWithEgress], cidr!("10.1.0.0/16"));
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ImportedVpcPeeringConnection<'app>: "infra-lib.ec2.ImportedVpcPeeringConnection" {
        /// Returns the ID of the connection, `pcx-…`.
        vpc_peering_connection_id: Id<kind::ec2::VpcPeeringConnection>,
    }
}

impl<'app> ImportedVpcPeeringConnection<'app> {
    /// Adds routes to the addresses of the other VPC to the route tables of tiers of a VPC, as the construct `id`.
    ///
    /// Reports blocks that overlap (`INF4026`) and subnets of an imported VPC whose route table is not known (`INF4027`).
    #[track_caller]
    pub fn add_routes(
        &self,
        id: &str,
        vpc: Vpc<'app>,
        tiers: impl IntoIterator<Item = Tier>,
        destination: Cidr,
    ) {
        let scope = self
            .scope
            .at_caller()
            .library_construct(id, "infra-lib.ec2.PeeringRoutes");
        check_overlap(scope, vpc, Some(destination), None);
        Routes {
            scope,
            prefix: "",
            connection: self.vpc_peering_connection_id(),
        }
        .add(vpc, &unique(tiers), &destination.into_value());
    }
}

impl<'app> VpcPeeringConnection<'app> {
    fn create(scope: Scope<'app>, props: VpcPeeringConnectionProps<'app>) -> Self {
        let (vpc, peer) = (props.vpc, props.peer);
        check_overlap(scope, vpc, peer.block, peer.own);
        scope.tag("Name", scope.path());
        let resource = CfnVpcPeeringConnectionProps::new(&peer.id, vpc.id())
            .with(peer.account, CfnVpcPeeringConnectionProps::peer_owner_id)
            .with(peer.region, CfnVpcPeeringConnectionProps::peer_region)
            .with(peer.role, CfnVpcPeeringConnectionProps::peer_role_arn)
            .build(scope, "Resource");
        let connection = Self { scope, resource };
        let routes = |prefix| Routes {
            scope,
            prefix,
            connection: connection.vpc_peering_connection_id(),
        };
        let tiers = unique(props.tiers);
        routes("").add(vpc, &tiers, &peer.cidr);
        if let Some(far) = peer.own.filter(|_| !tiers.is_empty()) {
            routes("Peer").add(far, &tiers, &vpc.cidr_block());
        }
        connection
    }

    /// Imports an existing connection of the account and region by its ID, `pcx-…`. Another literal is reported (`INF8026`).
    #[track_caller]
    pub fn from_id(
        scope: impl Construct<'app>,
        id: &str,
        vpc_peering_connection_id: impl IntoValue<Id<kind::ec2::VpcPeeringConnection>>,
    ) -> ImportedVpcPeeringConnection<'app> {
        let given = vpc_peering_connection_id.into_value();
        let connection = ImportedVpcPeeringConnection::import(scope, id, given.clone());
        let shown = "the ID of a VPC peering connection, `pcx-…`";
        check_form(&connection, &given, shown, |text| text.starts_with("pcx-"));
        connection
    }

    /// Returns the ID of the connection, `pcx-…`, for routes of other tables.
    pub fn vpc_peering_connection_id(&self) -> Value<Id<kind::ec2::VpcPeeringConnection>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the connection.
    pub fn cfn(&self) -> CfnVpcPeeringConnection<'app> {
        self.resource
    }
}

/// Returns tiers in their order, each once.
fn unique(tiers: impl IntoIterator<Item = Tier>) -> Vec<Tier> {
    let unique: BTreeSet<Tier> = tiers.into_iter().collect();
    unique.into_iter().collect()
}

/// Routes through a connection, as children of a construct whose IDs start with `prefix`.
struct Routes<'app> {
    scope: Scope<'app>,
    prefix: &'static str,
    connection: Value<Id<kind::ec2::VpcPeeringConnection>>,
}

impl<'app> Routes<'app> {
    /// Adds a route to `destination` to the route tables of a VPC. Reports subnets whose route table is not known.
    fn add(&self, vpc: Vpc<'app>, tiers: &[Tier], destination: &Value<String>) {
        let prefix = self.prefix;
        let state = vpc.load_state();
        let mut tables = Vec::new();
        for tier in tiers {
            for (index, subnet) in state.subnets(*tier).iter().enumerate() {
                let Some(table) = &subnet.route_table else {
                    self.report_unknown_table(vpc, *tier);
                    return;
                };
                // Subnets of an existing VPC may share a table.
                if tables.contains(table) {
                    continue;
                }
                tables.push(table.clone());
                CfnRouteProps::new(table.clone().cast::<String>())
                    .destination_cidr_block(destination)
                    .vpc_peering_connection_id(&self.connection)
                    .build(
                        self.scope,
                        &format!("{prefix}{}Route{}", tier.id_part(), index + 1),
                    );
            }
        }
    }

    fn report_unknown_table(&self, vpc: Vpc<'app>, tier: Tier) {
        self.scope.report(
            Diagnostic::new(
                codes::PEERING_ROUTES,
                format!("the route tables of the {tier} subnets of an imported VPC are not known"),
            )
            .expected("subnets with a route table")
            .related("the VPC is imported here", vpc.scope().origin())
            .help("set `SubnetAttributes::new(…).route_table(\"rtb-…\")`, import it with `Vpc::from_lookup`, or leave these tiers out and add the routes where the VPC is defined"),
        );
    }
}

/// Reports blocks that overlap, for which EC2 rejects the connection.
fn check_overlap(scope: Scope<'_>, vpc: Vpc<'_>, block: Option<Cidr>, peer: Option<Vpc<'_>>) {
    let (Some(near), Some(far)) = (vpc.load_state().block, block) else {
        return;
    };
    if !near.overlaps(far) {
        return;
    }
    let found = Diagnostic::new(
        codes::PEERING_OVERLAP,
        format!("the CIDR blocks {near} and {far} of peered VPCs overlap"),
    )
    .property("PeerVpcId")
    .actual(far.to_string())
    .expected(format!("a block outside {near}"))
    .related("the VPC is defined here", vpc.scope().origin())
    .help("give each VPC a block of its own, such as cidr!(\"10.1.0.0/16\"); an interface endpoint reaches a service of a VPC with the same block");
    let found = match peer {
        Some(own) => found.related("its peer is defined here", own.scope().origin()),
        None => found,
    };
    scope.report(found);
}
