//! Checks the owner of a project file, because the command in it is executed with the permissions of this user.

use std::path::Path;

use infra_console::Variables;
use infra_core::{Diagnostic, codes};

/// Environment variable with folders whose project files are trusted regardless of their owner, separated as in `PATH`; `*` trusts all folders.
const SAFE: &str = "INFRA_SAFE_DIRECTORY";

/// Refuses a project file that belongs to neither this user nor root, as git does with repositories.
///
/// Folders above the working folder may be writable by other users, such as `/tmp`. A symbolic link must belong to a trusted user, as must its
/// target. Under `sudo`, files of the user who called it are trusted as well.
#[cfg(unix)]
pub(super) fn check(file: &Path, variables: &Variables) -> Result<(), Box<Diagnostic>> {
    use std::os::unix::fs::MetadataExt as _;
    let user = nix::unistd::geteuid().as_raw();
    let behind_sudo = variables
        .find_text("SUDO_UID")
        .and_then(|id| id.parse().ok());
    let owners = [std::fs::symlink_metadata(file), std::fs::metadata(file)];
    let stranger = owners
        .into_iter()
        .flatten()
        .map(|metadata| metadata.uid())
        .find(|owner| !is_trusted(*owner, user, behind_sudo));
    let Some(owner) = stranger.filter(|_| !is_safe(file, variables)) else {
        return Ok(());
    };
    let folder = file.parent().unwrap_or(file).display();
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    Err(Box::new(
        Diagnostic::new(
            codes::BAD_PROJECT_FILE,
            format!("`{name}` belongs to another user: {}", file.display()),
        )
        .note("the file contains a command that would run with your permissions and credentials")
        .actual(format!("owner {owner}"))
        .expected(format!("you ({user}) or root (0)"))
        .help(format!(
            "if you trust that folder, set {SAFE}={folder}; otherwise give the app with `--app COMMAND`"
        )),
    ))
}

/// Trusts every file, because numeric owners exist on Unix only.
#[cfg(not(unix))]
pub(super) fn check(_: &Path, _: &Variables) -> Result<(), Box<Diagnostic>> {
    Ok(())
}

/// Returns true if a file belongs to this user, to root, or to the user who called `sudo`.
#[cfg(unix)]
fn is_trusted(owner: u32, user: u32, behind_sudo: Option<u32>) -> bool {
    owner == user || owner == 0 || (user == 0 && behind_sudo == Some(owner))
}

/// Returns true if the file is in a folder that `INFRA_SAFE_DIRECTORY` lists.
#[cfg(unix)]
fn is_safe(file: &Path, variables: &Variables) -> bool {
    let Some(listed) = variables.find_value(SAFE) else {
        return false;
    };
    let folder = file.parent().and_then(|folder| folder.canonicalize().ok());
    std::env::split_paths(listed).any(|safe| {
        safe.as_os_str() == "*" || folder.is_some() && safe.canonicalize().ok() == folder
    })
}

#[cfg(all(test, unix))]
mod tests {
    use infra_console::Variables;
    use infra_core::render;

    use super::{check, is_trusted};

    #[test]
    fn trusts_current_user_root_and_sudo_user() {
        assert!(is_trusted(1000, 1000, None));
        assert!(is_trusted(0, 1000, None));
        assert!(is_trusted(1000, 0, Some(1000)));
        assert!(!is_trusted(1001, 1000, None));
        assert!(!is_trusted(1001, 1000, Some(1001)));
        assert!(!is_trusted(1000, 0, None));
        assert!(!is_trusted(1001, 0, Some(1000)));
    }

    #[test]
    fn refuses_file_of_another_user_outside_safe_directory() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("infra.toml");
        std::fs::write(&file, "app = 'x'\n").unwrap();
        let none = Variables::default();
        check(&file, &none).unwrap();
        // Only root can change the owner of a file.
        if std::os::unix::fs::chown(&file, Some(54_321), None).is_err() {
            return;
        }
        let refused = render(&check(&file, &none).unwrap_err());
        let refused = refused.replace(&folder.path().display().to_string(), "FOLDER");
        insta::assert_snapshot!(refused, @r"
        error[INF6109]: `infra.toml` belongs to another user: FOLDER/infra.toml
           = actual: owner 54321
           = expected: you (0) or root (0)
           = note: the file contains a command that would run with your permissions and credentials
           = help: if you trust that folder, set INFRA_SAFE_DIRECTORY=FOLDER; otherwise give the app with `--app COMMAND`
        ");
        let safe = |value: &std::ffi::OsStr| -> Variables {
            [("INFRA_SAFE_DIRECTORY", value)].into_iter().collect()
        };
        check(&file, &safe(folder.path().as_os_str())).unwrap();
        check(&file, &safe("*".as_ref())).unwrap();
        check(&file, &safe("/elsewhere".as_ref())).unwrap_err();
        // A link that belongs to another user and points to a file of this one.
        let own = folder.path().join("own.toml");
        std::fs::write(&own, "app = 'x'\n").unwrap();
        let link = folder.path().join("link.toml");
        std::os::unix::fs::symlink(&own, &link).unwrap();
        check(&link, &none).unwrap();
        std::os::unix::fs::lchown(&link, Some(54_321), None).unwrap();
        check(&link, &none).unwrap_err();
    }
}
