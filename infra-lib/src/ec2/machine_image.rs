//! Machine images (AMIs) of instances.

use super::Architecture;
use crate::core::intrinsics::dynamic_ssm;
use crate::{IntoValue, Value};

/// Release of Ubuntu Server with long-term support.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum UbuntuRelease {
    /// Ubuntu 22.04 LTS.
    V22_04,
    /// Ubuntu 24.04 LTS.
    V24_04,
}

/// Machine image (AMI) from which an instance starts.
///
/// ```
/// use infra_lib::ec2::{Architecture, InstanceType, MachineImage};
///
/// let newest = MachineImage::amazon_linux_2023();
/// let own = MachineImage::from_id("ami-0123456789abcdef0", Architecture::Arm64, "/dev/xvda");
/// assert_eq!(InstanceType::T4G_MICRO.architecture(), Architecture::Arm64);
/// ```
#[derive(Clone, Debug)]
pub struct MachineImage(Kind);

#[derive(Clone, Debug)]
enum Kind {
    AmazonLinux2023,
    Ubuntu(UbuntuRelease),
    Other {
        id: Value<String>,
        architecture: Architecture,
        root_device: String,
    },
}

impl MachineImage {
    /// Returns the newest image of Amazon Linux 2023 for the architecture of the instance type.
    ///
    /// CloudFormation reads its ID from a [public
    /// parameter](https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html)
    /// when it creates or changes the instance. A change of the instance after AWS published a newer image therefore
    /// replaces it; an instance with data on its root volume uses [`from_id`](Self::from_id).
    pub const fn amazon_linux_2023() -> Self {
        Self(Kind::AmazonLinux2023)
    }

    /// Returns the newest image of Ubuntu Server for the architecture of the instance type, from a parameter of
    /// Canonical ([Find Ubuntu images on
    /// AWS](https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/)). It is replaced as that of
    /// [`amazon_linux_2023`](Self::amazon_linux_2023).
    ///
    /// Ubuntu reads its package sources over HTTP, which the default security group of an instance does not allow: allow
    /// port 80 for them, or change the sources to HTTPS in the user data.
    pub const fn ubuntu(release: UbuntuRelease) -> Self {
        Self(Kind::Ubuntu(release))
    }

    /// Returns the image with an ID, `ami-…`, or with the ID that an [`ImageLookup`](super::ImageLookup) finds.
    ///
    /// `root_device` is the name of the root device in the image, such as `/dev/xvda`; with another name EC2 would
    /// attach a second volume, and leave the root volume as it is in the image.
    pub fn from_id(
        id: impl IntoValue<String>,
        architecture: Architecture,
        root_device: impl Into<String>,
    ) -> Self {
        Self(Kind::Other {
            id: id.into_value(),
            architecture,
            root_device: root_device.into(),
        })
    }

    /// Returns the image whose ID is the text of an SSM parameter, which CloudFormation reads when it creates or changes
    /// the instance. The root device is that of [`from_id`](Self::from_id).
    pub fn from_ssm_parameter(
        name: impl IntoValue<String>,
        architecture: Architecture,
        root_device: impl Into<String>,
    ) -> Self {
        Self::from_id(dynamic_ssm::<String>(name), architecture, root_device)
    }

    /// Returns the ID of the image for instances of an architecture.
    pub(super) fn image_id(&self, architecture: Architecture) -> Value<String> {
        match &self.0 {
            Kind::AmazonLinux2023 => dynamic_ssm(format!(
                "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-{architecture}"
            )),
            Kind::Ubuntu(release) => {
                let processor = match architecture {
                    Architecture::Arm64 => "arm64",
                    Architecture::X86_64 => "amd64",
                };
                let (version, volume) = match release {
                    UbuntuRelease::V22_04 => ("22.04", "ebs-gp2"),
                    UbuntuRelease::V24_04 => ("24.04", "ebs-gp3"),
                };
                dynamic_ssm(format!(
                    "/aws/service/canonical/ubuntu/server/{version}/stable/current/{processor}/hvm/{volume}/ami-id"
                ))
            }
            Kind::Other { id, .. } => id.clone(),
        }
    }

    /// Returns the architecture of the image, or none if it follows that of the instance type.
    pub(super) const fn architecture(&self) -> Option<Architecture> {
        match &self.0 {
            Kind::Other { architecture, .. } => Some(*architecture),
            _ => None,
        }
    }

    /// Returns the name of the root device.
    pub(super) fn root_device(&self) -> &str {
        match &self.0 {
            Kind::AmazonLinux2023 => "/dev/xvda",
            Kind::Ubuntu(_) => "/dev/sda1",
            Kind::Other { root_device, .. } => root_device,
        }
    }
}
