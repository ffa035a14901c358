//! Passkeys (WebAuthn). This module is the only one that uses the WebAuthn library; the main type is [`Passkeys`]. Browsers receive and send the JSON
//! of WebAuthn Level 3, which `parseCreationOptionsFromJSON`, `parseRequestOptionsFromJSON` and `toJSON` read and write.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;
use webauthn_rs::prelude::{
    AuthenticationResult, CredentialID, DiscoverableAuthentication, Passkey, PasskeyAuthentication,
    PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, Url, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use crate::error::{Code, Error};

/// Time that a browser gives its user to complete a ceremony. The service accepts the response for a minute longer (see
/// `store::challenges::LIFETIME`).
const PATIENCE: std::time::Duration = std::time::Duration::from_mins(4);
/// Maximum length of a credential ID in bytes (WebAuthn, section 4).
const ID_BYTES: usize = 1023;
/// Name of the relying party, which browsers show next to the host.
const SERVICE: &str = "Notes";

/// Creates and verifies the WebAuthn ceremonies of one relying party, which is the host of the page. Clones share the configuration.
#[derive(Debug, Clone)]
pub struct Passkeys(Arc<Webauthn>);

/// A WebAuthn ceremony that has begun: a registration or an authentication that waits for the browser's response.
#[derive(Debug)]
pub struct Ceremony {
    /// Random bytes that the authenticator signs; the response is matched to the ceremony by them.
    pub challenge: Vec<u8>,
    /// Options to pass to `navigator.credentials`, as the JSON of WebAuthn Level 3.
    pub options: Value,
    /// State of the WebAuthn library as JSON, to store until the browser responds.
    pub state: String,
}

/// A newly registered passkey in the form in which the database stores it.
#[derive(Debug)]
pub struct Registered {
    /// Credential ID that the authenticator has assigned, at most 1,023 bytes.
    pub credential_id: Vec<u8>,
    /// Public key, signature counter and flags, as JSON of the WebAuthn library.
    pub data: String,
}

/// A browser's response to an authentication ceremony, parsed but not yet verified.
#[derive(Debug)]
pub struct PasskeyResponse {
    /// Challenge that the response claims to answer, used to find the ceremony it belongs to.
    pub challenge: Vec<u8>,
    /// Credential ID of the passkey that has signed the response.
    pub credential_id: Vec<u8>,
    /// User whom the passkey claims to belong to. `None` if the authenticator has sent no user handle.
    pub user: Option<Uuid>,
    credential: PublicKeyCredential,
}

/// The user for whom a passkey is registered.
#[derive(Debug, Clone)]
pub struct User {
    /// Identifier of the user, which the authenticator stores as the user handle.
    pub id: Uuid,
    /// Name that the authenticator shows when the user chooses a passkey.
    pub name: String,
}

impl Passkeys {
    /// Configures passkeys for the page with this origin. Returns `None` if the origin is not a valid URL or its host is an IP address, because
    /// passkeys belong to a domain name.
    pub fn new(origin: &str) -> Option<Self> {
        let origin: Url = origin.parse().ok()?;
        let host = origin.domain()?.to_owned();
        let webauthn = WebauthnBuilder::new(&host, &origin)
            .ok()?
            .rp_name(SERVICE)
            .timeout(PATIENCE)
            .build()
            .ok()?;
        Some(Self(Arc::new(webauthn)))
    }

    /// Returns the host name that passkeys belong to (the relying party ID).
    pub fn host(&self) -> Option<String> {
        let origin = self.0.get_allowed_origins().first()?;
        origin.domain().map(str::to_owned)
    }

    /// Begins the registration of another passkey. The passkeys in `kept`, which the user already has, are excluded so that an authenticator does not
    /// register twice.
    pub fn start_registration(&self, user: &User, kept: &[String]) -> Result<Ceremony, Error> {
        let known: Vec<CredentialID> = parse_passkeys(kept)?
            .iter()
            .map(|passkey| passkey.cred_id().clone())
            .collect();
        let (options, state) = self
            .0
            .start_passkey_registration(user.id, &user.name, &user.name, Some(known))
            .map_err(to_internal_error)?;
        let challenge = options.public_key.challenge.clone();
        let mut options = serde_json::to_value(options.public_key).map_err(Error::internal)?;
        // The library discourages discoverable passkeys, which sign-in without a username depends on.
        options["authenticatorSelection"]["residentKey"] = json!("preferred");
        Ok(Ceremony {
            challenge,
            options,
            state: serde_json::to_string(&state).map_err(Error::internal)?,
        })
    }

    /// Verifies the browser's response to a registration against the stored state and returns the new passkey. Returns a validation error for
    /// `/credential` if the response is malformed, does not match the challenge, or lacks user verification.
    pub fn finish_registration(
        &self,
        credential: &Value,
        state: &str,
    ) -> Result<Registered, Error> {
        let credential: RegisterPublicKeyCredential = parse_credential(credential)?;
        let state: PasskeyRegistration = serde_json::from_str(state).map_err(Error::internal)?;
        let passkey = self
            .0
            .finish_passkey_registration(&credential, &state)
            .map_err(|error| {
                tracing::info!(%error, "the registration of a passkey was rejected");
                Error::invalid(
                    "/credential",
                    "not_accepted",
                    "does not match the challenge, or the authenticator has not verified the user",
                )
            })?;
        let credential_id: Vec<u8> = passkey.cred_id().clone();
        if credential_id.len() > ID_BYTES {
            return Err(malformed_error());
        }
        Ok(Registered {
            credential_id,
            data: serde_json::to_string(&passkey).map_err(Error::internal)?,
        })
    }

    /// Begins a sign-in without a username, where the browser offers the passkeys that it has stored for this host.
    pub fn start_sign_in(&self) -> Result<Ceremony, Error> {
        let (options, state) = self
            .0
            .start_discoverable_authentication()
            .map_err(to_internal_error)?;
        Ok(Ceremony {
            challenge: options.public_key.challenge.clone(),
            options: serde_json::to_value(options.public_key).map_err(Error::internal)?,
            state: serde_json::to_string(&state).map_err(Error::internal)?,
        })
    }

    /// Begins the second step of a sign-in, which accepts any of the user's passkeys in `kept`.
    pub fn start_second_step(&self, kept: &[String]) -> Result<Ceremony, Error> {
        let kept = parse_passkeys(kept)?;
        let (options, state) = self
            .0
            .start_passkey_authentication(&kept)
            .map_err(to_internal_error)?;
        Ok(Ceremony {
            challenge: options.public_key.challenge.clone(),
            options: serde_json::to_value(options.public_key).map_err(Error::internal)?,
            state: serde_json::to_string(&state).map_err(Error::internal)?,
        })
    }

    /// Verifies the response to a sign-in against the stored passkey. Returns the passkey to store from now on if its counter or flags have changed,
    /// and `None` if it stays as it is. Fails with [`Code::PasskeyRejected`] if the response does not match, or if the counter went backwards as it
    /// does for a cloned authenticator.
    pub fn finish_sign_in(
        &self,
        answer: &PasskeyResponse,
        state: &str,
        kept: &str,
    ) -> Result<Option<String>, Error> {
        let state: DiscoverableAuthentication =
            serde_json::from_str(state).map_err(Error::internal)?;
        let mut passkey = parse_passkey(kept)?;
        let result = self
            .0
            .finish_discoverable_authentication_v2(&answer.credential, state, &passkey)
            .map_err(map_rejection)?;
        update_passkey(&mut passkey, &result)
    }

    /// Verifies the response to the second step of a sign-in. Result and errors are those of [`Self::finish_sign_in`].
    pub fn finish_second_step(
        &self,
        answer: &PasskeyResponse,
        state: &str,
        kept: &str,
    ) -> Result<Option<String>, Error> {
        let state: PasskeyAuthentication = serde_json::from_str(state).map_err(Error::internal)?;
        let mut passkey = parse_passkey(kept)?;
        let result = self
            .0
            .finish_passkey_authentication(&answer.credential, &state)
            .map_err(map_rejection)?;
        update_passkey(&mut passkey, &result)
    }
}

/// Parses the browser's response to an authentication ceremony without verifying it. Returns a validation error for `/credential` if it is malformed.
pub fn parse_response(credential: &Value) -> Result<PasskeyResponse, Error> {
    let challenge = challenge_of(credential)?;
    let mut credential = credential.clone();
    // Browsers omit the property if the authenticator sends no user handle; add it as null.
    if let Some(response) = credential["response"].as_object_mut() {
        response.entry("userHandle").or_insert(Value::Null);
    }
    let credential: PublicKeyCredential = parse_credential(&credential)?;
    let user = credential.get_user_unique_id();
    Ok(PasskeyResponse {
        challenge,
        credential_id: credential.get_credential_id().to_vec(),
        user: user.and_then(|id| Uuid::from_slice(id).ok()),
        credential,
    })
}

/// Returns the challenge that a browser's response claims to answer, without verifying it. Returns a validation error for `/credential` if the
/// response contains no client data.
pub fn challenge_of(credential: &Value) -> Result<Vec<u8>, Error> {
    let bytes = |text: &Value| {
        text.as_str()
            .and_then(|text| URL_SAFE_NO_PAD.decode(text).ok())
    };
    let client: Option<Value> = bytes(&credential["response"]["clientDataJSON"])
        .and_then(|client| serde_json::from_slice(&client).ok());
    client
        .and_then(|client| bytes(&client["challenge"]))
        .ok_or_else(malformed_error)
}

fn parse_credential<T: DeserializeOwned>(credential: &Value) -> Result<T, Error> {
    serde_json::from_value(credential.clone()).map_err(|_| malformed_error())
}

fn parse_passkeys(kept: &[String]) -> Result<Vec<Passkey>, Error> {
    kept.iter().map(|kept| parse_passkey(kept)).collect()
}

fn parse_passkey(kept: &str) -> Result<Passkey, Error> {
    serde_json::from_str(kept).map_err(Error::internal)
}

fn update_passkey(
    passkey: &mut Passkey,
    result: &AuthenticationResult,
) -> Result<Option<String>, Error> {
    match passkey.update_credential(result) {
        Some(true) => serde_json::to_string(passkey)
            .map(Some)
            .map_err(Error::internal),
        Some(false) => Ok(None),
        None => Err(Error::new(Code::PasskeyRejected)),
    }
}

fn map_rejection(error: WebauthnError) -> Error {
    match error {
        WebauthnError::CredentialPossibleCompromise => tracing::warn!(
            "a passkey was rejected: its signature counter decreased, which indicates a cloned authenticator"
        ),
        error => tracing::info!(%error, "a passkey was rejected"),
    }
    Error::new(Code::PasskeyRejected)
        .detail("the passkey is not registered here, or its response does not match the challenge")
}

fn malformed_error() -> Error {
    Error::invalid(
        "/credential",
        "malformed",
        "is not valid output of `credential.toJSON()`",
    )
}

#[expect(clippy::needless_pass_by_value, reason = "the argument of `map_err`")]
fn to_internal_error(error: WebauthnError) -> Error {
    Error::internal(error.to_string())
}
