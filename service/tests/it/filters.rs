//! Tests of saved filters.

use serde_json::{Value, json};

use crate::support::{Answer, Person, Service, on_both_databases};

on_both_databases!(
    saves_changes_orders_and_deletes_filters,
    returns_same_notes_for_filter_and_list,
    returns_same_notes_for_filter_and_search,
    keeps_filter_after_its_labels_are_deleted,
    rejects_invalid_filters,
    limits_filters_per_user,
    includes_filters_in_changes,
    exports_and_imports_filters,
);

async fn save(service: &Service, who: &Person, name: &str, query: Value) -> Answer {
    let body = json!({"name": name, "query": query});
    service.json(who, "POST", "/api/filters", body).await
}

async fn label(service: &Service, who: &Person, name: &str) -> Value {
    let body = json!({"name": name});
    let made = service.json(who, "POST", "/api/labels", body).await.is(201);
    made.body["id"].clone()
}

async fn note(service: &Service, who: &Person, body: Value) {
    service.json(who, "POST", "/api/notes", body).await.is(201);
}

/// Returns the titles of the notes of an answer.
fn titles(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().unwrap().iter();
    items.map(|item| item["title"].as_str().unwrap()).collect()
}

async fn found(service: &Service, who: &Person, filter: &Answer) -> Value {
    let path = format!("{}/notes", filter.header("location"));
    service.send(who, "GET", &path).await.is(200).body
}

async fn saves_changes_orders_and_deletes_filters(service: Service) {
    let ada = service.person("ada").await;
    let query = json!({"place": "archived", "pinned": true, "color": "red", "hasReminder": false, "sort": "position"});
    let made = save(&service, &ada, " Red ", query.clone()).await.is(201);
    assert_eq!(made.header("etag"), "\"1\"");
    assert_eq!(made.body["name"], "Red");
    assert_eq!(made.body["query"], query);
    assert_eq!(made.body["missingLabelIds"], json!([]));
    let path = made.header("location").to_owned();
    let read = service.send(&ada, "GET", &path).await.is(200);
    assert_eq!(read.body, made.body);
    save(&service, &ada, "rED", json!({}))
        .await
        .problem(409, "conflict");
    let other = save(&service, &ada, "Other", json!({"q": "eggs"})).await;
    let other = other.is(201);

    let renamed = service
        .json(&ada, "PATCH", &path, json!({"name": "Crimson"}))
        .await
        .is(200);
    assert_eq!(renamed.header("etag"), "\"2\"");
    assert_eq!(renamed.body["query"], query);
    let change = json!({"query": {"q": "cream"}});
    let headers = [("if-match", "\"1\"")];
    service
        .request(Some(&ada), "PATCH", &path, &headers, Some(change.clone()))
        .await
        .problem(412, "precondition_failed");
    let changed = service.json(&ada, "PATCH", &path, change).await.is(200);
    assert_eq!(changed.body["query"], json!({"q": "cream"}));
    service
        .json(&ada, "PATCH", &path, json!({"name": "other"}))
        .await
        .problem(409, "conflict");

    let order = json!({"ids": [other.body["id"]]});
    let ordered = service
        .json(&ada, "PUT", "/api/filters/order", order)
        .await
        .is(200);
    assert_eq!(ordered.body["items"][0]["name"], "Other");
    let list = service.send(&ada, "GET", "/api/filters").await.is(200);
    assert_eq!(list.body, ordered.body);
    service.send(&ada, "DELETE", &path).await.is(204);
    service
        .send(&ada, "GET", &path)
        .await
        .problem(404, "not_found");
    service
        .send(&ada, "GET", &format!("{path}/notes"))
        .await
        .problem(404, "not_found");
}

