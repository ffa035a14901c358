//! What a browser brings back from the provider.

use secrecy::SecretString;

use super::discovery::Metadata;
use super::failure::Failure;

/// Longest values that are looked at; providers' codes have up to some thousand characters.
const MOST_CHARS: usize = 4096;

/// The parameters of the address that the provider sent a browser to. `Debug` shows no secret.
#[derive(Debug)]
pub struct Answer {
    /// The parameter that the provider was given.
    pub state: SecretString,
    /// The code, or the reason why there is none.
    pub(super) code: Result<SecretString, Refusal>,
    /// The provider, as it names itself (RFC 9207).
    issuer: Option<String>,
}

/// A reason of the protocol for which there is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal(&'static str);

/// Reasons of the protocol (RFC 6749, section 4.1.2.1; OpenID Connect Core 1.0, section 3.1.2.6). What else a provider says is not repeated.
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

impl Answer {
    /// Reads the parameters by their names; nothing, if they are no answer to a question of this service.
    pub fn read(parameter: impl Fn(&str) -> Option<String>) -> Option<Self> {
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

    /// Refuses an answer of another provider, and one that does not say whose it is where the provider always does.
    pub(super) fn check_issuer(&self, metadata: &Metadata) -> Result<(), Failure> {
        let always = metadata
            .additional_metadata()
            .authorization_response_iss_parameter_supported;
        match &self.issuer {
            Some(issuer) if issuer != metadata.issuer().as_str() => Err(Failure::Untrusted(
                "the answer is of another provider".to_owned(),
            )),
            None if always == Some(true) => Err(Failure::Untrusted(
                "the answer does not say of which provider it is".to_owned(),
            )),
            _ => Ok(()),
        }
    }

    /// The code, or the reason of the provider.
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

    fn read(given: &[(&str, &str)]) -> Option<Answer> {
        Answer::read(|name| {
            let found = given.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn an_answer_has_a_state_and_a_code_or_a_reason() {
        assert!(read(&[("state", "s"), ("code", "c")]).is_some());
        let refused = read(&[("state", "s"), ("error", "access_denied")]).unwrap();
        assert!(matches!(
            refused.code(),
            Err(Failure::Refused("access_denied"))
        ));
        let odd = read(&[("state", "s"), ("error", "<script>")]).unwrap();
        assert!(matches!(
            odd.code(),
            Err(Failure::Refused("another reason"))
        ));
        let down = read(&[("state", "s"), ("error", "server_error")]).unwrap();
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
            assert!(read(nothing).is_none(), "{nothing:?}");
        }
    }
}
