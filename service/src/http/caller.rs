//! Who sends a request: the one way into everything that belongs to a user, and what is known of those who are not signed in.

use std::sync::Arc;

use poem::http::header;
use poem::{FromRequest, Request, RequestBody, Result};
use poem_openapi::registry::{MetaSecurityScheme, Registry};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::App;
use super::client_address::ClientAddress;
use crate::auth::password::Verdict;
use crate::auth::rates::Kind;
use crate::auth::token;
use crate::budget::{Standing, Ticket};
use crate::clock;
use crate::error::{Code, Error};
use crate::store::sessions::{Credential, Identity, NewSession};
use crate::store::users::Credentials;
use crate::store::{Owner, Store};

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
    /// Checks the password that the user shows again, as the property `currentPassword` of the body. Guests have none.
    pub(crate) async fn confirm(&self, password: SecretString) -> Result<Credentials, Error> {
        let app = &self.caller.app;
        let owner = self.caller.owner();
        let kept = app.store.own_credentials(owner).await?;
        if kept.password_hash().is_none() {
            return Err(
                Error::new(Code::GuestNotAllowed).detail("guests have no password; register first")
            );
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

/// Whoever sends a request, signed in or not.
pub(crate) struct Visitor {
    /// The application.
    pub(crate) app: Arc<App>,
    /// Where the request comes from.
    pub(crate) address: ClientAddress,
    /// What the cookie of a session holds, if there is one.
    pub(crate) session_token: Option<SecretString>,
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
        let user_agent = request.header(header::USER_AGENT).map(|name| {
            let shown = name.chars().filter(|char| !char.is_control());
            shown.take(USER_AGENT_CHARS).collect()
        });
        Ok(Self {
            app,
            address,
            session_token,
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
        let app = super::app_of(request)?;
        let identity = identify(&app, request).await?;
        super::middleware::record_user(identity.owner.id());
        super::middleware::count_for_user(request, identity.owner.id())?;
        take_share(&identity)?;
        if !request.method().is_safe() {
            require_write(&identity)?;
        }
        if identity.use_is_news {
            note_use(Arc::clone(&app), identity.credential.clone());
        }
        Ok(Self { app, identity })
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
        body: &mut RequestBody,
        options: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let caller = Caller::from_request(request, body, options).await?;
        match caller.identity.credential {
            Credential::Session { id, .. } => Ok(Self {
                caller,
                session: id,
            }),
            Credential::AccessToken { .. } => Err(Error::new(Code::SessionRequired).into()),
        }
    }
}

/// Refuses a request that nobody may send as it is, before what it carries is received.
pub(crate) async fn admit(request: &Request) -> Result<(), Error> {
    let Some(app) = request.data::<Arc<App>>() else {
        // Without the application there is nobody to ask, and nothing to reach.
        return Ok(());
    };
    require_write(&identify(app, request).await?)
}

fn require_write(identity: &Identity) -> Result<(), Error> {
    match identity.credential {
        Credential::AccessToken {
            can_write: false, ..
        } => Err(Error::new(Code::ReadOnlyToken)),
        Credential::AccessToken { .. } | Credential::Session { .. } => Ok(()),
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

async fn identify(app: &App, request: &Request) -> Result<Identity, Error> {
    // A token that is sent on purpose goes before a cookie that browsers add by themselves.
    if let Some(value) = request.headers().get(header::AUTHORIZATION) {
        let token = value
            .to_str()
            .ok()
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim())
            .ok_or_else(|| Error::new(Code::Unauthenticated))?;
        return app.store.access_token(token).await;
    }
    match cookie(request, app.settings.cookie_name()) {
        Some(token) => app.store.session(token).await,
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
