//! `notes user`: commands with which the operator of the service manages accounts.

mod show;

use chrono::TimeDelta;
use clap::Subcommand;
use secrecy::ExposeSecret as _;
use serde_json::json;

use super::exit::{Exit, print_error, print_line, read_configuration, report_error};
use super::password::Source;
use crate::auth::password::Passwords;
use crate::auth::token;
use crate::clock;
use crate::config::Config;
use crate::counted::format_count;
use crate::domain::account::{Account, parse_email, parse_username};
use crate::error::{Code, Error};
use crate::store::Store;
use crate::store::connect::Purpose;
use crate::store::operators::AccountFilter;
use crate::store::users::NewUser;
use crate::telemetry::{self, Stream, Telemetry};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List accounts in the order of their creation
    List {
        /// Include guest accounts
        #[arg(long)]
        guests: bool,
        /// Print one JSON object per line
        #[arg(long)]
        json: bool,
    },
    /// Show an account with its sessions, access tokens, identities and second factors
    Show {
        #[command(flatten)]
        account: Named,
        /// Print one JSON object
        #[arg(long)]
        json: bool,
    },
    /// Create an account, even if registration is closed
    Create {
        /// Email address of the account
        #[arg(long, value_parser = parse_email)]
        email: String,
        /// Username of the account
        #[arg(long, value_parser = parse_username)]
        username: String,
        #[command(flatten)]
        password: Source,
        /// Print one JSON object
        #[arg(long)]
        json: bool,
    },
    /// Disable an account: revokes its sessions and access tokens, and keeps its notes
    Disable {
        #[command(flatten)]
        account: Named,
    },
    /// Enable a disabled account, so that its user can sign in again
    Enable {
        #[command(flatten)]
        account: Named,
    },
    /// Delete an account and all of its data immediately and permanently
    Delete {
        #[command(flatten)]
        account: Named,
        /// Confirm the deletion, which cannot be undone
        #[arg(long)]
        yes: bool,
    },
    /// Set a new password of an account; revokes its sessions and access tokens
    ResetPassword {
        #[command(flatten)]
        account: Named,
        #[command(flatten)]
        password: Source,
        /// Print one JSON object
        #[arg(long)]
        json: bool,
    },
    /// Unlink an account from its identities at the OpenID provider; revokes its sessions and access tokens
    Unlink {
        #[command(flatten)]
        account: Named,
    },
    /// Remove the second factors of an account, so that its user signs in with the password only; revokes its sessions and access tokens
    RemoveFactors {
        #[command(flatten)]
        account: Named,
    },
    /// Create an invite: a code that registers one account where registration requires an invite
    Invite {
        /// Days until the invite expires, 1 to 365
        #[arg(long, value_name = "NUMBER", default_value_t = 7, value_parser = clap::value_parser!(u16).range(1..=365))]
        days: u16,
        /// Print one JSON object
        #[arg(long)]
        json: bool,
    },
}

/// Account that a command applies to.
#[derive(Debug, clap::Args)]
pub(super) struct Named {
    /// Email address, username or identifier of the account
    #[arg(value_name = "ACCOUNT")]
    name: String,
}

pub(super) async fn run_user(command: &Command) -> Exit {
    let config = match read_configuration() {
        Ok(config) => config,
        Err(exit) => return exit,
    };
    let _telemetry = Telemetry::start(&telemetry::Settings {
        collector: None,
        stream: Stream::Errors,
        ..config.telemetry.clone()
    });
    let database = &config.database;
    let result = async {
        let db = crate::migrate::open_current(database, Purpose::Serving).await?;
        execute_command(&config, &Store::new(db, config.limits), command).await
    };
    result.await.unwrap_or_else(|error| {
        let exit = report_error(&database.to_string(), &error);
        match error.code() {
            Code::NotFound => Exit::NoUser,
            Code::Internal | Code::Unavailable => exit,
            _ => Exit::Refused,
        }
    })
}

