//! The profile of the AWS configuration files: selected as in the AWS CLI, and read for the source of its credentials.
//!
//! The SDK also reads the files. They are read here to refuse a missing profile before the first call, to ask for MFA codes, and to name the profile
//! in error messages.

use std::borrow::Cow;

use aws_config::profile::{Profile, ProfileSet};
use aws_types::os_shim_internal::{Env, Fs};
use infra_core::{Diagnostic, codes, find_nearest};

use super::error::ConnectError;

/// Maximum number of profiles to follow by `source_profile`. A longer chain is a loop, which the SDK reports.
const MAX_SOURCE_PROFILES: usize = 10;

/// The selected profile with the source of its credentials.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct ChosenProfile {
    /// Name of the profile.
    pub(super) name: String,
    /// Role that the profile assumes, the first one of a chain.
    pub(super) role: Option<AssumedRole>,
    /// Source of the credentials at the end of the chain.
    pub(super) origin: Origin,
}

/// A role that a profile assumes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct AssumedRole {
    /// ARN of the role.
    pub(super) arn: String,
    /// Profile whose credentials assume the role, or `None` for `credential_source`.
    pub(super) source: Option<String>,
    /// Source of the credentials that assume the role, if the profile names one of the machine.
    pub(super) credential_source: Option<CredentialSource>,
    /// Serial number or ARN of the MFA device.
    pub(super) mfa_serial: Option<String>,
    pub(super) external_id: Option<String>,
    pub(super) session_name: Option<String>,
    /// Duration of the session in seconds. The default of AWS is one hour.
    pub(super) duration_secs: Option<i32>,
}

/// A source of credentials on a machine in AWS: the value of `credential_source`.
///
/// The value `Environment` is missing, because keys in the environment take precedence over every profile.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum CredentialSource {
    /// The metadata service of an EC2 instance.
    Instance,
    /// The credentials endpoint of an ECS container.
    Container,
}

impl CredentialSource {
    /// Returns the source for a value in the configuration files.
    /// <https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html>
    fn from_name(name: &str) -> Option<Self> {
        match name {
            "Ec2InstanceMetadata" => Some(Self::Instance),
            "EcsContainer" => Some(Self::Container),
            _ => None,
        }
    }
}

/// The source of the credentials at the end of a chain of profiles.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Origin {
    /// A sign-in to IAM Identity Center, by the profile that configures it.
    SingleSignOn(String),
    /// A sign-in with `aws login`, by the profile that configures it.
    Login(String),
    /// A program in `credential_process`, by the profile that configures it.
    Process(String),
    /// Another source that the profile configures.
    Other,
    /// Unknown: the profile configures no source, or does not exist.
    Unknown,
}

impl ChosenProfile {
    /// Selects the profile with the given name, else that of `AWS_PROFILE`, else `default`.
    ///
    /// # Errors
    ///
    /// Fails if the files cannot be read, or if a named profile does not exist. If the environment contains credentials, as in a workflow, the
    /// profile named by a project file may be missing.
    pub(super) async fn load_by_name(
        named: Option<&str>,
        environment: &Env,
        files: &Fs,
    ) -> Result<Self, ConnectError> {
        let may_miss = named.is_some() && has_credentials(environment);
        let named = named.map(str::to_owned);
        let named = named.or_else(|| environment.get("AWS_PROFILE").ok());
        let named = named.filter(|name| !name.is_empty());
        let over = named.clone().map(Cow::Owned);
        let set = aws_config::profile::load(files, environment, &<_>::default(), over)
            .await
            .map_err(|error| unreadable_files_error(&super::problem::join_messages(&error)))?;
        let name = named.clone().unwrap_or_else(|| "default".to_owned());
        match set.get_profile(&name) {
            Some(profile) => Ok(Self::from_profile(&set, profile)),
            None if named.is_some() && !may_miss => {
                Err(missing_profile_error(&name, &set, environment))
            }
            None => Ok(Self {
                name,
                role: None,
                origin: Origin::Unknown,
            }),
        }
    }

    fn from_profile(set: &ProfileSet, profile: &Profile) -> Self {
        Self {
            name: profile.name().to_owned(),
            role: role_from_profile(profile),
            origin: follow_origin(set, profile),
        }
    }

    /// Returns the MFA device whose code the profile requires. Only roles that another profile or a credential source of the machine assumes are
    /// supported.
    pub(super) fn mfa_serial(&self) -> Option<&str> {
        let role = self.role.as_ref()?;
        let by_another = role
            .source
            .as_ref()
            .is_some_and(|source| *source != self.name);
        let serial = role.mfa_serial.as_deref();
        serial.filter(|_| by_another || role.credential_source.is_some())
    }
}

