//! Tests of rate limits across all replicas, by address and by name.

use std::sync::Arc;

use chrono::TimeDelta;
use notes_service::auth::rates::{Kind, Rate};
use notes_service::clock;
use notes_service::error::Code;
use serde_json::json;

use crate::accounts::{browser, register, rows, sign_in};
use crate::support::{Answer, Service, on_both_databases};

on_both_databases![
    shares_rate_limit_between_replicas,
    regains_attempts_one_by_one,
    limits_wait_after_clock_was_ahead,
    limits_sign_in_attempts_by_address,
    limits_sign_in_by_name_except_for_known_networks,
    limits_registrations_guests_and_password_checks,
    removes_past_rate_limit_attempts,
];

async fn sign_in_from(service: &Service, address: &str, login: &str, password: &str) -> Answer {
    let body = json!({"login": login, "password": password});
    let from = [("x-forwarded-for", address)];
    service
        .request(None, "POST", "/api/auth/login", &from, Some(body))
        .await
}

async fn shares_rate_limit_between_replicas(service: Service) {
    let now = clock::now();
    let replicas = [
        Arc::new(Service::over(service.app.store.clone())),
        Arc::new(Service::over(service.app.store.clone())),
    ];
    let attempts: Vec<_> = (0..40)
        .map(|number| {
            let replica = Arc::clone(&replicas[number % 2]);
            tokio::spawn(async move {
                let rate = Rate::new(10, 3_600);
                let store = &replica.app.store;
                store.record_attempt(Kind::Register, "one", rate, now).await
            })
        })
        .collect();
    let mut admitted = 0;
    for attempt in attempts {
        match attempt.await.unwrap() {
            Ok(()) => admitted += 1,
            Err(error) => {
                assert_eq!(error.code(), Code::RateLimited);
                assert_eq!(error.retry_after_seconds(), Some(361));
            }
        }
    }
    assert_eq!(admitted, 10);
    // Another value, another kind.
    let (store, rate) = (&service.app.store, Rate::new(10, 3_600));
    store
        .record_attempt(Kind::Register, "two", rate, clock::now())
        .await
        .unwrap();
    store
        .record_attempt(Kind::Guest, "one", rate, now)
        .await
        .unwrap();
}

async fn limits_wait_after_clock_was_ahead(service: Service) {
    let (store, rate) = (&service.app.store, Rate::new(3, 30));
    let now = clock::now();
    let at = |time| async move {
        let attempt = store.record_attempt(Kind::Guest, "a", rate, time).await;
        attempt.map_err(|error| error.retry_after_seconds().unwrap())
    };
    assert_eq!(at(now + TimeDelta::days(365)).await, Ok(()));
    assert_eq!(at(now).await, Err(11));
    assert_eq!(at(now + TimeDelta::seconds(5)).await, Err(6));
    assert_eq!(at(now + TimeDelta::seconds(11)).await, Ok(()));
}

async fn regains_attempts_one_by_one(service: Service) {
    let (store, rate) = (&service.app.store, Rate::new(3, 30));
    let now = clock::now();
    let at = |millis| {
        let time = now + TimeDelta::milliseconds(millis);
        async move {
            let attempt = store.record_attempt(Kind::Guest, "a", rate, time).await;
            attempt.map_err(|error| error.retry_after_seconds().unwrap())
        }
    };
    for _ in 0..3 {
        assert_eq!(at(0).await, Ok(()));
    }
    assert_eq!(at(0).await, Err(11));
    assert_eq!(at(9_500).await, Err(1));
    assert_eq!(at(10_000).await, Ok(()));
    assert_eq!(at(10_001).await, Err(10));
    // Whoever is refused does not wait longer for having tried.
    for millis in 11_000..11_100 {
        at(millis).await.unwrap_err();
    }
    assert_eq!(at(20_000).await, Ok(()));
    // Two at once after twice the time, and no more than three after any time.
    assert_eq!(at(40_000).await, Ok(()));
    assert_eq!(at(40_000).await, Ok(()));
    assert_eq!(at(40_000).await, Err(11));
    for _ in 0..3 {
        assert_eq!(at(1_000_000).await, Ok(()));
    }
    assert_eq!(at(1_000_000).await, Err(11));
}

