//! Tests of mail, for forgotten passwords and verified addresses, with a mail server that keeps the messages.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use notes_service::clock;
use notes_service::config::{Config, Problems};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::accounts::{browser, execute, register, rows, sign_in};
use crate::support::process::{Process, run};
use crate::support::smtp::Sink;
use crate::support::wire::{Wire, register as register_over};
use crate::support::{Answer, PASSWORD, Service, on_both_databases};

on_both_databases![
    resets_forgotten_password_by_mail,
    verifies_email_address_by_link,
    hides_account_existence_in_password_reset,
    accepts_mailed_link_once_before_expiry_for_its_address,
    limits_requested_mails,
    counts_verification_mails_towards_limit,
    reports_mail_off_without_mail_server,
    sends_mail_on_second_factor_changes,
];

const NEW: &str = "a password to remember";

fn variables(port: u16) -> BTreeMap<String, String> {
    [
        ("SMTP_HOST", "127.0.0.1"),
        ("SMTP_PORT", &port.to_string()),
        ("SMTP_TLS", "off"),
        ("SMTP_USERNAME", "user"),
        ("SMTP_PASSWORD", "hunter2"),
        ("MAIL_FROM", "Notes <notes@example.com>"),
        ("PUBLIC_URL", "https://notes.example.com"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into()
}

/// Returns the service with a mail server, and the mails that it receives.
pub(crate) async fn with_mail(service: Service) -> (Service, Sink) {
    let sink = Sink::start().await;
    let mut settings = service.app.settings.clone();
    settings.mail = Config::from_variables(&variables(sink.port))
        .unwrap()
        .http
        .mail;
    assert!(settings.mail.is_some());
    (service.with(settings), sink)
}

async fn post(service: &Service, path: &str, body: Value) -> Answer {
    service.request(None, "POST", path, &[], Some(body)).await
}

async fn ask(service: &Service, email: &str) -> Answer {
    post(service, "/api/auth/password-reset", json!({"email": email})).await
}

async fn reset(service: &Service, token: &str, password: &str) -> Answer {
    let body = json!({"token": token, "newPassword": password});
    post(service, "/api/auth/password-reset/confirm", body).await
}

async fn verify(service: &Service, token: &str) -> Answer {
    post(
        service,
        "/api/auth/email-verification",
        json!({"token": token}),
    )
    .await
}

#[track_caller]
fn unknown_link(answer: Answer) {
    let answer = answer.problem(422, "validation_failed");
    assert_eq!(answer.body["errors"][0]["code"], "unknown_link");
}

async fn resets_forgotten_password_by_mail(service: Service) {
    let (service, mut sink) = with_mail(service).await;
    let ada = browser(&register(&service, "ada").await.is(201));
    sink.next().await;
    let body = json!({"name": "x", "scope": "read", "currentPassword": PASSWORD});
    let token = service
        .json(&ada, "POST", "/api/tokens", body)
        .await
        .is(201);
    let bearer = format!("Bearer {}", token.body["token"].as_str().unwrap());

    let asked = ask(&service, "ADA@example.com").await.is(202);
    assert_eq!(asked.body, Value::String(String::new()));
    let mail = sink.next().await;
    assert_eq!(mail.to, "ada@Example.com");
    assert!(
        mail.data.contains("From: Notes <notes@example.com>"),
        "{mail:?}"
    );
    assert!(mail.data.contains("Hello ada,"), "{mail:?}");
    let link = mail.token("reset");
    assert_eq!(link.len(), 43);

    // A weak password does not use the link up, and until it is used nothing ends.
    let weak = reset(&service, &link, "ada@example.com").await.is(422);
    assert_eq!(weak.body["errors"][0]["code"], "weak_password");
    service.send(&ada, "GET", "/api/me").await.is(200);
    reset(&service, &link, NEW).await.is(204);
    service.send(&ada, "GET", "/api/me").await.is(401);
    service
        .request(None, "GET", "/api/me", &[("authorization", &bearer)], None)
        .await
        .is(401);
    sign_in(&service, "ada", PASSWORD).await.is(401);
    let back = sign_in(&service, "ada", NEW).await.is(200);
    // The link has shown whose address it is.
    assert_eq!(back.body["emailVerified"], true);
    unknown_link(reset(&service, &link, "another horse battery").await);
    assert_eq!(rows(&service, "mailed_links").await, 0);
}

async fn sends_mail_on_second_factor_changes(service: Service) {
    let (service, mut sink) = with_mail(service).await;
    let ada = browser(&register(&service, "ada").await.is(201));
    sink.next().await;
    let (secret, codes) = crate::factors::turn_on(&service, &ada).await;
    let mail = sink.next().await;
    assert_eq!(mail.to, "ada@Example.com");
    let text = mail.data.replace("=\r\n", "");
    assert!(text.contains("an authenticator app was added"), "{text}");
    assert!(!text.contains(&secret), "{text}");
    let off = json!({"currentPassword": PASSWORD, "code": codes[0]});
    service
        .json(&ada, "DELETE", "/api/me/totp", off)
        .await
        .is(204);
    let text = sink.next().await.data.replace("=\r\n", "");
    assert!(text.contains("the authenticator app was removed"), "{text}");
}

async fn verifies_email_address_by_link(service: Service) {
    let (service, mut sink) = with_mail(service).await;
    let ada = register(&service, "ada").await.is(201);
    assert_eq!(ada.body["emailVerified"], false);
    let ada = browser(&ada);
    let first = sink.next().await.token("verify");
    service
        .send(&ada, "POST", "/api/me/email-verification")
        .await
        .is(202);
    let second = sink.next().await.token("verify");
    unknown_link(verify(&service, &first).await);
    // A link is good for what it was sent for.
    unknown_link(reset(&service, &second, NEW).await);
    verify(&service, &second).await.is(204);
    unknown_link(verify(&service, &second).await);
    let me = service.send(&ada, "GET", "/api/me").await.is(200);
    assert_eq!(me.body["emailVerified"], true);
    // Nothing is sent for an address that is known.
    service
        .send(&ada, "POST", "/api/me/email-verification")
        .await
        .is(202);
    assert!(sink.is_silent().await);

    let change = json!({"email": "countess@example.com", "currentPassword": PASSWORD});
    let changed = service.json(&ada, "PATCH", "/api/me", change).await.is(200);
    assert_eq!(changed.body["emailVerified"], false);
    let mail = sink.next().await;
    assert_eq!(mail.to, "countess@example.com");
    verify(&service, &mail.token("verify")).await.is(204);
}

async fn hides_account_existence_in_password_reset(service: Service) {
    let (service, mut sink) = with_mail(service).await;
    register(&service, "ada").await.is(201);
    register(&service, "off").await.is(201);
    sink.next().await;
    sink.next().await;
    let store = &service.app.store;
    let account = store.find_account("off").await.unwrap();
    store.disable_account(&account).await.unwrap();
    let mut answers = Vec::new();
    for email in ["ada@example.com", "off@example.com", "eve@example.com"] {
        let answer = ask(&service, email).await.is(202);
        answers.push((answer.body, answer.headers.len()));
    }
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "{answers:?}"
    );
    assert_eq!(sink.next().await.to, "ada@Example.com");
    assert!(sink.is_silent().await, "nobody else has a letter");
    // One to verify and one to reset: disabling ended what the other had.
    assert_eq!(rows(&service, "mailed_links").await, 2);
}

async fn accepts_mailed_link_once_before_expiry_for_its_address(service: Service) {
    let (service, mut sink) = with_mail(service).await;
    let ada = browser(&register(&service, "ada").await.is(201));
    sink.next().await;
    let mut link = async || {
        ask(&service, "ada@example.com").await.is(202);
        sink.next().await.token("reset")
    };
    let (first, second) = (link().await, link().await);
    unknown_link(reset(&service, &first, NEW).await);
    let past = clock::now() - TimeDelta::seconds(1);
    let age = "UPDATE mailed_links SET expires_at = $1";
    execute(&service, age, vec![past.into()]).await;
    unknown_link(reset(&service, &second, NEW).await);
    assert_eq!(service.app.store.remove_expired_links().await.unwrap(), 2);

    let third = link().await;
    let both = tokio::join!(reset(&service, &third, NEW), reset(&service, &third, NEW));
    let mut statuses = [both.0.status.as_u16(), both.1.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 422]);
    service.send(&ada, "GET", "/api/me").await.is(401);

    let fourth = link().await;
    let ada = browser(&sign_in(&service, "ada", NEW).await.is(200));
    let change = json!({"email": "countess@example.com", "currentPassword": NEW});
    service.json(&ada, "PATCH", "/api/me", change).await.is(200);
    unknown_link(reset(&service, &fourth, "another horse battery").await);
    for wrong in ["x", "'; DROP TABLE users"] {
        unknown_link(reset(&service, wrong, NEW).await);
    }
}

