//! Checks that public types of the libraries can grow without breaking programs that use them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Types that stay exhaustive, each group with its reason. Entries are `crate Type`, in order.
const EXHAUSTIVE: &[(&str, &[&str])] = &[
    (
        "closed by a format: JSON with expressions, and the distilled schema, whose readers have to know all of it",
        &[
            "infra-core Data",
            "infra-core Target",
            "infra-schema TargetAttribute",
            "infra-schema Demand",
            "infra-schema Kind",
            "infra-schema Replacement",
            "infra-schema Rule",
            "infra-schema Target",
            "infra-schema Test",
            "infra-schema Type",
            "infra-yaml Value",
        ],
    ),
    (
        "complete: file, line and column; two ends; the days of a week; what is done to a resource or a stack",
        &[
            "infra-console Color",
            "infra-core Place",
            "infra-lib Weekday",
            "infra-schema Bounds",
            "infra-template StackChange",
            "infra-template Work",
        ],
    ),
    (
        "one value, and nothing else about it",
        &[
            "infra-contract Direct",
            "infra-lib BackupRetentionError",
            "infra-schema Path",
        ],
    ),
    (
        "three truth values, the effects of IAM statements, and the two kinds of callers: every reader has to tell them apart",
        &[
            "infra-reach Answer",
            "infra-reach Effect",
            "infra-reach Source",
        ],
    ),
    (
        "inputs of the IAM evaluator, which callers build in whole: a request without the new part would be decided wrongly",
        &[
            "infra-reach Access",
            "infra-reach Atom",
            "infra-reach AtomKind",
            "infra-reach ContextValue",
            "infra-reach Document",
            "infra-reach Policies",
            "infra-reach Request",
        ],
    ),
    (
        "arguments of a command of this repository, all of which its only caller has",
        &["infra-codegen Options"],
    ),
    (
        "a provider has to answer every request; CloudFormation has three",
        &["infra-contract RequestType"],
    ),
    (
        "every reader of findings has to tell the severities apart, as every reader of templates the references",
        &["infra-core Reference", "infra-core Severity"],
    ),
    (
        "requests that every implementation of the AWS traits must carry out, like every operation",
        &[
            "infra-aws EventSelector",
            "infra-aws OnFailure",
            "infra-aws TemplateSource",
        ],
    ),
    (
        "an answer with an exit code, a question or a sentence of its own: a caller that passes over a new one misleads",
        &[
            "infra-deploy Class",
            "infra-deploy Content",
            "infra-deploy DeletionEffect",
            "infra-deploy Outcome",
            "infra-deploy SkipResources",
            "infra-deploy Verdict",
            "infra-deploy RollbackKind",
            "infra-template Verdict",
        ],
    ),
    (
        "two opposites, such as the values of many properties of CloudFormation",
        &[
            "infra-lib AccessedFiles",
            "infra-lib AutoEnableIo",
            "infra-lib AutomaticBackups",
            "infra-lib CapacityRebalancing",
            "infra-lib DataApi",
            "infra-lib DebugLogging",
            "infra-lib DeletionProtection",
            "infra-lib DetailedMonitoring",
            "infra-lib Effect",
            "infra-lib Egress",
            "infra-lib Essential",
            "infra-lib FrameOptions",
            "infra-lib GroupMetrics",
            "infra-lib HookResult",
            "infra-lib Http2",
            "infra-lib IamAuthentication",
            "infra-lib MinorVersionUpgrades",
            "infra-lib MultiAttach",
            "infra-lib OverwriteProtection",
            "infra-lib RecoveryPointDeletion",
            "infra-lib RedirectCode",
            "infra-lib RestorePermission",
            "infra-lib RootFileSystem",
            "infra-lib ScaleIn",
            "infra-lib ScaleInProtection",
            "infra-lib Scheme",
            "infra-lib SessionManager",
            "infra-lib SourceDestCheck",
            "infra-lib StepEffect",
            "infra-lib TerminationProtection",
            "infra-lib Tier",
            "infra-lib TransitEncryption",
            "infra-lib ZoneRebalancing",
            "infra-template Direction",
            "infra-template Effect",
        ],
    ),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Returns the published libraries: those with a snapshot of their public API.
fn libraries() -> Vec<String> {
    let snapshots = fs::read_dir(root().join("api")).unwrap();
    let mut names: Vec<String> = snapshots
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| Some(name.strip_suffix(".txt")?.to_owned()))
        .collect();
    names.sort();
    names
}

