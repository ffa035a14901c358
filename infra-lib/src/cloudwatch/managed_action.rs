//! Actions of alarms that AWS services perform themselves: on EC2 instances, and in Systems Manager.

use super::AlarmAction;
use crate::core::{Construct, Data, Diagnostic, IntoValue, Resource, Value, codes, pseudo, sub};

/// An action on the EC2 instance whose metric the alarm watches.
///
/// The metric must have the dimension `InstanceId`, of which CloudWatch takes the instance; another alarm is reported
/// (`INF4990`). The first alarm with such an action makes CloudWatch create its service-linked role.
///
/// See [alarms that stop, terminate, reboot, or recover an
/// instance](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/UsingAlarmActions.html).
///
/// ```
/// use infra_lib::cloudwatch::{Comparison, Ec2Action, Metric, Statistic, TreatMissingData};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// Metric::new("AWS/EC2", "StatusCheckFailed_System")
///     .dimension("InstanceId", "i-0123456789abcdef0")
///     .statistic(Statistic::Maximum)
///     .alarm()
///     .comparison(Comparison::GreaterThanThreshold)
///     .threshold(0)
///     .evaluation_periods(2)
///     .treat_missing_data(TreatMissingData::Ignore)
///     .action(&Ec2Action::Recover)
///     .build(stack, "Broken");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Ec2Action {
    /// Stops the instance. Its volumes remain, and are charged.
    Stop,
    /// Terminates the instance. Volumes are deleted with it unless they are kept explicitly.
    Terminate,
    /// Restarts the operating system of the instance, for failed instance status checks.
    Reboot,
    /// Moves the instance to other hardware with the same ID and addresses, for failed system status checks.
    Recover,
}

impl AlarmAction for Ec2Action {
    fn action_arn(&self) -> Value<String> {
        let action = match self {
            Self::Stop => "stop",
            Self::Terminate => "terminate",
            Self::Reboot => "reboot",
            Self::Recover => "recover",
        };
        sub![
            "arn:",
            pseudo::partition(),
            ":automate:",
            pseudo::region(),
            ":ec2:",
            action
        ]
    }

    #[track_caller]
    fn bind(&self, alarm: Resource<'_>, _: Value<String>) {
        if watches_instance(alarm) {
            return;
        }
        alarm.scope().report(
            Diagnostic::new(
                codes::ALARM_WITHOUT_INSTANCE,
                "the alarm has an action on an EC2 instance, but watches no metric of an instance",
            )
            .origin(std::panic::Location::caller())
            .property("AlarmActions")
            .expected("an alarm on one metric with the dimension `InstanceId`")
            .help("add the instance to the metric: `.dimension(\"InstanceId\", instance_id)`")
            .url("https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/UsingAlarmActions.html"),
        );
    }
}

/// Returns `true` for an alarm on a single metric of an instance. Composite alarms and expressions have no dimensions.
fn watches_instance(alarm: Resource<'_>) -> bool {
    let Some(Data::List(dimensions)) = alarm.prop("Dimensions") else {
        return false;
    };
    dimensions.iter().any(|dimension| {
        dimension
            .as_map()
            .and_then(|map| map.get("Name"))
            .and_then(Data::as_text)
            == Some("InstanceId")
    })
}

/// Severity of an OpsItem.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum OpsItemSeverity {
    /// 1: critical.
    Critical,
    /// 2: high.
    High,
    /// 3: medium.
    Medium,
    /// 4: low.
    Low,
}

/// Category of an OpsItem.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum OpsItemCategory {
    /// Availability of a service.
    Availability,
    /// Unexpected costs.
    Cost,
    /// Latency or throughput.
    Performance,
    /// Backups and the recovery from failures.
    Recovery,
    /// Threats and vulnerabilities.
    Security,
}

/// Creation of an OpsItem in `OpsCenter` of Systems Manager. An alarm creates it when it goes off, once while it is open.
///
/// See [create OpsItems from CloudWatch
/// alarms](https://docs.aws.amazon.com/systems-manager/latest/userguide/OpsCenter-create-OpsItems-from-CloudWatch-Alarms.html).
///
/// ```
/// use infra_lib::cloudwatch::{OpsItemAction, OpsItemCategory, OpsItemSeverity};
///
/// let action = OpsItemAction::new(OpsItemSeverity::High).category(OpsItemCategory::Availability);
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct OpsItemAction {
    severity: OpsItemSeverity,
    category: Option<OpsItemCategory>,
}

impl OpsItemAction {
    /// Creates the action with the severity of its OpsItems. They have no category unless one is set.
    pub const fn new(severity: OpsItemSeverity) -> Self {
        Self {
            severity,
            category: None,
        }
    }

    /// Sets the category of the OpsItems. Default: none.
    pub const fn category(mut self, category: OpsItemCategory) -> Self {
        self.category = Some(category);
        self
    }
}

impl AlarmAction for OpsItemAction {
    fn action_arn(&self) -> Value<String> {
        let severity = match self.severity {
            OpsItemSeverity::Critical => "1",
            OpsItemSeverity::High => "2",
            OpsItemSeverity::Medium => "3",
            OpsItemSeverity::Low => "4",
        };
        let category = self.category.map_or("", |category| match category {
            OpsItemCategory::Availability => "#CATEGORY=Availability",
            OpsItemCategory::Cost => "#CATEGORY=Cost",
            OpsItemCategory::Performance => "#CATEGORY=Performance",
            OpsItemCategory::Recovery => "#CATEGORY=Recovery",
            OpsItemCategory::Security => "#CATEGORY=Security",
        });
        sub![
            "arn:",
            pseudo::partition(),
            ":ssm:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":opsitem:",
            severity,
            category
        ]
    }
}

/// Start of an incident in Incident Manager of Systems Manager, by a response plan. Since 7 November 2025 AWS offers
/// Incident Manager only to accounts that used it before.
///
/// See [create incidents
/// automatically](https://docs.aws.amazon.com/incident-manager/latest/userguide/incident-creation.html).
///
/// ```
/// use infra_lib::cloudwatch::IncidentAction;
///
/// let action = IncidentAction::from_response_plan("database-down");
/// ```
#[derive(Clone, Debug)]
pub struct IncidentAction {
    response_plan: Value<String>,
}

impl IncidentAction {
    /// Creates the action from the name of a response plan of this account.
    pub fn from_response_plan(name: impl IntoValue<String>) -> Self {
        Self {
            response_plan: name.into_value(),
        }
    }
}

impl AlarmAction for IncidentAction {
    fn action_arn(&self) -> Value<String> {
        sub![
            "arn:",
            pseudo::partition(),
            ":ssm-incidents::",
            pseudo::account_id(),
            ":response-plan/",
            self.response_plan.clone()
        ]
    }
}

/// Runs a step or simple scaling policy of EC2 Auto Scaling.
#[cfg(feature = "autoscaling")]
impl AlarmAction for crate::cfn::autoscaling::CfnScalingPolicy<'_> {
    fn action_arn(&self) -> Value<String> {
        self.attr_arn().cast()
    }
}

/// Runs a step scaling policy of Application Auto Scaling.
#[cfg(feature = "applicationautoscaling")]
impl AlarmAction for crate::cfn::applicationautoscaling::CfnScalingPolicy<'_> {
    fn action_arn(&self) -> Value<String> {
        self.ref_().cast()
    }
}
