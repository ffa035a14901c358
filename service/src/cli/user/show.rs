//! Output of accounts, as text for people and as JSON for programs.

use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use crate::cli::exit::print_line;
use crate::cli::password::Password;
use crate::domain::account::Account;
use crate::error::Error;
use crate::store::Store;
use crate::store::factors::Factors;
use crate::store::identities::Identity;
use crate::store::operators::{Access, AccountFilter};

/// Prints one line per account. Accounts are read page by page, because there may be more than fit into memory.
pub(super) async fn print_accounts(
    store: &Store,
    listed: AccountFilter,
    as_json: bool,
) -> Result<(), Error> {
    let mut after = None;
    loop {
        let page = store.accounts_after(after, listed).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some(last.id);
        for account in &page {
            print_line(&if as_json {
                account_json(account).to_string()
            } else {
                account_line(account)
            });
        }
    }
}

/// Prints an account with its sessions, access tokens, identities and second factors.
pub(super) fn print_account(account: &Account, access: &Access, second: &Factors, as_json: bool) {
    let seen = access.last_seen_at;
    if as_json {
        let mut shown = account_json(account);
        shown["sessions"] = json!(access.sessions);
        shown["accessTokens"] = json!(access.access_tokens);
        shown["lastSeenAt"] = json!(seen);
        shown["identities"] = access.identities.iter().map(identity_json).collect();
        shown["totpSince"] = json!(second.totp_since);
        shown["passkeys"] = json!(second.passkeys);
        shown["recoveryCodesLeft"] = json!(second.recovery_codes);
        return print_line(&shown.to_string());
    }
    let never = || "–".to_owned();
    for (name, value) in [
        ("id", account.id.to_string()),
        ("username", account.username.clone()),
        ("address", account.email.clone().unwrap_or_else(never)),
        ("state", account_state(account).to_owned()),
        ("made", account.created_at.to_rfc3339()),
        ("notes", account.notes.to_string()),
        ("labels", account.labels.to_string()),
        ("sessions", access.sessions.to_string()),
        ("access tokens", access.access_tokens.to_string()),
        ("second factors", summarize_factors(second)),
        (
            "last seen",
            seen.map_or_else(never, |seen| seen.to_rfc3339()),
        ),
    ] {
        print_line(&format!("{name:14} {value}"));
    }
    for identity in &access.identities {
        let label = identity.label.as_deref().unwrap_or("–");
        print_line(&format!(
            "{:14} {} at {} ({label}), since {}",
            "identity",
            identity.subject,
            identity.issuer,
            identity.created_at.to_rfc3339()
        ));
    }
}

fn identity_json(identity: &Identity) -> Value {
    json!({
        "issuer": identity.issuer,
        "subject": identity.subject,
        "label": identity.label,
        "createdAt": identity.created_at,
        "lastUsedAt": identity.last_used_at,
    })
}

/// Returns a summary of second factors in one line.
pub(super) fn summarize_factors(factors: &Factors) -> String {
    if !factors.has_any() {
        return "none".to_owned();
    }
    let app = if factors.totp_since.is_some() {
        "authenticator app, "
    } else {
        ""
    };
    format!(
        "{app}{} passkeys, {} recovery codes left",
        factors.passkeys, factors.recovery_codes
    )
}

/// Prints an account that has a new password. A generated password is shown, only this once.
pub(super) fn with_password(done: &str, account: &Account, password: &Password, as_json: bool) {
    let made = password.is_made.then(|| password.secret.expose_secret());
    if as_json {
        let mut shown = account_json(account);
        if let Some(made) = made {
            shown["password"] = json!(made);
        }
        return print_line(&shown.to_string());
    }
    print_line(&format!("{done} {}", account.username));
    if let Some(made) = made {
        print_line(&format!("password {made}"));
    }
}

fn account_line(account: &Account) -> String {
    format!(
        "{}  {:10} {:>6} notes  {}  {}",
        account.id,
        account_state(account),
        account.notes,
        account.username,
        account.email.as_deref().unwrap_or("–"),
    )
}

fn account_state(account: &Account) -> &'static str {
    match (account.disabled_at, account.is_guest) {
        (Some(_), _) => "disabled",
        (None, true) => "guest",
        (None, false) => "registered",
    }
}

fn account_json(account: &Account) -> Value {
    json!({
        "id": account.id,
        "username": account.username,
        "email": account.email,
        "emailVerifiedAt": account.email_verified_at,
        "guest": account.is_guest,
        "disabledAt": account.disabled_at,
        "createdAt": account.created_at,
        "expiresAt": account.expires_at,
        "notes": account.notes,
        "labels": account.labels,
    })
}