async fn limits_sign_in_attempts_by_address(service: Service) {
    for number in 0..20 {
        sign_in_from(&service, "203.0.113.7", &format!("name{number}"), "x")
            .await
            .problem(401, "invalid_credentials");
    }
    // What the client claims is further left, and changes nothing; nor does another address of the same network.
    let refused = sign_in_from(&service, "6.6.6.6, 203.0.113.7", "name", "x")
        .await
        .problem(429, "rate_limited");
    let wait: u32 = refused.header("retry-after").parse().unwrap();
    assert!((1..=15).contains(&wait), "{wait}");
    sign_in_from(&service, "203.0.113.8", "name", "x")
        .await
        .problem(401, "invalid_credentials");
}

async fn limits_sign_in_by_name_except_for_known_networks(service: Service) {
    register(&service, "ada").await.is(201);
    let password = "correct horse battery";
    let home = "2001:db8:1:2::1";
    sign_in_from(&service, home, "ada", password).await.is(200);
    // Many strangers, of whom each tries once or twice, by name and by address.
    for number in 0..9 {
        let name = ["ADA", "ada@example.com"][number % 2];
        sign_in_from(&service, &format!("203.0.113.{number}"), name, "x")
            .await
            .problem(401, "invalid_credentials");
    }
    for _ in 0..3 {
        // Even with the right password, which a stranger would otherwise learn of.
        sign_in_from(&service, "203.0.113.99", "ada", password)
            .await
            .problem(429, "rate_limited");
    }
    // From where she was before, in another address of her network, she is let in.
    sign_in_from(&service, "2001:db8:1:2:ffff::2", "ada", password)
        .await
        .is(200);
    // A name that nobody has is treated alike.
    for number in 0..10 {
        sign_in_from(&service, &format!("198.51.100.{number}"), "nobody", "x")
            .await
            .problem(401, "invalid_credentials");
    }
    sign_in_from(&service, "198.51.100.99", "nobody", "x")
        .await
        .problem(429, "rate_limited");
}

async fn limits_registrations_guests_and_password_checks(service: Service) {
    for number in 0..10 {
        register(&service, &format!("name{number}")).await.is(201);
    }
    register(&service, "name10")
        .await
        .problem(429, "rate_limited");
    assert_eq!(rows(&service, "users").await, 10);
    for _ in 0..10 {
        service
            .request(None, "POST", "/api/auth/guest", &[], None)
            .await
            .is(201);
    }
    service
        .request(None, "POST", "/api/auth/guest", &[], None)
        .await
        .problem(429, "rate_limited");

    let person = sign_in(&service, "name0", "correct horse battery")
        .await
        .is(200);
    let person = browser(&person);
    let wrong = json!({"currentPassword": "wrong"});
    for _ in 0..10 {
        service
            .json(&person, "DELETE", "/api/me", wrong.clone())
            .await
            .is(422);
    }
    let right =
        json!({"currentPassword": "correct horse battery", "newPassword": "a new password, long"});
    service
        .json(&person, "PUT", "/api/me/password", right)
        .await
        .problem(429, "rate_limited");
}

async fn removes_past_rate_limit_attempts(service: Service) {
    let (store, rate) = (&service.app.store, Rate::new(1, 60));
    let hour_ago = clock::now() - TimeDelta::hours(1);
    store
        .record_attempt(Kind::Guest, "a", rate, hour_ago)
        .await
        .unwrap();
    store
        .record_attempt(Kind::Guest, "b", rate, clock::now())
        .await
        .unwrap();
    assert_eq!(store.forget_past_attempts().await.unwrap(), 1);
    assert_eq!(rows(&service, "rate_limits").await, 1);
    store
        .record_attempt(Kind::Guest, "b", rate, clock::now())
        .await
        .unwrap_err();
}
