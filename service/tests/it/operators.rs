//! Tests of the commands `notes user` and `notes doctor`, as processes with the database of a running service.

use notes_service::config::Config;
use notes_service::store::sessions::KEPT_FOR;
use serde_json::{Value, json};

use crate::accounts::{browser, register, sign_in};
use crate::factors::with_totp;
use crate::support::process::{Ran, run, run_with};
use crate::support::{PASSWORD, Service, Site, on_both_databases};

on_both_databases!(
    Site: creates_shows_disables_enables_and_deletes_account,
    treats_undashed_identifier_as_username,
    ends_sessions_and_tokens_on_password_reset,
    returns_specific_exit_code_for_each_failure,
    lists_each_user_once,
    reports_pending_migrations_and_health_in_doctor,
    detects_timestamps_ahead_of_clock_in_doctor,
    shows_checks_and_removes_second_factors, shows_and_replaces_push_key,
);

/// Runs the program on this database.
fn notes(site: &Site, arguments: &[&str]) -> Ran {
    run(arguments, &[("DATABASE_URL", &site.url)])
}

fn notes_with(site: &Site, arguments: &[&str], input: &str) -> Ran {
    run_with(arguments, &[("DATABASE_URL", &site.url)], input)
}

/// Runs the program, which must succeed.
#[track_caller]
fn done(site: &Site, arguments: &[&str]) -> Ran {
    let ran = notes(site, arguments);
    assert_eq!(ran.code, Some(0), "{arguments:?}: {ran:?}");
    ran
}

fn parsed(ran: &Ran) -> Value {
    serde_json::from_str(&ran.output).unwrap_or_else(|_| panic!("{ran:?}"))
}

/// Returns the service with a database at the newest version.
async fn service(site: &Site) -> Service {
    done(site, &["migrate", "up"]);
    let variables = [("DATABASE_URL".to_owned(), site.url.clone())];
    let config = Config::from_variables(&variables.into()).unwrap();
    let db = site.open().await;
    Service::over(notes_service::store::Store::new(db, config.limits))
}

async fn creates_shows_disables_enables_and_deletes_account(site: Site) {
    let service = service(&site).await;
    let made = notes(
        &site,
        &[
            "user",
            "create",
            "--email",
            "Ada@example.com",
            "--username",
            "Ada",
            "--json",
        ],
    );
    assert_eq!(made.code, Some(0), "{made:?}");
    let made = parsed(&made);
    let password = made["password"].as_str().unwrap();
    assert_eq!(password.len(), 20);
    let session = browser(&sign_in(&service, "ada", password).await.is(200));
    let token = json!({"name": "cli", "scope": "write", "currentPassword": password});
    service
        .json(&session, "POST", "/api/tokens", token)
        .await
        .is(201);

    let shown = notes(&site, &["user", "show", "ADA@example.com", "--json"]);
    let shown = parsed(&shown);
    assert_eq!(shown["id"], made["id"]);
    assert_eq!(
        (&shown["sessions"], &shown["accessTokens"]),
        (&json!(1), &json!(1))
    );
    assert!(shown.get("password").is_none());
    let text = notes(&site, &["user", "show", made["id"].as_str().unwrap()]);
    assert!(text.output.contains("username       Ada\n"), "{text:?}");
    assert!(!text.output.contains("$argon2"), "{text:?}");

    done(&site, &["user", "disable", "ada"]);
    tokio::time::sleep(KEPT_FOR).await;
    service.send(&session, "GET", "/api/me").await.is(401);
    sign_in(&service, "ada", "not the password")
        .await
        .problem(401, "invalid_credentials");
    sign_in(&service, "ada", password)
        .await
        .problem(403, "account_disabled");
    let shown = parsed(&notes(&site, &["user", "show", "ada", "--json"]));
    assert_eq!(
        (&shown["sessions"], &shown["accessTokens"]),
        (&json!(0), &json!(0))
    );
    assert!(shown["disabledAt"].is_string());

    done(&site, &["user", "enable", "ada"]);
    service.send(&session, "GET", "/api/me").await.is(401);
    let back = browser(&sign_in(&service, "ada", password).await.is(200));

    let asked = notes(&site, &["user", "delete", "ada"]);
    assert_eq!(asked.code, Some(64), "{asked:?}");
    assert!(asked.errors.contains("notes user delete Ada --yes"));
    service.send(&back, "GET", "/api/me").await.is(200);
    done(&site, &["user", "delete", "ada", "--yes"]);
    tokio::time::sleep(KEPT_FOR).await;
    service.send(&back, "GET", "/api/me").await.is(401);
    assert_eq!(notes(&site, &["user", "show", "ada"]).code, Some(67));
}

