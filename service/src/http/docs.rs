//! The document, and pages that show it: Swagger UI to try the API, Redoc to read it.
//!
//! Scripts and styles are those that poem-openapi carries, but not its pages: they are whole megabytes of inline script, which needs a policy
//! that allows any inline script, have no entity tag, and Redoc's loads fonts from Google. Here they are files of their own, and nothing is
//! loaded from anywhere else.

use std::sync::LazyLock;

use poem::endpoint::make_sync;
use poem::{Endpoint, Route, get};
use poem_openapi::OpenApiService;

use super::coding::{self, Coding, Effort};
use super::kept::Kept;
use super::middleware::Docs;
use super::openapi;

/// Where the document is.
pub(crate) const DOCUMENT: &str = "/api/openapi.json";

/// Where the pages are.
pub(crate) const PAGE: &str = "/docs";

/// Adds the document, and the pages if they are to be served.
pub(super) fn routes(routes: Route, docs: Docs) -> Route {
    let document = || {
        let text = openapi::document().to_string();
        file("application/json", text.into_bytes())
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

type Make = fn() -> Kept;

fn serve(make: Make) -> impl Endpoint {
    let file = LazyLock::new(make);
    get(make_sync(move |request| file.answer(&request)))
}

/// Made when somebody asks: most processes never need them.
const PAGES: [(&str, Make); 7] = [
    (PAGE, || page(SWAGGER_PAGE, SWAGGER_POLICY)),
    ("/docs/swagger.js", || script(swagger_parts().1)),
    ("/docs/swagger.css", || {
        file("text/css; charset=utf-8", swagger_parts().0.into_bytes())
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

/// The page fills in every example. Of parameters that may be left out they are taken out: a filter that nobody asked for finds nothing.
/// `validatorUrl` would send the document to validator.swagger.io.
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

fn page(text: &str, policy: &'static str) -> Kept {
    file("text/html; charset=utf-8", text.as_bytes().to_vec()).policy(policy)
}

fn script(text: String) -> Kept {
    file("text/javascript; charset=utf-8", text.into_bytes())
}

fn file(content_type: &'static str, plain: Vec<u8>) -> Kept {
    let packed = coding::gzip(&plain, Effort::Kept);
    Kept::new(content_type, plain).coded(Coding::Gzip, packed)
}
