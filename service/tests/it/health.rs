//! Whether the process lives, and whether it can do its work.

use migration::{Migrator, MigratorTrait};
use notes_service::lifecycle::Phase;

use crate::support::{Service, on_both_databases};

on_both_databases!(
    a_service_with_its_database_is_ready,
    a_process_that_drains_is_alive_and_not_ready,
    a_database_of_an_older_version_is_not_ready,
    without_a_database_the_process_is_alive_and_says_what_is_missing
);

async fn a_service_with_its_database_is_ready(service: Service) {
    for path in ["/healthz", "/readyz"] {
        service.request(None, "GET", path, &[], None).await.is(200);
        service.request(None, "HEAD", path, &[], None).await.is(200);
    }
    let answer = service.request(None, "GET", "/readyz", &[], None).await;
    assert_eq!(answer.body["status"], "ready");
}

async fn a_process_that_drains_is_alive_and_not_ready(service: Service) {
    service.app.lifecycle.advance_to(Phase::Draining);
    service
        .request(None, "GET", "/healthz", &[], None)
        .await
        .is(200);
    let answer = service
        .request(None, "GET", "/readyz", &[], None)
        .await
        .is(503);
    assert_eq!(answer.body["checks"]["process"], "draining");
    assert_eq!(answer.body["checks"]["database"], "ok");
}

async fn a_database_of_an_older_version_is_not_ready(service: Service) {
    Migrator::down(&**service.app.store.db(), Some(1))
        .await
        .unwrap();
    let answer = service
        .request(None, "GET", "/readyz", &[], None)
        .await
        .is(503);
    assert_eq!(answer.body["checks"]["migrations"], "pending");
    assert_eq!(answer.body["checks"]["database"], "ok");
    Migrator::up(&**service.app.store.db(), None).await.unwrap();
    service
        .request(None, "GET", "/readyz", &[], None)
        .await
        .is(200);
}

async fn without_a_database_the_process_is_alive_and_says_what_is_missing(service: Service) {
    (**service.app.store.db()).clone().close().await.unwrap();
    service
        .request(None, "GET", "/healthz", &[], None)
        .await
        .is(200);
    let answer = service
        .request(None, "GET", "/readyz", &[], None)
        .await
        .is(503);
    assert_eq!(answer.body["checks"]["database"], "unavailable");
}
