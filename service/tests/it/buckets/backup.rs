//! Tests of `notes backup` and `notes restore` with attachments in a bucket.

use std::io::Cursor;

use image::{ImageFormat, RgbImage};
use notes_service::config::Config;
use notes_service::files::{Downloads, Files, StorageLocation, Stored};
use notes_service::store::Store;
use tempfile::TempDir;

use super::{address, ask, bucket, bytes, note};
use crate::support::process::{Ran, run};
use crate::support::{Person, Service, Site, on_both_databases};

on_both_databases!(
    Site: restores_backup_between_folder_and_bucket,
    restores_nothing_without_the_bucket,
);

/// A database, and the storage of its attachments.
struct Installation {
    site: Site,
    storage: StorageLocation,
    _folder: Option<TempDir>,
}

impl Installation {
    fn with_folder(site: Site) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            site,
            storage: StorageLocation::Folder(folder.path().join("files")),
            _folder: Some(folder),
        }
    }

    fn with_bucket(site: Site, address: &str) -> Self {
        Self {
            site,
            storage: StorageLocation::Bucket(bucket(address, Downloads::Service)),
            _folder: None,
        }
    }

    /// Runs the program with the settings of this installation.
    fn run(&self, arguments: &[&str]) -> Ran {
        let credentials = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
        let mut variables = vec![("DATABASE_URL", self.site.url.clone())];
        match &self.storage {
            StorageLocation::Folder(folder) => {
                variables.push(("FILES_DIR", folder.display().to_string()));
            }
            StorageLocation::Bucket(bucket) => {
                variables.push(("FILES_BUCKET", bucket.name.clone()));
                variables.push(("FILES_ENDPOINT", bucket.endpoint.clone().unwrap()));
                variables.push(("AWS_REGION", bucket.region.clone()));
                variables.extend(credentials.map(|name| (name, std::env::var(name).unwrap())));
            }
            StorageLocation::Disabled => {}
        }
        let variables: Vec<(&str, &str)> = variables
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        run(arguments, &variables)
    }

    /// Runs a command that must succeed, and returns its output.
    #[track_caller]
    fn succeed(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {ran:?}");
        ran.output
    }

    /// Returns the service of this installation; the schema has to be up to date.
    async fn service(&self) -> Service {
        let variables = [("DATABASE_URL".to_owned(), self.site.url.clone())];
        let config = Config::from_variables(&variables.into()).unwrap();
        let service = Service::over(Store::new(self.site.open().await, config.limits));
        let mut settings = service.app.settings.clone();
        settings.files = Files::open(&self.storage).unwrap();
        settings.policy.file_bytes = config.limits.file_bytes;
        service.with(settings)
    }

    /// Returns an installation on an empty database of the same kind, with the schema.
    async fn empty(&self, on: impl FnOnce(Site) -> Self) -> Self {
        let site = if self.site.url.starts_with("sqlite:") {
            Site::sqlite().await
        } else {
            Site::postgres().await.unwrap()
        };
        let created = on(site);
        created.succeed(&["migrate", "up"]);
        created
    }
}

/// Returns all stored files with their sizes.
async fn inventory(service: &Service) -> Vec<Stored> {
    let mut all = Vec::new();
    for shard in 0..=u8::MAX {
        all.extend(service.files().inventory_shard(shard).await.unwrap());
    }
    all
}

