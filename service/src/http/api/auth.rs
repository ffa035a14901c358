//! `/api/auth`: from nobody to somebody, and back.
//!
//! Unlike the original, no answer holds a token: the session is in a cookie that scripts cannot read. Programs use access tokens.

use poem_openapi::types::Password;
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};
use secrecy::SecretString;
use serde::Serialize;

use super::Tag;
use super::account::Account;
use crate::auth::password::Verdict;
use crate::auth::rates::Kind;
use crate::auth::{self, strength};
use crate::domain::account;
use crate::error::{Code, Error, FieldError};
use crate::http::caller::Visitor;
use crate::http::named_account::NamedAccount;
use crate::http::payload::{Body, Out};
use crate::http::problem::{CONFLICT, FORBIDDEN, JSON, Problems, TOO_MANY, UNAUTHORIZED};
use crate::http::sign_in::{Entry, second_factor_required};
use crate::http::{middleware, session_cookie};
use crate::oidc;
use crate::store::sessions::NewSession;
use crate::store::sign_in::Proof;
use crate::store::users::NewUser;

pub(crate) struct Auth;

/// The account that somebody wants to have.
// Not `Debug`: it holds a password.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Registration {
    /// The address. Case does not count.
    #[oai(validator(
        max_length = 254,
        pattern = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$"
    ))]
    email: String,
    /// The name. Case is kept and does not count.
    #[oai(validator(min_length = 3, max_length = 32, pattern = r"^[A-Za-z0-9_.-]+$"))]
    username: String,
    /// The password: long rather than complicated. Those that everybody tries first are refused.
    #[oai(validator(min_length = 8, max_length = 256))]
    password: Password,
    /// The code of an invite, where registration needs one.
    #[oai(validator(min_length = 1, max_length = 100))]
    invite_code: Option<String>,
}

/// Admission of people who register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "lowercase", rename = "RegistrationMode")]
#[serde(rename_all = "lowercase")]
enum Mode {
    Open,
    Invite,
    Closed,
}

/// The ways into this service.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct SignInOptions {
    /// Who may register: everybody, whoever has an invite, or nobody.
    registration: Mode,
    /// Whether guests are admitted at all.
    guests: bool,
    /// Whether another password can be asked for by mail.
    password_reset: bool,
    /// True if passkeys can be registered and signed in by.
    passkeys: bool,
    /// The provider that people may sign in at, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<SignInProvider>,
}

/// A provider that people may sign in at: `GET /api/auth/oidc/start` leads there.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct SignInProvider {
    /// Its name, for a button that leads there.
    name: String,
    /// Who gets an account by signing in there for the first time.
    registration: Mode,
}

impl Mode {
    fn of(registration: auth::Registration) -> Self {
        match registration {
            auth::Registration::Open => Self::Open,
            auth::Registration::Invite => Self::Invite,
            auth::Registration::Closed => Self::Closed,
        }
    }
}

impl SignInProvider {
    fn of(settings: &oidc::Settings, usual: auth::Registration) -> Self {
        Self {
            name: settings.name.clone(),
            registration: match settings.registration {
                oidc::Registration::AsUsual => Mode::of(usual),
                oidc::Registration::Open => Mode::Open,
                oidc::Registration::Closed => Mode::Closed,
            },
        }
    }
}

/// The name or address that somebody signs in with: one of `login` and `email`, and the password.
// Not `Debug`: it holds a password.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct Credentials {
    /// The address or the username. Case does not count.
    #[oai(validator(min_length = 1, max_length = 254))]
    login: Option<String>,
    /// The same, under the name that it has in the original.
    #[oai(validator(min_length = 1, max_length = 254))]
    email: Option<String>,
    /// The password.
    #[oai(validator(min_length = 1, max_length = 256))]
    password: Password,
}

#[derive(ApiResponse)]
pub(super) enum Made {
    /// The account was made, and the cookie of its first session is set.
    #[oai(status = 201)]
    Account(
        Out<Account>,
        #[oai(header = "Set-Cookie")] String,
        #[oai(header = "Location")] String,
    ),
}

