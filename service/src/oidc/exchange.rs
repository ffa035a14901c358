//! Exchanges an authorization code for tokens, verifies the ID token, and returns the [`Person`] that it identifies.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{
    CoreClient, CoreClientAuthMethod, CoreErrorResponseType, CoreIdToken, CoreIdTokenClaims,
    CoreJwsSigningAlgorithm, CoreRequestTokenError, CoreTokenResponse, CoreUserInfoClaims,
};
use openidconnect::{
    AccessToken, AuthType, AuthorizationCode, ClaimsVerificationError, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, IdTokenVerifier, LocalizedClaim, Nonce, OAuth2TokenResponse as _,
    PkceCodeVerifier, RequestTokenError, SignatureVerificationError, TokenResponse as _,
    UserInfoError,
};
use secrecy::ExposeSecret as _;

use super::answer::AuthorizationResponse;
use super::client::Client;
use super::discovery::{Discovery, Metadata};
use super::failure::Failure;
use super::secrets::Secrets;
use super::settings::Settings;
use crate::clock;
use crate::domain::account::parse_email;

/// Accepted signature algorithms: only those that require a private key of the provider. Signatures with the client secret and unsigned tokens are
/// rejected.
const SIGNATURES: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// Maximum difference between the clock of the provider and the local clock.
const CLOCKS_APART: TimeDelta = TimeDelta::minutes(1);
/// Maximum length of the `sub` claim, in characters (OpenID Connect Core 1.0, section 2).
const SUBJECT_CHARS: usize = 255;
/// Maximum length of a name that is kept for display, in characters.
const LABEL_CHARS: usize = 254;

/// Requirement on the time at which the person authenticated at the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Any time: an existing session at the provider is accepted.
    Any,
    /// This time or a later one: the provider is asked to authenticate the person again.
    Since(DateTime<Utc>),
}

/// The identity of a person, as the provider asserts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// URL of the provider, the `iss` claim.
    pub issuer: String,
    /// Identifier of the person at the provider, the `sub` claim; the provider never gives it to another person.
    pub subject: String,
    /// Email address, if the provider has verified that it belongs to the person.
    pub email: Option<String>,
    /// Name for display: the preferred username, else the name of the person.
    pub name: Option<String>,
}

/// An OpenID Connect client for a provider whose metadata is loaded.
pub(super) type OidcClient = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Creates a client for the provider with the configured ID, secret and redirect URL.
pub(super) fn build_client(settings: &Settings, metadata: &Metadata) -> OidcClient {
    CoreClient::from_provider_metadata(
        metadata.clone(),
        settings.client_id.clone(),
        settings.client_secret.clone(),
    )
    .set_redirect_uri(settings.redirect.clone())
}

/// Returns the methods of client authentication to try, in order. A provider may support both methods, but accept only one of them for this client.
fn auth_methods(metadata: &Metadata) -> Vec<AuthType> {
    let takes = |method: CoreClientAuthMethod| {
        // The default is `client_secret_basic` (OpenID Connect Discovery 1.0, section 3).
        match metadata.token_endpoint_auth_methods_supported() {
            Some(methods) => methods.contains(&method),
            None => method == CoreClientAuthMethod::ClientSecretBasic,
        }
    };
    let mut ways = Vec::new();
    if takes(CoreClientAuthMethod::ClientSecretBasic) {
        ways.push(AuthType::BasicAuth);
    }
    // A public client sends its ID in the request body in any case.
    if takes(CoreClientAuthMethod::ClientSecretPost) || ways.is_empty() {
        ways.push(AuthType::RequestBody);
    }
    ways
}

/// The exchange of one authorization code, with the parts that it needs.
pub(super) struct Exchange<'a> {
    pub(super) settings: &'a Settings,
    pub(super) client: &'a Client,
    pub(super) discovery: &'a Discovery,
    pub(super) metadata: Arc<Metadata>,
}

