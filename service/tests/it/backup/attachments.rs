//! Tests of the bytes of attachments in a backup.

use std::fs;

use serde_json::{Value, json};

use super::{Kept, done, notes, parts, service, write_parts};
use crate::accounts::{browser, register};
use crate::support::process::run;
use crate::support::{Person, Service, Site, on_both_databases};

on_both_databases!(
    Site: excludes_attachment_bytes_on_request,
    reports_missing_and_damaged_attachment_bytes,
    rejects_backup_bytes_with_wrong_digest,
);

/// Creates an account with a note that has one attachment, and returns the account and the identifier of the attachment.
async fn with_attachment(service: &Service) -> (Person, String) {
    let ada = browser(&register(service, "ada").await.is(201));
    let note = service.json(&ada, "POST", "/api/notes", json!({"title": "kept"}));
    let note = note.await.is(201);
    let path = format!(
        "/api/notes/{}/attachments?name=a.txt",
        note.body["id"].as_str().unwrap()
    );
    let added = service.bytes(&ada, "POST", &path, &[], "kept bytes").await;
    let added = added.json().is(201);
    (ada, added.body["id"].as_str().unwrap().to_owned())
}

/// Returns the bytes of an attachment as its user downloads them.
pub(super) async fn content(service: &Service, who: &Person, id: &str) -> (u16, Vec<u8>) {
    let path = format!("/api/attachments/{id}/content");
    let got = service.bytes(who, "GET", &path, &[], "").await;
    (got.status.as_u16(), got.body)
}

async fn excludes_attachment_bytes_on_request(site: Site) {
    let site = Kept::from(site);
    let folder = tempfile::tempdir().unwrap();
    let (all, rows) = (folder.path().join("all"), folder.path().join("rows"));
    let (all, rows) = (all.to_str().unwrap(), rows.to_str().unwrap());
    let first = service(&site).await;
    let (ada, id) = with_attachment(&first).await;
    let said = done(&site, &["backup", all]);
    assert!(
        said.trim_end()
            .ends_with("; 1 file of attachments with 10 bytes"),
        "{said}"
    );
    let ran = notes(&site, &["backup", "--without-attachments", rows]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(
        ran.errors
            .contains("the bytes of 1 attachment are not in the file"),
        "{ran:?}"
    );

    // What the file has not, and what is not wanted of it.
    fs::remove_dir_all(site.only().parent().unwrap()).unwrap();
    for arguments in [
        &["restore", "--replace", rows][..],
        &["restore", "--replace", "--without-attachments", all],
    ] {
        let ran = notes(&site, arguments);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(
            ran.errors.contains("the bytes of 1 attachment"),
            "{arguments:?}: {ran:?}"
        );
        assert!(site.stored().is_empty(), "{arguments:?}");
        assert_eq!(content(&first, &ada, &id).await.0, 404);
    }
    // A configuration without a place for them.
    if !site.url.starts_with("sqlite:") {
        let ran = run(
            &["restore", "--replace", all],
            &[("DATABASE_URL", &site.url)],
        );
        assert_eq!(ran.code, Some(65), "{ran:?}");
        assert!(ran.errors.contains("FILES_DIR"), "{ran:?}");
    }
    done(&site, &["restore", "--replace", all]);
    let restored = content(&first, &ada, &id).await;
    assert_eq!(restored, (200, b"kept bytes".to_vec()));
}

/// Returns the findings of the doctor about attachments.
fn examined(site: &Kept) -> Vec<(String, String)> {
    let ran = notes(site, &["doctor", "--json"]);
    let found: Value = serde_json::from_str(&ran.output).unwrap();
    let findings = found["findings"].as_array().unwrap();
    let about = findings.iter().filter(|one| one["about"] == "attachments");
    about
        .map(|one| {
            let text = |name: &str| one[name].as_str().unwrap().to_owned();
            (text("level"), text("message"))
        })
        .collect()
}

async fn reports_missing_and_damaged_attachment_bytes(site: Site) {
    let site = Kept::from(site);
    let folder = tempfile::tempdir().unwrap();
    let first = service(&site).await;
    let (ada, id) = with_attachment(&first).await;
    let good = "1 attachment, all with complete bytes".to_owned();
    assert_eq!(examined(&site), [("good".to_owned(), good)]);
    let lies = site.only();
    for (name, bytes) in [("missing", None), ("damaged", Some("other"))] {
        match bytes {
            None => fs::remove_file(&lies).unwrap(),
            Some(bytes) => fs::write(&lies, bytes).unwrap(),
        }
        let found = examined(&site);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, "bad");
        assert!(found[0].1.starts_with("1 of 1 attachment"), "{found:?}");
        assert!(found[0].1.contains(&id), "{found:?}");

        let file = folder.path().join(name).display().to_string();
        let ran = notes(&site, &["backup", &file]);
        assert_eq!(ran.code, Some(1), "{name}: {ran:?}");
        assert!(ran.errors.contains(&id), "{name}: {ran:?}");
        // The rest of the file is good, and no damaged bytes come out of it.
        fs::remove_file(&lies).ok();
        let ran = notes(&site, &["restore", "--replace", &file]);
        assert_eq!(ran.code, Some(0), "{name}: {ran:?}");
        assert!(ran.errors.contains(&id), "{name}: {ran:?}");
        assert_eq!(content(&first, &ada, &id).await.0, 404);
    }
    // Bytes that nobody knows, and those of a file that was deleted.
    let path = format!("/api/attachments/{id}");
    first.send(&ada, "DELETE", &path).await.is(204);
    let unknown = uuid::Uuid::now_v7();
    let part = notes_service::files::Part::Whole;
    let put = first.files().put_bytes(unknown, part, vec![0; 7]);
    put.await.unwrap();
    let found = examined(&site);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0].0, "good", "{found:?}");
    assert_eq!(found[1].0, "note", "{found:?}");
    assert!(found[1].1.starts_with("1 file with 7 bytes"), "{found:?}");
}

