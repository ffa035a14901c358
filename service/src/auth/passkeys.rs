//! Passkeys (WebAuthn): the only code that knows the library. What browsers get and send is in the JSON of Level 3, which
//! `parseCreationOptionsFromJSON`, `parseRequestOptionsFromJSON` and `toJSON` read and write.

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

/// Time that a browser gives its user; the service gives a little more.
const PATIENCE: std::time::Duration = std::time::Duration::from_mins(4);
/// Bytes of a credential's identifier (WebAuthn, section 4).
const ID_BYTES: usize = 1023;
/// Name that a browser shows for the service, beside its host.
const SERVICE: &str = "Notes";

/// Makes and checks ceremonies for one address of the service.
#[derive(Debug, Clone)]
pub struct Passkeys(Arc<Webauthn>);

/// A ceremony that begins.
#[derive(Debug)]
pub struct Ceremony {
    /// Random bytes that the authenticator signs.
    pub challenge: Vec<u8>,
    /// Options for `navigator.credentials`.
    pub options: Value,
    /// The state to keep until the answer comes.
    pub state: String,
}

/// A passkey that is registered.
#[derive(Debug)]
pub struct Registered {
    /// The identifier that its device gave it.
    pub credential_id: Vec<u8>,
    /// Public key, counter and flags.
    pub data: String,
}

/// An answer of a browser that is not checked yet.
#[derive(Debug)]
pub struct Answer {
    /// The challenge that it says to answer.
    pub challenge: Vec<u8>,
    /// The identifier of the passkey.
    pub credential_id: Vec<u8>,
    /// The user whose passkey it says to be, where the device knows.
    pub user: Option<Uuid>,
    credential: PublicKeyCredential,
}

/// A user for whom a passkey is made.
#[derive(Debug, Clone)]
pub struct User {
    /// Its identifier, which the device keeps.
    pub id: Uuid,
    /// The name that the device shows.
    pub name: String,
}

impl Passkeys {
    /// For the page with this origin; none for one whose host is an address: passkeys belong to names.
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

    /// The host that passkeys belong to.
    pub fn host(&self) -> Option<String> {
        let origin = self.0.get_allowed_origins().first()?;
        origin.domain().map(str::to_owned)
    }

    /// Begins the registration of a passkey by a user who has these already.
    pub fn start_registration(&self, user: &User, kept: &[String]) -> Result<Ceremony, Error> {
        let known: Vec<CredentialID> = passkeys(kept)?
            .iter()
            .map(|passkey| passkey.cred_id().clone())
            .collect();
        let (options, state) = self
            .0
            .start_passkey_registration(user.id, &user.name, &user.name, Some(known))
            .map_err(defect)?;
        let challenge = options.public_key.challenge.clone();
        let mut options = serde_json::to_value(options.public_key).map_err(Error::internal)?;
        // The library discourages passkeys that a browser finds by itself; without them nobody signs in without a name.
        options["authenticatorSelection"]["residentKey"] = json!("preferred");
        Ok(Ceremony {
            challenge,
            options,
            state: serde_json::to_string(&state).map_err(Error::internal)?,
        })
    }

    /// Checks the answer to a registration.
    pub fn finish_registration(
        &self,
        credential: &Value,
        state: &str,
    ) -> Result<Registered, Error> {
        let credential: RegisterPublicKeyCredential = parse(credential)?;
        let state: PasskeyRegistration = serde_json::from_str(state).map_err(Error::internal)?;
        let passkey = self
            .0
            .finish_passkey_registration(&credential, &state)
            .map_err(|error| {
                tracing::info!(%error, "a new passkey was refused");
                Error::invalid(
                    "/credential",
                    "not_accepted",
                    "does not fit the challenge, or the device has not verified its user",
                )
            })?;
        let credential_id: Vec<u8> = passkey.cred_id().clone();
        if credential_id.len() > ID_BYTES {
            return Err(malformed());
        }
        Ok(Registered {
            credential_id,
            data: serde_json::to_string(&passkey).map_err(Error::internal)?,
        })
    }

    /// Begins a sign-in by a passkey that the browser finds by itself.
    pub fn start_sign_in(&self) -> Result<Ceremony, Error> {
        let (options, state) = self.0.start_discoverable_authentication().map_err(defect)?;
        Ok(Ceremony {
            challenge: options.public_key.challenge.clone(),
            options: serde_json::to_value(options.public_key).map_err(Error::internal)?,
            state: serde_json::to_string(&state).map_err(Error::internal)?,
        })
    }

