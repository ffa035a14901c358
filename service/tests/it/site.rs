//! Tests of the built page, which the service serves.

use std::fs;
use std::path::Path;

use notes_service::config::Config;
use notes_service::http::Site;

use crate::support::process::Process;
use crate::support::wire::{Reply, Wire};
use crate::support::{Answer, Service};

const POLICY: &str = include_str!("../../../web/csp.txt");

/// Creates a folder as a build does, next to a file that must not be served.
fn built() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("dist");
    fs::create_dir_all(root.join("assets")).unwrap();
    for (name, content) in [
        ("dist/index.html", "<!doctype html>the page"),
        ("dist/index.html.gz", "the page as gzip"),
        ("dist/sw.js", "worker"),
        ("dist/manifest.webmanifest", "{}"),
        ("dist/.secret", "hidden"),
        ("dist/assets/main-4f2a.js", "plain script"),
        ("dist/assets/main-4f2a.js.br", "script as brotli"),
        ("dist/assets/main-4f2a.js.gz", "script as gzip"),
        ("dist/assets/notes.gz", "an archive of its own"),
        ("outside.txt", "outside"),
    ] {
        fs::write(folder.path().join(name), content).unwrap();
    }
    std::os::unix::fs::symlink("../outside.txt", root.join("linked.txt")).unwrap();
    folder
}

async fn service(folder: &Path) -> Service {
    let service = Service::sqlite().await;
    let mut settings = service.app.settings.clone();
    settings.site = Some(Site::read_folder(&folder.join("dist")).unwrap());
    service.with(settings)
}

async fn get(service: &Service, path: &str, headers: &[(&str, &str)]) -> Answer {
    service.request(None, "GET", path, headers, None).await
}

#[tokio::test]
async fn serves_index_page_for_page_paths() {
    let folder = built();
    let service = service(folder.path()).await;
    for path in [
        "/",
        "/index.html",
        "/archive",
        "/notes/0197-id",
        "/a/b/c/",
        "/labels/%C3%A9t%C3%A9",
        "/apiary",
    ] {
        let answer = get(&service, path, &[]).await.is(200);
        assert_eq!(answer.body, "<!doctype html>the page", "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "no-cache");
        assert_eq!(answer.header("content-security-policy"), POLICY.trim_end());
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("x-frame-options"), "DENY");
    }
}

#[tokio::test]
async fn returns_problems_for_other_paths() {
    let folder = built();
    let service = service(folder.path()).await;
    for path in [
        "/assets/main-0000.js",
        "/favicon.ico",
        "/main-4f2a.js",
        "/assets/main-4f2a.js.br",
        "/index.html.gz",
        "/.secret",
        "/linked.txt",
        "/outside.txt",
        "/../outside.txt",
        "/assets/../../outside.txt",
        "/%2e%2e/outside.txt",
        "/..%2foutside.txt",
        "//outside.txt",
        "/api",
        "/api/",
        "/api/unknown",
        "/docs/unknown",
        "/healthz/unknown",
        "/readyz/",
    ] {
        let answer = get(&service, path, &[]).await;
        answer.problem(404, "not_found");
    }
    let answer = service.request(None, "POST", "/archive", &[], None).await;
    assert_eq!(answer.header("allow"), "GET, HEAD");
    answer.problem(405, "method_not_allowed");
    get(&service, "/healthz", &[]).await.is(200);
    get(&service, "/api/openapi.json", &[]).await.is(200);
    let docs = get(&service, "/docs", &[]).await.is(200);
    assert!(docs.body.as_str().unwrap().contains("Notes API"));
}

