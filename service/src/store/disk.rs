//! Disk space of an SQLite database. A reserve file next to the database keeps some space free for operations that free space once the disk is full.
//!
//! SQLite writes everything to its log first, including deletions, so on a full disk nothing could be deleted. This module prevents that: writes that
//! add data are refused early, and the reserve file is deleted once the disk is full. It is created again as soon as there is space. All state is in
//! that file, so that several processes agree.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, FallocateFlags, access, fallocate, statvfs};
use rustix::io::Errno;

const MIB: u64 = 1024 * 1024;
/// Size of the reserve file in bytes: several times the log of SQLite, which restarts after 4 MiB.
pub(super) const KEPT: u64 = 16 * MIB;
/// Number of free bytes below which the disk counts as full: more than the service writes between two checks.
const MARGIN: u64 = 4 * MIB;

/// The result of a check for free disk space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    /// Enough space for writes that add data.
    Enough,
    /// Space only for writes that free space.
    Full,
}

/// The disk that holds one database file.
#[derive(Debug)]
pub(super) struct Disk {
    file: PathBuf,
    folder: PathBuf,
    reserve: PathBuf,
}

impl Disk {
    /// Returns the disk of a database file; `None` for an in-memory database.
    pub(super) fn for_database_file(file: &Path) -> Option<Self> {
        let name = file.file_name()?.to_str()?;
        if name.starts_with(":memory:") || name.starts_with("file:") {
            return None;
        }
        let folder = file.parent().filter(|folder| *folder != Path::new(""));
        let folder = folder.unwrap_or(Path::new(".")).to_owned();
        Some(Self {
            reserve: folder.join(format!("{name}-reserve")),
            file: file.to_owned(),
            folder,
        })
    }

    /// Checks the free space, and creates or deletes the reserve file accordingly. Reports [`Room::Enough`] if the file system gives no answer;
    /// SQLite then reports a full disk itself.
    pub(super) fn check_room(&self) -> Room {
        self.try_check_room().unwrap_or(Room::Enough)
    }

    fn try_check_room(&self) -> io::Result<Room> {
        if self.has_reserve() {
            return self.release_if_full();
        }
        if self.free_bytes()? < KEPT + MARGIN {
            return Ok(Room::Full);
        }
        match self.create_reserve() {
            // Another process used the space in the meantime.
            Err(Errno::NOSPC) => Ok(Room::Full),
            // Some file systems cannot reserve space; then writes that add data are refused earlier.
            Ok(()) | Err(_) => Ok(Room::Enough),
        }
    }

    /// Deletes the reserve file if the disk is full otherwise.
    pub(super) fn release_if_full(&self) -> io::Result<Room> {
        if self.free_bytes()? >= MARGIN {
            return Ok(Room::Enough);
        }
        match fs::remove_file(&self.reserve) {
            Ok(()) => tracing::error!(
                folder = %self.folder.display(),
                "the disk is full: until space is freed, notes can only be read and deleted"
            ),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        Ok(Room::Full)
    }

    fn has_reserve(&self) -> bool {
        fs::metadata(&self.reserve).is_ok_and(|file| file.len() == KEPT)
    }

    /// Returns the number of bytes that an unprivileged process may allocate on the file system.
    fn free_bytes(&self) -> io::Result<u64> {
        let system = statvfs(&self.folder)?;
        Ok(system.f_bavail.saturating_mul(system.f_frsize))
    }

    /// Creates the reserve file with all of its space allocated.
    fn create_reserve(&self) -> Result<(), Errno> {
        let make = || {
            let file = File::create(&self.reserve)?;
            fallocate(&file, FallocateFlags::empty(), 0, KEPT)?;
            Ok::<_, io::Error>(())
        };
        make().map_err(|error| {
            // A file of the wrong size reserves nothing.
            let _ = fs::remove_file(&self.reserve);
            Errno::from_io_error(&error).unwrap_or(Errno::IO)
        })
    }

    /// Returns true if this process may write to the database file and its folder, by their permissions and those of the mount.
    pub(super) fn is_writable(&self) -> bool {
        [&self.file, &self.folder]
            .into_iter()
            .all(|path| access(path, Access::WRITE_OK).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserves_space_next_to_database() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("notes.db");
        let disk = Disk::for_database_file(&file).unwrap();
        assert_eq!(disk.check_room(), Room::Enough);
        let reserve = folder.path().join("notes.db-reserve");
        assert_eq!(fs::metadata(&reserve).unwrap().len(), KEPT);
        // A truncated reserve file is created again.
        File::create(&reserve).unwrap();
        assert_eq!(disk.check_room(), Room::Enough);
        assert_eq!(fs::metadata(&reserve).unwrap().len(), KEPT);
    }

    #[test]
    fn ignores_in_memory_database() {
        for name in [":memory:", "file:sqlx-in-memory-0"] {
            assert!(Disk::for_database_file(Path::new(name)).is_none(), "{name}");
        }
    }
}
