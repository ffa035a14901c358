//! Generates the files of a project from those in `templates/`.
//!
//! Templates are valid files, so that they can be read and formatted: the package is called `my-app`, the crate `my_app`, and stack names begin with
//! `stack-prefix`. Other placeholders are enclosed in `@`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use infra_delivery::{Pipeline, Provider};

use super::name::ProjectName;
use super::pipeline;
use super::source::Source;
use crate::commands::conversion::Converted;

/// Contents of files, by path.
pub(super) type Files = BTreeMap<&'static str, String>;

/// Test file with assertions on the stacks of a project.
pub(super) const STACK_TESTS: &str = "tests/it/stacks.rs";

/// The initial content of a project.
#[derive(Debug)]
pub(super) enum Kind {
    /// One stack with a bucket.
    Empty,
    /// A container service with a network and load balancer.
    WebService,
    /// Functions in Rust behind an API, a queue, a bucket and a schedule.
    Serverless,
    /// The stack of a converted template.
    Converted(Box<Converted>),
}

/// Lists the files in a folder of templates, as pairs of path in the project and content.
macro_rules! texts {
    ($folder:literal: $($file:literal)*) => {
        &[$(($file, include_str!(concat!("templates/", $folder, "/", $file)))),*]
    };
}

const COMMON: &[(&str, &str)] = &[
    ("Cargo.toml", include_str!("templates/common/Cargo.toml.in")),
    (".gitignore", include_str!("templates/common/gitignore")),
];

const COMMON_VERBATIM: &[(&str, &str)] = texts!("common":
    "README.md" "infra.toml" "src/main.rs" "tests/it/main.rs" "tests/it/golden.rs"
);

/// Files of projects with handwritten stacks.
const STACKS: &[(&str, &str)] = texts!("stacks": "src/environment.rs" "tests/it/preview.rs");

/// Additional file of projects with a pipeline, as used with GitHub.
const PIPELINE_FILES: &[(&str, &str)] = texts!("stacks": "src/delivery.rs");

/// Additional file of projects whose pipeline creates previews.
const PREVIEW_FILES: &[(&str, &str)] = texts!("github": "src/preview.rs");

/// Replacements in the file of the pipeline for GitLab.
const ON_GITLAB: [(&str, &str); 3] = [
    ("github", "gitlab"),
    ("GitHub", "GitLab"),
    (
        ".repository(REPOSITORY)\n        .environment(config.environment.as_str())",
        ".project(REPOSITORY)",
    ),
];

/// Line of the builders of roles, in `src/delivery.rs` and `src/preview.rs`, after which a project names what else it needs.
const STACK_PREFIX: &str = "        .stack_prefix(config.stack_prefix())\n";

