//! References to data streams that other constructs read or write.

use super::{ImportedStream, Stream};
use crate::core::{Arn, Construct as _, Scope, Value};
#[cfg(any(feature = "events", feature = "iot", feature = "logs"))]
use crate::iam::Statement;
use crate::iam::{Grant, Identity};
use crate::kind;
use crate::kms::KeyRef;

/// A data stream that other constructs read or write: a [`Stream`] or an [`ImportedStream`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no data stream",
    label = "a `Stream` or an `ImportedStream` is needed here"
)]
pub trait AsStream<'app> {
    /// Returns a reference to the stream.
    fn as_stream(&self) -> StreamRef<'app>;
}

impl<'app, S: AsStream<'app>> AsStream<'app> for &S {
    fn as_stream(&self) -> StreamRef<'app> {
        (**self).as_stream()
    }
}

/// A data stream of the app or an imported one, from [`AsStream::as_stream`].
///
/// ```
/// use infra_lib::kinesis::{AsStream, Stream};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let own = Stream::builder().build(stack, "Clicks").as_stream();
/// let imported = Stream::from_arn("arn:aws:kinesis:eu-west-1:111122223333:stream/orders").as_stream();
/// assert!(own.scope().is_some() && imported.scope().is_none());
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct StreamRef<'app> {
    arn: Value<Arn<kind::kinesis::Stream>>,
    own: Option<Stream<'app>>,
}

impl<'app> StreamRef<'app> {
    /// Returns the ARN of the stream.
    pub fn arn(&self) -> Value<Arn<kind::kinesis::Stream>> {
        self.arn.clone()
    }

    /// Returns the physical name of the stream.
    #[cfg(feature = "iot")]
    pub(crate) fn stream_name(&self) -> Value<crate::core::Name<kind::kinesis::Stream>> {
        match self.own {
            Some(own) => own.stream_name(),
            None => Stream::from_arn(self.arn()).stream_name(),
        }
    }

    /// Returns the construct of a stream of the app, or `None` for an imported stream.
    pub fn scope(&self) -> Option<Scope<'app>> {
        self.own.map(|own| own.scope())
    }

    /// Returns the customer managed key of a stream of the app, or `None`.
    pub fn encryption_key(&self) -> Option<KeyRef<'app>> {
        self.own?.encryption_key()
    }

    /// Allows an identity of the app to read records, and to decrypt with the key of a stream of the app. A customer
    /// managed key of an imported stream needs a separate grant.
    #[track_caller]
    pub fn grant_read(&self, to: &impl Identity<'app>) -> Grant<'app> {
        match self.own {
            Some(own) => own.grant_read(to),
            None => Stream::from_arn(self.arn()).grant_read(to),
        }
    }

    /// Allows an identity of the app to put records, and to encrypt with the key of a stream of the app. A customer
    /// managed key of an imported stream needs a separate grant.
    #[track_caller]
    pub fn grant_write(&self, to: &impl Identity<'app>) -> Grant<'app> {
        match self.own {
            Some(own) => own.grant_write(to),
            None => Stream::from_arn(self.arn()).grant_write(to),
        }
    }

    /// Returns the permissions for actions on the stream and on its key, for the role of a service. A key of an imported
    /// stream is not known.
    #[cfg(any(feature = "events", feature = "iot", feature = "logs"))]
    pub(crate) fn statements(&self, actions: &[&str], key_action: &str) -> Vec<Statement> {
        let statement = Statement::allow()
            .actions(actions.iter().copied())
            .resource(self.arn());
        let key = self
            .encryption_key()
            .map(|key| Statement::allow().action(key_action).resource(key.arn()));
        std::iter::once(statement).chain(key).collect()
    }

    /// Returns the permissions to put records, for the role of a service that delivers with one.
    #[cfg(any(feature = "events", feature = "iot", feature = "logs"))]
    pub(crate) fn put_statements(&self) -> Vec<Statement> {
        self.statements(
            &["kinesis:PutRecord", "kinesis:PutRecords"],
            "kms:GenerateDataKey",
        )
    }
}

impl<'app> AsStream<'app> for StreamRef<'app> {
    fn as_stream(&self) -> Self {
        self.clone()
    }
}

impl<'app> AsStream<'app> for Stream<'app> {
    fn as_stream(&self) -> StreamRef<'app> {
        StreamRef {
            arn: self.arn(),
            own: Some(*self),
        }
    }
}

impl<'app> AsStream<'app> for ImportedStream {
    fn as_stream(&self) -> StreamRef<'app> {
        StreamRef {
            arn: self.arn(),
            own: None,
        }
    }
}
