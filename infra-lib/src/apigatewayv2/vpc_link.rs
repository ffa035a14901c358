//! VPC links: network interfaces through which an HTTP API reaches a VPC.

use bon::Builder;

use crate::cfn::apigatewayv2::{CfnVpcLink, CfnVpcLinkProps};
use crate::core::{Construct, Id, IntoValue, Scope, Value};
use crate::ec2::{
    AsSubnets, Connectable, Connections, InternalTier, Outbound, SecurityGroup, Subnets,
    SubnetsRef, create_group,
};
use crate::kind;
use crate::unique_name::unique_name;

/// Network interfaces in a VPC, through which HTTP APIs reach load balancers without a public address.
///
/// Creates an
/// [`AWS::ApiGatewayV2::VpcLink`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-vpclink.html)
/// and a security group. Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | security group | one for this link, without outbound traffic | the default group of the VPC |
/// | connections | to the listeners of its integrations | those of the groups |
/// | name | the stack and the ID | required |
///
/// One link serves many APIs. The tier is part of the type; public subnets do not compile:
///
/// ```compile_fail
/// # use infra_lib::{App, Stack, apigatewayv2::VpcLink, cidr, ec2::Vpc};
/// # let app = App::new();
/// # let stack = Stack::new(&app, "Stack");
/// # let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
/// VpcLink::builder().subnets(vpc.public()).build(stack, "Link");
/// ```
///
/// ```
/// use infra_lib::apigatewayv2::VpcLink;
/// use infra_lib::{App, Stack, cidr, ec2::Vpc};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
/// VpcLink::builder().subnets(vpc.isolated()).build(stack, "Link");
/// # assert!(!app.synth().has_errors());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct VpcLink<'app> {
    scope: Scope<'app>,
    resource: CfnVpcLink<'app>,
    security_group: SecurityGroup<'app>,
}

/// Properties of a [`VpcLink`], set through [`VpcLink::builder`].
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = VpcLinkBuilder),
    finish_fn(name = props, vis = "pub(crate)"),
    start_fn(name = start, vis = "pub(crate)")
)]
pub struct VpcLinkProps<'app> {
    #[builder(setters(name = placement_internal, vis = ""))]
    placement: SubnetsRef<'app>,
    /// Security group of the network interfaces. Default: one for this link (CloudFormation: the default group of the
    /// VPC). Changing it replaces the link.
    #[builder(with = |group: impl std::borrow::Borrow<SecurityGroup<'app>>| *group.borrow())]
    security_group: Option<SecurityGroup<'app>>,
    /// Name of the link. Default: the stack and the ID.
    #[builder(with = |name: impl IntoValue<String>| name.into_value())]
    vpc_link_name: Option<Value<String>>,
}

impl<'app, S: vpc_link_builder::State> VpcLinkBuilder<'app, S> {
    /// Places the network interfaces into private or isolated subnets. Changing them replaces the link.
    pub fn subnets<T: InternalTier>(
        self,
        subnets: Subnets<'app, T>,
    ) -> VpcLinkBuilder<'app, vpc_link_builder::SetPlacement<S>>
    where
        S::Placement: vpc_link_builder::IsUnset,
    {
        self.placement_internal(subnets.as_subnets())
    }

    /// Adds the link under `scope`.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> VpcLink<'app>
    where
        S: vpc_link_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.apigatewayv2.VpcLink");
        let subnets = props.placement;
        let security_group = props.security_group.unwrap_or_else(|| {
            create_group(scope, "SecurityGroup", subnets.vpc(), Outbound::Nothing)
        });
        let name = props
            .vpc_link_name
            .unwrap_or_else(|| unique_name(scope, "Resource", 128).into_value());
        let resource = CfnVpcLinkProps::new(name, subnets.id_list())
            .security_group_ids([security_group.id()])
            .build(scope, "Resource");
        VpcLink {
            scope,
            resource,
            security_group,
        }
    }
}

impl<'app> VpcLink<'app> {
    /// Returns a builder for a link.
    pub fn builder() -> VpcLinkBuilder<'app> {
        VpcLinkProps::start()
    }

    /// Returns the ID of the link.
    pub fn id(&self) -> Value<Id<kind::apigatewayv2::VpcLink>> {
        self.resource.ref_()
    }

    /// Returns the security group of the network interfaces.
    pub const fn security_group(&self) -> SecurityGroup<'app> {
        self.security_group
    }

    /// Returns the L1 binding of the link.
    pub const fn cfn(&self) -> CfnVpcLink<'app> {
        self.resource
    }
}

impl<'app> Construct<'app> for VpcLink<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

/// Connects the network interfaces of the link to others.
impl<'app> Connectable<'app> for VpcLink<'app> {
    fn connections(&self) -> Connections<'app> {
        Connections::new(vec![self.security_group], None)
    }
}
