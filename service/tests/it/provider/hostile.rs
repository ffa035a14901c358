//! Tests with malicious, slow and failing providers: no sign-in succeeds, and other ways to sign in still work.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Utc;
use reqwest::Url;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{Tab, parameter, with_variables};
use crate::support::issuer::{Instead, Issuer, Mood, Signed};
use crate::support::provider::CLIENT_SECRET;
use crate::support::{PASSWORD, Service, on_both_databases};

on_both_databases!(
    rejects_invalid_id_tokens,
    rejects_callback_of_another_issuer,
    fetches_rotated_keys_but_not_for_forged_ids,
    rejects_invalid_provider_responses,
    rejects_invalid_discovery_document,
    accepts_only_valid_end_session_endpoints,
    serves_other_requests_while_provider_is_silent,
    requires_userinfo_for_the_same_subject,
    rejects_confirmation_with_old_auth_time,
);

const FAILED: &str = "/login#problem=sign_in_failed";
const UNAVAILABLE: &str = "/login#problem=provider_unavailable";
const BOARD: &str = "/labels?sort=name";

async fn service_with(service: Service) -> (Service, Issuer) {
    let issuer = Issuer::start(CLIENT_SECRET).await;
    let service = with_variables(service, &issuer.url, &[]);
    (service, issuer)
}

/// Returns claims with the nonce of this address, and others.
fn with_nonce(address: &str, claims: &Value) -> Value {
    let mut all = json!({"nonce": parameter(address, "nonce")});
    for (name, value) in claims.as_object().unwrap() {
        all[name] = value.clone();
    }
    all
}

/// Returns the callback path with the parameters of this address.
fn back(address: &str, issuer: &str) -> String {
    let state = parameter(address, "state");
    format!("/api/auth/oidc/callback?code=a-code&state={state}&iss={issuer}")
}

/// Signs in at a provider with this behaviour.
async fn sign_in(service: &Service, issuer: &Issuer, mood: Mood) -> (Tab, String) {
    let mut tab = Tab::default();
    let address = tab.start(service).await;
    issuer.set(Mood {
        claims: with_nonce(&address, &mood.claims),
        ..mood
    });
    let place = tab
        .follow_callback(service, &back(&address, &issuer.url))
        .await;
    (tab, place)
}

async fn rejects_invalid_id_tokens(service: Service) {
    let (service, issuer) = service_with(service).await;
    let now = Utc::now().timestamp();
    let claims = |claims: Value| Mood {
        claims,
        ..Mood::default()
    };
    let signed = |signed: Signed| Mood {
        signed,
        ..Mood::default()
    };
    let header = |header: Value| Mood {
        header,
        ..Mood::default()
    };
    // All keys are asked for with the first sign-in: what follows is judged by them.
    let (tab, place) = sign_in(&service, &issuer, Mood::default()).await;
    assert_eq!((place.as_str(), tab.is_signed_in()), (BOARD, true));
    for (what, mood) in [
        ("another nonce", claims(json!({"nonce": "another"}))),
        ("no nonce", claims(json!({"nonce": null}))),
        (
            "another issuer",
            claims(json!({"iss": "https://evil.example"})),
        ),
        (
            "an issuer that is nearly the same",
            claims(json!({"iss": format!("{}/", issuer.url)})),
        ),
        ("no issuer", claims(json!({"iss": null}))),
        ("for another client", claims(json!({"aud": "another"}))),
        ("for nobody", claims(json!({"aud": []}))),
        (
            "for others too",
            claims(json!({"aud": ["notes", "another"]})),
        ),
        ("by another party", claims(json!({"azp": "another"}))),
        ("expired", claims(json!({"exp": now - 1}))),
        ("never expires", claims(json!({"exp": null}))),
        (
            "of tomorrow",
            claims(json!({"iat": now + 86_400, "exp": now + 90_000})),
        ),
        ("of nobody", claims(json!({"sub": ""}))),
        ("without a person", claims(json!({"sub": null}))),
        (
            "of a person without end",
            claims(json!({"sub": "x".repeat(256)})),
        ),
        ("by another key", signed(Signed::ByOther)),
        ("alg none", signed(Signed::NotAtAll)),
        ("without a signature", signed(Signed::WithNothing)),
        ("HS256 with the public key", signed(Signed::WithPublicKey)),
        ("HS256 with the secret", signed(Signed::WithClientSecret)),
        ("RS256 that is none", header(json!({"alg": "RS256"}))),
        (
            "an algorithm that there is not",
            header(json!({"alg": "XS256"})),
        ),
        ("a key that there is not", header(json!({"kid": "another"}))),
        (
            "what nobody knows and is critical",
            header(json!({"crit": ["x"]})),
        ),
        ("of another type", header(json!({"typ": "at+jwt"}))),
        ("a token in a token", header(json!({"cty": "JWT"}))),
    ] {
        let (tab, place) = sign_in(&service, &issuer, mood).await;
        // A token that cannot even be read is an answer that is none.
        assert!(place == FAILED || place == UNAVAILABLE, "{what}: {place}");
        assert!(!tab.is_signed_in(), "{what}");
    }
    // A key without a name fits, if there is one key: it is of the provider.
    let (_, place) = sign_in(&service, &issuer, header(json!({"kid": null}))).await;
    assert_eq!(place, BOARD);

    // The verifier of PKCE is that of the challenge, and no other request has it.
    let mut tab = Tab::default();
    let address = tab.start(&service).await;
    issuer.set(claims(with_nonce(&address, &json!({}))));
    assert_eq!(
        tab.follow_callback(&service, &back(&address, &issuer.url))
            .await,
        BOARD
    );
    let asked = issuer.asked();
    let (_, form) = asked.iter().rfind(|(path, _)| path == "/token").unwrap();
    let form: Url = format!("https://x?{form}").parse().unwrap();
    let form: BTreeMap<_, _> = form.query_pairs().into_owned().collect();
    let digest = Sha256::digest(&form["code_verifier"]);
    let challenge = URL_SAFE_NO_PAD.encode(digest);
    assert_eq!(challenge, parameter(&address, "code_challenge"));
    assert_eq!(form["grant_type"], "authorization_code");
}