#[tokio::test]
async fn caches_hashed_files_and_revalidates_others() {
    let folder = built();
    let service = service(folder.path()).await;
    for (path, kind, cached) in [
        (
            "/assets/main-4f2a.js",
            "text/javascript; charset=utf-8",
            "public, max-age=31536000, immutable",
        ),
        (
            "/assets/notes.gz",
            "application/octet-stream",
            "public, max-age=31536000, immutable",
        ),
        ("/sw.js", "text/javascript; charset=utf-8", "no-cache"),
        (
            "/manifest.webmanifest",
            "application/manifest+json",
            "no-cache",
        ),
    ] {
        let answer = get(&service, path, &[]).await.is(200);
        assert_eq!(answer.header("content-type"), kind, "{path}");
        assert_eq!(answer.header("cache-control"), cached, "{path}");
        // A worker obeys the policy of its own file.
        assert_eq!(answer.header("content-security-policy"), POLICY.trim_end());
        let tag = answer.header("etag").to_owned();
        let again = get(&service, path, &[("if-none-match", &tag)])
            .await
            .is(304);
        assert_eq!(again.header("cache-control"), cached, "{path}");
        get(&service, path, &[("if-none-match", "\"another\"")])
            .await
            .is(200);
    }
}

#[tokio::test]
async fn serves_preferred_content_encoding() {
    let folder = built();
    let service = service(folder.path()).await;
    let path = "/assets/main-4f2a.js";
    let mut tags = Vec::new();
    for (accepted, coding, body) in [
        ("gzip, deflate, br, zstd", Some("br"), "script as brotli"),
        ("br;q=0.5, gzip", Some("gzip"), "script as gzip"),
        ("br;q=0, gzip;q=0.1", Some("gzip"), "script as gzip"),
        ("identity;q=1, br;q=0.5", None, "plain script"),
        ("", None, "plain script"),
    ] {
        let answer = get(&service, path, &[("accept-encoding", accepted)])
            .await
            .is(200);
        let sent = answer.headers.get("content-encoding");
        assert_eq!(
            sent.map(|value| value.to_str().unwrap()),
            coding,
            "{accepted}"
        );
        assert_eq!(answer.body, body, "{accepted}");
        let vary: Vec<_> = answer.headers.get_all("vary").iter().collect();
        assert_eq!(vary, ["accept-encoding"]);
        tags.push(answer.header("etag").to_owned());
    }
    assert_eq!(tags[1], tags[2]);
    assert_ne!(tags[0], tags[1]);
    assert_ne!(tags[1], tags[3]);
    // A tag of one coding says nothing about another.
    let known = [("accept-encoding", "gzip"), ("if-none-match", &*tags[0])];
    get(&service, path, &known).await.is(200);
}

#[tokio::test]
async fn serves_site_from_process_with_length_for_head() {
    let folder = built();
    let site = folder.path().join("dist");
    let mut process = Process::start(&[("SITE_DIR", site.to_str().unwrap())]);
    let mut wire = Wire::connect(process.address().await).await.unwrap();
    let Reply { status, body, .. } = wire.get("/archive").await.unwrap();
    assert_eq!((status, &*body), (200, &b"<!doctype html>the page"[..]));
    let request = "HEAD /assets/main-4f2a.js HTTP/1.1\r\nhost: test\r\naccept-encoding: br\r\nconnection: close\r\n\r\n";
    wire.send(request.as_bytes()).await.unwrap();
    let head = String::from_utf8(wire.closed().await)
        .unwrap()
        .to_ascii_lowercase();
    assert!(head.starts_with("http/1.1 200"), "{head}");
    assert!(head.contains("content-length: 16\r\n"), "{head}");
    assert!(head.contains("content-encoding: br\r\n"), "{head}");
    assert!(head.ends_with("\r\n\r\n"), "{head}");
    assert_eq!(process.event("request").await["route"], "/*page");
}

#[test]
fn reports_site_folder_without_index_page() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let variables = [("SITE_DIR", path), ("PORT", "abc")];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let problems = Config::from_variables(&variables.into()).unwrap_err().0;
    let [_, site] = problems.as_slice() else {
        panic!("{problems:?}")
    };
    assert_eq!(site.variable, "SITE_DIR");
    let cause = "cannot be read: No such file or directory (os error 2)";
    assert_eq!(
        site.message,
        format!("is `{path}`, but `{path}/index.html` {cause}")
    );
    assert!(site.allowed.contains("npm run build"));
}