async fn returns_same_notes_for_filter_and_list(service: Service) {
    let ada = service.person("ada").await;
    let work = label(&service, &ada, "work").await;
    for (title, color, pinned, labels, reminder) in [
        (
            "a",
            "red",
            true,
            json!([work]),
            Some("2090-01-02T00:00:00Z"),
        ),
        (
            "b",
            "red",
            false,
            json!([work]),
            Some("2090-01-01T00:00:00Z"),
        ),
        ("c", "blue", false, json!([]), None),
        ("d", "red", false, json!([]), None),
    ] {
        let mut body =
            json!({"title": title, "color": color, "pinned": pinned, "labelIds": labels});
        if let Some(at) = reminder {
            body["reminderAt"] = at.into();
        }
        note(&service, &ada, body).await;
    }
    for (name, query, parameters) in [
        ("all", json!({}), String::new()),
        ("red", json!({"color": "red"}), "color=red".to_owned()),
        (
            "work",
            json!({"labelIds": [work], "pinned": false}),
            format!("labelId={}&pinned=false", work.as_str().unwrap()),
        ),
        (
            "soon",
            json!({"sort": "reminder"}),
            "sort=reminder".to_owned(),
        ),
        (
            "never",
            json!({"hasReminder": false}),
            "hasReminder=false".to_owned(),
        ),
        ("away", json!({"place": "trash"}), "place=trash".to_owned()),
    ] {
        let filter = save(&service, &ada, name, query).await.is(201);
        let page = found(&service, &ada, &filter).await;
        let path = format!("/api/notes?{parameters}");
        let list = service.send(&ada, "GET", &path).await.is(200);
        assert_eq!(page["items"], list.body["items"], "{name}");
        assert_eq!(titles(&page).is_empty(), name == "away", "{name}");
    }
    // Page by page.
    let filter = save(&service, &ada, "pages", json!({"color": "red"})).await;
    let path = format!("{}/notes?limit=2", filter.header("location"));
    let first = service.send(&ada, "GET", &path).await.is(200).body;
    assert_eq!(titles(&first), ["a", "d"]);
    let cursor = first["nextCursor"].as_str().unwrap();
    let next = format!("{path}&cursor={cursor}");
    let second = service.send(&ada, "GET", &next).await.is(200).body;
    assert_eq!(titles(&second), ["b"]);
    assert!(second.get("nextCursor").is_none());
    // A cursor of another order is none of this filter's.
    let soon = service.send(&ada, "GET", "/api/filters").await.is(200).body;
    let soon = soon["items"].as_array().unwrap().iter();
    let soon = soon.clone().find(|one| one["name"] == "soon").unwrap();
    let path = format!(
        "/api/filters/{}/notes?cursor={cursor}",
        soon["id"].as_str().unwrap()
    );
    let refused = service.send(&ada, "GET", &path).await;
    assert_eq!(refused.status.as_u16(), 422, "{}", refused.body);
}

async fn returns_same_notes_for_filter_and_search(service: Service) {
    let ada = service.person("ada").await;
    let work = label(&service, &ada, "work").await;
    for (title, body) in [
        ("eggs", json!({"color": "red", "labelIds": [work]})),
        ("more eggs", json!({"pinned": true})),
        ("cream", json!({"color": "red"})),
        (
            "eggs in time",
            json!({"reminderAt": "2090-01-01T00:00:00Z", "color": "red"}),
        ),
    ] {
        let mut body = body;
        body["title"] = title.into();
        note(&service, &ada, body).await;
    }
    for (name, query, parameters, count) in [
        ("all", json!({"q": "eggs"}), String::new(), 3),
        (
            "work",
            json!({"q": "eggs", "labelIds": [work]}),
            format!("&labelId={}", work.as_str().unwrap()),
            1,
        ),
        (
            "red",
            json!({"q": "eggs", "color": "red"}),
            "&color=red".to_owned(),
            2,
        ),
        (
            "pinned",
            json!({"q": "egg", "pinned": true}),
            "&pinned=true".to_owned(),
            1,
        ),
        (
            "soon",
            json!({"q": "eggs", "hasReminder": true}),
            "&hasReminder=true".to_owned(),
            1,
        ),
        (
            "never",
            json!({"q": "eggs", "hasReminder": false, "pinned": false}),
            "&hasReminder=false&pinned=false".to_owned(),
            1,
        ),
        (
            "away",
            json!({"q": "eggs", "place": "archived"}),
            "&place=archived".to_owned(),
            0,
        ),
    ] {
        let text = query["q"].as_str().unwrap().to_owned();
        let filter = save(&service, &ada, name, query).await.is(201);
        let page = found(&service, &ada, &filter).await;
        let path = format!("/api/search?q={text}{parameters}");
        let hits = service.send(&ada, "GET", &path).await.is(200).body;
        let hits = hits["items"].as_array().unwrap().iter();
        let notes: Vec<_> = hits.map(|hit| hit["note"].clone()).collect();
        assert_eq!(page["items"], json!(notes), "{name}");
        assert_eq!(notes.len(), count, "{name}");
    }
    let filter = save(&service, &ada, "pages", json!({"q": "eggs"})).await;
    let path = format!("{}/notes?limit=2&fields=board", filter.header("location"));
    let first = service.send(&ada, "GET", &path).await.is(200).body;
    let cursor = first["nextCursor"].as_str().unwrap();
    let next = format!("{path}&cursor={cursor}");
    let second = service.send(&ada, "GET", &next).await.is(200).body;
    assert_eq!(titles(&first).len() + titles(&second).len(), 3);
}