impl Exchange<'_> {
    pub(super) async fn identify_person(
        &self,
        answer: &AuthorizationResponse,
        secrets: &Secrets,
        freshness: Freshness,
    ) -> Result<Person, Failure> {
        let asking = build_client(self.settings, &self.metadata);
        let tokens = self.request_tokens(&asking, answer, secrets).await?;
        let token = tokens
            .id_token()
            .ok_or_else(|| Failure::Untrusted("the response has no `id_token`".to_owned()))?;
        let claims = self.verify_token(token, secrets, freshness).await?;
        let said = PersonDetails::from_token(&claims);
        let said = if said.email.is_none() && self.metadata.userinfo_endpoint().is_some() {
            let access = tokens.access_token().clone();
            said.merge_with(self.user_info(&asking, access, &claims).await?)
        } else {
            said
        };
        build_person(&claims, said)
    }

    /// Exchanges the authorization code for tokens, with each method of client authentication until the provider accepts one.
    async fn request_tokens(
        &self,
        asking: &OidcClient,
        answer: &AuthorizationResponse,
        secrets: &Secrets,
    ) -> Result<CoreTokenResponse, Failure> {
        let code = answer.code()?;
        let mut refused =
            Failure::Unavailable("it supports no known method of client authentication".to_owned());
        for way in auth_methods(&self.metadata) {
            let asking = asking.clone().set_auth_type(way);
            let answer = asking
                .exchange_code(AuthorizationCode::new(code.expose_secret().to_owned()))
                .map_err(|_| Failure::Unavailable("it has no `token_endpoint`".to_owned()))?
                .set_pkce_verifier(PkceCodeVerifier::new(secrets.code_verifier()))
                .request_async(self.client)
                .await;
            match answer {
                Ok(tokens) => return Ok(tokens),
                Err(error) if is_unknown_client(&error) => refused = map_exchange_error(error),
                Err(error) => return Err(map_exchange_error(error)),
            }
        }
        Err(refused)
    }

    /// Verifies an ID token with the cached keys, and again with newly loaded keys if none of them fits. Returns its claims.
    async fn verify_token(
        &self,
        token: &CoreIdToken,
        secrets: &Secrets,
        freshness: Freshness,
    ) -> Result<CoreIdTokenClaims, Failure> {
        let check = |metadata: &Metadata| self.check_token(metadata, token, secrets, freshness);
        let checked = match check(&self.metadata) {
            Err(ClaimsVerificationError::SignatureVerification(error))
                if may_be_other_key(&error) =>
            {
                let other = self
                    .discovery
                    .reload_keys(self.client, &self.metadata)
                    .await;
                match other {
                    Some(metadata) => check(&metadata),
                    None => Err(ClaimsVerificationError::SignatureVerification(error)),
                }
            }
            checked => checked,
        };
        checked.map_err(|error| Failure::Untrusted(describe_error(&error)))
    }

    fn check_token(
        &self,
        metadata: &Metadata,
        token: &CoreIdToken,
        secrets: &Secrets,
        freshness: Freshness,
    ) -> Result<CoreIdTokenClaims, ClaimsVerificationError> {
        let now = clock::now();
        // The verifier of a public client, because signatures with the client secret are not accepted.
        let verifier = IdTokenVerifier::new_public_client(
            self.settings.client_id.clone(),
            metadata.issuer().clone(),
            metadata.jwks().clone(),
        )
        .set_allowed_algs(SIGNATURES)
        .set_issue_time_verifier_fn(move |issued| {
            if issued > now + CLOCKS_APART {
                return Err("issued in the future".to_owned());
            }
            Ok(())
        })
        .set_auth_time_verifier_fn(move |signed_in| check_freshness(freshness, signed_in));
        let nonce = Nonce::new(secrets.nonce());
        let claims = token.claims(&verifier, &nonce)?;
        match claims.authorized_party() {
            Some(party) if **party != **self.settings.client_id => Err(
                ClaimsVerificationError::InvalidAudience("different authorized party".to_owned()),
            ),
            _ => Ok(claims.clone()),
        }
    }

    /// Requests the user info of the person.
    ///
    /// # Errors
    ///
    /// Fails with [`Failure::Untrusted`] if the response is about another person.
    async fn user_info(
        &self,
        asking: &OidcClient,
        access: AccessToken,
        claims: &CoreIdTokenClaims,
    ) -> Result<PersonDetails, Failure> {
        let request = asking
            .user_info(access, Some(claims.subject().clone()))
            .map_err(|_| Failure::Unavailable("it has no `userinfo_endpoint`".to_owned()))?;
        let answer: Result<CoreUserInfoClaims, _> = request.request_async(self.client).await;
        match answer {
            Ok(info) => Ok(PersonDetails::from_user_info(&info)),
            Err(UserInfoError::Request(failure)) => Err(failure),
            Err(UserInfoError::ClaimsVerification(_)) => Err(Failure::Untrusted(
                "its `userinfo_endpoint` returned data of a different person".to_owned(),
            )),
            Err(UserInfoError::Response(status, ..)) => Err(Failure::Unavailable(format!(
                "its `userinfo_endpoint` responded with status {status}"
            ))),
            Err(_) => Err(Failure::Unavailable(
                "the response of its `userinfo_endpoint` cannot be parsed".to_owned(),
            )),
        }
    }
}

