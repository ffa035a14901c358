//! Tests of labels.

use serde_json::json;

use crate::support::{Service, on_both_databases};

on_both_databases!(
    creates_changes_orders_and_deletes_labels,
    reports_all_field_errors_of_a_body,
);

async fn creates_changes_orders_and_deletes_labels(service: Service) {
    let ada = service.person("ada").await;
    let work = service
        .json(
            &ada,
            "POST",
            "/api/labels",
            json!({"name": " Work ", "color": "blue"}),
        )
        .await
        .is(201);
    assert_eq!(work.header("etag"), "\"1\"");
    assert_eq!(work.body["name"], "Work");
    let path = work.header("location").to_owned();
    service
        .json(&ada, "POST", "/api/labels", json!({"name": "wORK"}))
        .await
        .problem(409, "label_name_taken");
    let home = service
        .json(&ada, "POST", "/api/labels", json!({"name": "Home"}))
        .await
        .is(201);

    let renamed = service
        .json(&ada, "PATCH", &path, json!({"name": "Office"}))
        .await
        .is(200);
    assert_eq!(renamed.header("etag"), "\"2\"");
    service
        .request(
            Some(&ada),
            "PATCH",
            &path,
            &[("if-match", "\"1\"")],
            Some(json!({"name": "x"})),
        )
        .await
        .problem(412, "precondition_failed");

    let ordered = service
        .json(
            &ada,
            "PUT",
            "/api/labels/order",
            json!({"ids": [home.body["id"]]}),
        )
        .await
        .is(200);
    assert_eq!(ordered.body["items"][0]["name"], "Home");
    let note = service
        .json(
            &ada,
            "POST",
            "/api/notes",
            json!({"labelIds": [work.body["id"]]}),
        )
        .await
        .is(201);
    service.send(&ada, "DELETE", &path).await.is(204);
    let note = service
        .send(&ada, "GET", note.header("location"))
        .await
        .is(200);
    assert_eq!(note.body["labelIds"], json!([]));
    assert_eq!(note.body["version"], 2);
    service
        .send(&ada, "GET", &path)
        .await
        .problem(404, "not_found");
}

async fn reports_all_field_errors_of_a_body(service: Service) {
    let ada = service.person("ada").await;
    let answer = service
        .json(
            &ada,
            "POST",
            "/api/labels",
            json!({"name": "", "color": "mauve", "size": 3}),
        )
        .await
        .problem(422, "validation_failed");
    insta::assert_snapshot!(
        "reports_all_field_errors_of_a_body",
        serde_json::to_string_pretty(&answer.body["errors"]).unwrap()
    );
}
