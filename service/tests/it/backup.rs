//! Tests of `notes backup` and `notes restore`: every row, both databases, and files that are refused.

mod attachments;
mod data;
mod rows;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::ops::Deref;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use notes_service::config::Config;
use notes_service::files::{Files, StorageLocation as FilesPlace};
use notes_service::store::Store;
use serde_json::{Value, json};
use tempfile::TempDir;

use self::data::fill;
use self::rows::{TABLES, rows_of, tables};
use crate::accounts::{browser, register, sign_in};
use crate::factors::password_shown;
use crate::passkeys::on_page;
use crate::support::process::{Ran, run};
use crate::support::{PASSWORD, Person, Service, Site, on_both_databases};
use crate::tenancy::pushing;

on_both_databases!(
    Site: restores_backup_unchanged,
    rejects_damaged_backup_without_changes,
    replaces_nonempty_database_only_with_option,
);

/// A database, and a folder for its attachments.
struct Kept {
    site: Site,
    folder: TempDir,
}

impl From<Site> for Kept {
    fn from(site: Site) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { site, folder }
    }
}

impl Deref for Kept {
    type Target = Site;

    fn deref(&self) -> &Site {
        &self.site
    }
}

impl Kept {
    /// Returns all bytes in the folder, by their path in it.
    fn stored(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut all = BTreeMap::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(self.folder.path()).unwrap().to_owned();
                    all.insert(name, fs::read(&path).unwrap());
                }
            }
        }
        all
    }

    /// Returns the path of the only file in the folder.
    fn only(&self) -> PathBuf {
        let stored = self.stored();
        assert_eq!(stored.len(), 1, "{:?}", stored.keys());
        self.folder.path().join(stored.keys().next().unwrap())
    }
}

fn notes(site: &Kept, arguments: &[&str]) -> Ran {
    let files = site.folder.path().display().to_string();
    run(
        arguments,
        &[("DATABASE_URL", &site.url), ("FILES_DIR", &files)],
    )
}

#[track_caller]
fn done(site: &Kept, arguments: &[&str]) -> String {
    let ran = notes(site, arguments);
    assert_eq!(ran.code, Some(0), "{arguments:?}: {ran:?}");
    ran.output
}

async fn service(site: &Kept) -> Service {
    done(site, &["migrate", "up"]);
    let variables = [("DATABASE_URL".to_owned(), site.url.clone())];
    let config = Config::from_variables(&variables.into()).unwrap();
    let store = Store::new(site.open().await, config.limits);
    let service = Service::over(store);
    let mut settings = service.app.settings.clone();
    settings.files = Files::open(&FilesPlace::Folder(site.folder.path().to_owned())).unwrap();
    settings.policy.file_bytes = config.limits.file_bytes;
    pushing(on_page(service.with(settings)))
}

/// Reads a file by lines, each with the bytes that follow it.
fn parts(path: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let file = fs::File::open(path).unwrap();
    let mut file = GzDecoder::new(file);
    file.read_to_end(&mut all).unwrap();
    let mut rest = &all[..];
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| *byte == b'\n').unwrap();
        let line = String::from_utf8(rest[..end].to_vec()).unwrap();
        rest = &rest[end + 1..];
        let mut bytes = Vec::new();
        while line.starts_with("{\"file\"") {
            let length = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
            bytes.extend(&rest[4..4 + length]);
            rest = &rest[4 + length..];
            if length == 0 {
                break;
            }
        }
        parts.push((line, bytes));
    }
    parts
}

/// Writes a file from its lines and bytes, the inverse of [`parts`].
fn write_parts(path: &Path, parts: &[(String, Vec<u8>)]) {
    let mut out = GzEncoder::new(fs::File::create(path).unwrap(), flate2::Compression::fast());
    for (line, bytes) in parts {
        out.write_all(line.as_bytes()).unwrap();
        out.write_all(b"\n").unwrap();
        if line.starts_with("{\"file\"") {
            let length = u32::try_from(bytes.len()).unwrap();
            out.write_all(&length.to_be_bytes()).unwrap();
            out.write_all(bytes).unwrap();
            out.write_all(&[0; 4]).unwrap();
        }
    }
    out.finish().unwrap();
}

/// Returns the lines of a file without the first one, which has the time, and separately the values that a restore changes: each user's revision, and
/// the lowest one for changes. Bytes of attachments are compared by their digests.
fn lines(path: &Path) -> (Vec<Value>, Vec<[i64; 2]>) {
    let parts = parts(path);
    let mut lines = parts
        .iter()
        .map(|(line, _)| serde_json::from_str::<Value>(line).unwrap());
    let head = lines.next().unwrap();
    let columns = head["tables"]["users"].as_array().unwrap();
    let at = ["revision", "changes_floor"].map(|name| {
        let found = columns.iter().position(|column| column == name);
        found.unwrap()
    });
    let mut revisions = Vec::new();
    let lines = lines.map(|mut line| {
        if line[0] == "users" {
            revisions.push(at.map(|at| line[1][at].take().as_i64().unwrap()));
        }
        line
    });
    (lines.collect(), revisions)
}

