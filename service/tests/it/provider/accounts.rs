//! Tests of identities at the provider on this machine: new accounts, linking, unlinking, confirmation and separation.

use chrono::TimeDelta;
use notes_service::auth::token;
use notes_service::clock;
use notes_service::store::mailed_links::Purpose;
use sea_orm::{ConnectionTrait, Statement, Value as Bound};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use super::{Tab, parameter, variables, with_provider};
use crate::factors::turn_on;
use crate::mails::with_mail;
use crate::passkeys::{add, on_page};
use crate::support::process::run;
use crate::support::provider::{Browser, Does, issuer};
use crate::support::{PASSWORD, Service, Site, on_both_databases};

on_both_databases!(
    ignores_unverified_addresses_of_provider,
    does_not_link_accounts_by_address_alone,
    links_identity_to_one_account_only,
    requires_password_and_session_for_linking,
    refuses_to_unlink_last_sign_in_method,
    refuses_to_unlink_when_other_methods_are_disabled,
    sends_mail_on_identity_changes,
    redirects_sign_out_to_the_provider,
    requires_fresh_own_confirmation_per_session,
    allows_all_operations_without_password,
    keeps_notes_when_guest_signs_in_with_provider,
    applies_registration_setting_to_provider_sign_in,
    admits_only_configured_email_domains,
    rejects_provider_sign_in_to_disabled_account,
    unlinks_identities_on_reset_of_unverified_address,
    requires_second_factor_when_configured,
);

on_both_databases!(Site: shows_and_unlinks_identities_by_operator);

const REFUSED: &str = "/login#problem=address_not_allowed";
const UNLINKED: &str = "/login#problem=identity_not_linked";

async fn execute(service: &Service, text: &str, values: Vec<Bound>) {
    let db = service.app.store.db();
    let statement = Statement::from_sql_and_values(db.get_database_backend(), text, values);
    db.execute_raw(statement).await.unwrap();
}

/// Starts an operation in an account, signs in at the provider, and returns the redirect target.
async fn go(tab: &mut Tab, service: &Service, path: &str, body: Value, name: &str) -> String {
    let mut browser = Browser::new();
    let address = tab.begin(service, path, body).await;
    let back = browser.walk(&address, Does::SignIn(name)).await;
    tab.follow_callback(service, &back).await
}

async fn link(tab: &mut Tab, service: &Service, name: &str) -> String {
    let body = json!({"returnTo": "/settings", "currentPassword": PASSWORD});
    go(tab, service, "/api/me/identities", body, name).await
}

async fn confirm(tab: &mut Tab, service: &Service, name: &str) -> String {
    let body = json!({"returnTo": "/settings"});
    go(tab, service, "/api/me/confirmation", body, name).await
}

async fn identities(tab: &mut Tab, service: &Service) -> Vec<Value> {
    let list = tab.ask(service, "GET", "/api/me/identities", None).await;
    list.is(200).body["items"].as_array().unwrap().clone()
}

async fn sign_in(service: &Service, name: &str) -> (Tab, String) {
    let mut tab = Tab::default();
    let place = tab.sign_in(service, &mut Browser::new(), name).await;
    (tab, place)
}

async fn ignores_unverified_addresses_of_provider(service: Service) {
    let Some(service) = with_provider(service, &[]) else {
        return;
    };
    // Whose address it is, nobody has shown: not even to whom it does not belong is said.
    service.person("unverified-eve").await;
    let (mut tab, place) = sign_in(&service, "unverified-eve").await;
    assert_eq!(place, "/labels?sort=name");
    let eve = tab.account(&service).await;
    assert!(eve.get("email").is_none(), "{eve}");
    assert_eq!(eve["emailVerified"], false);
    let name = eve["username"].as_str().unwrap();
    assert!(name.starts_with("unverified-eve-"), "{name}");
    tab.ask(&service, "POST", "/api/me/email-verification", None)
        .await
        .problem(409, "mail_off");

    let (mut first, _) = sign_in(&service, "nameless-1").await;
    let (mut second, _) = sign_in(&service, "nameless-2").await;
    assert_eq!(first.account(&service).await["username"], "user");
    let second = second.account(&service).await;
    assert!(second["username"].as_str().unwrap().starts_with("user-"));
}

