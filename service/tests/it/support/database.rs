//! Databases for single tests, which are deleted at the end.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::Once;

use migration::{Migrator, MigratorTrait};
use notes_service::config::Config;
use notes_service::store::connect::{Purpose, connect_database};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use uuid::{NoContext, Timestamp, Uuid};

/// Runs each of these tests, functions `async fn name(service: Service)`, as `name::sqlite` and `name::postgres`; or functions of a [`Site`],
/// which has no schema yet, with `Site:` before them.
///
/// A test that is not listed is dead code, of which the compiler warns. Snapshots need a name: both runs take the same one.
macro_rules! on_both_databases {
    ($kind:ident: $($name:ident),+ $(,)?) => {$(
        mod $name {
            #[tokio::test]
            async fn sqlite() {
                super::$name($crate::support::$kind::sqlite().await).await;
            }

            #[tokio::test]
            async fn postgres() {
                if let Some(given) = $crate::support::$kind::postgres().await {
                    super::$name(given).await;
                }
            }
        }
    )+};
    ($($name:ident),+ $(,)?) => {
        $crate::support::on_both_databases!(Service: $($name),+);
    };
}
pub(crate) use on_both_databases;

/// A database of one test without a schema, deleted when this value is dropped.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) url: String,
    _place: Place,
}

impl Site {
    /// Returns a site with an SQLite file that does not exist yet.
    #[expect(clippy::unused_async, reason = "the other one asks a server")]
    pub(crate) async fn sqlite() -> Self {
        Self::in_folder(tempfile::tempdir().unwrap())
    }

    /// Creates an empty database on the server in `TEST_DATABASE_URL`.
    pub(crate) async fn postgres() -> Option<Self> {
        Some(Self::on_server(server()?, "template0").await)
    }

    /// Opens the database as the service does.
    pub(crate) async fn open(&self) -> DatabaseConnection {
        open(&self.url).await
    }

    fn in_folder(folder: TempDir) -> Self {
        Self {
            url: format!("sqlite:{}", folder.path().join("notes.db").display()),
            _place: Place::Folder(folder),
        }
    }

    async fn on_server(server: String, template: &str) -> Self {
        let name = new_name("test");
        let admin = administrator(&server).await;
        run(
            &admin,
            &format!("CREATE DATABASE {name} TEMPLATE {template}"),
        )
        .await;
        admin.close().await.unwrap();
        Self {
            url: at(&server, &name),
            _place: Place::Server { server, name },
        }
    }
}

/// A database of one test at the newest version.
#[derive(Debug)]
pub(crate) struct Database {
    pub(crate) connection: DatabaseConnection,
    _site: Site,
}

impl Database {
    /// Creates a database of SQLite in a file, with several connections of which one writes, as in `notes serve`.
    pub(crate) async fn sqlite() -> Self {
        static MIGRATED: OnceCell<Vec<u8>> = OnceCell::const_new();
        let migrated = MIGRATED
            .get_or_init(async || {
                let folder = tempfile::tempdir().unwrap();
                let file = folder.path().join("notes.db");
                let url = format!("sqlite:{}", file.display());
                // One connection, as `notes migrate up` has: the schema that another one has read may be that before a step.
                let connection = open_for(&url, Purpose::Migrating).await;
                Migrator::up(&connection, None).await.unwrap();
                connection.close().await.unwrap();
                std::fs::read(file).unwrap()
            })
            .await;
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("notes.db"), migrated).unwrap();
        Self::at(Site::in_folder(folder)).await
    }

    /// Creates a database on the PostgreSQL server in `TEST_DATABASE_URL`; returns `None` without a server, which CI does not accept.
    pub(crate) async fn postgres() -> Option<Self> {
        static TEMPLATE: OnceCell<String> = OnceCell::const_new();
        let server = server()?;
        let template = TEMPLATE.get_or_init(|| make_template(&server)).await;
        Some(Self::at(Site::on_server(server, template).await).await)
    }

    async fn at(site: Site) -> Self {
        Self {
            connection: site.open().await,
            _site: site,
        }
    }
}

