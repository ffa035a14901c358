//! Tests of imports of single values and of files of other programs: what is accepted, changed or reported.

use serde_json::{Value, json};

use super::{JSON, ZIP, archive, create_all_kinds_of_notes, holdings, taken, upload, upload_to};
use crate::support::{Service, on_both_databases};

on_both_databases!(
    imports_valid_files_and_reports_others,
    imports_exports_of_other_programs,
    applies_given_offset_to_local_times,
    rejects_times_outside_supported_years,
    matches_imported_labels_by_name,
    imports_single_file_as_note,
    rejects_invalid_imports_without_changes,
);

async fn matches_imported_labels_by_name(service: Service) {
    let ada = service.person("ada").await;
    service
        .json(
            &ada,
            "POST",
            "/api/labels",
            json!({"name": "Home", "color": "red"}),
        )
        .await
        .is(201);
    let document = json!({
        "format": "notes", "version": 1,
        "labels": [{"name": "HOME", "color": "blue"}, {"name": " Work ", "color": "teal"}],
        "notes": [{"labels": ["home", "Home", "work", "new"]}, {"labels": ["NEW", " "]}],
    });
    let imported = upload(&service, &ada, JSON, document.to_string())
        .await
        .is(201);
    assert_eq!(imported.body["labels"], 2);
    let hers = holdings(&service, &ada).await;
    assert_eq!(
        hers["labels"],
        json!([["Home", "red"], ["Work", "teal"], ["new", "white"]])
    );
    assert_eq!(hers["notes"][0]["labels"], json!(["Home", "Work", "new"]));
    assert_eq!(hers["notes"][1]["labels"], json!(["new"]));
    let account = service.send(&ada, "GET", "/api/me").await.is(200);
    assert_eq!(account.body["usage"]["labels"], 3, "{}", account.body);
}

async fn imports_single_file_as_note(service: Service) {
    let ada = service.person("ada").await;
    for (kind, file, title, content) in [
        (
            "text/markdown",
            "# Tea\n\n- [ ] green",
            "Tea",
            "- [ ] green",
        ),
        (
            "text/markdown; charset=UTF-8",
            "---\ntitle: Tea\ncolor: teal\n---\nhot",
            "Tea",
            "hot",
        ),
        (
            "TEXT/HTML",
            "<title>Tea</title><script>alert(1)</script><ul><li>gr<b>ee</b>n",
            "Tea",
            "- gr**ee**n",
        ),
    ] {
        let imported = upload(&service, &ada, kind, file).await.is(201);
        assert_eq!(imported.body, taken(1, 0));
        let list = service
            .send(&ada, "GET", "/api/notes?limit=1")
            .await
            .is(200);
        let note = &list.body["items"][0];
        assert_eq!(
            (&note["title"], &note["content"]),
            (&json!(title), &json!(content))
        );
    }
}

async fn rejects_invalid_imports_without_changes(service: Service) {
    let ada = service.person("ada").await;
    create_all_kinds_of_notes(&service, &ada).await;
    let before = holdings(&service, &ada).await;
    let document = |more: Value| {
        let mut document = json!({"format": "notes", "version": 1, "notes": []});
        document
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        document.to_string().into_bytes()
    };
    let huge_page = " ".repeat(3 * 1024 * 1024);
    for (kind, data, status, code, field) in [
        (JSON, b"[1,".to_vec(), 422, "format", ""),
        (JSON, b"[]".to_vec(), 422, "format", ""),
        (JSON, b"{\"notes\": [\"\xff\"]}".to_vec(), 422, "format", ""),
        (JSON, document(json!({"format": "keep"})), 422, "format", ""),
        (JSON, document(json!({"version": 2})), 422, "document", ""),
        (JSON, document(json!({"notes": [5]})), 422, "note", ""),
        (
            JSON,
            b"{\"format\": \"notes\", \"notes\": [{".to_vec(),
            422,
            "json",
            "",
        ),
        (
            ZIP,
            archive(&[("../evil.md", b"x")]),
            422,
            "path",
            "../evil.md",
        ),
        (
            ZIP,
            archive(&[("cat.png", b"\x89PNG")]),
            422,
            "format",
            "cat.png",
        ),
        ("text/html", huge_page.into_bytes(), 422, "too_long", ""),
        (ZIP, b"no archive".to_vec(), 400, "malformed_request", ""),
        (
            "text/plain",
            b"x".to_vec(),
            415,
            "unsupported_media_type",
            "",
        ),
    ] {
        let shown: String = String::from_utf8_lossy(&data).chars().take(80).collect();
        let refused = upload(&service, &ada, kind, data).await;
        if status == 422 {
            let refused = refused.problem(422, "validation_failed");
            let error = &refused.body["errors"][0];
            assert_eq!(
                (&error["field"], &error["code"]),
                (&json!(field), &json!(code)),
                "{shown}: {}",
                refused.body
            );
        } else {
            refused.problem(status, code);
        }
    }
    assert_eq!(holdings(&service, &ada).await, before);
}