async fn keeps_filter_after_its_labels_are_deleted(service: Service) {
    let ada = service.person("ada").await;
    let (work, home) = (
        label(&service, &ada, "work").await,
        label(&service, &ada, "home").await,
    );
    note(
        &service,
        &ada,
        json!({"title": "at work", "labelIds": [work]}),
    )
    .await;
    note(
        &service,
        &ada,
        json!({"title": "at home", "labelIds": [home]}),
    )
    .await;
    note(&service, &ada, json!({"title": "nowhere"})).await;
    let both = save(
        &service,
        &ada,
        "both",
        json!({"labelIds": [work, home, work]}),
    )
    .await;
    let one = save(&service, &ada, "one", json!({"labelIds": [work]})).await;
    assert_eq!(
        found(&service, &ada, &both).await["items"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    let path = format!("/api/labels/{}", work.as_str().unwrap());
    service.send(&ada, "DELETE", &path).await.is(204);
    for (filter, left) in [(&both, vec!["at home"]), (&one, vec![])] {
        let read = service
            .send(&ada, "GET", filter.header("location"))
            .await
            .is(200);
        assert_eq!(read.body["missingLabelIds"], json!([work]));
        assert_eq!(read.body["version"], 1);
        assert_eq!(titles(&found(&service, &ada, filter).await), left);
    }
    let list = service.send(&ada, "GET", "/api/filters").await.is(200);
    assert_eq!(list.body["items"][0]["missingLabelIds"], json!([work]));
    // A new name is possible, and a query with the label that is missing is not.
    service
        .json(
            &ada,
            "PATCH",
            one.header("location"),
            json!({"name": "same"}),
        )
        .await
        .is(200);
    let change = json!({"query": {"labelIds": [work]}});
    let refused = service
        .json(&ada, "PATCH", one.header("location"), change)
        .await
        .problem(422, "validation_failed");
    assert_eq!(refused.body["errors"][0]["code"], "unknown_label");
}

async fn rejects_invalid_filters(service: Service) {
    let (ada, eve) = (service.person("ada").await, service.person("eve").await);
    let hers = label(&service, &eve, "hers").await;
    for query in [
        json!({"q": "eggs", "sort": "position"}),
        json!({"q": ""}),
        json!({"q": "\u{0}"}),
        json!({"q": "x".repeat(201)}),
        json!({"place": "attic"}),
        json!({"color": "mauve"}),
        json!({"pinned": "yes"}),
        json!({"labelIds": [hers]}),
        json!({"labelIds": ["01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"]}),
        json!({"owner": "eve"}),
    ] {
        save(&service, &ada, "wrong", query)
            .await
            .problem(422, "validation_failed");
    }
    for name in ["", "  ", "\u{0}", &"x".repeat(101)] {
        save(&service, &ada, name, json!({}))
            .await
            .problem(422, "validation_failed");
    }
    let list = service.send(&ada, "GET", "/api/filters").await.is(200);
    assert_eq!(list.body["items"], json!([]));
}

async fn limits_filters_per_user(service: Service) {
    let ada = service.person("ada").await;
    for number in 0..100 {
        let made = save(&service, &ada, &number.to_string(), json!({})).await;
        made.is(201);
    }
    save(&service, &ada, "more", json!({}))
        .await
        .problem(409, "limit_reached");
}

async fn includes_filters_in_changes(service: Service) {
    let ada = service.person("ada").await;
    let one = save(&service, &ada, "one", json!({"color": "red"})).await;
    let two = save(&service, &ada, "two", json!({})).await;
    let changes = async |since: i64| {
        let path = format!("/api/changes?since={since}");
        service.send(&ada, "GET", &path).await.is(200).body
    };
    let all = changes(0).await;
    assert_eq!(all["filters"], json!([one.body, two.body]));
    let since = all["revision"].as_i64().unwrap();
    service
        .json(&ada, "PATCH", one.header("location"), json!({"name": "1"}))
        .await
        .is(200);
    service
        .send(&ada, "DELETE", two.header("location"))
        .await
        .is(204);
    let later = changes(since).await;
    assert_eq!(later["filters"][0]["name"], "1");
    assert_eq!(later["deletedFilters"], json!([two.body["id"]]));
    assert_eq!(later["deletedNotes"], json!([]));
    assert_eq!(later["deletedLabels"], json!([]));
    // A page at a time.
    let path = "/api/changes?since=0&limit=1";
    let first = service.send(&ada, "GET", path).await.is(200).body;
    assert_eq!(first["more"], true);
    assert_eq!(first["filters"].as_array().unwrap().len(), 1);
}

async fn exports_and_imports_filters(service: Service) {
    let (ada, eve) = (service.person("ada").await, service.person("eve").await);
    let (work, gone) = (
        label(&service, &ada, "Arbeit \"1\"").await,
        label(&service, &ada, "gone").await,
    );
    note(&service, &ada, json!({"title": "one", "labelIds": [work]})).await;
    let all = json!({"place": "archived", "pinned": false, "labelIds": [work], "color": "teal", "hasReminder": true, "q": "crème \"brûlée\""});
    save(&service, &ada, "Küche 🍳", all).await.is(201);
    save(
        &service,
        &ada,
        "soon",
        json!({"sort": "reminder", "labelIds": [work, gone]}),
    )
    .await
    .is(201);
    save(&service, &ada, "nothing", json!({"labelIds": [gone]}))
        .await
        .is(201);
    save(&service, &ada, "plain", json!({})).await.is(201);
    let path = format!("/api/labels/{}", gone.as_str().unwrap());
    service.send(&ada, "DELETE", &path).await.is(204);
    let list = async |who: &Person| {
        let list = service.send(who, "GET", "/api/filters").await.is(200);
        list.body["items"].as_array().unwrap().clone()
    };
    for (format, kind) in [
        ("json", "application/json"),
        ("markdown", "application/zip"),
    ] {
        let dan = service.person(&format!("dan-{format}")).await;
        let path = format!("/api/export?format={format}");
        let request = service.client.get(path).header("cookie", &ada.cookie);
        let file = request.send().await.0.into_body().into_vec().await.unwrap();
        let import = async |who: &Person, file: Vec<u8>| loop {
            let request = service.client.post("/api/import").content_type(kind);
            let request = request.header("cookie", &who.cookie).body(file.clone());
            let mut response = request.send().await.0;
            if response.status() == 503 {
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                continue;
            }
            let body = response.take_body().into_vec().await.unwrap();
            assert_eq!(response.status().as_u16(), 201);
            return serde_json::from_slice::<Value>(&body).unwrap();
        };
        let imported = import(&dan, file.clone()).await;
        assert_eq!(imported["filters"], 3, "{imported}");
        assert_eq!(imported["remarks"], json!([]));
        let (mut hers, his) = (list(&ada).await, list(&dan).await);
        // It has no label that could be named.
        hers.retain(|one| one["name"] != "nothing");
        let labels = service.send(&dan, "GET", "/api/labels").await.body;
        for (hers, his) in hers.iter_mut().zip(&his) {
            assert_eq!(hers["name"], his["name"]);
            if hers["query"].get("labelIds").is_some() {
                hers["query"]["labelIds"] = json!([labels["items"][0]["id"]]);
            }
            assert_eq!(hers["query"], his["query"]);
        }
        assert_eq!(hers.len(), his.len());
        // Again, it doubles nothing.
        assert_eq!(import(&dan, file).await["filters"], 0);
        assert_eq!(list(&dan).await, his);
    }
    // What cannot be kept is told.
    let file = json!({"format": "notes", "version": 1, "notes": [{"title": "kept"}], "filters": [
        {"name": "", "query": {}},
        {"name": "long", "query": {"q": "x".repeat(201)}},
        {"name": "later", "query": {"place": "attic", "weight": 3}},
        {"name": "LATER", "query": {"color": "red"}},
    ]});
    let body = service
        .json(&eve, "POST", "/api/import", file)
        .await
        .is(201)
        .body;
    assert_eq!((&body["filters"], &body["leftOut"]), (&json!(1), &json!(2)));
    assert_eq!(list(&eve).await[0]["query"], json!({}));
    for number in 0..99 {
        save(&service, &eve, &number.to_string(), json!({}))
            .await
            .is(201);
    }
    let file = json!({"format": "notes", "version": 1, "notes": [], "filters": [{"name": "too much", "query": {}}, {"name": "1", "query": {}}]});
    let refused = service.json(&eve, "POST", "/api/import", file).await;
    refused.problem(422, "validation_failed");
}
