//! Tests of sign-ins through the provider on this machine, and of sign-ins that fail.

use notes_service::auth::rates::Rate;
use poem::http::header;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

use super::{Tab, parameter, variables, with_provider};
use crate::support::process::run;
use crate::support::provider::{Browser, CALLBACK, CLIENT_SECRET, Does, issuer};
use crate::support::{Service, on_both_databases};

on_both_databases!(
    signs_in_through_provider_by_page_and_link,
    sends_state_nonce_and_pkce_to_provider,
    signs_in_with_each_client_authentication,
    accepts_callback_once_in_its_browser_only,
    keeps_sign_ins_of_two_tabs_separate,
    completes_sign_in_on_another_replica,
    reports_sign_in_aborted_at_provider,
    rejects_return_paths_outside_the_page,
    limits_rate_of_provider_sign_in_starts,
    reports_sign_in_off_without_provider,
);

const EXPIRED: &str = "/login#problem=sign_in_expired";

async fn signs_in_through_provider_by_page_and_link(service: Service) {
    let Some(service) = with_provider(service, &[]) else {
        return;
    };
    let options = service.request(None, "GET", "/api/auth/options", &[], None);
    assert_eq!(
        options.await.is(200).body["provider"],
        json!({"name": "Example", "registration": "open"})
    );
    let (mut tab, mut browser) = (Tab::default(), Browser::new());
    let place = tab.sign_in(&service, &mut browser, "ada").await;
    assert_eq!(place, "/labels?sort=name");
    let ada = tab.account(&service).await;
    assert_eq!(
        (&ada["username"], &ada["email"], &ada["emailVerified"]),
        (&json!("ada"), &json!("ada@example.com"), &json!(true))
    );
    assert_eq!(ada["guest"], false);

    // Another tab, by a link: the provider knows the browser, and asks nothing.
    let mut tab = Tab::default();
    let sent = tab.ask(&service, "GET", "/api/auth/oidc/start", None).await;
    let address = sent.is(303).header("location").to_owned();
    let back = browser.walk(&address, Does::SignIn("nobody else")).await;
    assert_eq!(tab.follow_callback(&service, &back).await, "/");
    assert_eq!(browser.forms, 1);
    let again = tab.account(&service).await;
    assert_eq!(again["id"], ada["id"]);
    let identities = tab.ask(&service, "GET", "/api/me/identities", None).await;
    let identities = identities.is(200).body;
    assert_eq!(identities["items"].as_array().unwrap().len(), 1);
    let identity = &identities["items"][0];
    assert_eq!(identity["label"], "ada@example.com");
    assert_eq!(identity["issuer"], issuer().unwrap());
    assert!(identity["lastUsedAt"].is_string(), "{identity}");
    assert!(identity.get("subject").is_none());
}

async fn sends_state_nonce_and_pkce_to_provider(service: Service) {
    let Some(service) = with_provider(service, &[]) else {
        return;
    };
    let mut tab = Tab::default();
    let address = tab.start(&service).await;
    for (name, value) in [
        ("client_id", "notes"),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("code_challenge_method", "S256"),
        ("scope", "openid email profile"),
    ] {
        assert_eq!(parameter(&address, name), value);
    }
    for name in ["state", "nonce", "code_challenge"] {
        assert_eq!(parameter(&address, name).len(), 43, "{name}");
    }
    let cookie = &tab.cookies["__Host-notes_oidc"];
    assert!(!address.contains(cookie), "the cookie is nobody's business");
    assert!(!address.contains(CLIENT_SECRET));
    let again = tab.start(&service).await;
    for name in ["state", "nonce", "code_challenge"] {
        assert_ne!(parameter(&address, name), parameter(&again, name), "{name}");
    }
    // Nothing in the database ends a sign-in.
    let text = "SELECT state_hash, browser_hash FROM sign_in_flows";
    let db = service.app.store.db();
    let rows = Statement::from_string(db.get_database_backend(), text);
    for row in db.query_all_raw(rows).await.unwrap() {
        for column in 0..2 {
            let hash: Vec<u8> = row.try_get_by_index(column).unwrap();
            assert_eq!(hash.len(), 32);
            assert_ne!(hash, parameter(&address, "state").as_bytes());
        }
    }
}

