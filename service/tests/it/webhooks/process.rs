//! Tests of webhooks with the program as a process: killed while sending, and with a proxy in its environment.

use std::time::Duration;

use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

use crate::support::process::Process;
use crate::support::receiver::{Manner, Receiver};
use crate::support::wire::{Wire, register};
use crate::support::{Site, on_both_databases};

on_both_databases!(
    Site: redelivers_event_of_killed_process,
);

async fn redelivers_event_of_killed_process(site: Site) {
    let mut receiver = Receiver::start().await;
    // Whoever asks it has used a proxy.
    let mut proxy = Receiver::start().await;
    let proxy_url = proxy.url();
    let variables = [
        ("DATABASE_URL", site.url.as_str()),
        ("OUTBOUND_ALLOWED", "127.0.0.0/8"),
        ("OUTBOUND_HTTP", "true"),
        ("HTTP_PROXY", &proxy_url),
        ("HTTPS_PROXY", &proxy_url),
        ("http_proxy", &proxy_url),
        ("ALL_PROXY", &proxy_url),
    ];
    let migrated = crate::support::process::run(&["migrate", "up"], &variables);
    assert_eq!(migrated.code, Some(0), "{migrated:?}");
    let mut first = Process::start(&variables);
    let address = first.address().await;
    let cookie = register(address).await;
    let mut wire = Wire::connect(address).await.unwrap();
    let hook = json!({"url": receiver.url(), "events": ["note.created"]});
    let made = wire
        .ask("POST", "/api/webhooks", &cookie, Some(&hook))
        .await
        .unwrap();
    assert_eq!(made.status, 201, "{}", String::from_utf8_lossy(&made.body));
    receiver.then([Manner::Silence]);
    let note = json!({"title": "once"});
    let made = wire
        .ask("POST", "/api/notes", &cookie, Some(&note))
        .await
        .unwrap();
    assert_eq!(made.status, 201);
    let lost = receiver.next().await;
    // Nothing secret of a webhook is logged.
    let logged = first.lines().concat();
    assert!(!logged.contains("quicksilver") && !logged.contains("whsec_"));
    // SIGKILL.
    drop(first);

    let mut second = Process::start(&variables);
    second.address().await;
    // The claim of the first still holds.
    receiver
        .expect_no_request(Duration::from_millis(1_500))
        .await;
    let db = site.open().await;
    let sql = "UPDATE webhooks SET due_at = $1 WHERE due_at > $1";
    let now = notes_service::clock::now();
    let ended = Statement::from_sql_and_values(db.get_database_backend(), sql, [now.into()]);
    assert_eq!(db.execute_raw(ended).await.unwrap().rows_affected(), 1);
    let again = receiver.next().await;
    assert_eq!(again.body, lost.body);
    assert_eq!(again.header("webhook-id"), lost.header("webhook-id"));
    receiver
        .expect_no_request(Duration::from_millis(1_500))
        .await;
    proxy.expect_no_request(Duration::from_millis(1)).await;
}
