//! A service under test: the real endpoint with a separate database.

mod database;

pub(crate) mod authenticator;
pub(crate) mod issuer;
pub(crate) mod process;
pub(crate) mod provider;
pub(crate) mod push_service;
pub(crate) mod receiver;
pub(crate) mod smtp;
pub(crate) mod wire;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use futures_util::StreamExt as _;
use notes_service::auth::password::Cost;
use notes_service::auth::seal::Seal;
use notes_service::domain::limits::AccountLimits;
use notes_service::files::{Files, StorageLocation};
use notes_service::http::middleware::Policy;
use notes_service::http::{self, App, Settings, openapi};
use notes_service::lifecycle::Lifecycle;
use notes_service::store::Store;
use notes_service::store::identities::NewIdentity;
use notes_service::store::sessions::{Credential, Freshness, NewSession};
use notes_service::store::sign_in_flows::{self, NewFlow};
use notes_service::store::users::NewUser;
use notes_service::{auth, budget, clock, events, outbound};
use poem::endpoint::BoxEndpoint;
use poem::http::{Method, StatusCode, header};
use poem::test::TestClient;
use serde_json::Value;
use tempfile::TempDir;

use database::Database;
pub(crate) use database::{Site, on_both_databases};

/// Parameters of the password hash for tests, a hundred times faster than in production.
const CHEAP: Cost = Cost {
    memory: 64,
    passes: 1,
};

/// Password of every test account.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// Returns the OpenAPI document, which is built once for all tests.
pub(crate) fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(openapi::build_document)
}

/// A service with a separate database.
pub(crate) struct Service {
    pub(crate) client: TestClient<BoxEndpoint<'static>>,
    pub(crate) app: Arc<App>,
    _database: Option<Database>,
    files: Option<TempDir>,
}

/// A response with a body of any type.
#[derive(Debug)]
pub(crate) struct RawAnswer {
    pub(crate) status: StatusCode,
    pub(crate) headers: poem::http::HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl RawAnswer {
    /// Returns the answer, whose body must be JSON.
    #[track_caller]
    pub(crate) fn json(self) -> Answer {
        let body = serde_json::from_slice(&self.body);
        Answer {
            status: self.status,
            headers: self.headers,
            body: body.unwrap_or_else(|_| {
                Value::String(String::from_utf8_lossy(&self.body).into_owned())
            }),
        }
    }

    /// Returns the value of a header, or an empty string without one.
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }
}

/// Links an identity to an account, and starts to link another one.
pub(crate) async fn link_provider_identity(service: &Service, who: &Person) {
    let store = &service.app.store;
    let (_, token) = who.cookie.split_once('=').unwrap();
    let found = store
        .authenticate_session(token, Freshness::Current)
        .await
        .unwrap();
    let Credential::Session { id: session, .. } = found.credential else {
        panic!("no session")
    };
    let identity = NewIdentity {
        issuer: "https://login.example.com".to_owned(),
        subject: format!("quicksilver of {}", found.owner.id()),
        label: Some("quicksilver@example.com".to_owned()),
    };
    let linked = store.link_identity(found.owner, session, identity).await;
    linked.unwrap();
    let user = found.owner.id();
    let flow = NewFlow {
        state: &format!("state of {user}").into(),
        browser: &format!("browser of {user}").into(),
        purpose: sign_in_flows::Purpose::Link { user, session },
        return_to: "/settings",
        invite: None,
    };
    store.begin_flow(flow).await.unwrap();
}

/// A signed-in person.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) cookie: String,
}

/// Returns a client that may also call this machine.
fn caller() -> outbound::Client {
    outbound::Client::new(outbound::Settings {
        allowed: outbound::Networks::new(vec!["127.0.0.0/8".parse().unwrap()]),
        plain_http: true,
        patience: Duration::from_secs(2),
        ..outbound::Settings::default()
    })
    .unwrap()
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: poem::http::HeaderMap,
    pub(crate) body: Value,
}

impl Answer {
    /// Returns the value of a header.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .unwrap_or_else(|| panic!("no header {name} in {self:?}"))
            .to_str()
            .unwrap()
    }

    /// Returns the answer, which must have this status.
    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self
    }

    /// Returns the answer, which must be a problem with this status and code.
    #[track_caller]
    pub(crate) fn problem(self, status: u16, code: &str) -> Self {
        assert_eq!(
            self.headers.get(header::CONTENT_TYPE).unwrap(),
            "application/problem+json"
        );
        assert_eq!(
            (self.status.as_u16(), self.body["code"].as_str().unwrap()),
            (status, code),
            "{}",
            self.body
        );
        self
    }
}

impl Service {
    /// Returns a service with SQLite.
    pub(crate) async fn sqlite() -> Self {
        Self::on(Database::sqlite().await)
    }

    /// Returns a service with PostgreSQL, or `None` without a server.
    pub(crate) async fn postgres() -> Option<Self> {
        Database::postgres().await.map(Self::on)
    }

    fn on(database: Database) -> Self {
        let store = Store::new(database.connection.clone(), AccountLimits::default());
        Self {
            _database: Some(database),
            ..Self::over(store)
        }
    }