async fn execute_command(config: &Config, store: &Store, command: &Command) -> Result<Exit, Error> {
    match command {
        Command::List { guests, json } => {
            let listed = if *guests {
                AccountFilter::WithGuests
            } else {
                AccountFilter::Registered
            };
            show::print_accounts(store, listed, *json).await?;
        }
        Command::Show { account, json } => {
            let account = account.find_account(store).await?;
            let factors = store.factors_of(&account).await?;
            show::print_account(
                &account,
                &store.count_access(&account).await?,
                &factors,
                *json,
            );
        }
        Command::Create {
            email,
            username,
            password,
            json,
        } => {
            let password = password.read_password(&[email, username])?;
            let passwords = Passwords::with_own_queue(config.http.accounts.cost);
            let account = store
                .create_account(NewUser {
                    email: email.clone(),
                    username: username.clone(),
                    password_hash: passwords.hash_password(&password.secret).await?,
                    invite: None,
                })
                .await?;
            show::with_password("created", &account, &password, *json);
        }
        Command::Disable { account } => {
            let account = account.find_account(store).await?;
            store.disable_account(&account).await?;
            print_line(&format!(
                "disabled {}; all sessions and access tokens have ended",
                account.username
            ));
        }
        Command::Enable { account } => {
            let account = account.find_account(store).await?;
            store.enable_account(&account).await?;
            print_line(&format!("enabled {}", account.username));
        }
        Command::Delete { account, yes } => return delete_account(store, account, *yes).await,
        Command::ResetPassword {
            account,
            password,
            json,
        } => {
            let account = account.find_account(store).await?;
            let email = account.email.as_deref().unwrap_or_default();
            let password = password.read_password(&[email, &account.username])?;
            let hash = Passwords::with_own_queue(config.http.accounts.cost)
                .hash_password(&password.secret)
                .await?;
            store.reset_password(&account, hash).await?;
            show::with_password("new password for", &account, &password, *json);
        }
        Command::Unlink { account } => {
            let account = account.find_account(store).await?;
            let unlinked = store.unlink_identities(&account).await?;
            print_line(&format!(
                "unlinked {} from {unlinked} identities; all sessions and access tokens have ended",
                account.username
            ));
        }
        Command::RemoveFactors { account } => {
            let account = account.find_account(store).await?;
            let removed = store.remove_factors(&account).await?;
            tracing::warn!(
                user = %account.id,
                totp = removed.totp_since.is_some(),
                passkeys = removed.passkeys,
                recovery_codes = removed.recovery_codes,
                "an operator has removed the second factors of an account"
            );
            print_line(&format!(
                "removed the second factors of {}: {}; all sessions and access tokens have ended",
                account.username,
                show::summarize_factors(&removed)
            ));
        }
        Command::Invite { days, json } => create_invite(config, store, *days, *json).await?,
    }
    Ok(Exit::Done)
}

async fn delete_account(store: &Store, account: &Named, yes: bool) -> Result<Exit, Error> {
    let account = account.find_account(store).await?;
    let notes = format_count(u64::try_from(account.notes).unwrap_or_default(), "note");
    if !yes {
        print_error(&format!(
            "error: {} has {}, which cannot be recovered after deletion\n  = help: confirm with `notes user delete {} --yes`",
            account.username, notes, account.username
        ));
        return Ok(Exit::Usage);
    }
    store.remove_account(&account).await?;
    print_line(&format!("deleted {} with {notes}", account.username));
    Ok(Exit::Done)
}

async fn create_invite(
    config: &Config,
    store: &Store,
    days: u16,
    as_json: bool,
) -> Result<(), Error> {
    let code = token::new_session_token()?;
    let expires_at = clock::now() + TimeDelta::days(days.into());
    store.create_invite(&code, expires_at).await?;
    // Browsers do not send the part after `#`, so the code does not appear in logs.
    let page = config.public_url.as_ref().map(ToString::to_string);
    let link = format!(
        "{}/register#invite={}",
        page.unwrap_or_default(),
        code.expose_secret()
    );
    if as_json {
        print_line(
            &json!({ "code": code.expose_secret(), "link": link, "expiresAt": expires_at })
                .to_string(),
        );
    } else {
        print_line(&format!(
            "{link}\nvalid for one account, until {}",
            expires_at.format("%Y-%m-%d %H:%M UTC")
        ));
    }
    Ok(())
}

impl Named {
    async fn find_account(&self, store: &Store) -> Result<Account, Error> {
        store.find_account(&self.name).await
    }
}