/// Assets and permissions of a project with functions: what functions and schedules use at run time.
const SERVERLESS_PERMISSIONS: &str = "        \
        .publishes_assets()
        .permits(\"dynamodb:*Item\")
        .permits(\"dynamodb:DescribeTable\")
        .permits(\"dynamodb:Query\")
        .permits(\"dynamodb:Scan\")
        .permits(\"sqs:*Message\")
        .permits(\"sqs:ChangeMessageVisibility\")
        .permits(\"sqs:GetQueue*\")
";

/// Lines to remove from the second file if the project does not contain the first.
const OPTIONAL_LINES: [(&str, &str, &[&str]); 3] = [
    (
        "src/delivery.rs",
        "src/lib.rs",
        &["mod delivery;\n", "    delivery::build(app, config);\n"],
    ),
    (
        "src/preview.rs",
        "src/lib.rs",
        &[
            "mod preview;\n",
            "    if preview::is_shared(config) {\n        return preview::build(app, config);\n    }\n",
            "    preview::limit_roles(app, config);\n",
        ],
    ),
    (
        "tests/it/preview.rs",
        "tests/it/main.rs",
        &["mod preview;\n"],
    ),
];

/// Settings of projects that keep data: an environment and a retention.
const SETTINGS: &[(&str, &str)] = texts!("settings":
    "config/dev.yaml" "config/prod.yaml" "config/schema.json" "src/config.rs"
);

const EMPTY: &[(&str, &str)] = texts!("empty":
    "config/preview.yaml" "src/lib.rs" "src/storage.rs" "tests/it/stacks.rs"
);

const WEB_SERVICE: &[(&str, &str)] = texts!("web-service":
    "config/dev.yaml" "config/preview.yaml" "config/prod.yaml" "config/schema.json" "src/config.rs" "src/lib.rs"
    "src/network.rs" "src/web.rs"
    "tests/it/stacks.rs"
);

const SERVERLESS: &[(&str, &str)] = texts!("serverless":
    "rust-toolchain.toml"
    "config/preview.yaml" "src/lib.rs" "src/service.rs"
    "contract/src/lib.rs" "functions/src/bin/jobs.rs" "functions/src/bin/requests.rs"
    "tests/it/stacks.rs"
);

/// Manifests of a workspace with functions. The first replaces the common one.
const SERVERLESS_MANIFESTS: &[(&str, &str)] = &[
    (
        "Cargo.toml",
        include_str!("templates/serverless/Cargo.toml.in"),
    ),
    (
        "contract/Cargo.toml",
        include_str!("templates/serverless/contract/Cargo.toml.in"),
    ),
    (
        "functions/Cargo.toml",
        include_str!("templates/serverless/functions/Cargo.toml.in"),
    ),
];

const CONVERTED: &[(&str, &str)] = texts!("from":
    "config/dev.yaml" "config/prod.yaml" "config/schema.json" "src/config.rs" "src/lib.rs" "tests/it/stacks.rs"
);

impl Kind {
    fn template_files(&self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Empty => EMPTY,
            Self::WebService => WEB_SERVICE,
            Self::Serverless => SERVERLESS,
            Self::Converted(_) => CONVERTED,
        }
    }

    /// Returns the settings that templates of several kinds have in common.
    fn settings(&self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Empty | Self::Serverless => SETTINGS,
            Self::WebService | Self::Converted(_) => &[],
        }
    }

    /// Returns the manifests of a project with several packages.
    fn manifests(&self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Serverless => SERVERLESS_MANIFESTS,
            Self::Empty | Self::WebService | Self::Converted(_) => &[],
        }
    }

    /// Returns the crates of this library that the project depends on, for its README.
    fn library_crates(&self) -> &'static str {
        match self {
            Self::Serverless => "`infra-lib`, `infra-runtime` and `infra-contract`",
            Self::Empty | Self::WebService | Self::Converted(_) => {
                "`infra-lib` and `infra-runtime`"
            }
        }
    }

    /// Returns the first paragraph of the README.
    fn readme_intro(&self) -> &'static str {
        match self {
            Self::Empty => include_str!("templates/empty/about.md"),
            Self::WebService => include_str!("templates/web-service/about.md"),
            Self::Serverless => include_str!("templates/serverless/about.md"),
            Self::Converted(_) => include_str!("templates/from/about.md"),
        }
    }

    /// Returns the name of the stack that examples use.
    fn stack_name(&self) -> &str {
        match self {
            Self::Empty => "Storage",
            Self::WebService => "Web",
            Self::Serverless => "Service",
            Self::Converted(converted) => &converted.stack,
        }
    }

    /// Returns the features of `infra-lib` that the project needs, one for each service.
    fn list_features(&self, delivery: Option<&Pipeline>) -> Vec<String> {
        let own: Vec<&str> = match self {
            Self::Empty => vec!["s3"],
            Self::WebService => vec!["ec2", "ecs", "elasticloadbalancingv2"],
            Self::Serverless => vec![
                "apigatewayv2",
                "dynamodb",
                "lambda",
                "s3",
                "scheduler",
                "sqs",
            ],
            Self::Converted(converted) => {
                let features = &converted.source.features;
                return features.iter().map(ToString::to_string).collect();
            }
        };
        // The feature of the pipeline's constructs is named after its provider.
        let of_delivery = delivery.map(|pipeline| pipeline.provider.to_string());
        let mut features: Vec<String> = own.into_iter().map(str::to_owned).collect();
        features.extend(of_delivery);
        features.sort();
        features
    }

    /// Returns the lines by which the roles of the pipeline publish assets, and roles of the app get further permissions.
    fn list_permissions(&self) -> &'static str {
        match self {
            Self::Serverless => SERVERLESS_PERMISSIONS,
            Self::Empty | Self::WebService | Self::Converted(_) => "",
        }
    }

    /// Returns the manifest lines for `serde_json`, as a dependency of the program or of tests.
    fn serde_json(&self) -> &'static str {
        match self {
            Self::Converted(converted) if converted.source.json => "serde_json = \"1.0\"\n",
            Self::Converted(_) => "",
            Self::Empty | Self::WebService | Self::Serverless => {
                "\n[dev-dependencies]\nserde_json = \"1.0\"\n"
            }
        }
    }
}

