//! Tests of recurring reminders: creating, firing, moving and ending over the API, and firing once across all processes.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use notes_service::clock;
use poem::http::StatusCode;
use serde_json::{Value, json};

use crate::accounts::execute;
use crate::support::{Answer, Person, Service, on_both_databases};

on_both_databases!(
    fires_recurring_reminder_and_sets_next_time,
    fires_missed_occurrences_once,
    fires_each_occurrence_once_with_two_replicas,
    moves_only_next_reminder_without_changing_series,
    ends_series_after_last_occurrence_or_null,
    rejects_series_without_occurrences,
    exports_and_imports_recurring_reminders,
    continues_series_fired_by_older_release,
);

fn text(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

async fn make(service: &Service, who: &Person, note: Value) -> Value {
    let made = service.json(who, "POST", "/api/notes", note).await;
    made.is(201).body
}

async fn read(service: &Service, who: &Person, note: &Value) -> Value {
    let path = format!("/api/notes/{}", note["id"].as_str().unwrap());
    service.send(who, "GET", &path).await.is(200).body
}

async fn change(service: &Service, who: &Person, note: &Value, change: Value) -> Answer {
    let path = format!("/api/notes/{}", note["id"].as_str().unwrap());
    let headers = [("if-match", "*")];
    service
        .request(Some(who), "PATCH", &path, &headers, Some(change))
        .await
}

/// Returns a time in the near past, in whole seconds.
fn due() -> DateTime<Utc> {
    let now = clock::now();
    DateTime::from_timestamp(now.timestamp() - 2, 0).unwrap()
}

async fn fires_recurring_reminder_and_sets_next_time(service: Service) {
    let ada = service.person("ada").await;
    let first = due();
    let series = json!({"rule": "freq=daily;interval=2", "timeZone": "UTC"});
    let note = json!({"title": "Water", "reminderAt": text(first), "recurrence": series});
    let note = make(&service, &ada, note).await;
    let start = first.format("%Y-%m-%dT%H:%M:%S").to_string();
    let kept = json!({"rule": "FREQ=DAILY;INTERVAL=2", "timeZone": "UTC", "start": start});
    assert_eq!(note["recurrence"], kept);
    assert_eq!(note["reminderAt"], text(first));
    let before = service.send(&ada, "GET", "/api/events").await.body;
    let store = &service.app.store;
    assert_eq!(store.fire_reminders().await.unwrap(), 1);
    assert_eq!(store.fire_reminders().await.unwrap(), 0, "{before}");
    let after = read(&service, &ada, &note).await;
    let next = first + TimeDelta::days(2);
    assert_eq!(after["reminderAt"], text(next));
    assert_eq!(after["recurrence"], kept);
    // What was read before is not this any more.
    assert_eq!(after["version"], 2);
    let changes = service.send(&ada, "GET", "/api/changes?since=1").await;
    assert_eq!(changes.body["notes"], json!([after]));
    // A device that was away is told of the time that was, not of the one to come.
    let headers = [("last-event-id", "1")];
    let heard = service
        .request(Some(&ada), "GET", "/api/events", &headers, None)
        .await;
    let heard = heard.body.as_str().unwrap().to_owned();
    assert!(heard.contains("event: reminder"), "{heard}");
    assert!(heard.contains(&text(first)), "{heard}");
    let listed = service.send(&ada, "GET", "/api/notes?sort=reminder").await;
    assert_eq!(listed.is(200).body["items"], json!([after]));
}

async fn fires_missed_occurrences_once(service: Service) {
    let ada = service.person("ada").await;
    let first = due() - TimeDelta::days(9);
    let series = json!({"rule": "FREQ=DAILY", "timeZone": "UTC"});
    let note = json!({"reminderAt": text(first), "recurrence": series});
    let note = make(&service, &ada, note).await;
    let store = &service.app.store;
    assert_eq!(store.fire_reminders().await.unwrap(), 1);
    assert_eq!(store.fire_reminders().await.unwrap(), 0);
    let after = read(&service, &ada, &note).await;
    assert_eq!(after["reminderAt"], text(first + TimeDelta::days(10)));
}

async fn fires_each_occurrence_once_with_two_replicas(service: Service) {
    let replica = service.replica();
    let ada = service.person("ada").await;
    let first = due();
    for number in 0..12 {
        let series = json!({"rule": "FREQ=WEEKLY", "timeZone": "Europe/Berlin"});
        let note =
            json!({"title": number.to_string(), "reminderAt": text(first), "recurrence": series});
        make(&service, &ada, note).await;
    }
    let (one, other) = (&service.app.store, &replica.app.store);
    let fired = tokio::join!(
        one.fire_reminders(),
        other.fire_reminders(),
        one.fire_reminders(),
        other.fire_reminders()
    );
    let fired = [fired.0, fired.1, fired.2, fired.3];
    let fired: u64 = fired.into_iter().map(Result::unwrap).sum();
    assert_eq!(fired, 12);
    let notes = service.send(&ada, "GET", "/api/notes").await.body;
    for note in notes["items"].as_array().unwrap() {
        assert_eq!(note["version"], 2);
        let next: DateTime<Utc> = note["reminderAt"].as_str().unwrap().parse().unwrap();
        let berlin = notes_service::domain::recurrence::find_zone("Europe/Berlin").unwrap();
        let local = |time: DateTime<Utc>| time.with_timezone(&berlin).naive_local();
        assert_eq!(local(next) - local(first), TimeDelta::weeks(1));
    }
}

async fn moves_only_next_reminder_without_changing_series(service: Service) {
    let ada = service.person("ada").await;
    let first = due();
    let series = json!({"rule": "FREQ=DAILY", "timeZone": "UTC"});
    let note = json!({"reminderAt": text(first), "recurrence": series});
    let note = make(&service, &ada, note).await;
    // Later today: a client that knows of no series does so.
    let later = clock::now() + TimeDelta::hours(1);
    let moved = change(&service, &ada, &note, json!({"reminderAt": text(later)})).await;
    let moved = moved.is(200).body;
    assert_eq!(moved["recurrence"], note["recurrence"]);
    let store = &service.app.store;
    assert_eq!(store.fire_reminders().await.unwrap(), 0);
    let past = "UPDATE notes SET reminder_at = $1";
    execute(
        &service,
        past,
        vec![(clock::now() - TimeDelta::minutes(1)).into()],
    )
    .await;
    assert_eq!(store.fire_reminders().await.unwrap(), 1);
    let after = read(&service, &ada, &note).await;
    assert_eq!(after["reminderAt"], text(first + TimeDelta::days(1)));
    // What says the same changes nothing, whenever it is said.
    let same = json!({"recurrence": after["recurrence"]});
    let same = change(&service, &ada, &note, same).await.is(200).body;
    assert_eq!(same, after);
    // Another series goes on from here.
    let series = json!({"rule": "FREQ=YEARLY", "timeZone": "UTC"});
    let other = json!({"recurrence": series});
    let other = change(&service, &ada, &note, other).await.is(200).body;
    assert_eq!(other["reminderAt"], after["reminderAt"]);
    assert_eq!(other["recurrence"]["rule"], "FREQ=YEARLY");
}

async fn ends_series_after_last_occurrence_or_null(service: Service) {
    let ada = service.person("ada").await;
    let first = due();
    let series = json!({"rule": "FREQ=DAILY;COUNT=1", "timeZone": "UTC"});
    let note = json!({"reminderAt": text(first), "recurrence": series});
    let note = make(&service, &ada, note).await;
    let store = &service.app.store;
    assert_eq!(store.fire_reminders().await.unwrap(), 1);
    assert_eq!(store.fire_reminders().await.unwrap(), 0);
    let after = read(&service, &ada, &note).await;
    assert_eq!(after["reminderAt"], text(first));
    assert!(after.get("recurrence").is_none(), "{after}");

    let series = json!({"rule": "FREQ=DAILY", "timeZone": "UTC", "start": "2026-01-01T09:30:00"});
    let again = change(&service, &ada, &note, json!({"recurrence": series})).await;
    let again = again.is(200).body;
    let next: DateTime<Utc> = again["reminderAt"].as_str().unwrap().parse().unwrap();
    assert!(next > clock::now());
    assert_eq!(next.format("%H:%M:%S").to_string(), "09:30:00");
    let last = change(&service, &ada, &note, json!({"recurrence": null})).await;
    let last = last.is(200).body;
    assert!(last.get("recurrence").is_none(), "{last}");
    assert_eq!(last["reminderAt"], again["reminderAt"]);
    // No time, no series.
    change(&service, &ada, &note, json!({"recurrence": series}))
        .await
        .is(200);
    let never = change(&service, &ada, &note, json!({"reminderAt": null})).await;
    let never = never.is(200).body;
    assert!(
        never.get("reminderAt").is_none() && never.get("recurrence").is_none(),
        "{never}"
    );
}

async fn rejects_series_without_occurrences(service: Service) {
    let ada = service.person("ada").await;
    let time = "2030-01-01T09:00:00Z";
    for (recurrence, field, code) in [
        (
            json!({"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "timeZone": "UTC"}),
            "/recurrence/rule",
            "never",
        ),
        (
            json!({"rule": "FREQ=DAILY;UNTIL=20200101", "timeZone": "UTC"}),
            "/recurrence/rule",
            "never",
        ),
        (
            json!({"rule": "FREQ=SECONDLY", "timeZone": "UTC"}),
            "/recurrence/rule",
            "rule",
        ),
        (
            json!({"rule": "FREQ=DAILY;BYHOUR=9", "timeZone": "UTC"}),
            "/recurrence/rule",
            "rule",
        ),
        (
            json!({"rule": "FREQ=DAILY", "timeZone": "Mars/Olympus"}),
            "/recurrence/timeZone",
            "time_zone",
        ),
        (
            json!({"rule": "FREQ=DAILY", "timeZone": "UTC", "start": "2026-02-30T09:00:00"}),
            "/recurrence/start",
            "local_time",
        ),
        (
            json!({"rule": "FREQ=DAILY", "timeZone": "UTC", "start": "1969-12-31T09:00:00"}),
            "/recurrence/start",
            "local_time",
        ),
    ] {
        let note = json!({"reminderAt": time, "recurrence": recurrence});
        let refused = service.json(&ada, "POST", "/api/notes", note).await;
        let refused = refused.problem(422, "validation_failed");
        let error = &refused.body["errors"][0];
        assert_eq!(
            (&error["field"], &error["code"]),
            (&json!(field), &json!(code)),
            "{recurrence}"
        );
    }
    for (note, code) in [
        (
            json!({"recurrence": {"rule": "FREQ=DAILY", "timeZone": "UTC"}}),
            "required",
        ),
        (
            json!({"recurrence": {"rule": "FREQ=DAILY;COUNT=2", "timeZone": "UTC", "start": "2020-01-01T09:00:00"}}),
            "over",
        ),
    ] {
        let refused = service.json(&ada, "POST", "/api/notes", note).await;
        let refused = refused.problem(422, "validation_failed");
        assert_eq!(refused.body["errors"][0]["code"], code);
    }
    let unknown = json!({"reminderAt": time, "recurrence": {"rule": "FREQ=DAILY", "timeZone": "UTC", "x": 1}});
    service
        .json(&ada, "POST", "/api/notes", unknown)
        .await
        .is(422);
}

async fn exports_and_imports_recurring_reminders(service: Service) {
    let (ada, eve) = (service.person("ada").await, service.person("eve").await);
    let series = json!({"rule": "FREQ=MONTHLY;BYDAY=-1FR", "timeZone": "America/New_York", "start": "2030-01-25T02:30:00"});
    let note = json!({"title": "Rent", "recurrence": series});
    let note = make(&service, &ada, note).await;
    for (format, kind) in [
        ("json", "application/json"),
        ("markdown", "application/zip"),
    ] {
        let path = format!("/api/export?format={format}");
        let mut exported = service
            .client
            .get(path)
            .header("cookie", &ada.cookie)
            .send()
            .await
            .0;
        let file = exported.take_body().into_vec().await.unwrap();
        let taken = service
            .client
            .post("/api/import")
            .header("cookie", &eve.cookie)
            .header("content-type", kind)
            .body(file)
            .send()
            .await;
        taken.assert_status(StatusCode::CREATED);
        let notes = service.send(&eve, "GET", "/api/notes").await.body;
        let read = &notes["items"][0];
        assert_eq!(read["recurrence"], series, "{format}");
        assert_eq!(read["reminderAt"], note["reminderAt"], "{format}");
        let gone = format!("/api/notes/{}", read["id"].as_str().unwrap());
        service.send(&eve, "DELETE", &gone).await.is(200);
        service
            .send(&eve, "DELETE", &format!("{gone}/permanent"))
            .await;
        service
            .request(
                Some(&eve),
                "DELETE",
                &format!("{gone}/permanent"),
                &[("if-match", "*")],
                None,
            )
            .await;
    }
    // A series whose last time was missed elsewhere goes on with the next.
    let old = json!({"format": "notes", "version": 1, "notes": [{
        "title": "Old", "reminderAt": "2020-01-01T09:00:00Z",
        "recurrence": {"rule": "FREQ=DAILY", "timeZone": "UTC", "start": "2020-01-01T09:00:00"}}]});
    service.json(&eve, "POST", "/api/import", old).await.is(201);
    let notes = service.send(&eve, "GET", "/api/notes").await.body;
    let next: DateTime<Utc> = notes["items"][0]["reminderAt"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!(next > clock::now());
    assert_eq!(service.app.store.fire_reminders().await.unwrap(), 0);
}

async fn continues_series_fired_by_older_release(service: Service) {
    let ada = service.person("ada").await;
    let first = due();
    let series = json!({"rule": "FREQ=DAILY", "timeZone": "UTC"});
    let note = json!({"reminderAt": text(first), "recurrence": series});
    let note = make(&service, &ada, note).await;
    let store = &service.app.store;
    assert_eq!(store.resume_series().await.unwrap(), 0);
    // What it does: it knows of no series.
    let now = clock::now();
    execute(
        &service,
        "UPDATE notes SET reminder_fired_at = $1, reminder_fired_seq = 2",
        vec![now.into()],
    )
    .await;
    assert_eq!(store.fire_reminders().await.unwrap(), 0);
    assert_eq!(store.resume_series().await.unwrap(), 1);
    assert_eq!(store.fire_reminders().await.unwrap(), 1);
    let after = read(&service, &ada, &note).await;
    assert_eq!(after["reminderAt"], text(first + TimeDelta::days(1)));
}
