//! Targets of alias records.

use crate::{IntoValue, Value};

/// ID of the hosted zone of all CloudFront distributions.
///
/// See
/// [`AliasTarget`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-route53-recordset-aliastarget.html).
const CLOUDFRONT_ZONE: &str = "Z2FDTNDATAQYW2";

/// ID of the hosted zone of all accelerators of Global Accelerator.
///
/// See [endpoints of Global Accelerator](https://docs.aws.amazon.com/general/latest/gr/global_accelerator.html).
const GLOBAL_ACCELERATOR_ZONE: &str = "Z2BJ6XQ5FK7U4H";

/// Host of the websites of a region, and the hosted zone of that host.
///
/// See [website endpoints of
/// S3](https://docs.aws.amazon.com/general/latest/gr/s3.html#s3_website_region_endpoints).
const WEBSITES: [(&str, &str, &str); 32] = [
    ("af-south-1", "s3-website.af-south-1", "Z11KHD8FBVPUYU"),
    ("ap-east-1", "s3-website.ap-east-1", "ZNB98KWMFR0R6"),
    ("ap-east-2", "s3-website.ap-east-2", "Z064739330DAH7WJVOO93"),
    (
        "ap-northeast-1",
        "s3-website-ap-northeast-1",
        "Z2M4EHUR26P7ZW",
    ),
    (
        "ap-northeast-2",
        "s3-website.ap-northeast-2",
        "Z3W03O7B5YMIYP",
    ),
    (
        "ap-northeast-3",
        "s3-website.ap-northeast-3",
        "Z2YQB5RD63NC85",
    ),
    ("ap-south-1", "s3-website.ap-south-1", "Z11RGJOFQNVJUP"),
    (
        "ap-south-2",
        "s3-website.ap-south-2",
        "Z02976202B4EZMXIPMXF7",
    ),
    (
        "ap-southeast-1",
        "s3-website-ap-southeast-1",
        "Z3O0J2DXBE1FTB",
    ),
    (
        "ap-southeast-2",
        "s3-website-ap-southeast-2",
        "Z1WCIGYICN2BYD",
    ),
    (
        "ap-southeast-3",
        "s3-website.ap-southeast-3",
        "Z01846753K324LI26A3VV",
    ),
    (
        "ap-southeast-4",
        "s3-website.ap-southeast-4",
        "Z0312387243XT5FE14WFO",
    ),
    (
        "ap-southeast-5",
        "s3-website.ap-southeast-5",
        "Z08660063OXLMA7F1FJHU",
    ),
    (
        "ap-southeast-7",
        "s3-website.ap-southeast-7",
        "Z0031014GXUMRZG6I14G",
    ),
    ("ca-central-1", "s3-website.ca-central-1", "Z1QDHH18159H29"),
    ("ca-west-1", "s3-website.ca-west-1", "Z03565811Z33SLEZTHOUL"),
    ("eu-central-1", "s3-website.eu-central-1", "Z21DNDUVLTQW6Q"),
    (
        "eu-central-2",
        "s3-website.eu-central-2",
        "Z030506016YDQGETNASS",
    ),
    ("eu-north-1", "s3-website.eu-north-1", "Z3BAZG2TWCNX0D"),
    ("eu-south-1", "s3-website.eu-south-1", "Z3IXVV8C73GIO3"),
    (
        "eu-south-2",
        "s3-website.eu-south-2",
        "Z0081959F7139GRJC19J",
    ),
    ("eu-west-1", "s3-website-eu-west-1", "Z1BKCTXD74EZPE"),
    ("eu-west-2", "s3-website.eu-west-2", "Z3GKZC51ZF0DB4"),
    ("eu-west-3", "s3-website.eu-west-3", "Z3R1K369G5AVDG"),
    (
        "il-central-1",
        "s3-website.il-central-1",
        "Z09640613K4A3MN55U7GU",
    ),
    (
        "me-central-1",
        "s3-website.me-central-1",
        "Z06143092I8HRXZRUZROF",
    ),
    ("me-south-1", "s3-website.me-south-1", "Z1MPMWCPA7YB62"),
    ("sa-east-1", "s3-website-sa-east-1", "Z7KQH4QJS55SO"),
    ("us-east-1", "s3-website-us-east-1", "Z3AQBSTGFYJSTF"),
    ("us-east-2", "s3-website.us-east-2", "Z2O1EMRO9K5GLX"),
    ("us-west-1", "s3-website-us-west-1", "Z2F56UZL2M1ACD"),
    ("us-west-2", "s3-website-us-west-2", "Z3BJ6K6RIION7M"),
];

/// Target of an alias record: the DNS name of an AWS resource.
///
/// Builders of alias records take the resource itself ([`AsAliasTarget`]); this type is for resources that have no
/// construct here, and for a choice about health.
#[derive(Clone, Debug)]
pub struct AliasTarget {
    dns_name: Value<String>,
    zone_id: Value<String>,
    evaluate_health: bool,
}

