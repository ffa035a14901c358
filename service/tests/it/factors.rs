//! Tests of codes of an authenticator app and of recovery codes: enabling, disabling, and the second step of a sign-in.

use notes_service::auth::rates::Rate;
use notes_service::auth::seal::Seal;
use notes_service::clock;
use notes_service::error::Code;
use notes_service::store::factors::PresenceProof;
use notes_service::store::mailed_links::Purpose;
use notes_service::store::sessions::Freshness;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret, Totp};
use uuid::Uuid;

use crate::accounts::{browser, execute, register, sign_in};
use crate::support::{Answer, PASSWORD, Person, Service, on_both_databases};

on_both_databases![
    rejects_factor_changes_of_ended_session,
    requires_totp_code_after_password,
    accepts_totp_code_once_on_all_replicas,
    accepts_recovery_code_once,
    replaces_old_recovery_codes,
    ends_sign_in_after_wrong_codes_and_limits_rate,
    binds_pending_sign_in_to_browser_and_time,
    cancels_pending_sign_ins_on_password_change,
    rejects_second_factor_of_disabled_account,
    requires_proof_to_enable_and_disable_totp,
    ends_other_sessions_when_totp_changes,
    encrypts_totp_secret_bound_to_its_user,
    deletes_factors_with_account_and_omits_them_from_export,
    rejects_second_factors_for_guests,
    removes_expired_challenges,
    removes_factors_on_reset_of_unverified_address,
];

/// Returns the service with rate limits that tests do not reach.
fn unlimited(service: Service) -> Service {
    let mut settings = service.app.settings.clone();
    let rates = &mut settings.accounts.rates;
    let many = Rate::new(10_000, 1);
    rates.second_factor = many;
    rates.second_factor_from_address = many;
    rates.login_as_name = many;
    rates.login_from_address = many;
    rates.confirm_password = many;
    service.with(settings)
}

fn app(secret: &str) -> Totp {
    let secret = Secret::try_from_base32(secret).unwrap();
    Builder::new().with_secret(secret).build().unwrap()
}

/// Returns the code of a time step, relative to the present one.
fn code(secret: &str, steps: i64) -> String {
    let seconds = clock::now().timestamp() + 30 * steps;
    app(secret)
        .generate(seconds.try_into().unwrap())
        .to_string()
}

/// Creates a person with an authenticator app: session, secret and recovery codes. No code counts as used.
pub(crate) async fn with_totp(service: &Service, name: &str) -> (Person, String, Vec<String>) {
    let person = browser(&register(service, name).await.is(201));
    let (secret, codes) = turn_on(service, &person).await;
    (person, secret, codes)
}

pub(crate) async fn turn_on(service: &Service, person: &Person) -> (String, Vec<String>) {
    let body = json!({"currentPassword": PASSWORD});
    let made = service.json(person, "POST", "/api/me/totp", body).await;
    let made = made.is(200).body;
    let secret = made["secret"].as_str().unwrap().to_owned();
    let uri = made["uri"].as_str().unwrap();
    let name = match service.app.settings.passkeys {
        Some(_) => "notes.example.com",
        None => "Notes",
    };
    assert!(
        uri.starts_with(&format!("otpauth://totp/{name}:"))
            && uri.contains(&format!("?secret={secret}&issuer={name}")),
        "{uri}"
    );
    let body = json!({"code": code(&secret, 0)});
    let on = service.json(person, "POST", "/api/me/totp/confirm", body);
    let codes = texts(&on.await.is(200));
    forget_steps(service).await;
    (secret, codes)
}

fn texts(answer: &Answer) -> Vec<String> {
    let codes = answer.body["recoveryCodes"].as_array().unwrap();
    codes
        .iter()
        .map(|code| code.as_str().unwrap().to_owned())
        .collect()
}

/// Returns a browser after the password step, which waits for the second factor.
pub(crate) async fn password_shown(service: &Service, name: &str) -> Person {
    let answer = sign_in(service, name, PASSWORD).await;
    let answer = answer.problem(401, "second_factor_required");
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-notes_sign_in="), "{cookie}");
    assert!(
        cookie.ends_with("; Path=/; Max-Age=300; HttpOnly; Secure; SameSite=Lax"),
        "{cookie}"
    );
    browser(&answer)
}

