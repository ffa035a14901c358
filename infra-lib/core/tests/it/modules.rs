//! Checks that the modules of a crate depend on each other in one direction.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Crates whose top-level modules have no cycles.
const CRATES: [&str; 13] = [
    "infra-lib",
    "infra-lib/schema",
    "infra-lib/yaml",
    "infra-lib/core",
    "infra-lib/codegen",
    "infra-lib/console",
    "infra-lib/runtime",
    "infra-lib/template",
    "infra-lib/check",
    "infra-lib/aws",
    "infra-lib/fake",
    "infra-lib/deploy",
    "infra-lib/cli",
];

/// Returns the names that a source uses after `crate::`, including those within one pair of braces.
fn uses(text: &str) -> BTreeSet<String> {
    let program = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    let code: Vec<&str> = program
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect();
    let code = code.join("\n");
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let names = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default(),
            None => rest
                .split([';', ':', '(', '<', ' ', ',', ')', '>', '{'])
                .next()
                .unwrap_or_default(),
        };
        for name in names.split(',') {
            let name = name.trim().split(':').next().unwrap_or_default();
            found.insert(name.to_owned());
        }
    }
    found
}

/// Collects the Rust files below a folder, without tests.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().into_string().unwrap();
        if path.is_dir() && name != "tests" {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") && name != "tests.rs" {
            found.push(path);
        }
    }
}

/// Returns the modules that each top-level module of a crate uses.
fn graph(src: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let mut files = Vec::new();
    sources(src, &mut files);
    let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in &files {
        let below = file.strip_prefix(src).unwrap();
        let top = below.iter().next().unwrap().to_string_lossy();
        let top = top.trim_end_matches(".rs").to_owned();
        let used = uses(&fs::read_to_string(file).unwrap());
        graph.entry(top).or_default().extend(used);
    }
    // The crate root names every module.
    graph.remove("lib");
    let modules: BTreeSet<String> = graph.keys().cloned().collect();
    for (module, used) in &mut graph {
        used.retain(|name| modules.contains(name) && name != module);
    }
    graph
}

/// Returns a module that depends on itself, with the path of the cycle.
fn find_circle(graph: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    fn search(
        graph: &BTreeMap<String, BTreeSet<String>>,
        way: &mut Vec<String>,
        done: &mut BTreeSet<String>,
    ) -> Option<Vec<String>> {
        let here = way.last()?.clone();
        for next in graph.get(&here).into_iter().flatten() {
            if let Some(at) = way.iter().position(|module| module == next) {
                return Some(way[at..].to_vec());
            }
            if !done.contains(next) {
                way.push(next.clone());
                if let Some(circle) = search(graph, way, done) {
                    return Some(circle);
                }
                way.pop();
            }
        }
        done.insert(here);
        None
    }
    let mut done = BTreeSet::new();
    graph
        .keys()
        .find_map(|start| search(graph, &mut vec![start.clone()], &mut done))
}

#[test]
fn keeps_module_dependencies_free_of_cycles() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for name in CRATES {
        let graph = graph(&root.join(name).join("src"));
        assert!(
            graph.len() > 1,
            "{name} has no modules, or is somewhere else"
        );
        assert_eq!(find_circle(&graph), None, "{name}");
    }
}

#[test]
fn finds_cycle_between_modules() {
    let one = |name: &str| BTreeSet::from([name.to_owned()]);
    let mut graph = BTreeMap::from([
        ("a".to_owned(), one("b")),
        ("b".to_owned(), one("c")),
        ("c".to_owned(), BTreeSet::new()),
    ]);
    assert_eq!(find_circle(&graph), None);
    graph.insert("c".to_owned(), one("b"));
    let circle = find_circle(&graph).unwrap_or_default();
    assert_eq!(circle, ["b", "c"]);
}

#[test]
fn reads_plain_and_grouped_imports() {
    let text = "use crate::a::B;\nuse crate::{c, d::E};\n// crate::f\nfn x() { crate::g(); }\n";
    let found: Vec<String> = uses(text).into_iter().collect();
    assert_eq!(found, ["a", "c", "d", "g"]);
}
