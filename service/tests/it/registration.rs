//! Tests of the three modes of registration: open, with an invite, and closed.

use chrono::TimeDelta;
use notes_service::auth::Registration;
use notes_service::clock;
use notes_service::config::Config;
use notes_service::store::Store;
use serde_json::{Value, json};

use crate::accounts::{browser, rows};
use crate::support::process::run;
use crate::support::{Answer, PASSWORD, Person, Service, Site, on_both_databases};

on_both_databases![
    rejects_registration_when_closed,
    accepts_invite_for_one_account,
    requires_invite_to_claim_guest_account,
    rejects_expired_invite,
];
on_both_databases!(Site: accepts_invite_created_by_command);

fn with(service: Service, registration: Registration) -> Service {
    let mut settings = service.app.settings.clone();
    settings.accounts.registration = registration;
    service.with(settings)
}

fn body(name: &str, code: Option<&str>) -> Value {
    let mut body =
        json!({"email": format!("{name}@example.com"), "username": name, "password": PASSWORD});
    if let Some(code) = code {
        body["inviteCode"] = code.into();
    }
    body
}

async fn register(service: &Service, name: &str, code: Option<&str>) -> Answer {
    let body = body(name, code);
    service
        .request(None, "POST", "/api/auth/register", &[], Some(body))
        .await
}

async fn options(service: &Service) -> Value {
    let options = service
        .request(None, "GET", "/api/auth/options", &[], None)
        .await
        .is(200);
    options.body
}

async fn guest(service: &Service) -> Person {
    let guest = service
        .request(None, "POST", "/api/auth/guest", &[], None)
        .await
        .is(201);
    browser(&guest)
}

async fn invite(service: &Service, code: &'static str, lasts: TimeDelta) {
    let until = clock::now() + lasts;
    service
        .app
        .store
        .create_invite(&code.into(), until)
        .await
        .unwrap();
}

#[track_caller]
fn unknown_invite(answer: Answer) {
    let answer = answer.problem(422, "validation_failed");
    assert_eq!(answer.body["errors"][0]["field"], "/inviteCode");
    assert_eq!(answer.body["errors"][0]["code"], "unknown_invite");
}

async fn rejects_registration_when_closed(service: Service) {
    assert_eq!(options(&service).await["registration"], "open");
    let service = with(service, Registration::Closed);
    assert_eq!(options(&service).await["registration"], "closed");
    invite(&service, "a-code", TimeDelta::days(1)).await;
    for code in [None, Some("a-code")] {
        register(&service, "ada", code)
            .await
            .problem(403, "registration_closed");
    }
    let guest = guest(&service).await;
    service
        .json(&guest, "POST", "/api/me/claim", body("ada", None))
        .await
        .problem(403, "registration_closed");
    assert_eq!(rows(&service, "users").await, 1, "the guest");
}

async fn accepts_invite_for_one_account(service: Service) {
    let service = with(service, Registration::Invite);
    assert_eq!(options(&service).await["registration"], "invite");
    invite(&service, "a-code", TimeDelta::days(1)).await;
    register(&service, "ada", None)
        .await
        .problem(403, "invite_required");
    unknown_invite(register(&service, "ada", Some("another")).await);
    register(&service, "ada", Some(" a-code ")).await.is(201);
    unknown_invite(register(&service, "bob", Some("a-code")).await);
    // A registration that fails for another reason leaves the invite for the next attempt.
    invite(&service, "second", TimeDelta::days(1)).await;
    let mut taken = body("other", Some("second"));
    taken["email"] = "ADA@example.com".into();
    service
        .request(None, "POST", "/api/auth/register", &[], Some(taken))
        .await
        .problem(409, "email_taken");
    let both = tokio::join!(
        register(&service, "bob", Some("second")),
        register(&service, "eve", Some("second")),
    );
    let mut statuses = [both.0.status.as_u16(), both.1.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 422]);
    assert_eq!(rows(&service, "users").await, 2);
    assert_eq!(rows(&service, "invites").await, 0);
}

async fn requires_invite_to_claim_guest_account(service: Service) {
    let service = with(service, Registration::Invite);
    invite(&service, "a-code", TimeDelta::days(1)).await;
    let guest = guest(&service).await;
    let claim = |code| {
        let (service, guest) = (&service, &guest);
        async move {
            service
                .json(guest, "POST", "/api/me/claim", body("ada", code))
                .await
        }
    };
    claim(None).await.problem(403, "invite_required");
    unknown_invite(claim(Some("another")).await);
    claim(Some("a-code")).await.is(200);
    assert_eq!(rows(&service, "invites").await, 0);
}

async fn rejects_expired_invite(service: Service) {
    let service = with(service, Registration::Invite);
    invite(&service, "old", -TimeDelta::seconds(1)).await;
    invite(&service, "new", TimeDelta::days(1)).await;
    unknown_invite(register(&service, "ada", Some("old")).await);
    let store = &service.app.store;
    assert_eq!(store.remove_expired_invites().await.unwrap(), 1);
    assert_eq!(store.remove_expired_invites().await.unwrap(), 0);
    register(&service, "ada", Some("new")).await.is(201);
}

async fn accepts_invite_created_by_command(site: Site) {
    let variables = [("DATABASE_URL", site.url.as_str())];
    assert_eq!(run(&["migrate", "up"], &variables).code, Some(0));
    let made = run(&["user", "invite", "--days", "3", "--json"], &variables);
    assert_eq!(made.code, Some(0), "{made:?}");
    let made: Value = serde_json::from_str(&made.output).unwrap();
    let code = made["code"].as_str().unwrap();
    assert_eq!(made["link"], format!("/register#invite={code}"));
    let read = |registration: &str| {
        let given = [
            ("DATABASE_URL", site.url.as_str()),
            ("REGISTRATION", registration),
        ];
        Config::from_variables(
            &given
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
        )
    };
    assert!(read("some").is_err());
    let config = read("invite").unwrap();
    let service = Service::over(Store::new(site.open().await, config.limits));
    let mut settings = service.app.settings.clone();
    settings.accounts.registration = config.http.accounts.registration;
    let service = service.with(settings);
    register(&service, "ada", None)
        .await
        .problem(403, "invite_required");
    register(&service, "ada", Some(code)).await.is(201);
}
