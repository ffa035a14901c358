//! Explains missing credentials, given the profile from which they should come.

use std::error::Error as StdError;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sts::operation::assume_role::AssumeRoleError;
use aws_sdk_sts::operation::assume_role_with_web_identity::AssumeRoleWithWebIdentityError;
use aws_smithy_types::error::ErrorMetadata;

use super::problem::{error_chain, innermost_message, join_messages};
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
pub(super) fn explain_error(error: CredentialsError, profile: &ChosenProfile) -> CredentialsError {
    match find_explanation(&error, profile) {
        Some(explained) => CredentialsError::provider_error(explained),
        None => error,
    }
}

fn find_explanation(error: &CredentialsError, profile: &ChosenProfile) -> Option<NoCredentials> {
    let name = &profile.name;
    match error {
        CredentialsError::ProviderTimedOut(_) => return None,
        CredentialsError::CredentialsNotLoaded(_) => {
            return Some(NoCredentials {
                message: match profile.origin {
                    Origin::Unknown => "no credentials were found".to_owned(),
                    _ => format!("profile `{name}` has no credentials"),
                },
                help: None,
            });
        }
        _ => {}
    }
    if error_chain(error)
        .any(<dyn std::error::Error + 'static>::is::<AssumeRoleWithWebIdentityError>)
    {
        return Some(NoCredentials {
            message: format!("cannot assume the role of the web identity: {}", describe_cause(error)),
            help: Some("check AWS_ROLE_ARN, the token file, and whether the role's trust policy allows the issuer, audience and subject of the token".to_owned()),
        });
    }
    if let Some(role) = &profile.role
        && error_chain(error).any(<dyn std::error::Error + 'static>::is::<AssumeRoleError>)
    {
        let caller = match &role.source {
            Some(source) => format!("the credentials of profile `{source}`"),
            None => "the credentials that assume it".to_owned(),
        };
        let help = match &profile.origin {
            Origin::SingleSignOn(source) if is_credentials_rejected(error) => {
                format_log_in_help("sso login", source)
            }
            Origin::Login(source) if is_credentials_rejected(error) => {
                format_log_in_help("login", source)
            }
            _ if is_credentials_rejected(error) => format!("renew {caller}"),
            _ if role.mfa_serial.is_some() => {
                format!(
                    "check the MFA code, and whether the trust policy of the role allows {caller}"
                )
            }
            _ => format!(
                "check whether the trust policy of the role allows {caller}, and whether they have the permission sts:AssumeRole"
            ),
        };
        return Some(NoCredentials {
            message: format!(
                "cannot assume role `{}` of profile `{name}`: {}",
                role.arn,
                describe_cause(error)
            ),
            help: Some(help),
        });
    }
    Some(match &profile.origin {
        Origin::SingleSignOn(source) => NoCredentials {
            message: format!(
                "profile `{source}` is not logged in, or its session has expired: {}",
                describe_cause(error)
            ),
            help: Some(format_log_in_help("sso login", source)),
        },
        Origin::Login(source) => NoCredentials {
            message: format!(
                "profile `{source}` is not logged in, or its session has expired: {}",
                describe_cause(error)
            ),
            help: Some(format_log_in_help("login", source)),
        },
        Origin::Process(source) => NoCredentials {
            message: format!(
                "`credential_process` of profile `{source}` returned no credentials: {}",
                describe_cause(error)
            ),
            help: Some(format!(
                "run the command in `credential_process` of profile `{source}` yourself to see its output"
            )),
        },
        Origin::Other | Origin::Unknown => NoCredentials {
            message: describe_cause(error),
            help: None,
        },
    })
}

fn format_log_in_help(command: &str, profile: &str) -> String {
    format!("log in with `aws {command} --profile {profile}`")
}

/// Returns `true` if AWS does not accept the credentials themselves.
fn is_credentials_rejected(error: &CredentialsError) -> bool {
    let code = find_metadata(error).and_then(ErrorMetadata::code);
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
fn describe_cause(error: &CredentialsError) -> String {
    if let Some(said) = find_metadata(error).and_then(ErrorMetadata::message) {
        return said.to_owned();
    }
    // The outermost error states only that a provider failed.
    match error.source() {
        Some(cause) => join_messages(cause),
        None => innermost_message(error),
    }
}

fn find_metadata(error: &CredentialsError) -> Option<&ErrorMetadata> {
    error_chain(error).find_map(|one| one.downcast_ref())
}

#[cfg(test)]
mod tests {
    use aws_credential_types::provider::error::CredentialsError;
    use aws_sdk_sts::operation::assume_role::AssumeRoleError;
    use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
    use aws_smithy_runtime_api::client::result::SdkError;
    use aws_smithy_types::body::SdkBody;
    use aws_smithy_types::error::ErrorMetadata;

    use super::{NoCredentials, explain_error, find_explanation};
    use crate::sdk::profile::{AssumedRole, ChosenProfile, Origin};

    fn profile_with_origin(origin: Origin) -> ChosenProfile {
        ChosenProfile {
            name: "prod".to_owned(),
            role: None,
            origin,
        }
    }

    fn profile_with_role(origin: Origin, mfa: bool) -> ChosenProfile {
        let role = AssumedRole {
            arn: "arn:aws:iam::2:role/deploy".to_owned(),
            source: Some("work".to_owned()),
            credential_source: None,
            mfa_serial: mfa.then(|| "arn:aws:iam::1:mfa/ada".to_owned()),
            external_id: None,
            session_name: None,
            duration_secs: None,
        };
        ChosenProfile {
            role: Some(role),
            ..profile_with_origin(origin)
        }
    }

    /// Returns an error response of STS as the SDK reports it through the chain of profiles.
    fn rejected_credentials(code: &str, message: &str) -> CredentialsError {
        let meta = ErrorMetadata::builder().code(code).message(message).build();
        let response = HttpResponse::new(403.try_into().unwrap(), SdkBody::from(""));
        let error = SdkError::service_error(AssumeRoleError::generic(meta), response);
        CredentialsError::provider_error(error)
    }

    fn explanation_texts(error: &CredentialsError, profile: &ChosenProfile) -> (String, String) {
        let NoCredentials { message, help } = find_explanation(error, profile).unwrap();
        (message, help.unwrap_or_default())
    }

    const DENIED: &str = "User: arn:aws:iam::1:user/ada is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::2:role/deploy";

    #[test]
    fn explains_role_that_cannot_be_assumed() {
        let (message, help) = explanation_texts(
            &rejected_credentials("AccessDenied", DENIED),
            &profile_with_role(Origin::Other, false),
        );
        assert_eq!(
            message,
            format!("cannot assume role `arn:aws:iam::2:role/deploy` of profile `prod`: {DENIED}")
        );
        assert_eq!(
            help,
            "check whether the trust policy of the role allows the credentials of profile `work`, and whether they have the permission sts:AssumeRole"
        );
        let (_, help) = explanation_texts(
            &rejected_credentials("AccessDenied", DENIED),
            &profile_with_role(Origin::Other, true),
        );
        assert!(help.starts_with("check the MFA code"), "{help}");
    }

    #[test]
    fn suggests_renewal_of_expired_credentials() {
        let expired = rejected_credentials(
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
            assert_eq!(
                explanation_texts(&expired, &profile_with_role(origin, true)).1,
                expected
            );
        }
    }

    #[test]
    fn names_profile_to_log_in_with() {
        let gone = || CredentialsError::provider_error("the session has expired");
        for (origin, command) in [
            (
                Origin::SingleSignOn("work".to_owned()),
                "aws sso login --profile work",
            ),
            (Origin::Login("work".to_owned()), "aws login --profile work"),
        ] {
            let (message, help) = explanation_texts(&gone(), &profile_with_role(origin, false));
            assert_eq!(
                message,
                "profile `work` is not logged in, or its session has expired: the session has expired"
            );
            assert_eq!(help, format!("log in with `{command}`"));
        }
    }

    #[test]
    fn names_profile_without_credentials() {
        let nothing = CredentialsError::not_loaded("no provider had any");
        assert_eq!(
            explanation_texts(&nothing, &profile_with_origin(Origin::Unknown)).0,
            "no credentials were found"
        );
        assert_eq!(
            explanation_texts(&nothing, &profile_with_origin(Origin::Other)).0,
            "profile `prod` has no credentials"
        );
    }

    #[test]
    fn keeps_provider_timeout_unchanged() {
        let late = CredentialsError::provider_timed_out(std::time::Duration::from_secs(5));
        let kept = explain_error(late, &profile_with_origin(Origin::Other));
        assert!(matches!(kept, CredentialsError::ProviderTimedOut(_)));
    }
}
