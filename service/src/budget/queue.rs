//! Queues that hand out turns to callers in round-robin order, and run blocking work on other threads. Work is asked to stop when its caller no
//! longer waits. The main types are [`Queue`] and [`Turn`].

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;
use tokio::task;

use super::{Full, Key, Ticket};
use crate::error::Error;

/// Limits of a [`Queue`]: the turns it hands out, and the requests that may wait for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueLimits {
    /// Maximum number of turns that are taken at once.
    pub turns: u32,
    /// Maximum number of turns that one caller takes at once. A single turn with a larger weight is admitted if the caller has none.
    pub each: u32,
    /// Maximum number of requests that wait; further ones are refused with [`Full::Process`].
    pub waiting: usize,
    /// Maximum number of requests of one caller that wait; further ones are refused with [`Full::Caller`].
    pub waiting_each: usize,
}

/// A queue for turns. Waiting callers get turns in round-robin order, regardless of the number of requests each of them has. Clones share the queue.
#[derive(Debug, Clone)]
pub struct Queue {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    limits: QueueLimits,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    taken: u32,
    taken_by: HashMap<Key, u32>,
    /// Callers that have requests waiting, in the order in which they get the next turn.
    callers: VecDeque<(Key, VecDeque<Waiter>)>,
    waiting: usize,
    last_id: u64,
}

#[derive(Debug)]
struct Waiter {
    id: u64,
    weight: u32,
    wake: oneshot::Sender<Turn>,
}

impl Queue {
    /// Creates a queue with these limits, in which all turns are free.
    pub fn new(line: QueueLimits) -> Self {
        Self {
            inner: Arc::new(Inner {
                limits: line,
                state: Mutex::default(),
            }),
        }
    }

    /// Waits for a turn that counts as `weight` turns, limited to the total number. Dropping the future gives up the place in the queue. Returns
    /// [`Full`] immediately if too many requests wait already.
    pub async fn wait_for_turn(&self, key: Key, weight: u32) -> Result<Turn, Full> {
        let weight = weight.clamp(1, self.inner.limits.turns);
        let (mut waiting, wake) = {
            let mut state = self.lock_state();
            if state.callers.is_empty()
                && state.check_admission(&self.inner.limits, key, weight) == Admission::Granted
            {
                return Ok(state.hand_out(self, key, weight));
            }
            let mut of_caller = state.callers.iter().filter(|(caller, _)| *caller == key);
            if of_caller
                .next()
                .is_some_and(|(_, waiters)| waiters.len() >= self.inner.limits.waiting_each)
            {
                return Err(Full::Caller);
            }
            if state.waiting >= self.inner.limits.waiting {
                return Err(Full::Process);
            }
            let (sender, receiver) = oneshot::channel();
            state.last_id += 1;
            let id = state.last_id;
            state.enqueue_waiter(
                key,
                Waiter {
                    id,
                    weight,
                    wake: sender,
                },
            );
            let waiting = Waiting {
                queue: self.clone(),
                key,
                id: Some(id),
            };
            (waiting, receiver)
        };
        // This caller may get a turn at once if those ahead have reached their own limits.
        self.call_next();
        let turn = wake.await.map_err(|_| Full::Process)?;
        waiting.id = None;
        Ok(turn)
    }

    /// Waits for a turn of this caller and runs work on a thread for blocking work. If the future is dropped, waiting work is discarded, and running
    /// work is notified through its [`StopSignal`].
    pub async fn run_for_key<T: Send + 'static>(
        &self,
        key: Key,
        work: impl FnOnce(&StopSignal) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let turn = self
            .wait_for_turn(key, 1)
            .await
            .map_err(|full| full.into_error("tasks"))?;
        turn.run_blocking(work).await
    }

    /// Waits for a turn of the current request and runs work on a thread for blocking work, like [`Self::run_for_key`].
    pub async fn run_for_current<T: Send + 'static>(
        &self,
        work: impl FnOnce(&StopSignal) -> T + Send + 'static,
    ) -> Result<T, Error> {
        self.run_for_key(Ticket::current_key(), work).await
    }

    /// Returns the number of turns that are taken, by weight.
    pub fn taken_turns(&self) -> u32 {
        self.lock_state().taken
    }

    /// Returns the number of requests that wait for a turn.
    pub fn waiting_requests(&self) -> usize {
        self.lock_state().waiting
    }

    /// Hands out free turns to waiting callers until the next one does not fit.
    fn call_next(&self) {
        let called: Vec<_> = {
            let mut state = self.lock_state();
            std::iter::from_fn(|| {
                let (key, waiter) = state.pop_admitted(&self.inner.limits)?;
                Some((state.hand_out(self, key, waiter.weight), waiter.wake))
            })
            .collect()
        };
        for (turn, wake) in called {
            // If the waiter is gone, dropping the returned turn passes it to the next one.
            drop(wake.send(turn));
        }
    }

    /// Locks the state and ignores poisoning, because a panic cannot leave the state inconsistent.
    fn lock_state(&self) -> MutexGuard<'_, State> {
        self.inner
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Decision about a request for a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Admission {
    Granted,
    /// The caller has reached its limit, so other callers go first.
    CallerAtLimit,
    /// Not enough turns are free for any caller.
    NoneFree,
}