pub(crate) async fn finish(service: &Service, who: &Person, body: Value) -> Answer {
    let path = "/api/auth/second-factor";
    service.json(who, "POST", path, body).await
}

/// Makes used codes valid again, as if time had passed.
async fn forget_steps(service: &Service) {
    execute(service, "UPDATE totp_secrets SET last_step = 0", vec![]).await;
}

async fn requires_totp_code_after_password(service: Service) {
    let (ada, secret, codes) = with_totp(&service, "ada").await;
    assert_eq!(codes.len(), 10);
    let factors = service.send(&ada, "GET", "/api/me/factors").await.is(200);
    assert_eq!(factors.body["secondStep"], true);
    assert_eq!(factors.body["totp"], true);
    assert_eq!(factors.body["recoveryCodesLeft"], 10);

    // Neither a wrong password nor nobody's name tells that there is a second step.
    sign_in(&service, "ada", "wrong horse battery")
        .await
        .problem(401, "invalid_credentials");
    let waiting = password_shown(&service, "ADA@example.com").await;
    service
        .send(&waiting, "GET", "/api/me")
        .await
        .problem(401, "unauthenticated");
    let asked = service
        .send(&waiting, "GET", "/api/auth/second-factor")
        .await;
    assert_eq!(
        asked.is(200).body["factors"],
        json!(["totp", "recoveryCode"])
    );
    let wrong = json!({"code": "000000"});
    let wrong = finish(&service, &waiting, wrong).await;
    let wrong = wrong.problem(422, "validation_failed");
    assert_eq!(wrong.body["errors"][0]["code"], "wrong_code");
    let spaced = code(&secret, 0);
    let spaced = format!("{} {}", &spaced[..3], &spaced[3..]);
    let back = finish(&service, &waiting, json!({"code": spaced})).await;
    let back = browser(&back.is(200));
    service.send(&back, "GET", "/api/me").await.is(200);
    // It has waited, and waits no more.
    finish(&service, &waiting, json!({"code": code(&secret, 1)}))
        .await
        .problem(401, "no_pending_sign_in");

    let sessions = service.send(&back, "GET", "/api/sessions").await.is(200);
    let ways: Vec<_> = sessions.body["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|session| session["signedInBy"].clone())
        .collect();
    assert!(ways.contains(&json!(["password", "totp"])), "{ways:?}");
    assert!(ways.contains(&json!(["password"])), "{ways:?}");
}

async fn accepts_totp_code_once_on_all_replicas(service: Service) {
    let service = unlimited(service);
    let (_, secret, _) = with_totp(&service, "ada").await;
    let other = unlimited(service.replica());
    let mut waiting = Vec::new();
    for _ in 0..6 {
        waiting.push(password_shown(&service, "ada").await);
    }
    let now = json!({"code": code(&secret, 0)});
    let answers = futures_util::future::join_all(waiting.iter().enumerate().map(|(at, who)| {
        let replica = if at % 2 == 0 { &service } else { &other };
        finish(replica, who, now.clone())
    }));
    let mut statuses: Vec<_> = answers
        .await
        .iter()
        .map(|answer| answer.status.as_u16())
        .collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422, 422, 422, 422, 422]);
    // A later code works, and then the one before it no more.
    let who = password_shown(&service, "ada").await;
    finish(&other, &who, json!({"code": code(&secret, 1)}))
        .await
        .is(200);
    let who = password_shown(&service, "ada").await;
    finish(&service, &who, now).await.is(422);
}

async fn accepts_recovery_code_once(service: Service) {
    let (_, _, codes) = with_totp(&service, "ada").await;
    let waiting = password_shown(&service, "ada").await;
    let typed = codes[3].to_uppercase().replace('-', " ");
    let body = json!({"recoveryCode": typed});
    let back = finish(&service, &waiting, body.clone()).await.is(200);
    let back = browser(&back);
    let factors = service.send(&back, "GET", "/api/me/factors").await.is(200);
    assert_eq!(factors.body["recoveryCodesLeft"], 9);
    let waiting = password_shown(&service, "ada").await;
    let again = finish(&service, &waiting, body).await;
    let again = again.problem(422, "validation_failed");
    assert_eq!(again.body["errors"][0]["field"], "/recoveryCode");
    for body in [
        json!({}),
        json!({"code": "123456", "recoveryCode": codes[4]}),
        json!({"code": ""}),
        json!({"code": 123_456}),
        json!({"pin": "1"}),
        json!({"credential": {"response": {}}}),
        json!({"credential": "text"}),
    ] {
        let refused = finish(&service, &waiting, body).await;
        refused.problem(422, "validation_failed");
    }
    // One that belongs to somebody else is none.
    let (_, _, of_bob) = with_totp(&service, "bob").await;
    finish(&service, &waiting, json!({"recoveryCode": of_bob[0]}))
        .await
        .is(422);
}

