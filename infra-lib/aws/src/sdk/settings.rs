//! How AWS is reached: what the SDK does not read from the environment by itself, and what a test says instead.

use std::fmt;
use std::path::PathBuf;

use aws_types::os_shim_internal::{Env, Fs};
use infra_core::{Diagnostic, codes};

use super::error::ConnectError;
use super::profile::ChosenProfile;

/// Way to AWS, where it is not as environment and profile say.
///
/// `Debug` shows neither the secret of the access key nor the MFA code.
///
/// The SDK reads `AWS_PROFILE`, `AWS_REGION`, `AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE`, `AWS_ENDPOINT_URL` and
/// `AWS_ENDPOINT_URL_<SERVICE>` by itself; what is set here comes before that.
#[derive(bon::Builder, Clone, Default)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Settings {
    /// Where every service is, instead of AWS.
    pub endpoint_url: Option<String>,
    /// The profile of the AWS configuration files.
    pub profile: Option<String>,
    /// The region of stacks that name none.
    pub region: Option<String>,
    /// Credentials: the id of an access key, and its secret.
    pub access_key: Option<(String, String)>,
    /// Certificates that are trusted instead of the system's, in PEM form.
    pub ca_bundle: Option<PathBuf>,
    /// Code of the MFA device that the profile names, of six digits; each code is accepted once.
    pub mfa_code: Option<String>,
}

/// An MFA device whose code a profile needs.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct MfaDevice {
    /// Profile that names the device.
    pub profile: String,
    /// Serial number or ARN of the device.
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
    /// What the environment says and the SDK does not read: `AWS_CA_BUNDLE`. Addresses of endpoints are checked here,
    /// because the SDK would call a wrong one a failure of the network.
    pub fn of_environment() -> Result<Self, ConnectError> {
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

    /// Finds the MFA device whose code has to be in `mfa_code` before [`connect`](Self::connect).
    ///
    /// # Errors
    ///
    /// A finding for configuration files that cannot be read, and for a profile that does not exist.
    pub async fn mfa_device(&self) -> Result<Option<MfaDevice>, ConnectError> {
        // Keys of the environment come before every profile.
        if self.access_key.is_some() || has_own_keys() {
            return Ok(None);
        }
        let profile = self.chosen_profile().await?;
        Ok(profile.mfa_serial().map(|serial| MfaDevice {
            profile: profile.name.clone(),
            serial: serial.to_owned(),
        }))
    }

    /// The profile that these settings, or else the environment, choose.
    pub(super) async fn chosen_profile(&self) -> Result<ChosenProfile, ConnectError> {
        ChosenProfile::choose(self.profile.as_deref(), &Env::real(), &Fs::real()).await
    }
}

/// True when the environment holds an access key.
pub(super) fn has_own_keys() -> bool {
    ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]
        .iter()
        .all(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Whether a value is the address of an endpoint.
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
        format!("`{value}` is no address of an endpoint ({name})"),
    )
    .expected("`https://HOST`, or `http://HOST:PORT` for an emulator")
    .help(format!("correct {name}, or unset it to talk to AWS"));
    Err(finding.into())
}

#[cfg(test)]
mod tests {
    use super::{Settings, check_address};

    #[test]
    fn debug_shows_no_secret() {
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
    fn addresses_are_told_from_what_is_none() {
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
                format!("`{bad}` is no address of an endpoint (AWS_ENDPOINT_URL_S3)")
            );
        }
    }
}
