//! Checks properties of the sources that ARCHITECTURE.md promises and that lints cannot check for each crate.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Returns the files below a folder with the given ending. Tests are skipped: the rules do not apply to them.
fn files(folder: &Path, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name().into_string().unwrap();
            if path.is_dir() {
                if !name.starts_with('.') && !["target", "tests", "node_modules"].contains(&&*name)
                {
                    open.push(path);
                }
            } else if name.ends_with(ending) {
                let shown = path.strip_prefix(root()).unwrap().display().to_string();
                found.push((shown, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// Returns the lines of Rust sources that use one of `words`, without comments and unit tests.
fn uses(folder: &str, words: &[&str], except: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in files(&root().join(folder), ".rs") {
        if except.iter().any(|allowed| path.contains(allowed)) {
            continue;
        }
        let program = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in (1..).zip(program.lines()) {
            let code = line.split("//").next().unwrap_or_default();
            if let Some(word) = words.iter().find(|word| has_word(code, word)) {
                found.push(format!("{path}:{number} uses `{word}`"));
            }
        }
    }
    found
}

/// Returns `true` if the code contains the whole word: `Tmpfs::new` is not a use of `fs::`.
fn has_word(code: &str, word: &str) -> bool {
    let begins = |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    code.match_indices(word).any(|(at, _)| begins(at))
}

const LIBRARIES: [&str; 3] = [
    "infra-lib/schema/src",
    "infra-lib/core/src",
    "infra-lib/src",
];

/// Reads the document that an app names.
const OPENAPI: &str = "infra-lib/src/apigateway/openapi.rs";

/// Reads the template that an app names.
const INCLUDE: &str = "infra-lib/src/include.rs";

/// Runs Cargo, in the command `synth` only: ADR 0072.
const BUILDS: &str = "infra-lib/src/lambda/rust/";

#[test]
fn keeps_clock_environment_and_randomness_out_of_libraries() {
    let words = [
        "std::env",
        "env::var",
        "SystemTime",
        "Instant",
        "thread_rng",
        "getrandom",
    ];
    for folder in LIBRARIES {
        assert_eq!(uses(folder, &words, &[BUILDS]), [""; 0]);
    }
}

#[test]
fn keeps_hash_collections_out_of_libraries() {
    for folder in LIBRARIES {
        assert_eq!(uses(folder, &["HashMap", "HashSet"], &[]), [""; 0]);
    }
}

#[test]
fn limits_file_access_to_assembly_module() {
    let words = ["std::fs", "fs::", "File::"];
    for folder in LIBRARIES {
        let except = ["core/src/assembly/", BUILDS, INCLUDE, OPENAPI];
        assert_eq!(uses(folder, &words, &except), [""; 0]);
    }
}

#[test]
fn limits_standard_streams_to_listed_files() {
    let words = ["println!", "print!(", "dbg!", "stdout()", "stderr()"];
    // The generator is a separate command, and build scripts write to Cargo.
    let except = [
        "infra-lib/codegen/src/main.rs",
        "infra-lib/console/src/process.rs",
        "infra-lib/cli/src/process.rs",
        "infra-lib/cli/src/app/launch.rs",
        // The protocol uses standard output, on a separate thread.
        "infra-lib/cli/src/commands/mcp/streams.rs",
        "build.rs",
        "/examples/",
        // Programs of the projects that `infra new` writes.
        "infra-lib/cli/src/commands/new/templates/",
    ];
    for folder in ["infra-lib", "infra-app/src"] {
        assert_eq!(uses(folder, &words, &except), [""; 0]);
    }
}

/// Sources of the crates that the deploying tool is built from.
const DEPLOYER: [&str; 4] = [
    "infra-lib/template/src",
    "infra-lib/aws/src",
    "infra-lib/fake/src",
    "infra-lib/deploy/src",
];

/// The only sources that may name the AWS SDK.
const SDK: &str = "infra-lib/aws/src/sdk/";

#[test]
fn limits_sdk_imports_to_one_folder() {
    let words = ["aws_sdk_", "aws_config", "aws_smithy_", "aws_types"];
    for folder in DEPLOYER {
        assert_eq!(uses(folder, &words, &[SDK]), [""; 0]);
    }
}

/// Regions in China, GovCloud and other partitions have different domains and ARNs.
#[test]
fn limits_aws_domains_to_partition_module() {
    let programs = ["console", "runtime", "cli"].map(|name| format!("infra-lib/{name}/src"));
    let deployer = DEPLOYER.into_iter();
    for folder in deployer.chain(programs.iter().map(String::as_str)) {
        let mut found = Vec::new();
        for (path, code) in files(&root().join(folder), "rs") {
            // Tests are at the end of a file, or in separate files.
            let code = code.split("#[cfg(test)]").next().unwrap_or_default();
            let code = code.split("#[cfg(all(test").next().unwrap_or_default();
            let is_named = code.lines().any(|line| {
                let line = line.trim_start();
                !line.starts_with("//") && line.contains("amazonaws.")
            });
            if is_named && !path.ends_with("aws/src/partition.rs") && !path.ends_with("tests.rs") {
                found.push(path);
            }
        }
        assert_eq!(found, [""; 0]);
    }
}

#[test]
fn uses_only_pausable_clock_in_deployer() {
    let words = [
        "std::time::Instant",
        "SystemTime",
        "thread::sleep",
        "now_utc",
    ];
    for folder in DEPLOYER {
        assert_eq!(uses(folder, &words, &[SDK]), [""; 0]);
    }
}

#[test]
fn keeps_aws_client_and_async_out_of_template_crate() {
    let manifest = fs::read_to_string(root().join("infra-lib/template/Cargo.toml")).unwrap();
    for name in ["tokio", "infra-aws", "async-trait", "futures"] {
        let used = manifest.lines().any(|line| line.starts_with(name));
        assert!(!used, "infra-template must not depend on {name}");
    }
}

#[test]
fn bans_hash_collections_and_limits_environment_reads_in_programs() {
    let programs = ["console", "runtime", "cli"].map(|name| format!("infra-lib/{name}/src"));
    let deployer = DEPLOYER.into_iter();
    for folder in deployer.chain(programs.iter().map(String::as_str)) {
        assert_eq!(uses(folder, &["HashMap", "HashSet"], &[]), [""; 0]);
        let except = [SDK, "console/src/process.rs", "src/testing.rs"];
        let words = ["env::var", "env::vars", "env::args", "env::current_dir"];
        assert_eq!(uses(folder, &words, &except), [""; 0]);
    }
}

#[test]
fn limits_aws_sdk_dependency_to_one_crate() {
    for (path, manifest) in files(&root(), "Cargo.toml") {
        // The workspace may specify the version.
        if path == "infra-lib/aws/Cargo.toml" || path == "Cargo.toml" {
            continue;
        }
        let sdk = ["aws-config", "aws-sdk-", "aws-smithy-", "aws-types"];
        let used: Vec<&str> = manifest
            .lines()
            .filter(|line| sdk.iter().any(|name| line.starts_with(name)))
            .collect();
        assert_eq!(used, [""; 0], "{path}");
    }
}

/// Crates that must not be part of the build of a user's app.
const HEAVY: [&str; 10] = [
    "aws-",
    "cfn-guard",
    "hyper",
    "h2",
    "reqwest",
    "rustls",
    "ring",
    "openssl",
    "tokio",
    "mio",
];

#[test]
fn keeps_sdk_http_tls_and_async_runtime_out_of_apps() {
    let output = std::process::Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--package", "infra-app"])
        // Only dependencies of this platform: crates of other platforms may not be downloaded.
        .args(["--edges", "normal,build", "--prefix", "none"])
        .current_dir(root())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let names: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(names.contains(&"infra-runtime"), "{text}");
    let heavy: Vec<&&str> = names
        .iter()
        .filter(|name| HEAVY.iter().any(|heavy| name.starts_with(heavy)))
        .collect();
    assert!(heavy.is_empty(), "{heavy:?}");
}

/// Crates of this workspace on which each crate may depend directly; their own dependencies are allowed as well.
const DIRECTIONS: &[(&str, &[&str])] = &[
    ("infra-lib/schema", &[]),
    ("infra-lib/yaml", &["infra-schema"]),
    ("infra-lib/core", &["infra-schema"]),
    // Programs from templates need the rule for logical IDs.
    ("infra-lib/codegen", &["infra-core", "infra-schema"]),
    (
        "infra-lib/cfn",
        &["infra-codegen", "infra-core", "infra-schema"],
    ),
    ("infra-lib/contract", &[]),
    (
        "infra-lib",
        &[
            "infra-cfn",
            "infra-contract",
            "infra-core",
            "infra-packs",
            "infra-reach",
            "infra-schema",
            "infra-template",
            "infra-yaml",
        ],
    ),
    (
        "infra-lib/template",
        &["infra-core", "infra-schema", "infra-yaml"],
    ),
    ("infra-lib/aws", &["infra-core", "infra-template"]),
    (
        "infra-lib/fake",
        &["infra-aws", "infra-core", "infra-schema", "infra-template"],
    ),
    (
        "infra-lib/deploy",
        &[
            "infra-aws",
            "infra-core",
            "infra-reach",
            "infra-schema",
            "infra-template",
            "infra-yaml",
        ],
    ),
    (
        "infra-lib/check",
        &[
            "infra-core",
            "infra-packs",
            "infra-schema",
            "infra-template",
            "infra-yaml",
        ],
    ),
    ("infra-lib/packs", &["infra-core"]),
    ("infra-lib/reach", &["infra-schema", "infra-template"]),
    ("infra-lib/console", &["infra-core"]),
    ("infra-lib/delivery", &[]),
    (
        "infra-lib/runtime",
        &["infra-console", "infra-core", "infra-yaml"],
    ),
    (
        "infra-lib/cli",
        // `import-template` writes programs, which must use the names of the bindings.
        &[
            "infra-aws",
            "infra-check",
            "infra-codegen",
            "infra-console",
            "infra-core",
            "infra-delivery",
            "infra-deploy",
            "infra-packs",
            "infra-reach",
            "infra-schema",
            "infra-template",
            "infra-yaml",
        ],
    ),
    ("infra-app", &["infra-lib", "infra-runtime"]),
    ("examples", &["infra-lib", "infra-runtime"]),
    // The service and its deployment share configuration, not code.
    ("migration", &[]),
    ("service", &["migration"]),
];

#[test]
fn allows_only_listed_crate_dependencies() {
    for (folder, allowed) in DIRECTIONS {
        let manifest = fs::read_to_string(root().join(folder).join("Cargo.toml"));
        let manifest = manifest.unwrap_or_default();
        let program = manifest
            .split("[dev-dependencies]")
            .next()
            .unwrap_or_default();
        let ours = program.lines().filter(|line| {
            ["infra-", "migration", "notes-service"]
                .iter()
                .any(|name| line.starts_with(name))
        });
        for line in ours {
            let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
            assert!(
                allowed.contains(&name),
                "{folder} must not depend on {name}"
            );
        }
    }
}

#[test]
fn limits_frameworks_and_clock_to_listed_service_modules() {
    let found = uses(
        "service/src",
        &["poem", "poem_openapi"],
        &["src/http/", "src/server"],
    );
    assert_eq!(found, [""; 0]);
    let except = ["src/store/", "src/migrate/", "src/server/"];
    assert_eq!(uses("service/src", &["sea_orm::"], &except), [""; 0]);
    assert_eq!(
        uses(
            "service/src",
            &["Utc::now", "SystemTime::now"],
            &["src/clock.rs"]
        ),
        [""; 0]
    );
}

#[test]
fn requires_test_for_every_listed_mistake() {
    let page = fs::read_to_string(root().join("docs/mistakes.md")).unwrap();
    let tests = fs::read_to_string(root().join("infra-lib/tests/it/mistakes.rs")).unwrap();
    let ui = root().join("infra-lib/tests/ui");
    let mut by_compiler = 0;
    let mut numbered = 0;
    for row in page.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let Some(name) = cells.last().and_then(|cell| cell.strip_prefix('`')) else {
            continue;
        };
        let name = name.trim_end_matches(['`', ' ', '|']);
        let compiles_not = ui.join(format!("{name}.rs")).exists();
        let runs = tests.contains(&format!("fn {name}("));
        assert!(
            compiles_not || runs,
            "docs/mistakes.md names `{name}`, which is no test"
        );
        if cells[0].parse::<u8>().is_ok() {
            numbered += 1;
            by_compiler += usize::from(compiles_not);
            assert_eq!(compiles_not, cells[3] == "compiler", "{row}");
        }
    }
    assert_eq!((numbered, by_compiler), (29, 12));
    for entry in fs::read_dir(&ui).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        if let Some(name) = file.strip_suffix(".rs") {
            assert!(
                page.contains(&format!("`{name}`")),
                "docs/mistakes.md does not list `{name}`"
            );
        }
    }
}
