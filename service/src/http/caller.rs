//! Identification of the sender of a request: the only access to the data of a user, and the facts about visitors who are not signed in.

use std::sync::Arc;

use poem::http::header;
use poem::{FromRequest, Request, RequestBody, Result};
use poem_openapi::registry::{MetaSecurityScheme, Registry};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

use chrono::TimeDelta;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::App;
use super::client_address::ClientAddress;
use super::named_account::{self, NamedAccount};
use super::queries::NeededScopes;
use crate::auth::password::Verdict;
use crate::auth::rates::Kind;
use crate::auth::token;
use crate::budget::{RequesterClass, Ticket};
use crate::clock;
use crate::domain::account::Account;
use crate::domain::factor::Factor;
use crate::domain::scope::Scope;
use crate::error::{Code, Error};
use crate::store::factors::PresenceProof;
use crate::store::sessions::{Credential, Freshness, Identity, NewSession};
use crate::store::users::Credentials;
use crate::store::{Owner, Store};

/// Time for which a confirmation at the identity provider replaces the password.
const CONFIRMED_FOR: TimeDelta = TimeDelta::minutes(5);

/// Maximum number of characters of `User-Agent` that are stored.
const USER_AGENT_CHARS: usize = 200;

/// User of a request, authenticated by a session cookie or an access token.
pub(crate) struct Caller {
    /// The application that handles the request.
    pub(crate) app: Arc<App>,
    /// The user, and the credential of the request.
    pub(crate) identity: Identity,
}

impl Caller {
    /// Returns the owner of the rows that the request concerns.
    pub(crate) fn owner(&self) -> Owner {
        self.identity.owner
    }

    /// Returns the store of the application.
    pub(crate) fn store(&self) -> &Store {
        &self.app.store
    }
}

/// User of a request with a session cookie, for operations that are closed to access tokens.
pub(crate) struct SessionCaller {
    /// The user of the request.
    pub(crate) caller: Caller,
    /// Identifier of the session.
    pub(crate) session: Uuid,
}

impl SessionCaller {
    /// Checks the password that the request contains as `currentPassword`. Without a password, the session must have begun with a passkey or been
    /// confirmed at the provider within the last minutes.
    ///
    /// # Errors
    ///
    /// `guest_not_allowed` for guests, `validation_failed` for a wrong or missing password, and `recent_sign_in_required` for an account without a
    /// password.
    pub(crate) async fn confirm_password(
        &self,
        password: Option<SecretString>,
    ) -> Result<Credentials, Error> {
        let app = &self.caller.app;
        let owner = self.caller.owner();
        let kept = app.store.own_credentials(owner).await?;
        if kept.is_guest() {
            return Err(
                Error::new(Code::GuestNotAllowed).detail("guests have no password; register first")
            );
        }
        let Some(password) = password else {
            if self.is_confirmed().await? {
                return Ok(kept);
            }
            return Err(missing_confirmation(&kept));
        };
        if kept.password_hash().is_none() {
            return Err(missing_confirmation(&kept));
        }
        app.count_attempt(Kind::ConfirmPassword, &owner.id().to_string())
            .await?;
        let hash = kept.password_hash().map(str::to_owned);
        match app.passwords.verify_password(&password, hash).await? {
            Verdict::Correct { .. } => Ok(kept),
            Verdict::Incorrect => Err(Error::invalid(
                "/currentPassword",
                "wrong_password",
                "is not the password of this account",
            )),
        }
    }
}

/// Returns the error of a missing confirmation: the password is missing, or a recent sign-in if the account has no password.
fn missing_confirmation(kept: &Credentials) -> Error {
    match kept.password_hash() {
        Some(_) => Error::invalid(
            "/currentPassword",
            "required",
            "is missing: this operation requires the current password of the account",
        ),
        None => Error::new(Code::RecentSignInRequired).detail(
            "the account has no password; sign in again at the URL that `POST /api/me/confirmation` returns",
        ),
    }
}

/// Time after a sign-in with a passkey for which the session counts as confirmed.
const RECENT: TimeDelta = TimeDelta::minutes(10);

