//! The identity provider of GitHub Actions.

use crate::cfn::iam::CfnOidcProviderProps;
use crate::core::{Arn, Construct, RemovalPolicy, Scope, Value, pseudo, sub};
use crate::kind;

/// The host that signs the tokens of GitHub Actions.
pub(super) const ISSUER: &str = "token.actions.githubusercontent.com";

/// The audience of tokens that are meant for AWS.
pub(crate) const AUDIENCE: &str = "sts.amazonaws.com";

/// The identity provider of GitHub Actions in an AWS account.
///
/// An account has one, shared by everything in it: [`new`](Self::new) makes it and keeps it when it leaves the
/// template, [`of_account`](Self::of_account) uses the one that is there. No thumbprint is given: AWS trusts the
/// authority of GitHub's certificate by itself.
///
/// See [OIDC in AWS](https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws).
#[derive(Clone, Debug)]
pub struct OidcProvider {
    arn: Value<Arn<kind::iam::OidcProvider>>,
}

impl OidcProvider {
    /// Adds the provider under `scope`.
    #[track_caller]
    pub fn new<'app>(scope: impl Construct<'app>, id: &str) -> Self {
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.github.OidcProvider");
        Self {
            arn: add(scope, ISSUER),
        }
    }

    /// The provider that the account has already.
    pub fn of_account() -> Self {
        Self {
            arn: arn_of(ISSUER),
        }
    }

    /// The ARN.
    pub fn arn(&self) -> Value<Arn<kind::iam::OidcProvider>> {
        self.arn.clone()
    }
}

/// Adds the provider for the tokens that a host signs, and keeps it when it leaves the template. Returns its ARN.
#[track_caller]
pub(crate) fn add(scope: Scope<'_>, host: &str) -> Value<Arn<kind::iam::OidcProvider>> {
    let provider = CfnOidcProviderProps::new()
        .url(format!("https://{host}"))
        .client_id_list([AUDIENCE])
        .build(scope, "Resource");
    provider.apply_removal_policy(RemovalPolicy::Retain);
    provider.attr_arn()
}

/// The ARN of the provider that the account has for a host: IAM makes it of the name.
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
