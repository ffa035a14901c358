//! Explains missing credentials, given the profile from which they should come.

use std::error::Error as StdError;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sts::operation::assume_role::AssumeRoleError;
use aws_sdk_sts::operation::assume_role_with_web_identity::AssumeRoleWithWebIdentityError;
use aws_smithy_types::error::ErrorMetadata;

use super::problem::{chain, chained, innermost};
use super::profile::{ChosenProfile, Origin};

/// An explained credentials error, with help.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(super) struct NoCredentials {
    /// Text of the failure.
    pub(super) message: String,
    /// Suggested remedy, if there is one.
    pub(super) help: Option<String>,
}

/// Explains an error. Network errors, which may be transient, are returned unchanged.
pub(super) fn explain(error: CredentialsError, profile: &ChosenProfile) -> CredentialsError {
    match explained(&error, profile) {
        Some(explained) => CredentialsError::provider_error(explained),
        None => error,
    }
}

fn explained(error: &CredentialsError, profile: &ChosenProfile) -> Option<NoCredentials> {
    let name = &profile.name;
    match error {
        CredentialsError::ProviderTimedOut(_) => return None,
        CredentialsError::CredentialsNotLoaded(_) => {
            return Some(NoCredentials {
                message: match profile.origin {
                    Origin::Unsaid => "no credentials were found".to_owned(),
                    _ => format!("profile `{name}` has no credentials"),
                },
                help: None,
            });
        }
        _ => {}
    }
    if chain(error).any(<dyn std::error::Error + 'static>::is::<AssumeRoleWithWebIdentityError>) {
        return Some(NoCredentials {
            message: format!("cannot assume the role of the web identity: {}", words(error)),
            help: Some("check AWS_ROLE_ARN, the token file, and whether the role's trust policy allows the issuer, audience and subject of the token".to_owned()),
        });
    }
    if let Some(role) = &profile.role
        && chain(error).any(<dyn std::error::Error + 'static>::is::<AssumeRoleError>)
    {
        let caller = match &role.source {
            Some(source) => format!("the credentials of profile `{source}`"),
            None => "the credentials that assume it".to_owned(),
        };
        let help = match &profile.origin {
            Origin::SingleSignOn(source) if is_about_keys(error) => log_in("sso login", source),
            Origin::Login(source) if is_about_keys(error) => log_in("login", source),
            _ if is_about_keys(error) => format!("renew {caller}"),
            _ if role.mfa_serial.is_some() => {
                format!("check the MFA code, and whether the trust policy of the role allows {caller}")
            }
            _ => format!(
                "check whether the trust policy of the role allows {caller}, and whether they have the permission sts:AssumeRole"
            ),
        };
        return Some(NoCredentials {
            message: format!(
                "cannot assume role `{}` of profile `{name}`: {}",
                role.arn,
                words(error)
            ),
            help: Some(help),
        });
    }
    Some(match &profile.origin {
        Origin::SingleSignOn(source) => NoCredentials {
            message: format!(
                "profile `{source}` is not logged in, or its session has expired: {}",
                words(error)
            ),
            help: Some(log_in("sso login", source)),
        },
        Origin::Login(source) => NoCredentials {
            message: format!(
                "profile `{source}` is not logged in, or its session has expired: {}",
                words(error)
            ),
            help: Some(log_in("login", source)),
        },
        Origin::Process(source) => NoCredentials {
            message: format!(
                "`credential_process` of profile `{source}` returned no credentials: {}",
                words(error)
            ),
            help: Some(format!(
                "run the command in `credential_process` of profile `{source}` yourself to see its output"
            )),
        },
        Origin::Other | Origin::Unsaid => NoCredentials {
            message: words(error),
            help: None,
        },
    })
}

fn log_in(command: &str, profile: &str) -> String {
    format!("log in with `aws {command} --profile {profile}`")
}

/// Returns `true` if AWS does not accept the credentials themselves.
fn is_about_keys(error: &CredentialsError) -> bool {
    let code = metadata(error).and_then(ErrorMetadata::code);
    matches!(
        code,
        Some(
            "ExpiredToken"
                | "ExpiredTokenException"
                | "InvalidClientTokenId"
                | "SignatureDoesNotMatch"
        )
    )
}

/// Returns the message of AWS if there is a response, else the messages of all causes.
fn words(error: &CredentialsError) -> String {
    if let Some(said) = metadata(error).and_then(ErrorMetadata::message) {
        return said.to_owned();
    }
    // The outermost error states only that a provider failed.
    match error.source() {
        Some(cause) => chained(cause),
        None => innermost(error),
    }
}

fn metadata(error: &CredentialsError) -> Option<&ErrorMetadata> {
    chain(error).find_map(|one| one.downcast_ref())
}

#[cfg(test)]
mod tests {
    use aws_credential_types::provider::error::CredentialsError;
    use aws_sdk_sts::operation::assume_role::AssumeRoleError;
    use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
    use aws_smithy_runtime_api::client::result::SdkError;
    use aws_smithy_types::body::SdkBody;
    use aws_smithy_types::error::ErrorMetadata;

    use super::{NoCredentials, explain, explained};
    use crate::sdk::profile::{AssumedRole, ChosenProfile, Origin};

    fn profile(origin: Origin) -> ChosenProfile {
        ChosenProfile {
            name: "prod".to_owned(),
            role: None,
            origin,
        }
    }

    fn assuming(origin: Origin, mfa: bool) -> ChosenProfile {
        let role = AssumedRole {
            arn: "arn:aws:iam::2:role/deploy".to_owned(),
            source: Some("work".to_owned()),
            place: None,
            mfa_serial: mfa.then(|| "arn:aws:iam::1:mfa/ada".to_owned()),
            external_id: None,
            session_name: None,
            duration_secs: None,
        };
        ChosenProfile {
            role: Some(role),
            ..profile(origin)
        }
    }

    /// Returns an error response of STS as the SDK reports it through the chain of profiles.
    fn refused(code: &str, message: &str) -> CredentialsError {
        let meta = ErrorMetadata::builder().code(code).message(message).build();
        let response = HttpResponse::new(403.try_into().unwrap(), SdkBody::from(""));
        let error = SdkError::service_error(AssumeRoleError::generic(meta), response);
        CredentialsError::provider_error(error)
    }

    fn texts(error: &CredentialsError, profile: &ChosenProfile) -> (String, String) {
        let NoCredentials { message, help } = explained(error, profile).unwrap();
        (message, help.unwrap_or_default())
    }

    const DENIED: &str = "User: arn:aws:iam::1:user/ada is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::2:role/deploy";

    #[test]
    fn a_role_that_cannot_be_assumed_is_named_with_the_words_of_aws() {
        let (message, help) = texts(
            &refused("AccessDenied", DENIED),
            &assuming(Origin::Other, false),
        );
        assert_eq!(
            message,
            format!(
                "cannot assume role `arn:aws:iam::2:role/deploy` of profile `prod`: {DENIED}"
            )
        );
        assert_eq!(
            help,
            "check whether the trust policy of the role allows the credentials of profile `work`, and whether they have the permission sts:AssumeRole"
        );
        let (_, help) = texts(
            &refused("AccessDenied", DENIED),
            &assuming(Origin::Other, true),
        );
        assert!(help.starts_with("check the MFA code"), "{help}");
    }

    #[test]
    fn keys_that_aws_does_not_accept_are_to_be_renewed() {
        let expired = refused(
            "ExpiredToken",
            "The security token included in the request is expired",
        );
        for (origin, expected) in [
            (Origin::Other, "renew the credentials of profile `work`"),
            (
                Origin::SingleSignOn("work".to_owned()),
                "log in with `aws sso login --profile work`",
            ),
            (
                Origin::Login("work".to_owned()),
                "log in with `aws login --profile work`",
            ),
        ] {
            assert_eq!(texts(&expired, &assuming(origin, true)).1, expected);
        }
    }

    #[test]
    fn a_log_in_names_the_profile_that_has_it() {
        let gone = || CredentialsError::provider_error("the session has expired");
        for (origin, command) in [
            (
                Origin::SingleSignOn("work".to_owned()),
                "aws sso login --profile work",
            ),
            (Origin::Login("work".to_owned()), "aws login --profile work"),
        ] {
            let (message, help) = texts(&gone(), &assuming(origin, false));
            assert_eq!(
                message,
                "profile `work` is not logged in, or its session has expired: the session has expired"
            );
            assert_eq!(help, format!("log in with `{command}`"));
        }
    }

    #[test]
    fn nothing_found_names_the_profile_that_has_nothing() {
        let nothing = CredentialsError::not_loaded("no provider had any");
        assert_eq!(
            texts(&nothing, &profile(Origin::Unsaid)).0,
            "no credentials were found"
        );
        assert_eq!(
            texts(&nothing, &profile(Origin::Other)).0,
            "profile `prod` has no credentials"
        );
    }

    #[test]
    fn a_provider_that_does_not_answer_stays_as_it_is() {
        let late = CredentialsError::provider_timed_out(std::time::Duration::from_secs(5));
        let kept = explain(late, &profile(Origin::Other));
        assert!(matches!(kept, CredentialsError::ProviderTimedOut(_)));
    }
}
