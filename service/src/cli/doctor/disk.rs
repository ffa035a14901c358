//! Finding about the free disk space for a database in a file.

use std::path::Path;

use super::Finding;

const MIB: u64 = 1024 * 1024;
/// Free space in bytes below which the finding is bad: room for a burst of notes and the write-ahead log next to the file.
const BAD: u64 = 64 * MIB;
/// Free space in bytes below which the finding is a note, as an early warning.
const NOTE: u64 = 1024 * MIB;

/// Examines the free space in the file system of this file, or of its closest parent folder that exists.
pub(super) fn examine_disk(file: &Path) -> Finding {
    let about = "disk";
    let help = "free disk space: SQLite refuses writes when the disk is full";
    let folder = file
        .ancestors()
        .skip(1)
        .find(|folder| folder.is_dir())
        .unwrap_or(Path::new("."));
    let shown = folder.display().to_string();
    let shown = if shown.is_empty() { "." } else { &shown };
    let free = match rustix::fs::statvfs(folder) {
        Ok(system) => system.f_bavail.saturating_mul(system.f_frsize),
        Err(error) => {
            let message =
                format!("the free space of the file system of {shown} cannot be read: {error}");
            return Finding::note(about, message, "check that the folder exists");
        }
    };
    let message = format!("{} MiB are available in {shown}", free / MIB);
    if free < BAD {
        Finding::bad(about, message, help)
    } else if free < NOTE {
        Finding::note(about, message, help)
    } else {
        Finding::good(about, message)
    }
}
