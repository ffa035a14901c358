//! Tests of reminders to browsers and mail addresses while no page is open.

use chrono::{SecondsFormat, TimeDelta};
use notes_service::clock;
use notes_service::config::Config;
use notes_service::delivery::Deliverer;
use notes_service::outbound;
use notes_service::push::Pusher;
use notes_service::store::deliveries::ATTEMPTS;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::accounts::{execute, rows};
use crate::support::push_service::{Browser, Receiver};
use crate::support::smtp::Sink;
use crate::support::{PASSWORD, Person, Service, on_both_databases};

on_both_databases!(
    sends_encrypted_reminder_to_own_browser_only,
    skips_push_while_a_page_is_open,
    sends_push_after_page_is_closed,
    retries_failed_push_within_limits,
    removes_subscription_of_gone_browser,
    does_not_retry_rejected_push,
    removes_push_subscription_with_its_session,
    delivers_each_reminder_once_with_two_replicas,
    limits_concurrent_deliveries_per_user,
    retries_lost_delivery_in_another_process,
    moves_push_subscription_to_current_user,
    rejects_invalid_push_endpoints,
    applies_reminder_settings_to_messages,
    reports_push_off_without_push,
    shares_one_push_key_between_processes,
    sends_reminder_mails_until_unsubscribed,
    sends_no_reminder_mail_to_unverified_address,
);

