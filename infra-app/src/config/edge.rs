//! What browsers talk to.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{DomainName, EmailAddress, HostedZoneId, HttpsUrl, SecretArn};

/// What browsers talk to.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EdgeConfig {
    /// A domain of one's own. Default: the name that CloudFront gives.
    pub domain: Option<DomainConfig>,
    /// A web application firewall before site and API, about 8 dollars a month and more by request.
    pub firewall: Switch,
    /// A record of every request to edge and load balancer, kept in a bucket.
    pub access_logs: Switch,
}

/// A domain that Route 53 answers for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DomainConfig {
    /// The name of the site.
    pub name: DomainName,
    /// The hosted zone that the name is in.
    pub hosted_zone_id: HostedZoneId,
    /// The name of that zone.
    pub hosted_zone_name: DomainName,
    /// Mail server for verifications, password resets and reminders, whose links lead to the domain. Default: no mail is sent.
    pub mail: Option<MailConfig>,
    /// OpenID Connect provider that people may sign in at and that leads back to the domain. Default: passwords and passkeys only.
    pub identity_provider: Option<IdentityProviderConfig>,
}

/// A mail server, such as the SMTP endpoint of Amazon SES in a region.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MailConfig {
    /// Host of the server, called with STARTTLS on port 587.
    pub host: DomainName,
    /// Address of the sender, which the server must accept.
    pub from: EmailAddress,
    /// Secret with the fields `username` and `password`, in the region of the service.
    pub secret_arn: SecretArn,
}

/// An OpenID Connect provider with this service as a confidential client. Its redirect URI is `https://<domain>/api/auth/oidc/callback`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IdentityProviderConfig {
    /// Issuer identifier, exactly as in the provider's discovery document.
    pub issuer: HttpsUrl,
    /// Identifier of the client at the provider.
    #[schemars(length(min = 1, max = 256))]
    pub client_id: String,
    /// Name on the sign-in button, such as that of the company.
    #[schemars(length(min = 1, max = 100))]
    pub name: String,
    /// Secret with the field `client_secret`, in the region of the service.
    pub secret_arn: SecretArn,
    /// Accounts for people who have none: as registration allows (`as-usual`), for everyone the provider knows (`open`), or for nobody (`closed`).
    pub registration: ProviderRegistration,
    /// Domains of verified email addresses that are let in. Default: all.
    #[serde(default)]
    pub email_domains: Vec<DomainName>,
}

/// Accounts for people who sign in at the provider for the first time.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum ProviderRegistration {
    /// As the service's own registration allows.
    AsUsual,
    /// For everyone whom the provider knows.
    Open,
    /// For nobody: an account has to exist and be linked.
    Closed,
}

impl ProviderRegistration {
    /// Returns the value of the service's variable.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AsUsual => "as-usual",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

/// Whether something is there.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Switch {
    /// It is.
    Enabled,
    /// It is not.
    Disabled,
}

impl Switch {
    /// Whether it is there.
    pub fn is_enabled(self) -> bool {
        self == Self::Enabled
    }
}
