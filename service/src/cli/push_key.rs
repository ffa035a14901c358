//! `notes push-key`: prints or replaces the key that identifies the service to the push services of browsers.

use super::exit::{Exit, configuration, failed, print};
use crate::config::Config;
use crate::error::Error;
use crate::store::Store;
use crate::store::connect::{Purpose, connect};
use crate::telemetry::{self, Stream, Telemetry};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Create a new key, for example after a leak of the database; deletes all subscriptions of browsers, which subscribe again when they open the page
    #[arg(long)]
    replace: bool,
}

pub(super) async fn run(arguments: &Arguments) -> Exit {
    let config = match configuration() {
        Ok(config) => config,
        Err(exit) => return exit,
    };
    let _telemetry = Telemetry::start(&telemetry::Settings {
        collector: None,
        stream: Stream::Errors,
        ..config.telemetry.clone()
    });
    match key(&config, arguments.replace).await {
        Ok((key, forgotten)) => {
            print(&key);
            if let Some(forgotten) = forgotten {
                super::exit::say(&format!("deleted subscriptions of browsers: {forgotten}"));
            }
            Exit::Done
        }
        Err(error) => failed("the key for push messages cannot be read", &error),
    }
}

/// Returns the public key, and the number of subscriptions that were deleted if the key was replaced.
async fn key(config: &Config, replace: bool) -> Result<(String, Option<u64>), Error> {
    let db = connect(&config.database, Purpose::Serving).await?;
    let store = Store::new(db, config.limits);
    let forgotten = if replace {
        Some(store.replace_push_key().await?)
    } else {
        None
    };
    Ok((store.push_key().await?.public(), forgotten))
}
