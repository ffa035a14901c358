//! How AWS is reached: what the SDK does not read from the environment by itself, and what a test says instead.

use std::path::PathBuf;

use infra_core::{Diagnostic, codes};

use super::error::ConnectError;

/// How AWS is reached where it is not as environment and profile say.
///
/// The SDK reads `AWS_PROFILE`, `AWS_REGION`, `AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE`, `AWS_ENDPOINT_URL` and
/// `AWS_ENDPOINT_URL_<SERVICE>` by itself; what is set here comes before that.
#[derive(bon::Builder, Clone, Debug, Default)]
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
    use super::check_address;

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
