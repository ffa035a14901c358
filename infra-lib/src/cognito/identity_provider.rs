//! Identity providers of user pools.

use super::Federation;
use crate::cfn::cognito::{
    CfnUserPoolIdentityProvider, CfnUserPoolIdentityProviderProps,
    CfnUserPoolIdentityProviderRequired,
};
use crate::construct::With;
use crate::core::{Diagnostic, Id, IntoValue, Name, Scope, Value, codes};
use crate::kind;

crate::construct! {
    /// An identity provider of a user pool, such as Google or the directory of a company.
    ///
    /// Creates an
    /// [`AWS::Cognito::UserPoolIdentityProvider`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpoolidentityprovider.html).
    /// Clients accept its users once they name it with `.identity_provider(provider.provider_name())`, which also creates
    /// it before the client. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | secret | read from Secrets Manager | text in the template |
    /// | attributes of users | none are mapped | none are mapped |
    ///
    /// ```
    /// use infra_lib::cognito::{Federation, StandardAttribute, UserPool, UserPoolIdentityProvider};
    /// use infra_lib::secretsmanager::Secret;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let users = UserPool::builder().build(stack, "Users");
    /// let secret = Secret::from_arn("arn:aws:secretsmanager:eu-west-1:111122223333:secret:google-AbCdEf");
    /// UserPoolIdentityProvider::builder()
    ///     .user_pool(&users)
    ///     .provider(Federation::google("1234.apps.googleusercontent.com", secret.field("client_secret")))
    ///     .map_attribute("email", "email")
    ///     .build(stack, "Google");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct UserPoolIdentityProvider<'app>: "infra-lib.cognito.UserPoolIdentityProvider" {
        resource: CfnUserPoolIdentityProvider<'app>,
    }

    /// Properties of a [`UserPoolIdentityProvider`], set through [`UserPoolIdentityProvider::builder`].
    pub struct UserPoolIdentityProviderProps, UserPoolIdentityProviderBuilder, user_pool_identity_provider_builder {
        /// Attributes of the pool with the attributes of the provider.
        list attributes: (String, String),
        /// Texts that select the provider, such as domains of e-mail addresses.
        list identifiers: String,
        /// User pool: a construct, an imported pool, or an ID.
        required_value user_pool: Id<kind::cognito::UserPool>,
        /// Directory from which users come.
        required provider: Federation,
    }
}

impl<S: user_pool_identity_provider_builder::State> UserPoolIdentityProviderBuilder<'_, S> {
    /// Sets an attribute of the pool, such as `email` or `custom:tenant`, from a claim of the provider at each sign-in.
    pub fn map_attribute(mut self, attribute: impl Into<String>, claim: impl Into<String>) -> Self {
        self.attributes.push((attribute.into(), claim.into()));
        self
    }

    /// Adds a text that selects the provider, such as the domain of the users' e-mail addresses.
    pub fn identifier(mut self, text: impl Into<String>) -> Self {
        self.identifiers.push(text.into());
        self
    }
}

impl<'app> UserPoolIdentityProvider<'app> {
    fn create(scope: Scope<'app>, props: UserPoolIdentityProviderProps<'app>) -> Self {
        let provider = props.provider;
        let kind = provider.kind.clone();
        let name = provider.name.clone();
        let secret = provider.secret.clone();
        let mut details = provider.into_details();
        if let Some((key, field)) = secret {
            match field.dynamic_reference() {
                Some(reference) => {
                    details.insert(key.to_owned(), reference);
                }
                None => report_parameter(scope, key),
            }
        }
        let attributes: std::collections::BTreeMap<String, String> =
            props.attributes.into_iter().collect();
        let resource = CfnUserPoolIdentityProviderProps::new(CfnUserPoolIdentityProviderRequired {
            provider_details: details.into_value(),
            provider_name: name,
            provider_type: kind.into_value(),
            user_pool_id: props.user_pool.cast(),
        })
        .with(
            Some(attributes).filter(|map| !map.is_empty()),
            CfnUserPoolIdentityProviderProps::attribute_mapping,
        )
        .with(
            Some(props.identifiers).filter(|list| !list.is_empty()),
            CfnUserPoolIdentityProviderProps::idp_identifiers,
        )
        .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the name of the provider, as clients name it.
    pub fn provider_name(&self) -> Value<Name<kind::cognito::UserPoolIdentityProvider>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the provider.
    pub fn cfn(&self) -> CfnUserPoolIdentityProvider<'app> {
        self.resource
    }
}

/// Reports a secret in SSM Parameter Store (`INF4969`).
fn report_parameter(scope: Scope<'_>, key: &str) {
    scope.report(
        Diagnostic::new(
            codes::PROVIDER_SECRET,
            "CloudFormation cannot read the secret of an identity provider from SSM Parameter Store",
        )
        .property(format!("ProviderDetails.{key}"))
        .actual("a `SecureString` parameter")
        .expected("a field of a secret in Secrets Manager")
        .help("store the secret in Secrets Manager, and pass `Secret::from_arn(…).text()`")
        .url("https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm-secure-strings.html"),
    );
}
