//! Implements `find_construct`, which searches constructs of infra-lib and CloudFormation resource types by words.

use infra_codegen::handle_path;
use infra_schema::{catalog, feature_of, list_services, parse};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value as JsonValue, json};

use super::answer::Answer;
use super::tool::{JsonObject, Tool, Work, argument_schema, parse_arguments};

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
    schema: argument_schema::<Arguments>,
    work: Work::Offline(find_construct),
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
struct SearchResult {
    rank: (usize, usize),
    name: &'static str,
    document: JsonValue,
}

fn find_construct(arguments: JsonObject) -> Answer {
    let asked: Arguments = match parse_arguments("find_construct", arguments) {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let mut wanted = split_words(&asked.words);
    wanted.dedup();
    if wanted.is_empty() {
        return Answer::from_error("error: `words` contains no search term\n");
    }
    let mut found: Vec<SearchResult> = find_items(&wanted).chain(find_types(&wanted)).collect();
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
    Answer::from_text(document.to_string())
}

fn find_items(wanted: &[String]) -> impl Iterator<Item = SearchResult> {
    ITEMS.lines().filter_map(move |line| {
        let mut fields = line.split('\t');
        let (kind, path) = (fields.next()?, fields.next()?);
        let (summary, members) = (fields.next()?, fields.next()?);
        let place = Candidate {
            name: split_words(path),
            summary: split_words(summary),
            members: split_words(members),
            parts: Vec::new(),
        };
        let (count, weight) = place.rank_words(wanted)?;
        // A construct ranks before the resource type that it creates, and before types for its options.
        let preferred = if kind == "construct" { 60 } else { 0 };
        let mut document = json!({ "kind": kind, "path": path, "summary": summary });
        if !members.is_empty() {
            document["members"] = members.split(' ').collect();
        }
        if kind == "construct"
            && let Some(page) = page_of(path)
        {
            document["page"] = page.into();
        }
        Some(SearchResult {
            rank: (count, weight + preferred),
            name: path,
            document,
        })
    })
}

/// Returns the URI of the book's page about a construct, such as `infra_lib::sqs::Queue`.
fn page_of(construct: &str) -> Option<String> {
    let (service, name) = construct.strip_prefix("infra_lib::")?.split_once("::")?;
    let file = camel_parts(name).join("_").to_ascii_lowercase();
    Some(format!(
        "infra://book/reference/constructs/{service}/{file}"
    ))
}

fn find_types(wanted: &[String]) -> impl Iterator<Item = SearchResult> {
    let all = list_services().filter_map(|service| Some((service, catalog::text_of(service)?)));
    all.flat_map(move |(service, text)| {
        parse::split_types(text).filter_map(move |(name, text)| {
            let (own, parts) = text.split_once("\n#").unwrap_or((text, ""));
            let of = |text: &'static str| text.lines().filter_map(property_name);
            let place = Candidate {
                name: split_words(name),
                summary: Vec::new(),
                members: of(own).flat_map(split_words).collect(),
                parts: of(parts).flat_map(split_words).collect(),
            };
            let rank = place.rank_words(wanted)?;
            let mut matching: Vec<&str> = Vec::new();
            for property in of(own).chain(of(parts)) {
                let is_meant = wanted
                    .iter()
                    .any(|word| has_word(&split_words(property), word));
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
            Some(SearchResult {
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
struct Candidate {
    name: Vec<String>,
    summary: Vec<String>,
    /// Words in the names of methods, variants and properties.
    members: Vec<String>,
    /// Words in the names of nested properties.
    parts: Vec<String>,
}

impl Candidate {
    /// Returns the number of wanted words that match, and their weight; `None` without a match.
    fn rank_words(&self, wanted: &[String]) -> Option<(usize, usize)> {
        let weights = wanted.iter().map(|word| {
            if self
                .name
                .last()
                .is_some_and(|last| is_same_word(last, word))
            {
                8
            } else if has_word(&self.name, word) {
                6
            } else if has_word(&self.summary, word) {
                3
            } else if has_word(&self.members, word) {
                2
            } else {
                usize::from(has_word(&self.parts, word))
            }
        });
        let weights: Vec<usize> = weights.filter(|weight| *weight > 0).collect();
        // Of two names with the same matches, the shorter one ranks first.
        let short = 20_usize.saturating_sub(self.name.len());
        (!weights.is_empty()).then(|| (weights.len(), weights.iter().sum::<usize>() * 20 + short))
    }
}

fn has_word(list: &[String], word: &str) -> bool {
    list.iter()
        .any(|one| is_same_word(one, word) || word.len() > 2 && one.starts_with(word))
}

/// Returns true for the same word in singular or plural.
fn is_same_word(one: &str, other: &str) -> bool {
    let singular = |word: &str| word.strip_suffix('s').unwrap_or(word).len();
    let length = singular(one);
    length == singular(other) && one[..length] == other[..length]
}

/// Splits a text into words in lower case: `DBInstance` becomes `dbinstance`, `db` and `instance`.
fn split_words(text: &str) -> Vec<String> {
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
    use super::super::book::list_pages;
    use super::{ITEMS, camel_parts, has_word, is_same_word, page_of, split_words};

    #[test]
    fn splits_names_into_words() {
        assert_eq!(camel_parts("HTTPApiV2"), ["HTTP", "Api", "V2"]);
        assert_eq!(
            split_words("AWS::RDS::DBInstance"),
            ["aws", "rds", "dbinstance", "db", "instance"]
        );
        assert_eq!(split_words(""), [""; 0]);
    }

    #[test]
    fn matches_singular_and_plural_words() {
        assert!(
            is_same_word("secrets", "secret")
                && is_same_word("secret", "secret")
                && is_same_word("dns", "dns")
        );
        assert!(!is_same_word("queue", "queen"));
        let list = ["databases".to_owned()];
        assert!(has_word(&list, "data") && has_word(&list, "database") && !has_word(&list, "base"));
    }

    #[test]
    fn finds_page_of_every_construct() {
        let pages: Vec<String> = list_pages()
            .map(|page| format!("infra://book/{}", page.path))
            .collect();
        let constructs = ITEMS.lines().filter_map(|line| {
            let path = line.strip_prefix("construct\t")?.split('\t').next()?;
            // Constructs of every app, which the guides of the book describe, and imports, which the page of the construct names.
            let (_, name) = path.strip_prefix("infra_lib::")?.split_once("::")?;
            let is_import = name.starts_with("Imported") || name.ends_with("Ref");
            (!is_import).then_some(path)
        });
        let missing: Vec<&str> = constructs
            .filter(|path| page_of(path).is_none_or(|page| !pages.contains(&page)))
            .collect();
        assert_eq!(missing, Vec::<&str>::new());
    }

    #[test]
    fn reads_four_columns_of_every_item() {
        for line in ITEMS.lines() {
            assert_eq!(line.split('\t').count(), 4, "{line}");
        }
    }
}
