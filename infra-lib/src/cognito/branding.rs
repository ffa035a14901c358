//! Styles of the login pages.

use crate::cfn::cognito::{CfnManagedLoginBranding, CfnManagedLoginBrandingProps};
use crate::construct::With;
use crate::core::{Id, Scope, Value};
use crate::kind;

crate::construct! {
    /// The style of the managed login pages for a client.
    ///
    /// Creates an
    /// [`AWS::Cognito::ManagedLoginBranding`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-managedloginbranding.html).
    /// A domain with [`LoginPages::Managed`](super::LoginPages::Managed) shows no pages for a client without one. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | style | that of Cognito | required |
    ///
    /// ```
    /// use infra_lib::cognito::{ManagedLoginBranding, UserPool, UserPoolClient};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let users = UserPool::builder().build(stack, "Users");
    /// let web = UserPoolClient::builder().user_pool(&users).build(stack, "Web");
    /// ManagedLoginBranding::builder().user_pool(&users).client(web.client_id()).build(stack, "Style");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ManagedLoginBranding<'app>: "infra-lib.cognito.ManagedLoginBranding" {
        resource: CfnManagedLoginBranding<'app>,
    }

    /// Properties of a [`ManagedLoginBranding`], set through [`ManagedLoginBranding::builder`].
    pub struct ManagedLoginBrandingProps, ManagedLoginBrandingBuilder, managed_login_branding_builder {
        /// User pool: a construct, an imported pool, or an ID. A change replaces the style.
        required_value user_pool: Id<kind::cognito::UserPool>,
        /// Client whose pages have the style. A change replaces the style.
        required_value client: Id<kind::cognito::UserPoolClient>,
        /// Settings of the style, as the branding editor of the console exports them. Default: those of Cognito.
        optional settings: serde_json::Value,
    }
}

impl<'app> ManagedLoginBranding<'app> {
    fn create(scope: Scope<'app>, props: ManagedLoginBrandingProps<'app>) -> Self {
        let uses_default = props.settings.is_none().then_some(true);
        let resource = CfnManagedLoginBrandingProps::new(props.user_pool.cast::<String>())
            .client_id(props.client.cast::<String>())
            .with(
                uses_default,
                CfnManagedLoginBrandingProps::use_cognito_provided_values,
            )
            .with(props.settings, CfnManagedLoginBrandingProps::settings)
            .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the ID of the style.
    pub fn id(&self) -> Value<Id<kind::cognito::ManagedLoginBranding>> {
        self.resource.attr_managed_login_branding_id()
    }

    /// Returns the L1 binding of the style.
    pub fn cfn(&self) -> CfnManagedLoginBranding<'app> {
        self.resource
    }
}
