//! Tests of histories and identifiers through export and import, also repeated.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{JSON, ZIP, create_all_kinds_of_notes, export, holdings, taken, upload};
use crate::support::{Person, Service, on_both_databases};

on_both_databases!(
    preserves_histories_and_versions_through_export,
    skips_present_notes_on_repeated_import,
    assigns_new_identifier_when_id_belongs_to_other_user,
    imports_permanently_deleted_notes_again,
);

/// Returns the present and previous versions of all notes, by which exports are compared.
async fn everything(service: &Service, who: &Person) -> Value {
    let mut document: Value = serde_json::from_slice(&export(service, who, "json").await).unwrap();
    for note in document["notes"].as_array_mut().unwrap() {
        let labels = note["labels"].as_array_mut().unwrap();
        labels.sort_by_key(ToString::to_string);
    }
    document
}

/// Exports notes with histories, versions and identifiers from one account and imports them into another, in both formats. The second account belongs
/// to another service, where the identifiers are unused.
async fn preserves_histories_and_versions_through_export(service: Service) {
    const TEXTS: [&str; 8] = [
        "",
        "---\na: b\n---\n",
        "茶 🍵\r\n",
        "# Title\n",
        "\u{feff}",
        "\u{85}\u{2028}",
        "- [ ] x",
        "\n\nid: 0123456789abcdef0123456789abcdef\ntype_: 1",
    ];
    let ada = service.person("ada").await;
    create_all_kinds_of_notes(&service, &ada).await;
    let mut random = 7_u64;
    let mut next = move |below: u64| {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) % below
    };
    let mut notes = Vec::new();
    for number in 0..150_u64 {
        let text =
            |at: u64| TEXTS[usize::try_from(at).unwrap()].repeat(1 + usize::try_from(at).unwrap());
        let revisions: Vec<_> = (0..next(4))
            .map(|version| {
                json!({"version": version + 1, "title": text(next(8)), "content": text(next(8)), "replacedAt": format!("202{}-01-31T09:30:00.{:06}Z", next(6), next(1_000_000))})
            })
            .collect();
        let mut note = json!({
            "id": Uuid::from_u128(u128::from(next(u64::MAX)) << 64 | u128::from(number)),
            "version": next(1_000) + 5, "title": text(next(8)), "content": text(next(8)), "pinned": next(2) == 0,
            "color": (["white", "red", "pink"][usize::try_from(next(3)).unwrap()]), "place": (["active", "archived", "trash"][usize::try_from(next(3)).unwrap()]),
            "labels": (if next(2) == 0 { json!(["Home"]) } else { json!([]) }),
            "createdAt": "0001-01-01T00:00:00Z", "updatedAt": "2024-02-29T23:59:59.999999Z",
        });
        if !revisions.is_empty() {
            note["revisions"] = json!(revisions);
        }
        if next(2) == 0 {
            let times = [
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999Z",
                "2031-01-31T09:30:00Z",
            ];
            note["reminderAt"] = json!(times[usize::try_from(next(3)).unwrap()]);
        }
        notes.push(note);
    }
    let document = json!({"format": "notes", "version": 1, "labels": [], "notes": notes});
    upload(&service, &ada, JSON, document.to_string())
        .await
        .is(201);
    let hers = everything(&service, &ada).await;
    assert_eq!(hers["notes"].as_array().unwrap().len(), 165);
    let histories = |document: &Value| {
        let notes = document["notes"].as_array().unwrap();
        notes
            .iter()
            .filter(|note| note.get("revisions").is_some())
            .count()
    };
    assert!(histories(&hers) > 50, "{}", histories(&hers));
    let archive = export(&service, &ada, "markdown").await;
    let json = export(&service, &ada, "json").await;
    // Her account is deleted, and she begins again.
    let gone = json!({"currentPassword": crate::support::PASSWORD});
    service.json(&ada, "DELETE", "/api/me", gone).await.is(204);
    for (format, kind, file) in [("json", JSON, json), ("markdown", ZIP, archive)] {
        let again = service.person(&format!("ada-{format}")).await;
        let imported = upload(&service, &again, kind, file).await.is(201);
        assert_eq!(imported.body, taken(165, 4));
        let mut there = everything(&service, &again).await;
        if format == "markdown" {
            // The first of the two has the identifiers now.
            for (note, other) in there["notes"]
                .as_array_mut()
                .unwrap()
                .iter_mut()
                .zip(hers["notes"].as_array().unwrap())
            {
                assert_ne!(note["id"], other["id"]);
                note["id"] = other["id"].clone();
            }
        }
        assert_eq!(there, hers, "{format}");
    }
}