async fn limits_requested_mails(service: Service) {
    let (service, _sink) = with_mail(service).await;
    register(&service, "ada").await.is(201);
    // For an address that nobody has as for one that somebody has, who had a mail with the account.
    for (email, mails) in [("ada@example.com", 4), ("eve@example.com", 5)] {
        for _ in 0..mails {
            ask(&service, email).await.is(202);
        }
    }
    for email in ["ada@example.com", "eve@example.com", "bob@example.com"] {
        ask(&service, email).await.problem(429, "rate_limited");
    }
    for _ in 0..20 {
        unknown_link(reset(&service, "a guess", NEW).await);
    }
    reset(&service, "a guess", NEW)
        .await
        .problem(429, "rate_limited");
}

async fn counts_verification_mails_towards_limit(service: Service) {
    let (service, mut sink) = with_mail(service).await;
    let eve = browser(&register(&service, "eve").await.is(201));
    assert_eq!(sink.next().await.to, "eve@Example.com");
    let victim = ["ada@example.com", "ADA@example.com", "Ada@Example.com"];
    let change = async |email: &str| {
        let body = json!({"email": email, "currentPassword": PASSWORD});
        service.json(&eve, "PATCH", "/api/me", body).await.is(200)
    };
    for email in victim.into_iter().cycle().take(5) {
        assert_eq!(change(email).await.body["email"], email);
        assert_eq!(sink.next().await.to, email);
    }
    change(victim[0]).await;
    ask(&service, victim[0]).await.problem(429, "rate_limited");
    assert!(sink.is_silent().await, "a sixth mail");
    change("countess@example.com").await;
    assert_eq!(sink.next().await.to, "countess@example.com");
}

