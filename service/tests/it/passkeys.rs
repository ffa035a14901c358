//! Tests of passkeys: registering, signing in with one alone or as second factor, renaming, removing, and invalid responses.

use notes_service::auth::passkeys::Passkeys;
use notes_service::auth::rates::Rate;
use notes_service::clock;
use serde_json::{Value, json};

use crate::accounts::{browser, execute, register, sign_in};
use crate::factors::{finish, password_shown, with_totp};
use crate::support::authenticator::{Device, ORIGIN, encode};
use crate::support::{
    Answer, PASSWORD, Person, Service, link_provider_identity, on_both_databases,
};

on_both_databases![
    signs_in_with_passkey_without_username,
    accepts_passkey_as_second_factor,
    accepts_challenge_once_on_all_replicas,
    rejects_invalid_passkey_responses,
    rejects_passkey_with_lower_signature_counter,
    binds_passkey_registration_to_its_session,
    rejects_removed_passkey,
    renames_and_lists_passkeys,
    refuses_to_remove_last_sign_in_method,
    refuses_to_remove_passkey_when_provider_is_off,
    limits_passkeys_per_user,
    disables_passkeys_without_public_url,
    accepts_recent_passkey_sign_in_instead_of_password,
    removes_all_factors_of_account_by_operator,
];

/// Returns the service with its public address and without rate limits.
pub(crate) fn on_page(service: Service) -> Service {
    let mut settings = service.app.settings.clone();
    settings.passkeys = Passkeys::new(ORIGIN);
    let many = Rate::new(10_000, 1);
    settings.accounts.rates.confirm_password = many;
    settings.accounts.rates.login_from_address = many;
    settings.accounts.rates.start_passkey = many;
    settings.accounts.rates.second_factor = many;
    settings.accounts.rates.second_factor_from_address = many;
    service.with(settings)
}

async fn options(service: &Service, who: &Person, path: &str, body: Option<Value>) -> Value {
    let answer = service.request(Some(who), "POST", path, &[], body).await;
    answer.is(200).body["options"].clone()
}

async fn creation(service: &Service, who: &Person) -> Value {
    let body = json!({"currentPassword": PASSWORD});
    options(service, who, "/api/passkeys/options", Some(body)).await
}

/// Registers a passkey with a new device.
pub(crate) async fn add(service: &Service, who: &Person, name: &str) -> (Device, Answer) {
    let (device, credential) = Device::create(&creation(service, who).await);
    let body = json!({"name": name, "credential": credential});
    let made = service.json(who, "POST", "/api/passkeys", body).await;
    (device, made.is(201))
}

fn signed_out() -> Person {
    Person {
        cookie: String::new(),
    }
}

/// Signs in by a passkey alone.
async fn enter(service: &Service, device: &mut Device) -> Answer {
    let path = "/api/auth/passkey";
    let asked = options(service, &signed_out(), "/api/auth/passkey/options", None).await;
    let credential = device.get(&asked);
    let body = json!({"credential": credential});
    service.json(&signed_out(), "POST", path, body).await
}

async fn signs_in_with_passkey_without_username(service: Service) {
    let service = on_page(service);
    let ways = service
        .request(None, "GET", "/api/auth/options", &[], None)
        .await;
    assert_eq!(ways.is(200).body["passkeys"], true);
    let ada = browser(&register(&service, "ada").await.is(201));
    let asked = creation(&service, &ada).await;
    assert_eq!(
        asked["rp"],
        json!({"id": "notes.example.com", "name": "Notes"})
    );
    assert_eq!(asked["attestation"], "none");
    assert_eq!(asked["authenticatorSelection"]["residentKey"], "preferred");
    assert_eq!(
        asked["authenticatorSelection"]["userVerification"],
        "required"
    );
    let (mut phone, made) = add(&service, &ada, " Ada's phone ").await;
    assert_eq!(made.body["passkey"]["name"], "Ada's phone");
    assert_eq!(made.body["recoveryCodes"].as_array().unwrap().len(), 10);
    let asked = creation(&service, &ada).await;
    assert_eq!(asked["excludeCredentials"].as_array().unwrap().len(), 1);

    let back = enter(&service, &mut phone).await.is(200);
    assert_eq!(back.body["username"], "ada");
    let back = browser(&back);
    service.send(&back, "GET", "/api/me").await.is(200);
    let sessions = service.send(&back, "GET", "/api/sessions").await.is(200);
    let current = sessions.body["items"].as_array().unwrap().iter();
    let mut current = current.filter(|session| session["current"] == true);
    assert_eq!(current.next().unwrap()["signedInBy"], json!(["passkey"]));
    // A second one brings no codes, and ends nothing.
    let (_, second) = add(&service, &ada, "key").await;
    assert!(second.body.get("recoveryCodes").is_none());
    service.send(&back, "GET", "/api/me").await.is(200);
}

