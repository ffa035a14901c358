//! Tests of access to a shared note by readers, writers, former recipients, invited people and holders of a link. Each role calls every operation of
//! the document; a list has the permitted ones, and all others behave as for a stranger.

use std::collections::BTreeMap;

use poem::http::header;
use regex_lite::Regex;
use serde_json::{Value, json};

use super::{
    Asked, Ids, OPERATIONS, Operation, SECRET, create_all_data, operations, rows, with,
    with_all_features, without_names,
};
use crate::sharing::{settle, unlimited};
use crate::support::{Answer, Person, Service, on_both_databases};

on_both_databases!(
    limits_access_of_share_reader,
    limits_access_of_share_writer,
    denies_access_of_former_recipient,
    limits_access_of_invited_user_to_invitation,
    denies_access_of_user_who_declined,
    limits_access_of_link_to_its_note,
);

/// Role of a person in a note of another user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Reader,
    Writer,
    /// A former recipient with write permission.
    Former,
    /// A person with an invitation to write that is not accepted yet.
    Invited,
    /// A person who declined an invitation to write.
    Declined,
}

/// Returns the tables in which an operation changes rows of the owner, if a role may call it on the note; `None` if it fails as for a stranger.
fn allowed_tables(role: Role, operation: &str) -> Option<&'static [&'static str]> {
    let reads = [Role::Reader, Role::Writer].contains(&role);
    match operation {
        "listSharedNotes"
        | "readSharedNote"
        | "listSharedItems"
        | "listSharedAttachments"
        | "downloadSharedAttachment"
        | "listChanges"
            if reads =>
        {
            Some(&[])
        }
        "leaveSharedNote" if reads => Some(&["note_shares", "users"]),
        "changeSharedNote" | "changeSharedItem" if role == Role::Writer => {
            Some(&["notes", "note_revisions", "note_shares", "users"])
        }
        "acceptInvitation" if role == Role::Invited => {
            Some(&["notes", "note_shares", "share_invitations", "users"])
        }
        "declineInvitation" if role == Role::Invited => Some(&["share_invitations"]),
        _ => None,
    }
}

/// Returns tables in which an operation changes rows of the owner indirectly: deleting an account ends the shares with it.
fn changes_aside(operation: &str) -> &'static [&'static str] {
    match operation {
        "deleteAccount" => &["note_shares"],
        _ => &[],
    }
}

/// Returns true if an operation is refused with 403 rather than 404, because the role can read the note.
fn is_forbidden(role: Role, operation: &str) -> bool {
    role == Role::Reader && ["changeSharedNote", "changeSharedItem"].contains(&operation)
}

/// Returns true if an operation fails because the role can read the attachment, which has no thumbnail.
fn has_no_thumbnail(role: Role, operation: &str) -> bool {
    [Role::Reader, Role::Writer].contains(&role) && operation == "readSharedThumbnail"
}

/// Data of the owner that no role may see, even in a note that it can read.
const OWN: [&str; 5] = [
    "quicksilver label",
    "quicksilver token",
    "of old",
    "2030-01-01",
    "ada@example.com",
];

/// Creates a person with a role, and returns the person with the identifiers of the invitation.
async fn cast(
    service: &Service,
    ada: &Person,
    hers: &Ids,
    role: Role,
    name: &str,
) -> (Person, Ids) {
    let person = service.person(name).await;
    let right = if role == Role::Reader {
        "read"
    } else {
        "write"
    };
    let shares = format!("/api/notes/{}/shares", hers.note);
    let offer = json!({"email": format!("{name}@example.com"), "right": right});
    let offered = service.json(ada, "POST", &shares, offer).await.is(201);
    let invitation = offered.body["id"].as_str().unwrap().to_owned();
    let path = format!("/api/invitations/{invitation}");
    match role {
        Role::Invited => {}
        Role::Declined => {
            service.send(&person, "DELETE", &path).await.is(204);
        }
        Role::Reader | Role::Writer | Role::Former => {
            let accept = format!("{path}/accept");
            service.send(&person, "POST", &accept).await.is(200);
        }
    }
    if role == Role::Former {
        end_shares(service, ada, &hers.note, name).await;
    }
    settle(service).await;
    let asked = Ids {
        invitation,
        ..hers.clone()
    };
    (person, asked)
}

/// Ends the shares with this address, so that there is room for the next one.
async fn end_shares(service: &Service, ada: &Person, note: &str, name: &str) {
    let shares = format!("/api/notes/{note}/shares");
    let listed = service.send(ada, "GET", &shares).await.is(200);
    for share in listed.body["items"].as_array().unwrap() {
        if share["email"] == format!("{name}@example.com") {
            let path = format!("{shares}/{}", share["id"].as_str().unwrap());
            service.send(ada, "DELETE", &path).await.is(204);
        }
    }
}

/// Fails if rows differ in other tables than these.
fn assert_unchanged(
    what: &str,
    before: &BTreeMap<String, Vec<String>>,
    after: &BTreeMap<String, Vec<String>>,
    but: &[&str],
) {
    for (table, rows) in before {
        if !but.contains(&table.as_str()) {
            assert_eq!(
                Some(rows),
                after.get(table),
                "{what} changed rows of {table}"
            );
        }
    }
}

async fn limits_access_of_share_reader(service: Service) {
    call_all_operations(service, Role::Reader).await;
}

async fn limits_access_of_share_writer(service: Service) {
    call_all_operations(service, Role::Writer).await;
}

async fn denies_access_of_former_recipient(service: Service) {
    call_all_operations(service, Role::Former).await;
}

