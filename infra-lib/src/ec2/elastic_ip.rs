//! Elastic IP addresses.

use infra_cfn::ec2::{CfnEip, CfnEipAssociationProps, CfnEipProps, eip};
use infra_cfn::kind;

use super::{AsInstance, InstanceRef, Tier};
use crate::{Diagnostic, Id, Scope, Value, codes};

crate::construct! {
    /// An Elastic IP address: a public IPv4 address that stays the same while instances are replaced.
    ///
    /// Creates an
    /// [`AWS::EC2::EIP`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-eip.html),
    /// and an `AWS::EC2::EIPAssociation` for an instance. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | network | VPC | VPC |
    /// | instance | none | none |
    ///
    /// The instance must be in a public subnet; another one of the app is reported (`INF4118`). Its security group still
    /// decides who reaches it.
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::cidr;
    /// use infra_lib::ec2::{Eip, Instance, InstanceType, MachineImage, Tier, Vpc};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Compute");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let gateway = Instance::builder()
    ///     .vpc(vpc)
    ///     .tier(Tier::Public)
    ///     .instance_type(InstanceType::T4G_SMALL)
    ///     .machine_image(MachineImage::amazon_linux_2023())
    ///     .build(stack, "Gateway");
    /// let address = Eip::builder().instance(gateway).build(stack, "Address");
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct Eip<'app>: "infra-lib.ec2.Eip" {
        eip: CfnEip<'app>,
    }

    /// Properties of an [`Eip`], set through [`Eip::builder`].
    pub struct EipProps, EipBuilder, eip_builder {
        /// Instance that the address belongs to. Default: none. A change moves the address.
        reference instance: AsInstance::as_instance => InstanceRef<'app>,
    }
}

impl<'app> Eip<'app> {
    #[expect(
        clippy::needless_pass_by_value,
        reason = "`construct!` passes the properties by value"
    )]
    fn create(scope: Scope<'app>, props: EipProps<'app>) -> Self {
        let eip = CfnEipProps::new()
            .domain(eip::Domain::VPC)
            .build(scope, "Resource");
        if let Some(instance) = props.instance {
            check_tier(scope, &instance);
            CfnEipAssociationProps::new()
                .allocation_id(eip.attr_allocation_id().cast::<String>())
                .instance_id(instance.instance_id())
                .build(scope, "Association");
        }
        Self { scope, eip }
    }

    /// Returns the ID of the address, `eipalloc-…`.
    pub fn allocation_id(&self) -> Value<Id<kind::ec2::Eip>> {
        self.eip.attr_allocation_id()
    }

    /// Returns the public IPv4 address.
    pub fn public_ip(&self) -> Value<String> {
        self.eip.attr_public_ip()
    }

    /// Returns the L1 binding of the address.
    pub fn cfn(&self) -> CfnEip<'app> {
        self.eip
    }
}

/// Reports an instance of the app that has no route to the internet gateway.
fn check_tier(scope: Scope<'_>, instance: &InstanceRef<'_>) {
    let InstanceRef::Own(instance) = instance else {
        return;
    };
    if instance.tier() != Tier::Public {
        scope.report(
            Diagnostic::new(
                codes::UNREACHABLE_ADDRESS,
                format!(
                    "the Elastic IP address belongs to an instance in a subnet of the {} tier",
                    instance.tier()
                ),
            )
            .property("InstanceId")
            .expected("an instance in a public subnet")
            .help(
                "set `.tier(Tier::Public)` for the instance, or put a load balancer in front of it",
            )
            .url("https://docs.aws.amazon.com/vpc/latest/userguide/vpc-eips.html"),
        );
    }
}