    /// Adds a folder for files, with these limits of an account.
    pub(crate) fn with_files(self, limits: AccountLimits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = StorageLocation::Folder(folder.path().join("files"));
        let files = Files::open(&place).unwrap();
        let mut settings = self.app.settings.clone();
        settings.files = files;
        settings.policy.file_bytes = limits.file_bytes;
        let store = Store::new(self.app.store.db().clone(), limits);
        let app = Arc::new(App::new(store, settings, caller(), Lifecycle::new()));
        Self {
            client: TestClient::new(http::create_endpoint(app.clone())),
            app,
            files: Some(folder),
            ..self
        }
    }

    /// Returns the storage of a service with files.
    pub(crate) fn files(&self) -> &Files {
        self.app.settings.files.as_ref().unwrap()
    }

    /// Returns the folder of a service with files.
    pub(crate) fn folder(&self) -> std::path::PathBuf {
        self.files.as_ref().unwrap().path().join("files")
    }

    /// Sends a request with bytes as its body.
    pub(crate) async fn bytes(
        &self,
        who: &Person,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Vec<u8>>,
    ) -> RawAnswer {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self.client.request(method, path);
        request = request.header(header::COOKIE, &who.cookie);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = request.body(body.into()).send().await.0;
        let body = response.take_body().into_vec().await.unwrap();
        RawAnswer {
            status: response.status(),
            headers: response.headers().clone(),
            body,
        }
    }

    /// Replaces the settings of the service.
    pub(crate) fn with(mut self, settings: Settings) -> Self {
        let store = self.app.store.clone();
        self.app = Arc::new(App::new(store, settings, caller(), Lifecycle::new()));
        self.client = TestClient::new(http::create_endpoint(self.app.clone()));
        self
    }

    /// Returns a service with this database.
    pub(crate) fn over(store: Store) -> Self {
        let settings = Settings {
            secure_cookies: true,
            policy: Policy {
                trusted_hops: 1,
                import_bytes: store.limits().import_bytes(),
                budget: budget::Limits {
                    // Tests ask as fast as they can.
                    network_rate: None,
                    user_rate: None,
                    ..budget::Limits::default()
                },
                ..Policy::default()
            },
            accounts: auth::Policy {
                cost: CHEAP,
                ..auth::Policy::default()
            },
            streams: events::Settings::default(),
            site: None,
            mail: None,
            push: None,
            provider: None,
            passkeys: None,
            seal: Seal::default(),
            files: None,
        };
        let app = Arc::new(App::new(store, settings, caller(), Lifecycle::new()));
        Self {
            client: TestClient::new(http::create_endpoint(app.clone())),
            app,
            _database: None,
            files: None,
        }
    }

    /// Returns another process with the same database, and nothing else in common.
    pub(crate) fn replica(&self) -> Self {
        let store = Store::new(self.app.store.db().clone(), *self.app.store.limits());
        let replica = Self::over(store);
        match &self.app.settings.files {
            None => replica,
            Some(files) => {
                let mut settings = replica.app.settings.clone();
                settings.files = Some(files.clone());
                replica.with(settings)
            }
        }
    }

    /// Registers a person with this name.
    pub(crate) async fn person(&self, name: &str) -> Person {
        let password = self
            .app
            .passwords
            .hash_password(&PASSWORD.into())
            .await
            .unwrap();
        let new = NewUser {
            email: format!("{name}@example.com"),
            username: name.to_owned(),
            password_hash: password,
            invite: None,
        };
        let session = NewSession {
            token: format!("token-of-{name}").into(),
            user_agent: None,
            expires_at: clock::now() + chrono::TimeDelta::days(1),
        };
        self.app.store.register_user(new, &session).await.unwrap();
        Person {
            cookie: format!("__Host-notes_session=token-of-{name}"),
        }
    }

    /// Returns the identifier of the user with this name.
    pub(crate) async fn owner_of(&self, name: &str) -> uuid::Uuid {
        use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

        let named = notes_service::store::entity::user::Column::UsernameKey.eq(name);
        let user = notes_service::store::entity::user::Entity::find().filter(named);
        user.one(self.app.store.db()).await.unwrap().unwrap().id
    }

    /// Sends a request without a body.
    pub(crate) async fn send(&self, who: &Person, method: &str, path: &str) -> Answer {
        self.request(Some(who), method, path, &[], None).await
    }

    /// Sends a request with a body.
    pub(crate) async fn json(&self, who: &Person, method: &str, path: &str, body: Value) -> Answer {
        self.request(Some(who), method, path, &[], Some(body)).await
    }

    /// Sends any request.
    pub(crate) async fn request(
        &self,
        who: Option<&Person>,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Answer {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self.client.request(method, path);
        if let Some(who) = who {
            request = request.header(header::COOKIE, &who.cookie);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.body_json(&body);
        }
        let mut response = request.send().await.0;
        let body = response.take_body();
        // A stream has no end: what comes first is taken for all of it.
        let body = if response.content_type() == Some("text/event-stream") {
            let first = body.into_bytes_stream().next().await;
            first.unwrap().unwrap().to_vec()
        } else {
            body.into_vec().await.unwrap()
        };
        Answer {
            status: response.status(),
            headers: response.headers().clone(),
            body: serde_json::from_slice(&body)
                .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&body).into_owned())),
        }
    }
}