async fn rejects_callback_of_another_issuer(service: Service) {
    let (service, issuer) = service_with(service).await;
    for iss in [Some("https://evil.example"), Some(""), None] {
        let mut tab = Tab::default();
        let address = tab.start(&service).await;
        let state = parameter(&address, "state");
        let mut path = format!("/api/auth/oidc/callback?code=a-code&state={state}");
        if let Some(iss) = iss {
            path = format!("{path}&iss={iss}");
        }
        assert_eq!(
            tab.follow_callback(&service, &path).await,
            FAILED,
            "{iss:?}"
        );
    }
    assert_eq!(issuer.count("/token"), 0, "the code is given to nobody");
    // A provider that does not promise to name itself need not.
    let other = Issuer::start(CLIENT_SECRET).await;
    let service = with_variables(service, &other.url, &[]);
    let quiet = json!({"authorization_response_iss_parameter_supported": null});
    other.set(Mood {
        document: quiet.clone(),
        ..Mood::default()
    });
    let mut tab = Tab::default();
    let address = tab.start(&service).await;
    other.set(Mood {
        document: quiet,
        claims: with_nonce(&address, &json!({})),
        ..Mood::default()
    });
    let state = parameter(&address, "state");
    let path = format!("/api/auth/oidc/callback?code=a-code&state={state}");
    assert_eq!(tab.follow_callback(&service, &path).await, BOARD);
}

async fn fetches_rotated_keys_but_not_for_forged_ids(service: Service) {
    let (service, issuer) = service_with(service).await;
    assert_eq!(sign_in(&service, &issuer, Mood::default()).await.1, BOARD);
    assert_eq!(issuer.count("/jwks"), 1);
    let second = || Mood {
        kid: "second".to_owned(),
        ..Mood::default()
    };
    issuer.rotate("second");
    assert_eq!(sign_in(&service, &issuer, second()).await.1, BOARD);
    assert_eq!(sign_in(&service, &issuer, second()).await.1, BOARD);
    assert_eq!(issuer.count("/jwks"), 2);
    // Whoever forges names makes nobody ask for each of them.
    for number in 0..5 {
        let forged = Mood {
            header: json!({"kid": format!("forged-{number}")}),
            ..second()
        };
        assert_eq!(sign_in(&service, &issuer, forged).await.1, FAILED);
    }
    assert_eq!(issuer.count("/jwks"), 2);
}

