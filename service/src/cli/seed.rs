//! `notes seed`: creates an account with sample notes for development and demonstrations.

use super::exit::{Exit, print_error, print_line, read_configuration, report_error};
use crate::auth::password::Passwords;
use crate::config::{Config, DatabaseConfig};
use crate::error::Error;
use crate::store::Store;
use crate::store::users::NewUser;
use crate::telemetry::Telemetry;

const USERNAME: &str = "demo";
const EMAIL: &str = "demo@example.com";
/// Password of the account. It is public in the documentation, so databases on other machines are refused.
const PASSWORD: &str = "demo-notes-1234";

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Create the account even in a database on another machine, where everyone who knows the documentation can sign in
    #[arg(long)]
    force: bool,
}

pub(super) async fn run_seed(arguments: &Arguments) -> Exit {
    let config = match read_configuration() {
        Ok(config) => config,
        Err(exit) => return exit,
    };
    let _telemetry = Telemetry::start(&crate::telemetry::Settings {
        collector: None,
        ..config.telemetry.clone()
    });
    if let Some(refusal) = refusal_reason(&config.database, arguments) {
        print_error(&format!("error: {}: {refusal}", config.database));
        return Exit::Usage;
    }
    match create_demo_account(&config).await {
        Ok(true) => print_line(&format!(
            "{}: created 30 notes for the user `{USERNAME}` with the password `{PASSWORD}`",
            config.database
        )),
        Ok(false) => print_line(&format!(
            "{}: nothing to do, the user `{USERNAME}` exists already",
            config.database
        )),
        Err(error) => {
            return report_error(
                &format!("{} could not be filled with sample notes", config.database),
                &error,
            );
        }
    }
    Exit::Done
}

fn refusal_reason(database: &DatabaseConfig, arguments: &Arguments) -> Option<&'static str> {
    match database {
        DatabaseConfig::Postgres(server) if server.is_remote() && !arguments.force => Some(
            "the database is on another machine, and the password of the sample account is \
             public\n  = help: use `notes seed --force` if the service is reachable only for you",
        ),
        DatabaseConfig::SqliteMemory => Some(
            "a database in memory ends with this command\n  = help: use a file, such as `DATABASE_URL=sqlite:data/notes.db`",
        ),
        DatabaseConfig::Postgres(_) | DatabaseConfig::SqliteFile(_) => None,
    }
}

async fn create_demo_account(config: &Config) -> Result<bool, Error> {
    let store = Store::new(
        crate::migrate::open_database(&config.database).await?,
        config.limits,
    );
    let passwords = Passwords::with_own_queue(config.http.accounts.cost);
    store
        .create_demo(NewUser {
            email: EMAIL.to_owned(),
            username: USERNAME.to_owned(),
            password_hash: passwords.hash_password(&PASSWORD.into()).await?,
            invite: None,
        })
        .await
}