async fn does_not_link_accounts_by_address_alone(service: Service) {
    let Some(service) = with_provider(service, &[]) else {
        return;
    };
    let ada = service.person("ada").await;
    let (tab, place) = sign_in(&service, "ada").await;
    assert_eq!(place, UNLINKED);
    assert!(!tab.is_signed_in());

    let mut ada = Tab::of(&ada);
    assert_eq!(link(&mut ada, &service, "ada").await, "/settings");
    assert_eq!(identities(&mut ada, &service).await.len(), 1);
    // Again: it is linked already.
    assert_eq!(link(&mut ada, &service, "ada").await, "/settings");
    assert_eq!(identities(&mut ada, &service).await.len(), 1);
    let (mut tab, place) = sign_in(&service, "ada").await;
    assert_eq!(place, "/labels?sort=name");
    let own = service.owner_of("ada").await.to_string();
    assert_eq!(tab.account(&service).await["id"], own);
}

async fn links_identity_to_one_account_only(service: Service) {
    let Some(service) = with_provider(service, &[]) else {
        return;
    };
    let (mut ada, mut eve) = (
        Tab::of(&service.person("ada").await),
        Tab::of(&service.person("eve").await),
    );
    assert_eq!(link(&mut ada, &service, "shared").await, "/settings");
    let place = link(&mut eve, &service, "shared").await;
    assert_eq!(place, "/settings#problem=identity_taken");
    assert!(identities(&mut eve, &service).await.is_empty());
    // Nobody unlinks, or sees, what is somebody else's.
    let id = identities(&mut ada, &service).await[0]["id"].clone();
    let path = format!("/api/me/identities/{}", id.as_str().unwrap());
    let body = json!({"currentPassword": PASSWORD});
    eve.ask(&service, "DELETE", &path, Some(body.clone()))
        .await
        .problem(404, "not_found");
    ada.ask(
        &service,
        "DELETE",
        &path,
        Some(json!({"currentPassword": "a guess"})),
    )
    .await
    .problem(422, "validation_failed");
    ada.ask(&service, "DELETE", &path, Some(body.clone()))
        .await
        .is(204);
    ada.ask(&service, "DELETE", &path, Some(body))
        .await
        .problem(404, "not_found");
    assert_eq!(link(&mut eve, &service, "shared").await, "/settings");
}

async fn requires_password_and_session_for_linking(service: Service) {
    let Some(service) = with_provider(service, &[]) else {
        return;
    };
    let path = "/api/me/identities";
    let mut ada = Tab::of(&service.person("ada").await);
    for (body, code) in [
        (json!({}), "required"),
        (json!({"currentPassword": "a guess"}), "wrong_password"),
    ] {
        let answer = ada.ask(&service, "POST", path, Some(body)).await;
        let answer = answer.problem(422, "validation_failed");
        assert_eq!(answer.body["errors"][0]["code"], code);
    }
    let new = json!({"name": "a program", "scope": "write", "currentPassword": PASSWORD});
    let made = ada.ask(&service, "POST", "/api/tokens", Some(new)).await;
    let bearer = format!("Bearer {}", made.is(201).body["token"].as_str().unwrap());
    let headers = [("authorization", bearer.as_str())];
    let body = json!({"currentPassword": PASSWORD});
    service
        .request(None, "POST", path, &headers, Some(body.clone()))
        .await
        .problem(403, "session_required");

    // Begun in one session, brought back in another one, in none, and after its end.
    let mut browser = Browser::new();
    let address = ada.begin(&service, path, body.clone()).await;
    let back = browser.walk(&address, Does::SignIn("ada")).await;
    let mut eve = ada.clone();
    let stranger = service.person("eve").await;
    eve.cookies.extend(Tab::of(&stranger).cookies);
    let place = eve.follow_callback(&service, &back).await;
    assert_eq!(place, "/#problem=sign_in_expired");
    assert!(identities(&mut eve, &service).await.is_empty());

    let address = ada.begin(&service, path, body.clone()).await;
    let back = browser.walk(&address, Does::SignIn("ada")).await;
    let mut nobody = ada.clone();
    nobody.cookies.remove("__Host-notes_session");
    let place = nobody.follow_callback(&service, &back).await;
    assert_eq!(place, "/#problem=unauthenticated");

    let address = ada.begin(&service, path, body).await;
    let back = browser.walk(&address, Does::SignIn("ada")).await;
    ada.ask(&service, "POST", "/api/auth/logout", None)
        .await
        .is(204);
    let place = ada.follow_callback(&service, &back).await;
    assert_eq!(place, "/#problem=unauthenticated");
    assert_eq!(sign_in(&service, "ada").await.1, UNLINKED);
}

