//! The catalog of IAM actions: their names, found and compared regardless of case.

use std::cmp::Ordering;

use crate::iam_actions::ACTIONS;

/// Returns the actions of a service, separated by spaces.
fn action_names(service: &str) -> &'static str {
    let service = service.to_ascii_lowercase();
    ACTIONS
        .binary_search_by(|(name, _)| (*name).cmp(&service))
        .map_or("", |at| ACTIONS[at].1)
}

/// Returns the names of the actions of a service such as `s3`, sorted regardless of case. An unknown service has none.
pub fn list_actions(service: &str) -> impl Iterator<Item = &'static str> + use<> {
    action_names(service).split_ascii_whitespace()
}

/// Returns the action prefixes of all services in lower case, sorted alphabetically, for example `s3` of `s3:GetObject`.
pub fn list_prefixes() -> impl Iterator<Item = &'static str> {
    ACTIONS.iter().map(|(name, _)| *name)
}

/// Returns `true` if an action, or a narrower pattern, matches a pattern of a policy, regardless of case.
///
/// ```
/// use infra_schema::iam::matches_action;
///
/// assert!(matches_action("s3:Get*", "s3:GetObject"));
/// assert!(matches_action("*", "s3:Get*"));
/// assert!(!matches_action("s3:GetObject", "s3:Get*"));
/// ```
pub fn matches_action(pattern: &str, action: &str) -> bool {
    matches_pattern(pattern.as_bytes(), action.as_bytes())
}

/// Returns the position of an action among those of its service. The binary search works on the text, without splitting it.
pub(crate) fn find_place(service: &str, name: &str) -> Option<usize> {
    let list = action_names(service);
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = list[low..middle].rfind(' ').map_or(low, |at| low + at + 1);
        let end = list[middle..high].find(' ').map_or(high, |at| middle + at);
        match compare_ignoring_case(&list[start..end], name) {
            Ordering::Equal => return Some(list[..start].matches(' ').count()),
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start,
        }
    }
    None
}

/// Compares two names regardless of case.
pub(crate) fn compare_ignoring_case(one: &str, other: &str) -> Ordering {
    let lower = |byte: u8| byte.to_ascii_lowercase();
    one.bytes().map(lower).cmp(other.bytes().map(lower))
}

/// Returns `true` if `text` matches a pattern of letters, `*` (any text) and `?` (any character), regardless of case.
fn matches_pattern(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        if p < pattern.len() && pattern[p] == b'*' {
            star = Some((p, t));
            p += 1;
        } else if p < pattern.len()
            && (pattern[p] == b'?' || pattern[p].eq_ignore_ascii_case(&text[t]))
        {
            p += 1;
            t += 1;
        } else if let Some((at, matched)) = star {
            // Extend the text matched by the last star by one character.
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
    use super::matches_action;

    #[test]
    fn matches_wildcards() {
        assert!(matches_action("get*", "getobject"));
        assert!(matches_action("*object*", "getobjectacl"));
        assert!(matches_action("get?bject", "getobject"));
        assert!(!matches_action("get?", "getobject"));
        assert!(!matches_action("*objekt", "getobject"));
    }
}
