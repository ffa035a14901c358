//! Tests of shares with other accounts: invitations, permissions and ends.

use notes_service::domain::limits::AccountLimits;
use notes_service::store::sessions::Freshness;
use notes_service::store::sharing::AddressProof;
use serde_json::{Value, json};

use super::{
    disable, execute, note, offer, patch, path_of_share, revision, settle, share, unlimited,
};
use crate::support::{PASSWORD, Person, Service, on_both_databases};

on_both_databases!(
    hides_account_existence_in_invitations,
    applies_read_and_write_rights_of_share,
    hides_declined_invitation_from_owner,
    replaces_invitations_and_limits_shares_per_note,
    requires_verified_address_for_invitations_with_mail,
    marks_shared_notes_and_names_the_last_writer,
    names_recipients_in_the_history,
    finds_shared_notes_by_their_words,
    finds_shared_notes_by_attachment_names,
    ends_share_by_owner_recipient_or_account_deletion,
    limits_invitations_per_day,
);

async fn marks_shared_notes_and_names_the_last_writer(service: Service) {
    let (ada, bob) = (service.person("ada").await, service.person("bob").await);
    let id = note(&service, &ada, "eggs").await;
    let path = format!("/api/notes/{id}");
    let marks = async || {
        let list = service.send(&ada, "GET", "/api/notes").await.is(200);
        let one = service.send(&ada, "GET", &path).await.is(200);
        let listed = &list.body["items"][0];
        for mark in ["shared", "writtenBy"] {
            assert_eq!(listed[mark], one.body[mark], "{mark}");
        }
        (listed["shared"].clone(), listed["writtenBy"].clone())
    };
    offer(&service, &ada, &id, "bob", "write").await.is(201);
    assert_eq!(marks().await, (Value::Null, Value::Null));
    let since = revision(&service, &ada).await;
    share(&service, &ada, &id, (&bob, "bob"), "write").await;
    assert_eq!(marks().await, (json!(true), Value::Null));
    // The owner's devices hear of it.
    let changes = format!("/api/changes?since={since}");
    let changes = service.send(&ada, "GET", &changes).await.is(200);
    assert_eq!(changes.body["notes"][0]["shared"], true);

    let received = format!("/api/shared/{id}");
    let read = service.send(&bob, "GET", &received).await.is(200);
    assert!(read.body.get("writtenBy").is_none());
    let text = json!({"content": "eggs and cream"});
    let written = patch(&service, &bob, &received, None, text).await.is(200);
    assert_eq!(written.body["writtenBy"], json!({"username": "bob"}));
    assert_eq!(marks().await, (json!(true), json!({"username": "bob"})));
    // Another colour is no other text.
    let tinted = patch(&service, &ada, &path, None, json!({"color": "red"})).await;
    assert_eq!(tinted.is(200).body["writtenBy"], json!({"username": "bob"}));
    let own = json!({"content": "cream"});
    let own = patch(&service, &ada, &path, None, own).await.is(200);
    assert_eq!(own.body["shared"], true);
    assert!(own.body.get("writtenBy").is_none());

    let since = revision(&service, &ada).await;
    service.send(&bob, "DELETE", &received).await.is(204);
    assert_eq!(marks().await, (Value::Null, Value::Null));
    let changes = format!("/api/changes?since={since}");
    let changes = service.send(&ada, "GET", &changes).await.is(200);
    assert!(changes.body["notes"][0].get("shared").is_none());
    assert_eq!(changes.body["notes"][0]["id"], id);
}

/// Returns a body without the members that differ between two addresses.
fn without(mut body: Value, names: &[&str]) -> Value {
    for name in names {
        body.as_object_mut().unwrap().remove(*name);
    }
    body
}

async fn invitations(service: &Service, who: &Person) -> Vec<Value> {
    let listed = service.send(who, "GET", "/api/invitations").await.is(200);
    listed.body["items"].as_array().unwrap().clone()
}

