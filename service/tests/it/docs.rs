//! Tests of the API document, and of the pages that show it.

use std::io::Read as _;

use notes_service::http::middleware::Docs;
use serde_json::Value;

use crate::support::Service;

const PAGES: [&str; 2] = ["/docs", "/docs/redoc"];

/// Returns the paths that a page loads.
fn loaded(page: &str) -> Vec<&str> {
    ["src=\"", "href=\""]
        .iter()
        .flat_map(|attribute| page.split(attribute).skip(1))
        .map(|rest| rest.split('"').next().unwrap())
        .filter(|link| *link != "data:,")
        .collect()
}

#[tokio::test]
async fn loads_docs_pages_from_own_origin_only() {
    let service = Service::sqlite().await;
    for page in PAGES {
        let answer = service.request(None, "GET", page, &[], None).await.is(200);
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self';"),
            "{policy}"
        );
        assert!(
            !policy.contains("http") && !policy.contains('*'),
            "{policy}"
        );
        let text = answer.body.as_str().unwrap();
        assert!(!text.contains("://"), "{text}");
        let loaded = loaded(text);
        assert!(loaded.len() >= 2, "{text}");
        for path in loaded {
            let answer = service.request(None, "GET", path, &[], None).await.is(200);
            let kind = if path == "/docs/swagger.css" {
                "text/css"
            } else {
                "text/javascript"
            };
            assert!(answer.header("content-type").starts_with(kind));
        }
    }
}

#[tokio::test]
async fn serves_complete_docs_scripts() {
    let service = Service::sqlite().await;
    for (path, bytes, word) in [
        ("/docs/swagger.js", 1_000_000, "SwaggerUIBundle"),
        ("/docs/swagger.css", 100_000, ".swagger-ui"),
        ("/docs/redoc.js", 500_000, "Redoc"),
    ] {
        let answer = service.request(None, "GET", path, &[], None).await.is(200);
        let text = answer.body.as_str().unwrap();
        assert!(
            text.len() > bytes && text.contains(word),
            "{path}: {}",
            text.len()
        );
        assert!(!text.contains("{:spec}"));
    }
}

#[tokio::test]
async fn returns_304_for_cached_docs_scripts() {
    let service = Service::sqlite().await;
    let path = "/docs/swagger.js";
    let plain = service.request(None, "GET", path, &[], None).await;
    let gzip = [("accept-encoding", "gzip")];
    let packed = service
        .client
        .get(path)
        .header(gzip[0].0, gzip[0].1)
        .send()
        .await
        .0;
    assert_eq!(packed.headers()["content-encoding"], "gzip");
    assert_eq!(packed.headers()["vary"], "accept-encoding");
    let tag = packed.headers()["etag"].to_str().unwrap().to_owned();
    assert_ne!(plain.header("etag"), tag);
    let bytes = packed.into_body().into_vec().await.unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(&*bytes)
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(Value::String(text), plain.body);
    assert!(bytes.len() < plain.body.as_str().unwrap().len() / 2);
    let known = [gzip[0], ("if-none-match", tag.as_str())];
    let answer = service
        .request(None, "GET", path, &known, None)
        .await
        .is(304);
    assert_eq!(answer.header("etag"), tag);
    assert_eq!(answer.body, "");
}

#[tokio::test]
async fn hides_docs_pages_and_serves_openapi_document() {
    let service = Service::sqlite().await;
    let mut settings = service.app.settings.clone();
    settings.policy.docs = Docs::Hidden;
    let service = service.with(settings);
    for page in PAGES {
        service
            .request(None, "GET", page, &[], None)
            .await
            .problem(404, "not_found");
    }
    let answer = service
        .request(None, "GET", "/api/openapi.json", &[], None)
        .await
        .is(200);
    assert_eq!(answer.body["openapi"], "3.0.3");
}
