//! The identity provider of GitHub Actions.

use crate::core::{Arn, Construct, RemovalPolicy, Value, pseudo, sub};
use crate::{iam, kind};

/// Host that signs the tokens of GitHub Actions.
pub(super) const ISSUER: &str = "token.actions.githubusercontent.com";

/// Audience of tokens for AWS.
pub(crate) const AUDIENCE: &str = "sts.amazonaws.com";

/// The identity provider of GitHub Actions in an AWS account.
///
/// Creates an [`iam::OidcProvider`].
/// An account can have only one for GitHub: [`new`](Self::new) creates it and retains it when it leaves the template,
/// [`of_account`](Self::of_account) refers to an existing one. Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | address of the issuer | `https://token.actions.githubusercontent.com` | required |
/// | audience | `sts.amazonaws.com` | none |
/// | thumbprints | none, because AWS trusts the certificate authority of GitHub | none |
/// | removal policy | retain | delete |
///
/// See [OIDC in
/// AWS](https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws).
///
/// ```
/// use infra_lib::github::OidcProvider;
/// use infra_lib::iam::{Principal, Role};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Reports");
/// let provider = OidcProvider::new(stack, "GitHub");
/// let job = Principal::oidc(provider.arn())
///     .condition("StringEquals", "token.actions.githubusercontent.com:aud", "sts.amazonaws.com")
///     .condition("StringEquals", "token.actions.githubusercontent.com:sub", "repo:octo/notes:environment:reports");
/// Role::builder().assumed_by(job).build(stack, "Report");
/// # assert!(!app.synth().has_errors());
/// ```
#[derive(Clone, Debug)]
pub struct OidcProvider {
    arn: Value<Arn<kind::iam::OidcProvider>>,
}

impl OidcProvider {
    /// Adds the provider under `scope`.
    #[track_caller]
    pub fn new<'app>(scope: impl Construct<'app>, id: &str) -> Self {
        Self {
            arn: add_provider(scope, id, ISSUER),
        }
    }

    /// Returns the existing provider of the account.
    pub fn of_account() -> Self {
        Self {
            arn: arn_of(ISSUER),
        }
    }

    /// Returns the ARN of the provider.
    pub fn arn(&self) -> Value<Arn<kind::iam::OidcProvider>> {
        self.arn.clone()
    }
}

/// Adds the provider for tokens that a host signs, retained when it leaves the template, and returns its ARN.
#[track_caller]
pub(crate) fn add_provider<'app>(
    scope: impl Construct<'app>,
    id: &str,
    host: &str,
) -> Value<Arn<kind::iam::OidcProvider>> {
    let provider = iam::OidcProvider::builder()
        .url(format!("https://{host}"))
        .client_id(AUDIENCE)
        .build(scope, id);
    provider.cfn().apply_removal_policy(RemovalPolicy::Retain);
    provider.cfn().attr_arn()
}

/// Returns the ARN of the account's provider for a host; IAM derives it from the name.
pub(crate) fn arn_of(host: &str) -> Value<Arn<kind::iam::OidcProvider>> {
    let arn = sub![
        "arn:",
        pseudo::partition(),
        ":iam::",
        pseudo::account_id(),
        ":oidc-provider/",
        host
    ];
    arn.cast()
}
