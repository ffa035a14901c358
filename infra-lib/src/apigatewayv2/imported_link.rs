//! Links to VPCs that exist already.

use super::VpcLink;
use crate::core::{Construct, Id, IntoValue};
use crate::ec2::imported_groups::{import_groups, imported_groups};
use crate::ec2::{Connectable, Connections};
use crate::import::{check_form, is_alphanumeric};
use crate::kind;

crate::import! {
    /// An existing link of HTTP APIs to a VPC, from [`VpcLink::from_attributes`].
    ///
    /// Integrations open the ports of their listeners in its security group, by rules that are resources of the app. One link
    /// of the platform serves the APIs of many apps.
    ///
    /// ```
    /// # use infra_lib::{App, Stack, apigatewayv2::{HttpApi, HttpIntegration, VpcLink}, elbv2::{Listener, ListenerAttributes}};
    /// # const LISTENER: &str = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shared/50dc6c495c0c9188/f2f7dc8efc522ab2";
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// # let https = Listener::from_attributes(stack, "Https", ListenerAttributes::https(LISTENER, "sg-balancer"));
    /// let link = VpcLink::from_attributes(stack, "Link", "a1b2c3", "sg-0123456789abcdef0");
    /// let notes = HttpIntegration::https_listener("Notes", &https, link, "notes.internal");
    /// HttpApi::builder().build(stack, "Api").add_default_route(&notes);
    /// # assert!(!app.synth().has_errors());
    /// ```
    ///
    /// AWS: [VPC links](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html).
    pub struct ImportedVpcLink<'app>: "infra-lib.apigatewayv2.ImportedVpcLink" {
        /// Returns the ID of the link.
        id: Id<kind::apigatewayv2::VpcLink>,
    }

    /// A link of the app or an existing one, from [`AsVpcLink::as_vpc_link`].
    pub enum VpcLinkRef of VpcLink;

    /// A link for integrations: a [`VpcLink`] or an [`ImportedVpcLink`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no link of HTTP APIs",
        label = "an `apigatewayv2::VpcLink` or an `apigatewayv2::ImportedVpcLink` is needed here"
    )]
    pub trait AsVpcLink::as_vpc_link;
}

impl<'app> VpcLink<'app> {
    /// Imports an existing link of the account and region by its ID and the ID of its security group. A literal ID of a link
    /// with other characters than letters and digits is reported (`INF8026`).
    #[track_caller]
    pub fn from_attributes(
        scope: impl Construct<'app>,
        id: &str,
        vpc_link_id: impl IntoValue<Id<kind::apigatewayv2::VpcLink>>,
        security_group_id: impl IntoValue<Id<kind::ec2::SecurityGroup>>,
    ) -> ImportedVpcLink<'app> {
        let given = vpc_link_id.into_value();
        let link = ImportedVpcLink::import(scope, id, given.clone());
        import_groups(link.scope, [security_group_id.into_value()]);
        let shown = "the ID of a link, letters and digits";
        check_form(&link, &given, shown, is_alphanumeric);
        link
    }
}

impl<'app> Connectable<'app> for ImportedVpcLink<'app> {
    fn connections(&self) -> Connections<'app> {
        Connections::new(imported_groups(self.scope), None)
    }
}

impl<'app> Connectable<'app> for VpcLinkRef<'app> {
    fn connections(&self) -> Connections<'app> {
        match self {
            Self::Own(link) => link.connections(),
            Self::Imported(link) => link.connections(),
        }
    }
}
