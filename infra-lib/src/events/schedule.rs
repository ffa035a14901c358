//! Schedules of rules.

use crate::core::{Duration, Scope};
use crate::schedule_expression;

/// Times at which a rule runs, in UTC. `scheduler::Schedule` has time zones, single times and flexible windows.
///
/// See [schedules of
/// rules](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html).
///
/// ```
/// use infra_lib::Duration;
/// use infra_lib::events::Schedule;
///
/// let every_quarter_of_an_hour = Schedule::rate(Duration::minutes(15));
/// let weekday_mornings = Schedule::cron("0 7 ? * MON-FRI *");
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Schedule(Result<String, (String, String)>);

impl Schedule {
    /// Creates a schedule that repeats after an interval: whole minutes, at least one (`INF4863`).
    pub fn rate(every: Duration) -> Self {
        Self(
            schedule_expression::rate(every).map_err(|problem| (format!("rate({every})"), problem)),
        )
    }

    /// Creates a schedule from the six fields of a cron expression: minutes, hours, day of month, month, day of week,
    /// year. Either day of month or day of week is `?`. Invalid fields are reported (`INF4863`).
    pub fn cron(fields: &str) -> Self {
        let expression = format!("cron({fields})");
        Self(match schedule_expression::check_cron(fields) {
            Ok(()) => Ok(expression),
            Err(problem) => Err((expression, problem)),
        })
    }

    /// Returns the expression; one that AWS rejects is reported in `scope`.
    pub(super) fn render(self, scope: Scope<'_>) -> String {
        self.0.unwrap_or_else(|(expression, problem)| {
            schedule_expression::report(scope, &expression, problem);
            expression
        })
    }
}
