//! `notes push-key`: prints or replaces the key that identifies the service to the push services of browsers.

use super::exit::{Exit, print_line, read_configuration, report_error};
use crate::config::Config;
use crate::error::Error;
use crate::store::Store;
use crate::store::connect::{Purpose, connect_database};
use crate::telemetry::{self, Stream, Telemetry};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Create a new key, for example after a leak of the database; deletes all subscriptions of browsers, which subscribe again when they open the page
    #[arg(long)]
    replace: bool,
}

pub(super) async fn run_push_key(arguments: &Arguments) -> Exit {
    let config = match read_configuration() {
        Ok(config) => config,
        Err(exit) => return exit,
    };
    let _telemetry = Telemetry::start(&telemetry::Settings {
        collector: None,
        stream: Stream::Errors,
        ..config.telemetry.clone()
    });
    match read_public_key(&config, arguments.replace).await {
        Ok((key, forgotten)) => {
            print_line(&key);
            if let Some(forgotten) = forgotten {
                super::exit::print_error(&format!(
                    "deleted subscriptions of browsers: {forgotten}"
                ));
            }
            Exit::Done
        }
        Err(error) => report_error("the key for push messages cannot be read", &error),
    }
}

/// Returns the public key, and the number of subscriptions that were deleted if the key was replaced.
async fn read_public_key(config: &Config, replace: bool) -> Result<(String, Option<u64>), Error> {
    let db = connect_database(&config.database, Purpose::Serving).await?;
    let store = Store::new(db, config.limits);
    let forgotten = if replace {
        Some(store.replace_push_key().await?)
    } else {
        None
    };
    Ok((store.push_key().await?.public_key(), forgotten))
}