/// Combines verified claims with the details of the person. Fails if the `sub` claim is not valid.
fn build_person(claims: &CoreIdTokenClaims, said: PersonDetails) -> Result<Person, Failure> {
    let subject = claims.subject().to_string();
    if subject.is_empty() || subject.len() > SUBJECT_CHARS || subject.contains('\0') {
        return Err(Failure::Untrusted(
            "the `sub` claim must have 1 to 255 characters".to_owned(),
        ));
    }
    let email = said.email.filter(|_| said.email_verified);
    Ok(Person {
        issuer: claims.issuer().to_string(),
        subject,
        email: email.and_then(|email| parse_email(&email).ok()),
        name: said.name,
    })
}

/// Optional details about a person; the `sub` claim alone identifies the person.
struct PersonDetails {
    email: Option<String>,
    email_verified: bool,
    name: Option<String>,
}

impl PersonDetails {
    fn from_token(claims: &CoreIdTokenClaims) -> Self {
        let username = claims.preferred_username().map(|name| name.as_str());
        Self {
            email: claims.email().map(|email| email.to_string()),
            email_verified: claims.email_verified() == Some(true),
            name: to_display_text(
                username.or_else(|| first_value(claims.name()).map(|name| name.as_str())),
            ),
        }
    }

    fn from_user_info(info: &CoreUserInfoClaims) -> Self {
        let username = info.preferred_username().map(|name| name.as_str());
        Self {
            email: info.email().map(|email| email.to_string()),
            email_verified: info.email_verified() == Some(true),
            name: to_display_text(
                username.or_else(|| first_value(info.name()).map(|name| name.as_str())),
            ),
        }
    }

    /// Takes the address with its verification from `others`, because they belong together, and the name only if it is missing.
    fn merge_with(self, others: Self) -> Self {
        Self {
            name: self.name.or(others.name),
            ..others
        }
    }
}

/// Returns the first value of a localized claim, in any language.
fn first_value<T>(claim: Option<&LocalizedClaim<T>>) -> Option<&T> {
    claim.and_then(|claim| claim.iter().next().map(|(_, value)| value))
}

/// Prepares a text for display: removes control characters and surrounding spaces, and shortens it. Returns `None` if nothing is left.
fn to_display_text(text: Option<&str>) -> Option<String> {
    let shown: String = text?
        .chars()
        .filter(|char| !char.is_control())
        .take(LABEL_CHARS)
        .collect();
    let shown = shown.trim();
    (!shown.is_empty()).then(|| shown.to_owned())
}

fn check_freshness(freshness: Freshness, signed_in: Option<DateTime<Utc>>) -> Result<(), String> {
    match (freshness, signed_in) {
        (Freshness::Any, _) => Ok(()),
        (Freshness::Since(since), Some(at)) if at >= since - CLOCKS_APART => Ok(()),
        (Freshness::Since(_), Some(_)) => Err("too long ago".to_owned()),
        (Freshness::Since(_), None) => Err("not said".to_owned()),
    }
}

