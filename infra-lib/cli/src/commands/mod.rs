//! Commands of the tool, one module each.

pub(crate) mod app;
pub(crate) mod bootstrap;
pub(crate) mod cancel;
mod chosen;
pub(crate) mod completions;
mod confirm;
pub(crate) mod context;
mod conversion;
pub(crate) mod deploy;
pub(crate) mod destroy;
pub(crate) mod diagnose;
pub(crate) mod diff;
pub(crate) mod doctor;
pub(crate) mod drift;
pub(crate) mod explain;
mod files;
pub(crate) mod hotswap;
pub(crate) mod import;
pub(crate) mod import_template;
pub(crate) mod logs;
pub(crate) mod man;
pub(crate) mod mcp;
pub(crate) mod migrate;
pub(crate) mod new;
pub(crate) mod orphan;
pub(crate) mod outputs;
pub(crate) mod plan;
pub(crate) mod previews;
pub(crate) mod publish_site;
pub(crate) mod refactor;
pub(crate) mod releases;
pub(crate) mod rollback;
mod schemas;
mod signer;
pub(crate) mod watch;

pub(crate) use schemas::schemas;