async fn hides_account_existence_in_invitations(service: Service) {
    let (ada, bob) = (service.person("ada").await, service.person("bob").await);
    let id = note(&service, &ada, "secret").await;
    let known = offer(&service, &ada, &id, "bob", "read").await.is(201);
    let unknown = offer(&service, &ada, &id, "nobody", "read").await.is(201);
    let differ = ["id", "email", "since", "expiresAt"];
    assert_eq!(
        without(known.body.clone(), &differ),
        without(unknown.body, &differ)
    );
    let shares = format!("/api/notes/{id}/shares");
    let listed = service.send(&ada, "GET", &shares).await.is(200);
    let listed = listed.body["items"].as_array().unwrap();
    assert_eq!(
        without(listed[0].clone(), &differ),
        without(listed[1].clone(), &differ)
    );
    // The invitation says by whom and for what, and nothing of the note.
    let invited = invitations(&service, &bob).await;
    assert_eq!(invited.len(), 1);
    assert_eq!(
        (&invited[0]["owner"], &invited[0]["right"]),
        (&json!("ada"), &json!("read"))
    );
    assert_eq!(invited[0].as_object().unwrap().len(), 5);
    // Whoever takes the address later, where nobody can show that it is theirs, is not who was meant.
    let nobody = service.person("nobody").await;
    assert!(invitations(&service, &nobody).await.is_empty());
    let unknown = unknown_path(&service, &ada, &id).await;
    service
        .send(&nobody, "POST", &unknown)
        .await
        .problem(404, "not_found");
    let store = &service.app.store;
    execute(
        &service,
        "UPDATE users SET email_verified_at = '2026-01-01T00:00:00Z'",
    )
    .await;
    let shown = store
        .authenticate_session("token-of-nobody", Freshness::Current)
        .await
        .unwrap()
        .owner;
    let listed = store
        .list_invitations(shown, AddressProof::Mail)
        .await
        .unwrap();
    assert_eq!(listed.len(), 1);
    // The owner's own address is no secret to them.
    let own = offer(&service, &ada, &id, "Ada", "read").await;
    assert_eq!(
        own.problem(422, "validation_failed").body["errors"][0]["code"],
        "own"
    );
    // Invitations of others are not there.
    let path = format!("/api/invitations/{}", known.body["id"].as_str().unwrap());
    for (method, path) in [("DELETE", path.clone()), ("POST", format!("{path}/accept"))] {
        service
            .send(&nobody, method, &path)
            .await
            .problem(404, "not_found");
        service
            .send(&ada, method, &path)
            .await
            .problem(404, "not_found");
    }
}

/// Returns the path by which the invitation to `nobody` would be accepted.
async fn unknown_path(service: &Service, owner: &Person, note: &str) -> String {
    let share = path_of_share(service, owner, note, "nobody").await;
    let id = share.rsplit('/').next().unwrap();
    format!("/api/invitations/{id}/accept")
}

