//! Tests of conditional requests (`If-Match`, `If-None-Match`), and of unknown and repeated query parameters.

use serde_json::{Value, json};

use crate::support::{Answer, Person, Service, on_both_databases};

on_both_databases! {
    returns_304_for_current_version,
    accepts_weak_and_listed_entity_tags,
    rejects_unknown_and_repeated_query_parameters,
}

struct Session {
    service: Service,
    who: Person,
}

impl Session {
    async fn of(service: Service) -> Self {
        let who = service.person("ada").await;
        Self { service, who }
    }

    async fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Answer {
        self.service
            .request(Some(&self.who), method, path, headers, body)
            .await
    }

    async fn make(&self, path: &str, body: Value) -> String {
        let made = self
            .service
            .json(&self.who, "POST", path, body)
            .await
            .is(201);
        made.header("location").to_owned()
    }
}

async fn returns_304_for_current_version(service: Service) {
    let session = Session::of(service).await;
    let note = session
        .make("/api/notes", json!({"content": "- [ ] eggs"}))
        .await;
    let label = session
        .make("/api/labels", json!({"name": "Errands"}))
        .await;
    for path in [
        note.clone(),
        format!("{note}/items"),
        format!("{note}?include=html"),
        label,
    ] {
        for method in ["GET", "HEAD"] {
            for known in [r#""1""#, r#"W/"1""#, r#""0", W/"1""#, "*"] {
                let answer = session
                    .ask(method, &path, &[("if-none-match", known)], None)
                    .await
                    .is(304);
                assert_eq!(answer.header("etag"), "\"1\"", "{path}");
                assert_eq!(answer.body, "", "{path}");
                assert!(!answer.headers.contains_key("content-type"), "{path}");
                assert_eq!(answer.header("cache-control"), "no-store");
            }
            for other in [r#""2""#, "1", r#""1"#, ""] {
                session
                    .ask(method, &path, &[("if-none-match", other)], None)
                    .await
                    .is(200);
            }
        }
    }
    let missing = "/api/notes/0197c0de-0000-7000-8000-000000000000";
    session
        .ask("GET", missing, &[("if-none-match", "*")], None)
        .await
        .problem(404, "not_found");
    // A change is none of its business.
    session
        .ask(
            "PATCH",
            &note,
            &[("if-none-match", "\"2\""), ("if-match", "\"1\"")],
            Some(json!({"title": "x"})),
        )
        .await
        .is(200);
    session
        .ask("GET", &note, &[("if-none-match", "\"1\"")], None)
        .await
        .is(200);
}

async fn accepts_weak_and_listed_entity_tags(service: Service) {
    let session = Session::of(service).await;
    let note = session.make("/api/notes", json!({})).await;
    let mut version = 1;
    for (tags, status) in [
        (r#"W/"{}""#, 200),
        (r#""999", "{}""#, 200),
        (r#" , W/"999" ,W/"{}","#, 200),
        ("*", 200),
        (r#""999""#, 412),
        (r#"W/"999", "888""#, 412),
        (r#""of-another-program""#, 412),
        ("{}", 400),
        (r#""{}"#, 400),
        (r#"{}""#, 400),
        (r#""{}" "999""#, 400),
        ("", 400),
    ] {
        let header = tags.replace("{}", &version.to_string());
        let body = json!({"title": format!("{version}")});
        let answer = session
            .ask("PATCH", &note, &[("if-match", &header)], Some(body))
            .await;
        assert_eq!(answer.status.as_u16(), status, "{tags}: {}", answer.body);
        version += i32::from(status == 200);
    }
    // Lines of one header are one list.
    let lines = [
        ("if-match", r#""999""#),
        ("if-match", &format!("\"{version}\"")),
    ];
    session
        .ask("POST", &format!("{note}/archive"), &lines, None)
        .await
        .is(200);
    session
        .ask("DELETE", &note, &[("if-match", r#"W/"999""#)], None)
        .await
        .problem(412, "precondition_failed");
}

async fn rejects_unknown_and_repeated_query_parameters(service: Service) {
    let session = Session::of(service).await;
    let label = "0197c0de-0000-7000-8000-000000000000";
    for (path, mistakes) in [
        ("/api/notes?limit=5&pinned=true".to_owned(), &[][..]),
        (format!("/api/notes?labelId={label}&labelId={label}"), &[]),
        ("/api/labels?".to_owned(), &[]),
        ("/api/labels?&&".to_owned(), &[]),
        ("/api/notes?label=x".to_owned(), &[("label", "unknown")]),
        ("/api/notes?Limit=5".to_owned(), &[("Limit", "unknown")]),
        ("/api/notes?%6Cimit=5".to_owned(), &[]),
        (
            "/api/notes?limit=5&limit=6".to_owned(),
            &[("limit", "repeated")],
        ),
        (
            "/api/notes?limit=5&a=1&a=2&limit=5".to_owned(),
            &[("a", "unknown"), ("limit", "repeated")],
        ),
        ("/api/labels?x=1".to_owned(), &[("x", "unknown")]),
        ("/api/labels?=1".to_owned(), &[("", "unknown")]),
        ("/api/search?query=x".to_owned(), &[("query", "unknown")]),
    ] {
        let answer = session.ask("GET", &path, &[], None).await;
        if mistakes.is_empty() {
            answer.is(200);
            continue;
        }
        let answer = answer.problem(422, "validation_failed");
        let errors = answer.body["errors"].as_array().unwrap();
        let found: Vec<_> = errors
            .iter()
            .map(|one| {
                (
                    one["field"].as_str().unwrap(),
                    one["code"].as_str().unwrap(),
                )
            })
            .collect();
        assert_eq!(found, mistakes, "{path}");
    }
    let answer = session.ask("GET", "/api/search?query=x", &[], None).await;
    assert_eq!(
        answer.body["errors"][0]["message"],
        "is not a known parameter; the parameters are: q, place, labelId, pinned, color, hasReminder, cursor, limit, fields"
    );
    let answer = session
        .ask(
            "POST",
            "/api/labels?name=x",
            &[],
            Some(json!({"name": "y"})),
        )
        .await;
    assert_eq!(
        answer.problem(422, "validation_failed").body["errors"][0]["message"],
        "is not a known parameter: this operation has no query parameters"
    );
    // Nothing was made, and what is no operation is not concerned.
    let labels = session.ask("GET", "/api/labels", &[], None).await.is(200);
    assert_eq!(labels.body["items"], json!([]));
    session.ask("GET", "/healthz?x=1", &[], None).await.is(200);
    session
        .ask("GET", "/api/openapi.json?x=1", &[], None)
        .await
        .is(200);
    session
        .ask("GET", "/api/nowhere?x=1", &[], None)
        .await
        .problem(404, "not_found");
}
