//! Turns that are handed out round robin among callers, and work on other threads that ends when nobody waits for it.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;
use tokio::task;

use super::{Full, Key, Ticket};
use crate::error::Error;

/// The numbers by which turns are handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Turns at once.
    pub turns: u32,
    /// Turns at once of one caller.
    pub each: u32,
    /// Requests that may wait; more are refused.
    pub waiting: usize,
    /// Requests of one caller that may wait.
    pub waiting_each: usize,
}

/// A queue for turns. The callers who wait get the next turn one after another, however many requests each of them has; clones share it.
#[derive(Debug, Clone)]
pub struct Queue {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    line: Line,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    taken: u32,
    taken_by: HashMap<Key, u32>,
    /// The callers who wait, the next one first. Nobody is in it who has no request waiting.
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
    /// A queue in which nobody waits.
    pub fn new(line: Line) -> Self {
        Self {
            inner: Arc::new(Inner {
                line,
                state: Mutex::default(),
            }),
        }
    }

    /// Waits for a turn that counts as `weight` turns, at most as all there are. A caller who drops the future waits no longer.
    pub async fn turn(&self, key: Key, weight: u32) -> Result<Turn, Full> {
        let weight = weight.clamp(1, self.inner.line.turns);
        let (mut waiting, wake) = {
            let mut state = self.state();
            if state.callers.is_empty()
                && state.admits(&self.inner.line, key, weight) == Admits::Yes
            {
                return Ok(state.hand_out(self, key, weight));
            }
            let mut of_caller = state.callers.iter().filter(|(caller, _)| *caller == key);
            if of_caller
                .next()
                .is_some_and(|(_, waiters)| waiters.len() >= self.inner.line.waiting_each)
            {
                return Err(Full::Caller);
            }
            if state.waiting >= self.inner.line.waiting {
                return Err(Full::Process);
            }
            let (sender, receiver) = oneshot::channel();
            state.last_id += 1;
            let id = state.last_id;
            state.push(
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
        // Where only this caller's own turns were in the way of others.
        self.call_next();
        let turn = wake.await.map_err(|_| Full::Process)?;
        waiting.id = None;
        Ok(turn)
    }

    /// Does work on a thread for such work when it is the caller's turn. Once the future is dropped, work that waits is forgotten, and work
    /// that runs is told so by its [`Stop`].
    pub async fn run<T: Send + 'static>(
        &self,
        key: Key,
        work: impl FnOnce(&Stop) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let turn = self
            .turn(key, 1)
            .await
            .map_err(|full| full.error("pieces of work"))?;
        turn.run(work).await
    }

    /// The same for the request that is being answered.
    pub async fn run_for_current<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Stop) -> T + Send + 'static,
    ) -> Result<T, Error> {
        self.run(Ticket::current_key(), work).await
    }

    /// Turns that are taken.
    pub fn taken(&self) -> u32 {
        self.state().taken
    }

    /// Requests that wait.
    pub fn waiting(&self) -> usize {
        self.state().waiting
    }

    /// Hands out the turns that are free.
    fn call_next(&self) {
        let called: Vec<_> = {
            let mut state = self.state();
            std::iter::from_fn(|| {
                let (key, waiter) = state.next(&self.inner.line)?;
                Some((state.hand_out(self, key, waiter.weight), waiter.wake))
            })
            .collect()
        };
        for (turn, wake) in called {
            // If nobody waits any more, the turn comes back here, and goes to the next.
            drop(wake.send(turn));
        }
    }

    /// Nothing that is done under the lock can leave it half done.
    fn state(&self) -> MutexGuard<'_, State> {
        self.inner
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// An answer to somebody who wants a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Admits {
    Yes,
    /// The caller has as many as a caller may have.
    OthersFirst,
    /// None is free.
    Nobody,
}