async fn applies_read_and_write_rights_of_share(service: Service) {
    let (ada, bob) = (service.person("ada").await, service.person("bob").await);
    let id = note(&service, &ada, "- [ ] eggs\n- [ ] cream").await;
    share(&service, &ada, &id, (&bob, "bob"), "read").await;
    let path = format!("/api/shared/{id}");
    let read = service.send(&bob, "GET", &path).await.is(200);
    assert_eq!(read.header("etag"), "\"1\"");
    assert_eq!(
        (
            &read.body["owner"],
            &read.body["right"],
            &read.body["checklist"]["total"]
        ),
        (&json!("ada"), &json!("read"), &json!(2))
    );
    for own in [
        "labelIds",
        "reminderAt",
        "pinned",
        "place",
        "position",
        "trashedAt",
    ] {
        assert!(read.body.get(own).is_none(), "{own}");
    }
    let html = service
        .send(&bob, "GET", &format!("{path}?include=html"))
        .await;
    assert!(
        html.is(200).body["html"]
            .as_str()
            .unwrap()
            .contains("cream")
    );
    service
        .request(
            Some(&bob),
            "GET",
            &path,
            &[("if-none-match", "\"1\"")],
            None,
        )
        .await
        .is(304);
    // Reading is no right to write.
    let change = || json!({"title": "Bob's"});
    patch(&service, &bob, &path, None, change())
        .await
        .problem(403, "read_only_share");
    let item = format!("{path}/items/0");
    patch(&service, &bob, &item, None, json!({"checked": true}))
        .await
        .problem(403, "read_only_share");

    let of_bob = path_of_share(&service, &ada, &id, "bob").await;
    let changed = service
        .json(&ada, "PATCH", &of_bob, json!({"right": "write"}))
        .await
        .is(200);
    assert_eq!(
        (&changed.body["username"], &changed.body["state"]),
        (&json!("bob"), &json!("accepted"))
    );
    service
        .request(Some(&bob), "PATCH", &path, &[], Some(change()))
        .await
        .problem(428, "precondition_required");
    let written = patch(&service, &bob, &path, Some(1), change())
        .await
        .is(200);
    assert_eq!(written.header("etag"), "\"2\"");
    patch(&service, &bob, &path, Some(1), change())
        .await
        .problem(412, "precondition_failed");
    let ticked = patch(&service, &bob, &item, Some(2), json!({"checked": true}))
        .await
        .is(200);
    assert_eq!(ticked.body["content"], "- [x] eggs\n- [ ] cream");
    let items = service
        .send(&bob, "GET", &format!("{path}/items"))
        .await
        .is(200);
    assert_eq!(items.body["items"][0]["checked"], true);
    assert_eq!(items.header("etag"), "\"3\"");
    // Only title and text are the recipient's to change, and not more than a note may say.
    for (body, status) in [
        (json!({"color": "red"}), 422),
        (json!({"pinned": true}), 422),
        (json!({"labelIds": []}), 422),
        (json!({"reminderAt": null}), 422),
        (json!({"content": "ü".repeat(60_000)}), 422),
    ] {
        patch(&service, &bob, &path, None, body).await.is(status);
    }
    let own = service.send(&ada, "GET", &format!("/api/notes/{id}")).await;
    assert_eq!(
        (&own.body["title"], &own.body["version"]),
        (&json!("Bob's"), &json!(3))
    );

    // A token that may only read writes nothing here either.
    let new = json!({"name": "cli", "scope": "read", "currentPassword": PASSWORD});
    let token = service.json(&bob, "POST", "/api/tokens", new).await.is(201);
    let bearer = format!("Bearer {}", token.body["token"].as_str().unwrap());
    let headers = [("authorization", bearer.as_str()), ("if-match", "*")];
    service
        .request(None, "GET", &path, &headers[..1], None)
        .await
        .is(200);
    service
        .request(None, "PATCH", &path, &headers, Some(change()))
        .await
        .problem(403, "read_only_token");

    // And back to reading.
    service
        .json(&ada, "PATCH", &of_bob, json!({"right": "read"}))
        .await
        .is(200);
    patch(&service, &bob, &path, None, change())
        .await
        .problem(403, "read_only_share");
}

async fn hides_declined_invitation_from_owner(service: Service) {
    let (ada, bob) = (service.person("ada").await, service.person("bob").await);
    let id = note(&service, &ada, "").await;
    let offered = offer(&service, &ada, &id, "bob", "read").await.is(201);
    let path = format!("/api/invitations/{}", offered.body["id"].as_str().unwrap());
    let shares = format!("/api/notes/{id}/shares");
    let before = service.send(&ada, "GET", &shares).await.is(200).body;
    service.send(&bob, "DELETE", &path).await.is(204);
    assert_eq!(
        service.send(&ada, "GET", &shares).await.is(200).body,
        before
    );
    // Asked again, Bob is not bothered again.
    offer(&service, &ada, &id, "bob", "write").await.is(201);
    assert!(invitations(&service, &bob).await.is_empty());
    service
        .send(&bob, "POST", &format!("{path}/accept"))
        .await
        .problem(404, "not_found");
    // Once the offer has ended, a new one is another.
    execute(
        &service,
        "UPDATE share_invitations SET expires_at = '2026-01-01T00:00:00Z'",
    )
    .await;
    offer(&service, &ada, &id, "bob", "write").await.is(201);
    assert_eq!(invitations(&service, &bob).await.len(), 1);
}

async fn replaces_invitations_and_limits_shares_per_note(service: Service) {
    let (ada, bob) = (service.person("ada").await, service.person("bob").await);
    let id = note(&service, &ada, "").await;
    let first = offer(&service, &ada, &id, "bob", "read").await.is(201);
    let second = offer(&service, &ada, &id, "BOB", "write").await.is(201);
    assert_eq!(first.body["id"], second.body["id"]);
    let invited = invitations(&service, &bob).await;
    assert_eq!((invited.len(), &invited[0]["right"]), (1, &json!("write")));
    let accept = format!(
        "/api/invitations/{}/accept",
        second.body["id"].as_str().unwrap()
    );
    service.send(&bob, "POST", &accept).await.is(200);
    service
        .send(&bob, "POST", &accept)
        .await
        .problem(404, "not_found");
    offer(&service, &ada, &id, "bob", "read")
        .await
        .problem(409, "conflict");
    for number in 1..20 {
        offer(&service, &ada, &id, &format!("nobody-{number}"), "read")
            .await
            .is(201);
    }
    offer(&service, &ada, &id, "one-more", "read")
        .await
        .problem(409, "limit_reached");
    // To replace one takes no more room, and to take one back makes some.
    offer(&service, &ada, &id, "nobody-1", "write")
        .await
        .is(201);
    let path = path_of_share(&service, &ada, &id, "nobody-1").await;
    service.send(&ada, "DELETE", &path).await.is(204);
    service
        .send(&ada, "DELETE", &path)
        .await
        .problem(404, "not_found");
    offer(&service, &ada, &id, "one-more", "read").await.is(201);
}

