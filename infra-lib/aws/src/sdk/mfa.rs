//! Roles that require the code of an MFA device, which the SDK does not support in profiles.

use std::fmt;
use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future::ProvideCredentials as Provided;
use aws_credential_types::provider::{self, ProvideCredentials};
use aws_sdk_sts::Client;
use tokio::sync::OnceCell;

use super::profile::AssumedRole;

/// Session name for profiles without one.
const SESSION: &str = "infra";

/// Credentials provider that assumes a role once, because AWS accepts an MFA code only once.
pub(super) struct MfaRole {
    sts: Client,
    role: AssumedRole,
    serial: String,
    code: String,
    credentials: OnceCell<Credentials>,
}

impl MfaRole {
    /// Creates a provider for a role that `sts` assumes with an MFA code.
    pub(super) fn new(sts: Client, role: AssumedRole, serial: String, code: String) -> Self {
        Self {
            sts,
            role,
            serial,
            code,
            credentials: OnceCell::new(),
        }
    }

    async fn session_credentials(&self) -> provider::Result {
        let given = self
            .credentials
            .get_or_try_init(|| self.assume_role())
            .await?;
        match given.expiry() {
            Some(end) if end <= SystemTime::now() => Err(CredentialsError::provider_error(
                "the session that was started with the MFA code has expired: run the command again",
            )),
            _ => Ok(given.clone()),
        }
    }

    async fn assume_role(&self) -> provider::Result {
        let request = self
            .sts
            .assume_role()
            .role_arn(&self.role.arn)
            .role_session_name(self.role.session_name.as_deref().unwrap_or(SESSION))
            .set_external_id(self.role.external_id.clone())
            .set_duration_seconds(self.role.duration_secs)
            .serial_number(&self.serial)
            .token_code(&self.code);
        let answer = request
            .send()
            .await
            .map_err(CredentialsError::provider_error)?;
        let Some(given) = answer.credentials else {
            return Err(CredentialsError::unhandled(
                "the response of STS contains no credentials",
            ));
        };
        let end = SystemTime::try_from(given.expiration).map_err(CredentialsError::unhandled)?;
        Ok(Credentials::new(
            given.access_key_id,
            given.secret_access_key,
            Some(given.session_token),
            Some(end),
            "MfaRole",
        ))
    }
}

impl ProvideCredentials for MfaRole {
    fn provide_credentials<'a>(&'a self) -> Provided<'a>
    where
        Self: 'a,
    {
        Provided::new(self.session_credentials())
    }
}

impl fmt::Debug for MfaRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MfaRole")
            .field("role", &self.role.arn)
            .field("serial", &self.serial)
            .finish_non_exhaustive()
    }
}
