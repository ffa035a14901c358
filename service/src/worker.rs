//! What a process does beside answering requests: it fires reminders, and deletes what has had its time.
//!
//! Every replica does it. The pieces are such that several may work at once, so there is no leader to elect and none to miss.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use chrono::TimeDelta;
use futures_util::FutureExt as _;
use metrics::{counter, gauge};
use tokio::time::sleep;

use crate::clock;
use crate::error::Error;
use crate::lifecycle::{Lifecycle, Phase};
use crate::store::Store;
use crate::telemetry::metrics::{WORKER_ROWS, WORKER_RUNS, WORKER_SUCCESS};

/// Pieces of one run; what is left then waits for the next, so that no job keeps the others waiting.
const PIECES: u32 = 200;

/// Work that comes again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Fires reminders that are due.
    Reminders,
    /// Deletes for good what was in the trash for long enough.
    Trash,
    /// Deletes guests whose time is up.
    Guests,
    /// Deletes sessions that have ended.
    Sessions,
    /// Forgets attempts that limit nothing any more.
    Attempts,
    /// Deletes idempotency keys that nobody will send again.
    Keys,
    /// Deletes old versions of notes.
    Revisions,
    /// Forgets deletions that every device should have heard of.
    Tombstones,
    /// Deletes invites that nobody has used in time.
    Invites,
    /// Deletes links of mails that nobody has used in time.
    Links,
    /// Deletes sign-ins and ceremonies that nobody has finished in time.
    Challenges,
    /// Deletes sign-ins at the provider that nobody has ended in time.
    Flows,
}

impl Job {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Reminders,
        Self::Trash,
        Self::Guests,
        Self::Sessions,
        Self::Attempts,
        Self::Keys,
        Self::Revisions,
        Self::Tombstones,
        Self::Invites,
        Self::Links,
        Self::Challenges,
        Self::Flows,
    ];

    /// Those that nobody waits for.
    const HOUSEKEEPING: &[Self] = Self::ALL.split_at(1).1;

    /// What metrics and logs call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reminders => "reminders",
            Self::Trash => "trash",
            Self::Guests => "guests",
            Self::Sessions => "sessions",
            Self::Attempts => "attempts",
            Self::Keys => "keys",
            Self::Revisions => "revisions",
            Self::Tombstones => "tombstones",
            Self::Invites => "invites",
            Self::Links => "links",
            Self::Challenges => "challenges",
            Self::Flows => "flows",
        }
    }
}

/// How often there is something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// Reminders: so late they may be.
    pub reminders: Duration,
    /// Everything else.
    pub housekeeping: Duration,
}

impl Default for Rhythm {
    fn default() -> Self {
        Self {
            reminders: Duration::from_secs(5),
            housekeeping: Duration::from_mins(5),
        }
    }
}

/// Does the work of one process.
#[derive(Debug)]
pub struct Worker {
    store: Store,
    trash: TimeDelta,
    rhythm: Rhythm,
    lifecycle: Lifecycle,
}

impl Worker {
    /// On this database, where notes stay in the trash for so long; until the process stops.
    pub fn new(store: Store, trash: TimeDelta, lifecycle: Lifecycle) -> Self {
        Self {
            store,
            trash,
            rhythm: Rhythm::default(),
            lifecycle,
        }
    }

    /// In another rhythm.
    pub fn with_rhythm(self, rhythm: Rhythm) -> Self {
        Self { rhythm, ..self }
    }

    /// Works until the process stops. What is under way then is rolled back, and done by another process.
    pub async fn run(self) {
        let Rhythm {
            reminders,
            housekeeping,
        } = self.rhythm;
        let work = async {
            tokio::join!(
                self.again_and_again(&[Job::Reminders], reminders),
                self.again_and_again(Job::HOUSEKEEPING, housekeeping),
            )
        };
        tokio::select! {
            () = self.lifecycle.reached(Phase::Stopping) => {}
            _ = work => {}
        }
    }

    async fn again_and_again(&self, jobs: &[Job], every: Duration) {
        let mut failing = vec![false; jobs.len()];
        // Soon for the first time: a process that is restarted often must not put it off forever.
        let mut pause = every / 10;
        loop {
            sleep(clock::around(pause)).await;
            pause = every;
            for (job, failing) in jobs.iter().zip(&mut failing) {
                self.once(*job, failing).await;
            }
        }
    }

    /// Does a job, and says what became of it. An outage is said once when it begins and once when it ends.
    async fn once(&self, job: Job, failing: &mut bool) {
        // Sound: what a piece shares with the next are a pool and atomics.
        let outcome = AssertUnwindSafe(self.pieces(job)).catch_unwind().await;
        let name = job.name();
        let failed = !matches!(outcome, Ok(Ok(())));
        let told = if failed { "failed" } else { "done" };
        counter!(WORKER_RUNS, "job" => name, "outcome" => told).increment(1);
        match outcome {
            Ok(Ok(())) => {
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "seconds since 1970 fit into 53 bits"
                )]
                gauge!(WORKER_SUCCESS, "job" => name).set(clock::now().timestamp() as f64);
                if *failing {
                    tracing::info!(job = name, "periodic work is done again");
                }
            }
            Ok(Err(error)) if !*failing => tracing::warn!(
                job = name,
                error = &error as &dyn std::error::Error,
                "periodic work failed, and is tried again"
            ),
            // Said before, or by the hook for panics.
            Ok(Err(_)) | Err(_) => {}
        }
        *failing = failed;
    }

    async fn pieces(&self, job: Job) -> Result<(), Error> {
        for _ in 0..PIECES {
            let rows = self.piece(job).await?;
            if rows == 0 {
                break;
            }
            counter!(WORKER_ROWS, "job" => job.name()).increment(rows);
            tracing::debug!(job = job.name(), rows, "periodic work");
        }
        Ok(())
    }

    async fn piece(&self, job: Job) -> Result<u64, Error> {
        let store = &self.store;
        match job {
            Job::Reminders => store.fire_reminders().await,
            Job::Trash => store.expire_trash(self.trash).await,
            Job::Guests => store.remove_expired_guests().await,
            Job::Sessions => store.remove_ended_sessions().await,
            Job::Attempts => store.forget_past_attempts().await,
            Job::Keys => store.remove_old_keys().await,
            Job::Revisions => store.remove_old_revisions().await,
            Job::Tombstones => store.forget_old_tombstones().await,
            Job::Invites => store.remove_expired_invites().await,
            Job::Links => store.remove_expired_links().await,
            Job::Challenges => store.remove_expired_challenges().await,
            Job::Flows => store.remove_expired_flows().await,
        }
    }
}