async fn treats_undashed_identifier_as_username(site: Site) {
    let service = service(&site).await;
    let ada = register(&service, "ada").await.is(201);
    let id = ada.body["id"].as_str().unwrap();
    let digits = id.replace('-', "");
    let shown = |name: &str| notes(&site, &["user", "show", name, "--json"]);
    assert_eq!(shown(&digits).code, Some(67));
    let other = register(&service, &digits).await.is(201);
    assert_eq!(parsed(&shown(&digits))["id"], other.body["id"]);
    assert_eq!(parsed(&shown(id))["username"], "ada");
}

async fn ends_sessions_and_tokens_on_password_reset(site: Site) {
    let service = service(&site).await;
    let session = browser(&register(&service, "ada").await.is(201));
    let token = json!({"name": "cli", "scope": "read", "currentPassword": PASSWORD});
    let token = service
        .json(&session, "POST", "/api/tokens", token)
        .await
        .is(201);
    let bearer = format!("Bearer {}", token.body["token"].as_str().unwrap());
    let given = notes_with(
        &site,
        &["user", "reset-password", "ada", "--password-stdin"],
        "an operator chose this\n",
    );
    assert_eq!(given.code, Some(0), "{given:?}");
    assert!(!given.output.contains("operator chose"), "{given:?}");
    tokio::time::sleep(KEPT_FOR).await;
    service.send(&session, "GET", "/api/me").await.is(401);
    service
        .request(None, "GET", "/api/me", &[("authorization", &bearer)], None)
        .await
        .is(401);
    sign_in(&service, "ada", PASSWORD)
        .await
        .problem(401, "invalid_credentials");
    sign_in(&service, "ada", "an operator chose this")
        .await
        .is(200);

    let made = notes(&site, &["user", "reset-password", "ada"]);
    let password = made.output.lines().last().unwrap();
    let password = password.strip_prefix("password ").unwrap();
    sign_in(&service, "ada", password).await.is(200);
}

async fn returns_specific_exit_code_for_each_failure(site: Site) {
    let service = service(&site).await;
    register(&service, "ada").await.is(201);
    let guest = service
        .request(None, "POST", "/api/auth/guest", &[], None)
        .await
        .is(201);
    let guest = guest.body["username"].as_str().unwrap();
    let create = |email: &'static str, name: &'static str| {
        [
            "user",
            "create",
            "--email",
            email,
            "--username",
            name,
            "--password-stdin",
        ]
    };
    let good = "something quite long";
    for (arguments, input, code, said) in [
        (
            &create("ada@example.com", "bob")[..],
            good,
            65,
            "address already in use",
        ),
        (
            &create("bob@example.com", "ADA"),
            good,
            65,
            "username already in use",
        ),
        (
            &create("bob@example.com", "bob"),
            "Password1",
            65,
            "password: ",
        ),
        (
            &create("bob@example.com", "bob"),
            "short",
            65,
            "8 to 256 characters",
        ),
        (
            &create("bob@example.com", "bob"),
            "",
            65,
            "8 to 256 characters",
        ),
        (
            &create("bob@", "bob"),
            good,
            64,
            "is not a valid email address",
        ),
        (
            &create("bob@example.com", "b b"),
            good,
            64,
            "is not a valid username",
        ),
        (&["user", "show", "nobody"], "", 67, "`nobody`"),
        (&["user", "disable", "no@body"], "", 67, "`no@body`"),
        (&["user", "delete", "nobody", "--yes"], "", 67, "`nobody`"),
        (
            &["user", "reset-password", guest],
            "",
            65,
            "a guest has no password",
        ),
        (&["user", "invite", "--days", "0"], "", 64, "1..=365"),
        (&["user"], "", 64, "Usage"),
    ] {
        let ran = notes_with(&site, arguments, input);
        assert_eq!(ran.code, Some(code), "{arguments:?}: {ran:?}");
        assert!(ran.errors.contains(said), "{arguments:?}: {ran:?}");
        assert!(!ran.errors.contains(good), "{ran:?}");
    }
    // Nothing was made by what was refused.
    assert_eq!(notes(&site, &["user", "list"]).output.lines().count(), 1);
}

