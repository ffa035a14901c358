//! Tests of the attachments of a shared note, as its recipients see them.

use std::io::Cursor;

use image::{ImageFormat, RgbImage};
use notes_service::domain::limits::AccountLimits;
use serde_json::{Value, json};

use super::{note, path_of_share, share};
use crate::support::{Person, Service, on_both_databases};

on_both_databases!(
    shows_attachments_of_shared_note_to_recipients,
    leaves_changes_of_attachments_to_owner,
);

fn picture() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::new(40, 30)
        .write_to(&mut bytes, ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

/// Attaches a file to a note of this person, and returns its identifier.
async fn attach(service: &Service, who: &Person, note: &str, name: &str, bytes: &[u8]) -> String {
    let path = format!("/api/notes/{note}/attachments?name={name}");
    let added = service.bytes(who, "POST", &path, &[], bytes).await.json();
    added.is(201).body["id"].as_str().unwrap().to_owned()
}

async fn shows_attachments_of_shared_note_to_recipients(service: Service) {
    let service = service.with_files(AccountLimits::default());
    let (ada, eve) = (service.person("ada").await, service.person("eve").await);
    let (bob, kim) = (service.person("bob").await, service.person("kim").await);
    let shared = note(&service, &ada, "eggs").await;
    let hidden = note(&service, &ada, "Ada's alone").await;
    share(&service, &ada, &shared, (&bob, "bob"), "read").await;
    share(&service, &ada, &shared, (&kim, "kim"), "write").await;
    let list = format!("/api/shared/{shared}/attachments");
    let none = service.send(&bob, "GET", &list).await.is(200);
    assert_eq!(none.body, json!({"items": []}));

    let png = picture();
    let image = attach(&service, &ada, &shared, "eggs.png", &png).await;
    let page = attach(&service, &ada, &shared, "eggs.html", b"<p>eggs").await;
    let secret = attach(&service, &ada, &hidden, "secret.txt", b"secret").await;
    let content = |id: &str| format!("{list}/{id}/content");
    let thumbnail = |id: &str| format!("{list}/{id}/thumbnail");
    let own = format!("/api/notes/{shared}/attachments");
    let own = service.send(&ada, "GET", &own).await.is(200);
    for who in [&bob, &kim] {
        let listed = service.send(who, "GET", &list).await.is(200);
        assert_eq!(listed.body, own.body, "as its owner sees them");
        let read = service.bytes(who, "GET", &content(&image), &[], "").await;
        assert_eq!((read.status.as_u16(), &read.body), (200, &png));
        // HTML is never displayed from this origin.
        let read = service.bytes(who, "GET", &content(&page), &[], "").await;
        assert_eq!(read.status.as_u16(), 200);
        let disposition = read.headers["content-disposition"].to_str().unwrap();
        assert!(disposition.starts_with("attachment"), "{disposition}");
        let small = service.bytes(who, "GET", &thumbnail(&image), &[], "").await;
        assert_eq!(small.status.as_u16(), 200);
        let small = service.send(who, "GET", &thumbnail(&page)).await.is(404);
        assert_eq!(small.body["code"], "not_found");
        // An attachment is found below its own note alone.
        service.send(who, "GET", &content(&secret)).await.is(404);
        service.send(who, "GET", &thumbnail(&secret)).await.is(404);
        let elsewhere = format!("/api/shared/{hidden}/attachments");
        service.send(who, "GET", &elsewhere).await.is(404);
        for id in [&image, &secret] {
            let path = format!("{elsewhere}/{id}/content");
            service.send(who, "GET", &path).await.is(404);
        }
    }
    let part = [("range", "bytes=0-3")];
    let part = service
        .bytes(&bob, "GET", &content(&image), &part, "")
        .await;
    assert_eq!(
        (part.status.as_u16(), part.body.as_slice()),
        (206, &png[..4])
    );

    let paths = [list.clone(), content(&image), thumbnail(&image)];
    assert_status(&service, &[&eve, &ada], &paths, 404).await;
    // A note in the trash is not shared until it is restored.
    let path = format!("/api/notes/{shared}");
    let any = [("if-match", "*")];
    let trashed = service.request(Some(&ada), "DELETE", &path, &any, None);
    trashed.await.is(200);
    assert_status(&service, &[&bob, &kim], &paths, 404).await;
    let restore = format!("{path}/restore");
    let restored = service.request(Some(&ada), "POST", &restore, &any, None);
    restored.await.is(200);
    assert_status(&service, &[&bob, &kim], &paths, 200).await;
    // The owner ends one share, and a recipient the other.
    let of_bob = path_of_share(&service, &ada, &shared, "bob").await;
    service.send(&ada, "DELETE", &of_bob).await.is(204);
    assert_status(&service, &[&bob], &paths, 404).await;
    assert_status(&service, &[&kim], &paths, 200).await;
    let left = format!("/api/shared/{shared}");
    service.send(&kim, "DELETE", &left).await.is(204);
    assert_status(&service, &[&kim], &paths, 404).await;
}

async fn assert_status(service: &Service, people: &[&Person], paths: &[String], status: u16) {
    for who in people {
        for path in paths {
            let answer = service.bytes(who, "GET", path, &[], "").await;
            assert_eq!(answer.status.as_u16(), status, "{path}");
        }
    }
}

async fn leaves_changes_of_attachments_to_owner(service: Service) {
    let service = service.with_files(AccountLimits::default());
    let (ada, bob) = (service.person("ada").await, service.person("bob").await);
    let shared = note(&service, &ada, "eggs").await;
    share(&service, &ada, &shared, (&bob, "bob"), "write").await;
    let file = attach(&service, &ada, &shared, "eggs.txt", b"eggs").await;
    let own = format!("/api/attachments/{file}");
    let any = [("if-match", "*")];
    for (method, body) in [
        ("PATCH", Some(json!({"name": "taken"}))),
        ("DELETE", None::<Value>),
    ] {
        let refused = service.request(Some(&bob), method, &own, &any, body);
        refused.await.is(404);
    }
    let add = format!("/api/notes/{shared}/attachments?name=a.txt");
    let refused = service.bytes(&bob, "POST", &add, &[], "bytes").await;
    refused.json().is(404);
    let list = format!("/api/shared/{shared}/attachments");
    for (method, path) in [
        ("POST", list.clone()),
        ("DELETE", format!("{list}/{file}/content")),
    ] {
        let refused = service.bytes(&bob, method, &path, &[], "bytes").await;
        assert_eq!(refused.status.as_u16(), 405, "{method} {path}");
    }
    let kept = service.send(&bob, "GET", &list).await.is(200);
    assert_eq!(kept.body["items"][0]["name"], "eggs.txt");
}