async fn refuses_to_unlink_last_sign_in_method(service: Service) {
    let Some(service) = with_provider(service, &[]) else {
        return;
    };
    let (mut tab, _) = sign_in(&service, "ada").await;
    let id = identities(&mut tab, &service).await[0]["id"].clone();
    let path = format!("/api/me/identities/{}", id.as_str().unwrap());
    let unlink =
        async |tab: &mut Tab, body: Value| tab.ask(&service, "DELETE", &path, Some(body)).await;
    for body in [json!({}), json!({"currentPassword": PASSWORD})] {
        unlink(&mut tab, body)
            .await
            .problem(403, "recent_sign_in_required");
    }
    assert_eq!(confirm(&mut tab, &service, "ada").await, "/settings");
    unlink(&mut tab, json!({}))
        .await
        .problem(409, "last_way_in");
    let first = json!({ "newPassword": PASSWORD });
    tab.ask(&service, "PUT", "/api/me/password", Some(first))
        .await
        .is(204);
    let body = json!({"currentPassword": PASSWORD});
    unlink(&mut tab, body).await.is(204);
    assert_eq!(sign_in(&service, "ada").await.1, UNLINKED);
    let body = json!({"login": "ada", "password": PASSWORD});
    let again = Tab::default()
        .ask(&service, "POST", "/api/auth/login", Some(body))
        .await;
    assert_eq!(again.is(200).body["username"], "ada");
}

async fn requires_fresh_own_confirmation_per_session(service: Service) {
    let Some(service) = with_provider(service, &[]) else {
        return;
    };
    let mut browser = Browser::new();
    let mut tab = Tab::default();
    tab.sign_in(&service, &mut browser, "ada").await;
    let mut other = Tab::default();
    other.sign_in(&service, &mut browser, "ada").await;
    assert_eq!(browser.forms, 1);
    let token = json!({"name": "mine", "scope": "read"});
    let make = async |tab: &mut Tab| {
        let body = Some(token.clone());
        tab.ask(&service, "POST", "/api/tokens", body).await
    };
    make(&mut tab).await.problem(403, "recent_sign_in_required");

    let place = confirm(&mut tab, &service, "somebody-else").await;
    assert_eq!(place, "/settings#problem=identity_taken");
    make(&mut tab).await.problem(403, "recent_sign_in_required");

    // The provider knows the browser, and asks all the same.
    let body = json!({"returnTo": "/settings"});
    let address = tab.begin(&service, "/api/me/confirmation", body).await;
    let back = browser.walk(&address, Does::SignIn("ada")).await;
    assert_eq!(browser.forms, 2);
    assert_eq!(tab.follow_callback(&service, &back).await, "/settings");
    make(&mut tab).await.is(201);
    make(&mut other)
        .await
        .problem(403, "recent_sign_in_required");

    let past = clock::now() - TimeDelta::minutes(5) - TimeDelta::seconds(1);
    let age = "UPDATE sessions SET confirmed_at = $1 WHERE confirmed_at IS NOT NULL";
    execute(&service, age, vec![past.into()]).await;
    make(&mut tab).await.problem(403, "recent_sign_in_required");

    // Whoever has nothing at the provider confirms nothing there.
    let mut eve = Tab::of(&service.person("eve").await);
    eve.ask(&service, "POST", "/api/me/confirmation", Some(json!({})))
        .await
        .problem(409, "conflict");
}

async fn allows_all_operations_without_password(service: Service) {
    let Some(service) = with_provider(service, &[]) else {
        return;
    };
    let (mut tab, _) = sign_in(&service, "ada").await;
    // No password is right for it.
    for password in ["", "x", PASSWORD] {
        let body = json!({"login": "ada", "password": password});
        let answer = Tab::default()
            .ask(&service, "POST", "/api/auth/login", Some(body))
            .await;
        assert!(matches!(answer.status.as_u16(), 401 | 422), "{answer:?}");
    }
    confirm(&mut tab, &service, "ada").await;
    let change = json!({"email": "countess@example.com", "username": "countess"});
    let changed = tab.ask(&service, "PATCH", "/api/me", Some(change)).await;
    let changed = changed.is(200).body;
    assert_eq!(changed["email"], "countess@example.com");
    assert_eq!(changed["emailVerified"], false);
    // The identity is the subject's, whatever the address is.
    let (mut again, place) = sign_in(&service, "ada").await;
    assert_eq!(place, "/labels?sort=name");
    assert_eq!(again.account(&service).await["username"], "countess");
    again
        .ask(&service, "DELETE", "/api/me", Some(json!({})))
        .await
        .problem(403, "recent_sign_in_required");
    confirm(&mut again, &service, "ada").await;
    again
        .ask(&service, "DELETE", "/api/me", Some(json!({})))
        .await
        .is(204);
    // Gone with everything: whoever comes now is new.
    let (mut new, _) = sign_in(&service, "ada").await;
    assert_ne!(new.account(&service).await["id"], changed["id"]);
}

