//! Periodic work of the process: the [`Worker`] fires reminders and deletes expired data.
//!
//! Every replica runs all jobs. Each job works in pieces that several processes can run at the same time, so no leader election is needed.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use chrono::TimeDelta;
use futures_util::FutureExt as _;
use metrics::{counter, gauge};
use tokio::sync::Mutex;
use tokio::time::sleep;

use crate::clock;
use crate::delivery::Deliverer;
use crate::error::Error;
use crate::files::{self, Files, Sweep};
use crate::lifecycle::{Lifecycle, Phase};
use crate::store::Store;
use crate::store::presence::WRITTEN_EVERY;
use crate::telemetry::metrics::{WORKER_ROWS, WORKER_RUNS, WORKER_SUCCESS};

/// Maximum number of pieces in one run of a job. The rest waits for the next run, so that no job delays the others.
const PIECES: u32 = 200;

/// A kind of periodic work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Fires the reminders that are due.
    Reminders,
    /// Delivers fired reminders by Web Push and mail.
    Deliveries,
    /// Records which users have open event streams in this process.
    Listeners,
    /// Notifies the recipients of shared notes about changes that no request has reported to them.
    ShareNews,
    /// Deletes notes permanently whose time in the trash is over.
    Trash,
    /// Deletes guests that have expired.
    Guests,
    /// Deletes sessions that have ended.
    Sessions,
    /// Deletes recorded attempts that no longer count toward a rate limit.
    Attempts,
    /// Deletes idempotency keys that are too old to be sent again.
    Keys,
    /// Deletes versions of notes that are older than the retention time.
    Revisions,
    /// Deletes the records of deletions that every device should have synchronized.
    Tombstones,
    /// Deletes invites that expired unused.
    Invites,
    /// Deletes links in mails that expired unused.
    Links,
    /// Continues recurring reminders that a process of the previous release has fired.
    Series,
    /// Deletes reminder deliveries that no process has attempted in time.
    Undelivered,
    /// Deletes the records of open streams that belong to processes that have ended.
    Absent,
    /// Deletes pending sign-ins and passkey challenges that were not completed in time.
    Challenges,
    /// Deletes sign-ins at the identity provider that were not completed in time.
    Flows,
    /// Deletes public links to notes that have expired or were ended.
    NoteLinks,
    /// Deletes invitations to notes that were not accepted in time.
    ShareInvitations,
    /// Ends uploads whose client has stopped sending.
    Uploads,
    /// Deletes stored files that no attachment refers to.
    Files,
    /// Searches the file storage for files that the database does not know.
    Sweep,
}

impl Job {
    /// All jobs; the ranges of `PROMPT` and `HOUSEKEEPING` depend on this order.
    pub const ALL: [Self; 23] = [
        Self::Reminders,
        Self::ShareNews,
        Self::Deliveries,
        Self::Listeners,
        Self::Trash,
        Self::Guests,
        Self::Sessions,
        Self::Attempts,
        Self::Keys,
        Self::Revisions,
        Self::Tombstones,
        Self::Invites,
        Self::Links,
        Self::Series,
        Self::Undelivered,
        Self::Absent,
        Self::Challenges,
        Self::Flows,
        Self::NoteLinks,
        Self::ShareInvitations,
        Self::Uploads,
        Self::Files,
        Self::Sweep,
    ];

    /// Jobs that users wait for; they run at the interval of reminders.
    const PROMPT: &[Self] = Self::ALL.split_at(2).0;
    /// Jobs that no user waits for; they run at the interval of housekeeping.
    const HOUSEKEEPING: &[Self] = Self::ALL.split_at(4).1;

    /// Returns the name of the job in metrics and logs, in snake case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reminders => "reminders",
            Self::Deliveries => "deliveries",
            Self::Listeners => "listeners",
            Self::ShareNews => "share_news",
            Self::Trash => "trash",
            Self::Guests => "guests",
            Self::Sessions => "sessions",
            Self::Attempts => "attempts",
            Self::Keys => "keys",
            Self::Revisions => "revisions",
            Self::Tombstones => "tombstones",
            Self::Invites => "invites",
            Self::Links => "links",
            Self::Series => "series",
            Self::Undelivered => "undelivered",
            Self::Absent => "absent",
            Self::Challenges => "challenges",
            Self::Flows => "flows",
            Self::NoteLinks => "note_links",
            Self::ShareInvitations => "share_invitations",
            Self::Uploads => "uploads",
            Self::Files => "files",
            Self::Sweep => "sweep",
        }
    }
}

/// Intervals of the jobs. Each pause has jitter, see [`clock::with_jitter`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobIntervals {
    /// Interval of firing reminders and of notifying recipients of shared notes, and so their longest delay; 5 seconds by default.
    pub reminders: Duration,
    /// Interval of deliveries, which adds to the delay of a reminder; 3 seconds by default.
    pub deliveries: Duration,
    /// Interval of recording open streams; 10 seconds by default. It must be shorter than the 30 seconds for which a record is considered current.
    pub listeners: Duration,
    /// Interval of all other jobs; 5 minutes by default.
    pub housekeeping: Duration,
}

impl Default for JobIntervals {
    fn default() -> Self {
        Self {
            reminders: Duration::from_secs(5),
            deliveries: Duration::from_secs(3),
            listeners: WRITTEN_EVERY,
            housekeeping: Duration::from_mins(5),
        }
    }
}

/// Runs the periodic work of one process.
#[derive(Debug)]
pub struct Worker {
    store: Store,
    deliverer: Deliverer,
    trash: TimeDelta,
    intervals: JobIntervals,
    lifecycle: Lifecycle,
    files: Option<Files>,
    sweep: Mutex<Sweep>,
}

