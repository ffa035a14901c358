//! Tests with hostile callers that use their limits fully while a legitimate user works, who must see no error; memory must stay bounded.
//!
//! With the program of the test run, errors and memory have strict limits, and times a wide one. `just abuse` also limits the times strictly, with
//! the release program, and prints the table of docs/service-operations.md.

mod attacks;
mod scene;

use std::time::Duration;

use crate::support::Site;
use scene::{Scene, Seen};

/// Memory that the service must never exceed.
const MOST_MIB: u64 = 256;

/// Returns the limit for the 99th percentile of the legitimate user's requests.
fn slowest() -> Duration {
    if scene::is_release() {
        Duration::from_millis(250)
    } else {
        // Without optimization, beside other tests, on any machine: only a request that hangs is a failure.
        Duration::from_secs(20)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn serves_honest_user_during_abuse_on_sqlite() {
    run_all_attacks("SQLite", Site::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn serves_honest_user_during_abuse_on_postgres() {
    if let Some(site) = Site::postgres().await {
        run_all_attacks("PostgreSQL", site).await;
    }
}

async fn run_all_attacks(database: &str, site: Site) {
    let scene = Scene::start(&site).await;
    let mut rows: Vec<(&str, Seen)> = Vec::new();
    macro_rules! attack {
        ($name:literal, $attack:expr) => {
            rows.push(($name, scene.during($attack).await));
        };
    }
    attack!("nobody else", tokio::time::sleep(scene::LENGTH));
    attack!("readers that take nothing", attacks::slow_readers(&scene));
    attack!("bodies byte by byte", attacks::slow_bodies(&scene));
    attack!(
        "large bodies that never end",
        attacks::endless_bodies(&scene)
    );
    attack!("rendered checklists", attacks::checklists(&scene));
    attack!("searches of long notes", attacks::searches(&scene));
    attack!("changes of long notes", attacks::changes(&scene));
    attack!("requests that are given up", attacks::given_up(&scene));
    attack!("exports that nobody takes", attacks::exports(&scene));
    attack!("slow uploads", attacks::uploads(&scene));
    attack!("pictures of many pixels", attacks::pictures(&scene));
    attack!("all event streams", attacks::streams(&scene));
    attack!("silent connections", attacks::silent(&scene));
    attack!("sign-ins", attacks::sign_ins(&scene));
    let table = table(database, &rows);
    scene::print(&table);
    for (name, seen) in &rows {
        assert!(
            seen.errors.is_empty(),
            "{name}: {:#?}\n{table}",
            seen.errors
        );
        assert!(
            seen.requests > 10,
            "{name}: {} requests\n{table}",
            seen.requests
        );
        assert!(
            seen.peak_mib <= MOST_MIB,
            "{name}: {} MiB\n{table}",
            seen.peak_mib
        );
        assert!(seen.p99 <= slowest(), "{name}: {:?}\n{table}", seen.p99);
    }
}

fn table(database: &str, rows: &[(&str, Seen)]) -> String {
    let rows = rows.iter().map(|(name, seen)| {
        format!(
            "| {name} | {} | {} | {} | {} |\n",
            seen.requests,
            seen.errors.len(),
            seen.p99.as_millis(),
            seen.peak_mib
        )
    });
    format!(
        "| {database}, while there are | requests | errors | p99 ms | peak MiB |\n|---|--:|--:|--:|--:|\n{}",
        rows.collect::<String>()
    )
}