async fn keeps_notes_when_guest_signs_in_with_provider(service: Service) {
    let Some(service) = with_provider(service, &[]) else {
        return;
    };
    let mut tab = Tab::default();
    let guest = tab.ask(&service, "POST", "/api/auth/guest", None).await;
    let guest = guest.is(201).body;
    let note = json!({"title": "of the guest"});
    let note = tab.ask(&service, "POST", "/api/notes", Some(note)).await;
    let note = note.is(201).body["id"].as_str().unwrap().to_owned();
    tab.ask(&service, "POST", "/api/me/identities", Some(json!({})))
        .await
        .problem(403, "guest_not_allowed");
    let before = tab.clone();
    let place = tab.sign_in(&service, &mut Browser::new(), "ada").await;
    assert_eq!(place, "/labels?sort=name");
    let ada = tab.account(&service).await;
    assert_eq!(ada["id"], guest["id"]);
    assert_eq!(
        (&ada["guest"], &ada["username"], &ada["email"]),
        (&json!(false), &json!("ada"), &json!("ada@example.com"))
    );
    assert!(ada.get("expiresAt").is_none());
    let path = format!("/api/notes/{note}");
    tab.ask(&service, "GET", &path, None).await.is(200);
    before
        .clone()
        .ask(&service, "GET", "/api/me", None)
        .await
        .is(401);

    // Who has an account already comes into it; what the guest had ends with the guest.
    let mut tab = Tab::default();
    tab.ask(&service, "POST", "/api/auth/guest", None)
        .await
        .is(201);
    tab.sign_in(&service, &mut Browser::new(), "ada").await;
    assert_eq!(tab.account(&service).await["id"], guest["id"]);
    // The counter of guests says how many there are.
    let db = service.app.store.db();
    let text = "SELECT value FROM counters WHERE name = 'guests'";
    let count = Statement::from_string(db.get_database_backend(), text);
    let row = db.query_one_raw(count).await.unwrap().unwrap();
    assert_eq!(row.try_get_by_index::<i64>(0).unwrap(), 1);
}

async fn applies_registration_setting_to_provider_sign_in(service: Service) {
    let mut service = service;
    for (number, (usual, own, shown, expected)) in [
        ("closed", "", "closed", "/login#problem=registration_closed"),
        ("invite", "", "invite", "/login#problem=invite_required"),
        (
            "open",
            "closed",
            "closed",
            "/login#problem=registration_closed",
        ),
        ("closed", "open", "open", "/labels?sort=name"),
        ("open", "as-usual", "open", "/labels?sort=name"),
    ]
    .into_iter()
    .enumerate()
    {
        let more = [("REGISTRATION", usual), ("OIDC_REGISTRATION", own)];
        let Some(changed) = with_provider(service, &more) else {
            return;
        };
        service = changed;
        let options = service.request(None, "GET", "/api/auth/options", &[], None);
        let options = options.await.is(200).body;
        assert_eq!(options["provider"]["registration"], shown);
        let (tab, place) = sign_in(&service, &format!("person-{number}")).await;
        assert_eq!(place, expected, "{usual} {own}");
        assert_eq!(tab.is_signed_in(), expected.starts_with("/labels"));
    }
    let service = with_provider(service, &[("REGISTRATION", "invite")]).unwrap();
    // Who has an account needs no invite.
    assert_eq!(sign_in(&service, "person-3").await.1, "/labels?sort=name");
    let code = token::new_session_token().unwrap();
    let until = clock::now() + TimeDelta::days(1);
    let store = &service.app.store;
    store.create_invite(&code, until).await.unwrap();
    for expected in ["/", "/login#problem=validation_failed"] {
        let body = json!({ "inviteCode": code.expose_secret() });
        let mut tab = Tab::default();
        let name = format!("invited-{}", expected.len());
        let place = go(&mut tab, &service, "/api/auth/oidc/start", body, &name).await;
        assert_eq!(place, expected);
    }
}

