//! The [`EipAssociation`] construct.

use infra_cfn::ec2::{CfnEipAssociation, CfnEipAssociationProps};
use infra_cfn::kind;

use super::{AsInstance, ImportedNetworkInterface, NetworkInterface};
use crate::construct::With;
use crate::{Id, Scope, Value};

/// The end of an [`EipAssociation`] that gets the address.
#[derive(Clone, Debug)]
pub struct AddressTarget(Target);

#[derive(Clone, Debug)]
enum Target {
    Instance(Value<Id<kind::ec2::Instance>>),
    Interface(Value<Id<kind::ec2::NetworkInterface>>),
}

impl AddressTarget {
    /// Returns the primary network interface of an instance.
    pub fn instance<'app>(instance: impl AsInstance<'app>) -> Self {
        Self(Target::Instance(instance.as_instance().instance_id()))
    }
}

impl From<NetworkInterface<'_>> for AddressTarget {
    fn from(interface: NetworkInterface<'_>) -> Self {
        Self(Target::Interface(interface.network_interface_id()))
    }
}

impl From<ImportedNetworkInterface<'_>> for AddressTarget {
    fn from(interface: ImportedNetworkInterface<'_>) -> Self {
        Self(Target::Interface(interface.network_interface_id()))
    }
}

crate::construct! {
    /// An existing Elastic IP address, or one of another stack, given to an instance or a network interface.
    ///
    /// Creates an
    /// [`AWS::EC2::EIPAssociation`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-eipassociation.html).
    /// [`Eip`](super::Eip) has the setter `instance` for an address of the same stack. The target must be in a public subnet.
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::ec2::{AddressTarget, EipAssociation, Instance};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Compute");
    /// let gateway = Instance::from_id(stack, "Gateway", "i-0123456789abcdef0");
    /// EipAssociation::builder()
    ///     .allocation_id("eipalloc-0123456789abcdef0")
    ///     .target(AddressTarget::instance(gateway))
    ///     .build(stack, "Address");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct EipAssociation<'app>: "infra-lib.ec2.EipAssociation" {
        resource: CfnEipAssociation<'app>,
    }

    /// Properties of an [`EipAssociation`], set through [`EipAssociation::builder`]. A change replaces the association,
    /// which moves the address.
    pub struct EipAssociationProps, EipAssociationBuilder, eip_association_builder {
        /// ID of the address, `eipalloc-…`.
        required_value allocation_id: Id<kind::ec2::Eip>,
        /// Instance or network interface that gets the address; a [`NetworkInterface`] converts with `into()`.
        required target: AddressTarget,
        /// Private address of the target that the public one stands for. Default: the primary one, as in CloudFormation.
        text private_ip_address,
    }
}

impl<'app> EipAssociation<'app> {
    fn create(scope: Scope<'app>, props: EipAssociationProps<'app>) -> Self {
        let cfn = CfnEipAssociationProps::new()
            .allocation_id(props.allocation_id.cast::<String>())
            .with(
                props.private_ip_address,
                CfnEipAssociationProps::private_ip_address,
            );
        let cfn = match props.target.0 {
            Target::Instance(id) => cfn.instance_id(id),
            Target::Interface(id) => cfn.network_interface_id(id),
        };
        let resource = cfn.build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the L1 binding of the association.
    pub fn cfn(&self) -> CfnEipAssociation<'app> {
        self.resource
    }
}
