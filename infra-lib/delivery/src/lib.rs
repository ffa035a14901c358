//! Renders the delivery pipeline of a project from the table `[delivery]` of `infra.toml`: workflows of GitHub Actions or a
//! pipeline of GitLab CI, with the scripts that they call.
//!
//! [`Pipeline`] is the configuration, [`render`] returns the files, and [`compare_state`] detects files that were changed manually.
//!
//! ```
//! use infra_delivery::{Environment, Pipeline, Provider, render};
//!
//! let pipeline = Pipeline::new(Provider::Github, "octo/shop")
//!     .tool("--git https://example.com/infra.git --rev 0123456789abcdef0123456789abcdef01234567 infra-cli")
//!     .environment(Environment::new("prod"));
//! let files = render("shop", "cargo run --quiet --", &pipeline)?;
//! assert!(files.iter().any(|file| file.path == ".github/workflows/deploy.yml"));
//! # Ok::<(), infra_delivery::Invalid>(())
//! ```

mod files;
mod github;
mod gitlab;
mod pipeline;
mod stamp;
mod text;

pub use files::{File, list_other_paths, render};
pub use pipeline::{Approval, Environment, Invalid, Pipeline, Preview, Provider, PullRequests};
pub use stamp::{COMMAND, State, compare_state};