/// Returns `true` if the environment configures a source of credentials.
fn has_credentials(environment: &Env) -> bool {
    let is_set = |name: &&str| environment.get(name).is_ok_and(|value| !value.is_empty());
    [
        "AWS_ACCESS_KEY_ID",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    ]
    .iter()
    .any(is_set)
}

fn role_from_profile(profile: &Profile) -> Option<AssumedRole> {
    let get = |key: &str| profile.get(key).map(str::to_owned);
    // A web identity assumes its role on its own.
    if profile.get("web_identity_token_file").is_some() {
        return None;
    }
    Some(AssumedRole {
        arn: get("role_arn")?,
        source: get("source_profile"),
        credential_source: profile
            .get("credential_source")
            .and_then(CredentialSource::from_name),
        mfa_serial: get("mfa_serial"),
        external_id: get("external_id"),
        session_name: get("role_session_name"),
        duration_secs: profile
            .get("duration_seconds")
            .and_then(|text| text.parse().ok()),
    })
}

/// Follows `source_profile` to the profile that provides the credentials.
fn follow_origin(set: &ProfileSet, first: &Profile) -> Origin {
    let mut profile = first;
    for _ in 0..MAX_SOURCE_PROFILES {
        let source = role_from_profile(profile).and_then(|role| role.source);
        match source.and_then(|name| set.get_profile(&name)) {
            Some(next) if next.name() != profile.name() => profile = next,
            Some(_) | None => break,
        }
    }
    let name = profile.name().to_owned();
    let has = |key: &str| profile.get(key).is_some();
    if has("sso_session") || has("sso_start_url") {
        Origin::SingleSignOn(name)
    } else if has("login_session") {
        Origin::Login(name)
    } else if has("credential_process") {
        Origin::Process(name)
    } else if ["aws_access_key_id", "role_arn", "credential_source"]
        .iter()
        .any(|key| has(key))
    {
        Origin::Other
    } else {
        Origin::Unknown
    }
}

fn unreadable_files_error(said: &str) -> ConnectError {
    Diagnostic::new(
        codes::BAD_AWS_CONFIGURATION,
        "cannot read the AWS configuration files",
    )
    .note(said.to_owned())
    .help("correct the file; <https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html> describes its format")
    .into()
}

fn missing_profile_error(name: &str, set: &ProfileSet, environment: &Env) -> ConnectError {
    let mut names: Vec<&str> = set.profiles().collect();
    names.sort_unstable();
    let file = |variable: &str, usual: &str| {
        let given = environment.get(variable).ok();
        let given = given.filter(|path| !path.is_empty());
        given.unwrap_or_else(|| usual.to_owned())
    };
    let mut finding = Diagnostic::new(
        codes::BAD_AWS_CONFIGURATION,
        format!("the AWS profile `{name}` does not exist"),
    )
    .note(format!(
        "searched in `{}` and `{}`",
        file("AWS_CONFIG_FILE", "~/.aws/config"),
        file("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"),
    ));
    if !names.is_empty() {
        finding = finding.expected(format!("one of {}", names.join(", ")));
    }
    let help = match find_nearest(name, names.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!(
            "create it with `aws configure --profile {name}`, or select another one with `--profile`, AWS_PROFILE or `infra.toml`"
        ),
    };
    finding.help(help).into()
}

#[cfg(test)]
mod tests {
    use aws_types::os_shim_internal::{Env, Fs};

    use super::{ChosenProfile, CredentialSource, Origin};

    const CONFIG: &str = "
[default]
region = eu-west-1

[profile keys]
aws_access_key_id = AKIA1
aws_secret_access_key = secret

[profile work]
sso_session = company
sso_account_id = 111111111111
sso_role_name = Admin

[sso-session company]
sso_region = eu-west-1
sso_start_url = https://company.awsapps.com/start

[profile prod]
role_arn = arn:aws:iam::222222222222:role/deploy
source_profile = work
external_id = x1
role_session_name = ada
duration_seconds = 900

[profile secure]
role_arn = arn:aws:iam::222222222222:role/admin
source_profile = keys
mfa_serial = arn:aws:iam::111111111111:mfa/ada

[profile console]
login_session = arn:aws:iam::111111111111:user/ada

[profile program]
credential_process = /opt/credentials

[profile instance]
role_arn = arn:aws:iam::222222222222:role/deploy
credential_source = Ec2InstanceMetadata

[profile guarded]
role_arn = arn:aws:iam::222222222222:role/admin
credential_source = EcsContainer
mfa_serial = arn:aws:iam::111111111111:mfa/ada

[profile one]
role_arn = arn:aws:iam::222222222222:role/one
source_profile = two

[profile two]
role_arn = arn:aws:iam::222222222222:role/two
source_profile = one
";

    fn profile_environment(profile: &str) -> Env {
        Env::from_slice(&[("AWS_CONFIG_FILE", "/c"), ("AWS_PROFILE", profile)])
    }

