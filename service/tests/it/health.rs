//! Tests of liveness and readiness.

use migration::{Migrator, MigratorTrait};
use notes_service::lifecycle::Phase;

use crate::support::{Service, on_both_databases};

on_both_databases!(
    reports_ready_with_database,
    reports_alive_but_not_ready_while_draining,
    reports_not_ready_with_pending_migrations,
    reports_alive_but_not_ready_without_database
);

async fn reports_ready_with_database(service: Service) {
    for path in ["/healthz", "/readyz"] {
        service.request(None, "GET", path, &[], None).await.is(200);
        service.request(None, "HEAD", path, &[], None).await.is(200);
    }
    let answer = service.request(None, "GET", "/readyz", &[], None).await;
    assert_eq!(answer.body["status"], "ready");
}

async fn reports_alive_but_not_ready_while_draining(service: Service) {
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

async fn reports_not_ready_with_pending_migrations(service: Service) {
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

async fn reports_alive_but_not_ready_without_database(service: Service) {
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