async fn replaces_old_recovery_codes(service: Service) {
    let (ada, _, old) = with_totp(&service, "ada").await;
    let path = "/api/me/recovery-codes";
    service
        .json(&ada, "POST", path, json!({}))
        .await
        .problem(403, "recent_sign_in_required");
    service
        .json(&ada, "POST", path, json!({"currentPassword": "a guess"}))
        .await
        .problem(422, "validation_failed");
    let new = service.json(&ada, "POST", path, json!({"currentPassword": PASSWORD}));
    let new = texts(&new.await.is(200));
    assert_eq!(new.len(), 10);
    let waiting = password_shown(&service, "ada").await;
    finish(&service, &waiting, json!({"recoveryCode": old[0]}))
        .await
        .is(422);
    finish(&service, &waiting, json!({"recoveryCode": new[0]}))
        .await
        .is(200);
    let bob = browser(&register(&service, "bob").await.is(201));
    service
        .json(&bob, "POST", path, json!({"currentPassword": PASSWORD}))
        .await
        .problem(409, "conflict");
}

async fn ends_sign_in_after_wrong_codes_and_limits_rate(service: Service) {
    let (_, secret, _) = with_totp(&service, "ada").await;
    let waiting = password_shown(&service, "ada").await;
    for _ in 0..5 {
        finish(&service, &waiting, json!({"code": "000000"}))
            .await
            .is(422);
    }
    finish(&service, &waiting, json!({"code": code(&secret, 0)}))
        .await
        .problem(401, "no_pending_sign_in");
    let waiting = password_shown(&service, "ada").await;
    for _ in 0..4 {
        finish(&service, &waiting, json!({"code": "000000"}))
            .await
            .is(422);
    }
    // Ten an hour by account, whatever the number of sign-ins; that of confirming the app is counted apart.
    let waiting = password_shown(&service, "ada").await;
    finish(&service, &waiting, json!({"code": "000000"}))
        .await
        .is(422);
    let refused = finish(&service, &waiting, json!({"code": code(&secret, 0)}));
    let refused = refused.await.problem(429, "rate_limited");
    assert!(refused.header("retry-after").parse::<u32>().unwrap() > 60);
}

async fn binds_pending_sign_in_to_browser_and_time(service: Service) {
    let (ada, secret, _) = with_totp(&service, "ada").await;
    let waiting = password_shown(&service, "ada").await;
    let body = json!({"code": code(&secret, 0)});
    for stranger in [
        Person {
            cookie: "__Host-notes_sign_in=made-up".to_owned(),
        },
        ada,
    ] {
        service
            .send(&stranger, "GET", "/api/auth/second-factor")
            .await
            .problem(401, "no_pending_sign_in");
        finish(&service, &stranger, body.clone())
            .await
            .problem(401, "no_pending_sign_in");
    }
    // The token is no session, and no row has it.
    let token = waiting.cookie.split_once('=').unwrap().1;
    let session = Person {
        cookie: format!("__Host-notes_session={token}"),
    };
    service.send(&session, "GET", "/api/me").await.is(401);
    execute(
        &service,
        "UPDATE challenges SET expires_at = $1",
        vec![clock::now().into()],
    )
    .await;
    finish(&service, &waiting, body)
        .await
        .problem(401, "no_pending_sign_in");
}

