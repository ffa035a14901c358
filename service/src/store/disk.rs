//! Room on the disk of an embedded database: some of it is kept in a file beside the database, for what frees room once the disk is full.
//!
//! SQLite writes everything to its log first, deletions too. So on a full disk nothing could be deleted any more. Here the last of the room is for
//! that: what adds is refused before, and the file that keeps the room is deleted when the disk is full, whoever has filled it. It is made again by
//! itself once there is room. Nothing is remembered but the file, so that several processes agree.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, FallocateFlags, access, fallocate, statvfs};
use rustix::io::Errno;

const MIB: u64 = 1024 * 1024;
/// Bytes that are kept: some times the log of SQLite, which begins anew after 4 MiB.
pub(super) const KEPT: u64 = 16 * MIB;
/// Free bytes below which a disk is full: more than is written between two looks.
const MARGIN: u64 = 4 * MIB;

/// Room for more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    /// There is some.
    Enough,
    /// There is none but for what frees some.
    Full,
}

/// The disk of one database.
#[derive(Debug)]
pub(super) struct Disk {
    file: PathBuf,
    folder: PathBuf,
    reserve: PathBuf,
}

impl Disk {
    /// The disk that this file is on; none for a database in memory.
    pub(super) fn of(file: &Path) -> Option<Self> {
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

    /// Looks for room, and makes the file that keeps some, or gives up what it keeps. A disk that cannot be asked is taken for one with room: SQLite
    /// will say.
    pub(super) fn look(&self) -> Room {
        self.try_look().unwrap_or(Room::Enough)
    }

    fn try_look(&self) -> io::Result<Room> {
        if self.is_kept() {
            return self.give_up_if_full();
        }
        if self.free()? < KEPT + MARGIN {
            return Ok(Room::Full);
        }
        match self.keep() {
            // Somebody else was faster.
            Err(Errno::NOSPC) => Ok(Room::Full),
            // Not every file system can keep room; what adds is refused earlier then.
            Ok(()) | Err(_) => Ok(Room::Enough),
        }
    }

    /// Gives up the room that is kept, if there is no other.
    pub(super) fn give_up_if_full(&self) -> io::Result<Room> {
        if self.free()? >= MARGIN {
            return Ok(Room::Enough);
        }
        match fs::remove_file(&self.reserve) {
            Ok(()) => tracing::error!(
                folder = %self.folder.display(),
                "the disk is full: notes are only read and deleted until there is room"
            ),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        Ok(Room::Full)
    }

    fn is_kept(&self) -> bool {
        fs::metadata(&self.reserve).is_ok_and(|file| file.len() == KEPT)
    }

    /// Bytes of the file system that this user may take.
    fn free(&self) -> io::Result<u64> {
        let system = statvfs(&self.folder)?;
        Ok(system.f_bavail.saturating_mul(system.f_frsize))
    }

    /// Makes the file that keeps room.
    fn keep(&self) -> Result<(), Errno> {
        let make = || {
            let file = File::create(&self.reserve)?;
            fallocate(&file, FallocateFlags::empty(), 0, KEPT)?;
            Ok::<_, io::Error>(())
        };
        make().map_err(|error| {
            // What is not as large as it should be keeps nothing.
            let _ = fs::remove_file(&self.reserve);
            Errno::from_io_error(&error).unwrap_or(Errno::IO)
        })
    }

    /// Tells of a database that this process may write: neither its rights nor the file system are against it.
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
    fn keeps_room_beside_the_database() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("notes.db");
        let disk = Disk::of(&file).unwrap();
        assert_eq!(disk.look(), Room::Enough);
        let reserve = folder.path().join("notes.db-reserve");
        assert_eq!(fs::metadata(&reserve).unwrap().len(), KEPT);
        // Cut off half way, it is made again.
        File::create(&reserve).unwrap();
        assert_eq!(disk.look(), Room::Enough);
        assert_eq!(fs::metadata(&reserve).unwrap().len(), KEPT);
    }

    #[test]
    fn a_database_in_memory_is_on_no_disk() {
        for name in [":memory:", "file:sqlx-in-memory-0"] {
            assert!(Disk::of(Path::new(name)).is_none(), "{name}");
        }
    }
}
