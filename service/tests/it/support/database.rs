//! A database for one test: at the newest version, nobody else's, gone at the end.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::Once;

use migration::{Migrator, MigratorTrait};
use notes_service::config::Config;
use notes_service::store::connect::{Purpose, connect};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use uuid::{NoContext, Timestamp, Uuid};

/// Runs each of these tests, functions `async fn name(service: Service)`, as `name::sqlite` and `name::postgres`.
///
/// A test that is not listed is dead code, of which the compiler warns. Snapshots need a name: both runs take the same one.
macro_rules! on_both_databases {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[tokio::test]
            async fn sqlite() {
                super::$name($crate::support::Service::sqlite().await).await;
            }

            #[tokio::test]
            async fn postgres() {
                if let Some(service) = $crate::support::Service::postgres().await {
                    super::$name(service).await;
                }
            }
        }
    )+};
}
pub(crate) use on_both_databases;

/// A database of one test.
#[derive(Debug)]
pub(crate) struct Database {
    pub(crate) connection: DatabaseConnection,
    _place: Place,
}

impl Database {
    /// SQLite in a file, as `notes serve` has it: several connections, of which one writes.
    pub(crate) async fn sqlite() -> Self {
        static MIGRATED: OnceCell<Vec<u8>> = OnceCell::const_new();
        let migrated = MIGRATED
            .get_or_init(async || {
                let folder = tempfile::tempdir().unwrap();
                let connection = sqlite(&folder).await;
                Migrator::up(&connection, None).await.unwrap();
                connection.close().await.unwrap();
                std::fs::read(folder.path().join("notes.db")).unwrap()
            })
            .await;
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("notes.db"), migrated).unwrap();
        Self {
            connection: sqlite(&folder).await,
            _place: Place::Folder(folder),
        }
    }

    /// PostgreSQL, on the server in `TEST_DATABASE_URL`; without one nothing, which CI does not accept.
    pub(crate) async fn postgres() -> Option<Self> {
        static TEMPLATE: OnceCell<String> = OnceCell::const_new();
        let server = server()?;
        let template = TEMPLATE.get_or_init(|| make_template(&server)).await;
        let name = new_name("test");
        let admin = open(&server).await;
        run(
            &admin,
            &format!("CREATE DATABASE {name} TEMPLATE {template}"),
        )
        .await;
        admin.close().await.unwrap();
        Some(Self {
            connection: open(&at(&server, &name)).await,
            _place: Place::Server { server, name },
        })
    }
}

/// Where a database is; it goes when this is dropped.
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
                    let admin = open(&server).await;
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
    let variables = BTreeMap::from([("DATABASE_URL".to_owned(), url.to_owned())]);
    let config = Config::read(&variables).unwrap();
    connect(&config.database, Purpose::Serving).await.unwrap()
}

async fn sqlite(folder: &TempDir) -> DatabaseConnection {
    open(&format!(
        "sqlite:{}",
        folder.path().join("notes.db").display()
    ))
    .await
}

async fn run(connection: &DatabaseConnection, sql: &str) {
    connection.execute_unprepared(sql).await.unwrap();
}

/// The server of the tests.
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

/// The address of another database of the server.
fn at(server: &str, name: &str) -> String {
    let (address, _) = server
        .rsplit_once('/')
        .expect("the address of a database ends in `/NAME`");
    format!("{address}/{name}")
}

/// A migrated database to copy: a copy takes a tenth of the time of the migrations.
async fn make_template(server: &str) -> String {
    let name = new_name("template");
    let admin = open(server).await;
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

/// A name nobody else has, which says when it was made.
fn new_name(kind: &str) -> String {
    format!("notes_{kind}_{}", Uuid::now_v7().simple())
}

/// Drops what tests left an hour ago on a server that outlives them: templates, and databases of tests that were killed.
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
