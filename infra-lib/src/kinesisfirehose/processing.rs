//! Functions that change the records of delivery streams.

use crate::core::{Arn, Data, Duration, IntoValue, Size, Value, sub};
use crate::iam::{Role, Statement};
use crate::kind;

/// A function that changes, drops or rejects records before a [`DeliveryStream`](super::DeliveryStream) delivers them.
///
/// See [data
/// transformation](https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html). Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | permission to invoke the function | for the role of the stream | none |
/// | records of an invocation | of 1 minute or 1 MiB | the same |
/// | retries | 3 | 3 |
///
/// ```
/// use infra_lib::kinesisfirehose::{DeliveryStream, LambdaProcessor};
/// use infra_lib::s3::Bucket;
/// use infra_lib::{App, Size, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let lake = Bucket::builder().build(stack, "Lake");
/// let clean = LambdaProcessor::new("arn:aws:lambda:eu-west-1:111122223333:function:clean")
///     .buffering_size(Size::mib(3));
/// DeliveryStream::builder().bucket(lake).processor(clean).build(stack, "Clicks");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Debug)]
#[must_use = "a processor has no effect until it is passed to a delivery stream"]
pub struct LambdaProcessor {
    function: Value<Arn<kind::lambda::Function>>,
    buffering_interval: Option<Duration>,
    buffering_size: Option<Size>,
    retries: Option<u32>,
}

impl LambdaProcessor {
    /// Creates a processor that invokes a function, version or alias.
    pub fn new(function: impl IntoValue<Arn<kind::lambda::Function>>) -> Self {
        Self {
            function: function.into_value(),
            buffering_interval: None,
            buffering_size: None,
            retries: None,
        }
    }

    /// Sets the longest time for which records of an invocation are collected, up to 15 minutes. Default: 1 minute.
    pub fn buffering_interval(mut self, time: Duration) -> Self {
        self.buffering_interval = Some(time);
        self
    }

    /// Sets the size of the records of an invocation, 1 to 3 MiB. Default: 1 MiB.
    pub fn buffering_size(mut self, size: Size) -> Self {
        self.buffering_size = Some(size);
        self
    }

    /// Sets the number of retries of an invocation that failed, 0 to 300. Default: 3.
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = Some(retries);
        self
    }

    /// Returns `ProcessingConfiguration`, and permits the role to invoke the function and its versions.
    pub(super) fn property(self, role: Role<'_>) -> Data {
        role.add_statement(
            Statement::allow()
                .action("lambda:InvokeFunction")
                .resource(&self.function)
                .resource(sub![self.function.clone(), ":*"]),
        );
        let parameter = |name: &'static str, value: Data| {
            Data::map([
                ("ParameterName", Data::from(name)),
                ("ParameterValue", value),
            ])
        };
        let mut parameters = vec![
            parameter("RoleArn", role.arn().into_data()),
            parameter("LambdaArn", self.function.into_data()),
        ];
        let options = [
            (
                "BufferIntervalInSeconds",
                self.buffering_interval.map(Duration::as_seconds),
            ),
            ("BufferSizeInMBs", self.buffering_size.map(Size::as_mib)),
            ("NumberOfRetries", self.retries.map(u64::from)),
        ];
        for (name, number) in options {
            parameters.extend(number.map(|number| parameter(name, number.to_string().into())));
        }
        let processor = Data::map([
            ("Parameters", Data::list(parameters)),
            ("Type", Data::from("Lambda")),
        ]);
        Data::map([
            ("Enabled", Data::Bool(true)),
            ("Processors", Data::list([processor])),
        ])
    }
}

#[cfg(feature = "lambda")]
macro_rules! processors {
    ($($type:ident),+) => {$(
        /// Processes records with the function, with the defaults of Firehose.
        impl From<&crate::lambda::$type<'_>> for LambdaProcessor {
            fn from(function: &crate::lambda::$type<'_>) -> Self {
                Self::new(function)
            }
        }
    )+};
}

#[cfg(feature = "lambda")]
processors!(Function, Alias, Version, ImportedFunction, FunctionRef);
