//! Targets of notifications among the constructs of this library.

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