/// Returns the source folder of a library.
fn folder(library: &str) -> PathBuf {
    let crates = root().join("infra-lib");
    match library.strip_prefix("infra-") {
        Some("lib") | None => crates.join("src"),
        Some(name) => crates.join(name).join("src"),
    }
}

/// Returns the texts of all Rust files below a folder.
fn sources(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(fs::read_to_string(path).unwrap());
            }
        }
    }
    found
}

/// Returns the names of public enums with variants, and of public structs whose fields are all public, that are not `#[non_exhaustive]`: a new
/// variant or field breaks programs that match or build them.
///
/// Relies on the layout of rustfmt. The lint `unreachable_pub` ensures that `pub` items are public.
fn find_exhaustive(source: &str) -> Vec<String> {
    let program = source
        .split("#[cfg(test)]\nmod ")
        .next()
        .unwrap_or_default();
    let lines: Vec<&str> = program.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let item = line.trim_start();
        let indent = &line[..line.len() - item.len()];
        let (is_enum, rest) = match (
            item.strip_prefix("pub enum "),
            item.strip_prefix("pub struct "),
        ) {
            (Some(rest), _) => (true, rest),
            (_, Some(rest)) => (false, rest),
            _ => continue,
        };
        let attributes = lines[..at]
            .iter()
            .rev()
            .take_while(|line| !line.trim().is_empty());
        if attributes
            .into_iter()
            .any(|line| line.trim() == "#[non_exhaustive]")
        {
            continue;
        }
        let end = format!("{indent}}}");
        let inner = format!("{indent}    ");
        let body: Vec<&str> = lines[at + 1..]
            .iter()
            .take_while(|line| rest.ends_with('{') && **line != end)
            .filter_map(|line| line.strip_prefix(&inner))
            .filter(|line| line.starts_with(|c: char| c.is_alphabetic() || c == '$'))
            .collect();
        let is_open = match rest.split_once('(') {
            Some((_, fields)) => fields.split(", ").all(|field| field.starts_with("pub ")),
            None => {
                !body.is_empty() && (is_enum || body.iter().all(|field| field.starts_with("pub ")))
            }
        };
        let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '$');
        if is_open {
            found.extend(name.take(1).map(str::to_owned));
        }
    }
    found
}

#[test]
fn requires_non_exhaustive_on_growing_public_types() {
    let libraries = libraries();
    assert!(libraries.len() > 10, "{libraries:?}");
    let mut found = BTreeSet::new();
    for library in &libraries {
        let sources = sources(&folder(library));
        assert!(!sources.is_empty(), "{library} is somewhere else");
        for name in sources.iter().flat_map(|source| find_exhaustive(source)) {
            found.insert(format!("{library} {name}"));
        }
    }
    let excepted = EXHAUSTIVE.iter().flat_map(|(_, names)| *names);
    let excepted: BTreeSet<String> = excepted.map(|name| (*name).to_owned()).collect();
    let unmarked: Vec<_> = found.difference(&excepted).collect();
    assert_eq!(
        unmarked, [""; 0],
        "need `#[non_exhaustive]`, or a reason above"
    );
    let gone: Vec<_> = excepted.difference(&found).collect();
    assert_eq!(gone, [""; 0], "need no exception");
}

#[test]
fn finds_exhaustive_public_types() {
    let source = "\
#[derive(Debug)]
pub struct Fixed {
    pub a: u8,
}

pub struct Seconds(pub u64);

pub struct Text(String);

/// Enums and structs.
#[derive(Debug)]
#[non_exhaustive]
pub enum Fine {
    A,
}

pub struct Private {
    pub a: u8,
    pub(crate) b: u8,
}

pub struct Unit;

pub enum Never {}

pub enum Open {
    /// Its data.
    A {
        b: u8,
    },
}

    #[derive(Debug)]
    pub enum $name {
        $($variant,)+
    }

pub(crate) struct Own {
    pub a: u8,
}

#[cfg(test)]
mod tests {
    pub enum Tested {
        A,
    }
}
";
    assert_eq!(
        find_exhaustive(source),
        ["Fixed", "Seconds", "Open", "$name"]
    );
}