async fn lists_each_user_once(site: Site) {
    let service = service(&site).await;
    for name in ["ada", "bob", "eve"] {
        register(&service, name).await.is(201);
    }
    service
        .request(None, "POST", "/api/auth/guest", &[], None)
        .await
        .is(201);
    let list = notes(&site, &["user", "list", "--json"]);
    let names: Vec<Value> = list
        .output
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["username"].clone())
        .collect();
    assert_eq!(names, ["ada", "bob", "eve"]);
    let all = notes(&site, &["user", "list", "--guests"]).output;
    assert_eq!(all.lines().count(), 4);
    assert!(all.lines().last().unwrap().contains("  guest "), "{all}");
}

/// Returns level and message of the finding about a subject.
fn found(ran: &Ran, about: &str) -> (String, String) {
    let findings = parsed(ran);
    let mut findings = findings["findings"].as_array().unwrap().iter();
    let finding = findings
        .find(|finding| finding["about"] == about)
        .unwrap_or_else(|| panic!("{about}: {ran:?}"));
    let text = |name: &str| finding[name].as_str().unwrap().to_owned();
    (text("level"), text("message"))
}

async fn reports_pending_migrations_and_health_in_doctor(site: Site) {
    let sqlite = site.url.starts_with("sqlite:");
    let before = notes(&site, &["doctor", "--json"]);
    if sqlite {
        assert_eq!(before.code, Some(0), "{before:?}");
        assert_eq!(found(&before, "database").0, "note");
        let path = site.url.strip_prefix("sqlite:").unwrap();
        assert!(
            !std::path::Path::new(path).exists(),
            "to look makes nothing"
        );
        assert_eq!(found(&before, "disk").0, "good");
    } else {
        assert_eq!(before.code, Some(1), "{before:?}");
        assert_eq!(found(&before, "migrations").0, "bad");
        assert!(before.output.contains("`notes migrate up`"));
    }
    done(&site, &["migrate", "up"]);
    let well = notes(&site, &["doctor", "--json"]);
    assert_eq!(well.code, Some(0), "{well:?}");
    for about in [
        "configuration",
        "database",
        "migrations",
        "writes",
        "clock",
        "deliveries",
    ] {
        assert_eq!(found(&well, about).0, "good", "{well:?}");
    }
    let text = notes(&site, &["doctor"]).output;
    assert!(
        text.contains("good  writes         a row was written and rolled back\n"),
        "{text}"
    );

    done(&site, &["migrate", "down"]);
    if !sqlite {
        let refused = notes(&site, &["user", "list"]);
        assert_eq!(refused.code, Some(65), "{refused:?}");
        assert!(refused.errors.contains("`notes migrate up`"), "{refused:?}");
    }
    let pending = notes(&site, &["doctor"]);
    assert_eq!(pending.code, Some(1));
    assert!(
        pending
            .output
            .contains("      = help: run `notes migrate up`"),
        "{pending:?}"
    );
}

async fn shows_and_replaces_push_key(site: Site) {
    done(&site, &["migrate", "up"]);
    let key = done(&site, &["push-key"]).output;
    // 65 bytes in base64url, the first of which is 4.
    assert_eq!((key.trim().len(), &key[..1]), (87, "B"));
    assert_eq!(done(&site, &["push-key"]).output, key);
    let other = done(&site, &["push-key", "--replace"]);
    assert_ne!(other.output, key);
    assert!(
        other
            .errors
            .contains("deleted subscriptions of browsers: 0"),
        "{other:?}"
    );
    assert_eq!(done(&site, &["push-key"]).output, other.output);
}