async fn cancels_pending_sign_ins_on_password_change(service: Service) {
    let (ada, secret, _) = with_totp(&service, "ada").await;
    let waiting = password_shown(&service, "ada").await;
    let change = json!({"currentPassword": PASSWORD, "newPassword": "another horse battery"});
    service
        .json(&ada, "PUT", "/api/me/password", change)
        .await
        .is(204);
    finish(&service, &waiting, json!({"code": code(&secret, 0)}))
        .await
        .problem(401, "no_pending_sign_in");
    // The second factor stays when the password changes, by whatever way, where the address was the user's.
    execute(
        &service,
        "UPDATE users SET email_verified_at = '2026-01-01T00:00:00Z'",
        vec![],
    )
    .await;
    let link = service
        .app
        .store
        .create_link(Purpose::ResetPassword, "ada@example.com")
        .await
        .unwrap()
        .unwrap();
    let body = json!({
        "token": link.token.expose_secret(),
        "newPassword": "a third horse battery",
    });
    service
        .request(
            None,
            "POST",
            "/api/auth/password-reset/confirm",
            &[],
            Some(body),
        )
        .await
        .is(204);
    sign_in(&service, "ada", "a third horse battery")
        .await
        .problem(401, "second_factor_required");
}

async fn rejects_second_factor_of_disabled_account(service: Service) {
    let (_, secret, _) = with_totp(&service, "ada").await;
    let waiting = password_shown(&service, "ada").await;
    // As an operator does it, but for what ends with it: the account alone is enough.
    execute(
        &service,
        "UPDATE users SET disabled_at = $1",
        vec![clock::now().into()],
    )
    .await;
    finish(&service, &waiting, json!({"code": code(&secret, 0)}))
        .await
        .problem(403, "account_disabled");
    let account = service.app.store.find_account("ada").await.unwrap();
    service.app.store.enable_account(&account).await.unwrap();
    service.app.store.disable_account(&account).await.unwrap();
    finish(&service, &waiting, json!({"code": code(&secret, 0)}))
        .await
        .problem(401, "no_pending_sign_in");
}

