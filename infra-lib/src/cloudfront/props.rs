//! Properties of a site.

use bon::Builder;
use infra_cfn::cloudfront::distribution::{
    DistributionConfigPriceClass, GeoRestriction as GeoRestrictionProperty,
    GeoRestrictionLocations, GeoRestrictionRestrictionType, Restrictions,
};

use super::presigned::Presigned;
use super::{ApiOrigin, CloudFrontSite, Domain, Routing, SecurityHeaders, SiteLogs, site};
use crate::s3::{AccessLogs, Bucket};
use crate::wafv2::{AsWebAcl, Global};
use crate::{Arn, Construct, RemovalPolicy, Value, kind};

/// Price class: the edge locations that serve a site ([pricing](https://aws.amazon.com/cloudfront/pricing/)).
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum PriceClass {
    /// Edge locations in North America and Europe, `PriceClass_100`.
    NorthAmericaAndEurope,
    /// All edge locations except those in South America and Oceania, `PriceClass_200`.
    NotSouthAmericaNorOceania,
    /// All edge locations, `PriceClass_All`.
    #[default]
    All,
}

impl PriceClass {
    pub(super) fn to_property(self) -> DistributionConfigPriceClass {
        match self {
            Self::NorthAmericaAndEurope => DistributionConfigPriceClass::PRICE_CLASS_100,
            Self::NotSouthAmericaNorOceania => DistributionConfigPriceClass::PRICE_CLASS_200,
            Self::All => DistributionConfigPriceClass::PRICE_CLASS_ALL,
        }
    }
}

/// Countries that a site is served to, as two-letter codes (ISO 3166-1).
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum GeoRestriction {
    /// No restriction; all countries are served.
    #[default]
    None,
    /// Only these countries are served.
    AllowOnly(Vec<String>),
    /// All countries except these are served.
    Deny(Vec<String>),
}

impl GeoRestriction {
    pub(super) fn to_property(&self) -> Option<Restrictions> {
        let (kind, countries) = match self {
            Self::None => return None,
            Self::AllowOnly(countries) => (GeoRestrictionRestrictionType::WHITELIST, countries),
            Self::Deny(countries) => (GeoRestrictionRestrictionType::BLACKLIST, countries),
        };
        let locations: Vec<_> = countries
            .iter()
            .cloned()
            .map(GeoRestrictionLocations::other)
            .collect();
        Some(Restrictions::new(
            GeoRestrictionProperty::new(kind).locations(locations),
        ))
    }
}

/// Properties of a [`CloudFrontSite`], set through [`CloudFrontSite::builder`].
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = CloudFrontSiteBuilder),
    start_fn(name = start, vis = "pub(crate)"),
    finish_fn(name = props, vis = "pub(crate)")
)]
pub struct CloudFrontSiteProps<'app> {
    #[builder(field = vec!["/api/*".to_owned()])]
    pub(super) api_paths: Vec<String>,
    #[builder(field)]
    pub(super) presigned: Option<Presigned>,
    /// Origin of the API. Default: the site has no API.
    pub(super) api: Option<ApiOrigin<'app>>,
    /// Custom domain names. Default: the name that CloudFront assigns, with CloudFront's certificate, which accepts
    /// TLS 1.0.
    pub(super) domain: Option<Domain<'app>>,
    /// Web ACL that filters requests. Default: none, as in CloudFront.
    #[builder(with = |web_acl: &impl AsWebAcl<'app, Global>| web_acl.web_acl_arn())]
    pub(super) web_acl: Option<Value<Arn<kind::wafv2::WebAcl>>>,
    /// Destination of access logs, for sites in a stack of `us-east-1`. Default: none, as in CloudFront.
    pub(super) access_logs: Option<SiteLogs<'app>>,
    /// Destination of the bucket's access logs. Default: none, as in S3.
    pub(super) bucket_access_logs: Option<AccessLogs<'app>>,
    /// Security headers of responses. Default: [`SecurityHeaders::strict`] (CloudFront: none).
    #[builder(default)]
    pub(super) security_headers: SecurityHeaders,
    /// Mapping of paths to objects. Default: `/index.html` for paths that name no file (CloudFront: the exact path).
    #[builder(default)]
    pub(super) routing: Routing,
    /// Path pattern of files whose names change with their content, which browsers keep for a year. Default:
    /// `/assets/*`.
    #[builder(into, default = "/assets/*")]
    pub(super) assets_path: String,
    /// Object for `/`. Default: `index.html` (CloudFront: none).
    #[builder(into, default = "index.html")]
    pub(super) default_root_object: String,
    /// Price class of the distribution. Default: [`PriceClass::All`], as in CloudFront.
    #[builder(default)]
    pub(super) price_class: PriceClass,
    /// Countries that the site is served to. Default: all, as in CloudFront.
    #[builder(default)]
    pub(super) geo_restriction: GeoRestriction,
    /// Removal policy of the bucket. Default: it is retained (CloudFormation: deleted).
    #[builder(default = RemovalPolicy::Retain)]
    pub(super) removal_policy: RemovalPolicy,
}

impl<'app, S: cloud_front_site_builder::State> CloudFrontSiteBuilder<'app, S> {
    /// Adds a path pattern that the API serves, in addition to `/api/*`.
    pub fn api_path(mut self, pattern: impl Into<String>) -> Self {
        self.api_paths.push(pattern.into());
        self
    }

    /// Serves objects of a private bucket below a folder of the site, such as `/files/`, to holders of a presigned URL.
    ///
    /// A program that may read the bucket presigns `GET` for the key `files/…` at the bucket's regional domain name and hands out path and query of the URL below
    /// the site's own address. S3 checks the signature; CloudFront caches nothing, sends no cookies and no headers of the viewer, and adds the site's security headers
    /// with a sandbox as content security policy. The bucket stays private: its policy names neither CloudFront nor viewers. Presigned URLs appear in the
    /// access logs of the site and are valid for as long as they are signed for: sign them for a minute.
    ///
    /// See [presigned URLs](https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html). Default: none. A folder that
    /// CloudFront cannot route is reported (INF4531).
    pub fn presigned(mut self, folder: impl AsRef<str>, bucket: &Bucket<'app>) -> Self {
        self.presigned = Some(Presigned::new(folder.as_ref(), bucket));
        self
    }

    /// Adds the site under `scope`.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> CloudFrontSite<'app>
    where
        S: cloud_front_site_builder::IsComplete,
    {
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.cloudfront.CloudFrontSite");
        site::build(self.props(), scope)
    }
}
