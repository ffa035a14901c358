//! Finds the file with the answers to context lookups, which app and tool share with the `cdk` CLI.

use std::path::{Path, PathBuf};

use crate::contract;

/// Name of the file with the answers to context lookups, as the `cdk` CLI uses it.
pub const CONTEXT_FILE: &str = "cdk.context.json";

/// Returns the context file in a folder or one of its parents, up to the folder of the project; `None` if it does not exist.
pub fn find_context(directory: &Path) -> Option<PathBuf> {
    let file = locate_context_file(directory);
    file.is_file().then_some(file)
}

/// Returns the path of the context file in a folder or one of its parents. If none exists up to the folder of the project, returns its path in that
/// folder; without a project, in the first folder.
pub fn locate_context_file(directory: &Path) -> PathBuf {
    for folder in directory.ancestors() {
        let file = folder.join(CONTEXT_FILE);
        let ends = [contract::PROJECT_FILE, "cdk.json", ".git"];
        if file.is_file() || ends.iter().any(|name| folder.join(name).exists()) {
            return file;
        }
    }
    directory.join(CONTEXT_FILE)
}
