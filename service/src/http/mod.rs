//! The service over HTTP: the only module that depends on Poem.

mod api;
mod attach;
mod caller;
mod clearable;
mod client_address;
mod coding;
mod conditional;
mod cursor;
mod described;
mod docs;
mod etag;
mod event_stream;
mod file_response;
mod health;
mod idempotency;
mod kept;
mod mails;
pub mod middleware;
mod named_account;
pub mod openapi;
mod payload;
mod problem;
mod provider;
mod queries;
mod schema;
mod session_cookie;
mod sign_in;
mod site;

use std::sync::Arc;

use poem::endpoint::BoxEndpoint;
use poem::{EndpointExt, IntoEndpoint as _, Request, Route};

use crate::auth;
use crate::auth::passkeys::Passkeys;
use crate::auth::password::Passwords;
use crate::auth::rates::Kind;
use crate::auth::seal::Seal;
use crate::budget::Budget;
use crate::clock;
use crate::error::{Code, Error};
use crate::events;
use crate::files::Files;
use crate::lifecycle::Lifecycle;
use crate::mail::Mailer;
use crate::oidc::Provider;
use crate::outbound::Client;
use crate::push::Pusher;
use crate::store::Store;

pub use site::{Site, SiteError};

/// Everything that requests need, shared by all of them.
#[derive(Debug)]
pub struct App {
    /// Access to the database.
    pub store: Store,
    /// Settings of the service over HTTP.
    pub settings: Settings,
    /// Hashes passwords, with a limit on concurrent work that suits the machine.
    pub passwords: Passwords,
    /// Resources of the process that callers share, with their limits.
    pub budget: Arc<Budget>,
    /// Client for requests to URLs that users name, such as those of webhooks.
    pub outbound: Client,
    /// Phase of the process. Long-lived responses, such as event streams, end when the process stops.
    pub lifecycle: Lifecycle,
    /// Probes of readiness that are being answered.
    probes: health::DatabaseProbe,
}

/// Settings of the service over HTTP.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `true` if cookies are sent with TLS only, which is right everywhere except during development.
    pub secure_cookies: bool,
    /// Settings of the middleware, which apply before the application handles a request.
    pub policy: middleware::Policy,
    /// Rules for accounts: registration, password hashing, lifetimes and rate limits.
    pub accounts: auth::Policy,
    /// Limits of event streams.
    pub streams: events::Settings,
    /// The web page, if this process serves it.
    pub site: Option<Site>,
    /// Sender of mails; none if the service sends no mail.
    pub mail: Option<Mailer>,
    /// Sender of push messages; none if the service sends none.
    pub push: Option<Pusher>,
    /// Identity provider that users can sign in with; none if none is configured.
    pub provider: Option<Provider>,
    /// Verification of passkeys; none if the service does not know its public address.
    pub passkeys: Option<Passkeys>,
    /// Encryption of secrets that the database stores.
    pub seal: Seal,
    /// Storage of attachments; none if no storage is configured.
    pub files: Option<Files>,
}

impl Settings {
    /// Returns the name of the cookie that holds a session. Browsers accept the prefix `__Host-` only with `Secure`, without `Domain` and for the
    /// whole host, so that no sibling host can set the cookie (RFC 6265bis, section 4.1.3.2).
    pub fn cookie_name(&self) -> &'static str {
        if self.secure_cookies {
            "__Host-notes_session"
        } else {
            "notes_session"
        }
    }

    /// Returns the name of the cookie that binds a browser to the sign-ins at the provider that it has begun.
    pub fn flow_cookie_name(&self) -> &'static str {
        if self.secure_cookies {
            "__Host-notes_oidc"
        } else {
            "notes_oidc"
        }
    }

    /// Returns the name of the service in authenticator apps: its host, if that is known.
    fn service_name(&self) -> Option<String> {
        self.passkeys.as_ref().and_then(Passkeys::host)
    }

    /// Returns the name of the cookie that holds a sign-in that needs a second factor.
    pub fn waiting_cookie_name(&self) -> &'static str {
        if self.secure_cookies {
            "__Host-notes_sign_in"
        } else {
            "notes_sign_in"
        }
    }
}

impl App {
    /// Creates the application for a database.
    pub fn new(store: Store, settings: Settings, outbound: Client, lifecycle: Lifecycle) -> Self {
        let budget = Arc::new(Budget::new(&settings.policy.budget));
        let passwords = Passwords::new(settings.accounts.cost, budget.work.clone());
        Self {
            store,
            settings,
            passwords,
            budget,
            outbound,
            lifecycle,
            probes: health::DatabaseProbe::default(),
        }
    }

    /// Returns the verification of passkeys.
    ///
    /// # Errors
    ///
    /// `passkeys_off` if the service does not know its public address.
    fn require_passkeys(&self) -> Result<&Passkeys, Error> {
        self.settings.passkeys.as_ref().ok_or_else(|| {
            Error::new(Code::PasskeysOff).detail(
                "the operator must set PUBLIC_URL to a URL with a host name to enable passkeys",
            )
        })
    }

    /// Counts one attempt of this kind for a value, such as an address or a user.
    async fn count_attempt(&self, kind: Kind, value: &str) -> Result<(), Error> {
        let rate = self.settings.accounts.rates.rate_for_kind(kind);
        self.store
            .record_attempt(kind, value, rate, clock::now())
            .await
    }
}

/// Builds the endpoint that serves everything on the public port: the API, its documentation, probes and the web page.
pub fn create_endpoint(app: Arc<App>) -> BoxEndpoint<'static> {
    // Otherwise the first request waits for it.
    described::described();
    let policy = app.settings.policy.clone();
    let api = openapi::create_service().into_endpoint();
    let api = conditional::Conditional(queries::StrictQueries(api));
    let budget = Arc::clone(&app.budget);
    let routes = site::add_site_routes(Route::new(), app.settings.site.as_ref());
    let routes = docs::add_docs_routes(routes, policy.docs)
        .nest("/api", api)
        .at(middleware::LIVENESS, health::liveness_endpoint())
        .at(middleware::READINESS, health::readiness_endpoint())
        .map_to_response();
    middleware::wrap_endpoint(routes, &policy, &budget)
        .data(app)
        .boxed()
}

/// Returns the application that handles a request.
fn find_app(request: &Request) -> Result<Arc<App>, Error> {
    request
        .data::<Arc<App>>()
        .cloned()
        .ok_or_else(|| Error::new(Code::Internal).detail("no application"))
}
