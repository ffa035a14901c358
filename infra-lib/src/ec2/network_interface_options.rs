//! Options of network interfaces.

use crate::{IntoValue, Value};

/// Check that a network interface is source or destination of its packets.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum SourceDestCheck {
    /// Other packets are dropped.
    #[default]
    Enabled,
    /// Other packets pass, which NAT instances, routers and firewalls require.
    Disabled,
}

/// Secondary private IPv4 addresses of a network interface.
#[derive(Clone, Debug, Default)]
pub struct SecondaryAddresses {
    pub(super) count: Option<u16>,
    pub(super) fixed: Vec<Value<String>>,
}

impl SecondaryAddresses {
    /// Returns no addresses.
    pub const fn none() -> Self {
        Self {
            count: None,
            fixed: Vec::new(),
        }
    }

    /// Returns a number of addresses that AWS chooses from the subnet.
    pub const fn count(count: u16) -> Self {
        Self {
            count: Some(count),
            fixed: Vec::new(),
        }
    }

    /// Returns addresses of the subnet that you choose.
    pub fn fixed<A: IntoValue<String>>(addresses: impl IntoIterator<Item = A>) -> Self {
        Self {
            count: None,
            fixed: addresses.into_iter().map(A::into_value).collect(),
        }
    }
}
