//! Connections: the authorization of HTTP requests that EventBridge and Step Functions send.

use crate::cfn::events::connection::{
    ApiKeyAuthParameters, AuthParameters, AuthorizationType, BasicAuthParameters, ClientParameters,
    OauthParameters, OauthParametersHttpMethod, OauthParametersRequired,
};
use crate::cfn::events::{CfnConnection, CfnConnectionProps};
use crate::construct::With;
use crate::core::{Arn, Diagnostic, IntoValue, Name, Scope, Value, codes};
use crate::kind;
use crate::kms::{AsKey, KeyRef};
use crate::secretsmanager::{IntoSecretField, SecretField};

/// Authorization of the requests of a [`Connection`].
///
/// Secrets are fields of Secrets Manager, which CloudFormation reads at deployment; a text does not compile:
///
/// ```compile_fail
/// # use infra_lib::events::ConnectionAuthorization;
/// ConnectionAuthorization::api_key("X-Api-Key", "a secret in the program");
/// ```
#[derive(Clone, Debug)]
pub struct ConnectionAuthorization {
    secret: SecretField,
    scheme: Scheme,
}

#[derive(Clone, Debug)]
enum Scheme {
    ApiKey {
        name: Value<String>,
    },
    Basic {
        user_name: Value<String>,
    },
    OAuth {
        token_url: Value<String>,
        client_id: Value<String>,
    },
}

impl ConnectionAuthorization {
    /// Creates an authorization by a key in a header, such as `X-Api-Key`.
    pub fn api_key(header: impl IntoValue<String>, key: impl IntoSecretField) -> Self {
        Self::new(
            key,
            Scheme::ApiKey {
                name: header.into_value(),
            },
        )
    }

    /// Creates an authorization by user name and password ([RFC 7617](https://datatracker.ietf.org/doc/html/rfc7617)).
    pub fn basic(user_name: impl IntoValue<String>, password: impl IntoSecretField) -> Self {
        Self::new(
            password,
            Scheme::Basic {
                user_name: user_name.into_value(),
            },
        )
    }

    /// Creates an authorization by a token that the client requests at a URL with `POST` (client credentials, [RFC
    /// 6749](https://datatracker.ietf.org/doc/html/rfc6749#section-4.4)).
    pub fn oauth(
        token_url: impl IntoValue<String>,
        client_id: impl IntoValue<String>,
        client_secret: impl IntoSecretField,
    ) -> Self {
        Self::new(
            client_secret,
            Scheme::OAuth {
                token_url: token_url.into_value(),
                client_id: client_id.into_value(),
            },
        )
    }

    fn new(secret: impl IntoSecretField, scheme: Scheme) -> Self {
        Self {
            secret: secret.into_secret_field(),
            scheme,
        }
    }

    fn apply(self, scope: Scope<'_>, cfn: CfnConnectionProps) -> CfnConnectionProps {
        let Some(secret) = self.secret.dynamic_reference() else {
            report_parameter(scope);
            return cfn;
        };
        let parameters = AuthParameters::new();
        let (kind, parameters) = match self.scheme {
            Scheme::ApiKey { name } => (
                AuthorizationType::API_KEY,
                parameters.api_key_auth_parameters(ApiKeyAuthParameters::new(name, secret)),
            ),
            Scheme::Basic { user_name } => (
                AuthorizationType::BASIC,
                parameters.basic_auth_parameters(BasicAuthParameters::new(secret, user_name)),
            ),
            Scheme::OAuth {
                token_url,
                client_id,
            } => {
                let client = ClientParameters::new(client_id, secret);
                let oauth = OauthParameters::new(OauthParametersRequired {
                    authorization_endpoint: token_url,
                    client_parameters: client.into_value(),
                    http_method: OauthParametersHttpMethod::POST.into_value(),
                });
                (
                    AuthorizationType::OAUTH_CLIENT_CREDENTIALS,
                    parameters.oauth_parameters(oauth),
                )
            }
        };
        cfn.authorization_type(kind).auth_parameters(parameters)
    }
}

