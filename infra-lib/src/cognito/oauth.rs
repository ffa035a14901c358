//! OAuth 2.0 settings of applications.

use crate::cfn::cognito::user_pool_client::AllowedOauthFlows;
use crate::core::{IntoValue, Value};

/// Scope of a resource server, from [`UserPoolResourceServer::scope`](super::UserPoolResourceServer::scope) or by its full
/// name, such as `https://api.example.com/read`.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceServerScope(pub(super) Value<String>);

impl ResourceServerScope {
    /// Creates a scope from the identifier of an existing resource server, a slash, and the name of the scope.
    pub fn from_name(name: impl IntoValue<String>) -> Self {
        Self(name.into_value())
    }
}

/// Scope that an application may ask for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum OAuthScope {
    /// ID token. The others of OpenID Connect need it.
    OpenId,
    /// Claims `email` and `email_verified`.
    Email,
    /// Claims `phone_number` and `phone_number_verified`.
    Phone,
    /// Every other readable attribute.
    Profile,
    /// Operations of users on themselves, `aws.cognito.signin.user.admin`.
    UserAdmin,
    /// Scope of a resource server.
    ResourceServer(ResourceServerScope),
}

impl From<ResourceServerScope> for OAuthScope {
    fn from(scope: ResourceServerScope) -> Self {
        Self::ResourceServer(scope)
    }
}

impl OAuthScope {
    fn text(self) -> Value<String> {
        crate::core::value(match self {
            Self::OpenId => "openid",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Profile => "profile",
            Self::UserAdmin => "aws.cognito.signin.user.admin",
            Self::ResourceServer(scope) => return scope.0,
        })
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Flow {
    Code,
    Implicit,
    ClientCredentials,
}

/// OAuth 2.0 grant of an application: how it gets tokens, and for what. An application of users and one without users are
/// different clients, since Cognito does not accept both grants for one.
///
/// See [OAuth grants](https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints-oauth-grants.html).
///
/// ```
/// use infra_lib::cognito::{OAuth, OAuthScope};
///
/// let oauth = OAuth::authorization_code("https://shop.example.com/signed-in")
///     .callback_url("http://localhost:5173/signed-in")
///     .logout_url("https://shop.example.com/")
///     .scope(OAuthScope::OpenId)
///     .scope(OAuthScope::Email);
/// ```
#[derive(Clone, Debug)]
pub struct OAuth {
    pub(super) flow: Flow,
    pub(super) callback_urls: Vec<Value<String>>,
    pub(super) logout_urls: Vec<Value<String>>,
    scopes: Vec<OAuthScope>,
}

impl OAuth {
    fn new(flow: Flow) -> Self {
        Self {
            flow,
            callback_urls: Vec::new(),
            logout_urls: Vec::new(),
            scopes: Vec::new(),
        }
    }

    /// Creates the authorization code grant, with the first URL to which Cognito returns users. Applications that cannot
    /// keep a secret use it with PKCE.
    pub fn authorization_code(callback_url: impl IntoValue<String>) -> Self {
        Self::new(Flow::Code).callback_url(callback_url)
    }

    /// Creates the implicit grant, which puts tokens into URLs. It is reported (`INF4965`).
    pub fn implicit(callback_url: impl IntoValue<String>) -> Self {
        Self::new(Flow::Implicit).callback_url(callback_url)
    }

    /// Creates the client credentials grant, for programs without a user, with the scopes of resource servers. The client
    /// has a secret.
    pub fn client_credentials(scope: ResourceServerScope) -> Self {
        Self::new(Flow::ClientCredentials).scope(scope)
    }

    /// Adds a URL to which Cognito returns users after sign-in. URLs that Cognito rejects are reported (`INF4964`).
    pub fn callback_url(mut self, url: impl IntoValue<String>) -> Self {
        self.callback_urls.push(url.into_value());
        self
    }

    /// Adds a URL to which Cognito returns users after sign-out.
    pub fn logout_url(mut self, url: impl IntoValue<String>) -> Self {
        self.logout_urls.push(url.into_value());
        self
    }

    /// Adds a scope. Default: `openid`.
    pub fn scope(mut self, scope: impl Into<OAuthScope>) -> Self {
        self.scopes.push(scope.into());
        self
    }

    pub(super) fn flows(&self) -> Vec<AllowedOauthFlows> {
        vec![match self.flow {
            Flow::Code => AllowedOauthFlows::CODE,
            Flow::Implicit => AllowedOauthFlows::IMPLICIT,
            Flow::ClientCredentials => AllowedOauthFlows::CLIENT_CREDENTIALS,
        }]
    }

    pub(super) fn take_scopes(&mut self) -> Vec<Value<String>> {
        let mut scopes = std::mem::take(&mut self.scopes);
        if scopes.is_empty() {
            scopes.push(OAuthScope::OpenId);
        }
        scopes.into_iter().map(OAuthScope::text).collect()
    }
}
