//! Quantities that are divided among callers, such as places, bytes or streams. [`Share`] is the quantity, [`Hold`] the amount that a caller has
//! taken.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Full, Key, Requester, RequesterClass};

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
    pub fn take_amount(&self, who: Requester, amount: u64) -> Result<Hold, Full> {
        let mut hold = self.empty_hold(who);
        hold.grow_by(amount)?;
        Ok(hold)
    }

    /// Takes an amount even if it exceeds the limits, for errors and other small responses that have to be sent.
    pub fn take_anyway(&self, who: Requester, amount: u64) -> Hold {
        let mut hold = self.empty_hold(who);
        self.lock_used().add_amount(who, amount);
        hold.amount = amount;
        hold
    }

    /// Creates an empty hold, which [`Hold::grow_by`] increases.
    pub fn empty_hold(&self, who: Requester) -> Hold {
        Hold {
            share: self.clone(),
            who,
            amount: 0,
        }
    }

    /// Returns the amount that all callers together have taken.
    pub fn taken_amount(&self) -> u64 {
        self.lock_used().total
    }

    /// Locks the counters and ignores poisoning, because a panic cannot leave them inconsistent.
    fn lock_used(&self) -> MutexGuard<'_, Used> {
        self.inner
            .used
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Used {
    /// Checks that `amount` more fits for a caller that has taken `held` in the same hold already.
    fn check_fits(&self, size: &Size, who: Requester, held: u64, amount: u64) -> Result<(), Full> {
        let guest = who.standing == RequesterClass::Guest;
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

    fn add_amount(&mut self, who: Requester, amount: u64) {
        self.total += amount;
        if who.standing == RequesterClass::Guest {
            self.guests += amount;
        }
        for key in list_keys(who) {
            *self.by.entry(key).or_default() += amount;
        }
    }

    fn remove_amount(&mut self, who: Requester, amount: u64) {
        self.total -= amount;
        if who.standing == RequesterClass::Guest {
            self.guests -= amount;
        }
        for key in list_keys(who) {
            if let Some(used) = self.by.get_mut(&key) {
                *used -= amount;
                if *used == 0 {
                    self.by.remove(&key);
                }
            }
        }
    }
}

fn list_keys(who: Requester) -> impl Iterator<Item = Key> {
    std::iter::once(Key::Network(who.network)).chain(who.user.map(Key::User))
}

/// An amount that a caller has taken from a [`Share`]. Dropping the hold returns the amount.
#[derive(Debug)]
pub struct Hold {
    share: Share,
    who: Requester,
    amount: u64,
}

impl Hold {
    /// Takes this amount in addition. If it does not fit, returns [`Full`] and leaves the hold as it is.
    pub fn grow_by(&mut self, amount: u64) -> Result<(), Full> {
        let mut used = self.share.lock_used();
        used.check_fits(&self.share.inner.size, self.who, self.amount, amount)?;
        used.add_amount(self.who, amount);
        drop(used);
        self.amount += amount;
        Ok(())
    }

    /// Counts the hold for a sender about whom more is known now, such as the user. If that exceeds the sender's limit, returns [`Full`] and leaves
    /// the hold as it is.
    pub fn move_to(&mut self, who: Requester) -> Result<(), Full> {
        let mut used = self.share.lock_used();
        used.remove_amount(self.who, self.amount);
        let fits = used.check_fits(&self.share.inner.size, who, 0, self.amount);
        let who = if fits.is_ok() { who } else { self.who };
        used.add_amount(who, self.amount);
        drop(used);
        self.who = who;
        fits
    }

    /// Returns the sender that the hold is counted for.
    pub fn requester(&self) -> Requester {
        self.who
    }

    /// Returns the amount to the share before the hold is dropped. The hold is empty afterwards.
    pub fn give_back(&mut self) {
        let amount = std::mem::take(&mut self.amount);
        if amount > 0 {
            self.share.lock_used().remove_amount(self.who, amount);
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

    fn create_share() -> Share {
        Share::new(Size {
            total: 20,
            guests: 15,
            network: 10,
            user: 4,
        })
    }

    fn network_address(last: u8) -> IpAddr {
        Ipv4Addr::new(203, 0, 113, last).into()
    }

    fn user_requester(number: u128, standing: RequesterClass) -> Requester {
        Requester {
            network: network_address(u8::try_from(number % 7).unwrap()),
            user: Some(Uuid::from_u128(number)),
            standing,
        }
    }

    #[test]
    fn limits_each_user() {
        let share = create_share();
        let who = user_requester(1, RequesterClass::Member);
        let first = share.take_amount(who, 3).unwrap();
        assert_eq!(share.take_amount(who, 2).unwrap_err(), Full::Caller);
        let second = share.take_amount(who, 1).unwrap();
        drop(first);
        let third = share.take_amount(who, 3).unwrap();
        assert_eq!(share.taken_amount(), 4);
        drop((second, third));
        assert_eq!(share.taken_amount(), 0);
        assert!(share.lock_used().by.is_empty(), "nobody is remembered");
    }

    #[test]
    fn limits_users_of_one_network_together() {
        let share = create_share();
        let in_network = |number| Requester {
            network: network_address(9),
            ..user_requester(number, RequesterClass::Member)
        };
        let _holds: Vec<_> = (0..5)
            .map(|number| share.take_amount(in_network(number), 2).unwrap())
            .collect();
        assert_eq!(
            share.take_amount(in_network(6), 1).unwrap_err(),
            Full::Caller
        );
        assert!(
            share
                .take_amount(user_requester(6, RequesterClass::Member), 1)
                .is_ok()
        );
    }

    #[test]
    fn reserves_quarter_for_members() {
        let share = create_share();
        let _guests: Vec<_> = (0..5)
            .map(|number| {
                share
                    .take_amount(user_requester(number, RequesterClass::Guest), 3)
                    .unwrap()
            })
            .collect();
        let refused = share.take_amount(user_requester(6, RequesterClass::Guest), 1);
        assert_eq!(refused.unwrap_err(), Full::Process);
        let _member = share
            .take_amount(user_requester(6, RequesterClass::Member), 4)
            .unwrap();
        let _unknown = share
            .take_amount(Requester::from_network(network_address(200)), 1)
            .unwrap();
        assert_eq!(
            share
                .take_amount(user_requester(13, RequesterClass::Member), 1)
                .unwrap_err(),
            Full::Process
        );
    }

    #[test]
    fn allows_large_first_amount() {
        let share = create_share();
        let who = user_requester(1, RequesterClass::Member);
        let large = share.take_amount(who, 18).unwrap();
        assert_eq!(share.take_amount(who, 1).unwrap_err(), Full::Caller);
        drop(large);
        assert_eq!(share.take_amount(who, 21).unwrap_err(), Full::Process);
        assert_eq!(share.taken_amount(), 0);
        let _said = share.take_anyway(who, 30);
        assert_eq!(share.taken_amount(), 30);
    }

    #[test]
    fn moves_hold_to_authenticated_user() {
        let share = create_share();
        let who = user_requester(1, RequesterClass::Guest);
        let unknown = Requester::from_network(who.network);
        let mut hold = share.take_amount(unknown, 1).unwrap();
        hold.move_to(who).unwrap();
        let _rest = share.take_amount(who, 3).unwrap();
        let mut late = share.take_amount(unknown, 1).unwrap();
        assert_eq!(late.move_to(who), Err(Full::Caller));
        drop((hold, late));
        assert_eq!(share.taken_amount(), 3);
        assert_eq!(share.lock_used().guests, 3);
    }
}
