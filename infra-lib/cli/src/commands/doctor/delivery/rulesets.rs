//! Checks the rulesets of a repository: requirements for the branch, forbidden tags, and bypass actors.

use serde_json::Value as JsonValue;

use super::check::{Check, Stage};
use super::github::{GitHub, LOGIN, RequestError};
use super::project::Project;

/// Rules that protect a branch.
const REQUIRED_RULES: [&str; 3] = ["pull_request", "required_status_checks", "merge_queue"];

/// Checks the rules that apply to the branch.
pub(super) async fn check_branch_rules(hub: &GitHub, project: &Project, branch: &str) -> Check {
    let stage = Stage::Rules;
    let subject = format!("rule for `{branch}`");
    let rules = match hub.get_json(&format!("/rules/branches/{branch}")).await {
        Ok(found) => found.as_array().cloned().unwrap_or_default(),
        Err(RequestError::NotFound) => Vec::new(),
        Err(RequestError::Other(said)) => return Check::unknown(stage, subject, said, LOGIN),
    };
    let mut problems = find_rule_gaps(&rules);
    let reference = format!("refs/heads/{branch}");
    // The rules of a branch exclude those of disabled rulesets and of other branches.
    if !problems.is_empty() {
        match list_rulesets(hub, "branch").await {
            Ok(sets) => problems.extend(
                sets.iter()
                    .filter_map(|set| explain_no_effect(set, &reference)),
            ),
            Err(said) => return Check::unknown(stage, subject, said, LOGIN),
        }
    }
    let mut ids: Vec<u64> = Vec::new();
    let demanded = rules
        .iter()
        .filter(|rule| REQUIRED_RULES.iter().any(|kind| rule["type"] == *kind));
    for id in demanded.filter_map(|rule| rule["ruleset_id"].as_u64()) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    for id in ids {
        match hub.get_json(&format!("/rulesets/{id}")).await {
            Ok(set) => match find_bypass(&set) {
                Ok(problem) => problems.extend(problem),
                Err(said) => return Check::unknown(stage, subject, said, LOGIN),
            },
            Err(RequestError::NotFound) => {
                let said = format!("the token has no permission to read the ruleset {id}");
                return Check::unknown(stage, subject, said, LOGIN);
            }
            Err(RequestError::Other(said)) => return Check::unknown(stage, subject, said, LOGIN),
        }
    }
    let repair = project.explain_ruleset(hub.repository(), "main");
    Check::from_problems(stage, subject, &problems, repair)
}

/// Returns the problems of the rules that apply to a branch.
fn find_rule_gaps(rules: &[JsonValue]) -> Vec<String> {
    let kind = |name: &str| rules.iter().find(|rule| rule["type"] == name);
    let mut problems = Vec::new();
    if kind("pull_request").is_none() {
        problems.push("the branch can be pushed to without a pull request".to_owned());
    }
    let checks = kind("required_status_checks").map(|rule| &rule["parameters"]);
    let required = checks.and_then(|checks| checks["required_status_checks"].as_array());
    match required {
        None => problems.push("no status check is required".to_owned()),
        Some(required) if required.is_empty() => {
            problems.push("no status check is required".to_owned());
        }
        Some(required) => {
            let strict =
                checks.is_some_and(|one| one["strict_required_status_checks_policy"] == true);
            if !strict && kind("merge_queue").is_none() {
                problems.push(
                    "branches do not have to be up to date before merging, so the merged code can differ from the planned code"
                        .to_owned(),
                );
            }
            let open = required
                .iter()
                .filter(|one| one["integration_id"].is_null());
            let open: Vec<&str> = open.filter_map(|one| one["context"].as_str()).collect();
            if !open.is_empty() {
                problems.push(format!(
                    "any app may report the status checks {}",
                    open.join(", ")
                ));
            }
        }
    }
    problems
}

/// Checks that a rule prevents a tag with the name of the branch.
pub(super) async fn check_tag_rules(hub: &GitHub, project: &Project, branch: &str) -> Check {
    let stage = Stage::Rules;
    let subject = format!("rule against a tag `{branch}`");
    let repair = project.explain_ruleset(hub.repository(), "tags");
    let sets = match list_rulesets(hub, "tag").await {
        Ok(sets) => sets,
        Err(said) => return Check::unknown(stage, subject, said, LOGIN),
    };
    let reference = format!("refs/tags/{branch}");
    let mut problems = Vec::new();
    for set in &sets {
        let problem = match explain_no_effect(set, &reference) {
            Some(problem) => Some(problem),
            None if !forbids_creation(set) => Some(format!(
                "the ruleset {} allows the creation of tags",
                show_name(set)
            )),
            None => match find_bypass(set) {
                Ok(problem) => problem,
                Err(said) => return Check::unknown(stage, subject, said, LOGIN),
            },
        };
        match problem {
            Some(problem) => problems.push(problem),
            None => return Check::ok(stage, subject),
        }
    }
    problems.insert(
        0,
        "no ruleset prevents a tag of that name, and runs of the tag look like runs of the branch"
            .to_owned(),
    );
    Check::from_problems(stage, subject, &problems, repair)
}

fn forbids_creation(set: &JsonValue) -> bool {
    let mut rules = set["rules"].as_array().into_iter().flatten();
    rules.any(|rule| rule["type"] == "creation")
}