async fn reports_mail_off_without_mail_server(service: Service) {
    let ada = browser(&register(&service, "ada").await.is(201));
    let answer = ask(&service, "ada@example.com")
        .await
        .problem(409, "mail_off");
    let detail = answer.body["detail"].as_str().unwrap();
    assert!(detail.contains("notes user reset-password"), "{detail}");
    service
        .send(&ada, "POST", "/api/me/email-verification")
        .await
        .problem(409, "mail_off");
    let options = service
        .request(None, "GET", "/api/auth/options", &[], None)
        .await
        .is(200);
    assert_eq!(options.body["passwordReset"], false);
    let (service, mut sink) = with_mail(service).await;
    let options = service
        .request(None, "GET", "/api/auth/options", &[], None)
        .await
        .is(200);
    assert_eq!(options.body["passwordReset"], true);
    // A mail that the server refuses ends nothing else.
    let refused =
        json!({"email": "nobody@example.com", "username": "nobody", "password": PASSWORD});
    post(&service, "/api/auth/register", refused).await.is(201);
    ask(&service, "ada@example.com").await.is(202);
    assert_eq!(sink.next().await.to, "ada@Example.com");
}

fn problems(change: &[(&str, &str)]) -> Vec<String> {
    let mut given = variables(25);
    for (name, value) in change {
        given.insert((*name).to_owned(), (*value).to_owned());
    }
    match Config::from_variables(&given) {
        Ok(_) => Vec::new(),
        Err(Problems(problems)) => problems.into_iter().map(|one| one.variable).collect(),
    }
}

#[test]
fn reports_all_mail_setting_problems_without_secrets() {
    assert!(problems(&[]).is_empty());
    for (change, wrong) in [
        (&[("SMTP_HOST", "")][..], &["SMTP_HOST"][..]),
        (
            &[("MAIL_FROM", ""), ("PUBLIC_URL", "")],
            &["MAIL_FROM", "PUBLIC_URL"],
        ),
        (&[("MAIL_FROM", "nobody")], &["MAIL_FROM"]),
        (&[("PUBLIC_URL", "notes.example.com")], &["PUBLIC_URL"]),
        (&[("SMTP_TLS", "perhaps")], &["SMTP_TLS"]),
        (&[("SMTP_PASSWORD", "")], &["SMTP_PASSWORD"]),
        (&[("SMTP_USERNAME", "")], &["SMTP_USERNAME"]),
        // A password is not sent in the clear to another machine.
        (&[("SMTP_HOST", "smtp.example.com")], &["SMTP_TLS"]),
    ] {
        assert_eq!(problems(change), wrong, "{change:?}");
    }
    let config = Config::from_variables(&variables(25)).unwrap();
    let shown = format!("{config:?}{:?}", config.describe_settings());
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn checks_mail_server_in_doctor() {
    let sink = Sink::start().await;
    for (change, code, said) in [
        (None, 0, "good  mail           the server responds"),
        (
            Some(("SMTP_PASSWORD", "hunter3")),
            1,
            "bad   mail           permanent error (535)",
        ),
        (Some(("SMTP_TLS", "starttls")), 1, "bad   mail           "),
    ] {
        let mut given = variables(sink.port);
        given.insert("DATABASE_URL".to_owned(), "sqlite::memory:".to_owned());
        if let Some((name, value)) = change {
            given.insert(name.to_owned(), value.to_owned());
        }
        let given: Vec<_> = given
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let ran = run(&["doctor"], &given);
        assert_eq!(ran.code, Some(code), "{ran:?}");
        assert!(ran.output.contains(said), "{ran:?}");
        assert!(!ran.output.contains("hunter"), "{ran:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn counts_mails_by_outcome() {
    let mut sink = Sink::start().await;
    let metrics = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let metrics_port = metrics.local_addr().unwrap().port();
    drop(metrics);
    let mut given = variables(sink.port);
    given.insert("METRICS_PORT".to_owned(), metrics_port.to_string());
    let given: Vec<_> = given
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let mut process = Process::start(&given);
    register_over(process.address().await).await;
    sink.next().await;
    process.event("a mail was sent").await;
    let mut wire = Wire::connect(([127, 0, 0, 1], metrics_port).into())
        .await
        .unwrap();
    let text = String::from_utf8(wire.get("/metrics").await.unwrap().body).unwrap();
    for line in [
        "mails_total{outcome=\"sent\"} 1",
        "mails_total{outcome=\"failed\"} 0",
        "mails_total{outcome=\"dropped\"} 0",
    ] {
        assert!(
            text.lines().any(|found| found == line),
            "{line} is missing in\n{text}"
        );
    }
}
