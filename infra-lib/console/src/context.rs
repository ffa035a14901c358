//! The file with answers to context lookups, which app and tool share with the `cdk` CLI.

use std::path::{Path, PathBuf};

use crate::contract;

/// Name of the file.
pub const CONTEXT_FILE: &str = "cdk.context.json";

/// The file in a folder or above it, up to the folder of the project.
pub fn find_context(directory: &Path) -> Option<PathBuf> {
    let file = place_of_context(directory);
    file.is_file().then_some(file)
}

/// The file in a folder or above it; where there is none up to the folder of the project, its place in that folder, else in the first one.
pub fn place_of_context(directory: &Path) -> PathBuf {
    for folder in directory.ancestors() {
        let file = folder.join(CONTEXT_FILE);
        let ends = [contract::PROJECT_FILE, "cdk.json", ".git"];
        if file.is_file() || ends.iter().any(|name| folder.join(name).exists()) {
            return file;
        }
    }
    directory.join(CONTEXT_FILE)
}
