//! Temporary credentials of a role, from STS.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_config::SdkConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future::ProvideCredentials as Provided;
use aws_credential_types::provider::{ProvideCredentials, Result as CredentialsResult};
use aws_sdk_sts::types::Tag;
use infra_template::assembly::AssumedRole;

use super::{ApiResult, problem};

/// Name of the role session, which appears in CloudTrail next to the caller.
const SESSION_NAME: &str = "infra";

/// Time before the expiry at which credentials are renewed, so that a call that starts now completes before they expire.
const MARGIN: Duration = Duration::from_mins(5);

/// Client that assumes a role.
#[derive(Debug)]
pub(super) struct RoleAssumer {
    client: aws_sdk_sts::Client,
    role: AssumedRole,
}

impl RoleAssumer {
    pub(super) fn new(config: &SdkConfig, role: &AssumedRole) -> Self {
        Self {
            client: aws_sdk_sts::Client::new(config),
            role: role.clone(),
        }
    }

    /// Assumes the role and returns its credentials.
    pub(super) async fn assume_role(&self) -> ApiResult<Credentials> {
        let role = &self.role;
        let mut call = self
            .client
            .assume_role()
            .role_arn(&role.arn)
            .role_session_name(SESSION_NAME)
            .set_external_id(role.external_id.clone());
        for (key, value) in &role.session_tags {
            let tag = Tag::builder().key(key).value(value).build();
            let tag = tag.map_err(|error| {
                crate::ApiError::new("STS", "AssumeRole", "InvalidRequest", error.to_string())
            })?;
            call = call.tags(tag).transitive_tag_keys(key);
        }
        let answer = call.send().await;
        let answer = answer.map_err(problem::convert_sdk_error("STS", "AssumeRole"))?;
        let Some(found) = answer.credentials else {
            return Err(crate::ApiError::new(
                "STS",
                "AssumeRole",
                "InvalidAnswer",
                "the response contains no credentials",
            ));
        };
        Ok(Credentials::new(
            found.access_key_id,
            found.secret_access_key,
            Some(found.session_token),
            found.expiration.try_into().ok(),
            "assumed role",
        ))
    }
}

/// Credentials provider that assumes the role again shortly before the current credentials expire.
#[derive(Debug)]
pub(super) struct RenewingProvider {
    current: Mutex<Credentials>,
    assumer: RoleAssumer,
}

impl RenewingProvider {
    pub(super) fn new(first: Credentials, assumer: RoleAssumer) -> Self {
        Self {
            current: Mutex::new(first),
            assumer,
        }
    }

    fn current_credentials(&self) -> Credentials {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current.clone()
    }

    async fn provide_or_renew(&self) -> CredentialsResult {
        let current = self.current_credentials();
        let enough = SystemTime::now() + MARGIN;
        if current.expiry().is_none_or(|expiry| expiry > enough) {
            return Ok(current);
        }
        let next = self.assumer.assume_role().await;
        let next = next.map_err(CredentialsError::provider_error)?;
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = next.clone();
        Ok(next)
    }
}

impl ProvideCredentials for RenewingProvider {
    fn provide_credentials<'a>(&'a self) -> Provided<'a>
    where
        Self: 'a,
    {
        Provided::new(self.provide_or_renew())
    }
}