impl State {
    fn check_admission(&self, line: &QueueLimits, key: Key, weight: u32) -> Admission {
        let own = self.taken_by.get(&key).copied().unwrap_or_default();
        if own > 0 && own + weight > line.each {
            Admission::CallerAtLimit
        } else if self.taken + weight > line.turns {
            Admission::NoneFree
        } else {
            Admission::Granted
        }
    }

    fn hand_out(&mut self, queue: &Queue, key: Key, weight: u32) -> Turn {
        self.taken += weight;
        *self.taken_by.entry(key).or_default() += weight;
        Turn {
            queue: queue.clone(),
            key,
            weight,
        }
    }

    fn enqueue_waiter(&mut self, key: Key, waiter: Waiter) {
        self.waiting += 1;
        match self.callers.iter_mut().find(|(caller, _)| *caller == key) {
            Some((_, waiters)) => waiters.push_back(waiter),
            None => self.callers.push_back((key, VecDeque::from([waiter]))),
        }
    }

    /// Removes and returns the first request that may have a turn. Its caller moves to the end of the queue.
    fn pop_admitted(&mut self, line: &QueueLimits) -> Option<(Key, Waiter)> {
        let mut at = 0;
        while let Some((key, waiters)) = self.callers.get(at) {
            match self.check_admission(line, *key, waiters.front()?.weight) {
                Admission::Granted => break,
                Admission::CallerAtLimit => at += 1,
                // Letting smaller requests pass would starve larger ones.
                Admission::NoneFree => return None,
            }
        }
        let (key, mut waiters) = self.callers.remove(at)?;
        let waiter = waiters.pop_front()?;
        self.waiting -= 1;
        if !waiters.is_empty() {
            self.callers.push_back((key, waiters));
        }
        Some((key, waiter))
    }

    fn remove_waiter(&mut self, key: Key, id: u64) {
        let Some(at) = self.callers.iter().position(|(caller, _)| *caller == key) else {
            return;
        };
        let waiters = &mut self.callers[at].1;
        let before = waiters.len();
        waiters.retain(|waiter| waiter.id != id);
        self.waiting -= before - waiters.len();
        if waiters.is_empty() {
            self.callers.remove(at);
        }
    }
}

/// A place in the queue, which is removed from the queue when dropped.
struct Waiting {
    queue: Queue,
    key: Key,
    id: Option<u64>,
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(id) = self.id {
            self.queue.lock_state().remove_waiter(self.key, id);
            self.queue.call_next();
        }
    }
}

/// A turn, which passes to the next waiting caller when it is dropped.
#[derive(Debug)]
pub struct Turn {
    queue: Queue,
    key: Key,
    weight: u32,
}

impl Turn {
    /// Runs work on a thread for blocking work. The turn lasts until the work ends, even if the future is dropped before.
    pub async fn run_blocking<T: Send + 'static>(
        self,
        work: impl FnOnce(&StopSignal) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let stop = StopSignal::default();
        let _stops = StopOnDrop(stop.clone());
        task::spawn_blocking(move || {
            let _turn = self;
            work(&stop)
        })
        .await
        .map_err(Error::internal)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        {
            let mut state = self.queue.lock_state();
            state.taken -= self.weight;
            if let Some(taken) = state.taken_by.get_mut(&self.key) {
                *taken -= self.weight;
                if *taken == 0 {
                    state.taken_by.remove(&self.key);
                }
            }
        }
        self.queue.call_next();
    }
}

/// Signal to running work that its caller no longer waits for the result.
#[derive(Debug, Clone, Default)]
pub struct StopSignal(Arc<AtomicBool>);

/// Error of work that has stopped because its caller no longer waits for the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

impl StopSignal {
    /// Returns [`Stopped`] if the caller no longer waits. Work calls this between its steps, none of which takes longer than a few hundredths of a
    /// second.
    pub fn check_stopped(&self) -> Result<(), Stopped> {
        if self.0.load(Ordering::Relaxed) {
            Err(Stopped)
        } else {
            Ok(())
        }
    }
}

impl From<Stopped> for Error {
    fn from(_: Stopped) -> Self {
        Full::Process.into_error("tasks")
    }
}