async fn requires_verified_address_for_invitations_with_mail(service: Service) {
    let (ada, _) = (service.person("ada").await, service.person("bob").await);
    let id = note(&service, &ada, "").await;
    let offered = offer(&service, &ada, &id, "bob", "read").await.is(201);
    let invitation = offered.body["id"].as_str().unwrap().parse().unwrap();
    let store = &service.app.store;
    let bob = store
        .authenticate_session("token-of-bob", Freshness::Current)
        .await
        .unwrap()
        .owner;
    let listed = store
        .list_invitations(bob, AddressProof::Mail)
        .await
        .unwrap();
    assert!(listed.is_empty(), "{listed:?}");
    let refused = store.accept_invitation(bob, AddressProof::Mail, invitation);
    assert!(refused.await.is_err());
    execute(
        &service,
        "UPDATE users SET email_verified_at = '2026-01-01T00:00:00Z'",
    )
    .await;
    let listed = store
        .list_invitations(bob, AddressProof::Mail)
        .await
        .unwrap();
    assert_eq!(listed.len(), 1);
    let accepted = store.accept_invitation(bob, AddressProof::Mail, invitation);
    assert_eq!(accepted.await.unwrap().grant.owner_name, "ada");
}

async fn names_recipients_in_the_history(service: Service) {
    let (ada, bob) = (service.person("ada").await, service.person("bob").await);
    let id = note(&service, &ada, "Ada's").await;
    share(&service, &ada, &id, (&bob, "bob"), "write").await;
    let (own, shared) = (format!("/api/notes/{id}"), format!("/api/shared/{id}"));
    let write = async |who, path: &str, text: &str| {
        let body = json!({ "content": text });
        patch(&service, who, path, None, body).await.is(200);
    };
    write(&bob, &shared, "Bob's").await;
    // Within five minutes, what one author writes is one version.
    write(&bob, &shared, "Bob's again").await;
    write(&ada, &own, "Ada's again").await;
    write(&bob, &shared, "Bob's last").await;
    let history = async || {
        let listed = service.send(&ada, "GET", &format!("{own}/revisions")).await;
        let listed = listed.is(200).body;
        let items = listed["items"].as_array().unwrap().iter();
        items
            .map(|one| (one["content"].clone(), one.get("writtenBy").cloned()))
            .collect::<Vec<_>>()
    };
    let by_bob = Some(json!({"username": "bob"}));
    assert_eq!(
        history().await,
        [
            (json!("Ada's again"), None),
            (json!("Bob's again"), by_bob.clone()),
            (json!("Ada's"), None),
        ]
    );
    let one = service
        .send(&ada, "GET", &format!("{own}/revisions/3"))
        .await;
    assert_eq!(one.is(200).body.get("writtenBy").cloned(), by_bob);
    // A colour does not change who wrote the text.
    patch(&service, &ada, &own, None, json!({"color": "red"}))
        .await
        .is(200);
    write(&ada, &own, "Ada's last").await;
    assert_eq!(history().await[0], (json!("Bob's last"), by_bob));
    // An account that is gone has no name any more, and is not taken for the owner.
    let farewell = json!({"currentPassword": PASSWORD});
    service
        .json(&bob, "DELETE", "/api/me", farewell)
        .await
        .is(204);
    assert_eq!(history().await[0], (json!("Bob's last"), Some(json!({}))));
    // A recipient sees no history.
    let eve = service.person("eve").await;
    share(&service, &ada, &id, (&eve, "eve"), "write").await;
    service
        .send(&eve, "GET", &format!("{own}/revisions"))
        .await
        .problem(404, "not_found");
}

