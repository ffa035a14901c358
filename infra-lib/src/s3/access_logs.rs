//! Access logs that other services write into a bucket.

use super::Bucket;
use crate::iam::{Principal, Statement};
use crate::{Diagnostic, codes, pseudo, sub};

/// Destination of a bucket's server access logs.
///
/// ```no_run
/// # use infra_lib::s3::{AccessLogs, Bucket};
/// # fn f<'app>(logs: Bucket<'app>) {
/// let to = AccessLogs::to(logs).prefix("notes-site/");
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct AccessLogs<'app> {
    pub(super) bucket: Bucket<'app>,
    pub(super) prefix: String,
}

impl<'app> AccessLogs<'app> {
    /// Returns a bucket as destination; its policy gets permission for S3 log delivery of this account.
    pub fn to(bucket: Bucket<'app>) -> Self {
        Self {
            bucket,
            prefix: String::new(),
        }
    }

    /// Sets the key prefix of log objects. Default: no prefix.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }
}

impl Bucket<'_> {
    /// Allows S3 to write access logs of this account's buckets here, under keys that start with `prefix`.
    ///
    /// See [permissions for log
    /// delivery](https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html).
    #[track_caller]
    pub fn accept_s3_access_logs(&self, prefix: &str) {
        self.check_takes_logs("S3 access logs");
        let sources = sub!["arn:", pseudo::partition(), ":s3:::*"];
        let service = Principal::service("logging.s3.amazonaws.com");
        self.add_to_policy(
            Statement::allow()
                .principal(service.for_this_account().condition(
                    "ArnLike",
                    "aws:SourceArn",
                    sources,
                ))
                .action("s3:PutObject")
                .resource(sub![self.arn(), "/", prefix, "*"]),
        );
    }

    /// Allows load balancers of this account to write access logs here, under `prefix/AWSLogs/`.
    ///
    /// See [access logs of a load
    /// balancer](https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html).
    #[track_caller]
    pub fn accept_load_balancer_logs(&self, prefix: &str) {
        self.check_takes_logs("load balancer access logs");
        let (partition, account) = (pseudo::partition(), pseudo::account_id());
        let sources = sub![
            "arn:",
            partition,
            ":elasticloadbalancing:*:",
            account,
            ":loadbalancer/*"
        ];
        let service = Principal::service("logdelivery.elasticloadbalancing.amazonaws.com");
        self.add_to_policy(
            Statement::allow()
                .principal(service.condition("ArnLike", "aws:SourceArn", sources))
                .action("s3:PutObject")
                .resource(self.log_objects(prefix)),
        );
    }

    /// Allows CloudWatch Logs to deliver vended logs of this account's services here, such as CloudFront standard
    /// logging v2, under `prefix/AWSLogs/`.
    ///
    /// See [vended logs to
    /// S3](https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-vended-logs-permissions-V2.html).
    #[track_caller]
    pub fn accept_delivered_logs(&self, prefix: &str) {
        let (partition, account) = (pseudo::partition(), pseudo::account_id());
        let sources = sub!["arn:", partition, ":logs:*:", account, ":*"];
        let service = Principal::service("delivery.logs.amazonaws.com").for_this_account();
        let service = service.condition("ArnLike", "aws:SourceArn", sources);
        self.add_to_policy(
            Statement::allow()
                .principal(service.clone())
                .actions(["s3:GetBucketAcl", "s3:ListBucket"])
                .resource(self.arn()),
        );
        self.add_to_policy(
            Statement::allow()
                .principal(service.condition(
                    "StringEquals",
                    "s3:x-amz-acl",
                    "bucket-owner-full-control",
                ))
                .action("s3:PutObject")
                .resource(self.log_objects(prefix)),
        );
    }

    fn log_objects(&self, prefix: &str) -> crate::Value<String> {
        let prefix = prefix.trim_end_matches('/');
        let separator = if prefix.is_empty() { "" } else { "/" };
        sub![
            self.arn(),
            "/",
            prefix,
            separator,
            "AWSLogs/",
            pseudo::account_id(),
            "/*"
        ]
    }

    /// Reports a bucket with SSE-KMS: load balancers and S3 write logs only into buckets with SSE-S3.
    #[track_caller]
    fn check_takes_logs(&self, what: &str) {
        if self.encryption_key().is_some() {
            self.scope.report(
                Diagnostic::new(
                    codes::LOG_BUCKET_ENCRYPTION,
                    format!("a bucket encrypted with a KMS key cannot receive {what}"),
                )
                .property("BucketEncryption")
                .actual("SSE-KMS")
                .expected("SSE-S3")
                .origin(std::panic::Location::caller())
                .help("create the bucket with `Bucket::log_bucket(…)`, which uses SSE-S3"),
            );
        }
    }
}