async fn rejects_invalid_provider_responses(service: Service) {
    let (service, issuer) = service_with(service).await;
    assert_eq!(sign_in(&service, &issuer, Mood::default()).await.1, BOARD);
    let say = |status: u16, body: Value| Instead::Say(status, body.to_string());
    for (path, instead, expected) in [
        (
            "/token",
            say(400, json!({"error": "invalid_grant"})),
            FAILED,
        ),
        (
            "/token",
            say(401, json!({"error": "invalid_client"})),
            UNAVAILABLE,
        ),
        (
            "/token",
            say(400, json!({"error": "<script>"})),
            UNAVAILABLE,
        ),
        ("/token", say(500, json!("broken")), UNAVAILABLE),
        ("/token", say(200, json!([])), UNAVAILABLE),
        (
            "/token",
            say(200, json!({"access_token": "x", "token_type": "Bearer"})),
            FAILED,
        ),
        (
            "/token",
            say(
                200,
                json!({"access_token": "x", "token_type": "Bearer", "id_token": "a.b.c"}),
            ),
            UNAVAILABLE,
        ),
        ("/token", Instead::Talk, UNAVAILABLE),
        (
            "/token",
            Instead::Lead(format!("{}/token", issuer.url)),
            UNAVAILABLE,
        ),
        ("/me", say(500, json!({})), UNAVAILABLE),
        ("/me", Instead::Talk, UNAVAILABLE),
        (
            "/me",
            Instead::Lead(format!("{}/me", issuer.url)),
            UNAVAILABLE,
        ),
    ] {
        let shown = format!("{path} {instead:?}");
        let mood = Mood {
            instead: vec![(path, instead)],
            ..Mood::default()
        };
        let (tab, place) = sign_in(&service, &issuer, mood).await;
        assert_eq!(place, expected, "{shown}");
        assert!(!tab.is_signed_in(), "{shown}");
    }
    assert_eq!(sign_in(&service, &issuer, Mood::default()).await.1, BOARD);
}

async fn rejects_invalid_discovery_document(service: Service) {
    const DOCUMENT: &str = "/.well-known/openid-configuration";
    let mut service = service;
    let document = |document: Value| Mood {
        document,
        ..Mood::default()
    };
    let instead = |path, instead| Mood {
        instead: vec![(path, instead)],
        ..Mood::default()
    };
    for (what, mood) in [
        (
            "another issuer",
            document(json!({"issuer": "https://evil.example"})),
        ),
        (
            "a script",
            document(json!({"authorization_endpoint": "javascript:alert(1)"})),
        ),
        (
            "data",
            document(json!({"authorization_endpoint": "data:text/html,x"})),
        ),
        ("no tokens", document(json!({"token_endpoint": null}))),
        (
            "no keys",
            instead("/jwks", Instead::Say(404, "{}".to_owned())),
        ),
        (
            "no document",
            instead(DOCUMENT, Instead::Say(404, "{}".to_owned())),
        ),
        (
            "no JSON",
            instead(DOCUMENT, Instead::Say(200, "<html>".to_owned())),
        ),
        ("without end", instead(DOCUMENT, Instead::Talk)),
        ("keys without end", instead("/jwks", Instead::Talk)),
        (
            "in a circle",
            instead(DOCUMENT, Instead::Lead(DOCUMENT.to_owned())),
        ),
        (
            "elsewhere",
            instead(DOCUMENT, Instead::Lead("http://127.0.0.1:1/".to_owned())),
        ),
    ] {
        let issuer = Issuer::start(CLIENT_SECRET).await;
        issuer.set(mood);
        service = with_variables(service, &issuer.url, &[]);
        let start = async || {
            let body = Some(json!({}));
            service
                .request(None, "POST", "/api/auth/oidc/start", &[], body)
                .await
        };
        let answer = start().await;
        assert_eq!(answer.body["code"], "provider_unavailable", "{what}");
        let answer = answer.problem(503, "provider_unavailable");
        assert_eq!(answer.header("retry-after"), "10");
        let text = answer.body.to_string();
        assert!(!text.contains("127.0.0.1"), "{what}: {text}");
        // The next is not asked again at once.
        let asked = issuer.asked().len();
        start().await.problem(503, "provider_unavailable");
        assert_eq!(issuer.asked().len(), asked, "{what}");
        let path = "/api/auth/oidc/start";
        let link = service.request(None, "GET", path, &[], None).await.is(303);
        assert_eq!(link.header("location"), UNAVAILABLE);
    }
    // Alive again, it is asked again after a pause.
    let issuer = Issuer::start(CLIENT_SECRET).await;
    issuer.set(instead(DOCUMENT, Instead::Say(500, "{}".to_owned())));
    let service = with_variables(service, &issuer.url, &[]);
    let start = async || {
        let body = Some(json!({}));
        service
            .request(None, "POST", "/api/auth/oidc/start", &[], body)
            .await
    };
    start().await.problem(503, "provider_unavailable");
    issuer.set(Mood::default());
    tokio::time::sleep(Duration::from_millis(2_100)).await;
    start().await.is(200);
}