async fn limits_access_of_invited_user_to_invitation(service: Service) {
    call_all_operations(service, Role::Invited).await;
}

async fn denies_access_of_user_who_declined(service: Service) {
    call_all_operations(service, Role::Declined).await;
}

/// Calls every operation in a role, each as a new person. Each role is a separate test, so that tests run in parallel.
async fn call_all_operations(service: Service, role: Role) {
    let service = unlimited(with_all_features(service));
    let ada = service.person("ada").await;
    let hers = create_all_data(&service, &ada).await;
    let operations = operations();
    for (number, (id, how)) in OPERATIONS.iter().enumerate() {
        let what = format!("{id} by {role:?}");
        let name = format!("{role:?}-{number}").to_lowercase();
        let (person, ids) = cast(&service, &ada, &hers, role, &name).await;
        let before = rows(&service, "ada").await;
        let operation = &operations[*id];
        let asked = how(&ids);
        let answer = operation.ask(&service, Some(&person), &asked).await;
        settle(&service).await;
        let after = rows(&service, "ada").await;
        let text = answer.body.to_string();
        assert!(answer.status.as_u16() < 500, "{what}: {text}");
        if let Some(tables) = allowed_tables(role, id) {
            assert!(answer.status.is_success(), "{what}: {text}");
            assert_unchanged(&what, &before, &after, tables);
            let is_list_of_files = *id == "listSharedAttachments";
            for own in OWN.into_iter().chain(others(&hers)) {
                let is_shared = is_list_of_files && own == hers.attachment;
                assert_eq!(
                    text.contains(own),
                    is_shared,
                    "{what} reveals {own}: {text}"
                );
            }
        } else if has_no_thumbnail(role, id) {
            assert_eq!(answer.status.as_u16(), 404, "{what}: {text}");
            assert!(text.contains("thumbnail"), "{what}: {text}");
            assert_unchanged(&what, &before, &after, &[]);
        } else if is_forbidden(role, id) {
            assert_eq!(answer.status.as_u16(), 403, "{what}: {text}");
            assert_eq!(answer.body["code"], "read_only_share", "{what}");
            assert_unchanged(&what, &before, &after, &[]);
        } else {
            assert_unchanged(&what, &before, &after, changes_aside(id));
            assert_same_answer_as_for_stranger(
                &service,
                operation,
                (*how)(&Ids::of_nothing()),
                &what,
                &asked,
                &answer,
            )
            .await;
        }
        end_shares(&service, &ada, &hers.note, &name).await;
        settle(&service).await;
    }
}

/// Returns identifiers of the owner's other data.
fn others(hers: &Ids) -> impl Iterator<Item = &str> {
    hers.all().into_iter().filter(|id| *id != hers.note)
}

async fn assert_same_answer_as_for_stranger(
    service: &Service,
    operation: &Operation,
    nothing: Asked,
    what: &str,
    asked: &Asked,
    answer: &Answer,
) {
    let text = answer.body.to_string();
    assert!(!text.contains(SECRET), "{what} reveals a text: {text}");
    assert!(
        asked.path.is_empty() || !answer.status.is_success(),
        "{what} answers {}",
        answer.status
    );
    if asked.names_things {
        let name = format!("s-{}", &uuid::Uuid::now_v7().simple().to_string()[12..]);
        let stranger = service.person(&name).await;
        let missing = operation.ask(service, Some(&stranger), &nothing).await;
        assert_eq!(
            (answer.status, comparable(&answer.body)),
            (missing.status, comparable(&missing.body)),
            "{what} tells what exists from what does not"
        );
    }
}

/// Returns a body without names and without the revision of the requester, which an invitation increases.
fn comparable(body: &Value) -> String {
    let revision = Regex::new(r#""revision":[0-9]+"#).unwrap();
    let text = without_names(body);
    revision.replace_all(&text, "").into_owned()
}

async fn limits_access_of_link_to_its_note(service: Service) {
    let service = with_all_features(service);
    let ada = service.person("ada").await;
    let hers = create_all_data(&service, &ada).await;
    let links = format!("/api/notes/{}/links", hers.note);
    let made = service.json(&ada, "POST", &links, json!({})).await.is(201);
    let token = made.body["token"].as_str().unwrap();
    let before = rows(&service, "ada").await;
    let operations = operations();

    let open = with(json!({"token": token}));
    let shown = operations["openNoteLink"].ask(&service, None, &open).await;
    let shown = shown.is(200);
    let mut keys: Vec<_> = shown.body.as_object().unwrap().keys().collect();
    keys.sort();
    assert_eq!(
        keys,
        ["color", "content", "html", "items", "title", "updatedAt"]
    );
    let text = shown.body.to_string();
    for own in OWN.into_iter().chain(hers.all()) {
        assert!(!text.contains(own), "a link reveals {own}: {text}");
    }

    // The token opens nothing else, however it is shown.
    let as_session = Person {
        cookie: format!("__Host-notes_session={token}"),
    };
    for (id, how) in OPERATIONS {
        let operation = &operations[*id];
        let bearer = format!("Bearer {token}");
        let mut by_header = how(&hers);
        by_header
            .headers
            .push((header::AUTHORIZATION.as_str(), bearer));
        for (who, asked) in [(Some(&as_session), how(&hers)), (None, by_header)] {
            let answer = operation.ask(&service, who, &asked).await;
            if operation.is_public {
                assert!(!answer.body.to_string().contains(SECRET), "{id}");
            } else {
                assert_eq!(answer.status.as_u16(), 401, "{id}: {}", answer.body);
            }
        }
    }
    assert_eq!(rows(&service, "ada").await, before);
}