#[derive(ApiResponse)]
pub(super) enum SignedIn {
    /// The cookie of a new session is set.
    #[oai(status = 200)]
    Account(Out<Account>, #[oai(header = "Set-Cookie")] String),
}

#[derive(ApiResponse)]
enum SignedOut {
    /// The cookie is cleared.
    #[oai(status = 204)]
    Gone(
        #[oai(header = "Set-Cookie")] String,
        /// The address where to go to sign out at the provider too; only if the session was signed in by it, and it has such a page.
        #[oai(header = "Location")]
        Option<String>,
    ),
}

impl Registration {
    /// Refuses who may not register, and a password that is guessed soon, then hashes it.
    pub(super) async fn into_user(self, visitor: &Visitor) -> Result<NewUser, Error> {
        let registration = visitor.app.settings.accounts.registration;
        let invite = registration.admit(self.invite_code)?;
        let password = SecretString::from(self.password.0);
        let names = [self.email.as_str(), self.username.as_str()];
        strength::check_in(&visitor.app.budget.work, "/password", &password, &names).await?;
        visitor.attempt(Kind::Register).await?;
        Ok(NewUser {
            email: self.email,
            username: self.username,
            password_hash: visitor.app.passwords.hash(&password).await?,
            invite,
        })
    }
}

impl Credentials {
    fn into_parts(self) -> Result<(account::Login, SecretString), Error> {
        let password = SecretString::from(self.password.0);
        match (self.login, self.email) {
            (Some(name), None) | (None, Some(name)) => Ok((account::Login::of(&name), password)),
            (None, None) => Err(Error::new(Code::ValidationFailed).fields(vec![FieldError {
                field: "/login".to_owned(),
                code: "required",
                message: "is missing: the address or the username".to_owned(),
            }])),
            (Some(_), Some(_)) => Err(Error::invalid(
                "/email",
                "unknown",
                "says the same as `login`: send one of them",
            )),
        }
    }
}

#[OpenApi(prefix_path = "/auth", tag = "Tag::Auth")]
impl Auth {
    /// Read the ways in
    ///
    /// What a form for signing in offers: who may register, whether guests are admitted, and whether the service sends mail.
    #[expect(
        clippy::unused_async,
        reason = "every operation is awaited by what calls it"
    )]
    #[oai(path = "/options", method = "get", operation_id = "readSignInOptions")]
    async fn options(&self, visitor: Visitor) -> Result<Out<SignInOptions>, Problems<0>> {
        let settings = &visitor.app.settings;
        let usual = settings.accounts.registration;
        let provider = settings.provider.as_ref();
        Ok(Out(SignInOptions {
            registration: Mode::of(usual),
            provider: provider.map(|one| SignInProvider::of(one.settings(), usual)),
            guests: visitor.store().limits().guests > 0,
            password_reset: settings.mail.is_some(),
            passkeys: settings.passkeys.is_some(),
        }))
    }

    /// Register
    ///
    /// Makes an account and begins its first session. Where registration is by invite, `inviteCode` is used up by it; where it is closed, the answer
    /// is `registration_closed`. What a guest has is kept by `POST /api/me/claim` instead.
    #[oai(path = "/register", method = "post", operation_id = "register")]
    async fn register(
        &self,
        visitor: Visitor,
        body: Body<Registration>,
    ) -> Result<Made, Problems<{ JSON | FORBIDDEN | CONFLICT | TOO_MANY }>> {
        let user = body.0.into_user(&visitor).await?;
        let session = visitor.new_session()?;
        let owner = visitor.store().register(user, &session).await?;
        visitor.end_session().await?;
        middleware::record_user(owner.id());
        let account = visitor.store().account(owner).await?;
        visitor.app.mail_verification(&account).await;
        Ok(made(&visitor, account, &session).await?)
    }

    /// Sign in
    ///
    /// By address or username. Whether the name or the password was wrong is not said, and takes the same time.
    ///
    /// Attempts are counted by address, and by account: an account is never locked, but who fails has to wait longer and longer between attempts.
    /// Addresses from which somebody has signed in before are counted apart, so that strangers who try an account do not keep its user out.
    ///
    /// An account with a second factor is not signed in yet: the answer is `second_factor_required` with a cookie for five minutes, and
    /// `POST /api/auth/second-factor` goes on.
    #[oai(path = "/login", method = "post", operation_id = "signIn")]
    async fn login(
        &self,
        visitor: Visitor,
        body: Body<Credentials>,
    ) -> Result<SignedIn, Problems<{ JSON | UNAUTHORIZED | FORBIDDEN | TOO_MANY }>> {
        let (login, password) = body.0.into_parts()?;
        visitor.attempt(Kind::LoginFromAddress).await?;
        let store = visitor.store();
        let credentials = store.credentials(&login).await?;
        let subject = match &credentials {
            Some(credentials) => credentials.user_id().to_string(),
            None => login.key().to_owned(),
        };
        let from_here = visitor.subject_here(&subject);
        if store.is_known(&from_here).await? {
            let kind = Kind::LoginAsNameFromKnownAddress;
            visitor.app.attempt(kind, &from_here).await?;
        } else {
            visitor.app.attempt(Kind::LoginAsName, &subject).await?;
        }
        let kept = credentials
            .as_ref()
            .and_then(|credentials| credentials.password_hash())
            .map(str::to_owned);
        let verdict = visitor.app.passwords.verify(&password, kept).await?;
        let (Some(credentials), Verdict::Right { rehashed }) = (credentials, verdict) else {
            return Err(Error::new(Code::InvalidCredentials).into());
        };
        let proof = Proof::Password {
            credentials,
            rehashed,
        };
        match visitor.complete_sign_in(proof).await? {
            Entry::Session(account, session) => Ok(signed_in(&visitor, account, &session).await?),
            Entry::SecondFactor(cookie) => {
                Err(Problems::with_cookie(second_factor_required(), &cookie))
            }
        }
    }

    /// Come as a guest
    ///
    /// Makes an account without a name and a password, with some notes to play with. It ends after a day with everything in it, unless it is
    /// claimed. Only so many guests are admitted at a time.
    #[oai(path = "/guest", method = "post", operation_id = "comeAsGuest")]
    async fn guest(&self, visitor: Visitor) -> Result<Made, Problems<{ FORBIDDEN | TOO_MANY }>> {
        visitor.attempt(Kind::Guest).await?;
        let session = visitor.new_guest_session()?;
        let owner = visitor.store().create_guest(&session).await?;
        visitor.end_session().await?;
        middleware::record_user(owner.id());
        let account = visitor.store().account(owner).await?;
        Ok(made(&visitor, account, &session).await?)
    }

    /// Sign out
    ///
    /// Ends the session of the cookie at once. To sign out twice is fine. Where the session was signed in by a provider that has a page to sign out
    /// (OpenID Connect RP-Initiated Logout), the header `Location` says where it is: whoever does not go there stays signed in at the provider.
    #[oai(path = "/logout", method = "post", operation_id = "signOut")]
    async fn logout(
        &self,
        visitor: Visitor,
        named: NamedAccount,
    ) -> Result<SignedOut, Problems<{ FORBIDDEN | CONFLICT }>> {
        let elsewhere = visitor.sign_out(named).await?;
        let cookie = session_cookie::clear(&visitor.app.settings);
        Ok(SignedOut::Gone(cookie, elsewhere))
    }
}

async fn made(
    visitor: &Visitor,
    account: account::Account,
    session: &NewSession,
) -> Result<Made, Error> {
    let lifetimes = &visitor.app.settings.accounts.lifetimes;
    let lifetime = if account.is_guest {
        lifetimes.guest
    } else {
        lifetimes.session
    };
    Ok(Made::Account(
        Out(Account::of(visitor.store(), account).await?),
        session_cookie::set(&visitor.app.settings, &session.token, lifetime),
        "/api/me".to_owned(),
    ))
}

/// The answer to somebody who has a new session.
pub(super) async fn signed_in(
    visitor: &Visitor,
    account: account::Account,
    session: &NewSession,
) -> Result<SignedIn, Error> {
    let lifetime = visitor.app.settings.accounts.lifetimes.session;
    Ok(SignedIn::Account(
        Out(Account::of(visitor.store(), account).await?),
        session_cookie::set(&visitor.app.settings, &session.token, lifetime),
    ))
}