/// Place of a database, which is deleted when this value is dropped.
#[derive(Debug)]
enum Place {
    Folder(#[expect(dead_code, reason = "dropping it deletes the folder")] TempDir),
    Server { server: String, name: String },
}

impl Drop for Place {
    fn drop(&mut self) {
        let Self::Server { server, name } = self else {
            return;
        };
        let (server, statement) = (
            server.clone(),
            format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
        );
        // The test's own runtime is busy with the end of the test.
        let dropped = std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap()
                .block_on(async {
                    let admin = administrator(&server).await;
                    run(&admin, &statement).await;
                });
        })
        .join();
        // A second panic while a failed test unwinds would hide the first.
        if !std::thread::panicking() {
            dropped.unwrap();
        }
    }
}

/// Opens a database as the service does.
async fn open(url: &str) -> DatabaseConnection {
    open_for(url, Purpose::Serving).await
}

async fn open_for(url: &str, purpose: Purpose) -> DatabaseConnection {
    let variables = BTreeMap::from([("DATABASE_URL".to_owned(), url.to_owned())]);
    let config = Config::from_variables(&variables).unwrap();
    connect_database(&config.database, purpose).await.unwrap()
}

/// Returns a connection that creates and drops databases, with a longer time limit than requests have.
async fn administrator(server: &str) -> DatabaseConnection {
    open_for(server, Purpose::Migrating).await
}

async fn run(connection: &DatabaseConnection, sql: &str) {
    connection.execute_unprepared(sql).await.unwrap();
}

/// Returns the server of the tests.
fn server() -> Option<String> {
    static SAID: Once = Once::new();
    let server = std::env::var("TEST_DATABASE_URL").ok();
    if server.is_none() {
        assert!(
            std::env::var_os("CI").is_none(),
            "TEST_DATABASE_URL is not set; help: scripts/postgres run -- cargo test -p notes-service"
        );
        SAID.call_once(|| {
            // Past the test harness, which shows only what failed tests print.
            let _ = writeln!(
                std::io::stderr(),
                "SKIPPED: everything on PostgreSQL, as TEST_DATABASE_URL is not set; help: scripts/postgres run -- cargo test -p notes-service"
            );
        });
    }
    server
}

/// Returns the address of another database of the server.
fn at(server: &str, name: &str) -> String {
    let (address, _) = server
        .rsplit_once('/')
        .expect("the address of a database ends in `/NAME`");
    format!("{address}/{name}")
}

/// Creates a migrated database to copy: a copy takes a tenth of the time of the migrations.
async fn make_template(server: &str) -> String {
    let name = new_name("template");
    let admin = administrator(server).await;
    clear(&admin).await;
    run(
        &admin,
        &format!("CREATE DATABASE {name} TEMPLATE template0"),
    )
    .await;
    admin.close().await.unwrap();
    let connection = open(&at(server, &name)).await;
    Migrator::up(&connection, None).await.unwrap();
    // A database that somebody is connected to cannot be copied.
    connection.close().await.unwrap();
    name
}

/// Returns a unique name with the time of its creation.
fn new_name(kind: &str) -> String {
    format!("notes_{kind}_{}", Uuid::now_v7().simple())
}

/// Drops templates, and databases of killed tests, that are older than an hour.
async fn clear(admin: &DatabaseConnection) {
    let all = "SELECT datname FROM pg_database WHERE datname LIKE 'notes\\_%\\_%'";
    let all = Statement::from_string(admin.get_database_backend(), all);
    let hour_ago = Timestamp::now(NoContext).to_unix().0 - 3600;
    for row in admin.query_all_raw(all).await.unwrap() {
        let name: String = row.try_get_by_index(0).unwrap();
        let made = name
            .rsplit('_')
            .next()
            .and_then(|id| Uuid::parse_str(id).ok()?.get_timestamp());
        if made.is_some_and(|made| made.to_unix().0 < hour_ago) {
            run(
                admin,
                &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
            )
            .await;
        }
    }
}
