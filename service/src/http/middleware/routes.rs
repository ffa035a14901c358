//! Facts about paths from the OpenAPI document: the template under which requests are counted, and the methods of a path.

use std::collections::BTreeMap;

use poem::PathPattern;
use poem::http::HeaderValue;
use serde_json::Value;

use crate::http::described::described;
use crate::http::{docs, site};

/// Template of requests for unknown paths. They share one name, because each name creates a time series.
pub(crate) const UNMATCHED: &str = "unmatched";

/// A path of the service.
#[derive(Debug)]
pub(in crate::http) struct Route {
    template: String,
    allow: HeaderValue,
}

/// Returns the path template of the document, such as `/api/notes/{id}`, for a pattern of the router, such as `/api/notes/:param0`.
pub(crate) fn path_template(pattern: Option<&PathPattern>) -> &'static str {
    match pattern {
        Some(pattern) => find_route(pattern).map_or(UNMATCHED, |route| &route.template),
        None => UNMATCHED,
    }
}

/// Returns the methods of a path, for the header `Allow`.
pub(super) fn allowed_methods(pattern: &PathPattern) -> Option<HeaderValue> {
    find_route(pattern).map(|route| route.allow.clone())
}

fn find_route(pattern: &PathPattern) -> Option<&'static Route> {
    described().routes.get(&*pattern.0)
}

/// Collects the paths of an OpenAPI document and those outside of it, by the pattern of the router.
pub(in crate::http) fn collect_routes(document: &Value) -> BTreeMap<String, Route> {
    let described = document["paths"].as_object().into_iter().flatten();
    let described = described.map(|(template, item)| {
        let methods: Vec<_> = item
            .as_object()
            .into_iter()
            .flatten()
            .map(|(method, _)| &**method)
            .collect();
        (template.as_str(), methods)
    });
    // Paths outside the document support reading only.
    let others = docs::list_paths()
        .chain(site::PATHS)
        .chain([super::LIVENESS, super::READINESS]);
    described
        .chain(others.map(|path| (path, vec!["get"])))
        .map(|(template, methods)| {
            let route = Route {
                template: template.to_owned(),
                allow: allow_header(&methods),
            };
            (pattern_of(template), route)
        })
        .collect()
}

fn allow_header(methods: &[&str]) -> HeaderValue {
    let known = ["get", "head", "post", "put", "patch", "delete"];
    let there = |method: &str| {
        // The router answers HEAD on every path that it answers GET on.
        methods.contains(&method) || method == "head" && methods.contains(&"get")
    };
    let list: Vec<_> = known
        .into_iter()
        .filter(|method| there(method))
        .map(str::to_uppercase)
        .collect();
    HeaderValue::try_from(list.join(", ")).expect("names of methods are ASCII")
}

/// Returns the pattern of the router for a path template: poem-openapi numbers parameters by position.
pub(crate) fn pattern_of(template: &str) -> String {
    let mut count = 0;
    let segments = template.split('/').map(|segment| {
        if segment.starts_with('{') {
            count += 1;
            format!(":param{}", count - 1)
        } else {
            segment.to_owned()
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn router_patterns_match_document() {
        assert_eq!(
            pattern_of("/api/notes/{id}/labels/{label}"),
            "/api/notes/:param0/labels/:param1"
        );
        let document = serde_json::json!({"paths": {"/api/x/{id}": {"get": {}, "patch": {}}}});
        let routes = collect_routes(&document);
        let route = &routes["/api/x/:param0"];
        assert_eq!(route.template, "/api/x/{id}");
        assert_eq!(route.allow, "GET, HEAD, PATCH");
        assert_eq!(routes["/healthz"].allow, "GET, HEAD");
        assert_eq!(path_template(None), UNMATCHED);
        assert_eq!(
            path_template(Some(&PathPattern("/wp-login.php".into()))),
            UNMATCHED
        );
    }
}
