//! The document, and pages that show it: Swagger UI to try the API, Redoc to read it.
//!
//! Scripts and styles are those that poem-openapi carries, but not its pages: they are whole megabytes of inline script, which needs a policy
//! that allows any inline script, have no entity tag, and Redoc's loads fonts from Google. Here they are files of their own, and nothing is
//! loaded from anywhere else.

use std::sync::LazyLock;

use hyper::body::Bytes;
use poem::endpoint::make_sync;
use poem::http::{StatusCode, header};
use poem::{Endpoint, Request, Response, Route, get};
use poem_openapi::OpenApiService;
use sha2::{Digest, Sha256};

use super::gzip::{self, Effort};
use super::middleware::Docs;
use super::openapi;

/// Where the document is.
pub(crate) const DOCUMENT: &str = "/api/openapi.json";

/// Adds the document, and the pages if they are to be served.
pub(super) fn routes(routes: Route, docs: Docs) -> Route {
    let document = || {
        let text = openapi::document().to_string();
        File::new("application/json", text.into_bytes())
    };
    let routes = routes.at(DOCUMENT, serve(document));
    match docs {
        Docs::Hidden => routes,
        Docs::Served => PAGES.iter().fold(routes, |routes, (path, make)| {
            routes.at(*path, serve(*make))
        }),
    }
}

/// Every path of it, for those who count requests by path.
pub(crate) fn paths() -> impl Iterator<Item = &'static str> {
    [DOCUMENT]
        .into_iter()
        .chain(PAGES.iter().map(|(path, _)| *path))
}

type Make = fn() -> File;

fn serve(make: Make) -> impl Endpoint {
    let file = LazyLock::new(make);
    get(make_sync(move |request| file.answer(&request)))
}

/// Made when somebody asks: most processes never need them.
const PAGES: [(&str, Make); 7] = [
    ("/docs", || page(SWAGGER_PAGE, SWAGGER_POLICY)),
    ("/docs/swagger.js", || script(swagger_parts().1)),
    ("/docs/swagger.css", || {
        File::new("text/css; charset=utf-8", swagger_parts().0.into_bytes())
    }),
    ("/docs/swagger-start.js", || {
        script(SWAGGER_START.replace("{document}", DOCUMENT))
    }),
    ("/docs/redoc", || page(REDOC_PAGE, REDOC_POLICY)),
    ("/docs/redoc.js", || script(redoc_part())),
    ("/docs/redoc-start.js", || {
        script(REDOC_START.replace("{document}", DOCUMENT))
    }),
];

const SWAGGER_PAGE: &str = r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Notes API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger.css">
<div id="ui"></div>
<script src="/docs/swagger.js"></script>
<script src="/docs/swagger-start.js"></script>
</html>
"#;

/// `validatorUrl` would send the document to validator.swagger.io.
const SWAGGER_START: &str = r#"SwaggerUIBundle({
  domNode: document.getElementById("ui"),
  url: "{document}",
  deepLinking: true,
  validatorUrl: null,
});
"#;

/// Both set styles from scripts, on elements.
const SWAGGER_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const REDOC_PAGE: &str = r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Notes API</title>
<link rel="icon" href="data:,">
<style>body { margin: 0 }</style>
<div id="redoc"></div>
<script src="/docs/redoc.js"></script>
<script src="/docs/redoc-start.js"></script>
</html>
"#;

const REDOC_START: &str = r#"Redoc.init("{document}", { hideLoading: true }, document.getElementById("redoc"));
"#;

/// Its search runs in a worker that the script makes of a text.
const REDOC_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     font-src 'self' data:; connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Style and script of Swagger UI.
fn swagger_parts() -> (String, String) {
    let page = OpenApiService::new((), "", "").swagger_ui_html();
    let style = between(&page, r#"<style charset="UTF-8">"#, "</style>\n    <script");
    let script = between(&page, r#"<script charset="UTF-8">"#, "</script>\n</head>");
    (style, script)
}

fn redoc_part() -> String {
    let page = OpenApiService::new((), "", "").redoc_html();
    between(&page, r#"<script charset="UTF-8">"#, "</script>\n  </head>")
}

fn between(page: &str, start: &str, end: &str) -> String {
    page.split_once(start)
        .and_then(|(_, rest)| rest.split_once(end))
        .map(|(part, _)| part.to_owned())
        .expect("a test holds that the pages of poem-openapi have these parts")
}

fn page(text: &str, policy: &'static str) -> File {
    let mut file = File::new("text/html; charset=utf-8", text.as_bytes().to_vec());
    file.policy = Some(policy);
    file
}

fn script(text: String) -> File {
    File::new("text/javascript; charset=utf-8", text.into_bytes())
}

/// Something that is the same as long as the program is.
struct File {
    content_type: &'static str,
    policy: Option<&'static str>,
    plain: Bytes,
    packed: Bytes,
    tag: String,
}

impl File {
    fn new(content_type: &'static str, plain: Vec<u8>) -> Self {
        let hash = Sha256::digest(&plain);
        let start = hash
            .iter()
            .take(12)
            .fold(0, |number: u128, byte| number << 8 | u128::from(*byte));
        Self {
            content_type,
            policy: None,
            packed: gzip::compress(&plain, Effort::Kept).into(),
            plain: plain.into(),
            tag: format!("{start:024x}"),
        }
    }

    fn answer(&self, request: &Request) -> Response {
        let packed = gzip::is_wanted(request.headers());
        // Another sequence of bytes is another tag.
        let tag = format!("\"{}{}\"", self.tag, if packed { "-gzip" } else { "" });
        let known = request.headers().get_all(header::IF_NONE_MATCH).iter();
        let known = known
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|value| value.trim().trim_start_matches("W/") == tag);
        let mut response = Response::builder()
            .header(header::ETAG, tag)
            .header(header::CACHE_CONTROL, "no-cache")
            .header(header::VARY, "accept-encoding");
        if let Some(policy) = self.policy {
            response = response.header(header::CONTENT_SECURITY_POLICY, policy);
        }
        if known {
            return response.status(StatusCode::NOT_MODIFIED).finish();
        }
        let mut response = response.content_type(self.content_type);
        let body = if packed {
            response = response.header(header::CONTENT_ENCODING, "gzip");
            &self.packed
        } else {
            &self.plain
        };
        response.body(body.clone())
    }
}