async fn requires_proof_to_enable_and_disable_totp(service: Service) {
    let service = unlimited(service);
    let ada = browser(&register(&service, "ada").await.is(201));
    let enrol = "/api/me/totp";
    for (body, status, problem) in [
        (json!({}), 403, "recent_sign_in_required"),
        (
            json!({"currentPassword": "a guess"}),
            422,
            "validation_failed",
        ),
    ] {
        service
            .json(&ada, "POST", enrol, body)
            .await
            .problem(status, problem);
    }
    let confirm = "/api/me/totp/confirm";
    service
        .json(&ada, "POST", confirm, json!({"code": "123456"}))
        .await
        .problem(409, "conflict");
    let password = json!({"currentPassword": PASSWORD});
    let made = service.json(&ada, "POST", enrol, password.clone());
    let first = made.await.is(200).body["secret"]
        .as_str()
        .unwrap()
        .to_owned();
    // Until it is confirmed nobody is asked.
    sign_in(&service, "ada", PASSWORD).await.is(200);
    let made = service.json(&ada, "POST", enrol, password.clone());
    let secret = made.await.is(200).body["secret"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_ne!(first, secret);
    service
        .json(&ada, "POST", confirm, json!({"code": code(&first, 0)}))
        .await
        .problem(422, "validation_failed");
    let on = service.json(&ada, "POST", confirm, json!({"code": code(&secret, 0)}));
    let codes = texts(&on.await.is(200));
    service
        .json(&ada, "POST", enrol, password.clone())
        .await
        .problem(409, "conflict");
    service
        .json(&ada, "POST", confirm, json!({"code": code(&secret, 1)}))
        .await
        .problem(409, "conflict");

    for (body, status, problem) in [
        (
            json!({"currentPassword": PASSWORD}),
            422,
            "validation_failed",
        ),
        (
            json!({"code": code(&secret, 1)}),
            403,
            "recent_sign_in_required",
        ),
        (
            json!({"currentPassword": PASSWORD, "code": "000000"}),
            422,
            "validation_failed",
        ),
        (
            json!({"currentPassword": "a guess", "code": code(&secret, 1)}),
            422,
            "validation_failed",
        ),
    ] {
        service
            .json(&ada, "DELETE", enrol, body)
            .await
            .problem(status, problem);
    }
    let off = json!({"currentPassword": PASSWORD, "code": code(&secret, 1)});
    service
        .json(&ada, "DELETE", enrol, off.clone())
        .await
        .is(204);
    sign_in(&service, "ada", PASSWORD).await.is(200);
    let factors = service.send(&ada, "GET", "/api/me/factors").await.is(200);
    assert_eq!(
        factors.body,
        json!({"secondStep": false, "totp": false, "passkeys": 0, "recoveryCodesLeft": 0})
    );
    service
        .json(&ada, "DELETE", enrol, off)
        .await
        .problem(409, "conflict");

    // A recovery code turns them off as well; those from before are gone.
    let (secret, new) = turn_on(&service, &ada).await;
    assert_ne!(secret, first);
    for (code, status) in [(&codes[0], 422), (&new[0], 204)] {
        let off = json!({"currentPassword": PASSWORD, "code": code});
        service.json(&ada, "DELETE", enrol, off).await.is(status);
    }
}

async fn ends_other_sessions_when_totp_changes(service: Service) {
    let ada = browser(&register(&service, "ada").await.is(201));
    let phone = browser(&sign_in(&service, "ada", PASSWORD).await.is(200));
    let bob = browser(&register(&service, "bob").await.is(201));
    let (secret, _) = turn_on(&service, &ada).await;
    service.send(&ada, "GET", "/api/me").await.is(200);
    service.send(&phone, "GET", "/api/me").await.is(401);
    service.send(&bob, "GET", "/api/me").await.is(200);
    let waiting = password_shown(&service, "ada").await;
    let phone = finish(&service, &waiting, json!({"code": code(&secret, 0)}));
    let phone = browser(&phone.await.is(200));
    let waiting = password_shown(&service, "ada").await;
    let off = json!({"currentPassword": PASSWORD, "code": code(&secret, 1)});
    service
        .json(&ada, "DELETE", "/api/me/totp", off)
        .await
        .is(204);
    service.send(&phone, "GET", "/api/me").await.is(401);
    service
        .send(&waiting, "GET", "/api/auth/second-factor")
        .await
        .problem(401, "no_pending_sign_in");
}

async fn secret_of(service: &Service, name: &str) -> Vec<u8> {
    use sea_orm::EntityTrait as _;

    let user = service.owner_of(name).await;
    let row = notes_service::store::entity::totp_secret::Entity::find_by_id(user);
    row.one(service.app.store.db())
        .await
        .unwrap()
        .unwrap()
        .secret
}

async fn encrypts_totp_secret_bound_to_its_user(service: Service) {
    let sealed = |service: &Service, keys: &[&str]| {
        let mut settings = service.app.settings.clone();
        settings.seal = Seal::new(keys.iter().copied()).unwrap();
        settings
    };
    let (old, new) = ("k".repeat(32), "n".repeat(32));
    // Without a key it is kept as it is, and with one it is encrypted when it is used.
    let (_, secret, codes) = with_totp(&service, "ada").await;
    assert!(Seal::is_plain(&secret_of(&service, "ada").await));
    let settings = sealed(&service, &[&old]);
    let service = service.with(settings);
    let waiting = password_shown(&service, "ada").await;
    finish(&service, &waiting, json!({"code": code(&secret, 0)}))
        .await
        .is(200);
    let kept = secret_of(&service, "ada").await;
    assert!(!Seal::is_plain(&kept));
    let (_, of_bob, _) = with_totp(&service, "bob").await;
    assert!(!Seal::is_plain(&secret_of(&service, "bob").await));

    // Another key before it takes over at the next use.
    forget_steps(&service).await;
    let settings = sealed(&service, &[&new, &old]);
    let service = service.with(settings);
    let waiting = password_shown(&service, "ada").await;
    finish(&service, &waiting, json!({"code": code(&secret, 0)}))
        .await
        .is(200);
    assert_ne!(secret_of(&service, "ada").await, kept);
    forget_steps(&service).await;
    let settings = sealed(&service, &[&new]);
    let service = service.with(settings);
    let waiting = password_shown(&service, "ada").await;
    finish(&service, &waiting, json!({"code": code(&secret, 0)}))
        .await
        .is(200);

    // A row that was copied from another user opens nothing; recovery codes work on.
    let seal = service.app.settings.seal.clone();
    let store = &service.app.store;
    let lost = store.examine_secrets(&seal).await.unwrap().lost;
    assert_eq!(lost, 1, "bob's is encrypted with the key that is gone");
    execute(
        &service,
        "UPDATE totp_secrets SET secret = $1, last_step = 0",
        vec![secret_of(&service, "bob").await.into()],
    )
    .await;
    let waiting = password_shown(&service, "ada").await;
    finish(&service, &waiting, json!({"code": code(&of_bob, 0)}))
        .await
        .problem(500, "internal");
    finish(&service, &waiting, json!({"recoveryCode": codes[0]}))
        .await
        .is(200);
}

async fn deletes_factors_with_account_and_omits_them_from_export(service: Service) {
    let (ada, _, _) = with_totp(&service, "ada").await;
    password_shown(&service, "ada").await;
    let export = service
        .send(&ada, "GET", "/api/export?format=json")
        .await
        .is(200);
    assert!(!export.body.to_string().to_lowercase().contains("totp"));
    let body = json!({"currentPassword": PASSWORD});
    service.json(&ada, "DELETE", "/api/me", body).await.is(204);
    for table in ["totp_secrets", "recovery_codes", "passkeys", "challenges"] {
        let left = count(&service, table).await;
        assert_eq!(left, 0, "{table}");
    }
}

pub(crate) async fn count(service: &Service, table: &str) -> i64 {
    use sea_orm::{ConnectionTrait as _, Statement};

    let db = service.app.store.db();
    let text = format!("SELECT count(*) FROM {table}");
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), text))
        .await;
    row.unwrap().unwrap().try_get_by_index(0).unwrap()
}

