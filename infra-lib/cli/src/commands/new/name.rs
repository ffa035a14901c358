//! Parses the name of a project, which is also the name of its Cargo package.

use std::str::FromStr;

/// Maximum length of a package name on crates.io.
const MAX_LENGTH: usize = 64;

/// Packages that the project of a template has or depends on.
const DEPENDENCIES: &[&str] = &[
    "contract",
    "functions",
    "infra-cfn",
    "infra-console",
    "infra-contract",
    "infra-core",
    "infra-lib",
    "infra-runtime",
    "infra-schema",
    "lambda_runtime",
    "schemars",
    "serde",
    "serde_json",
    "tokio",
];

/// Names of folders that Cargo writes into, and of the crate `test`, which tests link.
const CARGO: &[&str] = &["build", "deps", "examples", "incremental", "test"];

/// Keywords of Rust and crates of the standard library.
const RUST: &[&str] = &[
    "abstract",
    "alloc",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "core",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "proc-macro",
    "proc_macro",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
];

/// File names that Windows reserves.
const WINDOWS: &[&str] = &[
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1",
    "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// A valid name of a project.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct ProjectName(String);

impl ProjectName {
    /// Returns the name of package and folder.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the name of the crate in Rust, with underscores.
    pub(super) fn crate_name(&self) -> String {
        self.0.replace('-', "_")
    }

    /// Returns the prefix of stack names, with hyphens because they cannot contain underscores.
    pub(super) fn stack_prefix(&self) -> String {
        self.0.replace('_', "-")
    }
}

impl FromStr for ProjectName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
        if !text.starts_with(|c: char| c.is_ascii_lowercase())
            || !text.chars().all(allowed)
            || text.len() > MAX_LENGTH
        {
            return Err(format!(
                "a package name begins with a lower-case letter and has at most {MAX_LENGTH} lower-case letters, digits, `-` and `_`"
            ));
        }
        let crate_name = text.replace('-', "_");
        let taken = [
            (
                DEPENDENCIES,
                "the project depends on a package of that name",
            ),
            (CARGO, "Cargo reserves that name"),
            (RUST, "Rust reserves that name"),
            (WINDOWS, "Windows does not allow a folder of that name"),
        ];
        for (names, reason) in taken {
            if names
                .iter()
                .any(|name| name.replace('-', "_") == crate_name)
            {
                return Err(format!(
                    "{reason}: choose another name, such as `{text}-infra`"
                ));
            }
        }
        Ok(Self(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::ProjectName;

    #[test]
    fn accepts_package_names() {
        for text in ["hello", "order-service", "a1_b", &"a".repeat(64)] {
            assert_eq!(text.parse(), Ok(ProjectName(text.to_owned())));
        }
    }

    #[test]
    fn rejects_invalid_names() {
        let texts = [
            "",
            "-a",
            "1st",
            "Hello",
            "a b",
            "a/b",
            "..",
            "naïve",
            "a.b",
            "test",
            "self",
            "nul",
            "infra_lib",
            "proc_macro",
        ];
        for text in texts {
            assert!(text.parse::<ProjectName>().is_err(), "{text}");
        }
        assert!("a".repeat(65).parse::<ProjectName>().is_err());
    }

    #[test]
    fn derives_crate_name_and_stack_prefix() {
        let name: ProjectName = "order-service_2".parse().unwrap();
        assert_eq!(name.crate_name(), "order_service_2");
        assert_eq!(name.stack_prefix(), "order-service-2");
    }
}
