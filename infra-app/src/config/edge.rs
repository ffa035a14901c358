//! Configures the edge: domain, firewall and access logs.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{DomainName, EmailAddress, HostedZoneId, HttpsUrl, SecretArn};

/// Domain, firewall and access logs of the CloudFront distribution that serves site and API.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EdgeConfig {
    /// Custom domain of the site, for which a certificate is issued. Default: the domain name that CloudFront assigns.
    pub domain: Option<DomainConfig>,
    /// AWS WAF web ACL for site and API, which costs about 8 dollars a month plus a charge per request.
    pub firewall: Switch,
    /// Access logs of edge and load balancer, kept in a bucket for 90 days.
    pub access_logs: Switch,
}

/// A custom domain in an existing Route 53 hosted zone of the same account.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DomainConfig {
    /// Domain name of the site, which must be in the hosted zone, such as `notes.example.com`.
    pub name: DomainName,
    /// ID of the public hosted zone that contains the name, such as `Z0123456789ABCDEFGHIJ`.
    pub hosted_zone_id: HostedZoneId,
    /// Domain name of that hosted zone, such as `example.com` for the site `notes.example.com`.
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
    /// Creation of accounts at the first sign-in: as the service's registration allows (`as-usual`), always (`open`) or never (`closed`).
    pub registration: ProviderRegistration,
    /// Domains of verified email addresses that may sign in. Default: all domains.
    #[serde(default)]
    pub email_domains: Vec<DomainName>,
}

/// Creation of accounts for people who sign in at the provider for the first time.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum ProviderRegistration {
    /// An account is created if the service's own registration allows it.
    AsUsual,
    /// An account is created for every identity that the provider confirms.
    Open,
    /// No account is created: the identity has to be linked to an existing one.
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

/// The state of an optional feature, written as `enabled` or `disabled` in YAML.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Switch {
    /// The feature is enabled.
    Enabled,
    /// The feature is disabled.
    Disabled,
}

impl Switch {
    /// Returns true if the feature is enabled.
    pub fn is_enabled(self) -> bool {
        self == Self::Enabled
    }
}