async fn rejects_second_factors_for_guests(service: Service) {
    let guest = service
        .request(None, "POST", "/api/auth/guest", &[], None)
        .await
        .is(201);
    let guest = browser(&guest);
    for (method, path, body) in [
        ("POST", "/api/me/totp", json!({})),
        ("POST", "/api/me/totp", json!({"currentPassword": PASSWORD})),
        ("POST", "/api/me/recovery-codes", json!({})),
        ("POST", "/api/me/totp/confirm", json!({"code": "123456"})),
        ("DELETE", "/api/me/totp", json!({"code": "123456"})),
    ] {
        service
            .json(&guest, method, path, body)
            .await
            .problem(403, "guest_not_allowed");
    }
}

async fn removes_expired_challenges(service: Service) {
    with_totp(&service, "ada").await;
    password_shown(&service, "ada").await;
    password_shown(&service, "ada").await;
    let store = &service.app.store;
    assert_eq!(store.remove_expired_challenges().await.unwrap(), 0);
    execute(
        &service,
        "UPDATE challenges SET expires_at = $1",
        vec![clock::now().into()],
    )
    .await;
    assert_eq!(store.remove_expired_challenges().await.unwrap(), 2);
    assert_eq!(store.remove_expired_challenges().await.unwrap(), 0);
}

/// The case: a person registers with an address of another user, who then resets the password and is alone in the account.
async fn removes_factors_on_reset_of_unverified_address(service: Service) {
    let ada = browser(&register(&service, "ada").await.is(201));
    turn_on(&service, &ada).await;
    let store = &service.app.store;
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
    let login = json!({"login": "ada", "password": PASSWORD});
    let login = async || {
        service
            .request(None, "POST", "/api/auth/login", &[], Some(login.clone()))
            .await
    };
    let ada = browser(&login().await.is(200));
    // What is turned on after the address was theirs stays.
    turn_on(&service, &ada).await;
    reset().await;
    login().await.problem(401, "second_factor_required");
}

async fn rejects_factor_changes_of_ended_session(service: Service) {
    let ada = service.person("ada").await;
    let store = &service.app.store;
    let found = store
        .authenticate_session("token-of-ada", Freshness::Current)
        .await
        .unwrap();
    let (shown, ended) = (PresenceProof::RecentSignIn, Uuid::now_v7());
    let seal = &service.app.settings.seal;
    let enrolled = store
        .enrol_totp(found.owner, &shown, seal, b"a secret of twenty b", ended)
        .await;
    assert_eq!(enrolled.unwrap_err().code(), Code::Unauthenticated);
    turn_on(&service, &ada).await;
    let renewed = store.renew_recovery_codes(found.owner, &shown, ended).await;
    assert_eq!(renewed.unwrap_err().code(), Code::Unauthenticated);
}
