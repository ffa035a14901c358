//! Permissions of distributions to read their origins.

use super::Distribution;
use super::distribution::distribution_arn;
use super::origins::Origins;
use crate::iam::{Principal, Statement};
use crate::lambda::{Permission, Url};
use crate::s3::Bucket;
use crate::{Arn, Construct, Diagnostic, Scope, Value, codes, kind};

/// Service that CloudFront calls origins as.
const SERVICE: &str = "cloudfront.amazonaws.com";

/// Allows a distribution to read its buckets and to call its URLs of functions.
pub(super) fn allow_reading<'app>(distribution: &Distribution<'app>, origins: &Origins<'app>) {
    for bucket in &origins.buckets {
        allow_bucket(distribution, bucket);
    }
    for (scope, url) in &origins.urls {
        allow_url(distribution, *scope, url);
    }
}

/// Returns the service on behalf of one distribution.
pub(super) fn this_distribution(arn: Value<Arn<kind::cloudfront::Distribution>>) -> Principal {
    Principal::service(SERVICE).condition("StringEquals", "AWS:SourceArn", arn.cast::<String>())
}

/// Returns the service on behalf of any distribution of the account, where the ARN of one would close a circle.
fn any_distribution() -> Principal {
    let arn = distribution_arn("*").cast::<String>();
    Principal::service(SERVICE).condition("ArnLike", "AWS:SourceArn", arn)
}

fn allow_bucket<'app>(distribution: &Distribution<'app>, bucket: &Bucket<'app>) {
    let stack = |scope: Scope<'app>| scope.stack().map(|stack| stack.scope().node_id());
    let principal = if stack(bucket.scope()) == stack(distribution.scope()) {
        this_distribution(distribution.arn())
    } else {
        any_distribution()
    };
    bucket.add_to_policy(
        Statement::allow()
            .principal(principal)
            .action("s3:GetObject")
            .resource(bucket.object_arns("*")),
    );
    if let Some(key) = bucket.encryption_key() {
        key.add_statement(
            Statement::allow()
                .principal(any_distribution())
                .action("kms:Decrypt")
                .resource("*"),
        );
    }
}

fn allow_url<'app>(distribution: &Distribution<'app>, scope: Scope<'app>, url: &Url<'app>) {
    let auth = url.cfn().prop("AuthType");
    if auth.as_ref().and_then(crate::Data::as_text) == Some("NONE") {
        distribution.scope().report(
            Diagnostic::new(
                codes::PUBLIC_FUNCTION_URL,
                "the URL of the function behind the distribution is public",
            )
            .property("AuthType")
            .actual("NONE")
            .expected("AWS_IAM")
            .related("the URL is created here", url.scope().origin())
            .note("requests to the URL bypass CloudFront and its web ACL")
            .help("remove `.auth(UrlAuth::Public)`, or use `Origin::https_url(url.url())`")
            .url("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html"),
        );
    }
    let function: Value<Arn<kind::lambda::Function>> = match url.alias() {
        Some(alias) => alias.arn().cast(),
        None => url.function().arn(),
    };
    let permit = |id: &str, action: &str| {
        Permission::builder()
            .function(&function)
            .principal(SERVICE)
            .source_arn(distribution.arn().cast::<String>())
            .action(action)
            .build(scope, id);
    };
    permit("InvokeUrl", "lambda:InvokeFunctionUrl");
    permit("InvokeFunction", "lambda:InvokeFunction");
}