async fn finds_shared_notes_by_their_words(service: Service) {
    let (ada, bob) = (service.person("ada").await, service.person("bob").await);
    let brulee = note(&service, &ada, "Crème brûlée with cream").await;
    let other = note(&service, &ada, "cream cheese").await;
    let hidden = note(&service, &ada, "cream that is Ada's alone").await;
    note(&service, &bob, "cream of Bob").await;
    for id in [&brulee, &other] {
        share(&service, &ada, id, (&bob, "bob"), "read").await;
    }
    let find = async |words: &str| {
        let path = format!("/api/shared?q={words}");
        let found = service.send(&bob, "GET", &path).await.is(200).body;
        let items = found["items"].as_array().unwrap().iter();
        items
            .map(|note| note["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(find("cream").await, [other.clone(), brulee.clone()]);
    assert_eq!(find("brulee").await, std::slice::from_ref(&brulee));
    assert_eq!(find("cream%20alone").await, [""; 0]);
    assert_eq!(find("-").await, [""; 0]);
    // One's own are found by the other search, which finds nothing else.
    let own = service
        .send(&bob, "GET", "/api/search?q=cream")
        .await
        .is(200);
    assert_eq!(own.body["items"].as_array().unwrap().len(), 1);
    // Pages.
    let first = service
        .send(&bob, "GET", "/api/shared?limit=1")
        .await
        .is(200);
    assert_eq!(first.body["items"][0]["id"], other);
    let cursor = first.body["nextCursor"].as_str().unwrap();
    let path = format!("/api/shared?limit=1&cursor={cursor}");
    let second = service.send(&bob, "GET", &path).await.is(200);
    assert_eq!(second.body["items"][0]["id"], brulee);
    assert!(second.body.get("nextCursor").is_none());
    assert_eq!(first.body["revision"], second.body["revision"]);
    service
        .send(&bob, "GET", "/api/shared?cursor=bm90aGluZw")
        .await
        .problem(422, "validation_failed");
    let path = format!("/api/shared/{hidden}");
    service
        .send(&bob, "GET", &path)
        .await
        .problem(404, "not_found");
}

/// Returns the identifiers of the notes in a page of notes or of search results.
async fn found(service: &Service, who: &Person, path: &str) -> Vec<String> {
    let found = service.send(who, "GET", path).await.is(200).body;
    let items = found["items"].as_array().unwrap().iter();
    items
        .map(|item| item["note"].get("id").unwrap_or(&item["id"]))
        .map(|id| id.as_str().unwrap().to_owned())
        .collect()
}

async fn finds_shared_notes_by_attachment_names(service: Service) {
    let service = service.with_files(AccountLimits::default());
    let ada = service.person("ada").await;
    let (bob, eve) = (service.person("bob").await, service.person("eve").await);
    let shared = note(&service, &ada, "cream").await;
    let hidden = note(&service, &ada, "cream that is Ada's alone").await;
    share(&service, &ada, &shared, (&bob, "bob"), "read").await;
    let mut attachments = Vec::new();
    for note in [&shared, &hidden] {
        let path = format!("/api/notes/{note}/attachments?name=Cr%C3%A8me-receipt.pdf");
        let added = service.bytes(&ada, "POST", &path, &[], "bytes").await;
        attachments.push(added.json().is(201).header("location").to_owned());
    }
    let (own, received) = ("/api/search?q=", "/api/shared?q=");
    for words in ["receipt", "creme%20rec", "cream%20receipt"] {
        let (own, received) = (format!("{own}{words}"), format!("{received}{words}"));
        let mut of_owner = found(&service, &ada, &own).await;
        of_owner.sort();
        let mut both = vec![shared.clone(), hidden.clone()];
        both.sort();
        assert_eq!(of_owner, both, "{words}");
        let of_recipient = found(&service, &bob, &received).await;
        assert_eq!(of_recipient, [shared.as_str()], "{words}");
        // Nobody else, and neither of them by the other search.
        for (who, path) in [
            (&bob, &own),
            (&ada, &received),
            (&eve, &own),
            (&eve, &received),
        ] {
            assert_eq!(found(&service, who, path).await, [""; 0], "{path}");
        }
    }
    let received = format!("{received}receipt");
    // A new name replaces the old one, and a deleted attachment has none.
    let renamed = json!({"name": "invoice.pdf"});
    let headers = [("if-match", "*")];
    let renamed = service.request(
        Some(&ada),
        "PATCH",
        &attachments[0],
        &headers,
        Some(renamed),
    );
    renamed.await.is(200);
    assert_eq!(found(&service, &bob, &received).await, [""; 0]);
    let received = "/api/shared?q=invoice";
    assert_eq!(found(&service, &bob, received).await, [shared.as_str()]);
    service.send(&ada, "DELETE", &attachments[0]).await.is(204);
    assert_eq!(found(&service, &bob, received).await, [""; 0]);
    // An ended share is not searched.
    let path = format!("/api/notes/{shared}/attachments?name=invoice.pdf");
    let added = service.bytes(&ada, "POST", &path, &[], "bytes").await;
    added.json().is(201);
    assert_eq!(found(&service, &bob, received).await, [shared.as_str()]);
    let left = format!("/api/shared/{shared}");
    service.send(&bob, "DELETE", &left).await.is(204);
    assert_eq!(found(&service, &bob, received).await, [""; 0]);
}

async fn ends_share_by_owner_recipient_or_account_deletion(service: Service) {
    let service = unlimited(service);
    let ada = service.person("ada").await;
    let id = note(&service, &ada, "").await;
    let path = format!("/api/shared/{id}");
    let gone = async |who: &Person| {
        settle(&service).await;
        service
            .send(who, "GET", &path)
            .await
            .problem(404, "not_found");
        let list = service.send(who, "GET", "/api/shared").await.is(200);
        assert_eq!(list.body["items"], json!([]));
        let changes = service
            .send(who, "GET", "/api/changes?since=0")
            .await
            .is(200);
        assert_eq!(changes.body["endedShares"], json!([id]), "{}", changes.body);
        assert_eq!(changes.body["sharedNotes"], json!([]));
    };
    // Left.
    let bob = service.person("bob").await;
    share(&service, &ada, &id, (&bob, "bob"), "write").await;
    service.send(&bob, "DELETE", &path).await.is(204);
    service
        .send(&bob, "DELETE", &path)
        .await
        .problem(404, "not_found");
    gone(&bob).await;
    let shares = format!("/api/notes/{id}/shares");
    let listed = service.send(&ada, "GET", &shares).await.is(200);
    assert_eq!(listed.body["items"], json!([]));
    // Shared again, it is there again, and not both.
    share(&service, &ada, &id, (&bob, "bob"), "read").await;
    let changes = service
        .send(&bob, "GET", "/api/changes?since=0")
        .await
        .is(200);
    assert_eq!(changes.body["endedShares"], json!([]));
    assert_eq!(changes.body["sharedNotes"][0]["id"], id);
    // Revoked.
    let of_bob = path_of_share(&service, &ada, &id, "bob").await;
    service.send(&ada, "DELETE", &of_bob).await.is(204);
    gone(&bob).await;
    // The recipient is disabled.
    let eve = service.person("eve").await;
    share(&service, &ada, &id, (&eve, "eve"), "read").await;
    disable(&service, "eve").await;
    let listed = service.send(&ada, "GET", &shares).await.is(200);
    assert_eq!(listed.body["items"], json!([]));
    // The owner deletes the account.
    share(&service, &ada, &id, (&bob, "bob"), "write").await;
    let dan = service.person("dan").await;
    offer(&service, &ada, &id, "dan", "write").await.is(201);
    assert_eq!(invitations(&service, &dan).await.len(), 1);
    let farewell = json!({"currentPassword": PASSWORD});
    service
        .json(&ada, "DELETE", "/api/me", farewell)
        .await
        .is(204);
    gone(&bob).await;
    assert!(invitations(&service, &dan).await.is_empty());
    // And one who is disabled.
    let ida = service.person("ida").await;
    let other = note(&service, &ida, "").await;
    share(&service, &ida, &other, (&dan, "dan"), "write").await;
    disable(&service, "ida").await;
    settle(&service).await;
    let changes = service
        .send(&dan, "GET", "/api/changes?since=0")
        .await
        .is(200);
    assert_eq!(changes.body["endedShares"], json!([other]));
    let export = service.send(&bob, "GET", "/api/export?format=json").await;
    assert_eq!(export.is(200).body["notes"], json!([]));
}

async fn limits_invitations_per_day(service: Service) {
    let ada = service.person("ada").await;
    let mut refused = None;
    'notes: for number in 0..4 {
        let id = note(&service, &ada, "").await;
        for other in 0..15 {
            let answer = offer(&service, &ada, &id, &format!("n{number}-{other}"), "read").await;
            if answer.status.as_u16() != 201 {
                refused = Some((number * 15 + other, answer));
                break 'notes;
            }
        }
    }
    let (sent, answer) = refused.expect("invitations are limited");
    answer.problem(429, "rate_limited");
    assert_eq!(sent, 50);
}