/// Returns the service with push messages to a receiver on this machine.
async fn pushing(service: Service) -> (Service, Receiver) {
    let receiver = Receiver::start().await;
    let variables = [
        ("PUBLIC_URL", "https://notes.example.com"),
        ("OUTBOUND_ALLOWED", "127.0.0.0/8"),
        ("OUTBOUND_HTTP", "true"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let mut settings = service.app.settings.clone();
    settings.push = Config::from_variables(&variables.into()).unwrap().http.push;
    assert!(settings.push.is_some());
    (service.with(settings), receiver)
}

fn deliverer(service: &Service) -> Deliverer {
    let settings = &service.app.settings;
    Deliverer::new(
        service.app.store.clone(),
        settings.push.clone(),
        settings.mail.clone(),
    )
}

async fn subscribe(service: &Service, who: &Person, browser: &Browser) -> Value {
    let body = browser.subscription.clone();
    let made = service.json(who, "POST", "/api/push/subscriptions", body);
    made.await.is(201).body
}

/// Creates a note whose reminder has just fired, and returns it.
async fn fired(service: &Service, who: &Person, title: &str) -> Value {
    let at = clock::now() - TimeDelta::seconds(1);
    let at = at.to_rfc3339_opts(SecondsFormat::Micros, true);
    let note = json!({"title": title, "reminderAt": at});
    let made = service.json(who, "POST", "/api/notes", note).await.is(201);
    assert_eq!(service.app.store.fire_reminders().await.unwrap(), 1);
    made.body
}

async fn number(service: &Service, sql: &str) -> i64 {
    let db = service.app.store.db();
    let asked = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(asked).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

/// Moves the times of all deliveries into the past, as if this time had passed.
async fn pass(service: &Service, time: TimeDelta) {
    let db = service.app.store.db();
    let asked = "SELECT id, fired_at, due_at FROM deliveries";
    let asked = Statement::from_string(db.get_database_backend(), asked);
    for row in db.query_all_raw(asked).await.unwrap() {
        let id: uuid::Uuid = row.try_get_by_index(0).unwrap();
        let before = |column| -> sea_orm::Value {
            let at: chrono::DateTime<chrono::Utc> = row.try_get_by_index(column).unwrap();
            (at - time).into()
        };
        let sql = "UPDATE deliveries SET fired_at = $1, due_at = $2 WHERE id = $3";
        execute(service, sql, vec![before(1), before(2), id.into()]).await;
    }
}

async fn sends_encrypted_reminder_to_own_browser_only(service: Service) {
    let (service, mut receiver) = pushing(service).await;
    let (ada, eve) = (service.person("ada").await, service.person("eve").await);
    let browser = Browser::new(&receiver, "/send/of-ada?x=1");
    let made = subscribe(&service, &ada, &browser).await;
    assert_eq!(made["current"], true);
    assert_eq!(made.get("endpoint"), None, "it is a secret");
    let of_eve = Browser::new(&receiver, "/send/of-eve");
    subscribe(&service, &eve, &of_eve).await;
    // Sent again, it changes nothing.
    assert_eq!(subscribe(&service, &ada, &browser).await, made);

    let note = fired(&service, &ada, "Call \u{1f994} the vet").await;
    let deliverer = deliverer(&service);
    assert_eq!(deliverer.deliver_due().await.unwrap(), 1);
    assert_eq!(deliverer.deliver_due().await.unwrap(), 0);
    let request = receiver.next().await;
    assert_eq!(request.path, "/send/of-ada?x=1");
    let expected = json!({
        "type": "reminder", "noteId": note["id"], "title": "Call \u{1f994} the vet", "reminderAt": note["reminderAt"],
    });
    assert_eq!(browser.read(&request.body), expected);
    assert_eq!(request.headers["content-encoding"], "aes128gcm");
    assert_eq!(request.headers["urgency"], "high");
    let lifetime: u64 = request.headers["ttl"].parse().unwrap();
    assert!((43_100..=43_200).contains(&lifetime), "{lifetime}");
    let topic = &request.headers["topic"];
    assert_eq!(topic.len(), 22);
    let key = service.send(&ada, "GET", "/api/push/key").await.is(200);
    let key = format!("k={}", key.body["publicKey"].as_str().unwrap());
    let authorization = &request.headers["authorization"];
    assert!(
        authorization.starts_with("vapid t=") && authorization.ends_with(&key),
        "{authorization}"
    );
    let all = format!("{:?}", request.headers);
    assert!(!all.contains("vet") && !all.contains(note["id"].as_str().unwrap()));
    assert!(receiver.others().is_empty());
    assert_eq!(rows(&service, "deliveries").await, 0);
    let listed = service.send(&ada, "GET", "/api/push/subscriptions").await;
    let listed = listed.is(200).body;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    assert_eq!(listed["items"][0]["id"], made["id"]);
    assert!(listed["items"][0]["deliveredAt"].is_string());

    // A later reminder of the note takes the place of the one before.
    let path = format!("/api/notes/{}", note["id"].as_str().unwrap());
    let again = json!({"reminderAt": clock::now().to_rfc3339()});
    let headers = [("if-match", "*")];
    let changed = service.request(Some(&ada), "PATCH", &path, &headers, Some(again));
    changed.await.is(200);
    assert_eq!(service.app.store.fire_reminders().await.unwrap(), 1);
    assert_eq!(deliverer.deliver_due().await.unwrap(), 1);
    assert_eq!(&receiver.next().await.headers["topic"], topic);
    // Removed, it is told nothing more.
    let path = format!("/api/push/subscriptions/{}", made["id"].as_str().unwrap());
    service
        .send(&eve, "DELETE", &path)
        .await
        .problem(404, "not_found");
    service.send(&ada, "DELETE", &path).await.is(204);
    fired(&service, &ada, "Nobody hears this").await;
    assert_eq!(deliverer.deliver_due().await.unwrap(), 0);
    assert!(receiver.others().is_empty());
}

async fn skips_push_while_a_page_is_open(service: Service) {
    let (service, mut receiver) = pushing(service).await;
    let replica = service.replica();
    let ada = service.person("ada").await;
    subscribe(&service, &ada, &Browser::new(&receiver, "/ada")).await;
    let page = replica
        .client
        .get("/api/events")
        .header("cookie", &ada.cookie);
    let page = page.send().await;
    let (here, there) = (&service.app.store, &replica.app.store);
    here.write_listeners().await.unwrap();
    there.write_listeners().await.unwrap();
    assert_eq!(rows(&service, "listeners").await, 1);
    fired(&service, &ada, "Seen").await;
    let deliverer = deliverer(&service);
    // Whether the page is still open is not known yet.
    assert_eq!(deliverer.deliver_due().await.unwrap(), 0);
    assert_eq!(rows(&service, "deliveries").await, 1);
    pass(&service, TimeDelta::seconds(31)).await;
    there.write_listeners().await.unwrap();
    assert_eq!(deliverer.deliver_due().await.unwrap(), 1);
    assert_eq!(rows(&service, "deliveries").await, 0);
    assert!(receiver.others().is_empty());
    // Who wants all gets all.
    let always = json!({"push": "always"});
    let path = "/api/me/reminders";
    service.json(&ada, "PATCH", path, always).await.is(200);
    fired(&service, &ada, "Both").await;
    assert_eq!(deliverer.deliver_due().await.unwrap(), 1);
    receiver.next().await;
    drop(page);
}

async fn sends_push_after_page_is_closed(service: Service) {
    let (service, mut receiver) = pushing(service).await;
    let replica = service.replica();
    let ada = service.person("ada").await;
    subscribe(&service, &ada, &Browser::new(&receiver, "/ada")).await;
    let page = replica
        .client
        .get("/api/events")
        .header("cookie", &ada.cookie);
    let page = page.send().await;
    replica.app.store.write_listeners().await.unwrap();
    let deliverer = deliverer(&service);
    // Its process writes no more.
    fired(&service, &ada, "The process has died").await;
    assert_eq!(deliverer.deliver_due().await.unwrap(), 0);
    pass(&service, TimeDelta::seconds(31)).await;
    let past = clock::now() - TimeDelta::seconds(40);
    execute(
        &service,
        "UPDATE listeners SET seen_at = $1",
        vec![past.into()],
    )
    .await;
    assert_eq!(deliverer.deliver_due().await.unwrap(), 1);
    receiver.next().await;
    // Its process writes that nobody listens.
    replica.app.store.write_listeners().await.unwrap();
    drop(page);
    replica.app.store.write_listeners().await.unwrap();
    assert_eq!(rows(&service, "listeners").await, 0);
    fired(&service, &ada, "The page was closed").await;
    assert_eq!(deliverer.deliver_due().await.unwrap(), 1);
    receiver.next().await;
    assert!(receiver.others().is_empty());
}

async fn retries_failed_push_within_limits(service: Service) {
    let (service, mut receiver) = pushing(service).await;
    let ada = service.person("ada").await;
    subscribe(&service, &ada, &Browser::new(&receiver, "/ada")).await;
    let deliverer = deliverer(&service);
    receiver.answer(&["503 Later\r\nretry-after: 600", "429 Slowly"]);
    fired(&service, &ada, "Patience").await;
    assert_eq!(deliverer.deliver_due().await.unwrap(), 1);
    assert_eq!(deliverer.deliver_due().await.unwrap(), 0, "not at once");
    pass(&service, TimeDelta::seconds(590)).await;
    assert_eq!(
        deliverer.deliver_due().await.unwrap(),
        0,
        "the service said when"
    );
    pass(&service, TimeDelta::seconds(20)).await;
    assert_eq!(deliverer.deliver_due().await.unwrap(), 1);
    pass(&service, TimeDelta::minutes(2)).await;
    assert_eq!(deliverer.deliver_due().await.unwrap(), 1);
    assert_eq!(receiver.others().len(), 3);
    assert_eq!(rows(&service, "deliveries").await, 0, "the third was taken");

    // Never taken: so many attempts, and no more. No redirect is followed.
    fired(&service, &ada, "In vain").await;
    for attempt in 1..=ATTEMPTS {
        receiver.answer(&["500 Broken"]);
        assert_eq!(deliverer.deliver_due().await.unwrap(), 1, "{attempt}");
        // As much as each pause is, and the reminder gets no older.
        let now = clock::now() - TimeDelta::seconds(1);
        execute(
            &service,
            "UPDATE deliveries SET due_at = $1",
            vec![now.into()],
        )
        .await;
    }
    assert_eq!(rows(&service, "deliveries").await, 0);
    assert_eq!(receiver.others().len(), usize::try_from(ATTEMPTS).unwrap());
    // Nor what has become too old.
    receiver.answer(&["500 Broken"]);
    fired(&service, &ada, "Too late").await;
    assert_eq!(deliverer.deliver_due().await.unwrap(), 1);
    pass(&service, TimeDelta::hours(13)).await;
    assert_eq!(deliverer.deliver_due().await.unwrap(), 1);
    assert_eq!(rows(&service, "deliveries").await, 0);
    assert_eq!(receiver.others().len(), 1);
}

async fn removes_subscription_of_gone_browser(service: Service) {
    let (service, mut receiver) = pushing(service).await;
    let ada = service.person("ada").await;
    for gone in ["404 Not Found", "410 Gone"] {
        subscribe(&service, &ada, &Browser::new(&receiver, "/ada")).await;
        receiver.answer(&[gone]);
        fired(&service, &ada, gone).await;
        assert_eq!(deliverer(&service).deliver_due().await.unwrap(), 1);
        assert_eq!(rows(&service, "push_subscriptions").await, 0, "{gone}");
        assert_eq!(rows(&service, "deliveries").await, 0, "{gone}");
    }
    assert_eq!(receiver.others().len(), 2);
}

async fn does_not_retry_rejected_push(service: Service) {
    let (service, mut receiver) = pushing(service).await;
    let ada = service.person("ada").await;
    subscribe(&service, &ada, &Browser::new(&receiver, "/ada")).await;
    for refused in [
        "400 Bad Request",
        "403 Forbidden",
        "413 Too Large",
        "302 Found\r\nlocation: /elsewhere",
    ] {
        receiver.answer(&[refused]);
        fired(&service, &ada, refused).await;
        assert_eq!(deliverer(&service).deliver_due().await.unwrap(), 1);
        assert_eq!(rows(&service, "deliveries").await, 0, "{refused}");
        assert_eq!(receiver.others().len(), 1, "{refused}");
    }
    assert_eq!(rows(&service, "push_subscriptions").await, 1);
}

async fn removes_push_subscription_with_its_session(service: Service) {
    let (service, mut receiver) = pushing(service).await;
    // By signing out, with what is on its way.
    let ada = service.person("ada").await;
    subscribe(&service, &ada, &Browser::new(&receiver, "/1")).await;
    fired(&service, &ada, "Too late").await;
    assert_eq!(rows(&service, "deliveries").await, 1);
    service.send(&ada, "POST", "/api/auth/logout").await.is(204);
    assert_eq!(rows(&service, "push_subscriptions").await, 0);
    assert_eq!(rows(&service, "deliveries").await, 0);
    // By its own end, before the row is gone.
    let eve = service.person("eve").await;
    subscribe(&service, &eve, &Browser::new(&receiver, "/2")).await;
    fired(&service, &eve, "Also").await;
    let past = clock::now() - TimeDelta::seconds(1);
    execute(
        &service,
        "UPDATE sessions SET expires_at = $1",
        vec![past.into()],
    )
    .await;
    assert_eq!(deliverer(&service).deliver_due().await.unwrap(), 1);
    assert_eq!(service.app.store.remove_ended_sessions().await.unwrap(), 1);
    assert_eq!(rows(&service, "push_subscriptions").await, 0);
    // With the account: disabled by an operator, or deleted.
    let dan = service.person("dan").await;
    subscribe(&service, &dan, &Browser::new(&receiver, "/3")).await;
    fired(&service, &dan, "Also").await;
    let store = &service.app.store;
    let account = store.find_account("dan").await.unwrap();
    store.disable_account(&account).await.unwrap();
    assert_eq!(deliverer(&service).deliver_due().await.unwrap(), 0);
    assert_eq!(rows(&service, "push_subscriptions").await, 0);
    let joe = service.person("joe").await;
    subscribe(&service, &joe, &Browser::new(&receiver, "/4")).await;
    let path = "/api/me/reminders";
    service
        .json(&joe, "PATCH", path, json!({"showTitle": false}))
        .await
        .is(200);
    fired(&service, &joe, "Also").await;
    let farewell = json!({"currentPassword": PASSWORD});
    service
        .json(&joe, "DELETE", "/api/me", farewell)
        .await
        .is(204);
    for table in ["push_subscriptions", "deliveries", "reminder_settings"] {
        assert_eq!(rows(&service, table).await, 0, "{table}");
    }
    assert!(receiver.others().is_empty());
}

async fn delivers_each_reminder_once_with_two_replicas(service: Service) {
    let (service, mut receiver) = pushing(service).await;
    let mut browsers = Vec::new();
    for number in 0..4 {
        let who = service.person(&format!("user-{number}")).await;
        let browser = Browser::new(&receiver, &format!("/{number}"));
        subscribe(&service, &who, &browser).await;
        browsers.push(browser);
        for reminder in 0..8 {
            fired(&service, &who, &format!("{number}.{reminder}")).await;
        }
    }
    let replica = service.replica().with(service.app.settings.clone());
    let (one, other) = (deliverer(&service), deliverer(&replica));
    let done = tokio::join!(
        one.deliver_due(),
        other.deliver_due(),
        one.deliver_due(),
        other.deliver_due()
    );
    let done = [done.0, done.1, done.2, done.3];
    let done: u64 = done.into_iter().map(Result::unwrap).sum();
    assert_eq!(done, 32);
    let mut titles: Vec<String> = receiver
        .others()
        .iter()
        .map(|request| {
            let number: usize = request.path[1..].parse().unwrap();
            let text = browsers[number].read(&request.body);
            text["title"].as_str().unwrap().to_owned()
        })
        .collect();
    titles.sort();
    let expected: Vec<String> = (0..4)
        .flat_map(|number| (0..8).map(move |reminder| format!("{number}.{reminder}")))
        .collect();
    assert_eq!(titles, expected);
    assert_eq!(rows(&service, "deliveries").await, 0);
}

async fn limits_concurrent_deliveries_per_user(service: Service) {
    let (service, receiver) = pushing(service).await;
    let ada = service.person("ada").await;
    subscribe(&service, &ada, &Browser::new(&receiver, "/ada")).await;
    for number in 0..5 {
        fired(&service, &ada, &number.to_string()).await;
    }
    let eve = service.person("eve").await;
    subscribe(&service, &eve, &Browser::new(&receiver, "/eve")).await;
    fired(&service, &eve, "eve").await;
    let store = &service.app.store;
    let claims = store.claim_deliveries(16, &[]).await.unwrap();
    let of_ada = service.owner_of("ada").await;
    let busy = claims.iter().filter(|claim| claim.user == of_ada).count();
    assert_eq!((claims.len(), busy), (3, 2), "two of one user at a time");
    // While these are under way, no more of this user.
    let more = store.claim_deliveries(16, &[of_ada]).await.unwrap();
    assert!(more.is_empty(), "{more:?}");
    // A destination that does not answer is not asked for each reminder.
    let late = clock::now() + TimeDelta::minutes(5);
    let one = claims.iter().find(|claim| claim.user == of_ada).unwrap();
    store.postpone_delivery(one, late).await.unwrap();
    let waiting = "SELECT count(*) FROM deliveries WHERE attempts = 0";
    assert_eq!(number(&service, waiting).await, 3);
    let more = store.claim_deliveries(16, &[]).await.unwrap();
    assert!(more.is_empty(), "{more:?}");
}

async fn retries_lost_delivery_in_another_process(service: Service) {
    let (service, mut receiver) = pushing(service).await;
    let ada = service.person("ada").await;
    subscribe(&service, &ada, &Browser::new(&receiver, "/ada")).await;
    fired(&service, &ada, "Lost").await;
    let claims = service.app.store.claim_deliveries(1, &[]).await.unwrap();
    assert_eq!(claims.len(), 1);
    let replica = service.replica().with(service.app.settings.clone());
    assert_eq!(deliverer(&replica).deliver_due().await.unwrap(), 0);
    pass(&service, TimeDelta::minutes(3)).await;
    assert_eq!(deliverer(&replica).deliver_due().await.unwrap(), 1);
    receiver.next().await;
}

async fn moves_push_subscription_to_current_user(service: Service) {
    let (service, mut receiver) = pushing(service).await;
    let (ada, eve) = (service.person("ada").await, service.person("eve").await);
    let browser = Browser::new(&receiver, "/shared");
    subscribe(&service, &ada, &browser).await;
    // Who knows the address only changes nothing.
    let mut stolen = Browser::new(&receiver, "/shared");
    stolen.subscription["endpoint"] = browser.subscription["endpoint"].clone();
    subscribe(&service, &eve, &stolen).await;
    assert_eq!(rows(&service, "push_subscriptions").await, 2);
    subscribe(&service, &eve, &browser).await;
    assert_eq!(rows(&service, "push_subscriptions").await, 1);
    fired(&service, &ada, "For ada only").await;
    assert_eq!(deliverer(&service).deliver_due().await.unwrap(), 0);
    assert!(receiver.others().is_empty());
}

async fn rejects_invalid_push_endpoints(service: Service) {
    let receiver = Receiver::start().await;
    let mut settings = service.app.settings.clone();
    let client = outbound::Client::new(outbound::Settings::default()).unwrap();
    settings.push = Some(Pusher::new(client, "https://notes.example.com"));
    let service = service.with(settings);
    let ada = service.person("ada").await;
    let browser = Browser::new(&receiver, "/x");
    let ask = async |endpoint: &str, change: Value| {
        let mut body = browser.subscription.clone();
        body["endpoint"] = endpoint.into();
        for (name, value) in change.as_object().unwrap() {
            body["keys"][name] = value.clone();
        }
        service
            .json(&ada, "POST", "/api/push/subscriptions", body)
            .await
    };
    for endpoint in [
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://10.1.2.3/x",
        "https://169.254.169.254/latest/meta-data",
        "https://0x7f.1/x",
        "https://user@push.example.net/x",
        "http://push.example.net/x",
        "https://push.example.net:22/x",
        "ftp://push.example.net/x",
        "push.example.net",
    ] {
        let refused = ask(endpoint, json!({}))
            .await
            .problem(422, "validation_failed");
        assert_eq!(
            refused.body["errors"][0]["field"], "/endpoint",
            "{endpoint}"
        );
    }
    let good = "https://push.example.net/x";
    let zero = "A".repeat(87);
    for (keys, field) in [
        (json!({"p256dh": zero}), "/keys/p256dh"),
        (
            json!({"p256dh": format!("B{}", &zero[1..])}),
            "/keys/p256dh",
        ),
        (json!({"p256dh": "ä".repeat(87)}), "/keys/p256dh"),
        (json!({"auth": "A".repeat(24)}), "/keys/auth"),
        (json!({"auth": "!".repeat(22)}), "/keys/auth"),
    ] {
        let refused = ask(good, keys.clone())
            .await
            .problem(422, "validation_failed");
        assert_eq!(refused.body["errors"][0]["field"], field, "{keys}");
    }
    assert_eq!(rows(&service, "push_subscriptions").await, 0);
    ask(good, json!({})).await.is(201);
    // A name that leads to a private address is not asked, and nothing is lost: the address is looked at when it is called.
    execute(
        &service,
        "UPDATE push_subscriptions SET endpoint = $1",
        vec!["https://localhost/x".into()],
    )
    .await;
    fired(&service, &ada, "x").await;
    assert_eq!(deliverer(&service).deliver_due().await.unwrap(), 1);
    assert_eq!(rows(&service, "deliveries").await, 1);
}

async fn applies_reminder_settings_to_messages(service: Service) {
    let (service, mut receiver) = pushing(service).await;
    let ada = service.person("ada").await;
    let browser = Browser::new(&receiver, "/ada");
    subscribe(&service, &ada, &browser).await;
    let path = "/api/me/reminders";
    let read = service.send(&ada, "GET", path).await.is(200);
    assert_eq!(
        read.body,
        json!({"push": "away", "email": "off", "showTitle": true})
    );
    let hidden = json!({"showTitle": false});
    let set = service.json(&ada, "PATCH", path, hidden).await.is(200);
    assert_eq!(
        set.body,
        json!({"push": "away", "email": "off", "showTitle": false})
    );
    fired(&service, &ada, "Nobody's business").await;
    assert_eq!(deliverer(&service).deliver_due().await.unwrap(), 1);
    let text = browser.read(&receiver.next().await.body);
    assert_eq!(text.get("title"), None);
    assert!(text["noteId"].is_string());
    // Off, also for what is on its way; and a note in the trash reminds nobody.
    fired(&service, &ada, "On its way").await;
    service
        .json(&ada, "PATCH", path, json!({"push": "off"}))
        .await
        .is(200);
    assert_eq!(deliverer(&service).deliver_due().await.unwrap(), 1);
    fired(&service, &ada, "Not written").await;
    assert_eq!(rows(&service, "deliveries").await, 0);
    service
        .json(&ada, "PATCH", path, json!({"push": "away"}))
        .await
        .is(200);
    let trashed = fired(&service, &ada, "Thrown away").await;
    let path = format!("/api/notes/{}", trashed["id"].as_str().unwrap());
    service.send(&ada, "DELETE", &path).await.is(200);
    assert_eq!(deliverer(&service).deliver_due().await.unwrap(), 1);
    assert!(receiver.others().is_empty());
}

async fn reports_push_off_without_push(service: Service) {
    let receiver = Receiver::start().await;
    let ada = service.person("ada").await;
    service
        .send(&ada, "GET", "/api/push/key")
        .await
        .problem(409, "push_off");
    let body = Browser::new(&receiver, "/x").subscription;
    let refused = service.json(&ada, "POST", "/api/push/subscriptions", body);
    refused.await.problem(409, "push_off");
}

async fn shares_one_push_key_between_processes(service: Service) {
    let replica = service.replica();
    let (one, other) = (&service.app.store, &replica.app.store);
    let keys = tokio::join!(
        one.push_key(),
        other.push_key(),
        one.push_key(),
        other.push_key()
    );
    let key = keys.0.unwrap().public_key();
    for same in [keys.1, keys.2, keys.3] {
        assert_eq!(same.unwrap().public_key(), key);
    }
    let (service, receiver) = pushing(service).await;
    let ada = service.person("ada").await;
    subscribe(&service, &ada, &Browser::new(&receiver, "/ada")).await;
    let store = &service.app.store;
    assert_eq!(store.replace_push_key().await.unwrap(), 1);
    assert_ne!(store.push_key().await.unwrap().public_key(), key);
    assert_eq!(rows(&service, "push_subscriptions").await, 0);
}

async fn with_mail(service: Service) -> (Service, Sink) {
    let sink = Sink::start().await;
    let mut settings = service.app.settings.clone();
    let variables = [
        ("SMTP_HOST", "127.0.0.1"),
        ("SMTP_PORT", &sink.port.to_string()),
        ("SMTP_TLS", "off"),
        ("SMTP_USERNAME", "user"),
        ("SMTP_PASSWORD", "hunter2"),
        ("MAIL_FROM", "Notes <notes@example.com>"),
        ("PUBLIC_URL", "https://notes.example.com"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    settings.mail = Config::from_variables(&variables.into()).unwrap().http.mail;
    (service.with(settings), sink)
}

async fn sends_reminder_mails_until_unsubscribed(service: Service) {
    let (service, mut sink) = with_mail(service).await;
    let ada = service.person("ada").await;
    let now = clock::now();
    execute(
        &service,
        "UPDATE users SET email_verified_at = $1",
        vec![now.into()],
    )
    .await;
    let path = "/api/me/reminders";
    let set = json!({"email": "away"});
    service.json(&ada, "PATCH", path, set).await.is(200);
    let note = fired(&service, &ada, "Call the vet\r\nBcc: eve@example.com").await;
    assert_eq!(deliverer(&service).deliver_due().await.unwrap(), 1);
    let mail = sink.next().await;
    assert_eq!(mail.to, "ada@example.com");
    let data = mail.data.replace("=\r\n", "").replace("=3D", "=");
    assert!(data.contains("Subject: Reminder: Call the vet"), "{data}");
    assert!(!data.contains("\nBcc:"), "{data}");
    let link = format!(
        "https://notes.example.com/?note={}",
        note["id"].as_str().unwrap()
    );
    assert!(data.contains(&link), "{data}");
    assert!(
        data.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"),
        "{data}"
    );
    let token = mail.token("unsubscribe");
    let folded = mail.data.replace("\r\n ", "");
    let one_click = format!("https://notes.example.com/api/unsubscribe/{token}");
    assert!(folded.contains(&format!("<{one_click}>")), "{folded}");

    // A guess ends nothing; the link does, for whoever has it, as often as it is used.
    let ask = async |token: &str| {
        let path = format!("/api/unsubscribe/{token}");
        let form = service.client.post(path);
        let form = form.header("content-type", "application/x-www-form-urlencoded");
        form.body("List-Unsubscribe=One-Click")
            .send()
            .await
            .0
            .status()
            .as_u16()
    };
    for guess in ["x", &"A".repeat(43)] {
        assert_eq!(ask(guess).await, 404, "{guess}");
    }
    assert_eq!(service.send(&ada, "GET", path).await.body["email"], "away");
    assert_eq!((ask(&token).await, ask(&token).await), (204, 204));
    assert_eq!(service.send(&ada, "GET", path).await.body["email"], "off");
    fired(&service, &ada, "Not by mail").await;
    assert_eq!(deliverer(&service).deliver_due().await.unwrap(), 0);

    // Without titles, and an address that the server does not take.
    let set = json!({"email": "always", "showTitle": false});
    service.json(&ada, "PATCH", path, set).await.is(200);
    fired(&service, &ada, "Nobody's business").await;
    assert_eq!(deliverer(&service).deliver_due().await.unwrap(), 1);
    let mail = sink.next().await;
    assert!(!mail.data.contains("business"), "{}", mail.data);
    assert_eq!(
        mail.token("unsubscribe"),
        token,
        "older mails end these too"
    );
    let nobody = "nobody@example.com".into();
    execute(&service, "UPDATE users SET email = $1", vec![nobody]).await;
    fired(&service, &ada, "x").await;
    assert_eq!(deliverer(&service).deliver_due().await.unwrap(), 1);
    assert_eq!(rows(&service, "deliveries").await, 0);
}

async fn sends_no_reminder_mail_to_unverified_address(service: Service) {
    let ada = service.person("ada").await;
    let path = "/api/me/reminders";
    let set = json!({"email": "always"});
    let refused = service.json(&ada, "PATCH", path, set.clone()).await;
    refused.problem(409, "mail_off");
    let (service, mut sink) = with_mail(service).await;
    let refused = service.json(&ada, "PATCH", path, set.clone()).await;
    refused.problem(409, "conflict");
    let now = clock::now();
    execute(
        &service,
        "UPDATE users SET email_verified_at = $1",
        vec![now.into()],
    )
    .await;
    service.json(&ada, "PATCH", path, set).await.is(200);
    // Another address since.
    execute(
        &service,
        "UPDATE users SET email_verified_at = NULL",
        Vec::new(),
    )
    .await;
    fired(&service, &ada, "x").await;
    assert_eq!(deliverer(&service).deliver_due().await.unwrap(), 1);
    assert_eq!(rows(&service, "deliveries").await, 0);
    assert!(sink.is_silent().await);
}