crate::construct! {
    /// The authorization of HTTP requests to an API, which EventBridge keeps in a secret of its own.
    ///
    /// Creates an
    /// [`AWS::Events::Connection`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-connection.html).
    /// An [`ApiDestination`](super::ApiDestination) and HTTP tasks of state machines use it. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | secret in the template | a reference to Secrets Manager, which CloudFormation resolves | a text |
    /// | encryption | with a key of AWS | the same |
    /// | name | generated | generated |
    ///
    /// ```
    /// use infra_lib::events::{Connection, ConnectionAuthorization};
    /// use infra_lib::secretsmanager::Secret;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let key = Secret::from_arn("arn:aws:secretsmanager:eu-west-1:111122223333:secret:partner-AbCdEf");
    /// Connection::builder()
    ///     .authorization(ConnectionAuthorization::api_key("X-Api-Key", key.text()))
    ///     .build(stack, "Partner");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Connection<'app>: "infra-lib.events.Connection" {
        resource: CfnConnection<'app>,
    }

    /// Properties of a [`Connection`], set through [`Connection::builder`].
    pub struct ConnectionProps, ConnectionBuilder, connection_builder {
        /// Authorization of the requests.
        required authorization: ConnectionAuthorization,
        /// Physical name of the connection, at most 64 characters. Default: a generated name, so that CloudFormation can
        /// replace the connection.
        text connection_name,
        /// Description of the connection, at most 512 characters. Default: none.
        text description,
        /// Customer managed key that encrypts the secret. Default: a key of AWS, as in CloudFormation.
        reference encryption_key: AsKey::as_key => KeyRef<'app>,
    }
}

impl<'app> Connection<'app> {
    fn create(scope: Scope<'app>, props: ConnectionProps<'app>) -> Self {
        let cfn = CfnConnectionProps::new()
            .with(props.connection_name, CfnConnectionProps::name)
            .with(props.description, CfnConnectionProps::description)
            .with(props.encryption_key, |cfn, key| {
                cfn.kms_key_identifier(key.arn().cast::<String>())
            });
        let resource = props
            .authorization
            .apply(scope, cfn)
            .build(scope, "Connection");
        Self { scope, resource }
    }

    /// Imports an existing connection by its ARN and the ARN of its secret.
    pub fn from_attributes(
        arn: impl IntoValue<Arn<kind::events::Connection>>,
        secret_arn: impl IntoValue<String>,
    ) -> ImportedConnection {
        ImportedConnection {
            arn: arn.into_value(),
            secret_arn: secret_arn.into_value(),
        }
    }

    /// Returns the physical name of the connection.
    pub fn connection_name(&self) -> Value<Name<kind::events::Connection>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the connection.
    pub fn cfn(&self) -> CfnConnection<'app> {
        self.resource
    }
}

/// An existing connection, from [`Connection::from_attributes`].
#[derive(Clone, Debug)]
pub struct ImportedConnection {
    arn: Value<Arn<kind::events::Connection>>,
    secret_arn: Value<String>,
}

/// A connection of the app or an existing one.
pub trait HttpConnection {
    /// Returns the ARN of the connection.
    fn connection_arn(&self) -> Value<Arn<kind::events::Connection>>;

    /// Returns the ARN of the secret in which EventBridge keeps the authorization.
    fn connection_secret_arn(&self) -> Value<String>;
}

impl HttpConnection for Connection<'_> {
    fn connection_arn(&self) -> Value<Arn<kind::events::Connection>> {
        self.resource.attr_arn()
    }

    fn connection_secret_arn(&self) -> Value<String> {
        self.resource.attr_secret_arn()
    }
}

impl HttpConnection for ImportedConnection {
    fn connection_arn(&self) -> Value<Arn<kind::events::Connection>> {
        self.arn.clone()
    }

    fn connection_secret_arn(&self) -> Value<String> {
        self.secret_arn.clone()
    }
}

/// Reports a secret that is a parameter of Systems Manager, which CloudFormation does not resolve here.
fn report_parameter(scope: Scope<'_>) {
    scope.report(
        Diagnostic::new(
            codes::CONNECTION_SECRET,
            "CloudFormation cannot read the secret of a connection from SSM Parameter Store",
        )
        .property("AuthParameters")
        .actual("a `SecureString` parameter")
        .expected("a field of a secret in Secrets Manager")
        .help("store the secret in Secrets Manager, and pass `Secret::from_arn(…).text()`")
        .url("https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm-secure-strings.html"),
    );
}
