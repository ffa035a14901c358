//! Checks the list of public items of infra-lib that `infra mcp` searches, which is generated from its API snapshot and sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Returns the folder of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// One line of the list, without its summary.
#[derive(Default)]
struct Item {
    kind: &'static str,
    members: BTreeSet<String>,
}

/// Returns every item by its path, from the lines of `api/infra-lib.txt`.
fn items(api: &str) -> BTreeMap<String, Item> {
    let mut items: BTreeMap<String, Item> = BTreeMap::new();
    let lines = || {
        let lines = api.lines();
        lines.map(|line| line.strip_prefix("#[non_exhaustive] ").unwrap_or(line))
    };
    let declared = [
        ("pub fn ", "function"),
        ("pub struct ", "struct"),
        ("pub enum ", "enum"),
        ("pub trait ", "trait"),
        ("pub macro ", "macro"),
    ];
    for line in lines() {
        let Some((kind, rest)) = declared
            .iter()
            .find_map(|(start, kind)| Some((*kind, line.strip_prefix(start)?)))
        else {
            continue;
        };
        let path = plain(rest);
        let is_part = ["Builder", "Props"].iter().any(|end| path.ends_with(end));
        // Programs never name the type states of builders.
        let is_state = path.split("::").any(|part| part.ends_with("_builder"));
        let is_method = path
            .rsplit("::")
            .nth(1)
            .is_none_or(|owner| !owner.starts_with(char::is_lowercase));
        if !(is_part || is_state || kind == "function" && is_method) {
            items.entry(path).or_default().kind = kind;
        }
    }
    for line in lines() {
        if let Some((_, implementor)) =
            line.split_once(" infra_core::tree::scope::Construct<'app> for ")
            && let Some(item) = items.get_mut(&plain(implementor))
        {
            item.kind = "construct";
        }
        let line = line.strip_prefix("pub ").unwrap_or_default();
        let constant = line.strip_prefix("const ");
        let line = constant.unwrap_or(line);
        let is_function = constant.is_some() || line.starts_with("fn ");
        let path = plain(line.strip_prefix("fn ").unwrap_or(line));
        let Some((owner, member)) = path.rsplit_once("::") else {
            continue;
        };
        let is_builder = owner
            .strip_suffix("Builder")
            .is_some_and(|owner| items.contains_key(owner));
        let Some(item) = items.get_mut(owner.strip_suffix("Builder").unwrap_or(owner)) else {
            continue;
        };
        // Functions that all builders share, and the `maybe_` setters that accompany setters of optional values.
        let is_common =
            ["scope", "builder", "build", "fmt"].contains(&member) || member.starts_with("maybe_");
        let is_variant = item.kind == "enum" && !line.contains(' ');
        if !is_common && (is_variant || is_function && (is_builder || item.kind != "enum")) {
            item.members.insert(member.to_owned());
        }
    }
    items
}

/// Removes generics, arguments and everything after them from a path: `a::B<'_>::c(&self)` becomes `a::B::c`.
fn plain(text: &str) -> String {
    let mut depth = 0;
    let mut path = String::new();
    for c in text.chars() {
        match c {
            '<' => depth += 1,
            '>' => depth -= 1,
            _ if depth > 0 => {}
            '(' | ' ' | '!' | '{' => break,
            _ => path.push(c),
        }
    }
    path.trim_end_matches(':').to_owned()
}

/// Returns the sources of infra-lib by module.
fn sources() -> BTreeMap<String, String> {
    fn read(folder: &Path, text: &mut String) {
        let mut entries: Vec<PathBuf> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                read(&path, text);
            } else if path.extension().is_some_and(|end| end == "rs") {
                text.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
    }
    let source = root().join("infra-lib/src");
    let mut modules = BTreeMap::new();
    read(&source, modules.entry(String::new()).or_default());
    for entry in fs::read_dir(&source).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            read(&path, modules.entry(name).or_default());
        }
    }
    modules
}

/// Returns the first sentence of an item's documentation.
fn summary(source: &str, name: &str) -> String {
    // Macros that declare types take their names in this form.
    let in_macro = format!("{name} = \"{name}\"");
    let declares = |line: &str| {
        let line = line.trim_start();
        line == in_macro
            || [
                "pub struct ",
                "pub enum ",
                "pub trait ",
                "pub fn ",
                "macro_rules! ",
            ]
            .iter()
            .filter_map(|start| line.strip_prefix(start))
            .any(|rest| {
                let end = rest
                    .find(|c: char| !c.is_alphanumeric() && c != '_')
                    .unwrap_or(rest.len());
                &rest[..end] == name
            })
    };
    let lines: Vec<&str> = source.lines().collect();
    let Some(at) = lines.iter().position(|line| declares(line)) else {
        return String::new();
    };
    let is_doc = |line: &&&str| line.trim_start().starts_with("///");
    // Attributes are between the documentation and the item.
    let before = || lines[..at].iter().rev();
    let attributes = before()
        .take_while(|line| !is_doc(line) && !line.trim().is_empty())
        .count();
    let mut text: Vec<&str> = before()
        .skip(attributes)
        .take_while(is_doc)
        .map(|line| line.trim_start().trim_start_matches('/').trim())
        .collect();
    text.reverse();
    let paragraph: Vec<&str> = text
        .into_iter()
        .take_while(|line| !line.is_empty())
        .collect();
    let paragraph = paragraph.join(" ").replace("[`", "`").replace("`]", "`");
    let end = paragraph.find(". ").map_or(paragraph.len(), |at| at + 1);
    paragraph[..end].replace('\t', " ")
}

fn list() -> String {
    let api = fs::read_to_string(root().join("api/infra-lib.txt")).unwrap();
    let sources = sources();
    let mut text = String::new();
    for (path, item) in items(&api) {
        let mut parts = path.split("::").skip(1);
        let module = parts.next().unwrap_or_default();
        let source = sources.get(module).or_else(|| sources.get("")).unwrap();
        let name = path.rsplit("::").next().unwrap();
        let members: Vec<&str> = item.members.iter().map(String::as_str).collect();
        // A module can export an item of another one.
        let found = [source, &sources[""]].map(|source| summary(source, name));
        let summary = found.into_iter().find(|text| !text.is_empty());
        let (kind, summary) = (item.kind, summary.unwrap_or_default());
        let _ = writeln!(text, "{kind}\t{path}\t{summary}\t{}", members.join(" "));
    }
    text
}

#[test]
fn matches_committed_construct_list() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/commands/mcp/constructs.txt");
    let made = list();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, made).unwrap();
        return;
    }
    let committed = fs::read_to_string(&path).unwrap();
    assert!(
        committed.replace("\r\n", "\n") == made,
        "constructs.txt is stale: run `UPDATE=1 cargo test -p infra-cli --test it constructs`, after `just api-update`"
    );
}

#[test]
fn describes_every_construct() {
    let list = list();
    let line = |path: &str| {
        list.lines()
            .find(|line| line.split('\t').nth(1) == Some(path))
            .unwrap()
    };
    let vpc: Vec<&str> = line("infra_lib::ec2::Vpc").split('\t').collect();
    assert_eq!(vpc[0], "construct");
    assert!(vpc[3].split(' ').any(|member| member == "cidr"), "{vpc:?}");
    let versioning: Vec<&str> = line("infra_lib::s3::Versioning").split('\t').collect();
    assert_eq!((versioning[0], versioning[3]), ("enum", "Enabled Off"));
    for line in list.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        assert!(!fields[2].is_empty(), "{} has no documentation", fields[1]);
    }
}
