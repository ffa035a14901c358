//! The [`NetworkAcl`] construct, and existing network ACLs.

use infra_cfn::ec2::{CfnNetworkAcl, CfnNetworkAclProps, CfnSubnetNetworkAclAssociationProps};
use infra_cfn::kind;

use super::network_acl_rule::{AclRule, Entries, add_entry};
use super::{AsSubnets, SubnetsRef};
use crate::core::logical_id::logical_id;
use crate::{Construct, Diagnostic, Id, IntoValue, Scope, Value, codes};

crate::construct! {
    /// A network access control list (network ACL): numbered rules for the packets that enter and leave subnets.
    ///
    /// Creates an
    /// [`AWS::EC2::NetworkAcl`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-networkacl.html),
    /// an `AWS::EC2::SubnetNetworkAclAssociation` for each subnet, and an `AWS::EC2::NetworkAclEntry` for each rule. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | inbound and outbound traffic | denied, until a rule allows it | the same |
    /// | subnets | all of the given tier | none: the resource alone has no effect |
    ///
    /// Network ACLs are an additional layer: security groups stay in effect, and allow the connection first of all. Rules
    /// are tried in the order of their numbers, and the first one that matches decides. They are *stateless*: the replies
    /// to an allowed connection need a rule of the other direction, with the port range 1024 to 65535 of clients. A network
    /// ACL that allows traffic in one direction only is reported (`INF4023`). See [control subnet traffic with network
    /// ACLs](https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html).
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::cidr;
    /// use infra_lib::ec2::{AclRule, NetworkAcl, Port, Vpc};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Network");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let data = NetworkAcl::builder().subnets(vpc.isolated()).build(stack, "Data");
    /// data.add_rule("Queries", AclRule::allow_inbound(100, vpc.cidr_block(), Port::POSTGRES));
    /// data.add_rule("Replies", AclRule::allow_outbound(100, vpc.cidr_block(), Port::tcp_range(1024, 65535)));
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct NetworkAcl<'app>: "infra-lib.ec2.NetworkAcl" {
        resource: CfnNetworkAcl<'app>,
    }

    /// Properties of a [`NetworkAcl`], set through [`NetworkAcl::builder`].
    pub struct NetworkAclProps, NetworkAclBuilder, network_acl_builder {
        /// Subnets that the rules apply to, in place of the default network ACL of the VPC. A subnet has exactly one network
        /// ACL (`INF4024`). A change of the VPC replaces the network ACL.
        required_reference subnets: AsSubnets::as_subnets => SubnetsRef<'app>,
    }
}

/// Node of the VPC that a network ACL belongs to.
struct OfVpc(crate::core::NodeId);

crate::import! {
    /// An existing network ACL, from [`NetworkAcl::from_id`].
    pub struct ImportedNetworkAcl<'app>: "infra-lib.ec2.ImportedNetworkAcl" {
        /// Returns the ID of the network ACL, `acl-…`.
        network_acl_id: Id<kind::ec2::NetworkAcl>,
    }
}

impl<'app> NetworkAcl<'app> {
    #[expect(
        clippy::needless_pass_by_value,
        reason = "`construct!` passes the properties by value"
    )]
    fn create(scope: Scope<'app>, props: NetworkAclProps<'app>) -> Self {
        scope.tag("Name", scope.path());
        let vpc = props.subnets.vpc();
        let resource = CfnNetworkAclProps::new(vpc.id()).build(scope, "Resource");
        Entries::watch(scope);
        scope.attach(OfVpc(vpc.scope().node_id()));
        let acl = Self { scope, resource };
        acl.associate_all(scope, props.subnets);
        acl
    }

    /// Imports an existing network ACL by its ID, `acl-…`. Rules can be added to it.
    #[track_caller]
    pub fn from_id(
        scope: impl Construct<'app>,
        id: &str,
        network_acl_id: impl IntoValue<Id<kind::ec2::NetworkAcl>>,
    ) -> ImportedNetworkAcl<'app> {
        let imported = ImportedNetworkAcl::import(scope, id, network_acl_id.into_value());
        Entries::attach(imported.scope());
        imported
    }

    /// Adds a rule, as the construct `id`. A number is used once for each direction (`INF4022`).
    #[track_caller]
    pub fn add_rule(&self, id: &str, rule: AclRule) {
        add_entry(self.scope.at_caller(), id, &self.network_acl_id(), rule);
    }

    /// Applies the rules to further subnets of the same VPC.
    ///
    /// ```
    /// # use infra_lib::{App, Stack, cidr, ec2::{NetworkAcl, Vpc}};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Network");
    /// # let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let acl = NetworkAcl::builder().subnets(vpc.isolated()).build(stack, "Acl");
    /// acl.associate(vpc.private());
    /// ```
    #[track_caller]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "subnets are small handles, which builders take by value"
    )]
    pub fn associate(&self, subnets: impl AsSubnets<'app>) {
        self.associate_all(self.scope.at_caller(), subnets.as_subnets());
    }

    fn associate_all(&self, scope: Scope<'app>, subnets: SubnetsRef<'app>) {
        let (vpc, tier) = (subnets.vpc(), subnets.tier());
        let own = self.scope.attached::<OfVpc>();
        if own.is_some_and(|own| own.0 != vpc.scope().node_id()) {
            scope.report(
                Diagnostic::new(
                    codes::SUBNET_ACL,
                    "a network ACL applies to subnets of another VPC",
                )
                .property("SubnetId")
                .expected("subnets of the VPC of the network ACL")
                .related(
                    "the VPC of the subnets is defined here",
                    vpc.scope().origin(),
                )
                .help("create a network ACL for each VPC"),
            );
            return;
        }
        for (index, subnet) in subnets.id_list().into_iter().enumerate() {
            let name = format!("{}Subnet{}", tier.id_part(), index + 1);
            let first = vpc
                .load_state()
                .network_acls
                .borrow_mut()
                .insert((tier, index), scope.origin());
            if let Some(first) = first {
                scope.report(
                    Diagnostic::new(
                        codes::SUBNET_ACL,
                        format!("the {tier} subnet {} has two network ACLs", index + 1),
                    )
                    .property("SubnetId")
                    .expected("one network ACL for each subnet")
                    .related("the other one applies here", first)
                    .help("add the rules of both to one network ACL"),
                );
                return;
            }
            // The id that the CDK derives from the path of the subnet.
            let path = match vpc.scope().child(&name) {
                Some(own) => own.path(),
                None => format!("{}/{name}", vpc.scope().path()),
            };
            let unique = logical_id(&path.split('/').collect::<Vec<_>>());
            let scope = scope.library_construct(
                &format!("DefaultAssociation{unique}"),
                "infra-lib.ec2.SubnetNetworkAclAssociation",
            );
            CfnSubnetNetworkAclAssociationProps::new(self.network_acl_id(), subnet)
                .build(scope, "Resource");
        }
    }

    /// Returns the ID of the network ACL, `acl-…`.
    pub fn network_acl_id(&self) -> Value<Id<kind::ec2::NetworkAcl>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the network ACL.
    pub fn cfn(&self) -> CfnNetworkAcl<'app> {
        self.resource
    }
}

impl ImportedNetworkAcl<'_> {
    /// Adds a rule, as the construct `id`. Numbers that other rules of the network ACL have are not known here.
    #[track_caller]
    pub fn add_rule(&self, id: &str, rule: AclRule) {
        add_entry(self.scope().at_caller(), id, &self.network_acl_id(), rule);
    }
}
