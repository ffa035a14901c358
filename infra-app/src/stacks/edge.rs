//! Edge: what browsers talk to.

use infra_lib::App;
use infra_lib::cloudwatch::Widget;

use super::{Network, Service};
use crate::Config;

/// The edge.
#[derive(Clone, Copy, Debug)]
pub struct Edge<'app> {
    _app: &'app App,
}

impl<'app> Edge<'app> {
    /// Adds the stack.
    pub fn build(app: &'app App, _: &Config, _: &Network<'app>, _: &Service<'app>) -> Self {
        Self { _app: app }
    }

    pub(super) fn widget(&self) -> Widget {
        Widget::text("edge")
    }
}
