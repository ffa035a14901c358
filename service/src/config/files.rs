//! Settings of the storage for the contents of attachments: a folder, a bucket, or none.

use std::path::PathBuf;

use super::DatabaseConfig;
use super::reader::Reader;
use crate::files::{Bucket, Downloads, Place};

/// Upper limit of `FILE_BYTES`: the size of the largest file that can be copied within the time of a request.
pub(super) const MOST_BYTES: u64 = 1024 * 1024 * 1024;
/// Name of the default folder, next to the file of an SQLite database.
const FOLDER: &str = "files";

/// Reads the storage from `FILES_DIR` or `FILES_BUCKET`. Default: the folder `files` next to the file of an SQLite database, and no storage with
/// other databases.
pub(super) fn read(from: &mut Reader<'_>, database: &DatabaseConfig) -> Place {
    let folder = from.text("FILES_DIR").map(PathBuf::from);
    let name = from.text("FILES_BUCKET").map(str::to_owned);
    let endpoint = from.text("FILES_ENDPOINT").map(str::to_owned);
    let region = from.text("AWS_REGION").map(str::to_owned);
    let downloads = downloads(from);
    if let Some(endpoint) = &endpoint
        && !endpoint.starts_with("http://")
        && !endpoint.starts_with("https://")
    {
        let allowed = "the URL of an S3-compatible service, such as http://127.0.0.1:9000";
        from.wrong("FILES_ENDPOINT", endpoint, allowed);
    }
    match (folder, name) {
        (Some(_), Some(_)) => {
            from.say(
                "FILES_DIR",
                "is set, and so is FILES_BUCKET",
                "set only one of them",
            );
            Place::Nowhere
        }
        (Some(folder), None) if folder.as_os_str() == "off" => Place::Nowhere,
        (Some(folder), None) => Place::Folder(folder),
        (None, Some(name)) => {
            let Some(region) = region else {
                from.say(
                    "AWS_REGION",
                    "is missing, but FILES_BUCKET is set",
                    "the region of the bucket, such as eu-central-1",
                );
                return Place::Nowhere;
            };
            Place::Bucket(Bucket {
                name,
                region,
                endpoint,
                downloads,
            })
        }
        (None, None) => {
            if endpoint.is_some() {
                from.say(
                    "FILES_BUCKET",
                    "is missing, but FILES_ENDPOINT is set",
                    "set FILES_BUCKET to the name of a bucket, or remove FILES_ENDPOINT",
                );
            }
            match database {
                DatabaseConfig::SqliteFile(file) => Place::Folder(file.with_file_name(FOLDER)),
                DatabaseConfig::SqliteMemory | DatabaseConfig::Postgres(_) => Place::Nowhere,
            }
        }
    }
}

/// Reads the way in which clients download attachments from a bucket (`FILES_PATH`, `FILES_REDIRECT`).
fn downloads(from: &mut Reader<'_>) -> Downloads {
    let redirects = from.switch("FILES_REDIRECT", true);
    let Some(path) = from.text("FILES_PATH").map(str::to_owned) else {
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
        from.wrong("FILES_PATH", &path, allowed);
    } else if !redirects {
        from.say(
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

    fn place(variables: &[(&str, &str)]) -> Result<Place, String> {
        let variables = variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Config::read(&variables.collect())
            .map(|config| config.files)
            .map_err(|problems| problems.0[0].variable.clone())
    }

    #[test]
    fn files_lie_beside_a_database_in_a_file_unless_something_else_is_said() {
        let folder = |path: &str| Ok(Place::Folder(PathBuf::from(path)));
        let postgres = ("DATABASE_URL", "postgres://ada@localhost/notes");
        for (variables, expected) in [
            (vec![], folder("data/files")),
            (vec![("DATABASE_URL", "sqlite:/a/b.db")], folder("/a/files")),
            (
                vec![("DATABASE_URL", "sqlite::memory:")],
                Ok(Place::Nowhere),
            ),
            (vec![postgres], Ok(Place::Nowhere)),
            (
                vec![postgres, ("FILES_DIR", "/srv/files")],
                folder("/srv/files"),
            ),
            (vec![("FILES_DIR", "off")], Ok(Place::Nowhere)),
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
                Ok(Place::Bucket(Bucket {
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
                Ok(Place::Bucket(Bucket {
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
            assert_eq!(place(&variables), expected, "{variables:?}");
        }
    }

    #[test]
    fn rejects_a_path_that_is_not_one_folder_of_the_site() {
        for path in [
            "files", "/files", "files/", "/", "//", "/api/", "/a/b/", "/a b/", "/../",
        ] {
            let given = [
                ("FILES_BUCKET", "b"),
                ("AWS_REGION", "r"),
                ("FILES_PATH", path),
            ];
            assert_eq!(place(&given), Err("FILES_PATH".to_owned()), "{path}");
        }
    }
}
