//! `/api/auth`: registration, signing in, guest accounts and signing out.
//!
//! No response contains a session token: the session is in a cookie that scripts cannot read. Programs use access tokens instead.

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
use crate::http::sign_in::{SignInOutcome, second_factor_required};
use crate::http::{middleware, session_cookie};
use crate::oidc;
use crate::store::sessions::NewSession;
use crate::store::sign_in::Proof;
use crate::store::users::NewUser;

pub(crate) struct Auth;

/// Address, username and password of an account to register.
// Not `Debug`: it holds a password.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Registration {
    /// Email address of the account, at most 254 characters; case is ignored.
    #[oai(validator(
        max_length = 254,
        pattern = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$"
    ))]
    email: String,
    /// Username, 3 to 32 letters, digits, `_`, `.` and `-`. Its case is kept, but ignored in comparisons.
    #[oai(validator(min_length = 3, max_length = 32, pattern = r"^[A-Za-z0-9_.-]+$"))]
    username: String,
    /// Password, 8 to 256 characters. Length counts more than variety; passwords that are easy to guess are refused.
    #[oai(validator(min_length = 8, max_length = 256))]
    password: Password,
    /// Invite code; required where registration is by invite (`invite_required`).
    #[oai(validator(min_length = 1, max_length = 100))]
    invite_code: Option<String>,
}

/// Admission of new users: `open` for everyone, `invite` with an invite code only, `closed` for no one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "lowercase", rename = "RegistrationMode")]
#[serde(rename_all = "lowercase")]
enum Mode {
    Open,
    Invite,
    Closed,
}

/// Ways to register and to sign in that this service offers.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct SignInOptions {
    /// Admission of people who register with a password.
    registration: Mode,
    /// `true` if the service admits guests.
    guests: bool,
    /// `true` if a forgotten password can be reset by mail.
    password_reset: bool,
    /// `true` if users can register passkeys and sign in with them.
    passkeys: bool,
    /// Identity provider that users can sign in with; absent if none is configured.
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<SignInProvider>,
}

/// Account that a browser is signed in to.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct SignedInAccount {
    /// The account; absent if the request has no cookie of a session, or if the session has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<Account>,
}

/// Identity provider that users can sign in with; `GET /api/auth/oidc/start` redirects to it.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct SignInProvider {
    /// Display name of the provider, for the label of a button.
    name: String,
    /// Admission of people who sign in with the provider for the first time.
    registration: Mode,
}

impl Mode {
    fn from_registration(registration: auth::Registration) -> Self {
        match registration {
            auth::Registration::Open => Self::Open,
            auth::Registration::Invite => Self::Invite,
            auth::Registration::Closed => Self::Closed,
        }
    }
}

impl SignInProvider {
    fn from_settings(settings: &oidc::Settings, usual: auth::Registration) -> Self {
        Self {
            name: settings.name.clone(),
            registration: match settings.registration {
                oidc::Registration::AsUsual => Mode::from_registration(usual),
                oidc::Registration::Open => Mode::Open,
                oidc::Registration::Closed => Mode::Closed,
            },
        }
    }
}

/// Credentials to sign in with: the password, and exactly one of `login` and `email`.
// Not `Debug`: it holds a password.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct Credentials {
    /// Email address or username of the account, at most 254 characters; case is ignored.
    #[oai(validator(min_length = 1, max_length = 254))]
    login: Option<String>,
    /// Alternative name of `login`, for clients that send `email`.
    #[oai(validator(min_length = 1, max_length = 254))]
    email: Option<String>,
    /// Password of the account, at most 256 characters.
    #[oai(validator(min_length = 1, max_length = 256))]
    password: Password,
}

#[derive(ApiResponse)]
pub(super) enum AccountCreated {
    /// The account was created; the response sets the cookie of its first session.
    #[oai(status = 201)]
    Account(
        Out<Account>,
        #[oai(header = "Set-Cookie")] String,
        #[oai(header = "Location")] String,
    ),
}

