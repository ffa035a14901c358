//! Reproducible ZIP archives of folders: their bytes depend on names, permissions and contents only.

use std::fs;
use std::io::{self, Cursor, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Packs the files of a folder in the order of their names, following symbolic links. As in the CDK's archives, every file has the modification date
/// 1980-01-01, the earliest one in ZIP, and keeps its permissions. Programs are executable even without that permission in the file system: artifacts of GitHub Actions
/// lose permissions, and Windows has none.
pub(super) fn zip_folder(folder: &Path) -> io::Result<Vec<u8>> {
    let mut files = Vec::new();
    collect_file_names(folder, "", &mut files)?;
    files.sort();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for name in files {
        let path = folder.join(&name);
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::DEFAULT)
            .large_file(fs::metadata(&path)?.len() >= u64::from(u32::MAX));
        let bytes = fs::read(&path)?;
        let mode = permissions(&path)? | if is_program(&bytes) { 0o111 } else { 0 };
        writer.start_file(name, options.unix_permissions(mode))?;
        writer.write_all(&bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// Collects the names of all files below a folder, with `/` as separator.
fn collect_file_names(folder: &Path, prefix: &str, found: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            let said = format!(
                "the file name `{}` is not valid UTF-8",
                entry.path().display()
            );
            return Err(io::Error::new(io::ErrorKind::InvalidData, said));
        };
        let name = format!("{prefix}{name}");
        let path = entry.path();
        if fs::metadata(&path)?.is_dir() {
            collect_file_names(&path, &format!("{name}/"), found)?;
        } else {
            found.push(name);
        }
    }
    Ok(())
}

/// Returns true for programs and libraries of Linux, and for scripts with an interpreter line.
fn is_program(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x7fELF") || bytes.starts_with(b"#!")
}

#[cfg(unix)]
fn permissions(path: &Path) -> io::Result<u32> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(fs::metadata(path)?.permissions().mode() & 0o777)
}

#[cfg(not(unix))]
fn permissions(_path: &Path) -> io::Result<u32> {
    Ok(0o644)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Read as _;

    use super::zip_folder;

    fn create_folder(order: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("lib")).unwrap();
        for name in order {
            fs::write(folder.path().join(name), format!("content of {name}\n")).unwrap();
        }
        folder
    }

    #[test]
    fn produces_identical_archives_for_identical_files() {
        let one = create_folder(&["index.js", ".env", "lib/a.js", "Z"]);
        std::thread::sleep(std::time::Duration::from_millis(20));
        let two = create_folder(&["Z", "lib/a.js", ".env", "index.js"]);
        let archive = zip_folder(one.path()).unwrap();
        assert_eq!(archive, zip_folder(two.path()).unwrap());
        let mut read = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
        let names: Vec<String> = read.file_names().map(str::to_owned).collect();
        assert_eq!(names, [".env", "Z", "index.js", "lib/a.js"]);
        let mut file = read.by_name("lib/a.js").unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        assert_eq!(text, "content of lib/a.js\n");
        let modified = file.last_modified().unwrap();
        assert_eq!(
            (modified.year(), modified.month(), modified.day()),
            (1980, 1, 1)
        );
    }

    #[cfg(unix)]
    #[test]
    fn makes_programs_executable_whose_permissions_are_lost() {
        let folder = create_folder(&["index.js"]);
        fs::write(folder.path().join("bootstrap"), b"\x7fELF\x02\x01").unwrap();
        fs::write(folder.path().join("run"), "#!/bin/sh\n").unwrap();
        let archive = zip_folder(folder.path()).unwrap();
        let mut read = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
        let mut executable = |name| read.by_name(name).unwrap().unix_mode().unwrap() & 0o111;
        assert_eq!(executable("bootstrap"), 0o111);
        assert_eq!(executable("run"), 0o111);
        assert_eq!(executable("index.js"), 0);
    }

    #[cfg(unix)]
    #[test]
    fn keeps_permissions_and_follows_symlinks() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = create_folder(&["run.sh"]);
        let path = folder.path().join("run.sh");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        std::os::unix::fs::symlink(&path, folder.path().join("link")).unwrap();
        let archive = zip_folder(folder.path()).unwrap();
        let mut read = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
        assert_eq!(
            read.by_name("run.sh").unwrap().unix_mode().unwrap() & 0o777,
            0o755
        );
        let mut text = String::new();
        read.by_name("link")
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        assert_eq!(text, "content of run.sh\n");
    }
}
