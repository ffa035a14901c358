//! The service over HTTP: the only code that knows Poem.

mod api;
mod attach;
mod caller;
mod clearable;
mod client_address;
mod coding;
mod conditional;
mod cursor;
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

/// What requests need.
#[derive(Debug)]
pub struct App {
    /// The database.
    pub store: Store,
    /// How the service presents itself.
    pub settings: Settings,
    /// Hashes passwords, as many at once as the machine can.
    pub passwords: Passwords,
    /// What callers share.
    pub budget: Arc<Budget>,
    /// Calls addresses that users name.
    pub outbound: Client,
    /// Whether the process is about to end: what lasts, as a stream of events, ends with it.
    pub lifecycle: Lifecycle,
    /// Probes of readiness that are being answered.
    probes: health::Probes,
}

/// How the service presents itself over HTTP.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whether cookies are for TLS only: everywhere but on a developer's machine.
    pub secure_cookies: bool,
    /// How requests are treated before the application sees them.
    pub policy: middleware::Policy,
    /// What is decided about accounts.
    pub accounts: auth::Policy,
    /// What streams of events may take.
    pub streams: events::Settings,
    /// The page, where this process serves it too.
    pub site: Option<Site>,
    /// What sends mail, if anything does.
    pub mail: Option<Mailer>,
    /// Sender of messages to browsers, if there is one.
    pub push: Option<Pusher>,
    /// The provider that people may sign in at, if there is one.
    pub provider: Option<Provider>,
    /// What passkeys are checked by, where the service knows its address.
    pub passkeys: Option<Passkeys>,
    /// Encrypts secrets that the database keeps.
    pub seal: Seal,
    /// The place of the bytes of attachments, if there is one.
    pub files: Option<Files>,
}

impl Settings {
    /// The cookie that holds a session. Browsers accept the prefix with `Secure`, without `Domain` and for the whole host only, so that no
    /// sibling host can set it (RFC 6265bis, section 4.1.3.2).
    pub fn cookie_name(&self) -> &'static str {
        if self.secure_cookies {
            "__Host-notes_session"
        } else {
            "notes_session"
        }
    }

    /// The cookie that binds a browser to the sign-ins that it has begun at the provider.
    pub fn flow_cookie_name(&self) -> &'static str {
        if self.secure_cookies {
            "__Host-notes_oidc"
        } else {
            "notes_oidc"
        }
    }

    /// The name of the service in apps that show codes: its host, where that is known.
    fn service_name(&self) -> Option<String> {
        self.passkeys.as_ref().and_then(Passkeys::host)
    }

    /// The cookie that holds a sign-in that waits for its second factor.
    pub fn waiting_cookie_name(&self) -> &'static str {
        if self.secure_cookies {
            "__Host-notes_sign_in"
        } else {
            "notes_sign_in"
        }
    }
}

impl App {
    /// Over this database.
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
            probes: health::Probes::default(),
        }
    }

    /// The checks of passkeys, or the problem `passkeys_off`.
    fn passkeys(&self) -> Result<&Passkeys, Error> {
        self.settings.passkeys.as_ref().ok_or_else(|| {
            Error::new(Code::PasskeysOff).detail(
                "passkeys belong to a host, and the service was not told the address of its page: `PUBLIC_URL`",
            )
        })
    }

    /// Takes one attempt of this kind by this value.
    async fn attempt(&self, kind: Kind, value: &str) -> Result<(), Error> {
        let rate = self.settings.accounts.rates.of(kind);
        self.store.attempt(kind, value, rate, clock::now()).await
    }
}

/// Everything that is served on the public port.
pub fn app(app: Arc<App>) -> BoxEndpoint<'static> {
    let policy = app.settings.policy.clone();
    let api = openapi::service().into_endpoint();
    let api = conditional::Conditional(queries::StrictQueries(api));
    let budget = Arc::clone(&app.budget);
    let routes = site::routes(Route::new(), app.settings.site.as_ref());
    let routes = docs::routes(routes, policy.docs)
        .nest("/api", api)
        .at(middleware::LIVENESS, health::liveness())
        .at(middleware::READINESS, health::readiness())
        .map_to_response();
    middleware::around(routes, &policy, &budget)
        .data(app)
        .boxed()
}

/// The application a request is for.
fn app_of(request: &Request) -> Result<Arc<App>, Error> {
    request
        .data::<Arc<App>>()
        .cloned()
        .ok_or_else(|| Error::new(Code::Internal).detail("no application"))
}