    /// Begins the second step of a sign-in, by one of these passkeys.
    pub fn start_second_step(&self, kept: &[String]) -> Result<Ceremony, Error> {
        let kept = passkeys(kept)?;
        let (options, state) = self.0.start_passkey_authentication(&kept).map_err(defect)?;
        Ok(Ceremony {
            challenge: options.public_key.challenge.clone(),
            options: serde_json::to_value(options.public_key).map_err(Error::internal)?,
            state: serde_json::to_string(&state).map_err(Error::internal)?,
        })
    }

    /// Checks the answer to a sign-in against the passkey that is kept, and returns what to keep of it from now on, if that has changed.
    pub fn finish_sign_in(
        &self,
        answer: &Answer,
        state: &str,
        kept: &str,
    ) -> Result<Option<String>, Error> {
        let state: DiscoverableAuthentication =
            serde_json::from_str(state).map_err(Error::internal)?;
        let mut passkey = passkey(kept)?;
        let result = self
            .0
            .finish_discoverable_authentication_v2(&answer.credential, state, &passkey)
            .map_err(rejected)?;
        changed(&mut passkey, &result)
    }

    /// The same for the second step of a sign-in.
    pub fn finish_second_step(
        &self,
        answer: &Answer,
        state: &str,
        kept: &str,
    ) -> Result<Option<String>, Error> {
        let state: PasskeyAuthentication = serde_json::from_str(state).map_err(Error::internal)?;
        let mut passkey = passkey(kept)?;
        let result = self
            .0
            .finish_passkey_authentication(&answer.credential, &state)
            .map_err(rejected)?;
        changed(&mut passkey, &result)
    }
}

/// Reads the answer of a browser to a sign-in.
pub fn read_answer(credential: &Value) -> Result<Answer, Error> {
    let challenge = challenge_of(credential)?;
    let mut credential = credential.clone();
    // A device that knows no user sends none, and browsers leave the property out.
    if let Some(response) = credential["response"].as_object_mut() {
        response.entry("userHandle").or_insert(Value::Null);
    }
    let credential: PublicKeyCredential = parse(&credential)?;
    let user = credential.get_user_unique_id();
    Ok(Answer {
        challenge,
        credential_id: credential.get_credential_id().to_vec(),
        user: user.and_then(|id| Uuid::from_slice(id).ok()),
        credential,
    })
}

/// The challenge that an answer of a browser says to answer. Whether it does is checked later.
pub fn challenge_of(credential: &Value) -> Result<Vec<u8>, Error> {
    let bytes = |text: &Value| {
        text.as_str()
            .and_then(|text| URL_SAFE_NO_PAD.decode(text).ok())
    };
    let client: Option<Value> = bytes(&credential["response"]["clientDataJSON"])
        .and_then(|client| serde_json::from_slice(&client).ok());
    client
        .and_then(|client| bytes(&client["challenge"]))
        .ok_or_else(malformed)
}

fn parse<T: DeserializeOwned>(credential: &Value) -> Result<T, Error> {
    serde_json::from_value(credential.clone()).map_err(|_| malformed())
}

fn passkeys(kept: &[String]) -> Result<Vec<Passkey>, Error> {
    kept.iter().map(|kept| passkey(kept)).collect()
}

fn passkey(kept: &str) -> Result<Passkey, Error> {
    serde_json::from_str(kept).map_err(Error::internal)
}

fn changed(passkey: &mut Passkey, result: &AuthenticationResult) -> Result<Option<String>, Error> {
    match passkey.update_credential(result) {
        Some(true) => serde_json::to_string(passkey)
            .map(Some)
            .map_err(Error::internal),
        Some(false) => Ok(None),
        None => Err(Error::new(Code::PasskeyRejected)),
    }
}

fn rejected(error: WebauthnError) -> Error {
    match error {
        WebauthnError::CredentialPossibleCompromise => tracing::warn!(
            "a passkey was refused: its counter went back, as that of a copied device does"
        ),
        error => tracing::info!(%error, "a passkey was refused"),
    }
    Error::new(Code::PasskeyRejected)
        .detail("the passkey is not registered here, or its answer does not fit the challenge")
}

fn malformed() -> Error {
    Error::invalid(
        "/credential",
        "malformed",
        "is not what `credential.toJSON()` gives for a passkey",
    )
}

#[expect(clippy::needless_pass_by_value, reason = "the argument of `map_err`")]
fn defect(error: WebauthnError) -> Error {
    Error::internal(error.to_string())
}