async fn restores_backup_unchanged(site: Site) {
    let site = Kept::from(site);
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).display().to_string();
    let first = service(&site).await;
    let ada = fill(&first).await;
    assert_eq!(
        tables(&site).await,
        TABLES,
        "a table that the backup may not know"
    );
    let said = done(&site, &["backup", &file("first")]);
    assert!(said.starts_with("written: 4 accounts, 2"), "{said}");
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(
            &fs::metadata(file("first")).unwrap().permissions(),
        );
        assert_eq!(mode & 0o777, 0o600);
    }
    let (kept, mut revisions) = lines(Path::new(&file("first")));
    assert_eq!(revisions.len(), 4);
    let before = rows_of(&site).await;
    let mut stored = site.stored();
    // Bytes of a file that was deleted are not kept.
    stored.retain(|_, bytes| *bytes != b"bytes");
    assert_eq!(stored.len(), 4, "{:?}", stored.keys());
    assert_eq!(kept.last().unwrap()["files"], 5);

    // There and back: through the other database, where there is one, and through this one.
    let other = if site.url.starts_with("sqlite:") {
        Site::postgres().await
    } else {
        Some(Site::sqlite().await)
    };
    let again = if site.url.starts_with("sqlite:") {
        Site::sqlite().await
    } else {
        Site::postgres().await.unwrap()
    };
    let mut from = file("first");
    let targets: Vec<Kept> = other.into_iter().chain([again]).map(Kept::from).collect();
    for (number, target) in targets.iter().enumerate() {
        done(target, &["migrate", "up"]);
        let said = done(target, &["restore", &from]);
        assert!(said.starts_with("restored: 4 accounts, 2"), "{said}");
        assert_eq!(rows_of(target).await, before);
        let mut restored = target.stored();
        restored.retain(|_, bytes| *bytes != b"bytes");
        assert!(restored == stored, "{:?}", restored.keys());
        from = file(&format!("copy-{number}"));
        done(target, &["backup", &from]);
        let (copied, raised) = lines(Path::new(&from));
        assert!(copied == kept, "the copies differ");
        revisions = revisions
            .iter()
            .map(|[old, _]| [old + 1_000_000; 2])
            .collect();
        assert_eq!(raised, revisions);

        // It works: whoever was signed in still is, and everything is found.
        let service = service(target).await;
        service.send(&ada, "GET", "/api/me").await.is(200);
        sign_in(&service, "bob", PASSWORD).await.is(200);
        password_shown(&service, "eve").await;
        let found = service
            .send(&ada, "GET", "/api/search?q=brulee&limit=100")
            .await
            .is(200);
        assert_eq!(found.body["items"].as_array().unwrap().len(), 100);
        service
            .json(&ada, "POST", "/api/notes", json!({"title": "new"}))
            .await
            .is(201);
        assert_eq!(service.app.store.index_missing().await.unwrap(), 0);
    }
}

fn written(path: &PathBuf, lines: &[String]) {
    let mut out = GzEncoder::new(fs::File::create(path).unwrap(), flate2::Compression::fast());
    for line in lines {
        out.write_all(line.as_bytes()).unwrap();
        out.write_all(b"\n").unwrap();
    }
    out.finish().unwrap();
}

