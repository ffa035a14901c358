//! Quantities that are divided among callers, such as places, bytes or streams. [`Share`] is the quantity, [`Hold`] the amount that a caller has
//! taken.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Full, Key, Standing, Who};

/// Size of a quantity, and the largest parts of it that groups of callers can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Total amount that all callers together can take.
    pub total: u64,
    /// Maximum amount of all guests and clients that are not signed in, together.
    pub guests: u64,
    /// Maximum amount of all callers of one network, together.
    pub network: u64,
    /// Maximum amount of one user, regardless of the network.
    pub user: u64,
}

/// A quantity that is divided among callers. Clones share the quantity.
#[derive(Debug, Clone)]
pub struct Share {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    size: Size,
    used: Mutex<Used>,
}

#[derive(Debug, Default)]
struct Used {
    total: u64,
    guests: u64,
    by: HashMap<Key, u64>,
}

impl Share {
    /// Creates a quantity of this size, of which nothing is taken.
    pub fn new(size: Size) -> Self {
        Self {
            inner: Arc::new(Inner {
                size,
                used: Mutex::default(),
            }),
        }
    }

    /// Takes an amount until the returned hold is dropped. A caller that holds nothing may exceed its own limit with a single amount, if the process
    /// has enough left.
    pub fn take(&self, who: Who, amount: u64) -> Result<Hold, Full> {
        let mut hold = self.nothing(who);
        hold.grow(amount)?;
        Ok(hold)
    }

    /// Takes an amount even if it exceeds the limits, for errors and other small responses that have to be sent.
    pub fn take_anyway(&self, who: Who, amount: u64) -> Hold {
        let mut hold = self.nothing(who);
        self.used().add(who, amount);
        hold.amount = amount;
        hold
    }

    /// Creates an empty hold, which [`Hold::grow`] increases.
    pub fn nothing(&self, who: Who) -> Hold {
        Hold {
            share: self.clone(),
            who,
            amount: 0,
        }
    }

    /// Returns the amount that all callers together have taken.
    pub fn taken(&self) -> u64 {
        self.used().total
    }

    /// Locks the counters and ignores poisoning, because a panic cannot leave them inconsistent.
    fn used(&self) -> MutexGuard<'_, Used> {
        self.inner
            .used
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Used {
    /// Checks that `amount` more fits for a caller that has taken `held` in the same hold already.
    fn fits(&self, size: &Size, who: Who, held: u64, amount: u64) -> Result<(), Full> {
        let guest = who.standing == Standing::Guest;
        if self.total + amount > size.total || (guest && self.guests + amount > size.guests) {
            return Err(Full::Process);
        }
        let above = |key: Key, limit: u64| {
            let used = self.by.get(&key).copied().unwrap_or_default();
            // The first amount of a caller may be of any size.
            used > held && used + amount > limit
        };
        if above(Key::Network(who.network), size.network)
            || who
                .user
                .is_some_and(|user| above(Key::User(user), size.user))
        {
            return Err(Full::Caller);
        }
        Ok(())
    }

    fn add(&mut self, who: Who, amount: u64) {
        self.total += amount;
        if who.standing == Standing::Guest {
            self.guests += amount;
        }
        for key in keys(who) {
            *self.by.entry(key).or_default() += amount;
        }
    }

    fn remove(&mut self, who: Who, amount: u64) {
        self.total -= amount;
        if who.standing == Standing::Guest {
            self.guests -= amount;
        }
        for key in keys(who) {
            if let Some(used) = self.by.get_mut(&key) {
                *used -= amount;
                if *used == 0 {
                    self.by.remove(&key);
                }
            }
        }
    }
}

fn keys(who: Who) -> impl Iterator<Item = Key> {
    std::iter::once(Key::Network(who.network)).chain(who.user.map(Key::User))
}

/// An amount that a caller has taken from a [`Share`]. Dropping the hold returns the amount.
#[derive(Debug)]
pub struct Hold {
    share: Share,
    who: Who,
    amount: u64,
}

impl Hold {
    /// Takes this amount in addition. If it does not fit, returns [`Full`] and leaves the hold as it is.
    pub fn grow(&mut self, amount: u64) -> Result<(), Full> {
        let mut used = self.share.used();
        used.fits(&self.share.inner.size, self.who, self.amount, amount)?;
        used.add(self.who, amount);
        drop(used);
        self.amount += amount;
        Ok(())
    }

