//! The actions IAM knows, to notice a misspelt one in a policy.
//!
//! Case plays no role in IAM, and the catalogue knows the usual spelling of only some actions:
//! the others are in lower case.

use std::sync::OnceLock;

use crate::nearest::nearest;

static CATALOGUE: &str = include_str!("../iam_actions.txt");

/// Prefix of each service with its actions, separated by spaces.
fn services() -> &'static [(&'static str, &'static str)] {
    static SERVICES: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    SERVICES.get_or_init(|| {
        let lines = CATALOGUE.lines().filter(|line| !line.starts_with(';'));
        lines.filter_map(|line| line.split_once(": ")).collect()
    })
}

/// Names of the actions of a service (`s3`), sorted without regard to case; none for an unknown one.
pub fn actions(service: &str) -> impl Iterator<Item = &'static str> + use<> {
    let service = service.to_ascii_lowercase();
    let found = services()
        .binary_search_by(|(name, _)| (*name).cmp(&service))
        .ok();
    let list = found.map_or("", |at| services()[at].1);
    list.split_ascii_whitespace()
}

/// Prefixes of all services, sorted.
pub fn prefixes() -> impl Iterator<Item = &'static str> {
    services().iter().map(|(name, _)| *name)
}

/// Whether an action of a policy names or, with `*` and `?`, matches at least one action.
///
/// ```
/// use infra_schema::iam::is_known_action;
///
/// assert!(is_known_action("s3:GetObject"));
/// assert!(is_known_action("s3:get*"));
/// assert!(is_known_action("*"));
/// assert!(!is_known_action("s3:GetObjekt"));
/// assert!(!is_known_action("s4:GetObject"));
/// ```
pub fn is_known_action(action: &str) -> bool {
    if action == "*" {
        return true;
    }
    let Some((service, name)) = action.split_once(':') else {
        return false;
    };
    let pattern: Vec<u8> = name.to_ascii_lowercase().into_bytes();
    actions(service).any(|known| matches(&pattern, known.to_ascii_lowercase().as_bytes()))
}

/// The existing action closest to a misspelt one, with its service.
///
/// ```
/// assert_eq!(infra_schema::iam::nearest_action("s3:GetObjekt").as_deref(), Some("s3:GetObject"));
/// assert_eq!(infra_schema::iam::nearest_action("sss3:GetObject"), None);
/// ```
pub fn nearest_action(action: &str) -> Option<String> {
    let (service, name) = action.split_once(':')?;
    let known = nearest(service, prefixes())?;
    let name = nearest(name, actions(known))?;
    Some(format!("{known}:{name}"))
}

/// Whether `text` fits a pattern of letters, `*` (any run) and `?` (any one).
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        if p < pattern.len() && pattern[p] == b'*' {
            star = Some((p, t));
            p += 1;
        } else if p < pattern.len() && (pattern[p] == b'?' || pattern[p] == text[t]) {
            p += 1;
            t += 1;
        } else if let Some((at, matched)) = star {
            // Let the last star take one more.
            star = Some((at, matched + 1));
            p = at + 1;
            t = matched + 1;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|&c| c == b'*')
}

#[cfg(test)]
mod tests {
    use super::{actions, is_known_action, matches, prefixes};

    #[test]
    fn stars_and_question_marks_match() {
        assert!(matches(b"get*", b"getobject"));
        assert!(matches(b"*object*", b"getobjectacl"));
        assert!(matches(b"get?bject", b"getobject"));
        assert!(!matches(b"get?", b"getobject"));
        assert!(!matches(b"*objekt", b"getobject"));
    }

    #[test]
    fn the_catalogue_is_sorted_and_well_known_actions_are_in_it() {
        let services: Vec<&str> = prefixes().collect();
        assert!(services.is_sorted() && services.len() > 400);
        assert!(actions("s3").any(|name| name == "GetObject"));
        for action in [
            "secretsmanager:GetSecretValue",
            "kms:Decrypt",
            "logs:PutLogEvents",
            "ecs:*",
            "sts:AssumeRole",
        ] {
            assert!(is_known_action(action), "{action}");
        }
        assert!(!is_known_action("s3:Fly*"));
        assert!(!is_known_action("GetObject"));
    }
}
