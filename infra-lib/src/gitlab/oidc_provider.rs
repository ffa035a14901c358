//! The identity provider of a GitLab instance.

use crate::core::{Arn, Construct, Value};
use crate::github::oidc_provider::{add_provider, arn_of};
use crate::kind;

/// Host that signs the tokens of GitLab.com.
const HOST: &str = "gitlab.com";

/// The identity provider of GitLab CI in an AWS account.
///
/// Creates an [`iam::OidcProvider`](crate::iam::OidcProvider), which reports a host that IAM rejects (`INF4976`).
/// An account can have only one per GitLab instance: [`new`](Self::new) creates it and retains it when it leaves the
/// template, [`of_account`](Self::of_account) refers to an existing one. Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | address of the issuer | `https://gitlab.com` | required |
/// | audience | `sts.amazonaws.com` | none |
/// | thumbprints | none, because AWS trusts the authority of the certificate | none |
/// | removal policy | retain | delete |
///
/// See [ID tokens in GitLab](https://docs.gitlab.com/ci/secrets/id_token_authentication/).
///
/// ```
/// use infra_lib::gitlab::OidcProvider;
/// use infra_lib::iam::{Principal, Role};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Reports");
/// let provider = OidcProvider::of_host(stack, "GitLab", "gitlab.example.com");
/// let job = Principal::oidc(provider.arn())
///     .condition("StringEquals", "gitlab.example.com:aud", "sts.amazonaws.com")
///     .condition("StringEquals", "gitlab.example.com:sub", "project_path:octo/notes:ref_type:branch:ref:main");
/// Role::builder().assumed_by(job).build(stack, "Report");
/// # assert!(!app.synth().has_errors());
/// ```
#[derive(Clone, Debug)]
pub struct OidcProvider {
    arn: Value<Arn<kind::iam::OidcProvider>>,
    host: String,
}

impl OidcProvider {
    /// Adds the provider of GitLab.com under `scope`.
    #[track_caller]
    pub fn new<'app>(scope: impl Construct<'app>, id: &str) -> Self {
        Self::of_host(scope, id, HOST)
    }

    /// Adds the provider of an instance under `scope`, such as `gitlab.example.com`. AWS must be able to reach the
    /// instance over the internet.
    #[track_caller]
    pub fn of_host<'app>(scope: impl Construct<'app>, id: &str, host: impl Into<String>) -> Self {
        let host = host.into();
        Self {
            arn: add_provider(scope, id, &host),
            host,
        }
    }

    /// Returns the account's existing provider of GitLab.com. It must accept the audience `sts.amazonaws.com`.
    pub fn of_account() -> Self {
        Self::of_account_for(HOST)
    }

    /// Returns the account's existing provider of an instance.
    pub fn of_account_for(host: impl Into<String>) -> Self {
        let host = host.into();
        Self {
            arn: arn_of(&host),
            host,
        }
    }

    /// Returns the ARN of the provider.
    pub fn arn(&self) -> Value<Arn<kind::iam::OidcProvider>> {
        self.arn.clone()
    }

    /// Returns the host of the instance, which is the prefix of claims in conditions.
    pub fn host(&self) -> &str {
        &self.host
    }
}