    /// Counts the hold for a sender about whom more is known now, such as the user. If that exceeds the sender's limit, returns [`Full`] and leaves
    /// the hold as it is.
    pub fn move_to(&mut self, who: Who) -> Result<(), Full> {
        let mut used = self.share.used();
        used.remove(self.who, self.amount);
        let fits = used.fits(&self.share.inner.size, who, 0, self.amount);
        let who = if fits.is_ok() { who } else { self.who };
        used.add(who, self.amount);
        drop(used);
        self.who = who;
        fits
    }

    /// Returns the sender that the hold is counted for.
    pub fn who(&self) -> Who {
        self.who
    }

    /// Returns the amount to the share before the hold is dropped. The hold is empty afterwards.
    pub fn give_back(&mut self) {
        let amount = std::mem::take(&mut self.amount);
        if amount > 0 {
            self.share.used().remove(self.who, amount);
        }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.give_back();
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use uuid::Uuid;

    use super::*;

    fn share() -> Share {
        Share::new(Size {
            total: 20,
            guests: 15,
            network: 10,
            user: 4,
        })
    }

    fn network(last: u8) -> IpAddr {
        Ipv4Addr::new(203, 0, 113, last).into()
    }

    fn user(number: u128, standing: Standing) -> Who {
        Who {
            network: network(u8::try_from(number % 7).unwrap()),
            user: Some(Uuid::from_u128(number)),
            standing,
        }
    }

    #[test]
    fn nobody_has_more_than_a_share() {
        let share = share();
        let who = user(1, Standing::Member);
        let first = share.take(who, 3).unwrap();
        assert_eq!(share.take(who, 2).unwrap_err(), Full::Caller);
        let second = share.take(who, 1).unwrap();
        drop(first);
        let third = share.take(who, 3).unwrap();
        assert_eq!(share.taken(), 4);
        drop((second, third));
        assert_eq!(share.taken(), 0);
        assert!(share.used().by.is_empty(), "nobody is remembered");
    }

    #[test]
    fn users_of_one_network_share_its_part() {
        let share = share();
        let in_network = |number| Who {
            network: network(9),
            ..user(number, Standing::Member)
        };
        let _holds: Vec<_> = (0..5)
            .map(|number| share.take(in_network(number), 2).unwrap())
            .collect();
        assert_eq!(share.take(in_network(6), 1).unwrap_err(), Full::Caller);
        assert!(share.take(user(6, Standing::Member), 1).is_ok());
    }

    #[test]
    fn a_quarter_is_kept_for_members() {
        let share = share();
        let _guests: Vec<_> = (0..5)
            .map(|number| share.take(user(number, Standing::Guest), 3).unwrap())
            .collect();
        let refused = share.take(user(6, Standing::Guest), 1);
        assert_eq!(refused.unwrap_err(), Full::Process);
        let _member = share.take(user(6, Standing::Member), 4).unwrap();
        let _unknown = share.take(Who::unknown(network(200)), 1).unwrap();
        assert_eq!(
            share.take(user(13, Standing::Member), 1).unwrap_err(),
            Full::Process
        );
    }

    #[test]
    fn the_first_part_may_be_large() {
        let share = share();
        let who = user(1, Standing::Member);
        let large = share.take(who, 18).unwrap();
        assert_eq!(share.take(who, 1).unwrap_err(), Full::Caller);
        drop(large);
        assert_eq!(share.take(who, 21).unwrap_err(), Full::Process);
        assert_eq!(share.taken(), 0);
        let _said = share.take_anyway(who, 30);
        assert_eq!(share.taken(), 30);
    }

    #[test]
    fn a_hold_moves_to_the_user_once_known() {
        let share = share();
        let who = user(1, Standing::Guest);
        let unknown = Who::unknown(who.network);
        let mut hold = share.take(unknown, 1).unwrap();
        hold.move_to(who).unwrap();
        let _rest = share.take(who, 3).unwrap();
        let mut late = share.take(unknown, 1).unwrap();
        assert_eq!(late.move_to(who), Err(Full::Caller));
        drop((hold, late));
        assert_eq!(share.taken(), 3);
        assert_eq!(share.used().guests, 3);
    }
}
