//! Serves the OpenAPI document, and pages that show it: Swagger UI to try operations, Redoc to read.
//!
//! The scripts and styles come from poem-openapi, but not its pages. Those contain megabytes of inline script, require a policy that allows every
//! inline script, and have no entity tag, and Redoc's loads fonts from Google. Here, scripts and styles are separate files, and nothing is loaded
//! from other hosts.

use std::sync::LazyLock;

use poem::endpoint::make_sync;
use poem::{Endpoint, Route, get};
use poem_openapi::OpenApiService;

use super::coding::{self, Coding, Effort};
use super::kept::StaticFile;
use super::middleware::Docs;
use super::openapi;

/// Path of the OpenAPI document.
pub(crate) const DOCUMENT: &str = "/api/openapi.json";

/// Path of the pages that show the document.
pub(crate) const PAGE: &str = "/docs";

/// Adds the route of the document, and those of the pages if they are served.
pub(super) fn add_docs_routes(routes: Route, docs: Docs) -> Route {
    let document = || {
        let text = openapi::build_document().to_string();
        compressed_file("application/json", text.into_bytes())
    };
    let routes = routes.at(DOCUMENT, serve_lazily(document));
    match docs {
        Docs::Hidden => routes,
        Docs::Served => PAGES.iter().fold(routes, |routes, (path, make)| {
            routes.at(*path, serve_lazily(*make))
        }),
    }
}

/// Returns all paths of this module, for metrics by path.
pub(crate) fn list_paths() -> impl Iterator<Item = &'static str> {
    [DOCUMENT]
        .into_iter()
        .chain(PAGES.iter().map(|(path, _)| *path))
}

type FileBuilder = fn() -> StaticFile;

fn serve_lazily(make: FileBuilder) -> impl Endpoint {
    let file = LazyLock::new(make);
    get(make_sync(move |request| file.answer_request(&request)))
}

/// Paths of the pages with the functions that build them. Files are built on the first request, because most processes never need them.
const PAGES: [(&str, FileBuilder); 7] = [
    (PAGE, || html_page(SWAGGER_PAGE, SWAGGER_POLICY)),
    ("/docs/swagger.js", || script_file(swagger_parts().1)),
    ("/docs/swagger.css", || {
        compressed_file("text/css; charset=utf-8", swagger_parts().0.into_bytes())
    }),
    ("/docs/swagger-start.js", || {
        script_file(SWAGGER_START.replace("{document}", DOCUMENT))
    }),
    ("/docs/redoc", || html_page(REDOC_PAGE, REDOC_POLICY)),
    ("/docs/redoc.js", || script_file(redoc_part())),
    ("/docs/redoc-start.js", || {
        script_file(REDOC_START.replace("{document}", DOCUMENT))
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

/// Script that starts Swagger UI. It removes the examples of optional parameters, because the page would send them: an unintended filter finds
/// nothing. A `validatorUrl` would send the document to validator.swagger.io.
const SWAGGER_START: &str = r#"fetch("{document}").then((answer) => answer.json()).then((spec) => {
  for (const item of Object.values(spec.paths)) {
    for (const operation of Object.values(item)) {
      for (const parameter of operation.parameters ?? []) {
        if (!parameter.required) {
          delete parameter.example;
          delete parameter.schema.example;
        }
      }
    }
  }
  SwaggerUIBundle({
    domNode: document.getElementById("ui"),
    spec,
    deepLinking: true,
    validatorUrl: null,
  });
});
"#;

/// Content security policy of Swagger UI, whose script sets styles on elements.
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

/// Content security policy of Redoc, whose search runs in a worker that the script creates from a blob.
const REDOC_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     font-src 'self' data:; connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Returns the style and the script of Swagger UI.
fn swagger_parts() -> (String, String) {
    let page = OpenApiService::new((), "", "").swagger_ui_html();
    let style = extract_between(&page, r#"<style charset="UTF-8">"#, "</style>\n    <script");
    let script = extract_between(&page, r#"<script charset="UTF-8">"#, "</script>\n</head>");
    (style, script)
}

fn redoc_part() -> String {
    let page = OpenApiService::new((), "", "").redoc_html();
    extract_between(&page, r#"<script charset="UTF-8">"#, "</script>\n  </head>")
}

fn extract_between(page: &str, start: &str, end: &str) -> String {
    page.split_once(start)
        .and_then(|(_, rest)| rest.split_once(end))
        .map(|(part, _)| part.to_owned())
        .expect("a test holds that the pages of poem-openapi have these parts")
}

fn html_page(text: &str, policy: &'static str) -> StaticFile {
    compressed_file("text/html; charset=utf-8", text.as_bytes().to_vec()).policy(policy)
}

fn script_file(text: String) -> StaticFile {
    compressed_file("text/javascript; charset=utf-8", text.into_bytes())
}

fn compressed_file(content_type: &'static str, plain: Vec<u8>) -> StaticFile {
    let packed = coding::compress_gzip(&plain, Effort::Best);
    StaticFile::new(content_type, plain).with_coding(Coding::Gzip, packed)
}