impl AliasTarget {
    /// Returns a CloudFront distribution as target, by its domain name.
    pub fn cloudfront(domain_name: impl IntoValue<String>) -> Self {
        Self::new(domain_name, CLOUDFRONT_ZONE)
    }

    /// Returns a load balancer as target. Route 53 answers only while the load balancer has healthy targets.
    #[cfg(feature = "elasticloadbalancingv2")]
    pub fn load_balancer<'app>(
        load_balancer: &impl crate::elbv2::AsApplicationLoadBalancer<'app>,
    ) -> Self {
        let load_balancer = load_balancer.as_application_load_balancer();
        Self::new(
            load_balancer.dns_name(),
            load_balancer.canonical_hosted_zone_id(),
        )
        .evaluate_health()
    }

    /// Returns an accelerator of Global Accelerator as target, by its DNS name.
    pub fn global_accelerator(dns_name: impl IntoValue<String>) -> Self {
        Self::new(dns_name, GLOBAL_ACCELERATOR_ZONE)
    }

    /// Returns the S3 website of a region as target, or `None` for a region that this library does not know. The bucket
    /// has the name of the record. Such a website has no HTTPS and a public bucket; `cloudfront::CloudFrontSite` has HTTPS and
    /// a private bucket.
    pub fn s3_website(region: &str) -> Option<Self> {
        let (_, host, zone) = WEBSITES.iter().find(|(name, ..)| *name == region)?;
        Some(Self::new(format!("{host}.amazonaws.com"), *zone))
    }

    /// Returns another AWS resource as target, by its DNS name and hosted zone ID.
    pub fn new(dns_name: impl IntoValue<String>, hosted_zone_id: impl IntoValue<String>) -> Self {
        Self {
            dns_name: dns_name.into_value(),
            zone_id: hosted_zone_id.into_value(),
            evaluate_health: false,
        }
    }

    /// Lets Route 53 answer with the target only while it is healthy. Default: for load balancers. CloudFront
    /// distributions have no health that Route 53 could evaluate.
    pub fn evaluate_health(mut self) -> Self {
        self.evaluate_health = true;
        self
    }

    /// Lets Route 53 answer with the target whether it is healthy or not.
    pub fn ignore_health(mut self) -> Self {
        self.evaluate_health = false;
        self
    }

    pub(super) fn dns_name(&self) -> Value<String> {
        self.dns_name.clone()
    }

    pub(super) fn hosted_zone_id(&self) -> Value<String> {
        self.zone_id.clone()
    }

    pub(super) const fn evaluates_health(&self) -> bool {
        self.evaluate_health
    }
}

/// A resource that alias records can name.
///
/// Load balancers, distributions, domain names of APIs, interface endpoints, records and [`AliasTarget`] have this trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the target of an alias record",
    label = "no alias record can name this",
    note = "`AliasTarget::new(dns_name, hosted_zone_id)` names any AWS resource with a hosted zone of its own"
)]
pub trait AsAliasTarget<'app> {
    /// Returns the DNS name of the resource and the hosted zone of that name.
    fn as_alias_target(&self) -> AliasTarget;
}

impl<'app, T: AsAliasTarget<'app>> AsAliasTarget<'app> for &T {
    fn as_alias_target(&self) -> AliasTarget {
        (**self).as_alias_target()
    }
}

impl AsAliasTarget<'_> for AliasTarget {
    fn as_alias_target(&self) -> AliasTarget {
        self.clone()
    }
}

#[cfg(feature = "elasticloadbalancingv2")]
mod load_balancers {
    use super::{AliasTarget, AsAliasTarget};
    use crate::elbv2::{
        ApplicationLoadBalancer, ApplicationLoadBalancerRef, ImportedApplicationLoadBalancer,
    };

    macro_rules! load_balancers {
        ($($type:ident),+) => {$(
            impl<'app> AsAliasTarget<'app> for $type<'app> {
                fn as_alias_target(&self) -> AliasTarget {
                    AliasTarget::load_balancer(self)
                }
            }
        )+};
    }

    load_balancers!(
        ApplicationLoadBalancer,
        ApplicationLoadBalancerRef,
        ImportedApplicationLoadBalancer
    );
}

#[cfg(feature = "ec2")]
impl<'app> AsAliasTarget<'app> for crate::ec2::InterfaceEndpoint<'app> {
    fn as_alias_target(&self) -> AliasTarget {
        use crate::core::intrinsics::{select, split};
        // The first entry is the regional name, as `ZONE:NAME`.
        let parts = || split(":", select::<String>(0, self.dns_entries()));
        AliasTarget::new(select::<String>(1, parts()), select::<String>(0, parts()))
    }
}
