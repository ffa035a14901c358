//! Distributions that exist already.

use super::CloudFrontSite;
use crate::iam::{Grant, Identity};
use crate::route53::{AliasTarget, AsAliasTarget};
use crate::{Arn, Construct, Id, IntoValue, Value, kind, pseudo, sub};

crate::import! {
    /// An existing distribution, from [`CloudFrontSite::from_attributes`].
    ///
    /// ```
    /// use infra_lib::cloudfront::CloudFrontSite;
    /// use infra_lib::route53::{ARecord, AliasTarget, HostedZone};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Domain");
    /// let zone = HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com");
    /// let site = CloudFrontSite::from_attributes(stack, "Site", "E1WG4EXAMPLE", "d111111abcdef8.cloudfront.net");
    /// ARecord::builder()
    ///     .zone(&zone)
    ///     .domain_name("www.example.com")
    ///     .target(AliasTarget::cloudfront(site.domain_name()))
    ///     .build(stack, "Www");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ImportedDistribution<'app>: "infra-lib.cloudfront.ImportedDistribution" {
        /// Returns the ARN of the distribution.
        arn: Arn<kind::cloudfront::Distribution>,
        /// Returns the ID of the distribution.
        distribution_id: Id<kind::cloudfront::Distribution>,
        /// Returns the domain name that CloudFront assigns, such as `d111111abcdef8.cloudfront.net`.
        domain_name: String,
    }

    /// A distribution of the app or an existing one, from [`AsDistribution::as_distribution`].
    pub enum DistributionRef of CloudFrontSite;

    /// A distribution for builders: a [`CloudFrontSite`] or an [`ImportedDistribution`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no distribution",
        label = "a `CloudFrontSite` or an `ImportedDistribution` is needed here"
    )]
    pub trait AsDistribution::as_distribution;
}

impl<'app> CloudFrontSite<'app> {
    /// Imports an existing distribution of this account by its ID and its domain name.
    #[track_caller]
    pub fn from_attributes(
        scope: impl Construct<'app>,
        id: &str,
        distribution_id: impl IntoValue<Id<kind::cloudfront::Distribution>>,
        domain_name: impl IntoValue<String>,
    ) -> ImportedDistribution<'app> {
        let distribution_id = distribution_id.into_value();
        let arn: Value<String> = sub![
            "arn:",
            pseudo::partition(),
            ":cloudfront::",
            pseudo::account_id(),
            ":distribution/",
            distribution_id.clone()
        ];
        ImportedDistribution::import(
            scope,
            id,
            arn.cast(),
            distribution_id,
            domain_name.into_value(),
        )
    }
}

impl<'app> ImportedDistribution<'app> {
    /// Allows an identity of the app to remove files from the caches of the distribution.
    #[track_caller]
    pub fn grant_create_invalidation(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), ["cloudfront:CreateInvalidation"])
    }
}

/// Makes a distribution a target of alias records.
macro_rules! alias_targets {
    ($($type:ident),+) => {$(
        impl<'app> AsAliasTarget<'app> for $type<'app> {
            fn as_alias_target(&self) -> AliasTarget {
                AliasTarget::cloudfront(self.domain_name())
            }
        }
    )+};
}

alias_targets!(CloudFrontSite, ImportedDistribution, DistributionRef);