impl SessionCaller {
    /// Checks that the user is present: by the password in `currentPassword`, by a session that began with a passkey within the last ten minutes, or
    /// by a confirmation at the provider.
    pub(crate) async fn step_up(
        &self,
        password: Option<SecretString>,
    ) -> Result<PresenceProof, Error> {
        if password.is_some() {
            return self
                .confirm_password(password)
                .await
                .map(PresenceProof::Password);
        }
        if self.is_confirmed().await? {
            return Ok(PresenceProof::RecentSignIn);
        }
        let (store, owner) = (self.caller.store(), self.caller.owner());
        let account = store.get_account(owner).await?;
        if account.is_guest {
            return Err(Error::new(Code::GuestNotAllowed)
                .detail("a guest cannot sign in again; register with `POST /api/me/claim`"));
        }
        Err(Error::new(Code::RecentSignInRequired).detail(
            "send `currentPassword`, sign in with a passkey and repeat the request within ten minutes, or confirm at the provider with `POST /api/me/confirmation`",
        ))
    }

    /// Returns `true` if the session was confirmed by other means than the password. Signing in at the provider is not enough, because the provider
    /// may sign the user in without asking.
    async fn is_confirmed(&self) -> Result<bool, Error> {
        let (store, owner) = (self.caller.store(), self.caller.owner());
        let session = store.own_session(owner, self.session).await?;
        let now = clock::now();
        let by_passkey = session.signed_in_by.first == Some(Factor::Passkey)
            && now - session.created_at < RECENT;
        Ok(by_passkey
            || store
                .is_confirmed_since(owner, self.session, now - CONFIRMED_FOR)
                .await?)
    }
}

/// Sender of a request, signed in or not.
pub(crate) struct Visitor {
    /// The application that handles the request.
    pub(crate) app: Arc<App>,
    /// Network that the request comes from.
    pub(crate) address: ClientAddress,
    /// Value of the session cookie, if there is one.
    pub(crate) session_token: Option<SecretString>,
    /// Value of the cookie for sign-ins at the provider, if there is one.
    pub(crate) flow_token: Option<SecretString>,
    /// Value of the cookie for a sign-in that needs a second factor, if there is one.
    pub(crate) waiting_token: Option<SecretString>,
    user_agent: Option<String>,
}

impl Visitor {
    /// Returns the store of the application.
    pub(crate) fn store(&self) -> &Store {
        &self.app.store
    }

    /// Counts one attempt of this kind for the network of the visitor.
    pub(crate) async fn count_attempt(&self, kind: Kind) -> Result<(), Error> {
        self.app
            .count_attempt(kind, &self.address.to_string())
            .await
    }

    /// Creates a session for a visitor who signs in.
    pub(crate) fn new_session(&self) -> Result<NewSession, Error> {
        let lifetimes = &self.app.settings.accounts.lifetimes;
        Ok(NewSession {
            token: token::new_session_token()?,
            user_agent: self.user_agent.clone(),
            expires_at: clock::now() + lifetimes.idle.min(lifetimes.session),
        })
    }

    /// Creates a session for a guest, which ends with the account of the guest.
    pub(crate) fn new_guest_session(&self) -> Result<NewSession, Error> {
        Ok(NewSession {
            expires_at: clock::now() + self.app.settings.accounts.lifetimes.guest,
            ..self.new_session()?
        })
    }

    /// Ends the present session of the browser, which receives another one.
    pub(crate) async fn end_session(&self) -> Result<(), Error> {
        match &self.session_token {
            Some(token) => {
                self.store()
                    .end_session_of_token(token.expose_secret())
                    .await
            }
            None => Ok(()),
        }
    }

    /// Ends the session of the browser, unless it belongs to another account than the request names. Returns the sign-out URL of the provider if the
    /// session was signed in with it.
    pub(crate) async fn sign_out(&self, named: NamedAccount) -> Result<Option<String>, Error> {
        let Some(found) = self.find_session().await? else {
            self.end_session().await?;
            return Ok(None);
        };
        if let Some(named) = named.0 {
            named_account::compare_accounts(named, found.owner.id())?;
        }
        let by_provider =
            self.app.settings.provider.is_some() && self.is_by_provider(&found).await?;
        self.end_session().await?;
        if by_provider {
            return Ok(self.app.sign_out_at_provider().await);
        }
        Ok(None)
    }