/// Returns the rulesets of the repository and its organisation for branches or for tags, with their rules.
async fn list_rulesets(hub: &GitHub, target: &str) -> Result<Vec<JsonValue>, String> {
    let listed = match hub
        .get_json(&format!("/rulesets?targets={target}&per_page=100"))
        .await
    {
        Ok(found) => found.as_array().cloned().unwrap_or_default(),
        Err(RequestError::NotFound) => Vec::new(),
        Err(RequestError::Other(said)) => return Err(said),
    };
    let mut sets = Vec::new();
    for one in listed.into_iter().filter(|one| one["target"] == target) {
        let id = one["id"].as_u64().unwrap_or_default();
        match hub.get_json(&format!("/rulesets/{id}")).await {
            Ok(set) => sets.push(set),
            Err(RequestError::NotFound) => {
                return Err(format!(
                    "the token has no permission to read the ruleset {}",
                    show_name(&one)
                ));
            }
            Err(RequestError::Other(said)) => return Err(said),
        }
    }
    Ok(sets)
}

/// Returns the reason why a ruleset has no effect on a ref.
fn explain_no_effect(set: &JsonValue, reference: &str) -> Option<String> {
    let name = show_name(set);
    match set["enforcement"].as_str() {
        Some("active") if is_ref_covered(set, reference) => None,
        Some("active") => Some(format!("the ruleset {name} does not cover `{reference}`")),
        Some("evaluate") => Some(format!(
            "the ruleset {name} is in evaluate mode, which blocks nothing"
        )),
        _ => Some(format!("the ruleset {name} is disabled")),
    }
}

/// Returns a problem if a ruleset has bypass actors.
///
/// # Errors
///
/// Returns an error if the token may not read the actors.
fn find_bypass(set: &JsonValue) -> Result<Option<String>, String> {
    let name = show_name(set);
    let Some(actors) = set["bypass_actors"].as_array() else {
        return Err(format!(
            "the token has no permission to read the bypass list of the ruleset {name}"
        ));
    };
    let shown = actors.iter().map(|actor| {
        let kind = actor["actor_type"].as_str().unwrap_or("somebody");
        match actor["actor_id"].as_u64() {
            Some(id) => format!("{kind} {id}"),
            None => kind.to_owned(),
        }
    });
    let shown: Vec<String> = shown.collect();
    let problem = format!("the ruleset {name} can be bypassed by {}", shown.join(", "));
    Ok((!shown.is_empty()).then_some(problem))
}

fn show_name(set: &JsonValue) -> String {
    match set["name"].as_str() {
        Some(name) => format!("`{name}`"),
        None => set["id"].to_string(),
    }
}

/// Returns true if the patterns of a ruleset include a ref and do not exclude it.
fn is_ref_covered(set: &JsonValue, reference: &str) -> bool {
    let names = &set["conditions"]["ref_name"];
    let any = |patterns: &JsonValue| {
        let patterns = patterns.as_array().into_iter().flatten();
        let mut patterns = patterns.filter_map(JsonValue::as_str);
        patterns.any(|pattern| match pattern {
            "~ALL" => true,
            // A delivery deploys the default branch.
            "~DEFAULT_BRANCH" => reference.starts_with("refs/heads/"),
            pattern => matches_pattern(pattern, reference),
        })
    };
    any(&names["include"]) && !any(&names["exclude"])
}

/// Returns true if a GitHub pattern matches: `*` matches text without `/`, `**` any text, and `?` one character.
fn matches_pattern(pattern: &str, text: &str) -> bool {
    if let Some(rest) = pattern.strip_prefix("**") {
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        return (0..=text.len())
            .filter(|at| text.is_char_boundary(*at))
            .any(|at| matches_pattern(rest, &text[at..]));
    }
    let mut letters = pattern.chars();
    let Some(first) = letters.next() else {
        return text.is_empty();
    };
    let rest = letters.as_str();
    if first == '*' {
        let end = text.find('/').unwrap_or(text.len());
        return (0..=end)
            .filter(|at| text.is_char_boundary(*at))
            .any(|at| matches_pattern(rest, &text[at..]));
    }
    let mut given = text.chars();
    let Some(found) = given.next() else {
        return false;
    };
    (first == found || first == '?' && found != '/') && matches_pattern(rest, given.as_str())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::is_ref_covered;

    #[test]
    fn matches_included_refs() {
        let set = |include: &[&str], exclude: &[&str]| json!({ "conditions": { "ref_name": { "include": include, "exclude": exclude } } });
        for (include, exclude, wanted) in [
            (&["refs/heads/main"][..], &[][..], true),
            (&["~ALL"], &[], true),
            (&["~DEFAULT_BRANCH"], &[], true),
            (&["refs/heads/*"], &[], true),
            (&["refs/**"], &[], true),
            (&["refs/heads/release/*", "refs/heads/ma?n"], &[], true),
            (&["refs/*"], &[], false),
            (&["refs/heads/release/*"], &[], false),
            (&["refs/heads/main2"], &[], false),
            (&["~ALL"], &["refs/heads/main"], false),
            (&["~ALL"], &["refs/heads/m*"], false),
            (&[], &[], false),
        ] {
            let found = is_ref_covered(&set(include, exclude), "refs/heads/main");
            assert_eq!(found, wanted, "{include:?} {exclude:?}");
        }
        assert!(!is_ref_covered(
            &set(&["~DEFAULT_BRANCH"], &[]),
            "refs/tags/main"
        ));
        assert!(!is_ref_covered(&json!({}), "refs/heads/main"));
    }
}
