//! Connections of REST APIs to load balancers in a VPC.

use crate::cfn::apigateway::{CfnVpcLink, CfnVpcLinkProps};
use crate::construct::With;
use crate::core::{Arn, Id, Scope, Value, value};
use crate::kind;
use crate::unique_name::unique_name;

crate::construct! {
    /// A connection of REST APIs to a Network Load Balancer in a VPC.
    ///
    /// Creates an
    /// [`AWS::ApiGateway::VpcLink`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-vpclink.html).
    /// API Gateway reaches the load balancer through AWS PrivateLink, so that it can be internal. HTTP APIs need another kind
    /// of link: [`apigatewayv2::VpcLink`](crate::apigatewayv2::VpcLink). Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | load balancer | required at compile time | required |
    /// | name | the stack and the ID | required |
    ///
    /// ```
    /// use infra_lib::apigateway::{HttpMethod, RestApi, RestIntegration, VpcLink};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let link = VpcLink::builder()
    ///     .load_balancer("arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/orders/50dc6c495c0c9188")
    ///     .build(stack, "Link");
    /// let orders = RestIntegration::private("http://orders.example.com:8080/orders", &link);
    /// let api = RestApi::builder().build(stack, "Api");
    /// api.root().add_resource("orders").add_method(HttpMethod::Get, &orders);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct VpcLink<'app>: "infra-lib.apigateway.VpcLink" {
        resource: CfnVpcLink<'app>,
    }

    /// Properties of a [`VpcLink`], set through [`VpcLink::builder`].
    pub struct VpcLinkProps, VpcLinkBuilder, vpc_link_builder {
        /// ARN of the Network Load Balancer, in this account. A link has one. A change replaces the link.
        required_value load_balancer: Arn<kind::elasticloadbalancingv2::LoadBalancer>,
        /// Name of the link. Default: the stack and the ID.
        text vpc_link_name,
        /// Description of the link. Default: none.
        text description,
    }
}

impl<'app> VpcLink<'app> {
    fn create(scope: Scope<'app>, props: VpcLinkProps<'app>) -> Self {
        let name = props
            .vpc_link_name
            .unwrap_or_else(|| value(unique_name(scope, "Resource", 128)));
        let resource = CfnVpcLinkProps::new(name, [props.load_balancer])
            .with(props.description, CfnVpcLinkProps::description)
            .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the ID of the link.
    pub fn id(&self) -> Value<Id<kind::apigateway::VpcLink>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the link.
    pub const fn cfn(&self) -> CfnVpcLink<'app> {
        self.resource
    }
}
