//! `notes serve`: starts the service, and runs it until the last request after SIGTERM is answered.

use std::error::Error as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use super::exit::{Exit, print_error, print_line, read_configuration, report_error};
use crate::config::{Config, DatabaseConfig};
use crate::delivery::Deliverer;
use crate::files::Files;
use crate::http::{App, Settings};
use crate::lifecycle::{Lifecycle, Phase};
use crate::outbound::Client;
use crate::server::{self, Listeners};
use crate::store::Store;
use crate::store::connect::is_password_rejected;
use crate::telemetry::Telemetry;
use crate::webhooks::Dispatcher;
use crate::worker::Worker;

/// Interval between checks that the database server still accepts the password.
const PASSWORD_CHECK: Duration = Duration::from_mins(1);

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Print the effective configuration, or all of its problems, and exit
    #[arg(long)]
    check_config: bool,
}

pub(super) async fn run_serve(arguments: &Arguments) -> Exit {
    let config = match read_configuration() {
        Ok(config) => config,
        Err(exit) => return exit,
    };
    if arguments.check_config {
        for (name, value) in config.describe_settings() {
            print_line(&format!("{name:17} {value}"));
        }
        return Exit::Done;
    }
    let telemetry = match Telemetry::start(&config.telemetry) {
        Ok(telemetry) => telemetry,
        Err(error) => {
            print_error(&format!("error: traces cannot be exported: {error}"));
            return Exit::Configuration;
        }
    };
    let exit = serve_config(config).await;
    telemetry.shutdown().await;
    exit
}

async fn serve_config(config: Config) -> Exit {
    let db = match crate::migrate::open_database(&config.database).await {
        Ok(db) => db,
        Err(error) => return report_error("the database cannot be opened", &error),
    };
    let outbound = match Client::new(config.outbound.clone()) {
        Ok(client) => client,
        Err(error) => {
            print_error(&format!(
                "error: the certificates in OUTBOUND_CA are not valid: {error}"
            ));
            return Exit::Configuration;
        }
    };
    let files = match Files::open(&config.files) {
        Ok(files) => files,
        Err(error) => return report_error("the storage for attachments cannot be opened", &error),
    };
    let lifecycle = Lifecycle::new();
    let settings = Settings {
        files: files.clone(),
        ..config.http.clone()
    };
    let app = Arc::new(App::new(
        Store::new(db, config.limits),
        settings,
        outbound.clone(),
        lifecycle.clone(),
    ));
    let listeners = match bind_listeners(&config).await {
        Ok(listeners) => listeners,
        Err(exit) => return exit,
    };
    tracing::info!(database = %config.database, "the database");
    let deliverer = Deliverer::new(
        app.store.clone(),
        config.http.push.clone(),
        config.http.mail.clone(),
    );
    let worker = Worker::new(app.store.clone(), config.trash, lifecycle.clone())
        .with_deliverer(deliverer)
        .with_files(files);
    tokio::spawn(worker.run_jobs());
    let dispatcher = Dispatcher::new(app.store.clone(), outbound, app.clone(), lifecycle.clone());
    tokio::spawn(dispatcher.run_until_stopped());
    let refused = tokio::spawn(watch_password(config.database.clone(), lifecycle));
    match server::run_server(app, listeners, config.connections, config.shutdown).await {
        Ok(_) if refused.is_finished() => Exit::TryAgain,
        Ok(_) => Exit::Done,
        Err(error) => {
            tracing::error!(error = %error, cause = error.source().map(ToString::to_string), "the server failed");
            Exit::Unavailable
        }
    }
}

async fn bind_listeners(config: &Config) -> Result<Listeners, Exit> {
    Ok(Listeners {
        public: bind_address(config.address, "PORT").await?,
        metrics: match config.metrics_address {
            Some(address) => Some(bind_address(address, "METRICS_PORT").await?),
            None => None,
        },
    })
}

async fn bind_address(address: SocketAddr, variable: &str) -> Result<TcpListener, Exit> {
    TcpListener::bind(address).await.map_err(|error| {
        print_error(&format!(
            "error: cannot listen on {address}: {error}\n  = help: another process may use this address; choose another one with {variable}"
        ));
        Exit::Unavailable
    })
}

/// Stops the service when the database server refuses its password. RDS rotates passwords while tasks run, and only a new process gets the new one.
async fn watch_password(database: DatabaseConfig, lifecycle: Lifecycle) {
    loop {
        tokio::time::sleep(PASSWORD_CHECK).await;
        if is_password_rejected(&database).await {
            tracing::error!(
                "the database rejects the password, which may have been rotated: exiting, so that a restart uses the new password"
            );
            lifecycle.advance_to(Phase::Stopping);
            return;
        }
    }
}