async fn imports_valid_files_and_reports_others(service: Service) {
    let ada = service.person("ada").await;
    let file = archive(&[
        ("good.md", b"good"),
        ("bad.md", b"---\ncolor: mauve\npinned: yes\n---\nbad"),
        ("latin.md", b"caf\xe9"),
        ("../evil.md", b"x"),
        ("cat.png", b"\x89PNG"),
    ]);
    let imported = upload(&service, &ada, ZIP, file).await.is(201).body;
    assert_eq!(
        imported,
        json!({"notes": 3, "labels": 0, "filters": 0, "attachments": 0, "present": 0, "leftOut": 2, "changed": 2, "remarks": [
            {"file": "bad.md", "line": 2, "effect": "changed", "code": "color",
             "message": "`mauve` is not a valid colour; use one of white, red, orange, yellow, green, teal, blue, purple, pink; the note gets the default colour"},
            {"file": "latin.md", "effect": "changed", "code": "encoding", "message": "is not UTF-8; it was decoded as windows-1252"},
            {"file": "../evil.md", "effect": "leftOut", "code": "path", "message": "has a path outside of the archive"},
            {"file": "cat.png", "effect": "leftOut", "code": "format", "message": "is not in a supported format, and no note refers to it"},
        ]})
    );
    let hers = holdings(&service, &ada).await;
    let notes: Vec<_> = hers["notes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|note| json!([note["title"], note["content"], note["pinned"]]))
        .collect();
    assert_eq!(
        json!(notes),
        json!([
            ["bad", "bad", true],
            ["good", "good", false],
            ["latin", "café", false]
        ])
    );
}

async fn imports_exports_of_other_programs(service: Service) {
    let ada = service.person("ada").await;
    let keep = br#"{"title": "List", "isPinned": true, "isArchived": false, "isTrashed": false, "color": "DEFAULT",
        "listContent": [{"text": "one", "isChecked": true}], "labels": [{"name": "L"}],
        "createdTimestampUsec": 1600000000000000, "userEditedTimestampUsec": 1600000000000000}"#;
    let takeout = archive(&[
        ("Takeout/Keep/List.json", keep),
        ("Takeout/Keep/List.html", b"<html><body>List</body></html>"),
        ("Takeout/Keep/Labels.txt", b"L\n"),
    ]);
    let simplenote =
        br#"{"activeNotes": [{"id": "a", "content": "Title\nText"}], "trashedNotes": []}"#;
    for (kind, file) in [
        (ZIP, takeout.clone()),
        ("application/octet-stream", takeout),
        (JSON, simplenote.to_vec()),
        (
            "application/xml",
            b"<en-export><note><title>E</title><content>e</content></note></en-export>".to_vec(),
        ),
    ] {
        upload(&service, &ada, kind, file).await.is(201);
    }
    let list = service.send(&ada, "GET", "/api/notes").await.is(200);
    let notes: Vec<_> = list.body["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|note| json!([note["title"], note["content"], note["createdAt"]]))
        .collect();
    // The one of Keep was sent twice.
    assert_eq!(notes.len(), 3);
    assert_eq!(
        notes[0],
        json!(["List", "- [x] one", "2020-09-13T12:26:40Z"])
    );
}

async fn applies_given_offset_to_local_times(service: Service) {
    let ada = service.person("ada").await;
    let file = "---\ncreated: 2024-01-05T10:22\n---\nx";
    let send = async |offset: &str| {
        let path = format!("/api/import{offset}");
        upload_to(&service, &ada, &path, "text/markdown", file.into()).await
    };
    for (offset, expected) in [
        ("", "2024-01-05T10:22:00Z"),
        ("?offset=%2B02:00", "2024-01-05T08:22:00Z"),
    ] {
        send(offset).await.is(201);
        let list = service
            .send(&ada, "GET", "/api/notes?limit=1")
            .await
            .is(200);
        assert_eq!(list.body["items"][0]["createdAt"], expected);
    }
    let refused = send("?offset=Berlin").await;
    assert!(refused.status.is_client_error(), "{}", refused.body);
}

async fn rejects_times_outside_supported_years(service: Service) {
    let ada = service.person("ada").await;
    let late = json!({"title": "late", "reminderAt": "9999-12-31T23:59:59-23:59"});
    let early = json!({"title": "early", "reminderAt": "0001-01-01T00:00:00+23:59"});
    for note in [late.clone(), early] {
        let refused = service
            .json(&ada, "POST", "/api/notes", note)
            .await
            .problem(422, "validation_failed");
        assert_eq!(refused.body["errors"][0]["code"], "out_of_range");
    }
    let last = json!({"title": "last", "reminderAt": "9999-12-31T23:59:59Z"});
    let note = service
        .json(&ada, "POST", "/api/notes", last)
        .await
        .is(201)
        .body;
    let path = format!("/api/notes/{}", note["id"].as_str().unwrap());
    let headers = [("if-match", "*")];
    let change = json!({"reminderAt": late["reminderAt"]});
    service
        .request(Some(&ada), "PATCH", &path, &headers, Some(change))
        .await
        .problem(422, "validation_failed");
    let document = json!({"format": "notes", "version": 1, "notes": [late]});
    let imported = upload(&service, &ada, JSON, document.to_string())
        .await
        .is(201);
    assert_eq!(
        imported.body["remarks"][0]["code"], "time",
        "{}",
        imported.body
    );
}