    /// Returns the account that the browser is signed in to, if there is one.
    pub(crate) async fn find_account(&self) -> Result<Option<Account>, Error> {
        let Some(found) = self.find_session().await? else {
            return Ok(None);
        };
        super::middleware::record_user(found.owner.id());
        match self.store().get_account(found.owner).await {
            Ok(account) => Ok(Some(account)),
            Err(error) if error.code() == Code::Unauthenticated => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Returns the session of the browser, or none if there is none or it has ended.
    async fn find_session(&self) -> Result<Option<Identity>, Error> {
        let Some(token) = &self.session_token else {
            return Ok(None);
        };
        let found = self
            .store()
            .authenticate_session(token.expose_secret(), Freshness::Recent)
            .await;
        match found {
            Ok(identity) => Ok(Some(identity)),
            Err(error) if error.code() == Code::Unauthenticated => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn is_by_provider(&self, found: &Identity) -> Result<bool, Error> {
        let Credential::Session { id, .. } = found.credential else {
            return Ok(false);
        };
        match self.store().own_session(found.owner, id).await {
            Ok(session) => Ok(session.signed_in_by.first == Some(Factor::Identity)),
            Err(error) if error.code() == Code::Unauthenticated => Ok(false),
            Err(error) => Err(error),
        }
    }
}

impl<'a> FromRequest<'a> for Visitor {
    async fn from_request(request: &'a Request, _body: &mut RequestBody) -> Result<Self> {
        let app = super::find_app(request)?;
        let peer = request.remote_addr().as_socket_addr();
        let address = ClientAddress::from_headers(
            peer.map(std::net::SocketAddr::ip),
            request.headers(),
            app.settings.policy.trusted_hops,
        );
        let session_token =
            find_cookie(request, app.settings.cookie_name()).map(SecretString::from);
        let flow_token =
            find_cookie(request, app.settings.flow_cookie_name()).map(SecretString::from);
        let waiting_token =
            find_cookie(request, app.settings.waiting_cookie_name()).map(SecretString::from);
        let user_agent = request.header(header::USER_AGENT).map(|name| {
            let shown = name.chars().filter(|char| !char.is_control());
            shown.take(USER_AGENT_CHARS).collect()
        });
        Ok(Self {
            app,
            address,
            session_token,
            flow_token,
            waiting_token,
            user_agent,
        })
    }
}

impl<'a> ApiExtractor<'a> for Caller {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        register_session(registry);
        registry.create_security_scheme(
            "token",
            MetaSecurityScheme {
                ty: "http",
                description: Some("Access token of a user, created by `POST /api/tokens`."),
                name: None,
                key_in: None,
                scheme: Some("bearer"),
                bearer_format: Some("notes_pat_…"),
                flows: None,
                openid_connect_url: None,
            },
        );
    }

    fn security_schemes() -> Vec<&'static str> {
        vec!["session", "token"]
    }

    async fn from_request(
        request: &'a Request,
        _body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let caller = authenticate_request(request, Freshness::Recent).await?;
        if let Credential::AccessToken { scopes, .. } = caller.identity.credential {
            NeededScopes::check_request(request, scopes)?;
        }
        Ok(caller)
    }
}

impl<'a> ApiExtractor<'a> for SessionCaller {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        register_session(registry);
    }

    fn security_schemes() -> Vec<&'static str> {
        vec!["session"]
    }

