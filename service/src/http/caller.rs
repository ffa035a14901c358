//! Who sends a request: the one way into everything that belongs to a user, and what is known of those who are not signed in.

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
use crate::budget::{Standing, Ticket};
use crate::clock;
use crate::domain::factor::Factor;
use crate::domain::scope::Scope;
use crate::error::{Code, Error};
use crate::store::factors::Shown;
use crate::store::sessions::{Credential, Freshness, Identity, NewSession};
use crate::store::users::Credentials;
use crate::store::{Owner, Store};

/// For so long after a sign-in at the provider that was asked for, nothing needs the password.
const CONFIRMED_FOR: TimeDelta = TimeDelta::minutes(5);

/// Characters of a browser's name for itself that are kept.
const USER_AGENT_CHARS: usize = 200;

/// A request's user, authenticated by the cookie of a session or by an access token.
pub(crate) struct Caller {
    /// The application.
    pub(crate) app: Arc<App>,
    /// The user and what was shown.
    pub(crate) identity: Identity,
}

impl Caller {
    /// Whose rows the request is about.
    pub(crate) fn owner(&self) -> Owner {
        self.identity.owner
    }

    /// The database.
    pub(crate) fn store(&self) -> &Store {
        &self.app.store
    }
}

/// A request's user, who came with the cookie of a session: for what a program must not do that got hold of an access token.
pub(crate) struct SessionCaller {
    /// The caller.
    pub(crate) caller: Caller,
    /// The session.
    pub(crate) session: Uuid,
}

impl SessionCaller {
    /// Checks the password that the user shows again, as the property `currentPassword` of the body; without one, that the user has shown in
    /// another way to be there, within the last minutes and in this session. Guests can do neither.
    pub(crate) async fn confirm(
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
            if self.is_there().await? {
                return Ok(kept);
            }
            return Err(unconfirmed(&kept));
        };
        if kept.password_hash().is_none() {
            return Err(unconfirmed(&kept));
        }
        app.attempt(Kind::ConfirmPassword, &owner.id().to_string())
            .await?;
        let hash = kept.password_hash().map(str::to_owned);
        match app.passwords.verify(&password, hash).await? {
            Verdict::Right { .. } => Ok(kept),
            Verdict::Wrong => Err(Error::invalid(
                "/currentPassword",
                "wrong_password",
                "is not the password of this account",
            )),
        }
    }
}

/// What is missing to do what needs a confirmation.
fn unconfirmed(kept: &Credentials) -> Error {
    match kept.password_hash() {
        Some(_) => Error::invalid(
            "/currentPassword",
            "required",
            "is missing: this needs the password of the account",
        ),
        None => Error::new(Code::RecentSignInRequired).detail(
            "the account has no password; `POST /api/me/confirmation` says where to sign in again",
        ),
    }
}

/// So long after a sign-in its user is taken to be there.
const RECENT: TimeDelta = TimeDelta::minutes(10);

impl SessionCaller {
    /// Checks that the user is there at this moment: by the password, as the property `currentPassword` of the body; by a session that was signed in
    /// to within the last ten minutes by a passkey; or by a confirmation at the provider.
    pub(crate) async fn step_up(&self, password: Option<SecretString>) -> Result<Shown, Error> {
        if password.is_some() {
            return self.confirm(password).await.map(Shown::Password);
        }
        if self.is_there().await? {
            return Ok(Shown::RecentSignIn);
        }
        let (store, owner) = (self.caller.store(), self.caller.owner());
        let account = store.account(owner).await?;
        if account.is_guest {
            return Err(Error::new(Code::GuestNotAllowed).detail(
                "a guest cannot sign in again; `POST /api/me/claim` makes an account of it",
            ));
        }
        Err(Error::new(Code::RecentSignInRequired).detail(
            "send `currentPassword`, sign in by a passkey and ask within ten minutes, or confirm at the provider: `POST /api/me/confirmation`",
        ))
    }