impl Worker {
    /// Creates a worker that deletes notes after the time `trash` in the trash, and that runs until `lifecycle` stops. Without further settings it
    /// sends no push messages or mails and stores no files.
    pub fn new(store: Store, trash: TimeDelta, lifecycle: Lifecycle) -> Self {
        Self {
            deliverer: Deliverer::new(store.clone(), None, None),
            store,
            trash,
            intervals: JobIntervals::default(),
            lifecycle,
            files: None,
            sweep: Mutex::default(),
        }
    }

    /// Replaces the deliverer, which sends reminders by Web Push and mail.
    pub fn with_deliverer(self, deliverer: Deliverer) -> Self {
        Self { deliverer, ..self }
    }

    /// Sets the storage of attachments. Without one, the jobs for files do nothing.
    pub fn with_files(self, files: Option<Files>) -> Self {
        Self { files, ..self }
    }

    /// Replaces the intervals of the jobs.
    pub fn with_intervals(self, rhythm: JobIntervals) -> Self {
        Self {
            intervals: rhythm,
            ..self
        }
    }

    /// Runs all jobs until the process stops. Work that is under way then is rolled back, and another process repeats it.
    pub async fn run_jobs(self) {
        let JobIntervals {
            reminders,
            deliveries,
            listeners,
            housekeeping,
        } = self.intervals;
        let work = async {
            tokio::join!(
                self.run_periodically(Job::PROMPT, reminders),
                self.run_periodically(&[Job::Deliveries], deliveries),
                self.run_periodically(&[Job::Listeners], listeners),
                self.run_periodically(Job::HOUSEKEEPING, housekeeping),
            )
        };
        tokio::select! {
            () = self.lifecycle.wait_for_phase(Phase::Stopping) => {}
            _ = work => {}
        }
    }

    async fn run_periodically(&self, jobs: &[Job], every: Duration) {
        let mut failing = vec![false; jobs.len()];
        // The first pause is short, so that a process that restarts often still does the work.
        let mut pause = every / 10;
        loop {
            sleep(clock::with_jitter(pause)).await;
            pause = every;
            for (job, failing) in jobs.iter().zip(&mut failing) {
                self.run_once(*job, failing).await;
            }
        }
    }

    /// Runs a job once and records its outcome in metrics and logs. An outage is logged once when it begins and once when it ends.
    async fn run_once(&self, job: Job, failing: &mut bool) {
        // Unwind safe: pieces share only a connection pool and atomics.
        let outcome = AssertUnwindSafe(self.run_pieces(job)).catch_unwind().await;
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
                    tracing::info!(job = name, "a periodic job succeeded again");
                }
            }
            Ok(Err(error)) if !*failing => tracing::warn!(
                job = name,
                error = &error as &dyn std::error::Error,
                "a periodic job failed; trying again"
            ),
            // Already logged, by an earlier run or by the panic hook.
            Ok(Err(_)) | Err(_) => {}
        }
        *failing = failed;
    }

    async fn run_pieces(&self, job: Job) -> Result<(), Error> {
        for _ in 0..PIECES {
            let Some(rows) = self.run_piece(job).await? else {
                break;
            };
            counter!(WORKER_ROWS, "job" => job.name()).increment(rows);
            tracing::debug!(job = job.name(), rows, "periodic work");
        }
        Ok(())
    }

    /// Runs one piece of a job. Returns the number of rows it handled, or `None` if nothing is left to do.
    async fn run_piece(&self, job: Job) -> Result<Option<u64>, Error> {
        let store = &self.store;
        let rows = match (job, &self.files) {
            (Job::Sweep, Some(files)) => {
                return self.sweep.lock().await.sweep_shard(store, files).await;
            }
            (Job::Files, Some(files)) => files::collect_discarded(store, files).await,
            (Job::Files | Job::Sweep, None) => Ok(0),
            (job, _) => self.run_database_piece(job).await,
        };
        rows.map(|rows| (rows > 0).then_some(rows))
    }

    async fn run_database_piece(&self, job: Job) -> Result<u64, Error> {
        let store = &self.store;
        match job {
            Job::Reminders => store.fire_reminders().await,
            Job::Deliveries => self.deliverer.deliver_due().await,
            Job::Listeners => store.write_listeners().await.map(|()| 0),
            Job::ShareNews => store.deliver_share_news().await,
            Job::Trash => store.expire_trash(self.trash).await,
            Job::Guests => store.remove_expired_guests().await,
            Job::Sessions => store.remove_ended_sessions().await,
            Job::Attempts => store.forget_past_attempts().await,
            Job::Keys => store.remove_old_keys().await,
            Job::Revisions => store.remove_old_revisions().await,
            Job::Tombstones => store.forget_old_tombstones().await,
            Job::Invites => store.remove_expired_invites().await,
            Job::Links => store.remove_expired_links().await,
            Job::Series => store.resume_series().await,
            Job::Undelivered => store.forget_deliveries().await,
            Job::Absent => store.forget_listeners().await,
            Job::Challenges => store.remove_expired_challenges().await,
            Job::Flows => store.remove_expired_flows().await,
            Job::NoteLinks => store.remove_ended_note_links().await,
            Job::ShareInvitations => store.remove_expired_share_invitations().await,
            Job::Uploads => store.expire_uploads().await,
            // These need the file storage, which `piece` checks.
            Job::Files | Job::Sweep => Ok(0),
        }
    }
}
