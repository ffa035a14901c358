//! Targets of notifications among the constructs of this library.

/// Implements the trait for functions: their ARN, and the identity with which they act. References to versions and aliases
/// in place of functions are refused at synthesis, so their ARN is composed.
#[cfg(feature = "lambda")]
macro_rules! functions {
    ($($(#[$meta:meta])+ $type:ident, |$function:ident| $arn:expr, |$actor:pat_param| $identity:expr;)+) => {$(
        $(#[$meta])+
        impl<'app> super::NotificationTarget<'app> for crate::lambda::$type<'app> {
            fn notification_arn(&self) -> super::NotificationArn {
                let $function = self;
                super::NotificationArn::Function($arn)
            }

            #[track_caller]
            fn allow_notifications(
                &self,
                _: super::Bucket<'app>,
                source: &crate::iam::Principal,
            ) -> Vec<crate::core::Scope<'app>> {
                crate::lambda::Invocable::invoked(self).grant(source);
                find_permissions(crate::core::Construct::scope(self))
            }

            fn acting_identity(&self) -> Option<crate::core::Scope<'app>> {
                let $actor = self;
                $identity
            }
        }
    )+};
}

#[cfg(feature = "lambda")]
functions! {
    /// Allows S3 to invoke the function.
    Function, |function| function.arn(), |function| Some(crate::core::Construct::scope(&function.role()));
    /// Allows S3 to invoke the version.
    Version, |version| crate::sub![version.function().arn(), ":", version.number()].cast(),
        |version| Some(crate::core::Construct::scope(&version.function().role()));
    /// Allows S3 to invoke the existing function, or reports the permission (`INF4980`).
    ImportedFunction, |function| function.arn(), |_| None;
    /// Allows S3 to invoke the function, or reports the permission (`INF4980`).
    FunctionRef, |function| function.arn(), |function| match function {
        crate::lambda::FunctionRef::Own(function) => function.acting_identity(),
        crate::lambda::FunctionRef::Imported(_) => None,
    };
    /// Allows S3 to invoke the function through the alias.
    Alias, |alias| crate::sub![alias.function().arn(), ":", alias.alias_name()].cast(),
        |alias| Some(crate::core::Construct::scope(&alias.function().role()));
}

/// Returns the permissions of S3 directly below a function or alias. The role there may refer to the bucket, so the bucket
/// cannot wait for everything of the function.
#[cfg(feature = "lambda")]
fn find_permissions(scope: crate::core::Scope<'_>) -> Vec<crate::core::Scope<'_>> {
    let mut children = scope.children();
    children.retain(|child| {
        child.as_resource().is_some_and(|resource| {
            let principal = resource.prop("Principal");
            resource.type_name() == "AWS::Lambda::Permission"
                && principal
                    .and_then(|data| data.as_text().map(str::to_owned))
                    .as_deref()
                    == Some("s3.amazonaws.com")
        })
    });
    children
}

/// Allows S3 to send messages to the queue, and to use its key.
#[cfg(feature = "sqs")]
impl<'app> super::NotificationTarget<'app> for crate::sqs::Queue<'app> {
    fn notification_arn(&self) -> super::NotificationArn {
        super::NotificationArn::Queue(self.arn())
    }

    #[track_caller]
    fn allow_notifications(
        &self,
        _: super::Bucket<'app>,
        source: &crate::iam::Principal,
    ) -> Vec<crate::core::Scope<'app>> {
        self.add_statement(
            crate::iam::Statement::allow()
                .principal(source.clone())
                .action("sqs:SendMessage")
                .resource(self.arn()),
        );
        if let Some(key) = self.encryption_key() {
            key.allow_service("s3.amazonaws.com");
        }
        let policy = crate::core::Construct::scope(self).child("Policy");
        policy.into_iter().collect()
    }
}

/// Allows S3 to publish to the topic, and to use its key; a topic with the AWS managed key is reported (`INF4507`).
#[cfg(feature = "sns")]
impl<'app> super::NotificationTarget<'app> for crate::sns::Topic<'app> {
    fn notification_arn(&self) -> super::NotificationArn {
        super::NotificationArn::Topic(self.arn())
    }

    #[track_caller]
    fn allow_notifications(
        &self,
        bucket: super::Bucket<'app>,
        source: &crate::iam::Principal,
    ) -> Vec<crate::core::Scope<'app>> {
        use crate::core::{Construct as _, Diagnostic, codes};
        use crate::sns::TopicEncryption;
        self.add_statement(
            crate::iam::Statement::allow()
                .principal(source.clone())
                .action("sns:Publish")
                .resource(self.arn()),
        );
        match self.encryption() {
            TopicEncryption::Key(key) => key.allow_service("s3.amazonaws.com"),
            TopicEncryption::AwsManagedKey => bucket.scope().report(
                Diagnostic::new(
                    codes::BUCKET_CANNOT_NOTIFY,
                    "S3 cannot publish to a topic that is encrypted with the key AWS manages",
                )
                .origin(std::panic::Location::caller())
                .property("NotificationConfiguration.TopicConfigurations")
                .actual("alias/aws/sns")
                .note("the policy of that key does not let S3 use it, and cannot be changed")
                .help("give the topic a key: `Topic::builder().encryption(TopicEncryption::key(key))`")
                .url("https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html"),
            ),
        }
        self.scope().child("Policy").into_iter().collect()
    }
}

/// Sends notifications to the existing standard queue, whose policy is reported (`INF4806`).
#[cfg(feature = "sqs")]
impl<'app> super::NotificationTarget<'app> for crate::sqs::ImportedQueue {
    fn notification_arn(&self) -> super::NotificationArn {
        super::NotificationArn::Queue(self.arn())
    }

    #[track_caller]
    fn allow_notifications(
        &self,
        bucket: super::Bucket<'app>,
        _: &crate::iam::Principal,
    ) -> Vec<crate::core::Scope<'app>> {
        let queue = crate::sqs::AsQueue::as_queue(self);
        queue.allow_delivery("s3.amazonaws.com", bucket.arn(), None, bucket);
        Vec::new()
    }
}

/// Publishes notifications to the existing standard topic, whose policy is reported (`INF4984`).
#[cfg(feature = "sns")]
impl<'app> super::NotificationTarget<'app> for crate::sns::ImportedTopic {
    fn notification_arn(&self) -> super::NotificationArn {
        super::NotificationArn::Topic(self.arn())
    }

    #[track_caller]
    fn allow_notifications(
        &self,
        bucket: super::Bucket<'app>,
        _: &crate::iam::Principal,
    ) -> Vec<crate::core::Scope<'app>> {
        self.report_policy("s3.amazonaws.com", crate::core::Construct::scope(&bucket));
        Vec::new()
    }
}
