//! Connection settings: overrides of the environment and profile, and variables that the SDK does not read.

use std::fmt;
use std::path::PathBuf;

use aws_types::os_shim_internal::{Env, Fs};
use infra_core::{Diagnostic, codes};

use super::error::ConnectError;
use super::profile::ChosenProfile;

/// Settings for connecting to AWS that override the environment and the profile.
///
/// `Debug` shows neither the secret access key nor the MFA code.
///
/// The SDK reads `AWS_PROFILE`, `AWS_REGION`, `AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE`, `AWS_ENDPOINT_URL` and `AWS_ENDPOINT_URL_<SERVICE>`
/// for all other values.
#[derive(bon::Builder, Clone, Default)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Settings {
    /// Address of every service, for example of an emulator. Default: the endpoints of AWS.
    pub endpoint_url: Option<String>,
    /// Name of the profile in the AWS configuration files. Default: `AWS_PROFILE`, else `default`.
    pub profile: Option<String>,
    /// Region for stacks that do not specify one. Default: `AWS_REGION`, else that of the profile.
    pub region: Option<String>,
    /// Access key ID and secret access key. Default: the credentials of the environment or the profile.
    pub access_key: Option<(String, String)>,
    /// PEM file with the certificates to trust instead of those of the system.
    pub ca_bundle: Option<PathBuf>,
    /// Six-digit code of the MFA device of the profile. AWS accepts each code once.
    pub mfa_code: Option<String>,
}

/// An MFA device whose current code a profile requires to assume its role.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct MfaDevice {
    /// Name of the profile that configures the device with `mfa_serial`.
    pub profile: String,
    /// Serial number of a hardware device, or ARN of a virtual one.
    pub serial: String,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = self.access_key.as_ref();
        f.debug_struct("Settings")
            .field("endpoint_url", &self.endpoint_url)
            .field("profile", &self.profile)
            .field("region", &self.region)
            .field("access_key", &key.map(|(id, _)| id))
            .field("ca_bundle", &self.ca_bundle)
            .finish_non_exhaustive()
    }
}

impl Settings {
    /// Reads the settings in the environment that the SDK does not read: `AWS_CA_BUNDLE`.
    ///
    /// # Errors
    ///
    /// Fails if an endpoint address in the environment is invalid. The SDK would report it as a network error.
    pub fn from_environment() -> Result<Self, ConnectError> {
        for (name, value) in std::env::vars_os() {
            let (Some(name), Some(value)) = (name.to_str(), value.to_str()) else {
                continue;
            };
            if (name == "AWS_ENDPOINT_URL" || name.starts_with("AWS_ENDPOINT_URL_"))
                && !value.is_empty()
            {
                check_address(name, value)?;
            }
        }
        let ca_bundle = std::env::var_os("AWS_CA_BUNDLE").filter(|path| !path.is_empty());
        Ok(Self {
            ca_bundle: ca_bundle.map(PathBuf::from),
            ..Self::default()
        })
    }

    /// Returns the MFA device of the profile, if its code must be set in `mfa_code` before [`connect`](Self::connect).
    ///
    /// # Errors
    ///
    /// Fails if the configuration files cannot be read, or the profile does not exist.
    pub async fn mfa_device(&self) -> Result<Option<MfaDevice>, ConnectError> {
        // Keys in the environment take precedence over every profile.
        if self.access_key.is_some() || has_own_keys() {
            return Ok(None);
        }
        let profile = self.chosen_profile().await?;
        Ok(profile.mfa_serial().map(|serial| MfaDevice {
            profile: profile.name.clone(),
            serial: serial.to_owned(),
        }))
    }

    /// Returns the profile selected by these settings, else by the environment.
    pub(super) async fn chosen_profile(&self) -> Result<ChosenProfile, ConnectError> {
        ChosenProfile::load_by_name(self.profile.as_deref(), &Env::real(), &Fs::real()).await
    }
}

/// Returns `true` if the environment contains an access key.
pub(super) fn has_own_keys() -> bool {
    ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]
        .iter()
        .all(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Refuses a value that is not the address of an endpoint.
fn check_address(name: &str, value: &str) -> Result<(), ConnectError> {
    let host = ["http://", "https://"]
        .iter()
        .find_map(|scheme| value.strip_prefix(scheme))
        .unwrap_or_default();
    let good = !host.is_empty()
        && !host.starts_with(['/', ':'])
        && !host.contains(|c: char| c.is_whitespace() || c == '?' || c == '#');
    if good {
        return Ok(());
    }
    let finding = Diagnostic::new(
        codes::BAD_AWS_CONFIGURATION,
        format!("`{value}` is not a valid endpoint URL ({name})"),
    )
    .expected("`https://HOST`, or `http://HOST:PORT` for an emulator")
    .help(format!(
        "correct {name}, or unset it to use the endpoints of AWS"
    ));
    Err(finding.into())
}

#[cfg(test)]
mod tests {
    use super::{Settings, check_address};

    #[test]
    fn omits_secrets_from_debug_output() {
        let settings = Settings::builder()
            .access_key(("AKIAEXAMPLE".to_owned(), "topsecret".to_owned()))
            .mfa_code("123456")
            .build();
        let shown = format!("{settings:?}");
        assert!(shown.contains("AKIAEXAMPLE"), "{shown}");
        assert!(
            !shown.contains("topsecret") && !shown.contains("123456"),
            "{shown}"
        );
    }

    #[test]
    fn rejects_invalid_endpoint_addresses() {
        for good in [
            "http://127.0.0.1:4566",
            "https://localhost:9297",
            "https://vpce-1.cloudformation.eu-central-1.vpce.amazonaws.com/",
            "http://[::1]:4566",
        ] {
            check_address("AWS_ENDPOINT_URL", good).unwrap();
        }
        for bad in [
            "localhost:4566",
            "http://",
            "https:///x",
            "ftp://host",
            "http://a b",
        ] {
            let refused = check_address("AWS_ENDPOINT_URL_S3", bad).unwrap_err();
            assert_eq!(
                refused.to_string(),
                format!("`{bad}` is not a valid endpoint URL (AWS_ENDPOINT_URL_S3)")
            );
        }
    }
}
