//! SAML providers, whose assertions roles accept.

use super::Principal;
use crate::cfn::iam::{CfnSamlProvider, CfnSamlProviderProps};
use crate::construct::With;
use crate::core::{Arn, Scope, Value};
use crate::kind;

crate::construct! {
    /// A SAML 2.0 provider of the account: a directory of users who can assume roles.
    ///
    /// Creates an
    /// [`AWS::IAM::SAMLProvider`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-samlprovider.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | metadata | required at compile time | required at deployment |
    /// | name | generated | generated |
    ///
    /// ```
    /// use infra_lib::iam::{Role, SamlProvider};
    /// use infra_lib::{App, Stack};
    ///
    /// # let metadata = "<md:EntityDescriptor/>".repeat(60);
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let company = SamlProvider::builder().metadata(metadata).build(stack, "Company");
    /// Role::builder().assumed_by(company.console_principal()).build(stack, "Operator");
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct SamlProvider<'app>: "infra-lib.iam.SamlProvider" {
        resource: CfnSamlProvider<'app>,
    }

    /// Properties of a [`SamlProvider`], set through [`SamlProvider::builder`].
    pub struct SamlProviderProps, SamlProviderBuilder, saml_provider_builder {
        /// XML document with the metadata of the directory, 1,000 to 10,000,000 characters.
        required_value metadata: String,
        /// Physical name of the provider: letters, digits and `._-`, at most 128. Default: a generated name, so that
        /// CloudFormation can replace the provider.
        text saml_provider_name,
    }
}

impl<'app> SamlProvider<'app> {
    fn create(scope: Scope<'app>, props: SamlProviderProps<'app>) -> Self {
        let resource = CfnSamlProviderProps::new()
            .saml_metadata_document(props.metadata)
            .with(props.saml_provider_name, CfnSamlProviderProps::name)
            .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the ARN of the provider.
    pub fn arn(&self) -> Value<Arn<kind::iam::SamlProvider>> {
        self.resource.ref_()
    }

    /// Returns the principal for the trust policy of a role with which users sign in to the console of AWS.
    pub fn console_principal(&self) -> Principal {
        console_principal(self.arn())
    }

    /// Returns the L1 binding of the provider.
    pub fn cfn(&self) -> CfnSamlProvider<'app> {
        self.resource
    }
}

/// Returns the users of a provider who sign in to the console of AWS.
pub(super) fn console_principal(provider: Value<Arn<kind::iam::SamlProvider>>) -> Principal {
    Principal::saml(provider).condition(
        "StringEquals",
        "SAML:aud",
        "https://signin.aws.amazon.com/saml",
    )
}