async fn accepts_passkey_as_second_factor(service: Service) {
    let service = on_page(service);
    let ada = browser(&register(&service, "ada").await.is(201));
    let (mut phone, made) = add(&service, &ada, "phone").await;
    let waiting = password_shown(&service, "ada").await;
    let asked = service
        .send(&waiting, "GET", "/api/auth/second-factor")
        .await;
    assert_eq!(
        asked.is(200).body["factors"],
        json!(["passkey", "recoveryCode"])
    );
    let start = "/api/auth/second-factor/options";
    let asked = options(&service, &waiting, start, None).await;
    assert_eq!(asked["allowCredentials"].as_array().unwrap().len(), 1);
    assert_eq!(asked["userVerification"], "required");
    // Browsers leave out whose passkey it is where the list said so.
    phone.tells_user = false;
    let credential = phone.get(&asked);
    let back = finish(&service, &waiting, json!({"credential": credential})).await;
    let back = browser(&back.is(200));
    let sessions = service.send(&back, "GET", "/api/sessions").await.is(200);
    assert_eq!(
        sessions.body["items"][0]["signedInBy"],
        json!(["password", "passkey"])
    );

    // Another user's passkey is none, nor is one that answers another ceremony.
    let bob = browser(&register(&service, "bob").await.is(201));
    let (mut other, _) = add(&service, &bob, "phone").await;
    let waiting = password_shown(&service, "ada").await;
    let asked = options(&service, &waiting, start, None).await;
    finish(&service, &waiting, json!({"credential": other.get(&asked)}))
        .await
        .problem(401, "passkey_rejected");
    let alone = options(&service, &signed_out(), "/api/auth/passkey/options", None).await;
    finish(&service, &waiting, json!({"credential": phone.get(&alone)}))
        .await
        .problem(422, "validation_failed");
    let of_bob = password_shown(&service, "bob").await;
    let asked = options(&service, &of_bob, start, None).await;
    finish(&service, &waiting, json!({"credential": phone.get(&asked)}))
        .await
        .problem(422, "validation_failed");
    let code = made.body["recoveryCodes"][0].clone();
    finish(&service, &waiting, json!({"recoveryCode": code}))
        .await
        .is(200);
}

async fn accepts_challenge_once_on_all_replicas(service: Service) {
    let service = on_page(service);
    let other = on_page(service.replica());
    let ada = browser(&register(&service, "ada").await.is(201));
    // Begun on one, finished on the other.
    let (mut phone, credential) = Device::create(&creation(&service, &ada).await);
    let body = json!({"name": "phone", "credential": credential});
    other
        .json(&ada, "POST", "/api/passkeys", body.clone())
        .await
        .is(201);
    service
        .json(&ada, "POST", "/api/passkeys", body)
        .await
        .problem(422, "validation_failed");
    let asked = options(&service, &signed_out(), "/api/auth/passkey/options", None).await;
    let body = json!({"credential": phone.get(&asked)});
    let path = "/api/auth/passkey";
    let (who, again) = (signed_out(), signed_out());
    let both = tokio::join!(
        service.json(&who, "POST", path, body.clone()),
        other.json(&again, "POST", path, body.clone()),
    );
    let mut statuses = [both.0.status.as_u16(), both.1.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422]);
    let asked = options(&service, &signed_out(), "/api/auth/passkey/options", None).await;
    execute(
        &service,
        "UPDATE challenges SET expires_at = $1",
        vec![clock::now().into()],
    )
    .await;
    let body = json!({"credential": phone.get(&asked)});
    let late = service.json(&signed_out(), "POST", path, body).await;
    let late = late.problem(422, "validation_failed");
    assert_eq!(late.body["errors"][0]["code"], "unknown_challenge");
}

/// A change of an answer of a device.
type Change = fn(&mut Value);

