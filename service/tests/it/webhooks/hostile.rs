//! Tests with malicious receivers, and with addresses that must not be called.

use std::time::{Duration, Instant};

use serde_json::json;

use super::{EVENTS, Hook, Sending, note};
use crate::support::receiver::{Manner, Receiver};
use crate::support::{Service, on_both_databases};

on_both_databases!(
    rejects_webhook_urls_with_private_addresses,
    handles_redirects_and_slow_receivers_safely,
    delivers_to_others_despite_slow_receivers,
);

async fn rejects_webhook_urls_with_private_addresses(service: Service) {
    let ada = service.person("ada").await;
    let receiver = Receiver::start().await;
    let hook = Hook::make(&service, &ada, &receiver, &EVENTS).await;
    for (url, code) in [
        (
            "https://169.254.169.254/latest/meta-data",
            "address_not_allowed",
        ),
        ("https://10.0.0.1/", "address_not_allowed"),
        ("https://[::ffff:169.254.169.254]/", "address_not_allowed"),
        ("https://0x0a000001/", "address_not_allowed"),
        ("https://example.com:25/", "port_not_allowed"),
        ("https://ada:secret@example.com/", "credentials_in_url"),
        ("ftp://example.com/", "scheme_not_allowed"),
        ("nowhere", "invalid_url"),
    ] {
        let body = json!({"url": url, "events": ["note.created"]});
        let made = service
            .json(&ada, "POST", "/api/webhooks", body)
            .await
            .problem(422, "validation_failed");
        let changed = service
            .json(&ada, "PATCH", &hook.path, json!({"url": url}))
            .await
            .problem(422, "validation_failed");
        for answer in [made, changed] {
            assert_eq!(answer.body["errors"][0]["code"], code, "{url}");
            assert_eq!(answer.body["errors"][0]["field"], "/url");
        }
    }
    // A name may lead to any address: it is judged when it is called.
    let body = json!({"url": "https://metadata.invalid/"});
    hook.change(&service, &ada, body).await;
    let ping = format!("{}/ping", hook.path);
    let answer = service.send(&ada, "POST", &ping).await.is(200).body;
    assert_eq!(answer["delivered"], false);
    assert_eq!(answer["failure"], "no_address");
}

async fn handles_redirects_and_slow_receivers_safely(service: Service) {
    let ada = service.person("ada").await;
    let mut target = Receiver::start().await;
    let redirect = format!(
        "HTTP/1.1 307 Moved\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n",
        target.url()
    );
    let metadata = "HTTP/1.1 302 Moved\r\nlocation: http://169.254.169.254/latest/\r\n\r\n";
    for (manner, status, failure) in [
        (Manner::Head(redirect), json!(307), json!(null)),
        (Manner::Head(metadata.to_owned()), json!(302), json!(null)),
        (Manner::EndlessHeaders, json!(null), json!("no_answer")),
        (Manner::Drip, json!(null), json!("too_slow")),
        (Manner::Silence, json!(null), json!("too_slow")),
        (
            Manner::Head("HTTP/9.9 nonsense".to_owned()),
            json!(null),
            json!("no_answer"),
        ),
        // Taken: the rest of the answer is nobody's business.
        (Manner::EndlessBody, json!(200), json!(null)),
    ] {
        let mut receiver = Receiver::start().await;
        let hook = Hook::make(&service, &ada, &receiver, &EVENTS).await;
        let taken = status == 200;
        receiver.then([manner.clone()]);
        let sending = Sending::of(&service);
        let begun = Instant::now();
        note(&service, &ada, "one").await;
        receiver.next().await;
        let state = if taken { "delivered" } else { "waiting" };
        let last = hook.last(&service, &ada, state, 1).await;
        assert_eq!(last["statusCode"], status, "{manner:?}");
        assert_eq!(last["failure"], failure, "{manner:?}");
        assert!(begun.elapsed() < Duration::from_secs(15), "{manner:?}");
        drop(sending);
        service.send(&ada, "DELETE", &hook.path).await.is(204);
    }
    target.expect_no_request(Duration::from_millis(100)).await;
}

async fn delivers_to_others_despite_slow_receivers(service: Service) {
    let slow_ones = service.person("eve").await;
    let ada = service.person("ada").await;
    let slow = Receiver::start().await;
    slow.then(std::iter::repeat_n(Manner::Silence, 100));
    for _ in 0..10 {
        Hook::make(&service, &slow_ones, &slow, &EVENTS).await;
    }
    let mut quick = Receiver::start().await;
    Hook::make(&service, &ada, &quick, &EVENTS).await;
    let _sending = Sending::of(&service);
    note(&service, &slow_ones, "never taken").await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    let begun = Instant::now();
    for number in 0..5 {
        note(&service, &ada, &number.to_string()).await;
    }
    quick.take(5).await;
    // The silence alone lasts for two seconds.
    assert!(
        begun.elapsed() < Duration::from_millis(1_800),
        "{:?}",
        begun.elapsed()
    );
}
