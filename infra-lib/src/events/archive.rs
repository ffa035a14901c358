//! Archives of events.

use super::{Bus, EventPattern};
use crate::cfn::events::{CfnArchive, CfnArchiveProps};
use crate::construct::With;
use crate::core::{Arn, Duration, Name, Scope, Value};
use crate::kind;

/// Retention of archived events.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ArchiveRetention {
    /// Time after which an event is deleted, in whole days; a part of a day counts as a day.
    For(Duration),
    /// Unlimited retention; storage is charged for ever.
    Infinite,
}

crate::construct! {
    /// An archive of the events of a bus, from which they can be replayed.
    ///
    /// Creates an
    /// [`AWS::Events::Archive`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-archive.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | events | all of the bus | all of the bus |
    /// | retention | 90 days | for ever |
    /// | name | generated | generated |
    ///
    /// ```
    /// use infra_lib::events::{Archive, ArchiveRetention, EventBus, EventPattern};
    /// use infra_lib::{App, Duration, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Shop");
    /// let bus = EventBus::builder().build(stack, "Orders");
    /// Archive::of(&bus)
    ///     .event_pattern(EventPattern::new().source("shop.orders"))
    ///     .retention(ArchiveRetention::For(Duration::days(30)))
    ///     .build(stack, "Archive");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Archive<'app>: "infra-lib.events.Archive" {
        resource: CfnArchive<'app>,
    }

    /// Properties of an [`Archive`], set through [`Archive::of`].
    pub struct ArchiveProps, ArchiveBuilder, archive_builder {
        /// ARN of the event bus.
        required_value source_arn: Arn<kind::events::EventBus>,
        /// Pattern of the events that are archived. Default: all events of the bus.
        optional event_pattern: EventPattern,
        /// Retention of events. Default: 90 days (CloudFormation: for ever).
        default retention: ArchiveRetention = ArchiveRetention::For(Duration::days(90)),
        /// Physical name of the archive, at most 48 characters. Default: a generated name, so that CloudFormation can
        /// replace the archive.
        text archive_name,
        /// Description of the archive, at most 512 characters. Default: none.
        text description,
    }
}

impl<'app> Archive<'app> {
    /// Returns a builder for an archive of the events of a bus.
    pub fn of(bus: &impl Bus<'app>) -> ArchiveBuilder<'app, archive_builder::SetSourceArn> {
        Self::builder().source_arn(bus.bus_arn())
    }

    fn create(scope: Scope<'app>, props: ArchiveProps<'app>) -> Self {
        if let Some(pattern) = &props.event_pattern {
            pattern.check(scope);
        }
        let days = match props.retention {
            ArchiveRetention::For(age) => i64::try_from(age.as_seconds().div_ceil(86_400)).ok(),
            ArchiveRetention::Infinite => None,
        };
        let resource = CfnArchiveProps::new(props.source_arn)
            .with(props.event_pattern, CfnArchiveProps::event_pattern)
            .with(days, CfnArchiveProps::retention_days)
            .with(props.archive_name, CfnArchiveProps::archive_name)
            .with(props.description, CfnArchiveProps::description)
            .build(scope, "Archive");
        Self { scope, resource }
    }

    /// Returns the ARN of the archive.
    pub fn arn(&self) -> Value<Arn<kind::events::Archive>> {
        self.resource.attr_arn()
    }

    /// Returns the physical name of the archive.
    pub fn archive_name(&self) -> Value<Name<kind::events::Archive>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the archive.
    pub fn cfn(&self) -> CfnArchive<'app> {
        self.resource
    }
}