    async fn from_request(
        request: &'a Request,
        _body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> Result<Self> {
        // These requests are few and the most sensitive, so the session is always read from the database.
        let caller = authenticate_request(request, Freshness::Current).await?;
        match caller.identity.credential {
            Credential::Session { id, .. } => Ok(Self {
                caller,
                session: id,
            }),
            Credential::AccessToken { .. } => Err(Error::new(Code::SessionRequired).into()),
        }
    }
}

/// Returns the caller of a request by its credential, which must have been checked against the database as recently as `freshness` says. Scopes are
/// not checked here.
async fn authenticate_request(request: &Request, freshness: Freshness) -> Result<Caller> {
    let app = super::find_app(request)?;
    let identity = identify_caller(&app, request, freshness).await?;
    super::middleware::record_user(identity.owner.id());
    super::middleware::count_for_user(request, identity.owner.id())?;
    charge_user(&identity)?;
    if identity.should_record_use {
        record_use(Arc::clone(&app), identity.credential.clone());
    }
    Ok(Caller { app, identity })
}

/// Refuses a request that adds data to notes, before its body is received, if its credential does not permit that.
pub(crate) async fn admit_request(request: &Request) -> Result<(), Error> {
    let Some(app) = request.data::<Arc<App>>() else {
        // Without an application, there is no store to ask and no operation to reach.
        return Ok(());
    };
    match identify_caller(app, request, Freshness::Recent)
        .await?
        .credential
    {
        Credential::AccessToken { scopes, .. } => {
            NeededScopes(&[Scope::NotesWrite]).require_scopes(scopes)
        }
        Credential::Session { .. } => Ok(()),
    }
}

/// Charges the place of the request to the share of its user from now on.
fn charge_user(identity: &Identity) -> Result<(), Error> {
    let standing = if identity.is_guest {
        RequesterClass::Guest
    } else {
        RequesterClass::Member
    };
    match Ticket::current() {
        Some(ticket) => ticket
            .identify_user(identity.owner.id(), standing)
            .map_err(|full| full.into_error("requests")),
        None => Ok(()),
    }
}

fn register_session(registry: &mut Registry) {
    registry.create_security_scheme(
        "session",
        MetaSecurityScheme {
            ty: "apiKey",
            description: Some(
                "Session cookie of a browser, set by `POST /api/auth/login`. Without TLS, as during development, its name is \
                 `notes_session`.",
            ),
            name: Some("__Host-notes_session"),
            key_in: Some("cookie"),
            scheme: None,
            bearer_format: None,
            flows: None,
            openid_connect_url: None,
        },
    );
}

/// Records the use of a session or access token in the background. If that fails, the next request tries again.
fn record_use(app: Arc<App>, credential: Credential) {
    tokio::spawn(async move {
        let noted = match credential {
            Credential::Session { id, created_at } => {
                let lifetimes = &app.settings.accounts.lifetimes;
                let end = (created_at + lifetimes.session).min(clock::now() + lifetimes.idle);
                app.store.record_session_use(id, end).await
            }
            Credential::AccessToken { id, .. } => app.store.record_access_token_use(id).await,
        };
        if let Err(error) = noted {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the last use of a session was not recorded"
            );
        }
    });
}

/// Returns the user of the credential of a request, unless the request names another account.
async fn identify_caller(
    app: &App,
    request: &Request,
    freshness: Freshness,
) -> Result<Identity, Error> {
    let identity = find_identity(app, request, freshness).await?;
    named_account::check_account(request, identity.owner.id())?;
    Ok(identity)
}

async fn find_identity(
    app: &App,
    request: &Request,
    freshness: Freshness,
) -> Result<Identity, Error> {
    // A token that is sent deliberately takes precedence over a cookie that browsers add.
    if let Some(value) = request.headers().get(header::AUTHORIZATION) {
        let token = value
            .to_str()
            .ok()
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim())
            .ok_or_else(|| Error::new(Code::Unauthenticated))?;
        return app.store.authenticate_access_token(token, freshness).await;
    }
    match find_cookie(request, app.settings.cookie_name()) {
        Some(token) => app.store.authenticate_session(token, freshness).await,
        None => Err(Error::new(Code::Unauthenticated)),
    }
}

/// Returns the value of a cookie (RFC 6265, section 5.4): the first one if a name is sent twice.
pub(crate) fn find_cookie<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request
        .headers()
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}
