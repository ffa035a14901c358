//! Dashboards: rows of widgets.

use bon::Builder;

use super::Widget;
use super::text::json_text;
use super::widget::COLUMNS;
use crate::cfn::cloudwatch::{CfnDashboard, CfnDashboardProps};
use crate::core::{Construct, Data, IntoValue, Name, Scope, Value};
use crate::kind;

/// A dashboard: rows of widgets on a grid of 24 columns.
///
/// Creates an
/// [`AWS::CloudWatch::Dashboard`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-dashboard.html).
/// Widgets of a row share its width; a widget that does not fit starts a new line. Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | body | rendered from the rows | required, as JSON text |
/// | positions of widgets | from their order | given in the body |
/// | name | generated | generated |
///
/// ```
/// use infra_lib::cloudwatch::{Dashboard, Metric, Widget};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let cpu = Metric::new("AWS/ECS", "CPUUtilization").dimension("ClusterName", "notes");
/// Dashboard::builder()
///     .row([Widget::text("# Notes")])
///     .row([Widget::graph("CPU").left(cpu.clone()), Widget::single_value("CPU now", [cpu])])
///     .build(stack, "Dashboard");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Dashboard<'app> {
    scope: Scope<'app>,
    dashboard: CfnDashboard<'app>,
}

/// Properties of a [`Dashboard`], set through [`Dashboard::builder`].
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = DashboardBuilder),
    start_fn(name = start, vis = "pub(crate)"),
    finish_fn(name = props, vis = "pub(crate)")
)]
pub struct DashboardProps {
    #[builder(field)]
    rows: Vec<Vec<Widget>>,
    /// Physical name of the dashboard. Default: a generated name, so that CloudFormation can replace the dashboard.
    #[builder(with = |name: impl IntoValue<String>| name.into_value())]
    dashboard_name: Option<Value<String>>,
}

impl<S: dashboard_builder::State> DashboardBuilder<S> {
    /// Adds a row of widgets.
    pub fn row(mut self, widgets: impl IntoIterator<Item = Widget>) -> Self {
        self.rows.push(widgets.into_iter().collect());
        self
    }

    /// Adds the dashboard under `scope`.
    #[track_caller]
    pub fn build<'app>(self, scope: impl Construct<'app>, id: &str) -> Dashboard<'app>
    where
        S: dashboard_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.cloudwatch.Dashboard");
        for widget in props.rows.iter().flatten() {
            widget.check_measures(scope);
        }
        let body = Data::map([("widgets", Data::List(lay_out(&props.rows)))]);
        let mut cfn = CfnDashboardProps::new(json_text(&body));
        if let Some(name) = props.dashboard_name {
            cfn = cfn.dashboard_name(name);
        }
        Dashboard {
            scope,
            dashboard: cfn.build(scope, "Resource"),
        }
    }
}

/// Returns the widgets with their positions on the grid.
fn lay_out(rows: &[Vec<Widget>]) -> Vec<Data> {
    let mut placed = Vec::new();
    let mut top = 0;
    for row in rows {
        let given: u8 = row
            .iter()
            .filter_map(|w| w.width)
            .fold(0, u8::saturating_add);
        let open =
            u8::try_from(row.iter().filter(|w| w.width.is_none()).count()).unwrap_or(COLUMNS);
        let share = COLUMNS
            .saturating_sub(given)
            .checked_div(open)
            .unwrap_or(0)
            .max(1);
        let (mut left, mut height) = (0, 0);
        for widget in row {
            let width = widget.width.unwrap_or(share);
            if left + width > COLUMNS {
                top += height;
                (left, height) = (0, 0);
            }
            placed.push(widget.render_data(left, top, width));
            left += width;
            height = height.max(u32::from(widget.height));
        }
        top += height;
    }
    placed
}

impl<'app> Dashboard<'app> {
    /// Returns a builder for a dashboard.
    pub fn builder() -> DashboardBuilder {
        DashboardProps::start()
    }

    /// Returns the physical name of the dashboard.
    pub fn name(&self) -> Value<Name<kind::cloudwatch::Dashboard>> {
        self.dashboard.ref_()
    }

    /// Returns the L1 binding of the dashboard.
    pub fn cfn(&self) -> CfnDashboard<'app> {
        self.dashboard
    }
}

impl<'app> Construct<'app> for Dashboard<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