async fn admits_only_configured_email_domains(service: Service) {
    let more = [("OIDC_EMAIL_DOMAINS", "example.org, Example.COM")];
    let Some(service) = with_provider(service, &more) else {
        return;
    };
    assert_eq!(sign_in(&service, "ada").await.1, "/labels?sort=name");
    for name in ["unverified-ada", "nameless-ada"] {
        assert_eq!(sign_in(&service, name).await.1, REFUSED);
    }
    // The rule holds for those who have an account, and for linking too.
    let more = [("OIDC_EMAIL_DOMAINS", "ample.com,example.com.evil.example")];
    let service = with_provider(service, &more).unwrap();
    assert_eq!(sign_in(&service, "ada").await.1, REFUSED);
    let mut eve = Tab::of(&service.person("eve").await);
    let place = link(&mut eve, &service, "eve").await;
    assert_eq!(place, "/settings#problem=address_not_allowed");
}

async fn rejects_provider_sign_in_to_disabled_account(service: Service) {
    let Some(service) = with_provider(service, &[]) else {
        return;
    };
    let (mut tab, _) = sign_in(&service, "ada").await;
    let store = &service.app.store;
    let account = store.find_account("ada").await.unwrap();
    store.disable_account(&account).await.unwrap();
    tab.ask(&service, "GET", "/api/me", None).await.is(401);
    let (tab, place) = sign_in(&service, "ada").await;
    assert_eq!(place, "/login#problem=account_disabled");
    assert!(!tab.is_signed_in());
    store.enable_account(&account).await.unwrap();
    assert_eq!(sign_in(&service, "ada").await.1, "/labels?sort=name");
}

/// The case: a person registers with an address of another user and links an identity; that user then resets the password and is alone in the
/// account.
async fn unlinks_identities_on_reset_of_unverified_address(service: Service) {
    let Some(service) = with_provider(service, &[]) else {
        return;
    };
    let store = &service.app.store;
    let mut eve = Tab::of(&service.person("ada").await);
    assert_eq!(link(&mut eve, &service, "eve").await, "/settings");
    let reset = async || {
        let link = store.create_link(Purpose::ResetPassword, "ada@example.com");
        let token = link.await.unwrap().unwrap().token;
        let body = json!({"token": token.expose_secret(), "newPassword": PASSWORD});
        let path = "/api/auth/password-reset/confirm";
        service
            .request(None, "POST", path, &[], Some(body))
            .await
            .is(204);
    };
    reset().await;
    let (mut eve, place) = sign_in(&service, "eve").await;
    assert_eq!(place, "/labels?sort=name");
    assert_eq!(eve.account(&service).await["username"], "eve");

    // Who has linked after the address was theirs keeps the link.
    let body = json!({"login": "ada", "password": PASSWORD});
    let mut ada = Tab::default();
    ada.ask(&service, "POST", "/api/auth/login", Some(body))
        .await
        .is(200);
    assert_eq!(link(&mut ada, &service, "ada").await, "/settings");
    reset().await;
    let (mut ada, _) = sign_in(&service, "ada").await;
    assert_eq!(ada.account(&service).await["username"], "ada");
}

async fn requires_second_factor_when_configured(service: Service) {
    let Some(service) = with_provider(service, &[]) else {
        return;
    };
    let ada = service.person("ada").await;
    let mut tab = Tab::of(&ada);
    assert_eq!(link(&mut tab, &service, "ada").await, "/settings");
    let (_, codes) = turn_on(&service, &ada).await;
    let (tab, place) = sign_in(&service, "ada").await;
    assert_eq!(
        (place.as_str(), tab.is_signed_in()),
        ("/labels?sort=name", true)
    );

    let more = [("OIDC_SECOND_FACTOR", "account")];
    let service = with_provider(service, &more).unwrap();
    let (mut tab, place) = sign_in(&service, "ada").await;
    assert_eq!(place, "/login#problem=second_factor_required");
    assert!(!tab.is_signed_in());
    let body = json!({ "recoveryCode": codes[0] });
    tab.ask(&service, "POST", "/api/auth/second-factor", Some(body))
        .await
        .is(200);
    assert_eq!(tab.account(&service).await["username"], "ada");
}

