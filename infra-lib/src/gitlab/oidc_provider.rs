//! The identity provider of a GitLab instance.

use crate::core::{Arn, Construct, Value};
use crate::github::oidc_provider::{add, arn_of};
use crate::kind;

/// The host that signs the tokens of GitLab.com.
const HOST: &str = "gitlab.com";

/// The identity provider of GitLab CI in an AWS account.
///
/// An account has one for each instance, shared by everything in it: [`new`](Self::new) makes it and keeps it when it leaves the
/// template, [`of_account`](Self::of_account) uses the one that is there. No thumbprint is given: AWS trusts the authority
/// of the certificate by itself.
///
/// See [ID tokens in GitLab](https://docs.gitlab.com/ci/secrets/id_token_authentication/).
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

    /// Adds the provider of an instance under `scope`, such as `gitlab.example.com`. AWS has to reach it over the internet.
    #[track_caller]
    pub fn of_host<'app>(scope: impl Construct<'app>, id: &str, host: impl Into<String>) -> Self {
        let host = host.into();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.gitlab.OidcProvider");
        Self {
            arn: add(scope, &host),
            host,
        }
    }

    /// The provider of GitLab.com that the account has already. It has to accept the audience `sts.amazonaws.com`.
    pub fn of_account() -> Self {
        Self::of_account_for(HOST)
    }

    /// The provider of an instance that the account has already.
    pub fn of_account_for(host: impl Into<String>) -> Self {
        let host = host.into();
        Self {
            arn: arn_of(&host),
            host,
        }
    }

    /// The ARN.
    pub fn arn(&self) -> Value<Arn<kind::iam::OidcProvider>> {
        self.arn.clone()
    }

    /// The host of the instance, by which conditions name the claims of its tokens.
    pub fn host(&self) -> &str {
        &self.host
    }
}
