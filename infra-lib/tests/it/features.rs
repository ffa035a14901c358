//! Tests that Cargo features match the sources: each enables what its constructs use, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Maximum number of features of a crate on crates.io, and of entries in a feature.
///
/// <https://doc.rust-lang.org/cargo/reference/features.html>
const LIMIT: usize = 300;

type Features = BTreeMap<String, BTreeSet<String>>;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// Reads the table `[features]` of a manifest.
fn features(path: &str) -> Features {
    let manifest = read(path);
    let (_, table) = manifest.split_once("\n[features]\n").unwrap();
    let table = table.split("\n[").next().unwrap();
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    let text = lines.collect::<Vec<_>>().join(" ");
    let entries = text.split_terminator(']').filter(|e| !e.trim().is_empty());
    entries
        .map(|entry| {
            let (name, list) = entry.split_once(" = [").unwrap();
            let list = list
                .split(',')
                .map(|item| item.trim().trim_matches('"').to_owned());
            (
                name.trim().to_owned(),
                list.filter(|item| !item.is_empty()).collect(),
            )
        })
        .collect()
}

/// Returns everything that a feature enables, including itself.
fn closure(features: &Features, name: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![name.to_owned()];
    while let Some(name) = open.pop() {
        open.extend(features.get(&name).into_iter().flatten().cloned());
        found.insert(name);
    }
    found
}

/// Returns the modules of `src/lib.rs` that require a feature, with the feature.
fn modules() -> BTreeMap<String, String> {
    let lib = read("src/lib.rs");
    let lines: Vec<&str> = lib.lines().collect();
    lines
        .windows(2)
        .filter_map(|pair| {
            let feature = pair[0]
                .strip_prefix("#[cfg(feature = \"")?
                .strip_suffix("\")]")?;
            let module = pair[1].strip_prefix("pub mod ")?.strip_suffix(';')?;
            Some((module.to_owned(), feature.to_owned()))
        })
        .collect()
}

/// Returns the code in a module's files, without comments and without items that require another feature.
fn code(folder: &Path) -> String {
    let mut code = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            code.push_str(&self::code(&path));
            continue;
        }
        let text = fs::read_to_string(path).unwrap();
        // The indentation of the item that is skipped until a `}` or `;` at the same indentation.
        let mut skipped: Option<&str> = None;
        for line in text.lines() {
            let indentation = &line[..line.len() - line.trim_start().len()];
            if line.trim_start().starts_with("#[cfg(feature") {
                skipped = Some(indentation);
            }
            if let Some(outer) = skipped {
                if indentation == outer && line.ends_with(['}', ';']) {
                    skipped = None;
                }
                continue;
            }
            code.push_str(line.split("//").next().unwrap());
            code.push('\n');
        }
    }
    code
}

/// Returns the first name of each path after `prefix`: `s3` for `crate::s3::Bucket` and for `crate::{s3::Bucket, Stack}`.
fn names_after<'c>(code: &'c str, prefix: &str) -> BTreeSet<&'c str> {
    let word = |text: &'c str| {
        let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        &text[..end.unwrap_or(text.len())]
    };
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices(prefix) {
        let rest = &code[at + prefix.len()..];
        match rest.strip_prefix('{') {
            None => found.extend([word(rest)]),
            Some(group) => {
                let group = group.split(';').next().unwrap();
                found.extend(group.split([',', '{']).map(|path| word(path.trim_start())));
            }
        }
    }
    found
}

#[test]
fn enables_only_features_used_by_constructs() {
    let features = features("Cargo.toml");
    let modules = modules();
    assert!(modules.len() > 15, "src/lib.rs lists {modules:?}");
    for (module, feature) in &modules {
        let code = code(
            &Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("src")
                .join(module),
        );
        let mut used: BTreeSet<String> = names_after(&code, "crate::")
            .into_iter()
            .filter_map(|name| modules.get(name))
            .filter(|other| *other != feature)
            .cloned()
            .collect();
        let bindings: BTreeSet<&str> = names_after(&code, "cfn::")
            .into_iter()
            .filter(|name| infra_schema::list_services().any(|service| service == *name))
            .collect();
        used.extend(bindings.iter().map(|name| format!("infra-cfn/{name}")));
        if code.contains("bon::") {
            used.insert("dep:bon".to_owned());
        }
        if code.contains("infra_contract::") {
            used.insert("dep:infra-contract".to_owned());
        }
        let missing: Vec<_> = used
            .difference(&closure(&features, feature))
            .cloned()
            .collect();
        assert!(missing.is_empty(), "feature `{feature}` lacks {missing:?}");

        used.insert(format!("infra-cfn/{feature}"));
        used.extend(bindings.into_iter().map(str::to_owned));
        let surplus: Vec<_> = features[feature].difference(&used).collect();
        assert!(surplus.is_empty(), "nothing of `{module}` uses {surplus:?}");
    }
    let every: BTreeSet<String> = modules.into_values().collect();
    assert_eq!(features["constructs"], every);
}

#[test]
fn exposes_every_feature_of_bindings() {
    let ours = features("Cargo.toml");
    for name in features("cfn/Cargo.toml").keys() {
        if name != "default" {
            let bindings = format!("infra-cfn/{name}");
            let list = ours.get(name);
            assert!(
                list.is_some_and(|list| list.contains(&bindings)),
                "feature `{name}` does not turn on `{bindings}`: run `just schema-update`"
            );
        }
    }
}

#[test]
fn keeps_feature_count_within_crates_io_limit() {
    for path in ["Cargo.toml", "cfn/Cargo.toml"] {
        let features = features(path);
        let longest = features.values().map(BTreeSet::len).max().unwrap();
        assert!(
            features.len() <= LIMIT && longest <= LIMIT,
            "{path}: {} features, the longest with {longest} entries; docs/adr/0027 says what to do",
            features.len()
        );
    }
}