fn picture() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::new(900, 30)
        .write_to(&mut bytes, ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

/// Adds attachments to a note: of one request and of several to the storage, and one with a thumbnail. Returns the path of each stored part with its
/// bytes.
async fn add_attachments(service: &Service, ada: &Person, note: &str) -> Vec<(String, Vec<u8>)> {
    let mut stored = Vec::new();
    for content in [b"a".to_vec(), bytes(7 * 1024 * 1024), picture()] {
        let path = format!("/api/notes/{note}/attachments?name=a.png");
        let added = service.bytes(ada, "POST", &path, &[], content.clone());
        let added = added.await.json().is(201);
        let path = format!("/api/attachments/{}", added.body["id"].as_str().unwrap());
        if added.body["hasThumbnail"] == true {
            let path = format!("{path}/thumbnail");
            let thumbnail = service.bytes(ada, "GET", &path, &[], "").await;
            assert_eq!(thumbnail.status, 200);
            stored.push((path, thumbnail.body));
        }
        stored.push((format!("{path}/content"), content));
    }
    assert_eq!(stored.len(), 4, "three files and a thumbnail");
    stored
}

/// Begins an upload of nine bytes and sends the first three. Returns its path.
async fn begin_upload(service: &Service, ada: &Person, note: &str) -> String {
    let path = format!("/api/notes/{note}/uploads");
    let headers = [("upload-length", "9")];
    let begun = service.request(Some(ada), "POST", &path, &headers, None);
    let path = begun.await.is(201).header("location").to_owned();
    send_chunk(service, ada, &path, 0, "abc").await;
    path
}

async fn send_chunk(service: &Service, ada: &Person, path: &str, offset: usize, bytes: &str) {
    let offset = offset.to_string();
    let headers = [
        ("content-type", "application/offset+octet-stream"),
        ("upload-offset", offset.as_str()),
    ];
    let sent = service.bytes(ada, "PATCH", path, &headers, bytes).await;
    assert_eq!(sent.status, 204, "{sent:?}");
}

async fn restores_backup_between_folder_and_bucket(site: Site) {
    let Some(address) = address() else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).display().to_string();
    let first = Installation::with_folder(site);
    first.succeed(&["migrate", "up"]);
    let service = first.service().await;
    let ada = service.person("ada").await;
    let note = note(&service, &ada).await;
    let stored = add_attachments(&service, &ada, &note).await;
    let upload = begin_upload(&service, &ada, &note).await;
    let files = inventory(&service).await;
    assert_eq!(files.len(), 4, "{files:?}");
    first.succeed(&["backup", &file("folder")]);

    let second = first.empty(|site| Installation::with_bucket(site, &address));
    let second = second.await;
    let StorageLocation::Bucket(bucket) = &second.storage else {
        panic!("no bucket")
    };
    let created = ask(&address, "PUT", &format!("/{}", bucket.name)).await;
    assert_eq!(created.status, 200);
    second.succeed(&["restore", &file("folder")]);
    second.succeed(&["backup", &file("bucket")]);
    let third = first.empty(Installation::with_folder).await;
    third.succeed(&["restore", &file("bucket")]);

    for restored in [&second, &third] {
        let service = restored.service().await;
        assert_eq!(inventory(&service).await, files, "{}", restored.storage);
        for (path, content) in &stored {
            let sent = service.bytes(&ada, "GET", path, &[], "").await;
            assert_eq!(sent.status, 200, "{path} in {}", restored.storage);
            assert!(sent.body == *content, "{path} in {}", restored.storage);
        }
        // An upload that was interrupted by the backup continues.
        send_chunk(&service, &ada, &upload, 3, "defghi").await;
        let id = upload.rsplit('/').next().unwrap();
        let path = format!("/api/attachments/{id}/content");
        let sent = service.bytes(&ada, "GET", &path, &[], "").await;
        assert_eq!(sent.body, b"abcdefghi", "{}", restored.storage);
        let examined = restored.run(&["doctor"]);
        let found = "4 attachments, all with complete bytes";
        assert!(examined.output.contains(found), "{examined:?}");
    }
}

async fn restores_nothing_without_the_bucket(site: Site) {
    let Some(address) = address() else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup").display().to_string();
    let first = Installation::with_folder(site);
    first.succeed(&["migrate", "up"]);
    let service = first.service().await;
    let ada = service.person("ada").await;
    let note = note(&service, &ada).await;
    let path = format!("/api/notes/{note}/attachments?name=a.txt");
    let added = service.bytes(&ada, "POST", &path, &[], "kept").await;
    added.json().is(201);
    first.succeed(&["backup", &file]);

    // Its bucket is never created.
    let second = first.empty(|site| Installation::with_bucket(site, &address));
    let second = second.await;
    let failed = second.run(&["restore", &file]);
    assert_eq!(failed.code, Some(69), "{failed:?}");
    assert!(
        failed.errors.contains("the storage of attachments"),
        "{failed:?}"
    );
    assert_eq!(second.succeed(&["user", "list"]), "");
    let failed = second.run(&["backup", &format!("{file}-2")]);
    assert_eq!(failed.code, Some(0), "no attachments to read: {failed:?}");
}