async fn signs_in_with_each_client_authentication(service: Service) {
    let mut service = service;
    for (client, secret) in [
        ("notes-post", CLIENT_SECRET),
        ("notes-es256", CLIENT_SECRET),
        ("notes-public", ""),
    ] {
        let more = [("OIDC_CLIENT_ID", client), ("OIDC_CLIENT_SECRET", secret)];
        let Some(changed) = with_provider(service, &more) else {
            return;
        };
        service = changed;
        let mut tab = Tab::default();
        let place = tab.sign_in(&service, &mut Browser::new(), "ada").await;
        assert_eq!(place, "/labels?sort=name", "{client}");
        assert!(tab.is_signed_in());
    }
    let more = [("OIDC_CLIENT_SECRET", "a wrong secret")];
    let service = with_provider(service, &more).unwrap();
    let place = Tab::default()
        .sign_in(&service, &mut Browser::new(), "ada")
        .await;
    assert_eq!(place, "/login#problem=provider_unavailable");
}

async fn accepts_callback_once_in_its_browser_only(service: Service) {
    let Some(service) = with_provider(service, &[]) else {
        return;
    };
    let (mut tab, mut browser) = (Tab::default(), Browser::new());
    let address = tab.start(&service).await;
    let back = browser.walk(&address, Does::SignIn("ada")).await;

    // Somebody whom the answer was given to, with and without a sign-in of their own.
    let mut eve = Tab::default();
    assert_eq!(eve.follow_callback(&service, &back).await, EXPIRED);
    eve.start(&service).await;
    assert_eq!(eve.follow_callback(&service, &back).await, EXPIRED);
    assert!(!eve.is_signed_in());
    for wrong in [
        "/api/auth/oidc/callback",
        "/api/auth/oidc/callback?code=x",
        "/api/auth/oidc/callback?code=x&state=y",
        "/api/auth/oidc/callback?code=x&state=%00&iss=z",
        "/api/auth/oidc/callback?error=access_denied",
    ] {
        assert_eq!(
            tab.follow_callback(&service, wrong).await,
            EXPIRED,
            "{wrong}"
        );
    }

    // Nobody has used it up; parameters that the provider adds are ignored.
    let back = format!("{back}&session_state=abc&unknown=x");
    assert_eq!(
        tab.follow_callback(&service, &back).await,
        "/labels?sort=name"
    );
    let mut again = tab.clone();
    assert_eq!(again.follow_callback(&service, &back).await, EXPIRED);
    // A sign-in that has failed is left as it was, and the session with it.
    tab.account(&service).await;

    let address = tab.start(&service).await;
    let back = browser.walk(&address, Does::SignIn("ada")).await;
    let late = "UPDATE sign_in_flows SET expires_at = $1";
    let past = notes_service::clock::now() - chrono::TimeDelta::seconds(1);
    let db = service.app.store.db();
    let late = Statement::from_sql_and_values(db.get_database_backend(), late, [past.into()]);
    db.execute_raw(late).await.unwrap();
    assert_eq!(tab.follow_callback(&service, &back).await, EXPIRED);
    assert!(service.app.store.remove_expired_flows().await.unwrap() >= 2);
}

async fn keeps_sign_ins_of_two_tabs_separate(service: Service) {
    let Some(service) = with_provider(service, &[]) else {
        return;
    };
    let (mut tab, mut ada, mut bob) = (Tab::default(), Browser::new(), Browser::new());
    let first = tab.start(&service).await;
    let second = tab.start(&service).await;
    let first = ada.walk(&first, Does::SignIn("ada")).await;
    let second = bob.walk(&second, Does::SignIn("bob")).await;

    // The code of one with the state of the other: PKCE holds them apart.
    let code = |path: &str| parameter(&format!("https://x{path}"), "code");
    let mixed = first.replace(&code(&first), &code(&second));
    let place = tab.clone().follow_callback(&service, &mixed).await;
    assert_eq!(place, "/login#problem=sign_in_failed");

    let third = tab.start(&service).await;
    let third = ada.walk(&third, Does::SignIn("ada")).await;
    assert_eq!(
        tab.follow_callback(&service, &third).await,
        "/labels?sort=name"
    );
    assert_eq!(tab.account(&service).await["username"], "ada");
}

async fn completes_sign_in_on_another_replica(service: Service) {
    let Some(service) = with_provider(service, &[]) else {
        return;
    };
    let replica = with_provider(service.replica(), &[]).unwrap();
    let mut tab = Tab::default();
    let address = tab.start(&service).await;
    let back = Browser::new().walk(&address, Does::SignIn("ada")).await;
    // By both at once: one ends it.
    let (mut here, mut there) = (tab.clone(), tab.clone());
    let places = tokio::join!(
        here.follow_callback(&service, &back),
        there.follow_callback(&replica, &back)
    );
    let mut places = [places.0, places.1];
    places.sort();
    assert_eq!(
        places,
        ["/labels?sort=name", "/login#problem=sign_in_expired"]
    );
    let mut tab = if here.is_signed_in() { here } else { there };
    assert_eq!(tab.account(&replica).await["username"], "ada");
}

