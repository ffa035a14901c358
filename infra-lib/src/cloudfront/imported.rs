//! Distributions that exist already.

use super::distribution::distribution_arn;
use super::{CloudFrontSite, Distribution};
use crate::iam::{Grant, Identity};
use crate::route53::{AliasTarget, AsAliasTarget};
use crate::{Arn, Construct, Id, IntoValue, Value, kind};

crate::import! {
    /// An existing distribution, from [`Distribution::from_attributes`].
    ///
    /// ```
    /// use infra_lib::cloudfront::Distribution;
    /// use infra_lib::route53::{ARecord, HostedZone};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Domain");
    /// let zone = HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com");
    /// let site = Distribution::from_attributes(stack, "Site", "E1WG4EXAMPLE", "d111111abcdef8.cloudfront.net");
    /// ARecord::builder()
    ///     .zone(&zone)
    ///     .domain_name("www.example.com")
    ///     .target(site)
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
    pub enum DistributionRef of Distribution;

    /// A distribution for builders: a [`Distribution`], a [`CloudFrontSite`] or an [`ImportedDistribution`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no distribution",
        label = "a `Distribution`, a `CloudFrontSite` or an `ImportedDistribution` is needed here"
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
        Distribution::from_attributes(scope, id, distribution_id, domain_name)
    }
}

impl<'app> AsDistribution<'app> for CloudFrontSite<'app> {
    fn as_distribution(&self) -> DistributionRef<'app> {
        DistributionRef::Own(self.distribution())
    }
}

impl<'app> ImportedDistribution<'app> {
    #[track_caller]
    pub(super) fn of_attributes(
        scope: impl Construct<'app>,
        id: &str,
        distribution_id: Value<Id<kind::cloudfront::Distribution>>,
        domain_name: Value<String>,
    ) -> Self {
        let arn = distribution_arn(&distribution_id);
        Self::import(scope, id, arn, distribution_id, domain_name)
    }
}

/// Adds the grants of a distribution to a handle.
macro_rules! distribution_grants {
    ($($type:ident),+) => {$(
        impl<'app> $type<'app> {
            /// Allows an identity of the app to remove files from the caches of the distribution.
            #[track_caller]
            pub fn grant_create_invalidation(&self, to: &impl Identity<'app>) -> Grant<'app> {
                Grant::on_imported(to, self.arn(), ["cloudfront:CreateInvalidation"])
            }
        }
    )+};
}

distribution_grants!(
    Distribution,
    CloudFrontSite,
    ImportedDistribution,
    DistributionRef
);

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

alias_targets!(
    Distribution,
    CloudFrontSite,
    ImportedDistribution,
    DistributionRef
);
