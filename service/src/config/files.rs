//! Settings of the storage for the contents of attachments: a folder, a bucket, or none.

use std::path::PathBuf;

use super::DatabaseConfig;
use super::reader::Reader;
use crate::files::{Bucket, Downloads, StorageLocation};

/// Upper limit of `FILE_BYTES`: the size of the largest file that can be copied within the time of a request.
pub(super) const MOST_BYTES: u64 = 1024 * 1024 * 1024;
/// Name of the default folder, next to the file of an SQLite database.
const FOLDER: &str = "files";

/// Reads the storage from `FILES_DIR` or `FILES_BUCKET`. Default: the folder `files` next to the file of an SQLite database, and no storage with
/// other databases.
pub(super) fn read_storage(from: &mut Reader<'_>, database: &DatabaseConfig) -> StorageLocation {
    let folder = from.find_value("FILES_DIR").map(PathBuf::from);
    let name = from.find_value("FILES_BUCKET").map(str::to_owned);
    let endpoint = from.find_value("FILES_ENDPOINT").map(str::to_owned);
    let region = from.find_value("AWS_REGION").map(str::to_owned);
    let downloads = read_downloads(from);
    if let Some(endpoint) = &endpoint
        && !endpoint.starts_with("http://")
        && !endpoint.starts_with("https://")
    {
        let allowed = "the URL of an S3-compatible service, such as http://127.0.0.1:9000";
        from.report_value("FILES_ENDPOINT", endpoint, allowed);
    }
    match (folder, name) {
        (Some(_), Some(_)) => {
            from.report_problem(
                "FILES_DIR",
                "is set, and so is FILES_BUCKET",
                "set only one of them",
            );
            StorageLocation::Disabled
        }
        (Some(folder), None) if folder.as_os_str() == "off" => StorageLocation::Disabled,
        (Some(folder), None) => StorageLocation::Folder(folder),
        (None, Some(name)) => {
            let Some(region) = region else {
                from.report_problem(
                    "AWS_REGION",
                    "is missing, but FILES_BUCKET is set",
                    "the region of the bucket, such as eu-central-1",
                );
                return StorageLocation::Disabled;
            };
            StorageLocation::Bucket(Bucket {
                name,
                region,
                endpoint,
                downloads,
            })
        }
        (None, None) => {
            if endpoint.is_some() {
                from.report_problem(
                    "FILES_BUCKET",
                    "is missing, but FILES_ENDPOINT is set",
                    "set FILES_BUCKET to the name of a bucket, or remove FILES_ENDPOINT",
                );
            }
            match database {
                DatabaseConfig::SqliteFile(file) => {
                    StorageLocation::Folder(file.with_file_name(FOLDER))
                }
                DatabaseConfig::SqliteMemory | DatabaseConfig::Postgres(_) => {
                    StorageLocation::Disabled
                }
            }
        }
    }
}

/// Reads the way in which clients download attachments from a bucket (`FILES_PATH`, `FILES_REDIRECT`).
fn read_downloads(from: &mut Reader<'_>) -> Downloads {
    let redirects = from.parse_switch("FILES_REDIRECT", true);
    let Some(path) = from.find_value("FILES_PATH").map(str::to_owned) else {
        return if redirects {
            Downloads::Bucket
        } else {
            Downloads::Service
        };
    };
    let name = path
        .strip_prefix('/')
        .and_then(|rest| rest.strip_suffix('/'));
    let valid = name.is_some_and(|name| {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        !name.is_empty() && name != "api" && name.chars().all(plain)
    });
    if !valid {
        let allowed = "one folder of the site other than /api/, between slashes, such as /files/";
        from.report_value("FILES_PATH", &path, allowed);
    } else if !redirects {
        from.report_problem(
            "FILES_PATH",
            "is set, but FILES_REDIRECT is false",
            "set only one of them: downloads are either redirected to the path or proxied by the service",
        );
    }
    Downloads::Site(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn read_place(variables: &[(&str, &str)]) -> Result<StorageLocation, String> {
        let variables = variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Config::from_variables(&variables.collect())
            .map(|config| config.files)
            .map_err(|problems| problems.0[0].variable.clone())
    }

    #[test]
    fn stores_files_beside_sqlite_file_by_default() {
        let folder = |path: &str| Ok(StorageLocation::Folder(PathBuf::from(path)));
        let postgres = ("DATABASE_URL", "postgres://ada@localhost/notes");
        for (variables, expected) in [
            (vec![], folder("data/files")),
            (vec![("DATABASE_URL", "sqlite:/a/b.db")], folder("/a/files")),
            (
                vec![("DATABASE_URL", "sqlite::memory:")],
                Ok(StorageLocation::Disabled),
            ),
            (vec![postgres], Ok(StorageLocation::Disabled)),
            (
                vec![postgres, ("FILES_DIR", "/srv/files")],
                folder("/srv/files"),
            ),
            (vec![("FILES_DIR", "off")], Ok(StorageLocation::Disabled)),
            (vec![("FILES_BUCKET", "b")], Err("AWS_REGION".to_owned())),
            (
                vec![("FILES_BUCKET", "b"), ("FILES_DIR", "d")],
                Err("FILES_DIR".to_owned()),
            ),
            (
                vec![("FILES_ENDPOINT", "http://localhost")],
                Err("FILES_BUCKET".to_owned()),
            ),
            (
                vec![
                    ("FILES_BUCKET", "b"),
                    ("AWS_REGION", "r"),
                    ("FILES_ENDPOINT", "localhost:9000"),
                ],
                Err("FILES_ENDPOINT".to_owned()),
            ),
            (
                vec![
                    ("FILES_BUCKET", "b"),
                    ("AWS_REGION", "r"),
                    ("FILES_REDIRECT", "off"),
                ],
                Ok(StorageLocation::Bucket(Bucket {
                    name: "b".to_owned(),
                    region: "r".to_owned(),
                    endpoint: None,
                    downloads: Downloads::Service,
                })),
            ),
            (
                vec![
                    ("FILES_BUCKET", "b"),
                    ("AWS_REGION", "r"),
                    ("FILES_PATH", "/files/"),
                ],
                Ok(StorageLocation::Bucket(Bucket {
                    name: "b".to_owned(),
                    region: "r".to_owned(),
                    endpoint: None,
                    downloads: Downloads::Site("/files/".to_owned()),
                })),
            ),
            (
                vec![
                    ("FILES_BUCKET", "b"),
                    ("AWS_REGION", "r"),
                    ("FILES_REDIRECT", "off"),
                    ("FILES_PATH", "/files/"),
                ],
                Err("FILES_PATH".to_owned()),
            ),
        ] {
            assert_eq!(read_place(&variables), expected, "{variables:?}");
        }
    }

    #[test]
    fn rejects_files_path_with_invalid_folder() {
        for path in [
            "files", "/files", "files/", "/", "//", "/api/", "/a/b/", "/a b/", "/../",
        ] {
            let given = [
                ("FILES_BUCKET", "b"),
                ("AWS_REGION", "r"),
                ("FILES_PATH", path),
            ];
            assert_eq!(read_place(&given), Err("FILES_PATH".to_owned()), "{path}");
        }
    }
}