/// Generates the files of a project, without those of its pipeline.
pub(super) fn render_files(
    name: &ProjectName,
    source: &Source,
    kind: &Kind,
    delivery: Option<&Pipeline>,
) -> Files {
    let features: Vec<String> = kind
        .list_features(delivery)
        .iter()
        .map(|name| format!("{name:?}"))
        .collect();
    let stack = kind.stack_name().to_owned();
    let replacements = [
        ("@rust-version@", env!("CARGO_PKG_RUST_VERSION").to_owned()),
        ("@infra-lib@", source.manifest_keys("infra-lib")),
        ("@infra-runtime@", source.manifest_keys("infra-runtime")),
        ("@infra-contract@", source.manifest_keys("infra-contract")),
        ("@features@", features.join(", ")),
        ("@serde_json@\n", kind.serde_json().to_owned()),
        (
            "@repository@",
            delivery.map_or_else(String::new, |pipeline| pipeline.repository.clone()),
        ),
        ("@files@", pipeline::format_rows(delivery)),
        ("@about@\n", kind.readme_intro().replace("@stack@", &stack)),
        (
            "@dependencies@",
            source.describe_source(kind.library_crates()),
        ),
        ("@stack@", stack.clone()),
        ("my-stack", stack),
        ("my-app", name.as_str().to_owned()),
        ("my_app", name.crate_name()),
        ("stack-prefix", name.stack_prefix()),
    ];
    let has_stacks = !matches!(kind, Kind::Converted(_));
    let table = pipeline::format_table(delivery, has_stacks);
    let mut set_up = pipeline::format_set_up(delivery, has_stacks);
    if has_stacks {
        set_up.insert_str(0, &pipeline::format_previews(delivery));
    }
    let provider = delivery.map(|pipeline| pipeline.provider);
    let (stacks, delivered, previewed) = match (kind, provider) {
        (Kind::Converted(_), _) => (&[][..], &[][..], &[][..]),
        (_, None) => (STACKS, &[][..], &[][..]),
        (_, Some(Provider::Github)) => (STACKS, PIPELINE_FILES, PREVIEW_FILES),
        (_, Some(_)) => (STACKS, PIPELINE_FILES, &[][..]),
    };
    let sources = [
        COMMON,
        COMMON_VERBATIM,
        stacks,
        delivered,
        previewed,
        kind.template_files(),
        kind.settings(),
        kind.manifests(),
    ]
    .concat();
    let is_there = |path: &str| sources.iter().any(|(known, _)| *known == path);
    let mut files: Files = sources
        .iter()
        .map(|(path, text)| {
            let more = if *path == "README.md" {
                &set_up
            } else {
                &table
            };
            let mut text = text.replace("\r\n", "\n").replace("@delivery@\n", more);
            for (_, _, lines) in OPTIONAL_LINES
                .iter()
                .filter(|(about, of, _)| of == path && !is_there(about))
            {
                text = lines.iter().fold(text, |text, line| text.replace(line, ""));
            }
            if ["src/delivery.rs", "src/preview.rs"].contains(path) {
                text = text.replace(
                    STACK_PREFIX,
                    &format!("{STACK_PREFIX}{}", kind.list_permissions()),
                );
            }
            if *path == "src/delivery.rs" && provider == Some(Provider::Gitlab) {
                text = ON_GITLAB
                    .iter()
                    .fold(text, |text, (from, to)| text.replace(from, to));
            }
            (*path, fill_placeholders(&text, &replacements))
        })
        .collect();
    if let Kind::Converted(converted) = kind {
        files.insert("src/stack.rs", converted.source.text.clone());
        if let Some(tests) = files.get_mut(STACK_TESTS) {
            *tests = tests.replace("&[];", &format!("&[{}];", format_resources(converted)));
        }
    }
    files
}

/// Replaces placeholders in a single pass, so that a value may contain another placeholder's name.
fn fill_placeholders(mut text: &str, replacements: &[(&str, String)]) -> String {
    let mut filled = String::new();
    while let Some((at, (placeholder, value))) = replacements
        .iter()
        .filter_map(|replacement| Some((text.find(replacement.0)?, replacement)))
        .min_by_key(|(at, _)| *at)
    {
        filled.push_str(&text[..at]);
        filled.push_str(value);
        text = &text[at + placeholder.len()..];
    }
    filled + text
}

/// Formats logical ID and type of each resource as elements of a Rust list.
fn format_resources(converted: &Converted) -> String {
    let mut text = String::new();
    for resource in converted.template.resources() {
        let _ = write!(
            text,
            "({:?}, {:?}),",
            resource.logical_id, resource.type_name
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::fill_placeholders;

    #[test]
    fn keeps_placeholders_inside_replaced_values() {
        let replacements = [
            ("my-app", "my-app-2".to_owned()),
            ("@at@", "my-app".to_owned()),
        ];
        assert_eq!(
            fill_placeholders("[my-app] @at@.", &replacements),
            "[my-app-2] my-app."
        );
    }
}
