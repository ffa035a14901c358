//! Replicas of the program with one database, behind a balancer.

use std::net::SocketAddr;

use super::balancer::Balancer;
use crate::support::Site;
use crate::support::process::{Process, run};

/// Replicas with the same variables.
pub(super) struct Fleet {
    pub(super) balancer: Balancer,
    pub(super) site: Site,
    variables: Vec<(String, String)>,
    replicas: Vec<Replica>,
}

/// A process of the service.
pub(super) struct Replica {
    process: Process,
    pub(super) address: SocketAddr,
}

impl Fleet {
    /// Starts three replicas with an empty database, if there is a database server.
    pub(super) async fn start(variables: &[(&str, &str)]) -> Option<Self> {
        let site = Site::postgres().await?;
        let migrated = run(&["migrate", "up"], &[("DATABASE_URL", &site.url)]);
        assert_eq!(migrated.code, Some(0), "{migrated:?}");
        let common = [
            ("DATABASE_URL", site.url.as_str()),
            ("TRUSTED_HOPS", "1"),
            ("DRAIN_SECONDS", "1"),
            ("LOG_LEVEL", "info,notes_service::request=off"),
        ];
        let variables = common.iter().chain(variables);
        let variables = variables
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let mut fleet = Self {
            balancer: Balancer::start().await,
            site,
            variables,
            replicas: Vec::new(),
        };
        for _ in 0..3 {
            fleet.grow().await;
        }
        Some(fleet)
    }

    /// Returns the address of the balancer.
    pub(super) fn address(&self) -> SocketAddr {
        self.balancer.address()
    }

    /// Returns the addresses of the replicas.
    pub(super) fn replicas(&self) -> Vec<SocketAddr> {
        self.replicas
            .iter()
            .map(|replica| replica.address)
            .collect()
    }

    /// Adds a replica, and waits until it is sent requests.
    pub(super) async fn grow(&mut self) {
        let variables: Vec<_> = self
            .variables
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let mut process = Process::start(&variables);
        let address = process.address().await;
        self.balancer.add(address).await;
        self.replicas.push(Replica { process, address });
    }

    /// Stops the oldest replica as a deployment does: it drains until the balancer has detected it, and then ends.
    pub(super) async fn stop_one(&mut self) {
        let mut replica = self.replicas.remove(0);
        replica.process.terminate();
        assert_eq!(replica.process.ended().await.code(), Some(0));
        assert_eq!(
            replica.process.event("stopped").await["outcome"],
            "Finished"
        );
        self.balancer.remove(replica.address);
    }

    /// Kills the oldest replica, without informing the balancer.
    pub(super) async fn kill_one(&mut self) {
        let mut replica = self.replicas.remove(0);
        replica.process.kill();
        replica.process.ended().await;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        self.balancer.remove(replica.address);
    }
}