async fn rejects_invalid_passkey_responses(service: Service) {
    let service = on_page(service);
    let ada = browser(&register(&service, "ada").await.is(201));
    let (mut phone, _) = add(&service, &ada, "phone").await;
    let path = "/api/auth/passkey";
    let start = "/api/auth/passkey/options";
    // Each a fresh challenge, so that nothing but the change is wrong.
    let changes: [(&str, Change); 5] = [
        ("/response/signature", |answer| {
            answer["response"]["signature"] = encode(b"no signature").into();
        }),
        ("/response/authenticatorData", |answer| {
            answer["response"]["authenticatorData"] = encode(&[5; 37]).into();
        }),
        ("/response/userHandle", |answer| {
            answer["response"]["userHandle"] = encode(&[7; 16]).into();
        }),
        ("no userHandle", |answer| {
            answer["response"]["userHandle"] = Value::Null;
        }),
        ("/rawId", |answer| {
            answer["rawId"] = encode(b"unknown").into();
            answer["id"] = answer["rawId"].clone();
        }),
    ];
    for (what, change) in changes {
        let asked = options(&service, &signed_out(), start, None).await;
        let mut credential = phone.get(&asked);
        change(&mut credential);
        let body = json!({"credential": credential});
        let answer = service.json(&signed_out(), "POST", path, body).await;
        assert_eq!(answer.status.as_u16(), 401, "{what}: {}", answer.body);
        assert_eq!(answer.body["code"], "passkey_rejected", "{what}");
    }
    for body in [
        json!({}),
        json!({"credential": null}),
        json!({"credential": 7}),
        json!({"credential": {"response": {"clientDataJSON": "!"}}}),
        json!({"credential": {"response": {"clientDataJSON": encode(b"{}")}}}),
        json!({"credential": {"response": {"clientDataJSON": encode(br#"{"challenge":"AAAA"}"#)}}}),
    ] {
        service
            .json(&signed_out(), "POST", path, body)
            .await
            .problem(422, "validation_failed");
    }
    phone.verifies = false;
    enter(&service, &mut phone)
        .await
        .problem(401, "passkey_rejected");
    phone.verifies = true;
    phone.origin = "https://notes.example.org";
    enter(&service, &mut phone)
        .await
        .problem(401, "passkey_rejected");
    phone.origin = ORIGIN;
    enter(&service, &mut phone).await.is(200);
    // A new passkey of a device that has not verified its user, or of another page.
    for (verifies, origin) in [(false, ORIGIN), (true, "https://evil.example.com")] {
        let asked = creation(&service, &ada).await;
        let (mut device, _) = Device::create(&asked);
        (device.verifies, device.origin) = (verifies, origin);
        let body = json!({"name": "x", "credential": device.registration(&asked)});
        service
            .json(&ada, "POST", "/api/passkeys", body)
            .await
            .problem(422, "validation_failed");
    }
}

async fn rejects_passkey_with_lower_signature_counter(service: Service) {
    let service = on_page(service);
    let ada = browser(&register(&service, "ada").await.is(201));
    let (mut phone, _) = add(&service, &ada, "phone").await;
    phone.counter = 41;
    enter(&service, &mut phone).await.is(200);
    // The copy has signed less often.
    phone.counter = 40;
    enter(&service, &mut phone)
        .await
        .problem(401, "passkey_rejected");
    phone.counter = 42;
    enter(&service, &mut phone).await.is(200);
}

async fn binds_passkey_registration_to_its_session(service: Service) {
    let service = on_page(service);
    let ada = browser(&register(&service, "ada").await.is(201));
    let bob = browser(&register(&service, "bob").await.is(201));
    let laptop = browser(&sign_in(&service, "ada", PASSWORD).await.is(200));
    let path = "/api/passkeys";
    let (device, credential) = Device::create(&creation(&service, &ada).await);
    let body = json!({"name": "phone", "credential": credential});
    for other in [&bob, &laptop] {
        service
            .json(other, "POST", path, body.clone())
            .await
            .problem(422, "validation_failed");
    }
    service.json(&ada, "POST", path, body).await.is(201);
    // A device is nobody else's, and not twice somebody's: browsers heed `excludeCredentials`, others may not.
    for (who, status, code) in [(&ada, 422, "validation_failed"), (&bob, 409, "conflict")] {
        let asked = creation(&service, who).await;
        let body = json!({"name": "again", "credential": device.registration(&asked)});
        service
            .json(who, "POST", path, body)
            .await
            .problem(status, code);
    }
    // The second ceremony of a session gives up the first one.
    let first = creation(&service, &ada).await;
    creation(&service, &ada).await;
    let (_, credential) = Device::create(&first);
    let body = json!({"name": "late", "credential": credential});
    service
        .json(&ada, "POST", path, body)
        .await
        .problem(422, "validation_failed");
}

async fn rejects_removed_passkey(service: Service) {
    let service = on_page(service);
    let ada = browser(&register(&service, "ada").await.is(201));
    let (mut phone, made) = add(&service, &ada, "phone").await;
    let there = browser(&enter(&service, &mut phone).await.is(200));
    let id = made.body["passkey"]["id"].as_str().unwrap();
    let path = format!("/api/passkeys/{id}");
    let bob = browser(&register(&service, "bob").await.is(201));
    let body = json!({"currentPassword": PASSWORD});
    service
        .json(&bob, "DELETE", &path, body.clone())
        .await
        .problem(404, "not_found");
    service
        .json(&ada, "DELETE", &path, json!({}))
        .await
        .problem(403, "recent_sign_in_required");
    // A challenge from before is none any more, and a new one does not help.
    let before = options(&service, &signed_out(), "/api/auth/passkey/options", None).await;
    service
        .json(&ada, "DELETE", &path, body.clone())
        .await
        .is(204);
    service.send(&there, "GET", "/api/me").await.is(401);
    service.send(&ada, "GET", "/api/me").await.is(200);
    let answer = json!({"credential": phone.get(&before)});
    service
        .json(&signed_out(), "POST", "/api/auth/passkey", answer)
        .await
        .problem(401, "passkey_rejected");
    enter(&service, &mut phone)
        .await
        .problem(401, "passkey_rejected");
    service
        .json(&ada, "DELETE", &path, body)
        .await
        .problem(404, "not_found");
    // The last factor took its recovery codes along: the password is enough again.
    sign_in(&service, "ada", PASSWORD).await.is(200);
    assert_eq!(crate::factors::count(&service, "recovery_codes").await, 0);
}

async fn renames_and_lists_passkeys(service: Service) {
    let service = on_page(service);
    let ada = browser(&register(&service, "ada").await.is(201));
    let (mut phone, made) = add(&service, &ada, "phone").await;
    add(&service, &ada, "key").await;
    enter(&service, &mut phone).await.is(200);
    let path = format!(
        "/api/passkeys/{}",
        made.body["passkey"]["id"].as_str().unwrap()
    );
    let change = json!({"name": " Ada's phone "});
    let renamed = service.json(&ada, "PATCH", &path, change.clone()).await;
    assert_eq!(renamed.is(200).body["name"], "Ada's phone");
    let list = service.send(&ada, "GET", "/api/passkeys").await.is(200);
    let items = list.body["items"].as_array().unwrap();
    let names: Vec<_> = items.iter().map(|item| &item["name"]).collect();
    assert_eq!(names, ["key", "Ada's phone"]);
    assert!(items[0].get("lastUsedAt").is_none());
    assert!(items[1]["lastUsedAt"].is_string());
    let text = list.body.to_string();
    assert!(!text.contains("cred"), "no key is told: {text}");
    for (who, body, status) in [
        (&ada, json!({"name": " "}), 422),
        (&ada, json!({"name": "x".repeat(101)}), 422),
        (&ada, json!({}), 422),
        (&browser(&register(&service, "bob").await), change, 404),
    ] {
        service.json(who, "PATCH", &path, body).await.is(status);
    }
}

async fn refuses_to_remove_last_sign_in_method(service: Service) {
    let service = on_page(service);
    let ada = browser(&register(&service, "ada").await.is(201));
    let (mut phone, first) = add(&service, &ada, "phone").await;
    let (mut key, second) = add(&service, &ada, "key").await;
    // As an account that was made without a password.
    execute(&service, "UPDATE users SET password_hash = NULL", vec![]).await;
    let ada = browser(&enter(&service, &mut phone).await.is(200));
    let path = |made: &Answer| {
        let id = made.body["passkey"]["id"].as_str().unwrap();
        format!("/api/passkeys/{id}")
    };
    service
        .json(&ada, "DELETE", &path(&first), json!({}))
        .await
        .is(204);
    service
        .json(&ada, "DELETE", &path(&second), json!({}))
        .await
        .problem(409, "last_way_in");
    enter(&service, &mut key).await.is(200);
}

async fn limits_passkeys_per_user(service: Service) {
    let service = on_page(service);
    let ada = browser(&register(&service, "ada").await.is(201));
    for number in 0..20 {
        add(&service, &ada, &format!("device {number}")).await;
    }
    let (_, credential) = Device::create(&creation(&service, &ada).await);
    let body = json!({"name": "one more", "credential": credential});
    service
        .json(&ada, "POST", "/api/passkeys", body)
        .await
        .problem(409, "limit_reached");
}

async fn disables_passkeys_without_public_url(service: Service) {
    let ada = browser(&register(&service, "ada").await.is(201));
    let password = json!({"currentPassword": PASSWORD});
    for (path, body) in [
        ("/api/passkeys/options", Some(password)),
        (
            "/api/passkeys",
            Some(json!({"name": "x", "credential": {}})),
        ),
        ("/api/auth/passkey/options", None),
        ("/api/auth/passkey", Some(json!({"credential": {}}))),
        ("/api/auth/second-factor/options", None),
    ] {
        service
            .request(Some(&ada), "POST", path, &[], body)
            .await
            .problem(409, "passkeys_off");
    }
    let ways = service
        .request(None, "GET", "/api/auth/options", &[], None)
        .await;
    assert_eq!(ways.is(200).body["passkeys"], false);
    for origin in ["http://127.0.0.1:8080", "http://[::1]:8080", "nonsense"] {
        assert!(Passkeys::new(origin).is_none(), "{origin}");
    }
    for origin in ["http://localhost:8080", "https://notes.example.com"] {
        assert!(Passkeys::new(origin).is_some(), "{origin}");
    }
}

async fn accepts_recent_passkey_sign_in_instead_of_password(service: Service) {
    let service = on_page(service);
    let (ada, _, _) = with_totp(&service, "ada").await;
    let (mut phone, _) = add(&service, &ada, "phone").await;
    let start = "/api/passkeys/options";
    service
        .json(&ada, "POST", start, json!({}))
        .await
        .problem(403, "recent_sign_in_required");
    // No second factor is asked for: the device has verified its user.
    let there = browser(&enter(&service, &mut phone).await.is(200));
    service.json(&there, "POST", start, json!({})).await.is(200);
    execute(
        &service,
        "UPDATE sessions SET created_at = $1",
        vec![(clock::now() - chrono::TimeDelta::minutes(10)).into()],
    )
    .await;
    service
        .json(&there, "POST", start, json!({}))
        .await
        .problem(403, "recent_sign_in_required");
}

async fn removes_all_factors_of_account_by_operator(service: Service) {
    let service = on_page(service);
    let (ada, _, _) = with_totp(&service, "ada").await;
    let (mut phone, _) = add(&service, &ada, "phone").await;
    let (bob, _, _) = with_totp(&service, "bob").await;
    let store = &service.app.store;
    let account = store.find_account("ada").await.unwrap();
    let removed = store.remove_factors(&account).await.unwrap();
    assert!(removed.totp_since.is_some());
    assert_eq!((removed.passkeys, removed.recovery_codes), (1, 10));
    assert!(!store.factors_of(&account).await.unwrap().has_any());
    service.send(&ada, "GET", "/api/me").await.is(401);
    service.send(&bob, "GET", "/api/me").await.is(200);
    enter(&service, &mut phone)
        .await
        .problem(401, "passkey_rejected");
    sign_in(&service, "ada", PASSWORD).await.is(200);
    password_shown(&service, "bob").await;
}

async fn refuses_to_remove_passkey_when_provider_is_off(service: Service) {
    let service = on_page(service);
    let ada = service.person("ada").await;
    let (mut phone, made) = add(&service, &ada, "phone").await;
    link_provider_identity(&service, &ada).await;
    execute(&service, "UPDATE users SET password_hash = NULL", vec![]).await;
    let ada = browser(&enter(&service, &mut phone).await.is(200));
    let path = format!(
        "/api/passkeys/{}",
        made.body["passkey"]["id"].as_str().unwrap()
    );
    service
        .json(&ada, "DELETE", &path, json!({}))
        .await
        .problem(409, "last_way_in");
}