async fn reports_sign_in_aborted_at_provider(service: Service) {
    let Some(service) = with_provider(service, &[]) else {
        return;
    };
    let mut tab = Tab::default();
    let address = tab.start(&service).await;
    let back = Browser::new().walk(&address, Does::Abort).await;
    assert!(back.contains("error=access_denied"), "{back}");
    let place = tab.follow_callback(&service, &back).await;
    assert_eq!(place, "/login#problem=sign_in_refused");
    assert!(!tab.is_signed_in());
}

async fn rejects_return_paths_outside_the_page(service: Service) {
    let Some(service) = with_provider(service, &[]) else {
        return;
    };
    for path in [
        "//evil.example",
        "https://evil.example",
        "/\\evil",
        "/api/me",
    ] {
        let body = json!({ "returnTo": path });
        let answer = service.request(None, "POST", "/api/auth/oidc/start", &[], Some(body));
        let answer = answer.await.problem(422, "validation_failed");
        assert_eq!(answer.body["errors"][0]["field"], "/returnTo");
    }
    let linked = "/api/auth/oidc/start?returnTo=%2F%2Fevil.example";
    let answer = service.request(None, "GET", linked, &[], None).await;
    let answer = answer.problem(422, "validation_failed");
    assert_eq!(answer.body["errors"][0]["field"], "returnTo");
    let unknown = "/api/auth/oidc/start?return_to=%2F";
    service
        .request(None, "GET", unknown, &[], None)
        .await
        .problem(422, "validation_failed");
}

async fn limits_rate_of_provider_sign_in_starts(service: Service) {
    let Some(service) = with_provider(service, &[]) else {
        return;
    };
    let mut settings = service.app.settings.clone();
    settings.accounts.rates.go_to_provider = Rate::new(3, 3_600);
    let service = service.with(settings);
    let mut tab = Tab::default();
    for _ in 0..3 {
        tab.start(&service).await;
    }
    let body = Some(json!({}));
    tab.ask(&service, "POST", "/api/auth/oidc/start", body)
        .await
        .problem(429, "rate_limited");
    let place = tab.ask(&service, "GET", "/api/auth/oidc/start", None).await;
    let place = place.is(303).header("location").to_owned();
    assert_eq!(place, "/login#problem=rate_limited");
}

async fn reports_sign_in_off_without_provider(service: Service) {
    let options = service.request(None, "GET", "/api/auth/options", &[], None);
    assert!(options.await.is(200).body.get("provider").is_none());
    let body = Some(json!({}));
    let start = service.request(None, "POST", "/api/auth/oidc/start", &[], body);
    start.await.problem(409, "sign_in_off");
    for path in [
        "/api/auth/oidc/start",
        "/api/auth/oidc/callback?code=x&state=y",
    ] {
        let answer = service.request(None, "GET", path, &[], None).await.is(303);
        assert_eq!(answer.header("location"), "/login#problem=sign_in_off");
        assert!(answer.headers.get(header::SET_COOKIE).is_none());
    }
    let ada = service.person("ada").await;
    for path in ["/api/me/identities", "/api/me/confirmation"] {
        service
            .json(&ada, "POST", path, json!({}))
            .await
            .problem(409, "sign_in_off");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn checks_provider_in_doctor() {
    let Some(issuer) = issuer() else {
        return;
    };
    for (issuer, code, said) in [
        (
            issuer.as_str(),
            0,
            "good  provider       responds; users sign in at ",
        ),
        (
            &format!("{issuer}/"),
            1,
            "bad   provider       the provider is unavailable: the issuer in its discovery document differs from OIDC_ISSUER",
        ),
        (
            "http://127.0.0.1:1",
            1,
            "bad   provider       the provider is unavailable: no connection",
        ),
    ] {
        let mut given = variables(issuer, &[]);
        given.insert("DATABASE_URL".to_owned(), "sqlite::memory:".to_owned());
        let given: Vec<_> = given
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let ran = run(&["doctor"], &given);
        assert_eq!(ran.code, Some(code), "{ran:?}");
        assert!(ran.output.contains(said), "{ran:?}");
        assert!(!ran.output.contains(CLIENT_SECRET), "{ran:?}");
    }
}
