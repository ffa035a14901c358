//! Checks of the paths of routes.

use crate::core::{Diagnostic, Scope, codes};

/// Reports a path that API Gateway rejects (`INF4921`).
#[track_caller]
pub(crate) fn check(scope: Scope<'_>, property: &str, path: &str) {
    let Some(reason) = find_mistake(path) else {
        return;
    };
    scope.report(
        Diagnostic::new(
            codes::ROUTE_PATH,
            format!("API Gateway rejects a route with the path `{path}`: {reason}"),
        )
        .origin(std::panic::Location::caller())
        .property(property)
        .actual(path)
        .expected("a path such as `/notes/{id}` or `/files/{proxy+}`")
        .help("write each variable as a whole segment in braces; `+` after its name matches the rest of the path")
        .url("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html"),
    );
}

/// Returns the reason for which a path is malformed.
fn find_mistake(path: &str) -> Option<String> {
    let Some(rest) = path.strip_prefix('/') else {
        return Some("it does not start with `/`".to_owned());
    };
    if rest.is_empty() {
        return None;
    }
    let segments: Vec<&str> = rest.split('/').collect();
    let last = segments.len() - 1;
    segments.iter().enumerate().find_map(|(at, segment)| {
        if segment.is_empty() {
            return Some("a segment is empty, or it ends with `/`".to_owned());
        }
        let Some(name) = segment.strip_prefix('{').and_then(|s| s.strip_suffix('}')) else {
            let has_brace = segment.contains(['{', '}']);
            return has_brace.then(|| format!("`{segment}` is a variable only in part"));
        };
        let plain = name.strip_suffix('+').unwrap_or(name);
        if plain.is_empty() || plain.contains(['{', '}', '+']) {
            return Some(format!("`{segment}` has no valid name of a variable"));
        }
        (name.ends_with('+') && at != last)
            .then(|| format!("`{segment}` matches the rest of the path, but is not its end"))
    })
}