async fn detects_timestamps_ahead_of_clock_in_doctor(site: Site) {
    let service = service(&site).await;
    register(&service, "ada").await.is(201);
    let later = notes_service::clock::now() + chrono::TimeDelta::days(365);
    crate::accounts::execute(
        &service,
        "UPDATE users SET updated_at = $1",
        vec![later.into()],
    )
    .await;
    let ran = notes(&site, &["doctor", "--json"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let (level, message) = found(&ran, "clock");
    assert_eq!(level, "bad");
    assert!(
        message.contains("ahead of the clock of this machine by 3153"),
        "{message}"
    );
}

async fn shows_checks_and_removes_second_factors(site: Site) {
    let service = service(&site).await;
    let (session, _, _) = with_totp(&service, "ada").await;
    register(&service, "bob").await.is(201);
    let shown = parsed(&done(&site, &["user", "show", "ada", "--json"]));
    assert!(shown["totpSince"].is_string(), "{shown}");
    assert_eq!(
        (&shown["passkeys"], &shown["recoveryCodesLeft"]),
        (&json!(0), &json!(10))
    );
    let text = done(&site, &["user", "show", "ada"]).output;
    assert!(
        text.contains("second factors authenticator app, 0 passkeys, 10 recovery codes left\n"),
        "{text}"
    );
    let text = done(&site, &["user", "show", "bob"]).output;
    assert!(text.contains("second factors none\n"), "{text}");

    let doctor = |key: Option<&str>| {
        let mut variables = vec![("DATABASE_URL", site.url.as_str())];
        variables.extend(key.map(|key| ("SECRET_KEY", key)));
        run(&["doctor", "--json"], &variables)
    };
    let (old, new) = ("o".repeat(32), "n".repeat(32));
    let (level, message) = found(&doctor(None), "secrets");
    assert_eq!(
        (level.as_str(), message.as_str()),
        ("note", "1 secret of second factors not encrypted")
    );
    let (level, message) = found(&doctor(Some(&old)), "secrets");
    assert!(
        level == "note" && message.contains("not encrypted yet"),
        "{message}"
    );
    // As the next sign-in leaves it.
    let user = service.owner_of("ada").await;
    let seal = notes_service::auth::seal::Seal::new([old.as_str()]).unwrap();
    let sealed = seal.seal_secret(user, b"12345678901234567890").unwrap();
    let text = "UPDATE totp_secrets SET secret = $1";
    crate::accounts::execute(&service, text, vec![sealed.into()]).await;
    assert_eq!(
        found(&doctor(Some(&format!("{new},{old}"))), "secrets").0,
        "good"
    );
    for key in [None, Some(new.as_str())] {
        let examined = doctor(key);
        assert_eq!(examined.code, Some(1), "{examined:?}");
        let (level, message) = found(&examined, "secrets");
        assert!(level == "bad" && message.contains("1 of 1"), "{message}");
    }

    let removed = done(&site, &["user", "remove-factors", "ADA@example.com"]);
    assert!(
        removed.output.contains("removed the second factors of ada"),
        "{removed:?}"
    );
    assert!(
        removed
            .errors
            .contains("an operator has removed the second factors of an account")
            && removed.errors.contains(&user.to_string()),
        "{removed:?}"
    );
    service.send(&session, "GET", "/api/me").await.is(401);
    sign_in(&service, "ada", PASSWORD).await.is(200);
    assert_eq!(
        notes(&site, &["user", "remove-factors", "nobody"]).code,
        Some(67)
    );
}

#[test]
fn reports_unreachable_database_in_doctor() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!(
        "postgres://nobody:hunter2@{}/notes",
        nobody.local_addr().unwrap()
    );
    drop(nobody);
    let silent = run(&["doctor", "--json"], &[("DATABASE_URL", &url)]);
    assert_eq!(silent.code, Some(1), "{silent:?}");
    let (level, message) = found(&silent, "database");
    assert_eq!(level, "bad");
    assert!(message.contains("does not respond"), "{message}");
    assert!(!(silent.output + &silent.errors).contains("hunter2"));

    let wrong = run(&["doctor"], &[("PORT", "many"), ("DB_PASSWORD", "hunter2")]);
    assert_eq!(wrong.code, Some(78), "{wrong:?}");
    assert!(
        wrong
            .output
            .contains("bad   configuration  PORT is `many`\n      = help: a port"),
        "{wrong:?}"
    );
    assert!(!wrong.output.contains("hunter2"));

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.db");
    std::fs::write(
        &path,
        "this is no database, and long enough not to be taken for one",
    )
    .unwrap();
    let url = format!("sqlite:{}", path.display());
    let other = run(&["doctor"], &[("DATABASE_URL", &url)]);
    assert_eq!(other.code, Some(1), "{other:?}");
    assert!(other.output.contains("bad   database"), "{other:?}");
    let memory = run(&["doctor"], &[("DATABASE_URL", "sqlite::memory:")]);
    assert_eq!(memory.code, Some(0));
    assert!(memory.output.contains("note  database"), "{memory:?}");
}