/// Returns `true` if newer keys of the provider may verify the signature. Other keys do not help against a disallowed algorithm.
fn may_be_other_key(error: &SignatureVerificationError) -> bool {
    matches!(
        error,
        SignatureVerificationError::NoMatchingKey
            | SignatureVerificationError::CryptoError(_)
            | SignatureVerificationError::InvalidKey(_)
            | SignatureVerificationError::AmbiguousKeyId(_)
    )
}

/// Returns the kind of a verification error for logs. Values from the token are left out, because a forged token could otherwise write into the log.
fn describe_error(error: &ClaimsVerificationError) -> String {
    use SignatureVerificationError as Signature;

    let text = match error {
        ClaimsVerificationError::Expired(_) => "the `id_token` is expired or not valid yet",
        ClaimsVerificationError::InvalidAudience(_) => {
            "the audience of the `id_token` is a different client"
        }
        ClaimsVerificationError::InvalidAuthTime(_) => {
            "its `auth_time` does not prove that the person has just signed in"
        }
        ClaimsVerificationError::InvalidIssuer(_) => {
            "the issuer of the `id_token` is a different provider"
        }
        ClaimsVerificationError::InvalidNonce(_) => {
            "the `nonce` of the `id_token` belongs to a different sign-in"
        }
        ClaimsVerificationError::SignatureVerification(error) => match error {
            Signature::NoSignature => "the `id_token` has no signature",
            Signature::DisallowedAlg(_) | Signature::UnsupportedAlg(_) => {
                "the signature algorithm of the `id_token` is not supported"
            }
            Signature::NoMatchingKey => "no key of the provider matches the `id_token`",
            _ => "the signature of the `id_token` is not valid",
        },
        _ => "the format of the `id_token` is not supported",
    };
    text.to_owned()
}

fn is_unknown_client(error: &CoreRequestTokenError<Failure>) -> bool {
    matches!(
        error,
        RequestTokenError::ServerResponse(response)
            if *response.error() == CoreErrorResponseType::InvalidClient
    )
}

fn map_exchange_error(error: CoreRequestTokenError<Failure>) -> Failure {
    match error {
        RequestTokenError::ServerResponse(response) => {
            let code = response.error().to_string();
            match code.as_str() {
                "invalid_grant" => {
                    Failure::Untrusted("the provider rejected the authorization code".to_owned())
                }
                "invalid_client" | "unauthorized_client" => Failure::Unavailable(
                    "it rejected OIDC_CLIENT_ID or OIDC_CLIENT_SECRET".to_owned(),
                ),
                _ => Failure::Unavailable("its `token_endpoint` rejected the request".to_owned()),
            }
        }
        RequestTokenError::Request(failure) => failure,
        RequestTokenError::Parse(error, _) => Failure::Unavailable(format!(
            "the response of its `token_endpoint` cannot be parsed at `{}`",
            error.path()
        )),
        RequestTokenError::Other(_) => {
            Failure::Unavailable("its `token_endpoint` returned an invalid response".to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requires_auth_time_after_request() {
        let now = clock::now();
        let since = Freshness::Since(now);
        assert!(check_freshness(Freshness::Any, None).is_ok());
        assert!(check_freshness(since, Some(now)).is_ok());
        assert!(check_freshness(since, Some(now - TimeDelta::seconds(59))).is_ok());
        assert!(check_freshness(since, Some(now - TimeDelta::seconds(61))).is_err());
        assert!(check_freshness(since, None).is_err());
    }

    #[test]
    fn strips_control_characters_from_names() {
        assert_eq!(
            to_display_text(Some(" Ada\u{7}\n ")),
            Some("Ada".to_owned())
        );
        assert_eq!(to_display_text(Some("\n")), None);
        assert_eq!(
            to_display_text(Some(&"a".repeat(1000))).unwrap().len(),
            LABEL_CHARS
        );
    }
}