impl State {
    fn admits(&self, line: &Line, key: Key, weight: u32) -> Admits {
        let own = self.taken_by.get(&key).copied().unwrap_or_default();
        if own > 0 && own + weight > line.each {
            Admits::OthersFirst
        } else if self.taken + weight > line.turns {
            Admits::Nobody
        } else {
            Admits::Yes
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

    fn push(&mut self, key: Key, waiter: Waiter) {
        self.waiting += 1;
        match self.callers.iter_mut().find(|(caller, _)| *caller == key) {
            Some((_, waiters)) => waiters.push_back(waiter),
            None => self.callers.push_back((key, VecDeque::from([waiter]))),
        }
    }

    /// The first who may have a turn; its caller is the last one from now on.
    fn next(&mut self, line: &Line) -> Option<(Key, Waiter)> {
        let mut at = 0;
        while let Some((key, waiters)) = self.callers.get(at) {
            match self.admits(line, *key, waiters.front()?.weight) {
                Admits::Yes => break,
                Admits::OthersFirst => at += 1,
                // To let smaller ones pass would let larger ones wait forever.
                Admits::Nobody => return None,
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

    fn forget(&mut self, key: Key, id: u64) {
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

/// Somebody who waits; who stops waiting gives the place in the queue back.
struct Waiting {
    queue: Queue,
    key: Key,
    id: Option<u64>,
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(id) = self.id {
            self.queue.state().forget(self.key, id);
            self.queue.call_next();
        }
    }
}

/// A turn, which the next one gets when it is dropped.
#[derive(Debug)]
pub struct Turn {
    queue: Queue,
    key: Key,
    weight: u32,
}

impl Turn {
    /// Does work on a thread for such work. The turn ends with the work, not with the future.
    pub async fn run<T: Send + 'static>(
        self,
        work: impl FnOnce(&Stop) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let stop = Stop::default();
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
            let mut state = self.queue.state();
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

/// Tells work that nobody waits for it any more.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

/// Nobody waits for the work any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

impl Stop {
    /// Asked between the steps of work, none of which is longer than a few hundredths of a second.
    pub fn check(&self) -> Result<(), Stopped> {
        if self.0.load(Ordering::Relaxed) {
            Err(Stopped)
        } else {
            Ok(())
        }
    }
}

impl From<Stopped> for Error {
    fn from(_: Stopped) -> Self {
        Full::Process.error("pieces of work")
    }
}

struct StopOnDrop(Stop);

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

    fn queue(turns: u32, each: u32) -> Queue {
        Queue::new(Line {
            turns,
            each,
            waiting: 10,
            waiting_each: 6,
        })
    }

    fn user(number: u128) -> Key {
        Key::User(Uuid::from_u128(number))
    }

    #[tokio::test]
    async fn callers_take_turns_however_many_requests_each_has() {
        let queue = queue(1, 1);
        let (sender, order) = mpsc::channel();
        let first = queue.turn(user(0), 1).await.unwrap();
        let mut waiting = Vec::new();
        for number in [1, 1, 1, 1, 2, 3, 2] {
            let mut turn = Box::pin({
                let (queue, sender) = (queue.clone(), sender.clone());
                async move {
                    let turn = queue.turn(user(number), 1).await.unwrap();
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
        assert_eq!((queue.taken(), queue.waiting()), (0, 0));
        assert!(queue.state().taken_by.is_empty());
    }

    #[tokio::test]
    async fn a_caller_leaves_turns_to_others() {
        let queue = queue(4, 2);
        let _first = queue.turn(user(1), 1).await.unwrap();
        let second = queue.turn(user(1), 1).await.unwrap();
        let mut third = Box::pin(queue.turn(user(1), 1));
        assert!(third.as_mut().now_or_never().is_none());
        let _other = timeout(SOON, queue.turn(user(2), 2)).await.unwrap();
        drop(second);
        timeout(SOON, third).await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn who_needs_many_turns_is_not_passed_forever() {
        let queue = queue(4, 4);
        let first = queue.turn(user(1), 3).await.unwrap();
        let mut large = Box::pin(queue.turn(user(2), 9));
        assert!(large.as_mut().now_or_never().is_none());
        let mut small = Box::pin(queue.turn(user(3), 1));
        assert!(small.as_mut().now_or_never().is_none());
        drop(first);
        let large = timeout(SOON, large).await.unwrap().unwrap();
        assert_eq!(queue.taken(), 4, "as many as there are");
        drop(large);
        timeout(SOON, small).await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn more_than_may_wait_are_refused() {
        let queue = queue(1, 1);
        let _first = queue.turn(user(0), 1).await.unwrap();
        let mut waiting: Vec<_> = (0..6).map(|_| Box::pin(queue.turn(user(1), 1))).collect();
        for turn in &mut waiting {
            assert!(turn.as_mut().now_or_never().is_none());
        }
        assert_eq!(queue.turn(user(1), 1).await.unwrap_err(), Full::Caller);
        let mut others: Vec<_> = (2..6)
            .map(|number| Box::pin(queue.turn(user(number), 1)))
            .collect();
        for turn in &mut others {
            assert!(turn.as_mut().now_or_never().is_none());
        }
        assert_eq!(queue.turn(user(7), 1).await.unwrap_err(), Full::Process);
        drop(waiting);
        assert_eq!(queue.waiting(), 4);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn work_ends_when_nobody_waits_for_it() {
        let queue = queue(1, 1);
        let (told, steps) = mpsc::channel();
        let endless = {
            let (queue, told) = (queue.clone(), told.clone());
            tokio::spawn(async move {
                queue
                    .run(user(1), move |stop| {
                        while stop.check().is_ok() {
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
            tokio::spawn(async move { queue.run(user(2), move |_| told.send("begun")).await })
        };
        while queue.waiting() == 0 {
            task::yield_now().await;
        }
        never.abort();
        endless.abort();
        let after = timeout(SOON, queue.run(user(3), Stop::check)).await;
        assert_eq!(after.unwrap().unwrap(), Ok(()));
        let told: Vec<_> = steps.iter().collect();
        assert_eq!(told.last(), Some(&"stopped"));
        assert!(!told.contains(&"begun"), "what waited was never done");
        assert_eq!((queue.taken(), queue.waiting()), (0, 0));
    }
}