#[derive(ApiResponse)]
pub(super) enum SignedIn {
    /// The user is signed in; the response sets the cookie of a new session.
    #[oai(status = 200)]
    Account(Out<Account>, #[oai(header = "Set-Cookie")] String),
}

#[derive(ApiResponse)]
enum SignedOut {
    /// The session ended; the response clears its cookie.
    #[oai(status = 204)]
    Gone(
        #[oai(header = "Set-Cookie")] String,
        /// URL of the provider's sign-out page. Present only if the session was signed in with a provider that has such a page.
        #[oai(header = "Location")]
        Option<String>,
    ),
}

impl Registration {
    /// Checks that the visitor may register and that the password is strong enough, then hashes the password.
    pub(super) async fn into_user(self, visitor: &Visitor) -> Result<NewUser, Error> {
        let registration = visitor.app.settings.accounts.registration;
        let invite = registration.admit_registration(self.invite_code)?;
        let password = SecretString::from(self.password.0);
        let names = [self.email.as_str(), self.username.as_str()];
        strength::check_strength_in(&visitor.app.budget.work, "/password", &password, &names)
            .await?;
        visitor.count_attempt(Kind::Register).await?;
        Ok(NewUser {
            email: self.email,
            username: self.username,
            password_hash: visitor.app.passwords.hash_password(&password).await?,
            invite,
        })
    }
}

impl Credentials {
    fn into_parts(self) -> Result<(account::Login, SecretString), Error> {
        let password = SecretString::from(self.password.0);
        match (self.login, self.email) {
            (Some(name), None) | (None, Some(name)) => {
                Ok((account::Login::from_input(&name), password))
            }
            (None, None) => Err(Error::new(Code::ValidationFailed).fields(vec![FieldError {
                field: "/login".to_owned(),
                code: "required",
                message: "is missing: set it to the email address or the username".to_owned(),
            }])),
            (Some(_), Some(_)) => Err(Error::invalid(
                "/email",
                "unknown",
                "has the same meaning as `login`; send only one of them",
            )),
        }
    }
}

#[OpenApi(prefix_path = "/auth", tag = "Tag::Auth")]
impl Auth {
    /// Read the options for signing in
    ///
    /// Returns the choices that a sign-in form can offer: registration, guest accounts, password reset by mail, passkeys and an identity provider.
    #[expect(
        clippy::unused_async,
        reason = "every operation is awaited by what calls it"
    )]
    #[oai(path = "/options", method = "get", operation_id = "readSignInOptions")]
    async fn read_sign_in_options(
        &self,
        visitor: Visitor,
    ) -> Result<Out<SignInOptions>, Problems<0>> {
        let settings = &visitor.app.settings;
        let usual = settings.accounts.registration;
        let provider = settings.provider.as_ref();
        Ok(Out(SignInOptions {
            registration: Mode::from_registration(usual),
            provider: provider.map(|one| SignInProvider::from_settings(one.settings(), usual)),
            guests: visitor.store().limits().guests > 0,
            password_reset: settings.mail.is_some(),
            passkeys: settings.passkeys.is_some(),
        }))
    }

    /// Find the signed-in account
    ///
    /// Returns the account of the session cookie, or no account without a session. Pages call it when they start: unlike `GET /api/me`, it succeeds
    /// for visitors who are not signed in, so that browsers report no failed request. Access tokens are ignored.
    #[oai(
        path = "/account",
        method = "get",
        operation_id = "findSignedInAccount"
    )]
    async fn find_signed_in_account(
        &self,
        visitor: Visitor,
    ) -> Result<Out<SignedInAccount>, Problems<0>> {
        let account = match visitor.find_account().await? {
            Some(account) => Some(Account::from_account(visitor.store(), account).await?),
            None => None,
        };
        Ok(Out(SignedInAccount { account }))
    }

    /// Register an account
    ///
    /// Creates an account and begins its first session. Where registration is by invite, `inviteCode` is required and used up; where registration is
    /// closed, the answer is `registration_closed`. A guest who wants to keep notes uses `POST /api/me/claim` instead. An address or username of
    /// another account is refused (`email_taken`, `username_taken`).
    #[oai(path = "/register", method = "post", operation_id = "register")]
    async fn register_account(
        &self,
        visitor: Visitor,
        body: Body<Registration>,
    ) -> Result<AccountCreated, Problems<{ JSON | FORBIDDEN | CONFLICT | TOO_MANY }>> {
        let user = body.0.into_user(&visitor).await?;
        let session = visitor.new_session()?;
        let owner = visitor.store().register_user(user, &session).await?;
        visitor.end_session().await?;
        middleware::record_user(owner.id());
        let account = visitor.store().get_account(owner).await?;
        visitor.app.mail_verification(&account).await;
        Ok(build_created(&visitor, account, &session).await?)
    }

    /// Sign in
    ///
    /// Signs in with an email address or username and the password. A wrong name and a wrong password give the same answer (`invalid_credentials`)
    /// after the same time.
    ///
    /// Attempts are limited by IP address and by account. An account is never locked, but repeated failures increase the time between attempts. IP
    /// addresses from which the user has signed in before have a limit of their own, so that attempts of others do not keep the user out.
    ///
    /// If the account has a second factor, the answer is `second_factor_required` with a cookie that is valid for five minutes; continue with
    /// `POST /api/auth/second-factor`.
    #[oai(path = "/login", method = "post", operation_id = "signIn")]
    async fn sign_in(
        &self,
        visitor: Visitor,
        body: Body<Credentials>,
    ) -> Result<SignedIn, Problems<{ JSON | UNAUTHORIZED | FORBIDDEN | TOO_MANY }>> {
        let (login, password) = body.0.into_parts()?;
        visitor.count_attempt(Kind::LoginFromAddress).await?;
        let store = visitor.store();
        let credentials = store.find_credentials(&login).await?;
        let subject = match &credentials {
            Some(credentials) => credentials.user_id().to_string(),
            None => login.key().to_owned(),
        };
        let from_here = visitor.subject_at_network(&subject);
        if store.is_known(&from_here).await? {
            let kind = Kind::LoginAsNameFromKnownAddress;
            visitor.app.count_attempt(kind, &from_here).await?;
        } else {
            visitor
                .app
                .count_attempt(Kind::LoginAsName, &subject)
                .await?;
        }
        let kept = credentials
            .as_ref()
            .and_then(|credentials| credentials.password_hash())
            .map(str::to_owned);
        let verdict = visitor
            .app
            .passwords
            .verify_password(&password, kept)
            .await?;
        let (Some(credentials), Verdict::Correct { rehashed }) = (credentials, verdict) else {
            return Err(Error::new(Code::InvalidCredentials).into());
        };
        let proof = Proof::Password {
            credentials,
            rehashed,
        };
        match visitor.complete_sign_in(proof).await? {
            SignInOutcome::Session(account, session) => {
                Ok(signed_in(&visitor, account, &session).await?)
            }
            SignInOutcome::SecondFactor(cookie) => {
                Err(Problems::with_cookie(second_factor_required(), &cookie))
            }
        }
    }

    /// Sign in as a guest
    ///
    /// Creates an account without address and password that contains sample notes, and begins its session. The account and its notes are deleted
    /// after one day unless the guest claims it with `POST /api/me/claim`. The number of guests at a time is limited (`guests_full`).
    #[oai(path = "/guest", method = "post", operation_id = "comeAsGuest")]
    async fn create_guest(
        &self,
        visitor: Visitor,
    ) -> Result<AccountCreated, Problems<{ FORBIDDEN | TOO_MANY }>> {
        visitor.count_attempt(Kind::Guest).await?;
        let session = visitor.new_guest_session()?;
        let owner = visitor.store().create_guest(&session).await?;
        visitor.end_session().await?;
        middleware::record_user(owner.id());
        let account = visitor.store().get_account(owner).await?;
        Ok(build_created(&visitor, account, &session).await?)
    }

    /// Sign out
    ///
    /// Ends the session of the cookie at once. Signing out without a session succeeds too. If the session was signed in with a provider that has a
    /// sign-out page (OpenID Connect RP-Initiated Logout), the header `Location` contains its URL; unless the browser opens it, the user stays signed
    /// in at the provider.
    #[oai(path = "/logout", method = "post", operation_id = "signOut")]
    async fn sign_out(
        &self,
        visitor: Visitor,
        named: NamedAccount,
    ) -> Result<SignedOut, Problems<{ FORBIDDEN | CONFLICT }>> {
        let elsewhere = visitor.sign_out(named).await?;
        let cookie = session_cookie::clear_session(&visitor.app.settings);
        Ok(SignedOut::Gone(cookie, elsewhere))
    }
}

async fn build_created(
    visitor: &Visitor,
    account: account::Account,
    session: &NewSession,
) -> Result<AccountCreated, Error> {
    let lifetimes = &visitor.app.settings.accounts.lifetimes;
    let lifetime = if account.is_guest {
        lifetimes.guest
    } else {
        lifetimes.session
    };
    Ok(AccountCreated::Account(
        Out(Account::from_account(visitor.store(), account).await?),
        session_cookie::set_session(&visitor.app.settings, &session.token, lifetime),
        "/api/me".to_owned(),
    ))
}

/// Builds the response for a visitor who has a new session.
pub(super) async fn signed_in(
    visitor: &Visitor,
    account: account::Account,
    session: &NewSession,
) -> Result<SignedIn, Error> {
    let lifetime = visitor.app.settings.accounts.lifetimes.session;
    Ok(SignedIn::Account(
        Out(Account::from_account(visitor.store(), account).await?),
        session_cookie::set_session(&visitor.app.settings, &session.token, lifetime),
    ))
}
