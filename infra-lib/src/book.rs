//! The pages of the book as documentation tests.
//!
//! `cargo test -p infra-lib --doc book` runs them. A page of `SUMMARY.md` that is missing in the list below fails the
//! test of this module. The examples on the pages of constructs are tested where they come from, in the documentation of
//! the constructs:
//!
//! ```
//! let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/book/src/");
//! let summary = std::fs::read_to_string(format!("{folder}SUMMARY.md")).unwrap();
//! let list = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/book.rs"));
//! let missing: Vec<&str> = summary
//!     .split("](")
//!     .skip(1)
//!     .filter_map(|rest| rest.split_once(".md)"))
//!     .map(|(page, _)| page)
//!     .filter(|page| !page.starts_with("reference/constructs/"))
//!     .filter(|page| !list.contains(&format!("= {page:?};")))
//!     .collect();
//! assert!(!summary.is_empty());
//! assert_eq!(missing, Vec::<&str>::new(), "add these pages to infra-lib/src/book.rs");
//! ```

macro_rules! pages {
    ($($page:ident = $name:literal;)*) => {$(
        #[doc = include_str!(concat!("../../docs/book/src/", $name, ".md"))]
        pub const $page: () = ();
    )*};
}

pages! {
    INTRODUCTION = "introduction";
    FIRST_STACK = "first-stack";
    CONCEPTS_CONSTRUCTS = "concepts/constructs";
    CONCEPTS_VALUES = "concepts/values";
    CONCEPTS_REFERENCES = "concepts/references";
    CONCEPTS_FINDINGS = "concepts/findings";
    CONCEPTS_ASSEMBLIES = "concepts/assemblies";
    CONCEPTS_PLANS = "concepts/plans";
    GUIDES_ENVIRONMENTS = "guides/environments";
    GUIDES_SECRETS = "guides/secrets";
    GUIDES_NETWORKS = "guides/networks";
    GUIDES_SERVERS = "guides/servers";
    GUIDES_PATTERNS = "guides/patterns";
    GUIDES_CONTAINER_SERVICE = "guides/container-service";
    GUIDES_SERVERLESS = "guides/serverless";
    GUIDES_DEVICES = "guides/devices";
    GUIDES_DATABASE = "guides/database";
    GUIDES_FILES_AND_CACHES = "guides/files-and-caches";
    GUIDES_SEARCH = "guides/search";
    GUIDES_STATIC_SITE = "guides/static-site";
    GUIDES_DNS = "guides/dns";
    GUIDES_CROSS_STACK = "guides/cross-stack";
    GUIDES_NESTED_STACKS = "guides/nested-stacks";
    GUIDES_STACK_SETS = "guides/stack-sets";
    GUIDES_ALARMS = "guides/alarms";
    GUIDES_ESCAPE_HATCHES = "guides/escape-hatches";
    GUIDES_CHECKING = "guides/checking";
    GUIDES_EDITORS = "guides/editors";
    GUIDES_IMPORTING = "guides/importing";
    GUIDES_REVIEWS = "guides/reviews";
    GUIDES_DELIVERY = "guides/delivery";
    GUIDES_PIPELINES = "guides/pipelines";
    GUIDES_POLICIES = "guides/policies";
    GUIDES_REACHABILITY = "guides/reachability";
    GUIDES_PACKS = "guides/packs";
    GUIDES_ORGANISATION_POLICIES = "guides/organisation-policies";
    GUIDES_SNAPSHOTS = "guides/snapshots";
    GUIDES_AUTOMATION = "guides/automation";
    COMING_FROM_CDK = "coming-from/cdk";
    COMING_FROM_SAM = "coming-from/sam";
    COMING_FROM_TERRAFORM = "coming-from/terraform";
    COMING_FROM_CLOUDFORMATION = "coming-from/cloudformation";
    COMING_FROM_TAKING_OVER = "coming-from/taking-over";
    TESTING = "testing";
    EXTENDING_CONSTRUCT = "extending/construct";
    EXTENDING_POLICY = "extending/policy";
    OPERATING_DEPLOYING = "operating/deploying";
    OPERATING_DIAGNOSING = "operating/diagnosing";
    OPERATING_COSTS = "operating/costs";
    OPERATING_SIMULATING = "operating/simulating";
    OPERATING_ROLLBACK = "operating/rollback";
    OPERATING_DRIFT = "operating/drift";
    OPERATING_FAILURES = "operating/failures";
    REFERENCE_BREADTH = "reference/breadth";
    REFERENCE_CONSTRUCTS = "reference/constructs";
    REFERENCE_CLI = "reference/cli";
    REFERENCE_CODES = "reference/codes";
    REFERENCE_FILES = "reference/files";
}