async fn skips_present_notes_on_repeated_import(service: Service) {
    let ada = service.person("ada").await;
    create_all_kinds_of_notes(&service, &ada).await;
    let before = holdings(&service, &ada).await;
    for (format, kind) in [("json", JSON), ("markdown", ZIP)] {
        let file = export(&service, &ada, format).await;
        let imported = upload(&service, &ada, kind, file.clone()).await.is(201);
        assert_eq!(
            (&imported.body["notes"], &imported.body["present"]),
            (&json!(0), &json!(15)),
            "{}",
            imported.body
        );
        assert_eq!(holdings(&service, &ada).await, before);
        // Nor does an import into another account, the second time.
        let bob = service.person(&format!("bob-{format}")).await;
        upload(&service, &bob, kind, file.clone()).await.is(201);
        let again = upload(&service, &bob, kind, file).await.is(201);
        assert_eq!(
            (&again.body["notes"], &again.body["present"]),
            (&json!(0), &json!(15)),
            "{}",
            again.body
        );
    }
    // What was changed since stays changed, and that is told.
    let made = json!({"title": "now"});
    let note = service
        .json(&ada, "POST", "/api/notes", made)
        .await
        .is(201)
        .body;
    let document =
        json!({"format": "notes", "version": 1, "notes": [{"id": note["id"], "title": "then"}]});
    let imported = upload(&service, &ada, JSON, document.to_string())
        .await
        .is(201);
    assert_eq!(
        imported.body["remarks"][0]["code"], "differs",
        "{}",
        imported.body
    );
    let path = format!("/api/notes/{}", note["id"].as_str().unwrap());
    assert_eq!(
        service.send(&ada, "GET", &path).await.is(200).body["title"],
        "now"
    );
}

async fn assigns_new_identifier_when_id_belongs_to_other_user(service: Service) {
    let ada = service.person("ada").await;
    let bob = service.person("bob").await;
    let hers = json!({"title": "hers"});
    let note = service
        .json(&ada, "POST", "/api/notes", hers)
        .await
        .is(201)
        .body;
    let document =
        json!({"format": "notes", "version": 1, "notes": [{"id": note["id"], "title": "his"}]})
            .to_string();
    for made in [1, 0] {
        let imported = upload(&service, &bob, JSON, document.clone()).await.is(201);
        assert_eq!(
            (&imported.body["notes"], &imported.body["present"]),
            (&json!(made), &json!(1 - made))
        );
    }
    let his = service.send(&bob, "GET", "/api/notes").await.is(200);
    assert_eq!(his.body["items"].as_array().unwrap().len(), 1);
    assert_ne!(his.body["items"][0]["id"], note["id"]);
    let path = format!("/api/notes/{}", note["id"].as_str().unwrap());
    assert_eq!(
        service.send(&ada, "GET", &path).await.is(200).body["title"],
        "hers"
    );
}

async fn imports_permanently_deleted_notes_again(service: Service) {
    let ada = service.person("ada").await;
    let made = json!({"title": "once"});
    let note = service
        .json(&ada, "POST", "/api/notes", made)
        .await
        .is(201)
        .body;
    let file = export(&service, &ada, "json").await;
    let path = format!("/api/notes/{}", note["id"].as_str().unwrap());
    service.send(&ada, "DELETE", &path).await.is(200);
    service
        .send(&ada, "DELETE", &format!("{path}/permanent"))
        .await
        .is(204);
    let imported = upload(&service, &ada, JSON, file).await.is(201);
    assert_eq!(imported.body["notes"], 1);
    assert_eq!(
        service.send(&ada, "GET", &path).await.is(200).body["title"],
        "once"
    );
    // A device that was away does not hear of both.
    let changes = service
        .send(&ada, "GET", "/api/changes?since=0")
        .await
        .is(200)
        .body;
    assert_eq!(
        (
            &changes["deletedNotes"],
            changes["notes"].as_array().unwrap().len()
        ),
        (&json!([]), 1),
        "{changes}"
    );
}