async fn rejects_damaged_backup_without_changes(site: Site) {
    let site = Kept::from(site);
    let folder = tempfile::tempdir().unwrap();
    let good = folder.path().join("good");
    let first = service(&site).await;
    register(&first, "ada").await.is(201);
    done(&site, &["backup", good.to_str().unwrap()]);
    let before = done(&site, &["user", "list"]);
    let bytes = fs::read(&good).unwrap();
    let mut text = String::new();
    GzDecoder::new(&bytes[..])
        .read_to_string(&mut text)
        .unwrap();
    let whole: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut head: Value = serde_json::from_str(&whole[0]).unwrap();

    let bad = folder.path().join("bad");
    let refused = |why: &str| {
        let ran = notes(&site, &["restore", "--replace", bad.to_str().unwrap()]);
        assert_eq!(ran.code, Some(65), "{why}: {ran:?}");
        assert!(ran.errors.contains(why), "{why}: {ran:?}");
        assert_eq!(done(&site, &["user", "list"]), before, "{why}");
    };
    refused("No such file");
    fs::write(&bad, "no backup").unwrap();
    refused("is not a backup of the notes service");
    fs::write(&bad, &bytes[..bytes.len() / 2]).unwrap();
    refused("cut off");
    written(&bad, &whole[..whole.len() - 1]);
    refused("cut off");
    let mut less = whole.clone();
    less.remove(1);
    written(&bad, &less);
    refused("are missing");
    written(&bad, &["{}".to_owned()]);
    refused("is not a backup of the notes service");
    let with_head = |head: &Value| {
        let mut lines = whole.clone();
        lines[0] = head.to_string();
        written(&bad, &lines);
    };
    head["version"] = 9.into();
    with_head(&head);
    refused("has the format version 9");
    head["version"] = 2.into();
    head["steps"]
        .as_array_mut()
        .unwrap()
        .push("m9999_later".into());
    with_head(&head);
    refused("m9999_later");
    head["steps"].as_array_mut().unwrap().pop();
    head["tables"]["users"][1] = "nonsense".into();
    with_head(&head);
    refused("the column nonsense");
    let mut wrong = whole.clone();
    let at = wrong
        .iter()
        .position(|line| line.starts_with("[\"users\""))
        .unwrap();
    let mut row: Value = serde_json::from_str(&wrong[at]).unwrap();
    row[1][0] = "no identifier".into();
    wrong[at] = row.to_string();
    written(&bad, &wrong);
    refused("a value of the column id");

    // A file is not written over, and none is left where nothing could be written.
    let again = notes(&site, &["backup", good.to_str().unwrap()]);
    assert_eq!(again.code, Some(65), "{again:?}");
    assert_eq!(fs::read(&good).unwrap(), bytes);
    let nowhere = notes(&site, &["backup", "/nowhere/at/all"]);
    assert_eq!(nowhere.code, Some(65), "{nowhere:?}");
    assert_eq!(notes(&site, &["migrate", "down"]).code, Some(0));
    if !site.url.starts_with("sqlite:") {
        let pending = notes(
            &site,
            &["backup", folder.path().join("old").to_str().unwrap()],
        );
        assert_eq!(pending.code, Some(65), "{pending:?}");
        assert!(pending.errors.contains("`notes migrate up`"), "{pending:?}");
    }
}

async fn replaces_nonempty_database_only_with_option(site: Site) {
    let site = Kept::from(site);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("kept").display().to_string();
    let service = service(&site).await;
    let ada = browser(&register(&service, "ada").await.is(201));
    service
        .json(&ada, "POST", "/api/notes", json!({"title": "kept"}))
        .await
        .is(201);
    done(&site, &["backup", &file]);
    let at_backup = revision(&service, &ada).await;
    register(&service, "eve").await.is(201);
    service
        .json(&ada, "POST", "/api/notes", json!({"title": "later"}))
        .await
        .is(201);
    let later = revision(&service, &ada).await;
    assert!(later > at_backup);
    let refused = notes(&site, &["restore", &file]);
    assert_eq!(refused.code, Some(65), "{refused:?}");
    assert!(refused.errors.contains("`--replace`"), "{refused:?}");
    assert_eq!(done(&site, &["user", "list"]).lines().count(), 2);

    done(&site, &["restore", "--replace", &file]);
    assert_eq!(done(&site, &["user", "list"]).lines().count(), 1);
    let list = service.send(&ada, "GET", "/api/notes").await.is(200);
    let items = list.body["items"].as_array().unwrap();
    assert_eq!((items.len(), &items[0]["title"]), (1, &json!("kept")));
    let found = service
        .send(&ada, "GET", "/api/search?q=later")
        .await
        .is(200);
    assert_eq!(found.body["items"], json!([]));

    // A device that has read either is told to read everything again, even after as many writes as there were before.
    service
        .json(&ada, "POST", "/api/notes", json!({"title": "other"}))
        .await
        .is(201);
    let changes = async |since: i64| {
        let path = format!("/api/changes?since={since}");
        service.send(&ada, "GET", &path).await
    };
    for since in [at_backup, later] {
        changes(since).await.problem(410, "changes_expired");
    }
    let all = changes(0).await.is(200);
    assert_eq!(all.body["notes"].as_array().unwrap().len(), 2);
    let now = revision(&service, &ada).await;
    assert_eq!(all.body["revision"], now);
    service
        .json(&ada, "POST", "/api/notes", json!({"title": "third"}))
        .await
        .is(201);
    let news = changes(now).await.is(200);
    assert_eq!(news.body["notes"].as_array().unwrap().len(), 1);
}

/// Returns the revision from which a device continues after it has read the list of notes.
async fn revision(service: &Service, who: &Person) -> i64 {
    let list = service.send(who, "GET", "/api/notes").await.is(200);
    list.body["revision"].as_i64().unwrap()
}