struct StopOnDrop(StopSignal);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use futures_util::FutureExt as _;
    use tokio::time::timeout;
    use uuid::Uuid;

    use super::*;

    const SOON: Duration = Duration::from_secs(20);

    fn create_queue(turns: u32, each: u32) -> Queue {
        Queue::new(QueueLimits {
            turns,
            each,
            waiting: 10,
            waiting_each: 6,
        })
    }

    fn user_key(number: u128) -> Key {
        Key::User(Uuid::from_u128(number))
    }

    #[tokio::test]
    async fn serves_callers_round_robin() {
        let queue = create_queue(1, 1);
        let (sender, order) = mpsc::channel();
        let first = queue.wait_for_turn(user_key(0), 1).await.unwrap();
        let mut waiting = Vec::new();
        for number in [1, 1, 1, 1, 2, 3, 2] {
            let mut turn = Box::pin({
                let (queue, sender) = (queue.clone(), sender.clone());
                async move {
                    let turn = queue.wait_for_turn(user_key(number), 1).await.unwrap();
                    sender.send(number).unwrap();
                    drop(turn);
                }
            });
            assert!(turn.as_mut().now_or_never().is_none());
            waiting.push(turn);
        }
        drop(first);
        futures_util::future::join_all(waiting).await;
        drop(sender);
        assert_eq!(order.iter().collect::<Vec<_>>(), [1, 2, 3, 1, 2, 1, 1]);
        assert_eq!((queue.taken_turns(), queue.waiting_requests()), (0, 0));
        assert!(queue.lock_state().taken_by.is_empty());
    }

    #[tokio::test]
    async fn limits_turns_of_one_caller() {
        let queue = create_queue(4, 2);
        let _first = queue.wait_for_turn(user_key(1), 1).await.unwrap();
        let second = queue.wait_for_turn(user_key(1), 1).await.unwrap();
        let mut third = Box::pin(queue.wait_for_turn(user_key(1), 1));
        assert!(third.as_mut().now_or_never().is_none());
        let _other = timeout(SOON, queue.wait_for_turn(user_key(2), 2))
            .await
            .unwrap();
        drop(second);
        timeout(SOON, third).await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn does_not_starve_heavy_requests() {
        let queue = create_queue(4, 4);
        let first = queue.wait_for_turn(user_key(1), 3).await.unwrap();
        let mut large = Box::pin(queue.wait_for_turn(user_key(2), 9));
        assert!(large.as_mut().now_or_never().is_none());
        let mut small = Box::pin(queue.wait_for_turn(user_key(3), 1));
        assert!(small.as_mut().now_or_never().is_none());
        drop(first);
        let large = timeout(SOON, large).await.unwrap().unwrap();
        assert_eq!(queue.taken_turns(), 4, "as many as there are");
        drop(large);
        timeout(SOON, small).await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn rejects_requests_above_waiting_limit() {
        let queue = create_queue(1, 1);
        let _first = queue.wait_for_turn(user_key(0), 1).await.unwrap();
        let mut waiting: Vec<_> = (0..6)
            .map(|_| Box::pin(queue.wait_for_turn(user_key(1), 1)))
            .collect();
        for turn in &mut waiting {
            assert!(turn.as_mut().now_or_never().is_none());
        }
        assert_eq!(
            queue.wait_for_turn(user_key(1), 1).await.unwrap_err(),
            Full::Caller
        );
        let mut others: Vec<_> = (2..6)
            .map(|number| Box::pin(queue.wait_for_turn(user_key(number), 1)))
            .collect();
        for turn in &mut others {
            assert!(turn.as_mut().now_or_never().is_none());
        }
        assert_eq!(
            queue.wait_for_turn(user_key(7), 1).await.unwrap_err(),
            Full::Process
        );
        drop(waiting);
        assert_eq!(queue.waiting_requests(), 4);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn stops_work_without_waiter() {
        let queue = create_queue(1, 1);
        let (told, steps) = mpsc::channel();
        let endless = {
            let (queue, told) = (queue.clone(), told.clone());
            tokio::spawn(async move {
                queue
                    .run_for_key(user_key(1), move |stop| {
                        while stop.check_stopped().is_ok() {
                            let _ = told.send("running");
                            std::thread::sleep(Duration::from_millis(5));
                        }
                        let _ = told.send("stopped");
                    })
                    .await
            })
        };
        assert_eq!(steps.recv_timeout(SOON), Ok("running"));
        let never = {
            let queue = queue.clone();
            tokio::spawn(async move {
                queue
                    .run_for_key(user_key(2), move |_| told.send("begun"))
                    .await
            })
        };
        while queue.waiting_requests() == 0 {
            task::yield_now().await;
        }
        never.abort();
        endless.abort();
        let after = timeout(
            SOON,
            queue.run_for_key(user_key(3), StopSignal::check_stopped),
        )
        .await;
        assert_eq!(after.unwrap().unwrap(), Ok(()));
        let told: Vec<_> = steps.iter().collect();
        assert_eq!(told.last(), Some(&"stopped"));
        assert!(!told.contains(&"begun"), "what waited was never done");
        assert_eq!((queue.taken_turns(), queue.waiting_requests()), (0, 0));
    }
}
