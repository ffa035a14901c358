//! The identity provider of GitHub Actions.

use crate::cfn::iam::CfnOidcProviderProps;
use crate::core::{Arn, Construct, RemovalPolicy, Value, pseudo, sub};
use crate::kind;

/// The host that signs the tokens of GitHub Actions.
pub(super) const ISSUER: &str = "token.actions.githubusercontent.com";

/// The audience of tokens that are meant for AWS.
pub(super) const AUDIENCE: &str = "sts.amazonaws.com";

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
        let provider = CfnOidcProviderProps::new()
            .url(format!("https://{ISSUER}"))
            .client_id_list([AUDIENCE])
            .build(scope, "Resource");
        provider.apply_removal_policy(RemovalPolicy::Retain);
        Self {
            arn: provider.attr_arn(),
        }
    }

    /// The provider that the account has already.
    pub fn of_account() -> Self {
        let arn = sub![
            "arn:",
            pseudo::partition(),
            ":iam::",
            pseudo::account_id(),
            ":oidc-provider/",
            ISSUER
        ];
        Self { arn: arn.cast() }
    }

    /// The ARN.
    pub fn arn(&self) -> Value<Arn<kind::iam::OidcProvider>> {
        self.arn.clone()
    }
}
