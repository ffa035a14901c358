//! Implements `find_construct`, which searches constructs of infra-lib and CloudFormation resource types by words.

use infra_codegen::handle_path;
use infra_schema::{catalog, feature_of, parse, services};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value as JsonValue, json};

use super::answer::Answer;
use super::tool::{JsonObject, Tool, Work, read, schema};

/// Public items of infra-lib, one per line: kind, path, summary and members, separated by tabs.
///
/// Generated from `api/infra-lib.txt` and the sources of infra-lib by `tests/it/constructs.rs`, because the tool does not depend on constructs.
const ITEMS: &str = include_str!("constructs.txt");

/// Default number of results.
const RESULTS: usize = 15;

pub(super) static FIND_CONSTRUCT: Tool = Tool {
    name: "find_construct",
    title: "Find a construct",
    description: "Searches the constructs and other public items of infra-lib, and every CloudFormation resource type with its property names, by words. Returns paths, summaries, methods and matching properties, best matches first. Prefer a construct to a resource type if both are found.",
    schema: schema::<Arguments>,
    work: Work::Offline(find),
    reads_aws: false,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Arguments {
    /// Words in any order and case, such as `load balancer` or `queue dead letter`.
    words: String,
    /// Number of results, 1 to 50. Default: 15.
    #[serde(default)]
    limit: Option<usize>,
}

/// A result with its rank: number of matching words, and their weight.
struct Found {
    rank: (usize, usize),
    name: &'static str,
    document: JsonValue,
}

fn find(arguments: JsonObject) -> Answer {
    let asked: Arguments = match read("find_construct", arguments) {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let mut wanted = words(&asked.words);
    wanted.dedup();
    if wanted.is_empty() {
        return Answer::refused("error: `words` contains no search term\n");
    }
    let mut found: Vec<Found> = items(&wanted).chain(types(&wanted)).collect();
    // Results with fewer matching words than the best one are left out.
    let most = found.iter().map(|one| one.rank.0).max().unwrap_or(0);
    found.retain(|one| one.rank.0 == most);
    found.sort_by(|one, other| other.rank.cmp(&one.rank).then(one.name.cmp(other.name)));
    let total = found.len();
    let limit = asked.limit.unwrap_or(RESULTS).clamp(1, 50);
    let results: Vec<JsonValue> = found
        .into_iter()
        .take(limit)
        .map(|one| one.document)
        .collect();
    let mut document = json!({ "results": results });
    if total > limit {
        document["leftOut"] = (total - limit).into();
    }
    if most < wanted.len() {
        document["note"] = format!("nothing matches all {} words", wanted.len()).into();
    }
    Answer::data(document.to_string())
}

fn items(wanted: &[String]) -> impl Iterator<Item = Found> {
    ITEMS.lines().filter_map(move |line| {
        let mut fields = line.split('\t');
        let (kind, path) = (fields.next()?, fields.next()?);
        let (summary, members) = (fields.next()?, fields.next()?);
        let place = Place {
            name: words(path),
            summary: words(summary),
            members: words(members),
            parts: Vec::new(),
        };
        let (count, weight) = place.rank(wanted)?;
        // A construct ranks before the resource type that it creates, and before types for its options.
        let preferred = if kind == "construct" { 60 } else { 0 };
        let mut document = json!({ "kind": kind, "path": path, "summary": summary });
        if !members.is_empty() {
            document["members"] = members.split(' ').collect();
        }
        Some(Found {
            rank: (count, weight + preferred),
            name: path,
            document,
        })
    })
}

fn types(wanted: &[String]) -> impl Iterator<Item = Found> {
    let all = services().filter_map(|service| Some((service, catalog::text_of(service)?)));
    all.flat_map(move |(service, text)| {
        parse::split(text).filter_map(move |(name, text)| {
            let (own, parts) = text.split_once("\n#").unwrap_or((text, ""));
            let of = |text: &'static str| text.lines().filter_map(property_name);
            let place = Place {
                name: words(name),
                summary: Vec::new(),
                members: of(own).flat_map(words).collect(),
                parts: of(parts).flat_map(words).collect(),
            };
            let rank = place.rank(wanted)?;
            let mut matching: Vec<&str> = Vec::new();
            for property in of(own).chain(of(parts)) {
                let is_meant = wanted.iter().any(|word| has(&words(property), word));
                if is_meant && !matching.contains(&property) {
                    matching.push(property);
                }
            }
            matching.truncate(10);
            let mut document = json!({
                "kind": "resource type",
                "type": name,
                "rust": format!("infra_lib::cfn::{}Props", handle_path(name)),
                "feature": feature_of(service),
            });
            if !matching.is_empty() {
                document["properties"] = matching.into();
            }
            Some(Found {
                rank,
                name,
                document,
            })
        })
    })
}

/// Returns the name of the property that a line of the model describes.
fn property_name(line: &'static str) -> Option<&'static str> {
    let rest = line.strip_prefix("  ")?;
    rest.split([' ', '!']).next()
}

/// The words of a search candidate, by their position in it.
struct Place {
    name: Vec<String>,
    summary: Vec<String>,
    /// Words in the names of methods, variants and properties.
    members: Vec<String>,
    /// Words in the names of nested properties.
    parts: Vec<String>,
}

impl Place {
    /// Returns the number of wanted words that match, and their weight; `None` without a match.
    fn rank(&self, wanted: &[String]) -> Option<(usize, usize)> {
        let weights = wanted.iter().map(|word| {
            if self.name.last().is_some_and(|last| same(last, word)) {
                8
            } else if has(&self.name, word) {
                6
            } else if has(&self.summary, word) {
                3
            } else if has(&self.members, word) {
                2
            } else {
                usize::from(has(&self.parts, word))
            }
        });
        let weights: Vec<usize> = weights.filter(|weight| *weight > 0).collect();
        // Of two names with the same matches, the shorter one ranks first.
        let short = 20_usize.saturating_sub(self.name.len());
        (!weights.is_empty()).then(|| (weights.len(), weights.iter().sum::<usize>() * 20 + short))
    }
}

fn has(list: &[String], word: &str) -> bool {
    list.iter()
        .any(|one| same(one, word) || word.len() > 2 && one.starts_with(word))
}

/// Returns true for the same word in singular or plural.
fn same(one: &str, other: &str) -> bool {
    let singular = |word: &str| word.strip_suffix('s').unwrap_or(word).len();
    let length = singular(one);
    length == singular(other) && one[..length] == other[..length]
}

/// Splits a text into words in lower case: `DBInstance` becomes `dbinstance`, `db` and `instance`.
fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let parts = camel_parts(part);
        if parts.len() > 1 {
            found.push(part.to_ascii_lowercase());
        }
        found.extend(parts.iter().map(|part| part.to_ascii_lowercase()));
    }
    found
}

/// Splits a name at its capital letters: `HTTPApiV2` becomes `HTTP`, `Api`, `V2`.
fn camel_parts(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let mut parts = Vec::new();
    let mut start = 0;
    for at in 1..bytes.len() {
        let (before, here) = (bytes[at - 1], bytes[at]);
        let next_is_lower = bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        let begins = here.is_ascii_uppercase() && (!before.is_ascii_uppercase() || next_is_lower);
        if begins {
            parts.push(&text[start..at]);
            start = at;
        }
    }
    if start < text.len() {
        parts.push(&text[start..]);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{ITEMS, camel_parts, has, same, words};

    #[test]
    fn splits_names_into_words() {
        assert_eq!(camel_parts("HTTPApiV2"), ["HTTP", "Api", "V2"]);
        assert_eq!(
            words("AWS::RDS::DBInstance"),
            ["aws", "rds", "dbinstance", "db", "instance"]
        );
        assert_eq!(words(""), [""; 0]);
    }

    #[test]
    fn compares_singular_and_plural() {
        assert!(same("secrets", "secret") && same("secret", "secret") && same("dns", "dns"));
        assert!(!same("queue", "queen"));
        let list = ["databases".to_owned()];
        assert!(has(&list, "data") && has(&list, "database") && !has(&list, "base"));
    }

    #[test]
    fn reads_every_item() {
        for line in ITEMS.lines() {
            assert_eq!(line.split('\t').count(), 4, "{line}");
        }
    }
}
