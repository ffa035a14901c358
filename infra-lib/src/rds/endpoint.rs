//! Endpoint of a database.

use super::RdsInstance;
use crate::Value;
use crate::core::{Kind, TextLike};

/// Marker type of text that is a host name, for [`Value`].
#[derive(Debug)]
pub enum Host {}

impl TextLike for Host {}
impl Kind for Host {}

impl RdsInstance<'_> {
    /// Returns the host name of the endpoint.
    pub fn host(&self) -> Value<Host> {
        self.cfn().attr_endpoint_address().cast()
    }
}
