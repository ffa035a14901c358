//! Users and directories of access points.

use infra_cfn::efs::access_point::{
    CreationInfo, CreationInfoRequired, PosixUser as CfnPosixUser,
    RootDirectory as CfnRootDirectory,
};

use crate::{Diagnostic, Scope, codes, value};

/// A user of the file system, as which an access point makes every request, whoever the client is.
///
/// ```
/// use infra_lib::efs::PosixUser;
///
/// let user = PosixUser::new(1000, 1000).secondary_gid(100);
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct PosixUser {
    uid: u32,
    gid: u32,
    secondary_gids: Vec<u32>,
}

impl PosixUser {
    /// Creates a user from its ID and the ID of its group.
    pub fn new(uid: u32, gid: u32) -> Self {
        Self {
            uid,
            gid,
            secondary_gids: Vec::new(),
        }
    }

    /// Adds the ID of another group of the user, at most 16.
    pub fn secondary_gid(mut self, gid: u32) -> Self {
        self.secondary_gids.push(gid);
        self
    }

    pub(super) fn to_cfn(&self) -> CfnPosixUser {
        let user = CfnPosixUser::new(self.gid.to_string(), self.uid.to_string());
        if self.secondary_gids.is_empty() {
            return user;
        }
        let gids: Vec<String> = self.secondary_gids.iter().map(u32::to_string).collect();
        user.secondary_gids(gids)
    }
}

/// The directory that an access point shows as its root.
///
/// ```
/// use infra_lib::efs::RootDirectory;
///
/// let uploads = RootDirectory::created("/uploads", 1000, 1000, 0o750);
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct RootDirectory {
    path: String,
    creation: Option<Creation>,
}

#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
struct Creation {
    uid: u32,
    gid: u32,
    permissions: u16,
}

impl RootDirectory {
    /// Creates the root of the file system as directory. The default here and in CloudFormation.
    pub fn file_system_root() -> Self {
        Self::existing("/")
    }

    /// Creates a directory that exists already, such as `/uploads`. Clients cannot mount the access point if it does not.
    pub fn existing(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            creation: None,
        }
    }

    /// Creates a directory that EFS makes when the first client mounts the access point, with the ID of its owner, the ID
    /// of its group, and its permissions as octal number, such as `0o750`.
    pub fn created(path: impl Into<String>, uid: u32, gid: u32, permissions: u16) -> Self {
        Self {
            path: path.into(),
            creation: Some(Creation {
                uid,
                gid,
                permissions,
            }),
        }
    }

    /// Returns `true` for the root of the file system.
    pub(super) fn is_root(&self) -> bool {
        self.path == "/"
    }

    pub(super) fn to_cfn(&self) -> CfnRootDirectory {
        let directory = CfnRootDirectory::new().path(&self.path);
        let Some(creation) = self.creation else {
            return directory;
        };
        directory.creation_info(CreationInfo::new(CreationInfoRequired {
            owner_gid: value(creation.gid.to_string()),
            owner_uid: value(creation.uid.to_string()),
            // Within the range of the schema, so that the mistake has one finding.
            permissions: value(format!("{:03o}", creation.permissions & 0o7777)),
        }))
    }

    /// Returns `true` if EFS accepts the path: at most four directories and 100 characters below `/`.
    fn has_valid_path(&self) -> bool {
        let Some(rest) = self.path.strip_prefix('/') else {
            return false;
        };
        let rejected = |c: char| "$#<>;`|&?{}^*\n".contains(c);
        let mut parts = rest.split('/');
        self.path.chars().count() <= 100
            && !rest.contains(rejected)
            && (rest.is_empty()
                || (rest.split('/').count() <= 4
                    && parts.all(|part| !part.is_empty() && !part.starts_with('.'))))
    }

    pub(super) fn check_directory(&self, scope: Scope<'_>) {
        let report = |property: &str, actual: String, expected: &str| {
            scope.report(
                Diagnostic::new(
                    codes::ACCESS_POINT_DIRECTORY,
                    "EFS rejects the directory of an access point",
                )
                .property(property)
                .actual(actual)
                .expected(expected)
                .url("https://docs.aws.amazon.com/efs/latest/ug/API_RootDirectory.html"),
            );
        };
        if !self.has_valid_path() {
            report(
                "RootDirectory.Path",
                self.path.clone(),
                "a path from `/`, of at most four directories and 100 characters",
            );
        }
        if let Some(creation) = self.creation.filter(|one| one.permissions > 0o7777) {
            report(
                "RootDirectory.CreationInfo.Permissions",
                format!("0o{:o}", creation.permissions),
                "at most 0o7777; write the number in octal, such as 0o750",
            );
        }
    }
}
