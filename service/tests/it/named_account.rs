//! Tests of the header `Notes-Account`: a page of one account cannot use the session of another.

use regex_lite::Regex;
use serde_json::json;
use uuid::Uuid;

use crate::accounts::{browser, register};
use crate::support::{Answer, PASSWORD, Person, Service, document, on_both_databases};

on_both_databases!(
    rejects_another_account_in_all_operations,
    serves_named_account_by_session_and_token,
    changes_nothing_when_account_differs,
    rejects_invalid_account_header,
    reads_account_of_event_stream_from_query,
    rejects_sign_out_of_another_account,
);

const HEADER: &str = "notes-account";

/// A client of one person that names an account.
struct Page<'a> {
    service: &'a Service,
    who: Option<&'a Person>,
    headers: Vec<(&'a str, &'a str)>,
}

impl Page<'_> {
    async fn ask(&self, method: &str, path: &str) -> Answer {
        self.service
            .request(self.who, method, path, &self.headers, None)
            .await
    }
}

fn page<'a>(service: &'a Service, who: &'a Person, account: &'a str) -> Page<'a> {
    Page {
        service,
        who: Some(who),
        headers: vec![(HEADER, account)],
    }
}

async fn id_of(service: &Service, who: &Person) -> String {
    let me = service.send(who, "GET", "/api/me").await.is(200);
    me.body["id"].as_str().unwrap().to_owned()
}

async fn rejects_another_account_in_all_operations(service: Service) {
    let ada = service.person("ada").await;
    let other = Uuid::now_v7().to_string();
    let page = page(&service, &ada, &other);
    let places = Regex::new(r"\{\w+\}").unwrap();
    let mut refusals = 0;
    for (path, item) in document()["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let sent = places.replace_all(path, "00000000-0000-7000-8000-000000000000");
            let is_public = operation["security"].as_array().is_some_and(Vec::is_empty);
            if is_public && path != "/api/auth/logout" {
                continue;
            }
            page.ask(&method.to_uppercase(), &sent)
                .await
                .problem(409, "other_account");
            refusals += 1;
        }
    }
    assert!(refusals >= 90, "{refusals}");
}

async fn serves_named_account_by_session_and_token(service: Service) {
    let ada = browser(&register(&service, "ada").await.is(201));
    let eve = browser(&register(&service, "eve").await.is(201));
    let (her, other) = (id_of(&service, &ada).await, id_of(&service, &eve).await);
    let made = json!({"name": "x", "scope": "read", "currentPassword": PASSWORD});
    let made = service
        .json(&ada, "POST", "/api/tokens", made)
        .await
        .is(201);
    let bearer = format!("Bearer {}", made.body["token"].as_str().unwrap());
    let upper = her.to_uppercase();
    for (named, is_served) in [(&her, true), (&upper, true), (&other, false)] {
        let by_session = page(&service, &ada, named);
        let by_token = Page {
            service: &service,
            who: None,
            headers: vec![("authorization", &bearer), (HEADER, named)],
        };
        for client in [by_session, by_token] {
            // From the database, and once it is remembered.
            for _ in 0..2 {
                let answer = client.ask("GET", "/api/notes").await;
                if is_served {
                    answer.is(200);
                } else {
                    answer.problem(409, "other_account");
                }
            }
        }
    }
}

async fn changes_nothing_when_account_differs(service: Service) {
    let ada = service.person("ada").await;
    let other = Uuid::now_v7().to_string();
    let headers = [(HEADER, other.as_str())];
    for (method, path, body) in [
        ("POST", "/api/notes", json!({"title": "of another account"})),
        ("POST", "/api/import", json!({"notes": []})),
        ("PATCH", "/api/me", json!({"displayName": "Eve"})),
    ] {
        service
            .request(Some(&ada), method, path, &headers, Some(body))
            .await
            .problem(409, "other_account");
    }
    let notes = service.send(&ada, "GET", "/api/notes").await.is(200);
    assert_eq!(notes.body["items"], json!([]));
    // Who is not signed in is told that, not whose account it is.
    let nobody = service
        .request(None, "GET", "/api/notes", &headers, None)
        .await;
    nobody.problem(401, "unauthenticated");
}

async fn rejects_invalid_account_header(service: Service) {
    let ada = service.person("ada").await;
    let her = id_of(&service, &ada).await;
    let twice = format!("{her}, {her}");
    for wrong in ["", "ada", "1", &twice] {
        for (method, path) in [("GET", "/api/notes"), ("POST", "/api/auth/logout")] {
            let answer = page(&service, &ada, wrong).ask(method, path).await;
            let answer = answer.problem(400, "malformed_request");
            assert_eq!(answer.body["errors"][0]["field"], "Notes-Account");
        }
    }
    let mut sent_twice = page(&service, &ada, &her);
    sent_twice.headers.push((HEADER, &her));
    let answer = sent_twice.ask("GET", "/api/notes").await;
    answer.problem(400, "malformed_request");
}

async fn reads_account_of_event_stream_from_query(service: Service) {
    let ada = service.person("ada").await;
    let her = id_of(&service, &ada).await;
    let listen = async |account: &str| {
        let path = format!("/api/events?account={account}");
        service.send(&ada, "GET", &path).await
    };
    listen(&her).await.is(200);
    let other = Uuid::now_v7().to_string();
    listen(&other).await.problem(409, "other_account");
    listen("ada").await.problem(400, "malformed_request");
}

async fn rejects_sign_out_of_another_account(service: Service) {
    let ada = service.person("ada").await;
    let her = id_of(&service, &ada).await;
    let other = Uuid::now_v7().to_string();
    let answer = page(&service, &ada, &other)
        .ask("POST", "/api/auth/logout")
        .await;
    answer.problem(409, "other_account");
    service.send(&ada, "GET", "/api/me").await.is(200);
    let hers = page(&service, &ada, &her);
    hers.ask("POST", "/api/auth/logout").await.is(204);
    service.send(&ada, "GET", "/api/me").await.is(401);
    // To sign out twice is fine, with the header too.
    hers.ask("POST", "/api/auth/logout").await.is(204);
}