    /// Whether the user has shown in this session, in another way than by the password, to be there. To have come by the provider is not enough: it
    /// signs in whoever has its session, without a question.
    async fn is_there(&self) -> Result<bool, Error> {
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

/// Whoever sends a request, signed in or not.
pub(crate) struct Visitor {
    /// The application.
    pub(crate) app: Arc<App>,
    /// Where the request comes from.
    pub(crate) address: ClientAddress,
    /// What the cookie of a session holds, if there is one.
    pub(crate) session_token: Option<SecretString>,
    /// What the cookie of sign-ins at the provider holds, if there is one.
    pub(crate) flow_token: Option<SecretString>,
    /// What the cookie of a sign-in holds that waits for a second factor, if there is one.
    pub(crate) waiting_token: Option<SecretString>,
    user_agent: Option<String>,
}

impl Visitor {
    /// The database.
    pub(crate) fn store(&self) -> &Store {
        &self.app.store
    }

    /// Takes one attempt of this kind by the visitor's address.
    pub(crate) async fn attempt(&self, kind: Kind) -> Result<(), Error> {
        self.app.attempt(kind, &self.address.to_string()).await
    }

    /// A session of somebody who signs in.
    pub(crate) fn new_session(&self) -> Result<NewSession, Error> {
        let lifetimes = &self.app.settings.accounts.lifetimes;
        Ok(NewSession {
            token: token::session()?,
            user_agent: self.user_agent.clone(),
            expires_at: clock::now() + lifetimes.idle.min(lifetimes.session),
        })
    }

    /// A session of a guest, which ends with the guest.
    pub(crate) fn new_guest_session(&self) -> Result<NewSession, Error> {
        Ok(NewSession {
            expires_at: clock::now() + self.app.settings.accounts.lifetimes.guest,
            ..self.new_session()?
        })
    }

    /// Ends the session that the visitor's browser is about to forget, because it gets another.
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

    /// Ends the session of the visitor's browser, unless it is of another account than the visitor names. Returns the address where to sign out at
    /// the provider too, if the session was signed in by it.
    pub(crate) async fn sign_out(&self, named: NamedAccount) -> Result<Option<String>, Error> {
        let Some(found) = self.session_to_end().await? else {
            self.end_session().await?;
            return Ok(None);
        };
        if let Some(named) = named.0 {
            named_account::compare(named, found.owner.id())?;
        }
        let by_provider =
            self.app.settings.provider.is_some() && self.is_by_provider(&found).await?;
        self.end_session().await?;
        if by_provider {
            return Ok(self.app.sign_out_at_provider().await);
        }
        Ok(None)
    }

    /// The session of the visitor's browser; none if it has ended: to sign out twice is fine.
    async fn session_to_end(&self) -> Result<Option<Identity>, Error> {
        let Some(token) = &self.session_token else {
            return Ok(None);
        };
        let found = self
            .store()
            .session(token.expose_secret(), Freshness::Recent)
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
        let app = super::app_of(request)?;
        let peer = request.remote_addr().as_socket_addr();
        let address = ClientAddress::of(
            peer.map(std::net::SocketAddr::ip),
            request.headers(),
            app.settings.policy.trusted_hops,
        );
        let session_token = cookie(request, app.settings.cookie_name()).map(SecretString::from);
        let flow_token = cookie(request, app.settings.flow_cookie_name()).map(SecretString::from);
        let waiting_token =
            cookie(request, app.settings.waiting_cookie_name()).map(SecretString::from);
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
                description: Some("A personal access token, made by `POST /api/tokens`."),
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
        let caller = authenticate(request, Freshness::Recent).await?;
        if let Credential::AccessToken { scopes, .. } = caller.identity.credential {
            NeededScopes::check(request, scopes)?;
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
        // Few requests, and those that matter most.
        let caller = authenticate(request, Freshness::Current).await?;
        match caller.identity.credential {
            Credential::Session { id, .. } => Ok(Self {
                caller,
                session: id,
            }),
            Credential::AccessToken { .. } => Err(Error::new(Code::SessionRequired).into()),
        }
    }
}

/// Returns the caller of a request by what it shows, confirmed so recently, whatever that is allowed to do.
async fn authenticate(request: &Request, freshness: Freshness) -> Result<Caller> {
    let app = super::app_of(request)?;
    let identity = identify(&app, request, freshness).await?;
    super::middleware::record_user(identity.owner.id());
    super::middleware::count_for_user(request, identity.owner.id())?;
    take_share(&identity)?;
    if identity.use_is_news {
        note_use(Arc::clone(&app), identity.credential.clone());
    }
    Ok(Caller { app, identity })
}

/// Refuses a request to add something to notes that nobody may send as it is, before what it carries is received.
pub(crate) async fn admit(request: &Request) -> Result<(), Error> {
    let Some(app) = request.data::<Arc<App>>() else {
        // Without the application there is nobody to ask, and nothing to reach.
        return Ok(());
    };
    match identify(app, request, Freshness::Recent).await?.credential {
        Credential::AccessToken { scopes, .. } => {
            NeededScopes(&[Scope::NotesWrite]).require(scopes)
        }
        Credential::Session { .. } => Ok(()),
    }
}

/// Takes the request's place out of the share of its user from here on.
fn take_share(identity: &Identity) -> Result<(), Error> {
    let standing = if identity.is_guest {
        Standing::Guest
    } else {
        Standing::Member
    };
    match Ticket::current() {
        Some(ticket) => ticket
            .identify(identity.owner.id(), standing)
            .map_err(|full| full.error("requests")),
        None => Ok(()),
    }
}

fn register_session(registry: &mut Registry) {
    registry.create_security_scheme(
        "session",
        MetaSecurityScheme {
            ty: "apiKey",
            description: Some(
                "The session of a browser: a cookie that `POST /api/auth/login` sets. Without TLS, on a developer's machine, its name is \
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

/// Writes down that a session or an access token is in use, while the request goes on. If it fails, the next request tries again.
fn note_use(app: Arc<App>, credential: Credential) {
    tokio::spawn(async move {
        let noted = match credential {
            Credential::Session { id, created_at } => {
                let lifetimes = &app.settings.accounts.lifetimes;
                let end = (created_at + lifetimes.session).min(clock::now() + lifetimes.idle);
                app.store.note_use_of_session(id, end).await
            }
            Credential::AccessToken { id, .. } => app.store.note_use_of_access_token(id).await,
        };
        if let Err(error) = noted {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the use of a session was not noted"
            );
        }
    });
}

/// Returns whose credentials a request carries, unless it names another account.
async fn identify(app: &App, request: &Request, freshness: Freshness) -> Result<Identity, Error> {
    let identity = find_identity(app, request, freshness).await?;
    named_account::check(request, identity.owner.id())?;
    Ok(identity)
}

async fn find_identity(
    app: &App,
    request: &Request,
    freshness: Freshness,
) -> Result<Identity, Error> {
    // A token that is sent on purpose goes before a cookie that browsers add by themselves.
    if let Some(value) = request.headers().get(header::AUTHORIZATION) {
        let token = value
            .to_str()
            .ok()
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim())
            .ok_or_else(|| Error::new(Code::Unauthenticated))?;
        return app.store.access_token(token, freshness).await;
    }
    match cookie(request, app.settings.cookie_name()) {
        Some(token) => app.store.session(token, freshness).await,
        None => Err(Error::new(Code::Unauthenticated)),
    }
}

/// The value of a cookie (RFC 6265, section 5.4); the first, if a name is sent twice.
pub(crate) fn cookie<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
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