async fn shows_and_unlinks_identities_by_operator(site: Site) {
    let Some(issuer) = issuer() else {
        return;
    };
    let given = variables(&issuer, &[("DATABASE_URL", &site.url)]);
    let given: Vec<_> = given
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(run(&["migrate", "up"], &given).code, Some(0));
    let store = notes_service::store::Store::new(
        site.open().await,
        notes_service::domain::limits::AccountLimits::default(),
    );
    let service = with_provider(Service::over(store), &[]).unwrap();
    let (mut tab, _) = sign_in(&service, "ada").await;
    let shown = run(&["user", "show", "ada"], &given);
    let line = format!("identity       ada at {issuer} (ada@example.com), since ");
    assert!(shown.output.contains(&line), "{shown:?}");
    let shown = run(&["user", "show", "ada", "--json"], &given);
    let shown: Value = serde_json::from_str(&shown.output).unwrap();
    assert_eq!(shown["identities"][0]["subject"], "ada");
    assert_eq!(shown["identities"][0]["issuer"], issuer);
    let unlinked = run(&["user", "unlink", "ada"], &given);
    assert_eq!(
        (unlinked.code, unlinked.output.trim()),
        (
            Some(0),
            "unlinked ada from 1 identities; all sessions and access tokens have ended"
        )
    );
    tab.ask(&service, "GET", "/api/me", None).await.is(401);
    assert_eq!(sign_in(&service, "ada").await.1, UNLINKED);
}

async fn refuses_to_unlink_when_other_methods_are_disabled(service: Service) {
    let Some(service) = with_provider(service, &[]) else {
        return;
    };
    let service = on_page(service);
    let ada = service.person("ada").await;
    add(&service, &ada, "phone").await;
    let mut tab = Tab::of(&ada);
    assert_eq!(link(&mut tab, &service, "ada").await, "/settings");
    let id = identities(&mut tab, &service).await[0]["id"].clone();
    let path = format!("/api/me/identities/{}", id.as_str().unwrap());
    // As an account that was made without a password.
    execute(&service, "UPDATE users SET password_hash = NULL", vec![]).await;
    assert_eq!(confirm(&mut tab, &service, "ada").await, "/settings");
    let without = service.replica();
    let mut settings = without.app.settings.clone();
    settings.passkeys = None;
    let without = without.with(settings);
    tab.ask(&without, "DELETE", &path, Some(json!({})))
        .await
        .problem(409, "last_way_in");
    tab.ask(&service, "DELETE", &path, Some(json!({})))
        .await
        .is(204);
}

async fn sends_mail_on_identity_changes(service: Service) {
    let Some(service) = with_provider(service, &[]) else {
        return;
    };
    let (service, mut sink) = with_mail(service).await;
    let mut tab = Tab::of(&service.person("ada").await);
    assert_eq!(link(&mut tab, &service, "ada").await, "/settings");
    let text = sink.next().await.data.replace("=\r\n", "");
    assert!(
        text.contains("identity at the provider was linked"),
        "{text}"
    );
    // It is linked already.
    assert_eq!(link(&mut tab, &service, "ada").await, "/settings");
    assert!(sink.is_silent().await);
    let id = identities(&mut tab, &service).await[0]["id"].clone();
    let path = format!("/api/me/identities/{}", id.as_str().unwrap());
    let body = json!({"currentPassword": PASSWORD});
    tab.ask(&service, "DELETE", &path, Some(body)).await.is(204);
    let text = sink.next().await.data.replace("=\r\n", "");
    assert!(
        text.contains("identity at the provider was unlinked"),
        "{text}"
    );
}

async fn redirects_sign_out_to_the_provider(service: Service) {
    let Some(service) = with_provider(service, &[]) else {
        return;
    };
    let (mut tab, _) = sign_in(&service, "ada").await;
    let gone = tab.ask(&service, "POST", "/api/auth/logout", None).await;
    let gone = gone.is(204);
    let address = gone.header("location");
    assert!(
        address.starts_with(&format!("{}/session/end?", issuer().unwrap())),
        "{address}"
    );
    assert_eq!(parameter(address, "client_id"), "notes");
    assert_eq!(
        parameter(address, "post_logout_redirect_uri"),
        "https://notes.example.com/"
    );
    // The provider knows the client and the address, and asks the person.
    let page = reqwest::get(address).await.unwrap();
    assert_eq!(page.status(), 200);
    assert!(page.text().await.unwrap().contains("logout"));
    // Whoever signed in otherwise, or is signed out, stays here.
    let mut others = Tab::of(&service.person("grace").await);
    for tab in [&mut others, &mut tab] {
        let gone = tab.ask(&service, "POST", "/api/auth/logout", None).await;
        assert!(!gone.is(204).headers.contains_key("location"));
    }
}