async fn rejects_backup_bytes_with_wrong_digest(site: Site) {
    let site = Kept::from(site);
    let folder = tempfile::tempdir().unwrap();
    let (good, bad) = (folder.path().join("good"), folder.path().join("bad"));
    let first = service(&site).await;
    let (ada, id) = with_attachment(&first).await;
    done(&site, &["backup", good.to_str().unwrap()]);
    let whole = parts(&good);
    let at = whole.iter().position(|(_, bytes)| !bytes.is_empty());
    let at = at.unwrap();
    let refused = |why: &str, parts: &[(String, Vec<u8>)]| {
        write_parts(&bad, parts);
        let ran = notes(&site, &["restore", "--replace", bad.to_str().unwrap()]);
        assert_eq!(ran.code, Some(65), "{why}: {ran:?}");
        assert!(ran.errors.contains(why), "{why}: {ran:?}");
    };
    let mut other = whole.clone();
    other[at].1[3] ^= 1;
    refused("do not match their digest", &other);
    // With a digest of its own it is still not what the row says.
    let digest = |bytes: &[u8]| {
        use base64::Engine as _;
        use sha2::Digest as _;
        base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(bytes))
    };
    other[at + 1].0 = json!({"sha256": digest(&other[at].1), "good": true}).to_string();
    refused("do not match their digest", &other);
    let mut none = whole.clone();
    none.drain(at..at + 2);
    refused("are missing", &none);
    let mut strange = whole.clone();
    strange[at].0 = strange[at].0.replace(&id, &uuid::Uuid::nil().to_string());
    refused("but no row for it", &strange);
    refused("cut off", &whole[..at]);

    // Nothing of them was stored over what is there.
    let kept = content(&first, &ada, &id).await;
    assert_eq!(kept, (200, b"kept bytes".to_vec()));
    // A file as releases wrote it that had no bytes of attachments in it.
    let mut earlier = none;
    let mut head: Value = serde_json::from_str(&earlier[0].0).unwrap();
    head["version"] = 1.into();
    head.as_object_mut().unwrap().remove("attachments");
    earlier[0].0 = head.to_string();
    let foot = earlier.len() - 1;
    let rows = serde_json::from_str::<Value>(&earlier[foot].0).unwrap()["rows"].take();
    earlier[foot].0 = json!({"rows": rows}).to_string();
    write_parts(&bad, &earlier);
    let ran = notes(&site, &["restore", "--replace", bad.to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(
        ran.errors
            .contains("does not contain the bytes of 1 attachment"),
        "{ran:?}"
    );
}