async fn serves_other_requests_while_provider_is_silent(service: Service) {
    let (service, issuer) = service_with(service).await;
    issuer.set(Mood {
        instead: vec![("/.well-known/openid-configuration", Instead::Silence)],
        ..Mood::default()
    });
    service.person("ada").await;
    let begun = Instant::now();
    let silent = async {
        let starts = (0..8).map(|_| {
            let body = Some(json!({}));
            service.request(None, "POST", "/api/auth/oidc/start", &[], body)
        });
        for answer in futures_util::future::join_all(starts).await {
            answer.problem(503, "provider_unavailable");
        }
    };
    let honest = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let body = json!({"login": "ada", "password": PASSWORD});
        let path = "/api/auth/login";
        service
            .request(None, "POST", path, &[], Some(body))
            .await
            .is(200);
        service
            .request(None, "GET", "/readyz", &[], None)
            .await
            .is(200);
        assert!(begun.elapsed() < Duration::from_secs(6), "it has waited");
    };
    tokio::join!(silent, honest);
    // One waits for the answer, and all others with it.
    assert!(
        begun.elapsed() < Duration::from_secs(15),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(issuer.asked().len(), 1);
}

async fn requires_userinfo_for_the_same_subject(service: Service) {
    let (service, issuer) = service_with(service).await;
    let said = |user_info: Value| Mood {
        user_info,
        ..Mood::default()
    };
    let verified = json!({"email": "ada@example.com", "email_verified": true});
    let other = json!({"sub": "eve", "email": "ada@example.com", "email_verified": true});
    assert_eq!(sign_in(&service, &issuer, said(other)).await.1, FAILED);
    // Half of the words are signed, and half are not: an address is that of one place.
    let mixed = Mood {
        claims: json!({"email_verified": true, "sub": "bob"}),
        user_info: json!({"email": "bob@example.com", "sub": "bob"}),
        ..Mood::default()
    };
    let (mut tab, place) = sign_in(&service, &issuer, mixed).await;
    assert_eq!(place, BOARD);
    assert!(tab.account(&service).await.get("email").is_none());
    let odd = Mood {
        claims: json!({"sub": "odd"}),
        user_info: json!({"sub": "odd", "email": "no address\r\nat all", "email_verified": true, "preferred_username": "\u{202e}<b>"}),
        ..Mood::default()
    };
    let (mut tab, place) = sign_in(&service, &issuer, odd).await;
    assert_eq!(place, BOARD);
    let account = tab.account(&service).await;
    assert!(account.get("email").is_none(), "{account}");
    // Some providers write it as text.
    let cognito = Mood {
        claims: json!({"sub": "carl"}),
        user_info: json!({"sub": "carl", "email": "carl@example.com", "email_verified": "true"}),
        ..Mood::default()
    };
    let (mut tab, _) = sign_in(&service, &issuer, cognito).await;
    assert_eq!(tab.account(&service).await["email"], "carl@example.com");
    let (mut tab, _) = sign_in(&service, &issuer, said(verified)).await;
    assert_eq!(tab.account(&service).await["email"], "ada@example.com");
}

async fn rejects_confirmation_with_old_auth_time(service: Service) {
    let (service, issuer) = service_with(service).await;
    let (mut tab, _) = sign_in(&service, &issuer, Mood::default()).await;
    let now = Utc::now().timestamp();
    for (auth_time, expected) in [
        (json!(now - 3600), "/#problem=sign_in_failed"),
        (json!(null), "/#problem=sign_in_failed"),
        (json!(now), "/"),
    ] {
        let path = "/api/me/confirmation";
        let address = tab.begin(&service, path, json!({})).await;
        assert_eq!(parameter(&address, "prompt"), "login");
        assert_eq!(parameter(&address, "max_age"), "0");
        issuer.set(Mood {
            claims: with_nonce(&address, &json!({ "auth_time": auth_time })),
            ..Mood::default()
        });
        let place = tab
            .follow_callback(&service, &back(&address, &issuer.url))
            .await;
        assert_eq!(place, expected, "{auth_time}");
    }
}

async fn accepts_only_valid_end_session_endpoints(service: Service) {
    let issuer = Issuer::start(CLIENT_SECRET).await;
    let mut service = service;
    for (page, leads) in [
        (json!(null), false),
        (json!("no address"), false),
        (json!("javascript:alert(1)"), false),
        (json!("https://provider.example/end?x=y"), true),
    ] {
        issuer.set(Mood {
            document: json!({"end_session_endpoint": page}),
            ..Mood::default()
        });
        service = with_variables(service, &issuer.url, &[]);
        let provider = service.app.settings.provider.as_ref().unwrap();
        let address = provider.sign_out_url().await.unwrap();
        let expected = "https://provider.example/end?x=y&client_id=notes&post_logout_redirect_uri=https%3A%2F%2Fnotes.example.com%2F";
        assert_eq!(address.as_deref(), leads.then_some(expected), "{page}");
    }
}
