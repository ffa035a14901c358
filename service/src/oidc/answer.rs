//! Reads the parameters that the provider appends when it redirects the browser back (the OpenID Connect authentication response).

use secrecy::SecretString;

use super::discovery::Metadata;
use super::failure::Failure;

/// Maximum length of a parameter, in bytes; authorization codes of providers have up to a few thousand characters.
const MOST_CHARS: usize = 4096;

/// The parameters of the redirect from the provider. `Debug` shows no secret.
#[derive(Debug)]
pub struct AuthorizationResponse {
    /// The `state` parameter, which the authorization request contained and which identifies the sign-in.
    pub state: SecretString,
    /// The authorization code, or the error that the provider returned instead.
    pub(super) code: Result<SecretString, Refusal>,
    /// The `iss` parameter: the issuer that sent the response (RFC 9207).
    issuer: Option<String>,
}

/// An error code of the protocol, returned by the provider instead of an authorization code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal(&'static str);

/// Error codes of the protocol (RFC 6749, section 4.1.2.1; OpenID Connect Core 1.0, section 3.1.2.6). Other texts of a provider are neither logged
/// nor shown.
const REASONS: [&str; 12] = [
    "access_denied",
    "invalid_request",
    "unauthorized_client",
    "unsupported_response_type",
    "invalid_scope",
    "server_error",
    "temporarily_unavailable",
    "interaction_required",
    "login_required",
    "account_selection_required",
    "consent_required",
    "request_not_supported",
];

impl AuthorizationResponse {
    /// Reads the response from its parameters, which `parameter` returns by name. Returns `None` if `state` is missing, or unless there is exactly
    /// one of `code` and `error`.
    pub fn from_parameters(parameter: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let value = |name: &str| parameter(name).filter(|value| value.len() <= MOST_CHARS);
        let code = match (value("code"), value("error")) {
            (Some(code), None) if !code.is_empty() => Ok(code.into()),
            (None, Some(error)) => Err(Refusal(
                REASONS
                    .into_iter()
                    .find(|reason| *reason == error)
                    .unwrap_or("another reason"),
            )),
            _ => return None,
        };
        Some(Self {
            state: value("state")?.into(),
            code,
            issuer: parameter("iss"),
        })
    }

    /// Checks that the response comes from the expected provider.
    ///
    /// # Errors
    ///
    /// Fails with [`Failure::Untrusted`] if `iss` names another issuer, or if it is missing although the provider announces that it always sends it.
    pub(super) fn check_issuer(&self, metadata: &Metadata) -> Result<(), Failure> {
        let always = metadata
            .additional_metadata()
            .authorization_response_iss_parameter_supported;
        match &self.issuer {
            Some(issuer) if issuer != metadata.issuer().as_str() => Err(Failure::Untrusted(
                "the response is from another provider".to_owned(),
            )),
            None if always == Some(true) => Err(Failure::Untrusted(
                "the response has no `iss` parameter, which identifies the provider".to_owned(),
            )),
            _ => Ok(()),
        }
    }

    /// Returns the authorization code, or the error of the provider as a [`Failure`].
    pub(super) fn code(&self) -> Result<&SecretString, Failure> {
        match &self.code {
            Ok(code) => Ok(code),
            Err(Refusal(reason @ ("server_error" | "temporarily_unavailable"))) => {
                Err(Failure::Unavailable((*reason).to_owned()))
            }
            Err(Refusal(reason)) => Err(Failure::Refused(reason)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_answer(given: &[(&str, &str)]) -> Option<AuthorizationResponse> {
        AuthorizationResponse::from_parameters(|name| {
            let found = given.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn requires_state_and_code_or_error() {
        assert!(parse_answer(&[("state", "s"), ("code", "c")]).is_some());
        let refused = parse_answer(&[("state", "s"), ("error", "access_denied")]).unwrap();
        assert!(matches!(
            refused.code(),
            Err(Failure::Refused("access_denied"))
        ));
        let odd = parse_answer(&[("state", "s"), ("error", "<script>")]).unwrap();
        assert!(matches!(
            odd.code(),
            Err(Failure::Refused("another reason"))
        ));
        let down = parse_answer(&[("state", "s"), ("error", "server_error")]).unwrap();
        assert!(matches!(down.code(), Err(Failure::Unavailable(_))));
        let long = "c".repeat(MOST_CHARS + 1);
        for nothing in [
            &[][..],
            &[("code", "c")],
            &[("state", "s")],
            &[("state", "s"), ("code", "")],
            &[("state", "s"), ("code", "c"), ("error", "access_denied")],
            &[("state", "s"), ("code", long.as_str())],
        ] {
            assert!(parse_answer(nothing).is_none(), "{nothing:?}");
        }
    }
}