    async fn load_chosen(named: Option<&str>, variable: &str) -> ChosenProfile {
        let files = Fs::from_slice(&[("/c", CONFIG)]);
        ChosenProfile::load_by_name(named, &profile_environment(variable), &files)
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn prefers_option_over_variable_over_default() {
        assert_eq!(load_chosen(Some("work"), "prod").await.name, "work");
        assert_eq!(load_chosen(None, "prod").await.name, "prod");
        assert_eq!(load_chosen(None, "").await.name, "default");
    }

    #[tokio::test]
    async fn takes_origin_from_last_profile() {
        for (name, origin) in [
            ("default", Origin::Unknown),
            ("keys", Origin::Other),
            ("work", Origin::SingleSignOn("work".to_owned())),
            ("prod", Origin::SingleSignOn("work".to_owned())),
            ("secure", Origin::Other),
            ("console", Origin::Login("console".to_owned())),
            ("program", Origin::Process("program".to_owned())),
            ("instance", Origin::Other),
            ("one", Origin::Other),
        ] {
            assert_eq!(load_chosen(Some(name), "").await.origin, origin, "{name}");
        }
    }

    #[tokio::test]
    async fn reads_all_settings_of_role() {
        let role = load_chosen(Some("prod"), "").await.role.unwrap();
        assert_eq!(role.arn, "arn:aws:iam::222222222222:role/deploy");
        assert_eq!(role.source.as_deref(), Some("work"));
        assert_eq!(role.mfa_serial, None);
        assert_eq!(role.external_id.as_deref(), Some("x1"));
        assert_eq!(role.session_name.as_deref(), Some("ada"));
        assert_eq!(role.duration_secs, Some(900));
        let serial = load_chosen(Some("secure"), "").await;
        assert_eq!(
            serial.mfa_serial(),
            Some("arn:aws:iam::111111111111:mfa/ada")
        );
        assert_eq!(load_chosen(Some("keys"), "").await.role, None);
        let guarded = load_chosen(Some("guarded"), "").await;
        assert_eq!(
            guarded.mfa_serial(),
            Some("arn:aws:iam::111111111111:mfa/ada")
        );
        let place = guarded.role.and_then(|role| role.credential_source);
        assert_eq!(place, Some(CredentialSource::Container));
        assert_eq!(load_chosen(Some("instance"), "").await.mfa_serial(), None);
    }

    #[tokio::test]
    async fn rejects_unknown_profile_and_lists_others() {
        let files = Fs::from_slice(&[("/c", "[profile work]\n[profile test]\n")]);
        let environment = profile_environment("wrok");
        let refused = ChosenProfile::load_by_name(None, &environment, &files).await;
        assert_eq!(
            infra_core::render(&refused.unwrap_err().into_finding()),
            "error[INF7007]: the AWS profile `wrok` does not exist
   = expected: one of test, work
   = note: searched in `/c` and `~/.aws/credentials`
   = help: did you mean `work`?
"
        );
        let none = Fs::from_slice(&[]);
        let refused = ChosenProfile::load_by_name(Some("prod"), &environment, &none).await;
        let finding = infra_core::render(&refused.unwrap_err().into_finding());
        assert!(
            finding.contains("create it with `aws configure --profile prod`"),
            "{finding}"
        );
    }

    #[tokio::test]
    async fn allows_missing_profile_in_workflow() {
        let none = Fs::from_slice(&[]);
        for variable in ["AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE"] {
            let environment = Env::from_slice(&[(variable, "x")]);
            let chosen = ChosenProfile::load_by_name(Some("prod"), &environment, &none).await;
            assert_eq!(chosen.unwrap().origin, Origin::Unknown);
            // A variable is set intentionally, so the profile must exist.
            let environment = Env::from_slice(&[(variable, "x"), ("AWS_PROFILE", "prod")]);
            let chosen = ChosenProfile::load_by_name(None, &environment, &none).await;
            assert!(chosen.is_err(), "{variable}");
        }
        let nothing = Env::from_slice(&[("AWS_ACCESS_KEY_ID", "")]);
        assert!(
            ChosenProfile::load_by_name(Some("prod"), &nothing, &none)
                .await
                .is_err()
        );
    }

    #[tokio::test]
    async fn accepts_missing_files_and_names() {
        let none = Fs::from_slice(&[]);
        let chosen = ChosenProfile::load_by_name(None, &Env::from_slice(&[]), &none).await;
        assert_eq!(chosen.unwrap().origin, Origin::Unknown);
    }

    #[tokio::test]
    async fn names_unreadable_file() {
        let files = Fs::from_slice(&[("/c", "[profile work\n")]);
        let refused = ChosenProfile::load_by_name(None, &profile_environment(""), &files).await;
        let finding = infra_core::render(&refused.unwrap_err().into_finding());
        assert!(finding.contains("/c"), "{finding}");
    }
}
