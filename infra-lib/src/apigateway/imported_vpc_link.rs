//! Links to load balancers in a VPC that exist already.

use super::VpcLink;
use crate::core::{Construct, Id, IntoValue};
use crate::import::{check_form, is_alphanumeric};
use crate::kind;

crate::import! {
    /// An existing link of REST APIs to a Network Load Balancer, from [`VpcLink::from_id`].
    ///
    /// ```
    /// # use infra_lib::{App, Stack, apigateway::{HttpMethod, RestApi, RestIntegration, VpcLink}};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// let link = VpcLink::from_id(stack, "Link", "a1b2c3");
    /// let orders = RestIntegration::private("http://orders.example.com:8080/orders", link);
    /// RestApi::builder().build(stack, "Api").root().add_method(HttpMethod::Get, &orders);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    ///
    /// AWS: [Private integrations](https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html).
    pub struct ImportedVpcLink<'app>: "infra-lib.apigateway.ImportedVpcLink" {
        /// Returns the ID of the link.
        id: Id<kind::apigateway::VpcLink>,
    }

    /// A link of the app or an existing one, from [`AsVpcLink::as_vpc_link`].
    pub enum VpcLinkRef of VpcLink;

    /// A link for integrations: a [`VpcLink`] or an [`ImportedVpcLink`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no link of REST APIs",
        label = "an `apigateway::VpcLink` or an `apigateway::ImportedVpcLink` is needed here"
    )]
    pub trait AsVpcLink::as_vpc_link;
}

impl<'app> VpcLink<'app> {
    /// Imports an existing link of the account and region by its ID. A literal with other characters than letters and digits is
    /// reported (`INF8026`).
    #[track_caller]
    pub fn from_id(
        scope: impl Construct<'app>,
        id: &str,
        vpc_link_id: impl IntoValue<Id<kind::apigateway::VpcLink>>,
    ) -> ImportedVpcLink<'app> {
        let given = vpc_link_id.into_value();
        let link = ImportedVpcLink::import(scope, id, given.clone());
        check_form(
            &link,
            &given,
            "the ID of a link, letters and digits",
            is_alphanumeric,
        );
        link
    }
}
